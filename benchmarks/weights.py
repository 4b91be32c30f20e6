"""What a story's page weighs: over the wire, and beside the whole page compressed at once."""

import gzip
import re
import statistics
import urllib.request
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.figures import Figure, Note

_SHEET = re.compile(r'<link\b[^>]*\brel="?stylesheet"?[^>]*>')
_HREF = re.compile(r'href="([^"]+)"')
_MOST = 14.0
"""kB: ten segments, which a server may send before it has heard anything back."""


def figures(
    url: str, paths: Sequence[str], cookies: Mapping[str, Sequence[str]]
) -> Iterator[Figure | Note]:
    """Heads, bodies and render-blocking stylesheets; and each kind of reader's page beside the whole one."""
    styles, later = _styles(url, paths[0])
    for kind, own in cookies.items():
        ratios, sizes = [], []
        for number, path in enumerate(paths):
            head, body = _fetched(url + path, own[number % len(own)] if own else "")
            whole = gzip.compress(gzip.decompress(body), 6, mtime=0)
            ratios.append(len(body) / len(whole))
            sizes.append((head + len(body) + styles) / 1000)
        goal = 1.10 if kind == "ad-free" else None
        yield Figure(
            f"{kind}: page beside the whole at level 6, median",
            statistics.median(ratios),
            "×",
            goal,
        )
        yield Figure(f"{kind}: page beside the whole at level 6, most", max(ratios), "×")
        yield Figure(
            f"{kind}: HTML and critical CSS, median", statistics.median(sizes), "kB", _MOST
        )
        yield Figure(f"{kind}: HTML and critical CSS, most", max(sizes), "kB", _MOST)
    yield Note(
        f"On the wire: heads and bodies of the page and of the stylesheets that hold up its first paint "
        f"({styles:,} bytes of these, one sheet of which phones don't wait for); 14 kB is 14,000 bytes. The sheet of "
        f"what stands under the story, {later:,} bytes, is waited for only there and not counted."
    )


def _styles(url: str, path: str) -> tuple[int, int]:
    """Bytes of the stylesheets without which the page isn't painted, and of those without which its end isn't."""
    _, body = _fetched(url + path, "")
    head, rest = gzip.decompress(body).decode().split("</head>")
    return _sheets(url, head), _sheets(url, rest)


def _sheets(url: str, html: str) -> int:
    total = 0
    for link in _SHEET.findall(html):
        if 'media="print"' not in link:
            found = _HREF.search(link)
            assert found is not None, "a stylesheet has an address"
            head, sheet = _fetched(url + found[1], "")
            total += head + len(sheet)
    return total


def _fetched(url: str, cookie: str) -> tuple[int, bytes]:
    """Bytes of the head, and the body as it came."""
    request = urllib.request.Request(
        url, headers={"Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}
    )
    with urllib.request.urlopen(request) as response:
        lines = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
        return lines + len("HTTP/1.1 200 OK\r\n\r\n"), response.read()
