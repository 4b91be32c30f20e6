"""An archive of synthetic stories, copied by the database itself from one that was published in the ordinary way.

Each story has what an edited story has: a revision, two audit lines, a byline, three topics, its rows in the
reference index and its row in the search index. 40 % of the stories stand in one of twelve sections.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from modelsearch.conf import get_app_config
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

from tajuk.newsroom.actions.publish_story import publish_story
from tajuk.newsroom.models import Byline, Person, Section, Story, StoryTopic, Topic
from tajuk.site.schema import bring_up_to_date
from tajuk.terms.clock import now

FAR = 10_000_000
"""Ids of copied rows begin here for tables other than the stories', so that they never meet the first story's."""
_AT_ONCE = 100_000
_WORDS = [
    "kapal",
    "garam",
    "tambak",
    "dermaga",
    "ombak",
    "nelayan",
    "pasar",
    "harga",
    "angin",
    "hujan",
    "jembatan",
    "pelabuhan",
    "kereta",
    "sekolah",
    "kebun",
    "rotan",
    "kopi",
    "lada",
    "pala",
    "cengkih",
    "sungai",
    "muara",
    "teluk",
    "tanjung",
    "mercusuar",
    "lentera",
    "perahu",
    "jala",
    "ikan",
    "cumi",
]


def found_archive(email: str, size: int, *, sections: int, topics: int) -> tuple[Story, Any]:
    """Fills an empty newspaper with `size` stories; the first of them, and the administrator of this address."""
    bring_up_to_date(settings.PAPER)
    user = get_user_model().objects.create_superuser(email, name="Juru Ukur")
    tree = [Section.objects.create(slug=f"seksi-{n}", name=f"Seksi {n}") for n in range(sections)]
    about = [Topic.objects.create(slug=f"topik-{n}", name=f"Topik {n}") for n in range(topics)]
    person = Person.objects.create(slug="penulis", name="Penulis")
    paragraph = (
        "<p>Kabar dari dermaga tentang garam, kapal dan harga yang naik lagi sejak pagi buta.</p>"
    )
    first = Story(language="id", section=tree[0], headline="Kabar pertama", owner=user)
    first.body = [("paragraph", paragraph * 3) for _ in range(12)]
    first.save()
    Byline.objects.create(story=first, person=person, sort_order=0)
    for place, topic in enumerate(about):
        StoryTopic.objects.create(story=first, topic=topic, sort_order=place)
    first.save_revision(user=user, log_action=True)
    publish_story(first, acting_user=user, now=now())
    first = Story.objects.get(pk=first.pk)
    copy_stories(first, size - 1)
    return first, user


def copy_stories(first: Story, count: int) -> None:
    """Makes `count` stories like `first`, with ids after it."""
    sections = list(Section.objects.order_by("pk").values_list("pk", flat=True))
    content_type = ContentType.objects.get_for_model(Story).pk
    for low in range(1, count + 1, _AT_ONCE):
        numbers = (first.pk + low, first.pk + min(low + _AT_ONCE - 1, count))
        with transaction.atomic():
            _copy_part(first, numbers, sections, content_type)
    _settle()


def _copy_part(
    first: Story, numbers: tuple[int, int], sections: list[int], content_type: int
) -> None:
    is_postgres = connection.vendor == "postgresql"
    text = "n::text" if is_postgres else "CAST(n AS TEXT)"
    headline = _headline()
    many = "CASE WHEN n % 10 < 4 THEN {} ELSE CASE n % 11 {} END END".format(
        sections[0],
        " ".join(f"WHEN {rest} THEN {pk}" for rest, pk in enumerate(sections[1:])),
    )
    ago = "interval '1 minute' * n" if is_postgres else "n"
    when = (
        f"published_at - {ago}"
        if is_postgres
        else f"datetime(published_at, '-' || {ago} || ' minutes')"
    )
    revision = Revision.objects.get(pk=first.latest_revision_id)
    _copy(
        Revision, f"id = {revision.pk}", numbers,
        {"id": f"n + {FAR}", "object_id": text, "object_str": headline},
    )  # fmt: skip
    _copy(
        Story, f"id = {first.pk}", numbers,
        {
            "id": "n", "headline": headline, "slug": f"'cerita-' || {text}", "section_id": many,
            "published_at": when, "latest_revision_id": f"n + {FAR}", "live_revision_id": f"n + {FAR}",
        },
    )  # fmt: skip
    for model in (Byline, StoryTopic):
        for place, pk in enumerate(model.objects.filter(story=first).values_list("pk", flat=True)):
            _copy(
                model, f"id = {pk}", numbers,
                {"id": f"n * 10 + {FAR} + {place}", "story_id": "n", "published_at": when},
            )  # fmt: skip
    own = f"content_type_id = {content_type} AND object_id = '{first.pk}'"
    for place, pk in enumerate(
        ModelLogEntry.objects.filter(content_type_id=content_type, object_id=str(first.pk))
        .order_by("pk")
        .values_list("pk", flat=True)[:2]
    ):
        _copy(
            ModelLogEntry, f"id = {pk}", numbers,
            {"id": f"n * 10 + {FAR} + {place}", "object_id": text, "label": headline, "revision_id": f"n + {FAR}"},
        )  # fmt: skip
    references = ReferenceIndex.objects.filter(
        base_content_type_id=content_type, object_id=str(first.pk)
    )
    for place, pk in enumerate(references.values_list("pk", flat=True)):
        _copy(
            ReferenceIndex,
            f"id = {pk}",
            numbers,
            {"id": f"n * 10 + {FAR} + {place}", "object_id": text},
        )
    entry = get_app_config().get_model("IndexEntry")
    words = {"id": f"n + {FAR}", "object_id": text}
    if is_postgres:
        words |= {
            "body": f"to_tsvector({headline})",
            "autocomplete": f"to_tsvector({headline})",
            "body_text": headline,
        }
    else:
        words |= {"body": headline, "autocomplete": headline}
    _copy(entry, own, numbers, words)


def _headline() -> str:
    def word(step: int) -> str:
        cases = " ".join(f"WHEN {rest} THEN '{each}'" for rest, each in enumerate(_WORDS))
        return f"CASE (n / {step}) % {len(_WORDS)} {cases} END"

    number = "n::text" if connection.vendor == "postgresql" else "CAST(n AS TEXT)"
    return f"('Kabar ' || {word(1)} || ' dan ' || {word(7)} || ' nomor ' || {number})"


def _copy(
    model: type[Model], where: str, numbers: tuple[int, int], given: Mapping[str, Any]
) -> None:
    """Copies one row once for each number `n`, with these columns spelled anew."""
    table = model._meta.db_table
    columns = [str(field.column) for field in model._meta.concrete_fields]
    source = ", ".join(str(given.get(column, f't."{column}"')) for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    low, high = numbers
    if connection.vendor == "postgresql":
        ahead, series = "", f"generate_series({low}, {high}) AS g(n)"
    else:
        ahead = f"WITH RECURSIVE g(n) AS (VALUES({low}) UNION ALL SELECT n + 1 FROM g WHERE n < {high}) "
        series = "g"
    statement = (
        f'INSERT INTO "{table}" ({names}) {ahead}SELECT {source} '
        f'FROM (SELECT * FROM "{table}" WHERE {where}) AS t CROSS JOIN {series}'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _settle() -> None:
    """What a database does by itself as an archive grows: statistics, and the next ids after the highest."""
    models = [
        Story,
        Revision,
        ModelLogEntry,
        ReferenceIndex,
        Byline,
        StoryTopic,
        get_app_config().get_model("IndexEntry"),
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("PRAGMA optimize")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
