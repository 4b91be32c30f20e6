"""What every answer of Django's says to the browser: where scripts may come from, who may frame it, who may keep it.

The newsstand says the same of what it answers itself. A view that has set one of these headers keeps its own.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponseBase

DESK_PATH = "/desk/"

_SHARED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
READER_POLICY: Mapping[str, str] = {**_SHARED, "img-src": "'self' data:"}
"""The reader's pages: nothing from anywhere else, nothing inline."""

PREVIEW_POLICY: Mapping[str, str] = {**READER_POLICY, "frame-src": "https:"}
"""The reader's page inside the desk, where an embed may be tried: it still loads only when clicked."""

DESK_POLICY: Mapping[str, str] = {
    **_SHARED,
    # Pictures are shown before they are uploaded (blob:), and Wagtail's style sheets draw arrows (data:).
    "img-src": "'self' data: blob:",
    "frame-src": "'self'",
}
"""The desk: the same, and the preview's frame."""

_NEVER_USED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
    "midi", "payment", "usb",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _NEVER_USED)
"""Devices neither the paper nor a script that got into it may ask the browser for."""


def policy_text(policy: Mapping[str, str], *, framed_by: str = "'none'") -> str:
    """The policy as its header is written."""
    given = {**policy, "frame-ancestors": framed_by}
    return "; ".join(f"{directive} {sources}" for directive, sources in given.items())


class SecureResponses:
    """Middleware: gives every response its policy. Stands first, so that errors and redirects have it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """As Django calls it."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response with its headers."""
        response = self._get_response(request)
        # Wagtail renders a preview by sending a request of its own through all middleware, inside the desk's.
        is_preview = getattr(request, "is_preview", False)
        if is_preview:
            _set(
                response, "Content-Security-Policy", policy_text(PREVIEW_POLICY, framed_by="'self'")
            )
        elif request.path.startswith(DESK_PATH):
            _protect_desk(response)
        else:
            _set(response, "Content-Security-Policy", policy_text(READER_POLICY))
        _set(response, "Permissions-Policy", PERMISSIONS)
        return response


def _protect_desk(response: HttpResponseBase) -> None:
    # Only previews say that the desk's own frame may hold them.
    framed = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
    policy = policy_text(DESK_POLICY, framed_by="'self'" if framed else "'none'")
    _set(response, "Content-Security-Policy", policy)
    _set(response, "Cross-Origin-Resource-Policy", "same-origin")
    # The address of a draft is nobody else's business; and no cache keeps what only colleagues may read.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"


def _set(response: HttpResponseBase, name: str, value: str) -> None:
    if name not in response.headers:
        response.headers[name] = value
