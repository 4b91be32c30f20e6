"""Readers for tests that ask a newspaper at work: each with a browser's cookies, signed in by the form or with a pass."""

import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPMessage
from http.cookiejar import Cookie, CookieJar
from typing import Any

from tajuk.paywall.keyring import FILE_NAME, read_key_ring
from tajuk.paywall.passes import SESSION_LIFE, new_session, sealed_pass
from tajuk.paywall.types import ReaderPass
from tests.running import Newspaper

PASSWORD = "pelabuhan-lama-1"


@dataclass(frozen=True)
class Got:
    """An answer as it came."""

    status: int
    body: bytes
    headers: HTTPMessage

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def said(self, name: str) -> str:
        """A header; empty without."""
        return str(self.headers.get(name, ""))

    @property
    def set_cookies(self) -> list[str]:
        """The names of the cookies it sets."""
        return [each.split("=", 1)[0] for each in self.headers.get_all("set-cookie", [])]


class _AsItComes(urllib.request.HTTPRedirectHandler):
    """Redirects are answers too."""

    def redirect_request(self, *args: Any, **named: Any) -> None:
        """Not followed."""


@dataclass
class Reader:
    """A browser, at an address of the newspaper's."""

    address: str
    jar: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        """Opens it."""
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), _AsItComes()
        )

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Got:
        """One request; a POST with a form. Redirects are not followed; status 0 when nobody listens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(self.address + path, data=data, headers=named)
        try:
            with self._opener.open(request, timeout=30) as response:
                return Got(response.status, response.read(), response.headers)
        except urllib.error.HTTPError as error:
            with error:
                return Got(error.code, error.read(), error.headers)
        except OSError:
            return Got(0, b"", HTTPMessage())

    def sign_in(self, email: str) -> None:
        """By the form."""
        page = self.ask("/account/sign-in").text
        form = {"csrfmiddlewaretoken": _token(page), "email": email, "password": PASSWORD}
        answer = self.ask("/account/sign-in", form)
        assert answer.status == 303, (answer.status, answer.text)
        assert "tajuk_pass" in self.cookies

    def sign_out(self) -> None:
        """By the button."""
        form = {"csrfmiddlewaretoken": _token(self.ask("/account/").text)}
        assert self.ask("/account/sign-out", form).status == 303

    @property
    def cookies(self) -> dict[str, str]:
        """What it holds."""
        return {each.name: each.value or "" for each in self.jar}

    def hold(self, name: str, value: str) -> None:
        """Takes a cookie, as if it had been set."""
        given = Cookie(
            0, name, value, None, False, "127.0.0.1", False, False, "/", True, False, None,
            True, None, None, {},
        )  # fmt: skip
        self.jar.set_cookie(given)


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page[:2000]
    return found[1]


SET_UP = """
import json
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.db import transaction
from tajuk.accounts.models import User
from tajuk.circulation.actions import grant, follow
from tajuk.newsroom.actions.addresses import public_path
from tajuk.newsroom.actions.publish_story import publish_story
from tajuk.newsroom.models import Person, Section, Story, Topic
from tajuk.paywall.types import Entitlement
from tajuk.terms.clock import now
moment = now()
for slug in ("maritim", "ekonomi"):
    Section.objects.create(name=slug.title(), name_second=slug.title(), slug=slug)
Topic.objects.create(name="Kopi", slug="kopi")
Person.objects.create(name="Mei Lestarum", slug="mei-lestarum")
editor = get_user_model().objects.create_superuser("ratri@nusa.example", "rahasia")
people = {}
for name, held in {
    "registered": (), "subscriber": (Entitlement.PREMIUM,),
    "ad-free": (Entitlement.PREMIUM, Entitlement.AD_FREE),
}.items():
    one = User.objects.create_user(f"{name}@pembaca.example", PASSWORD)
    for each in held:
        grant(one, each, starts_at=moment - timedelta(days=1), ends_at=None, reason="uji", acting_user=editor)
    people[name] = one.pk
stories = {}
for access in ("free", "registered", "metered", "premium"):
    for language in ("id", "en"):
        section = Section.objects.get(slug="ekonomi" if access == "free" else "maritim")
        story = Story(language=language, section=section, access=access,
                      headline=f"Kabar {access} {language}", standfirst="Ringkasan.",
                      body=[("paragraph", f"<p>Alinea {n}.</p>") for n in range(4)]
                      + [("paragraph", "<p>Rahasiadapur.</p>")])
        with transaction.atomic():
            story.save()
            story.save_revision(user=editor)
        publish_story(story, acting_user=editor, now=moment)
        story.refresh_from_db()
        stories[f"{access} {language}"] = [story.pk, public_path(story)]
print(json.dumps({"readers": people, "stories": stories}))
""".replace("PASSWORD", repr(PASSWORD))

PUBLISH = """
import json, secrets
from django.contrib.auth import get_user_model
from django.db import transaction
from tajuk.newsroom.actions.addresses import public_path
from tajuk.newsroom.actions.publish_story import publish_story
from tajuk.newsroom.models import Section, Story
from tajuk.terms.clock import now
editor = get_user_model().objects.get(email="ratri@nusa.example")
story = Story(language="id", section=Section.objects.get(slug={section!r}), headline={headline!r},
              body=[("paragraph", "<p>Isi." + secrets.token_hex({digits} // 2) + "</p>")])
with transaction.atomic():
    story.save()
    story.save_revision(user=editor)
publish_story(story, acting_user=editor, now=now())
story.refresh_from_db()
print(json.dumps(public_path(story)))
"""


@dataclass(frozen=True)
class Matter:
    """What stands in a newspaper that readers of every kind read: its stories by access and language, its readers."""

    readers: dict[str, int]
    stories: dict[str, tuple[int, str]]

    def path(self, access: str, language: str = "id") -> str:
        """A story's path."""
        return self.stories[f"{access} {language}"][1]


def set_up(paper: Newspaper) -> Matter:
    """Sections, readers, and a story of every access in both languages."""
    told = paper.django(SET_UP)
    return Matter(told["readers"], {name: tuple(pair) for name, pair in told["stories"].items()})


def publish(paper: Newspaper, headline: str, section: str = "maritim", *, digits: int = 0) -> str:
    """Publishes a story; its path. So many random digits in it can't be compressed by more than a half."""
    code = PUBLISH.format(headline=headline, section=section, digits=digits)
    return str(paper.django(code))


def due_pass(paper: Newspaper, reader_id: int, *, now: datetime) -> str:
    """The cookie of a pass that ran out a moment ago and may be renewed; its sign-in was an hour ago."""
    signed_in = now - timedelta(hours=1)
    ran_out = ReaderPass(
        reader_id,
        now - timedelta(seconds=5),
        session=new_session(),
        signed_in_at=signed_in,
        issued_at=now - timedelta(minutes=15),
        renew_until=signed_in + SESSION_LIFE,
    )
    return sealed_pass(ran_out, read_key_ring(paper.folder / FILE_NAME))
