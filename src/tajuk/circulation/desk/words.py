"""What the circulation desk calls things, in the colleague's language."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tajuk.circulation.models import Grant
from tajuk.paywall.types import Access, Entitlement
from tajuk.subscriptions.desk_types import PayingState, SubscriptionOfReader, SubscriptionState
from tajuk.subscriptions.types import OrderState, Purpose, RefundState
from tajuk.terms.money import Money

Text = str | Promise

ENTITLEMENTS: dict[Entitlement, Text] = {
    Entitlement(value): name for value, name in Grant.ENTITLEMENTS
}
ACCESS: dict[Access, Text] = {
    Access.FREE: _("free for everybody"),
    Access.REGISTERED: _("for readers who are signed in"),
    Access.METERED: _("on the meter: some for everybody, all for subscribers"),
    Access.PREMIUM: _("for subscribers"),
}
PAYING: dict[PayingState, Text] = {
    PayingState.SUBSCRIBES: _("Subscribes now"),
    PayingState.IN_GRACE: _("In grace: the renewal is unpaid"),
    PayingState.ENDED: _("Subscribed once"),
    PayingState.NEVER: _("Never subscribed"),
    PayingState.SEATED: _("Has a seat in a group"),
}
SUBSCRIPTION: dict[SubscriptionState, Text] = {
    SubscriptionState.TRIAL: _("trial"),
    SubscriptionState.GOES_ON: _("goes on"),
    SubscriptionState.CANCELLED: _("cancelled"),
    SubscriptionState.IN_GRACE: _("in grace"),
    SubscriptionState.ENDED: _("ended"),
}
ORDER: dict[OrderState, Text] = {
    OrderState.OPEN: _("waits for payment"),
    OrderState.PAID: _("paid"),
    OrderState.EXPIRED: _("ran out"),
    OrderState.CANCELLED: _("cancelled"),
    OrderState.REFUNDED: _("refunded"),
}
PURPOSE: dict[Purpose, Text] = {
    Purpose.FIRST: _("subscription"),
    Purpose.RENEWAL: _("renewal"),
    Purpose.GIFT: _("gift"),
}
REFUND: dict[RefundState, Text] = {
    RefundState.ASKED: _("asked for"),
    RefundState.BY_HAND: _("to be paid back by hand"),
    RefundState.DONE: _("paid back"),
}
LETTERS: dict[str, Text] = {
    "renewal": _("Asked for the renewal"),
    "tomorrow": _("Reminded that the period ends tomorrow"),
    "grace": _("Said that the renewal is unpaid"),
    "ended": _("Said that the subscription has ended"),
    "paid": _("Said that the payment came, with the receipt"),
    "owed": _("Said that money goes back"),
    "gift": _("Sent the gift"),
    "invitation": _("Invited to a seat in a group"),
}


def spelled(money: Money) -> str:
    """An amount as colleagues read it."""
    return money.spelled(decimal_comma=(get_language() or "").startswith("id"))


def moment(at: datetime) -> str:
    """A day and an hour in the colleague's time zone."""
    return formats.date_format(timezone.localtime(at), "j M Y, H:i")


def day(at: datetime) -> str:
    """A day in the colleague's time zone."""
    return formats.date_format(timezone.localtime(at), "j M Y")


def until(at: datetime | None) -> str:
    """Until when something holds."""
    return (
        gettext("until taken back") if at is None else gettext("until %(day)s") % {"day": day(at)}
    )


def stands(held: SubscriptionOfReader) -> str:
    """How a subscription stands, with the day that counts: the end of access, or of what is paid for."""
    goes_on = held.state is SubscriptionState.GOES_ON
    facts = {
        "state": SUBSCRIPTION[held.state],
        "day": day(held.paid_until if goes_on else held.access_until),
    }
    if goes_on:
        return gettext("%(state)s, paid until %(day)s") % facts
    if held.state is SubscriptionState.ENDED:
        return gettext("%(state)s on %(day)s") % facts
    return gettext("%(state)s, until %(day)s") % facts
