"""Signing in with Google, against a server on loopback that speaks OAuth 2 as Google documents it.

https://developers.google.com/identity/protocols/oauth2/web-server
"""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from django.test import Client
from pytest_django.fixtures import Settings

from tajuk.accounts.models import User
from tajuk.accounts.sign_in_settings import sign_in_settings
from tests.accounts.conftest import PostOffice
from tests.circulation.conftest import PASSWORD, SignIn, held, pass_in
from tests.pressed_paper import PressedPaper

pytestmark = pytest.mark.django_db
CLIENT_ID = "uji.apps.googleusercontent.example"


@dataclass
class Google:
    """Who is signed in there, and what it was asked."""

    url: str = ""
    who: dict[str, Any] = field(default_factory=dict)
    challenge: str = ""
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    def answer(self, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """Its token endpoint."""
        self.asked.append(form)
        digest = sha256(form["code_verifier"][0].encode()).digest()
        fits = urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenge
        if form["client_secret"] != ["rahasia"] or form["code"] != ["kode-google"] or not fits:
            return 400, {"error": "invalid_grant"}
        claims = {
            "iss": "https://accounts.google.com",
            "aud": CLIENT_ID,
            "iat": int(time()),
            "exp": int(time()) + 60,
        }
        token = jwt.encode({**claims, **self.who}, "k" * 32, algorithm="HS256")
        return 200, {
            "access_token": "t",
            "expires_in": 60,
            "token_type": "Bearer",
            "id_token": token,
        }


@pytest.fixture
def google(
    paper: PressedPaper, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Google]:
    there = Google(who={"sub": "1077", "email": "sari@uji.example", "email_verified": True, "hd": "uji.example",
                        "given_name": "Sari", "family_name": "Wulan"})  # fmt: skip

    class Hands(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            status, told = there.answer(form)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hands)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    there.url = f"http://127.0.0.1:{server.server_port}/token"
    monkeypatch.setattr(GoogleOAuth2Adapter, "access_token_url", there.url)
    settings.PAPER = replace(
        settings.PAPER, google_client_id=CLIENT_ID, google_client_secret="rahasia"
    )
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_settings(settings.PAPER)["SOCIALACCOUNT_PROVIDERS"]
    yield there
    server.shutdown()
    server.server_close()


def come_back(
    client: Client, google: Google, *, prefix: str = "", onward: str = "", code: str = "kode-google",
    query: str = "", **more: str,
) -> Any:  # fmt: skip
    """Presses the button, and comes back from Google with a code."""
    told = {**({"next": onward} if onward else {}), **more}
    away = client.post(f"{prefix}/account/google/sign-in{query}", told)
    assert away.status_code == 303
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert away["Location"].startswith("https://accounts.google.com/o/oauth2/v2/auth?")
    assert asked["redirect_uri"] == ["http://testserver/account/google/back"]
    google.challenge = asked["code_challenge"][0]
    return client.get("/account/google/back", {"code": code, "state": asked["state"][0]})


def test_who_google_knows_is_in_with_one_press_and_goes_on(
    google: Google, post: PostOffice, client: Client
) -> None:
    page = client.get("/en/account/sign-in?next=/latest%23p-2")
    assert "Go on with Google" in page.content.decode()
    assert "form-action 'self' https://accounts.google.com;" in page["Content-Security-Policy"]
    response = come_back(client, google, prefix="/en", onward="/latest#p-2")
    assert (response.status_code, response["Location"]) == (302, "/latest#p-2")
    made = User.objects.get()
    assert (made.email, made.name, made.has_usable_password()) == (
        "sari@uji.example",
        "Sari Wulan",
        False,
    )
    assert held(client).reader_id == made.pk
    assert EmailAddress.objects.get().verified
    again = Client()
    come_back(again, google)
    assert held(again).reader_id == made.pk
    assert post.carried == []


def test_a_reader_with_that_address_is_the_same_reader(
    google: Google, reader: User, post: PostOffice, client: Client
) -> None:
    google.who["email"] = reader.email
    come_back(client, google)
    assert held(client).reader_id == reader.pk
    assert User.objects.count() == 1


def test_a_mailbox_that_google_does_not_run_opens_no_account(
    google: Google, reader: User, post: PostOffice, client: Client
) -> None:
    google.who["email"] = reader.email
    del google.who["hd"]
    come_back(client, google)
    assert pass_in(client) is None
    assert not SocialAccount.objects.exists()
    User.objects.filter(pk=reader.pk).update(email="ani@gmail.com")
    google.who["email"] = "ani@gmail.com"
    come_back(client, google)
    assert held(client).reader_id == reader.pk


def test_google_opens_no_colleagues_account_by_its_address(
    google: Google, reader: User, post: PostOffice, client: Client
) -> None:
    User.objects.filter(pk=reader.pk).update(is_superuser=True)
    google.who["email"] = reader.email
    come_back(client, google)
    assert pass_in(client) is None
    assert not SocialAccount.objects.exists()


def test_an_address_google_has_not_checked_opens_nothing(
    google: Google, reader: User, post: PostOffice, client: Client
) -> None:
    google.who |= {"email": reader.email, "email_verified": False}
    come_back(client, google)
    assert pass_in(client) is None
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "form"), [("", {"process": "connect"}), ("?process=connect", {})]
)
def test_nobody_ties_a_google_account_to_who_is_signed_in_without_a_proof(
    google: Google, reader: User, post: PostOffice, client: Client, sign_in: SignIn,
    query: str, form: dict[str, str],
) -> None:  # fmt: skip
    sign_in(client)
    come_back(client, google, query=query, **form)
    assert not SocialAccount.objects.filter(user=reader).exists()


@pytest.mark.parametrize("state", ["", "bukan-milik-kami"])
def test_an_answer_nobody_asked_for_signs_nobody_in(
    google: Google, client: Client, state: str
) -> None:
    response = client.get("/account/google/back", {"code": "kode-google", "state": state})
    assert response.status_code == 401
    assert "Jawaban Google tidak bisa dipakai" in response.content.decode()
    assert pass_in(client) is None
    assert google.asked == []


def test_a_code_google_refuses_is_said_so(google: Google, client: Client) -> None:
    response = come_back(client, google, code="lain")
    assert "Jawaban Google tidak bisa dipakai" in response.content.decode()
    assert pass_in(client) is None


def test_a_paper_without_google_offers_none(paper: PressedPaper, client: Client) -> None:
    page = client.get("/account/sign-in")
    assert "Google" not in page.content.decode()
    assert "Content-Security-Policy" in page
    assert "google" not in page["Content-Security-Policy"]
    for path in ("/account/google/sign-in", "/account/google/back"):
        assert client.post(path)["Location"] == "/account/sign-in"


def test_google_is_taken_away_only_while_another_way_in_is_left(
    google: Google, reader: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    google.who["email"] = reader.email
    come_back(client, google)
    linked = SocialAccount.objects.get()
    there = client.get("/account/google")["Location"]
    client.post(there, {"password": PASSWORD, "next": "/account/google"})
    client.post("/account/google", {"account": linked.pk})
    assert not SocialAccount.objects.exists()
    sign_in(Client())
