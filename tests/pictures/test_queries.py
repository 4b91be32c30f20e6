"""Pictures in every size readers need, and galleries."""

import pytest
from django.core.cache import caches
from django.core.files.storage import default_storage

from tajuk.pictures import queries
from tajuk.pictures.queries import Crop
from tajuk.terms.ids import GalleryId
from tajuk.terms.language import Language
from tests.standing_matter import gallery, picture, queries_of

ID = Language.INDONESIAN
pytestmark = pytest.mark.django_db


def test_a_picture_is_had_in_every_crop_from_narrow_to_wide_and_never_enlarged() -> None:
    made = picture(size=(1300, 900), photographer="Tirto", agency="Warta Selat", via="Antarpulau")
    facts = queries.pictures([made.pk], crops=list(Crop))[made.pk]
    standard = facts.cuts[Crop.STANDARD]
    assert [size.width for size in standard.webp] == [320, 640, 960, 1280]
    assert (standard.jpeg.width, standard.jpeg.height) == (960, 640)
    assert [size.width for size in facts.cuts[Crop.WIDE].webp] == [640, 960, 1300]
    square = facts.cuts[Crop.SQUARE].jpeg
    assert (square.width, square.height) == (900, 900)
    assert facts.credit == "Tirto/Warta Selat via Antarpulau"
    assert standard.webp[0].url.endswith(".webp")
    assert standard.jpeg.url.endswith((".jpg", ".jpeg"))


def test_a_small_picture_has_one_size_and_a_crop_keeps_its_focal_point() -> None:
    made = picture(size=(200, 400))
    before = queries.pictures([made.pk], crops=[Crop.STANDARD])[made.pk].cuts[Crop.STANDARD]
    assert [(size.width, size.height) for size in before.webp] == [(200, 134)]
    made.focal_point_x, made.focal_point_y = 100, 40
    made.focal_point_width = made.focal_point_height = 20
    made.save()
    after = queries.pictures([made.pk], crops=[Crop.STANDARD])[made.pk].cuts[Crop.STANDARD]
    assert after.webp[0].url != before.webp[0].url


def test_pictures_that_are_made_cost_two_queries_however_many() -> None:
    many = [picture(f"gambar-{number}", size=(400, 300)).pk for number in range(6)]
    queries.pictures(many, crops=[Crop.STANDARD])
    assert queries_of(lambda: queries.pictures(many[:1], crops=[Crop.STANDARD])) == 2
    assert queries_of(lambda: queries.pictures(many, crops=[Crop.STANDARD])) == 2
    assert queries_of(lambda: queries.pictures([], crops=[Crop.STANDARD])) == 0


def test_a_picture_without_its_file_is_left_out_and_does_not_stop_the_press() -> None:
    kept, lost = picture("ada"), picture("hilang")
    default_storage.delete(lost.file.name)
    caches[
        "renditions"
    ].clear()  # Wagtail remembers renditions by picture id, and ids come again in every test
    found = queries.pictures([kept.pk, lost.pk, 10**9], crops=[Crop.STANDARD])
    assert list(found) == [kept.pk]


def test_galleries_come_newest_first_and_are_continued_by_cursor() -> None:
    one, two = picture("satu"), picture("dua")
    for number in range(3):
        gallery(f"Galeri {number}", of=[one, two], hours_ago=number)
    gallery("Naskah", of=[one], live=False)
    first = queries.latest_galleries(ID, at_most=2)
    assert [each.headline for each in first.galleries] == ["Galeri 0", "Galeri 1"]
    assert first.galleries[0].count == 2
    assert first.galleries[0].first_picture == one.pk
    rest = queries.latest_galleries(ID, at_most=2, before=first.older)
    assert [each.headline for each in rest.galleries] == ["Galeri 2"]
    assert rest.older is None
    assert queries_of(lambda: queries.latest_galleries(ID, at_most=9)) == 1


def test_a_gallery_shows_its_pictures_in_order_with_its_own_captions() -> None:
    one, two = picture("satu"), picture("dua")
    made = gallery("Pagi", of=[two, one])
    other = gallery("Morning", of=[one], language="en", translation_of=made)
    facts = queries.gallery(made.pk)
    assert facts is not None
    assert [each.picture_id for each in facts.pictures] == [two.pk, one.pk]
    assert facts.translation is not None
    assert facts.translation.href == f"/en/photo/{other.pk}/morning"
    assert queries.gallery(10**9) is None
    assert queries.galleries_with(two.pk) == (GalleryId(made.pk),)
