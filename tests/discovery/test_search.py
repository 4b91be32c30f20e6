"""Readers find stories by what anybody may read of them, and by nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tajuk.discovery.actions import index_stories
from tajuk.discovery.queries import search_stories
from tajuk.discovery.rules import terms_asked
from tajuk.newsroom.models import Story
from tajuk.terms.language import Language
from tests.standing_matter import NOON, paragraphs, queries_of, story

ID, EN = Language.INDONESIAN, Language.ENGLISH
pytestmark = pytest.mark.django_db


def index_all() -> None:
    index_stories(list(Story.objects.values_list("pk", flat=True)), now=NOON)


def found(question: str, language: Language = ID) -> list[str]:
    return [each.headline for each in search_stories(question, language, at_most=9).teasers]


def test_a_story_is_found_by_every_word_asked_for_newest_first() -> None:
    story("Harga cabai turun", hours_ago=3)
    story("Harga beras bertahan", hours_ago=2, body=paragraphs("Cabai ikut turun."))
    story("Chilli prices fall", language="en")
    index_all()
    assert found("HARGA cabai") == ["Harga beras bertahan", "Harga cabai turun"]
    assert found("harga kopi") == []
    assert found("prices", EN) == ["Chilli prices fall"]
    assert found("prices") == []


def test_a_longer_word_is_found_by_its_beginning_and_a_phrase_as_it_stands() -> None:
    story("Banjirnya surut", hours_ago=2)
    story("Surut karena banjir", hours_ago=1)
    index_all()
    assert found("banjir") == ["Surut karena banjir", "Banjirnya surut"]
    assert found('"surut karena"') == ["Surut karena banjir"]
    assert found('"karena surut"') == []
    assert found("suru") == []


def test_numbers_accents_and_marks_are_found_as_they_are_written() -> None:
    story("Cabai Rp 48.500 di kafé Kota-Baruna")
    index_all()
    for question in ("48.500", "kafe", "KAFÉ", "kota-baruna", "Rp48.500 kafe", "baruna"):
        assert found(question) == (
            ["Cabai Rp 48.500 di kafé Kota-Baruna"] if "Rp48" not in question else []
        )


@pytest.mark.parametrize("access", ["registered", "metered", "premium"])
def test_what_is_gated_is_not_even_findable(access: str) -> None:
    story("Laporan", access=access, body=paragraphs("Terbuka satu.", "Dua.", "Rahasia.", "Empat."))
    index_all()
    assert found("terbuka") == ["Laporan"]
    assert found("rahasia") == []
    Story.objects.update(access="free")
    index_all()
    assert found("rahasia") == ["Laporan"]


def test_a_withdrawn_story_is_out_of_the_answer_before_the_index_hears_of_it() -> None:
    made = story("Kapal tiba")
    index_all()
    Story.objects.filter(pk=made.pk).update(live=False)
    assert found("kapal") == []
    index_all()
    Story.objects.filter(pk=made.pk).update(live=True)
    assert found("kapal") == []


def test_a_long_answer_is_continued_from_its_last_story() -> None:
    for number in range(5):
        story(f"Kapal {number}", hours_ago=1)
    index_all()
    first = search_stories("kapal", ID, at_most=2)
    second = search_stories("kapal", ID, at_most=2, before=first.older)
    last = search_stories("kapal", ID, at_most=2, before=second.older)
    shown = [each.headline for page in (first, second, last) for each in page.teasers]
    assert shown == [f"Kapal {number}" for number in (4, 3, 2, 1, 0)]
    assert last.older is None
    assert queries_of(lambda: search_stories("kapal", ID, at_most=5)) == 4
    assert queries_of(lambda: search_stories("kapal", ID, at_most=1)) == 4


@pytest.mark.parametrize(
    "question",
    [
        "",
        " ",
        '"',
        '""',
        "*",
        "a AND",
        "NOT",
        "words:x",
        "' OR 1=1 --",
        "(",
        "^",
        "-",
        "a:*",
        "\x00",
        "'':*",
        "\\",
    ],
)
def test_nothing_a_reader_types_breaks_the_search(question: str) -> None:
    story("Kapal tiba")
    index_all()
    assert isinstance(found(question), list)


@given(st.text(max_size=40))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_at_all_breaks_the_search(question: str) -> None:
    assert isinstance(found(question), list)
    assert all(word.isalnum() for term in terms_asked(question) for word in term)
