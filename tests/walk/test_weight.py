"""What a phone waits for before it shows a story, counted on the wire, heads among it: every story of the sample."""

import gzip
import re
import socket
from functools import cache

import pytest

from tests.walk.conftest import Demo

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("demo")]

MOST = 14_000
"""Bytes that a server may send before it has heard anything back: ten segments."""
A_LONG_DATE = 60
"""The sample is dated anew every day: its heaviest story, a table and two authors in it, may be over by a few bytes."""

_STORY = re.compile(r"<loc>https?://[^/<]+(/[^<]+/\d{4}/\d\d/\d\d/\d+/[^<]+)</loc>")
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


@cache
def on_the_wire(port: int, path: str) -> tuple[int, str]:
    """All bytes of the answer, and its text."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as wire:
        asked = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        wire.sendall(asked.encode())
        answer = b"".join(iter(lambda: wire.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 "), path
    is_packed = b"content-encoding: gzip" in head.lower()
    return len(answer), (gzip.decompress(body) if is_packed else body).decode()


def test_a_phone_waits_for_few_bytes_and_no_script(demo: Demo) -> None:
    port = demo.paper.port
    _, index = on_the_wire(port, "/sitemap.xml")
    months = re.findall(r"<loc>https?://[^/<]+(/sitemap-\d{4}-\d\d[^<]*)</loc>", index)
    stories = [path for month in months for path in _STORY.findall(on_the_wire(port, month)[1])]
    assert len(stories) > 50
    heavy: list[tuple[str, int]] = []
    for path in stories:
        size, page = on_the_wire(port, path)
        assert all(
            'type="module"' in each or "ld+json" in each
            for each in re.findall("<script[^>]*>", page)
        )
        sheets = _SHEET.findall(page.split("</head>")[0])
        total = size + sum(on_the_wire(port, each)[0] for each in sheets)
        if total > MOST:
            heavy.append((path, total))
    assert len(heavy) <= 1, heavy
    assert all(total <= MOST + A_LONG_DATE for _, total in heavy), heavy
