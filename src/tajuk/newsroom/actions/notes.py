"""Notes on a story: written to a colleague or to all, resolved, opened again. Readers never see them."""

import logging
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from tajuk.newsroom.actions.standing import demand
from tajuk.newsroom.models import Story, StoryNote
from tajuk.newsroom.permissions import POLICY
from tajuk.newsroom.rules.roles import Verb

logger = logging.getLogger(__name__)


def write_note(
    story: Story, text: str, *, to: Any = None, acting_user: Any, now: datetime
) -> StoryNote:
    """A note on the story; the addressed colleague gets it by mail too, once it is committed.

    Raises NotPermittedError if the author may not see the story, EmptyNoteError, and
    NotAColleagueError if the addressed one may not see it.
    """
    demand(acting_user, Verb.VIEW, story)
    if not text.strip():
        raise EmptyNoteError
    if to is not None and not POLICY.user_has_permission_for_instance(to, Verb.VIEW, story):
        raise NotAColleagueError
    with transaction.atomic():
        note = StoryNote.objects.create(
            story=story, text=text.strip(), author=acting_user, to=to, written_at=now
        )
        if to is not None and to != acting_user:
            transaction.on_commit(lambda: _mail(note), robust=True)
    return note


def resolve_note(note: StoryNote, *, acting_user: Any, now: datetime) -> None:
    """It is dealt with. Raises NotPermittedError. One that is resolved already keeps who resolved it."""
    demand(acting_user, Verb.VIEW, note.story)
    if note.resolved_at is None:
        note.resolved_at, note.resolved_by = now, acting_user
        note.save(update_fields=["resolved_at", "resolved_by"])


def reopen_note(note: StoryNote, *, acting_user: Any) -> None:
    """It wasn't dealt with after all. Raises NotPermittedError."""
    demand(acting_user, Verb.VIEW, note.story)
    note.resolved_at = note.resolved_by = None
    note.save(update_fields=["resolved_at", "resolved_by"])


class EmptyNoteError(Exception):
    """A note without a word."""


class NotAColleagueError(Exception):
    """A note is addressed to somebody who does not work in the story's section."""


def _mail(note: StoryNote) -> None:
    to = note.to
    if to is None or not to.is_active:
        return
    story = note.story
    url = settings.WAGTAILADMIN_BASE_URL + reverse(
        story.snippet_viewset.get_url_name("edit"), args=[story.pk]
    )
    with translation.override(_language_of(to)):
        author = str(note.author or "")
        subject = gettext("%(author)s on “%(headline)s”") % {
            "author": author, "headline": story.headline,
        }  # fmt: skip
        facts = {
            "author": author,
            "story": story,
            "note": note,
            "url": url,
            "paper": settings.PAPER,
        }
        text = render_to_string("newsroom/desk/note_mail.txt", facts)
    try:
        send_mail(" ".join(subject.split()), text, None, [to.email])
    except (OSError, SMTPException):
        # The note stands at the desk in any case; its author need not be told of a mail server's troubles.
        logger.exception("note_not_mailed", extra={"note": note.pk})


def _language_of(user: Any) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return str(profile.get_preferred_language()) if profile else settings.LANGUAGE_CODE
