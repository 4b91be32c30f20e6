"""“Where used”, a page at a time.

Wagtail 8.0 makes a page of uses by reading every object that uses the thing, one query each, and cutting the
page out of them: a picture in ten thousand stories took nine thousand queries. The views that do so belong to pictures, snippets and documents alike, so the one method
they share is replaced: it reads the objects of the page asked for, one query for each kind.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models.reference_index import ReferenceGroups

Use = tuple[Any, list[Any]]
"""An object that uses the thing, and its references to it."""


def page_of_uses(groups: Any, key: Any) -> Any:
    """What `ReferenceGroups.__getitem__` answers, for a cost that depends on the page only."""
    if not isinstance(key, slice) or not isinstance(groups.qs, QuerySet):
        return list(groups)[key]
    keys = list(
        groups.qs.order_by("base_content_type", "object_id")
        .values_list("base_content_type_id", "object_id")
        .distinct()[key]
    )
    references: dict[tuple[int, str], list[Any]] = {each: [] for each in keys}
    wanted: dict[int, list[str]] = {}
    for content_type_id, object_id in keys:
        wanted.setdefault(content_type_id, []).append(object_id)
    if not wanted:
        return []
    asked = Q()
    for content_type_id, object_ids in wanted.items():
        asked |= Q(base_content_type_id=content_type_id, object_id__in=object_ids)
    for reference in groups.qs.filter(asked):
        references[reference.base_content_type_id, reference.object_id].append(reference)
    objects = {
        (content_type_id, str(pk)): found
        for content_type_id, object_ids in wanted.items()
        for pk, found in _objects(content_type_id, object_ids).items()
    }
    uses: list[Use] = [(objects[each], references[each]) for each in keys if each in objects]
    return uses


def _objects(content_type_id: int, object_ids: list[str]) -> dict[Any, Any]:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    if model is None:  # a kind of thing that was taken out of the software
        return {}
    rows: dict[Any, Any] = model._default_manager.in_bulk(object_ids)  # noqa: SLF001  Django's name
    return rows


def install() -> None:
    """Puts it in place."""
    ReferenceGroups.__getitem__ = page_of_uses
