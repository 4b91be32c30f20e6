"""Once a day our book is compared with each gateway's: every checkout that could have changed is asked about."""

import logging
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, Sum

from tajuk.subscriptions.actions.payments import record
from tajuk.subscriptions.gateways.configured import gateway
from tajuk.subscriptions.gateways.port import GatewayError, Known, Standing
from tajuk.subscriptions.house import zone
from tajuk.subscriptions.models import Checkout, LedgerRow, Payment, Reconciliation, Subscription
from tajuk.subscriptions.types import Account, GatewayName

HOUR = 3
"""After this hour of the paper's night the day before is compared."""
LOOK_BACK = timedelta(days=35)
_KEPT_DIFFERENCES = 200

log = logging.getLogger(__name__)


def reconcile_when_due(moment: datetime) -> int:
    """Makes the day's reports when they are due; how many. One query when they aren't."""
    local = moment.astimezone(zone())
    if local.hour < HOUR:
        return 0
    day = (local - timedelta(days=1)).date()
    made = set(Reconciliation.objects.filter(day=day).values_list("gateway", flat=True))
    if len(made) == len(GatewayName):
        return 0
    missing = [each for each in GatewayName if each not in made]
    for name in missing:
        reconcile(name, moment)
    return len(missing)


def reconcile(name: GatewayName, moment: datetime) -> Reconciliation:
    """Asks about every checkout of the last five weeks, and of every subscription the gateway renews.

    What is found missing is recorded on the way; what still differs afterwards stands in the report.
    """
    at = gateway(name)
    differences: list[dict[str, Any]] = []
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    looked_at = 0
    for pk in _to_ask(name, moment) if at is not None else ():
        checkout = Checkout.objects.get(pk=pk)
        looked_at += 1
        known = Known(checkout.reference, checkout.provider_id, checkout.provider_subscription)
        try:
            assert at is not None
            standing = at.standing(known)
            record(checkout, standing, now=moment)
        except GatewayError as error:
            differences.append({"checkout": checkout.reference, "why": str(error)[:200]})
            continue
        except (
            Exception
        ) as error:  # one that can't be booked must not keep the others from being compared
            log.exception("reconciliation_failed checkout=%s", checkout.reference)
            differences.append({"checkout": checkout.reference, "why": repr(error)[:200]})
            continue
        difference = _compared(checkout, standing, ours, theirs)
        if difference:
            differences.append({"checkout": checkout.reference, **difference})
    day = (moment.astimezone(zone()) - timedelta(days=1)).date()
    report = Reconciliation(
        day=day, gateway=name, made_at=moment, looked_at=looked_at, ours=dict(ours), theirs=dict(theirs),
        differences=differences[:_KEPT_DIFFERENCES],
    )  # fmt: skip
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:  # another cashier was quicker, or it was asked for by hand before
        return Reconciliation.objects.get(day=day, gateway=name)
    return report


def _to_ask(name: GatewayName, moment: datetime) -> list[int]:
    """Their numbers: a read that stayed open would keep SQLite from writing what is found."""
    going_on = Subscription.objects.filter(
        gateway=name, ended_at__isnull=True, provider_subscription=OuterRef("provider_subscription")
    ).exclude(provider_subscription="")
    rows = Checkout.objects.filter(gateway=name).filter(
        Q(opened_at__gt=moment - LOOK_BACK) | Exists(going_on)
    )
    return list(rows.exclude(provider_id="").values_list("pk", flat=True))


def _compared(
    checkout: Checkout, standing: Standing, ours: "Counter[str]", theirs: "Counter[str]"
) -> dict[str, Any]:
    """What stands in the ledger for a checkout, beside what the gateway says it holds."""
    at = Account.of_gateway(GatewayName(checkout.gateway))
    rows = LedgerRow.objects.filter(payment__in=Payment.objects.filter(checkout=checkout))
    here: Counter[str] = Counter()
    for side, sign in (("debit", 1), ("credit", -1)):
        for currency, amount in (
            rows.filter(**{side: at})
            .order_by()
            .values_list("currency")
            .annotate(amount=Sum("amount"))
        ):
            here[currency] += sign * amount
    there: Counter[str] = Counter()
    for paid in standing.payments:
        there[paid.money.currency] += paid.money.amount - paid.refunded
    ours.update(here)
    theirs.update(there)
    if any(here[each] != there[each] for each in {*here, *there}):
        return {"ours": dict(here), "theirs": dict(there)}
    return {}
