"""Links in letters: a gift, a seat in a group. Opening one changes nothing; the button does."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tajuk.subscriptions.actions.gifts import take_gift
from tajuk.subscriptions.actions.groups import take_seat
from tajuk.subscriptions.errors import GiftOverError, NoSeatError
from tajuk.subscriptions.models import Gift, Seat
from tajuk.subscriptions.offers import in_words, name_of
from tajuk.subscriptions.types import Dressed
from tajuk.subscriptions.views.page import Asked, asked, onward
from tajuk.terms.language import Language

_GONE = 410
_NO_GIFT = _(
    "This gift can’t be taken: its link is wrong, it has run out, or somebody took it before."
)
_NO_SEAT = _("This seat can’t be taken: its link is wrong, it is over, or somebody took it before.")


@require_http_methods(["GET", "HEAD", "POST"])
def gift(request: HttpRequest, *, code: str, language: Language, dressed: Dressed) -> HttpResponse:
    """A gift, and taking it."""
    it = asked(request, language, dressed)
    found = (
        Gift.objects.filter(
            code=code, taken_at__isnull=True, ended_at__isnull=True, expires_at__gt=it.moment
        )
        .select_related("order__plan")
        .first()
    )
    facts: dict[str, Any] = {}
    if found is not None:
        facts = {
            "plan": name_of(found.order.plan, language),
            "giver": found.order.billed_name,
            "note": found.order.gift_note,
            "period": (found.order.period),
        }
    return _answer(it, "gift", code, facts, _NO_GIFT, lambda: _take_gift(it, code))


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, *, code: str, language: Language, dressed: Dressed) -> HttpResponse:
    """A seat in a group, and taking it."""
    it = asked(request, language, dressed)
    found = (
        Seat.objects.filter(
            code=code, taken_at__isnull=True, left_at__isnull=True, group__ends_at__gt=it.moment
        )
        .select_related("group__plan")
        .first()
    )
    facts: dict[str, Any] = {}
    if found is not None:
        facts = {"group": found.group.name, "plan": name_of(found.group.plan, language)}
    return _answer(it, "seat", code, facts, _NO_SEAT, lambda: _take_seat(it, code))


def _answer(
    it: Asked, kind: str, code: str, facts: dict[str, Any], wrong: object, take: Callable[[], None]
) -> HttpResponse:  # fmt: skip
    from django.utils import translation

    if it.request.method == "POST" and it.reader is None:
        return it.sign_in()
    is_gone = not facts
    if it.request.method == "POST":
        try:
            take()
        except (GiftOverError, NoSeatError):
            is_gone = True
        else:
            return onward(f"{it.doors.payments}?{kind}")
    with translation.override(it.language.value):
        if "period" in facts:
            facts["period"] = in_words(facts["period"])
        context = {
            **facts, "kind": kind, "code": code, "error": str(wrong) if is_gone else "",
        }  # fmt: skip
    title = _("A gift for you") if kind == "gift" else _("A seat for you")
    return it.page(
        "code", context, title=title, within=f"/account/{kind}/{code}", status=_GONE if is_gone else 200
    )  # fmt: skip


def _take_gift(it: Asked, code: str) -> None:
    assert it.reader is not None
    take_gift(code, it.reader, language=it.language, now=it.moment)


def _take_seat(it: Asked, code: str) -> None:
    assert it.reader is not None
    take_seat(code, it.reader, now=it.moment)
