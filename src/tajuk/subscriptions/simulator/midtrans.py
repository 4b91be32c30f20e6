"""The simulator's Midtrans: Snap, the status, expiry and refunds; notifications."""

import hashlib
import json
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from tajuk.subscriptions.simulator.book import Charge, new_number
from tajuk.subscriptions.simulator.house import HOUSE, House

JAKARTA = ZoneInfo("Asia/Jakarta")
_CODES = {"paid": "200", "open": "201", "pending": "201", "expired": "407", "cancelled": "200"}
_STATES = {"paid": "settlement", "pending": "pending", "expired": "expire", "cancelled": "cancel"}


def routes(app: web.Application) -> None:
    """Its part of the server."""
    app.router.add_post("/midtrans/snap/v1/transactions", _open)
    app.router.add_get("/midtrans/v2/{reference}/status", _status)
    app.router.add_post("/midtrans/v2/{reference}/{verb:expire|cancel|refund}", _change)


async def _open(request: web.Request) -> web.Response:
    house = request.app[HOUSE]
    house.let_in(request, house.keys["midtrans"])
    told = await request.json()
    order = told["transaction_details"]
    reference, amount = str(order["order_id"]), int(order["gross_amount"])
    before = house.book.by_reference("midtrans", reference)
    if before is not None and before.state != "open":
        return web.json_response(
            {"error_messages": ["transaction_details.order_id has already been taken"]}, status=400
        )
    if sum(each["price"] * each["quantity"] for each in told["item_details"]) != amount:
        return web.json_response(
            {"error_messages": ["gross_amount is not equal to the sum of item_details"]}, status=400
        )
    made = before or house.book.add(
        Charge(
            "midtrans", reference, new_number(), amount, "IDR", time.time(),
            time.time() + 60 * int(told["expiry"]["duration"]), str(told["callbacks"]["finish"]),
            description=str(told["item_details"][0]["name"]), email=str(told["customer_details"]["email"]),
        )
    )  # fmt: skip
    page = f"{house.address(request)}/pay/{made.number}"
    return web.json_response({"token": made.number, "redirect_url": page}, status=201)


async def _status(request: web.Request) -> web.Response:
    house = request.app[HOUSE]
    house.let_in(request, house.keys["midtrans"])
    charge = house.book.by_reference("midtrans", request.match_info["reference"])
    if charge is None or charge.state == "open":
        return web.json_response(
            {"status_code": "404", "status_message": "Transaction doesn't exist.", "id": new_number()}
        )  # fmt: skip
    return web.json_response(_told(charge, house))


async def _change(request: web.Request) -> web.Response:
    house = request.app[HOUSE]
    house.let_in(request, house.keys["midtrans"])
    charge = house.book.by_reference("midtrans", request.match_info["reference"])
    verb = request.match_info["verb"]
    if charge is None or charge.state == "open":
        return web.json_response(
            {"status_code": "404", "status_message": "Transaction doesn't exist."}
        )
    if verb == "refund":
        return await _refund(request, charge)
    if charge.state != "pending":
        return web.json_response(
            {"status_code": "412", "status_message": "Transaction status cannot be updated."}
        )
    charge.state = "expired" if verb == "expire" else "cancelled"
    notify(house, charge)
    return web.json_response(_told(charge, house))


async def _refund(request: web.Request, charge: Charge) -> web.Response:
    house = request.app[HOUSE]
    told = await request.json()
    key = f"midtrans refund {told['refund_key']}"
    if charge.state != "paid" or (key not in house.book.answers and charge.money[0].refunded):
        return web.json_response({"status_code": "412", "status_message": "Refund not allowed."})
    if key not in house.book.answers:
        charge.money[0].refunded = int(told["amount"])
        house.book.answers[key] = True
        notify(house, charge)
    return web.json_response({**_told(charge, house), "refund_key": told["refund_key"]})


def notify(house: House, charge: Charge) -> None:
    """The notification of how it stands, as it stands when it is put on its way."""
    body = json.dumps(_told(charge, house)).encode()

    def made() -> tuple[bytes, Mapping[str, str]]:
        return body, {}

    house.deliveries.send("midtrans", made)


def _told(charge: Charge, house: House) -> dict[str, Any]:
    state = _STATES[charge.state]
    money = charge.money[0] if charge.money else None
    units = money.units if money else charge.units
    code = _CODES[charge.state]
    amount = f"{units}.00"
    told = {
        "transaction_time": _moment(charge.created_at),
        "transaction_status": state,
        "transaction_id": money.number if money else charge.number,
        "status_code": code,
        "status_message": "Success",
        "payment_type": charge.method or "qris",
        "order_id": charge.reference,
        "merchant_id": "G000000000",
        "gross_amount": amount,
        "fraud_status": "accept",
        "currency": charge.currency,
    }
    if money is not None:
        told["settlement_time"] = _moment(money.paid_at)
        if charge.method == "credit_card":
            told["transaction_status"] = "capture"
        if money.refunded:
            told["transaction_status"] = "refund"
            told["refund_amount"] = f"{money.refunded}.00"
    words = f"{charge.reference}{code}{amount}{house.keys['midtrans']}"
    told["signature_key"] = hashlib.sha512(words.encode()).hexdigest()
    return told


def _moment(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, JAKARTA):%Y-%m-%d %H:%M:%S}"
