"""The rows that hang on a story: who wrote it, what it is about, whom it quotes, what was put right."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from tajuk.newsroom.models.person import Person
from tajuk.newsroom.models.section import Section
from tajuk.newsroom.models.story import Story
from tajuk.newsroom.models.topic import Topic
from tajuk.terms.language import CHOICES as LANGUAGES


class Listed(Orderable):
    """A row that puts a story on a list. Of a published story it holds what the list is in order of, so that a page
    of it is read along one index, however long it is; of any other story it holds no time.

    Kept right by `actions.listing`. Not part of a story's versions: a version knows nothing of what became of it.
    """

    language = models.CharField(
        max_length=5, choices=LANGUAGES, blank=True, default="", editable=False, serialize=False
    )
    published_at = models.DateTimeField(null=True, editable=False, serialize=False)

    class Meta(Orderable.Meta):
        abstract = True


def _in_order(name: str, of: str) -> models.Index:
    """The published stories of each of these, newest first."""
    return models.Index(
        F(of), F("language"), F("published_at").desc(), F("story").desc(),
        condition=Q(published_at__isnull=False), name=name,
    )  # fmt: skip


class Byline(Listed):
    """A person who wrote a story."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="bylines"
    )

    class Meta(Listed.Meta):
        indexes = [_in_order("byline_latest", "person")]
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(
                fields=["story", "person"], name="a_person_stands_once_in_a_byline"
            )
        ]


class OtherSection(Listed):
    """A further section a story is listed in."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="other_sections")
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.CASCADE, related_name="other_stories"
    )

    class Meta(Listed.Meta):
        indexes = [_in_order("other_section_latest", "section")]
        verbose_name = _("other section")
        verbose_name_plural = _("other sections")
        constraints = [
            models.UniqueConstraint(
                fields=["story", "section"], name="a_story_is_listed_once_in_a_section"
            )
        ]


class StoryTopic(Listed):
    """A topic of a story."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="stories"
    )

    class Meta(Listed.Meta):
        indexes = [_in_order("topic_latest", "topic")]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "story"], name="a_topic_stands_once_in_a_story"
            )
        ]


class Source(Orderable):
    """Whom a story quotes from: “as quoted from …”."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="sources")
    agency = models.CharField(_("agency"), max_length=120)
    medium = models.CharField(_("medium"), max_length=120, blank=True)
    quoted_on = models.DateField(_("date"), null=True, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")


class Correction(models.Model):
    """A public note: what was wrong, what is right, and when that was said."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="corrections")
    note = models.TextField(_("note to readers"))
    posted_at = models.DateTimeField(_("posted"))
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["posted_at", "id"]

    def __str__(self) -> str:
        return self.note


class StoryNote(models.Model):
    """A note on a story, from one colleague to another or to all; never for readers."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(_("note"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("to"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="notes_received",
    )  # fmt: skip
    written_at = models.DateTimeField(_("written"))
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return self.text


class OldPath(models.Model):
    """An address a story had before: in another system, or before its section or slug changed."""

    path = models.CharField(max_length=500, unique=True)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="old_paths")

    def __str__(self) -> str:
        return self.path

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django does; paths are compared without a trailing slash."""
        self.path = self.path.rstrip("/") or "/"
        super().save(*args, **kwargs)
