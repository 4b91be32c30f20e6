"""What the newsstand says by itself when there is no page to give. Plain, and in both languages."""

from html import escape
from http import HTTPStatus

from tajuk.edge.assembly import Answer, Header

_TEXTS: dict[int, tuple[str, str]] = {
    400: ("Alamat ini tidak dapat dibaca.", "This address can't be read."),
    404: ("Berkas ini tidak ada di sini.", "There is no such file here."),
    405: ("Halaman ini hanya untuk dibaca.", "This page is only for reading."),
    408: ("Kiriman ini terlalu lama datangnya.", "What was sent took too long to arrive."),
    413: ("Kiriman ini terlalu besar.", "What was sent is too large."),
    414: ("Alamat ini terlalu panjang.", "This address is too long."),
    502: (
        "Ada gangguan di dapur redaksi. Silakan coba lagi sebentar lagi.",
        "Something went wrong behind the counter. Please try again in a moment.",
    ),
    503: (
        "Halaman ini belum dapat dibuka. Silakan coba lagi sebentar lagi.",
        "This page can't be opened yet. Please try again in a moment.",
    ),
    504: (
        "Halaman ini terlalu lama disiapkan. Silakan coba lagi sebentar lagi.",
        "This page takes too long to prepare. Please try again in a moment.",
    ),
}
_RETRY_AFTER: dict[int, bytes] = {502: b"5", 503: b"5", 504: b"10"}


def refusal(status: int, *, name: str, more: tuple[Header, ...] = ()) -> Answer:
    """A short page in both languages; `name` is the paper's."""
    indonesian, english = _TEXTS[status]
    body = (
        '<!doctype html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        f"<title>{status} · {escape(name)}</title>\n</head>\n<body>\n<h1>{escape(name)}</h1>\n"
        f'<p>{indonesian}</p>\n<p lang="en">{english}</p>\n'
        f"<p><small>{status} {HTTPStatus(status).phrase}</small></p>\n</body>\n</html>\n"
    ).encode()
    headers: list[Header] = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        *more,
    ]
    if status in _RETRY_AFTER:
        headers.append((b"retry-after", _RETRY_AFTER[status]))
    return Answer(status, headers, body)
