"""Sections, topics and people that arrive with stories: those that are there are found, the others made.

With `tell=False` no message of its own is put for what is made: the stories that follow in the same transaction
are told of in one, and their press run refreshes the navigation and every list they are on. Otherwise each new
section would have all of its many stories pressed once more.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Max, Q
from wagtail.actions import CreateAction, action_registry

from tajuk.contracts.incoming import IncomingPerson, IncomingSection, IncomingTopic
from tajuk.newsroom.actions.bring_in.types import PictureIds
from tajuk.newsroom.actions.set_up_fronts import set_up_fronts
from tajuk.newsroom.models import Person, Section, Topic
from tajuk.terms.addresses import FIRST_WORDS, slug_of

Incoming = TypeVar("Incoming", IncomingSection, IncomingTopic, IncomingPerson)

_LONGEST_SECTION_SLUG = 50
_ROOM_FOR_A_NUMBER = 5


def bring_in_sections(
    wanted: Iterable[IncomingSection], *, tell: bool = True
) -> dict[IncomingSection, int]:
    """The section of each, found by its slug or else its name; made where there is none.

    A slug the site uses itself gets “-news” behind it. A parent that is not among them must be there.
    """
    position = Section.objects.aggregate(last=Max("position"))["last"] or 0
    slugs = dict(Section.objects.values_list("slug", "pk"))

    def make(each: IncomingSection, slug: str) -> int:
        nonlocal position
        position += 1
        row = Section(
            slug=slug, name=each.name or slug, name_second=each.name_second, position=position,
            description=each.description, description_second=each.description_second,
            parent_id=slugs.get(each.parent),
        )  # fmt: skip
        _create(row, tell=tell)
        slugs[slug] = row.pk
        return int(row.pk)

    return _found_or_made(Section, wanted, make, _section_slug)


def bring_in_topics(
    wanted: Iterable[IncomingTopic], *, tell: bool = True
) -> dict[IncomingTopic, int]:
    """The topic of each, found by its slug or else its name; made where there is none."""

    def make(each: IncomingTopic, slug: str) -> int:
        row = Topic(
            slug=slug, name=each.name or slug, name_second=each.name_second,
            description=each.description, description_second=each.description_second,
        )  # fmt: skip
        _create(row, tell=tell)
        return int(row.pk)

    return _found_or_made(Topic, wanted, make, slug_of)


def bring_in_people(
    wanted: Iterable[IncomingPerson], pictures: PictureIds, *, tell: bool = True
) -> dict[IncomingPerson, int]:
    """The person of each, found by slug or else by name; made where there is none."""

    def make(each: IncomingPerson, slug: str) -> int:
        row = Person(
            slug=slug, name=each.name or slug, role=each.role, role_second=each.role_second,
            bio=each.bio, bio_second=each.bio_second, email=each.email,
            portrait_id=pictures[each.portrait] if each.portrait else None,
        )  # fmt: skip
        _create(row, tell=tell)
        return int(row.pk)

    return _found_or_made(Person, wanted, make, slug_of)


def _create(row: models.Model, *, tell: bool) -> None:
    """Row and audit line, and a section's fronts; as the desk's own screens do, if it is to be told."""
    action = action_registry.get_action_class(type(row), "create") if tell else CreateAction
    action(row).execute(skip_permission_checks=True)
    if isinstance(row, Section):
        set_up_fronts()


def _found_or_made(
    model: type[models.Model],
    wanted: Iterable[Incoming],
    make: Callable[[Incoming, str], int],
    spell: Callable[[str], str],
) -> dict[Incoming, int]:
    """The row of each. One query where all are there; one more for each made, or with a number behind its slug.

    Two names may be spelled by the same slug: the later one gets a number.
    """
    open_ = list(dict.fromkeys(wanted))
    found: dict[Incoming, int] = {}
    number = 1
    while open_:
        slugs = {each: _numbered(_base(each, spell), number) for each in open_}
        by_slug, by_name = _rows(model, slugs.values(), [each.name for each in open_])
        still_open = []
        for each in open_:
            slug, name = slugs[each], _plain(each.name)
            if each.slug and slug in by_slug:
                found[each] = by_slug[slug]
            elif not each.slug and name in by_name:
                found[each] = by_name[name]
            elif slug not in by_slug:
                found[each] = by_slug[slug] = by_name[name] = make(each, slug)
            else:
                still_open.append(each)
        open_, number = still_open, number + 1
    return found


def _rows(
    model: type[models.Model], slugs: Iterable[str], names: Iterable[str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Rows of these slugs or exactly these names in either language, by slug and by name."""
    second = "name" if model is Person else "name_second"
    known = list(names)
    rows = model._default_manager.filter(  # noqa: SLF001
        Q(slug__in=list(slugs)) | Q(name__in=known) | Q(**{f"{second}__in": known})
    )
    by_slug: dict[str, int] = {}
    by_name: dict[str, int] = {}
    for pk, slug, name, other in rows.order_by("-pk").values_list("pk", "slug", "name", second):
        by_slug[slug] = by_name[_plain(name)] = by_name[_plain(other)] = pk
    by_name.pop("", None)
    return by_slug, by_name


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _base(each: Any, spell: Callable[[str], str]) -> str:
    slug = spell(each.slug or each.name)
    if slug:
        return slug
    # A name without one Latin letter: the same name is spelled by the same slug at every arrival.
    return "x-" + hashlib.blake2b(_plain(each.name).encode(), digest_size=5).hexdigest()


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug[: 80 - _ROOM_FOR_A_NUMBER].rstrip('-')}-{number}"


def _section_slug(text: str) -> str:
    slug = slug_of(text)[: _LONGEST_SECTION_SLUG - _ROOM_FOR_A_NUMBER].rstrip("-")
    is_taken = slug in FIRST_WORDS or len(slug) == 2  # noqa: PLR2004  a language's own prefix
    return f"{slug}-news" if is_taken else slug
