"""Everything that happened to one reader, in one order: sign-ins, money, mails, and what colleagues did."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry

from tajuk.accounts.models import User
from tajuk.circulation.desk import words
from tajuk.circulation.models import ReaderSession
from tajuk.subscriptions.desk_types import FileOfReader, OrderOfReader
from tajuk.subscriptions.types import Judgement, OrderState

MOST = 200


class Sort(StrEnum):
    """What an event is about; also the name of its mark in the style sheet."""

    ACCOUNT = "account"
    MONEY = "money"
    MAIL = "mail"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: datetime
    sort: Sort
    what: str
    note: str = ""
    who: str = ""
    """The colleague; empty for the reader and the house."""


def timeline(reader: User, money: FileOfReader) -> tuple[Event, ...]:
    """The newest first, `MOST` at most. Three queries besides the reader's file."""
    events = [*_account(reader), *_money(money), *_desk(reader)]
    return tuple(sorted(events, key=lambda each: each.at, reverse=True)[:MOST])


def _account(reader: User) -> Iterator[Event]:
    yield Event(reader.joined_at, Sort.ACCOUNT, gettext("Opened the account"))
    for each in ReaderSession.objects.filter(reader=reader).order_by("-signed_in_at")[:MOST]:
        yield Event(each.signed_in_at, Sort.ACCOUNT, gettext("Signed in"), each.device)
        if each.ended_at:
            yield Event(each.ended_at, Sort.ACCOUNT, gettext("Signed out"), each.device)


def _desk(reader: User) -> Iterator[Event]:
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(reader.pk)
    )
    for entry in entries.select_related("user").order_by("-timestamp")[:MOST]:
        message = str(entry.message or "") or entry.action
        who = str(entry.user) if entry.user_id else ""
        yield Event(entry.timestamp, Sort.DESK, message, who=who)


def _money(money: FileOfReader) -> Iterator[Event]:
    for order in money.orders:
        yield from _order(order)
    for held in money.subscriptions:
        what = gettext("Gift begun: %(plan)s") if held.is_gift else gettext("Began %(plan)s")
        yield Event(held.since, Sort.MONEY, what % {"plan": held.plan})
        if held.ended_because:
            ended = gettext("%(plan)s ended: %(why)s")
            what = ended % {"plan": held.plan, "why": held.ended_because}
            yield Event(held.access_until, Sort.MONEY, what)
    for seat in money.seats:
        named = {"group": seat.group}
        yield Event(seat.taken_at, Sort.MONEY, gettext("Took a seat: %(group)s") % named)
        if seat.left_at:
            yield Event(seat.left_at, Sort.MONEY, gettext("Left the seat: %(group)s") % named)
    for gift in money.gifts:
        yield Event(
            gift.taken_at, Sort.MONEY, gettext("Took a gift: %(plan)s") % {"plan": gift.plan}
        )
    for letter in money.letters:
        yield Event(letter.sent_at, Sort.MAIL, str(words.LETTERS[letter.kind]), letter.about)


def _order(order: OrderOfReader) -> Iterator[Event]:
    facts = {
        "plan": order.plan,
        "purpose": words.PURPOSE[order.purpose],
        "total": words.spelled(order.total),
    }
    placed = gettext("Ordered %(plan)s (%(purpose)s) for %(total)s") % facts
    yield Event(order.placed_at, Sort.MONEY, placed, order.reference)
    if order.closed_at and order.state in {OrderState.EXPIRED, OrderState.CANCELLED}:
        ran_out = order.state is OrderState.EXPIRED
        closed = gettext("Order ran out unpaid") if ran_out else gettext("Order cancelled")
        yield Event(order.closed_at, Sort.MONEY, closed, order.reference)
    for paid in order.payments:
        facts = {"amount": words.spelled(paid.money), "gateway": paid.gateway}
        what = gettext("Paid %(amount)s by %(gateway)s") % facts
        is_kept = paid.judgement is Judgement.HONOURED
        yield Event(paid.at, Sort.MONEY, what, paid.receipt if is_kept else paid.judged)
        if paid.refund_asked_at:
            asked = gettext("Refund of %(amount)s asked for") % facts
            yield Event(paid.refund_asked_at, Sort.MONEY, asked, paid.refund_reason)
        if paid.refund_done_at:
            yield Event(paid.refund_done_at, Sort.MONEY, gettext("%(amount)s paid back") % facts)
