"""The sample newspaper holds together: every key in it leads somewhere, and it shows every kind of thing."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Count

from tajuk.advertising.models import Advertisement
from tajuk.contracts.incoming import IncomingPicture, Paragraph, Quotation, Table
from tajuk.newsroom import queries
from tajuk.newsroom.models import Correction, Front, HousePage, Person, Section, Story, Topic
from tajuk.newsroom.rules.body import Block, RelatedInText
from tajuk.pictures.models import Gallery, Picture
from tajuk.site.sample import NotEmptyError, SampleError, load_sample
from tajuk.site.sample.markup import Marks, blocks_of, html_of
from tajuk.site.sample.read import FOLDER, Sample
from tajuk.terms.language import Language
from tests.settings import PAPER

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 15, 2, tzinfo=UTC)
MARKS = Marks(lambda key: f"urn:{key}", lambda key: IncomingPicture(f"{key}.jpg"))


def test_the_markup_says_every_block() -> None:
    got = blocks_of(
        "Satu **tebal *miring*** & [luar](https://a.example/?a=1&b) lalu [dalam](story:lain).\n\n## Sub\n\n"
        "> Kami siap.\n> — Ani, ketua\n\n![kapal] Kapal\n\n[gallery] G\n- a: satu\n- b: dua\n\n"
        "1. x\n2. y\n\n[table] T\n| A | B |\n| 1 | 2 |\n\n[embed] https://v.example/1 | Video\n\n[related] lain\n\n"
        "[box] Kotak\nP1\n\n- a\n- b\n[/box]\n\nAkhir",
        MARKS,
    )
    assert got[0] == Paragraph(
        'Satu <b>tebal <i>miring</i></b> &amp; <a href="https://a.example/?a=1&amp;b">luar</a> lalu '
        '<a href="story:urn:lain">dalam</a>.'
    )
    kinds = [type(block).__name__ for block in got]
    assert kinds == [
        "Paragraph", "Heading", "Quotation", "PictureInText", "GalleryInText", "ListInText", "Table", "Embed",
        "Related", "Box", "Paragraph",
    ]  # fmt: skip
    assert got[2] == Quotation("Kami siap.", "Ani", "ketua")
    assert got[6] == Table("T", ("A", "B"), (("1", "2"),))
    assert (
        html_of("## A\n\nb *c*\n\n- d", MARKS) == "<h2>A</h2><p>b <i>c</i></p><ul><li>d</li></ul>"
    )


@pytest.mark.parametrize(
    "wrong",
    ["[boks] x", "[box] no end", "[a](javascript:x)", "[gallery] G\n- tanpa titik dua", "| a |"],
)
def test_a_mark_nobody_knows_is_refused(wrong: str) -> None:
    with pytest.raises(SampleError):
        blocks_of(wrong, MARKS)


def test_every_picture_of_the_sample_is_drawn() -> None:
    sample = Sample.read(NOW)
    wanted: set[str] = set()
    watched = Marks(str, wanted.add)  # every picture asked for is noted, and none is found
    for path in FOLDER.glob("stories/*/*.md"):
        _, front, text = path.read_text(encoding="utf-8").split("+++", 2)
        blocks_of(text, watched)
        wanted.add(tomllib.loads(front).get("picture", "dermaga-fajar"))
    for gallery in sample.facts["galleries"]:
        wanted |= {each["picture"] for each in gallery["items"]}
    wanted |= {each["portrait"] for each in sample.facts["people"]}
    wanted |= {each["picture"] for each in sample.facts["advertisements"]}
    drawn = {path.stem for path in (FOLDER / "pictures").glob("*.jpg")}
    assert not wanted - drawn


@pytest.fixture(scope="module")
def paper(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """A paper with the sample in it, loaded once for these tests and taken back after them."""
    from django.db import transaction

    said: list[str] = []
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            load_sample(PAPER, now=NOW, progress=said.append)
            yield said
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


def bodies() -> Iterator[tuple[str, tuple[Block, ...]]]:
    for batch in queries.story_ids():
        for facts in queries.stories(batch).values():
            yield facts.teaser.headline, facts.body


def test_it_is_as_large_as_a_newspaper(paper: list[str]) -> None:
    assert paper
    assert Story.objects.count() >= 75
    assert Section.objects.count() == 8
    assert Topic.objects.count() == 25
    assert Person.objects.count() == 12
    assert set(Story.objects.values_list("access", flat=True)) == set(Story.AccessLevel.values)
    assert Correction.objects.values("story").distinct().count() >= 5
    assert Story.objects.filter(killed_at__isnull=False).count() == 1
    assert Gallery.objects.filter(live=True, language="id").count() >= 6
    assert Gallery.objects.filter(language="en", translation_of__isnull=False).count() >= 6
    assert HousePage.objects.filter(live=True).count() == 12
    assert set(Advertisement.objects.values_list("placement", flat=True)) == set(
        Advertisement.Placement.values
    )


def test_its_stories_were_published_in_the_last_fourteen_days(paper: list[str]) -> None:
    for published, updated in Story.objects.values_list("published_at", "updated_at"):
        assert NOW - timedelta(days=14) <= published < NOW
        assert updated is None or published < updated < NOW
    for posted, published in Correction.objects.values_list("posted_at", "story__published_at"):
        assert published < posted < NOW
    killed = Story.objects.get(killed_at__isnull=False)
    assert killed.published_at < killed.killed_at < NOW


def test_every_story_is_live_has_somebody_who_wrote_it_and_a_topic(paper: list[str]) -> None:
    assert not Story.objects.filter(live=False, killed_at__isnull=True).exists()
    counted = Story.objects.annotate(
        writers=Count("bylines", distinct=True), about=Count("topics", distinct=True)
    )
    assert not counted.filter(writers=0).exists()
    assert not counted.filter(about=0).exists()
    assert not Section.objects.filter(stories__isnull=True).exists()
    assert not Topic.objects.filter(stories__isnull=True).exists()


def test_every_kind_of_block_is_shown_and_every_link_leads_somewhere(paper: list[str]) -> None:
    kinds: Counter[str] = Counter()
    for headline, body in bodies():
        kinds.update(type(block).__name__ for block in body)
        assert "story:" not in repr(body), headline
        assert "linktype" not in repr(body), headline
        for block in body:
            assert not isinstance(block, RelatedInText) or block.href.startswith("/")
    assert len(kinds) == 10
    assert min(kinds.values()) >= 3, kinds


def test_translations_know_their_originals(paper: list[str]) -> None:
    english = Story.objects.filter(language="en")
    assert english.filter(translation_of__language="id").count() >= 12
    assert english.filter(translation_of__isnull=True).exists()


def test_fronts_place_stories_of_their_own_edition(paper: list[str]) -> None:
    home = Front.objects.get(language="id", section=None)
    assert home.placements.count() >= 10
    assert home.placements.order_by("sort_order").first().pinned  # type: ignore[union-attr]
    for front in Front.objects.all():
        for placement in front.placements.select_related("story"):
            assert placement.story.language == front.language
    assert Front.objects.get(language="en", section=None).placements.exists()


def test_everybody_has_a_portrait_and_every_picture_words_for_who_cannot_see_it(
    paper: list[str],
) -> None:
    assert not Person.objects.filter(portrait=None).exists()
    assert not Picture.objects.filter(description="").exists()
    assert not Picture.objects.filter(licence="").exists()


def test_a_paper_with_stories_is_not_mixed_with_the_sample(paper: list[str]) -> None:
    with pytest.raises(NotEmptyError, match="demo --reset"):
        load_sample(PAPER, now=NOW, progress=lambda _: None)


def test_the_editions_of_the_sample_are_those_of_its_folders() -> None:
    assert {path.name for path in Path(FOLDER / "stories").iterdir()} == {
        each.value for each in Language
    }
