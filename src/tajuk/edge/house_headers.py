"""Headers on everything that leaves the house."""

from tajuk.edge.assembly import Header

STRICT_POLICY = (
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';"
    "manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'"
)
"""For readers' pages, which wait for every byte: what isn't named may come from nowhere, frames among it. A plan that
shows embeds on a click sets its own policy, with a `frame-src`.
"""

MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For uploaded files: an SVG opened by itself runs nothing."""

POLICY = b"content-security-policy"
OF_DOCUMENTS = frozenset(
    {POLICY, b"cross-origin-opener-policy", b"permissions-policy", b"referrer-policy"}
)
"""What says something only of a document, or of what may become one; a sheet's fonts come from here."""


def house_headers(*, secure: bool) -> tuple[Header, ...]:
    """What every answer carries unless it says otherwise itself; `secure` when the address is https."""
    headers: list[Header] = [
        (POLICY, STRICT_POLICY.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"strict-origin-when-cross-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(),geolocation=(),microphone=(),payment=()"),
    ]
    if secure:
        headers.append((b"strict-transport-security", b"max-age=31536000"))
    return tuple(headers)


def with_house_headers(
    headers: list[Header], house: tuple[Header, ...], *, own_policy: bool = False
) -> list[Header]:
    """The headers with those of the house they lack; with `own_policy` none is set for scripts and frames."""
    named = {name for name, _ in headers}
    lacking = [
        header
        for header in house
        if header[0] not in named and not (own_policy and header[0] == POLICY)
    ]
    return [*headers, *lacking]
