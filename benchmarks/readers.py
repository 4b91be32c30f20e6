"""Readers of every kind, as the newsstand meets them: real passes and meter cards, and rows in the page store."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, get_args

from tajuk.contracts.readers import Held, ReaderRow
from tajuk.paywall import Entitlement, ReaderPass
from tajuk.paywall.keyring import FILE_NAME, key_ring
from tajuk.paywall.meter import METER_COOKIE, MeterCard, sealed_card
from tajuk.paywall.passes import (
    PASS_COOKIE,
    PASS_LIFE,
    SESSION_LIFE,
    new_session,
    sealed_pass,
    whole_second,
)
from tajuk.press import keys
from tajuk.store import PageStore
from tajuk.terms import clock
from tajuk.terms.ids import TopicId
from tajuk.terms.language import Language
from tajuk.terms.paper import Paper
from tajuk.terms.routes import StoryRoute, route_of

Kind = Literal["anonymous", "metered", "signed-in", "ad-free", "subscriber"]
"""*ad-free* and *subscriber* pay for the same; only the subscriber follows topics."""
KINDS: Sequence[Kind] = get_args(Kind)
PATHS = 500
READERS = 1000
"""Of each kind: a page that was joined for one is not often asked for by the same one again."""
_MOST_TOPICS = 2000
FOLLOWED = 4
_FIRST_AD_FREE, _FIRST_SUBSCRIBER = 1_000_000, 2_000_000
_PAYS_FOR = (Entitlement.PREMIUM, Entitlement.AD_FREE)


def story_paths(paper: Paper, count: int = PATHS) -> tuple[str, ...]:
    """So many stories' pages by chance, but always the same."""
    store = PageStore.open(paper.store_path, readonly=True)
    found = [path for path in store.paths("/") if _is_story(store, paper, path)]
    store.close()
    return tuple(random.Random(5).sample(found, min(count, len(found))))


def _is_story(store: PageStore, paper: Paper, path: str) -> bool:
    if not isinstance(route_of(path, paper), StoryRoute):
        return False
    plan = store.plan(path)
    return plan is not None and plan.status == 200


def admit(paper: Paper) -> None:
    """Puts the rows of all readers into the store. Each subscriber follows topics of their own choice."""
    key_ring(paper.folder / FILE_NAME, now=clock.now())  # the newsstand wants it when it starts
    store = PageStore.open(paper.store_path)
    language = paper.first_language
    topics = [
        name for name in _picks(language) if store.fragment(name) is not None
    ]  # fmt: skip
    if len(topics) < FOLLOWED:
        raise SystemExit("No topic's newest stories are pressed: subscribers would follow nothing.")
    chance = random.Random(11)
    with store.batch(store.next_run()) as batch:
        for number in range(READERS):
            batch.put_reader(1 + number, ReaderRow())
            own = tuple(chance.sample(topics, FOLLOWED))
            held = tuple(Held(each) for each in _PAYS_FOR)
            batch.put_reader(_FIRST_AD_FREE + number, ReaderRow(entitlements=held))
            row = ReaderRow(entitlements=held, picks=((language.value, own),))
            batch.put_reader(_FIRST_SUBSCRIBER + number, row)
    store.close()


def _picks(language: Language) -> Iterator[str]:
    for number in range(1, _MOST_TOPICS):
        yield keys.picks_of_topic(language, TopicId(number))


def cookies_of(kind: Kind, paper: Paper, *, now: datetime) -> list[str]:
    """What browsers of this kind send. Passes are fresh: a round is over before they are due to be renewed."""
    ring = key_ring(paper.folder / FILE_NAME, now=now)
    moment = whole_second(now)
    match kind:
        case "anonymous":
            return []
        case "metered":
            # Two stories read before; what is asked for now is one more, so every metered page is counted anew.
            cards = (
                MeterCard(moment - timedelta(days=2), (number, number + 1))
                for number in range(READERS)
            )
            return [f"{METER_COOKIE}={sealed_card(card, ring)}" for card in cards]
        case "signed-in":
            first, held = 1, frozenset[Entitlement]()
        case "ad-free":
            first, held = _FIRST_AD_FREE, frozenset(_PAYS_FOR)
        case "subscriber":
            first, held = _FIRST_SUBSCRIBER, frozenset(_PAYS_FOR)
    passes = (
        ReaderPass(
            reader_id=first + number, expires_at=moment + PASS_LIFE, entitlements=held, session=new_session(),
            signed_in_at=moment - timedelta(days=1), issued_at=moment,
            renew_until=moment - timedelta(days=1) + SESSION_LIFE,
        )
        for number in range(READERS)
    )  # fmt: skip
    return [f"{PASS_COOKIE}={sealed_pass(each, ring)}" for each in passes]
