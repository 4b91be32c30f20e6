"""The pages on which a colleague decides something for a reader: one page, one question, one action, one reason."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseObjectMixin

from tajuk.accounts.models import User
from tajuk.circulation.actions import end_grant, end_sign_ins
from tajuk.circulation.desk import actions, words
from tajuk.circulation.desk.forms import ExtendForm, GrantForm, ReasonForm
from tajuk.circulation.desk.permissions import Duty, Guarded
from tajuk.circulation.desk.till import TillRefusedError
from tajuk.circulation.errors import GrantOverError
from tajuk.circulation.models import Grant
from tajuk.subscriptions.desk_queries import file_of, order_of
from tajuk.subscriptions.desk_types import OrderOfReader, SubscriptionOfReader, SubscriptionState
from tajuk.terms.clock import now

if TYPE_CHECKING:
    _FormView = FormView[forms.Form]
else:
    _FormView = FormView


class OverError(Exception):
    """What was to be decided is decided already: by a double click, or by somebody else."""


class Decision(Guarded, BaseObjectMixin, WagtailAdminTemplateMixin, _FormView):
    """What all of them share. Refused to who may not see readers, or may not do this."""

    model = User
    template_name = "circulation/desk/decision.html"
    form_class: type[forms.Form] = ReasonForm
    duties: ClassVar = (Duty.SEE_READERS, Duty.SERVE_READERS)
    question: ClassVar[words.Text]
    yes: ClassVar[words.Text]
    success: ClassVar[words.Text]
    is_serious: ClassVar[bool] = False

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; back to the reader where there is nothing left to decide."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except OverError:
            messages.warning(
                request, gettext("There is nothing left to decide: see how the reader stands now.")
            )
            return redirect(self.reader_url)

    @cached_property
    def reader_url(self) -> str:
        """Where the colleague came from."""
        return reverse("readers:reader", args=[self.object.pk])

    @property
    def consequence(self) -> words.Text:
        """What it means, with the facts."""
        raise NotImplementedError

    def get_page_subtitle(self) -> str:
        """Whom it is about."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Readers, the reader, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("readers:index"), "label": _("Readers")},
            {"url": self.reader_url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    def act(self, form: Any) -> None:
        """Does it. Raises GrantOverError, TillRefusedError."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Acts and says so; a refusal is said on the same page."""
        try:
            self.act(form)
        except GrantOverError:
            form.add_error(None, gettext("This grant has ended meanwhile: make a new one instead."))
        except TillRefusedError:
            form.add_error(
                None,
                gettext(
                    "The till refuses it: the order isn’t paid any more, was refunded before, or its gift was taken. "
                    "Look at the reader’s orders again."
                ),
            )
        else:
            messages.success(self.request, self.success)
            return redirect(self.reader_url)
        response: HttpResponse = self.form_invalid(form)
        return response


class GrantDecision(Decision):
    """Complimentary access."""

    form_class = GrantForm
    page_title = _("Grant")
    header_icon = "plus"
    question = _("What is this reader to have without paying?")
    consequence = _("It holds at the newsstand within a second, on every device of the reader’s.")
    yes = _("Grant it")
    success = _("It is granted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the clock."""
        return {**super().get_form_kwargs(), "now": now()}

    def act(self, form: GrantForm) -> None:
        """Does it."""
        actions.grant_each(
            self.object,
            form.cleaned_data["entitlements"],
            starts_at=form.starts_at,
            ends_at=form.ends_at,
            reason=form.cleaned_data["reason"],
            acting_user=self.request.user,
        )


class _OfGrant(Decision):
    """About one of the reader's grants."""

    @cached_property
    def grant(self) -> Grant:
        """The grant. Raises Http404 for one that isn't this reader's."""
        found = Grant.objects.filter(pk=self.kwargs["grant"], reader=self.object).first()
        if found is None:
            raise Http404
        return found

    @property
    def consequence(self) -> str:
        """What it is, until when, and why it was given."""
        return gettext("“%(entitlement)s”, %(until)s, given because: %(reason)s") % {
            "entitlement": self.grant.get_entitlement_display(),
            "until": words.until(self.grant.ends_at),
            "reason": self.grant.reason,
        }


class ExtendDecision(_OfGrant):
    """A grant lasts longer."""

    form_class = ExtendForm
    page_title = _("Extend a grant")
    header_icon = "calendar-alt"
    question = _("Until when is it to last?")
    yes = _("Extend it")
    success = _("The grant lasts longer now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the clock, and how long it lasts. Raises OverError for a grant that has no end."""
        if self.grant.ends_at is None:
            raise OverError
        return {**super().get_form_kwargs(), "now": now(), "ends_at": self.grant.ends_at}

    def act(self, form: ExtendForm) -> None:
        """Does it."""
        actions.extend_grant(
            self.grant,
            ends_at=form.ends_at,
            reason=form.cleaned_data["reason"],
            acting_user=self.request.user,
            now=now(),
        )


class EndGrantDecision(_OfGrant):
    """A grant is taken back."""

    page_title = _("End a grant")
    header_icon = "cross"
    question = _("Take this back now?")
    yes = _("Take the grant back")
    success = _("The grant has ended.")
    is_serious = True

    def act(self, form: ReasonForm) -> None:
        """Does it."""
        end_grant(
            self.grant,
            reason=form.cleaned_data["reason"],
            acting_user=self.request.user,
            now=now(),
        )


class EndSignInsDecision(Decision):
    """Signs the reader out everywhere."""

    page_title = _("End all sign-ins")
    header_icon = "logout"
    question = _("Sign this reader out on every device?")
    consequence = _(
        "Within a second no pass of theirs opens anything. Their password stays, and they may sign in again."
    )
    yes = _("Sign them out everywhere")
    success = _("Every sign-in of this reader’s has ended.")
    is_serious = True

    def act(self, form: ReasonForm) -> None:
        """Does it."""
        end_sign_ins(
            self.object,
            acting_user=self.request.user,
            now=now(),
            reason=form.cleaned_data["reason"],
        )


class RefundDecision(Decision):
    """Money goes back."""

    duties: ClassVar = (Duty.SEE_READERS, Duty.REFUND)
    page_title = _("Refund")
    header_icon = "rotate"
    yes = _("Give the money back")
    success = _("The refund is on its way; what it paid for has ended.")
    is_serious = True

    @cached_property
    def order(self) -> OrderOfReader:
        """The order. Raises Http404 for one that isn't this reader's, OverError for one that isn't paid."""
        found = order_of(self.object.pk, self.kwargs["reference"])
        if found is None:
            raise Http404
        if not found.may_be_refunded:
            raise OverError
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        """Once the order has been looked at."""
        assert self.order is not None, "looked up"
        return super().get_form_kwargs()

    @property
    def question(self) -> str:  # type: ignore[override]
        """With the amount."""
        assert self.order.honoured is not None, "refundable"
        return gettext("Give %(amount)s back?") % {
            "amount": words.spelled(self.order.honoured.money)
        }

    @property
    def consequence(self) -> str:
        """What was paid, how, and what ends."""
        paid = self.order.honoured
        assert paid is not None, "refundable"
        return gettext(
            "%(plan)s (%(purpose)s), order %(order)s, paid on %(day)s by %(gateway)s. All of it goes back; the period "
            "it paid for ends at once. Where the gateway can’t pay back by itself, a colleague is asked to."
        ) % {
            "plan": self.order.plan,
            "purpose": words.PURPOSE[self.order.purpose],
            "order": self.order.reference,
            "day": words.day(paid.at),
            "gateway": paid.gateway,
        }

    def act(self, form: ReasonForm) -> None:
        """Does it."""
        actions.refund(
            self.object,
            self.order,
            reason=form.cleaned_data["reason"],
            acting_user=self.request.user,
            now=now(),
        )


class CancelDecision(Decision):
    """A subscription isn't renewed any more."""

    page_title = _("Cancel a subscription")
    header_icon = "circle-xmark"
    question = _("Let this subscription end?")
    yes = _("Cancel it")
    success = _("The subscription is cancelled.")
    is_serious = True

    @cached_property
    def held(self) -> SubscriptionOfReader:
        """The subscription. Raises Http404 for one that isn't this reader's, OverError for one that is cancelled."""
        for each in file_of(self.object.pk, now=now()).subscriptions:
            if each.subscription_id == self.kwargs["subscription"]:
                if each.state in {SubscriptionState.ENDED, SubscriptionState.CANCELLED}:
                    raise OverError
                return each
        raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        """Once the subscription has been looked at."""
        assert self.held is not None, "looked up"
        return super().get_form_kwargs()

    @property
    def consequence(self) -> str:
        """Until when it is read."""
        return gettext(
            "%(plan)s isn’t renewed any more. What is paid for is read to its end, %(day)s; nothing is paid back."
        ) % {"plan": self.held.plan, "day": words.day(self.held.paid_until)}

    def act(self, form: ReasonForm) -> None:
        """Does it."""
        actions.cancel(
            self.object,
            self.held,
            reason=form.cleaned_data["reason"],
            acting_user=self.request.user,
            now=now(),
        )
