"""Django making a story's page for every request: what a newspaper without a press does.

    python -m benchmarks.uncached PORT      (the newspaper is TAJUK_DIR's)

Granian with WSGI and the desk's eight threads, as the desk runs, around the least one could call a view: the tables
are read and the templates rendered as the press does for a page that is asked for before it was pressed
(`what_stands_at`, through `story_pages`), joined as an anonymous reader has it, compressed at level 6. No middleware,
no session, no store: a real site does more.
"""

import gzip
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from tajuk.site.commands.newspaper import paper_of, wake_django
from tajuk.site.servers import DESK_THREADS

Answering = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def application() -> Answering:
    """The WSGI callable; Django wakes here."""
    wake_django(paper_of(Namespace(dir=None)))
    from django.db import close_old_connections

    from tajuk.newsroom import queries as newsroom
    from tajuk.press import dress
    from tajuk.press.pages.story import story_pages
    from tajuk.press.stock import Stock
    from tajuk.site.settings import PAPER
    from tajuk.terms.clock import now
    from tajuk.terms.routes import StoryRoute, route_of

    def page(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        close_old_connections()
        route = route_of(environ["PATH_INFO"], PAPER)
        told = newsroom.story(route.story_id) if isinstance(route, StoryRoute) else None
        if told is None:
            start_response("404 Not Found", [("content-length", "0")])
            return [b""]
        stock = Stock(told.teaser.language, now=now())
        with stock.speaking():
            (made,) = story_pages([told], stock)
            sold = {
                place: dress.placement_part(stock.site, each)
                for place, each in stock.advertisements.items()
            }
            html = dress.document(made.parts, made.language, placements=sold, walled=True)
        body = gzip.compress(html.encode(), 6)
        headers = [("content-type", "text/html; charset=utf-8"), ("content-encoding", "gzip"),
                   ("content-length", str(len(body)))]  # fmt: skip
        start_response("200 OK", headers)
        return [body]

    return page


def main() -> None:
    """Serves until told to stop."""
    Server(
        "uncached", port=int(sys.argv[1]), interface=Interfaces.WSGI, blocking_threads=DESK_THREADS,
        log_level=LogLevels.error,
    ).serve(target_loader=application, wrap_loader=False)  # fmt: skip


if __name__ == "__main__":
    main()
