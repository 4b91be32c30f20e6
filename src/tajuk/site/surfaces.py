"""Every surface on which text leaves the house for readers or machines: the paywall holds on each of them.

A public route that is not registered here fails the test that plants a secret in every kind of gated text and
fetches every surface (tests/press/test_surfaces.py). Whoever adds a surface adds it here, with paths that show
the most of a story.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import UnionType

from tajuk.contracts.told import ADDRESS
from tajuk.terms.routes import (
    EditionCodeRoute,
    EditionRoute,
    Elsewhere,
    FeedRoute,
    FrontRoute,
    GalleryRoute,
    HousePageRoute,
    IconRoute,
    ListRoute,
    ManifestRoute,
    PhotosRoute,
    RobotsRoute,
    SitemapRoute,
    StoryRoute,
)


@dataclass(frozen=True, slots=True)
class Example:
    """What a surface's paths are made of: a story and what it hangs on."""

    prefix: str
    story: str
    """The path of the story's page."""
    story_id: int
    after: int
    """A newer story, after which lists go on to this one."""
    section: str
    topic: str
    author: str
    day: str
    month: str
    gallery: str
    words: tuple[str, ...]
    """Words to search for."""


Paths = Callable[[Example], Iterable[str]]

PRESSED: Mapping[type, Paths] = {
    FrontRoute: lambda it: (f"{it.prefix}/", f"{it.prefix}/{it.section}"),
    StoryRoute: lambda it: (it.story,),
    ListRoute: lambda it: (
        f"{it.prefix}/latest", f"{it.prefix}/latest/before/{it.after}",
        f"{it.prefix}/{it.section}/before/{it.after}",
        f"{it.prefix}/topic/{it.topic}", f"{it.prefix}/topic/{it.topic}/before/{it.after}",
        f"{it.prefix}/author/{it.author}", f"{it.prefix}/author/{it.author}/before/{it.after}",
    ),
    PhotosRoute: lambda it: (f"{it.prefix}/photo",),
    GalleryRoute: lambda it: (it.gallery,),
    EditionRoute: lambda it: (f"{it.prefix}/epaper/{it.day}", f"{it.prefix}/epaper"),
    EditionCodeRoute: lambda it: (f"{it.prefix}/epaper/{it.day}/qr.svg",),
    HousePageRoute: lambda it: (f"{it.prefix}/corrections", f"{it.prefix}/about"),
    FeedRoute: lambda it: (
        f"{it.prefix}/feeds/latest.xml", f"{it.prefix}/feeds/section/{it.section}.xml",
        f"{it.prefix}/feeds/topic/{it.topic}.xml",
    ),
    SitemapRoute: lambda it: (
        "/sitemap.xml", "/sitemap-news.xml", "/sitemap-pages.xml", f"/sitemap-{it.month}.xml",
    ),
    RobotsRoute: lambda _: ("/robots.txt",),
    ManifestRoute: lambda it: (f"{it.prefix}/manifest.webmanifest",),
    IconRoute: lambda _: ("/favicon.ico",),
    Elsewhere: lambda it: (f"{it.prefix}/no/such/page", f"{it.story}x"),
}  # fmt: skip
"""Kinds of route the press writes to the store (`press.routes.Route`)."""

VIEWS: Mapping[str, Paths] = {
    "health": lambda _: ("/healthz",),
    "told": lambda _: (ADDRESS,),
    "page": lambda it: (it.story,),
    "search": lambda it: (f"{it.prefix}/search?q={word}" for word in it.words),
    "money": lambda it: (
        f"{it.prefix}/account/subscribe",
        f"{it.prefix}/account/subscribe?gift",
        f"{it.prefix}/account/payments",
        f"{it.prefix}/account/orders/0123456789ABCDEF",
        f"{it.prefix}/account/receipts/2026-000001.pdf",
        f"{it.prefix}/account/gift/a-code-nobody-ever-had",
        f"{it.prefix}/account/seat/a-code-nobody-ever-had",
        f"{it.prefix}/account/payments/card/1",
        f"{it.prefix}/account/give?story={it.story}",
        "/api/payments/midtrans",
    ),
    "account": lambda it: (
        f"{it.prefix}/account/",
        *(
            f"{it.prefix}/account/{page}?next={it.story}"
            for page in (
                "sign-in",
                "sign-up",
                "verify",
                "code",
                "code/enter",
                "closed",
                "recover",
                "recover/code",
                "recover/password",
                "recover/done",
                "email",
                "password",
                "password/set",
                "name",
                "sign-ins",
                "data",
                "delete",
                "confirm/password",
                "confirm/code",
            )
        ),
    ),
    "mfa": lambda it: (
        f"{it.prefix}/account/{page}?next={it.story}"
        for page in (
            "step",
            "passkey",
            "security",
            "security/app",
            "security/app/remove",
            "security/codes",
            "security/codes/new",
            "security/passkeys",
            "security/passkeys/add",
            "security/passkeys/1/remove",
            "security/passkeys/1/name",
            "confirm/step",
            "confirm/passkey",
        )
    ),
    "socialaccount": lambda it: (
        f"{it.prefix}/account/google{page}" for page in ("", "/register", "/cancelled", "/error")
    ),
    "google": lambda it: (
        f"{it.prefix}/account/google/sign-in?next={it.story}",
        "/account/google/back",
    ),
}
"""Django's public views by the beginning of their names; what stands under `/desk/` is for colleagues."""


def unregistered(routes: UnionType, view_names: Iterable[str]) -> set[str]:
    """What readers may ask for and nobody registered, by name."""
    kinds = {kind.__name__ for kind in routes.__args__ if kind not in PRESSED}
    views = {name for name in view_names if re.split("[-_]", name)[0] not in VIEWS}
    return kinds | views
