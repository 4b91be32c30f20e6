"""Editors at work while readers are measured, in a process with Django: `python -m benchmarks.publishing …`.

    publish URL COUNT    publishes stories one by one, and after each looks at the newsstand until it is everywhere
    edit                 two editors' steady work through the desk's screens, until SIGTERM

The newspaper is TAJUK_DIR's, its worker runs in a process of its own, as always.
"""

import gzip
import http.client
import itertools
import json
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from benchmarks.papers import EDITOR
from tajuk.site.commands.newspaper import paper_of, wake_django

READY = "ready"
WARM_UP = 3
SAVES_A_SECOND = 2.0
SAVES_FOR_A_PUBLISH = 4
"""Every so many saves one is a publication: one in two seconds, 1,800 in an hour."""
_LONGEST_WAIT = 20.0
_LOOK_EVERY = 0.004


@dataclass(frozen=True, slots=True)
class Draft:
    """A story that waits to be published, the words only it has, and where it shall be seen."""

    story_id: int
    words: str
    lists: tuple[str, ...]


def publish(url: str, count: int) -> None:
    """Prints a JSON line for each story: milliseconds from the call of the action to its end, and to each page."""
    from django.contrib.auth import get_user_model

    from tajuk.newsroom.actions.addresses import public_path
    from tajuk.newsroom.actions.publish_story import publish_story
    from tajuk.newsroom.models import Story
    from tajuk.terms.clock import now

    user = get_user_model().objects.get(email=EDITOR)
    drafts = _drafts(user, count + WARM_UP)
    print(READY, flush=True)
    looker = _Looker(url)
    for number, draft in enumerate(drafts):
        begun = time.perf_counter()
        publish_story(Story.objects.get(pk=draft.story_id), acting_user=user, now=now())
        committed = time.perf_counter()
        own = public_path(Story.objects.get(pk=draft.story_id)) or ""
        seen = looker.wait_for(draft.words, [own, *draft.lists])
        if number >= WARM_UP:
            line = {
                "committed": (committed - begun) * 1000,
                **{place: (moment - begun) * 1000 for place, moment in seen.items()},
            }
            print(json.dumps(line), flush=True)


def _drafts(user: Any, count: int) -> list[Draft]:
    from tajuk.newsroom.models import Section, Story, StoryTopic, Topic
    from tajuk.terms import addresses

    sections = list(Section.objects.filter(stories__live=True).distinct())
    topics = list(
        Topic.objects.filter(pk__in=StoryTopic.objects.values("topic")).order_by("pk")[:20]
    )
    made = []
    for number, section, topic in zip(
        range(count), itertools.cycle(sections), itertools.cycle(topics), strict=False
    ):
        words = f"Kabar ukur {time.time_ns()}{number}"
        story = Story(language="id", section=section, headline=words, owner=user)
        story.body = [("paragraph", f"<p>{words} dari dermaga tentang garam dan harga.</p>")] * 12
        story.save()
        StoryTopic.objects.create(story=story, topic=topic, sort_order=0)
        story.save_revision(user=user)
        lists = (
            "/",
            addresses.front(section.slug),
            addresses.latest(),
            addresses.topic(topic.slug),
        )
        made.append(Draft(story.pk, words, lists))
    return made


class _Looker:
    """A reader who looks at pages again and again over one connection."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._line = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)

    def wait_for(self, words: str, paths: Sequence[str]) -> dict[str, float]:
        """When each kind of page showed the words: page, front, section, latest, topic."""
        missing = dict(zip(("page", "front", "section", "latest", "topic"), paths, strict=True))
        seen: dict[str, float] = {}
        give_up_at = time.perf_counter() + _LONGEST_WAIT
        while missing:
            for place, path in list(missing.items()):
                if words.encode() in self._body(path):
                    seen[place] = time.perf_counter()
                    del missing[place]
            if time.perf_counter() > give_up_at:
                raise SystemExit(f"After {_LONGEST_WAIT:g} s {words!r} is not at {missing}.")
            time.sleep(_LOOK_EVERY)
        return seen

    def _body(self, path: str) -> bytes:
        self._line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = self._line.getresponse()
        body = answer.read()
        return gzip.decompress(body) if answer.headers["content-encoding"] == "gzip" else body


def edit() -> None:
    """Saves drafts and publishes through the desk's screens at a steady rate; prints how many of each."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from benchmarks.desk_at_scale import form_of_story
    from tajuk.newsroom.models import Story

    client = Client()
    client.force_login(get_user_model().objects.get(email=EDITOR))
    stories = list(
        Story.objects.filter(live=True).order_by("pk").values_list("pk", "section_id")[:200]
    )
    done = {"saved": 0, "published": 0, "late": 0}

    def end(_number: int, _frame: Any) -> None:
        print(json.dumps(done), flush=True)
        raise SystemExit(0)

    def save(pk: int, section: int, *, publishing: bool) -> None:
        given = form_of_story(section) | {"headline": f"Kabar ukur {time.time_ns()}"}
        if publishing:
            given |= {"action-publish": "action-publish"}
        answer = client.post(reverse("wagtailsnippets_newsroom_story:edit", args=[pk]), given)
        assert answer.status_code == 302, answer.status_code

    save(*stories[0], publishing=True)  # templates, connections: the first one wakes everything
    signal.signal(signal.SIGTERM, end)
    print(READY, flush=True)
    begun = time.monotonic()
    for number in itertools.count():
        wait = begun + number / SAVES_A_SECOND - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        else:
            done["late"] += 1
        publishing = number % SAVES_FOR_A_PUBLISH == 0
        save(*stories[number % len(stories)], publishing=publishing)
        done["published" if publishing else "saved"] += 1


if __name__ == "__main__":
    wake_django(paper_of(Namespace(dir=None)))
    if sys.argv[1] == "publish":
        publish(sys.argv[2], int(sys.argv[3]))
    else:
        edit()
