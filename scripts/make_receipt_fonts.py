"""Make the fonts of receipts from those of the dress: TrueType, one weight each, for typst.

    python scripts/make_receipt_fonts.py

Reads src/tajuk/press/static/dress/fonts/ and writes src/tajuk/subscriptions/receipts/fonts/, with the licences. What
the dress's fonts were cut down to lacks letters that may stand in a name: typst's own font stands in for those.
"""

import shutil
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SOURCE = Path(__file__).resolve().parent.parent / "src/tajuk/press/static/dress/fonts"
TARGET = Path(__file__).resolve().parent.parent / "src/tajuk/subscriptions/receipts/fonts"
FACES = (
    # file, weight of the instance, family, style
    ("newsreader-text", None, "Newsreader", "Regular", 400),
    ("franklin", 400, "Libre Franklin", "Regular", 400),
    ("franklin", 700, "Libre Franklin", "Bold", 700),
)


def main() -> None:
    """Writes them."""
    TARGET.mkdir(exist_ok=True)
    for name, weight, family, style, weight_class in FACES:
        font = TTFont(SOURCE / f"{name}.woff2")
        if weight is not None:
            font = instantiateVariableFont(font, {"wght": weight})
        font.flavor = None
        font["OS/2"].usWeightClass = weight_class
        names = font["name"]
        for number, text in (
            (1, family),
            (2, style),
            (4, f"{family} {style}"),
            (16, family),
            (17, style),
        ):
            names.setName(text, number, 3, 1, 0x409)
        path = TARGET / f"{name}-{weight_class}.ttf"
        font.save(path)
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    for licence in SOURCE.glob("*-OFL.txt"):
        shutil.copy(licence, TARGET / licence.name)


if __name__ == "__main__":
    main()
