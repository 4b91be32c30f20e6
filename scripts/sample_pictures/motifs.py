# Strokes are written by the hundred: place, size and colours come in order, without names.
# ruff: noqa: FBT001, FBT002, PLR0913, PLR0917
"""What many pictures share: hills, water, clouds, trees, boats, houses and people."""

import math
from collections.abc import Sequence

import numpy as np

from sample_pictures.canvas import Canvas, Fill, Point, Points, box, curve, ell, mix, place, turn


def noise_line(c: Canvas, n: int, rough: float = 0.5, first: int = 3) -> list[float]:
    """Fractal noise from -1 to 1: the outline of hills."""
    total = np.zeros(n)
    amp, freq = 1.0, float(first)
    for _ in range(6):
        knots = c.rng.uniform(-1, 1, int(freq) + 2)
        total += amp * np.interp(np.linspace(0, freq, n), np.arange(len(knots)), knots)
        amp, freq = amp * rough, freq * 2.1
    total -= total.mean()
    return list(total / max(1e-6, float(np.abs(total).max())))


def ridge(
    c: Canvas,
    y: float,
    amp: float,
    fill: Fill,
    rough: float = 0.5,
    first: int = 3,
    bottom: float | None = None,
    light: str = "",
) -> list[Point]:
    """A range of hills down to the bottom, with stippled light on its left flank if asked."""
    n = 160
    ys = noise_line(c, n, rough, first)
    if rough < 0.45:
        ys = list(np.convolve(np.pad(ys, 4, mode="edge"), np.ones(9) / 9, mode="valid"))
    low = c.h if bottom is None else bottom
    pts = [(c.w * i / (n - 1), y - amp * v) for i, v in enumerate(ys)]
    shape = [(0.0, low), *pts, (float(c.w), low)]
    c.poly(shape, fill)
    if light:
        c.shade(shape, light, 0.35, 200, 0.35)
    return pts


def water(
    c: Canvas,
    y: float,
    stops: Sequence[str],
    light: str,
    dark: str,
    n: int = 260,
    bottom: float | None = None,
) -> None:
    """Open water: a gradient and flat glints that grow towards the viewer."""
    low = c.h if bottom is None else bottom
    c.rect(0, y, c.w, low - y, tuple(stops))
    for _ in range(n):
        t = c.r() ** 1.6
        yy = y + 4 + (low - y - 4) * t
        length = (18 + 120 * t) * c.r(0.4, 1.3)
        x = c.r(-50, c.w + 50)
        thick = 0.8 + 4.0 * t
        colour = light if c.r() < 0.5 else dark
        lens(c, x, yy, length, thick, colour, 0.10 + 0.22 * c.r())


def lens(
    c: Canvas, x: float, y: float, length: float, thick: float, colour: str, a: float = 1
) -> None:
    """A flat pointed stroke: one glint on water."""
    c.poly(
        [(x - length / 2, y), (x, y - thick / 2), (x + length / 2, y), (x, y + thick / 2)],
        colour,
        a,
    )


def light_road(
    c: Canvas, x: float, y0: float, y1: float, w0: float, w1: float, colour: str, a: float = 0.8
) -> None:
    """The broken path of a light on water, below the sun, the moon or a lamp."""
    y = y0 + 2
    while y < y1:
        t = (y - y0) / (y1 - y0)
        w = w0 + (w1 - w0) * t
        for _ in range(2):
            off = c.r(-0.5, 0.5) * w * 0.7
            lens(c, x + off, y + c.r(-2, 2), w * c.r(0.35, 0.9), 2 + 5 * t, colour, a * c.r(0.4, 1))
        y += 4 + 9 * t


def sun(c: Canvas, x: float, y: float, r: float, core: str, halo: str, reach: float = 5) -> None:
    """A disc with its light around it."""
    c.glow(x, y, r * reach, halo, 0.75)
    c.glow(x, y, r * reach * 0.45, core, 0.6)
    c.dot(x, y, r, core)


def stars(c: Canvas, n: int, y1: float, colour: str = "#ffffff") -> None:
    """Small lights in the upper sky."""
    for _ in range(n):
        y = c.r() ** 1.4 * y1
        c.dot(c.r(0, c.w), y, c.r(0.7, 2.1), colour, c.r(0.25, 0.9))


def cloud(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    colour: str,
    lit: str = "",
    a: float = 1,
    flat: float = 1,
) -> None:
    """A flat-bottomed cloud of overlapping discs, lighter on its crown."""
    n = 7
    discs = []
    for i in range(n):
        t = i / (n - 1)
        r = w * (0.08 + 0.13 * math.sin(math.pi * t) * c.r(0.75, 1.25))
        discs.append((x + (t - 0.5) * w * 0.84, y - r * 0.55 * flat, r))
    shapes = [ell(cx, cy, r, r * flat) for cx, cy, r in discs]
    shapes.append(box(x - w * 0.5, y - w * 0.035, w, w * 0.06, w * 0.03))
    with c.clip(*shapes, a=a):
        top = y - w * 0.35 * flat
        c.poly(box(x - w, top, 2 * w, y - top + w * 0.1), (lit or colour, colour))
        for cx, cy, r in discs:
            if lit:
                c.shade(ell(cx - r * 0.1, cy - r * 0.2, r, r * flat), lit, 0.6, 180, 0.35)


def streaks(c: Canvas, y0: float, y1: float, n: int, colour: str, a: float = 0.4) -> None:
    """Long thin clouds of a quiet sky."""
    for _ in range(n):
        y = c.r(y0, y1)
        w = c.r(200, 700)
        x = c.r(-100, c.w + 100)
        th = c.r(5, 16)
        pts = curve(
            [(x - w / 2, y), (x - w / 5, y - th), (x + w / 4, y - th * 0.6), (x + w / 2, y)]
        )
        c.poly(
            [*pts, (x + w / 6, y + th * 0.5), (x - w / 4, y + th * 0.4)], colour, a * c.r(0.4, 1)
        )


def gulls(
    c: Canvas, x: float, y: float, spread: float, n: int, colour: str, size: float = 16
) -> None:
    """Birds far away: two short arcs each."""
    for _ in range(n):
        bx, by, s = x + c.r(-1, 1) * spread, y + c.r(-0.5, 0.5) * spread, size * c.r(0.5, 1.2)
        wing = c.r(0.3, 0.7)
        pts = [(bx - s, by - s * wing * 0.5), (bx - s * 0.45, by - s * wing), (bx, by)]
        right = [(bx, by), (bx + s * 0.45, by - s * wing), (bx + s, by - s * wing * 0.4)]
        c.line(curve(pts, n=6) + curve(right, n=6), max(1.4, s * 0.13), colour)


def palm(
    c: Canvas, x: float, y: float, h: float, colour: str, lean: float = 0.15, leaf: str = ""
) -> None:
    """A coconut palm with its foot at (x, y)."""
    tx, ty = x + h * lean, y - h
    trunk = curve([(x, y), (x + h * lean * 0.25, y - h * 0.5), (tx, ty)])
    c.taper(trunk, h * 0.05, h * 0.022, colour)
    green = leaf or colour
    for i in range(11):
        ang = -200 + i * 22 + c.r(-7, 7)
        length = h * c.r(0.38, 0.52)
        ca, sa = math.cos(math.radians(ang)), math.sin(math.radians(ang))
        ex, ey = tx + length * ca, ty + length * sa * 0.8 + length * 0.30
        mx, my = tx + length * 0.55 * ca, ty + length * 0.6 * sa - length * 0.06
        rib = curve([(tx, ty), (mx, my), (ex, ey)], n=10)
        c.taper(rib, h * 0.014, 1, green)
        for k in range(2, len(rib)):
            px, py = rib[k]
            ll = length * 0.24 * math.sin(math.pi * k / (len(rib) + 1)) + 3
            for side in (-1, 1):
                qx = px + ca * ll * 0.5 + side * ll * 0.25 * -sa
                qy = py + ll * 0.75 + side * ll * 0.2 * ca
                c.poly([(px - 2.0, py), (px + 2.0, py), (qx, qy)], green)


def tree(
    c: Canvas, x: float, y: float, h: float, leaf: str, lit: str, trunk: str, spread: float = 1.0
) -> None:
    """A broad tree with its foot at (x, y); the crown takes light from the upper left."""
    c.taper(
        curve([(x, y), (x + h * 0.02, y - h * 0.3), (x, y - h * 0.6)]), h * 0.09, h * 0.05, trunk
    )
    for s in (-1, 1):
        c.taper(
            [(x, y - h * 0.35), (x + s * h * 0.2 * spread, y - h * 0.6)], h * 0.045, h * 0.02, trunk
        )
    blobs = []
    for i in range(14):
        ang = math.tau * i / 14
        rad = c.r(0.15, 0.30) * h
        bx = x + math.cos(ang) * h * 0.30 * spread * c.r(0.5, 1.1)
        blobs.append((bx, y - h * 0.68 + math.sin(ang) * h * 0.20 * c.r(0.5, 1.1), rad * 0.62))
    for bx, by, rad in sorted(blobs, key=lambda b: -b[1]):
        c.dot(bx, by, rad, mix(leaf, lit, c.r(0, 0.25)))
        c.shade(ell(bx, by, rad), lit, 0.75, 215, 0.45)


def bush(c: Canvas, x: float, y: float, r: float, leaf: str, lit: str) -> None:
    """A round shrub."""
    for _ in range(6):
        bx, by, rr = x + c.r(-0.8, 0.8) * r, y - c.r(0.1, 0.5) * r, r * c.r(0.35, 0.6)
        c.dot(bx, by, rr, leaf)
        c.shade(ell(bx, by, rr), lit, 0.6, 200, 0.4)


def sailboat(
    c: Canvas, x: float, y: float, s: float, hull: str, sail: Fill, dark: str, flip: bool = False
) -> None:
    """A wooden boat with two sails; (x, y) is the middle of its waterline."""
    f = -1 if flip else 1
    c.poly(
        place([(-70, -16), (-52, 0), (52, 0), (86, -24), (60, -17), (-20, -12)], x, y, s * f, s),
        hull,
    )
    c.line(place([(-4, -14), (2, -178)], x, y, s * f, s), 3 * s, hull)
    main = curve([(-2, -168), (-44, -90), (-62, -26)]) + curve([(-62, -26), (-30, -24), (-4, -26)])
    c.poly(place(main, x, y, s * f, s), sail)
    jib = curve([(4, -160), (44, -90), (74, -28)]) + curve([(74, -28), (40, -32), (6, -34)])
    c.poly(place(jib, x, y, s * f, s), sail)
    c.shade(place(main, x, y, s * f, s), dark, 0.5, 90 * f, 0.2)
    c.shade(place(jib, x, y, s * f, s), dark, 0.35, 90 * f, 0.3)


def canoe(
    c: Canvas, x: float, y: float, s: float, hull: str, trim: str, outrigger: bool = True
) -> None:
    """A slim fishing boat with raised ends and, if asked, its outriggers."""
    shape = curve([(-120, -34), (-96, -12), (-50, -2), (50, -2), (98, -14), (126, -42)]) + curve(
        [(126, -42), (90, -24), (40, -17), (-40, -16), (-88, -21), (-120, -34)]
    )
    if outrigger:
        c.line(place([(-84, 12), (92, 12)], x, y, s), 5 * s, trim)
    c.poly(place(shape, x, y, s), hull)
    c.line(place(curve([(-116, -31), (-50, -13), (50, -13), (120, -36)]), x, y, s), 3.5 * s, trim)
    if outrigger:
        for ox in (-44, 46):
            arch = curve([(ox, -16), (ox + 2, -24), (ox + 5, -2), (ox + 6, 12)])
            c.line(place(arch, x, y, s), 3.5 * s, trim)


def house(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    wall: Fill,
    roof: str,
    window: str = "",
    stilts: float = 0,
) -> None:
    """A house with a pitched roof; (x, y) is the lower left of its wall."""
    for i in range(4 if stilts else 0):
        c.rect(x + w * (0.06 + 0.28 * i), y, w * 0.03, stilts, roof)
    c.rect(x, y - h, w, h, wall)
    c.shade(box(x, y - h, w, h), roof, 0.35, 60, 0.3)
    eave = w * 0.12
    c.poly(
        [
            (x - eave, y - h),
            (x + w * 0.16, y - h * 1.75),
            (x + w * 0.84, y - h * 1.75),
            (x + w + eave, y - h),
        ],
        roof,
    )
    if window:
        for i in range(2):
            c.rect(x + w * (0.16 + 0.44 * i), y - h * 0.72, w * 0.22, h * 0.38, window)
            c.rect(x + w * (0.265 + 0.44 * i), y - h * 0.72, w * 0.015, h * 0.38, roof)


# Poses: joints of a figure one unit tall, feet at y = 0, facing right.
Pose = dict[str, Point]
_STAND: Pose = {
    "head": (0.0, 0.90),
    "neck": (0.0, 0.81),
    "hip": (0.0, 0.50),
    "kneeL": (-0.05, 0.26),
    "footL": (-0.06, 0.02),
    "kneeR": (0.055, 0.26),
    "footR": (0.06, 0.02),
    "elbowL": (-0.135, 0.63),
    "handL": (-0.14, 0.47),
    "elbowR": (0.135, 0.63),
    "handR": (0.14, 0.47),
}
POSES: dict[str, Pose] = {
    "stand": _STAND,
    "walk": {
        **_STAND,
        "kneeL": (0.0, 0.27),
        "footL": (-0.15, 0.03),
        "kneeR": (0.09, 0.27),
        "footR": (0.14, 0.02),
        "elbowL": (-0.13, 0.64),
        "handL": (-0.10, 0.48),
        "elbowR": (0.11, 0.63),
        "handR": (0.19, 0.52),
    },
    "run": {
        "head": (0.13, 0.90),
        "neck": (0.09, 0.81),
        "hip": (0.0, 0.50),
        "kneeL": (-0.09, 0.28),
        "footL": (-0.32, 0.26),
        "kneeR": (0.18, 0.38),
        "footR": (0.17, 0.10),
        "elbowL": (-0.09, 0.66),
        "handL": (-0.04, 0.52),
        "elbowR": (0.18, 0.63),
        "handR": (0.29, 0.72),
    },
    "bend": {
        "head": (0.37, 0.62),
        "neck": (0.29, 0.66),
        "hip": (-0.06, 0.52),
        "kneeL": (-0.09, 0.27),
        "footL": (-0.10, 0.02),
        "kneeR": (0.04, 0.28),
        "footR": (0.04, 0.02),
        "elbowL": (0.26, 0.48),
        "handL": (0.30, 0.30),
        "elbowR": (0.30, 0.47),
        "handR": (0.40, 0.32),
    },
    "sit": {
        "head": (0.03, 0.68),
        "neck": (0.0, 0.58),
        "hip": (-0.02, 0.28),
        "kneeL": (0.20, 0.28),
        "footL": (0.21, 0.03),
        "kneeR": (0.24, 0.27),
        "footR": (0.27, 0.03),
        "elbowL": (0.05, 0.40),
        "handL": (0.18, 0.34),
        "elbowR": (0.09, 0.42),
        "handR": (0.22, 0.38),
    },
    "row": {
        "head": (0.14, 0.62),
        "neck": (0.09, 0.53),
        "hip": (-0.04, 0.24),
        "kneeL": (0.18, 0.26),
        "footL": (0.26, 0.10),
        "kneeR": (0.18, 0.26),
        "footR": (0.26, 0.10),
        "elbowL": (0.22, 0.44),
        "handL": (0.34, 0.40),
        "elbowR": (0.20, 0.36),
        "handR": (0.30, 0.24),
    },
    "reach": {
        **_STAND,
        "elbowR": (0.14, 0.92),
        "handR": (0.22, 1.08),
        "elbowL": (-0.10, 0.64),
        "handL": (0.02, 0.60),
    },
    "carry": {
        **_STAND,
        "elbowR": (0.16, 0.78),
        "handR": (0.10, 0.98),
        "elbowL": (-0.16, 0.78),
        "handL": (-0.10, 0.98),
        "kneeL": (0.0, 0.27),
        "footL": (-0.11, 0.03),
        "kneeR": (0.08, 0.27),
        "footR": (0.11, 0.02),
    },
    "work": {
        **_STAND,
        "elbowR": (0.14, 0.62),
        "handR": (0.28, 0.60),
        "elbowL": (0.06, 0.60),
        "handL": (0.24, 0.54),
        "neck": (0.02, 0.81),
        "head": (0.04, 0.90),
    },
    "kick": {
        "head": (-0.24, 0.84),
        "neck": (-0.18, 0.76),
        "hip": (0.0, 0.52),
        "kneeL": (0.03, 0.27),
        "footL": (-0.05, 0.05),
        "kneeR": (0.20, 0.66),
        "footR": (0.26, 0.95),
        "elbowL": (-0.34, 0.72),
        "handL": (-0.46, 0.80),
        "elbowR": (-0.04, 0.66),
        "handR": (0.06, 0.56),
    },
    "jump": {
        "head": (-0.03, 0.92),
        "neck": (-0.02, 0.82),
        "hip": (0.0, 0.52),
        "kneeL": (-0.16, 0.36),
        "footL": (-0.30, 0.22),
        "kneeR": (0.14, 0.40),
        "footR": (0.10, 0.16),
        "elbowL": (-0.18, 0.90),
        "handL": (-0.26, 1.06),
        "elbowR": (0.16, 0.84),
        "handR": (0.26, 0.96),
    },
}


def person(
    c: Canvas,
    x: float,
    y: float,
    h: float,
    pose: str = "stand",
    top: str = "#22252f",
    low: str = "",
    skin: str = "",
    hat: str = "",
    hat_kind: str = "caping",
    robe: bool = False,
    flip: bool = False,
    angle: float = 0,
) -> dict[str, Point]:
    """A figure with its feet at (x, y); one colour makes a silhouette. Returns the joints."""
    low, skin = low or top, skin or top
    f = -1 if flip else 1
    joints = {k: (x + f * px * h, y - py * h) for k, (px, py) in POSES[pose].items()}
    if angle:
        keys = list(joints)
        joints = dict(zip(keys, turn([joints[k] for k in keys], angle, x, y - h / 2), strict=True))
    j = joints
    back = mix(low, "#000000", 0.12)
    c.line([j["neck"], j["elbowL"], j["handL"]], h * 0.05, mix(top, "#000000", 0.12))
    c.dot(*j["handL"], h * 0.026, skin)
    hx, hy = j["hip"]
    if robe:
        (ax, ay), (bx, by) = j["footL"], j["footR"]
        left, right = min(ax, bx) - h * 0.05, max(ax, bx) + h * 0.05
        foot = max(ay, by) - h * 0.02
        c.poly([(hx - h * 0.085, hy), (hx + h * 0.085, hy), (right, foot), (left, foot)], low)
        c.rect(min(ax, bx) - h * 0.02, foot, abs(bx - ax) + h * 0.05, h * 0.025, skin)
    else:
        for side, colour in (("L", back), ("R", low)):
            hip = (hx + (-0.03 if side == "L" else 0.03) * h * f, hy)
            c.line([hip, j[f"knee{side}"], j[f"foot{side}"]], h * 0.072, colour)
            fx, fy = j[f"foot{side}"]
            c.dot(
                fx + f * h * 0.025,
                fy + h * 0.012,
                h * 0.05,
                skin if skin != top else colour,
                ry=h * 0.022,
            )
    nx, ny = j["neck"]
    dx, dy = nx - hx, ny - hy
    d = math.hypot(dx, dy) or 1
    px, py = -dy / d, dx / d
    torso = [
        (nx + px * h * 0.05 + dx * 0.05, ny + py * h * 0.05 + dy * 0.05),
        (nx + px * h * 0.105 - dx * 0.10, ny + py * h * 0.105 - dy * 0.10),
        (hx + px * h * 0.075, hy + py * h * 0.075 + h * 0.03),
        (hx - px * h * 0.075, hy - py * h * 0.075 + h * 0.03),
        (nx - px * h * 0.105 - dx * 0.10, ny - py * h * 0.105 - dy * 0.10),
        (nx - px * h * 0.05 + dx * 0.05, ny - py * h * 0.05 + dy * 0.05),
    ]
    c.poly(torso, top)
    c.line([j["neck"], j["head"]], h * 0.05, skin)
    gx, gy = j["head"]
    if hat and hat_kind == "scarf":
        c.poly(
            curve(
                [
                    (gx - h * 0.07, gy - h * 0.05),
                    (gx, gy - h * 0.095),
                    (gx + h * 0.07, gy - h * 0.04),
                    (gx + h * 0.09, gy + h * 0.13),
                    (gx, gy + h * 0.16),
                    (gx - h * 0.10, gy + h * 0.13),
                ],
                closed=True,
            ),
            hat,
        )
        c.dot(gx + f * h * 0.022, gy, h * 0.048, skin, ry=h * 0.058)
    else:
        c.dot(gx, gy, h * 0.066, skin, ry=h * 0.078)
    if hat and hat_kind == "caping":
        c.poly(
            [
                (gx - h * 0.16, gy - h * 0.02),
                (gx, gy - h * 0.13),
                (gx + h * 0.16, gy - h * 0.02),
                (gx, gy + h * 0.01),
            ],
            hat,
        )
    elif hat and hat_kind == "cap":
        c.poly(ell(gx, gy - h * 0.035, h * 0.07, h * 0.052), hat)
        c.rect(gx if f > 0 else gx - h * 0.11, gy - h * 0.035, h * 0.11, h * 0.018, hat)
    elif hat and hat_kind == "hair":
        c.poly(ell(gx - f * h * 0.012, gy - h * 0.028, h * 0.072, h * 0.06), hat)
    if top != skin or robe:
        c.line([j["neck"], j["elbowR"]], h * 0.054, mix(top, "#ffffff", 0.07))
        c.line([j["elbowR"], j["handR"]], h * 0.044, skin)
    else:
        c.line([j["neck"], j["elbowR"], j["handR"]], h * 0.05, top)
    c.dot(*j["handR"], h * 0.028, skin)
    return joints


def lamp_post(c: Canvas, x: float, y: float, h: float, colour: str, light: str) -> None:
    """A street lamp that is lit."""
    c.rect(x - h * 0.012, y - h, h * 0.024, h, colour)
    c.line(
        curve([(x, y - h), (x + h * 0.05, y - h * 1.04), (x + h * 0.13, y - h * 1.03)]),
        h * 0.016,
        colour,
    )
    c.glow(x + h * 0.14, y - h, h * 0.4, light, 0.6)
    c.poly(ell(x + h * 0.14, y - h * 1.015, h * 0.05, h * 0.022), light)


def windows(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    cols: int,
    rows: int,
    lit: Sequence[str],
    share: float,
    off: str = "",
    gap: float = 0.4,
) -> None:
    """A grid of windows, some of them lit."""
    cw, rh = w / cols, h / rows
    for i in range(cols):
        for k in range(rows):
            colour = c.pick(lit) if c.r() < share else off
            if colour:
                c.rect(
                    x + i * cw + cw * gap / 2,
                    y + k * rh + rh * gap / 2,
                    cw * (1 - gap),
                    rh * (1 - gap),
                    colour,
                )


def rain(
    c: Canvas, n: int, colour: str, slant: float = 0.2, length: float = 46, a: float = 0.35
) -> None:
    """Slanting strokes of rain."""
    for _ in range(n):
        x, y, k = c.r(-100, c.w), c.r(-60, c.h), length * c.r(0.5, 1.4)
        c.line([(x, y), (x + k * slant, y + k)], c.r(0.8, 1.8), colour, a * c.r(0.4, 1))


def rays(
    c: Canvas, x: float, y: float, reach: float, colour: str, a0: float, a1: float, n: int, a: float
) -> None:
    """Soft shafts of light from one point, between two angles (degrees, 90 is down)."""
    for i in range(n):
        t = a0 + (a1 - a0) * (i + c.r(0.1, 0.9)) / n
        half = c.r(0.4, 1.8)
        p: Points = [
            (x, y),
            (
                x + reach * math.cos(math.radians(t - half)),
                y + reach * math.sin(math.radians(t - half)),
            ),
            (
                x + reach * math.cos(math.radians(t + half)),
                y + reach * math.sin(math.radians(t + half)),
            ),
        ]
        c.soft(p, colour, 8, a * c.r(0.5, 1))
