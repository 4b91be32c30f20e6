"""The paper's own settings: one frozen, typed value, read from `newspaper.toml` and the environment.

The newsstand and Django read the same value, so it lives in the ground and imports no Django. A wrong or
missing setting raises SettingError, whose text names the key, what is wrong and how to mend it.
"""

import hashlib
import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tajuk.terms.language import Language
from tajuk.terms.money import Currency

FILE_NAME = "newspaper.toml"
_SHORTEST_SECRET = 40
_MOST = {"front_placement_hours": 24 * 365, "meter_stories": 50, "meter_days": 366}
_LONGEST_RUN_PATH = 85


class SettingError(Exception):
    """A setting is missing or wrong; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A newspaper's settings."""

    folder: Path
    """Where newspaper.toml stands; everything the paper writes is in `folder/var` unless set otherwise."""
    name: str
    address: str
    """The public origin, without a trailing slash: `https://nusa.example`."""
    secret_key: str
    languages: tuple[Language, ...] = (Language.INDONESIAN,)
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    currency: Currency = Currency.IDR
    taglines: Mapping[Language, str] = field(default_factory=dict)
    publisher: str = ""
    """The company or foundation behind the paper; its name stands in the footer and structured data."""
    email: str = ""
    google_news_url: str = ""
    whatsapp_channel_url: str = ""
    database_url: str = ""
    """`postgres://user:password@host:port/name`; empty: SQLite in `var/`."""
    mail_url: str = ""
    """`smtp://user:password@host:587?tls=1`, or a provider's own interface, `anymail:postmark?server_token=…`;
    empty: mail is kept at the desk (see it under Mail)."""
    google_client_id: str = ""
    """With `google_client_secret`: readers may sign in with Google (see docs/howto/accounts.md)."""
    google_client_secret: str = ""
    staff_second_factor: bool = False
    """Whether the desk opens only to colleagues who sign in with a second factor."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks whose X-Forwarded-For and -Proto headers are believed."""
    purge_urls: tuple[str, ...] = ()
    """Where caches in front are told what to forget: `http://127.0.0.1:6081/`; empty: none stands in front."""
    front_placement_hours: int = 24
    meter_stories: int = 5
    """How many metered stories a reader may open without paying; 0: none, metered stories are for subscribers."""
    meter_days: int = 30
    """The window in which they are counted, from the first one on."""
    midtrans_server_key: str = ""
    """Secrets of payment providers stand in secrets.toml; a provider without a key is not offered."""
    midtrans_url: str = "https://api.midtrans.com"
    midtrans_snap_url: str = "https://app.midtrans.com"
    xendit_secret_key: str = ""
    xendit_callback_token: str = ""
    xendit_url: str = "https://api.xendit.co"
    stripe_secret_key: str = ""
    stripe_webhook_secret: str = ""
    stripe_url: str = "https://api.stripe.com"
    debug: bool = False
    demo: bool = False

    @property
    def first_language(self) -> Language:
        """The language that has no prefix."""
        return self.languages[0]

    @property
    def second_language(self) -> Language | None:
        """The other language, in a bilingual paper."""
        return self.languages[1] if len(self.languages) > 1 else None

    @property
    def var(self) -> Path:
        """What the paper writes: database, media, page store, sockets."""
        return self.folder / "var"

    @property
    def store_path(self) -> Path:
        """The page store's folder."""
        return self.var / "store"

    @property
    def media_path(self) -> Path:
        """Uploaded pictures and their renditions."""
        return self.var / "media"

    @property
    def static_path(self) -> Path:
        """Collected static files."""
        return self.var / "static"

    @property
    def run_path(self) -> Path:
        """Where sockets and locks of the running processes stand.

        The system allows a socket's path about 100 characters; a newspaper in a deeper folder has them in the
        temporary folder, under a name made of its own and the user's.
        """
        path = self.var / "run"
        if len(str(path)) <= _LONGEST_RUN_PATH:
            return path
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"tajuk-{os.getuid()}-{name}"

    @property
    def socket_path(self) -> Path:
        """The desk's Unix socket, on which the newsstand passes on what it does not answer."""
        return self.run_path / "desk.sock"

    @property
    def is_secure(self) -> bool:
        """Whether the public address is https."""
        return self.address.startswith("https://")


def find_folder(start: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """The newspaper's folder: TAJUK_DIR, or the nearest folder from `start` upwards with newspaper.toml."""
    named = environ.get("TAJUK_DIR")
    if named:
        folder = Path(named).expanduser().resolve()
        if not (folder / FILE_NAME).is_file():
            raise SettingError(
                f"TAJUK_DIR is {folder}, but there is no {FILE_NAME} in it. "
                f"Make a newspaper there with `tajuk new {folder}`, or correct TAJUK_DIR."
            )
        return folder
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise SettingError(
        f"No {FILE_NAME} here or above. Change to your newspaper's folder, set TAJUK_DIR to it, "
        "or make a newspaper with `tajuk new DIR`."
    )


def read_paper(folder: Path, environ: Mapping[str, str] = os.environ) -> Paper:
    """The settings of the paper in `folder`: newspaper.toml, over it secrets.toml, over it TAJUK_… variables."""
    given: dict[str, Any] = {}
    for name in (FILE_NAME, "secrets.toml"):
        path = folder / name
        if path.is_file():
            try:
                given |= tomllib.loads(path.read_text(encoding="utf-8"))
            except tomllib.TOMLDecodeError as error:
                raise SettingError(f"{path} is not valid TOML: {error}. Mend that line.") from error
    known = {each.name for each in fields(Paper)} - {"folder"}
    for key in known:
        variable = f"TAJUK_{key.upper()}"
        if variable in environ:
            given[key] = _from_environment(key, environ[variable])
    unknown = sorted(set(given) - known)
    if unknown:
        raise SettingError(
            f"{folder / FILE_NAME} has a setting nobody knows: {unknown[0]!r}. "
            f"Known settings are: {', '.join(sorted(known))}."
        )
    return _checked(folder, given)


def _from_environment(key: str, text: str) -> Any:
    match key:
        case "languages" | "trusted_proxies" | "purge_urls":
            return [part.strip() for part in text.split(",") if part.strip()]
        case "debug" | "demo" | "staff_second_factor":
            if text.lower() not in {"1", "0", "true", "false", "yes", "no"}:
                raise SettingError(f"TAJUK_{key.upper()} is {text!r}; write 1 or 0.")
            return text.lower() in {"1", "true", "yes"}
        case "front_placement_hours" | "meter_stories" | "meter_days":
            if not text.isdigit():
                raise SettingError(
                    f"TAJUK_{key.upper()} is {text!r}; write a whole number, such as 24."
                )
            return int(text)
        case "taglines":
            raise SettingError(
                "TAJUK_TAGLINES can't be set in the environment: write it in newspaper.toml."
            )
        case _:
            return text


def _checked(folder: Path, given: dict[str, Any]) -> Paper:
    for key in ("name", "address", "secret_key"):
        if not given.get(key):
            where = "secrets.toml or TAJUK_SECRET_KEY" if key == "secret_key" else FILE_NAME
            raise SettingError(
                f"The setting {key!r} is missing: write it in {where} (`tajuk new` makes one)."
            )
    if len(str(given["secret_key"])) < _SHORTEST_SECRET:
        raise SettingError(
            f"secret_key is too short: {_SHORTEST_SECRET} characters at least. "
            "Make one with `python -c 'import secrets; print(secrets.token_urlsafe(50))'`."
        )
    values: dict[str, Any] = {key: _typed(key, value) for key, value in given.items()}
    values["address"] = _address(values["address"])
    if bool(given.get("google_client_id")) != bool(given.get("google_client_secret")):
        raise SettingError(
            "google_client_id and google_client_secret belong together: write both, the secret in secrets.toml, "
            "or neither."
        )
    return Paper(folder=folder, **values)


def _typed(key: str, value: Any) -> Any:
    match key:
        case "languages":
            return _languages(value)
        case "taglines":
            return {_language(tag): str(text) for tag, text in dict(value).items()}
        case "time_zone":
            try:
                return ZoneInfo(str(value))
            except (ZoneInfoNotFoundError, ValueError) as error:
                raise SettingError(
                    f"time_zone is {value!r}, which is no time zone. Write one such as Asia/Jakarta."
                ) from error
        case "currency":
            try:
                return Currency(str(value))
            except ValueError as error:
                raise SettingError(
                    f"currency is {value!r}; use one of {', '.join(Currency)}."
                ) from error
        case "trusted_proxies":
            return _networks(value)
        case "purge_urls":
            return _purge_urls(value)
        case (
            "debug" | "demo" | "staff_second_factor" | "front_placement_hours" | "meter_stories" | "meter_days"
        ):  # fmt: skip
            return _switch_or_number(key, value)
        case _:
            if not isinstance(value, str):
                raise SettingError(f'{key} is {value!r}; write text in quotes: {key} = "…".')
            return value


def _switch_or_number(key: str, value: Any) -> bool | int:
    most = _MOST.get(key)
    if most is None:
        if type(value) is bool:
            return value
        raise SettingError(f"{key} is {value!r}; write true or false.")
    if type(value) is int and 0 <= value <= most:
        return value
    raise SettingError(f"{key} is {value!r}; write a number from 0 to {most}.")


def _language(tag: Any) -> Language:
    try:
        return Language(str(tag))
    except ValueError as error:
        raise SettingError(
            f"{tag!r} is no language Tajuk speaks; use {', '.join(Language)}."
        ) from error


def _languages(value: Any) -> tuple[Language, ...]:
    languages = tuple(_language(tag) for tag in value) if isinstance(value, list) else ()
    if not languages or len(set(languages)) != len(languages):
        raise SettingError(
            'languages is a list of one or two different languages: languages = ["id", "en"].'
        )
    return languages


def _networks(value: Any) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [""]
    try:
        return tuple(str(ip_network(each, strict=False)) for each in given)
    except ValueError as error:
        raise SettingError(
            f"trusted_proxies is {value!r}; write a list of addresses or networks: "
            'trusted_proxies = ["127.0.0.1", "10.0.0.0/8"].'
        ) from error


def _purge_urls(value: Any) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [""]
    for each in given:
        parts = urlsplit(str(each))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SettingError(
                f"purge_urls is {value!r}; write a list of addresses of the caches in front: "
                'purge_urls = ["http://127.0.0.1:6081/"].'
            )
    return tuple(str(each) for each in given)


def _address(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise SettingError(
            f"address is {address!r}; write the public origin of the site, such as https://nusa.example"
        )
    return address.rstrip("/")
