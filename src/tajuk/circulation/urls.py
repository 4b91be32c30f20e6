"""The addresses of readers' accounts, in each edition. Registered in `tajuk.site.surfaces`."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from tajuk.circulation import views
from tajuk.circulation.types import Dressed
from tajuk.terms.language import Language


def patterns(languages: Iterable[Language], *, dressed: Dressed) -> list[URLPattern]:
    """All of them, named `account-…`; `dressed` puts pages into the paper's dress."""
    found = []
    for each in languages:
        doors = views.doors_of(each)
        rows: tuple[tuple[str, Callable[..., HttpResponseBase], dict[str, Any], str], ...] = (
            (doors.account, views.account, {"dressed": dressed}, "mine"),
            (doors.sign_in, views.sign_in, {"dressed": dressed}, "sign-in"),
            (doors.topics, views.topics, {}, "topics"),
            (doors.sign_out, views.sign_out, {}, "sign-out"),
            (doors.sign_out_everywhere, views.sign_out_everywhere, {}, "sign-out-everywhere"),
        )
        found += [
            path(address[1:], view, {"language": each, **more}, name=f"account-{name}-{each}")
            for address, view, more, name in rows
        ]
    return found
