"""kill -9 of anything at any moment: what was committed is on the newsstand afterwards."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Newspaper, newspaper

SET_UP = """
import json
from tajuk.newsroom.models import Person, Section
from django.contrib.auth import get_user_model
Section.objects.create(name="Maritim", slug="maritim")
Person.objects.create(name="Ratri Wulandaru", slug="ratri-wulandaru")
get_user_model().objects.create_superuser("ratri@nusa.example", "rahasia")
print(json.dumps(True))
"""

WRITE_ON_AND_ON = """
import django; django.setup()
from django.contrib.auth import get_user_model
from django.db import transaction
from tajuk.newsroom.actions.publish_story import publish_story
from tajuk.newsroom.models import Section, Story
from tajuk.terms.clock import now
editor, section = get_user_model().objects.get(), Section.objects.get()
start = Story.objects.count()
for number in range(start, start + 400):
    story = Story(language="id", section=section, headline=f"Kabar nomor {number}",
                  body=[("paragraph", f"<p>Isi kabar nomor {number}.</p>")])
    with transaction.atomic():
        story.save()
        story.save_revision(user=editor)
    publish_story(story, acting_user=editor, now=now())
    print(number, flush=True)
"""

WHAT_IS_COMMITTED = """
import json
from tajuk.newsroom.models import Story
from tajuk.newsroom.actions.addresses import public_path
from tajuk.outbox.models import OutboxMessage
print(json.dumps({"live": [[public_path(s), s.headline] for s in Story.objects.filter(live=True).order_by("pk")],
                  "waiting": OutboxMessage.objects.count()}))
"""


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Newspaper]:
    with newspaper(tmp_path / "harian") as paper:
        paper.start()
        paper.django(SET_UP)
        yield paper


def write_on_and_on(paper: Newspaper) -> subprocess.Popen[bytes]:
    """An editor who publishes one story after another, until killed."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITE_ON_AND_ON], env=paper.environment(), stdout=subprocess.PIPE
    )


def end(writer: subprocess.Popen[bytes]) -> None:
    """kill -9 of the editor's process."""
    writer.kill()
    writer.communicate()


def everything_committed_is_on_the_newsstand(paper: Newspaper) -> int:
    """Waits for delivery, then reads every live story, and the lists, as a reader; how many stories there are."""
    paper.wait_until(
        lambda: paper.django(WHAT_IS_COMMITTED)["waiting"] == 0,
        "the outbox to be empty",
        seconds=90,
    )
    live = paper.django(WHAT_IS_COMMITTED)["live"]
    for path, headline in live:
        answer = paper.get(path)
        assert answer.status == 200, (path, answer.status)
        assert headline in answer.text
    for path in ("/", "/maritim", "/latest", "/feeds/latest.xml"):
        newest = live[-1][1]
        assert newest in paper.get(path).text, (path, newest)
    return len(live)


def kill_one(paper: Newspaper, kind: str) -> None:
    """kill -9 of one child of the group; the supervisor has to notice."""
    victims = [pid for pid, command in paper.children().items() if kind in command]
    assert victims, f"no {kind} among {paper.children()}"
    subprocess.run(["kill", "-9", str(victims[0])], check=False)


def drill(paper: Newspaper, *, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    published = 0
    for _ in range(rounds):
        writer = write_on_and_on(paper)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 1.5))
        victim = chance.choice(["worker", "supervisor", "writer"])
        if victim == "worker":
            kill_one(paper, "worker")
            time.sleep(chance.uniform(0, 0.5))
        elif victim == "supervisor":
            paper.kill()
        end(writer)
        if victim == "supervisor":
            paper.start()
        now_published = everything_committed_is_on_the_newsstand(paper)
        assert now_published > published
        published = now_published


@pytest.mark.processes
def test_nothing_committed_is_lost_when_worker_server_or_editor_are_killed(
    paper: Newspaper,
) -> None:
    drill(paper, rounds=3, seed=20261123)


@pytest.mark.processes
@pytest.mark.prove
def test_nothing_committed_is_lost_in_thirty_kills(paper: Newspaper) -> None:
    drill(paper, rounds=30, seed=7)


@pytest.mark.processes
def test_what_was_not_delivered_is_delivered_by_the_next_worker(paper: Newspaper) -> None:
    paper.kill()
    writer = write_on_and_on(paper)
    assert writer.stdout is not None
    for _ in range(3):
        writer.stdout.readline()
    end(writer)
    assert paper.django(WHAT_IS_COMMITTED)["waiting"] >= 3
    paper.start()
    assert everything_committed_is_on_the_newsstand(paper) >= 3
