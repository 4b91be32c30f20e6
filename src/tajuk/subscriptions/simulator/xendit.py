"""The simulator's Xendit: invoices, their expiry, refunds; webhooks with its token."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from tajuk.subscriptions.simulator.book import Charge, new_number
from tajuk.subscriptions.simulator.house import HOUSE, House

_STATES = {
    "paid": "PAID",
    "open": "PENDING",
    "pending": "PENDING",
    "expired": "EXPIRED",
    "cancelled": "EXPIRED",
}


def routes(app: web.Application) -> None:
    """Its part of the server."""
    app.router.add_post("/xendit/v2/invoices", _open)
    app.router.add_get("/xendit/v2/invoices", _found)
    app.router.add_get("/xendit/v2/invoices/{number}", _invoice)
    app.router.add_post("/xendit/invoices/{number}/expire!", _expire)
    app.router.add_post("/xendit/refunds", _refund)
    app.router.add_get("/xendit/refunds", _refunds)


async def _open(request: web.Request) -> web.Response:
    house = request.app[HOUSE]
    house.let_in(request, house.keys["xendit"])
    key = f"xendit {request.headers.get('Idempotency-Key', new_number())}"
    if key in house.book.answers:
        return web.json_response(_told(house.book.answers[key], house.address(request)))
    told = await request.json()
    made = house.book.add(
        Charge(
            "xendit", str(told["external_id"]), new_number(), int(told["amount"]), str(told["currency"]), time.time(),
            time.time() + int(told["invoice_duration"]), str(told["success_redirect_url"]),
            description=str(told["description"]), email=str(told["payer_email"]),
        )
    )  # fmt: skip
    house.book.answers[key] = made
    return web.json_response(_told(made, house.address(request)))


async def _found(request: web.Request) -> web.Response:
    house = request.app[HOUSE]
    house.let_in(request, house.keys["xendit"])
    charge = house.book.by_reference("xendit", request.query.get("external_id", ""))
    return web.json_response([_told(charge, house.address(request))] if charge else [])


async def _invoice(request: web.Request) -> web.Response:
    charge = _known(request)
    return web.json_response(_told(charge, request.app[HOUSE].address(request)))


async def _expire(request: web.Request) -> web.Response:
    charge = _known(request)
    if charge.state == "paid":
        return web.json_response({"error_code": "INVALID_INVOICE_STATUS_ERROR"}, status=400)
    charge.state = "expired"
    notify(request.app[HOUSE], charge)
    return web.json_response(_told(charge, request.app[HOUSE].address(request)))


async def _refund(request: web.Request) -> web.Response:
    house = request.app[HOUSE]
    house.let_in(request, house.keys["xendit"])
    told = await request.json()
    key = f"xendit refund {told['reference_id']}"
    charge = house.book.charges.get(str(told["invoice_id"]))
    if key not in house.book.answers:
        if charge is None or not charge.money or charge.money[0].refunded:
            return web.json_response({"error_code": "INELIGIBLE_TRANSACTION"}, status=400)
        give_back(house, charge, str(told["reference_id"]))
    return web.json_response(house.book.answers[key])


async def _refunds(request: web.Request) -> web.Response:
    house = request.app[HOUSE]
    house.let_in(request, house.keys["xendit"])
    number = request.query.get("invoice_id", "")
    rows = [
        each
        for key, each in house.book.answers.items()
        if key.startswith("xendit refund ") and each["invoice_id"] == number
    ]
    return web.json_response({"data": rows, "has_more": False})


def give_back(house: House, charge: Charge, reference: str) -> None:
    """All of what was paid."""
    money = charge.money[0]
    money.refunded = money.units
    house.book.answers[f"xendit refund {reference}"] = {
        "id": new_number("rfd-"), "status": "SUCCEEDED", "amount": money.units, "invoice_id": charge.number,
    }  # fmt: skip
    notify(house, charge)


def notify(house: House, charge: Charge) -> None:
    """The invoice as it stands, with the token."""
    body = json.dumps(_told(charge, "")).encode()

    def made() -> tuple[bytes, Mapping[str, str]]:
        return body, {"x-callback-token": house.keys["xendit_token"], "webhook-id": charge.number}

    house.deliveries.send("xendit", made)


def _known(request: web.Request) -> Charge:
    house = request.app[HOUSE]
    house.let_in(request, house.keys["xendit"])
    charge = house.book.charges.get(request.match_info["number"])
    if charge is None or charge.provider != "xendit":
        raise web.HTTPNotFound(text=json.dumps({"error_code": "INVOICE_NOT_FOUND_ERROR"}))
    if charge.state == "open" and not charge.is_open():
        charge.state = "expired"
    return charge


def _told(charge: Charge, address: str) -> dict[str, Any]:
    money = charge.money[0] if charge.money else None
    told: dict[str, Any] = {
        "id": charge.number,
        "external_id": charge.reference,
        "status": _STATES[charge.state],
        "amount": charge.units,
        "currency": charge.currency,
        "invoice_url": f"{address}/pay/{charge.number}",
        "description": charge.description,
        "expiry_date": _moment(charge.expires_at),
        "created": _moment(charge.created_at),
    }
    if money is not None:
        told |= {
            "paid_amount": money.units,
            "paid_at": _moment(money.paid_at),
            "payment_method": "QR_CODE" if charge.method == "qris" else "BANK_TRANSFER",
            "payment_channel": charge.method.upper(),
        }
    return told


def _moment(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z"
