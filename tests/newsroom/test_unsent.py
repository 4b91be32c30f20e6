"""Unsent text: what the desk tells the browser, and how it shows a form again."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tajuk.accounts.models import User
from tajuk.newsroom.models import Section, Topic
from tests.newsroom.conftest import MakeStory

SignIn = Callable[[User], Client]


def topic_form(**fields: Any) -> dict[str, Any]:
    return {"name": "Garam", "name_second": "", "slug": "garam", "description": "",
            "description_second": "", "unsent": "abc-1.7", **fields}  # fmt: skip


ADD = "wagtailsnippets_newsroom_topic:add"


def test_the_browser_knows_who_is_signed_in_until_they_sign_out(sign_in: SignIn, eko: User) -> None:
    client = sign_in(eko)
    client.get("/desk/")
    assert client.cookies["desk_user"].value == str(eko.pk)
    assert client.get("/desk/standing/").json()["user"] == eko.pk
    client.post("/desk/logout/")
    assert client.cookies["desk_user"].value == ""
    answer = client.get("/desk/standing/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 403


def test_the_browser_is_told_which_text_has_been_saved_and_only_then(
    sign_in: SignIn, eko: User
) -> None:
    client = sign_in(eko)
    client.post(reverse(ADD), topic_form(slug=""))  # refused: nothing was saved
    assert "desk_sent" not in client.cookies
    client.post(reverse(ADD), topic_form())
    assert client.cookies["desk_sent"].value == "abc-1.7"
    client.post(reverse(ADD), topic_form(slug="dua", name="Dua", unsent="abc-2.1"))
    assert client.cookies["desk_sent"].value == "abc-1.7+abc-2.1"


def test_a_draft_that_saved_itself_acknowledges_nothing_because_its_editor_may_be_typing(
    sign_in: SignIn, eko: User
) -> None:
    client = sign_in(eko)
    client.post(reverse(ADD), topic_form(), headers={"Accept": "application/json"})
    assert Topic.objects.count() == 1
    assert "desk_sent" not in client.cookies


def test_a_strange_acknowledgement_is_not_passed_on(sign_in: SignIn, eko: User) -> None:
    client = sign_in(eko)
    client.post(reverse(ADD), topic_form(unsent="x; path=/"))
    assert "desk_sent" not in client.cookies


def test_bringing_back_shows_the_words_and_saves_nothing(
    sign_in: SignIn, rina: User, santi: User, economy: Section, draft: MakeStory
) -> None:
    story = draft("Judul di meja")
    edit = reverse("wagtailsnippets_newsroom_story:edit", args=[story.pk])
    body = '{"blocks": [{"key": "a", "text": "Kata yang hampir hilang.", "type": "unstyled"}], "entityMap": {}}'
    kept = {
        "unsent-bring-back": "abc-1", "language": "id", "section": economy.pk, "headline": "",
        "standfirst": "Yang diketik di kereta", "access": "free", "body-count": "1", "body-0-deleted": "",
        "body-0-order": "0", "body-0-type": "paragraph", "body-0-id": "", "body-0-value": body,
        **{f"{rows}-{key}_FORMS": "0" for rows in ("bylines", "topics", "sources", "other_sections")
           for key in ("TOTAL", "INITIAL")},
    }  # fmt: skip
    assert sign_in(santi).post(edit, kept).status_code == 302  # another desk's story
    answer = sign_in(rina).post(edit, kept)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Yang diketik di kereta" in text
    assert "Kata yang hampir hilang." in text
    assert 'data-w-unsaved-force-value="true"' in text
    story.refresh_from_db()
    assert story.headline == "Judul di meja"
    assert story.revisions.count() == 1


def test_a_new_story_is_brought_back_too_and_none_is_made(sign_in: SignIn, rina: User) -> None:
    kept = topic_form(**{"unsent-bring-back": "abc-1"})
    answer = sign_in(rina).post(
        reverse("wagtailsnippets_newsroom_story:add"),
        {"unsent-bring-back": "abc-1", "headline": "Belum sempat disimpan", "body-count": "0"},
    )
    assert "Belum sempat disimpan" in answer.content.decode()
    assert sign_in(rina).post(reverse(ADD), kept).status_code == 302  # may not add topics at all
    assert not Topic.objects.exists()
