"""Fronts: which stories an editor has placed, in which order; the rest fills by rule."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin

from tajuk.newsroom import preview
from tajuk.newsroom.models.section import Section
from tajuk.terms.clock import now
from tajuk.terms.language import CHOICES as LANGUAGES


class Front(PreviewableMixin, DraftStateMixin, RevisionMixin, ClusterableModel):
    """A front of one edition: the home front, or a section's."""

    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES)
    section = models.ForeignKey(
        Section, verbose_name=_("section"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="fronts", help_text=_("Empty: the home front."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")
        ordering = ["language", "section__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "section"], name="one_front_per_section_in_an_edition"
            ),
            models.UniqueConstraint(
                fields=["language"],
                condition=Q(section__isnull=True),
                name="one_home_front_per_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name()} ({self.get_language_display()})"

    @admin.display(description=_("front"), ordering="section__position")
    def name(self) -> str:
        """The section's name, or that it is the home front."""
        return self.section.name if self.section else str(_("Home front"))

    # Wagtail calls these two. The action imports this module, hence the import inside.

    def publish(
        self,
        revision: Any,
        user: Any = None,
        changed: bool = True,  # noqa: FBT001, FBT002  Wagtail's signature
        log_action: bool | str = True,  # noqa: FBT001, FBT002
        previous_revision: Any = None,
        skip_permission_checks: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> None:
        """What the revision places stands on the front from now on (`actions.publish_front`)."""
        from tajuk.newsroom.actions.publish_front import publish_front

        publish_front(
            revision, acting_user=user, now=now(), changed=changed, log_action=log_action,
            previous_revision=previous_revision,
        )  # fmt: skip

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002
        """The reader's front with the stories as they are placed in the form."""
        return preview.render(self, request)


class Placement(Orderable):
    """A story in its place on a front.

    Pinned, it stays until an editor takes it away; otherwise it leaves by itself
    `front_placement_hours` (a setting of the paper) after it was placed.
    """

    front = ParentalKey(Front, on_delete=models.CASCADE, related_name="placements")
    story = models.ForeignKey(
        "newsroom.Story",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="placements",
    )
    pinned = models.BooleanField(_("pinned"), default=False)
    placed_at = models.DateTimeField(_("placed"), null=True, blank=True, editable=False)

    class Meta(Orderable.Meta):
        verbose_name = _("placed story")
        verbose_name_plural = _("placed stories")

    def __str__(self) -> str:
        return f"{self.front}: {self.story_id}"
