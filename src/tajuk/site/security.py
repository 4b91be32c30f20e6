"""What every answer of Django's says to the browser: where scripts may come from, who may frame it, who may keep it.

Readers' pages say what the newsstand says of those it answers itself (`edge.house_headers`); the desk's policy is
made from the same one. A view that has set one of these headers keeps its own.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponseBase

from tajuk.edge.house_headers import STRICT_POLICY, house_headers

DESK_PATH = "/desk/"

_HOUSE = {
    name.decode().title(): value.decode() for name, value in house_headers(secure=False)
}  # over https, Django's own SecurityMiddleware adds Strict-Transport-Security


def _strict_but(**changes: str) -> Mapping[str, str]:
    policy = dict(each.strip().split(" ", 1) for each in STRICT_POLICY.split(";"))
    return policy | {name.replace("_", "-"): sources for name, sources in changes.items()}


def _text(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


_DESK = _strict_but(
    # Pictures are shown before they are uploaded (blob:), and Wagtail's style sheets draw arrows (data:).
    img_src="'self' data: blob:",
    frame_src="'self'",
    object_src="'none'",
    # Draftail writes <style> for the words that stand in an empty block: they name the block, so no hash fits them.
    # Style attributes stay forbidden, and what such a style could load comes from here or not at all.
    style_src_elem="'self' 'unsafe-inline'",
)
DESK_POLICY = _text(_DESK)
"""The desk: no script that stands in a page, no eval, nothing from elsewhere."""

FRAMED_DESK_POLICY = _text({**_DESK, "frame-ancestors": "'self'"})
"""What the desk answers into its own preview frame, such as that the form isn't filled in yet."""

PREVIEW_POLICY = _text(_strict_but(frame_ancestors="'self'", frame_src="https:"))
"""The reader's page inside the desk, where an embed may be tried: it still loads only when clicked."""


class SecureResponses:
    """Middleware: gives every response its headers. Stands first, so that errors and redirects have them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response with its headers."""
        response = self._get_response(request)
        # Wagtail renders a preview by sending a request of its own through all middleware, inside the desk's.
        if getattr(request, "is_preview", False):
            response.headers["Content-Security-Policy"] = PREVIEW_POLICY
        elif request.path.startswith(DESK_PATH):
            _protect_desk(response)
        for name, value in _HOUSE.items():
            _set(response, name, value)
        _keep_cookies_from_others(response)
        return response


def _keep_cookies_from_others(response: HttpResponseBase) -> None:
    """No cache keeps for others what sets a cookie, nor what says nothing of caches: somebody's session may be in it."""
    _set(response, "Cache-Control", "private, no-cache")
    if response.cookies and "private" not in response.headers["Cache-Control"]:
        response.headers["Cache-Control"] = "private, no-cache"


def _protect_desk(response: HttpResponseBase) -> None:
    # Only previews say that the desk's own frame may hold them.
    framed = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
    _set(response, "Content-Security-Policy", FRAMED_DESK_POLICY if framed else DESK_POLICY)
    _set(response, "Cross-Origin-Resource-Policy", "same-origin")
    # The address of a draft is nobody else's business; and no cache keeps what only colleagues may read.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"


def _set(response: HttpResponseBase, name: str, value: str) -> None:
    if name not in response.headers:
        response.headers[name] = value
