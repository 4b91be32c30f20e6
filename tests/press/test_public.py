"""What Django answers readers: what isn't pressed yet, once; search; and nothing else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from tests.pressed_paper import PressedPaper
from tests.standing_matter import NOON, paragraphs, story

from tajuk.discovery.actions import index_stories
from tajuk.newsroom.models import OldPath, Story
from tajuk.press.page import Written
from tajuk.site.press_room import press_once


@pytest.mark.django_db
def test_what_is_not_pressed_is_pressed_for_the_first_who_asks(
    paper: PressedPaper, client: Client
) -> None:
    made = story("Kapal tiba")
    path = f"/maritim/2026/03/10/{made.pk}/kapal-tiba"
    response = client.get(path)
    assert (response.status_code, response["X-Tajuk-Pressed"]) == (200, "1")
    assert response.content.decode() == paper.read(path)
    assert client.get(path, headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_nothing_is_kept_of_paths_where_nothing_stands(paper: PressedPaper, client: Client) -> None:
    story("Kapal tiba")
    draft = story("Naskah", live=False)
    for path in (
        "/tidak/ada",
        "/en/not/here",
        f"/maritim/2026/03/10/{draft.pk}/naskah",
        "/topic/entah",
        "/latest/before/7",
    ):
        response = client.get(path)
        assert response.status_code == 404, path
        assert "X-Tajuk-Pressed" not in response
    assert "There is no such page" in client.get("/en/not/here").content.decode()
    assert "Kapal tiba" in client.get("/tidak/ada").content.decode()
    assert list(paper.store.paths("/")) == []


@pytest.mark.django_db
def test_readers_are_led_to_where_it_stands(paper: PressedPaper, client: Client) -> None:
    made = story("Kapal tiba")
    OldPath.objects.create(path="/read/kapal", story=made)
    here = f"/maritim/2026/03/10/{made.pk}/kapal-tiba"
    for path in (
        f"/kota/2020/01/01/{made.pk}/salah",
        f"/en{here}",
        f"{here}/",
        "/read/kapal",
        "/read/kapal/",
    ):
        response = client.get(f"{path}?utm=surel")
        assert (response.status_code, response["Location"]) == (301, f"{here}?utm=surel"), path
    newest = client.get("/epaper")
    assert (newest.status_code, newest["Location"]) == (302, "/epaper/2026-03-10")
    Story.objects.filter(pk=made.pk).update(live=False, killed_at=NOON, kill_reason="Keliru.")
    assert client.get("/read/kapal")["Location"] == here
    gone = client.get(here)
    assert gone.status_code == 410
    assert "Keliru." in gone.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_page_is_pressed_once_however_many_ask(paper: PressedPaper) -> None:
    made = story("Kapal tiba")
    path = f"/maritim/2026/03/10/{made.pk}/kapal-tiba"

    def ask(_: int) -> bool:
        from django.db import connection

        try:
            return isinstance(press_once(path, now=NOON), Written)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(ask, range(8))) == 1


@pytest.mark.django_db
def test_search_shows_what_it_found_and_is_kept_by_nobody(
    paper: PressedPaper, client: Client
) -> None:
    made = [story(f"Kapal nomor {number}", hours_ago=number) for number in range(25)]
    story("Ship", language="en", body=paragraphs("kapal"))
    index_stories([each.pk for each in Story.objects.all()], now=NOON)
    response = client.get("/search", {"q": " kapal  nomor "})
    page = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert 'value="kapal nomor"' in page
    assert "Kapal nomor 0" in page
    assert "Ship" not in page
    assert f"before={made[19].pk}" in page
    further = client.get("/search", {"q": "kapal nomor", "before": made[19].pk}).content.decode()
    assert "Kapal nomor 24" in further
    assert "Kapal nomor 19<" not in further
    assert "Ship" in client.get("/en/search", {"q": "kapal"}).content.decode()
    assert list(paper.store.paths("/")) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ahead", "words"),
    [("", "Telusuri berita terbaru"), ("/en", "Look through the latest stories")],
)
def test_a_search_that_finds_nothing_leads_to_the_latest(
    paper: PressedPaper, client: Client, ahead: str, words: str
) -> None:
    page = client.get(f"{ahead}/search", {"q": "takada"}).content.decode()
    assert f'<a href="{ahead}/latest">{words}</a>' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=%22",
        "q=%00",
        "q=<script>alert(1)</script>",
        "before=9",
        "q=a&before=x",
        "q=a&before=99999999999999999999",
        "q=" + "panjang " * 500,
    ],
)
def test_whatever_is_asked_search_answers(paper: PressedPaper, client: Client, query: str) -> None:
    response = client.get(f"/search?{query}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
