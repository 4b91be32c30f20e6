"""Draw the paper's icons: a front page in miniature, a headline over two columns.

    python scripts/make_icons.py

Writes icon.svg and the PNG sizes into src/tajuk/press/static/dress/. A newspaper of its own puts files
of the same names into its static folder.
"""

from pathlib import Path

from PIL import Image, ImageDraw

STATIC = Path(__file__).resolve().parent.parent / "src/tajuk/press/static/dress"
ACCENT, PAPER = "#a3161f", "#fbfaf6"

# (left, top, width, height) in a square of 64: the headline, then two columns of text.
LINES = (
    (12, 14, 40, 10), (12, 30, 18, 4), (12, 38, 18, 4), (12, 46, 18, 4),
    (34, 30, 18, 4), (34, 38, 18, 4), (34, 46, 12, 4),
)  # fmt: skip
PNGS = (("icon-32.png", 32, 0), ("icon-180.png", 180, 0), ("icon-192.png", 192, 0), ("icon-512.png", 512, 0),
        ("icon-mask.png", 512, 52))  # fmt: skip


def drawn(size: int, margin: int) -> Image.Image:
    """The icon; `margin` keeps the drawing inside a maskable icon's safe zone."""
    large = size * 4  # drawn larger and reduced, for smooth edges at 32 pixels
    image = Image.new("RGB", (large, large), ACCENT)
    scale, edge = (large - 8 * margin) / 64, margin * 4
    pen = ImageDraw.Draw(image)
    for left, top, width, height in LINES:
        pen.rectangle(
            (
                edge + left * scale, edge + top * scale,
                edge + (left + width) * scale - 1, edge + (top + height) * scale - 1,
            ),
            fill=PAPER,
        )  # fmt: skip
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write them all."""
    path = "".join(
        f"M{left} {top}h{width}v{height}h-{width}z" for left, top, width, height in LINES
    )
    (STATIC / "icon.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="{ACCENT}" d="M0 0h64v64H0z"/>'
        f'<path fill="{PAPER}" d="{path}"/></svg>\n',
        encoding="utf-8",
    )
    for name, size, margin in PNGS:
        drawn(size, margin).quantize(32).save(STATIC / name, optimize=True)
    drawn(48, 0).save(STATIC / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])


if __name__ == "__main__":
    main()
