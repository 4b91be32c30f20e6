"""A reader's page: who, what they hold and why, their orders, sign-ins and history, and what can be done."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.widgets.button import HeaderButton

from tajuk.accounts.models import User
from tajuk.circulation import queries
from tajuk.circulation.desk import words
from tajuk.circulation.desk.holdings import holdings
from tajuk.circulation.desk.permissions import Duty, Guarded, may
from tajuk.circulation.desk.timeline import MOST, timeline
from tajuk.circulation.models import Grant
from tajuk.circulation.sign_ins import sign_ins_of
from tajuk.subscriptions.desk_queries import file_of
from tajuk.subscriptions.desk_types import OrderOfReader, SubscriptionOfReader, SubscriptionState
from tajuk.terms.clock import now


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant that holds or will, and what can be done with it."""

    name: str
    reason: str
    starts: str
    """Empty once it has begun."""
    until: str
    extend_url: str
    end_url: str


@dataclass(frozen=True, slots=True)
class SubscriptionLine:
    """A subscription, and the page that cancels it."""

    held: SubscriptionOfReader
    line: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order, and the page that refunds it."""

    order: OrderOfReader
    purpose: words.Text
    state: words.Text
    total: str
    receipt: str
    gateway: str
    refund: words.Text
    """How its refund stands; empty without one."""
    refund_url: str


class ReaderPage(Guarded, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """One reader. The same number of queries, whatever happened to them."""

    model = User
    duties: ClassVar = (Duty.SEE_READERS,)
    template_name = "circulation/desk/reader.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        """Their name, or address."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Readers, this one."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("readers:index"), "label": _("Readers")},
            {"url": "", "label": self.get_page_title()},
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The question most asked on the telephone."""
        url = reverse("readers:story", args=[self.object.pk])
        return [HeaderButton(_("Why can’t they read it?"), url=url, icon_name="help")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Frozen lines; no queries in the template."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        moment = now()
        money = file_of(self.object.pk, now=moment)
        grants = list(Grant.objects.filter(reader=self.object).exclude(ends_at__lte=moment))
        row = queries.reader_row(self.object.pk, now=moment)
        events = timeline(self.object, money)
        may_serve = may(self.request.user, Duty.SERVE_READERS)
        context.update(
            reader=self.object,
            holdings=holdings(row, money, grants, now=moment),
            grants=[self._grant(each, may_serve=may_serve, begun=each.starts_at <= moment) for each in grants],
            subscriptions=[self._subscription(each, may_serve=may_serve) for each in money.subscriptions],
            orders=[self._order(each) for each in money.orders],
            sign_ins=sign_ins_of(self.object.pk, now=moment, here=""),
            events=events,
            is_cut=len(events) == MOST,
            grant_url=self._url("grant") if may_serve else "",
            end_sign_ins_url=self._url("end_sign_ins") if may_serve else "",
        )  # fmt: skip
        return context

    def _url(self, name: str, *args: Any) -> str:
        return reverse(f"readers:{name}", args=[self.object.pk, *args])

    def _grant(self, grant: Grant, *, may_serve: bool, begun: bool) -> GrantLine:
        can_extend = may_serve and grant.ends_at is not None
        return GrantLine(
            name=grant.get_entitlement_display(),
            reason=grant.reason,
            starts="" if begun else words.day(grant.starts_at),
            until=words.until(grant.ends_at),
            extend_url=self._url("extend", grant.pk) if can_extend else "",
            end_url=self._url("end_grant", grant.pk) if may_serve else "",
        )

    def _subscription(self, held: SubscriptionOfReader, *, may_serve: bool) -> SubscriptionLine:
        over = {SubscriptionState.ENDED, SubscriptionState.CANCELLED}
        can_cancel = may_serve and held.state not in over
        cancel_url = self._url("cancel", held.subscription_id) if can_cancel else ""
        return SubscriptionLine(held, words.stands(held), cancel_url)

    def _order(self, order: OrderOfReader) -> OrderLine:
        paid = order.honoured or next(iter(order.payments), None)
        can_refund = order.may_be_refunded and may(self.request.user, Duty.REFUND)
        return OrderLine(
            order=order,
            purpose=words.PURPOSE[order.purpose],
            state=words.ORDER[order.state],
            total=words.spelled(order.total),
            receipt=paid.receipt if paid else "",
            gateway=paid.gateway if paid else "",
            refund=words.REFUND[paid.refund] if paid and paid.refund else "",
            refund_url=self._url("refund", order.reference) if can_refund else "",
        )
