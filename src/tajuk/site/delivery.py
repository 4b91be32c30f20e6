"""The desk waits a moment, so that an editor who has published sees it wherever the browser goes next."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from tajuk.outbox.actions import noting_what_is_put
from tajuk.outbox.queries import wait_until_delivered

LONGEST_WAIT = timedelta(seconds=1)


class WaitForDelivery:
    """Middleware: a request that put messages is answered when they are delivered, or after a second."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, held back until the press has had the news."""
        with noting_what_is_put() as ids:
            response = self._get_response(request)
        if ids and not connection.in_atomic_block:
            wait_until_delivered(ids, at_most=LONGEST_WAIT)
        return response
