"""Pictures that arrive as files are looked at before they are believed."""

from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image

from tajuk.contracts.incoming import IncomingPicture
from tajuk.pictures import bring_in
from tajuk.pictures.bring_in import PictureIntake, RefusedPictureError, picture_intake
from tajuk.pictures.models import Picture

pytestmark = pytest.mark.django_db


def drawn(kind: str = "JPEG", size: tuple[int, int] = (60, 40), colour: str = "navy") -> bytes:
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, kind)
    return content.getvalue()


def test_a_picture_is_kept_with_its_words_once_however_often_it_comes(tmp_path: Path) -> None:
    (tmp_path / "pix").mkdir()
    (tmp_path / "pix/kapal.jpg").write_bytes(drawn())
    (tmp_path / "again.jpg").write_bytes(drawn())
    first = IncomingPicture(
        "pix/kapal.jpg", alt="Sebuah kapal", caption="Kapal", photographer="Ani", agency="AP"
    )
    second = IncomingPicture("again.jpg", caption="Kapal yang sama")
    intake = PictureIntake(tmp_path)
    taken = intake.take([first, second])
    assert taken == PictureIntake(tmp_path).take([first, second])
    (row,) = Picture.objects.all()
    assert set(taken.values()) == {row.pk}
    assert (row.title, row.description, row.credit, row.width, row.height) == (
        "kapal", "Sebuah kapal", "Ani/AP", 60, 40,
    )  # fmt: skip
    assert row.get_file_hash() == row.file_hash


def broken() -> bytes:
    return drawn("PNG", (300, 300))[:200]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("none.jpg", None, "No such file"),
        ("text.jpg", b"this is no picture", "not a picture"),
        ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        ("half.png", broken(), "broken"),
        ("../outside.jpg", drawn(), "outside"),
        ("a\0b.jpg", None, "null"),
    ],
)
def test_what_is_no_usable_picture_is_refused_with_its_name(
    tmp_path: Path, name: str, content: bytes | None, why: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(RefusedPictureError, match=why):
        PictureIntake(folder).take([IncomingPicture(name)])
    assert not Picture.objects.exists()


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(drawn())
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jpg").symlink_to(tmp_path / "secret.jpg")
    with pytest.raises(RefusedPictureError, match="outside"):
        PictureIntake(folder).look_at([IncomingPicture("a.jpg")])


def test_a_picture_too_large_to_open_safely_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.png").write_bytes(drawn("PNG", (2000, 2000)))
    monkeypatch.setattr(bring_in, "MOST_PIXELS", 1000 * 1000)
    with pytest.raises(RefusedPictureError, match="pixels"):
        PictureIntake(tmp_path).look_at([IncomingPicture("a.png")])
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(RefusedPictureError, match="pixels"):
        PictureIntake(tmp_path).look_at([IncomingPicture("a.png")])
    monkeypatch.setattr(bring_in, "LARGEST_FILE", 10)
    with pytest.raises(RefusedPictureError, match="larger"):
        PictureIntake(tmp_path).look_at([IncomingPicture("a.png")])


def test_files_share_the_fate_of_the_stories_they_came_with(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(drawn(colour="red"))
    paths: list[Path] = []

    def take_and_fail() -> None:
        with picture_intake(tmp_path) as intake, transaction.atomic():
            rows = Picture.objects.filter(pk__in=intake.take([IncomingPicture("a.jpg")]).values())
            paths.extend(Path(row.file.path) for row in rows)
            assert paths[0].is_file()
            raise LookupError

    with pytest.raises(LookupError):
        take_and_fail()
    assert not Picture.objects.exists()
    assert not paths[0].exists()
