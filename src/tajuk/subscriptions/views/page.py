"""What every page of subscriptions has in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils import translation
from django.utils.functional import Promise

from tajuk.accounts.models import User
from tajuk.contracts.pages import Standing
from tajuk.subscriptions import doors
from tajuk.subscriptions.models import Subscription
from tajuk.subscriptions.types import Dressed
from tajuk.terms.clock import now as read_clock
from tajuk.terms.language import Language


class SeeOther(HttpResponseRedirect):
    """Whatever was asked, the way on is a GET."""

    status_code = 303


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for one of these pages: which edition, when, by whom."""

    request: HttpRequest
    language: Language
    dressed: Dressed
    moment: datetime

    @property
    def reader(self) -> User | None:
        """Who is signed in."""
        return self.request.user if isinstance(self.request.user, User) else None

    @property
    def doors(self) -> doors.Doors:
        """The addresses of this edition."""
        return doors.of(self.language)

    def page(
        self, template: str, context: Mapping[str, Any], *, title: str | Promise, within: str, status: int = 200
    ) -> HttpResponse:  # fmt: skip
        """The page; `within` is its path within the edition."""
        with translation.override(self.language.value):
            html = self.dressed(
                f"subscriptions/{template}.html",
                {"doors": self.doors, "csrf_token": get_token(self.request), "reader": self.reader, **context},
                language=self.language, within=within, title=str(title), standing=self._standing(), now=self.moment,
            )  # fmt: skip
        headers = {"Content-Language": self.language.value}
        return private(HttpResponse(html, status=status, headers=headers))

    def sign_in(self) -> HttpResponse:
        """To the sign-in, and back here."""
        return onward(f"{self.doors.sign_in}?{urlencode({'next': self.request.path})}")

    def _standing(self) -> Standing:
        if self.reader is None:
            return Standing.UNKNOWN
        pays = Subscription.objects.filter(
            reader=self.reader, ended_at__isnull=True, access_until__gt=self.moment, plan__premium=True
        )  # fmt: skip
        return Standing.SUBSCRIBER if pays.exists() else Standing.SIGNED_IN


def asked(request: HttpRequest, language: Language, dressed: Dressed) -> Asked:
    """The request, with the moment it came at."""
    return Asked(request, language, dressed, read_clock())


def onward(path: str) -> HttpResponse:
    """The way on, kept by no cache."""
    return private(SeeOther(path))


def private(response: HttpResponse) -> HttpResponse:
    """For this reader alone."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
