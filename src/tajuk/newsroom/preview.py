"""The live preview is the reader's page: `site` hands the press's renderers in, one for each kind of thing."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse

Renderer = Callable[[Any, HttpRequest], HttpResponse]
"""Renders an object that may not have been saved, as its readers would see it."""

_renderers: dict[str, Renderer] = {}


class NoRendererError(LookupError):
    """Nobody has registered how readers see this kind of thing."""

    def __init__(self, label: str) -> None:
        """`label` is the model's label."""
        super().__init__(
            f"No renderer is registered for {label}: call newsroom.preview.register_renderer "
            f"({label!r}, …) where the departments are wired (tajuk.site)."
        )


def register_renderer(label: str, renderer: Renderer) -> None:
    """From now on, previews of the model `label` (`newsroom.Story`) are made by `renderer`."""
    _renderers[label] = renderer


def render(instance: models.Model, request: HttpRequest) -> HttpResponse:
    """The reader's page of `instance`. Raises NoRendererError where none is registered."""
    label = instance._meta.label  # noqa: SLF001  Django's public name for it
    if label not in _renderers:
        raise NoRendererError(label)
    return _renderers[label](instance, request)
