"""Choosing a section: all of them in the order of the navigation, each below the one it is part of."""

from collections.abc import Collection

from tajuk.newsroom.models import Section
from tajuk.terms.ids import SectionId


def section_choices(allowed: Collection[SectionId] | None) -> list[tuple[int, str]]:
    """(id, name) of the sections allowed (None: all), moved in by their depth; one query."""
    children: dict[int | None, list[Section]] = {}
    for section in Section.objects.only("id", "name", "parent_id").order_by("position", "id"):
        children.setdefault(section.parent_id, []).append(section)
    choices: list[tuple[int, str]] = []

    def walk(parent_id: int | None, depth: int) -> None:
        for section in children.get(parent_id, ()):
            if allowed is None or section.pk in allowed:
                choices.append((section.pk, f"{'— ' * depth}{section.name}"))
            walk(section.pk, depth + 1)

    walk(None, 0)
    return choices
