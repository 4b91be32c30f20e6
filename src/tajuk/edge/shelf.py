"""Files from disk: static files and pictures, immutable because their names change with their content."""

import asyncio
import os
import stat
from pathlib import Path
from typing import NamedTuple

from tajuk.contracts.caches import EVERYTHING, path_key
from tajuk.edge.asgi import Scope, Send, header, send_answer, send_start
from tajuk.edge.assembly import Answer, Header
from tajuk.edge.house_headers import MEDIA_POLICY, OF_DOCUMENTS, POLICY
from tajuk.edge.negotiation import accepts_gzip, names_etag

_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_UNKNOWN_TYPE = "application/octet-stream"
COMPRESSIBLE = frozenset(
    {".css", ".ico", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".webmanifest", ".xml"}
)
"""Suffixes beside which a `.gz` is looked for."""
PRIVATE_MEDIA = frozenset({"original_images", "documents"})
"""Folders of uploads that are never public: originals, whose renditions are, and documents, which the desk
gives to those who may have them."""
_NEVER_A_DOCUMENT = frozenset({".css", ".js", ".woff2"})
_IMMUTABLE: Header = (b"cache-control", b"public, max-age=31536000, immutable")
_AT_ONCE = 1 << 18


class _Found(NamedTuple):
    path: str
    size: int
    changed: int
    suffix: str


class Shelf:
    """One folder of files that may be had by anybody."""

    def __init__(
        self, folder: Path, *, private: frozenset[str] = frozenset(), uploads: bool = False
    ) -> None:
        """`private` names folders in it that may not be had; `uploads` says that strangers' files are in it, which may
        be taken away again: caches in front are told by which keys to forget them.
        """
        self._folder = folder
        self._private = private
        self._uploads = uploads

    async def serve(
        self, scope: Scope, send: Send, name: str, *, house: tuple[Header, ...]
    ) -> bool:
        """Sends the file of this name, decoded and relative to the folder; False if there is none."""
        found = self._find(name)
        if found is None:
            return False
        headers: list[Header] = [
            (b"content-type", _TYPES.get(found.suffix, _UNKNOWN_TYPE).encode()),
            _IMMUTABLE,
        ]
        etag = f'"{found.changed:x}-{found.size:x}"'
        if found.suffix in COMPRESSIBLE:
            headers.append((b"vary", b"accept-encoding"))
            squeezed = self._squeezed(found)
            if squeezed is not None and accepts_gzip(header(scope, b"accept-encoding")):
                headers.append((b"content-encoding", b"gzip"))
                etag = f'"{found.changed:x}-{found.size:x}-g"'
                found = squeezed
        headers.append((b"etag", etag.encode()))
        if self._uploads:
            headers.append((POLICY, MEDIA_POLICY.encode()))
            keys = f"{EVERYTHING} {path_key(scope['path'])}"
            headers.append((b"surrogate-key", keys.encode()))
            if found.suffix not in _TYPES:
                headers.append((b"content-disposition", b"attachment"))
        named = {name for name, _ in headers}
        if not self._uploads and found.suffix in _NEVER_A_DOCUMENT:
            named |= OF_DOCUMENTS  # a phone waits for every byte of a style sheet
        headers += [each for each in house if each[0] not in named]
        if names_etag(header(scope, b"if-none-match"), etag.encode()):
            await send_answer(send, Answer(304, headers[1:], b""))
            return True
        headers.append((b"content-length", b"%d" % found.size))
        await send_start(send, 200, headers)
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
        elif "http.response.pathsend" in (scope.get("extensions") or {}):
            await send({"type": "http.response.pathsend", "path": found.path})
        else:
            await _stream(send, found)
        return True

    def _find(self, name: str) -> _Found | None:
        """The file, if it is one, lies in the folder also after all links, and isn't private or hidden."""
        parts = name.split("/")
        if parts[0] in self._private or any(
            not part or part.startswith(".") or "\0" in part or "\\" in part for part in parts
        ):
            return None
        root = os.path.realpath(self._folder)
        path = os.path.realpath(os.path.join(root, *parts))  # noqa: PTH118  Path.resolve is three times slower
        if not path.startswith(root + os.sep):
            return None
        if path[len(root) + 1 :].split(os.sep, 1)[0] in self._private:
            return None
        return _status(path, os.path.splitext(parts[-1])[1].lower())  # noqa: PTH122

    def _squeezed(self, found: _Found) -> _Found | None:
        """The ready-compressed copy beside it, if it isn't older."""
        beside = _status(f"{found.path}.gz", found.suffix)
        return beside if beside is not None and beside.changed >= found.changed else None


def _status(path: str, suffix: str) -> _Found | None:
    try:
        status = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return _Found(path, status.st_size, status.st_mtime_ns, suffix)


async def _stream(send: Send, found: _Found) -> None:
    """For servers that can't send a file by its path; reading is left to threads."""
    with await asyncio.to_thread(open, found.path, "rb") as file:
        left = found.size
        while left:
            piece = await asyncio.to_thread(file.read, min(_AT_ONCE, left))
            if not piece:
                break  # cut short meanwhile: the connection is broken off, for the length was said
            left -= len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
        else:
            if not found.size:
                await send({"type": "http.response.body", "body": b""})
