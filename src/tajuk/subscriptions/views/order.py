"""One order: how it can be paid, that it waits, that it was paid. The page says what the house knows, and no more."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tajuk.subscriptions import doors
from tajuk.subscriptions.actions.checkouts import open_checkout
from tajuk.subscriptions.actions.orders import cancel_order
from tajuk.subscriptions.actions.refunds import refund_for_reader
from tajuk.subscriptions.errors import NotRefundableError, SubscriptionsError
from tajuk.subscriptions.gateways.configured import gateway, offered
from tajuk.subscriptions.house import billing
from tajuk.subscriptions.models import Checkout, Order
from tajuk.subscriptions.offers import in_words, order_line, spelled, tax_words
from tajuk.subscriptions.trace import READER
from tajuk.subscriptions.types import Dressed, GatewayName, Judgement, OrderState, Purpose
from tajuk.subscriptions.views.page import Asked, asked, onward
from tajuk.terms.language import Language
from tajuk.terms.money import Currency

REFRESH = 4
"""Seconds after which a page that waits looks again."""
ASK_AT_MOST = timedelta(seconds=5)
_LOOK_FOR = timedelta(minutes=30)
_WAYS = {
    GatewayName.MIDTRANS: _("QRIS, virtual account, e-wallet or card, by Midtrans"),
    GatewayName.XENDIT: _("QRIS, virtual account, e-wallet or card, by Xendit"),
    GatewayName.STRIPE: _("Card, by Stripe"),
    GatewayName.BANK: _("Bank transfer"),
}
_NAMES = {
    GatewayName.MIDTRANS: "Midtrans",
    GatewayName.XENDIT: "Xendit",
    GatewayName.STRIPE: "Stripe",
    GatewayName.BANK: "",
}
_NO_ANSWER = _(
    "The payment provider doesn’t answer just now. Nothing was paid. Try again, or choose another way."
)
_TOO_LATE = _("This order can no longer be paid. Order again.")
_NO_REFUND = _("A first period can be refunded within seven days of paying; this one can’t.")
_GONE = _("This order has changed meanwhile. See below how it stands.")


@require_http_methods(["GET", "HEAD", "POST"])
def order(
    request: HttpRequest, *, reference: str, language: Language, dressed: Dressed
) -> HttpResponse:
    """The order's page, for its reader alone."""
    it = asked(request, language, dressed)
    if it.reader is None:
        return it.sign_in()
    found = (
        Order.objects.select_related("plan", "subscription")
        .filter(reference=reference, reader=it.reader)
        .first()
    )
    if found is None:
        raise Http404("no such order of this reader")
    if request.method == "POST":
        return _done(it, found)
    return _shown(it, found)


def _done(it: Asked, order: Order) -> HttpResponse:
    here = f"{it.doors.order}{order.reference}"
    match it.request.POST.get("do", ""):
        case "pay":
            return _pay(it, order, here)
        case "cancel":
            try:
                cancel_order(order, by=READER, now=it.moment)
            except SubscriptionsError:
                return _shown(it, _again(order), error=_GONE)
        case "refund":
            try:
                refund_for_reader(order, now=it.moment)
            except NotRefundableError:
                return _shown(it, _again(order), error=_NO_REFUND)
    return onward(here)


def _pay(it: Asked, order: Order, here: str) -> HttpResponse:
    name = it.request.POST.get("way", "")
    if name not in offered(Currency(order.currency), billing()):
        return onward(here)
    try:
        opened = open_checkout(
            order, GatewayName(name), return_url=doors.link(f"{here}?back"), now=it.moment
        )
    except SubscriptionsError:
        return _shown(it, _again(order), error=_TOO_LATE)
    if opened.failure:
        return _shown(it, _again(order), error=_NO_ANSWER, status=503)
    return onward(here)


def _shown(it: Asked, order: Order, *, error: Any = "", status: int = 200) -> HttpResponse:
    open_ones = [each for each in order.checkouts.all() if each.closed_at is None]
    is_open = order.state == OrderState.OPEN and order.expires_at > it.moment
    if "back" in it.request.GET:
        _ask_soon(open_ones, it)
    with translation.override(it.language.value):
        context = _context(it, order, open_ones if is_open else [], is_open=is_open)
        response = it.page(
            "order", {**context, "error": str(error)}, title=_("Your order"),
            within=f"/account/orders/{order.reference}", status=status,
        )  # fmt: skip
    waits = is_open and any(each.pay_url or each.opening_until for each in open_ones)
    if waits and it.moment < max(each.opened_at for each in open_ones) + _LOOK_FOR and not error:
        response["Refresh"] = f"{REFRESH}; url={it.doors.order}{order.reference}"
    return response


def _context(
    it: Asked, order: Order, checkouts: list[Checkout], *, is_open: bool
) -> dict[str, Any]:
    zone = settings.PAPER.time_zone
    house = billing()
    line = order_line(order, language=it.language, now=it.moment)
    # One that the provider gave no answer to can be tried again.
    begun = {
        each.gateway
        for each in checkouts
        if each.provider_id or (each.opening_until is not None and each.opening_until > it.moment)
    }
    ways = offered(Currency(order.currency), house) if is_open else ()
    renews = any(
        (at := gateway(each)) is not None and at.can.renews == "by_itself" for each in ways
    )
    return {
        "line": line,
        "order": order,
        "state": order.state if is_open or order.state != OrderState.OPEN else OrderState.EXPIRED,
        "plan": line.plan,
        "period": in_words(order.period),
        "periods": order.period_count,
        "total": spelled(order.amounts.total, it.language),
        "tax": tax_words(order, it.language),
        "expires_at": order.expires_at.astimezone(zone),
        "checkouts": [
            {
                "name": _NAMES[GatewayName(each.gateway)],
                "url": each.pay_url,
                "is_bank": each.gateway == GatewayName.BANK,
                "is_opening": not each.provider_id and each.opening_until is not None,
            }
            for each in checkouts
            if not each.failure
        ],
        "ways": [(each.value, _WAYS[each]) for each in ways if each.value not in begun],
        "renews_itself": renews and order.purpose == Purpose.FIRST,
        "renewal_total": spelled_total(order, it.language),
        "bank_account": house.bank_account,
        "paid_until": order.subscription.paid_until.astimezone(zone)
        if order.subscription
        else None,
        "owed": [
            spelled(each.money, it.language)
            for each in order.payments.exclude(judgement=Judgement.HONOURED)
        ],
        "is_gift": order.purpose == Purpose.GIFT,
    }


def spelled_total(order: Order, language: Language) -> str:
    """What each further period costs."""
    from tajuk.terms.money import Money

    return spelled(Money(order.renewal_total, Currency(order.currency)), language)


def _ask_soon(checkouts: list[Checkout], it: Asked) -> None:
    """The reader comes back from the gateway: it is asked, if it wasn't just now, though no notice has come."""
    for each in checkouts:
        asked_lately = each.asked_at is not None and each.asked_at > it.moment - ASK_AT_MOST
        if each.provider_id and not asked_lately:
            Checkout.objects.filter(pk=each.pk).exclude(ask_at__lte=it.moment).update(
                ask_at=it.moment
            )


def _again(order: Order) -> Order:
    return Order.objects.select_related("plan", "subscription").get(pk=order.pk)
