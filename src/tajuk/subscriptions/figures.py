"""The figures of a period, for the dashboards: counted by the database, a constant number of queries."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from tajuk.subscriptions.desk_types import DayOfPlan, DayOfRevenue, FiguresOfPeriod, OrdersOfPeriod
from tajuk.subscriptions.models import Checkout, LedgerRow, Order, Payment, Plan, Subscription
from tajuk.subscriptions.types import Account, Judgement, OrderState, Purpose
from tajuk.terms.money import Currency


def figures(start: datetime, end: datetime, *, zone: ZoneInfo, now: datetime) -> FiguresOfPeriod:
    """From `start` on, before `end`; days are those of `zone`. Nine queries.

    A subscription that was paid for again after its end counts as one that went on all the while.
    """
    subscriptions = Subscription.objects.order_by()
    ended = subscriptions.filter(ended_at__gte=start, ended_at__lt=end)
    renewed = Payment.objects.order_by().filter(
        paid_at__gte=start, paid_at__lt=end, judgement=Judgement.HONOURED, order__purpose=Purpose.RENEWAL
    )  # fmt: skip
    before = subscriptions.filter(started_at__lt=start).exclude(ended_at__lt=start)
    in_grace = subscriptions.filter(
        ended_at__isnull=True, access_until__gt=now, paid_until__lte=now, cancelled_at__isnull=True
    )
    return FiguresOfPeriod(
        plans=dict(Plan.objects.values_list("pk", "name")),
        active_before=dict(before.values_list("plan_id").annotate(many=Count("pk"))),
        started=_by_day(
            subscriptions.filter(started_at__gte=start, started_at__lt=end), "started_at", "plan_id", zone
        ),
        ended=_by_day(ended, "ended_at", "plan_id", zone),
        revenue=_revenue(start, end, zone),
        renewals_paid=_by_day(renewed, "paid_at", "order__plan_id", zone),
        renewals_failed=_by_day(
            ended.filter(ended_because=Subscription.Ended.UNPAID, is_trial=False), "ended_at", "plan_id", zone
        ),
        in_grace=in_grace.count(),
        orders=_orders(start, end),
    )  # fmt: skip


def _by_day(
    rows: "QuerySet[Subscription] | QuerySet[Payment]", moment: str, plan: str, zone: ZoneInfo
) -> tuple[DayOfPlan, ...]:
    counted = (
        rows.annotate(day=TruncDate(moment, tzinfo=zone))
        .values_list("day", plan)
        .annotate(many=Count("pk"))
    )
    return tuple(DayOfPlan(*row) for row in counted.order_by("day", plan))


def _revenue(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[DayOfRevenue, ...]:
    """What the ledger put into the revenue account, less what it took out again."""
    earned, taken_back = Q(credit=Account.REVENUE), Q(debit=Account.REVENUE)
    rows = (
        LedgerRow.objects.filter(earned | taken_back, at__gte=start, at__lt=end)
        .annotate(day=TruncDate("at", tzinfo=zone))
        .values_list("day", "order__plan_id", "currency")
        .annotate(came=Sum("amount", filter=earned), went=Sum("amount", filter=taken_back))
        .order_by("day", "order__plan_id", "currency")
    )
    return tuple(
        DayOfRevenue(day, plan_id, Currency(currency), (came or 0) - (went or 0))
        for day, plan_id, currency, came, went in rows
    )


def _orders(start: datetime, end: datetime) -> OrdersOfPeriod:
    opened = Checkout.objects.filter(order=OuterRef("pk")).exclude(pay_url="")
    placed = Order.objects.order_by().filter(
        placed_at__gte=start, placed_at__lt=end, purpose=Purpose.FIRST
    )
    found = placed.annotate(opened=Exists(opened)).aggregate(
        placed=Count("pk"),
        at_gateway=Count("pk", filter=Q(opened=True)),
        paid=Count("pk", filter=Q(state__in=[OrderState.PAID, OrderState.REFUNDED])),
    )
    return OrdersOfPeriod(**found)
