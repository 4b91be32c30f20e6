"""The gateways this newspaper has: those whose keys stand in its settings."""

from functools import cache
from typing import NamedTuple

from django.conf import settings

from tajuk.subscriptions.gateways.bank import BankTransfer
from tajuk.subscriptions.gateways.midtrans import Midtrans
from tajuk.subscriptions.gateways.port import Gateway
from tajuk.subscriptions.gateways.xendit import Xendit
from tajuk.subscriptions.models import Billing
from tajuk.subscriptions.types import GatewayName
from tajuk.terms.money import Currency


def gateway(name: GatewayName | str) -> Gateway | None:
    """The gateway of this name, if the newspaper has it."""
    return _all().get(GatewayName(name))


def offered(currency: Currency, house: Billing) -> tuple[GatewayName, ...]:
    """By which ways an order in this currency can be paid now, the shortest first."""
    return tuple(
        name
        for name, each in _all().items()
        if currency in each.can.currencies and (name is not GatewayName.BANK or house.bank_account)
    )


class _Keys(NamedTuple):
    """What the gateways are made of; a newspaper's settings aren't hashable."""

    midtrans_server_key: str
    midtrans_url: str
    midtrans_snap_url: str
    xendit_secret_key: str
    xendit_callback_token: str
    xendit_url: str
    stripe_secret_key: str
    stripe_webhook_secret: str
    stripe_url: str


def _all() -> dict[GatewayName, Gateway]:
    return _made(_Keys(*(getattr(settings.PAPER, name) for name in _Keys._fields)))


@cache
def _made(keys: _Keys) -> dict[GatewayName, Gateway]:
    found: dict[GatewayName, Gateway] = {}
    if keys.midtrans_server_key:
        found[GatewayName.MIDTRANS] = Midtrans(
            server_key=keys.midtrans_server_key,
            api_url=keys.midtrans_url,
            snap_url=keys.midtrans_snap_url,
        )
    if keys.xendit_secret_key:
        found[GatewayName.XENDIT] = Xendit(
            secret_key=keys.xendit_secret_key,
            callback_token=keys.xendit_callback_token,
            api_url=keys.xendit_url,
        )
    if keys.stripe_secret_key:
        from tajuk.subscriptions.gateways.stripe import Stripe  # takes a while to import

        found[GatewayName.STRIPE] = Stripe(
            secret_key=keys.stripe_secret_key,
            webhook_secret=keys.stripe_webhook_secret,
            api_url=keys.stripe_url,
        )
    found[GatewayName.BANK] = BankTransfer()
    return found
