"""Pictures that arrive as files: looked at before they are believed, kept once however often they come."""

import hashlib
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from django.core.files.images import ImageFile
from PIL import Image, UnidentifiedImageError
from wagtail.log_actions import log

from tajuk.contracts.incoming import IncomingPicture
from tajuk.pictures.models import Picture
from tajuk.terms.ids import PictureId

LARGEST_FILE = 40_000_000
MOST_PIXELS = 100_000_000
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_SMALL = (64, 64)


class RefusedPictureError(Exception):
    """A file is not a picture the paper can use; the text says why."""

    def __init__(self, path: str, reason: str) -> None:
        """`path` as it stood in what arrived."""
        super().__init__(f"picture {path}: {reason}")


@dataclass(slots=True)
class PictureIntake:
    """Takes pictures in from one folder. Files it wrote are taken away again where the stories fail."""

    folder: Path
    _written: list[Picture] = field(default_factory=list)

    def take(self, pictures: Iterable[IncomingPicture]) -> dict[IncomingPicture, PictureId]:
        """The row of each picture: that of the same file if it came before, else a new one.

        Call it inside the transaction of the stories that show them. Raises RefusedPictureError.
        """
        files = {each: self._file(each) for each in pictures}
        digests = {
            each: hashlib.sha1(content, usedforsecurity=False).hexdigest()
            for each, content in files.items()
        }
        known = dict(
            Picture.objects.filter(file_hash__in=set(digests.values())).order_by("-pk").values_list("file_hash", "pk")
        )  # fmt: skip
        taken: dict[IncomingPicture, PictureId] = {}
        for each, content in files.items():
            digest = digests[each]
            if digest not in known:
                known[digest] = self._keep(each, content, digest)
            taken[each] = PictureId(known[digest])
        return taken

    def look_at(self, pictures: Iterable[IncomingPicture]) -> None:
        """Raises RefusedPictureError for the first that could not be taken; keeps nothing."""
        for each in pictures:
            self._file(each)

    def _file(self, picture: IncomingPicture) -> bytes:
        root = self.folder.resolve()
        try:
            path = (root / picture.path).resolve()
            if not path.is_relative_to(root):
                raise RefusedPictureError(picture.path, "it lies outside the folder of its file")
            size = path.stat().st_size
            if size > LARGEST_FILE:
                raise RefusedPictureError(
                    picture.path, f"larger than {LARGEST_FILE // 1_000_000} MB"
                )
            content = path.read_bytes()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise RefusedPictureError(picture.path, reason) from error
        _look_at(picture.path, content)
        return content

    def _keep(self, each: IncomingPicture, content: bytes, digest: str) -> int:
        name = Path(each.path).name
        row = Picture(
            title=each.title or Path(name).stem, description=each.alt, caption=each.caption,
            photographer=each.photographer, agency=each.agency, via=each.via, licence=each.licence,
            file=ImageFile(BytesIO(content), name=name), file_size=len(content), file_hash=digest,
        )  # fmt: skip
        row.save()
        self._written.append(row)
        log(instance=row, action="wagtail.create")
        return int(row.pk)

    def undo(self) -> None:
        """Takes away the files of pictures whose rows were rolled back."""
        for row in self._written:
            row.file.storage.delete(row.file.name)


@contextmanager
def picture_intake(folder: Path) -> Iterator[PictureIntake]:
    """An intake for one transaction: put it around the transaction, so that its files share its fate."""
    intake = PictureIntake(folder)
    try:
        yield intake
    except BaseException:
        intake.undo()
        raise


def _look_at(path: str, content: bytes) -> None:
    """Raises RefusedPictureError unless it opens, decodes, and is of a size that is safe to decode."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=_FORMATS) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    raise RefusedPictureError(
                        path, f"more than {MOST_PIXELS // 1_000_000} million pixels"
                    )
                image.draft("RGB", _SMALL)
                image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise RefusedPictureError(path, "more pixels than is safe to open") from error
    except UnidentifiedImageError as error:
        raise RefusedPictureError(path, f"not a picture (of {', '.join(_FORMATS)})") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise RefusedPictureError(path, f"broken: {error}") from error
