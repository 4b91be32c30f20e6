"""Publishing and taking back several stories at once, each by the newsroom's own action."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from tajuk.newsroom import actions
from tajuk.newsroom.actions.publish_story import WentLive
from tajuk.newsroom.errors import StoryRefusedError
from tajuk.newsroom.models import Story
from tajuk.newsroom.rules.roles import Verb
from tajuk.terms.clock import now


class _Each(SnippetBulkAction):
    """One action for each story chosen; what is refused is said and does not hold up the rest."""

    models = [Story]

    def check_perm(self, snippet: Story) -> bool:
        """Whether the user may do it to this story."""
        return bool(
            self.permission_policy.user_has_permission_for_instance(
                self.request.user, Verb.PUBLISH, snippet
            )
        )

    @classmethod
    def each(
        cls, stories: list[Story], act: Callable[[Story], bool], request: Any
    ) -> tuple[int, int]:
        """(how many it was done to, how many wait for a later moment)."""
        done = waiting = 0
        for story in stories:
            try:
                at_once = act(story)
            except StoryRefusedError as refusal:
                messages.error(request, f"{story}: {refusal}")
                continue
            done += at_once
            waiting += not at_once
        return done, waiting


class PublishStories(_Each):
    """Publish."""

    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish the chosen stories")
    template_name = "newsroom/desk/bulk_publish.html"
    action_priority = 10

    @classmethod
    def execute_action(
        cls, objects: list[Story], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Publishes the newest version of each."""
        request = kwargs["self"].request
        del user

        def act(story: Story) -> bool:
            outcome = actions.publish_story(story, acting_user=request.user, now=now())
            return isinstance(outcome, WentLive)

        return cls.each(objects, act, request)

    def get_success_message(self, done: int, waiting: int) -> str:
        """How many are live, how many wait."""
        said = ngettext("%(count)d story published.", "%(count)d stories published.", done) % {
            "count": done
        }
        if not waiting:
            return said
        return f"{said} " + ngettext(
            "%(count)d waits for its schedule or embargo.",
            "%(count)d wait for their schedule or embargo.",
            waiting,
        ) % {"count": waiting}


class UnpublishStories(_Each):
    """Take off the site."""

    display_name = _("Unpublish")
    action_type = "unpublish"
    aria_label = _("Unpublish the chosen stories")
    template_name = "newsroom/desk/bulk_unpublish.html"
    action_priority = 20

    @classmethod
    def execute_action(
        cls, objects: list[Story], user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Takes each off the site."""
        request = kwargs["self"].request
        del user

        def act(story: Story) -> bool:
            actions.unpublish_story(story, acting_user=request.user, now=now())
            return True

        return cls.each([story for story in objects if story.live], act, request)

    def get_success_message(self, done: int, _waiting: int) -> str:
        """How many left."""
        return ngettext("%(count)d story unpublished.", "%(count)d stories unpublished.", done) % {
            "count": done
        }
