"""Seats in groups: offered to an address, taken by whoever opens the letter, given up."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from tajuk.accounts.models import User
from tajuk.contracts.messages import ReaderChanged
from tajuk.outbox.actions import put
from tajuk.subscriptions.errors import NoSeatError
from tajuk.subscriptions.models import Domain, Group, Letter, Seat


def invite(group: Group, emails: Iterable[str], *, now: datetime) -> int:
    """Offers a seat to each address that has none; how many letters go. Raises NoSeatError when they don't suffice."""
    wanted = list(dict.fromkeys(each.strip().lower() for each in emails if each.strip()))
    with transaction.atomic():
        locked = Group.objects.select_for_update().get(pk=group.pk)
        taken = {each.lower() for each in _seats(locked).values_list("email", flat=True)}
        new = [each for each in wanted if each not in taken]
        if len(taken) + len(new) > locked.most_seats:
            free = max(locked.most_seats - len(taken), 0)
            raise NoSeatError(f"{len(new)} are asked for, and {free} are free")
        for email in new:
            _offer(locked, email, now)
    return len(new)


def ask_for_seat(reader: User, *, now: datetime) -> Group:
    """A seat by email domain: the letter goes to the reader's own address, so only who reads it sits there.

    Raises NoSeatError.
    """
    domain = reader.email.rpartition("@")[2].lower()
    found = Domain.objects.filter(
        domain=domain, group__starts_at__lte=now, group__ends_at__gt=now
    ).first()
    if found is None:
        raise NoSeatError("no group has this email domain")
    with transaction.atomic():
        locked: Group = Group.objects.select_for_update().get(pk=found.group_id)
        held = _seats(locked).filter(email__iexact=reader.email).first()
        if held is not None:
            if held.taken_at is None:
                Letter.objects.create(kind=Letter.Kind.INVITATION, seat=held, send_at=now)
            return locked
        if _seats(locked).count() >= locked.most_seats:
            raise NoSeatError("all seats of the group are taken")
        _offer(locked, reader.email.lower(), now)
    return locked


def take_seat(code: str, reader: User, *, now: datetime) -> Group:
    """The seat of a letter, for the reader who opened it. Once taken it is taken. Raises NoSeatError."""
    with transaction.atomic():
        found = (
            Seat.objects.select_related("group").filter(code=code, group__ends_at__gt=now).first()
            if "\0" not in code
            else None
        )
        if found is None:
            raise NoSeatError("the invitation is unknown, or over")
        # One statement over one table reads and writes: of two readers in the same instant one has it. With the group
        # joined in it would be two, and PostgreSQL would let both have it.
        free = Seat.objects.filter(pk=found.pk, taken_at__isnull=True, left_at__isnull=True)
        try:
            with transaction.atomic():
                is_mine = free.update(reader=reader, taken_at=now)
        except IntegrityError as error:
            raise NoSeatError("you have a seat in this group already") from error
        if not is_mine:
            raise NoSeatError("the invitation was used before")
        group = found.group
        put(ReaderChanged(reader.pk))
    return group


def give_seat_up(seat: Seat, *, now: datetime) -> None:
    """By the reader or the desk: the seat is free for another."""
    with transaction.atomic():
        left = Seat.objects.filter(pk=seat.pk, left_at__isnull=True).update(left_at=now)
        if left and seat.reader_id:
            put(ReaderChanged(seat.reader_id))


def tell_members(group: Group) -> None:
    """The group's plan, time or seats changed: every reader who sits in it is told of. In the caller's transaction."""
    for reader_id in _seats(group).filter(reader__isnull=False).values_list("reader_id", flat=True):
        put(ReaderChanged(reader_id))


def _seats(group: Group) -> Any:
    return Seat.objects.filter(group=group, left_at__isnull=True)


def _offer(group: Group, email: str, now: datetime) -> None:
    seat = Seat.objects.create(
        group=group, email=email[:254], code=secrets.token_urlsafe(18), invited_at=now
    )
    Letter.objects.create(kind=Letter.Kind.INVITATION, seat=seat, send_at=now)
