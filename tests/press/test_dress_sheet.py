"""The stylesheet and the fonts keep their budgets, and its colours can be read."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest

from tajuk.press import dress

STATIC = Path(dress.__file__).parent / "static/dress"
SHEET = (STATIC / "dress.css").read_text(encoding="utf-8")
FONT_BUDGET = 75_000
SHEET_BUDGET = 9_000


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))


def _schemes() -> dict[str, dict[str, str]]:
    light = SHEET[SHEET.index(":root {") : SHEET.index("@media (prefers-color-scheme: dark)")]
    dark = SHEET[SHEET.index("@media (prefers-color-scheme: dark)") :]
    return {"light": _tokens(light), "dark": _tokens(light) | _tokens(dark[: dark.index("}")])}


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


def test_the_stylesheet_is_small() -> None:
    assert len(gzip.compress(SHEET.encode(), 9)) <= SHEET_BUDGET


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


def test_the_stylesheet_asks_nothing_of_anybody_else() -> None:
    assert "@import" not in SHEET
    assert not re.findall(r'url\((?!"fonts/)', SHEET)


def test_motion_dark_print_and_forced_colours_are_thought_of() -> None:
    for query in (
        "prefers-color-scheme: dark", "prefers-reduced-motion", "@media print", "forced-colors: active",
    ):  # fmt: skip
        assert query in SHEET
