"""The picture desk's screens: galleries and the pictures' own form."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission

from tajuk.accounts.models import User
from tajuk.contracts.caches import path_key
from tajuk.contracts.messages import (
    GalleryChanged,
    Message,
    PictureArrived,
    PictureChanged,
    PictureFilesGone,
    unpacked,
)
from tajuk.outbox.models import OutboxMessage
from tajuk.pictures.models import Gallery, Picture
from tajuk.pictures.queries import Crop, pictures
from tajuk.site.flow import cut_picture
from tests.pressed_paper import PressedPaper, pressed_paper
from tests.standing_matter import picture, story

pytestmark = pytest.mark.django_db

Told = Callable[[], list[Message]]


@pytest.fixture
def told() -> Told:
    """What stands in the outbox; it is empty afterwards."""

    def take() -> list[Message]:
        rows = list(OutboxMessage.objects.exclude(kind="ReaderChanged").order_by("id"))
        OutboxMessage.objects.all().delete()
        return [unpacked(row.kind, row.payload) for row in rows]

    return take


@pytest.fixture
def paper() -> Iterator[PressedPaper]:
    """The press room."""
    with pressed_paper() as at_work:
        yield at_work


@pytest.fixture
def putri(client: Client) -> Client:
    """The picture editor, signed in."""
    group = Group.objects.create(name="Redaktur foto")
    wanted = ["access_admin", "add_gallery", "change_gallery", "delete_gallery", "publish_gallery"]
    group.permissions.add(*Permission.objects.filter(codename__in=wanted))
    for codename in ("add_image", "change_image", "choose_image"):
        GroupCollectionPermission.objects.create(
            group=group, collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename=codename),
        )  # fmt: skip
    user = User.objects.create_user("putri@uji.example", "sandi", name="Putri", is_staff=True)
    user.groups.add(group)
    client.force_login(user)
    return client


def form(*pictures: Picture, publish: bool = True, **fields: Any) -> dict[str, Any]:
    sent: dict[str, Any] = {
        "headline": "Pagi di dermaga", "standfirst": "", "author": "", "language": "id",
        "translation_of": "", "slug": "", "items-TOTAL_FORMS": len(pictures),
        "items-INITIAL_FORMS": 0, "items-MIN_NUM_FORMS": 1, "items-MAX_NUM_FORMS": 1000, **fields,
    }  # fmt: skip
    for number, each in enumerate(pictures):
        sent[f"items-{number}-picture"] = each.pk
        sent[f"items-{number}-caption"] = ""
        sent[f"items-{number}-ORDER"] = number + 1
    return sent | ({"action-publish": "1"} if publish else {})


def url(view: str, *args: int) -> str:
    return reverse(f"wagtailsnippets_pictures_gallery:{view}", args=args)


def test_a_gallery_is_dated_and_told_of_when_it_is_first_published(
    putri: Client, told: Told
) -> None:
    one, two = picture("satu"), picture("dua")
    putri.post(url("add"), form(one, two, publish=False))
    gallery = Gallery.objects.get()
    assert (gallery.live, gallery.published_at, told()) == (False, None, [])
    putri.post(
        url("edit", gallery.pk),
        form(two, one, **{"items-INITIAL_FORMS": 0, "headline": "Pagi yang lain"}),
    )
    gallery.refresh_from_db()
    first = gallery.published_at
    assert gallery.live
    assert first is not None
    assert gallery.slug == "pagi-yang-lain"
    assert told() == [GalleryChanged(gallery.pk)]
    gallery.save_revision().publish()
    gallery.refresh_from_db()
    assert gallery.published_at == first


def test_a_gallery_taken_back_or_deleted_is_told_of(putri: Client, told: Told) -> None:
    putri.post(url("add"), form(picture("satu")))
    gallery = Gallery.objects.get()
    told()
    putri.post(url("unpublish", gallery.pk))
    assert told() == [GalleryChanged(gallery.pk)]
    putri.post(url("delete", gallery.pk))
    assert told() == [GalleryChanged(gallery.pk)]
    assert not Gallery.objects.exists()


def test_who_has_no_place_at_the_picture_desk_publishes_no_gallery(client: Client) -> None:
    group = Group.objects.create(name="Redaktur")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = User.objects.create_user("eko@uji.example", "sandi", is_staff=True)
    user.groups.add(group)
    client.force_login(user)
    client.post(url("add"), form(picture("satu")))
    assert not Gallery.objects.exists()


def picture_form(row: Picture, **fields: Any) -> dict[str, Any]:
    return {"title": row.title, "description": row.description, "caption": row.caption,
            "photographer": row.photographer, "agency": row.agency, "via": row.via,
            "licence": row.licence, "tags": "", "collection": row.collection_id,
            "focal_point_x": "", "focal_point_y": "", "focal_point_width": "",
            "focal_point_height": "", **fields}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"caption": "Lain."},
        {"photographer": "Sri"},
        {"focal_point_x": 5, "focal_point_y": 5, "focal_point_width": 9, "focal_point_height": 9},
    ],
)
def test_a_picture_is_told_of_when_readers_see_the_difference(
    putri: Client, told: Told, change: dict[str, Any]
) -> None:
    row = picture("satu")
    edit = reverse("wagtailimages:edit", args=[row.pk])
    putri.post(edit, picture_form(row, title="Hanya nama di rumah"))
    assert told() == []
    assert putri.post(edit, picture_form(row, **change)).status_code == 302
    assert told() == [PictureChanged(row.pk)]


def test_a_deleted_picture_is_told_of(told: Told) -> None:
    row = picture("satu")
    pk = row.pk
    row.delete()
    assert told() == [PictureChanged(pk)]


def addresses_of(row: Picture) -> set[str]:
    return {each.url for each in row.renditions.all()}


def gone(told: list[Message]) -> set[str]:
    return {path for each in told if isinstance(each, PictureFilesGone) for path in each.paths}


def test_a_deleted_picture_s_files_are_told_of(told: Told) -> None:
    row, other = picture("satu"), picture("dua")
    pictures([row.pk, other.pk], crops=[Crop.STANDARD])
    files = addresses_of(row)
    assert len(files) > 2
    row.delete()
    assert gone(told()) == files
    assert addresses_of(other)


def test_a_picture_cut_anew_loses_its_old_files_when_the_pages_show_the_new_ones(
    paper: PressedPaper, putri: Client, told: Told
) -> None:
    row = picture("satu")
    made = story(lead_picture=row)
    own = f"/maritim/2026/03/10/{made.pk}/{made.slug}"
    paper.press_all()
    before = {each.url for each in row.renditions.exclude(filter_spec__startswith="width")}
    whole = addresses_of(row) - before
    assert any(each in paper.read(own) for each in before)
    focus = {
        "focal_point_x": 90,
        "focal_point_y": 90,
        "focal_point_width": 60,
        "focal_point_height": 60,
    }
    edit = reverse("wagtailimages:edit", args=[row.pk])
    assert putri.post(edit, picture_form(row, **focus)).status_code == 302
    told()
    paper.tell(PictureChanged(row.pk))
    assert not any(each in paper.read(own) for each in before)
    assert gone(told()) == before
    after = addresses_of(row)
    assert before.isdisjoint(after)
    assert whole < after  # what is not cut needs no new cut
    paper.tell(PictureChanged(row.pk))
    assert told() == []


def test_caches_are_told_to_forget_the_files_and_nothing_else(
    paper: PressedPaper, settings: Any
) -> None:
    paper.store.purged(paper.store.to_purge())
    news = PictureFilesGone(("/media/images/a.jpg", "/media/images/b.webp"))
    paper.tell(news)
    assert paper.store.to_purge() == []  # no cache stands in front
    settings.PAPER = replace(settings.PAPER, purge_urls=("http://127.0.0.1:1/",))
    paper.tell(news)
    assert {each.key for each in paper.store.to_purge()} == {path_key(each) for each in news.paths}
    paper.store.purged(paper.store.to_purge())


def test_a_picture_is_cut_when_it_arrives_and_not_when_it_is_published(told: Told) -> None:
    row = Picture.objects.create(title="tiba", file=picture("asal").file)
    (arrived,) = told()
    assert arrived == PictureArrived(row.pk)
    assert not row.renditions.exists()
    for _ in cut_picture([PictureArrived(row.pk)]) or ():
        """Each of them."""
    made = row.renditions.count()
    assert made > 5
    pictures([row.pk], crops=[Crop.STANDARD, Crop.WHOLE])
    assert row.renditions.count() == made
