"""What something costs. Whole minor units; halves are rounded up."""

from decimal import Decimal

from tajuk.subscriptions.types import Taxed
from tajuk.terms.money import Money

HUNDREDTHS = 100
_ALL = 100 * HUNDREDTHS


def rate_of(percent: Decimal) -> int:
    """A tax rate in hundredths of a percent: 11 % is 1100."""
    return int(percent * HUNDREDTHS)


def taxed(price: Money, rate: int, *, is_included: bool) -> Taxed:
    """The price with its tax at `rate` (hundredths of a percent); `is_included` when the price holds it already."""
    below = _ALL + rate if is_included else _ALL
    tax = Money(_divided(price.amount * rate, below), price.currency)
    net = Money(price.amount - tax.amount, price.currency) if is_included else price
    return Taxed(net, tax)


def discounted(price: Money, *, percent: int = 0, off: int = 0) -> Money:
    """The price less so many percent and so many minor units; never less than nothing."""
    left = price.amount - _divided(price.amount * percent, 100) - off
    return Money(max(left, 0), price.currency)


def _divided(dividend: int, divisor: int) -> int:
    return (2 * dividend + divisor) // (2 * divisor)
