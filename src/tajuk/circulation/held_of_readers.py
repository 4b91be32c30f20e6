"""What circulation holds of a reader: told to them on request. All of it goes with the account."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry

from tajuk.accounts.models import User
from tajuk.circulation.actions import end_desk_sessions
from tajuk.circulation.models import FollowedTopic, Grant, ReaderSession


def told(reader: User) -> dict[str, Any]:
    """Grants, sign-ins and followed topics, as JSON can hold them. Three queries."""
    return {
        "entitlements": [
            {
                "entitlement": each.entitlement,
                "starts_at": each.starts_at.isoformat(),
                "ends_at": each.ends_at.isoformat() if each.ends_at else None,
                "reason": each.reason,
            }
            for each in Grant.objects.filter(reader=reader)
        ],
        "sign_ins": [
            {
                "device": each.device,
                "signed_in_at": each.signed_in_at.isoformat(),
                "ended_at": each.ended_at.isoformat() if each.ended_at else None,
            }
            for each in ReaderSession.objects.filter(reader=reader)
        ],
        "followed_topics": [
            str(each.topic)
            for each in FollowedTopic.objects.filter(reader=reader).select_related("topic")
        ],
    }


def forget(reader: User, *, now: datetime) -> None:  # noqa: ARG001  as every department is asked
    """Ends the browsers' sessions, and empties the reasons in audit lines, where colleagues write what readers told.

    The rows themselves are the reader's and go with them.
    """
    keys = ReaderSession.objects.filter(reader=reader).values_list("desk_session", flat=True)
    end_desk_sessions(list(keys))
    lines = list(
        ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(User),
            object_id=str(reader.pk),
            action__startswith="circulation.",
        )
    )
    for line in lines:
        line.data = {**line.data, "reason": ""}
    ModelLogEntry.objects.bulk_update(lines, ["data"])
