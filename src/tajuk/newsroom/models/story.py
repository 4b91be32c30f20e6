"""The story; the rows that hang on it are in `story_rows`.

A model of its own with Wagtail's mixins instead of a Wagtail page: measured two to three times cheaper to
save and to read at a million stories (docs/adr/0002). People and topics hang on explicit child rows, because
Wagtail's reference index sees those and not many-to-many fields.
"""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.locks import BaseLock
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from tajuk.newsroom import preview
from tajuk.newsroom.blocks import BodyBlock
from tajuk.newsroom.models.section import Section
from tajuk.paywall.types import Access
from tajuk.terms.clock import now
from tajuk.terms.language import CHOICES as LANGUAGES


class KilledLock(BaseLock):
    """Until it is restored, nobody edits what was withdrawn."""

    def for_user(self, user: Any) -> bool:  # noqa: ARG002  Wagtail asks for whom
        """For everybody."""
        return True

    def get_message(self, user: Any) -> str:  # noqa: ARG002
        """What to do instead."""
        return gettext("This story was killed. Restore it before you edit it.")


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

    # Wagtail's own default is True; a story is a draft until somebody publishes it.
    live = models.BooleanField(_("live"), default=False, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
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
            models.Index(
                fields=["owner", "-id"], condition=Q(live=False, killed_at__isnull=True),
                name="story_drafts_of_owner",
            ),
            models.Index(
                F("published_at").desc(), F("id").desc(), condition=Q(published_at__isnull=False),
                name="story_by_publication",
            ),
            models.Index(
                fields=["killed_at"], condition=Q(killed_at__isnull=False), name="story_killed"
            ),
            models.Index(F("section"), F("id").desc(), name="story_newest_in_section"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(killed_at__isnull=True) | (Q(live=False) & ~Q(kill_reason="")),
                name="a_killed_story_is_not_live_and_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(live=False) | Q(embargo_until__isnull=True),
                name="a_live_story_is_under_no_embargo",
                violation_error_message=_(
                    "Readers have this story already: take it off the site before you set an embargo."
                ),
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

    def get_lock(self) -> Any:
        """A killed story is closed to everybody: what its address says of it comes from this row."""
        return KilledLock(self) if self.killed_at is not None else super().get_lock()

    # Wagtail calls these two from its screens, its workflow and its commands. They are doors: the clock is
    # read here, and the newsroom's actions do the rest. The actions import this module, hence the imports.

    def publish(
        self,
        revision: Any,
        user: Any = None,
        changed: bool = True,  # noqa: FBT001, FBT002  Wagtail's signature
        log_action: bool | str = True,  # noqa: FBT001, FBT002
        previous_revision: Any = None,
        skip_permission_checks: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> None:
        """Publishes or schedules `revision`, by the newsroom's rules (`actions.publish_story`).

        Permission is always asked for when there is a user: Wagtail's views have only asked whether the
        user may publish somewhere, not whether in this story's section.
        """
        from tajuk.newsroom.actions.publish_story import publish_revision

        publish_revision(
            revision, acting_user=user, now=now(), changed=changed, log_action=log_action,
            previous_revision=previous_revision,
        )  # fmt: skip

    def unpublish(
        self,
        set_expired: bool = False,  # noqa: FBT001, FBT002  Wagtail's signature
        commit: bool = True,  # noqa: ARG002, FBT001, FBT002
        user: Any = None,
        log_action: bool | str = True,  # noqa: FBT001, FBT002
    ) -> None:
        """Takes the story off the site (`actions.unpublish_story`)."""
        from tajuk.newsroom.actions.unpublish_story import take_off

        take_off(self, set_expired=set_expired, acting_user=user, log_action=log_action, now=now())

    def with_content_json(self, content: Any) -> "Story":
        """A revision as a story: what is true of the story as a whole comes from the row, not the revision.

        A revision from before the first publication knows no time of publication and no slug; the row's
        stand then.
        """
        story: Story = super().with_content_json(content)
        for name in (
            "owner_id", "last_published_at", "live_revision_id", "expired", "updated_at", "killed_at",
            "kill_reason", "uri",
        ):  # fmt: skip
            setattr(story, name, getattr(self, name))
        story.published_at = story.published_at or self.published_at
        story.slug = story.slug or self.slug
        return story

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002
        """The reader's page of this story as it stands in the form."""
        return preview.render(self, request)
