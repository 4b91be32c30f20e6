"""Render every kind of page of the reader site with invented contexts, to look at and to test.

    python scripts/show_dress.py DIR     writes DIR/<language>/<page>.html with static files and pictures
    python -m http.server -d DIR         then shows them

No database: the contexts are made here. The pictures are the sample newspaper's, cut to size.
"""

import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/tajuk/press/static"
PICTURES = ROOT / "src/tajuk/sample/pictures"
SHAPES = {"3x2": (3, 2), "16x9": (16, 9)}
WIDTHS = (320, 640, 960, 1280)


def _start_django() -> None:
    import django

    if "TAJUK_DIR" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="tajuk-dress-"))
        (folder / "var").mkdir()
        (folder / "newspaper.toml").write_text(
            'name = "Harian Nusa"\naddress = "https://nusa.example"\nlanguages = ["id", "en"]\n'
            'secret_key = "only-for-looking-0123456789-0123456789-0123456789"\n',
            encoding="utf-8",
        )
        os.environ["TAJUK_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tajuk.site.settings")
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    django.setup()


def write_pages(folder: Path, *, now: datetime) -> None:
    """Every page in both languages."""
    from dress_contexts import ORIGIN, Day, pages
    from tajuk.epaper.queries import qr_code
    from tajuk.terms.language import Language

    for language in Language:
        (folder / language.value).mkdir(parents=True, exist_ok=True)
        for name, page in pages(language, now=now).items():
            (folder / language.value / f"{name}.html").write_text(page, encoding="utf-8")
        call = Day(language, now).epaper()
        code = folder / call.code.removeprefix("/")
        code.parent.mkdir(parents=True, exist_ok=True)
        code.write_bytes(qr_code(ORIGIN + call.href))


def write_pictures(folder: Path) -> None:
    """The sample pictures in the shapes and widths the contexts name; those that are there stay."""
    from PIL import Image, ImageOps

    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(PICTURES.glob("*.jpg")):
        for shape, (wide, high) in SHAPES.items():
            for width in WIDTHS:
                target = folder / f"{source.stem}-{shape}-{width}.webp"
                if target.exists():
                    continue
                with Image.open(source) as picture:
                    cut = ImageOps.fit(picture, (width, width * high // wide))
                    cut.save(target, quality=80)
                    if width == WIDTHS[2]:
                        cut.save(target.with_suffix(".jpg"), quality=82)


def main() -> None:
    """Write everything into the folder named on the command line."""
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    _start_django()
    now = datetime.now(UTC)  # noqa: TID251  a door reads the clock
    write_pages(folder, now=now.astimezone(ZoneInfo("Asia/Jakarta")) - timedelta(minutes=1))
    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
    write_pictures(folder / "media")


if __name__ == "__main__":
    main()
