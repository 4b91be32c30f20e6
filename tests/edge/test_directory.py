"""What is nowhere in the paper is answered without waking Django, and nothing new is ever hidden by it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tajuk.contracts.pages import (
    WHOLE,
    Fixed,
    PagePlan,
    page_of_gallery,
    page_of_story,
    published_on,
)
from tajuk.edge.directory import AskTheDesk, Found, Moved, NotHere, look_up
from tajuk.store import PageStore
from tajuk.terms.language import Language

HTML = (("content-type", "text/html; charset=utf-8"),)
STORY = "/maritim/2026/11/23/12/kapal-tiba"
ID, EN = Language.INDONESIAN, Language.ENGLISH


@dataclass(frozen=True)
class Editions:
    first_language: Language = ID
    second_language: Language | None = EN


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PageStore]:
    store = PageStore.open(tmp_path / "store")
    with store.batch(store.next_run()) as batch:
        batch.put_fragment("page", b"<h1>Tajuk</h1>")
        for path, *keys in [
            ("/",), ("/latest",), ("/maritim",), ("/topic/kopi",), ("/author/mei",), ("/photo",),
            (STORY, page_of_story(12), published_on("id", date(2026, 11, 23))),
            ("/photo/3/pasar", page_of_gallery(3)),
        ]:  # fmt: skip
            batch.put_plan(path, PagePlan(200, HTML, (Fixed("page"),), tuple(keys)))
        old = PagePlan(301, (("location", STORY),), (), (page_of_story(12),))
        batch.put_plan("/lama/12.html", old)
        for path, now_at in (("/laut", "/maritim"), ("/topic/kahwa", "/topic/kopi")):
            batch.put_plan(path, PagePlan(301, (("location", now_at),), (), ()))
        batch.put_mark(WHOLE, b"dress")
    yield store
    store.close()


def look(store: PageStore, path: str) -> Found:
    with store.snapshot() as snapshot:
        return look_up(snapshot, path, Editions())


@pytest.mark.parametrize(
    "path",
    [
        "/wp-login.php", "/.env", "/a/b/c/d", "/olahraga", "/olahraga/before/12", "/topic/teh", "/author/adi",
        "/latest/before/99", "/topic/teh/before/12", "/maritim/2026/11/23/99/kapal", "/photo/9/pasar",
        "/photo/before/9", "/epaper/2026-11-22", "/epaper/2026-11-22/qr.svg", "/epaper/2026-99-99", "/feeds/topic/teh.xml",
        "/sitemap-2019-01.xml", "/about", "/maritim/2026/11/23/999999999999999999/x",
    ],
)  # fmt: skip
def test_what_a_whole_store_does_not_hold_is_nowhere(store: PageStore, path: str) -> None:
    assert look(store, path) == NotHere(ID)


def test_the_edition_says_it_in_its_own_language(store: PageStore) -> None:
    assert look(store, "/en/wp-login.php") == NotHere(EN)
    assert look(store, "/en/latest/before/12") == NotHere(EN)


@pytest.mark.parametrize(
    "path",
    ["/maritim/2026/11/23/12", "/maritim/2026/11/23/12/lama", "/ekonomi/2020/01/01/12/kapal-tiba"],
)
def test_a_story_s_id_finds_it_whatever_else_the_address_says(store: PageStore, path: str) -> None:
    assert look(store, path) == Moved(STORY)


def test_a_further_page_of_a_list_that_was_renamed_moved_with_it(store: PageStore) -> None:
    assert look(store, "/laut/before/12") == Moved("/maritim/before/12")
    assert look(store, "/topic/kahwa/before/12") == Moved("/topic/kopi/before/12")
    assert look(store, "/laut/before/99") == NotHere(ID)


def test_a_gallery_s_id_finds_it_too(store: PageStore) -> None:
    assert look(store, "/photo/3/nama-lama") == Moved("/photo/3/pasar")


@pytest.mark.parametrize(
    "path",
    [
        "/latest/before/12", "/maritim/before/12", "/topic/kopi/before/12", "/author/mei/before/12",
        "/photo/before/3", "/epaper", "/epaper/2026-11-23", "/epaper/2026-11-23/qr.svg", "/feeds/topic/kopi.xml", "/feeds/latest.xml",
    ],
)  # fmt: skip
def test_pages_that_are_pressed_only_when_asked_for_are_asked_for(
    store: PageStore, path: str
) -> None:
    assert look(store, path) == AskTheDesk()


def test_while_the_press_has_not_had_the_news_the_store_s_no_is_not_believed(
    store: PageStore,
) -> None:
    new = "/maritim/2026/11/23/13/baru"
    assert look(store, new) == NotHere(ID)

    store.announce([70, 71])
    assert look(store, new) == AskTheDesk()
    store.delivered([70])
    assert look(store, new) == AskTheDesk()
    assert store.announced() == [71]
    store.delivered([71, 70])

    assert look(store, new) == NotHere(ID)


def test_a_store_that_is_not_whole_knows_of_nothing_missing(tmp_path: Path) -> None:
    store = PageStore.open(tmp_path / "another")
    assert look(store, "/wp-login.php") == AskTheDesk()
    store.close()


def test_a_mark_is_set_only_in_the_store_in_which_the_pressing_began(tmp_path: Path) -> None:
    folder = tmp_path / "lost"
    store = PageStore.open(folder)
    began_in = store.identity()
    assert store.identity() == began_in
    run = store.next_run()
    shutil.rmtree(folder)
    store.look_again()

    with store.batch(run) as batch:
        batch.put_mark(WHOLE, b"dress", only_in=began_in)

    assert store.mark(WHOLE) is None
    now_in = store.identity()
    assert now_in != began_in
    with store.batch(store.next_run()) as batch:
        batch.put_mark(WHOLE, b"dress", only_in=now_in)
    assert store.mark(WHOLE) == b"dress"
    store.close()


def test_a_mark_that_was_taken_away_makes_the_store_one_that_is_not_whole(store: PageStore) -> None:
    with store.batch(store.next_run()) as batch:
        batch.put_mark(WHOLE, b"")
    assert look(store, "/wp-login.php") == AskTheDesk()
