"""What a cache between the newsstand and its readers may keep is the same for all of them, on every surface."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from tests.edge.asking import Said, ask, at
from tests.press.test_surfaces import an_edition
from tests.pressed_paper import PressedPaper
from tests.standing_matter import section, topic

from tajuk.accounts.models import User
from tajuk.circulation.actions import end_sign_ins, follow, grant
from tajuk.contracts.caches import EVERYTHING, path_key
from tajuk.contracts.pages import Fixed
from tajuk.edge.newsstand import Newsstand
from tajuk.paywall.keyring import key_ring, new_key
from tajuk.paywall.meter import METER_COOKIE, MeterCard, MeterPolicy, sealed_card
from tajuk.paywall.passes import PASS_COOKIE, SESSION_LIFE, KeyRing, new_session, sealed_pass
from tajuk.paywall.policy import WallPolicy
from tajuk.paywall.types import Entitlement, ReaderPass
from tajuk.press.readers import press_readers
from tajuk.site.surfaces import PRESSED, VIEWS, Example
from tajuk.terms.clock import now
from tajuk.terms.language import Language

METER = MeterPolicy(3, timedelta(days=30))
ACCESSES = ("free", "registered", "metered", "premium")


def readers(moment: datetime) -> Iterator[tuple[str, str]]:
    """Readers of every kind, by what they are and the cookies they send."""
    ring = key_ring(settings.PAPER.var / "pass-keys.json", now=moment)
    kopi = topic("kopi")
    holds = {
        "registered": (),
        "subscriber": (Entitlement.PREMIUM,),
        "ad-free": (Entitlement.PREMIUM, Entitlement.AD_FREE),
        "signed out everywhere": (Entitlement.PREMIUM,),
    }
    passes: dict[str, ReaderPass] = {}
    editor = get_user_model().objects.create_superuser("ratri@nusa.example", "rahasia")
    for name, held in holds.items():
        one = User.objects.create_user(f"{name.replace(' ', '-')}@pembaca.example", "x")
        for each in held:
            grant(one, each, starts_at=moment - timedelta(days=1), ends_at=None, reason="uji", acting_user=editor)  # fmt: skip
        if name == "ad-free":
            follow(one, {kopi.pk}, language=Language.INDONESIAN)
        passes[name] = ReaderPass(
            one.pk, moment + timedelta(minutes=15), frozenset(held), new_session(),
            signed_in_at=moment - timedelta(hours=1), issued_at=moment,
            renew_until=moment + SESSION_LIFE,
        )  # fmt: skip
        if name == "signed out everywhere":
            end_sign_ins(one, acting_user=one, now=moment)
    yield "nobody we know", ""
    yield "sends junk", f"{PASS_COOKIE}=x.y.z; {METER_COOKIE}=%%; sessionid=abc; other=1"
    for name, each in passes.items():
        yield name, f"{PASS_COOKIE}={sealed_pass(each, ring)}"
    due = replace(passes["ad-free"], issued_at=moment - timedelta(minutes=14))
    yield "due for renewal", f"{PASS_COOKIE}={sealed_pass(due, ring)}"
    forger = KeyRing((new_key(now=moment),))
    yield "forged", f"{PASS_COOKIE}={sealed_pass(passes['ad-free'], forger)}"
    spent = MeterCard(moment - timedelta(days=1), (1_000_001, 1_000_002, 1_000_003))
    yield "has read enough", f"{METER_COOKIE}={sealed_card(spent, ring)}"


def is_shared(said: Said) -> bool:
    """Whether a cache in front could keep it."""
    told = said.headers.get("cache-control", "")
    return "private" not in told and "no-store" not in told


def is_safe(path: str, kind: str, said: Said) -> None:
    """One answer by itself."""
    where = (path, kind, said.status)
    if is_shared(said):
        assert "set-cookie" not in said.headers, where
        assert "cookie" not in said.headers.get("vary", "").lower(), where
    else:
        assert "cdn-cache-control" not in said.headers, where
        assert "surrogate-key" not in said.headers, where
        assert "public" not in said.headers["cache-control"], where


@dataclass
class Met:
    """What the test has met, so that it is known to have looked."""

    personal: int = 0
    shared: int = 0
    cookies: int = 0


def paths_of(example: Example) -> Iterator[str]:
    """Every surface there is, by the register."""
    for paths in (*PRESSED.values(), *VIEWS.values()):
        yield from paths(example)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_caches_may_keep_is_the_same_for_every_reader(
    paper: PressedPaper, client: Client, language: str
) -> None:
    section()
    moment = now()
    paths = {path for access in ACCESSES for path in paths_of(an_edition(language, access))}
    kinds = dict(readers(moment))
    paper.press_all()
    press_readers(paper.store, list(User.objects.values_list("pk", flat=True)), now=moment)
    for path in paths:  # what is only pressed when asked for is, then
        client.get(path)
    static = settings.PAPER.var / "static"
    static.mkdir(exist_ok=True)
    (static / "paper.0123.css").write_text("body{}")
    met = Met()

    async def work(stand: Newsstand) -> None:
        for path in sorted(paths | {"/static/paper.0123.css"}):
            answers: list[tuple[str, Said]] = []
            for kind, cookies in kinds.items():
                headers = {"accept-encoding": "gzip", **({"cookie": cookies} if cookies else {})}
                said = await ask(stand, path, headers=headers)
                again = await ask(
                    stand,
                    path,
                    headers={**headers, "if-none-match": said.headers.get("etag", '""')},
                )
                head = await ask(stand, path, method="HEAD", headers=headers)
                for each in (said, again, head):
                    is_safe(path, kind, each)
                answers.append((kind, said))
                met.cookies += "set-cookie" in said.headers
            (_, first), *others = answers
            for kind, said in others:
                assert is_shared(said) is is_shared(first), (path, kind)
                if is_shared(first):
                    assert said == first, (path, kind)
            met.shared += is_shared(first)
            met.personal += not is_shared(first)
            if is_shared(first) and paper.store.plan(path):
                keys = first.headers["surrogate-key"].split()
                assert keys[:2] == [EVERYTHING, path_key(path)]
                assert first.headers["cdn-cache-control"] == "public, max-age=86400"
                assert first.headers["cache-control"] == "public, no-cache"
            if path.startswith("/static/"):
                assert "immutable" in first.headers["cache-control"]

    at(
        settings.PAPER.var,
        work,
        behind_cdn=True,
        languages=settings.PAPER.languages,
        wall=WallPolicy(METER),
    )
    assert met.shared > 8
    assert met.personal > 20
    assert met.cookies > 20


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_the_desk_answers_itself_is_the_same_for_everybody_or_private(
    paper: PressedPaper, client: Client, language: str
) -> None:
    section()
    moment = now()
    paths = {path for access in ACCESSES for path in paths_of(an_edition(language, access))}
    kinds = dict(readers(moment))
    paper.press_all()
    shared = 0
    for path in sorted(paths):
        answers = []
        for kind, cookies in kinds.items():
            response = Client(headers={"cookie": cookies} if cookies else None).get(path)
            headers = {name.lower(): value for name, value in response.headers.items()}
            said = Said(response.status_code, headers, response.content)
            assert not (is_shared(said) and response.cookies), (path, kind)
            is_safe(path, kind, said)
            answers.append(said)
        kept = [each for each in answers if is_shared(each)]
        shared += bool(kept)
        assert all(each == kept[0] for each in kept), path
    assert shared > 5


@pytest.mark.django_db
def test_what_caches_may_keep_stands_on_parts_of_its_own(paper: PressedPaper) -> None:
    """A shared part that changes by itself would be forgotten by nobody."""
    section()
    for language in ("id", "en"):
        for access in ACCESSES:
            for path in paths_of(an_edition(language, access)):
                Client().get(path)
    paper.press_all()
    documents = 0
    for path in paper.store.paths("/"):
        plan = paper.store.plan(path)
        assert plan is not None
        if not plan.is_personal:
            documents += 1
            for part in plan.parts:
                assert isinstance(part, Fixed)
                assert part.fragment.startswith(f"own:{path}:")
    assert documents > 8
