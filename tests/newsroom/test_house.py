"""Sections, topics, people and house pages at the desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from tajuk.accounts.models import User
from tajuk.contracts.messages import (
    HousePageChanged,
    Message,
    PersonChanged,
    SectionChanged,
    TopicChanged,
)
from tajuk.newsroom.models import Front, HousePage, Person, Section, Topic
from tests.newsroom.conftest import MakeStory

SignIn = Callable[[User], Client]
Told = Callable[[], list[Message]]


def url(model: str, view: str, *args: int) -> str:
    return reverse(f"wagtailsnippets_newsroom_{model}:{view}", args=args)


def section_form(**fields: Any) -> dict[str, Any]:
    return {"name": "Kota", "name_second": "City", "slug": "kota", "parent": "", "position": 3,
            "description": "", "description_second": "", **fields}  # fmt: skip


def test_a_managing_editor_adds_a_section_and_its_fronts_are_there(
    sign_in: SignIn, maya: User, eko: User, told: Told
) -> None:
    assert sign_in(eko).post(url("section", "add"), section_form()).status_code == 302
    assert not Section.objects.filter(slug="kota").exists()  # an editor of one section may not
    told()
    sign_in(maya).post(url("section", "add"), section_form())
    made = Section.objects.get(slug="kota")
    assert told() == [SectionChanged(made.pk)]
    assert sorted(Front.objects.filter(section=made).values_list("language", flat=True)) == [
        "en",
        "id",
    ]
    assert ModelLogEntry.objects.filter(object_id=made.pk, action="wagtail.create").exists()


def test_a_renamed_section_is_told_of_with_the_slug_it_had(
    sign_in: SignIn, maya: User, sport: Section, told: Told
) -> None:
    told()
    sign_in(maya).post(
        url("section", "edit", sport.pk), section_form(name="Laga", slug="laga", position=0)
    )
    assert told() == [SectionChanged(sport.pk, "olahraga")]
    assert list(sport.old_slugs.values_list("slug", flat=True)) == ["olahraga"]
    sign_in(maya).post(
        url("section", "edit", sport.pk), section_form(name="Laga", slug="olahraga", position=0)
    )
    assert list(sport.old_slugs.values_list("slug", flat=True)) == ["laga"]
    told()
    sign_in(maya).post(
        url("section", "edit", sport.pk), section_form(name="Olahraga", slug="olahraga", position=0)
    )
    assert told() == [SectionChanged(sport.pk)]


def test_a_section_that_holds_stories_is_not_deleted(
    sign_in: SignIn, maya: User, economy: Section, sport: Section, draft: MakeStory, told: Told
) -> None:
    draft()
    told()
    client = sign_in(maya)
    client.post(url("section", "delete", economy.pk))
    assert Section.objects.filter(pk=economy.pk).exists()
    client.post(url("section", "delete", sport.pk))
    assert not Section.objects.filter(pk=sport.pk).exists()
    assert SectionChanged(sport.pk, "olahraga") in told()


def test_a_section_may_not_take_a_first_word_of_the_site(sign_in: SignIn, maya: User) -> None:
    answer = sign_in(maya).post(url("section", "add"), section_form(slug="search"))
    assert answer.status_code == 200
    assert not Section.objects.filter(slug="search").exists()


def test_an_editor_adds_a_topic_and_a_reporter_may_not(
    sign_in: SignIn, eko: User, rina: User, told: Told
) -> None:
    form = {"name": "Garam", "name_second": "Salt", "slug": "garam", "description": "",
            "description_second": ""}  # fmt: skip
    told()
    sign_in(rina).post(url("topic", "add"), form)
    assert not Topic.objects.exists()
    sign_in(eko).post(url("topic", "add"), form)
    assert told() == [TopicChanged(Topic.objects.get().pk)]


def test_several_topics_deleted_at_once_leave_an_audit_line_each(
    sign_in: SignIn, maya: User, eko: User, told: Told
) -> None:
    ids = [Topic.objects.create(name=name, slug=name).pk for name in ("satu", "dua")]
    bulk = reverse("wagtail_bulk_action", args=("newsroom", "topic", "delete"))
    asked = f"{bulk}?" + "&".join(f"id={pk}" for pk in ids)
    told()
    sign_in(eko).post(asked)
    assert Topic.objects.count() == 2
    sign_in(maya).post(asked)
    assert not Topic.objects.exists()
    assert {message.old_slug for message in told() if isinstance(message, TopicChanged)} == {
        "satu",
        "dua",
    }
    assert ModelLogEntry.objects.filter(action="wagtail.delete").count() == 2


def person_form(person: Person, **fields: Any) -> dict[str, Any]:
    return {"name": person.name, "slug": person.slug, "portrait": "", "role": "Wartawan",
            "role_second": "", "bio": "", "bio_second": "", "email": "", **fields}  # fmt: skip


def test_a_reporter_keeps_their_own_profile_and_nobody_elses(
    sign_in: SignIn, rina: User, eko: User, told: Told
) -> None:
    own = Person.objects.create(name="Rina", slug="rina", user=rina)
    other = Person.objects.create(name="Eko", slug="eko", user=eko)
    client = sign_in(rina)
    told()
    client.post(url("person", "edit", own.pk), person_form(own, user=eko.pk))
    client.post(url("person", "edit", other.pk), person_form(other, name="Bukan Eko"))
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.role, own.user) == ("Wartawan", rina)
    assert other.name == "Eko"
    assert told() == [PersonChanged(own.pk)]


def house_page_form(**fields: Any) -> dict[str, Any]:
    return {"slug": "about", "language": "id", "headline": "Tentang kami", "standfirst": "",
            "body": '{"blocks": [{"key": "a", "text": "Halo.", "type": "unstyled"}], "entityMap": {}}', **fields}  # fmt: skip


def test_a_house_page_is_told_of_when_published_and_when_taken_back(
    sign_in: SignIn, maya: User, eko: User, told: Told
) -> None:
    client = sign_in(eko)
    client.post(url("housepage", "add"), house_page_form(**{"action-publish": "1"}))
    assert not HousePage.objects.exists()  # the whole paper's page is not one section's editor's
    client = sign_in(maya)
    told()
    client.post(url("housepage", "add"), house_page_form())
    page = HousePage.objects.get()
    assert (page.live, told()) == (False, [])
    client.post(url("housepage", "edit", page.pk), house_page_form(**{"action-publish": "1"}))
    assert told() == [HousePageChanged("about", "id")]
    client.post(url("housepage", "unpublish", page.pk))
    page.refresh_from_db()
    assert (page.live, told()) == (False, [HousePageChanged("about", "id")])


@pytest.mark.parametrize("model", ["section", "topic", "person", "housepage", "front"])
def test_each_list_opens_and_costs_the_same_for_many_rows(
    sign_in: SignIn, maya: User, model: str, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        section = Section.objects.create(name=f"S{n}", slug=f"seksi-{n}")
        Topic.objects.create(name=f"T{n}", slug=f"topik-{n}")
        Person.objects.create(name=f"P{n}", slug=f"orang-{n}")
        Front.objects.create(section=section, language="id", live=True)
    for slug in ("about", "contact", "terms"):
        HousePage.objects.create(slug=slug, language="id", headline=slug, body="")
    client = sign_in(maya)
    client.get(url(model, "list"))
    with django_assert_max_num_queries(22):
        assert client.get(url(model, "list")).status_code == 200
