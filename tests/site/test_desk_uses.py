"""“Where is it used?” costs one page, however often a thing is used."""

import pytest
from django.test import Client
from wagtail.models import ReferenceIndex

from tajuk.accounts.models import User
from tajuk.newsroom.models import Story
from tajuk.pictures.models import Picture
from tests.standing_matter import picture, queries_of, story

pytestmark = pytest.mark.django_db


def use(shown: Picture, times: int) -> None:
    for number in range(times):
        row: Story = story(f"Memakai gambar {number}", lead_picture=shown)
        ReferenceIndex.create_or_update_for_object(row)


def test_a_picture_used_once_and_one_used_often_cost_the_same(client: Client) -> None:
    rare, often = picture("jarang"), picture("sering")
    use(rare, 1)
    use(often, 30)
    client.force_login(User.objects.create_superuser("admin@uji.example", "sandi"))
    address = "/desk/images/usage/{}/"
    client.get(address.format(rare.pk))
    one = queries_of(lambda: client.get(address.format(rare.pk)))
    many = queries_of(lambda: client.get(address.format(often.pk)))
    assert many <= one + 2
    text = client.get(address.format(often.pk)).content.decode()
    assert text.count("Memakai gambar") >= 20
    second = client.get(address.format(often.pk) + "?p=2").content.decode()
    assert "Memakai gambar" in second


def test_uses_are_grouped_by_what_they_stand_in() -> None:
    shown = picture("dua kali")
    row = story("Dua kali", lead_picture=shown, social_picture=shown)
    ReferenceIndex.create_or_update_for_object(row)
    uses = ReferenceIndex.get_references_to(shown).group_by_source_object()
    ((thing, references),) = uses[:10]
    assert (thing, len(references), len(uses)) == (row, 2, 1)
    assert uses[1:] == []
