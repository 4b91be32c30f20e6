"""The style sheets and the fonts keep their budgets, and their colours can be read."""

import re
import zlib
from itertools import product
from pathlib import Path

import pytest

from tajuk.press import dress
from tajuk.site.squeezing import squeezed

STATIC = Path(dress.__file__).parent / "static/dress"
SHEETS = {each.stem: each.read_text(encoding="utf-8") for each in STATIC.glob("*.css")}
SHEET = SHEETS["dress"]
FONT_BUDGET = 75_000
BUDGETS = {
    "dress": 3_000, "under": 1_750, "front": 1_000, "pages": 1_100, "figures": 620, "lightbox": 440, "account": 1_500,
    "pay": 900, "wide": 370, "wide-front": 690, "print": 590,
}  # fmt: skip
"""Bytes as they are sent. Stories wait for `dress`, others for `dress`, `under` and one or two more; phones for nothing
else.
"""


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))


def _schemes() -> dict[str, dict[str, str]]:
    light = SHEET[SHEET.index(":root {") : SHEET.index("@media (prefers-color-scheme: dark)")]
    dark = SHEET[SHEET.index("@media (prefers-color-scheme: dark)") :]
    band = SHEETS["front"][SHEETS["front"].index(".band {") :]
    night, night_dark = (block.split("}")[0] for block in band.split(".band {")[1:3])
    return {
        "light": _tokens(light) | _tokens(night),
        "dark": _tokens(light) | _tokens(dark[: dark.index("}")]) | _tokens(night_dark),
    }


def _luminance(colour: str) -> float:
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(each * 2 for each in digits)
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert _contrast("#000000", "#fff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_colour_can_be_read_on_every_ground_it_stands_on(scheme: str) -> None:
    colours = _schemes()[scheme]
    pairs = [
        *product(("ink", "quiet", "accent"), ("paper", "wash")), ("on-accent", "accent"),
        ("on-night", "night"), ("night-quiet", "night"), ("paper", "ink"),
    ]  # fmt: skip
    for text, ground in pairs:
        assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_the_sheets_are_small() -> None:
    sizes = {name: len(zlib.compress(squeezed(text).encode(), 9)) for name, text in SHEETS.items()}
    assert sizes.keys() == BUDGETS.keys()
    assert {name: size for name, size in sizes.items() if size > BUDGETS[name]} == {}


def test_stories_wait_on_phones_for_no_rule_of_wider_screens() -> None:
    assert {
        name for name, text in SHEETS.items() if "min-width:" in text and "@media (min" in text
    } == {"wide", "wide-front", "under", "pay"}
    for name in ("wide", "wide-front"):
        outside = re.sub(r"@media [^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", SHEETS[name])
        assert "{" not in outside, name


def test_all_fonts_together_are_small_and_carry_their_licences() -> None:
    named = set(re.findall(r'url\("fonts/([\w-]+\.woff2)"\)', SHEET))
    there = {each.name for each in (STATIC / "fonts").glob("*.woff2")}
    assert named == there
    assert sum((STATIC / "fonts" / name).stat().st_size for name in there) <= FONT_BUDGET
    for package in ("newsreader", "libre-franklin"):
        licence = (STATIC / "fonts" / f"{package}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_every_typeface_has_a_fallback_of_the_same_measure() -> None:
    for family in ("Newsreader", "Franklin"):
        faces = [
            face for face in re.findall(r"@font-face \{[^}]*\}", SHEET) if f'"{family} ' in face
        ]
        assert faces
        assert all("size-adjust" in face and "ascent-override" in face for face in faces)


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_asks_nothing_of_anybody_else(name: str) -> None:
    assert "@import" not in SHEETS[name]
    assert not re.findall(r'url\((?!"fonts/)', SHEETS[name])


def test_motion_dark_print_and_forced_colours_are_thought_of() -> None:
    for query in ("prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors: active"):
        assert query in SHEET
    assert "@page" in SHEETS["print"]
