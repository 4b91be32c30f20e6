"""Wagtail's permission questions about stories, answered from the roles of their sections."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from tajuk.newsroom.models import Section, SectionRole, Story
from tajuk.newsroom.rules.roles import (
    Role,
    Standing,
    StoryInQuestion,
    Verb,
    least_role,
    may,
    spread,
)
from tajuk.terms.ids import SectionId, UserId

ROLES = {
    SectionRole.Role.REPORTER.value: Role.REPORTER,
    SectionRole.Role.EDITOR.value: Role.EDITOR,
    SectionRole.Role.MANAGING_EDITOR.value: Role.MANAGING_EDITOR,
}
"""The roles as the table spells them."""


def standing_of(user: Any) -> Standing:
    """What this user is in the house: two queries, once for each user object."""
    standing: Standing = POLICY.get_cached_permissions_for_user(user)
    return standing


class SectionPolicy(BasePermissionPolicy):
    """Who may do what to which story. Superusers may everything; others what their groups' roles allow."""

    permission_cache_name = "_newsroom_standing"

    def get_all_permissions_for_user(self, user: Any) -> Standing:
        """The user's standing; nobody's for those who are not signed in or left the house."""
        if not user.is_authenticated or not user.is_active:
            return Standing()
        if user.is_superuser:
            return Standing(user_id=UserId(user.pk), everywhere=Role.MANAGING_EDITOR)
        given = [
            (None if section_id is None else SectionId(section_id), ROLES[role])
            for section_id, role in SectionRole.objects.filter(group__user=user)
            .values_list("section_id", "role")
            .distinct()
        ]
        if not given:
            return Standing(user_id=UserId(user.pk))
        parents = {
            SectionId(pk): None if parent is None else SectionId(parent)
            for pk, parent in Section.objects.values_list("pk", "parent_id")
        }
        everywhere, sections = spread(given, parents)
        return Standing(user_id=UserId(user.pk), everywhere=everywhere, sections=sections)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do this in some section."""
        verb = _verb(action)
        role = standing_of(user).anywhere()
        return verb is not None and role is not None and role >= least_role(verb)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Whether the user may do this to this story."""
        verb = _verb(action)
        return verb is not None and may(standing_of(user), verb, facts_of(instance))

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> "QuerySet[Story]":
        """The stories of those sections where the user may do any of this."""
        sections = sections_where(user, *actions)
        stories: QuerySet[Story] = Story.objects.all()
        return stories if sections is None else stories.filter(section_id__in=sections)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        """Those who may do any of this in some section."""
        return self._users(actions, Q())

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> Any:
        """Those who may do any of this in the story's section."""
        above, at = [], instance.section
        while at is not None:
            above.append(at.pk)
            at = at.parent
        return self._users(actions, Q(section__isnull=True) | Q(section__in=above))

    def _users(self, actions: Iterable[str], where: Q) -> Any:
        least = min(
            (least_role(verb) for verb in map(_verb, actions) if verb is not None), default=None
        )
        names = [name for name, role in ROLES.items() if least is not None and role >= least]
        groups = SectionRole.objects.filter(where, role__in=names).values("group")
        return (
            get_user_model()
            .objects.filter(Q(is_superuser=True) | Q(groups__in=groups), is_active=True)
            .distinct()
        )


def facts_of(story: Story) -> StoryInQuestion:
    """What the rules have to know of this story."""
    return StoryInQuestion(
        section_id=None if story.section_id is None else SectionId(story.section_id),
        owner_id=None if story.owner_id is None else UserId(story.owner_id),
        was_published=story.live or story.first_published_at is not None,
    )


def sections_where(user: Any, *actions: str) -> frozenset[SectionId] | None:
    """The sections in which the user may do any of this to some story; None: in all."""
    verbs = [verb for verb in map(_verb, actions) if verb is not None]
    if not verbs:
        return frozenset()
    least = min(least_role(verb) for verb in verbs)
    standing = standing_of(user)
    if standing.everywhere is not None and standing.everywhere >= least:
        return None
    return frozenset(section for section, role in standing.sections.items() if role >= least)


def _verb(action: str) -> Verb | None:
    return Verb(action) if action in set(Verb) else None


POLICY = SectionPolicy(Story)
"""The one policy, as `apps` registers it with Wagtail."""
