"""The second factor: an authenticator app, recovery codes, and a desk that asks for one."""

import re
import time
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from tajuk.accounts.models import User
from tajuk.accounts.sign_in_settings import STAFF_HOURS
from tajuk.contracts.readers import is_revoked
from tests.accounts.conftest import PostOffice
from tests.accounts.test_my_account import confirm
from tests.circulation.conftest import PASSWORD, SignIn, held, pass_in, row_of
from tests.pressed_paper import PressedPaper

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    cache.clear()  # each code is good once
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up(client: Client) -> tuple[str, list[str]]:
    """Sets an authenticator app up; its secret, and the recovery codes that are shown then."""
    confirm(client, "/account/security/app")
    page = client.get("/account/security/app").content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found, page
    wrong = client.post("/account/security/app", {"code": "000000"})
    assert "tidak benar" in wrong.content.decode()
    response = client.post("/account/security/app", {"code": code_of(found[1])})
    assert (response.status_code, response["Location"]) == (303, "/account/security/codes")
    shown = client.get("/account/security/codes").content.decode()
    return found[1], re.findall(r"<code>([0-9a-f]{8})</code>", shown)


@pytest.fixture
def editor(reader: User) -> User:
    """A colleague who may do everything."""
    User.objects.filter(pk=reader.pk).update(is_staff=True, is_superuser=True)
    return User.objects.get(pk=reader.pk)


def test_with_an_app_a_password_alone_opens_nothing(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    sign_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        secret, codes = set_up(client)
    assert len(codes) == 10
    assert "Aplikasi autentikator dipasang" in post.subjects()
    other = Client()
    right = {"email": reader.email, "password": PASSWORD, "next": "/latest#p-3"}
    there = other.post("/account/sign-in", right)["Location"]
    assert there == "/account/step"
    assert pass_in(other) is None
    assert other.get("/account/")["Location"] == "/account/sign-in"
    assert "langkah kedua" in other.get(there).content.decode()
    assert "tidak benar" in other.post(there, {"code": "000000"}).content.decode()
    response = other.post(there, {"code": code_of(secret)})
    assert (response.status_code, response["Location"]) == (303, "/latest#p-3")
    assert held(other).reader_id == reader.pk


def test_a_code_of_the_app_and_a_recovery_code_are_good_once(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    secret, codes = set_up(client)
    shown = code_of(secret)

    def signs_in(code: str) -> bool:
        browser = Client()
        there = browser.post("/account/sign-in", {"email": reader.email, "password": PASSWORD})[
            "Location"
        ]
        browser.post(there, {"code": code})
        return pass_in(browser) is not None

    assert [signs_in(shown), signs_in(shown)] == [True, False]
    assert [signs_in(codes[0]), signs_in(codes[0]), signs_in(codes[1])] == [True, False, True]


def test_a_code_by_mail_and_a_new_password_ask_for_the_second_step_too(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    set_up(client)
    for begin, more in (
        ("/account/code", {}),
        ("/account/recover", {"password1": "kapal-kayu-di-laut"}),
    ):
        browser = Client()
        there = browser.post(begin, {"email": reader.email})["Location"]
        there = browser.post(there, {"code": post.code(reader.email)})["Location"]
        if more:
            there = browser.post(there, more)["Location"]
        assert there == "/account/step", begin
        assert pass_in(browser) is None


def test_ten_wrong_codes_have_to_wait(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    secret, _ = set_up(client)
    browser = Client()
    there = browser.post("/account/sign-in", {"email": reader.email, "password": PASSWORD})[
        "Location"
    ]
    right = code_of(secret)
    for _ in range(10):
        browser.post(there, {"code": "000000"})
    assert "Tunggu lima menit" in browser.post(there, {"code": right}).content.decode()
    assert pass_in(browser) is None


def test_the_secret_is_sealed_and_survives_a_new_secret_key(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn, settings: Settings
) -> None:
    sign_in(client)
    secret, _ = set_up(client)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "sama-sekali-baru" * 4, [old]
    browser = Client()
    there = browser.post("/account/sign-in", {"email": reader.email, "password": PASSWORD})[
        "Location"
    ]
    browser.post(there, {"code": code_of(secret)})
    assert pass_in(browser) is not None


def test_the_app_is_taken_away_and_the_recovery_codes_with_it(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    set_up(client)
    assert client.post("/account/security/app/remove")["Location"] == "/account/security"
    assert not Authenticator.objects.exists()
    assert "Aplikasi autentikator dicabut" in post.subjects()
    sign_in(Client())


def test_the_desks_own_door_asks_for_the_second_step(
    editor: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    secret, _ = set_up(client)
    desk = Client()
    form = {"username": editor.email.upper(), "password": PASSWORD, "next": "/desk/stories/"}
    there = desk.post("/desk/login/", form)["Location"]
    assert there.endswith("/account/step")
    assert desk.get("/desk/").status_code == 302
    response = desk.post(there, {"code": code_of(secret)})
    assert response["Location"] == "/desk/stories/"
    assert desk.get("/desk/").status_code == 200
    assert desk.session.get_expiry_age() <= STAFF_HOURS * 3600
    assert held(desk).reader_id == editor.pk


def test_ten_failures_at_the_desks_door_have_to_wait_as_at_the_papers(
    editor: User, paper: PressedPaper
) -> None:
    wrong = {"username": editor.email, "password": "salah"}
    for number in range(10):
        response = Client().post("/desk/login/", wrong, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
        assert response.status_code == 200
    right = {"username": editor.email, "password": PASSWORD}
    refused = Client().post("/desk/login/", right, HTTP_X_FORWARDED_FOR="192.0.2.99")
    assert "Tunggu lima menit" in refused.content.decode()
    same = Client().post("/account/sign-in", {"email": editor.email, "password": PASSWORD})
    assert same.status_code == 429


def test_a_forgotten_password_of_the_desk_is_recovered_as_readers_do_it(
    paper: PressedPaper, client: Client
) -> None:
    assert client.get("/desk/password_reset/")["Location"].endswith("/account/recover")


def test_a_desk_that_asks_for_a_second_factor_opens_when_there_is_one(
    editor: User, post: PostOffice, client: Client, settings: Settings
) -> None:
    client.post("/desk/login/", {"username": editor.email, "password": PASSWORD})
    assert client.get("/desk/").status_code == 200
    settings.PAPER = replace(settings.PAPER, staff_second_factor=True)
    for path in ("/desk/", "/desk/stories/", "/desk/api/main/pages/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, "/account/security"), path
    assert "faktor kedua" in client.get("/account/security").content.decode()
    set_up(client)
    assert client.get("/desk/").status_code == 200
    refused = client.get("/account/security/app/remove").content.decode()
    assert "sebelum mencabut" in refused
    client.post("/account/security/app/remove")
    assert client.get("/desk/").status_code == 200
    reader = Client()
    reader.force_login(User.objects.create_user("budi@uji.example"))
    assert reader.get("/account/").status_code == 200  # readers are asked nothing


def test_a_session_that_began_before_the_second_factor_is_asked_for_it(
    editor: User, post: PostOffice, client: Client, settings: Settings
) -> None:
    client.post("/desk/login/", {"username": editor.email, "password": PASSWORD})
    settings.PAPER = replace(settings.PAPER, staff_second_factor=True)
    secret = generate_totp_secret()
    TOTP.activate(editor, secret)
    there = client.get("/desk/stories/?q=feri")["Location"]
    assert there == "/account/confirm/step?next=%2Fdesk%2Fstories%2F%3Fq%3Dferi"
    assert client.get("/desk/").status_code == 302
    told = {"code": "000000", "next": "/desk/stories/?q=feri"}
    assert client.post("/account/confirm/step", told).status_code == 200
    assert client.get("/desk/").status_code == 302
    response = client.post("/account/confirm/step", {**told, "code": code_of(secret)})
    assert response["Location"] == "/desk/stories/?q=feri"
    assert client.get("/desk/").status_code == 200


def test_a_colleagues_first_second_factor_ends_the_sign_ins_that_did_without(
    editor: User, post: PostOffice, paper: PressedPaper, client: Client, sign_in: SignIn
) -> None:
    elsewhere = Client()
    there = sign_in(elsewhere)
    sign_in(client)
    set_up(client)
    assert client.get("/account/").status_code == 200
    assert client.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302
    row = row_of(paper, editor.pk)
    assert is_revoked(there, row)
    assert not is_revoked(held(client), row)


@pytest.mark.parametrize(
    "credential", ["", "{}", "null", '"x"', "[1]", '{"response": {"userHandle": "AA"}}', "{" * 500]
)
def test_what_is_no_passkey_is_refused_and_said_so(
    paper: PressedPaper, client: Client, credential: str
) -> None:
    challenge = client.get("/account/passkey", HTTP_ACCEPT="application/json").json()
    assert challenge["request_options"]["publicKey"]["userVerification"] == "required"
    response = client.post("/account/passkey", {"credential": credential})
    assert response.status_code == 303
    assert pass_in(client) is None
