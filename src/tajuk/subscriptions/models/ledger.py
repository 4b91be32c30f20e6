"""The ledger: every movement of money, from one account to another. Append-only, held by the database."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tajuk.subscriptions.models.orders import GATEWAYS, Order, Payment, Refund
from tajuk.subscriptions.models.plans import CURRENCIES
from tajuk.subscriptions.types import Account, Happened

ACCOUNTS = [
    (Account.MIDTRANS.value, _("at Midtrans")),
    (Account.XENDIT.value, _("at Xendit")),
    (Account.STRIPE.value, _("at Stripe")),
    (Account.BANK.value, _("at the bank")),
    (Account.REVENUE.value, _("revenue")),
    (Account.TAX.value, _("tax")),
    (Account.OWED.value, _("owed to readers")),
]


class LedgerRow(models.Model):
    """An amount that goes to one account (debit) from another (credit): every row balances by itself."""

    wagtail_reference_index_ignore = True

    at = models.DateTimeField(_("when"), db_index=True)
    debit = models.CharField(_("to (debit)"), max_length=20, choices=ACCOUNTS)
    credit = models.CharField(_("from (credit)"), max_length=20, choices=ACCOUNTS)
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES)
    amount = models.PositiveBigIntegerField(_("amount"))
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="ledger_rows")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="ledger_rows")
    refund = models.ForeignKey(
        Refund, on_delete=models.PROTECT, null=True, related_name="ledger_rows"
    )

    class Meta:
        verbose_name = _("ledger row")
        verbose_name_plural = _("ledger")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_ledger_row_is_of_something"),
            models.CheckConstraint(
                condition=~Q(debit=F("credit")), name="a_ledger_row_has_two_accounts"
            ),
            models.UniqueConstraint(
                fields=["payment", "debit", "credit"],
                name="a_movement_is_in_the_ledger_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.debit} ← {self.credit}: {self.amount} {self.currency}"


class MoneyLine(models.Model):
    """What happened to money, in order: the audit's lines. Append-only; names no reader."""

    wagtail_reference_index_ignore = True

    HAPPENED = [
        (Happened.ORDER_PLACED.value, _("Order placed")),
        (Happened.ORDER_EXPIRED.value, _("Order ran out")),
        (Happened.ORDER_CANCELLED.value, _("Order cancelled")),
        (Happened.CHECKOUT_OPENED.value, _("Opened at the gateway")),
        (Happened.CHECKOUT_FAILED.value, _("Could not be opened at the gateway")),
        (Happened.NOTICE_FORGED.value, _("A forged notice was refused")),
        (Happened.NOTICE_STALE.value, _("A replayed or old notice was refused")),
        (Happened.NOTICE_OF_UNKNOWN.value, _("A notice of an order nobody knows")),
        (Happened.NOTICE_UNREADABLE.value, _("A notice that can’t be read")),
        (Happened.PAYMENT_HONOURED.value, _("Payment honoured")),
        (Happened.PAYMENT_OWED.value, _("Payment to be given back")),
        (Happened.REFUND_ASKED.value, _("Refund asked for")),
        (Happened.REFUND_BY_HAND.value, _("Refund to be made by hand")),
        (Happened.REFUND_DONE.value, _("Refund made")),
        (Happened.SUBSCRIPTION_STARTED.value, _("Subscription started")),
        (Happened.SUBSCRIPTION_EXTENDED.value, _("Subscription extended")),
        (Happened.SUBSCRIPTION_CANCELLED.value, _("Subscription cancelled")),
        (Happened.SUBSCRIPTION_ENDED.value, _("Subscription ended")),
        (Happened.TRANSFER_ENTERED.value, _("Bank transfer entered")),
        (Happened.TRANSFER_APPROVED.value, _("Bank transfer approved")),
        (Happened.READER_FORGOTTEN.value, _("Reader’s data deleted")),
    ]

    at = models.DateTimeField(_("when"), db_index=True)
    happened = models.CharField(_("what"), max_length=24, choices=HAPPENED)
    gateway = models.CharField(_("gateway"), max_length=8, choices=GATEWAYS, blank=True)
    order = models.ForeignKey(
        Order, verbose_name=_("order"), on_delete=models.PROTECT, null=True, related_name="lines"
    )
    notice = models.ForeignKey("Notice", on_delete=models.PROTECT, null=True, related_name="lines")
    by = models.CharField(_("by"), max_length=30, blank=True)
    """The colleague's number; empty for the house itself, `reader` for the reader."""
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        verbose_name = _("money line")
        verbose_name_plural = _("money lines")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.happened} {self.at:%Y-%m-%d %H:%M:%S}"


class Reconciliation(models.Model):
    """A day's comparison of our book with a gateway's. Append-only."""

    wagtail_reference_index_ignore = True

    day = models.DateField(_("day"))
    gateway = models.CharField(_("gateway"), max_length=8, choices=GATEWAYS)
    made_at = models.DateTimeField(_("made"))
    looked_at = models.PositiveIntegerField(_("checkouts asked about"))
    ours = models.JSONField(_("ours"))
    """By currency, what stands in the ledger for these checkouts: `{"IDR": 49000}`."""
    theirs = models.JSONField(_("theirs"))
    differences = models.JSONField(_("differences"))
    """Checkouts of which the two say different things, and those the gateway did not answer for."""

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        ordering = ["-day", "gateway"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "gateway"], name="one_reconciliation_per_day_and_gateway"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.gateway}"
