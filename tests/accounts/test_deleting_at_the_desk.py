"""Deleting somebody at the desk's list of users erases them, or says what to do instead."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import ModelLogEntry

from tajuk.accounts.models import User
from tajuk.circulation.actions import end_sign_ins
from tajuk.terms.clock import now
from tests.circulation.conftest import PASSWORD
from tests.pressed_paper import PressedPaper

pytestmark = pytest.mark.django_db
Delete = Callable[[Client, User], str]


def one(client: Client, user: User) -> str:
    """On the user's own page; what the desk says next."""
    return client.post(f"/desk/users/delete/{user.pk}/", follow=True).content.decode()


def many(client: Client, user: User) -> str:
    """Ticked in the list, with another reader."""
    other = User.objects.create_user("dedi@uji.example")
    path = f"/desk/bulk/accounts/user/delete/?id={user.pk}&id={other.pk}&next=/desk/users/"
    return client.post(path, follow=True).content.decode()


@pytest.fixture
def desk(paper: PressedPaper) -> Client:
    """An administrator's browser."""
    client = Client()
    client.force_login(User.objects.create_superuser("maya@uji.example", PASSWORD, name="Maya"))
    return client


@pytest.mark.parametrize("delete", [one, many])
def test_a_reader_deleted_at_the_desk_is_erased(desk: Client, reader: User, delete: Delete) -> None:
    end_sign_ins(reader, acting_user=None, now=now())
    assert desk.get(f"/desk/users/delete/{reader.pk}/").status_code == 200
    said = delete(desk, reader)
    assert "akun dihapus" in said
    assert not User.objects.filter(pk=reader.pk).exists()
    lines = ModelLogEntry.objects.filter(object_id=str(reader.pk))
    assert {each.action for each in lines} == {"circulation.end_sign_ins", "wagtail.delete"}
    assert {each.label for each in lines} == {f"#{reader.pk}"}, "a line still names the reader"


@pytest.mark.parametrize("delete", [one, many])
def test_a_colleague_is_closed_rather_than_deleted(
    desk: Client, reader: User, delete: Delete
) -> None:
    group = Group.objects.create(name="Redaksi")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    reader.groups.add(group)
    before = User.objects.count() + (delete is many)
    assert "Hapus centang" in delete(desk, reader)
    assert User.objects.count() == before
