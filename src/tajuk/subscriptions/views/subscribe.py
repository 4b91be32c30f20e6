"""The plans, and ordering one."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tajuk.accounts.models import User
from tajuk.subscriptions.actions.orders import GiftTo, place_order
from tajuk.subscriptions.actions.payments import settle_free
from tajuk.subscriptions.actions.subscriptions import start_trial
from tajuk.subscriptions.errors import (
    AlreadySubscribedError,
    NoTrialError,
    NotSoldError,
    SubscriptionsError,
    TooManyOrdersError,
    VoucherRefusedError,
)
from tajuk.subscriptions.models import Plan
from tajuk.subscriptions.offers import currencies_sold, in_words, plan_offers, spelled
from tajuk.subscriptions.types import Dressed, PlanOffer
from tajuk.subscriptions.views.page import Asked, asked, onward
from tajuk.terms import addresses
from tajuk.terms.language import Language
from tajuk.terms.money import Currency

_LONGEST_KEY = 40
_LONGEST_NOTE = 300
_LONGEST_EMAIL = 254
_MOST_DIGITS = 18
_WRONG: dict[type[SubscriptionsError], Any] = {
    NotSoldError: _("This plan isn’t sold any more. Choose another."),
    AlreadySubscribedError: _("You have this plan already; it renews by itself."),
    NoTrialError: _("There is one trial for each reader, and you had yours. You can order the plan."),
    VoucherRefusedError: _(
        "This voucher isn’t good for this plan now, or was used before. Look at its code, or order without it."
    ),
    TooManyOrdersError: _("Too many of your orders wait for payment. Pay or cancel one first."),
}  # fmt: skip
_NO_ADDRESS = _("Write the email address of whom the gift is for.")


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest, *, language: Language, dressed: Dressed) -> HttpResponse:
    """The plans with what they cost; ordering one leads to the order's own page."""
    it = asked(request, language, dressed)
    if request.method != "POST":
        return _plans(it)
    if it.reader is None:
        return it.sign_in()
    with translation.override(language.value):
        return _ordered(it, it.reader)


def _ordered(it: Asked, reader: User) -> HttpResponse:
    told = it.request.POST
    number = told.get("plan", "")
    plan = (
        Plan.objects.filter(pk=int(number)).first()
        if number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
        else None
    )
    currency = _currency(told.get("currency", ""))
    key = told.get("key", "")[:_LONGEST_KEY].replace("\0", "")
    if plan is None or not key:
        return _plans(it, error=_WRONG[NotSoldError])
    gift = None
    if told.get("for") == "gift":
        gift = _gift(told)
        if gift is None:
            return _plans(it, error=_NO_ADDRESS)
    try:
        if told.get("do") == "trial" and gift is None:
            start_trial(reader, plan, currency=currency, language=it.language, now=it.moment)
            return onward(f"{it.doors.payments}?begun")
        order = place_order(
            reader, plan, currency=currency, key=key, language=it.language, now=it.moment,
            voucher_code=told.get("voucher", ""), gift=gift,
        )  # fmt: skip
    except SubscriptionsError as error:
        return _plans(it, error=_WRONG[type(error)])
    if order.total == 0:
        settle_free(order, now=it.moment)
    return onward(f"{it.doors.order}{order.reference}")


def _plans(it: Asked, *, error: Any = "") -> HttpResponse:
    currencies = currencies_sold()
    chosen = _currency(it.request.GET.get("currency") or it.request.POST.get("currency", ""))
    currency = chosen if chosen in currencies else (currencies[0] if currencies else chosen)
    is_gift = "gift" in it.request.GET or it.request.POST.get("for") == "gift"
    with translation.override(it.language.value):
        offers = plan_offers(it.reader, currency=currency, language=it.language)
        context = {
            "plans": [_view(each, it.language) for each in offers],
            "has_trial": not is_gift and any(each.trial_days for each in offers),
            "currency": currency.value,
            "currencies": [each.value for each in currencies],
            "key": secrets.token_urlsafe(16),
            "error": str(error),
            "is_gift": is_gift,
            "told": {
                name: it.request.POST.get(name, "")[:_LONGEST_NOTE]
                for name in ("voucher", "email", "note")
            },
        }
    title = _("Give a subscription") if is_gift else _("Subscribe")
    return it.page("subscribe", context, title=title, within=addresses.subscribe())


def _view(offer: PlanOffer, language: Language) -> dict[str, Any]:
    return {
        "id": offer.plan_id,
        "name": offer.name,
        "description": offer.description,
        "gives": offer.gives,
        "period": in_words(offer.period),
        "price": spelled(offer.price.total, language),
        "first": spelled(offer.first.total, language) if offer.is_cheaper_at_first else "",
        "tax": spelled(offer.first.tax, language) if offer.first.tax.amount else "",
        "trial_days": offer.trial_days,
    }


def _gift(told: Any) -> GiftTo | None:
    email = told.get("email", "").strip()
    name, at, domain = email.rpartition("@")
    if (
        not (name and at and "." in domain)
        or len(email) > _LONGEST_EMAIL
        or not email.isprintable()
    ):
        return None
    note = " ".join(told.get("note", "").replace("\0", "").split())[:_LONGEST_NOTE]
    return GiftTo(email, note)


def _currency(text: str) -> Currency:
    from django.conf import settings

    try:
        return Currency(text)
    except ValueError:
        own: Currency = settings.PAPER.currency
        return own
