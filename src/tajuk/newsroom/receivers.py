"""Thin receivers: what left the site by any way is told, inside the transaction in which it left."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.signals import unpublished

from tajuk.contracts.messages import PersonChanged, SectionChanged, StoryUnpublished, TopicChanged
from tajuk.newsroom.actions.addresses import all_paths, public_path, remember
from tajuk.newsroom.actions.listing import list_again
from tajuk.newsroom.models import Person, Section, Story, Topic
from tajuk.outbox.actions import put
from tajuk.terms.ids import PersonId, SectionId, StoryId, TopicId


@receiver(unpublished, sender=Story, dispatch_uid="newsroom.story_unpublished")
def story_unpublished(instance: Story, **_: Any) -> None:
    """Takes it off the lists, keeps the address, for the row may change as a draft now, and tells."""
    list_again([instance.pk])
    remember(instance, public_path(instance))
    put(StoryUnpublished(StoryId(instance.pk), all_paths(instance)))


@receiver(pre_delete, sender=Story, dispatch_uid="newsroom.story_deleted")
def story_deleted(instance: Story, **_: Any) -> None:
    """Tells with the paths, which nothing else will know afterwards."""
    paths = all_paths(instance)
    if paths:
        put(StoryUnpublished(StoryId(instance.pk), paths))


@receiver(pre_delete, sender=Section, dispatch_uid="newsroom.section_deleted")
def section_deleted(instance: Section, **_: Any) -> None:
    """Tells with every slug the section had."""
    for slug in _every_slug(instance):
        put(SectionChanged(SectionId(instance.pk), slug))


@receiver(pre_delete, sender=Topic, dispatch_uid="newsroom.topic_deleted")
def topic_deleted(instance: Topic, **_: Any) -> None:
    """Tells with every slug the topic had."""
    for slug in _every_slug(instance):
        put(TopicChanged(TopicId(instance.pk), slug))


@receiver(pre_delete, sender=Person, dispatch_uid="newsroom.person_deleted")
def person_deleted(instance: Person, **_: Any) -> None:
    """Tells with every slug the person had."""
    for slug in _every_slug(instance):
        put(PersonChanged(PersonId(instance.pk), slug))


def _every_slug(row: Section | Topic | Person) -> tuple[str, ...]:
    old = row.old_slugs.order_by("id").values_list("slug", flat=True)
    return (row.slug, *old)
