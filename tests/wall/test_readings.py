"""What the newsstand tells of signed-in readers: written down once, told to the store, refused from anybody else."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tajuk.accounts.models import User
from tajuk.contracts.messages import ReaderChanged
from tajuk.contracts.told import (
    ADDRESS,
    MOST,
    SEAL,
    Claim,
    Reading,
    Told,
    packed_told,
    seal_of,
    told_in,
)
from tajuk.edge.slots import Reader
from tajuk.edge.teller import MOST_WAITING, Teller
from tajuk.outbox.models import OutboxMessage
from tajuk.paywall.keyring import FILE_NAME, WatchedKeyRing, key_ring
from tajuk.paywall.meter import MeterCard
from tajuk.terms.clock import now
from tajuk.wall import queries
from tajuk.wall.actions import note_readings
from tajuk.wall.models import MeteredReading
from tests.edge.cards import a_pass
from tests.pressed_paper import PressedPaper
from tests.standing_matter import NOON, queries_of

DAY = timedelta(days=1)


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create_user("sari@uji.example", "sandi")


def test_what_a_reader_opened_is_written_down_once_and_their_row_follows(
    reader: User, paper: PressedPaper
) -> None:
    note_readings([Reading(reader.pk, 5, NOON), Reading(reader.pk, 6, NOON + DAY)], now=NOON + DAY)
    note_readings([Reading(reader.pk, 5, NOON + DAY)], now=NOON + DAY)
    assert list(MeteredReading.objects.values_list("story_id", "read_at")) == [
        (5, NOON), (6, NOON + DAY)
    ]  # fmt: skip
    assert queries.cards([reader.pk], now=NOON + DAY) == {reader.pk: MeterCard(NOON, (5, 6))}
    assert OutboxMessage.objects.filter(kind="ReaderChanged").count() == 1
    moment = now()
    note_readings([Reading(reader.pk, 9, moment)], now=moment)
    paper.tell(ReaderChanged(reader.pk))
    row = paper.store.reader(reader.pk)
    assert row is not None
    assert row.card is not None
    assert row.card.stories == (9,)


def test_a_story_read_again_after_its_window_is_counted_in_the_new_one(reader: User) -> None:
    later = NOON + 31 * DAY
    note_readings([Reading(reader.pk, 5, NOON)], now=NOON)
    assert queries.cards([reader.pk], now=later) == {}
    note_readings([Reading(reader.pk, 5, later)], now=later)
    assert queries.cards([reader.pk], now=later) == {reader.pk: MeterCard(later, (5,))}


def test_what_is_long_over_is_forgotten_and_of_nobody_nothing_is_kept(reader: User) -> None:
    note_readings([Reading(reader.pk, 5, NOON), Reading(reader.pk + 9, 5, NOON)], now=NOON)
    assert MeteredReading.objects.count() == 1
    note_readings([Reading(reader.pk, 6, NOON + 61 * DAY)], now=NOON + 61 * DAY)
    assert list(MeteredReading.objects.values_list("story_id", flat=True)) == [6]


def test_the_clock_of_the_newsstand_is_not_believed_beyond_now(reader: User) -> None:
    note_readings([Reading(reader.pk, 5, NOON + DAY)], now=NOON)
    assert MeteredReading.objects.get().read_at == NOON


def test_many_readers_cards_cost_as_much_as_ones(reader: User) -> None:
    note_readings([Reading(reader.pk, each, NOON) for each in range(5)], now=NOON)
    assert queries_of(lambda: queries.cards([reader.pk], now=NOON)) == 2
    assert queries_of(lambda: queries.cards(range(500), now=NOON)) == 2


def test_the_desk_hears_the_newsstand_and_nobody_else(reader: User, client: Client) -> None:
    ring = key_ring(settings.PAPER.folder / FILE_NAME, now=NOON)
    body = packed_told([Reading(reader.pk, 5, now())], [])

    def post(said: bytes, seal: str) -> int:
        headers = {SEAL: seal} if seal else {}
        answer = client.post(ADDRESS, said, content_type="application/json", headers=headers)
        return int(answer.status_code)

    seal = seal_of(body, ring)
    others = seal_of(packed_told([], []), ring)
    for said, wrong in ((body, ""), (body, "x"), (body, others), (body + b" ", seal), (body, "é")):
        assert post(said, wrong) == 404
    assert client.get(ADDRESS, headers={SEAL: seal}).status_code == 404
    assert not MeteredReading.objects.exists()
    assert post(body, seal) == 204
    assert post(body, seal) == 204  # told twice
    assert MeteredReading.objects.count() == 1


def test_a_batch_says_again_what_was_told(tmp_path: Path) -> None:
    ring = key_ring(tmp_path / FILE_NAME, now=NOON)
    readings, claims = (Reading(7, 5, NOON),), (Claim("googlebot", "2001:db8::1"),)
    body = packed_told(readings, claims)
    assert told_in(body, seal_of(body, ring), ring) == Told(readings, claims)


def test_the_newsstand_tells_again_until_the_desk_has_it_and_keeps_within_bounds(
    tmp_path: Path,
) -> None:
    ring = key_ring(tmp_path / FILE_NAME, now=NOON)
    heard: list[Told] = []
    answers = [False]

    async def tell(body: bytes, seal: str) -> bool:
        told = told_in(body, seal, ring)
        assert told is not None
        if answers:
            return answers.pop()
        heard.append(told)
        return True

    async def work() -> None:
        teller = Teller(WatchedKeyRing(tmp_path / FILE_NAME), tell)
        teller.start()
        reader = Reader(a_pass(7), card=MeterCard(NOON - DAY, (1, 2)))
        teller.read(reader, 3, now=NOON)
        teller.claim(Claim("bingbot", "203.0.113.9"), NOON)
        teller.claim(Claim("bingbot", "203.0.113.9"), NOON)
        async with asyncio.timeout(10):
            while not heard:
                await asyncio.sleep(0.01)
        assert set(heard[0].readings) == {
            Reading(7, 1, NOON - DAY), Reading(7, 2, NOON - DAY), Reading(7, 3, NOON)
        }  # fmt: skip
        assert heard[0].claims == (Claim("bingbot", "203.0.113.9"),)
        heard.clear()
        for story in range(MOST_WAITING + 5):
            teller.read(Reader(a_pass(7)), story, now=NOON)
        await teller.close()
        # Once more at the end; the oldest were let go.
        assert [len(each.readings) for each in heard] == [MOST]
        assert heard[0].readings[0].story_id == 5

    asyncio.run(work())
