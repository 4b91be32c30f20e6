"""How a front fills, and which strangers may be framed."""

from datetime import timedelta

import pytest
from tests.standing_matter import NOON

from tajuk.newsroom.types import SectionLine, TeaserFacts
from tajuk.paywall.types import Access
from tajuk.press.rules import fill, frame_of, host_of
from tajuk.terms.ids import PictureId, SectionId, StoryId
from tajuk.terms.language import Language


def teaser(number: int, section: int = 1, *, has_picture: bool = False) -> TeaserFacts:
    of = SectionLine(SectionId(section), f"s{section}", f"S{section}", "", None, f"/s{section}")
    return TeaserFacts(
        StoryId(number), Language.INDONESIAN, f"/{number}", of, "", str(number), "", (),
        NOON - timedelta(hours=number), None, Access.FREE, PictureId(1) if has_picture else None,
    )  # fmt: skip


def ids(row: tuple[TeaserFacts, ...]) -> list[int]:
    return [each.story_id for each in row]


def test_what_editors_placed_comes_first_in_their_order_and_once() -> None:
    newest = [teaser(1), teaser(2), teaser(3)]
    assert ids(fill([teaser(9), teaser(2)], newest, at_most=4)) == [9, 2, 1, 3]


def test_without_a_placed_story_the_newest_one_with_a_picture_leads() -> None:
    assert ids(fill([], [teaser(1), teaser(2, has_picture=True)], at_most=4)) == [2, 1]
    assert ids(fill([], [teaser(1), teaser(2)], at_most=4)) == [1, 2]
    assert fill([], [], at_most=4) == ()


def test_no_section_fills_the_home_front_alone_while_others_have_stories() -> None:
    newest = [teaser(number) for number in range(1, 7)] + [teaser(8, 2), teaser(9, 2)]
    assert ids(fill([], newest, at_most=6)) == [1, 2, 3, 8, 9, 4]
    assert ids(fill([], newest, at_most=6, one_section=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("url", "frame"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=4", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/12345", "https://player.vimeo.com/video/12345?dnt=1"),
        ("https://youtube.com/watch?v=\"><script>", ""),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
        ("https://video.example/watch/1", ""),
    ],
)  # fmt: skip
def test_only_players_we_know_are_framed(url: str, frame: str) -> None:
    assert frame_of(url) == frame


def test_readers_are_told_the_host_of_an_embed() -> None:
    assert host_of("https://www.video.example/watch/1") == "video.example"
