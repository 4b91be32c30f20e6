"""Thousands of notices, doubled, late and in any order, forged ones among them, while the server is killed at random."""

import json
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tajuk.site.commands.gateway_simulator import settings_for
from tests.running import Newspaper, newspaper
from tests.subscriptions.conftest import Simulator, running_simulator

PAUSE = 6.0
"""Seconds at most between a start and the next kill."""

ORDER = """
import json, sys
from tajuk.accounts.models import User
from tajuk.subscriptions.actions.checkouts import open_checkout
from tajuk.subscriptions.actions.orders import place_order
from tajuk.subscriptions.models import Plan, Price
from tajuk.subscriptions.types import GatewayName
from tajuk.terms.clock import now
from tajuk.terms.language import Language
from tajuk.terms.money import Currency
plan, is_new = Plan.objects.get_or_create(name="Harian")
if is_new:
    Price.objects.create(plan=plan, currency="IDR", amount=49_000)
made = []
for number in range({first}, {last}):
    reader = User.objects.create(email=f"pembaca-{{number}}@uji.example", password="!")
    order = place_order(reader, plan, currency=Currency.IDR, key="drill", language=Language.INDONESIAN, now=now())
    ways = list(GatewayName)[:3]
    at = [open_checkout(order, ways[(number + each) % 3], return_url="http://127.0.0.1/", now=now())
          for each in range(2 if number % 10 == 7 else 1)]
    assert not any(each.failure for each in at), at[0].failure
    made.append({{"order": order.reference, "reader": reader.pk, "at": [[each.gateway, each.reference] for each in at]}})
print(json.dumps(made))
"""

IS_QUIET = """
import json
from datetime import timedelta
from tajuk.outbox.models import OutboxMessage
from tajuk.subscriptions.models import Checkout, Refund
from tajuk.terms.clock import now
soon = now() + timedelta(minutes=2)
print(json.dumps([Checkout.objects.filter(ask_at__lte=soon).count(), Refund.objects.filter(try_at__isnull=False).count(),
                  OutboxMessage.objects.count()]))
"""

WHAT_STANDS = """
import json
from django.conf import settings
from tajuk.circulation import queries as circulation
from tajuk.site.press_room import store
from tajuk.subscriptions.models import *
from tajuk.subscriptions.queries import balances
from tajuk.terms.clock import now
moment = now()
readers = list(Order.objects.values_list("reference", "reader_id"))
facts = circulation.reader_facts([each for _, each in readers], now=moment)
rows = {reference: store().reader(reader) for reference, reader in readers}
print(json.dumps({
    "states": dict(Order.objects.values_list("reference", "state")),
    "payments": list(Payment.objects.values_list("order__reference", "gateway", "provider_id", "judgement")),
    "refunds": list(Refund.objects.values_list("payment__provider_id", "state")),
    "reads": {reference: len(facts[reader].entitlements) for reference, reader in readers},
    "stored": {reference: len(row.entitlements) if row else 0 for reference, row in rows.items()},
    "receipts": sorted(Receipt.objects.values_list("number", flat=True)),
    "balances": [[each.account.value, each.currency.value, each.amount] for each in balances()],
    "notices": Notice.objects.count(), "forged": Notice.objects.filter(is_genuine=False).count(),
}))
"""


@contextmanager
def paper_with_providers(folder: Path, seed: int) -> Iterator[tuple[Newspaper, Simulator]]:
    with newspaper(folder / "harian", languages="id") as paper:
        disorder = (
            "--seed", str(seed), "--copies", "3", "--delay", "3", "--forged", "0.05", "--tries", "100",
            "--retry-after", "0.3",
        )  # fmt: skip
        with running_simulator(*disorder, paper=paper.address) as simulator:
            settings = paper.folder / "newspaper.toml"
            told = "".join(
                f'{key} = "{value}"\n'
                for key, value in settings_for("127.0.0.1", simulator.port).items()
            )
            settings.write_text(told + settings.read_text(encoding="utf-8"), encoding="utf-8")
            paper.start()
            yield paper, simulator


def kill_at_random(
    paper: Newspaper, stop: threading.Event, chance: random.Random, kills: list[str]
) -> None:
    """kill -9 of the desk, the worker or the newsstand, once the one before is up again and has worked a little."""
    while not stop.wait(chance.uniform(1, PAUSE)):
        if paper.get("/healthz").status != 200:
            continue
        stop.wait(chance.uniform(0, PAUSE))
        kill(paper, chance.choice(["desk", "worker", "newsstand"]), kills)


def kill(paper: Newspaper, kind: str, kills: list[str]) -> None:
    """kill -9 of one process of this kind, if there is one."""
    victims = [pid for pid, command in paper.children().items() if kind in command]
    if victims:
        subprocess.run(["kill", f"-{int(signal.SIGKILL)}", str(victims[0])], check=False)
        kills.append(kind)


def drill(folder: Path, *, orders: int, seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    with paper_with_providers(folder, seed) as (paper, simulator):
        made = []
        for first in range(0, orders, 150):
            last = min(first + 150, orders)
            made += paper.django(ORDER.format(first=first, last=last))
        stop, kills = threading.Event(), []
        killer = threading.Thread(target=kill_at_random, args=(paper, stop, chance, kills))
        begun = time.monotonic()
        killer.start()
        wrong = set()
        for number, each in enumerate(made):
            if number == len(made) // 2:
                kill(paper, "worker", kills)  # however soon all is done
            if number % 20 == 3:
                continue  # this reader never pays
            for way, reference in each["at"]:
                told = {"provider": way, "reference": reference}
                if number % 20 == 11 and way != "stripe":
                    told["units"] = 1_000
                    wrong.add(each["order"])
                simulator.ask("/book/pay", told)
        paper.wait_until(
            lambda: simulator.ask("/book")["waiting"] == 0, "every notice to be taken", seconds=1800
        )
        stop.set()
        killer.join()
        paper.wait_until(
            lambda: paper.django(IS_QUIET) == [0, 0, 0], "the cashier to be done", seconds=600
        )
        took = time.monotonic() - begun
        book = simulator.ask("/book")
        stands = paper.django(WHAT_STANDS)
    check(made, wrong, book, stands)
    return {
        "orders": orders, "sent": book["sent"], "taken": book["taken"], "forged": book["forged"], "notices": stands["notices"],
        "kills": len(kills), "seconds": round(took),
    }  # fmt: skip


def check(
    made: list[dict[str, Any]], wrong: set[str], book: dict[str, Any], stands: dict[str, Any]
) -> None:
    money = [(charge, each) for charge in book["charges"] for each in charge["money"]]
    recorded = [(gateway, number) for _, gateway, number, _ in stands["payments"]]
    # Stripe and Midtrans number the payment itself, Xendit the invoice.
    theirs = [
        (charge["provider"], charge["number"] if charge["provider"] == "xendit" else each["number"])
        for charge, each in money
    ]
    assert sorted(recorded) == sorted(theirs), "every payment recorded once, and none that was not"
    for number, each in enumerate(made):
        order = each["order"]
        should = "open" if number % 20 == 3 or order in wrong else "paid"
        assert stands["states"][order] == should, each
        assert stands["reads"][order] == stands["stored"][order] == (should == "paid"), each
    honoured = [each for each in stands["payments"] if each[3] == "honoured"]
    paid = sum(state == "paid" for state in stands["states"].values())
    assert len({each[0] for each in honoured}) == len(honoured) == paid
    assert stands["receipts"] == list(range(1, paid + 1)), "numbered without a gap"
    assert all(state == "done" for _, state in stands["refunds"])
    assert len(stands["refunds"]) == len(recorded) - paid
    assert sum(amount for _, _, amount in stands["balances"]) == 0
    ours = {name: amount for name, _, amount in stands["balances"]}
    for provider in ("midtrans", "xendit", "stripe"):
        units = 100 if provider == "stripe" else 1
        held = book["held"].get(provider, {}).get("IDR", 0)
        assert ours.get(f"at_{provider}", 0) * units == held, provider
    assert ours.get("owed_to_readers", 0) == 0
    assert book["forged_taken"] == 0
    assert stands["notices"] >= book["taken"]


@pytest.mark.processes
def test_no_payment_is_lost_or_doubled_by_two_hundred_notices_while_the_server_is_killed(
    tmp_path: Path,
) -> None:
    told = drill(tmp_path, orders=45, seed=20261126)
    assert told["taken"] >= 200
    assert told["kills"] >= 1


@pytest.mark.processes
@pytest.mark.prove
def test_no_payment_is_lost_or_doubled_by_ten_thousand_notices_while_the_server_is_killed(
    tmp_path: Path,
) -> None:
    told = drill(tmp_path, orders=2100, seed=7)
    print(json.dumps(told))  # noqa: T201  the figures
    assert told["taken"] >= 10_000
    assert told["kills"] >= 20
