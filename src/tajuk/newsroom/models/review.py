"""The step of the review: whoever may publish in a story's section may pass it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState
from wagtail.permissions import policy_registry


def _may_publish(user: Any, story: Any) -> bool:
    policy = policy_registry.get(story)
    return bool(policy.user_has_permission_for_instance(user, "publish", story))


class SectionReview(Task):
    """A step of a workflow that the editors of the story's own section pass or send back.

    Wagtail's group task knows groups only: an editor of one section could pass the stories of another.
    """

    class Meta:
        verbose_name = _("review by the section's editors")
        verbose_name_plural = _("reviews by the section's editors")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """The section's editors may open the story while it waits."""
        return _may_publish(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While a story waits only those who review it may write in it."""
        return not _may_publish(user, obj)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """A reviewer may keep other reviewers out."""
        return _may_publish(user, obj)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Send back with a word, pass, or pass with a word."""
        if not _may_publish(user, obj):
            return []
        return [
            ("reject", gettext("Send back"), True),
            ("approve", gettext("Approve"), False),
            ("approve", gettext("Approve with a comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> "QuerySet[TaskState]":
        """The waiting stories of the sections this user edits; two queries, whatever the archive's size."""
        from tajuk.newsroom.models.story import Story

        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        content_type = Story.get_base_content_type()
        ids = waiting.filter(workflow_state__base_content_type=content_type).values_list(
            "workflow_state__object_id", flat=True
        )
        policy = policy_registry.get_by_type(Story)
        mine = policy.instances_user_has_permission_for(user, "publish").filter(
            pk__in=[int(each) for each in ids]
        )
        states: QuerySet[TaskState] = waiting.filter(
            workflow_state__base_content_type=content_type,
            workflow_state__object_id__in=[str(pk) for pk in mine.values_list("pk", flat=True)],
        )
        return states

    @classmethod
    def get_description(cls) -> str:
        """What an administrator reads when choosing a step."""
        return gettext("Those who may publish in the story's section can approve it")
