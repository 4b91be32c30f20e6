"""A receipt as PDF, by typst: without a network, with the fonts that lie beside this file."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext

from tajuk.subscriptions.models import Receipt
from tajuk.subscriptions.models.orders import GATEWAYS
from tajuk.subscriptions.offers import percent, spelled
from tajuk.terms.language import Language

_HERE = Path(__file__).parent


def printed(receipt: Receipt, language: Language) -> bytes:
    """The receipt in this language. The buyer's name is the order's: of a reader who has left there is none."""
    with translation.override(language.value):
        told = json.dumps(_told(receipt, language), ensure_ascii=False)
    made = typst.compile(
        _template(), format="pdf", sys_inputs={"receipt": told}, font_paths=_fonts(),
    )  # fmt: skip
    assert isinstance(made, bytes), "one document"
    return made


def _told(receipt: Receipt, language: Language) -> dict[str, Any]:
    payment = receipt.payment
    order = payment.order
    rows = [(_what(receipt), spelled(order.amounts.net, language))]
    if order.tax:
        rows.append(
            (f"{order.tax_name} {percent(order.tax_rate)}", spelled(order.amounts.tax, language))
        )
    way = str(dict(GATEWAYS)[payment.gateway])
    return {
        "title": gettext("Receipt"),
        "language": language.value,
        "paper": settings.PAPER.name,
        "seller": receipt.seller,
        "seller_address": receipt.seller_address,
        "seller_tax_id": receipt.seller_tax_id,
        "number": receipt.spelled,
        "issued": _day(receipt.issued_at),
        "order": order.reference,
        "buyer": order.billed_name,
        "rows": rows,
        "total": spelled(order.amounts.total, language),
        "paid": gettext("Paid on %(day)s by %(way)s.") % {"day": _day(payment.paid_at), "way": way},
        "words": {
            "number": gettext("Number"),
            "issued": gettext("Issued"),
            "order": gettext("Order"),
            "buyer": gettext("For"),
            "tax_id": gettext("Tax number"),
            "total": gettext("Total"),
        },
    }


def _what(receipt: Receipt) -> str:
    if receipt.period_from is None or receipt.period_until is None:
        return gettext("%(plan)s, a gift") % {"plan": receipt.plan}
    days = {"first": _day(receipt.period_from), "last": _day(receipt.period_until)}
    return f"{receipt.plan}, " + gettext("%(first)s to %(last)s") % days


def _day(moment: Any) -> str:
    return formats.date_format(moment.astimezone(settings.PAPER.time_zone), "DATE_FORMAT")


@cache
def _fonts() -> typst.Fonts:
    """Those beside this file, and for letters they lack those that typst brings; none of the machine's."""
    return typst.Fonts(include_system_fonts=False, font_paths=[_HERE / "fonts"])


@cache
def _template() -> bytes:
    return (_HERE / "receipt.typ").read_bytes()
