"""Wagtail's permission questions about sections, topics, people, fronts and house pages."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from tajuk.newsroom.models import Front, HousePage, Person, Section, SectionRole, Topic
from tajuk.newsroom.permissions import ROLES, standing_of
from tajuk.newsroom.rules.house import Matter, is_whole_papers, least_role, may_here, may_somewhere
from tajuk.terms.ids import SectionId


class HousePolicy(BasePermissionPolicy):
    """Who may do what to one kind of matter, by the roles in sections (`rules.house`)."""

    def __init__(self, model: type[Model], matter: Matter) -> None:
        """`model` holds `matter`."""
        super().__init__(model)
        self._matter = matter

    def section_of(self, instance: Any) -> SectionId | None:  # noqa: ARG002
        """The section whose roles count; None: the whole paper's."""
        return None

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do this to some of them."""
        return may_somewhere(standing_of(user), self._matter, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:  # noqa: ARG002
        """Whether the user may do this to this one."""
        return self.user_has_permission(user, action)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        """Those who may do any of this to some of them."""
        asked = Q(is_superuser=True)
        for action in actions:
            least = least_role(self._matter, action)
            names = [name for name, role in ROLES.items() if least is not None and role >= least]
            roles = SectionRole.objects.filter(role__in=names)
            if is_whole_papers(self._matter, action):
                roles = roles.filter(section__isnull=True)
            asked |= Q(groups__in=roles.values("group"))
        return get_user_model().objects.filter(asked, is_active=True).distinct()


class _InSection(HousePolicy):
    """For what belongs to a section: its own roles count."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return may_here(standing_of(user), self._matter, action, self.section_of(instance))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        asked = list(actions)
        rows = self.model.objects.all()
        mine = [
            row.pk for row in rows if self.user_has_any_permission_for_instance(user, asked, row)
        ]
        return rows.filter(pk__in=mine)


class _SectionPolicy(_InSection):
    """A section is run by its managing editors, and those of the sections above."""

    def section_of(self, instance: Any) -> SectionId | None:
        return None if instance.pk is None else SectionId(instance.pk)


class _FrontPolicy(_InSection):
    """A section's front is its editors'; the home front is the whole paper's editors'."""

    def section_of(self, instance: Any) -> SectionId | None:
        return None if instance.section_id is None else SectionId(instance.section_id)


class _PersonPolicy(HousePolicy):
    """People are the editors'; everybody keeps their own profile."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action == "change":
            return standing_of(user).anywhere() is not None
        return super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        is_self = instance.user_id is not None and instance.user_id == user.pk
        if action == "change" and is_self:
            return self.user_has_permission(user, action)
        return may_somewhere(standing_of(user), self._matter, action)


def register() -> None:
    """Hands the policies to Wagtail; has to be done before it asks for one."""
    register_permission_policy(Section, _SectionPolicy(Section, Matter.SECTION))
    register_permission_policy(Topic, HousePolicy(Topic, Matter.TOPIC))
    register_permission_policy(Person, _PersonPolicy(Person, Matter.PERSON))
    register_permission_policy(Front, _FrontPolicy(Front, Matter.FRONT))
    register_permission_policy(HousePage, HousePolicy(HousePage, Matter.HOUSE_PAGE))
