"""Vouchers, gifts, and groups with their seats and networks."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from tajuk.subscriptions.models.orders import Order
from tajuk.subscriptions.models.plans import Plan
from tajuk.subscriptions.rules.networks import network_of
from tajuk.terms.language import CHOICES


class Voucher(models.Model):
    """A code that makes a first period cheaper."""

    wagtail_reference_index_ignore = True

    code = models.CharField(_("code"), max_length=30, unique=True)
    plan = models.ForeignKey(
        Plan,
        verbose_name=_("plan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text=_("Empty: good for every plan."),
    )
    percent = models.PositiveSmallIntegerField(
        _("percent off"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    most_uses = models.PositiveIntegerField(_("how often it can be used"), default=1)
    uses = models.PositiveIntegerField(_("used"), default=0, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(uses__lte=F("most_uses")),
                name="a_voucher_is_not_used_too_often",
                violation_error_message=_("It has been used more often than that already."),
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="a_voucher_takes_some_percent"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="a_voucher_ends_after_it_starts",
                violation_error_message=_("It would end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Codes are compared in capitals."""
        self.code = self.code.strip().upper()


class VoucherUse(models.Model):
    """Who used a voucher, once each. It is given back when the order runs out unpaid."""

    wagtail_reference_index_ignore = True

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="used_by")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="voucher_use")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "reader"], name="a_reader_uses_a_voucher_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.voucher}: {self.order}"


class Gift(models.Model):
    """A paid period for whoever has its code."""

    wagtail_reference_index_ignore = True

    code = models.CharField(max_length=32, unique=True)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="gift")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """The order was refunded before anybody took it."""

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.order}"


class Group(ClusterableModel):
    """A school, an office, a library: seats by invitation or email domain, and networks that read without one."""

    wagtail_reference_index_ignore = True

    name = models.CharField(_("name"), max_length=120)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.PROTECT)
    language = models.CharField(
        _("language of its mails"), max_length=2, choices=CHOICES, default="id"
    )
    most_seats = models.PositiveIntegerField(_("seats"), default=0)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_group_ends_after_it_starts",
                violation_error_message=_("It would end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """Whoever has an address at this domain may take a seat."""

    group = ParentalKey(Group, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("email domain"), max_length=190, help_text="kampus.example")

    class Meta:
        verbose_name = _("email domain")
        verbose_name_plural = _("email domains")
        ordering = ["domain"]
        constraints = [
            models.UniqueConstraint(
                Lower("domain"),
                name="an_email_domain_is_of_one_group",
                violation_error_message=_("This domain is of a group already."),
            )
        ]

    def __str__(self) -> str:
        return self.domain

    def clean(self) -> None:
        """Domains are compared in small letters, without the @."""
        self.domain = self.domain.strip().lower().lstrip("@")
        if "." not in self.domain or "@" in self.domain or " " in self.domain:
            raise ValidationError({"domain": _("Write a domain such as kampus.example.")})


class Network(models.Model):
    """Whoever reads from this network has what the group's plan gives."""

    group = ParentalKey(Group, on_delete=models.CASCADE, related_name="networks")
    network = models.CharField(
        _("network"), max_length=49, help_text="203.0.113.0/24, 2001:db8::/32"
    )

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network"],
                name="a_network_is_of_one_group",
                violation_error_message=_("This network is of a group already."),
            )
        ]

    def __str__(self) -> str:
        return self.network

    def clean(self) -> None:
        """Networks are kept as the standard spells them."""
        try:
            self.network = str(network_of(self.network))
        except ValueError as error:
            raise ValidationError(
                {"network": _("Write a network such as 203.0.113.0/24 or 2001:db8::/32.")}
            ) from error


class Seat(models.Model):
    """A seat in a group: offered to an address, and taken by a reader."""

    wagtail_reference_index_ignore = True

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    email = models.CharField(_("email address"), max_length=254)
    code = models.CharField(max_length=32, unique=True)
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="seats"
    )
    invited_at = models.DateTimeField(_("invited"))
    taken_at = models.DateTimeField(_("taken"), null=True)
    left_at = models.DateTimeField(_("left"), null=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                "group", Lower("email"),
                condition=Q(left_at__isnull=True),
                name="an_address_has_one_seat_in_a_group",
            ),
            models.UniqueConstraint(
                fields=["group", "reader"],
                condition=Q(left_at__isnull=True),
                name="a_reader_has_one_seat_in_a_group",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.group}: {self.email}"

    def clean_fields(self, exclude: Any = None) -> None:
        """Addresses are compared in small letters."""
        self.email = self.email.strip()
        super().clean_fields(exclude)
