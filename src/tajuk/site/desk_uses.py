"""“Where is it used?” reads one page of the answer.

Wagtail groups references by the thing they stand in, and to show twenty of them reads them all, each with a query of
its own: a picture used ten thousand times took seven seconds and nine thousand queries.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models.reference_index import ReferenceGroups


def read_uses_by_the_page() -> None:
    """From now on a slice of the uses costs the slice. Called once, at start."""
    ReferenceGroups.__getitem__ = _page


def _page(groups: Any, key: Any) -> Any:
    references = groups.qs
    if not isinstance(key, slice) or not isinstance(references, QuerySet):
        return list(groups)[key]
    sources = list(
        references.order_by("base_content_type", "object_id")
        .values_list("base_content_type", "object_id")
        .distinct()[key]
    )
    things = _things(sources)
    among = Q(pk__in=[])
    for content_type, object_id in sources:
        among |= Q(base_content_type=content_type, object_id=object_id)
    found: dict[tuple[int, str], list[Any]] = {}
    for reference in references.filter(among):
        found.setdefault((reference.base_content_type_id, reference.object_id), []).append(
            reference
        )
    return [(things[source], found.get(source, [])) for source in sources if source in things]


def _things(sources: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Any]:
    """What the references stand in; one query for each kind of thing."""
    ids: dict[int, list[str]] = {}
    for content_type, object_id in sources:
        ids.setdefault(content_type, []).append(object_id)
    things = {}
    for content_type, object_ids in ids.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is None:  # of an app that is no longer installed
            continue
        for thing in model._base_manager.filter(pk__in=object_ids):  # noqa: SLF001  as Wagtail does
            things[content_type, str(thing.pk)] = thing
    return things
