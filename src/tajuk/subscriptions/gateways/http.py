"""HTTP to providers: short time-outs, and errors that say whether asking again helps."""

import threading
from typing import Any

import requests

from tajuk.subscriptions.gateways.port import GatewayError, RefusedError
from tajuk.subscriptions.types import GatewayName

_SECONDS = (3.05, 10)
"""To be connected, and between two pieces of an answer."""
_NOT_FOUND = 404
_REFUSED = range(400, 500)
_TRY_AGAIN = frozenset({408, 409, 423, 425, 429})


class Line:
    """The line to one provider, with its key as the user of basic authentication (RFC 7617)."""

    def __init__(self, gateway: GatewayName, key: str) -> None:
        self._gateway = gateway
        self._key = key
        self._here = threading.local()  # a session is for one thread

    def get(self, url: str, **query: str) -> Any | None:
        """The answer's JSON; None where there is nothing. Raises GatewayError, RefusedError."""
        return self._said("GET", url, params=query)

    def post(self, url: str, body: Any = None, *, key: str = "") -> Any:
        """The answer's JSON; `key` makes the same request twice one, where the provider knows that."""
        headers = {"Idempotency-Key": key, "X-Idempotency-Key": key} if key else {}
        said = self._said("POST", url, json=body, headers=headers)
        if said is None:
            raise RefusedError(self._gateway, f"nothing at {url}")
        if not isinstance(said, dict):
            raise GatewayError(self._gateway, "answered with a list where one thing was asked for")
        return said

    def _session(self) -> requests.Session:
        found: requests.Session | None = getattr(self._here, "session", None)
        if found is None:
            found = self._here.session = requests.Session()
            found.auth = (self._key, "")
            found.trust_env = False  # no key goes to a proxy or .netrc entry nobody meant
        return found

    def _said(self, method: str, url: str, **how: Any) -> Any | None:
        try:
            answer = self._session().request(
                method, url, timeout=_SECONDS, allow_redirects=False, **how
            )
        except requests.RequestException as error:
            raise GatewayError(self._gateway, f"no answer ({type(error).__name__})") from error
        if answer.status_code == _NOT_FOUND:
            return None
        if answer.status_code in _REFUSED and answer.status_code not in _TRY_AGAIN:
            raise RefusedError(self._gateway, f"{answer.status_code} {answer.text[:200]}")
        if not answer.ok:
            raise GatewayError(self._gateway, f"answered {answer.status_code}")
        try:
            return answer.json()
        except ValueError as error:
            raise GatewayError(self._gateway, "answered something that is no JSON") from error
