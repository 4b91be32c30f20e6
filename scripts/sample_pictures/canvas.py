# Strokes are written by the hundred: place, size and colours come in order, without names.
# ruff: noqa: FBT001, FBT002
"""The drawing surface: coordinates in finished pixels, drawn at twice the size, then shrunk.

Pillow draws hard edges only; drawing at double size and shrinking gives clean edges without a
vector library. Everything soft (glow, haze, stippled shade) is a mask, so that one way of
painting serves all pictures and they look like the work of one hand.
"""

import math
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

SS = 2
Point = tuple[float, float]
Points = Sequence[Point]


@dataclass(frozen=True)
class Grad:
    """A gradient through evenly spaced stops; angle 0 runs downwards, 90 to the right."""

    stops: tuple[str, ...]
    angle: float = 0.0


Fill = str | tuple[str, ...] | Grad


def rgb(colour: str) -> tuple[int, int, int]:
    """The three numbers of "#rrggbb"."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(a: str, b: str, t: float) -> str:
    """The colour t of the way from a to b."""
    pairs = zip(rgb(a), rgb(b), strict=True)
    return "#" + "".join(f"{round(p + (q - p) * t):02x}" for p, q in pairs)


def ell(cx: float, cy: float, rx: float, ry: float | None = None, rot: float = 0) -> list[Point]:
    """An ellipse as points, so that ellipses can be shaded and clipped as any shape is."""
    ry = rx if ry is None else ry
    n = max(24, min(160, int(max(rx, ry))))
    ca, sa = math.cos(math.radians(rot)), math.sin(math.radians(rot))
    out = []
    for i in range(n):
        x, y = rx * math.cos(math.tau * i / n), ry * math.sin(math.tau * i / n)
        out.append((cx + x * ca - y * sa, cy + x * sa + y * ca))
    return out


def box(x: float, y: float, w: float, h: float, r: float = 0) -> list[Point]:
    """A rectangle as points, with rounded corners if asked."""
    if r <= 0:
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    r = min(r, w / 2, h / 2)
    out = []
    corners = ((x + w - r, y + r, -90), (x + w - r, y + h - r, 0), (x + r, y + h - r, 90))
    for cx, cy, start in (*corners, (x + r, y + r, 180)):
        for i in range(9):
            t = math.radians(start + i * 90 / 8)
            out.append((cx + r * math.cos(t), cy + r * math.sin(t)))
    return out


def curve(pts: Points, closed: bool = False, n: int = 14) -> list[Point]:
    """A smooth line through the points (Catmull-Rom)."""
    p = list(pts)
    p = [p[-1], *p, p[0], p[1]] if closed else [p[0], *p, p[-1]]
    out: list[Point] = []
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False):
        for i in range(n):
            t = i / n
            xy = [
                0.5
                * (
                    2 * b[k]
                    + (c[k] - a[k]) * t
                    + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
                    + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t**3
                )
                for k in (0, 1)
            ]
            out.append((xy[0], xy[1]))
    if not closed:
        out.append(p[-2])
    return out


def turn(pts: Points, angle: float, ox: float = 0, oy: float = 0) -> list[Point]:
    """The points turned by an angle (degrees, clockwise) about (ox, oy)."""
    ca, sa = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return [
        (ox + (x - ox) * ca - (y - oy) * sa, oy + (x - ox) * sa + (y - oy) * ca) for x, y in pts
    ]


def place(pts: Points, x: float, y: float, sx: float = 1, sy: float | None = None) -> list[Point]:
    """The points scaled about the origin, then moved to (x, y)."""
    sy = abs(sx) if sy is None else sy
    return [(x + px * sx, y + py * sy) for px, py in pts]


def ramp(w: int, h: int, angle: float) -> NDArray[np.float32]:
    """Numbers from 0 to 1 across a rectangle in the gradient's direction."""
    dx, dy = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    xs = np.linspace(-0.5, 0.5, w, dtype=np.float32)[None, :] * dx
    ys = np.linspace(-0.5, 0.5, h, dtype=np.float32)[:, None] * dy
    t = xs + ys
    span = abs(dx) + abs(dy)
    return np.clip(t / span + 0.5, 0, 1)


class Canvas:
    """One picture being drawn."""

    def __init__(
        self, w: int = 1600, h: int = 1067, seed: str = "", paper: str = "#ffffff"
    ) -> None:
        """An empty sheet; the seed decides everything that is left to chance."""
        self.w, self.h = w, h
        self.rng = np.random.default_rng(zlib.crc32(seed.encode()))
        self.img = Image.new("RGB", (w * SS, h * SS), paper)
        small = self.rng.random((512, 512), dtype=np.float32)
        self._grain = np.kron(small, np.ones((SS, SS), dtype=np.float32))

    # -- chance ----------------------------------------------------------------------------

    def r(self, lo: float = 0, hi: float = 1) -> float:
        """A number by chance; the seed is the picture's id, so every run draws the same."""
        return float(self.rng.uniform(lo, hi))

    def pick(self, items: Sequence[str]) -> str:
        """One of the items by chance."""
        return items[int(self.rng.integers(len(items)))]

    # -- painting --------------------------------------------------------------------------

    def _bounds(self, pts: Points, margin: float = 0) -> tuple[int, int, int, int] | None:
        xs, ys = [p[0] for p in pts], [p[1] for p in pts]
        x0 = max(0, math.floor((min(xs) - margin) * SS))
        y0 = max(0, math.floor((min(ys) - margin) * SS))
        x1 = min(self.img.width, math.ceil((max(xs) + margin) * SS) + 1)
        y1 = min(self.img.height, math.ceil((max(ys) + margin) * SS) + 1)
        return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None

    def _mask(self, pts: Points, bounds: tuple[int, int, int, int]) -> Image.Image:
        x0, y0, x1, y1 = bounds
        mask = Image.new("L", (x1 - x0, y1 - y0), 0)
        ImageDraw.Draw(mask).polygon([(x * SS - x0, y * SS - y0) for x, y in pts], fill=255)
        return mask

    def _colours(self, fill: Fill, pts: Points, bounds: tuple[int, int, int, int]) -> Image.Image:
        """The paint of a shape: its gradient spans the whole shape, also what is outside."""
        grad = fill if isinstance(fill, Grad) else Grad(tuple(fill))
        x0, y0, x1, y1 = bounds
        xs, ys = [p[0] * SS for p in pts], [p[1] * SS for p in pts]
        left, top = min(xs), min(ys)
        w, h = max(max(xs) - left, 1.0), max(max(ys) - top, 1.0)
        dx, dy = math.sin(math.radians(grad.angle)), math.cos(math.radians(grad.angle))
        gx = ((np.arange(x0, x1, dtype=np.float32) - left) / w - 0.5) * dx
        gy = ((np.arange(y0, y1, dtype=np.float32) - top) / h - 0.5) * dy
        if abs(dx) < 1e-6:
            gx = gx[:1] * 0
        if abs(dy) < 1e-6:
            gy = gy[:1] * 0
        t = np.clip((gy[:, None] + gx[None, :]) / (abs(dx) + abs(dy)) + 0.5, 0, 1)
        at = np.linspace(0, 1, len(grad.stops))
        chans = [np.interp(t, at, [rgb(s)[k] for s in grad.stops]) for k in range(3)]
        img = Image.fromarray(np.stack(chans, axis=-1).astype(np.uint8), "RGB")
        return img.resize((x1 - x0, y1 - y0)) if img.size != (x1 - x0, y1 - y0) else img

    def poly(self, pts: Points, fill: Fill, a: float = 1.0) -> None:
        """Fill a shape with a colour, or with a gradient (a tuple of colours runs downwards)."""
        if isinstance(fill, str) and a >= 1:
            ImageDraw.Draw(self.img).polygon([(x * SS, y * SS) for x, y in pts], fill=fill)
            return
        bounds = self._bounds(pts)
        if bounds is None:
            return
        mask = self._mask(pts, bounds)
        if a < 1:
            mask = mask.point([round(i * a) for i in range(256)])
        if isinstance(fill, str):
            self.img.paste(rgb(fill), bounds, mask)
        else:
            self.img.paste(self._colours(fill, pts, bounds), bounds, mask)

    def shade(
        self,
        pts: Points,
        colour: str,
        a: float = 0.5,
        angle: float = 0,
        start: float = 0.0,
        grain: float = 0.5,
    ) -> None:
        """Stippled shade inside a shape, growing along the angle: the look of printed ink."""
        bounds = self._bounds(pts)
        if bounds is None:
            return
        mask = np.asarray(self._mask(pts, bounds), dtype=np.float32) / 255
        h, w = mask.shape
        t = np.clip((ramp(w, h, angle) - start) / max(1e-3, 1 - start), 0, 1)
        reps = (h // self._grain.shape[0] + 1, w // self._grain.shape[1] + 1)
        noise = np.tile(self._grain, reps)[:h, :w]
        m = mask * np.clip(t + (noise - 0.5) * grain * np.minimum(1, t * 4), 0, 1) * a
        self.img.paste(rgb(colour), bounds, Image.fromarray((m * 255).astype(np.uint8), "L"))

    def soft(self, pts: Points, colour: str, blur: float, a: float = 0.5) -> None:
        """A shape with a blurred edge: mist, steam, shadow."""
        bounds = self._bounds(pts, blur * 2.5)
        if bounds is None:
            return
        x0, y0, x1, y1 = bounds
        k = 4
        pad = int(blur * 2.5)
        size = (max(1, (x1 - x0) // k + 2 * pad), max(1, (y1 - y0) // k + 2 * pad))
        mask = Image.new("L", size, 0)
        moved = [((x * SS - x0) / k + pad, (y * SS - y0) / k + pad) for x, y in pts]
        ImageDraw.Draw(mask).polygon(moved, fill=round(255 * a))
        mask = mask.filter(ImageFilter.GaussianBlur(blur * SS / k))
        mask = mask.crop((pad, pad, size[0] - pad, size[1] - pad))
        self.img.paste(
            rgb(colour), bounds, mask.resize((x1 - x0, y1 - y0), Image.Resampling.BICUBIC)
        )

    def glow(
        self, x: float, y: float, r: float, colour: str, a: float = 0.7, flat: float = 1.0
    ) -> None:
        """Light that fades with distance."""
        n = 128
        g = np.linspace(-1, 1, n, dtype=np.float32)
        d = np.sqrt(g[:, None] ** 2 + g[None, :] ** 2)
        m = np.clip(1 - d, 0, 1) ** 2 * a * 255
        full = Image.fromarray(m.astype(np.uint8), "L")
        bounds = self._bounds([(x - r, y - r * flat), (x + r, y + r * flat)])
        if bounds is None:
            return
        w, h = 2 * r * SS, 2 * r * flat * SS
        left, top = (x - r) * SS, (y - r * flat) * SS
        x0, y0, x1, y1 = bounds
        src = ((x0 - left) / w * n, (y0 - top) / h * n, (x1 - left) / w * n, (y1 - top) / h * n)
        src = (max(0, src[0]), max(0, src[1]), min(n, src[2]), min(n, src[3]))
        mask = full.resize((x1 - x0, y1 - y0), Image.Resampling.BICUBIC, box=src)
        self.img.paste(rgb(colour), bounds, mask)

    def haze(self, y0: float, y1: float, colour: str, a0: float = 0.0, a1: float = 0.6) -> None:
        """A veil over the whole width, from strength a0 at y0 to a1 at y1."""
        top, bottom = max(0, int(y0 * SS)), min(self.img.height, int(y1 * SS))
        if bottom <= top:
            return
        col = np.linspace(a0, a1, bottom - top, dtype=np.float32)[:, None] * 255
        mask = Image.fromarray(col.astype(np.uint8), "L").resize((self.img.width, bottom - top))
        self.img.paste(rgb(colour), (0, top, self.img.width, bottom), mask)

    # -- short ways ------------------------------------------------------------------------

    def bg(self, *stops: str, y0: float = 0, y1: float | None = None, angle: float = 0) -> None:
        """A gradient over the whole width; its last colour goes on below it."""
        bottom = self.h if y1 is None else y1
        if bottom < self.h:
            self.poly(box(0, bottom - 1, self.w, self.h - bottom + 1), stops[-1])
        self.poly(box(0, y0, self.w, bottom - y0), Grad(stops, angle))

    def rect(self, x: float, y: float, w: float, h: float, fill: Fill, a: float = 1) -> None:
        """A plain rectangle."""
        self.poly(box(x, y, w, h), fill, a)

    def rrect(
        self, x: float, y: float, w: float, h: float, r: float, fill: Fill, a: float = 1
    ) -> None:
        """A rectangle with rounded corners."""
        self.poly(box(x, y, w, h, r), fill, a)

    def dot(
        self, x: float, y: float, r: float, fill: Fill, a: float = 1, ry: float | None = None
    ) -> None:
        """A disc, or an ellipse if its height is given."""
        self.poly(ell(x, y, r, ry), fill, a)

    def line(self, pts: Points, width: float, colour: Fill, a: float = 1) -> None:
        """A line of even width with round ends and joints."""
        if isinstance(colour, str) and a >= 1:
            draw = ImageDraw.Draw(self.img)
            flat = [(x * SS, y * SS) for x, y in pts]
            draw.line(flat, fill=colour, width=max(1, round(width * SS)), joint="curve")
            if width * SS > 3:
                r = width * SS / 2
                for x, y in (flat[0], flat[-1]):
                    draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
            return
        bounds = self._bounds(pts, width)
        if bounds is None:
            return
        x0, y0, x1, y1 = bounds
        mask = Image.new("L", (x1 - x0, y1 - y0), 0)
        flat = [(x * SS - x0, y * SS - y0) for x, y in pts]
        ImageDraw.Draw(mask).line(
            flat, fill=round(255 * a), width=max(1, round(width * SS)), joint="curve"
        )
        if isinstance(colour, str):
            self.img.paste(rgb(colour), bounds, mask)
        else:
            self.img.paste(self._colours(colour, pts, bounds), bounds, mask)

    def taper(self, pts: Points, w0: float, w1: float, fill: Fill, a: float = 1) -> None:
        """A stroke whose width changes from w0 to w1."""
        left, right = [], []
        n = len(pts)
        for i, (x, y) in enumerate(pts):
            (ax, ay), (bx, by) = pts[max(0, i - 1)], pts[min(n - 1, i + 1)]
            d = math.hypot(bx - ax, by - ay) or 1
            w = (w0 + (w1 - w0) * i / max(1, n - 1)) / 2
            nx, ny = -(by - ay) / d * w, (bx - ax) / d * w
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
        self.poly(left + right[::-1], fill, a)

    # -- groups ----------------------------------------------------------------------------

    @contextmanager
    def clip(self, *shapes: Points, a: float = 1.0) -> Iterator[None]:
        """What is drawn inside the block shows only within the shapes (all of it, if none)."""
        base, self.img = self.img, self.img.copy()
        yield
        top, self.img = self.img, base
        mask = Image.new("L", base.size, 0 if shapes else round(255 * a))
        for pts in shapes:
            ImageDraw.Draw(mask).polygon([(x * SS, y * SS) for x, y in pts], fill=round(255 * a))
        base.paste(top, (0, 0), mask)

    def reflect(
        self,
        y: float,
        depth: float,
        tint: str,
        a0: float = 0.25,
        a1: float = 0.75,
        ripple: float = 5,
        squash: float = 1.0,
    ) -> None:
        """What stands above y, mirrored below it on moving water and tinted with depth."""
        src = np.asarray(self.img)
        y0, rows = int(y * SS), int(min(depth, self.h - y) * SS)
        t = np.arange(rows) / rows
        wave = np.sin(t**0.6 * 70) * 0.6 + np.sin(t**0.7 * 160 + 1.3) * 0.4
        shift = (wave * ripple * SS * (0.25 + t)).astype(int)
        from_y = np.clip(y0 - 1 - (np.arange(rows) * squash).astype(int), 0, None)
        cols = np.arange(self.img.width)
        at = np.clip(cols[None, :] + shift[:, None], 0, self.img.width - 1)
        out = src[from_y[:, None], at].astype(np.float32)
        k = (a0 + (a1 - a0) * t)[:, None, None].astype(np.float32)
        out = out * (1 - k) + np.array(rgb(tint), dtype=np.float32) * k
        self.img.paste(Image.fromarray(out.astype(np.uint8), "RGB"), (0, y0))

    # -- the end ---------------------------------------------------------------------------

    def finish(self, grain: float = 2.2, vignette: float = 0.10) -> Image.Image:
        """The picture at its real size, with a little grain and darker corners."""
        small = self.img.resize((self.w, self.h), Image.Resampling.LANCZOS)
        px = np.asarray(small, dtype=np.float32)
        noise = self.rng.normal(0, grain, (self.h, self.w, 1)).astype(np.float32)
        xs = np.linspace(-1, 1, self.w, dtype=np.float32)[None, :, None]
        ys = np.linspace(-1, 1, self.h, dtype=np.float32)[:, None, None]
        corner = 1 - vignette * np.clip(xs**2 + ys**2 - 0.55, 0, None) / 1.45
        return Image.fromarray(np.clip(px * corner + noise, 0, 255).astype(np.uint8), "RGB")


def save(picture: Image.Image, path: Path, limit: int = 94_000) -> int:
    """Write the JPEG at quality 82, or less where grain and detail cost too much."""
    data = b""
    for quality in (82, 79, 76, 73, 70, 67, 64, 61, 58, 54):
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=quality, progressive=True, optimize=True)
        data = buffer.getvalue()
        if len(data) <= limit:
            break
    path.write_bytes(data)
    return len(data)
