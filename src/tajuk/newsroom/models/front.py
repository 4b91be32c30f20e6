"""Fronts: which stories an editor has placed, in which order; the rest fills by rule."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, PreviewableMixin, RevisionMixin

from tajuk.newsroom.models.section import Section
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
        where = self.section.name if self.section else str(_("Home front"))
        return f"{where} ({self.language})"


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
