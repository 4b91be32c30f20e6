"""Colleagues at the circulation desk, and what their acts leave behind."""

from datetime import timedelta

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.models import ModelLogEntry

from tajuk.accounts.models import User
from tajuk.circulation.desk.permissions import Duty
from tajuk.circulation.queries import reader_row
from tajuk.contracts.messages import ReaderChanged, unpacked
from tajuk.outbox.models import OutboxMessage
from tajuk.paywall.types import Entitlement
from tajuk.terms.clock import now as read_clock

DAY = timedelta(days=1)


def colleague(client: Client, *duties: str, name: str = "meja") -> User:
    """Somebody who may come to the desk, with these duties and no others."""
    group = Group.objects.create(name=f"Kelompok {name}")
    codenames = ["access_admin", *duties]
    group.permissions.add(*Permission.objects.filter(codename__in=codenames))
    made = User.objects.create_user(f"{name}@uji.example", "sandi", name="Meja", is_staff=True)
    made.groups.add(group)
    client.force_login(made)
    return made


def served_by_all(client: Client) -> User:
    return colleague(client, *Duty)


def told() -> list[int]:
    """The readers of whom the newsstand is told; the outbox is empty afterwards."""
    messages = [unpacked(each.kind, each.payload) for each in OutboxMessage.objects.all()]
    OutboxMessage.objects.all().delete()
    return [each.reader_id for each in messages if isinstance(each, ReaderChanged)]


def audit(about: User) -> list[tuple[str, str, int | None]]:
    """The audit lines of a user: action, as it reads, who."""
    rows = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(about.pk)
    )
    return [(each.action, str(each.message), each.user_id) for each in rows.order_by("id")]


def holds(reader: User) -> set[Entitlement]:
    """What the newsstand gives this reader now."""
    moment = read_clock()
    row = reader_row(reader.pk, now=moment)
    return {each.entitlement for each in row.entitlements if each.holds(now=moment)}
