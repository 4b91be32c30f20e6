"""Fills a newspaper with a synthetic archive and its page store: `python -m benchmarks.curve_desk SIZE`.

The newspaper is TAJUK_DIR's, new and empty. Prints how many stories a second of CPU the press makes of it.
"""

import json
import random
import sys
import time
from argparse import Namespace
from typing import Any

from benchmarks.papers import EDITOR
from tajuk.site.commands.newspaper import paper_of, wake_django

SECTIONS, TOPICS = 12, 5
_SAMPLE = 1000


def fill(size: int) -> None:
    """Rows, lists, and a page for every story."""
    from benchmarks.desk_archive import found_archive
    from tajuk.newsroom import queries as newsroom
    from tajuk.press.run import Run
    from tajuk.press.whole import pressing_lists
    from tajuk.site.press_room import store
    from tajuk.site.readiness import make_ready
    from tajuk.site.rebuild import fingerprint
    from tajuk.site.settings import PAPER
    from tajuk.terms.clock import now

    first, _ = found_archive(EDITOR, size, sections=SECTIONS, topics=TOPICS)
    make_ready(PAPER)
    run = Run(store(), now=now())
    run.add_stories([first.pk])
    run.commit()
    (path,) = store().paths_with(f"page-of-story-{first.pk}")
    for some in newsroom.story_ids(step=1000):
        _copy_pages(store(), path, first.pk, [each for each in some if each != first.pk])
    run = Run(store(), now=now())
    for _ in pressing_lists(run):
        run.commit()
    Run(store(), now=now()).mark_whole(fingerprint())
    _deliver_nothing()
    ids = random.Random(3).sample(
        [each for some in newsroom.story_ids(step=1000) for each in some], min(_SAMPLE, size)
    )
    print(json.dumps({"a second": _rate(ids)}))


def _copy_pages(store: Any, path: str, first: int, ids: list[Any]) -> None:
    """The first story's page under the path of each, with its fragments as they are: pressing is not measured here."""
    from tajuk.contracts.pages import packed_plan, unpacked_plan
    from tajuk.newsroom import queries as newsroom
    from tajuk.site.settings import PAPER
    from tajuk.store import fragments
    from tajuk.terms.routes import StoryRoute, route_of

    plan = store.plan(path)
    packed = packed_plan(plan).decode()
    own = {name: store.fragment(name) for name in _fragments_of(plan) if path in name}
    number = store.next_run()
    with store.batch(number) as batch:
        for there in newsroom.paths_of(ids):
            route = route_of(there, PAPER)
            assert isinstance(route, StoryRoute)
            text = packed.replace(path, there).replace(
                f'story-{first}"', f'story-{route.story_id}"'
            )
            copied = unpacked_plan(
                text.replace(f'["m",{first},', f'["m",{route.story_id},').encode()
            )
            batch.put_plan(there, copied)
            for name, fragment in own.items():
                # Past put_fragment, which would compress the same bytes a hundred thousand times.
                batch._fragments[name.replace(path, there)] = fragments.packed(number, fragment)


def _fragments_of(plan: Any) -> list[str]:
    from tajuk.contracts.pages import BodySlot, Fixed

    names: list[str] = []
    for part in plan.parts:
        match part:
            case Fixed(fragment):
                names.append(fragment)
            case BodySlot():
                names += [part.body, part.closed, part.closed_to_signed_in]
    return names


def _rate(ids: list[Any]) -> float:
    """Stories a second of this process's CPU, pressed as `tajuk press --all` presses them."""
    from tajuk.press.run import Run
    from tajuk.press.whole import AT_ONCE
    from tajuk.site.press_room import store
    from tajuk.terms.clock import now

    run = Run(store(), now=now())
    run.add_stories(ids[:AT_ONCE])  # templates and shared parts are read once in a process
    run.commit()
    begun = time.process_time()
    for place in range(0, len(ids), AT_ONCE):
        run = Run(store(), now=now())
        run.add_stories(ids[place : place + AT_ONCE])
        run.commit()
    return len(ids) / (time.process_time() - begun)


def _deliver_nothing() -> None:
    from tajuk.outbox.models import OutboxMessage

    OutboxMessage.objects.all().delete()


if __name__ == "__main__":
    wake_django(paper_of(Namespace(dir=None)))
    fill(int(sys.argv[1]))
