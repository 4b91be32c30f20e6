"""The house at the desk: the menu “Paper”, fronts, and who sees which button."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.actions import ActionRegistry, action_registry
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from tajuk.newsroom.actions import run_the_house
from tajuk.newsroom.models import Front, HousePage, Person, Section, Story, Topic
from tajuk.newsroom.viewsets.front import FrontViewSet
from tajuk.newsroom.viewsets.house_page import HousePageViewSet
from tajuk.newsroom.viewsets.person import PersonViewSet
from tajuk.newsroom.viewsets.section import SectionViewSet
from tajuk.newsroom.viewsets.topic import TopicViewSet


class PaperGroup(SnippetViewSetGroup):
    """What the paper is made of besides stories."""

    items = (SectionViewSet, TopicViewSet, PersonViewSet, HousePageViewSet)
    menu_label = _("Paper")
    menu_icon = "list-ul"
    menu_order = 130


class FrontMenu(FrontViewSet):
    """Fronts stand in the menu by themselves: editors are there all day."""

    add_to_admin_menu = True


register_snippet(PaperGroup)
register_snippet(FrontMenu)


@hooks.register("register_actions")  # type: ignore[untyped-decorator]
def register_actions(registry: ActionRegistry) -> None:
    """Sections, topics and people are changed by the newsroom's own actions."""
    run_the_house.register(registry)


@hooks.register("register_bulk_action", order=100)
class DeleteEach(DeleteBulkAction):
    """Several at once, each by its own action: Wagtail's bulk deletion leaves no audit line."""

    models = [Section, Topic, Person, HousePage, Story]

    @classmethod
    def execute_action(
        cls, objects: list[Model], user: Any = None, **_kwargs: Any
    ) -> tuple[int, int]:
        """Deletes them; permission was asked for each."""
        for each in objects:
            delete = action_registry.get_action_class(type(each), "delete")
            delete(each, user=user).execute(skip_permission_checks=True)
        return len(objects), 0


@hooks.register("construct_snippet_action_menu")  # type: ignore[untyped-decorator]
def ask_the_policy(items: list[ActionMenuItem], request: Any, context: dict[str, Any]) -> None:
    """Publishing and taking back are offered as the policy says; Wagtail's buttons ask Django's permissions."""
    model = context["model"]
    if model not in {Front, HousePage}:
        return
    items[:] = [item for item in items if not isinstance(item, PublishMenuItem | UnpublishMenuItem)]
    policy, instance = policy_registry.get_by_type(model), context.get("instance")
    allowed = (
        policy.user_has_permission(request.user, "publish")
        if instance is None
        else policy.user_has_permission_for_instance(request.user, "publish", instance)
    )
    if not allowed:
        return
    # Editors come to publish: it is the first button, and saving a draft is in its menu.
    items.insert(0, PublishMenuItem(order=0))
    if model is HousePage and instance is not None and instance.live:
        items.append(UnpublishMenuItem(order=20))
