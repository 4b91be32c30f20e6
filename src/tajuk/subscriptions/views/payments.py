"""What a reader pays for: subscriptions, orders, receipts; cancelling in two clicks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tajuk.accounts.models import User
from tajuk.subscriptions import doors
from tajuk.subscriptions.actions.groups import ask_for_seat
from tajuk.subscriptions.actions.locks import lock_reader
from tajuk.subscriptions.actions.orders import renewal_of
from tajuk.subscriptions.actions.subscriptions import cancel_subscription, resume_subscription
from tajuk.subscriptions.errors import NoSeatError, SubscriptionsError
from tajuk.subscriptions.gateways.configured import gateway
from tajuk.subscriptions.gateways.port import GatewayError
from tajuk.subscriptions.models import Domain, Price, Receipt, Seat, Subscription
from tajuk.subscriptions.offers import order_lines, spelled, subscription_lines
from tajuk.subscriptions.receipts.printing import printed
from tajuk.subscriptions.trace import READER
from tajuk.subscriptions.types import Dressed
from tajuk.subscriptions.views.page import Asked, SeeOther, asked, onward, private
from tajuk.terms.language import Language

_MOST_DIGITS = 18
_SAID = {
    "begun": _("Your trial has begun. You can read at once."),
    "cancelled": _("Cancelled. What you paid for you can read to its end."),
    "resumed": _("Your subscription goes on."),
    "invited": _("A letter is on its way to your address. Open its link to take your seat."),
    "gift": _("The gift is yours. You can read at once."),
    "seat": _("The seat is yours. You can read at once."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def payments(request: HttpRequest, *, language: Language, dressed: Dressed) -> HttpResponse:
    """The list, and what can be done with a subscription."""
    it = asked(request, language, dressed)
    if it.reader is None:
        return it.sign_in()
    if request.method == "POST":
        return _done(it, it.reader)
    return _shown(it, it.reader)


@require_safe
def receipt(
    request: HttpRequest, *, number: str, language: Language, dressed: Dressed
) -> HttpResponse:
    """A receipt as PDF, for its reader alone."""
    it = asked(request, language, dressed)
    if it.reader is None:
        return it.sign_in()
    year, _dash, of_year = number.partition("-")
    found = (
        Receipt.objects.select_related("payment__order__plan")
        .filter(year=int(year), number=int(of_year), payment__order__reader=it.reader)
        .first()
    )
    if found is None:
        raise Http404("no such receipt of this reader")
    response = HttpResponse(printed(found, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return private(response)


def _done(it: Asked, reader: User) -> HttpResponse:
    told = it.request.POST
    if told.get("do") == "seat":
        try:
            ask_for_seat(reader, now=it.moment)
        except NoSeatError:
            return onward(it.doors.payments)
        return onward(f"{it.doors.payments}?invited")
    held = _named(reader, told.get("subscription", ""))
    if held is None:
        return onward(it.doors.payments)
    match told.get("do"):
        case "cancel":
            cancel_subscription(held, by=READER, now=it.moment)
            return onward(f"{it.doors.payments}?cancelled")
        case "resume":
            try:
                resume_subscription(held, now=it.moment)
            except SubscriptionsError:
                return onward(it.doors.subscribe)
            return onward(f"{it.doors.payments}?resumed")
        case "renew":
            return _renewed(it, held)
        case _:
            return onward(it.doors.payments)


def _renewed(it: Asked, held: Subscription) -> HttpResponse:
    price = Price.objects.filter(plan=held.plan, currency=held.currency).first()
    if price is None or held.ended_at is not None or held.provider_subscription:
        return onward(it.doors.subscribe)
    from django.db import transaction

    with transaction.atomic():
        lock_reader(held.reader_id)
        Subscription.objects.select_for_update().get(pk=held.pk)
        order = renewal_of(
            held, price, now=it.moment, expires_at=max(held.access_until, it.moment), by=READER
        )
    return onward(f"{it.doors.order}{order.reference}")


@require_safe
def portal(request: HttpRequest, *, pk: int, language: Language, dressed: Dressed) -> HttpResponse:
    """To the gateway's own page, where the reader changes their card."""
    it = asked(request, language, dressed)
    if it.reader is None:
        return it.sign_in()
    held = _named(it.reader, str(pk))
    at = gateway(held.gateway) if held is not None and held.gateway else None
    if held is None or at is None or not at.can.has_portal or not held.provider_subscription:
        return onward(it.doors.payments)
    try:
        url = at.portal(held.provider_subscription, return_url=doors.link(it.doors.payments))
    except GatewayError:
        return onward(f"{it.doors.payments}?unanswered")
    return private(SeeOther(url))


def _shown(it: Asked, reader: User) -> HttpResponse:
    asks = it.request.GET.get("cancel", "")
    with translation.override(it.language.value):
        lines = order_lines(reader, language=it.language, now=it.moment)
        context = {
            "held": subscription_lines(reader, language=it.language),
            "orders": [(each, spelled(each.total, it.language)) for each in lines],
            "asks_about": int(asks) if asks.isascii() and asks.isdigit() and len(asks) <= _MOST_DIGITS else 0,
            "said": [str(text) for name, text in _SAID.items() if name in it.request.GET],
            "seats": Seat.objects.filter(
                reader=reader, left_at__isnull=True, group__ends_at__gt=it.moment
            ).select_related("group__plan"),
            "group": _group_of(reader, it),
            "is_unanswered": "unanswered" in it.request.GET,
        }  # fmt: skip
        return it.page(
            "payments", context, title=_("Subscription and payments"), within="/account/payments"
        )


def _group_of(reader: User, it: Asked) -> str:
    """The group whose email domain the reader's address has, if they don't sit in it already."""
    domain = reader.email.rpartition("@")[2].lower()
    found = (
        Domain.objects.filter(
            domain=domain, group__starts_at__lte=it.moment, group__ends_at__gt=it.moment
        )
        .select_related("group")
        .first()
    )
    if (
        found is None
        or Seat.objects.filter(group=found.group, reader=reader, left_at__isnull=True).exists()
    ):
        return ""
    return str(found.group.name)


def _named(reader: User, number: str) -> Subscription | None:
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        return None
    return (
        Subscription.objects.filter(pk=int(number), reader=reader)
        .select_related("plan", "reader")
        .first()
    )
