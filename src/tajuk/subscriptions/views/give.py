"""A subscriber gives a story: a link that opens it, and nothing else, for whoever holds it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tajuk.accounts.models import User
from tajuk.newsroom import queries as newsroom
from tajuk.newsroom.types import Live
from tajuk.paywall.gifts import GIFT_LIFE, GIFT_PARAMETER, Gift, sealed_gift
from tajuk.paywall.keyring import FILE_NAME, key_ring
from tajuk.paywall.passes import whole_second
from tajuk.paywall.types import Entitlement
from tajuk.subscriptions import doors, queries
from tajuk.subscriptions.types import Dressed
from tajuk.subscriptions.views.page import Asked, asked
from tajuk.terms.language import Language
from tajuk.terms.routes import StoryRoute, route_of

MOST_A_MONTH = 10
_LONGEST = 2000
_MONTH = 32 * 24 * 60 * 60
_NOT_YET = _("Only who has a subscription can give stories.")
_NO_STORY = _("That is no address of a story of ours. Copy it from the story’s page.")
_ENOUGH = _("You have given ten stories this month. Next month you can give ten more.")


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, *, language: Language, dressed: Dressed) -> HttpResponse:
    """The form that takes a story's address, and the link that comes of it."""
    it = asked(request, language, dressed)
    if it.reader is None:
        return it.sign_in()
    link, error = ("", "")
    if request.method == "POST":
        link, error = _given(it, it.reader)
    asked_for = request.POST.get("story", request.GET.get("story", ""))[:_LONGEST]
    context: dict[str, Any] = {
        "link": link,
        "error": error,
        "story": asked_for,
        "days": GIFT_LIFE.days,
    }
    return it.page("give", context, title=_("Give a story"), within="/account/give")


def _given(it: Asked, reader: User) -> tuple[str, Any]:
    """The link; or nothing, and why."""
    held = queries.held([reader.pk], now=it.moment).get(reader.pk, ())
    subscribes = any(
        each.entitlement is Entitlement.PREMIUM and each.holds(now=it.moment) for each in held
    )
    if not subscribes:
        return "", _NOT_YET
    told = it.request.POST.get("story", "").strip()[:_LONGEST]
    try:
        route = route_of(urlsplit(told).path, settings.PAPER)
    except ValueError:
        return "", _NO_STORY
    if not isinstance(route, StoryRoute):
        return "", _NO_STORY
    found = newsroom.fate(route.story_id)
    if not isinstance(found, Live):
        return "", _NO_STORY
    if not _may_give(reader, it):
        return "", _ENOUGH
    gift = Gift(route.story_id, whole_second(it.moment) + GIFT_LIFE, reader.pk)
    ring = key_ring(settings.PAPER.folder / FILE_NAME, now=it.moment)
    return f"{doors.link(found.href)}?{GIFT_PARAMETER}={sealed_gift(gift, ring)}", ""


def _may_give(reader: User, it: Asked) -> bool:
    """Counts the link; ten in a calendar month. A count that is lost gives some away, and loses nothing."""
    key = f"given-{reader.pk}-{it.moment:%Y-%m}"
    cache.add(key, 0, _MONTH)
    return cache.incr(key) <= MOST_A_MONTH
