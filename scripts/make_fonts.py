"""Make the fonts of the dress: subset, instanced, with fallbacks of the same measure.

    python scripts/make_fonts.py

Fetches Newsreader and Libre Franklin (SIL Open Font License) with `npm pack` into a temporary folder, cuts
them to what Indonesian and English need, writes them with their licences to
src/tajuk/press/static/dress/fonts/ and the `@font-face` rules into dress.css between its two marks.
Needs npm and the development requirements (fonttools, brotli); `npx biome format --write` then lays the rules out.
"""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

STATIC = Path(__file__).resolve().parent.parent / "src/tajuk/press/static/dress"
BEGIN, END = "/* fonts: written by scripts/make_fonts.py */", "/* end of fonts */"
BUDGET = 75_000

CHARACTERS = {chr(code) for code in range(0x20, 0x7F)} | set(
    "\u00a0éèêëáàâäãåçñóôöúüíïÉ–—‘’“”…•·×½°€©²³−→←"
)

# How often letters stand in Indonesian news text, space among them: the mean width a fallback is fitted to.
FREQUENCY = {
    " ": 149, "a": 168, "n": 79, "e": 70, "i": 66, "t": 45, "k": 43, "d": 42, "r": 45, "u": 43, "s": 37,
    "m": 36, "g": 33, "l": 30, "p": 28, "b": 24, "h": 22, "o": 18, "y": 13, "j": 8, "w": 6, "c": 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """One file of the dress."""

    name: str
    family: str
    package: str
    file: str
    weight: str
    axes: dict[str, float | tuple[float, float]]
    style: str = "normal"


FACES = (
    Face("newsreader-display", "Newsreader", "newsreader", "newsreader-latin-opsz-normal.woff2", "500 800",
         {"wght": 560, "opsz": (18, 72)}),
    Face("newsreader-text", "Newsreader", "newsreader", "newsreader-latin-opsz-normal.woff2", "400",
         {"wght": 400, "opsz": 18}),
    Face("newsreader-italic", "Newsreader", "newsreader", "newsreader-latin-opsz-italic.woff2", "400",
         {"wght": 400, "opsz": 18}, style="italic"),
    Face("franklin", "Franklin", "libre-franklin", "libre-franklin-latin-wght-normal.woff2", "400 700",
         {"wght": (400, 700)}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fallback:
    """A font readers already have, measured on a free one of the same widths (or on itself)."""

    family: str
    local: tuple[str, ...]
    package: str
    file: str
    like: str
    weight: str


FALLBACKS = (
    Fallback("Newsreader Near", ("Times New Roman", "Liberation Serif", "Tinos"), "tinos",
             "tinos-latin-400-normal.woff2", "newsreader-text", "400"),
    Fallback("Newsreader Near", ("Times New Roman Bold", "Liberation Serif Bold", "Tinos Bold"), "tinos",
             "tinos-latin-700-normal.woff2", "newsreader-display", "500 800"),
    Fallback("Newsreader Droid", ("Noto Serif",), "noto-serif",
             "noto-serif-latin-400-normal.woff2", "newsreader-text", "400"),
    Fallback("Newsreader Droid", ("Noto Serif Bold", "NotoSerif-Bold"), "noto-serif",
             "noto-serif-latin-700-normal.woff2", "newsreader-display", "500 800"),
    Fallback("Franklin Near", ("Arial", "Liberation Sans", "Arimo"), "arimo",
             "arimo-latin-400-normal.woff2", "franklin", "400 700"),
    Fallback("Franklin Droid", ("Roboto",), "roboto",
             "roboto-latin-400-normal.woff2", "franklin", "400 700"),
)  # fmt: skip


def fetched(packages: Iterable[str], folder: Path) -> None:
    """Unpack the npm packages of these font families into `folder`, one folder each."""
    for package in sorted(set(packages)):
        scope = (
            "@fontsource-variable" if package in {"newsreader", "libre-franklin"} else "@fontsource"
        )
        done = subprocess.run(
            ["npm", "pack", "--silent", f"{scope}/{package}"],
            cwd=folder, check=True, capture_output=True, text=True,
        )  # fmt: skip
        with tarfile.open(folder / done.stdout.split()[-1]) as packed:
            packed.extractall(folder / package, filter="data")


def cut(face: Face, source: Path) -> TTFont:
    """The face with only our characters, pinned or limited to its axes."""
    font = TTFont(source)
    options = subset.Options()
    options.layout_features = ["kern", "liga"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]  # copyright and licence stay inside the file
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(each) for each in CHARACTERS])
    cutter.subset(font)
    font.flavor = None
    plain = io.BytesIO()
    font.save(plain)  # the instancer wants the tables as the subsetter leaves them on disk
    plain.seek(0)
    return instantiateVariableFont(TTFont(plain), face.axes)


def mean_width(font: TTFont) -> float:
    """The mean advance of running text, in ems."""
    names, advances = font.getBestCmap(), font["hmtx"]
    total = sum(advances[names[ord(letter)]][0] * often for letter, often in FREQUENCY.items())
    return float(total / sum(FREQUENCY.values()) / font["head"].unitsPerEm)


def face_rule(face: Face) -> str:
    """The `@font-face` of one of our files."""
    return (
        f'@font-face{{font-family:{face.family};src:url("fonts/{face.name}.woff2") format("woff2");'
        f"font-weight:{face.weight};font-style:{face.style};font-display:optional}}"
    )


def fallback_rule(fallback: Fallback, theirs: TTFont, ours: TTFont) -> str:
    """The `@font-face` of a fallback, stretched so that a line of it is as long and as high as ours."""
    scale = mean_width(ours) / mean_width(theirs)
    em = ours["head"].unitsPerEm * scale
    sizes = ours["hhea"]
    local = ",".join(f'local("{name}")' for name in fallback.local)
    return (
        f'@font-face{{font-family:"{fallback.family}";src:{local};font-weight:{fallback.weight};'
        f"size-adjust:{scale:.2%};ascent-override:{sizes.ascent / em:.2%};"
        f"descent-override:{-sizes.descent / em:.2%};line-gap-override:0%}}"
    )


def main() -> None:
    """Make them, say what they weigh, and fail over the budget."""
    target = STATIC / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    made: dict[str, TTFont] = {}
    rules = [BEGIN]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fetched([each.package for each in (*FACES, *FALLBACKS)], folder)
        for face in FACES:
            font = cut(face, folder / face.package / "package/files" / face.file)
            font.flavor = "woff2"
            font.save(target / f"{face.name}.woff2")
            made[face.name] = font
            rules.append(face_rule(face))
            print(f"{(target / face.name).with_suffix('.woff2').stat().st_size:>7,} {face.name}")
        for fallback in FALLBACKS:
            theirs = TTFont(folder / fallback.package / "package/files" / fallback.file)
            rules.append(fallback_rule(fallback, theirs, made[fallback.like]))
        for package in sorted({face.package for face in FACES}):
            licence = (folder / package / "package/LICENSE").read_text(encoding="utf-8")
            (target / f"{package}-OFL.txt").write_text(licence, encoding="utf-8")
    total = sum((target / f"{face.name}.woff2").stat().st_size for face in FACES)
    print(f"{total:>7,} of {BUDGET:,} bytes")
    if total > BUDGET:
        raise SystemExit("Over the budget: cut characters or axes.")
    sheet = STATIC / "dress.css"
    text = sheet.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    sheet.write_text(before + "\n".join([*rules, END]) + rest.split(END, 1)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
