"""The live preview of a gallery is the reader's page: `site` hands the press's renderer in."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

Renderer = Callable[[Any, HttpRequest], HttpResponse]
"""Renders a gallery that may not have been saved, as its readers would see it."""

_registered: list[Renderer] = []


def register_renderer(renderer: Renderer) -> None:
    """From now on, previews of galleries are made by `renderer`."""
    _registered[:] = [renderer]


def is_possible() -> bool:
    """Whether somebody registered how readers see a gallery."""
    return bool(_registered)


def render(gallery: Any, request: HttpRequest) -> HttpResponse:
    """The reader's page of `gallery`; asked only where `is_possible`."""
    return _registered[0](gallery, request)
