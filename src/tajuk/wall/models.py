"""The policy of the wall, and metered readings."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from tajuk.paywall.policy import SectionRule
from tajuk.wall.rules import MOST_HOSTS, hosts_of

MOST_STORIES = 50
MOST_DAYS = 366


def _stories() -> int:
    return int(settings.PAPER.meter_stories)


def _days() -> int:
    return max(int(settings.PAPER.meter_days), 1)


@register_setting(icon="lock", order=320)
class WallRules(BaseGenericSetting, ClusterableModel):
    """What the manager set for the whole paper. Until it is saved once, newspaper.toml holds."""

    stories = models.PositiveSmallIntegerField(
        _("metered stories"), default=_stories, validators=[MaxValueValidator(MOST_STORIES)],
        help_text=_("So many a reader may open without a subscription. 0: metered stories are for subscribers."),
    )  # fmt: skip
    days = models.PositiveSmallIntegerField(
        _("in how many days"), default=_days,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("Counted from the first story on."),
    )  # fmt: skip
    unregistered = models.PositiveSmallIntegerField(
        _("stories before an account is asked for"), null=True, blank=True,
        validators=[MaxValueValidator(MOST_STORIES)],
        help_text=_(
            "So many of them without an account; for the rest readers register. 0: an account is asked for at the "
            "first one. Empty: never."
        ),
    )  # fmt: skip
    referrers = models.TextField(
        _("free referrers"), blank=True,
        help_text=_(
            "Hosts, one a line. Who comes from there reads metered stories uncounted; stories for subscribers stay "
            "closed. A browser only claims where it comes from, and anybody can make it claim something else. "
            "Empty: none."
        ),
    )  # fmt: skip
    verifies_crawlers = models.BooleanField(
        _("let verified search engines read everything"), default=False,
        help_text=_("Only those that prove who they are; everybody else who claims to be one is a reader."),
    )  # fmt: skip
    set_at = models.DateTimeField(null=True, editable=False)

    panels = [
        MultiFieldPanel(
            [FieldPanel("stories"), FieldPanel("days"), FieldPanel("unregistered")],
            heading=_("The meter"),
        ),
        InlinePanel("sections", heading=_("Sections with a rule of their own"), label=_("section")),
        MultiFieldPanel(
            [FieldPanel("referrers"), FieldPanel("verifies_crawlers")],
            heading=_("Who reads uncounted"),
        ),
    ]

    class Meta:
        verbose_name = _("wall")
        verbose_name_plural = _("walls")
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1), name="a_meter_has_a_window"),
            models.CheckConstraint(
                condition=Q(unregistered__isnull=True) | Q(unregistered__lte=models.F("stories")),
                name="no_more_stories_without_an_account_than_with_one",
                violation_error_message=_(
                    "Without an account no more stories than with one: write a smaller number, or leave it empty."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        """Refuses what is no list of hosts."""
        super().clean()
        try:
            hosts = hosts_of(self.referrers)
        except ValueError as error:
            raise ValidationError(
                {
                    "referrers": _("“%(line)s” is no host: write one such as example.org.")
                    % {"line": error}
                }
            ) from error
        if len(hosts) > MOST_HOSTS:
            raise ValidationError(
                {"referrers": _("At most %(number)s hosts.") % {"number": MOST_HOSTS}}
            )
        self.referrers = "\n".join(hosts)


class SectionWall(models.Model):
    """How the metered stories of a section, and of those in it, differ from the paper's."""

    wagtail_reference_index_ignore = True

    wall = ParentalKey(WallRules, on_delete=models.CASCADE, related_name="sections")
    section = models.ForeignKey(
        "newsroom.Section", verbose_name=_("section"), on_delete=models.CASCADE, related_name="+"
    )
    limit = models.PositiveSmallIntegerField(
        _("stops at"), null=True, blank=True, validators=[MaxValueValidator(MOST_STORIES)],
        help_text=_(
            "The section's stories open only to readers who have opened fewer stories than that in the whole paper. "
            "0: they are for subscribers. Empty: as the paper."
        ),
    )  # fmt: skip
    is_free = models.BooleanField(
        _("free"), default=False, help_text=_("Its metered stories are open and not counted.")
    )
    takes_referrers = models.BooleanField(_("the free referrers count here"), default=True)

    panels = [
        FieldPanel("section"), FieldPanel("limit"), FieldPanel("is_free"), FieldPanel("takes_referrers")
    ]  # fmt: skip

    class Meta:
        verbose_name = _("rule of a section")
        verbose_name_plural = _("rules of sections")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["wall", "section"], name="one_rule_per_section",
                violation_error_message=_("The section has a rule already."),
            ),
            models.CheckConstraint(
                condition=Q(is_free=False) | Q(limit__isnull=True),
                name="a_free_section_stops_nowhere",
                violation_error_message=_("A free section stops nowhere: leave “stops at” empty."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.section)

    @property
    def rule(self) -> SectionRule:
        """The row as the rules know it."""
        return SectionRule(self.limit, self.is_free, self.takes_referrers)


class MeteredReading(models.Model):
    """A metered story that a signed-in reader has opened; of each story one row, until its window is long over."""

    wagtail_reference_index_ignore = True

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="metered_readings"
    )
    story_id = models.PositiveBigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("metered reading")
        verbose_name_plural = _("metered readings")
        ordering = ["read_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "story_id"], name="a_reader_reads_a_story_once"
            )
        ]
        indexes = [models.Index(fields=["read_at"], name="readings_that_are_over")]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.story_id}"
