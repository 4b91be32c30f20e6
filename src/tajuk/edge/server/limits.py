"""How much of everything a client may take."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds. A time is kept to within two looks of the timer, never cut short."""

    head: int = 32 << 10
    """All header lines of a request together."""
    headers: int = 100
    request_line: int = 16 << 10
    head_seconds: float = 10
    """From the first byte of a request, or from connecting, to the end of its headers."""
    idle_seconds: float = 75
    """Between two requests."""
    body_seconds: float = 30
    """Silence in the middle of a request's body."""
    unread_seconds: float = 30
    """How far a client may fall behind with taking its answers, at the rate that is the least."""
    unread_rate: int = 4 << 10
    """Bytes a second that a client has to take while something waits for it."""
    linger_seconds: float = 2
    """For which a client that is turned away may go on sending, so that it reads why before the line is cut."""
    connections: int = 8192
    """In one process."""
    pipelined: int = 128
    """Requests that wait behind one that is being answered; the line is closed after the last of them."""
    body_buffer: int = 256 << 10
    """Of a request's body, waiting for the application."""
    write_buffer: int = 128 << 10
    """Of answers, waiting for the client."""
    end_seconds: float = 6
    """For which what is under way may be finished when told to end."""
    look_seconds: float = 1
    """Between two looks over all connections."""
