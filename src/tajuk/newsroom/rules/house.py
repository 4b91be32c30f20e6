"""Who may change what belongs to the whole house: sections, topics, people, fronts, house pages."""

from enum import StrEnum
from typing import assert_never

from tajuk.newsroom.rules.roles import Role, Standing
from tajuk.terms.ids import SectionId


class Matter(StrEnum):
    """What is changed."""

    SECTION = "section"
    TOPIC = "topic"
    PERSON = "person"
    FRONT = "front"
    HOUSE_PAGE = "house page"


def least_role(matter: Matter, action: str) -> Role | None:
    """The lowest role that may do this; None: nobody may.

    `action` is one of Wagtail's words: add, change, delete, publish, view.
    """
    match matter:
        case Matter.TOPIC | Matter.PERSON:
            return Role.MANAGING_EDITOR if action == "delete" else Role.EDITOR
        case Matter.FRONT:
            # Every front there can be is there: `actions.set_up_fronts` makes them.
            return None if action in {"add", "delete"} else Role.EDITOR
        case Matter.SECTION | Matter.HOUSE_PAGE:
            return Role.MANAGING_EDITOR
        case _:
            assert_never(matter)


def is_whole_papers(matter: Matter, action: str) -> bool:
    """Whether the role has to be held in the whole paper; otherwise one section is enough."""
    match matter:
        case Matter.SECTION:
            return action in {"add", "delete"}
        case Matter.HOUSE_PAGE:
            return True
        case Matter.TOPIC | Matter.PERSON:
            return action == "delete"
        case Matter.FRONT:
            return False
        case _:
            assert_never(matter)


def may_somewhere(standing: Standing, matter: Matter, action: str) -> bool:
    """Whether somebody of this standing may do this to some matter of the kind."""
    role, least = standing.anywhere(), least_role(matter, action)
    if is_whole_papers(matter, action):
        role = standing.everywhere
    return role is not None and least is not None and role >= least


def may_here(standing: Standing, matter: Matter, action: str, section_id: SectionId | None) -> bool:
    """Whether somebody of this standing may do this to a matter of this section.

    None is the whole paper: the home front.
    """
    role, least = standing.in_section(section_id), least_role(matter, action)
    if is_whole_papers(matter, action):
        role = standing.everywhere
    return role is not None and least is not None and role >= least
