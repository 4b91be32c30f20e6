"""The desk's search: finds, ranks, bounds, and leaves the rest of the index alone at a save."""

from datetime import timedelta

import pytest
from django.db import connection
from modelsearch.backends import get_search_backend
from modelsearch.backends.base import BaseSearchResults

from tajuk.newsroom.models import Story
from tajuk.site.desk_search import nightly, ranking
from tests.standing_matter import NOON, counting, picture, section, story

pytestmark = pytest.mark.django_db


def found(words: str, *, complete: bool = False) -> list[str]:
    backend = get_search_backend()
    ask = backend.autocomplete if complete else backend.search
    hits: BaseSearchResults = ask(words, Story.objects.all())
    return [hit.headline for hit in hits]


def test_words_of_headline_and_standfirst_are_found() -> None:
    story("Harga garam naik", standfirst="Petani tersenyum di tambak.")
    story("Kapal tiba")
    assert found("garam") == ["Harga garam naik"]
    assert found("petani tambak") == ["Harga garam naik"]
    assert found("garam kapal") == []


def test_a_word_half_typed_is_found() -> None:
    story("Pelabuhan lama dibuka kembali")
    assert found("pelab", complete=True) == ["Pelabuhan lama dibuka kembali"]
    assert found("pelab") == []


def test_only_what_the_asker_may_see_is_found_and_a_page_is_counted() -> None:
    mine, others = section("maritim"), section("kota")
    for number in range(5):
        story(f"Garam nomor {number}", section=mine)
        story(f"Garam kota {number}", section=others)
    hits = get_search_backend().search("garam", Story.objects.filter(section=mine))
    assert hits.count() == 5
    assert len(hits[:3]) == 3
    assert all(hit.section_id == mine.pk for hit in hits)


def test_beyond_the_candidates_the_newest_hits_of_the_asker_are_still_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mine = story("Garam milik saya", section=section("kota"))
    for number in range(6):
        story(f"Garam garam garam {number}", section=section("maritim"))
    monkeypatch.setattr(ranking, "CANDIDATES", 3)
    module = "postgres" if connection.vendor == "postgresql" else "sqlite"
    monkeypatch.setattr(f"tajuk.site.desk_search.{module}.CANDIDATES", 3)
    hits = get_search_backend().search("garam", Story.objects.filter(section=mine.section))[:10]
    assert [hit.pk for hit in hits] == [mine.pk]


def test_pictures_are_found_by_their_titles() -> None:
    from tajuk.pictures.models import Picture

    wanted = picture("mercusuar")
    picture("dermaga")
    hits = get_search_backend().search("mercusuar", Picture.objects.all())
    assert [hit.pk for hit in hits] == [wanted.pk]


def test_a_save_writes_its_own_row_of_the_index_and_looks_at_no_other() -> None:
    row = story("Garam")
    for number in range(20):
        story(f"Lain {number}")
    backend = get_search_backend()
    index = backend.get_index_for_model(Story)
    with counting() as counted:
        index.add_items(Story, [row])
    text = " ".join(query["sql"] for query in counted.captured_queries)
    assert len(counted) <= (1 if connection.vendor == "postgresql" else 2)
    assert "AVG(" not in text


def test_a_search_asks_the_same_number_of_questions_for_one_hit_and_for_many() -> None:
    story("Garam")
    with counting() as one:
        found("garam")
    for number in range(15):
        story(f"Garam {number}")
    with counting() as many:
        assert len(found("garam")) == 16
    assert len(one) == len(many) == (3 if connection.vendor == "postgresql" else 4)


def test_titles_are_measured_once_a_night() -> None:
    nightly._next.clear()
    picture("mercusuar tua di ujung tanjung")
    assert not nightly.refresh_title_norms(NOON)
    assert not nightly.refresh_title_norms(NOON + timedelta(hours=14))
    assert nightly.refresh_title_norms(NOON + timedelta(hours=15))  # three in the morning
    assert not nightly.refresh_title_norms(NOON + timedelta(hours=16))
    assert nightly.refresh_title_norms(NOON + timedelta(hours=39))
