"""What Wagtail writes beside a story, for many at once: history, audit, references, the desk's search."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, CharField, F, OuterRef, Subquery, When
from django.db.models.functions import Cast
from modelcluster.models import get_all_child_relations
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from tajuk.newsroom.models import Story


def write_history(stories: Sequence[Story], *, now: datetime) -> dict[int, int]:
    """The first revision of each new story and its lines in the audit log; returns revisions by story.

    The stories' child rows must stand in their clusters: nothing is read back.
    """
    for story in stories:
        cluster = story.__dict__.setdefault("_cluster_related_objects", {})
        for relation in get_all_child_relations(Story):
            cluster.setdefault(relation.get_accessor_name(), [])
    content_type, base = Story.get_content_type(), Story.get_base_content_type()
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                content_type=content_type, base_content_type=base, object_id=str(story.pk),
                created_at=now, object_str=str(story), content=story.serializable_data(),
            )
            for story in stories
        ]
    )  # fmt: skip
    newest = Revision.objects.filter(
        base_content_type=base, object_id=Cast(OuterRef("pk"), CharField())
    ).values("pk")[:1]
    rows = Story.objects.filter(pk__in=[story.pk for story in stories])
    rows.update(latest_revision_id=Subquery(newest))
    rows.update(live_revision=Case(When(live=True, then=F("latest_revision")), default=None))
    by_story = {story.pk: revision for story, revision in zip(stories, revisions, strict=True)}
    for story in stories:
        story.latest_revision = by_story[story.pk]
        story.live_revision = by_story[story.pk] if story.live else None
    ModelLogEntry.objects.bulk_create(
        [
            ModelLogEntry(
                content_type=content_type, object_id=str(story.pk), label=str(story)[:255], action=action,
                timestamp=now, data={"uri": story.uri}, revision=by_story[story.pk], content_changed=True,
            )
            for story in stories
            for action in ("wagtail.create", *(["wagtail.publish"] if story.live else []))
        ]
    )  # fmt: skip
    return {pk: int(revision.pk) for pk, revision in by_story.items()}


def write_references(stories: Sequence[Story]) -> None:
    """The reference index (“where used”) of new stories. One query."""
    content_type, base = Story.get_content_type(), Story.get_base_content_type()
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=content_type, base_content_type=base, object_id=str(story.pk),
                to_content_type_id=to_type, to_object_id=to_id, model_path=model_path,
                content_path=path, content_path_hash=ReferenceIndex._get_content_path_hash(path),  # noqa: SLF001
            )
            for story in stories
            # Wagtail has no public way to index many; this is what its own rebuild uses.
            for to_type, to_id, model_path, path in set(
                ReferenceIndex._extract_references_from_object(story)  # noqa: SLF001
            )
        ]
    )  # fmt: skip


def write_search(stories: Sequence[Story]) -> None:
    """The desk's own search; readers' search follows from the message."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Story, stories)
