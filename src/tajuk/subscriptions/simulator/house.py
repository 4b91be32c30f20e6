"""What the simulator's parts share: its book, its keys, what is on its way."""

from dataclasses import dataclass

from aiohttp import BasicAuth, web

from tajuk.subscriptions.simulator.book import Book
from tajuk.subscriptions.simulator.deliveries import Deliveries

KEYS = {
    "midtrans": "SB-Mid-server-simulator",
    "xendit": "xnd_development_simulator",
    "xendit_token": "simulator-callback-token",
    "stripe": "sk_test_simulator",
    "stripe_webhook": "whsec_simulator",
}
"""What a paper that is to use it writes into its settings. They open nothing anywhere else."""


@dataclass(slots=True)
class House:
    """Everything."""

    book: Book
    deliveries: Deliveries
    keys: dict[str, str]

    def let_in(self, request: web.Request, key: str) -> None:
        """Basic authentication with the key as the user. Raises HTTPUnauthorized."""
        try:
            given = BasicAuth.decode(request.headers.get("Authorization", "")).login
        except ValueError:
            given = ""
        if given != key:
            raise web.HTTPUnauthorized(text='{"error_messages": ["Access denied"]}')

    def address(self, request: web.Request) -> str:
        """Where whoever asks has found it."""
        return f"{request.scheme}://{request.host}"


HOUSE = web.AppKey("house", House)
