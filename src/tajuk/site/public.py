"""What Django answers readers: a page that isn't pressed yet, and search.

Everything else a reader asks for the newsstand answers from the store. Registered in `tajuk.site.surfaces`.
"""

from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.views.decorators.http import require_safe

from tajuk.discovery import queries as discovery
from tajuk.edge.assembly import Answer
from tajuk.press import dress, keys
from tajuk.press.finding import Moved, Nothing
from tajuk.press.pages.plain import search_parts
from tajuk.press.stock import Stock
from tajuk.site.press_room import press_once, rack
from tajuk.terms import addresses
from tajuk.terms.clock import now
from tajuk.terms.ids import StoryId
from tajuk.terms.language import Language
from tajuk.terms.routes import language_of

PRESSED = "X-Tajuk-Pressed"
"""On an answer to what is in the store by now: the newsstand may answer the next from there."""
FOUND_ON_A_PAGE = 20
_SAFE = "/-._~!$&'()*+,;=:@"
_NOT_FOUND = 404


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """The page at this path, pressed now if need be; or the way to where it moved; or 404."""
    found = press_once(request.path, now=now())
    match found:
        case Moved(location, is_for_good):
            query = request.META.get("QUERY_STRING", "")
            there = quote(location, safe=_SAFE) + (f"?{query}" if query else "")
            return (
                HttpResponsePermanentRedirect(there) if is_for_good else HttpResponseRedirect(there)
            )
        case Nothing(language):
            return _not_here(request, language)
        case _:
            answer = _answer(request, request.path)
            if answer is None:  # it was taken out of the store while we looked: a store made anew
                return _not_here(request, language_of(request.path, settings.PAPER)[0])
            response = _response(answer)
            response[PRESSED] = "1"
            return response


@require_safe
def search(request: HttpRequest, language: str) -> HttpResponse:
    """Search and its answers, made for this asking and kept by nobody."""
    edition = Language(language)
    stock = Stock(edition, now=now())
    question = " ".join(request.GET.get("q", "").split())
    before = _cursor(request.GET.get("before", ""))
    found = discovery.search_stories(question, edition, at_most=FOUND_ON_A_PAGE, before=before)
    here = stock.prefix + addresses.search()
    asked = {"q": question}
    newer = f"{here}?{urlencode(asked)}" if before is not None else ""
    older = f"{here}?{urlencode({**asked, 'before': found.older})}" if found.older else ""
    with stock.speaking():
        parts = search_parts(question, found, stock, newer=newer, older=older)
        html = dress.document(parts, edition, walled=True)
    response = HttpResponse(html, headers={"Content-Language": edition.value})
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _cursor(text: str) -> StoryId | None:
    # Longer than any id: databases refuse numbers they can't hold.
    return StoryId(int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004


def _not_here(request: HttpRequest, language: Language) -> HttpResponse:
    answer = _answer(request, keys.not_here(language))
    if answer is None:
        return HttpResponse(status=_NOT_FOUND)
    return _response(answer)


def _answer(request: HttpRequest, path: str) -> Answer | None:
    return rack().answer(
        path,
        now=now(),
        accept_encoding=request.META.get("HTTP_ACCEPT_ENCODING", "").encode("latin-1"),
        if_none_match=request.META.get("HTTP_IF_NONE_MATCH", "").encode("latin-1"),
    )


def _response(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status)
    del response["Content-Type"]
    for name, value in answer.headers:
        response[name.decode("latin-1")] = value.decode("latin-1")
    return response
