"""The newsstand of a paper, composed from its settings. Imports no Django, nor does what it imports."""

from tajuk.edge.newsstand import Newsstand, Premises
from tajuk.paywall.keyring import FILE_NAME
from tajuk.paywall.policy import policy_of
from tajuk.terms.paper import Paper

DESK_STARTS_IN_SECONDS = 15.0
"""Django wakes in two or three, on a busy machine in ten: a desk that is started again is waited for."""


def newsstand_of(paper: Paper) -> Newsstand:
    """The ASGI application. Make it in the process that serves."""
    return Newsstand(
        Premises(
            name=paper.name,
            store=paper.store_path,
            static=paper.static_path,
            media=paper.media_path,
            socket=paper.socket_path,
            keys=paper.folder / FILE_NAME,
            languages=paper.languages,
            wall=policy_of(paper),
            behind_cdn=bool(paper.purge_urls),
            trusted_proxies=paper.trusted_proxies,
            secure=paper.is_secure,
            patience=DESK_STARTS_IN_SECONDS,
        )
    )
