"""Django's WSGI application: the desk, and what the newsstand doesn't answer by itself."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application

from tajuk.site.commands.newspaper import wake_django
from tajuk.terms.paper import find_folder, read_paper

_PIECE = 1 << 16

wake_django(read_paper(find_folder(Path.cwd())))
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django's answer, once the whole request was taken.

    A refusal is often made without looking at the body. Were the line closed with part of it unread, the newsstand
    could lose the answer that stands before the end. Bodies are whole and of bounded size by then.
    """
    response: Iterable[bytes] = _django(environ, start_response)
    body = environ["wsgi.input"]
    while body.read(_PIECE):
        """What nobody wanted."""
    return response
