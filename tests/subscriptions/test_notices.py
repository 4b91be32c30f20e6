"""What providers send: recorded raw, believed never."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client

from tajuk.accounts.models import User
from tajuk.site.commands.gateway_simulator import settings_for
from tajuk.subscriptions import cashier
from tajuk.subscriptions.models import Checkout, MoneyLine, Notice, Payment, Plan
from tajuk.terms.clock import now as read_clock
from tests.subscriptions.conftest import Simulator, opened, ordered

KEYS = settings_for("127.0.0.1", 1)


def midtrans(
    reference: str, *, key: str = KEYS["midtrans_server_key"], **more: Any
) -> dict[str, Any]:
    """A notification as Midtrans signs it."""
    told = {"order_id": reference, "status_code": "200", "gross_amount": "49000.00", **more}
    words = f"{told['order_id']}{told['status_code']}{told['gross_amount']}{key}"
    return {
        "transaction_status": "settlement",
        "signature_key": hashlib.sha512(words.encode()).hexdigest(),
        **told,
    }


def sent(client: Client, way: str, told: Any, **headers: str) -> int:
    """The status it is answered with."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return client.post(
        f"/api/payments/{way}", body, content_type="application/json", headers=headers
    ).status_code


def stripe_header(body: bytes, *, at: float, key: str = KEYS["stripe_webhook_secret"]) -> str:
    digest = hmac.new(key.encode(), f"{int(at)}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={int(at)},v0=old,v1={'0' * 64},v1={digest}"


def lines() -> list[str]:
    return list(MoneyLine.objects.order_by("id").values_list("happened", flat=True))


def test_a_genuine_notice_of_a_payment_that_never_was_opens_nothing(
    simulator: Simulator, client: Client, reader: User, plan: Plan
) -> None:
    checkout = opened(ordered(reader, plan))
    assert sent(client, "midtrans", midtrans(checkout.reference)) == 200
    assert Notice.objects.get().checkout == checkout
    cashier.work_once(read_clock())
    checkout.order.refresh_from_db()
    assert checkout.order.state == "open"
    assert not Payment.objects.exists()


def test_notices_in_any_number_and_order_are_one_asking(
    simulator: Simulator, client: Client, reader: User, plan: Plan
) -> None:
    checkout = opened(ordered(reader, plan))
    simulator.pay(checkout)
    for state in ("settlement", "pending", "expire", "settlement"):
        assert (
            sent(client, "midtrans", midtrans(checkout.reference, transaction_status=state)) == 200
        )
    assert Notice.objects.count() == 4
    assert cashier.work_once(read_clock()) >= 1
    checkout.refresh_from_db()
    assert checkout.asked_times == 1
    assert checkout.order.state == "paid"
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [{"gross_amount": "1.00"}, {"status_code": "201"}, {"order_id": "ANOTHER-1"}, {"signature_key": "0" * 128}],
)  # fmt: skip
def test_a_midtrans_notice_that_was_changed_is_forged(
    simulator: Simulator, client: Client, reader: User, plan: Plan, change: dict[str, str]
) -> None:
    checkout = opened(ordered(reader, plan))
    asked_before = Checkout.objects.get().ask_at
    assert sent(client, "midtrans", {**midtrans(checkout.reference), **change}) == 403
    assert sent(client, "midtrans", midtrans(checkout.reference, key="another")) == 403
    assert lines()[-2:] == ["notice_forged", "notice_forged"]
    assert Notice.objects.filter(is_genuine=False).count() == 2
    assert Checkout.objects.get().ask_at == asked_before


def test_xendit_is_known_by_its_token(
    simulator: Simulator, client: Client, reader: User, plan: Plan
) -> None:
    checkout = opened(ordered(reader, plan), "xendit")
    told = {"id": checkout.provider_id, "external_id": checkout.reference, "status": "PAID"}
    token = KEYS["xendit_callback_token"]
    for wrong in ({}, {"x-callback-token": ""}, {"x-callback-token": token + "0"}):
        assert sent(client, "xendit", told, **wrong) == 403
    assert sent(client, "xendit", told, **{"x-callback-token": token}) == 200
    kept = Notice.objects.get(is_genuine=True)
    assert token not in json.dumps(kept.headers)
    assert kept.checkout == checkout


def test_a_stripe_event_is_signed_over_its_very_bytes_and_grows_old(
    simulator: Simulator, client: Client, reader: User, plan: Plan
) -> None:
    checkout = opened(ordered(reader, plan), "stripe")
    what = {
        "object": "checkout.session",
        "id": checkout.provider_id,
        "client_reference_id": checkout.reference,
    }
    body = json.dumps({"object": "event", "data": {"object": what}}).encode()
    now = read_clock().timestamp()
    good = {"stripe-signature": stripe_header(body, at=now)}
    assert sent(client, "stripe", body, **good) == 200
    assert sent(client, "stripe", body.replace(b": ", b":"), **good) == 403
    for age in (301, -400):  # of the future with room: a busy machine comes nearer to it
        old = {"stripe-signature": stripe_header(body, at=now - age)}
        assert sent(client, "stripe", body, **old) == 403
    for header in ("", "t=,v1=", "v1=abc", f"t={int(now)}", "t=1,t=2,v1=a", "t=¹,v1=a"):
        assert sent(client, "stripe", body, **{"stripe-signature": header}) == 403
    assert lines().count("notice_stale") == 2
    assert lines().count("notice_forged") == 7


def test_a_notice_of_an_order_nobody_knows_leaves_a_line(
    simulator: Simulator, client: Client, db: None
) -> None:
    assert sent(client, "midtrans", midtrans("NOBODY-1")) == 200
    assert lines() == ["notice_of_unknown"]
    assert Notice.objects.get().checkout is None


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"order_id": null}', b'"\\u0000"', b"\0" * 9,
     b"[" * 60_000, b'{"order_id": "\\ud800", "status_code": "", "gross_amount": "", "signature_key": "\\ud800"}'],
)  # fmt: skip
@pytest.mark.parametrize("way", ["midtrans", "xendit", "stripe"])
def test_whatever_strangers_send_is_refused_cleanly(
    simulator: Simulator, client: Client, db: None, way: str, body: bytes
) -> None:
    assert sent(client, way, body) == 403
    assert Notice.objects.get().is_genuine is False


def test_what_xendit_sends_unreadable_is_taken_and_noted(
    simulator: Simulator, client: Client, db: None
) -> None:
    token = {"x-callback-token": KEYS["xendit_callback_token"]}
    odd = (b'{"external_id": "\\u0000"}', b'{"external_id": "\\ud800"}', b"[" * 60_000)
    for body in (b"{", b"[]", b'{"external_id": ""}', *odd):
        assert sent(client, "xendit", body, **token) == 200
    assert lines() == ["notice_unreadable"] * 6


def test_what_is_longer_than_a_notice_is_not_kept(
    simulator: Simulator, client: Client, db: None
) -> None:
    assert sent(client, "midtrans", b"x" * 70_000) == 413
    assert not Notice.objects.exists()


def test_a_provider_that_the_paper_does_not_use_is_not_here(client: Client, db: None) -> None:
    for way in ("midtrans", "bank", "stripe"):
        assert sent(client, way, b"{}") == 404
    assert client.get("/api/payments/bank").status_code == 405
