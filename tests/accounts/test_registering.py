"""Registering, and signing in with a code: by mail over a real SMTP server, in both languages."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tajuk.accounts.models import User
from tajuk.accounts.tidying import UNPROVED_FOR, forget_unproved
from tajuk.terms.clock import now
from tests.accounts.conftest import PostOffice, text_of
from tests.circulation.conftest import PASSWORD, SignIn, held, pass_in
from tests.databases import is_postgres
from tests.pressed_paper import PressedPaper

pytestmark = pytest.mark.django_db
NEW = "sari@uji.example"


def said(response: object) -> str:
    """What a page says, without what is different every time."""
    text = response.content.decode()  # type: ignore[attr-defined]
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", text)
    return re.sub(r"[a-z]+@uji\.example", "ADDRESS", text)


def register(client: Client, address: str, path: str = "/account/sign-up", **more: str) -> str:
    """Sends the form; where it leads."""
    response = client.post(path, {"email": address, **more})
    assert response.status_code == 303, response.content.decode()
    return str(response["Location"])


def test_a_reader_registers_with_an_address_and_a_code_and_goes_on_where_they_were(
    paper: PressedPaper, post: PostOffice, client: Client
) -> None:
    onward = "/maritim/2026/03/10/7/kapal#p-4"
    page = client.get("/account/sign-up", {"next": onward}).content.decode()
    assert f'name="next" value="{onward}"' in page
    there = register(client, "Sari@Uji.example", name="Sari Wulan", next=onward)
    assert there.startswith("/account/verify")
    assert pass_in(client) is None
    assert "sari@uji.example" in client.get(there).content.decode()
    mail = post.newest("sari@uji.example")
    assert "Harian Uji" in mail["From"]
    assert post.code() in mail["Subject"]
    assert "sepuluh menit" in text_of(mail)
    assert post.code() in text_of(mail, "html")
    response = client.post(there, {"code": post.code().replace("-", " "), "action": "verify"})
    assert (response.status_code, response["Location"]) == (303, onward)
    made = User.objects.get(email="sari@uji.example")
    assert (made.name, made.language, made.has_usable_password()) == ("Sari Wulan", "id", False)
    assert held(client).reader_id == made.pk
    assert "Sari Wulan" in client.get("/account/").content.decode()
    assert len(post.subjects()) == 1


def test_the_english_edition_registers_and_writes_in_english(
    paper: PressedPaper, post: PostOffice, client: Client
) -> None:
    there = register(client, NEW, "/en/account/sign-up")
    assert there.startswith("/en/account/verify")
    assert "ten minutes" in text_of(post.newest())
    assert 'lang="en"' in text_of(post.newest(), "html")
    client.post(there, {"code": post.code(), "action": "verify"})
    assert User.objects.get().language == "en"
    assert "My account" in client.get("/en/account/").content.decode()


def test_who_has_an_account_is_not_told_by_registering_recovering_or_a_code(
    reader: User, post: PostOffice
) -> None:
    closed = User.objects.create_user("tutup@uji.example", PASSWORD, is_active=False)
    for path in ("/account/sign-up", "/account/code", "/account/recover"):
        answers = set()
        for address in (reader.email, closed.email, "entah@uji.example"):
            cache.clear()
            client = Client()
            response = client.post(path, {"email": address})
            shown = client.get(response["Location"])
            wrong = client.post(response["Location"], {"code": "0000-0000", "action": "verify"})
            answers.add((response.status_code, response["Location"], said(shown), said(wrong)))
            assert post.newest(address), path
        assert len(answers) == 1, path


def test_who_has_an_account_is_written_so_when_somebody_registers_with_the_address(
    reader: User, post: PostOffice, client: Client
) -> None:
    register(client, reader.email)
    mail = post.newest(reader.email)
    assert "sudah punya akun" in mail["Subject"]
    assert "http://testserver/account/sign-in" in text_of(mail)
    assert 'href="http://testserver/account/sign-in"' in text_of(mail, "html")
    assert User.objects.count() == 1


def test_the_form_sent_twice_makes_one_account_and_the_newest_code_is_good(
    paper: PressedPaper, post: PostOffice, client: Client
) -> None:
    register(client, NEW)
    other = Client()  # the same reader, in a browser that kept no cookie
    there = register(other, NEW, name="Sari")
    assert User.objects.get(email=NEW).name == "Sari"
    response = other.post(there, {"code": post.code(), "action": "verify"})
    assert response["Location"] == "/account/"
    assert held(other).reader_id == User.objects.get().pk


def test_an_address_somebody_else_registered_first_is_its_owners_alone(
    paper: PressedPaper, post: PostOffice, client: Client
) -> None:
    register(client, NEW)  # somebody who can't read the mail, and could set no password
    owner = Client()
    there = owner.post("/account/code", {"email": NEW})["Location"]
    owner.post(there, {"code": post.code(NEW), "action": "verify"})
    assert held(owner).reader_id == User.objects.get().pk
    assert client.get("/account/")["Location"] == "/account/sign-in"


def test_a_reader_signs_in_with_a_code_and_goes_on(
    reader: User, post: PostOffice, client: Client
) -> None:
    there = client.post("/account/code", {"email": reader.email, "next": "/latest#p-2"})["Location"]
    assert "sepuluh menit" in client.get(there).content.decode()
    response = client.post(there, {"code": post.code(), "action": "verify", "next": "/latest#p-2"})
    assert (response.status_code, response["Location"]) == (303, "/latest#p-2")
    assert held(client).reader_id == reader.pk


def test_three_wrong_codes_end_the_try(reader: User, post: PostOffice, client: Client) -> None:
    there = client.post("/account/code", {"email": reader.email})["Location"]
    right = post.code()
    for _ in range(2):
        assert "tidak benar" in client.post(there, {"code": "0000-0000"}).content.decode()
    assert client.post(there, {"code": "0000-0000"})["Location"] == "/account/code"
    assert client.post(there, {"code": right}).status_code in {302, 303}
    assert pass_in(client) is None


def test_a_code_asked_for_again_replaces_the_first(
    reader: User, post: PostOffice, client: Client
) -> None:
    there = client.post("/account/code", {"email": reader.email})["Location"]
    first = post.code()
    client.post(there, {"action": "resend"})
    assert post.code() != first
    client.post(there, {"code": first})
    assert pass_in(client) is None
    client.post(there, {"code": post.code()})
    assert held(client).reader_id == reader.pk


def test_too_many_codes_for_an_address_are_refused_from_wherever_they_are_asked(
    reader: User, post: PostOffice
) -> None:
    for number in range(4):
        response = Client().post(
            "/account/code", {"email": reader.email}, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}"
        )
        assert response.status_code == (303 if number < 3 else 200)
    assert "Tunggu lima menit" in response.content.decode()
    assert len(post.carried) == 3


def test_too_many_tries_of_one_client_are_refused_in_the_papers_dress(
    paper: PressedPaper, post: PostOffice, client: Client
) -> None:
    for number in range(21):
        response = client.post("/en/account/recover", {"email": f"entah{number}@uji.example"})
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert "Wait five minutes" in response.content.decode()
    other = client.post("/en/account/recover", {"email": NEW}, HTTP_X_FORWARDED_FOR="192.0.2.7")
    assert other.status_code == 303


def test_a_mail_server_that_refuses_is_told_of_and_nothing_is_lost(
    reader: User, post: PostOffice, client: Client
) -> None:
    post.refuses = True
    response = client.post("/en/account/code", {"email": reader.email})
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "try again in a minute" in response.content.decode()
    post.refuses = False
    there = client.post("/en/account/code", {"email": reader.email})["Location"]
    client.post(there, {"code": post.code()})
    assert held(client).reader_id == reader.pk


def test_somebody_the_house_made_an_account_for_needs_to_prove_nothing(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    assert sign_in(client).reader_id == reader.pk
    assert EmailAddress.objects.get().verified
    assert post.carried == []


def test_an_address_changed_at_the_desk_is_the_only_one_that_signs_in(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    sign_in(Client())
    reader.email = "baru@uji.example"
    reader.save()
    old = client.post("/account/sign-in", {"email": "ani@uji.example", "password": PASSWORD})
    assert old.status_code == 200
    new = client.post("/account/sign-in", {"email": "baru@uji.example", "password": PASSWORD})
    assert new.status_code == 303
    assert EmailAddress.objects.get().email == "baru@uji.example"


def test_an_address_nobody_proved_is_forgotten_after_a_week(
    reader: User, post: PostOffice, client: Client
) -> None:
    register(client, NEW)
    proved = Client()
    there = register(proved, "terbukti@uji.example")
    proved.post(there, {"code": post.code("terbukti@uji.example"), "action": "verify"})
    assert forget_unproved(now=now() + UNPROVED_FOR - timedelta(minutes=1)) == 0
    assert forget_unproved(now=now() + UNPROVED_FOR + timedelta(minutes=1)) == 1
    assert set(User.objects.values_list("email", flat=True)) == {
        reader.email,
        "terbukti@uji.example",
    }


@pytest.mark.django_db(transaction=True)
def test_two_forms_at_the_same_instant_make_one_account(
    paper: PressedPaper, post: PostOffice
) -> None:
    if not is_postgres():
        pytest.skip("SQLite's test database is in memory: two threads can't wait for each other")

    def send(_: int) -> int:
        try:
            return Client().post("/account/sign-up", {"email": NEW}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        assert list(hands.map(send, range(2))) == [303, 303]
    assert User.objects.count() == 1
