"""A wall that cannot leak: a secret in every kind of gated text, and every surface fetched for it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from tests.pressed_paper import PressedPaper
from tests.standing_matter import NOON, gallery, paragraphs, picture, section, story

from tajuk.discovery.actions import index_everything
from tajuk.newsroom.models import HousePage, Story
from tajuk.site.surfaces import PRESSED, VIEWS, Example, unregistered
from tajuk.terms.routes import Route

SECRET = "Rahasiadapur"
OPEN = "Terbukasaja"


def gated_body() -> list[dict[str, Any]]:
    """A secret in every block that can hold one; the first two paragraphs are anybody's."""
    shown = picture(
        "hidden", caption=f"{SECRET} takarir sendiri", description=f"{SECRET} teks alternatif"
    )
    with_caption = {"picture": shown.pk, "caption": f"{SECRET} takarir"}
    return [
        {"type": "picture", "value": with_caption},
        *paragraphs(f"{OPEN} satu."),
        {"type": "quotation", "value": {"text": f"{SECRET} kutipan", "speaker": f"{SECRET} tokoh", "role": SECRET}},
        *paragraphs(f"{OPEN} dua."),
        {"type": "heading", "value": f"{SECRET} judul"},
        *paragraphs(*(f"{SECRET} alinea {number}." for number in range(5))),
        {"type": "picture", "value": {"picture": shown.pk, "caption": ""}},
        {"type": "gallery", "value": {"headline": SECRET, "pictures": [
            {"type": "item", "value": with_caption}, {"type": "item", "value": with_caption},
        ]}},
        {"type": "list", "value": f"<ul><li>{SECRET} butir</li></ul>"},
        {"type": "table", "value": {"caption": SECRET, "table": {
            "columns": [{"type": "text", "heading": SECRET}], "rows": [{"values": [SECRET]}], "caption": "",
        }}},
        {"type": "embed", "value": {"url": f"https://youtu.be/{SECRET}", "title": SECRET}},
        {"type": "box", "value": {"headline": SECRET, "text": f"<p>{SECRET} kotak</p>"}},
    ]  # fmt: skip


def an_edition(language: str, access: str) -> Example:
    """A gated story with everything that leads to it, and a newer one after which lists go on to it."""
    made = story(
        f"Laporan {access} {language}", language=language, access=access, body=gated_body(), topics=["kopi"],
        people=["Mei Lestarum"], standfirst="Ringkasan.", lead_picture=picture("lead"),
        corrections=[{"note": "Ralat terbuka.", "posted_at": NOON}], hours_ago=3,
    )  # fmt: skip
    newer = story(
        f"Lebih baru {language}",
        language=language,
        topics=["kopi"],
        people=["Mei Lestarum"],
        hours_ago=2,
    )
    shots = gallery(f"Galeri {language}", of=[picture("shot")], language=language)
    for slug in ("corrections", "about"):
        HousePage.objects.get_or_create(
            slug=slug, language=language, defaults={"headline": slug, "body": "<p>.</p>"}
        )
    prefix = "" if language == "id" else f"/{language}"
    return Example(
        prefix=prefix, story=f"{prefix}/maritim/2026/03/10/{made.pk}/{made.slug}", story_id=made.pk,
        after=newer.pk, section="maritim", topic="kopi", author="mei-lestarum", day="2026-03-10", month="2026-03",
        gallery=f"{prefix}/photo/{shots.pk}/{shots.slug}", words=(SECRET, f"{SECRET[:7]}", OPEN, "laporan"),
    )  # fmt: skip


def public_views() -> list[str]:
    """The names of Django's views that answer readers; a nameless one counts as unregistered."""
    patterns = [
        each for each in get_resolver().url_patterns if not str(each.pattern).startswith("desk/")
    ]
    while any(isinstance(each, URLResolver) for each in patterns):
        patterns = [
            inner
            for each in patterns
            for inner in (each.url_patterns if isinstance(each, URLResolver) else [each])
        ]
    return [each.name or str(each.pattern) for each in patterns]


def test_every_public_route_is_registered() -> None:
    assert unregistered(Route, public_views()) == set()


def test_a_route_that_nobody_registered_is_noticed() -> None:
    class ForgottenRoute:
        pass

    assert unregistered(Route | ForgottenRoute, [*public_views(), "api"]) == {
        "ForgottenRoute",
        "api",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("access", ["registered", "metered", "premium"])
@pytest.mark.parametrize("is_pressed", [True, False], ids=["pressed", "on demand"])
def test_gated_text_leaves_by_no_surface(
    paper: PressedPaper, client: Client, access: str, language: str, *, is_pressed: bool
) -> None:
    section()
    example = an_edition(language, access)
    if is_pressed:
        paper.press_all()
    index_everything(now=NOON)
    met = {}
    for paths in (*PRESSED.values(), *VIEWS.values()):
        for path in paths(example):
            response = client.get(path, follow=True)
            text = b"".join(
                [response.content, *(str(item).encode() for item in response.headers.items())]
            )
            # Search says again what it was asked; that it found nothing stands below.
            assert SECRET in path or SECRET.encode() not in text, path
            met[path] = text
    assert paper.pages_that_say(SECRET) == []
    # The test looks at the right pages: what is anybody's is there.
    assert f"{OPEN} dua." in met[example.story].decode()
    assert f"{OPEN} dua." in met[f"{example.prefix}/feeds/latest.xml"].decode()
    assert "Laporan" in met[f"{example.prefix}/search?q={OPEN}"].decode()
    for word in (SECRET, SECRET[:7]):
        assert "Laporan" not in met[f"{example.prefix}/search?q={word}"].decode()


@pytest.mark.django_db
def test_the_same_text_is_everywhere_once_it_is_free(paper: PressedPaper) -> None:
    section()
    example = an_edition("id", "premium")
    Story.objects.update(access="free")
    paper.press_all()
    says = paper.pages_that_say(SECRET)
    assert example.story in says
    assert "/feeds/latest.xml" in says
