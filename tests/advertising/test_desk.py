"""Advertisements at the desk."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from tajuk.accounts.models import User
from tajuk.advertising.models import Advertisement
from tajuk.outbox.models import OutboxMessage
from tests.standing_matter import picture

pytestmark = pytest.mark.django_db


def colleague(client: Client, *codenames: str) -> Client:
    group = Group.objects.create(name="Iklan" + "".join(codenames))
    group.permissions.add(*Permission.objects.filter(codename__in=["access_admin", *codenames]))
    user = User.objects.create_user(f"iklan{len(codenames)}@uji.example", "sandi", is_staff=True)
    user.groups.add(group)
    client.force_login(user)
    return client


def url(view: str, *args: int) -> str:
    return reverse(f"wagtailsnippets_advertising_advertisement:{view}", args=args)


def told() -> list[str]:
    sign_ins = {"kind": "ReaderChanged"}
    kinds = list(OutboxMessage.objects.exclude(**sign_ins).values_list("kind", flat=True))
    OutboxMessage.objects.all().delete()
    return kinds


def test_who_sells_advertising_adds_changes_and_deletes_and_others_may_not(client: Client) -> None:
    shown = picture("iklan")
    form: dict[str, Any] = {
        "advertiser": "Kopi Lereng", "placement": "story", "active": "on", "picture": shown.pk,
        "headline": "Kopi pagi", "headline_second": "Morning coffee", "url": "https://kopi.example/",
        "starts_at": "2026-03-01 08:00", "ends_at": "",
    }  # fmt: skip
    colleague(client).post(url("add"), form)
    assert not Advertisement.objects.exists()
    told()
    colleague(client, "add_advertisement", "change_advertisement", "delete_advertisement")
    client.post(url("add"), form)
    row = Advertisement.objects.get()
    assert told() == ["AdvertisingChanged"]
    client.post(url("edit", row.pk), {**form, "active": ""})
    row.refresh_from_db()
    assert (row.active, told()) == (False, ["AdvertisingChanged"])
    wrong = client.post(url("edit", row.pk), {**form, "ends_at": "2026-02-01 08:00"})
    assert (wrong.status_code, told()) == (200, [])
    client.post(url("delete", row.pk))
    assert (Advertisement.objects.exists(), told()) == (False, ["AdvertisingChanged"])
