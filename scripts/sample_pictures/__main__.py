"""Draw all pictures of the sample newspaper, or those whose ids are given."""

import argparse
from pathlib import Path

from sample_pictures import land, people, sea, still_life, town  # noqa: F401  (they register themselves)
from sample_pictures.canvas import Canvas, save
from sample_pictures.registry import PICTURES

TARGET = Path(__file__).resolve().parents[2] / "src" / "tajuk" / "sample" / "pictures"


def main() -> None:
    """Draw to src/tajuk/sample/pictures; the same ids give the same files every time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*", help="draw only these")
    parser.add_argument("--to", type=Path, default=TARGET, help="another folder")
    args = parser.parse_args()
    args.to.mkdir(parents=True, exist_ok=True)
    total = 0
    for name in args.ids or PICTURES:
        draw, w, h = PICTURES[name]
        canvas = Canvas(w, h, seed=name)
        draw(canvas)
        size = save(canvas.finish(), args.to / f"{name}.jpg")
        total += size
        print(f"{name:<34}{size / 1000:7.0f} kB", flush=True)
    print(f"{'total':<34}{total / 1000:7.0f} kB")


if __name__ == "__main__":
    main()
