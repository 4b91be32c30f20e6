"""Adding and changing sections, topics and people at the desk: change, trace, tell.

Wagtail's own actions write the row and the audit line; these keep the slug it had and put the message into the same
transaction.
Deletions are told by the receivers, because a row may also be deleted with another.
"""

from typing import Any

from django.db import transaction
from wagtail.actions import ActionRegistry, CreateAction, EditAction

from tajuk.contracts.messages import Message, PersonChanged, SectionChanged, TopicChanged
from tajuk.newsroom.actions.set_up_fronts import set_up_fronts
from tajuk.newsroom.models import Person, Section, Topic
from tajuk.outbox.actions import put
from tajuk.terms.ids import PersonId, SectionId, TopicId

Named = Section | Topic | Person


class _Create(CreateAction):
    def execute(self, skip_permission_checks: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The new row, told of in the same transaction. Raises PermissionDenied."""
        with transaction.atomic():
            made = super().execute(skip_permission_checks)
            put(_changed(made, old_slug=""))
        return made


class CreateSection(_Create):
    """A new section, with its fronts."""

    def execute(self, skip_permission_checks: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The new section. Raises PermissionDenied."""
        with transaction.atomic():
            made = super().execute(skip_permission_checks)
            set_up_fronts()
        return made


class CreateTopic(_Create):
    """A new topic."""


class CreatePerson(_Create):
    """A new person."""


class ChangeNamed(EditAction):
    """A section, topic or person renamed, moved or described anew."""

    def execute(self, skip_permission_checks: bool = False) -> Any:  # noqa: FBT001, FBT002
        """The changed row, told of with the slug it had. Raises PermissionDenied."""
        with transaction.atomic():
            rows = type(self.instance).objects
            old_slug = rows.values_list("slug", flat=True).get(pk=self.instance.pk)
            changed = super().execute(skip_permission_checks)
            if old_slug == changed.slug:
                old_slug = ""
            else:
                _keep_slug(changed, old_slug)
            put(_changed(changed, old_slug=old_slug))
        return changed


def register(registry: ActionRegistry) -> None:
    """Makes Wagtail's screens and its API use these."""
    for model, create in (
        (Section, CreateSection), (Topic, CreateTopic), (Person, CreatePerson),
    ):  # fmt: skip
        registry.register(model, create)
        registry.register(model, ChangeNamed)


def _keep_slug(row: Named, old_slug: str) -> None:
    """Whoever was called so before has left the slug for good; the one it has again is old no longer."""
    kept = row.old_slugs.model.objects
    kept.update_or_create(slug=old_slug, defaults={"named": row})
    kept.filter(slug=row.slug, named=row).delete()


def _changed(row: Named, *, old_slug: str) -> Message:
    match row:
        case Section():
            return SectionChanged(SectionId(row.pk), old_slug)
        case Topic():
            return TopicChanged(TopicId(row.pk), old_slug)
        case Person():
            return PersonChanged(PersonId(row.pk), old_slug)
