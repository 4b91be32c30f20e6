"""Amounts as providers write them, read exactly."""

from decimal import Decimal, InvalidOperation

from tajuk.terms.money import Currency, Money

_LONGEST = 24


def money_of(text: object, currency: object) -> Money:
    """`"49000.00"` or 49000 of "IDR" as money. Raises ValueError for what is no amount of a currency we know.

    A fraction of the smallest unit is no amount of it: Rp 0,50 is refused, not rounded.
    """
    known = Currency(str(currency).upper())
    spelled = str(text)
    try:
        amount = Decimal(spelled) * 10**known.decimals
    except InvalidOperation as error:
        raise ValueError(f"{spelled[:_LONGEST]!r} is no amount") from error
    if len(spelled) > _LONGEST or not amount.is_finite() or amount != int(amount):
        raise ValueError(f"{spelled[:_LONGEST]!r} is no amount of {known}")
    return Money(int(amount), known)


def units_of(money: Money) -> int:
    """In whole units of the currency. Raises ValueError for what has a fraction."""
    each: int = 10**money.currency.decimals
    whole, part = divmod(money.amount, each)
    if part:
        raise ValueError(f"{money} has a fraction")
    return whole
