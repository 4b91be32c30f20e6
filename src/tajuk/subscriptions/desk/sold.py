"""What is sold: plans with their prices, vouchers, groups with their seats."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from tajuk.contracts.messages import WallChanged
from tajuk.outbox.actions import put
from tajuk.subscriptions.actions.groups import invite, tell_members
from tajuk.subscriptions.models import Group, Order, Plan, Seat, Subscription, Voucher
from tajuk.subscriptions.models.plans import ENTITLEMENTS
from tajuk.subscriptions.offers import in_words
from tajuk.terms.clock import now as read_clock

_AS_BOUGHT = ("premium", "ad_free", "epaper", "archive", "period_count", "period_unit")
_SECOND = settings.PAPER.second_language is not None


class PlanForm(WagtailAdminModelForm):
    """What somebody has bought stays what it was: only its words, prices and place change."""

    def clean(self) -> dict[str, Any]:
        """Refuses to change what a plan that is in use gives, or for how long."""
        cleaned: dict[str, Any] = super().clean()
        changed = [name for name in _AS_BOUGHT if name in self.changed_data]
        if self.instance.pk and changed and _is_in_use(self.instance):
            raise ValidationError(
                gettext(
                    "Readers have this plan: what it gives and for how long stays. Make a new plan, and sell this one no longer."
                )
            )
        return cleaned


def _is_in_use(plan: Plan) -> bool:
    return (
        Order.objects.filter(plan=plan).exists()
        or Subscription.objects.filter(plan=plan).exists()
        or Group.objects.filter(plan=plan).exists()
    )


class _TellsTheWall:
    """The gates say what the least costs: they are told in the same transaction."""

    def save_instance(self) -> Any:
        """As Wagtail saves, inside its transaction."""
        plan = super().save_instance()  # type: ignore[misc]
        put(WallChanged())
        return plan


class PlanAddView(_TellsTheWall, CreateView):
    """A new plan."""


class PlanEditView(_TellsTheWall, EditView):
    """A plan as it stands."""


class PlanViewSet(ModelViewSet):
    """The plans, in the order readers see them."""

    model = Plan
    name = "plans"
    icon = "tag"
    menu_label = _("Plans")
    add_view_class = PlanAddView
    edit_view_class = PlanEditView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "name",
        Column("period", label=_("Period"), accessor=lambda it: in_words(it.period)),
        Column("prices", label=_("Prices"), accessor=lambda it: ", ".join(each.money.spelled(decimal_comma=True) for each in it.prices.all())),
        BooleanColumn("is_sold", label=_("Sold")),
    ]  # fmt: skip
    list_filter = ["is_sold"]
    ordering = "position"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    *([FieldPanel("name_second")] if _SECOND else []),
                    FieldPanel("description"),
                    *([FieldPanel("description_second")] if _SECOND else []),
                ],
                heading=_("What readers see"),
            ),
            MultiFieldPanel(
                [FieldPanel(each.value) for each in ENTITLEMENTS], heading=_("What it gives")
            ),
            FieldRowPanel(
                [FieldPanel("period_count"), FieldPanel("period_unit")], heading=_("Period")
            ),
            InlinePanel("prices", heading=_("Prices"), label=_("price"), min_num=1),
            FieldRowPanel(
                [FieldPanel("trial_days"), FieldPanel("grace_days")], heading=_("Trial and grace")
            ),
            FieldRowPanel([FieldPanel("is_sold"), FieldPanel("position")], heading=_("Sale")),
        ],
        base_form_class=PlanForm,
    )


class VoucherViewSet(ModelViewSet):
    """The vouchers, newest first."""

    model = Voucher
    name = "vouchers"
    icon = "pick"
    menu_label = _("Vouchers")
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "code",
        Column("percent", label=_("Percent off")),
        Column("uses", label=_("Used"), accessor=lambda it: f"{it.uses} / {it.most_uses}"),
        DateColumn("ends_at", label=_("Ends")),
    ]
    search_fields = ["code"]
    panels = [
        FieldPanel("code"),
        FieldPanel("percent"),
        FieldPanel("plan"),
        FieldPanel("most_uses"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")], heading=_("When")),
    ]


class GroupForm(WagtailAdminModelForm):
    """A group, and whom to invite."""

    invite = forms.CharField(
        label=_("Invite"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Email addresses, one on each line. Each gets a letter with a link to a seat."),
    )

    def clean_invite(self) -> list[str]:
        """The addresses. Raises ValidationError with the one that is none."""
        found = self.cleaned_data["invite"].replace(",", " ").replace(";", " ").split()
        for each in found:
            try:
                forms.EmailField().clean(each)
            except ValidationError as error:
                raise ValidationError(
                    gettext("%(text)s is no email address.") % {"text": each[:100]}
                ) from error
        return list(found)

    def clean(self) -> dict[str, Any]:
        """There have to be seats for all who are invited."""
        cleaned: dict[str, Any] = super().clean()
        wanted = {each.lower() for each in cleaned.get("invite") or ()}
        held = set()
        if self.instance.pk:
            rows = Seat.objects.filter(group=self.instance, left_at__isnull=True)
            held = {each.lower() for each in rows.values_list("email", flat=True)}
        seats = cleaned.get("most_seats") or 0
        if len(held | wanted) > seats:
            raise ValidationError(
                gettext("%(seats)d seats don’t suffice: %(held)d are taken or offered already.")
                % {"seats": seats, "held": len(held)}
            )
        return cleaned


class _TellsMembers:
    """What changes of a group is told of its readers, and who is invited gets a letter; in the same transaction."""

    form: Any

    def save_instance(self) -> Any:
        """As Wagtail saves, inside its transaction."""
        group = super().save_instance()  # type: ignore[misc]
        invite(group, self.form.cleaned_data.get("invite") or (), now=read_clock())
        tell_members(group)
        put(WallChanged())  # its networks
        return group


class GroupAddView(_TellsMembers, CreateView):
    """A new group."""


class GroupEditView(_TellsMembers, EditView):
    """A group as it stands."""


class GroupDeleteView(DeleteView):
    """A group that is no more."""

    def delete_action(self) -> None:
        """As Wagtail deletes; its networks are told of in the same transaction."""
        with transaction.atomic():
            super().delete_action()
            put(WallChanged())


class GroupViewSet(ModelViewSet):
    """The groups, by name."""

    model = Group
    name = "groups-of-readers"
    icon = "group"
    menu_label = _("Groups")
    copy_view_enabled = False
    add_to_reference_index = False
    add_view_class = GroupAddView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView
    list_display = [
        "name",
        Column("plan", label=_("Plan")),
        Column("seats", label=_("Seats"), accessor=lambda it: f"{it.seats.filter(left_at__isnull=True).count()} / {it.most_seats}"),
        DateColumn("ends_at", label=_("Ends")),
    ]  # fmt: skip
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("plan"),
                    FieldPanel("language"),
                    FieldPanel("most_seats"),
                ],
                heading=_("Who, and what they read"),
            ),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")], heading=_("When")),
            InlinePanel("domains", heading=_("Email domains"), label=_("email domain")),
            InlinePanel("networks", heading=_("Networks"), label=_("network")),
            FieldPanel("invite"),
        ],
        base_form_class=GroupForm,
    )
