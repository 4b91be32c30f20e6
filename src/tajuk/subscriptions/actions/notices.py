"""Notices of providers: recorded raw before anything else, then the gateway is asked. None is believed."""

from datetime import datetime

from django.db import transaction

from tajuk.subscriptions.gateways.port import (
    ForgedError,
    Gateway,
    Incoming,
    Noticed,
    StaleError,
    UnreadableError,
)
from tajuk.subscriptions.models import Checkout, Notice, Payment
from tajuk.subscriptions.trace import trace
from tajuk.subscriptions.types import Happened

KEPT_HEADERS = (
    "content-type", "user-agent", "stripe-signature", "webhook-id", "x-callback-event-id",
)  # fmt: skip
"""Not `x-callback-token`: it is a secret, and the same in every notice."""
_KEPT_OF_FORGED = 2_000
_LONGEST_HEADER = 500


def take_notice(at: Gateway, incoming: Incoming, *, now: datetime) -> bool:
    """Records a notice and sees to it that the gateway is asked; whether it was genuine.

    Everything a genuine notice says is asked of the gateway, so a replayed, late, early or doubled one does no harm:
    however many come about a checkout meanwhile, it is asked once.
    """
    try:
        noticed: Noticed | None = at.noticed(incoming, now=now)
        trouble = None
    except ForgedError:
        noticed, trouble = None, Happened.NOTICE_FORGED
    except StaleError:
        noticed, trouble = None, Happened.NOTICE_STALE
    except UnreadableError:
        noticed, trouble = None, Happened.NOTICE_UNREADABLE
    is_genuine = trouble not in {Happened.NOTICE_FORGED, Happened.NOTICE_STALE}
    with transaction.atomic():
        checkout = _found(at, noticed) if noticed is not None else None
        notice = Notice.objects.create(
            gateway=at.name,
            received_at=now,
            headers={
                name: incoming.headers[name][:_LONGEST_HEADER]
                for name in KEPT_HEADERS
                if name in incoming.headers
            },
            body=_text(incoming.body, is_genuine=is_genuine),
            is_genuine=is_genuine,
            checkout=checkout,
        )
        if checkout is None:
            trace(
                trouble or Happened.NOTICE_OF_UNKNOWN, now=now, notice=notice, gateway=at.name,
                bytes=len(incoming.body),
            )  # fmt: skip
        else:
            Checkout.objects.filter(pk=checkout.pk).update(ask_at=now)
    return is_genuine


def _found(at: Gateway, noticed: Noticed) -> Checkout | None:
    rows = Checkout.objects.filter(gateway=at.name)
    if noticed.reference:
        return rows.filter(reference=noticed.reference[:32]).first()
    if noticed.provider_subscription:
        return rows.filter(provider_subscription=noticed.provider_subscription[:100]).first()
    number = noticed.provider_id[:100]
    paid = (
        Payment.objects.filter(gateway=at.name, provider_id=number)
        .select_related("checkout")
        .first()
    )
    return paid.checkout if paid else rows.filter(provider_id=number).first()


def _text(body: bytes, *, is_genuine: bool) -> str:
    """As text a database can hold: PostgreSQL has no zero byte."""
    kept = body if is_genuine else body[:_KEPT_OF_FORGED]
    return kept.decode("utf-8", "backslashreplace").replace("\0", "\\x00")
