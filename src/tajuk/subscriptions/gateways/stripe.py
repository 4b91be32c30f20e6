"""Stripe: Checkout, and Billing, which renews by itself. By Stripe's own client.

Sessions: https://docs.stripe.com/api/checkout/sessions
Webhook signatures: https://docs.stripe.com/webhooks#verify-manually
Amounts: https://docs.stripe.com/currencies#zero-decimal (the rupiah isn't among them: Rp 49.000 is 4900000)
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

import stripe

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
    StaleError,
    Standing,
    UnreadableError,
)
from tajuk.subscriptions.types import GatewayName
from tajuk.terms.money import Currency, Money

TOLERANCE = timedelta(seconds=300)
_SECONDS = 10
_SHORTEST_LIFE = timedelta(minutes=31)
_LONGEST_LIFE = timedelta(hours=23, minutes=59)
_FINER = {Currency.IDR: 100}
"""Stripe's smallest unit of the rupiah is the sen, ours the rupiah."""
_GONE = "resource_missing"
_ENDED = frozenset({"canceled", "incomplete_expired"})

logging.getLogger("stripe").setLevel(logging.WARNING)

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

Said = TypeVar("Said")


class Stripe:
    """Its adapter."""

    name = GatewayName.STRIPE
    can = Capabilities(
        currencies=frozenset(Currency),
        renews=Renews.BY_ITSELF,
        refunds=Refunds.BY_GATEWAY,
        expires=True,
        tells=True,
        has_portal=True,
    )

    def __init__(self, *, secret_key: str, webhook_secret: str, api_url: str) -> None:
        """`webhook_secret` is the endpoint's (`whsec_…`)."""
        self._secret = webhook_secret
        self._client = stripe.StripeClient(
            secret_key,
            base_addresses={"api": api_url},
            http_client=stripe.RequestsClient(timeout=_SECONDS),
            max_network_retries=1,
        )
        self._client_v1 = self._client.v1

    def open(self, request: Request, *, before: Known | None) -> Opened:  # noqa: ARG002
        """A Checkout session; the idempotency key makes a second asking the same session."""
        first, renewal = _units(request.total), _units(request.renewal)
        price: dict[str, Any] = {
            "currency": request.total.currency.value.lower(),
            "unit_amount": renewal if request.is_recurring else first,
            "product_data": {"name": request.description},
        }
        made: dict[str, Any] = {
            "client_reference_id": request.reference,
            "customer_email": request.email,
            "success_url": request.return_url,
            "cancel_url": request.return_url,
            "expires_at": int(_within(request).timestamp()),
            "locale": request.language.value,
            "metadata": {"reference": request.reference},
            "mode": "subscription" if request.is_recurring else "payment",
            "line_items": [{"quantity": 1, "price_data": price}],
        }
        if request.is_recurring:
            price["recurring"] = {
                "interval": request.period.unit.value,
                "interval_count": request.period.count,
            }
            made["subscription_data"] = {"metadata": {"reference": request.reference}}
            if first < renewal:
                made["discounts"] = [{"coupon": self._coupon(request, renewal - first)}]
        said = self._asked(
            lambda: self._client_v1.checkout.sessions.create(
                cast("SessionCreateParams", made),
                {"idempotency_key": request.reference},
            )
        )
        if not said.url:
            raise GatewayError(self.name, "opened a session without a page")
        return Opened(said.id, said.url)

    def standing(self, known: Known) -> Standing:
        """The session, and every paid invoice of the subscription it began: the word that counts."""
        if not known.provider_id:
            return Standing(Stage.UNKNOWN)
        session = self._asked(
            lambda: self._client_v1.checkout.sessions.retrieve(
                known.provider_id, {"expand": ["payment_intent.latest_charge"]}
            ).to_dict()
        )
        try:
            if session["client_reference_id"] != known.reference:
                raise GatewayError(self.name, "answered about another order")
            if session["mode"] == "subscription":
                return self._of_subscription(session)
            return self._of_payment(session)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise GatewayError(self.name, f"a session that can't be read ({error!r})") from error

    def close(self, known: Known) -> None:
        """Expires the session."""
        if known.provider_id:
            with suppress(RefusedError):  # paid or expired meanwhile: asking tells which
                self._asked(lambda: self._client_v1.checkout.sessions.expire(known.provider_id))

    def refund(self, known: Known, paid: Paid, *, key: str, reason: str) -> Refunded:
        """All of a payment, by its payment intent."""
        said = self._asked(
            lambda: self._client_v1.refunds.create(
                {
                    "payment_intent": paid.provider_id,
                    "reason": "requested_by_customer",
                    "metadata": {"reference": known.reference, "why": reason[:200]},
                },
                {"idempotency_key": key},
            )
        )
        if said.status == "failed":
            raise RefusedError(self.name, "the refund failed there")
        return Refunded(said.id)

    def stop_renewing(self, provider_subscription: str) -> None:
        """It ends with the period that is paid for."""
        try:
            self._asked(
                lambda: self._client_v1.subscriptions.update(
                    provider_subscription, {"cancel_at_period_end": True}
                )
            )
        except RefusedError as error:
            if getattr(error.__cause__, "code", "") == _GONE:
                return
            held = self._asked(
                lambda: self._client_v1.subscriptions.retrieve(provider_subscription).to_dict()
            )
            if held["status"] not in _ENDED:
                raise

    def portal(self, provider_subscription: str, *, return_url: str) -> str:
        """Billing's own page for this customer."""
        held = self._asked(
            lambda: self._client_v1.subscriptions.retrieve(provider_subscription).to_dict()
        )
        customer = str(held["customer"])
        said = self._asked(
            lambda: self._client_v1.billing_portal.sessions.create(
                {"customer": customer, "return_url": return_url}
            )
        )
        return said.url

    def noticed(self, incoming: Incoming, *, now: datetime) -> Noticed:
        """`Stripe-Signature: t=…,v1=…`: HMAC-SHA256 of `t.body` with the endpoint's secret, five minutes old at most."""
        header = incoming.headers.get("stripe-signature", "")
        pairs = [each.strip().partition("=") for each in header.split(",")]
        times = [value for name, _, value in pairs if name == "t"]
        given = [value for name, _, value in pairs if name == "v1"]
        if len(times) != 1 or not times[0].isascii() or not times[0].isdigit() or not self._secret:
            raise ForgedError
        signed = times[0].encode() + b"." + incoming.body
        right = hmac.new(self._secret.encode(), signed, hashlib.sha256).hexdigest()
        if not any([hmac.compare_digest(right.encode(), each.encode()) for each in given]):  # noqa: C419  each takes its time
            raise ForgedError
        if abs(now.timestamp() - int(times[0])) > TOLERANCE.total_seconds():
            raise StaleError
        try:
            told = json.loads(incoming.body)["data"]["object"]
            return _noticed(told)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise UnreadableError from error

    def _coupon(self, request: Request, off: int) -> str:
        said = self._asked(
            lambda: self._client_v1.coupons.create(
                {
                    "amount_off": off,
                    "currency": request.total.currency.value.lower(),
                    "duration": "once",
                    "max_redemptions": 1,
                },
                {"idempotency_key": f"{request.reference}-coupon"},
            )
        )
        return said.id

    def _of_payment(self, session: dict[str, Any]) -> Standing:
        intent = session.get("payment_intent")
        if session["payment_status"] != "paid" or not intent:
            return Standing(_stage(session))
        charge = intent["latest_charge"]
        return Standing(Stage.PAID, (_paid(intent["id"], charge, is_renewal=False),))

    def _of_subscription(self, session: dict[str, Any]) -> Standing:
        number = session.get("subscription")
        if not number:
            return Standing(_stage(session))
        held = self._asked(lambda: self._client_v1.subscriptions.retrieve(number).to_dict())
        found = []
        invoices = self._asked(
            lambda: list(
                self._client_v1.invoices.list(
                    {"subscription": number, "status": "paid", "limit": 100, "expand": ["data.payments"]}
                ).auto_paging_iter()
            )
        )  # fmt: skip
        for invoice in invoices:
            told = invoice.to_dict()
            if not told["amount_paid"]:
                continue
            intent = told["payments"]["data"][0]["payment"]["payment_intent"]
            charge = self._charge(intent)
            is_renewal = told["billing_reason"] != "subscription_create"
            found.append(_paid(intent, charge, is_renewal=is_renewal))
        is_over = held["status"] in _ENDED or bool(held.get("cancel_at_period_end"))
        stage = Stage.PAID if found else _stage(session)
        return Standing(stage, tuple(found), number, is_over)

    def _charge(self, intent: str) -> dict[str, Any]:
        said = self._asked(
            lambda: self._client_v1.payment_intents.retrieve(
                intent, {"expand": ["latest_charge"]}
            ).to_dict()
        )
        charge: dict[str, Any] = said["latest_charge"]
        return charge

    def _asked(self, ask: Callable[[], Said]) -> Said:
        try:
            return ask()
        except (stripe.InvalidRequestError, stripe.IdempotencyError) as error:
            raise RefusedError(self.name, str(error.user_message or error)[:200]) from error
        except stripe.StripeError as error:
            raise GatewayError(self.name, f"no good answer ({type(error).__name__})") from error


def _units(money: Money) -> int:
    return money.amount * _FINER.get(money.currency, 1)


def _paid(intent: str, charge: dict[str, Any], *, is_renewal: bool) -> Paid:
    currency = Currency(str(charge["currency"]).upper())
    each = _FINER.get(currency, 1)
    amount, part = divmod(int(charge["amount_captured"]), each)
    if part:
        raise ValueError("a fraction of a rupiah")
    return Paid(
        provider_id=intent,
        money=Money(amount, currency),
        paid_at=datetime.fromtimestamp(int(charge["created"]), UTC),
        method=str((charge.get("payment_method_details") or {}).get("type", "")),
        refunded=int(charge.get("amount_refunded") or 0) // each,
        is_renewal=is_renewal,
    )


def _stage(session: dict[str, Any]) -> Stage:
    return Stage.EXPIRED if session["status"] == "expired" else Stage.PENDING


def _noticed(told: dict[str, Any]) -> Noticed:
    """Of sessions, invoices, subscriptions and charges; of others nothing is to be read."""
    kind = told.get("object")
    if kind == "checkout.session":
        return Noticed(str(told.get("client_reference_id") or ""), str(told["id"]))
    if kind == "subscription":
        return Noticed(str((told.get("metadata") or {}).get("reference", "")), "", str(told["id"]))
    if kind == "invoice":
        of = ((told.get("parent") or {}).get("subscription_details") or {}).get("subscription")
        if of or told.get("subscription"):
            return Noticed(provider_subscription=str(of or told["subscription"]))
    if kind == "charge" and told.get("payment_intent"):
        return Noticed(provider_id=str(told["payment_intent"]))
    raise UnreadableError


def _within(request: Request) -> datetime:
    """Stripe's sessions live for half an hour at least and a day at most."""
    now = request.opened_at
    return min(max(request.expires_at, now + _SHORTEST_LIFE), now + _LONGEST_LIFE)
