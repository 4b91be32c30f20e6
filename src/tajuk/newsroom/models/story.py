"""The story, and the rows that hang on it.

A model of its own with Wagtail's mixins instead of a Wagtail page: measured two to three times cheaper to
save and to read at a million stories (docs/adr/0002). People and topics hang on explicit child rows, because
Wagtail's reference index sees those and not many-to-many fields.
"""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from tajuk.newsroom.blocks import BodyBlock
from tajuk.newsroom.models.person import Person
from tajuk.newsroom.models.section import Section
from tajuk.newsroom.models.topic import Topic
from tajuk.paywall.types import Access
from tajuk.terms.language import CHOICES as LANGUAGES


class Story(
    WorkflowMixin,
    LockableMixin,
    PreviewableMixin,
    DraftStateMixin,
    RevisionMixin,
    index.Indexed,
    ClusterableModel,
):
    """A story of one edition."""

    class AccessLevel(models.TextChoices):
        """`paywall.Access`, as an editor reads it."""

        FREE = Access.FREE.value, _("Free")
        REGISTERED = Access.REGISTERED.value, _("Registered readers")
        METERED = Access.METERED.value, _("Metered")
        PREMIUM = Access.PREMIUM.value, _("Premium")

    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES)
    translation_of = models.OneToOneField(
        "self", verbose_name=_("translation of"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="translation",
    )  # fmt: skip
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.PROTECT, related_name="stories"
    )
    slug = models.SlugField(
        _("slug"), max_length=80, blank=True, help_text=_("Empty: made of the headline.")
    )
    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    headline = models.CharField(_("headline"), max_length=200)
    standfirst = models.TextField(_("standfirst"), blank=True)
    dateline = models.CharField(_("dateline"), max_length=80, blank=True, help_text=_("The place."))
    lead_picture = models.ForeignKey(
        "pictures.Picture", verbose_name=_("lead picture"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    lead_caption = models.TextField(
        _("caption"), blank=True, help_text=_("Empty: the picture's own caption is used.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    access = models.CharField(
        _("access"), max_length=12, choices=AccessLevel.choices, default=AccessLevel.FREE
    )
    social_headline = models.CharField(_("social headline"), max_length=200, blank=True)
    social_picture = models.ForeignKey(
        "pictures.Picture", verbose_name=_("social picture"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    updated_at = models.DateTimeField(_("last updated"), null=True, blank=True)
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True,
        help_text=_("Nobody outside the house may see it before this moment, whatever the schedule says."),
    )  # fmt: skip
    embargo_note = models.CharField(_("who set the embargo"), max_length=200, blank=True)

    killed_at = models.DateTimeField(_("killed"), null=True, blank=True, editable=False)
    kill_reason = models.TextField(_("why it was killed"), blank=True, editable=False)
    uri = models.CharField(
        _("agency's id"), max_length=255, null=True, blank=True, unique=True, editable=False
    )

    revisions = GenericRelation(
        "wagtailcore.Revision", content_type_field="base_content_type", object_id_field="object_id",
        related_query_name="story", for_concrete_model=False,
    )  # fmt: skip
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState", content_type_field="base_content_type", object_id_field="object_id",
        related_query_name="story", for_concrete_model=False,
    )  # fmt: skip

    # The desk's index holds the headline and standfirst only: readers' search is discovery's.
    search_fields = [
        index.SearchField("headline", boost=2),
        index.SearchField("standfirst"),
        index.AutocompleteField("headline"),
        index.FilterField("language"),
        index.FilterField("section_id"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        indexes = [
            models.Index(
                F("language"), F("published_at").desc(), F("id").desc(),
                condition=Q(live=True), name="story_latest",
            ),
            models.Index(
                F("section"), F("language"), F("published_at").desc(), F("id").desc(),
                condition=Q(live=True), name="story_latest_in_section",
            ),
            models.Index(
                fields=["expire_at"], condition=Q(live=True, expire_at__isnull=False), name="story_expiring"
            ),
            models.Index(
                fields=["embargo_until"], condition=Q(embargo_until__isnull=False), name="story_embargoed"
            ),
            models.Index(F("id").desc(), name="story_newest_first"),
            models.Index(F("section"), F("id").desc(), name="story_newest_in_section"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(killed_at__isnull=True) | (Q(live=False) & ~Q(kill_reason="")),
                name="a_killed_story_is_not_live_and_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(live=False) | Q(published_at__isnull=False),
                name="a_live_story_has_a_time_of_publication",
            ),
            models.CheckConstraint(
                condition=Q(translation_of__isnull=True) | ~Q(translation_of=F("id")),
                name="a_story_is_not_its_own_translation",
            ),
        ]

    def __str__(self) -> str:
        return self.headline


class Byline(Orderable):
    """A person who wrote a story."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="bylines"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(
                fields=["story", "person"], name="a_person_stands_once_in_a_byline"
            )
        ]


class OtherSection(Orderable):
    """A further section a story is listed in."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="other_sections")
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.CASCADE, related_name="other_stories"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("other section")
        verbose_name_plural = _("other sections")
        constraints = [
            models.UniqueConstraint(
                fields=["story", "section"], name="a_story_is_listed_once_in_a_section"
            )
        ]


class StoryTopic(Orderable):
    """A topic of a story."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="stories"
    )

    class Meta(Orderable.Meta):
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
