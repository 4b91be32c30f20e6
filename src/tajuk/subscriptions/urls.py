"""The addresses of readers who pay, in each edition, and of payment providers. Registered in `tajuk.site.surfaces`."""

from collections.abc import Callable, Iterable

from django.http import HttpResponseBase
from django.urls import URLPattern, path, re_path

from tajuk.subscriptions import doors
from tajuk.subscriptions.notice_view import notice
from tajuk.subscriptions.types import Dressed
from tajuk.subscriptions.views.codes import gift, seat
from tajuk.subscriptions.views.give import give
from tajuk.subscriptions.views.order import order
from tajuk.subscriptions.views.payments import payments, portal, receipt
from tajuk.subscriptions.views.subscribe import subscribe
from tajuk.terms.language import Language


def patterns(languages: Iterable[Language], *, dressed: Dressed) -> list[URLPattern]:
    """All of them, named `money-…`; `dressed` puts pages into the paper's dress."""
    found = [path("api/payments/<slug:gateway_name>", notice, name="money-notice")]
    for each in languages:
        here = doors.of(each)
        rows: tuple[tuple[str, Callable[..., HttpResponseBase], str], ...] = (
            (f"{here.subscribe}$", subscribe, "subscribe"),
            (f"{here.order}(?P<reference>[0-9A-F]{{16}})$", order, "order"),
            (f"{here.payments}$", payments, "payments"),
            (f"{here.give}$", give, "give"),
            (f"{here.payments}/card/(?P<pk>[0-9]{{1,18}})$", portal, "portal"),
            (f"{here.receipt}(?P<number>[0-9]{{4}}-[0-9]{{6,9}})\\.pdf$", receipt, "receipt"),
            (f"{here.gift}(?P<code>[\\w-]{{20,32}})$", gift, "gift"),
            (f"{here.seat}(?P<code>[\\w-]{{20,32}})$", seat, "seat"),
        )
        found += [
            re_path(
                f"^{address[1:]}", view, {"language": each, "dressed": dressed}, name=f"money-{name}-{each}"
            )
            for address, view, name in rows
        ]  # fmt: skip
    return found
