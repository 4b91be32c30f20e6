"""What readers are entitled to, their sign-ins, and the topics they follow."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tajuk.paywall.types import Entitlement


class Grant(models.Model):
    """An entitlement given to a reader, for a time or until it is taken back."""

    wagtail_reference_index_ignore = True  # what readers have is not shown as uses at the desk

    ENTITLEMENTS = [
        (Entitlement.PREMIUM.value, _("Every story")),
        (Entitlement.AD_FREE.value, _("Without advertisements")),
        (Entitlement.EPAPER.value, _("The e-paper")),
        (Entitlement.ARCHIVE.value, _("The archive")),
    ]

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.CASCADE,
        related_name="grants",
    )
    entitlement = models.CharField(_("entitlement"), max_length=20, choices=ENTITLEMENTS)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="a_grant_ends_after_it_starts",
                violation_error_message=_("It would end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(entitlement__in=[each.value for each in Entitlement]),
                name="a_grant_is_of_an_entitlement_we_know",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.get_entitlement_display()}"


class ReaderSession(models.Model):
    """A sign-in. Its passes can be renewed until `renew_until`, unless it has ended."""

    wagtail_reference_index_ignore = True

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reader_sessions"
    )
    session = models.CharField(max_length=11, unique=True)
    device = models.CharField(max_length=60, blank=True)
    """As the reader may recognise it: “Firefox, Android”."""
    desk_session = models.CharField(max_length=40, blank=True)
    """The key of Django's own session, which ends with this sign-in."""
    signed_in_at = models.DateTimeField()
    renew_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["signed_in_at", "id"]
        indexes = [models.Index(fields=["renew_until"], name="sign_in_can_be_renewed")]

    def __str__(self) -> str:
        return self.session


class FollowedTopic(models.Model):
    """A topic a reader wants to hear more of."""

    wagtail_reference_index_ignore = True

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_topics"
    )
    topic = models.ForeignKey("newsroom.Topic", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("followed topic")
        verbose_name_plural = _("followed topics")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "topic"], name="a_reader_follows_a_topic_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.topic}"


class CirculationDesk(models.Model):
    """No table: what a group may be given to do at the circulation desk. See `desk.permissions`."""

    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("see_readers", gettext_noop("Can see readers, with their addresses and payments")),
            (
                "serve_readers",
                gettext_noop("Can grant, extend and take back, cancel, and end sign-ins"),
            ),
            ("refund_readers", gettext_noop("Can refund")),
            ("see_figures", gettext_noop("Can see the figures")),
            ("export_readers", gettext_noop("Can export readers, subscriptions and payments")),
        ]
        verbose_name = _("circulation desk")
        verbose_name_plural = _("circulation desk")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
