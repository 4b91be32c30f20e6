"""What other departments may ask of the wall. Answers are frozen; costs are stated."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings

from tajuk.newsroom import queries as newsroom
from tajuk.paywall.meter import MeterCard, MeterPolicy, is_over
from tajuk.paywall.policy import WallPolicy, policy_of
from tajuk.wall.models import MeteredReading, WallRules
from tajuk.wall.rules import card_of, hosts_of, spread

__all__ = ["cards", "policy", "readers_on_the_meter"]


def policy() -> WallPolicy:
    """The policy of the wall: what the manager set, or what newspaper.toml says. One query, or three once it is set."""
    rules = WallRules.objects.filter(set_at__isnull=False).first()
    if rules is None:
        return policy_of(settings.PAPER)
    tree = newsroom.sections(settings.PAPER.first_language)
    given = {each.section_id: each.rule for each in rules.sections.all()}
    above = [(each.section_id, tree.above(each.section_id)) for each in tree]
    meter = None
    if rules.stories:
        meter = MeterPolicy(rules.stories, timedelta(days=rules.days), rules.unregistered)
    return WallPolicy(
        meter=meter,
        referrers=hosts_of(rules.referrers),
        sections=spread(given, above),
        verifies_crawlers=rules.verifies_crawlers,
    )


def cards(reader_ids: Collection[int], *, now: datetime) -> dict[int, MeterCard]:
    """What these readers have opened in the window of now. The queries of `policy`, and one."""
    meter = policy().meter
    if meter is None:
        return {}
    readings: dict[int, list[tuple[int, datetime]]] = {}
    rows = MeteredReading.objects.filter(reader__in=reader_ids, read_at__gt=now - 2 * meter.window)
    for reader_id, story_id, read_at in rows.values_list("reader_id", "story_id", "read_at"):
        readings.setdefault(reader_id, []).append((story_id, read_at))
    found: dict[int, MeterCard] = {}
    for reader_id, each in readings.items():
        card = card_of(each, meter)
        if card is not None and not is_over(card, meter, now=now):
            found[reader_id] = card
    return found


def readers_on_the_meter(start: datetime, end: datetime) -> int:
    """How many signed-in readers opened a metered story from `start` on, before `end`. One query.

    Readings older than two windows are forgotten, and a story read again counts at its last window only.
    """
    found = MeteredReading.objects.filter(read_at__gte=start, read_at__lt=end)
    return found.order_by().values("reader").distinct().count()
