"""What an action of the newsroom may refuse, in words an editor can use."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import formats, timezone
from django.utils.translation import gettext

from tajuk.newsroom.rules.roles import Verb
from tajuk.terms.ids import StoryId


class StoryRefusedError(Exception):
    """An action can't be done to this story as it stands; the text says what to do instead."""


class EmbargoedError(StoryRefusedError):
    """The story's embargo still runs."""

    def __init__(self, until: datetime) -> None:
        """`until` is the instant at which it lifts."""
        moment = formats.date_format(timezone.localtime(until), "DATETIME_FORMAT")
        super().__init__(
            gettext(
                "The embargo runs until %(moment)s: nothing may go out before. "
                "Publish to schedule the story for that moment, or lift the embargo."
            )
            % {"moment": moment}
        )
        self.until = until


class KilledError(StoryRefusedError):
    """The story was killed, and whoever acts may not have noticed."""

    def __init__(self, reason: str) -> None:
        """`reason` is why it was killed."""
        super().__init__(
            gettext(
                "This story was killed (“%(reason)s”) and can't be published. "
                "If that was a mistake, take the kill back first."
            )
            % {"reason": reason}
        )


class NotKilledError(StoryRefusedError):
    """A kill can only be taken back where there is one."""

    def __init__(self) -> None:
        super().__init__(gettext("This story isn't killed: there is nothing to take back."))


class NotLiveError(StoryRefusedError):
    """Only what readers can see can be corrected or taken off the site."""

    def __init__(self) -> None:
        super().__init__(gettext("This story isn't live: publish it first."))


class NeverPublishedError(StoryRefusedError):
    """Only what readers have seen is killed."""

    def __init__(self) -> None:
        super().__init__(
            gettext("No reader has seen this story: delete the draft instead of killing it.")
        )


class WordsMissingError(StoryRefusedError):
    """A correction without a note, or a kill without a reason."""

    def __init__(self) -> None:
        super().__init__(gettext("Say to readers what was wrong: the text can't be empty."))


class NotPermittedError(PermissionDenied):
    """The acting user's roles do not allow this to this story."""

    def __init__(self, verb: Verb, story_id: StoryId) -> None:
        """What was asked, of which story."""
        super().__init__(
            gettext("You may not do this to a story of this section. Ask an editor of the section.")
        )
        self.verb = verb
        self.story_id = story_id
