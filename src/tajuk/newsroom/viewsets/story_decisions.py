"""The pages on which an editor decides: correct, kill, take a kill back, lift an embargo."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseObjectMixin

from tajuk.newsroom import actions
from tajuk.newsroom.errors import StoryRefusedError
from tajuk.newsroom.forms.decisions import CorrectForm, KillForm, PlainForm
from tajuk.newsroom.models import Story
from tajuk.newsroom.permissions import POLICY
from tajuk.newsroom.rules.roles import Verb
from tajuk.terms.clock import now

Text = str | Promise


if TYPE_CHECKING:
    _FormView = FormView[forms.Form]
else:
    _FormView = FormView


class Decision(BaseObjectMixin, WagtailAdminTemplateMixin, _FormView):
    """One page, one question, one action; refused as the action would refuse it."""

    model = Story
    template_name = "newsroom/desk/decision.html"
    index_url_name: str = ""
    edit_url_name: str = ""
    verb: ClassVar[Verb]
    question: ClassVar[Text]
    consequence: ClassVar[Text]
    yes: ClassVar[Text]
    success: ClassVar[Text]
    is_serious: ClassVar[bool] = False

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Raises PermissionDenied where the user's roles do not allow it."""
        if not POLICY.user_has_permission_for_instance(request.user, self.verb, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def edit_url(self) -> str:
        """Where the editor came from."""
        return reverse(self.edit_url_name, args=[self.object.pk])

    def get_page_subtitle(self) -> str:
        """The headline as it was last written."""
        return str(self.object.get_latest_revision_as_object())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Stories, the story, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": Story._meta.verbose_name_plural},  # noqa: SLF001
            {"url": self.edit_url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]

    def act(self, form: forms.Form) -> None:
        """Does it."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Acts and says so; a refusal is said on the same page."""
        try:
            self.act(form)
        except StoryRefusedError as refusal:
            form.add_error(None, str(refusal))
            response: HttpResponse = self.form_invalid(form)
            return response
        messages.success(self.request, self.success)
        return redirect(self.edit_url)


class CorrectDecision(Decision):
    """Publishes the newest draft with a note."""

    verb = Verb.CORRECT
    form_class = CorrectForm
    page_title = _("Correct")
    header_icon = "edit"
    question = _("Publish the newest version with a note to readers?")
    consequence = _("The story goes live as it stands in the form now, marked as corrected.")
    yes = _("Publish the correction")
    success = _("The correction is published.")

    def act(self, form: forms.Form) -> None:
        """Does it."""
        actions.correct_story(
            self.object, note=form.cleaned_data["note"], acting_user=self.request.user, now=now()
        )


class KillDecision(Decision):
    """Withdraws a story."""

    verb = Verb.KILL
    form_class = KillForm
    page_title = _("Kill")
    header_icon = "cross"
    question = _("Withdraw this story for good?")
    consequence = _(
        "It leaves every page at once. Its address says that it was withdrawn, when and why; "
        "search engines are told that it is gone."
    )
    yes = _("Kill the story")
    success = _("The story is killed.")
    is_serious = True

    def act(self, form: forms.Form) -> None:
        """Does it."""
        actions.kill_story(
            self.object,
            reason=form.cleaned_data["reason"],
            acting_user=self.request.user,
            now=now(),
        )


class RestoreDecision(Decision):
    """Takes a kill back."""

    verb = Verb.KILL
    form_class = PlainForm
    page_title = _("Take back the kill")
    header_icon = "undo"
    question = _("Take back the kill?")
    consequence = _("The story is a draft again. Readers see it when it is published again.")
    yes = _("Take it back")
    success = _("The kill is taken back: the story is a draft again.")

    def act(self, form: forms.Form) -> None:  # noqa: ARG002  there is nothing to fill in
        """Does it."""
        actions.restore_story(self.object, acting_user=self.request.user, now=now())


class LiftEmbargoDecision(Decision):
    """Ends an embargo before its time."""

    verb = Verb.PUBLISH
    form_class = PlainForm
    page_title = _("Lift the embargo")
    header_icon = "lock-open"
    question = _("Lift the embargo now?")
    consequence = _(
        "A version that waits for the end of the embargo goes live at once, or at its schedule if that "
        "is later. A draft stays a draft."
    )
    yes = _("Lift the embargo")
    success = _("The embargo is lifted.")
    is_serious = True

    def act(self, form: forms.Form) -> None:  # noqa: ARG002  there is nothing to fill in
        """Does it."""
        actions.lift_embargo(self.object, acting_user=self.request.user, now=now())
