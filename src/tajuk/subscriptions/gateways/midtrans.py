"""Midtrans: Snap's page for QRIS, virtual accounts, e-wallets and cards. In rupiah.

Snap: https://docs.midtrans.com/reference/backend-integration
Status, refund, cancel and expire: https://docs.midtrans.com/reference/get-transaction-status
Notifications: https://docs.midtrans.com/docs/https-notification-webhooks
"""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tajuk.subscriptions.gateways.amounts import money_of, units_of
from tajuk.subscriptions.gateways.http import Line
from tajuk.subscriptions.gateways.port import (
    Capabilities,
    ForgedError,
    GatewayError,
    Incoming,
    Known,
    Noticed,
    Opened,
    Paid,
    Refunded,
    Refunds,
    RefusedError,
    Renews,
    Request,
    Stage,
    Standing,
    UnreadableError,
)
from tajuk.subscriptions.types import GatewayName
from tajuk.terms.language import Language
from tajuk.terms.money import Currency

JAKARTA = ZoneInfo("Asia/Jakarta")
"""Midtrans writes moments without an offset, in Jakarta's time."""
_NOT_FOUND = "404"
_PAID = frozenset({"settlement", "refund", "partial_refund"})
_STAGES = {
    "pending": Stage.PENDING,
    "authorize": Stage.PENDING,
    "deny": Stage.FAILED,
    "cancel": Stage.FAILED,
    "failure": Stage.FAILED,
    "expire": Stage.EXPIRED,
}
_GOOD = frozenset({"200", "201"})
_CANT_BE_CHANGED = frozenset({"404", "412"})


class Midtrans:
    """Its adapter."""

    name = GatewayName.MIDTRANS
    can = Capabilities(
        currencies=frozenset({Currency.IDR}),
        renews=Renews.BY_INVOICE,
        refunds=Refunds.BY_GATEWAY,
        expires=True,
        tells=True,
    )

    def __init__(self, *, server_key: str, api_url: str, snap_url: str) -> None:
        """`api_url` and `snap_url` without a slash at the end: production's, the sandbox's or a simulator's."""
        self._key, self._api, self._snap = server_key, api_url, snap_url
        self._line = Line(self.name, server_key)

    def open(self, request: Request, *, before: Known | None) -> Opened:  # noqa: ARG002
        """A Snap transaction; asking for the same order id again is answered with the same page while it is open."""
        amount = units_of(request.total)
        said = self._line.post(
            f"{self._snap}/snap/v1/transactions",
            {
                "transaction_details": {"order_id": request.reference, "gross_amount": amount},
                "item_details": [
                    {"id": request.reference, "price": amount, "quantity": 1, "name": request.description[:50]}
                ],
                "customer_details": {"first_name": request.name[:255], "email": request.email},
                "callbacks": {"finish": request.return_url},
                "expiry": {
                    "start_time": f"{request.opened_at.astimezone(JAKARTA):%Y-%m-%d %H:%M:%S %z}",
                    "unit": "minute",
                    "duration": max((request.expires_at - request.opened_at) // timedelta(minutes=1), 1),
                },
                "language": "id" if request.language is Language.INDONESIAN else "en",
            },
        )  # fmt: skip
        try:
            return Opened(str(said["token"]), str(said["redirect_url"]))
        except (KeyError, TypeError) as error:
            raise GatewayError(self.name, "opened a transaction without a page") from error

    def standing(self, known: Known) -> Standing:
        """GET /v2/{order_id}/status: the word that counts."""
        said = self._line.get(f"{self._api}/v2/{known.reference}/status")
        try:
            if said is None or str(said.get("status_code")) == _NOT_FOUND:
                return Standing(Stage.UNKNOWN)
            if said["order_id"] != known.reference:
                raise GatewayError(self.name, "answered about another order")
            return self._read(said)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise GatewayError(self.name, f"a status that can't be read ({error})") from error

    def close(self, known: Known) -> None:
        """Expires what waits; what was never begun can't be, and runs out by itself."""
        said = self._line.post(f"{self._api}/v2/{known.reference}/expire")
        if str(said.get("status_code")) not in {"407", *_GOOD, *_CANT_BE_CHANGED}:
            raise GatewayError(self.name, f"did not expire it ({said.get('status_code')})")

    def refund(self, known: Known, paid: Paid, *, key: str, reason: str) -> Refunded:
        """All of it; a card that isn't settled yet is cancelled instead by Midtrans itself."""
        said = self._line.post(
            f"{self._api}/v2/{known.reference}/refund",
            {"refund_key": key, "amount": units_of(paid.money), "reason": reason[:200]},
        )
        code = str(said.get("status_code"))
        if code in _GOOD:
            return Refunded(str(said.get("refund_key", key)))
        if code.startswith("5"):
            raise GatewayError(self.name, f"did not refund it ({code})")
        raise RefusedError(self.name, f"can't refund it ({code} {said.get('status_message', '')})")

    def stop_renewing(self, provider_subscription: str) -> None:
        """Nothing: each period is paid by an order of its own."""

    def portal(self, provider_subscription: str, *, return_url: str) -> str:  # noqa: ARG002
        """None."""
        return ""

    def noticed(self, incoming: Incoming, *, now: datetime) -> Noticed:  # noqa: ARG002
        """`signature_key` is SHA-512 of order_id + status_code + gross_amount + server key, all as they were sent.

        It covers neither the state nor the time, so the notice only says whom to ask about.
        """
        try:
            told = json.loads(incoming.body)
            order, code, amount = (
                str(told[each]) for each in ("order_id", "status_code", "gross_amount")
            )
            signature = str(told["signature_key"])
            digest = hashlib.sha512(f"{order}{code}{amount}{self._key}".encode()).hexdigest()
            given = signature.lower().encode()
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ForgedError from error
        if not hmac.compare_digest(digest.encode(), given):
            raise ForgedError
        if not order:
            raise UnreadableError
        return Noticed(reference=order)

    def _read(self, said: dict[str, Any]) -> Standing:
        state = str(said["transaction_status"])
        is_captured = state == "capture" and said.get("fraud_status") == "accept"
        if not is_captured and state not in _PAID:
            return Standing(_STAGES.get(state, Stage.PENDING))
        currency = said.get("currency", "IDR")
        money = money_of(said["gross_amount"], currency)
        went_back = money_of(said.get("refund_amount") or 0, currency).amount
        if state == "refund" and not went_back:
            went_back = money.amount
        moment = str(said.get("settlement_time") or said["transaction_time"])
        paid = Paid(
            provider_id=str(said["transaction_id"]),
            money=money,
            paid_at=datetime.strptime(moment, "%Y-%m-%d %H:%M:%S").replace(tzinfo=JAKARTA),
            method=str(said.get("payment_type", "")),
            refunded=went_back,
        )
        return Standing(Stage.PAID, (paid,))
