"""Bank transfer: the bank tells nobody, so colleagues do. What they entered and approved is the gateway's word."""

from datetime import datetime, time

from tajuk.subscriptions.gateways.port import (
    Capabilities,
    ForgedError,
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
)
from tajuk.subscriptions.house import zone
from tajuk.subscriptions.models import Transfer
from tajuk.subscriptions.types import GatewayName
from tajuk.terms.money import Currency, Money


class BankTransfer:
    """Its adapter: the provider is our own desk."""

    name = GatewayName.BANK
    can = Capabilities(
        currencies=frozenset({Currency.IDR}),
        renews=Renews.BY_INVOICE,
        refunds=Refunds.BY_HAND,
        expires=False,
        tells=False,
    )

    def open(self, request: Request, *, before: Known | None) -> Opened:  # noqa: ARG002
        """The reader is told the account and what to write; there is no page elsewhere."""
        return Opened(request.reference, "")

    def standing(self, known: Known) -> Standing:
        """The transfers two colleagues have seen."""
        seen = Transfer.objects.filter(
            checkout__gateway=self.name, checkout__reference=known.reference, approved_at__isnull=False
        ).select_related("checkout__order")  # fmt: skip
        found = tuple(
            Paid(
                provider_id=each.bank_reference,
                money=Money(each.amount, Currency(each.checkout.order.currency)),
                paid_at=datetime.combine(each.received_on, time(12), zone()),
                method="bank_transfer",
                refunded=0,
            )
            for each in seen
        )
        return Standing(Stage.PAID if found else Stage.PENDING, found)

    def close(self, known: Known) -> None:
        """Nobody can be kept from transferring."""

    def refund(self, known: Known, paid: Paid, *, key: str, reason: str) -> Refunded:  # noqa: ARG002
        """Only a colleague can. Raises RefusedError."""
        raise RefusedError(self.name, "a transfer is paid back by hand")

    def stop_renewing(self, provider_subscription: str) -> None:
        """Nothing: each period is paid by an order of its own."""

    def portal(self, provider_subscription: str, *, return_url: str) -> str:  # noqa: ARG002
        """None."""
        return ""

    def noticed(self, incoming: Incoming, *, now: datetime) -> Noticed:  # noqa: ARG002
        """A bank sends none. Raises ForgedError."""
        raise ForgedError
