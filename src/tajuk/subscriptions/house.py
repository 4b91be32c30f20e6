"""What the house itself says about money: its tax, its name on receipts, its clock."""

from zoneinfo import ZoneInfo

from django.conf import settings

from tajuk.subscriptions.models import Billing
from tajuk.subscriptions.rules.prices import rate_of, taxed
from tajuk.subscriptions.types import Taxed
from tajuk.terms.money import Money


def billing() -> Billing:
    """What the manager set under Billing. One query."""
    found: Billing = Billing.load()
    return found


def with_tax(price: Money, house: Billing) -> Taxed:
    """A price as it is paid, divided into net and tax."""
    return taxed(price, rate_of(house.tax_percent), is_included=house.tax_is_included)


def zone() -> ZoneInfo:
    """Whose days and months periods are counted in."""
    found: ZoneInfo = settings.PAPER.time_zone
    return found


def seller(house: Billing) -> str:
    """Who sells, as it stands on receipts."""
    return house.seller or settings.PAPER.publisher or settings.PAPER.name
