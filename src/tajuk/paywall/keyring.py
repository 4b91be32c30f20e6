"""The key ring's file, `pass-keys.json` in the newspaper's folder: made, read, changed and watched.

The newsstand and the desk read the same file. A new key is put in front and what older keys sealed still opens, so
nobody is signed out by a rotation. A key goes for good 40 days after it stopped sealing: by then every pass it
sealed has been renewed under another or has ended.
"""

import base64
import binascii
import contextlib
import json
import logging
import os
import secrets
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from tajuk.paywall.passes import KeyRing, SigningKey
from tajuk.terms.paper import SettingError

FILE_NAME = "pass-keys.json"
KEPT_FOR = timedelta(days=40)
_FORMAT = 1
_SECRET_SIZE = 32
_LOOK_EVERY = 1.0  # seconds

log = logging.getLogger(__name__)


def read_key_ring(path: Path) -> KeyRing:
    """The ring in the file. Raises SettingError with the remedy if it is missing or broken."""
    try:
        return _read(path)
    except FileNotFoundError as error:
        raise SettingError(
            f"{path} is missing: readers' passes can't be checked. Take it from a backup, or make a new one "
            "with `tajuk keys rotate` (everybody then signs in again)."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingError(
            f"{path} can't be read as a key ring ({error}). Take it from a backup, or delete it and make a new "
            "one with `tajuk keys rotate` (everybody then signs in again)."
        ) from error


def key_ring(path: Path, *, now: datetime) -> KeyRing:
    """The ring in the file, which is made if it isn't there. Two processes that make it at once get the same one."""
    if not path.exists():
        _write(path, KeyRing((new_key(now=now),)), replace=False)
    return read_key_ring(path)


def new_key(*, now: datetime) -> SigningKey:
    """A key nobody has had."""
    return SigningKey(secrets.token_hex(4), secrets.token_bytes(_SECRET_SIZE), now)


def rotated(ring: KeyRing, key: SigningKey, *, now: datetime) -> KeyRing:
    """The ring with `key` in front, without those that stopped sealing long ago."""
    keys = (key, *ring.keys)
    kept = [key]
    # A key stopped sealing when the one in front of it was made.
    kept += [old for newer, old in pairwise(keys) if now < newer.made_at + KEPT_FOR]
    return KeyRing(tuple(kept))


def without(ring: KeyRing, key_id: str) -> KeyRing | None:
    """The ring without a key; None when that would leave no key."""
    kept = tuple(key for key in ring.keys if key.id != key_id)
    return KeyRing(kept) if kept else None


def write_key_ring(path: Path, ring: KeyRing) -> None:
    """Puts the ring in the file's place at once: whoever reads sees the old one or the new one, whole."""
    _write(path, ring, replace=True)


class WatchedKeyRing:
    """The ring as the file has it, looked at once a second at most. Raises SettingError when it is made.

    A file that becomes unreadable later leaves the ring as it was: readers stay signed in, and the log says why.
    """

    def __init__(self, path: Path, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Reads the file once."""
        self._path = path
        self._monotonic = monotonic
        self._looked_at = monotonic()
        self._stamp = _stamp(path)
        self._ring = read_key_ring(path)

    @property
    def ring(self) -> KeyRing:
        """The keys now."""
        moment = self._monotonic()
        if moment - self._looked_at >= _LOOK_EVERY:
            self._looked_at = moment
            self._look()
        return self._ring

    def _look(self) -> None:
        stamp = _stamp(self._path)
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._ring = read_key_ring(self._path)
        except SettingError as error:
            log.error("key_ring_unreadable", extra={"reason": str(error)})  # noqa: TRY400  the reason says it all
        else:
            log.info("key_ring_changed", extra={"keys": [key.id for key in self._ring.keys]})


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    # Two writes within the clock's grain have one time, but never one inode: each is a new file.
    return found.st_mtime_ns, found.st_ino, found.st_size


def _read(path: Path) -> KeyRing:
    told = json.loads(path.read_text(encoding="utf-8"))
    if told["format"] != _FORMAT:
        raise ValueError("it is of another release")
    keys = tuple(_key(each) for each in told["keys"])
    if not keys:
        raise ValueError("it holds no key")
    if len({key.id for key in keys}) != len(keys):
        raise ValueError("two keys have one id")
    return KeyRing(keys)


def _key(told: dict[str, str]) -> SigningKey:
    key_id, made_at = str(told["id"]), datetime.fromisoformat(told["made_at"])
    if not (key_id.isascii() and key_id.isalnum()):
        raise ValueError(f"{key_id!r} is no key's id")
    try:
        secret = base64.b64decode(told["secret"], validate=True)
    except binascii.Error as error:
        raise ValueError(f"the secret of {key_id} is damaged") from error
    if len(secret) != _SECRET_SIZE:
        raise ValueError(f"the secret of {key_id} is damaged")
    if made_at.tzinfo is None:
        raise ValueError(f"the time of {key_id} has no zone")
    return SigningKey(key_id, secret, made_at)


def _write(path: Path, ring: KeyRing, *, replace: bool) -> None:
    keys = [
        {
            "id": key.id,
            "made_at": key.made_at.isoformat(),
            "secret": base64.b64encode(key.secret).decode(),
        }
        for key in ring.keys
    ]
    # mkstemp makes it readable by its owner only.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"format": _FORMAT, "keys": keys}, file, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        if replace:
            Path(name).replace(path)
        else:
            with contextlib.suppress(FileExistsError):  # somebody was faster: theirs stands
                os.link(name, path)
    finally:
        Path(name).unlink(missing_ok=True)
