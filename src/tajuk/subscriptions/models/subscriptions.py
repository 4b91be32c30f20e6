"""Subscriptions: who has which plan until when; and the mails that ask for its renewal."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tajuk.subscriptions.models.orders import GATEWAYS, Order
from tajuk.subscriptions.models.plans import CURRENCIES, Plan
from tajuk.terms.language import CHOICES


class Subscription(models.Model):
    """A reader's plan, from its start until it has ended."""

    wagtail_reference_index_ignore = True

    class Ended(models.TextChoices):
        """Why it ended."""

        CANCELLED = "cancelled", _("cancelled")
        UNPAID = "unpaid", _("the renewal was not paid")
        REFUNDED = "refunded", _("refunded")
        FORGOTTEN = "forgotten", _("the reader has left")

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="subscriptions",
    )
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT)
    language = models.CharField(max_length=2, choices=CHOICES)
    currency = models.CharField(max_length=3, choices=CURRENCIES)
    started_at = models.DateTimeField(_("started"))
    anchor_day = models.PositiveSmallIntegerField()
    """The day of the month it began on, in the paper's zone."""
    paid_until = models.DateTimeField(_("paid until"))
    access_until = models.DateTimeField(_("reads until"), db_index=True)
    is_trial = models.BooleanField(_("trial"), default=False)
    is_gift = models.BooleanField(_("gift"), default=False)
    gateway = models.CharField(_("gateway"), max_length=8, choices=GATEWAYS, blank=True)
    provider_subscription = models.CharField(max_length=100, blank=True)
    """The gateway's number of it, where the gateway renews it by itself; else empty."""
    stop_renewing_at = models.DateTimeField(null=True, db_index=True)
    """When the gateway is to be told that it ends."""
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_because = models.CharField(_("why"), max_length=9, choices=Ended.choices, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "plan"],
                condition=Q(ended_at__isnull=True),
                name="a_reader_has_a_plan_once",
            ),
            models.CheckConstraint(
                condition=Q(paid_until__gte=F("started_at")),
                name="a_subscription_is_paid_from_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader}: {self.plan}"

    @property
    def renews_itself(self) -> bool:
        """Whether the gateway takes the money of the next period without the reader."""
        return bool(self.provider_subscription) and self.cancelled_at is None


class Letter(models.Model):
    """A mail to a reader about money, written once and sent until it has gone."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        """What it says."""

        RENEWAL = "renewal"
        RENEWAL_TOMORROW = "tomorrow"
        IN_GRACE = "grace"
        ENDED = "ended"
        PAID = "paid"
        OWED = "owed"
        GIFT = "gift"
        INVITATION = "invitation"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, null=True, related_name="letters")
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, null=True, related_name="letters"
    )
    seat = models.ForeignKey("Seat", on_delete=models.CASCADE, null=True, related_name="letters")
    send_at = models.DateTimeField(null=True, db_index=True)
    failed_times = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "order"],
                condition=Q(order__isnull=False),
                name="a_letter_about_an_order_goes_once",
            ),
            models.CheckConstraint(
                condition=Q(order__isnull=False)
                | Q(subscription__isnull=False)
                | Q(seat__isnull=False),
                name="a_letter_is_about_something",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
