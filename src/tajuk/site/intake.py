"""The goods entrance: what the wire has read is handed to the picture desk and the newsroom, in batches.

Each batch is one transaction: pictures, stories, register of arrivals and message stand or fall together. If
something in it fails, its stories are taken one by one, so that one bad story keeps nobody else out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from tajuk.contracts.incoming import IncomingPicture, IncomingStory
from tajuk.newsroom.actions import kill_story
from tajuk.newsroom.actions.bring_in import (
    Arriving,
    BroughtIn,
    LeftAloneError,
    Made,
    bring_in,
    bring_in_again,
    uris_at_the_desk,
)
from tajuk.newsroom.errors import KilledError, NeverPublishedError
from tajuk.newsroom.models import Story
from tajuk.pictures.bring_in import PictureIntake, RefusedPictureError, picture_intake
from tajuk.terms.ids import StoryId
from tajuk.wire import ninjs
from tajuk.wire.actions import note_arrivals
from tajuk.wire.fields import RefusedItemError
from tajuk.wire.files import Line, Where, parsed
from tajuk.wire.queries import known
from tajuk.wire.rules import Wish, digest_of, fate_of, step_of
from tajuk.wire.types import Fate, Known, Step

BATCH = 500

Say = Callable[[Where, str], None]


@dataclass(slots=True)
class Tally:
    """What became of the items."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    killed: int = 0
    drafts: int = 0
    """How many of those created or updated are not live."""
    left_alone: int = 0
    bad: int = 0

    @property
    def read(self) -> int:
        """All items that were met."""
        return (
            self.created + self.updated + self.unchanged + self.killed + self.left_alone + self.bad
        )


@dataclass(frozen=True, slots=True)
class _Item:
    where: Where
    story: IncomingStory
    digest: str
    fate: Fate


@dataclass(slots=True)
class Intake:
    """Takes items in from one folder after another. `say` is told what a person should know, and where."""

    house: ninjs.House
    wish: Wish
    clock: Callable[[], datetime]
    say: Say
    dry_run: bool = False
    tally: Tally = field(default_factory=Tally)
    _folder: Path = field(default_factory=Path)
    _batch: dict[str, _Item] = field(default_factory=dict)

    def take(self, lines: Iterable[Line], folder: Path) -> None:
        """All items of one file; pictures are looked for in `folder`."""
        self._folder = folder
        for line in lines:
            self.take_line(line)
        self.flush()

    def take_line(self, line: Line) -> None:
        """One item. What can't be read is said and counted."""
        if line.wrong:
            self._refuse(line.where, line.wrong)
            return
        try:
            item = parsed(line.text)
            reading = ninjs.read(item, self.house)
        except RefusedItemError as error:
            self._refuse(line.where, str(error))
            return
        story = reading.story
        for missed in reading.missed:
            self.say(line.where, missed)
        if story.uri in self._batch:
            self.flush()
        settings = (self.wish, self.house.language, self.house.section)
        digest = digest_of(item, *settings)
        fate = fate_of(story, self.wish, now=self.clock())
        self._batch[story.uri] = _Item(line.where, story, digest, fate)
        if len(self._batch) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Brings in what has gathered."""
        batch, self._batch = self._batch, {}
        if not batch:
            return
        on_record = known(batch)
        new = []
        for uri, item in batch.items():
            match step_of(item.story, item.digest, on_record.get(uri)):
                case Step.MAKE:
                    new.append(item)
                case Step.CHANGE:
                    self._change(item, on_record[uri])
                case Step.LEAVE:
                    self.tally.unchanged += 1
                case Step.KILL:
                    self._kill(item, on_record[uri])
                case Step.SKIP:
                    self.tally.unchanged += 1
                    self.say(
                        item.where, "canceled by its sender, and never brought in: passed over"
                    )
        self._make(self._not_at_the_desk(new))

    def _not_at_the_desk(self, items: list[_Item]) -> list[_Item]:
        there = uris_at_the_desk([item.story.uri for item in items])
        for item in items:
            if item.story.uri in there:
                self._leave_alone(item.where, "the desk has it, and not from an import")
        return [item for item in items if item.story.uri not in there]

    def _make(self, items: Sequence[_Item]) -> None:
        if not items:
            return
        try:
            made = self._made(items)
        except (RefusedPictureError, IntegrityError, DataError, ValidationError) as error:
            if len(items) == 1:
                self._refuse(items[0].where, _reason(error))
                return
            for item in items:
                self._make([item])
            return
        for item, brought in zip(items, made, strict=True):
            self.tally.created += 1
            self._tell(item, brought)

    def _made(self, items: Sequence[_Item]) -> list[BroughtIn]:
        with picture_intake(self._folder) as intake:
            if self.dry_run:
                intake.look_at(_pictures(items))
                return [BroughtIn(item.story.uri, StoryId(0), 0, item.fate.live) for item in items]
            with transaction.atomic():
                moment = self.clock()
                made = bring_in(
                    [Arriving(item.story, item.fate.live) for item in items],
                    pictures=intake.take(_pictures(items)),
                    now=moment,
                )
                digests = {item.story.uri: item.digest for item in items}
                note_arrivals(
                    {each.uri: _record(each, digests[each.uri]) for each in made}, now=moment
                )
                return made

    def _change(self, item: _Item, record: Known) -> None:
        try:
            with picture_intake(self._folder) as intake:
                brought = self._changed(item, record, intake)
        except LeftAloneError as reason:
            self._leave_alone(item.where, str(reason))
        except (RefusedPictureError, IntegrityError, DataError, ValidationError) as error:
            self._refuse(item.where, _reason(error))
        else:
            self.tally.updated += 1
            self._tell(item, brought)

    def _changed(self, item: _Item, record: Known, intake: PictureIntake) -> BroughtIn:
        if self.dry_run:
            intake.look_at(item.story.pictures)
            return BroughtIn(item.story.uri, StoryId(record.story_id), 0, item.fate.live)
        with transaction.atomic():
            moment = self.clock()
            brought = bring_in_again(
                Arriving(item.story, item.fate.live),
                Made(StoryId(record.story_id), record.revision_id, record.was_live),
                pictures=intake.take(item.story.pictures),
                now=moment,
            )
            note_arrivals({brought.uri: _record(brought, item.digest)}, now=moment)
        return brought

    def _kill(self, item: _Item, record: Known) -> None:
        """A cancellation holds whatever the desk has done with the story since: the sender takes it back."""
        moment = self.clock()
        if not self.dry_run:
            try:
                with transaction.atomic():
                    story = Story.objects.get(pk=record.story_id)
                    reason = item.story.note or "Withdrawn by its sender."
                    kill_story(story, reason=reason, acting_user=None, now=moment)
                    gone = Known(item.digest, record.story_id, record.revision_id, was_live=False)
                    note_arrivals({item.story.uri: gone}, now=moment)
            except KilledError:
                self.tally.unchanged += 1
                return
            except NeverPublishedError:
                self._leave_alone(
                    item.where, "canceled by its sender; no reader saw it, it stays a draft"
                )
                return
        self.tally.killed += 1
        self.say(item.where, "canceled by its sender: killed")

    def _tell(self, item: _Item, brought: BroughtIn) -> None:
        for missed in brought.missed:
            self.say(item.where, missed)
        if not brought.live:
            self.tally.drafts += 1
            if item.fate.why_not:
                self.say(item.where, f"kept as a draft: {item.fate.why_not}")

    def _refuse(self, where: Where, reason: str) -> None:
        self.tally.bad += 1
        self.say(where, f"not brought in: {reason}")

    def _leave_alone(self, where: Where, reason: str) -> None:
        self.tally.left_alone += 1
        self.say(where, f"left alone: {reason}")


def _pictures(items: Iterable[_Item]) -> list[IncomingPicture]:
    return [picture for item in items for picture in item.story.pictures]


def _record(brought: BroughtIn, digest: str) -> Known:
    return Known(digest, brought.story_id, brought.revision_id, brought.live)


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(error.messages)
    return " ".join(str(error).split())
