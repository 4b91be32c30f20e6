"""What the newsstand may know of readers, put into the store."""

from collections.abc import Collection
from datetime import datetime

from tajuk.circulation import queries as circulation
from tajuk.circulation.types import ReaderFacts
from tajuk.contracts.readers import ReaderRow
from tajuk.paywall.meter import MeterCard
from tajuk.press import keys
from tajuk.store import PageStore
from tajuk.wall import queries as wall


def press_readers(store: PageStore, reader_ids: Collection[int], *, now: datetime) -> None:
    """The rows of these readers as they are now, in one batch."""
    run = store.next_run()  # before the tables are read: an older run never overwrites a newer one
    facts = circulation.reader_facts(reader_ids, now=now)
    cards = wall.cards(reader_ids, now=now)
    with store.batch(run) as batch:
        for reader_id, each in facts.items():
            batch.put_reader(reader_id, row_of(each, cards.get(reader_id)))


def row_of(facts: ReaderFacts, card: MeterCard | None) -> ReaderRow:
    """A reader's row; their recommendations are the newest stories of the topics they follow."""
    return ReaderRow(
        entitlements=facts.entitlements,
        revoked_before=facts.revoked_before,
        revoked_sessions=facts.revoked_sessions,
        picks=tuple(
            (
                language.value,
                tuple(keys.picks_of_topic(language, topic.topic_id) for topic in topics),
            )
            for language, topics in facts.followed
        ),
        is_active=facts.is_active,
        card=card,
    )
