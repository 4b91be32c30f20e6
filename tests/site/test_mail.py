"""Mail leaves through the paper's server; without one it is kept and read at the desk."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import Group, Permission
from django.core.mail import get_connection, send_mail
from django.test import Client

from tajuk.accounts.models import User
from tajuk.site.mail import LETTERBOX, mail_of
from tajuk.site.models import SentMail
from tajuk.terms.paper import Paper, SettingError

SECRET = "0123456789012345678901234567890123456789"


def paper(**fields: Any) -> Paper:
    return Paper(
        folder=Path(), name="Harian Uji", address="https://uji.example", secret_key=SECRET, **fields
    )


class Postman:
    """Keeps what a real SMTP server is handed."""

    def __init__(self) -> None:
        self.carried: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.carried.append(envelope)
        return "250 OK"


@pytest.fixture
def postman() -> Iterator[tuple[Postman, int]]:
    hands = Postman()
    with socket.create_server(("127.0.0.1", 0)) as found:  # a port that is free
        port = found.getsockname()[1]
    server = Controller(hands, hostname="127.0.0.1", port=port)
    server.start()
    yield hands, port
    server.stop()


def test_mail_goes_through_the_papers_own_server(
    postman: tuple[Postman, int], settings: Any
) -> None:
    hands, port = postman
    for name, value in mail_of(
        paper(mail_url=f"smtp://127.0.0.1:{port}", email="redaksi@uji.example")
    ).items():
        setattr(settings, name, value)
    assert send_mail("Catatan untukmu", "Angka ini benar?", None, ["eko@uji.example"]) == 1
    (envelope,) = hands.carried
    assert envelope.mail_from == "redaksi@uji.example"
    assert envelope.rcpt_tos == ["eko@uji.example"]
    assert b"Angka ini benar?" in envelope.content
    assert b"From: Harian Uji <redaksi@uji.example>" in envelope.content


def test_without_a_server_and_in_the_demo_mail_is_kept() -> None:
    assert mail_of(paper())["EMAIL_BACKEND"] == LETTERBOX
    kept = mail_of(paper(demo=True, mail_url="smtp://mail.example"))
    assert kept["EMAIL_BACKEND"] == LETTERBOX
    assert kept["DEFAULT_FROM_EMAIL"] == "Harian Uji <no-reply@uji.example>"


def test_mail_goes_through_any_provider_anymail_knows(settings: Any) -> None:
    given = mail_of(paper(mail_url="anymail:mailgun?api_key=k%2F1&sender_domain=mg.uji.example"))
    assert given["EMAIL_BACKEND"] == "anymail.backends.mailgun.EmailBackend"
    assert given["ANYMAIL"]["MAILGUN_API_KEY"] == "k/1"
    for name, value in given.items():
        setattr(settings, name, value)
    assert get_connection().sender_domain == "mg.uji.example"
    with pytest.raises(SettingError, match="postmark"):
        mail_of(paper(mail_url="anymail:merpati?token=rahasia"))


def test_a_mail_address_is_read_in_all_its_parts() -> None:
    given = mail_of(paper(mail_url="smtp://red%40uji:p%2Fs@mail.example:2525?tls=1"))
    assert (given["EMAIL_HOST"], given["EMAIL_PORT"]) == ("mail.example", 2525)
    assert (given["EMAIL_HOST_USER"], given["EMAIL_HOST_PASSWORD"]) == ("red@uji", "p/s")
    assert (given["EMAIL_USE_TLS"], given["EMAIL_USE_SSL"]) == (True, False)
    assert mail_of(paper(mail_url="smtp://mail.example?tls=1"))["EMAIL_PORT"] == 587
    secured = mail_of(paper(mail_url="smtps://mail.example"))
    assert (secured["EMAIL_PORT"], secured["EMAIL_USE_SSL"]) == (465, True)


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://m.example:x", "smtp://u:geheim@m/?tsl=1"]
)  # fmt: skip
def test_a_wrong_mail_address_is_refused_with_the_remedy_and_without_the_password(url: str) -> None:
    with pytest.raises(SettingError, match="write smtp://") as refusal:
        mail_of(paper(mail_url=url))
    assert "geheim" not in str(refusal.value)


@pytest.mark.django_db
def test_kept_mail_is_read_at_the_desk_by_administrators_only(
    client: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = LETTERBOX
    send_mail(
        "Catatan", "Buka https://uji.example/desk/ ya.", "meja@uji.example", ["eko@uji.example"]
    )
    row = SentMail.objects.get()
    group = Group.objects.create(name="Redaktur")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    editor = User.objects.create_user("eko@uji.example", "sandi", is_staff=True)
    editor.groups.add(group)
    client.force_login(editor)
    assert client.get("/desk/mail/").status_code == 302
    client.force_login(User.objects.create_superuser("admin@uji.example", "sandi"))
    assert "Catatan" in client.get("/desk/mail/").content.decode()
    read = client.get(f"/desk/mail/inspect/{row.pk}/").content.decode()
    assert 'href="https://uji.example/desk/"' in read
    assert client.get(f"/desk/mail/edit/{row.pk}/").status_code == 302  # nobody rewrites a mail
    assert client.get("/desk/mail/new/").status_code == 302
