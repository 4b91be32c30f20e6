"""Account pages speak the language of their edition: it stands at the beginning of the address.

The engine of sign-ins knows its pages by name alone, so the addresses of both editions have the same names and differ
by the language in force, which the path decides before anything else is done.
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import translation

from tajuk.terms import addresses
from tajuk.terms.language import Language
from tajuk.terms.routes import language_of


def edition() -> Language:
    """The edition whose language is in force; the paper's first where that language has none."""
    spoken = (translation.get_language() or "").split("-")[0]
    return next(
        (each for each in settings.PAPER.languages if each == spoken), settings.PAPER.first_language
    )


class SpeakTheEdition:
    """Middleware, after Django's own choice of a language: on account pages the path decides."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, in its edition's language."""
        language, within = language_of(request.path, settings.PAPER)
        if within.startswith(addresses.account()):
            translation.activate(language.value)
            request.LANGUAGE_CODE = language.value
        return self._get_response(request)


class EditionPrefix:
    """What stands before the addresses of an edition, as Django's resolver asks for it (see `LocalePrefixPattern`)."""

    converters: dict[str, Any] = {}

    def __str__(self) -> str:
        return addresses.prefix(edition(), first=settings.PAPER.first_language).removeprefix(
            "/"
        ) + ("/" if edition() is not settings.PAPER.first_language else "")

    @property
    def regex(self) -> re.Pattern[str]:
        """For `reverse`, which keeps what it finds by language."""
        return re.compile(re.escape(str(self)))

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
        """What is left of a path of this edition."""
        ahead = str(self)
        return (path.removeprefix(ahead), (), {}) if path.startswith(ahead) else None

    def check(self) -> list[Any]:
        """Nothing can be wrong with it."""
        return []


def in_each_edition(patterns: list[URLPattern]) -> URLResolver:
    """These addresses, before which the edition's prefix stands."""
    return URLResolver(EditionPrefix(), patterns)  # type: ignore[arg-type]
