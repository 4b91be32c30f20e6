"""The desk of a new paper: groups with their roles, what they may do with pictures, and the review."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from tajuk.newsroom.models import SectionReview, SectionRole, Story
from tajuk.terms.language import Language


@dataclass(frozen=True, slots=True)
class _Desk:
    """A group every paper starts with."""

    name: str | Promise
    role: SectionRole.Role | None
    pictures: tuple[str, ...]
    """What it may do with pictures, in Wagtail's words."""
    runs_galleries: bool = False


_DESKS = (
    _Desk(_("Reporters"), SectionRole.Role.REPORTER, ("add", "choose")),
    _Desk(_("Editors"), SectionRole.Role.EDITOR, ("add", "choose", "change")),
    _Desk(
        _("Managing editors"), SectionRole.Role.MANAGING_EDITOR,
        ("add", "choose", "change", "delete"), runs_galleries=True,
    ),
    _Desk(
        _("Picture editors"), None, ("add", "choose", "change", "delete"), runs_galleries=True
    ),
)  # fmt: skip


def set_up_desk() -> None:
    """Makes what is missing of the standard groups and the review; changes nothing that is there.

    A group that an administrator gave other roles or permissions keeps them: only new groups are filled.
    """
    with transaction.atomic(), override(settings.PAPER.first_language.value):
        _clear_away_wagtails()
        for desk in _DESKS:
            group = _known(desk.name)
            if group is None:
                _fill(Group.objects.create(name=str(desk.name)), desk)
        if not WorkflowContentType.objects.filter(content_type=_story_type()).exists():
            _make_review()


def _clear_away_wagtails() -> None:
    """Wagtail's migrations make two groups and a workflow for pages; a paper has no pages."""
    Group.objects.filter(
        name__in=["Moderators", "Editors"], user__isnull=True, section_roles__isnull=True,
        page_permissions__isnull=False,
    ).distinct().delete()  # fmt: skip
    Workflow.objects.filter(name="Moderators approval", workflow_content_types__isnull=True).update(
        active=False
    )


def _known(name: str | Promise) -> Group | None:
    names = []
    for language in Language:
        with override(language.value):
            names.append(str(name))
    return Group.objects.filter(name__in=names).first()


def _fill(group: Group, desk: _Desk) -> None:
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    if desk.role is not None:
        SectionRole.objects.create(group=group, section=None, role=desk.role)
    root = Collection.get_first_root_node()
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailimages",
        codename__in=[f"{verb}_image" for verb in desk.pictures],
    )
    for permission in wanted:
        GroupCollectionPermission.objects.create(
            group=group, collection=root, permission=permission
        )
    if desk.runs_galleries:
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label="pictures", content_type__model="gallery"
            )
        )


def _make_review() -> None:
    workflow = Workflow.objects.create(name=str(_("Review")))
    task = SectionReview.objects.create(name=str(_("Review by the section's editors")))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(content_type=_story_type(), workflow=workflow)


def _story_type() -> ContentType:
    return ContentType.objects.get_for_model(Story, for_concrete_model=False)
