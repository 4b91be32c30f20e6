"""Who may do what to a story: the roles of a section, and what each may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import assert_never

from tajuk.terms.ids import SectionId, UserId


class Role(IntEnum):
    """The roles of a section, in rising order: each may do what those below it may."""

    REPORTER = 1
    EDITOR = 2
    MANAGING_EDITOR = 3


class Verb(StrEnum):
    """What can be done to a story; Wagtail's words where it has them."""

    ADD = "add"
    VIEW = "view"
    CHANGE = "change"
    LOCK = "lock"
    UNLOCK = "unlock"
    PUBLISH = "publish"
    CORRECT = "correct"
    KILL = "kill"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Standing:
    """What one user is in the house: the highest role in the whole paper, and in single sections."""

    user_id: UserId | None = None
    everywhere: Role | None = None
    sections: Mapping[SectionId, Role] = field(default_factory=dict)

    def in_section(self, section_id: SectionId | None) -> Role | None:
        """The highest role held in this section."""
        held = [self.everywhere, self.sections.get(section_id) if section_id else None]
        return max((role for role in held if role is not None), default=None)

    def anywhere(self) -> Role | None:
        """The highest role held in any section."""
        held = [self.everywhere, *self.sections.values()]
        return max((role for role in held if role is not None), default=None)


@dataclass(frozen=True, slots=True)
class StoryInQuestion:
    """What the rules have to know of a story."""

    section_id: SectionId | None
    owner_id: UserId | None
    was_published: bool


def least_role(verb: Verb) -> Role:
    """The lowest role that may do this to some story of its section."""
    match verb:
        case Verb.ADD | Verb.VIEW | Verb.CHANGE | Verb.LOCK | Verb.DELETE:
            return Role.REPORTER
        case Verb.UNLOCK | Verb.PUBLISH | Verb.CORRECT:
            return Role.EDITOR
        case Verb.KILL:
            return Role.MANAGING_EDITOR
        case _:
            assert_never(verb)


def may(standing: Standing, verb: Verb, story: StoryInQuestion) -> bool:
    """Whether somebody of this standing may do this to this story.

    What readers have seen is killed in the open rather than deleted, so only managing editors delete it;
    an unpublished draft is deleted by its owner or an editor.
    """
    role = standing.in_section(story.section_id)
    if role is None or role < least_role(verb):
        return False
    if verb is not Verb.DELETE or role is Role.MANAGING_EDITOR:
        return True
    is_own = standing.user_id is not None and standing.user_id == story.owner_id
    return not story.was_published and (role is Role.EDITOR or is_own)


def spread(
    given: Iterable[tuple[SectionId | None, Role]], parents: Mapping[SectionId, SectionId | None]
) -> tuple[Role | None, dict[SectionId, Role]]:
    """The roles given, spread over the sections below: (in the whole paper, by section).

    `parents` maps every section to the one it is part of.
    """
    everywhere: Role | None = None
    direct: dict[SectionId, Role] = {}
    for section_id, role in given:
        if section_id is None:
            everywhere = max(role, everywhere or role)
        else:
            direct[section_id] = max(role, direct.get(section_id, role))
    held: dict[SectionId, Role] = {}
    for section_id in parents:
        chain = (direct.get(each) for each in _upwards(section_id, parents))
        highest = max((role for role in chain if role is not None), default=None)
        if highest is not None:
            held[section_id] = highest
    return everywhere, held


def _upwards(
    section_id: SectionId, parents: Mapping[SectionId, SectionId | None]
) -> Iterable[SectionId]:
    seen: set[SectionId] = set()
    at: SectionId | None = section_id
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = parents.get(at)
