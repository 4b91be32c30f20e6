"""Finding readers: by what somebody says on the telephone, and by how they stand. Rows, newest account first.

Pages are continued from an id, along the primary key: the hundredth page costs what the first costs, and nothing is
counted. Addresses and numbers are found along indexes; names, of which any part may be asked for, by reading them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from tajuk.accounts.models import User
from tajuk.circulation.models import Grant
from tajuk.subscriptions.desk_queries import in_state, readers_of_number
from tajuk.subscriptions.desk_types import PayingState

PAGE = 40
_SHORTEST_ADDRESS = 3


class Held(StrEnum):
    """What the list can be narrowed to besides the states of paying."""

    COMPLIMENTARY = "complimentary"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of readers, and the ids from which the list goes on; None at either end."""

    readers: tuple[User, ...]
    newer: int | None
    older: int | None


def readers(*, text: str = "", standing: str = "", now: datetime) -> "QuerySet[User]":
    """Those who are meant, newest account first. `standing` is a `PayingState`, a `Held` or empty.

    One query where it is read, and two before it when the text may be a number.
    """
    found = get_user_model().objects.order_by("-pk")
    if text.strip():
        found = found.filter(_meant(text.strip()))
    if standing in set(PayingState):
        found = found.filter(in_state(PayingState(standing), now=now))
    elif standing == Held.COMPLIMENTARY:
        grants = Grant.objects.filter(reader=OuterRef("pk"), starts_at__lte=now)
        found = found.filter(Exists(grants.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))))
    elif standing == Held.CLOSED:
        found = found.filter(is_active=False)
    return found


def stretch(
    rows: "QuerySet[User]", *, before: int | None = None, after: int | None = None, size: int = PAGE
) -> Stretch:
    """A page of these: those just older than the id `before`, or just newer than `after`. One query."""
    if after is not None:
        seen: Sequence[User] = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        page = tuple(reversed(seen[:size]))
        newer = page[0].pk if len(seen) > size else None
        return Stretch(page, newer, page[-1].pk if page else None)
    seen = list((rows if before is None else rows.filter(pk__lt=before))[: size + 1])
    page = tuple(seen[:size])
    older = page[-1].pk if len(seen) > size else None
    return Stretch(page, page[0].pk if page and before is not None else None, older)


def _meant(text: str) -> Q:
    """A number finds its reader; an address those that begin so; words, in any order, the names they stand in."""
    may_be_number = "@" not in text and " " not in text and any(map(str.isdigit, text))
    by_number = readers_of_number(text.lstrip("#")) if may_be_number else ()
    if by_number:
        return Q(pk__in=by_number)
    begins = _address_begins(text.lower()) if " " not in text else Q(pk__in=())
    if "@" in text:
        return begins
    named = Q()
    for word in text.split():
        named &= Q(name__icontains=word)
    return named | begins if len(text) >= _SHORTEST_ADDRESS else named


def _address_begins(start: str) -> Q:
    """Addresses are kept in small letters. Each database has an index for one of the two spellings only."""
    if (
        connection.vendor == "sqlite"
    ):  # LIKE can't use the index; a range can: nothing sorts after U+10FFFF
        return Q(email__gte=start, email__lt=start + "\U0010ffff")
    return Q(email__startswith=start)  # the index that Django makes for patterns
