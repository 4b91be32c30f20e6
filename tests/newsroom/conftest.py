"""The newsroom's standing cast: a small paper with two sections, and one colleague of each role."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from tajuk.accounts.models import User
from tajuk.contracts.messages import Message, unpacked
from tajuk.newsroom.models import Section, SectionRole, Story
from tajuk.outbox.models import OutboxMessage
from tajuk.terms.clock import now as read_clock

MakeStory = Callable[..., Story]


@pytest.fixture
def now() -> datetime:
    """The present moment, whole seconds."""
    return read_clock().replace(microsecond=0)


@pytest.fixture
def economy(db: None) -> Section:
    """A section with a subsection, `markets`."""
    return Section.objects.create(name="Ekonomi", name_second="Economy", slug="ekonomi")


@pytest.fixture
def markets(economy: Section) -> Section:
    """Part of `economy`."""
    return Section.objects.create(name="Pasar", slug="pasar", parent=economy)


@pytest.fixture
def sport(db: None) -> Section:
    """Another desk's section."""
    return Section.objects.create(name="Olahraga", name_second="Sport", slug="olahraga")


def colleague(name: str, role: str, *sections: Section | None) -> User:
    """Somebody with one role in these sections (None: in the whole paper), who may enter the desk."""
    user = User.objects.create_user(
        f"{name.lower()}@uji.example", "sandi-uji", name=name, is_staff=True
    )
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for section in sections:
        SectionRole.objects.create(group=group, section=section, role=role)
    user.groups.add(group)
    return user


@pytest.fixture
def rina(economy: Section) -> User:
    """A reporter of the economy section."""
    return colleague("Rina", "reporter", economy)


@pytest.fixture
def eko(economy: Section) -> User:
    """The editor of the economy section."""
    return colleague("Eko", "editor", economy)


@pytest.fixture
def santi(sport: Section) -> User:
    """The editor of the sport section."""
    return colleague("Santi", "editor", sport)


@pytest.fixture
def maya(db: None) -> User:
    """The managing editor of the whole paper."""
    return colleague("Maya", "managing_editor", None)


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """Signs somebody in at the desk."""

    def signed_in(user: User) -> Client:
        client.force_login(User.objects.get(pk=user.pk))
        return client

    return signed_in


@pytest.fixture
def draft(economy: Section) -> MakeStory:
    """Makes drafts, with a first revision."""

    def make(headline: str = "Harga garam naik", **fields: Any) -> Story:
        given: dict[str, Any] = {"language": "id", "section": economy, **fields}
        story = Story(headline=headline, **given)
        if not fields.get("body"):
            story.body = [("paragraph", "<p>Harga garam naik seratus rupiah.</p>")]
        story.save()
        story.save_revision(user=given.get("owner"))
        return story

    return make


@pytest.fixture
def told(db: None) -> Callable[[], list[Message]]:
    """What stands in the outbox, oldest first; the outbox is empty afterwards."""

    def take() -> list[Message]:
        # Who signs in at the desk signs in to the paper: that is told too, and is not what these tests are about.
        rows = list(OutboxMessage.objects.exclude(kind="ReaderChanged").order_by("id"))
        OutboxMessage.objects.all().delete()
        return [unpacked(row.kind, row.payload) for row in rows]

    return take


def later(hours: float, since: datetime | None = None) -> datetime:
    """So many hours after `since`, or after now."""
    return (since or datetime.now(UTC)) + timedelta(hours=hours)  # noqa: TID251
