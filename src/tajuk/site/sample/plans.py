"""What the sample newspaper sells. Plans and prices are our invention."""

from typing import Any

from tajuk.subscriptions.models import Billing, Plan, Price

_PLANS: tuple[dict[str, Any], ...] = (
    {
        "name": "Digital Bulanan", "name_second": "Digital, monthly",
        "description": "Semua berita, di semua perangkat.", "description_second": "Every story, on every device.",
        "premium": True, "period_unit": "month", "prices": (("IDR", 49_000, 9_000), ("USD", 499, None)),
    },
    {
        "name": "Digital Tanpa Iklan", "name_second": "Digital without advertisements",
        "description": "Semua berita dan arsip, tanpa satu iklan pun.",
        "description_second": "Every story and the archive, without a single advertisement.",
        "premium": True, "ad_free": True, "archive": True, "period_unit": "month", "trial_days": 14,
        "prices": (("IDR", 79_000, None), ("USD", 799, None)),
    },
    {
        "name": "Lengkap Setahun", "name_second": "Everything, a year",
        "description": "Semua berita, e-paper, dan arsip, tanpa iklan, selama setahun.",
        "description_second": "Every story, the e-paper and the archive, without advertisements, for a year.",
        "premium": True, "ad_free": True, "epaper": True, "archive": True, "period_unit": "year",
        "prices": (("IDR", 790_000, None), ("USD", 7_990, None)),
    },
)  # fmt: skip


def sell_plans() -> None:
    """Makes them, and what stands on receipts."""
    house = Billing.load()
    house.seller = "Yayasan Kabar Nusa"
    house.seller_address = "Jalan Dermaga Lama 7, Kota Nusa"
    house.seller_tax_id = "00.000.000.0-000.000"
    house.bank_account = "Bank Pesisir 000 123 4567, Yayasan Kabar Nusa"
    house.save()
    for position, fields in enumerate(_PLANS):
        told = dict(fields)
        prices = told.pop("prices")
        plan = Plan.objects.create(position=position, **told)
        for currency, amount, first in prices:
            Price.objects.create(plan=plan, currency=currency, amount=amount, first_amount=first)
