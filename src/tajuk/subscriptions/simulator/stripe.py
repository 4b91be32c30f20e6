"""The simulator's Stripe: Checkout sessions, subscriptions and their invoices, refunds, the portal; signed events."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tajuk.subscriptions.simulator.book import Charge, Money, new_number
from tajuk.subscriptions.simulator.house import HOUSE, House


def routes(app: web.Application) -> None:
    """Its part of the server."""
    add = app.router
    add.add_post("/stripe/v1/checkout/sessions", _open)
    add.add_get("/stripe/v1/checkout/sessions/{number}", _session)
    add.add_post("/stripe/v1/checkout/sessions/{number}/expire", _expire)
    add.add_post("/stripe/v1/coupons", _coupon)
    add.add_get("/stripe/v1/subscriptions/{number}", _subscription)
    add.add_post("/stripe/v1/subscriptions/{number}", _change_subscription)
    add.add_get("/stripe/v1/invoices", _invoices)
    add.add_get("/stripe/v1/payment_intents/{number}", _intent)
    add.add_post("/stripe/v1/refunds", _refund)
    add.add_post("/stripe/v1/billing_portal/sessions", _portal)


async def _open(request: web.Request) -> web.Response:
    house, told, key = await _asked(request)
    if key in house.book.answers:
        made: Charge = house.book.answers[key]
        return web.json_response(_told(made, house.address(request)))
    price = told["line_items"]["0"]["price_data"]
    units = int(price["unit_amount"])
    coupon = (told.get("discounts") or {}).get("0", {}).get("coupon")
    off = house.book.answers.get(f"coupon {coupon}", 0)
    is_recurring = told["mode"] == "subscription"
    made = house.book.add(
        Charge(
            "stripe", str(told["client_reference_id"]), new_number("cs_test_"), units - off,
            str(price["currency"]).upper(), time.time(), float(told["expires_at"]), str(told["success_url"]),
            description=str(price["product_data"]["name"]), email=str(told["customer_email"]),
            recurring=units if is_recurring else 0, more={"metadata": told.get("metadata", {})},
        )
    )  # fmt: skip
    house.book.answers[key] = made
    return web.json_response(_told(made, house.address(request)))


async def _session(request: web.Request) -> web.Response:
    house, _, _ = await _asked(request)
    charge = _known(request, house)
    return web.json_response(_told(charge, house.address(request)))


async def _expire(request: web.Request) -> web.Response:
    house, _, _ = await _asked(request)
    charge = _known(request, house)
    if charge.state != "open":
        return _wrong("Only Checkout Sessions with a status in [open] can be expired.")
    charge.state = "expired"
    notify(house, "checkout.session.expired", _told(charge, ""))
    return web.json_response(_told(charge, house.address(request)))


async def _coupon(request: web.Request) -> web.Response:
    house, told, key = await _asked(request)
    number = house.book.answers.setdefault(key, new_number())
    house.book.answers[f"coupon {number}"] = int(told["amount_off"])
    return web.json_response({"id": number, "object": "coupon"})


async def _subscription(request: web.Request) -> web.Response:
    house, _, _ = await _asked(request)
    charge = house.book.by_subscription(request.match_info["number"])
    return web.json_response(_held(charge)) if charge else _wrong("No such subscription", 404)


async def _change_subscription(request: web.Request) -> web.Response:
    house, told, _ = await _asked(request)
    charge = house.book.by_subscription(request.match_info["number"])
    if charge is None:
        return _wrong("No such subscription", 404, code="resource_missing")
    charge.is_renewal_over = told.get("cancel_at_period_end") == "true"
    notify(house, "customer.subscription.updated", _held(charge))
    return web.json_response(_held(charge))


async def _invoices(request: web.Request) -> web.Response:
    house, _, _ = await _asked(request)
    charge = house.book.by_subscription(request.query["subscription"])
    rows = [_invoice(charge, each) for each in charge.money] if charge else []
    return web.json_response(
        {"object": "list", "url": "/v1/invoices", "has_more": False, "data": rows[::-1]}
    )


async def _intent(request: web.Request) -> web.Response:
    house, _, _ = await _asked(request)
    found = house.book.by_money(request.match_info["number"])
    return web.json_response(_paid(*found)) if found else _wrong("No such payment_intent", 404)


async def _refund(request: web.Request) -> web.Response:
    house, told, key = await _asked(request)
    found = house.book.by_money(told["payment_intent"])
    if found is None:
        return _wrong("No such payment_intent", 404)
    charge, money = found
    if key not in house.book.answers:
        if money.refunded:
            return _wrong("Charge has already been refunded.")
        money.refunded = money.units
        house.book.answers[key] = new_number("re_")
        notify(house, "charge.refunded", _paid(charge, money)["latest_charge"])
    return web.json_response(
        {"id": house.book.answers[key], "object": "refund", "status": "succeeded"}
    )


async def _portal(request: web.Request) -> web.Response:
    house, told, _ = await _asked(request)
    number = told["customer"].removeprefix("cus_")
    return web.json_response(
        {"id": new_number("bps_"), "object": "billing_portal.session", "url": f"{house.address(request)}/portal/{number}"}
    )  # fmt: skip


def paid(house: House, charge: Charge, money: Money) -> None:
    """What Stripe tells when a session is paid: in no certain order."""
    if charge.recurring and not charge.subscription:
        charge.subscription = new_number("sub_")
        notify(house, "customer.subscription.created", _held(charge))
    notify(house, "checkout.session.completed", _told(charge, ""))
    if charge.recurring:
        notify(house, "invoice.paid", _invoice(charge, money))


def renewed(house: House, charge: Charge) -> Money:
    """A further period is taken."""
    money = Money(
        new_number("pi_"), charge.recurring, charge.currency, time.time(), is_renewal=True, invoice=new_number("in_")
    )  # fmt: skip
    charge.money.append(money)
    notify(house, "invoice.paid", _invoice(charge, money))
    return money


def notify(house: House, kind: str, what: dict[str, Any]) -> None:
    """An event, signed anew each time it is sent."""
    event = {
        "id": new_number("evt_"),
        "object": "event",
        "type": kind,
        "created": int(time.time()),
        "data": {"object": what},
    }
    body = json.dumps(event).encode()

    def made() -> tuple[bytes, Mapping[str, str]]:
        moment = int(time.time())
        key = house.keys["stripe_webhook"].encode()
        signature = hmac.new(key, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        return body, {"Stripe-Signature": f"t={moment},v1={signature}"}

    house.deliveries.send("stripe", made)


async def _asked(request: web.Request) -> tuple[House, dict[str, Any], str]:
    house = request.app[HOUSE]
    if request.headers.get("Authorization") != f"Bearer {house.keys['stripe']}":
        raise web.HTTPUnauthorized(
            text=json.dumps({"error": {"type": "invalid_request_error", "message": "Invalid API Key provided"}})
        )  # fmt: skip
    told = _nested(dict((await request.post()).items())) if request.method == "POST" else {}
    key = f"stripe {request.headers.get('Idempotency-Key', new_number())}"
    if request.method == "POST" and house.book.asked.setdefault(key, told) != told:
        raise web.HTTPBadRequest(
            text=json.dumps({"error": {"type": "idempotency_error", "message": "The key was used with other parameters."}})
        )  # fmt: skip
    return house, told, key


def _nested(flat: dict[str, Any]) -> dict[str, Any]:
    """`a[b][0]=c` as {"a": {"b": {"0": "c"}}}."""
    made: dict[str, Any] = {}
    for name, value in flat.items():
        first, *rest = name.replace("]", "").split("[")
        here = made
        for key, following in zip([first, *rest], rest, strict=False):
            here = here.setdefault(key, {})
            assert following is not None
        here[([first, *rest])[-1]] = value
    return made


def _known(request: web.Request, house: House) -> Charge:
    charge = house.book.charges.get(request.match_info["number"])
    if charge is None or charge.provider != "stripe":
        raise web.HTTPNotFound(
            text=json.dumps({"error": {"type": "invalid_request_error", "code": "resource_missing", "message": "No such session"}})
        )  # fmt: skip
    if charge.state == "open" and not charge.is_open():
        charge.state = "expired"
    return charge


def _wrong(message: str, status: int = 400, *, code: str = "") -> web.Response:
    more = {"code": code} if code else {}
    return web.json_response(
        {"error": {"type": "invalid_request_error", "message": message, **more}}, status=status
    )


def _told(charge: Charge, address: str) -> dict[str, Any]:
    is_paid = bool(charge.money)
    intent = None
    if is_paid and not charge.recurring:
        intent = _paid(charge, charge.money[0])
    return {
        "id": charge.number, "object": "checkout.session", "client_reference_id": charge.reference,
        "mode": "subscription" if charge.recurring else "payment", "payment_status": "paid" if is_paid else "unpaid",
        "status": "complete" if is_paid else "expired" if charge.state == "expired" else "open",
        "subscription": charge.subscription or None, "payment_intent": intent, "amount_total": charge.units,
        "currency": charge.currency.lower(), "url": None if is_paid else f"{address}/pay/{charge.number}",
        "metadata": charge.more.get("metadata", {}),
    }  # fmt: skip


def _held(charge: Charge) -> dict[str, Any]:
    return {
        "id": charge.subscription, "object": "subscription", "status": "active", "customer": f"cus_{charge.number}",
        "cancel_at_period_end": charge.is_renewal_over, "metadata": {"reference": charge.reference},
    }  # fmt: skip


def _invoice(charge: Charge, money: Money) -> dict[str, Any]:
    return {
        "id": money.invoice, "object": "invoice", "status": "paid", "amount_paid": money.units,
        "currency": charge.currency.lower(),
        "billing_reason": "subscription_cycle" if money.is_renewal else "subscription_create",
        "parent": {"type": "subscription_details", "subscription_details": {"subscription": charge.subscription}},
        "payments": {"object": "list", "data": [
            {"object": "invoice_payment", "payment": {"type": "payment_intent", "payment_intent": money.number}},
        ]},
    }  # fmt: skip


def _paid(charge: Charge, money: Money) -> dict[str, Any]:
    return {
        "id": money.number, "object": "payment_intent", "status": "succeeded",
        "latest_charge": {
            "id": f"ch_{money.number}", "object": "charge", "payment_intent": money.number,
            "amount_captured": money.units, "amount_refunded": money.refunded, "currency": charge.currency.lower(),
            "created": int(money.paid_at), "payment_method_details": {"type": charge.method or "card"},
        },
    }  # fmt: skip
