"""The names of everything pressed: one function for each stored thing, and for each thing a page depends on."""

from tajuk.contracts.pages import not_here, page_of_gallery, page_of_story, published_on
from tajuk.terms.ids import TopicId
from tajuk.terms.language import Language

__all__ = ["not_here", "page_of_gallery", "page_of_story", "published_on"]


def own(path: str, place: int) -> str:
    """The fragment of a page's own parts that begin at this place of its plan."""
    return f"own:{path}:{place}"


def body(path: str) -> str:
    """The fragment of a story with its whole body."""
    return f"body:{path}"


def closed(path: str) -> str:
    """The fragment of a story as far as anybody may read it, with the offer to readers nobody knows."""
    return f"closed:{path}"


def closed_to_signed_in(path: str) -> str:
    """The same with the offer to readers who are signed in."""
    return f"closed-to-signed-in:{path}"


def closed_to_register(path: str) -> str:
    """The same with the offer to readers who may go on once they have an account."""
    return f"closed-to-register:{path}"


def picks_of_topic(language: Language, topic_id: TopicId) -> str:
    """The fragment of a topic's newest stories, for readers who follow it. By its id, which outlives a new name."""
    return f"picks:{language}:{topic_id}"


def shared(language: Language, name: str) -> str:
    """The fragment of a part that many pages of an edition have."""
    return f"shared:{language}:{name}"


def story(story_id: int) -> str:
    """On every page and feed that shows this story, whole or as a teaser, or leads to it from a text or a translation."""
    return f"story-{story_id}"


def latest(language: Language) -> str:
    """On the pages of the latest stories."""
    return f"latest-{language}"


def section(slug: str) -> str:
    """On the fronts and lists of a section."""
    return f"section-{slug}"


def topic(slug: str) -> str:
    """On the lists of a topic."""
    return f"topic-{slug}"


def author(slug: str) -> str:
    """On the lists of a person."""
    return f"author-{slug}"


def front(language: Language, slug: str = "") -> str:
    """On a front; the home front has no slug."""
    return f"front-{language}-{slug or 'home'}"


def gallery(gallery_id: int) -> str:
    """On every page that shows this gallery."""
    return f"gallery-{gallery_id}"


def photos(language: Language) -> str:
    """On the pages of the photo index."""
    return f"photos-{language}"


def edition(language: Language) -> str:
    """On the editions of the days."""
    return f"epaper-{language}"


def house_page(slug: str) -> str:
    """On a house page."""
    return f"house-page-{slug}"


def document(name: str) -> str:
    """On a feed, a sitemap or another document for machines."""
    return f"document-{name}"
