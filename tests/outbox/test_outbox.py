"""A fact that was committed is told, whatever dies on the way."""

import threading
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from tajuk.contracts.messages import (
    KINDS,
    GalleryChanged,
    Message,
    StoriesImported,
    StoryKilled,
    StoryPublished,
    StoryUnpublished,
    UnknownMessageError,
    packed,
    unpacked,
)
from tajuk.outbox import actions
from tajuk.outbox.bell import Bell, bell_path, ring
from tajuk.outbox.models import Lease, OutboxMessage
from tajuk.outbox.queries import is_something_due, undelivered, wait_until_delivered
from tajuk.outbox.scheduler import LEASE, give_lease_back, keep_time, take_lease
from tajuk.outbox.worker import Flow, Step, deliver_due, work
from tajuk.terms.clock import now
from tajuk.terms.ids import GalleryId, StoryId

PUBLISHED = StoryPublished(StoryId(7))


def put(message: Message = PUBLISHED) -> None:
    with transaction.atomic():
        actions.put(message)


@pytest.mark.parametrize("kind", list(KINDS.values()), ids=list(KINDS))
def test_every_message_survives_its_journey_through_json(kind: type[Message]) -> None:
    examples = {"int": 1, "str": "a", "tuple[str, ...]": ("/a", "/b"), "tuple[int, ...]": (1, 2)}
    fields = kind.__dataclass_fields__.values()
    message = kind(**{field.name: _example(str(field.type), examples) for field in fields})
    name, payload = packed(message)
    as_json_gives_it = {k: list(v) if isinstance(v, tuple) else v for k, v in payload.items()}
    assert unpacked(name, as_json_gives_it | {"written_by_a_newer_release": 1}) == message


def _example(type_name: str, examples: dict[str, object]) -> object:
    return next((value for name, value in examples.items() if name in type_name), 1)


def test_a_message_of_a_newer_release_says_what_to_do() -> None:
    with pytest.raises(UnknownMessageError, match="upgrade"):
        unpacked("StoryTranslatedByMachine", {})


@pytest.mark.django_db(transaction=True)
def test_a_message_outside_a_transaction_is_refused() -> None:
    with pytest.raises(actions.NotInATransactionError, match="transaction"):
        actions.put(PUBLISHED)
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_is_not_told() -> None:
    with transaction.atomic():
        actions.put(PUBLISHED)
        transaction.set_rollback(rollback=True)
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_message_is_taken_to_all_its_steps_in_order_and_leaves() -> None:
    seen: list[tuple[object, ...]] = []
    flow: Flow = {
        StoryPublished: [
            lambda told: seen.append(("press", *told)), lambda told: seen.append(("search", *told)),
        ]
    }  # fmt: skip
    put()
    assert deliver_due(flow, by="here") == 1
    assert seen == [("press", PUBLISHED), ("search", PUBLISHED)]
    assert undelivered().count == 0


@pytest.mark.django_db(transaction=True)
def test_a_failing_step_keeps_its_message_and_lets_the_others_pass() -> None:
    seen: list[Message] = []

    def fail(_: Sequence[Message]) -> None:
        raise OSError("disk full")

    put()
    put(GalleryChanged(GalleryId(3)))
    deliver_due({StoryPublished: [fail], GalleryChanged: [seen.extend]}, by="here")
    assert seen == [GalleryChanged(GalleryId(3))]
    left = OutboxMessage.objects.get()
    assert "disk full" in left.last_error
    assert "disk full" in undelivered().last_error
    assert left.due_at > left.put_at
    assert deliver_due({}, by="here") == 0, "it is not tried again at once"
    OutboxMessage.objects.update(due_at=left.put_at)
    deliver_due({StoryPublished: [seen.extend]}, by="here")
    assert seen[-1] == PUBLISHED


def burst(count: int) -> list[StoryPublished]:
    """So many publications, all put down."""
    told = [StoryPublished(StoryId(number)) for number in range(count)]
    for each in told:
        put(each)
    return told


@pytest.mark.django_db(transaction=True)
def test_messages_of_a_burst_are_taken_to_their_steps_together() -> None:
    told = burst(200)
    put(GalleryChanged(GalleryId(3)))
    killed = StoryKilled(StoryId(500))
    put(killed)
    groups: list[list[Message]] = []
    story: list[Step] = [lambda told: groups.append(list(told))]
    gallery: list[Step] = [lambda told: groups.append(list(told))]
    flow: Flow = {StoryPublished: story, StoryKilled: story, GalleryChanged: gallery}
    assert deliver_due(flow, by="here") == 202
    assert groups == [[*told, killed], [GalleryChanged(GalleryId(3))]]
    assert undelivered().count == 0


@pytest.mark.django_db(transaction=True)
def test_one_message_that_fails_in_a_burst_is_left_alone_and_soon_found() -> None:
    told = burst(200)
    poison, delivered, tries = told[77], set[Message](), 0

    def press(messages: Sequence[Message]) -> None:
        nonlocal tries
        tries += 1
        if poison in messages:
            raise ValueError("cannot be pressed")
        delivered.update(messages)

    deliver_due({StoryPublished: [press]}, by="here")
    assert delivered == set(told) - {poison}
    assert tries < 20, "halves, not one by one"
    left = OutboxMessage.objects.get()
    assert left.payload == {"story_id": 77}
    assert "cannot be pressed" in left.last_error


@pytest.mark.django_db(transaction=True)
def test_what_is_put_down_meanwhile_goes_before_what_could_wait() -> None:
    seen: list[str] = []

    def press_import(_: Sequence[Message]) -> Iterator[None]:
        for batch in range(3):
            seen.append(f"batch {batch} of the import")
            if batch == 0:
                put()  # an editor publishes just then
            yield

    def index(_: Sequence[Message]) -> None:
        seen.append("index of the import")

    def press_story(_: Sequence[Message]) -> None:
        seen.append("story")

    put(StoriesImported((1, 2)))
    flow: Flow = {StoriesImported: [press_import, index], StoryPublished: [press_story]}
    assert deliver_due(flow, by="here") == 2
    assert seen == [
        "batch 0 of the import", "index of the import", "story",
        "batch 1 of the import", "batch 2 of the import",
    ]  # fmt: skip
    assert undelivered().count == 0


@pytest.mark.django_db(transaction=True)
def test_a_message_whose_later_batches_fail_or_are_not_reached_stays() -> None:
    stop = threading.Event()

    def fail_later(_: Sequence[Message]) -> Iterator[None]:
        yield
        raise OSError("disk full")

    def end_meanwhile(_: Sequence[Message]) -> Iterator[None]:
        stop.set()
        yield

    put()
    deliver_due({StoryPublished: [fail_later]}, by="here")
    assert "disk full" in OutboxMessage.objects.get().last_error
    OutboxMessage.objects.update(due_at=now(), last_error="")
    deliver_due({StoryPublished: [end_meanwhile]}, by="here", stop=stop)
    left = OutboxMessage.objects.get()
    assert (left.last_error, left.claimed_until) == ("", None), "given back unfinished"


@pytest.mark.django_db(transaction=True)
def test_what_failed_before_does_not_go_with_what_is_new() -> None:
    groups: list[list[Message]] = []
    put()
    OutboxMessage.objects.update(last_error="ValueError: cannot be pressed")
    put(StoryPublished(StoryId(8)))
    deliver_due({StoryPublished: [lambda told: groups.append(list(told))]}, by="here")
    assert groups == [[PUBLISHED], [StoryPublished(StoryId(8))]]


@pytest.mark.django_db(transaction=True)
def test_a_message_nobody_can_read_waits_for_an_upgrade_and_holds_up_nothing() -> None:
    seen: list[Message] = []
    put()
    OutboxMessage.objects.create(kind="StoryTranslated", payload={}, put_at=now(), due_at=now())
    put(StoryPublished(StoryId(8)))
    deliver_due({StoryPublished: [seen.extend]}, by="here")
    assert seen == [PUBLISHED, StoryPublished(StoryId(8))]
    assert "upgrade" in OutboxMessage.objects.get().last_error


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_end_finishes_what_it_has_begun_and_gives_back_the_rest() -> None:
    stop, seen = threading.Event(), list[Message]()

    def press(messages: Sequence[Message]) -> None:
        seen.extend(messages)
        stop.set()

    put()
    put(GalleryChanged(GalleryId(3)))
    deliver_due({StoryPublished: [press], GalleryChanged: [seen.extend]}, by="here", stop=stop)
    assert seen == [PUBLISHED]
    left = OutboxMessage.objects.get()
    assert (left.kind, left.claimed_until) == ("GalleryChanged", None)


@pytest.mark.django_db(transaction=True)
def test_a_long_delivery_keeps_its_claims_but_not_on_what_failed_meanwhile() -> None:
    put()
    put(GalleryChanged(GalleryId(3)))
    moment = now()
    story, gallery = actions.claim(by="a", now=moment, at_most=5)
    actions.failed(gallery, OSError("disk full"), now=moment)
    actions.hold([story, gallery], now=moment + actions.CLAIM)
    later = moment + actions.CLAIM * 1.5
    assert [row.pk for row in actions.claim(by="b", now=later, at_most=5)] == [gallery.pk]


@pytest.mark.django_db(transaction=True)
def test_a_message_claimed_by_one_worker_is_not_given_to_another_until_the_claim_runs_out() -> None:
    put()
    moment = now()
    assert len(actions.claim(by="a", now=moment, at_most=5)) == 1
    assert actions.claim(by="b", now=moment, at_most=5) == []
    assert len(actions.claim(by="b", now=moment + actions.CLAIM * 2, at_most=5)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_starts_again_gets_what_its_dead_predecessor_held() -> None:
    put()
    actions.claim(by="here", now=now(), at_most=5)
    seen: list[Message] = []
    stop = threading.Event()

    def step(messages: Sequence[Message]) -> None:
        seen.extend(messages)
        stop.set()

    with Bell(bell_path()) as bell:
        work({StoryPublished: [step]}, bell, stop, by="here")
    assert seen == [PUBLISHED]


@pytest.mark.django_db(transaction=True)
def test_a_commit_wakes_the_worker() -> None:
    with Bell(bell_path()) as bell:
        put()
        began = now()
        bell.wait(5)
    assert now() - began < timedelta(seconds=4)


def test_ringing_where_nobody_listens_does_no_harm() -> None:
    bell_path().unlink(missing_ok=True)
    ring()


@pytest.mark.django_db(transaction=True)
def test_waiting_for_delivery_ends_when_it_is_delivered_and_gives_up_in_time() -> None:
    with actions.noting_what_is_put() as ids:
        put(StoryUnpublished(StoryId(1), ("/a",)))
    assert not wait_until_delivered(ids, at_most=timedelta(milliseconds=30))
    deliver_due({StoryUnpublished: []}, by="here")
    assert wait_until_delivered(ids, at_most=timedelta(milliseconds=30))


@pytest.mark.django_db(transaction=True)
def test_only_one_holds_the_lease_until_it_is_given_back_or_runs_out() -> None:
    moment = now()
    assert take_lease("a", now=moment)
    assert take_lease("a", now=moment), "its holder renews it"
    assert take_lease("b", now=moment) is None
    assert take_lease("b", now=moment + LEASE * 2)
    give_lease_back("a")
    assert take_lease("a", now=moment + LEASE * 2) is None, "a can't give back what b holds"
    give_lease_back("b")
    assert take_lease("a", now=moment)


@pytest.mark.django_db(transaction=True)
def test_a_duty_that_fails_does_not_keep_the_others_from_their_hour() -> None:
    stop = threading.Event()

    def fail(_: object) -> None:
        raise ValueError

    def last(_: object) -> None:
        stop.set()

    keep_time([fail, last], stop, holder="here")
    assert stop.is_set()
    assert not Lease.objects.exists(), "a clean end gives the lease back"


@pytest.mark.django_db(transaction=True)
def test_the_clock_ticks_at_the_moment_foreseen_and_not_before() -> None:
    stop, ticks = threading.Event(), list[datetime]()
    due = now() + timedelta(milliseconds=300)

    def note(moment: datetime) -> None:
        ticks.append(moment)
        if moment >= due:
            stop.set()

    def foresee(after: datetime) -> datetime | None:
        return due if due > after else None

    keep_time([note], stop, holder="here", foresights=[foresee])
    assert due <= ticks[-1] < due + timedelta(milliseconds=500)
    assert len(ticks) <= 4, "it sleeps until then"


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_another_try_is_not_due() -> None:
    moment = now()
    assert not is_something_due(moment)
    put()
    assert is_something_due(now())
    OutboxMessage.objects.update(due_at=moment + timedelta(minutes=1))
    assert not is_something_due(now())
