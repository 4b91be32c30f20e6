"""Readers of a paper with a store and a key ring of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.fixtures import Settings

from tajuk.accounts.models import User
from tajuk.contracts.messages import ReaderChanged, unpacked
from tajuk.contracts.readers import ReaderRow
from tajuk.outbox.models import OutboxMessage
from tajuk.paywall.keyring import FILE_NAME, key_ring
from tajuk.paywall.passes import PASS_COOKIE, opened_pass
from tajuk.paywall.types import ReaderPass
from tajuk.terms.clock import now
from tests.circulation.invented import Plans, plans
from tests.pressed_paper import PressedPaper, pressed_paper

PASSWORD = "sandi-pembaca"


@pytest.fixture
def paper(tmp_path: Path, settings: Settings) -> Iterator[PressedPaper]:
    """A newspaper with an empty page store."""
    settings.PAPER = replace(settings.PAPER, folder=tmp_path)
    with pressed_paper() as made:
        yield made


@pytest.fixture
def reader(db: None, paper: PressedPaper) -> User:
    """Somebody with an account."""
    return User.objects.create_user("ani@uji.example", PASSWORD, name="Ani Lestari")


SignIn = Callable[..., ReaderPass]


@pytest.fixture
def sign_in(reader: User) -> SignIn:
    """Signs a browser in by the form; the pass it holds then."""

    def signed_in(client: Client, **more: str) -> ReaderPass:
        told = {"email": reader.email, "password": PASSWORD, **more}
        assert client.post("/account/sign-in", told).status_code == 303
        return held(client)

    return signed_in


def held(client: Client) -> ReaderPass:
    """The pass in a browser's cookie."""
    found = pass_in(client)
    assert found is not None, "the browser holds no pass of ours"
    return found


def pass_in(client: Client) -> ReaderPass | None:
    """The same, or None."""
    cookie = client.cookies.get(PASS_COOKIE)
    ring = key_ring(settings.PAPER.folder / FILE_NAME, now=now())
    return opened_pass(cookie.value.encode(), ring) if cookie else None


def told() -> list[int]:
    """The readers of whom the outbox tells, in order; it is empty afterwards."""
    rows = list(OutboxMessage.objects.order_by("id"))
    OutboxMessage.objects.all().delete()
    messages = [unpacked(row.kind, row.payload) for row in rows]
    return [each.reader_id for each in messages if isinstance(each, ReaderChanged)]


def row_of(paper: PressedPaper, reader_id: int) -> ReaderRow:
    """The reader as the store knows them when the worker has had what stands in the outbox."""
    paper.tell(*(ReaderChanged(each) for each in dict.fromkeys(told())))
    row = paper.store.reader(reader_id)
    assert row is not None, "the store has not heard of the reader"
    return row


@pytest.fixture
def ani(db: None) -> User:
    """A reader, for the circulation desk."""
    return User.objects.create_user("ani@uji.example", "sandi", name="Ani Lestari")


@pytest.fixture
def sold(db: None) -> Plans:
    """What can be subscribed to."""
    return plans()
