"""A paper with a store, and a post office: a real SMTP server that keeps what it is handed."""

import email
import email.policy
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django.fixtures import Settings

from tests.circulation.conftest import paper, reader, sign_in

__all__ = ["paper", "reader", "sign_in"]


@dataclass
class PostOffice:
    """What was mailed, in order."""

    carried: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuses:
            return "451 Not now"
        made = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(made, EmailMessage)
        self.carried.append(made)
        return "250 OK"

    def newest(self, to: str = "") -> EmailMessage:
        """The newest mail, to whom it may be told."""
        found = [each for each in self.carried if to in str(each["To"])]
        assert found, f"nothing was mailed to {to or 'anybody'}"
        return found[-1]

    def code(self, to: str = "") -> str:
        """The code in the newest mail."""
        found = re.search(r"^\d{4}-\d{4}$", text_of(self.newest(to)), re.MULTILINE)
        assert found, f"no code stands in {text_of(self.newest(to))}"
        return found[0]

    def subjects(self) -> list[str]:
        """Of all that was mailed; nothing is left afterwards."""
        found = [str(each["Subject"]) for each in self.carried]
        self.carried.clear()
        return found


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """The mail's text, plain or as HTML."""
    body = mail.get_body((kind,))
    assert body is not None, f"the mail has no {kind} part"
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.fixture(scope="session")
def post_office_server() -> Iterator[tuple[PostOffice, int]]:
    """One for all tests."""
    hands = PostOffice()
    with socket.create_server(("127.0.0.1", 0)) as found:  # a port that is free
        port = found.getsockname()[1]
    server = Controller(hands, hostname="127.0.0.1", port=port)
    server.start()
    yield hands, port
    server.stop()


@pytest.fixture
def post(post_office_server: tuple[PostOffice, int], settings: Settings) -> PostOffice:
    """The post office, empty; mail goes there."""
    hands, port = post_office_server
    hands.carried.clear()
    hands.refuses = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    return hands
