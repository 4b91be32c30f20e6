"""Advertisements: what stands in a placement, and from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class Advertisement(index.Indexed, models.Model):
    """One advertisement in one placement. Where several run, the one that began last is shown."""

    class Placement(models.TextChoices):
        """`advertising.types.PlacementName`, as the manager reads it."""

        FRONT = "front", _("Fronts, below the first screen (wide)")
        LIST = "list", _("Below lists (wide)")
        STORY = "story", _("Below a story (wide)")
        ASIDE = "aside", _("Beside a story (6:5)")

    placement = models.CharField(_("placement"), max_length=20, choices=Placement.choices)
    advertiser = models.CharField(_("advertiser"), max_length=120)
    headline = models.CharField(_("headline"), max_length=160)
    headline_second = models.CharField(
        _("headline in the second language"), max_length=160, blank=True
    )
    url = models.URLField(_("link"), max_length=500)
    picture = models.ForeignKey(
        "pictures.Picture", verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(
        _("ends"), null=True, blank=True, help_text=_("Empty: until it is switched off.")
    )
    active = models.BooleanField(_("active"), default=True)

    search_fields = [
        index.SearchField("advertiser"), index.AutocompleteField("advertiser"), index.SearchField("headline"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("advertisement")
        verbose_name_plural = _("advertisements")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="an_advertisement_ends_after_it_starts",
                violation_error_message=_("It would end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.advertiser}: {self.headline}"
