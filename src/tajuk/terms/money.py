"""Money: whole minor units with a currency, never a float.

Minor units follow ISO 4217, but the rupiah is counted in whole rupiah: its sen has not been paid in
practice for decades and no payment provider in Indonesia accepts one. Rp 49.000 is `Money(49000, IDR)`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Currency(StrEnum):
    """Currencies a plan may be priced in."""

    IDR = "IDR"
    USD = "USD"
    SGD = "SGD"
    EUR = "EUR"

    @property
    def decimals(self) -> int:
        """Digits after the point."""
        return 0 if self is Currency.IDR else 2


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in minor units of one currency."""

    amount: int
    currency: Currency

    def __add__(self, other: "Money") -> "Money":
        """Sum of two amounts of one currency; raises ValueError for two currencies."""
        if self.currency is not other.currency:
            raise ValueError(
                f"Can't add {self.currency} to {other.currency}: convert one first, at a stated rate."
            )
        return Money(self.amount + other.amount, self.currency)

    def spelled(self, *, decimal_comma: bool) -> str:
        """As readers write it: `Rp 49.000` with decimal comma (Indonesian), `IDR 49,000` without."""
        whole, part = divmod(abs(self.amount), 10**self.currency.decimals)
        group, point = (".", ",") if decimal_comma else (",", ".")
        text = f"{whole:,}".replace(",", group)
        if self.currency.decimals:
            text += f"{point}{part:0{self.currency.decimals}d}"
        sign = "-" if self.amount < 0 else ""
        name = "Rp" if decimal_comma and self.currency is Currency.IDR else self.currency.value
        return f"{sign}{name} {text}"
