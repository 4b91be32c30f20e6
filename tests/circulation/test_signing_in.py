"""Signing in and out through the pages, with real cookies."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tajuk.accounts.models import User
from tajuk.circulation import actions
from tajuk.circulation.actions import MOST_SIGN_INS, grant
from tajuk.circulation.models import FollowedTopic, ReaderSession
from tajuk.contracts.readers import is_revoked, renewed
from tajuk.paywall.keyring import FILE_NAME, key_ring, new_key, rotated, write_key_ring
from tajuk.paywall.passes import PASS_COOKIE, PASS_LIFE, SESSION_LIFE, opened_pass
from tajuk.paywall.types import Entitlement
from tajuk.terms.clock import now
from tests.circulation.conftest import PASSWORD, SignIn, held, pass_in, row_of, told
from tests.pressed_paper import PressedPaper
from tests.standing_matter import queries_of, story

MOST_TRIES = 10
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def test_a_reader_signs_in_and_goes_on_where_they_came_from(reader: User, client: Client) -> None:
    page = client.get("/account/sign-in?next=/latest%23par-3")
    assert 'name="next" value="/latest#par-3"' in page.content.decode()
    told_form = {"email": "ANI@uji.example ", "password": PASSWORD, "next": "/latest#par-3"}
    response = client.post("/account/sign-in", told_form)
    assert (response.status_code, response["Location"]) == (303, "/latest#par-3")
    found = held(client)
    assert found.reader_id == reader.pk
    assert found.entitlements == frozenset()
    assert abs(found.expires_at - now() - PASS_LIFE) < timedelta(seconds=5)
    assert abs(found.renew_until - now() - SESSION_LIFE) < timedelta(seconds=5)
    cookie = client.cookies[PASS_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == SESSION_LIFE.total_seconds()
    assert cookie["secure"] == ""
    assert "Ani Lestari" in client.get("/account/").content.decode()


def test_over_https_the_pass_goes_over_nothing_else(
    reader: User, client: Client, settings: Settings
) -> None:
    settings.PAPER = replace(settings.PAPER, address="https://testserver")
    client.post("/account/sign-in", {"email": reader.email, "password": PASSWORD})
    assert client.cookies[PASS_COOKIE]["secure"] is True


@pytest.mark.parametrize(
    "elsewhere", ["https://jahat.example/", "//jahat.example", "/desk/", "/%64esk/"]
)
def test_signing_in_leads_nowhere_else(reader: User, client: Client, elsewhere: str) -> None:
    told_form = {"email": reader.email, "password": PASSWORD, "next": elsewhere}
    assert client.post("/en/account/sign-in", told_form)["Location"] == "/en/account/"
    again = client.get("/account/sign-in", {"next": elsewhere})
    assert (again.status_code, again["Location"]) == (302, "/account/")


def test_who_has_an_account_is_not_told(reader: User, client: Client) -> None:
    closed = User.objects.create_user("tutup@uji.example", PASSWORD, is_active=False)
    said = set()
    for email, password in (
        (reader.email, "salah"), ("entah@uji.example", "salah"), (closed.email, PASSWORD), ("", ""), ("\0", "\0"),
        ("x" * 300, "salah"), (reader.email, "s" * 5000), ("entah@uji.example", PASSWORD),
    ):  # fmt: skip
        response = client.post("/account/sign-in", {"email": email, "password": password})
        text = TOKEN.sub("", response.content.decode())
        assert response.status_code == 200
        said.add(re.sub(r'(?<=autocomplete="username webauthn" value=")[^"]*', "", text))
        assert pass_in(client) is None
    assert len(said) == 1
    assert "tidak cocok" in said.pop()


def test_after_ten_failures_in_five_minutes_an_address_has_to_wait(
    reader: User, client: Client
) -> None:
    wrong = {"email": reader.email, "password": "salah"}
    for number in range(MOST_TRIES):
        other = {"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}"}
        assert client.post("/account/sign-in", wrong, **other).status_code == 200  # type: ignore[arg-type]
    right = {"email": reader.email.upper(), "password": PASSWORD}
    response = client.post("/account/sign-in", right, HTTP_X_FORWARDED_FOR="192.0.2.99")
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert "Tunggu lima menit" in response.content.decode()
    assert "Wait five minutes" in client.post("/en/account/sign-in", right).content.decode()
    assert pass_in(client) is None
    cache.clear()  # the five minutes are over
    assert client.post("/account/sign-in", right).status_code == 303


def test_failures_count_for_the_address_whatever_host_the_browser_names(reader: User) -> None:
    wrong = {"email": reader.email, "password": "salah"}
    for number in range(MOST_TRIES):
        other = {
            "HTTP_HOST": f"koran{number % 2}.uji.example",
            "HTTP_X_FORWARDED_FOR": f"192.0.2.{number}",
        }
        assert Client().post("/account/sign-in", wrong, **other).status_code == 200  # type: ignore[arg-type]
    right = {"email": reader.email, "password": PASSWORD}
    response = Client().post(
        "/account/sign-in", right, HTTP_HOST="lain.uji.example", HTTP_X_FORWARDED_FOR="192.0.2.99"
    )
    assert response.status_code == 429


def test_after_ten_failures_in_five_minutes_a_client_has_to_wait(
    reader: User, client: Client
) -> None:
    for number in range(MOST_TRIES):
        wrong = {"email": f"entah{number}@uji.example", "password": "salah"}
        client.post("/account/sign-in", wrong, HTTP_X_FORWARDED_FOR=f"2001:db8::{number}")
    right = {"email": reader.email, "password": PASSWORD}
    same = client.post("/account/sign-in", right, HTTP_X_FORWARDED_FOR="2001:db8::ffff")
    assert same.status_code == 429
    other = client.post("/account/sign-in", right, HTTP_X_FORWARDED_FOR="2001:db8:0:1::1")
    assert other.status_code == 303


def test_signing_in_often_is_no_failure(reader: User) -> None:
    for _ in range(MOST_TRIES * 2):
        right = {"email": reader.email, "password": PASSWORD}
        assert Client().post("/account/sign-in", right).status_code == 303


def test_a_form_without_its_token_is_refused_in_the_papers_words(reader: User) -> None:
    client = Client(enforce_csrf_checks=True)
    told_form = {"email": reader.email, "password": PASSWORD, "next": "/latest"}
    response = client.post("/account/sign-in", told_form)
    text = response.content.decode()
    assert response.status_code == 403
    assert "terlalu lama terbuka" in text
    assert "too long" in client.post("/en/account/sign-in", told_form).content.decode()
    assert pass_in(client) is None
    assert 'href="/account/sign-in?next=/latest"' in text
    again = client.get("/account/sign-in?next=/latest").content.decode()
    told_form["csrfmiddlewaretoken"] = TOKEN.findall(again)[0]
    assert client.post("/account/sign-in", told_form)["Location"] == "/latest"
    for door in ("sign-out", "sign-out-everywhere", "topics"):
        assert client.post(f"/account/{door}")["Location"] == "/account/"
    assert pass_in(client) is not None
    assert "Ani Lestari" in client.get("/account/").content.decode()


def test_account_pages_are_kept_by_nobody(reader: User, client: Client, sign_in: SignIn) -> None:
    for _ in range(2):
        for path in ("/account/sign-in", "/account/", "/en/account/sign-in", "/en/account/"):
            response = client.get(path)
            assert response["Cache-Control"] == "private, no-store", path
            assert response["X-Robots-Tag"] == "noindex"
        sign_in(client)


@pytest.mark.django_db
def test_who_is_not_signed_in_is_led_to_the_form(paper: PressedPaper, client: Client) -> None:
    for path in ("/account/", "/en/account/"):
        assert client.get(path)["Location"] == f"{path}sign-in"
        for door in ("topics", "sign-out-everywhere"):
            assert client.post(f"{path}{door}")["Location"] == f"{path}sign-in"
    for door in ("topics", "sign-out", "sign-out-everywhere"):
        assert client.get(f"/account/{door}").status_code == 405


def test_signing_out_ends_the_pass_and_leaves_other_browsers(
    reader: User, paper: PressedPaper, sign_in: SignIn
) -> None:
    phone, laptop = Client(), Client()
    on_phone, on_laptop = sign_in(phone), sign_in(laptop)
    assert told() == [reader.pk, reader.pk]
    response = phone.post("/en/account/sign-out")
    assert (response.status_code, response["Location"]) == (303, "/en/")
    assert response.cookies[PASS_COOKIE]["max-age"] == 0
    assert phone.get("/account/")["Location"] == "/account/sign-in"
    row = row_of(paper, reader.pk)
    assert is_revoked(on_phone, row)
    assert not is_revoked(on_laptop, row)
    assert laptop.get("/account/").status_code == 200


def test_a_browser_that_only_has_its_pass_left_signs_out_too(
    reader: User, paper: PressedPaper, client: Client, sign_in: SignIn
) -> None:
    given = sign_in(client)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    client.post("/account/sign-out")
    row = row_of(paper, reader.pk)
    assert is_revoked(given, row)


def test_signing_out_everywhere_ends_every_pass_and_the_desk(
    reader: User, paper: PressedPaper, sign_in: SignIn
) -> None:
    User.objects.filter(pk=reader.pk).update(is_staff=True, is_superuser=True)
    phone, laptop, desk = Client(), Client(), Client()
    on_phone, on_laptop = sign_in(phone), sign_in(laptop)
    desk.post("/desk/login/", {"username": reader.email, "password": PASSWORD})
    assert desk.get("/desk/").status_code == 200
    phone.post("/account/sign-out-everywhere")
    row = row_of(paper, reader.pk)
    assert is_revoked(on_phone, row)
    assert is_revoked(on_laptop, row)
    assert laptop.get("/account/")["Location"] == "/account/sign-in"
    assert desk.get("/desk/").status_code == 302
    again = sign_in(phone)
    row = row_of(paper, reader.pk)
    assert not is_revoked(again, row)
    assert phone.get("/account/").status_code == 200


def test_a_password_changed_at_the_desk_ends_every_pass(
    reader: User, paper: PressedPaper, sign_in: SignIn
) -> None:
    admin = User.objects.create_superuser("maya@uji.example", PASSWORD, name="Maya")
    phone, desk = Client(), Client()
    given = sign_in(phone)
    desk.force_login(admin)
    edit = f"/desk/users/edit/{reader.pk}/"
    form = {
        "email": reader.email,
        "first_name": "Ani",
        "last_name": "Lestari",
        "is_active": "on",
        "password1": "",
        "password2": "",
    }
    assert desk.post(edit, form).status_code == 302
    row = row_of(paper, reader.pk)
    assert not is_revoked(given, row)  # the name alone ends nothing
    form |= {"password1": "sandi-yang-baru", "password2": "sandi-yang-baru"}
    assert desk.post(edit, form).status_code == 302
    row = row_of(paper, reader.pk)
    assert is_revoked(given, row)
    assert phone.get("/account/")["Location"] == "/account/sign-in"


def test_who_changes_their_own_password_stays_here_and_gets_a_new_pass(
    reader: User, paper: PressedPaper, sign_in: SignIn
) -> None:
    User.objects.filter(pk=reader.pk).update(is_staff=True, is_superuser=True)
    here, phone = Client(), Client()
    on_phone, before = sign_in(phone), sign_in(here)
    page = here.get("/desk/account/").content.decode()
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    form |= {
        "name_email-first_name": "Ani", "name_email-last_name": "L", "name_email-email": reader.email, "password-old_password": PASSWORD,
        "password-new_password1": "sandi-yang-baru", "password-new_password2": "sandi-yang-baru",
        "theme-theme": "system", "theme-density": "default", "theme-contrast": "system", "theme-keyboard_shortcuts": "on",
        "locale-preferred_language": "", "locale-current_time_zone": "",
    }  # fmt: skip
    assert here.post("/desk/account/", form).status_code == 302
    row = row_of(paper, reader.pk)
    assert is_revoked(before, row)
    assert is_revoked(on_phone, row)
    assert here.get("/account/").status_code == 200
    row = row_of(paper, reader.pk)
    assert not is_revoked(held(here), row)
    assert phone.get("/account/")["Location"] == "/account/sign-in"


def test_a_sign_in_ended_elsewhere_closes_a_session_whose_key_has_changed(
    reader: User, paper: PressedPaper, sign_in: SignIn
) -> None:
    User.objects.filter(pk=reader.pk).update(is_superuser=True)
    laptop, phone = Client(), Client()
    on_laptop = sign_in(laptop)
    sign_in(phone)
    before = laptop.session.session_key
    page = laptop.get("/desk/account/").content.decode()
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    form |= {
        "name_email-first_name": "Ani", "name_email-last_name": "L", "theme-theme": "system", "theme-density": "default",
        "theme-contrast": "system", "locale-preferred_language": "", "locale-current_time_zone": "",
    }  # fmt: skip
    assert laptop.post("/desk/account/", form).status_code == 302
    assert laptop.session.session_key != before
    phone.post("/account/sign-ins", {"session": on_laptop.session})
    assert laptop.get("/desk/").status_code == 302
    assert laptop.get("/account/")["Location"] == "/account/sign-in"
    assert pass_in(phone) is not None
    assert phone.get("/desk/").status_code == 200


def test_an_account_that_is_closed_or_deleted_ends_its_passes(
    reader: User, paper: PressedPaper, sign_in: SignIn
) -> None:
    given = sign_in(Client())
    for step in ("close", "open", "delete"):
        if step == "delete":
            reader.delete()
        else:
            reader.is_active = step == "open"
            reader.save()
        row = row_of(paper, given.reader_id)
        assert is_revoked(given, row) is (step != "open"), step


def test_hashing_a_password_anew_at_a_sign_in_is_no_new_password(
    reader: User, paper: PressedPaper, sign_in: SignIn, settings: Settings
) -> None:
    on_phone = sign_in(Client())
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    sign_in(Client())
    assert get_user_model().objects.get(pk=reader.pk).password.startswith("scrypt")
    row = row_of(paper, reader.pk)
    assert not is_revoked(on_phone, row)


def test_a_colleague_who_came_in_by_the_desks_door_gets_a_pass(
    reader: User, client: Client
) -> None:
    client.force_login(reader)
    assert pass_in(client) is None
    response = client.get("/account/sign-in?next=/latest")
    assert response["Location"] == "/latest"
    first = held(client)
    client.get("/account/")
    assert held(client) == first
    client.cookies[PASS_COOKIE] = "rusak"
    client.get("/account/")
    assert held(client).session != first.session
    assert ReaderSession.objects.get(session=first.session).ended_at is not None


def test_signing_out_at_the_desk_signs_out_of_the_paper(
    reader: User, paper: PressedPaper, client: Client, sign_in: SignIn
) -> None:
    User.objects.filter(pk=reader.pk).update(is_staff=True, is_superuser=True)
    given = sign_in(client)
    client.post("/desk/logout/")
    row = row_of(paper, reader.pk)
    assert is_revoked(given, row)


def test_another_reader_in_the_same_browser_takes_over_whole(
    reader: User, paper: PressedPaper, client: Client, sign_in: SignIn
) -> None:
    first = sign_in(client)
    other = User.objects.create_user("budi@uji.example", PASSWORD)
    client.post("/account/sign-in", {"email": other.email, "password": PASSWORD})
    assert held(client).reader_id == other.pk
    row = row_of(paper, reader.pk)
    assert is_revoked(first, row)


def test_a_rotation_signs_nobody_out(
    reader: User, client: Client, sign_in: SignIn, paper: PressedPaper
) -> None:
    given = sign_in(client)
    path = settings.PAPER.folder / FILE_NAME
    old = key_ring(path, now=now())
    ring = rotated(old, new_key(now=now()), now=now())
    write_key_ring(path, ring)
    cookie = client.cookies[PASS_COOKIE].value.encode()
    assert opened_pass(cookie, ring) == given
    fresh = renewed(given, row_of(paper, reader.pk), now=now())
    assert fresh is not None
    assert fresh.session == given.session
    assert client.get("/account/").status_code == 200
    assert ReaderSession.objects.filter(session=given.session, ended_at__isnull=True).exists()


def test_a_reader_who_signs_in_without_end_keeps_a_row_of_bounded_size(
    reader: User, paper: PressedPaper, sign_in: SignIn
) -> None:
    first = sign_in(Client())
    for _ in range(MOST_SIGN_INS):
        last = actions.sign_in(User.objects.get(pk=reader.pk), now=now())
        actions.sign_out(last.session, now=now())
    row = row_of(paper, reader.pk)
    assert len(row.revoked_sessions) <= MOST_SIGN_INS
    assert is_revoked(first, row)
    assert is_revoked(last, row)


def test_the_account_page_says_what_the_reader_is_entitled_to_and_until_when(
    reader: User, client: Client, sign_in: SignIn
) -> None:
    moment = now()
    grant(
        reader,
        Entitlement.PREMIUM,
        starts_at=moment,
        ends_at=moment + timedelta(days=9),
        reason="Uji",
        acting_user=None,
    )
    grant(
        reader, Entitlement.AD_FREE, starts_at=moment, ends_at=None, reason="Uji", acting_user=None
    )
    grant(
        reader,
        Entitlement.EPAPER,
        starts_at=moment + timedelta(days=1),
        ends_at=None,
        reason="Uji",
        acting_user=None,
    )
    assert sign_in(client).entitlements == {Entitlement.PREMIUM, Entitlement.AD_FREE}
    text = client.get("/account/").content.decode()
    assert re.search(r"<dt>Semua berita</dt><dd>sampai [^<]*\d{4}", text)
    assert "<dt>Tanpa iklan</dt><dd>tanpa batas waktu</dd>" in text
    assert "E-paper</dt>" not in text


def test_a_reader_follows_topics_and_stops(reader: User, client: Client, sign_in: SignIn) -> None:
    story(topics=["feri", "garam"], published_at=now())
    sign_in(client)
    told()
    text = client.get("/account/").content.decode()
    ids = dict(re.findall(r'name="topic" value="(\d+)"> <span>(\w+)</span>', text))
    ferry, salt = (
        next(pk for pk, name in ids.items() if name == wanted) for wanted in ("feri", "garam")
    )
    response = client.post(
        "/account/topics", {"topic": [ferry, salt, "99999", "x", "-1", "9" * 30]}
    )
    assert response["Location"] == "/account/"
    assert told() == [reader.pk]
    text = client.get("/account/").content.decode()
    assert "Tersimpan." in text
    assert text.count(" checked>") == 2
    client.post("/account/topics", {"topic": [salt]})
    assert list(FollowedTopic.objects.values_list("topic_id", flat=True)) == [int(salt)]
    told()
    client.post("/account/topics", {"topic": [salt]})
    assert told() == []


def test_the_account_page_costs_the_same_for_one_topic_and_for_many(
    reader: User, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    story("Satu", topics=["satu"], published_at=now())
    client.get("/account/")
    few = queries_of(lambda: client.get("/account/"))
    story("Banyak", topics=[f"topik-{each}" for each in range(20)], published_at=now())
    assert queries_of(lambda: client.get("/account/")) == few
