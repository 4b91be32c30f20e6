"""Xendit: its invoice page (QRIS, virtual accounts, e-wallets, cards). In rupiah.

Invoices: https://docs.xendit.co/apidocs/create-invoice
Webhooks: https://docs.xendit.co/docs/handling-webhooks (a static token, no signature)
Refunds: https://docs.xendit.co/apidocs/create-refund
"""

import hmac
import json
from datetime import datetime
from typing import Any

from dateutil.parser import isoparse

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
from tajuk.terms.money import Currency, Money

_PAID = frozenset({"PAID", "SETTLED"})
_STAGES = {"PENDING": Stage.PENDING, "EXPIRED": Stage.EXPIRED}
_WENT_BACK = frozenset({"SUCCEEDED", "PENDING"})


class Xendit:
    """Its adapter."""

    name = GatewayName.XENDIT
    can = Capabilities(
        currencies=frozenset({Currency.IDR}),
        renews=Renews.BY_INVOICE,
        refunds=Refunds.BY_GATEWAY,
        expires=True,
        tells=True,
    )

    def __init__(self, *, secret_key: str, callback_token: str, api_url: str) -> None:
        """`callback_token` stands on the provider's page of webhooks."""
        self._token, self._api = callback_token, api_url
        self._line = Line(self.name, secret_key)

    def open(self, request: Request, *, before: Known | None) -> Opened:
        """An invoice. Xendit makes a second one for the same external id, so after a lost answer it is looked for."""
        if before is not None and (found := self._by_reference(request.reference)) is not None:
            return _opened(found)
        return _opened(
            self._line.post(
                f"{self._api}/v2/invoices",
                {
                    "external_id": request.reference,
                    "amount": units_of(request.total),
                    "currency": request.total.currency.value,
                    "description": request.description,
                    "payer_email": request.email,
                    "invoice_duration": max(
                        int((request.expires_at - request.opened_at).total_seconds()), 60
                    ),
                    "success_redirect_url": request.return_url,
                    "failure_redirect_url": request.return_url,
                    "locale": request.language.value,
                    "should_send_email": False,
                },
                key=request.reference,
            )
        )

    def standing(self, known: Known) -> Standing:
        """GET /v2/invoices/{id}: the word that counts, and the refunds of what was paid."""
        said = (
            self._line.get(f"{self._api}/v2/invoices/{known.provider_id}")
            if known.provider_id
            else self._by_reference(known.reference)
        )
        if said is None:
            return Standing(Stage.UNKNOWN)
        try:
            if said["external_id"] != known.reference:
                raise GatewayError(self.name, "answered about another order")
            return self._read(said)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise GatewayError(self.name, f"an invoice that can't be read ({error})") from error

    def close(self, known: Known) -> None:
        """POST /invoices/{id}/expire!"""
        if not known.provider_id:
            return
        try:
            self._line.post(f"{self._api}/invoices/{known.provider_id}/expire!")
        except RefusedError:
            return  # paid or expired meanwhile: asking tells which

    def refund(self, known: Known, paid: Paid, *, key: str, reason: str) -> Refunded:
        """All of the invoice."""
        said = self._line.post(
            f"{self._api}/refunds",
            {
                "invoice_id": known.provider_id,
                "reference_id": key,
                "amount": units_of(paid.money),
                "currency": paid.money.currency.value,
                "reason": "REQUESTED_BY_CUSTOMER",
                "metadata": {"why": reason[:200]},
            },
            key=key,
        )
        if said.get("status") not in _WENT_BACK:
            raise RefusedError(self.name, f"can't refund it ({said.get('failure_code', '')})")
        return Refunded(str(said.get("id", key)))

    def stop_renewing(self, provider_subscription: str) -> None:
        """Nothing: each period is paid by an order of its own."""

    def portal(self, provider_subscription: str, *, return_url: str) -> str:  # noqa: ARG002
        """None."""
        return ""

    def noticed(self, incoming: Incoming, *, now: datetime) -> Noticed:  # noqa: ARG002
        """The token proves that Xendit speaks, and nothing proves what it says: it only says whom to ask about."""
        token = incoming.headers.get("x-callback-token", "")
        if not self._token or not hmac.compare_digest(token.encode(), self._token.encode()):
            raise ForgedError
        try:
            told = json.loads(incoming.body)
            reference = str(told.get("external_id") or "")
            number = str(told.get("id") or "")
        except (ValueError, AttributeError, RecursionError) as error:
            raise UnreadableError from error
        if not reference:
            raise UnreadableError
        return Noticed(reference=reference, provider_id=number)

    def _by_reference(self, reference: str) -> dict[str, Any] | None:
        found = self._line.get(f"{self._api}/v2/invoices", external_id=reference)
        return found[0] if isinstance(found, list) and found else None

    def _read(self, said: dict[str, Any]) -> Standing:
        state = str(said["status"])
        if state not in _PAID:
            return Standing(_STAGES.get(state, Stage.PENDING))
        money = money_of(said.get("paid_amount") or said["amount"], said.get("currency", "IDR"))
        paid = Paid(
            provider_id=str(said["id"]),
            money=money,
            paid_at=isoparse(str(said["paid_at"])),
            method=str(said.get("payment_channel") or said.get("payment_method") or ""),
            refunded=self._refunded(str(said["id"]), money),
        )
        return Standing(Stage.PAID, (paid,))

    def _refunded(self, invoice: str, money: Money) -> int:
        said = self._line.get(f"{self._api}/refunds", invoice_id=invoice) or {}
        rows = said.get("data") or []
        return sum(
            money_of(each["amount"], money.currency).amount
            for each in rows
            if each.get("status") in _WENT_BACK
        )


def _opened(said: Any) -> Opened:
    try:
        return Opened(str(said["id"]), str(said["invoice_url"]))
    except (KeyError, TypeError) as error:
        raise GatewayError(GatewayName.XENDIT, "opened an invoice without a page") from error
