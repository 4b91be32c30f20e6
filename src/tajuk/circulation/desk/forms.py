"""What colleagues fill in at the circulation desk."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from tajuk.circulation.desk import words
from tajuk.paywall.types import Entitlement

_LONGEST_REASON = 300
WITHIN = (MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(9000, 12, 31)))
"""Days that a moment of the paper's zone can be made of, and the day after."""


def midnight(day: date) -> datetime:
    """The first instant of a day in the paper's zone."""
    return datetime.combine(day, time(), settings.PAPER.time_zone)


class ReasonForm(forms.Form):
    """Nothing is done to a reader without a reason."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=_LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For colleagues: it stands in the reader’s history."),
    )


class UntilForm(ReasonForm):
    """Until when something is to hold."""

    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        validators=WITHIN,
        widget=AdminDateInput,
        help_text=_("It holds to the end of this day. Empty: until somebody takes it back."),
    )
    field_order = ["last_day", "reason"]

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now

    def clean_last_day(self) -> date | None:
        """Not in the past."""
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and midnight(day) + timedelta(days=1) <= self._now:
            raise ValidationError(_("This day is over: choose a later one."))
        return day

    @property
    def ends_at(self) -> datetime | None:
        """The first instant after the last day; None is open."""
        day: date | None = self.cleaned_data["last_day"]
        return None if day is None else midnight(day + timedelta(days=1))


class GrantForm(UntilForm):
    """What a reader is given, and from when to when."""

    entitlements = forms.MultipleChoiceField(
        label=_("What"),
        choices=[(each.value, name) for each, name in words.ENTITLEMENTS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what the reader is to have.")},
    )
    first_day = forms.DateField(
        label=_("First day"),
        required=False,
        validators=WITHIN,
        widget=AdminDateInput,
        help_text=_(
            "Empty: from now on. To follow a subscription, the day on which that has ended."
        ),
    )
    field_order = ["entitlements", "first_day", "last_day", "reason"]

    def clean_entitlements(self) -> list[Entitlement]:
        """As entitlements."""
        return [Entitlement(each) for each in self.cleaned_data["entitlements"]]

    def clean(self) -> None:
        """The last day is not before the first."""
        super().clean()
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first is not None and last is not None and last < first:
            self.add_error("last_day", _("The last day is before the first: change one of them."))

    @property
    def starts_at(self) -> datetime:
        """The first day's first instant, or now."""
        day: date | None = self.cleaned_data["first_day"]
        return self._now if day is None else max(midnight(day), self._now)


class ExtendForm(UntilForm):
    """A later last day."""

    def __init__(self, *args: Any, ends_at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before = ends_at

    def clean(self) -> None:
        """Longer than before: to end it sooner is another decision."""
        super().clean()
        if "last_day" not in self.cleaned_data or self.ends_at is None:
            return
        if self.ends_at <= self._before:
            self.add_error(
                "last_day", _("It lasts as long already: choose a later day, or end the grant.")
            )
