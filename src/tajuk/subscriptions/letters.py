"""Letters to readers about money, in their language."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from tajuk.subscriptions import doors
from tajuk.subscriptions.models import Letter
from tajuk.subscriptions.types import OrderState
from tajuk.terms.language import Language


def send_letter(letter: Letter) -> None:
    """Sends it, unless what it says no longer holds. Raises one of accounts.mail.UNSENT when it isn't taken."""
    told = _told(letter)
    if told is None:
        return
    to, language, facts = told
    with translation.override(language.value):
        context = {"paper": settings.PAPER.name, "kind": letter.kind, **facts}
        subject = render_to_string("subscriptions/letters/subject.txt", context)
        text = render_to_string(f"subscriptions/letters/{letter.kind}.txt", context)
    EmailMessage(" ".join(subject.split()), text.strip() + "\n", to=[to]).send()


def _told(letter: Letter) -> tuple[str, Language, dict[str, Any]] | None:
    """To whom, in which language, and the facts of its text; None when there is nothing to say any more."""
    if letter.seat_id:
        seat = letter.seat
        assert seat is not None
        if seat.taken_at or seat.left_at or not seat.email:
            return None
        language = Language(seat.group.language)
        return (
            seat.email,
            language,
            {"group": seat.group.name, "link": doors.link(doors.of(language).seat, seat.code)},
        )
    if letter.order_id:
        return _of_order(letter)
    held = letter.subscription
    if held is None or held.reader is None:
        return None
    language = Language(held.language)
    facts = {"plan": _name(held.plan, language), "link": doors.link(doors.of(language).subscribe)}
    return held.reader.email, language, facts


def _of_order(letter: Letter) -> tuple[str, Language, dict[str, Any]] | None:
    order = letter.order
    assert order is not None
    waits = letter.kind in {
        Letter.Kind.RENEWAL, Letter.Kind.RENEWAL_TOMORROW, Letter.Kind.IN_GRACE,
    }  # fmt: skip
    if not order.billed_email or (waits and order.state != OrderState.OPEN):
        return None
    language = order.spoken
    here = doors.of(language)
    facts: dict[str, Any] = {
        "plan": _name(order.plan, language),
        "total": order.amounts.total.spelled(decimal_comma=language is Language.INDONESIAN),
        "reference": order.reference,
        "link": doors.link(here.order, order.reference),
    }
    held = order.subscription
    if held is not None:
        zone = settings.PAPER.time_zone
        facts["paid_until"] = held.paid_until.astimezone(zone)
        facts["access_until"] = held.access_until.astimezone(zone)
    if letter.kind == Letter.Kind.GIFT:
        if order.gift.taken_at or order.gift.ended_at:
            return None
        facts |= {
            "giver": order.billed_name,
            "note": order.gift_note,
            "link": doors.link(here.gift, order.gift.code),
        }
        return order.gift_email or order.billed_email, language, facts
    return order.billed_email, language, facts


def _name(plan: Any, language: Language) -> str:
    is_first = language is settings.PAPER.first_language
    return str(plan.name if is_first else plan.name_second or plan.name)
