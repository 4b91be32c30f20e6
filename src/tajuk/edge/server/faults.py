"""What the server says by itself, before or instead of the application: in plain words, in both languages."""

from http import HTTPStatus

_TEXTS: dict[int, tuple[str, str]] = {
    400: ("Permintaan ini tidak dapat dibaca.", "This request can't be read."),
    408: ("Permintaan ini terlalu lama datangnya.", "This request took too long to arrive."),
    414: ("Alamat ini terlalu panjang.", "This address is too long."),
    417: ("Permintaan ini tidak dapat dipenuhi.", "What this request expects can't be met."),
    431: ("Kepala permintaan ini terlalu besar.", "The headers of this request are too large."),
    500: (
        "Ada gangguan di sini. Silakan coba lagi sebentar lagi.",
        "Something went wrong here. Please try again in a moment.",
    ),
    503: (
        "Terlalu banyak pembaca saat ini. Silakan coba lagi sebentar lagi.",
        "Too many are reading just now. Please try again in a moment.",
    ),
}


class FaultError(Exception):
    """A request that isn't answered by the application; the line is closed after it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(f"{why} ({status})")
        self.status = status
        self.head = False
        """Whether it is answered without a body."""


STATUS_LINES: dict[int, bytes] = {
    status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus
}


def status_line(status: int) -> bytes:
    """With its customary words, if it has any."""
    return STATUS_LINES.get(status) or b"HTTP/1.1 %d \r\n" % status


def fault_answer(status: int, *, date: bytes, head: bool = False) -> bytes:
    """The whole answer; `date` is a header line, with `head` its body is left out."""
    indonesian, english = _TEXTS[status]
    body = f"{indonesian}\n{english}\n".encode()
    return b"".join([
        STATUS_LINES[status],
        b"content-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n" % len(body),
        b"cache-control: no-store\r\nx-content-type-options: nosniff\r\n",
        b"retry-after: 5\r\n" if status == HTTPStatus.SERVICE_UNAVAILABLE else b"",
        date,
        b"connection: close\r\n\r\n",
        b"" if head else body,
    ])  # fmt: skip
