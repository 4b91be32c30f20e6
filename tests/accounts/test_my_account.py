"""What readers do with their own account: password, address, sign-ins, data, leaving. Refusals stand beside them."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.models import ModelLogEntry

from tajuk.accounts import personal_data
from tajuk.accounts.actions import erase
from tajuk.accounts.errors import ColleagueCantLeaveError
from tajuk.accounts.models import User
from tajuk.circulation.actions import grant
from tajuk.circulation.models import ReaderSession
from tajuk.contracts.readers import is_revoked
from tajuk.paywall.types import Entitlement
from tajuk.site.mail import LETTERBOX
from tajuk.site.models import SentMail
from tajuk.terms.clock import now
from tests.accounts.conftest import PostOffice, text_of
from tests.circulation.conftest import PASSWORD, SignIn, held, pass_in, row_of, told
from tests.pressed_paper import PressedPaper

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
NEW_PASSWORD = "kapal-kayu-di-tepi-laut"


def confirm(client: Client, path: str) -> str:
    """Opens a guarded page, proving with the password who one is; where one stands then."""
    asked = client.get(path)
    assert asked.status_code == 302, "the page asked nothing"
    assert asked["Location"].startswith("/account/confirm/password?next=")
    wrong = client.post(asked["Location"], {"password": "bukan-sandi-saya"})
    assert "bukan kata sandi" in wrong.content.decode()
    response = client.post(asked["Location"], {"password": PASSWORD, "next": path})
    assert response["Location"] == path
    return str(response["Location"])


@pytest.fixture
def coded(paper: PressedPaper, post: PostOffice) -> Client:
    """A browser of a reader who registered with a code and has no password."""
    client = Client()
    there = client.post("/account/sign-up", {"email": "sari@uji.example"})["Location"]
    client.post(there, {"code": post.code(), "action": "verify"})
    assert pass_in(client) is not None
    post.carried.clear()
    return client


def test_a_new_password_ends_every_other_sign_in_and_is_written_to_the_reader(
    reader: User, paper: PressedPaper, post: PostOffice, sign_in: SignIn
) -> None:
    here, phone = Client(HTTP_USER_AGENT=CHROME), Client()
    on_phone, before = sign_in(phone), sign_in(here)
    wrong = here.post("/account/password", {"oldpassword": "salah", "password1": NEW_PASSWORD})
    assert "bukan kata sandi Anda yang sekarang" in wrong.content.decode()
    weak = here.post("/account/password", {"oldpassword": PASSWORD, "password1": "1234567890"})
    assert weak.status_code == 200
    assert reader.check_password(PASSWORD)
    told()
    response = here.post("/account/password", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    assert (response.status_code, response["Location"]) == (303, "/account/")
    row = row_of(paper, reader.pk)
    assert is_revoked(on_phone, row)
    assert is_revoked(before, row)
    assert not is_revoked(held(here), row)
    assert phone.get("/account/")["Location"] == "/account/sign-in"
    assert "perangkat lain dikeluarkan" in here.get("/account/").content.decode()
    letter = text_of(post.newest(reader.email))
    assert "Chrome, Linux" in letter
    assert "http://testserver/account/recover" in letter
    assert (
        Client()
        .post("/account/sign-in", {"email": reader.email, "password": NEW_PASSWORD})
        .status_code
        == 303
    )


def test_a_lost_password_is_recovered_with_a_code_and_ends_every_sign_in(
    reader: User, paper: PressedPaper, post: PostOffice, sign_in: SignIn
) -> None:
    on_phone = sign_in(Client())
    client = Client()
    there = client.post("/account/recover", {"email": reader.email})["Location"]
    assert client.get("/account/recover/password")["Location"] == "/account/recover/code"
    on = client.post(there, {"code": post.code()})["Location"]
    assert 'autocomplete="new-password"' in client.get(on).content.decode()
    client.post(on, {"password1": NEW_PASSWORD})
    row = row_of(paper, reader.pk)
    assert is_revoked(on_phone, row)
    assert not is_revoked(held(client), row)
    reader.refresh_from_db()
    assert reader.check_password(NEW_PASSWORD)
    assert "diganti" in str(post.newest(reader.email)["Subject"])


def test_an_address_changes_when_the_new_one_is_proved_and_the_old_one_is_told(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    confirm(client, "/account/email")
    there = client.post("/account/email", {"email": "Baru@uji.example", "action_add": "1"})[
        "Location"
    ]
    reader.refresh_from_db()
    assert reader.email == "ani@uji.example"
    client.post(there, {"code": "0000-0000", "action": "verify"})
    client.post(there, {"code": post.code("baru@uji.example"), "action": "verify"})
    reader.refresh_from_db()
    assert reader.email == "baru@uji.example"
    assert "baru@uji.example" in text_of(post.newest("ani@uji.example"))
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("baru@uji.example", True, True)
    ]
    old = Client().post("/account/sign-in", {"email": "ani@uji.example", "password": PASSWORD})
    assert old.status_code == 200


def test_an_address_that_is_another_readers_is_refused_only_to_who_can_read_its_mail(
    reader: User, post: PostOffice, client: Client, sign_in: SignIn
) -> None:
    User.objects.create_user("budi@uji.example", PASSWORD)
    sign_in(client)
    confirm(client, "/account/email")
    for address in ("budi@uji.example", "entah@uji.example"):
        response = client.post("/account/email", {"email": address, "action_add": "1"})
        assert (response.status_code, response["Location"]) == (303, "/account/verify"), address
    there = client.post("/account/email", {"email": "budi@uji.example", "action_add": "1"})[
        "Location"
    ]
    shown = client.post(there, {"code": post.code("budi@uji.example"), "action": "verify"})
    assert "milik akun lain" in shown.content.decode()
    reader.refresh_from_db()
    assert reader.email == "ani@uji.example"


def test_a_reader_sees_where_they_are_signed_in_and_ends_one(
    reader: User, paper: PressedPaper, post: PostOffice, sign_in: SignIn
) -> None:
    phone, here = Client(HTTP_USER_AGENT=FIREFOX), Client(HTTP_USER_AGENT=CHROME)
    on_phone = sign_in(phone)
    sign_in(here)
    text = here.get("/account/sign-ins").content.decode()
    assert re.search(r"Chrome, Linux</b> <span class=\"tag\">perangkat ini", text)
    assert "Firefox, Android" in text
    told()
    here.post("/account/sign-ins", {"session": on_phone.session})
    assert is_revoked(on_phone, row_of(paper, reader.pk))
    assert phone.get("/account/")["Location"] == "/account/sign-in"
    assert "Firefox" not in here.get("/account/sign-ins").content.decode()
    own = ReaderSession.objects.get(ended_at__isnull=True).session
    assert here.post("/account/sign-ins", {"session": own})["Location"] == "/"
    assert pass_in(here) is None


def test_nobody_ends_another_readers_sign_in(
    reader: User, paper: PressedPaper, post: PostOffice, sign_in: SignIn
) -> None:
    given = sign_in(Client())
    other = Client()
    other.force_login(User.objects.create_user("budi@uji.example"))
    other.post("/account/sign-ins", {"session": given.session})
    assert not is_revoked(given, row_of(paper, reader.pk))


def test_a_sign_in_from_a_device_not_seen_before_is_written_to_the_reader(
    reader: User, post: PostOffice, sign_in: SignIn
) -> None:
    sign_in(Client(HTTP_USER_AGENT=CHROME))
    sign_in(Client(HTTP_USER_AGENT=FIREFOX))
    assert post.carried == []  # on the day the account was made, every device is new
    User.objects.filter(pk=reader.pk).update(joined_at=now() - timedelta(days=9))
    sign_in(Client(HTTP_USER_AGENT=CHROME))
    assert post.carried == []
    sign_in(
        Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Safari/605", HTTP_X_FORWARDED_FOR="192.0.2.7")
    )
    assert "Safari, iPhone (192.0.2.7)" in text_of(post.newest(reader.email))
    post.refuses = True  # a letter that only tells can't keep a reader out
    sign_in(Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Edg/142"))


def test_who_has_no_password_proves_with_a_code_who_they_are(
    coded: Client, post: PostOffice
) -> None:
    assert coded.get("/account/data").status_code == 200  # signed in a moment ago
    session = coded.session
    session["account_authentication_methods"] = []  # as after ten minutes
    session.save()
    there = coded.get("/account/data")["Location"]
    assert there == "/account/confirm/code?next=%2Faccount%2Fdata"
    assert "sari@uji.example" in coded.get(there).content.decode()
    assert post.carried == []
    assert 'autocomplete="one-time-code"' in coded.post(there).content.decode()
    assert "tidak benar" in coded.post(there, {"code": "0000-0000"}).content.decode()
    response = coded.post(there, {"code": post.code(), "next": "/account/data"})
    assert (response.status_code, response["Location"]) == (303, "/account/data")
    assert coded.get("/account/data").status_code == 200
    elsewhere = coded.post("/account/confirm/code?next=//jahat.example", {})
    assert "jahat" not in elsewhere.content.decode()


def test_a_reader_without_a_password_sets_one(coded: Client, post: PostOffice) -> None:
    assert coded.get("/account/password")["Location"] == "/account/password/set"
    response = coded.post("/account/password/set", {"password1": NEW_PASSWORD})
    assert response["Location"] == "/account/"
    assert User.objects.get().check_password(NEW_PASSWORD)
    assert "Akun Anda punya kata sandi" in post.subjects()


def test_a_reader_takes_away_everything_that_is_held_of_them(
    reader: User, client: Client, post: PostOffice, sign_in: SignIn
) -> None:
    grant(
        reader, Entitlement.PREMIUM, starts_at=now(), ends_at=None, reason="Uji", acting_user=None
    )
    sign_in(client)
    confirm(client, "/account/data")
    response = client.post("/account/data")
    assert response["Content-Type"] == "application/json"
    assert re.fullmatch(
        r'attachment; filename="\d{4}-\d\d-\d\d-data-saya\.json"', response["Content-Disposition"]
    )
    assert response["Cache-Control"] == "private, no-store"
    told_of = json.loads(response.content)
    assert told_of["account"]["email"] == reader.email
    assert told_of["account"]["has_password"] is True
    assert told_of["circulation"]["entitlements"][0]["entitlement"] == "premium"
    assert len(told_of["circulation"]["sign_ins"]) == 1
    assert reader.password not in response.content.decode()


def test_a_reader_leaves_and_nothing_names_them_any_more(
    reader: User, paper: PressedPaper, client: Client, sign_in: SignIn, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = LETTERBOX
    grant(
        reader, Entitlement.PREMIUM, starts_at=now(), ends_at=None, reason="Uji", acting_user=None
    )
    phone = Client()
    given = sign_in(phone)
    sign_in(client)
    client.post("/account/sign-out")
    client.post("/account/code", {"email": reader.email})
    assert SentMail.objects.filter(recipients=reader.email).exists()
    client = Client()
    sign_in(client)
    confirm(client, "/account/delete")
    unsure = client.post("/account/delete")
    assert "Centang" in unsure.content.decode()
    assert User.objects.filter(pk=reader.pk).exists()
    told()
    response = client.post("/account/delete", {"sure": "yes"})
    assert (response.status_code, response["Location"]) == (303, "/")
    assert not User.objects.filter(pk=reader.pk).exists()
    assert is_revoked(given, row_of(paper, reader.pk))
    assert pass_in(client) is None
    assert phone.get("/account/")["Location"] == "/account/sign-in"
    labels = ModelLogEntry.objects.filter(object_id=str(reader.pk)).values_list("label", flat=True)
    assert set(labels) == {f"#{reader.pk}"}
    assert not SentMail.objects.filter(text__contains="Ani").exists()
    assert SentMail.objects.get().subject == "Akun Anda telah dihapus"


def test_what_has_to_stay_is_asked_first_and_a_failure_keeps_everything(
    reader: User, paper: PressedPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def forgets(user: User, /, *, now: Any) -> None:
        asked.append(user.pk)
        raise RuntimeError

    monkeypatch.setitem(personal_data._ERASING, "uji", forgets)
    with pytest.raises(RuntimeError):
        erase(reader, now=now())
    assert asked == [reader.pk]
    assert User.objects.filter(pk=reader.pk).exists()
    monkeypatch.undo()
    erase(reader, now=now())
    assert not User.objects.filter(pk=reader.pk).exists()


def test_a_colleague_is_not_deleted_by_themselves(
    reader: User, client: Client, sign_in: SignIn
) -> None:
    User.objects.filter(pk=reader.pk).update(is_superuser=True)
    sign_in(client)
    confirm(client, "/account/delete")
    assert "administrator" in client.get("/account/delete").content.decode()
    client.post("/account/delete", {"sure": "yes"})
    assert User.objects.filter(pk=reader.pk).exists()
    with pytest.raises(ColleagueCantLeaveError, match="administrator"):
        erase(reader, now=now())


def test_account_pages_are_for_who_is_signed_in(paper: PressedPaper, client: Client) -> None:
    for page in ("email", "password", "password/set", "name", "sign-ins", "data", "delete", "security",
                 "security/app", "security/passkeys", "security/codes", "confirm/code", "confirm/password"):  # fmt: skip
        for method in (client.get, client.post):
            response = method(f"/en/account/{page}")
            assert response.status_code in {302, 303}, page
            assert response["Location"].startswith("/en/account/sign-in"), page


def test_a_sign_in_that_nobody_could_have_is_ended_by_nobody(
    reader: User, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    response = client.post("/account/sign-ins", {"session": "a\0b"})
    assert (response.status_code, response["Location"]) == (303, "/account/sign-ins")


def test_a_name_is_changed(reader: User, client: Client, sign_in: SignIn) -> None:
    sign_in(client)
    assert client.post("/account/name", {"name": "A" * 151}).status_code == 200
    client.post("/account/name", {"name": "Ani L."})
    reader.refresh_from_db()
    assert reader.name == "Ani L."
