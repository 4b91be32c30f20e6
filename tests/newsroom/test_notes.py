"""Notes on a story: between colleagues, never for readers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tajuk.accounts.models import User
from tajuk.newsroom.actions.notes import (
    EmptyNoteError,
    NotAColleagueError,
    reopen_note,
    resolve_note,
    write_note,
)
from tajuk.newsroom.errors import NotPermittedError
from tajuk.newsroom.models import StoryNote
from tests.newsroom.conftest import MakeStory
from tests.standing_matter import queries_of

SignIn = Callable[[User], Client]


def test_a_reporter_writes_to_the_editor_who_gets_it_by_mail(
    draft: MakeStory, rina: User, eko: User, santi: User, now: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    story = draft("Harga garam")
    with django_capture_on_commit_callbacks(execute=True):
        note = write_note(story, " Angka ini benar? ", to=eko, acting_user=rina, now=now)
    assert (note.text, note.author, note.to, note.written_at) == (
        "Angka ini benar?",
        rina,
        eko,
        now,
    )
    (sent,) = mail.outbox
    assert sent.to == [eko.email]
    assert "Harga garam" in sent.subject
    assert "Angka ini benar?" in sent.body
    assert f"/desk/stories/edit/{story.pk}/" in sent.body
    with pytest.raises(NotPermittedError):
        write_note(story, "Halo", acting_user=santi, now=now)  # another desk's
    with pytest.raises(NotAColleagueError):
        write_note(story, "Halo", to=santi, acting_user=rina, now=now)
    with pytest.raises(EmptyNoteError):
        write_note(story, "  ", acting_user=rina, now=now)


def test_a_note_to_all_or_to_oneself_sends_no_mail(
    draft: MakeStory, rina: User, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write_note(draft(), "Untuk semua", acting_user=rina, now=now)
        write_note(draft(), "Untuk saya", to=rina, acting_user=rina, now=now)
    assert mail.outbox == []


def test_a_note_is_resolved_once_and_can_be_opened_again(
    draft: MakeStory, rina: User, eko: User, santi: User, now: datetime
) -> None:
    note = write_note(draft(), "Cek ejaan", acting_user=rina, now=now)
    with pytest.raises(NotPermittedError):
        resolve_note(note, acting_user=santi, now=now)
    resolve_note(note, acting_user=eko, now=now)
    resolve_note(note, acting_user=rina, now=now)
    assert (note.resolved_at, note.resolved_by) == (now, eko)
    reopen_note(note, acting_user=rina)
    assert (note.resolved_at, note.resolved_by) == (None, None)


def test_the_panel_writes_and_resolves_without_leaving_the_story(
    sign_in: SignIn, draft: MakeStory, rina: User, eko: User, santi: User
) -> None:
    story = draft()
    url = reverse("newsroom_notes", args=[story.pk])
    script = {"X-Requested-With": "XMLHttpRequest"}
    said = {"write": "1", "note-text": "Judul terlalu panjang", "note-to": eko.pk}
    for asked in (said, {}, {"resolve": 1}):
        assert sign_in(santi).post(url, asked, headers=script).status_code == 403, asked
    client = sign_in(rina)
    shown = client.post(url, said, headers=script).content.decode()
    assert "Judul terlalu panjang" in shown
    assert 'data-notes-count="1"' in shown
    note = StoryNote.objects.get()
    refused = client.post(url, {**said, "note-to": santi.pk}, headers=script).content.decode()
    assert "error-message" in refused
    shown = client.post(url, {"resolve": note.pk}, headers=script).content.decode()
    assert 'data-notes-count="0"' in shown
    without_script = client.post(url, {"reopen": note.pk})
    assert without_script.status_code == 302
    assert without_script.headers["Location"].endswith(f"/desk/stories/edit/{story.pk}/")
    note.refresh_from_db()
    assert note.resolved_at is None


def test_a_note_of_another_story_is_not_resolved_through_this_one(
    sign_in: SignIn, draft: MakeStory, rina: User, now: datetime
) -> None:
    note = write_note(draft(), "Milik cerita lain", acting_user=rina, now=now)
    answer = sign_in(rina).post(reverse("newsroom_notes", args=[draft().pk]), {"resolve": note.pk})
    assert answer.status_code == 404
    note.refresh_from_db()
    assert note.resolved_at is None


def test_notes_to_you_stand_at_home_and_counts_in_the_list(
    sign_in: SignIn, draft: MakeStory, rina: User, eko: User, now: datetime
) -> None:
    story = draft("Tentang garam")
    write_note(story, "Untuk Eko saja", to=eko, acting_user=rina, now=now)
    assert "Untuk Eko saja" not in sign_in(rina).get("/desk/").content.decode()
    client = sign_in(eko)
    assert "Untuk Eko saja" in client.get("/desk/").content.decode()
    assert "newsroom-open-notes" in client.get("/desk/stories/").content.decode()
    page = f"/desk/stories/edit/{story.pk}/"
    assert "Untuk Eko saja" in client.get(page).content.decode()


def test_home_costs_the_same_however_many_notes(
    sign_in: SignIn, draft: MakeStory, rina: User, eko: User, now: datetime
) -> None:
    write_note(draft("Satu"), "Satu", to=eko, acting_user=rina, now=now)
    client = sign_in(eko)
    client.get("/desk/")
    one = queries_of(lambda: client.get("/desk/"))
    for number in range(6):
        write_note(draft(f"S{number}"), "Lagi", to=eko, acting_user=rina, now=now)
    assert queries_of(lambda: client.get("/desk/")) == one


def test_a_story_that_has_no_draft_yet_has_room_for_notes_but_none(
    sign_in: SignIn, rina: User
) -> None:
    page = sign_in(rina).get("/desk/stories/add/").content.decode()
    assert 'data-side-panel="notes"' in page
    assert "newsroom-notes__write" not in page
