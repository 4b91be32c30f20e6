"""The addresses of subscriptions' pages, in each edition."""

from dataclasses import dataclass

from django.conf import settings

from tajuk.terms import addresses
from tajuk.terms.language import Language


@dataclass(frozen=True, slots=True)
class Doors:
    """Paths in one edition; those that end with a slash are followed by a reference or a code."""

    subscribe: str
    order: str
    payments: str
    receipt: str
    gift: str
    seat: str
    give: str
    account: str
    sign_in: str


def of(language: Language) -> Doors:
    """The addresses in this edition."""
    ahead = addresses.prefix(language, first=settings.PAPER.first_language)
    account = ahead + addresses.account()
    return Doors(
        subscribe=ahead + addresses.subscribe(),
        order=f"{account}orders/",
        payments=f"{account}payments",
        receipt=f"{account}receipts/",
        gift=f"{account}gift/",
        seat=f"{account}seat/",
        give=f"{account}give",
        account=account,
        sign_in=ahead + addresses.sign_in(),
    )


def link(path: str, reference: str = "") -> str:
    """The whole address, for a mail or a provider."""
    return f"{settings.PAPER.address}{path}{reference}"
