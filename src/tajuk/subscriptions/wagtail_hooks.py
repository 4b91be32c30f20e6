"""Wagtail's door to subscriptions: its screens."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from tajuk.subscriptions.desk.books import (
    READ_ONLY,
    LedgerBook,
    MoneyLineBook,
    OnlyAdded,
    OnlyRead,
    OrderBook,
    ReconciliationBook,
    RefundBook,
    TransferBook,
)
from tajuk.subscriptions.desk.sold import GroupViewSet, PlanViewSet, VoucherViewSet
from tajuk.subscriptions.models import Transfer


class Sold(ModelViewSetGroup):
    """What is sold."""

    menu_label = _("Plans")
    menu_icon = "tag"
    menu_order = 330
    items = (PlanViewSet, VoucherViewSet, GroupViewSet)


class Books(ModelViewSetGroup):
    """What came of it."""

    menu_label = _("Money")
    menu_icon = "table"
    menu_order = 340
    items = (
        OrderBook, TransferBook, RefundBook, LedgerBook, MoneyLineBook, ReconciliationBook,
    )  # fmt: skip


for _model in READ_ONLY:
    register_permission_policy(_model, OnlyRead(_model))
register_permission_policy(Transfer, OnlyAdded(Transfer))


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def sold() -> Sold:
    """Its screens."""
    return Sold()


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def books() -> Books:
    """Its screens."""
    return Books()
