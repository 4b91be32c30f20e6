"""Notes at the desk: the panel beside a story, the count in the list, “Notes to you” at home."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.side_panels import BaseSidePanel

from tajuk.newsroom.actions.notes import NotAColleagueError, reopen_note, resolve_note, write_note
from tajuk.newsroom.desk.marks import open_notes
from tajuk.newsroom.errors import NotPermittedError
from tajuk.newsroom.models import Story, StoryNote
from tajuk.newsroom.permissions import POLICY
from tajuk.newsroom.rules.roles import Verb
from tajuk.terms.clock import now
from tajuk.terms.ids import StoryId

_MOST_AT_HOME = 8


class NoteForm(forms.Form):
    """A note and whom it is for."""

    text = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}))
    to = forms.ModelChoiceField(
        get_user_model().objects.none(),
        label=_("To"),
        required=False,
        empty_label=_("All colleagues"),
    )

    def __init__(self, data: Any = None, *, story: Story) -> None:
        """Only those who may see the story can be chosen."""
        super().__init__(data, prefix="note")
        colleagues = POLICY.users_with_any_permission_for_instance(["view"], story)
        self.fields["to"].queryset = colleagues.order_by("name", "email")  # type: ignore[attr-defined]


class NotesPanel(BaseSidePanel):
    """Beside the form of a story: its notes, and room for one more."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Its button, with how many are unresolved."""

        aria_label = _("Toggle notes")
        icon_name = "comment"

        def get_context_data(self, parent_context: Any) -> Any:
            """With the count."""
            context = super().get_context_data(parent_context)
            story = self.panel.object
            context["count"] = open_notes([story.pk]).get(story.pk, 0) if story.pk else 0
            return context

    name = "notes"
    title = _("Notes")
    template_name = "newsroom/desk/notes_panel.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The notes of the story; before its first draft is saved, only that there can be none yet."""
        context = dict(super().get_context_data(parent_context))
        return context | (what_the_panel_shows(self.object) if self.object.pk else {"story": None})


def what_the_panel_shows(story: Story, form: NoteForm | None = None) -> dict[str, Any]:
    """What the panel's template takes; three queries, however many notes."""
    rows = story.notes.select_related("author", "to", "resolved_by")
    notes = list(rows.order_by("-written_at", "-id"))
    return {
        "story": story,
        "open": [note for note in notes if note.resolved_at is None],
        "resolved": [note for note in notes if note.resolved_at is not None],
        "form": form or NoteForm(story=story),
        "url": reverse("newsroom_notes", args=[story.pk]),
    }


@require_http_methods(["POST"])
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes, resolves or opens again; answers the panel to the script, or goes back to the story."""
    story = get_object_or_404(Story, pk=pk)
    form = NoteForm(request.POST, story=story) if "write" in request.POST else None
    try:
        _demand_view(request, story)
        if form is not None:
            form = _write(request, story, form)
        elif "resolve" in request.POST:
            resolve_note(_note(story, request.POST["resolve"]), acting_user=request.user, now=now())
        elif "reopen" in request.POST:
            reopen_note(_note(story, request.POST["reopen"]), acting_user=request.user)
    except NotPermittedError as refusal:
        if _asked_by_script(request):
            raise
        messages.error(request, str(refusal))
        return redirect("wagtailadmin_home")
    if _asked_by_script(request):
        return TemplateResponse(
            request, "newsroom/desk/notes.html", what_the_panel_shows(story, form)
        )
    if form is not None:
        messages.error(
            request,
            gettext(
                "The note was not sent: write something, to a colleague who may see the story."
            ),
        )
    return redirect(story.snippet_viewset.get_url_name("edit"), story.pk)


def _demand_view(request: HttpRequest, story: Story) -> None:
    """Who may not see the story learns nothing of what is said about it, nor of who works on it."""
    if not POLICY.user_has_permission_for_instance(request.user, "view", story):
        raise NotPermittedError(Verb.VIEW, StoryId(story.pk))


def _write(request: HttpRequest, story: Story, form: NoteForm) -> NoteForm | None:
    """The form again if it was refused."""
    if not form.is_valid():
        return form
    try:
        write_note(
            story, form.cleaned_data["text"], to=form.cleaned_data["to"],
            acting_user=request.user, now=now(),
        )  # fmt: skip
    except NotAColleagueError:
        form.add_error("to", gettext("This colleague does not work in the story's section."))
        return form
    return None


def _note(story: Story, pk: str) -> StoryNote:
    note: StoryNote = get_object_or_404(
        story.notes.select_related("story"), pk=pk if pk.isdecimal() else 0
    )
    return note


def _asked_by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


class NotesToYou(Component):
    """At home: unresolved notes addressed to one."""

    name = "notes_to_you"
    template_name = "newsroom/desk/notes_to_you.html"
    order = 105

    def __init__(self, request: Any) -> None:
        self._user = request.user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The newest, and how many there are; two queries."""
        del parent_context
        mine: QuerySet[StoryNote] = StoryNote.objects.filter(
            to=self._user, resolved_at__isnull=True
        )
        newest = mine.select_related("author", "story__section").defer("story__body")
        edit = Story.snippet_viewset.get_url_name("edit")
        return {
            "count": mine.count(),
            "notes": [
                (note, reverse(edit, args=[note.story_id]))
                for note in newest.order_by("-written_at")[:_MOST_AT_HOME]
            ],
        }


@hooks.register("construct_homepage_panels", order=1010)  # type: ignore[untyped-decorator]
def at_home(request: Any, panels: list[Any]) -> None:
    """“Notes to you”, where there are any stories one may see."""
    if POLICY.user_has_permission(request.user, "view"):
        panels.append(NotesToYou(request))


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def urls() -> list[URLPattern]:
    """Where the panel's forms go."""
    return [path("stories/notes/<int:pk>/", notes, name="newsroom_notes")]


@hooks.register("insert_editor_js")  # type: ignore[untyped-decorator]
def script() -> SafeString:
    """Sends the panel's forms without leaving the story."""
    return format_html('<script defer src="{}"></script>', static("newsroom/desk/notes.js"))
