"""What tests set in type before they begin: sections, people, topics, stories and pictures, written straight
to the tables. How the desk publishes is tested elsewhere; here only its result matters.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tajuk.newsroom.actions.listing import list_again
from tajuk.newsroom.models import (
    Byline,
    Correction,
    OtherSection,
    Person,
    Section,
    Source,
    Story,
    StoryTopic,
    Topic,
)
from tajuk.outbox.models import OutboxMessage
from tajuk.pictures.models import Gallery, GalleryItem, Picture
from tajuk.terms.addresses import slug_of

NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)
"""Noon in Jakarta, on a Tuesday."""


def section(slug: str = "maritim", *, part_of: Section | None = None, **fields: Any) -> Section:
    """A section, made once."""
    made, _ = Section.objects.get_or_create(
        slug=slug,
        defaults={
            "name": slug.title(), "name_second": f"{slug.title()} in English", "parent": part_of, **fields,
        },
    )  # fmt: skip
    return made


def topic(slug: str) -> Topic:
    """A topic, made once."""
    made, _ = Topic.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ")})
    return made


def person(name: str = "Ratri Wulandaru", **fields: Any) -> Person:
    """An author, made once."""
    made, _ = Person.objects.get_or_create(slug=slug_of(name), defaults={"name": name, **fields})
    return made


def paragraphs(*texts: str) -> list[dict[str, Any]]:
    """A body of paragraphs."""
    return [{"type": "paragraph", "value": f'<p data-block-key="k">{text}</p>'} for text in texts]


FOUR = paragraphs("Kapal tiba.", "Es habis.", "Harga naik.", "Malam turun.")


def story(headline: str = "Kapal tiba di dermaga", **given: Any) -> Story:
    """A published free story in Indonesian, an hour before noon unless said otherwise.

    `topics` are slugs, `people` names, `hours_ago` counts from noon, `sources` and `corrections` are rows' fields.
    """
    hours = given.pop("hours_ago", 1)
    topics, people = given.pop("topics", ()), given.pop("people", ())
    sources, corrections = given.pop("sources", ()), given.pop("corrections", ())
    others = given.pop("other_sections", ())
    fields: dict[str, Any] = {
        "language": "id", "headline": headline, "slug": slug_of(headline), "live": True,
        "published_at": NOON - timedelta(hours=hours), "body": given.pop("body", FOUR), **given,
    }  # fmt: skip
    fields.setdefault("section", None)
    fields["section"] = fields["section"] or section()
    made: Story = Story.objects.create(**fields)
    for order, slug in enumerate(topics):
        StoryTopic.objects.create(story=made, topic=topic(slug), sort_order=order)
    for order, name in enumerate(people):
        Byline.objects.create(story=made, person=person(name), sort_order=order)
    for order, source in enumerate(sources):
        Source.objects.create(story=made, sort_order=order, **source)
    for correction in corrections:
        Correction.objects.create(story=made, **correction)
    for order, other in enumerate(others):
        OtherSection.objects.create(story=made, section=other, sort_order=order)
    list_again([made.pk])
    return made


def picture(title: str = "dermaga", size: tuple[int, int] = (900, 600), **fields: Any) -> Picture:
    """A picture with a file, that came in long ago: its arrival is told already."""
    file = BytesIO()
    Image.new("RGB", size, "#20425c").save(file, "JPEG")
    defaults = {
        "description": f"Gambar {title}",
        "caption": f"Keterangan {title}",
        "agency": "Warta Selat",
    }
    made: Picture = Picture.objects.create(
        title=title,
        file=ContentFile(file.getvalue(), name=f"{title}.jpg"),
        **{**defaults, **fields},
    )
    OutboxMessage.objects.filter(kind="PictureArrived").delete()
    return made


def gallery(
    headline: str = "Pagi di dermaga", *, of: list[Picture], hours_ago: float = 2, **fields: Any
) -> Gallery:
    """A published gallery."""
    made: Gallery = Gallery.objects.create(
        **{
            "language": "id", "headline": headline, "slug": slug_of(headline), "live": True,
            "published_at": NOON - timedelta(hours=hours_ago), **fields,
        }
    )  # fmt: skip
    for order, each in enumerate(of):
        GalleryItem.objects.create(gallery=made, picture=each, sort_order=order)
    return made


@contextmanager
def counting() -> Iterator[CaptureQueriesContext]:
    """Counts the queries of the block: `len(counted)`."""
    with CaptureQueriesContext(connection) as counted:
        yield counted


def queries_of(read: Callable[[], Any]) -> int:
    """How many queries a read takes."""
    with counting() as counted:
        read()
    return len(counted)
