"""What caches in front have to forget is noted with the change itself, and stays until they were told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tajuk.contracts.caches import path_key
from tajuk.contracts.pages import AccountSlot, Fixed, PagePlan
from tajuk.store import PageStore

XML = (("content-type", "application/rss+xml"),)
FEED = PagePlan(200, XML, (Fixed("own:/feeds/latest.xml:0"),), ("document-feed",))
STORY = PagePlan(200, (), (AccountSlot("id", ""), Fixed("own:/maritim/satu:1")))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PageStore]:
    store = PageStore.open(tmp_path / "store")
    yield store
    store.close()


def press(
    store: PageStore, plans: dict[str, PagePlan], *, for_caches: bool = True, **texts: bytes
) -> None:
    with store.batch(store.next_run(), for_caches=for_caches) as batch:
        for path, plan in plans.items():
            batch.put_plan(path, plan)
            for part in plan.parts:
                if isinstance(part, Fixed):
                    batch.put_fragment(part.fragment, texts.get("text", b"one"))


def told(store: PageStore) -> set[str]:
    """What is to be purged; all of it is taken for told."""
    pending = store.to_purge()
    store.purged(pending)
    return {each.key for each in pending}


def test_a_changed_document_is_to_be_forgotten_and_an_unchanged_one_is_not(
    store: PageStore,
) -> None:
    press(store, {"/feeds/latest.xml": FEED})
    assert told(store) == {path_key("/feeds/latest.xml")}
    press(store, {"/feeds/latest.xml": FEED})
    assert told(store) == set()
    press(store, {"/feeds/latest.xml": FEED}, text=b"two")
    assert told(store) == {path_key("/feeds/latest.xml")}


def test_a_redirect_is_to_be_forgotten_when_it_leads_elsewhere(store: PageStore) -> None:
    there, elsewhere = (PagePlan(301, (("location", to),), ()) for to in ("/a", "/b"))
    press(store, {"/old": there})
    told(store)
    press(store, {"/old": there})
    assert told(store) == set()
    press(store, {"/old": elsewhere})
    assert told(store) == {path_key("/old")}


def test_pages_that_depend_on_the_reader_are_nobodys_to_forget(store: PageStore) -> None:
    press(store, {"/maritim/satu": STORY})
    press(store, {"/maritim/satu": STORY}, text=b"two")
    assert told(store) == set()


def test_a_document_that_becomes_a_page_is_to_be_forgotten(store: PageStore) -> None:
    """Such as the feed of a section that is no more."""
    press(store, {"/feeds/latest.xml": FEED})
    told(store)
    press(store, {"/feeds/latest.xml": STORY})
    assert told(store) == {path_key("/feeds/latest.xml")}


def test_what_an_older_run_would_have_written_is_not_to_be_forgotten(store: PageStore) -> None:
    old = store.next_run()
    press(store, {"/feeds/latest.xml": FEED}, text=b"newer")
    told(store)
    with store.batch(old, for_caches=True) as batch:
        batch.put_plan("/feeds/latest.xml", FEED)
        batch.put_fragment("own:/feeds/latest.xml:0", b"older")
    assert batch.passed_over == 2
    assert told(store) == set()


def test_what_changes_again_while_caches_are_told_stays(store: PageStore) -> None:
    press(store, {"/feeds/latest.xml": FEED})
    pending = store.to_purge()
    press(store, {"/feeds/latest.xml": FEED}, text=b"two")

    store.purged(pending)

    assert told(store) == {path_key("/feeds/latest.xml")}
    assert store.to_purge() == []


def test_the_same_run_that_writes_again_is_told_again(store: PageStore) -> None:
    run = store.next_run()
    for text in (b"one", b"two"):
        pending = store.to_purge()
        with store.batch(run, for_caches=True) as batch:
            batch.put_plan("/feeds/latest.xml", FEED)
            batch.put_fragment("own:/feeds/latest.xml:0", text)
        store.purged(pending)
    assert told(store) == {path_key("/feeds/latest.xml")}


def test_a_batch_that_fails_notes_nothing(store: PageStore) -> None:
    def fail() -> None:
        with store.batch(store.next_run(), for_caches=True) as batch:
            batch.put_plan("/feeds/latest.xml", FEED)
            batch.forget("paper")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert told(store) == set()


def test_a_paper_without_caches_notes_nothing(store: PageStore) -> None:
    press(store, {"/feeds/latest.xml": FEED}, for_caches=False)
    assert told(store) == set()
