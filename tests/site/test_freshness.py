"""How soon readers have it: a burst of publications, and what was promised for a moment. With real processes."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tajuk.terms.clock import now as read_clock
from tests.running import Newspaper, newspaper

pytestmark = pytest.mark.processes
TRIES = 5
"""The promise of a second is for a machine that has nothing else to do, so one of these has to keep it."""

SET_UP = """
import json
from tajuk.newsroom.models import Section
from django.contrib.auth import get_user_model
Section.objects.create(name="Maritim", slug="maritim")
get_user_model().objects.create_superuser("ratri@nusa.example", "rahasia")
print(json.dumps(True))
"""

PUBLISH = """
import json
from django.contrib.auth import get_user_model
from django.db import transaction
from tajuk.newsroom.actions.addresses import public_path
from tajuk.newsroom.actions.publish_story import publish_story
from tajuk.newsroom.models import Section, Story
from tajuk.terms.clock import now
editor, section = get_user_model().objects.get(), Section.objects.get()
def written(headline, **fields):
    story = Story(language="id", section=section, headline=headline,
                  body=[("paragraph", f"<p>Isi {headline}.</p>")], **fields)
    with transaction.atomic():
        story.save()
        story.save_revision(user=editor)
    return story
def published(story):
    publish_story(story, acting_user=editor, now=now())
    story.refresh_from_db()
    return story
"""

A_BURST = """
stories = [written(f"Kabar nomor {number}") for number in range(200)]
with transaction.atomic():  # so that the worker meets all of them together
    paths = [public_path(published(story)) for story in stories]
print(json.dumps(paths))
"""

RUNS = """
import json
from django.conf import settings
from tajuk.store import PageStore
from tajuk.store.keys import plan_key
store = PageStore.open(settings.PAPER.store_path)
def run_of(path):
    return int.from_bytes(next(iter(store._walk(plan_key(path))))[1][:8], "little")
print(json.dumps([[run_of(path) for path in PATHS], store.next_run()]))
"""


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    with newspaper(tmp_path / "harian") as paper:
        paper.start()
        paper.django(SET_UP)
        yield paper


def is_delivered(paper: Newspaper) -> bool:
    left: int = paper.django(
        "import json\nfrom tajuk.outbox.models import OutboxMessage\nprint(json.dumps(OutboxMessage.objects.count()))"
    )
    return left == 0


def runs_of(paper: Newspaper, paths: list[str]) -> tuple[list[int], int]:
    """The runs of the press that last wrote these paths, and a run that begins now: they count on by one."""
    wrote, new = paper.django(f"PATHS = {paths!r}\n{RUNS}")
    return wrote, new


def test_in_a_burst_every_story_has_its_page_before_the_fronts_are_pressed_once(
    paper: Newspaper,
) -> None:
    paper.wait_until(lambda: is_delivered(paper), "the outbox to be empty")
    _, before = runs_of(paper, [])
    own: list[str] = paper.django(PUBLISH + A_BURST)
    paper.wait_until(lambda: is_delivered(paper), "the outbox to be empty", seconds=60)
    own_runs, _ = runs_of(paper, own)
    lists, after = runs_of(paper, ["/", "/maritim", "/latest", "/feeds/latest.xml"])
    assert len(own) == 200
    assert max(own_runs) < min(lists)
    assert after - before < 6, "200 stories in a few runs; one may be the clock's"
    assert "Kabar nomor 199" in paper.get("/maritim").text
    assert all(paper.get(path).status == 200 for path in own[::50])


def seen_at(paper: Newspaper, headline: str, *, give_up_at: datetime) -> datetime:
    """When a reader of the section's front first met a headline."""
    while headline not in paper.get("/maritim").text:
        assert read_clock() < give_up_at, f"{headline} did not appear"
        time.sleep(0.02)
    return read_clock()


def promise(paper: Newspaper, headline: str, field: str) -> datetime:
    """A story published with a whole second three or four from now in this field; that second."""
    said = paper.django(f"""{PUBLISH}
from datetime import timedelta
at = (now() + timedelta(seconds=4)).replace(microsecond=0)
published(written({headline!r}, {field}=at))
print(json.dumps(at.isoformat()))
""")
    return datetime.fromisoformat(said)


def front_is_pressed(paper: Newspaper) -> None:
    """The section was made behind the desk's back: its first story brings its front."""
    paper.django(f"{PUBLISH}published(written('Pembuka'))")
    seen_at(paper, "Pembuka", give_up_at=read_clock() + timedelta(seconds=30))


@pytest.mark.parametrize("field", ["go_live_at", "embargo_until"])
def test_a_story_promised_for_a_moment_is_there_within_a_second_of_it_and_never_before(
    paper: Newspaper, field: str
) -> None:
    front_is_pressed(paper)
    late: list[float] = []
    for number in range(TRIES):
        headline = f"Janji nomor {number}"
        at = promise(paper, headline, field)
        seen = seen_at(paper, headline, give_up_at=at + timedelta(seconds=10))
        assert seen >= at
        late.append((seen - at).total_seconds())
        if late[-1] < 1:
            break
    assert min(late) < 1, late


def test_a_story_that_expires_leaves_within_a_second(paper: Newspaper) -> None:
    front_is_pressed(paper)
    late: list[float] = []
    for number in range(TRIES):
        headline = f"Sementara nomor {number}"
        at = promise(paper, headline, "expire_at")
        seen_at(paper, headline, give_up_at=at)
        while headline in paper.get("/maritim").text:
            assert read_clock() < at + timedelta(seconds=10)
            time.sleep(0.02)
        assert read_clock() >= at
        late.append((read_clock() - at).total_seconds())
        if late[-1] < 1:
            break
    assert min(late) < 1, late
