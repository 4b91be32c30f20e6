"""The books: orders, bank transfers, refunds, the ledger, money lines, reconciliations. Read, and never written over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from tajuk.accounts.models import User
from tajuk.subscriptions.actions.refunds import refund_made
from tajuk.subscriptions.actions.transfers import approve_transfer, enter_transfer
from tajuk.subscriptions.errors import TwoPeopleError
from tajuk.subscriptions.models import (
    Checkout,
    LedgerRow,
    MoneyLine,
    Order,
    Reconciliation,
    Refund,
    Transfer,
)
from tajuk.subscriptions.types import GatewayName, RefundState
from tajuk.terms.clock import now as read_clock
from tajuk.terms.money import Currency, Money


class OnlyRead(ModelPermissionPolicy):
    """Who may see them sees them; nobody writes or deletes."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do this."""
        return action == "view" and super().user_has_permission(user, action)


class OnlyAdded(ModelPermissionPolicy):
    """Entered, and never changed or deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do this."""
        return action in {"view", "add"} and super().user_has_permission(user, action)


READ_ONLY = (Order, Refund, LedgerRow, MoneyLine, Reconciliation)


def _amount(row: Any) -> str:
    return Money(row.amount, Currency(row.currency)).spelled(decimal_comma=True)


class BookList(IndexView):
    """A book: there is nothing to edit, so a row leads to the page where it is read."""

    def get_edit_url(self, instance: Any) -> str:
        """Where it is read."""
        return str(self.get_inspect_url(instance))


class _Book(ModelViewSet):
    index_view_class = BookList
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50


class OrderBook(_Book):
    """Every order."""

    model = Order
    name = "orders"
    icon = "form"
    menu_label = _("Orders")
    list_display = [
        "reference",
        Column("plan", label=_("Plan")),
        Column("purpose", label=_("For"), accessor="get_purpose_display"),
        Column("total", label=_("Total"), accessor=lambda it: it.amounts.total.spelled(decimal_comma=True)),
        Column("state", label=_("State"), accessor="get_state_display"),
        DateColumn("placed_at", label=_("Placed"), sort_key="placed_at"),
    ]  # fmt: skip
    list_filter = ["state", "purpose"]
    search_fields = ["reference", "billed_email"]
    form_fields = ["reference"]
    inspect_view_fields = [
        "reference", "reader", "billed_name", "billed_email", "plan", "purpose", "net", "tax", "total", "currency",
        "state", "placed_at", "expires_at", "closed_at",
    ]  # fmt: skip


class LedgerBook(_Book):
    """The ledger, newest first."""

    model = LedgerRow
    name = "ledger"
    icon = "table"
    menu_label = _("Ledger")
    list_display = [
        DateColumn("at", label=_("When"), sort_key="at"),
        Column("debit", label=_("To (debit)"), accessor="get_debit_display"),
        Column("credit", label=_("From (credit)"), accessor="get_credit_display"),
        Column("amount", label=_("Amount"), accessor=_amount),
        Column("order", label=_("Order")),
    ]
    list_filter = ["debit", "credit", "currency"]
    search_fields = ["order__reference"]
    form_fields = ["amount"]
    list_export = ["at", "debit", "credit", "amount", "currency", "order"]


class MoneyLineBook(_Book):
    """What happened to money."""

    model = MoneyLine
    name = "money-lines"
    icon = "history"
    menu_label = _("Money lines")
    list_display = [
        DateColumn("at", label=_("When"), sort_key="at"),
        Column("happened", label=_("What"), accessor="get_happened_display"),
        Column("gateway", label=_("Gateway"), accessor="get_gateway_display"),
        Column("order", label=_("Order")),
        Column("facts", label=_("Facts"), accessor=lambda it: ", ".join(f"{key} {value}" for key, value in it.facts.items())),
    ]  # fmt: skip
    list_filter = ["happened", "gateway"]
    search_fields = ["order__reference"]
    form_fields = ["happened"]


class ReconciliationBook(_Book):
    """The daily comparison with each gateway."""

    model = Reconciliation
    name = "reconciliations"
    icon = "tasks"
    menu_label = _("Reconciliation")
    list_display = [
        "day",
        Column("gateway", label=_("Gateway"), accessor="get_gateway_display"),
        Column("looked_at", label=_("Asked about")),
        Column("ours", label=_("Ours"), accessor=lambda it: _sums(it.ours)),
        Column("theirs", label=_("Theirs"), accessor=lambda it: _sums(it.theirs)),
        Column("differences", label=_("Differences"), accessor=lambda it: len(it.differences)),
    ]
    list_filter = ["gateway"]
    form_fields = ["day"]
    inspect_view_fields = ["day", "gateway", "made_at", "looked_at", "ours", "theirs", "differences"]  # fmt: skip


def _sums(by_currency: dict[str, int]) -> str:
    return ", ".join(
        Money(amount, Currency(name)).spelled(decimal_comma=True)
        for name, amount in by_currency.items()
    )


class RefundBook(_Book):
    """Refunds; those a gateway can't make are paid back by hand and then ticked off here."""

    model = Refund
    name = "refunds"
    icon = "undo"
    menu_label = _("Refunds")
    list_display = [
        "payment",
        Column("amount", label=_("Amount"), accessor=lambda it: it.payment.money.spelled(decimal_comma=True)),
        Column("reason", label=_("Reason")),
        Column("state", label=_("State"), accessor="get_state_display"),
        DateColumn("asked_at", label=_("Asked"), sort_key="asked_at"),
    ]  # fmt: skip
    list_filter = ["state"]
    form_fields = ["reason"]
    inspect_view_fields = ["payment", "reason", "state", "asked_at", "last_error", "done_at"]
    inspect_template_name = "subscriptions/desk/refund.html"

    def get_urlpatterns(self) -> list[Any]:
        """And the button that says it was paid back."""
        return [*super().get_urlpatterns(), path("made/<int:pk>/", refund_is_made, name="made")]


@require_POST
def refund_is_made(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague has paid it back by hand."""
    if not request.user.has_perm("subscriptions.change_refund"):
        raise PermissionDenied
    refund = get_object_or_404(Refund, pk=pk, state=RefundState.BY_HAND)
    refund_made(refund, provider_id="", by=request.user, now=read_clock())
    messages.success(request, gettext("Noted: the money went back."))
    return redirect(reverse("refunds:index"))


class TransferForm(WagtailAdminModelForm):
    """A line of the bank's statement."""

    reference = forms.CharField(
        label=_("Order"), max_length=24, help_text=_("What the reader wrote as the subject.")
    )

    def clean_reference(self) -> Checkout:
        """The order's checkout. Raises ValidationError when nobody waits for such a transfer."""
        spelled = self.cleaned_data["reference"].strip().upper()
        found = (
            Checkout.objects.filter(gateway=GatewayName.BANK, order__reference=spelled)
            .order_by("-id")
            .first()
        )
        if found is None:
            raise ValidationError(
                gettext("No order %(reference)s waits for a bank transfer. Look at its number.")
                % {"reference": spelled}
            )
        return found

    def clean_amount(self) -> int:
        """More than nothing."""
        amount = int(self.cleaned_data["amount"])
        if not amount:
            raise ValidationError(gettext("An amount is more than nothing."))
        return amount


class TransferAddView(CreateView):
    """Entering one: by the action, which writes a money line too."""

    def save_instance(self) -> Transfer:
        """The new row."""
        told = self.form.cleaned_data
        return enter_transfer(
            told["reference"], amount=told["amount"], bank_reference=told["bank_reference"],
            received_on=told["received_on"], by=self.request.user, now=read_clock(),
        )  # fmt: skip


class TransferBook(_Book):
    """Bank transfers, newest first."""

    model = Transfer
    name = "transfers"
    icon = "download"
    menu_label = _("Bank transfers")
    add_view_class = TransferAddView
    list_display = [
        "bank_reference",
        Column("order", label=_("Order"), accessor=lambda it: it.checkout.order.reference),
        Column("amount", label=_("Amount"), accessor=lambda it: Money(it.amount, Currency(it.checkout.order.currency)).spelled(decimal_comma=True)),
        Column("entered_by", label=_("Entered by")),
        Column("approved_by", label=_("Approved by")),
    ]  # fmt: skip
    inspect_view_fields = [
        "bank_reference", "checkout", "amount", "received_on", "entered_by", "entered_at", "approved_by", "approved_at",
    ]  # fmt: skip
    inspect_template_name = "subscriptions/desk/transfer.html"
    edit_handler = ObjectList(
        [
            FieldPanel("reference"),
            FieldPanel("bank_reference"),
            FieldPanel("amount"),
            FieldPanel("received_on"),
        ],
        base_form_class=TransferForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        """And the button of the second colleague."""
        approve = path("approve/<int:pk>/", transfer_is_right, name="approve")
        return [*super().get_urlpatterns(), approve]


@require_POST
def transfer_is_right(request: HttpRequest, pk: int) -> HttpResponse:
    """A second colleague has seen it on the statement."""
    if not isinstance(request.user, User) or not request.user.has_perm(
        "subscriptions.add_transfer"
    ):
        raise PermissionDenied
    try:
        approve_transfer(get_object_or_404(Transfer, pk=pk), by=request.user, now=read_clock())
    except TwoPeopleError:
        messages.error(request, gettext("A second colleague has to approve what you entered."))
    else:
        messages.success(request, gettext("Approved. The order is paid in a moment."))
    return redirect(reverse("transfers:index"))
