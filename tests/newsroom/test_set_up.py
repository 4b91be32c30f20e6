"""A new paper's desk: its groups, its review, and giving roles by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, Workflow, WorkflowContentType
from wagtail.test.utils.form_data import querydict_from_html

from tajuk.accounts.models import User
from tajuk.newsroom import actions, preview
from tajuk.newsroom.models import Section, SectionReview, SectionRole, Story
from tajuk.newsroom.permissions import POLICY
from tests.newsroom.conftest import MakeStory
from tests.newsroom.test_desk import filled, page

pytestmark = pytest.mark.django_db


def test_a_new_desk_has_its_groups_and_its_review_in_the_papers_language_and_once() -> None:
    actions.set_up_desk()
    before = (Group.objects.count(), GroupCollectionPermission.objects.count())
    actions.set_up_desk()
    assert (Group.objects.count(), GroupCollectionPermission.objects.count()) == before
    names = set(Group.objects.values_list("name", flat=True))
    assert names == {"Wartawan", "Redaktur", "Redaktur pelaksana", "Redaktur foto"}
    roles = dict(SectionRole.objects.values_list("group__name", "role"))
    assert roles == {
        "Wartawan": "reporter", "Redaktur": "editor", "Redaktur pelaksana": "managing_editor",
    }  # fmt: skip
    assert Story.get_default_workflow() == Workflow.objects.get(name="Tinjauan")
    assert WorkflowContentType.objects.count() == 1
    assert SectionReview.objects.count() == 1


def test_setting_up_again_leaves_what_an_administrator_has_changed() -> None:
    actions.set_up_desk()
    reporters = Group.objects.get(name="Wartawan")
    reporters.section_roles.all().delete()
    actions.set_up_desk()
    assert reporters.section_roles.count() == 0


def test_a_reporter_of_the_standard_group_enters_the_desk_and_uploads_pictures(
    client: Client, economy: Section
) -> None:
    actions.set_up_desk()
    user = User.objects.create_user("baru@uji.example", "sandi-uji", name="Baru", is_staff=True)
    user.groups.add(Group.objects.get(name="Wartawan"))
    client.force_login(user)
    assert client.get(page("list")).status_code == 200
    assert client.get(reverse("wagtailimages:add_multiple")).status_code == 200
    assert client.get(reverse("wagtailusers_users:index")).status_code == 302


def test_an_administrator_gives_a_group_a_role_in_a_section(
    client: Client, economy: Section, markets: Section, draft: MakeStory
) -> None:
    boss = User.objects.create_superuser("bos@uji.example", "sandi-uji")
    group = Group.objects.create(name="Meja pasar")
    user = User.objects.create_user("p@uji.example", "sandi-uji", is_staff=True)
    user.groups.add(group)
    client.force_login(boss)
    address = reverse("wagtailusers_groups:edit", args=[group.pk])
    text = client.get(address).content.decode()
    assert "section_roles-0-role" in text
    form = _as_sent(text)
    form |= {"section_roles-0-section": str(economy.pk), "section_roles-0-role": "editor"}
    client.post(address, form)
    assert POLICY.user_has_permission_for_instance(user, "publish", draft(section=markets))

    again = _as_sent(client.get(address).content.decode())
    twice = {"section_roles-1-section": str(economy.pk), "section_roles-1-role": "reporter"}
    client.post(address, again | twice)
    assert group.section_roles.count() == 1  # two roles in one section are refused


def _as_sent(text: str) -> dict[str, Any]:
    return {
        key: values if len(values) > 1 else values[0]
        for key, values in querydict_from_html(text).lists()
    }


def test_the_live_preview_is_what_the_house_shows_its_readers(
    sign_in: Callable[[User], Client],
    rina: User,
    economy: Section,
    draft: MakeStory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def as_readers_see(story: Story, request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"<h1>{story.headline}</h1>")

    monkeypatch.setattr(preview, "_renderers", {})
    preview.register_renderer("newsroom.Story", as_readers_see)
    story = draft()
    client = sign_in(rina)
    address = page("preview_on_edit", story.pk)
    assert client.post(address, filled(economy, "Belum disimpan")).json()["is_valid"]
    assert client.get(address).content == b"<h1>Belum disimpan</h1>"
    story.refresh_from_db()
    assert story.headline == "Harga garam naik"
    monkeypatch.setattr(preview, "_renderers", {})
    with pytest.raises(preview.NoRendererError, match="register_renderer"):
        preview.render(story, HttpRequest())
