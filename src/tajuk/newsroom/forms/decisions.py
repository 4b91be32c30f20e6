"""What an editor says to readers when correcting or killing a story."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput


class CorrectForm(forms.Form):
    """The public note of a correction."""

    note = forms.CharField(
        label=_("Note to readers"), max_length=2000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_(
            "Stands under the story and on the corrections page, with the time. "
            "Say what was wrong and what is right."
        ),
    )  # fmt: skip


class KillForm(forms.Form):
    """The public reason of a kill."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=AdminAutoHeightTextInput(attrs={"rows": 3}),
        help_text=_("Readers who come to the story's address read it instead of the story."),
    )  # fmt: skip


class PlainForm(forms.Form):
    """Nothing but yes."""
