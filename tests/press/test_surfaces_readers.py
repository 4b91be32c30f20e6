"""A wall that cannot leak: secrets in all gated text, every surface fetched by every kind of reader, in every encoding."""

import asyncio
import gzip
import json
import random
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from tests.edge.asking import ask, premises
from tests.press.readers_of_every_kind import Visitor, visitors
from tests.press.test_surfaces import OPEN, SECRET, an_edition
from tests.pressed_paper import PressedPaper
from tests.standing_matter import NOON, picture, section

from tajuk.advertising.models import Advertisement
from tajuk.advertising.types import PlacementName
from tajuk.discovery.actions import index_everything
from tajuk.edge.newsstand import Newsstand
from tajuk.newsroom import actions
from tajuk.newsroom.models import Story
from tajuk.paywall import Access
from tajuk.site.surfaces import PRESSED, VIEWS, Example

pytestmark = pytest.mark.django_db
GATED = (Access.REGISTERED, Access.METERED, Access.PREMIUM)
KILLED = "Rahasiacabut"
DRAFT = "Rahasiadraf"
AD_SIGNS = (b'class="ad ', b"https://iklan.example/", b'rel="sponsored', b'class="ad-free"')
"""What an advertisement leaves in a page, the call to read without it among it."""
ENCODINGS = ("", "gzip", "gzip;q=0, identity", "br, gzip;q=0.5", "*")


@dataclass
class Wall:
    """A paper full of secrets, and who comes for them."""

    stand: Newsstand
    examples: dict[Access, Example]
    visitors: list[Visitor]
    paths: list[str]

    def access_of(self, path: str) -> Access | None:
        """The gated story that is at a path."""
        plain = path.partition("?")[0]
        return next((access for access, it in self.examples.items() if it.story == plain), None)

    def may_read(self, visitor: Visitor, path: str) -> bool:
        """Whether a secret may be in the answer."""
        access = self.access_of(path)
        if access is None:
            return False
        if visitor.gift and visitor.gift in path:
            return access is Access.PREMIUM  # the story it was given for
        return access in visitor.opens


def killed_and_drafted(example: Example) -> str:
    """Plants what is in no page: a killed story all of secrets, and an unpublished revision of a live one."""
    editor = get_user_model().objects.create_superuser("maya@uji.example", "rahasia")
    gone = an_edition("id", "free")
    story = Story.objects.get(pk=gone.story_id)
    # Its page says that it was withdrawn, and why, under its own headline.
    story.standfirst = story.kicker = story.lead_caption = KILLED
    story.body = [{"type": "paragraph", "value": f"<p>{KILLED}</p>"}]
    story.save()
    actions.kill_story(story, reason="Keliru.", acting_user=editor, now=NOON)
    live = Story.objects.get(pk=example.story_id)
    live.headline = live.standfirst = live.kicker = live.social_headline = live.lead_caption = DRAFT
    live.body = [{"type": "paragraph", "value": f"<p>{DRAFT}</p>"}]
    live.save_revision(user=editor)
    return gone.story


@pytest.fixture
def wall(paper: PressedPaper, client: Client) -> Wall:
    section()
    examples = {access: an_edition("id", access.value) for access in GATED}
    gone = killed_and_drafted(examples[Access.PREMIUM])
    for placement in PlacementName:
        Advertisement.objects.create(
            placement=placement.value, advertiser="Kopi Lereng", headline="Kopi pagi", active=True,
            url="https://iklan.example/kopi", picture=picture(f"iklan {placement}"), starts_at=NOON - timedelta(days=1),
        )  # fmt: skip
    paper.press_all()
    index_everything(now=NOON)
    folder: Path = settings.PAPER.var
    who = list(visitors(folder, paper.store, gift_of=examples[Access.PREMIUM].story_id, now=NOON))
    for path in {
        path for it in examples.values() for paths in PRESSED.values() for path in paths(it)
    }:
        client.get(path)  # what is only pressed when asked for
    paths = set(paper.store.paths("/"))
    assert gone in paths
    stand = Newsstand(premises(folder, languages=settings.PAPER.languages), now=lambda: NOON)
    return Wall(stand, examples, who, sorted(paths))


def fetched(
    stand: Newsstand, visitor: Visitor, path: str, *, method: bytes = b"GET", **headers: str
) -> tuple[int, dict[str, str], bytes] | None:
    """Status, headers and page as bytes; None where the newsstand has to ask the desk."""
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in visitor.sent(**headers).items()]  # fmt: skip
    answer = stand.at_once(method, path.encode(), pairs, b"\r\n", lambda: visitor.peer)
    if answer is None:
        return None
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    told = dict(line.split(": ", 1) for line in lines)
    if told.get("content-encoding") == "gzip" and body:
        assert "gzip" in headers.get("accept_encoding", "") or headers.get("accept_encoding") == "*"
        body = gzip.decompress(body)
    return int(first.split()[1]), told, body


def check(
    wall: Wall, visitor: Visitor, path: str, found: tuple[int, dict[str, str], bytes]
) -> bool:
    """Presence and absence in one answer; whether a secret was in it, as it may."""
    status, told, body = found
    where = (visitor.name, path, status)
    text = body + repr(told).encode()
    for never in (KILLED, DRAFT):
        assert never.encode() not in text, where
    is_there = SECRET.encode() in text
    assert is_there <= wall.may_read(visitor, path), where
    if visitor.is_ad_free:
        for sign in AD_SIGNS:
            assert sign not in body, (*where, sign)
    elif body and status == HTTPStatus.OK and wall.access_of(path):
        assert all(sign in body for sign in AD_SIGNS), where
    if is_there:
        assert told["cache-control"] == "private, no-cache", where
    return is_there


def test_every_surface_shows_every_reader_what_they_may_read_and_nothing_more(wall: Wall) -> None:
    opened: dict[tuple[str, Access], str] = {}
    asked = 0
    for visitor in wall.visitors:
        for path in wall.paths:
            target = f"{path}?gift={visitor.gift}" if visitor.gift else path
            access = wall.access_of(path)
            for encoding in ENCODINGS if access else ENCODINGS[:2]:
                found = fetched(wall.stand, visitor, target, accept_encoding=encoding)
                assert found is not None, path
                asked += 1
                is_there = check(wall, visitor, target, found)
                if access is None:
                    continue
                where = (visitor.name, access)
                if found[0] == HTTPStatus.SERVICE_UNAVAILABLE:
                    # What would be counted isn't fetched ahead: the reader asks for it when they read.
                    assert "prefetch" in visitor.headers.values(), where
                    assert (access, found[2]) == (Access.METERED, b""), where
                    continue
                assert f"{OPEN} dua.".encode() in found[2], where
                assert is_there is wall.may_read(visitor, target), where
                if is_there and encoding == "gzip":
                    opened[where] = found[1]["etag"]
    assert len(opened) > 20
    assert asked > 1000
    # What one reader was shown confirms nothing to another; and no body comes with HEAD.
    tags = ", ".join(opened.values())
    for visitor in wall.visitors:
        for access, example in wall.examples.items():
            for tag in (tags, "*"):
                again = fetched(
                    wall.stand, visitor, example.story, accept_encoding="gzip", if_none_match=tag
                )
                assert again is not None
                check(wall, visitor, example.story, again)
                if tag != "*" and again[0] == 304:
                    assert (again[1]["etag"] in opened.values()) is (access in visitor.opens), (
                        visitor.name
                    )
            head = fetched(
                wall.stand, visitor, example.story, method=b"HEAD", accept_encoding="gzip"
            )
            assert head is not None
            assert head[2] == b""


def test_the_slow_lane_shows_what_the_fast_one_does(wall: Wall) -> None:
    async def work() -> None:
        for visitor in wall.visitors:
            for example in wall.examples.values():
                target = f"{example.story}?gift={visitor.gift}" if visitor.gift else example.story
                quick = fetched(wall.stand, visitor, target, accept_encoding="")
                slow = await ask(wall.stand, target, headers=visitor.sent(), client=visitor.peer)
                assert quick is not None
                assert (quick[0], quick[2]) == (slow.status, slow.body), visitor.name

    asyncio.run(work())


def test_what_django_answers_shows_no_reader_a_secret(wall: Wall, client: Client) -> None:
    for example in wall.examples.values():
        for paths in VIEWS.values():
            for path in paths(example):
                for visitor in wall.visitors:
                    if visitor.name not in {
                        "nobody we know",
                        "subscriber",
                        "proved crawler",
                        "with a gift",
                    }:
                        continue
                    answer = client.get(path, headers=visitor.sent(), REMOTE_ADDR=visitor.peer)
                    text = answer.content + repr(answer.headers).encode()
                    assert SECRET in path or SECRET.encode() not in text, (visitor.name, path)
                    assert KILLED.encode() not in text
                    assert DRAFT.encode() not in text


def test_a_gated_story_says_so_to_machines_and_points_at_nothing_hidden(wall: Wall) -> None:
    for visitor in wall.visitors:
        for example in wall.examples.values():
            found = fetched(wall.stand, visitor, example.story, accept_encoding="")
            assert found is not None
            if not found[2]:
                assert "prefetch" in visitor.headers.values()
                continue
            html = found[2].decode()
            start = html.index('<script type="application/ld+json">')
            told = json.loads(html[html.index(">", start) + 1 : html.index("</script>", start)])
            assert told["isAccessibleForFree"] is False
            assert "hasPart" not in told


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_thousand_generated_fetches_leak_nothing(wall: Wall, seed: int) -> None:
    drawn = random.Random(seed)
    stories = [example.story for example in wall.examples.values()]
    gifts = [each.gift for each in wall.visitors if each.gift]
    methods = (b"GET", b"GET", b"GET", b"HEAD")
    tags: list[str] = ['""', "*"]
    counted = opened = 0
    while counted < 25_000:
        visitor = drawn.choice(wall.visitors)
        other = drawn.choice(wall.visitors)
        path = drawn.choice(stories if drawn.random() < 0.6 else wall.paths)
        target = path + drawn.choice(
            ["", "", "?utm_source=x", f"?gift={drawn.choice(gifts)}", "?gift=", "?gift=x&gift=y"]
        )
        headers = {"accept_encoding": drawn.choice(ENCODINGS)}
        if drawn.random() < 0.3:
            headers["if_none_match"] = drawn.choice(tags)
        if drawn.random() < 0.1:
            headers["range"] = "bytes=0-9999999"
        if drawn.random() < 0.2:
            # Somebody else's claims beside one's own proofs.
            headers |= {
                name: value for name, value in other.headers.items() if name == "x-forwarded-for"
            }
        found = fetched(wall.stand, visitor, target, method=drawn.choice(methods), **headers)
        assert found is not None, target
        counted += 1
        if f"gift={gifts[0]}" in target and wall.access_of(target) is Access.PREMIUM:
            assert KILLED.encode() not in found[2]
            continue
        opened += check(wall, visitor, target, found)
        if "etag" in found[1] and len(tags) < 500:
            tags.append(found[1]["etag"])
    assert opened > 1000
