"""Orders and what is paid for them: checkouts at gateways, notices, payments, refunds, receipts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tajuk.subscriptions.models.plans import CURRENCIES, Plan
from tajuk.subscriptions.types import (
    GatewayName,
    Judgement,
    OrderState,
    Period,
    PeriodUnit,
    Purpose,
    RefundState,
    Taxed,
)
from tajuk.terms.language import CHOICES, Language
from tajuk.terms.money import Currency, Money

GATEWAYS = [
    (GatewayName.MIDTRANS.value, "Midtrans"),
    (GatewayName.XENDIT.value, "Xendit"),
    (GatewayName.STRIPE.value, "Stripe"),
    (GatewayName.BANK.value, _("Bank transfer")),
]
ORDER_STATES = [
    (OrderState.OPEN.value, _("waits for payment")),
    (OrderState.PAID.value, _("paid")),
    (OrderState.EXPIRED.value, _("ran out")),
    (OrderState.CANCELLED.value, _("cancelled")),
    (OrderState.REFUNDED.value, _("refunded")),
]
PURPOSES = [
    (Purpose.FIRST.value, _("subscription")),
    (Purpose.RENEWAL.value, _("renewal")),
    (Purpose.GIFT.value, _("gift")),
]
JUDGEMENTS = [
    (Judgement.HONOURED.value, _("honoured")),
    (Judgement.OTHER_AMOUNT.value, _("another amount than ordered")),
    (Judgement.OTHER_CURRENCY.value, _("another currency than ordered")),
    (Judgement.PAID_TWICE.value, _("paid twice")),
    (Judgement.TOO_LATE.value, _("far too late")),
    (Judgement.ORDER_CANCELLED.value, _("the order was cancelled")),
    (Judgement.PLAN_GONE.value, _("late, and the plan is no longer sold")),
    (Judgement.READER_GONE.value, _("the reader has left")),
]
REFUND_STATES = [
    (RefundState.ASKED.value, _("asked for")),
    (RefundState.BY_HAND.value, _("to be paid back by hand")),
    (RefundState.DONE.value, _("paid back")),
]


class Order(models.Model):
    """What a reader is asked to pay for one period. Its amounts stay as they were when it was placed."""

    wagtail_reference_index_ignore = True

    reference = models.CharField(_("order"), max_length=24, unique=True)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reader"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="orders",
    )
    billed_name = models.CharField(_("name"), max_length=150, blank=True)
    billed_email = models.CharField(_("email address"), max_length=254, blank=True)
    language = models.CharField(max_length=2, choices=CHOICES)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT)
    purpose = models.CharField(_("for"), max_length=7, choices=PURPOSES)
    subscription = models.ForeignKey(
        "Subscription", on_delete=models.PROTECT, null=True, related_name="orders"
    )
    voucher = models.ForeignKey("Voucher", on_delete=models.PROTECT, null=True, related_name="+")
    gift_email = models.CharField(max_length=254, blank=True)
    gift_note = models.CharField(max_length=300, blank=True)
    period_unit = models.CharField(max_length=5)
    period_count = models.PositiveSmallIntegerField()
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES)
    net = models.PositiveBigIntegerField()
    tax = models.PositiveBigIntegerField()
    total = models.PositiveBigIntegerField(_("total"))
    renewal_total = models.PositiveBigIntegerField()
    """What each further period costs, for a gateway that renews by itself."""
    tax_name = models.CharField(max_length=20, blank=True)
    tax_rate = models.PositiveIntegerField(default=0)
    state = models.CharField(
        _("state"), max_length=9, choices=ORDER_STATES, default=OrderState.OPEN
    )
    key = models.CharField(max_length=40)
    placed_at = models.DateTimeField(_("placed"))
    expires_at = models.DateTimeField(_("runs out"))
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-placed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "key"], name="a_double_click_is_one_order"),
            models.UniqueConstraint(
                fields=["subscription"],
                condition=Q(state=OrderState.OPEN, purpose=Purpose.RENEWAL),
                name="one_open_renewal_per_subscription",
            ),
            models.CheckConstraint(
                condition=Q(total=F("net") + F("tax")), name="net_and_tax_make_the_total"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(OrderState)), name="an_order_is_in_a_state_we_know"
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], condition=Q(state=OrderState.OPEN), name="order_runs_out"
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def amounts(self) -> Taxed:
        """What is paid, with the tax in it."""
        currency = Currency(self.currency)
        return Taxed(Money(self.net, currency), Money(self.tax, currency))

    @property
    def period(self) -> Period:
        """What is paid for."""
        return Period(PeriodUnit(self.period_unit), self.period_count)

    @property
    def spoken(self) -> Language:
        """The language its reader is written to in."""
        return Language(self.language)


class Checkout(models.Model):
    """An order at one gateway: where it is paid, and when the gateway is to be asked about it next."""

    wagtail_reference_index_ignore = True

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="checkouts")
    gateway = models.CharField(_("gateway"), max_length=8, choices=GATEWAYS)
    reference = models.CharField(max_length=32)
    """Ours, as the gateway knows it."""
    provider_id = models.CharField(max_length=100, blank=True, db_index=True)
    provider_subscription = models.CharField(max_length=100, blank=True, db_index=True)
    stop_renewing_at = models.DateTimeField(null=True, db_index=True)
    """When the gateway is to be told to take no further period, though no subscription of ours has its number."""
    pay_url = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opening_until = models.DateTimeField(null=True)
    """While somebody opens it at the gateway; a second click waits."""
    failure = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    ask_at = models.DateTimeField(null=True, db_index=True)
    """When the gateway is to be asked; empty: not before somebody says so."""
    asked_at = models.DateTimeField(null=True)
    asked_times = models.PositiveIntegerField(default=0)
    failed_times = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("checkout")
        verbose_name_plural = _("checkouts")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "reference"], name="a_gateway_knows_a_checkout_once"
            ),
            models.UniqueConstraint(
                fields=["order", "gateway"],
                condition=Q(closed_at__isnull=True),
                name="one_open_checkout_per_order_and_gateway",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Notice(models.Model):
    """What a provider sent, as it came. Append-only."""

    wagtail_reference_index_ignore = True

    gateway = models.CharField(max_length=8, choices=GATEWAYS)
    received_at = models.DateTimeField(db_index=True)
    headers = models.JSONField()
    """Those that sign it, and its length."""
    body = models.TextField()
    is_genuine = models.BooleanField()
    checkout = models.ForeignKey(
        Checkout, on_delete=models.PROTECT, null=True, related_name="notices"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.gateway} {self.received_at:%Y-%m-%d %H:%M:%S}"


class Payment(models.Model):
    """Money that arrived. Append-only."""

    wagtail_reference_index_ignore = True

    checkout = models.ForeignKey(Checkout, on_delete=models.PROTECT, related_name="payments")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    gateway = models.CharField(_("gateway"), max_length=8, choices=GATEWAYS)
    provider_id = models.CharField(_("number at the gateway"), max_length=100)
    method = models.CharField(_("method"), max_length=40, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES)
    amount = models.PositiveBigIntegerField(_("amount"))
    paid_at = models.DateTimeField(_("paid"))
    recorded_at = models.DateTimeField(_("recorded"))
    judgement = models.CharField(_("judgement"), max_length=15, choices=JUDGEMENTS)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "provider_id"], name="a_payment_is_recorded_once"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(judgement=Judgement.HONOURED),
                name="one_payment_is_honoured_per_order",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.provider_id}"

    @property
    def money(self) -> Money:
        """How much."""
        return Money(self.amount, Currency(self.currency))


class Refund(models.Model):
    """Money that goes back, all of a payment."""

    wagtail_reference_index_ignore = True

    payment = models.OneToOneField(
        Payment, verbose_name=_("payment"), on_delete=models.PROTECT, related_name="refund"
    )
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(_("state"), max_length=7, choices=REFUND_STATES)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"))
    try_at = models.DateTimeField(null=True, db_index=True)
    """When the gateway is to be told."""
    failed_times = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(_("done"), null=True)
    provider_id = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.payment}"


class ReceiptNumber(models.Model):
    """The last number given in a year; locked while the next is given, so that none is left out."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}/{self.last:06d}"


class Receipt(models.Model):
    """A numbered receipt of an honoured payment, as it was when it was given. Append-only; names no reader."""

    wagtail_reference_index_ignore = True

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="receipt")
    issued_at = models.DateTimeField(_("issued"))
    seller = models.CharField(max_length=200)
    seller_address = models.CharField(max_length=300, blank=True)
    seller_tax_id = models.CharField(max_length=40, blank=True)
    plan = models.CharField(max_length=80)
    period_from = models.DateTimeField(null=True)
    period_until = models.DateTimeField(null=True)
    """Empty for a gift: its period begins when it is taken."""

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"], name="a_receipts_number_is_given_once"
            )
        ]

    def __str__(self) -> str:
        return self.spelled

    @property
    def spelled(self) -> str:
        """Its number as it stands on it."""
        return f"{self.year}/{self.number:06d}"


class Transfer(models.Model):
    """A transfer on the bank's statement, entered by one colleague and approved by another."""

    wagtail_reference_index_ignore = True

    checkout = models.ForeignKey(
        Checkout, verbose_name=_("order"), on_delete=models.PROTECT, related_name="transfers"
    )
    bank_reference = models.CharField(
        _("number on the statement"),
        max_length=100,
        unique=True,
        help_text=_("The bank’s own number of this transfer, so that it is entered once."),
    )
    amount = models.PositiveBigIntegerField(_("amount received"))
    received_on = models.DateField(_("day received"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True)

    class Meta:
        verbose_name = _("bank transfer")
        verbose_name_plural = _("bank transfers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_transfer_is_of_something"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="a_transfer_is_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.bank_reference
