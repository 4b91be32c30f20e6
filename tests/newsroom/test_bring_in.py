"""Stories that arrive from outside stand at the desk as if colleagues had written them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry, ReferenceIndex

from tajuk.contracts.incoming import (
    Block,
    Box,
    Embed,
    GalleryInText,
    Heading,
    IncomingCorrection,
    IncomingPerson,
    IncomingPicture,
    IncomingSection,
    IncomingSource,
    IncomingStory,
    IncomingTopic,
    ListInText,
    Paragraph,
    PictureInText,
    Quotation,
    Related,
    Table,
)
from tajuk.contracts.messages import Message, SectionChanged, StoriesImported, StoryPublished
from tajuk.newsroom import queries
from tajuk.newsroom.actions import kill_story, publish_story, unpublish_story
from tajuk.newsroom.actions.bring_in import (
    Arriving,
    BroughtIn,
    LeftAloneError,
    Made,
    bring_in,
    bring_in_again,
    bring_in_people,
    bring_in_sections,
    bring_in_topics,
)
from tajuk.newsroom.models import Front, OldPath, Person, Section, Story, StoryNote, Topic
from tajuk.pictures.models import Picture
from tajuk.terms.ids import PictureId
from tajuk.terms.language import Language

pytestmark = pytest.mark.django_db
Told = Callable[[], list[Message]]
HOUR = timedelta(hours=1)
KOTA = IncomingSection("kota", "Kota")
PICTURE = IncomingPicture("kapal.jpg")
EVERY_BLOCK: tuple[Block, ...] = (
    Paragraph('Satu <a href="https://a.example/">luar</a>'),
    Heading("Sub"),
    Quotation("Kami siap.", "Ani", "ketua"),
    PictureInText(PICTURE, "Kapal"),
    GalleryInText("Galeri", (PictureInText(PICTURE, "a"), PictureInText(PICTURE, "b"))),
    ListInText("<ul><li>a</li></ul>"),
    Table("T", ("A", "B"), (("1", "2"), ("3",))),
    Embed("https://video.example/1", "Video"),
    Related("urn:uji:2"),
    Box("Kotak", '<p><a href="story:urn:uji:2">dua</a> <a href="story:urn:uji:9">sembilan</a></p>'),
)


def story(number: int = 1, **more: Any) -> IncomingStory:
    facts: dict[str, Any] = {
        "uri": f"urn:uji:{number}", "language": Language.INDONESIAN, "headline": f"Kapal {number} datang",
        "section": KOTA,
    }  # fmt: skip
    return IncomingStory(**facts | more)


def bring(
    *stories: IncomingStory, now: datetime, live: bool = True, pictures: Any = None
) -> list[BroughtIn]:
    return bring_in([Arriving(each, live) for each in stories], pictures=pictures or {}, now=now)


@pytest.fixture
def picture(jpeg: Callable[..., Any]) -> dict[IncomingPicture, PictureId]:
    row = Picture.objects.create(title="Kapal", file=jpeg("kapal.jpg"))
    return {PICTURE: PictureId(row.pk)}


@pytest.fixture
def jpeg() -> Callable[..., Any]:
    from io import BytesIO

    from django.core.files.images import ImageFile
    from PIL import Image

    def make(name: str) -> ImageFile:
        content = BytesIO()
        Image.new("RGB", (30, 20), "navy").save(content, "JPEG")
        return ImageFile(content, name=name)

    return make


def test_a_story_arrives_with_all_that_hangs_on_it(
    now: datetime, picture: dict[IncomingPicture, PictureId]
) -> None:
    first, second = bring(
        story(
            1, slug="kapal", kicker="Pelabuhan", standfirst="Akhirnya.", dateline="Tanjung Layar", access="premium",
            other_sections=(IncomingSection("ekonomi", "Ekonomi"), KOTA), topics=(IncomingTopic(name="Dermaga baru"),),
            byline=(IncomingPerson(name="Ratri"), IncomingPerson(name="Tirto"), IncomingPerson(name="ratri")),
            lead_picture=PICTURE, lead_caption="Kapal", body=EVERY_BLOCK,
            sources=(IncomingSource("Warta Selat", url="https://w.example/"),),
            published_at=now - 30 * HOUR, updated_at=now - HOUR,
            corrections=(IncomingCorrection("214, bukan 241.", now - HOUR),), old_paths=("/2019/kapal",),
            note="Untuk meja",
        ),
        story(2), now=now, pictures=picture,
    )  # fmt: skip
    facts = queries.story(first.story_id)
    assert facts is not None
    teaser = facts.teaser
    assert (teaser.kicker, teaser.access.value, teaser.published_at) == (
        "Pelabuhan",
        "premium",
        now - 30 * HOUR,
    )
    assert teaser.updated_at == now - HOUR
    assert teaser.href.endswith(f"/{first.story_id}/kapal")
    assert [each.name for each in facts.people] == ["Ratri", "Tirto"]
    assert [each.name for each in facts.topics] == ["Dermaga baru"]
    assert [each.agency for each in facts.sources] == ["Warta Selat"]
    assert [each.note for each in facts.corrections] == ["214, bukan 241."]
    assert len(facts.other_sections) == 1, "its own section is not another one"
    kinds = [type(block).__name__ for block in facts.body]
    assert kinds == [
        "Paragraph", "Heading", "Quotation", "PictureInText", "GalleryInText", "ListInText", "Table", "Embed",
        "RelatedInText", "Box",
    ]  # fmt: skip
    assert f"/{second.story_id}/" in repr(facts.body[-1])
    assert "sembilan</a>" not in repr(facts.body[-1]), "a link to what isn't here is only its words"
    assert first.missed == ("a link to urn:uji:9 was left out: there is no such story yet",)
    assert OldPath.objects.get().path == "/2019/kapal"
    assert StoryNote.objects.get().text == "Untuk meja"


def test_what_was_brought_in_can_be_worked_on_at_the_desk(now: datetime, picture: Any) -> None:
    (one,) = bring(
        story(body=EVERY_BLOCK[:8], topics=(IncomingTopic(name="Laut"),), published_at=now - HOUR),
        now=now, pictures=picture,
    )  # fmt: skip
    row = Story.objects.get(pk=one.story_id)
    assert row.latest_revision_id == row.live_revision_id == one.revision_id
    draft = row.get_latest_revision_as_object()
    assert [each.topic.name for each in draft.topics.all()] == ["Laut"]
    draft.full_clean()
    draft.headline = "Kapal berangkat"
    draft.save_revision()
    publish_story(Story.objects.get(pk=row.pk), acting_user=None, now=now)
    again = queries.story(one.story_id)
    assert again is not None
    assert again.teaser.headline == "Kapal berangkat"
    assert again.teaser.published_at == now - HOUR
    assert len(again.topics) == 1


def test_history_references_search_and_audit_are_as_wagtail_would_write_them(
    now: datetime, picture: Any
) -> None:
    (one,) = bring(
        story(body=EVERY_BLOCK[:8], topics=(IncomingTopic(name="Laut"),), lead_picture=PICTURE),
        now=now, pictures=picture,
    )  # fmt: skip
    row = Story.objects.get(pk=one.story_id)

    def references() -> set[tuple[Any, ...]]:
        found = ReferenceIndex.get_references_for_object(row)
        return set(
            found.values_list("to_content_type", "to_object_id", "model_path", "content_path")
        )

    brought = references()
    assert brought
    ReferenceIndex.create_or_update_for_object(row)
    assert references() == brought
    assert row.get_latest_revision().content.keys() == row.serializable_data().keys()
    actions = ModelLogEntry.objects.for_instance(row).values_list("action", flat=True)
    assert sorted(actions) == ["wagtail.create", "wagtail.publish"]
    from wagtail.search.backends import get_search_backend

    found = get_search_backend().search("kapal", Story.objects.all())
    assert [each.pk for each in found] == [row.pk]


def test_one_message_tells_of_a_batch_and_drafts_are_not_told(now: datetime, told: Told) -> None:
    made = bring(story(1, topics=(IncomingTopic(name="Laut"),)), story(2), now=now)
    (draft,) = bring(story(3, published_at=now + HOUR), now=now, live=False)
    assert told() == [StoriesImported(tuple(each.story_id for each in made))], (
        "its run presses the new lists too"
    )
    bring(story(4, section=IncomingSection("pasar", "Pasar")), now=now, live=False)
    (new,) = told()
    assert isinstance(new, SectionChanged), (
        "a section of drafts only is in the navigation all the same"
    )
    row = Story.objects.get(pk=draft.story_id)
    assert (row.live, row.published_at, row.go_live_at) == (False, None, now + HOUR)
    assert row.has_unpublished_changes


def test_an_embargoed_story_waits_at_the_desk_with_its_embargo(now: datetime) -> None:
    (one,) = bring(story(embargo_until=now + HOUR, embargo_note="Antarpulau"), now=now, live=False)
    row = Story.objects.get(pk=one.story_id)
    assert (row.embargo_until, row.embargo_note) == (now + HOUR, "Antarpulau")


def test_a_batch_costs_the_same_queries_whatever_its_size(now: datetime) -> None:
    bring(
        story(0, topics=(IncomingTopic(name="Laut"),), byline=(IncomingPerson(name="Ratri"),)),
        now=now,
    )

    def cost(first: int, count: int) -> int:
        stories = [
            story(n, topics=(IncomingTopic(name="Laut"),), byline=(IncomingPerson(name="Ratri"),))
            for n in range(first, first + count)
        ]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            bring(*stories, now=now)
        return len(captured)

    assert cost(100, 20) - cost(200, 2) <= 4, "SQLite cuts long inserts in two"


def test_stories_of_a_batch_stand_or_fall_together(now: datetime) -> None:
    bring(story(1), now=now)
    with pytest.raises(IntegrityError):
        bring(story(2, topics=(IncomingTopic(name="Laut"),)), story(1), now=now)
    assert Story.objects.count() == 1
    assert not Topic.objects.exists()


def test_a_translation_finds_its_original_in_either_order(now: datetime) -> None:
    english = story(2, language=Language.ENGLISH, translation_of="urn:uji:1")
    bring(english, story(1), now=now)
    assert Story.objects.get(uri="urn:uji:2").translation_of == Story.objects.get(uri="urn:uji:1")
    (third,) = bring(story(3, language=Language.ENGLISH, translation_of="urn:uji:7"), now=now)
    assert "urn:uji:7" in third.missed[0]


def test_names_that_are_there_are_found_and_others_are_made(told: Told) -> None:
    kota = Section.objects.create(slug="kota-kita", name="Kota Kita", name_second="Our City")
    wanted = [
        IncomingSection(name="kota  kita"),
        IncomingSection("kota-kita"),
        IncomingSection(name="Our City"),
    ]
    assert set(bring_in_sections(wanted).values()) == {kota.pk}
    (made,) = bring_in_sections([IncomingSection(name="Laut & Pantai")]).values()
    assert Section.objects.get(pk=made).slug == "laut-pantai"
    assert Front.objects.filter(section_id=made).count() == 2, "each edition has a front of it"
    assert any(isinstance(message, SectionChanged) for message in told())


@pytest.mark.parametrize(
    ("name", "slug"), [("Photo", "photo-news"), ("TV", "tv-news"), ("Search", "search-news")]
)
def test_a_section_never_takes_a_word_the_site_uses_itself(name: str, slug: str) -> None:
    for wanted in (IncomingSection(name=name), IncomingSection(slug=name.lower())):
        (made,) = bring_in_sections([wanted]).values()
        assert Section.objects.get(pk=made).slug == slug
    assert Section.objects.count() == 1


def test_two_names_of_one_spelling_are_two_and_stay_two() -> None:
    wanted = [IncomingTopic(name=name) for name in ("C", "C++", "c", "Кино", "映画", "кино")]
    first = bring_in_topics(wanted)
    assert first == bring_in_topics(wanted)
    slugs = {Topic.objects.get(pk=pk).slug for pk in first.values()}
    assert len(slugs) == 4
    assert {"c", "c-2"} < slugs
    long_name = "kata " * 40
    people = bring_in_people(
        [IncomingPerson(name=long_name[:119]), IncomingPerson(name=long_name[:118] + "!")], {}
    )
    assert len(set(people.values())) == Person.objects.count() == 2


# A story that arrives again


def again(one: BroughtIn, now: datetime, *, live: bool = True, **more: Any) -> BroughtIn:
    made = Made(one.story_id, one.revision_id, one.live)
    return bring_in_again(Arriving(story(**more), live), made, pictures={}, now=now)


def test_a_newer_version_is_a_new_revision_that_readers_have_at_once(
    now: datetime, told: Told
) -> None:
    (one,) = bring(
        story(
            published_at=now - 30 * HOUR, topics=(IncomingTopic(name="Laut"),), old_paths=("/a",)
        ),
        now=now,
    )
    told()
    newer = again(
        one, now, headline="Kapal terlambat", topics=(IncomingTopic(name="Badai"),), published_at=now - HOUR,
        updated_at=now - HOUR, old_paths=("/a", "/b"), corrections=(IncomingCorrection("Terlambat.", now),),
    )  # fmt: skip
    facts = queries.story(one.story_id)
    assert facts is not None
    assert facts.teaser.headline == "Kapal terlambat"
    assert [each.name for each in facts.topics] == ["Badai"]
    assert facts.teaser.published_at == now - 30 * HOUR, "its address, and the day in it, stay"
    assert facts.teaser.updated_at == now - HOUR
    assert [each.note for each in facts.corrections] == ["Terlambat."]
    assert newer.revision_id != one.revision_id
    assert StoryPublished(one.story_id) in told()
    assert OldPath.objects.filter(story_id=one.story_id).count() == 2
    third = again(newer, now, corrections=(IncomingCorrection("Terlambat.", now),))
    assert queries.story(third.story_id).corrections == facts.corrections  # type: ignore[union-attr]


def test_a_version_that_is_withheld_leaves_the_site_and_stays_a_draft(now: datetime) -> None:
    (one,) = bring(story(published_at=now - HOUR), now=now)
    newer = again(one, now, live=False, headline="Ditahan")
    row = Story.objects.get(pk=one.story_id)
    assert (row.live, row.headline, newer.live) == (False, "Ditahan", False)
    back = again(newer, now, headline="Lagi", published_at=now - HOUR)
    assert back.live
    assert queries.story(one.story_id) is not None


def test_a_draft_of_a_newer_version_is_what_the_desk_sees(now: datetime) -> None:
    (one,) = bring(story(), now=now, live=False)
    again(one, now, live=False, headline="Naskah kedua", section=IncomingSection("pasar", "Pasar"))
    row = Story.objects.get(pk=one.story_id)
    assert (row.headline, row.section.slug) == ("Naskah kedua", "pasar")
    assert row.get_latest_revision_as_object().headline == "Naskah kedua"


def edited(row: Story, now: datetime) -> None:
    row.headline = "Disunting"
    row.save_revision()


def killed(row: Story, now: datetime) -> None:
    kill_story(row, reason="Salah.", acting_user=None, now=now)


def taken_off(row: Story, now: datetime) -> None:
    unpublish_story(row, acting_user=None, now=now)


@pytest.mark.parametrize(
    ("done", "said"), [(edited, "changed"), (killed, "killed"), (taken_off, "taken off")]
)
def test_what_the_desk_has_done_is_not_undone_by_a_newer_version(
    now: datetime, done: Callable[[Story, datetime], None], said: str
) -> None:
    (one,) = bring(story(published_at=now - HOUR), now=now)
    done(Story.objects.get(pk=one.story_id), now)
    before = Story.objects.values().get(pk=one.story_id)
    with pytest.raises(LeftAloneError, match=said):
        again(one, now, headline="Versi baru")
    assert Story.objects.values().get(pk=one.story_id) == before
