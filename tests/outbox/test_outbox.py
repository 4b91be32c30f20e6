"""A fact that was committed is told, whatever dies on the way."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction

from tajuk.contracts.messages import (
    KINDS,
    GalleryChanged,
    Message,
    StoryPublished,
    StoryUnpublished,
    UnknownMessageError,
    packed,
    unpacked,
)
from tajuk.outbox import actions
from tajuk.outbox.bell import Bell, bell_path, ring
from tajuk.outbox.models import Lease, OutboxMessage
from tajuk.outbox.queries import undelivered, wait_until_delivered
from tajuk.outbox.scheduler import LEASE, give_lease_back, keep_time, take_lease
from tajuk.outbox.worker import Flow, deliver_due, work
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
    seen: list[tuple[str, Message]] = []
    flow: Flow = {
        StoryPublished: [lambda m: seen.append(("press", m)), lambda m: seen.append(("search", m))]
    }
    put()
    assert deliver_due(flow, by="here") == 1
    assert seen == [("press", PUBLISHED), ("search", PUBLISHED)]
    assert undelivered().count == 0


@pytest.mark.django_db(transaction=True)
def test_a_failing_step_keeps_its_message_and_lets_the_others_pass() -> None:
    seen: list[Message] = []

    def fail(_: Message) -> None:
        raise OSError("disk full")

    put()
    put(GalleryChanged(GalleryId(3)))
    deliver_due({StoryPublished: [fail], GalleryChanged: [seen.append]}, by="here")
    assert seen == [GalleryChanged(GalleryId(3))]
    left = OutboxMessage.objects.get()
    assert "disk full" in left.last_error
    assert "disk full" in undelivered().last_error
    assert left.due_at > left.put_at
    assert deliver_due({}, by="here") == 0, "it is not tried again at once"
    OutboxMessage.objects.update(due_at=left.put_at)
    deliver_due({StoryPublished: [seen.append]}, by="here")
    assert seen[-1] == PUBLISHED


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

    def step(message: Message) -> None:
        seen.append(message)
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
