"""Readers who pay, at a simulator of the providers that runs in a process of its own."""

import json
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from tajuk.accounts.models import User
from tajuk.contracts.messages import ReaderChanged, unpacked
from tajuk.outbox.models import OutboxMessage
from tajuk.site.commands.gateway_simulator import settings_for
from tajuk.subscriptions import append_only, cashier
from tajuk.subscriptions.actions.checkouts import open_checkout
from tajuk.subscriptions.actions.orders import place_order
from tajuk.subscriptions.models import Billing, Checkout, LedgerRow, Order, Plan, Price
from tajuk.subscriptions.queries import balances
from tajuk.subscriptions.types import GatewayName
from tajuk.terms.clock import now as read_clock
from tajuk.terms.language import Language
from tajuk.terms.money import Currency
from tests.running import free_port

ID = Language.INDONESIAN


@dataclass
class Simulator:
    """Where the providers are."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, told: Any = None) -> Any:
        """Its book, or something for it to do."""
        body = None if told is None else json.dumps(told).encode()
        with urllib.request.urlopen(
            urllib.request.Request(self.address + path, data=body), timeout=10
        ) as answer:
            return json.loads(answer.read())

    def pay(self, checkout: Checkout, **more: Any) -> None:
        """The reader pays at the provider."""
        told = {"provider": checkout.gateway, "reference": checkout.reference, **more}
        self.ask("/book/pay", told)

    def held(self, provider: str, currency: str = "IDR") -> int:
        """What the provider holds, in its own units."""
        return int(self.ask("/book")["held"].get(provider, {}).get(currency, 0))


@contextmanager
def running_simulator(*options: str, paper: str = "http://127.0.0.1:9") -> Iterator[Simulator]:
    """A simulator at work until the block ends; without a paper its notices go nowhere."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tajuk.site.commands", "gateway-simulator", "--port", str(port), "--paper", paper,
         "--tries", "1", *options],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    made = Simulator(port)
    try:
        give_up_at = time.monotonic() + 30
        while True:
            try:
                made.ask("/book")
                break
            except OSError:
                assert time.monotonic() < give_up_at, "the simulator did not start"
                time.sleep(0.05)
        yield made
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def providers() -> Iterator[Simulator]:
    """One for all tests of a session."""
    with running_simulator() as made:
        yield made


@pytest.fixture
def simulator(providers: Simulator, settings: Settings) -> Simulator:
    """The providers, and a paper that uses them."""
    keys: Any = settings_for("127.0.0.1", providers.port)
    settings.PAPER = replace(settings.PAPER, **keys)
    return providers


@pytest.fixture
def reader(db: None) -> User:
    """Somebody with an account."""
    return User.objects.create_user("ani@uji.example", "sandi", name="Ani Lestari")


@pytest.fixture
def plan(db: None) -> Plan:
    """A month of every story for Rp 49.000, tax of 11 % in it."""
    return a_plan()


def a_plan(name: str = "Harian", **fields: Any) -> Plan:
    """A plan with a price in rupiah."""
    amount, first = fields.pop("amount", 49_000), fields.pop("first_amount", None)
    made = Plan.objects.create(name=name, name_second=f"{name} in English", **fields)
    Price.objects.create(plan=made, currency="IDR", amount=amount, first_amount=first)
    return made


_keys = iter(range(1_000_000_000))


def ordered(reader: User, plan: Plan, **more: Any) -> Order:
    """An order of the reader's, as the form makes it."""
    given = {
        "currency": Currency.IDR,
        "language": ID,
        "now": read_clock(),
        "key": f"k{next(_keys)}",
    }
    return place_order(reader, plan, **{**given, **more})


def opened(order: Order, name: str = "midtrans", **more: Any) -> Checkout:
    """The order at a gateway."""
    made = open_checkout(
        order, GatewayName(name), return_url="http://testserver/back", now=more.get("now", read_clock())
    )  # fmt: skip
    assert not made.failure, made.failure
    return made


def paid(simulator: Simulator, order: Order, name: str = "midtrans", **more: Any) -> Checkout:
    """The order paid at a gateway, and the cashier told of it."""
    checkout = opened(order, name)
    simulator.pay(checkout, **more)
    looked_at(checkout)
    order.refresh_from_db()
    return checkout


def looked_at(checkout: Checkout, *, later: timedelta = timedelta(0)) -> Checkout:
    """The checkout, after the cashier has asked about it."""
    moment = read_clock() + later
    Checkout.objects.filter(pk=checkout.pk).update(ask_at=moment)
    cashier.work_once(moment)
    checkout.refresh_from_db()
    return checkout


def told_of() -> list[int]:
    """The readers of whom the outbox tells; it is empty afterwards."""
    rows = [unpacked(row.kind, row.payload) for row in OutboxMessage.objects.order_by("id")]
    OutboxMessage.objects.all().delete()
    return [each.reader_id for each in rows if isinstance(each, ReaderChanged)]


def ledger() -> dict[str, int]:
    """Every account that isn't at nothing; over all of them the sum is."""
    found = balances()
    assert sum(each.amount for each in found) == 0
    return {each.account.value: each.amount for each in found if each.amount}


def rows() -> int:
    """How many rows stand in the ledger."""
    return LedgerRow.objects.count()


def bill(**fields: Any) -> Billing:
    """What the manager set."""
    made: Billing = Billing.load()
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


@pytest.fixture
def clearable(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A database that several threads write to at once, and that is as it was afterwards."""
    if connection.vendor == "sqlite":
        yield from _in_a_file(tmp_path / "uji.sqlite3")
        return
    yield
    # Rows of money are cleared away, as no paper may.
    with connection.cursor() as cursor:
        for statement in append_only.free(connection.vendor):
            cursor.execute(statement)
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        for statement in append_only.protect(connection.vendor):
            cursor.execute(statement)


def _in_a_file(path: Path) -> Iterator[None]:
    """The tests' own database is in memory, where threads get in each other's way as in no file."""
    connection.ensure_connection()
    name, memory = connection.settings_dict["NAME"], connection.connection
    with closing(sqlite3.connect(path)) as copy:
        memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name
