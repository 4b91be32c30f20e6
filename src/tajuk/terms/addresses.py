"""The URL scheme, in one place. Every path of the reader site is spelled by a function here.

`/<section>/<yyyy>/<mm>/<dd>/<id>/<slug>`: the id finds the story; the rest is decoration. The second
language of a bilingual paper stands behind its tag (`/en/…`). The date is the day of first publication
in the paper's own time zone, so the address never changes with the reader's.
"""

import re
import unicodedata
from datetime import date

from tajuk.terms.language import Language

FIRST_WORDS = frozenset({
    "about", "account", "ads", "api", "author", "contact", "corrections", "desk", "e", "epaper",
    "favicon.ico", "feeds", "guidelines", "healthz", "latest", "manifest.webmanifest", "media",
    "newsletter", "photo",
    "privacy", "push", "robots.txt", "s", "search", "static", "subscribe", "terms", "topic",
})  # fmt: skip
"""First words of a path that the site uses itself. No section may be called so (see `newsroom`)."""

_LONGEST_SLUG = 80


def slug_of(text: str) -> str:
    """A slug of ASCII letters, digits and hyphens, at most 80 long, cut at a word; "" if none is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:_LONGEST_SLUG]
        if len(longer) > _LONGEST_SLUG:
            break
        slug = longer
    return slug


def prefix(language: Language, *, first: Language) -> str:
    """What stands before every path of an edition: nothing for the paper's first language."""
    return "" if language is first else f"/{language}"


def front(section: str | None = None) -> str:
    """A front's path within its edition; the home front without a section."""
    return f"/{section}" if section else "/"


def story(section: str, published_on: date, story_id: int, slug: str) -> str:
    """A story's path within its edition."""
    return f"/{section}/{published_on:%Y/%m/%d}/{story_id}/{slug or 'story'}"


def topic(slug: str) -> str:
    """A topic's path within its edition."""
    return f"/topic/{slug}"


def author(slug: str) -> str:
    """An author's path within an edition."""
    return f"/author/{slug}"


def gallery(gallery_id: int, slug: str) -> str:
    """A photo gallery's path within its edition."""
    return f"/photo/{gallery_id}/{slug or 'gallery'}"


def edition(day: date) -> str:
    """The day's edition."""
    return f"/epaper/{day.isoformat()}"


def edition_code(day: date) -> str:
    """The picture of the code that opens the day's edition on a phone."""
    return f"{edition(day)}/qr.svg"


def house_page(slug: str) -> str:
    """About, contact, guidelines, privacy, terms, corrections."""
    return f"/{slug}"


def latest() -> str:
    """The latest stories."""
    return "/latest"


def photos() -> str:
    """The photo index."""
    return "/photo"


def search() -> str:
    """Search; the question stands in `q`."""
    return "/search"


def manifest() -> str:
    """An edition's web manifest."""
    return "/manifest.webmanifest"


def feed(name: str) -> str:
    """A feed's path within an edition: `latest`, `section/<slug>` or `topic/<slug>`."""
    return f"/feeds/{name}.xml"


def older(listed: str, before: int) -> str:
    """Where a list goes on after a story or gallery; `listed` is the path of its first page."""
    return f"{listed}/before/{before}"


def account() -> str:
    """A reader's own account, within an edition."""
    return "/account/"


def subscribe() -> str:
    """Where readers choose a plan, within an edition."""
    return "/account/subscribe"


def sign_in() -> str:
    """Where readers sign in, within an edition; `?next=` says where they go on."""
    return "/account/sign-in"
