"""What a reader's own pages ask about their sign-ins. Costs are stated."""

from datetime import datetime

from django.conf import settings

from tajuk.circulation.models import ReaderSession
from tajuk.circulation.types import SignInLine


def knows_device(reader_id: int, device: str) -> bool:
    """Whether the reader has signed in from such a device within `SESSION_LIFE`. One query."""
    return ReaderSession.objects.filter(reader_id=reader_id, device=device).exists()


def sign_ins_of(reader_id: int, *, now: datetime, here: str) -> tuple[SignInLine, ...]:
    """The reader's sign-ins that go on, the newest first; `here` is that of this browser. One query."""
    rows = ReaderSession.objects.filter(
        reader_id=reader_id, ended_at__isnull=True, renew_until__gt=now
    ).order_by("-signed_in_at", "-id")
    zone = settings.PAPER.time_zone
    return tuple(
        SignInLine(
            each.session, each.device, each.signed_in_at.astimezone(zone), each.session == here
        )
        for each in rows
    )
