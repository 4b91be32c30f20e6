"""A colleague is who may come to the desk, however the account was made."""

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.test import Client
from pytest_django.fixtures import Settings

from tajuk.accounts.actions import erase
from tajuk.accounts.errors import ColleagueCantLeaveError
from tajuk.accounts.models import User
from tajuk.accounts.second_factor import SecondFactorAdapter
from tajuk.accounts.sign_in_settings import STAFF_HOURS
from tajuk.accounts.tidying import UNPROVED_FOR, forget_unproved
from tajuk.paywall.passes import PASS_COOKIE
from tajuk.terms.clock import now
from tests.circulation.conftest import PASSWORD, SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(reader: User) -> User:
    """A colleague as the desk makes one: in a group that may come in, `is_staff` untouched."""
    group = Group.objects.create(name="Redaksi")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    reader.groups.add(group)
    assert not reader.is_staff
    return User.objects.get(pk=reader.pk)


def test_a_colleague_made_at_the_desk_signs_in_for_twelve_hours(
    editor: User, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    assert client.session.get_expiry_age() <= STAFF_HOURS * 3600
    assert "/desk/" in client.get("/account/").content.decode()


def test_a_session_ends_when_it_was_to_end_though_it_is_saved_meanwhile(
    editor: User, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    later = now() + timedelta(hours=STAFF_HOURS - 1)
    ends_at = client.session.get_expiry_date(modification=later)
    assert ends_at <= now() + timedelta(hours=STAFF_HOURS)
    client.cookies[PASS_COOKIE] = "rusak"
    client.get("/account/")  # hands out a pass anew
    assert client.session.get_expiry_date(modification=later) == ends_at


def test_a_colleague_made_at_the_desk_is_not_deleted_by_themselves(
    editor: User, client: Client, sign_in: SignIn
) -> None:
    sign_in(client)
    there = client.get("/account/delete")["Location"]
    client.post(there, {"password": PASSWORD, "next": "/account/delete"})
    client.post("/account/delete", {"sure": "yes"})
    assert User.objects.filter(pk=editor.pk).exists()
    with pytest.raises(ColleagueCantLeaveError):
        erase(editor, now=now())


def test_a_colleague_made_at_the_desk_keeps_the_last_second_factor(
    editor: User, settings: Settings
) -> None:
    settings.PAPER = replace(settings.PAPER, staff_second_factor=True)
    only = Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={})
    assert not SecondFactorAdapter().can_delete_authenticator(only)
    editor.groups.clear()
    only.user = User.objects.get(pk=editor.pk)
    assert SecondFactorAdapter().can_delete_authenticator(only)


def test_a_colleague_who_has_not_come_yet_is_not_tidied_away(editor: User) -> None:
    EmailAddress.objects.create(user=editor, email=editor.email, primary=True)
    late = now() + UNPROVED_FOR + timedelta(hours=1)
    assert forget_unproved(now=late) == 0
    editor.groups.clear()
    assert forget_unproved(now=late) == 1
