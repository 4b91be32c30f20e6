"""What circulation answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tajuk.contracts.pages import Standing
from tajuk.contracts.readers import Held
from tajuk.newsroom.types import TopicLine
from tajuk.paywall.types import Entitlement
from tajuk.terms.ids import TopicId
from tajuk.terms.language import Language


@dataclass(frozen=True, slots=True)
class ReaderFacts:
    """A reader, as the press makes a row for the store of."""

    reader_id: int
    entitlements: tuple[Held, ...] = ()
    revoked_before: datetime | None = None
    revoked_sessions: tuple[str, ...] = ()
    followed: tuple[tuple[Language, tuple[TopicLine, ...]], ...] = ()
    """In each language the topics the reader follows that have stories in it, that with the newest story first."""
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class HeldView:
    """What a reader is entitled to now, in words, and until when; None is open."""

    entitlement: Entitlement
    name: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic on the account page."""

    topic_id: TopicId
    name: str
    is_followed: bool


@dataclass(frozen=True, slots=True)
class SignInLine:
    """One of the reader's sign-ins."""

    session: str
    device: str
    signed_in_at: datetime
    """In the paper's time zone."""
    is_here: bool


@dataclass(frozen=True, slots=True)
class MyAccountView:
    """A reader's own account."""

    name: str
    email: str
    has_password: bool
    has_second_factor: bool
    sign_ins: int
    held: tuple[HeldView, ...]
    topics: tuple[TopicChoice, ...]
    has_google: bool = False
    works_here: bool = False


class Dressed(Protocol):
    """Puts a page of ours into the paper's dress. `site` hands in the press's, which we may not look down to."""

    def __call__(
        self, template: str, context: Mapping[str, Any], *,
        language: Language, within: str, title: str, standing: Standing, now: datetime,
    ) -> str: ...  # fmt: skip
