"""Stories at the desk."""

from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from tajuk.newsroom.models import Story
from tajuk.newsroom.permissions import POLICY
from tajuk.newsroom.viewsets import story_decisions as decisions
from tajuk.newsroom.viewsets import story_views as views
from tajuk.newsroom.viewsets.story_chooser import StoryChooserViewSet
from tajuk.newsroom.viewsets.story_filters import StoryFilterSet
from tajuk.newsroom.viewsets.story_list import StoryList
from tajuk.newsroom.viewsets.story_panels import edit_handler


class StoryViewSet(SnippetViewSet):
    """The list of stories, and everything that is done to one."""

    model = Story
    icon = "doc-full"
    menu_label = _("Stories")
    menu_name = "stories"
    menu_order = 100
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 40
    chooser_per_page = 20
    filterset_class = StoryFilterSet
    url_prefix = "stories"
    index_template_name = "newsroom/desk/story_list.html"
    edit_template_name = "newsroom/desk/story_edit.html"

    index_view_class = StoryList
    add_view_class = views.NewStory
    edit_view_class = views.EditStory
    delete_view_class = views.DeleteStory
    unpublish_view_class = views.UnpublishStory
    history_view_class = views.StoryHistory
    usage_view_class = views.StoryUsage
    revisions_view_class = views.StoryRevision
    revisions_compare_view_class = views.CompareStory
    revisions_unschedule_view_class = views.UnscheduleStory
    lock_view_class = views.LockStory
    unlock_view_class = views.UnlockStory
    workflow_history_view_class = views.StoryWorkflowHistory
    workflow_history_detail_view_class = views.StoryWorkflowHistoryDetail
    chooser_viewset_class = StoryChooserViewSet

    @cached_property
    def edit_handler(self) -> Any:
        """The form's tabs."""
        return edit_handler()

    def get_queryset(self, request: Any) -> "QuerySet[Story]":
        """The stories of the user's sections, with what the list shows and without their bodies."""
        mine = POLICY.instances_user_has_permission_for(request.user, "view")
        stories: QuerySet[Story] = mine.select_related("section", "latest_revision__user").defer(
            "body", "standfirst", "lead_caption", "latest_revision__content"
        )
        return stories

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, and the pages of decision."""
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{word}/<int:pk>/", self._decision(view), name=name)
                for word, name, view in (
                    ("correct", "correct", decisions.CorrectDecision),
                    ("kill", "kill", decisions.KillDecision),
                    ("restore", "restore", decisions.RestoreDecision),
                    ("lift-embargo", "lift_embargo", decisions.LiftEmbargoDecision),
                )
            ),
        ]

    def _decision(self, view: type[decisions.Decision]) -> Any:
        return view.as_view(
            index_url_name=self.get_url_name("list"),
            edit_url_name=self.get_url_name("edit"),
            breadcrumbs_items=self.breadcrumbs_items,
        )
