"""What a reader is shown: plans with their prices, their own subscriptions, orders and receipts."""

from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.utils import formats, translation
from django.utils.translation import gettext

from tajuk.accounts.models import User
from tajuk.subscriptions.actions.orders import is_new
from tajuk.subscriptions.house import billing, with_tax
from tajuk.subscriptions.models import Order, Payment, Plan, Price, Receipt, Refund, Subscription
from tajuk.subscriptions.models.plans import ENTITLEMENTS
from tajuk.subscriptions.rules.orders import may_ask_refund
from tajuk.subscriptions.types import (
    Judgement,
    OrderLine,
    OrderState,
    Period,
    PeriodUnit,
    PlanOffer,
    Purpose,
    RefundState,
    SubscriptionLine,
)
from tajuk.terms.language import Language
from tajuk.terms.money import Currency, Money


def plan_offers(
    reader: User | None, *, currency: Currency, language: Language
) -> tuple[PlanOffer, ...]:
    """The plans sold in this currency, as this reader is offered them. Four queries at most."""
    prices = Price.objects.filter(currency=currency, plan__is_sold=True).select_related("plan")
    house = billing()
    new = reader is None or is_new(reader)
    tries = reader is None or not Subscription.objects.filter(reader=reader).exists()
    return tuple(
        PlanOffer(
            plan_id=each.plan.pk,
            name=name_of(each.plan, language),
            description=_second(each.plan.description, each.plan.description_second, language),
            gives=tuple(str(ENTITLEMENTS[it]) for it in each.plan.entitlements),
            period=each.plan.period,
            price=with_tax(each.money, house),
            first=with_tax(each.first if new else each.money, house),
            trial_days=each.plan.trial_days if tries else 0,
        )
        for each in prices.order_by("plan__position", "plan_id")
    )


def currencies_sold() -> tuple[Currency, ...]:
    """In which currencies something is sold, the paper's own first. One query."""
    found = set(
        Price.objects.filter(plan__is_sold=True)
        .order_by()
        .values_list("currency", flat=True)
        .distinct()
    )
    own = settings.PAPER.currency
    return tuple(sorted((Currency(each) for each in found), key=lambda each: (each != own, each)))


def subscription_lines(reader: User, *, language: Language) -> tuple[SubscriptionLine, ...]:
    """The reader's subscriptions, those that go on first. Two queries."""
    waiting = Order.objects.filter(state=OrderState.OPEN, purpose=Purpose.RENEWAL)
    rows = (
        Subscription.objects.filter(reader=reader)
        .select_related("plan")
        .prefetch_related(Prefetch("orders", queryset=waiting, to_attr="waiting"))
    )
    zone = settings.PAPER.time_zone
    lines = [
        SubscriptionLine(
            subscription_id=each.pk,
            plan=name_of(each.plan, language),
            since=each.started_at.astimezone(zone),
            paid_until=each.paid_until.astimezone(zone),
            access_until=each.access_until.astimezone(zone),
            is_trial=each.is_trial,
            is_cancelled=each.cancelled_at is not None or each.is_gift,
            renews_itself=each.renews_itself,
            gateway=each.gateway,
            ended_at=each.ended_at.astimezone(zone) if each.ended_at else None,
            open_order=each.waiting[0].reference if each.waiting else "",
        )
        for each in rows
    ]
    return tuple(sorted(lines, key=lambda each: each.ended_at is not None))


def order_lines(reader: User, *, language: Language, now: datetime) -> tuple[OrderLine, ...]:
    """The reader's orders, newest first, a hundred at most. Three queries."""
    rows = (
        Order.objects.filter(reader=reader)
        .select_related("plan")
        .prefetch_related(Prefetch("payments", Payment.objects.select_related("receipt", "refund")))
    )
    return tuple(order_line(each, language=language, now=now) for each in rows[:100])


def order_line(order: Order, *, language: Language, now: datetime) -> OrderLine:
    """One order as its reader sees it. Queries what isn't fetched yet."""
    payments = list(order.payments.all())
    honoured = next((each for each in payments if each.judgement == Judgement.HONOURED), None)
    receipt = Receipt.objects.filter(payment=honoured).first() if honoured else None
    pending = Refund.objects.filter(payment__in=payments).exclude(state=RefundState.DONE)
    return OrderLine(
        reference=order.reference,
        plan=name_of(order.plan, language),
        purpose=Purpose(order.purpose),
        state=OrderState(order.state),
        total=order.amounts.total,
        placed_at=order.placed_at.astimezone(settings.PAPER.time_zone),
        receipt=f"{receipt.year}-{receipt.number:06d}" if receipt else "",
        may_ask_refund=honoured is not None
        and order.state == OrderState.PAID
        and may_ask_refund(
            is_first=order.purpose == Purpose.FIRST, paid_at=honoured.paid_at, now=now
        ),
        is_refund_pending=bool(payments) and pending.exists(),
    )


def name_of(plan: Plan, language: Language) -> str:
    """The plan's name in this edition."""
    return _second(plan.name, plan.name_second, language)


def spelled(money: Money, language: Language) -> str:
    """An amount as this edition writes it."""
    return money.spelled(decimal_comma=language is Language.INDONESIAN)


def in_words(period: Period) -> str:
    """“3 months”; “month” for one."""
    if period.count == 1:
        one = {
            PeriodUnit.DAY: gettext("day"),
            PeriodUnit.MONTH: gettext("month"),
            PeriodUnit.YEAR: gettext("year"),
        }
        return one[period.unit]
    several = {
        PeriodUnit.DAY: gettext("%(count)d days"),
        PeriodUnit.MONTH: gettext("%(count)d months"),
        PeriodUnit.YEAR: gettext("%(count)d years"),
    }
    return several[period.unit] % {"count": period.count}


def percent(rate: int) -> str:
    """A tax rate as readers write it."""
    whole, part = divmod(rate, 100)
    digits = f"{part:02d}".rstrip("0")
    mark = formats.get_format("DECIMAL_SEPARATOR", translation.get_language())
    return f"{whole}{mark}{digits} %" if digits else f"{whole} %"


def tax_words(order: Order, language: Language) -> str:
    """“of which PPN 11 %: Rp 4.856”; empty without a tax."""
    if not order.tax:
        return ""
    return gettext("of which %(tax)s %(rate)s: %(amount)s") % {
        "tax": order.tax_name,
        "rate": percent(order.tax_rate),
        "amount": spelled(order.amounts.tax, language),
    }


def _second(first: str, second: str, language: Language) -> str:
    return first if language is settings.PAPER.first_language else second or first
