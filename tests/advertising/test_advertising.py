"""What stands in a placement, from when to when."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from tajuk.advertising.actions import save_advertisement
from tajuk.advertising.models import Advertisement
from tajuk.advertising.queries import PlacementName, next_change, running
from tajuk.outbox.models import OutboxMessage
from tajuk.terms.language import Language
from tests.standing_matter import NOON, picture

ID, EN = Language.INDONESIAN, Language.ENGLISH
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def advertisement(headline: str = "Kopi Sewulan", **fields: Any) -> Advertisement:
    return Advertisement.objects.create(**{
        "placement": "story", "advertiser": "Sewulan", "headline": headline, "url": "https://sewulan.example",
        "picture": picture(), "starts_at": NOON - HOUR, **fields,
    })  # fmt: skip


def test_every_placement_of_the_model_is_one_of_a_page() -> None:
    assert {each.value for each in Advertisement.Placement} == {
        each.value for each in PlacementName
    }


def test_the_running_advertisement_that_began_last_is_shown() -> None:
    advertisement("Lama", starts_at=NOON - 2 * HOUR)
    advertisement("Baru")
    advertisement("Mulai sekarang", placement="aside", starts_at=NOON)
    advertisement("Nanti", starts_at=NOON + HOUR)
    advertisement("Habis", starts_at=NOON - HOUR, ends_at=NOON)
    advertisement("Mati", active=False)
    shown = running(ID, now=NOON)
    assert {place: each.headline for place, each in shown.items()} == {
        PlacementName.STORY: "Baru", PlacementName.ASIDE: "Mulai sekarang",
    }  # fmt: skip


def test_the_second_edition_reads_its_own_headline_where_there_is_one() -> None:
    advertisement("Kopi", headline_second="Coffee")
    assert running(EN, now=NOON)[PlacementName.STORY].headline == "Coffee"
    assert running(ID, now=NOON)[PlacementName.STORY].headline == "Kopi"


def test_the_next_change_is_the_next_start_or_end() -> None:
    assert next_change(after=NOON) is None
    advertisement(ends_at=NOON + 3 * HOUR)
    advertisement(starts_at=NOON + 2 * HOUR, active=False)
    assert next_change(after=NOON) == NOON + 3 * HOUR
    advertisement(starts_at=NOON + HOUR)
    assert next_change(after=NOON) == NOON + HOUR


def test_an_advertisement_that_ends_before_it_starts_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError, match="an_advertisement_ends_after_it_starts"):
        advertisement(ends_at=NOON - 2 * HOUR)


def test_saving_and_deleting_an_advertisement_is_told() -> None:
    made = Advertisement(
        placement="story", advertiser="Sewulan", headline="Kopi", url="https://sewulan.example",
        picture=picture(), starts_at=NOON,
    )  # fmt: skip
    save_advertisement(made, acting_user=None)
    made.delete()
    assert OutboxMessage.objects.filter(kind="AdvertisingChanged").count() == 2
