"""What the dress's templates need beyond Django's own: moments, pictures, share links, safe JSON.

Moments are written as they are given (aware, in the paper's time zone); nothing here reads a clock.
"""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tajuk.paywall.types import Access, Why
from tajuk.press.contexts import GateView, PersonView, PictureView, StoryView, Teaser

register = template.Library()

_FIRST_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>")

# The widths a picture has where it stands, told to the browser before it has read the CSS.
_SIZES = {
    "lead": "(min-width: 81rem) 41rem, (min-width: 62rem) 52vw, 100vw",
    "big": "(min-width: 81rem) 39rem, (min-width: 48rem) 50vw, 100vw",
    "mid": "(min-width: 81rem) 18rem, (min-width: 62rem) 24vw, (min-width: 40rem) 48vw, 100vw",
    "side": "(min-width: 40rem) 15rem, 7rem",
    "thumb": "7rem",
    "story": "(min-width: 81rem) 42rem, (min-width: 62rem) 60vw, 100vw",
    "wide": "(min-width: 81rem) 78rem, 100vw",
    "portrait": "6rem",
}


def _in_indonesian() -> bool:
    return get_language() == "id"


@lru_cache(maxsize=4096)
def _dated(on: date, pattern: str, _language: str | None) -> str:
    return date_format(on, pattern)


def _date(moment: date, pattern: str) -> str:
    """A day in words. The same few days stand on all pages of a run, so each is spelled once."""
    on = moment.date() if isinstance(moment, datetime) else moment
    return _dated(on, pattern, get_language())


@register.filter
def day(moment: date) -> str:
    """“Rabu, 13 November 2024”."""
    return _date(moment, "l, j F Y")


@register.filter
def short_day(moment: date) -> str:
    """“13 November 2024”."""
    return _date(moment, "j F Y")


@register.filter
def hour(moment: datetime) -> str:
    """“08.40 WIB” in Indonesian, “08:40 WIB” in English."""
    return f"{moment:%H.%M} {moment:%Z}" if _in_indonesian() else f"{moment:%H:%M} {moment:%Z}"


@register.filter
def moment(at: datetime) -> str:
    """“Rabu, 13 November 2024, 08.40 WIB”."""
    return f"{day(at)}, {hour(at)}"


@register.filter
def short_moment(at: datetime) -> str:
    """“13 Nov, 08.40”: for lists, where it must stay true however long the page is kept."""
    clock = f"{at:%H.%M}" if _in_indonesian() else f"{at:%H:%M}"
    return f"{_date(at, 'j M')}, {clock}"


@register.filter
def iso(at: datetime | date) -> str:
    """The machine's spelling, with the offset."""
    return at.isoformat(timespec="seconds") if isinstance(at, datetime) else at.isoformat()


@register.filter
def number(count: int) -> str:
    """“1.234” in Indonesian, “1,234” in English."""
    return f"{count:,}".replace(",", ".") if _in_indonesian() else f"{count:,}"


@register.filter
def ld(block: str) -> SafeString:
    """JSON-LD that no text in it can close: every `<` is written as its escape."""
    return mark_safe(block.replace("<", "\\u003c"))  # noqa: S308  JSON, with the one dangerous character escaped


@register.filter
def absolute(path: str, origin: str) -> str:
    """An address with its origin, for those who read the page elsewhere."""
    return f"{origin}{path}" if path.startswith("/") else path


@register.filter
def access_mark(access: Access) -> str:
    """The word beside a gated headline, or nothing: a metered story is open to all who have some left."""
    match access:
        case Access.FREE | Access.METERED:
            return ""
        case Access.PREMIUM:
            return _("Premium")
        case Access.REGISTERED:
            return _("Members")


@register.filter
def gate_offer(gate: GateView) -> str:
    """What would open the story, in a sentence."""
    match gate.walled.why:
        case Why.REGISTER:
            return _(
                "You have read what is free without an account. With one you may go on; it costs nothing."
            )
        case Why.SIGN_IN:
            return _("The rest of this story is for registered readers.")
        case Why.SUBSCRIBE:
            return _("The rest of this story is for subscribers.")
        case Why.METER_SPENT:
            return _("You have read your free stories. The rest of this one is for subscribers.")


@register.filter
def names(people: tuple[PersonView, ...]) -> SafeString:
    """“A, B and C”, each linked to the profile."""
    linked = [
        format_html('<a rel="author" href="{}">{}</a>', each.href, each.name)
        if each.href
        else escape(each.name)
        for each in people
    ]
    if len(linked) > 1:
        last = _("%(others)s and %(last)s") % {"others": ", ".join(linked[:-1]), "last": linked[-1]}
        return mark_safe(last)  # noqa: S308  every part is escaped above
    return mark_safe("".join(linked))  # noqa: S308  escaped above


@register.simple_tag
def run_in(html: SafeString, paper: str, dateline: str) -> SafeString:
    """A paragraph that begins with its dateline: “Harian Nusa, TANJUNG LAYAR — …”."""
    if not dateline:
        return html
    begun = format_html(
        '<b class="dateline">{}{}</b> ', f"{paper}, " if paper else "", f"{dateline.upper()} —"
    )
    found = _FIRST_PARAGRAPH.search(html)
    if found is None:
        return format_html("<p>{}{}</p>", begun, html)
    return mark_safe(html[: found.end()] + begun + html[found.end() :])  # noqa: S308  both were safe


@register.inclusion_tag("dress/picture.html")
def picture(view: PictureView, place: str, loading: str = "lazy") -> dict[str, Any]:
    """A picture where `place` says; `loading` is `lazy`, or `eager` for the one that is seen first."""
    return {"picture": view, "sizes": _SIZES[place], "is_first": loading == "eager"}


@register.simple_tag
def teaser(
    shown: Teaser, level: int, look: str, place: str = "", loading: str = "lazy", plain: int = 0
) -> SafeString:
    """A teaser; `level` is that of its heading, `plain` leaves out its section.

    The same few hundred teasers stand on thousands of pages, and nothing but what is given here decides how
    one looks, so each is written once in a process's life.
    """
    return _teaser(shown, level, look, place, loading, plain, get_language() or "")


@lru_cache(maxsize=8192)
def _teaser(
    shown: Teaser, level: int, look: str, place: str, loading: str, plain: int, _language: str
) -> SafeString:
    context = {
        "teaser": shown, "level": level, "look": look, "place": place, "loading": loading, "plain": plain,
    }  # fmt: skip
    return render_to_string("dress/teaser.html", context)


@register.simple_tag
def picture_sizes(place: str) -> str:
    """The `sizes` of a place, for a preload that must ask for the same file."""
    return _SIZES[place]


@register.simple_tag
def share_links(story: StoryView) -> list[tuple[str, str, str]]:
    """(name, key, address) of each way to pass a story on: plain links, nothing of theirs on our page."""
    # A query may hold `:` and `/` (RFC 3986, 3.4), and the page has said the address before: it costs nothing again.
    address, text = quote(story.absolute, safe=":/"), quote(story.headline, safe="")
    return [
        ("WhatsApp", "whatsapp", f"https://wa.me/?text={text}%20{address}"),
        ("X", "x", f"https://x.com/intent/post?text={text}&url={address}"),
        ("Facebook", "facebook", f"https://www.facebook.com/sharer/sharer.php?u={address}"),
        ("Telegram", "telegram", f"https://t.me/share/url?url={address}&text={text}"),
        (pgettext("share", "Email"), "email", f"mailto:?subject={text}&body={address}"),
    ]
