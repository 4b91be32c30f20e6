"""Plans: what a subscription gives, for how long, and what it costs in each currency."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from tajuk.paywall.types import Entitlement
from tajuk.subscriptions.types import Period, PeriodUnit
from tajuk.terms.money import Currency, Money

PERIOD_UNITS = [
    (PeriodUnit.DAY.value, _("days")),
    (PeriodUnit.MONTH.value, _("months")),
    (PeriodUnit.YEAR.value, _("years")),
]
CURRENCIES = [(each.value, each.value) for each in Currency]
ENTITLEMENTS = {
    Entitlement.PREMIUM: _("Every story"),
    Entitlement.AD_FREE: _("Without advertisements"),
    Entitlement.EPAPER: _("The e-paper"),
    Entitlement.ARCHIVE: _("The archive"),
}


class Plan(ClusterableModel):
    """What a reader can subscribe to. What it gives and for how long stays as it was once somebody has it."""

    wagtail_reference_index_ignore = True

    name = models.CharField(_("name"), max_length=80)
    name_second = models.CharField(_("name in the second language"), max_length=80, blank=True)
    description = models.CharField(_("description"), max_length=240, blank=True)
    description_second = models.CharField(
        _("description in the second language"), max_length=240, blank=True
    )
    premium = models.BooleanField(ENTITLEMENTS[Entitlement.PREMIUM], default=True)
    ad_free = models.BooleanField(ENTITLEMENTS[Entitlement.AD_FREE], default=False)
    epaper = models.BooleanField(ENTITLEMENTS[Entitlement.EPAPER], default=False)
    archive = models.BooleanField(ENTITLEMENTS[Entitlement.ARCHIVE], default=False)
    period_count = models.PositiveSmallIntegerField(
        _("for how many"), default=1, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    period_unit = models.CharField(
        _("days, months or years"), max_length=5, choices=PERIOD_UNITS, default=PeriodUnit.MONTH
    )
    trial_days = models.PositiveSmallIntegerField(
        _("days of trial"),
        default=0,
        validators=[MaxValueValidator(90)],
        help_text=_("Without payment, once for each reader. 0: no trial."),
    )
    grace_days = models.PositiveSmallIntegerField(
        _("days of grace"),
        default=7,
        validators=[MaxValueValidator(60)],
        help_text=_("How long a reader reads on after the period, while the renewal is unpaid."),
    )
    is_sold = models.BooleanField(
        _("sold"), default=True, help_text=_("Who has a plan that is no longer sold keeps it.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(premium=True) | Q(ad_free=True) | Q(epaper=True) | Q(archive=True),
                name="a_plan_gives_something",
                violation_error_message=_("Tick what the plan gives, one thing at least."),
            ),
            models.CheckConstraint(
                condition=Q(period_count__gte=1) & Q(period_unit__in=list(PeriodUnit)),
                name="a_plan_lasts_for_a_period",
                violation_error_message=_("A plan lasts for one day, month or year at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> Period:
        """For how long a payment is good."""
        return Period(PeriodUnit(self.period_unit), self.period_count)

    @property
    def entitlements(self) -> tuple[Entitlement, ...]:
        """What it gives."""
        return tuple(each for each in Entitlement if getattr(self, each.value))


class Price(models.Model):
    """What a plan costs in one currency."""

    plan = ParentalKey(Plan, on_delete=models.CASCADE, related_name="prices")
    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCIES)
    amount = models.PositiveBigIntegerField(
        _("price"), help_text=_("In the smallest unit: 49000 is Rp 49.000, 499 is USD 4.99.")
    )
    first_amount = models.PositiveBigIntegerField(
        _("price of the first period"),
        null=True,
        blank=True,
        help_text=_("An introductory offer, in the smallest unit. Empty: as every other period."),
    )

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "currency"],
                name="one_price_per_plan_and_currency",
                violation_error_message=_("The plan has a price in this currency already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_price_is_more_than_nothing",
                violation_error_message=_("A price is more than nothing: grant what is free."),
            ),
            models.CheckConstraint(
                condition=Q(currency__in=list(Currency)),
                name="a_price_is_in_a_currency_we_know",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.money.spelled(decimal_comma=True)}"

    @property
    def money(self) -> Money:
        """Of every period but the first."""
        return Money(self.amount, Currency(self.currency))

    @property
    def first(self) -> Money:
        """Of the first period."""
        amount = self.amount if self.first_amount is None else self.first_amount
        return Money(amount, Currency(self.currency))


@register_setting(icon="tag", order=330)
class Billing(BaseGenericSetting):
    """What stands on receipts, the tax, and the bank account."""

    seller = models.CharField(_("seller"), max_length=200, blank=True)
    seller_address = models.CharField(_("address"), max_length=300, blank=True)
    seller_tax_id = models.CharField(_("tax number (NPWP)"), max_length=40, blank=True)
    tax_name = models.CharField(_("name of the tax"), max_length=20, default="PPN")
    tax_percent = models.DecimalField(
        _("rate of the tax in percent"),
        max_digits=4,
        decimal_places=2,
        default=Decimal(11),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(50))],
    )
    tax_is_included = models.BooleanField(
        _("prices include the tax"), default=True, help_text=_("Otherwise it is added to them.")
    )
    bank_account = models.CharField(
        _("bank account"),
        max_length=200,
        blank=True,
        help_text=_("Bank, number and holder, as readers are told. Empty: no bank transfer."),
    )
    two_people = models.BooleanField(
        _("bank transfers take two colleagues"),
        default=True,
        help_text=_("Who enters a transfer can't approve it."),
    )

    class Meta:
        verbose_name = _("billing")
