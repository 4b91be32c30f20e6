# A picture is one long list of strokes: cutting it into small functions would hide the composition.
# ruff: noqa: C901, PLR0912, PLR0915
"""Pictures of fields, hills, the open sky and what stands in them."""

import math

from sample_pictures.canvas import Canvas, Grad, Point, box, curve, ell, mix, place, turn
from sample_pictures.motifs import (
    bush,
    cloud,
    gulls,
    house,
    palm,
    person,
    rays,
    ridge,
    stars,
    streaks,
    sun,
    tree,
    water,
    windows,
)
from sample_pictures.registry import picture


@picture()
def sawah_terasering(c: Canvas) -> None:
    """Rice terraces in bands that bend around the hill, some still mirrors."""
    c.bg("#9fd4d0", "#dff0d0", "#fff3c4", y1=420)
    sun(c, 1240, 210, 46, "#fffbe6", "#fff3b8", 7)
    ridge(c, 300, 90, "#a5cdb8", first=2)
    ridge(c, 360, 60, "#7fb59a", first=3)
    c.soft(box(0, 350, 1600, 50), "#fbf6d4", 24, 0.7)
    for _ in range(15):
        x = c.r(0, 1600)
        bush(c, x, 430, c.r(24, 50), "#4f9270", "#8fc47f")
    greens = ("#6fb24a", "#8fca4f", "#4f9f52", "#a9d65c", "#3f8a4f", "#c2dd62")
    n = 12
    for i in range(n):
        t = i / (n - 1)
        y = 415 + 620 * t**1.35
        amp = 26 + 70 * t
        ph = i * 0.55

        def edge(x: float, base: float = y, k: float = amp, p: float = ph) -> float:
            bend = math.sin(x / 1600 * math.pi * 1.7 + p * 0.35 + 0.5)
            return base + k * bend + 10 * math.sin(x / 170 + p) - (x - 500) * 0.05

        pts = [(x * 20.0 - 20, edge(x * 20.0 - 20)) for x in range(84)]
        shape = [*pts, (1660, 1100), (-20, 1100)]
        thick = 8 + 26 * t
        c.poly(shape, mix(greens[(i + 2) % 6], "#1f4a34", 0.55))
        top = [*pts, *[(x, y2 + thick * 2.6) for x, y2 in pts[::-1]]]
        wet = i in (3, 6, 7, 10)
        if wet:
            c.poly(top, Grad(("#fdf2c0", "#a9d9d2", "#7fc0c4"), 70))
            for _ in range(70):
                x = c.r(0, 1600)
                yy = edge(x) + thick * c.r(0.3, 2.0)
                c.line([(x, yy), (x + 1, yy - 5 - 9 * t)], 1.5 + 2 * t, "#4f8f4f", 0.8)
        else:
            c.poly(top, mix(greens[i % 6], "#eaf0a0", 0.10))
            c.shade(top, "#f6f7b0", 0.55, 250, 0.4)
            for _ in range(170):
                x = c.r(0, 1600)
                yy = edge(x) + thick * c.r(0.2, 2.2)
                c.line(
                    [(x, yy), (x + c.r(-3, 3), yy - 6 - 12 * t)],
                    1.4 + 1.8 * t,
                    mix(greens[i % 6], "#1f5a34", c.r(0.2, 0.6)),
                    0.8,
                )
        c.line(pts, 2 + 4 * t, mix(greens[i % 6], "#fff7b0", 0.55))
    for x, y, h, lean in ((240, 560, 230, 0.12), (310, 570, 180, -0.1), (1440, 500, 200, 0.1)):
        palm(c, x, y, h, "#3f5a3a", lean, "#2f7048")
    house(c, 1150, 520, 120, 50, "#d9b27f", "#8a4a34", "#5f3a2a", 20)
    person(c, 640, 780, 170, "bend", "#d9472f", "#2f3f6a", "#6b4028", "#f3dca0", "caping")
    person(c, 800, 770, 165, "bend", "#3f5fa0", "#4a2f4a", "#6b4028", "#f3dca0", "caping")
    person(
        c, 1010, 800, 190, "carry", "#f0e6cc", "#7a3f5f", "#6b4028", "#f3dca0", "caping", robe=True
    )
    c.poly(ell(1010, 604, 58, 20), "#8fca4f")


@picture()
def panen_padi(c: Canvas) -> None:
    """Harvest in a golden field, heavy ears of rice close by."""
    c.bg("#f2994a", "#f9c15f", "#fde7a5", y1=560)
    sun(c, 520, 380, 84, "#fffbe0", "#ffe08a", 6)
    streaks(c, 80, 300, 10, "#ffe9b8", 0.55)
    ridge(c, 480, 80, "#d99a5a", first=3)
    ridge(c, 530, 40, "#b97f48", first=5)
    c.rect(0, 560, 1600, 507, ("#f6cf5a", "#d99a2b", "#8f5a1a"))
    for _ in range(900):
        t = c.r() ** 1.4
        y = 566 + 500 * t
        x, hh = c.r(0, 1600), 12 + 60 * t
        c.line(
            [(x, y), (x + c.r(-8, 8) * (1 + t), y - hh)],
            1.5 + 3 * t,
            c.pick(("#ffe58a", "#e0a830", "#b97a20", "#f6cf5a")),
            0.85,
        )
    for x, y, s in ((1180, 640, 0.8), (1310, 650, 0.9), (180, 660, 0.9), (1450, 640, 0.8)):
        c.poly(
            [
                (x - 60 * s, y),
                (x - 14 * s, y - 70 * s),
                (x - 56 * s, y - 140 * s),
                (x + 56 * s, y - 140 * s),
                (x + 14 * s, y - 70 * s),
                (x + 60 * s, y),
            ],
            ("#ffe9a0", "#b97a24"),
        )
        c.rect(x - 18 * s, y - 78 * s, 36 * s, 12 * s, "#8a4a1f")
    person(c, 420, 790, 320, "bend", "#b8322f", "#3a2f4a", "#5d3823", "#fbe6b0", "caping")
    person(
        c, 760, 760, 280, "bend", "#2f7f86", "#4a2f3a", "#5d3823", "#fbe6b0", "caping", flip=True
    )
    j = person(
        c, 1020, 790, 330, "carry", "#f6efe0", "#5a3f6a", "#5d3823", "#fbe6b0", "hair", robe=True
    )
    hx, hy = j["head"]
    c.poly(
        curve(
            [
                (hx - 130, hy - 10),
                (hx - 150, hy - 80),
                (hx, hy - 62),
                (hx + 150, hy - 90),
                (hx + 130, hy - 10),
                (hx, hy - 34),
            ],
            closed=True,
        ),
        ("#ffe68f", "#c98d2c"),
    )
    for _ in range(26):
        c.line(
            [(hx + c.r(-90, 90), hy - 40), (hx + c.r(-160, 160), hy - c.r(70, 100))], 3, "#ffedb0"
        )
    for _ in range(560):
        t = c.r()
        x, y = c.r(0, 1600), 760 + 300 * t
        c.line(
            curve([(x, y + 60), (x + 4, y), (x + c.r(-20, 30), y - 60)], n=5),
            3 + 2 * t,
            c.pick(("#f2c64a", "#c98d24", "#a86f1a", "#ffe08a")),
            0.9,
        )
    for x0, y0, bend, s in (
        (90, 1067, 240, 1.15),
        (260, 1090, 170, 0.9),
        (1530, 1067, -280, 1.2),
        (1390, 1090, -180, 0.9),
        (1240, 1100, -130, 0.7),
        (420, 1100, 120, 0.65),
    ):
        h = 560 * s
        stalk = curve(
            [
                (x0, y0),
                (x0 + bend * 0.05, y0 - h * 0.6),
                (x0 + bend * 0.4, y0 - h),
                (x0 + bend * 0.8, y0 - h * 0.93),
                (x0 + bend * 1.15, y0 - h * 0.70),
            ],
            n=12,
        )
        leaf = curve([(x0, y0), (x0 - bend * 0.2, y0 - h * 0.5), (x0 - bend * 0.75, y0 - h * 0.72)])
        c.taper(leaf, 26 * s, 2, Grad(("#d9b83f", "#7f8a2f"), 0))
        c.taper(stalk, 11 * s, 5, "#a97a1f")
        for k in range(20, len(stalk)):
            px, py = stalk[k]
            for side in (-1, 1):
                ang = 62 * side + 90 * (1 if bend > 0 else -1) * ((k - 20) / len(stalk) - 0.1)
                g = place(curve([(0, 0), (9, -17), (0, -44), (-9, -17)], closed=True), px, py, s)
                g = turn(g, ang + (120 if bend > 0 else -120), px, py)
                c.poly(g, c.pick(("#ffe28a", "#f6c94f", "#e3a92f")))
                c.shade(g, "#8a5514", 0.55, 40, 0.4)


@picture()
def kebun_kopi(c: Canvas) -> None:
    """A branch of ripe coffee before the rows on the hills."""
    c.bg("#b8d9e8", "#e4efdc", "#f9f0cf", y1=600)
    c.glow(1300, 220, 480, "#fffce6", 0.9)
    ridge(c, 420, 120, "#9fbfc4", first=2)
    c.soft(box(0, 440, 1600, 60), "#f9f4e0", 30, 0.8)
    for i in range(4):
        base = 530 + i * 90
        col = mix("#7fa890", "#2a5f46", i / 3)
        pts = ridge(c, base, 60, col, rough=0.35, first=2)
        for px, py in pts[:: 4 + i]:
            for k in range(2):
                bush(
                    c,
                    px,
                    py + 26 + k * 46 + i * 8,
                    15 + 9 * i,
                    mix(col, "#123a2c", 0.35),
                    mix(col, "#d9eba0", 0.45),
                )
    person(
        c, 1190, 830, 210, "work", "#d9542f", "#33405f", "#5d3823", "#f3dca0", "caping", flip=True
    )
    c.poly(ell(1115, 735, 52, 30), ("#c9914f", "#7f522a"))
    for _ in range(18):
        c.dot(1115 + c.r(-36, 36), 718 + c.r(-8, 8), 8, c.pick(("#c9302f", "#e0523a")))
    c.haze(700, 1067, "#0f3a2c", 0.0, 0.45)
    branch = curve([(-30, 250), (220, 330), (480, 470), (720, 680), (860, 900)])
    c.taper(branch, 34, 10, "#5d3f2a")

    def leaf(x: float, y: float, ang: float, s: float) -> None:
        shape = curve([(0, 0), (70, -58), (190, -62), (310, 0), (190, 56), (70, 50)], closed=True)
        shape = turn(place(shape, x, y, s), ang, x, y)
        c.soft([(a + 10, b + 22) for a, b in shape], "#0b2a20", 12, 0.35)
        c.poly(shape, c.pick(("#1f6b45", "#247a4c", "#185a3c")))
        c.shade(shape, "#8fd07a", 0.65, 200 - ang, 0.45)
        c.line(turn(place([(0, 0), (300, 0)], x, y, s), ang, x, y), 4 * s, "#a9dc8f")
        for k in range(5):
            for sd in (-1, 1):
                q = place([(40 + k * 48, 0), (78 + k * 48, sd * 40)], x, y, s)
                c.line(turn(q, ang, x, y), 2 * s, "#6fb573", 0.7)

    for k, (x, y) in enumerate(branch[6::9]):
        leaf(x, y, -62 + 8 * k, 1.1 - k * 0.05)
        leaf(x, y, 98 + 6 * k, 1.0 - k * 0.05)
    for x, y in branch[4::9]:
        for _ in range(8):
            bx, by, r = x + c.r(-62, 62), y + c.r(-44, 62), c.r(28, 37)
            col = c.pick(("#c4202c", "#e0392f", "#a81a2c", "#e85f2f", "#d9a030"))
            c.soft(ell(bx + 4, by + 10, r), "#2a0d14", 6, 0.4)
            c.dot(bx, by, r, col)
            c.shade(ell(bx, by, r), "#4a0a1c", 0.7, 40, 0.4)
            c.dot(bx - r * 0.32, by - r * 0.36, r * 0.24, "#ffd9c4", 0.85)
            c.dot(bx + r * 0.25, by + r * 0.55, r * 0.12, "#5a1018")
    leaf(840, 880, 30, 0.9)
    leaf(850, 890, 120, 0.8)


@picture()
def gunung_kabut(c: Canvas) -> None:
    """A smoking volcano above layer upon layer of mist."""
    c.bg("#1e4d5f", "#4f8a8f", "#a9c9b4", "#f0e3b8", y1=760)
    c.glow(1080, 420, 620, "#fbeec0", 0.7)
    cone = curve(
        [
            (240, 700),
            (520, 560),
            (760, 330),
            (860, 215),
            (900, 232),
            (950, 222),
            (985, 210),
            (1080, 330),
            (1300, 540),
            (1640, 700),
        ]
    )
    for i in range(9):
        c.soft(ell(925 + i * 46, 190 - i * 24, 34 + i * 15, 20 + i * 8), "#f4ead0", 16, 0.55)
    c.poly([*cone, (1640, 900), (240, 900)], ("#3f6f7c", "#8fb5ac"))
    c.shade([*cone, (1640, 900), (240, 900)], "#f4e4b8", 0.6, 90, 0.5)
    for k in range(10):
        x = 820 + k * 22
        c.line(
            curve([(x, 260 + abs(k - 5) * 6), (x + (k - 5) * 30, 420), (x + (k - 5) * 62, 560)]),
            4,
            "#2f5f6c",
            0.35,
        )
    tones = ("#7fa9a0", "#5f9088", "#437568", "#2b594f", "#183f3a", "#0c2a2a")
    for i, col in enumerate(tones):
        y = 600 + i * 76
        pts = ridge(
            c, y, 60 + i * 8, (col, mix(col, "#e9e8cc", 0.35 if i < 5 else 0)), first=3 + i % 3
        )
        if i >= 3:
            for px, py in pts[:: 2 if i < 5 else 3]:
                h = c.r(16, 34) * (i - 1.5)
                c.poly([(px - h * 0.26, py + 12), (px, py - h), (px + h * 0.26, py + 12)], col)
        if i < 5:
            c.soft(box(-100, y + 44, 1800, 30), "#f2ecd0", 22, 0.65)
    gulls(c, 420, 300, 180, 9, "#173f47", 24)


@picture()
def menara_sinyal(c: Canvas) -> None:
    """A mast on the hill calls out over a village at nightfall."""
    c.bg("#141c4a", "#3a3478", "#a5528a", "#f58f72", y1=800)
    stars(c, 200, 460)
    cx, cy = 1010.0, 250.0
    for i in range(6):
        r = 90 + i * 78
        for base in (-180, 0):
            arc = [
                (
                    cx + r * math.cos(math.radians(base + a)),
                    cy + r * math.sin(math.radians(base + a)),
                )
                for a in range(-38, 39, 2)
            ]
            c.line(arc, 9 - i, "#ffd8a0", 0.75 - i * 0.11)
    ridge(c, 700, 90, "#7a3f7f", first=3)
    c.haze(620, 800, "#f79a7c", 0.0, 0.35)
    ridge(c, 770, 70, "#4f2c6a", first=4)
    hill = curve(
        [(300, 1067), (560, 930), (860, 800), (1010, 770), (1180, 800), (1450, 900), (1700, 1067)]
    )
    c.poly(hill, ("#3a2460", "#1c1440"))
    c.shade(hill, "#e8787a", 0.5, 270, 0.55)
    c.glow(cx, cy, 150, "#ffb08a", 0.8)
    for s in (-1, 1):
        c.line([(cx + s * 84, 785), (cx + s * 12, 250)], 9, "#120f30")
    for k in range(13):
        t0, t1 = k / 13, (k + 1) / 13
        w0, w1 = 84 - 72 * t0, 84 - 72 * t1
        y0, y1 = 785 - 535 * t0, 785 - 535 * t1
        c.line([(cx - w0, y0), (cx + w1, y1)], 4, "#120f30")
        c.line([(cx + w0, y0), (cx - w1, y1)], 4, "#120f30")
        c.line([(cx - w0, y0), (cx + w0, y0)], 4, "#120f30" if k % 2 else "#b83a4a")
    c.line([(cx, 250), (cx, 150)], 6, "#120f30")
    for y, s in ((300, 1), (360, -1), (420, 1)):
        c.poly(ell(cx + s * 44, y, 16, 34), "#efe3e0")
        c.poly(ell(cx + s * 48, y, 10, 28), "#b9a0b0")
    for s in (-1, 1):
        for y in (262, 330):
            c.rrect(cx + s * 26 - 8, y, 16, 50, 4, "#e9dcd8")
    c.dot(cx, 148, 10, "#ff5a4a")
    c.glow(cx, 148, 90, "#ff6a5a", 0.9)
    ridge(c, 1000, 40, "#140f34", first=3)
    for x, y, w, h in (
        (120, 980, 150, 70),
        (330, 1010, 170, 80),
        (560, 1030, 150, 66),
        (40, 1050, 190, 76),
        (760, 1056, 160, 66),
        (1260, 1040, 160, 74),
        (1460, 1010, 150, 70),
    ):
        house(c, x, y, w, h, ("#3a2a5c", "#2a1f4a"), "#0d0a26", "#ffc869", 16)
        c.glow(x + w * 0.5, y - h * 0.5, 110, "#ffb45a", 0.35)
    palm(c, 270, 1060, 330, "#0b0822", 0.1)
    palm(c, 1560, 1067, 380, "#0b0822", -0.16)
    person(c, 520, 1050, 120, "work", "#0b0822")
    c.rect(548, 972, 12, 22, "#bfe9ff")
    c.glow(554, 983, 60, "#9fdcff", 0.7)


@picture()
def panel_surya(c: Canvas) -> None:
    """Rows of solar panels on a green slope at noon."""
    c.bg("#1f7fd0", "#62b4ea", "#c8ecf4", y1=520)
    sun(c, 1230, 190, 74, "#fffdf0", "#fff2b0", 6)
    for i in range(16):
        t = math.radians(i * 22.5 + 8)
        c.line(
            [
                (1230 + 112 * math.cos(t), 190 + 112 * math.sin(t)),
                (1230 + 160 * math.cos(t), 190 + 160 * math.sin(t)),
            ],
            9,
            "#fff6cc",
            0.8,
        )
    cloud(c, 380, 220, 480, "#d9f0f6", "#ffffff", 0.95)
    cloud(c, 830, 330, 260, "#d9f0f6", "#ffffff", 0.85)
    ridge(c, 470, 70, "#7fc0a8", first=3)
    ridge(c, 520, 34, "#5fae7a", first=4)
    c.rect(0, 540, 1600, 530, ("#9fd05f", "#5fa83f", "#2f7a3a"))
    for x in (90, 210, 1440, 1540):
        tree(c, x, 560, 150, "#2f8048", "#a9d667", "#5f4a34")
    house(c, 330, 560, 160, 66, "#fbf3e0", "#c9533a", "#4f7f9f")
    c.poly([(350, 492), (372, 452), (452, 452), (462, 492)], ("#2f5fae", "#1a3570"))
    for row in range(4):
        y = 610 + 120 * row + row * row * 16
        s = 0.55 + row * 0.28
        n = 9 - row
        for i in range(-1, n + 1):
            w = 190 * s
            x = 60 + i * w * 1.02 - row * 90 + (row % 2) * 20
            h = 92 * s
            skew = 50 * s
            p = [(x + skew, y), (x + skew + w * 0.94, y), (x + w * 0.94, y + h), (x, y + h)]
            c.soft([(a + 10, b + h * 0.5) for a, b in p], "#1f5a2f", 8, 0.4)
            for px in (x + w * 0.2, x + w * 0.8):
                c.rect(px, y + h * 0.7, 7 * s, h * 0.62, "#6b7f86")
            c.poly(p, Grad(("#4f9fe8", "#1f4fa5", "#14296a"), 40))
            for k in range(1, 6):
                u = k / 6
                c.line(
                    [(x + skew + w * 0.94 * u, y), (x + w * 0.94 * u, y + h)],
                    1.8 * s,
                    "#bfe0fa",
                    0.8,
                )
            for k in range(1, 3):
                v = k / 3
                c.line(
                    [(x + skew * (1 - v), y + h * v), (x + skew * (1 - v) + w * 0.94, y + h * v)],
                    1.8 * s,
                    "#bfe0fa",
                    0.8,
                )
            c.poly(
                [
                    (x + skew + w * 0.5, y),
                    (x + skew + w * 0.72, y),
                    (x + w * 0.42, y + h),
                    (x + w * 0.20, y + h),
                ],
                "#ffffff",
                0.16,
            )
            c.line([*p, p[0]], 4 * s, "#eaf4fa")
    person(c, 1300, 1040, 300, "work", "#f0822f", "#2b3f5f", "#7a4a34", "#ffe27a", "cap", flip=True)
    c.rrect(1180, 850, 46, 62, 6, "#22334a")
    for _ in range(120):
        x, y = c.r(0, 1600), c.r(1000, 1067)
        c.line([(x, y + 30), (x + c.r(-8, 8), y)], 4, c.pick(("#2f7a3a", "#4f9a3f", "#8fc85a")))


@picture()
def kincir_angin(c: Canvas) -> None:
    """White turbines along a pastel coast."""
    c.bg("#b9a8e0", "#f0bfd0", "#ffdcc0", "#fff1d8", y1=700)
    c.glow(380, 560, 520, "#fff8e6", 0.9)
    cloud(c, 1130, 200, 620, "#f3c6d4", "#fff3ee", 0.9)
    cloud(c, 300, 300, 360, "#f0c6d6", "#fff3ee", 0.8)
    cloud(c, 760, 420, 300, "#f6d0d0", "#fff6ee", 0.7)
    water(c, 650, ("#f6d8cc", "#a9b8e0", "#7f9fd0"), "#ffffff", "#7f8fc4", 160)

    def turbine(x: float, y: float, h: float, ang: float, tone: str) -> None:
        c.poly(
            [
                (x - h * 0.022, y),
                (x - h * 0.009, y - h),
                (x + h * 0.009, y - h),
                (x + h * 0.022, y),
            ],
            Grad((tone, mix(tone, "#8f86c0", 0.5)), 90),
        )
        hub = (x, y - h)
        for k in range(3):
            blade = curve(
                [
                    (0, 0),
                    (h * 0.03, -h * 0.10),
                    (h * 0.012, -h * 0.34),
                    (0, -h * 0.56),
                    (-h * 0.006, -h * 0.3),
                ],
                closed=True,
            )
            b = turn([(hub[0] + px, hub[1] + py) for px, py in blade], ang + k * 120, *hub)
            c.poly(b, tone)
            c.shade(b, "#8f86c0", 0.5, 60, 0.4)
        c.dot(*hub, h * 0.022, mix(tone, "#6f66a0", 0.4))

    for x, y, h, a in (
        (1500, 640, 150, 10),
        (1380, 644, 130, 50),
        (1270, 648, 110, 80),
        (1180, 650, 96, 20),
    ):
        turbine(x, y + 8, h, a, "#fbeef0")
    far = curve([(0, 690), (300, 640), (620, 670), (860, 730), (980, 800)])
    c.poly([*far, (1000, 1067), (0, 1067)], ("#a9c0a8", "#6f9f94"))
    turbine(560, 690, 320, 35, "#ffffff")
    turbine(250, 680, 360, 95, "#ffffff")
    mid = curve([(-20, 900), (400, 800), (760, 790), (1150, 880), (1620, 800)])
    c.poly([*mid, (1620, 1100), (-20, 1100)], ("#8fb86f", "#3f7f62"))
    c.shade([*mid, (1620, 1100), (-20, 1100)], "#fff3b8", 0.6, 225, 0.5)
    road = curve([(900, 815), (1010, 870), (930, 940), (1120, 1010), (1080, 1100)])
    c.taper(road, 14, 90, "#f6e6cc")
    turbine(1240, 900, 690, 18, "#ffffff")
    turbine(860, 810, 470, 62, "#fffafa")
    for x, y in ((150, 940), (230, 930), (330, 960), (420, 920)):
        c.poly(ell(x, y, 34, 20), "#fffaf0")
        c.dot(x + 34, y - 10, 11, "#4a3f4a")
        for dx in (-18, 16):
            c.rect(x + dx, y + 12, 6, 22, "#4a3f4a")
    person(c, 560, 1010, 190, "stand", "#d9573f", "#3a3f6a", "#7a4a34", "#f6e0a8", "caping")
    for _ in range(200):
        x, y = c.r(0, 1600), c.r(960, 1067)
        c.line([(x, y + 24), (x + 12, y)], 3, c.pick(("#2f6f55", "#5fa05f", "#b9d682")), 0.8)


@picture()
def layang_layang(c: Canvas) -> None:
    """Great kites over a ridge where children hold the strings."""
    c.bg("#1490b8", "#4fbcd0", "#b5e6d8", "#fff0c0")
    cloud(c, 300, 700, 620, "#d6f0e4", "#ffffff", 0.85)
    cloud(c, 1320, 620, 560, "#d6f0e4", "#ffffff", 0.85)
    cloud(c, 900, 300, 360, "#a9e0e0", "#effcf8", 0.6)

    def kite(x: float, y: float, s: float, ang: float, a: str, b: str, d: str, hand: Point) -> None:
        c.line(
            curve([(x, y), ((x + hand[0]) / 2 + 60, (y + hand[1]) / 2 + 90), hand]),
            2,
            "#f7fbf4",
            0.9,
        )
        wing = [
            (0, -150),
            (60, -100),
            (190, -120),
            (120, -30),
            (60, 0),
            (40, 90),
            (90, 170),
            (0, 130),
        ]
        left = [(-px, py) for px, py in wing[::-1]]
        outline = [(float(px), float(py)) for px, py in wing + left[1:-1]]
        body = turn(place(outline, x, y, s), ang, x, y)
        c.poly(body, a)
        with c.clip(body):
            c.poly(
                turn(place([(0, -160), (0, 180), (-200, 180), (-200, -160)], x, y, s), ang, x, y), b
            )
            for k in range(4):
                ring = turn(place(ell(0, -10, 150 - k * 34, 120 - k * 28), x, y, s), ang, x, y)
                c.line([*ring, ring[0]], 9 * s, d)
            c.poly(turn(place(ell(0, -10, 30, 30), x, y, s), ang, x, y), "#fff4d0")
        c.shade(body, "#2a1030", 0.35, 30, 0.4)
        tail = turn(
            place([(0, 130), (-30, 230), (30, 330), (-20, 430), (30, 520)], x, y, s), ang, x, y
        )
        c.taper(curve(tail), 22 * s, 5 * s, d)
        for p in curve(tail)[8::9]:
            c.poly(
                [
                    (p[0] - 24 * s, p[1] - 10 * s),
                    (p[0] + 24 * s, p[1] + 10 * s),
                    (p[0] + 24 * s, p[1] - 10 * s),
                    (p[0] - 24 * s, p[1] + 10 * s),
                ],
                a,
            )

    hill = curve([(-20, 960), (300, 900), (640, 930), (980, 880), (1300, 910), (1620, 860)])
    kids = (
        (300, 905, 170, False, "#e0452f"),
        (700, 930, 150, True, "#7a3f9f"),
        (1010, 885, 175, True, "#f08a2f"),
        (1330, 905, 150, True, "#22607f"),
    )
    kites = (
        (520, 300, 1.15, -14, "#e03a3a", "#ffb02e", "#7a1530"),
        (220, 240, 0.5, -24, "#7a3f9f", "#f4a0c0", "#ffffff"),
        (880, 200, 0.62, 10, "#ffcf3a", "#ff7a3c", "#9f2f2f"),
        (1230, 360, 0.9, 16, "#1f4f8f", "#39b0a0", "#ffe27a"),
    )
    for (x, y, s, ang, a, b, d), (kx, ky, kh, fl, _) in zip(kites, kids, strict=True):
        f = -1 if fl else 1
        kite(x, y, s, ang, a, b, d, (kx + f * 0.22 * kh, ky - 1.08 * kh))
    for x, y, col in (
        (1460, 160, "#ffffff"),
        (70, 470, "#ff7a5a"),
        (1080, 110, "#e03a7a"),
        (690, 90, "#2f7f5f"),
    ):
        c.poly([(x, y - 34), (x + 24, y), (x, y + 44), (x - 24, y)], col)
        c.line(curve([(x, y + 44), (x - 12, y + 76), (x + 8, y + 104)]), 3, col)
    c.poly([*hill, (1620, 1100), (-20, 1100)], ("#7fae4a", "#2a6a48"))
    c.shade([*hill, (1620, 1100), (-20, 1100)], "#f6e88f", 0.6, 200, 0.55)
    for x, y, h, fl, col in kids:
        person(c, x, y + 12, h, "reach", col, "#26324f", "#6b4028", "#221a1f", "hair", flip=fl)
    person(c, 480, 930, 130, "run", "#2fa08a", "#26324f", "#6b4028", "#221a1f", "hair")
    for _ in range(260):
        x, y = c.r(0, 1600), c.r(930, 1067)
        c.line(
            [(x, y + 30), (x + c.r(0, 16), y)], 3, c.pick(("#2f7048", "#5f9a48", "#b9cf6a")), 0.8
        )


@picture()
def satelit(c: Canvas) -> None:
    """A satellite above the curved edge of the blue planet."""
    c.bg("#02040f", "#060c24", "#0b1a3f")
    c.glow(1300, 120, 700, "#3a2f7f", 0.35)
    c.glow(300, 300, 500, "#1f4f7f", 0.3)
    stars(c, 480, 1067)
    for _ in range(12):
        x, y = c.r(0, 1600), c.r(0, 500)
        c.glow(x, y, 26, "#cfe4ff", 0.8)
    ex, ey, er = 700.0, 2180.0, 1500.0
    for k in range(14):
        c.poly(ell(ex, ey, er + 70 - k * 5), mix("#0b1a3f", "#5fc4f4", k / 14), 0.22)
    globe = [
        (ex + er * math.cos(math.radians(a / 2)), ey + er * math.sin(math.radians(a / 2)))
        for a in range(-360, 1)
    ]
    with c.clip(globe):
        c.rect(0, 640, 1600, 430, ("#2f9fd8", "#155a9f", "#0a2a5f"))
        for x, y, rx, ry in (
            (420, 830, 210, 70),
            (660, 900, 150, 60),
            (980, 840, 240, 60),
            (860, 990, 200, 60),
            (250, 1000, 170, 70),
            (1300, 990, 180, 60),
            (560, 770, 70, 22),
            (760, 790, 60, 18),
        ):
            blob = curve(
                [
                    (
                        x + rx * c.r(0.7, 1.1) * math.cos(t / 9 * math.tau),
                        y + ry * c.r(0.6, 1.15) * math.sin(t / 9 * math.tau),
                    )
                    for t in range(9)
                ],
                closed=True,
            )
            c.poly(blob, ("#4fa86a", "#8f9a4f"))
            c.shade(blob, "#0f4a3f", 0.6, 20, 0.3)
        for _ in range(26):
            x, y, w = c.r(0, 1500), c.r(730, 1060), c.r(80, 320)
            c.poly(
                curve(
                    [
                        (x, y),
                        (x + w * 0.3, y - 14),
                        (x + w * 0.7, y - 8),
                        (x + w, y + 6),
                        (x + w * 0.5, y + 12),
                    ],
                    closed=True,
                ),
                "#ffffff",
                c.r(0.25, 0.6),
            )
        c.shade(globe, "#02081c", 0.95, 90, 0.45, grain=0.3)
        for i in range(18):
            c.poly(
                [
                    *globe[::4],
                    *[
                        (
                            ex + (er - 14 - i) * math.cos(math.radians(a / 2)),
                            ey + (er - 14 - i) * math.sin(math.radians(a / 2)),
                        )
                        for a in range(0, -361, -4)
                    ],
                ],
                "#c9f4ff",
                0.05,
            )
    c.glow(180, 760, 420, "#fff4d0", 0.75)
    c.glow(170, 770, 150, "#ffffff", 0.9)
    sx, sy, ang = 980.0, 360.0, -22.0

    def at(pts: list[Point]) -> list[Point]:
        return turn(place(pts, sx, sy, 1.15), ang, sx, sy)

    for side in (-1, 1):
        c.line(at([(side * 60, 0), (side * 140, 0)]), 10, "#b9c4d0")
        for k in range(3):
            x0 = side * (140 + k * 118)
            panel = at([(x0, -72), (x0 + side * 110, -72), (x0 + side * 110, 72), (x0, 72)])
            c.poly(panel, Grad(("#5f9ff0", "#2347a5", "#16246a"), 30))
            for m in range(1, 4):
                c.line(
                    at([(x0 + side * 27.5 * m, -72), (x0 + side * 27.5 * m, 72)]), 2, "#a9d0ff", 0.8
                )
            for m in range(1, 5):
                c.line(
                    at([(x0, -72 + m * 28.8), (x0 + side * 110, -72 + m * 28.8)]), 2, "#a9d0ff", 0.8
                )
            c.line([*panel, panel[0]], 4, "#dfe9f4")
    body = at([(-62, -84), (62, -84), (62, 84), (-62, 84)])
    c.poly(body, Grad(("#fff0b8", "#e0a33a", "#8a5a1f"), 60))
    for y in (-40, 0, 40):
        c.line(at([(-62, y), (62, y)]), 3, "#a86f24")
    c.poly(at([(62, -84), (92, -60), (92, 100), (62, 84)]), "#6b451c")
    dish = at(curve([(-90, 110), (-40, 146), (0, 154), (40, 146), (90, 110)]))
    c.poly(dish, ("#ffffff", "#b4c2d0"))
    c.line(at([(0, 84), (0, 130)]), 9, "#b9c4d0")
    c.line(at([(0, 112), (0, 74)]), 4, "#dfe9f4")
    p = at([(0, 176)])[0]
    for i in range(5):
        r = 40 + i * 44
        c.line(
            [
                (p[0] + r * math.cos(math.radians(a)), p[1] + r * math.sin(math.radians(a)))
                for a in range(40, 96, 3)
            ],
            6 - i * 0.7,
            "#ffe6a0",
            0.8 - i * 0.13,
        )


@picture()
def truk_gunung(c: Canvas) -> None:
    """A painted truck climbs a road of hairpin bends."""
    c.bg("#f4b183", "#f9d5a5", "#fdf0d0", y1=520)
    sun(c, 300, 210, 54, "#fffaf0", "#ffe8b8", 6)
    ridge(c, 330, 150, "#d9a88f", first=2)
    ridge(c, 440, 130, "#b98a86", first=3)
    c.haze(300, 560, "#fdeccb", 0, 0.5)
    slope = curve(
        [(0, 560), (300, 470), (620, 400), (900, 300), (1180, 180), (1400, 150), (1620, 60)]
    )
    c.poly([*slope, (1620, 1100), (0, 1100)], ("#7f9f6f", "#4a7a5a", "#2a5548"))
    c.shade([*slope, (1620, 1100), (0, 1100)], "#f9d68f", 0.6, 230, 0.5)
    bends = curve(
        [
            (1330, 165),
            (1160, 240),
            (1010, 300),
            (1180, 340),
            (1420, 380),
            (1300, 440),
            (900, 470),
            (640, 520),
            (820, 590),
            (1250, 610),
            (1500, 680),
            (1330, 770),
            (800, 800),
            (300, 860),
            (-60, 960),
        ]
    )
    n = len(bends)
    for extra, col in ((16, "#24463f"), (0, "#d9c8ac")):
        for i in range(n - 1):
            w = 16 + 150 * (i / n) ** 2.2
            c.line(bends[i : i + 2], w + extra * (0.3 + i / n), col)
    for i in range(0, n - 1, 3):
        w = 2 + 7 * (i / n) ** 2
        c.line(bends[i : i + 2], w, "#ffffff", 0.9)
    for _ in range(70):
        x = c.r(0, 1600)
        y = c.r(520, 740)
        if min(math.hypot(x - px, (y - py) * 1.6) for px, py in bends[::4]) > 80:
            bush(c, x, y, c.r(18, 38), "#2f6a4c", "#8fb86a")
    for x, y, s in ((1130, 262, 0.16), (1150, 612, 0.30)):
        c.rect(x, y - 120 * s, 190 * s, 110 * s, "#c9473a")
        c.rect(x + 195 * s, y - 90 * s, 70 * s, 82 * s, "#f0e4c8")
    c.soft(ell(650, 880, 330, 24), "#2a2a2a", 14, 0.6)
    c.poly([(330, 560), (770, 560), (770, 800), (330, 800)], ("#2f7fae", "#1f567f"))
    for i in range(7):
        c.rect(330, 575 + i * 34, 440, 5, "#123a5a")
    for i in range(9):
        x = 346 + i * 48
        c.rect(x, 560, 8, 240, "#123a5a", 0.55)
    for i, col in enumerate(("#ffd24a", "#e0452f", "#f6efe0")):
        c.poly(
            [
                (380 + i * 130, 690),
                (430 + i * 130, 640),
                (480 + i * 130, 690),
                (430 + i * 130, 740),
            ],
            col,
        )
        c.dot(430 + i * 130, 690, 20, "#2a5a4a")
    load = curve(
        [(330, 566), (350, 480), (450, 440), (560, 430), (680, 450), (756, 500), (772, 566)]
    )
    c.poly(load, ("#8fb04a", "#4a7030"))
    for _ in range(90):
        x = c.r(350, 750)
        y = c.r(465, 560)
        c.dot(x, y, c.r(14, 24), c.pick(("#6f9a3c", "#a9c85f", "#c9dd7f", "#4f7f34")))
    cab = curve(
        [
            (782, 800),
            (782, 590),
            (800, 570),
            (930, 570),
            (960, 590),
            (1000, 690),
            (1020, 720),
            (1024, 800),
        ],
        n=4,
    )
    c.poly(cab, ("#f2b430", "#cf7f22"))
    c.shade(cab, "#8a3f14", 0.6, 20, 0.5)
    c.poly([(840, 600), (925, 600), (962, 690), (840, 690)], ("#bfe6ea", "#6fa9b9"))
    c.dot(890, 656, 22, "#5d3823")
    c.rect(862, 676, 62, 16, "#c9372f")
    c.rect(782, 730, 240, 12, "#c9372f")
    c.dot(1012, 762, 17, "#fffbe0")
    c.glow(1040, 764, 120, "#fff0b0", 0.6)
    c.rect(330, 798, 700, 22, "#22302f")
    for x in (430, 560, 910):
        c.dot(x, 830, 56, "#1f2426")
        c.dot(x, 830, 26, "#cfd4d0")
        c.dot(x, 830, 10, "#1f2426")
    for i in range(6):
        c.soft(ell(270 - i * 34, 830 - i * 14, 40 + i * 8, 22), "#f6e8d0", 14, 0.4)
    c.poly(
        [
            *curve([(-20, 1010), (300, 960), (700, 985), (1100, 930), (1620, 900)]),
            (1620, 1100),
            (-20, 1100),
        ],
        ("#2a5a48", "#12332f"),
    )
    for _ in range(60):
        x = c.r(0, 1600)
        bush(c, x, 985 + c.r(-10, 60) - (x - 700) * 0.05, c.r(22, 46), "#174038", "#4f8a5a")
    for i in range(9):
        x, y = 120 + i * 170, 946 - i * 11
        c.rect(x, y - 36, 12, 62, "#f6f0e0")
        c.rect(x, y - 20, 12, 14, "#c9372f")


@picture()
def lari_pesisir(c: Canvas) -> None:
    """Runners on wet sand in the early light, the surf at their side."""
    c.bg("#64c3d6", "#b8e3d8", "#ffe9c4", "#ffc9a0", y1=470)
    sun(c, 1320, 400, 60, "#fffbe8", "#ffe2b0", 7)
    cloud(c, 420, 240, 480, "#e4eee0", "#ffffff", 0.85)
    head = curve([(0, 470), (0, 330), (160, 300), (330, 350), (470, 420), (640, 470)])
    c.poly(head, ("#6fae9a", "#8fc0aa"))
    for x in (60, 150, 240):
        palm(c, x, 350, 120, "#3f7f72", 0.12)
    water(c, 465, ("#f9d9b4", "#5fc0c0", "#2f9fb0"), "#ffffff", "#2a8a9f", 200, bottom=780)
    for k in range(4):
        y = 600 + k * 44
        pts = [
            (x * 20.0, y + 10 * math.sin(x / 5 + k * 2) + x * (0.9 - k * 0.1))
            for x in range(-1, 82)
        ]
        c.line(pts, 5 + 4 * k, "#ffffff", 0.85)
    shore = [(x * 20.0, 770 + 16 * math.sin(x / 6 + 1) - x * 0.8) for x in range(-1, 82)]
    c.poly([*shore, (1640, 1100), (-20, 1100)], ("#d9b48a", "#f4d9a8", "#e8bc84"))
    c.line(shore, 16, "#ffffff")
    c.poly(
        [*shore, *[(x, y + 60 + 12 * math.sin(x / 120)) for x, y in shore[::-1]]], "#a9c4b4", 0.5
    )
    runners = (
        (1290, 830, 250, "#f6efe0", "#22304f", "#7a4a34", "#e0452f", "cap"),
        (1060, 850, 290, "#ff6a4a", "#22304f", "#8a5638", "#221a1f", "hair"),
        (800, 880, 340, "#2f6fae", "#1a2438", "#6b4028", "#f2c84a", "scarf"),
        (500, 910, 400, "#ffcf3a", "#3a2f5f", "#7a4a34", "#221a1f", "hair"),
        (180, 960, 470, "#e23a6a", "#1f3a4f", "#8a5638", "#22304f", "cap"),
    )
    for x, y, h, top, low, skin, hat, kind in runners:
        c.poly(
            [
                (x - h * 0.36, y + h * 0.03),
                (x, y + h * 0.02),
                (x + h * 0.3, y + h * 0.05),
                (x, y + h * 0.07),
            ],
            "#7a5a4a",
            0.35,
        )
        person(c, x, y, h, "run", top, low, skin, hat, kind)
        c.rrect(x + h * 0.02, y - h * 0.70, h * 0.085, h * 0.085, 4, "#ffffff")
    for _ in range(70):
        x, y = c.r(0, 1300), c.r(880, 1040)
        c.dot(x, y, c.r(5, 12), "#b98a5f", 0.5, ry=c.r(2, 5))
    gulls(c, 900, 170, 260, 7, "#33606f", 24)
    c.line([(1500, 900), (1500, 560)], 10, "#f6efe0")
    flag = curve([(1500, 566), (1420, 590), (1360, 570), (1330, 600), (1400, 640), (1500, 650)])
    c.poly(flag, "#e0452f")
    c.shade(flag, "#7a1530", 0.5, 270, 0.3)
    rays(c, 1320, 380, 900, "#fff6d8", 60, 130, 5, 0.10)
    c.dot(1450, 1020, 30, "#e8906a", ry=20)
    for k in range(5):
        c.line(
            [(1450, 1020), (1450 + 34 * math.cos(k * 1.25), 1020 + 24 * math.sin(k * 1.25))],
            10,
            "#e8906a",
        )


@picture()
def taman_kota(c: Canvas) -> None:
    """A park: one great tree, a bench, a path, and light through the leaves."""
    c.bg("#bfe6dc", "#e6f4d0", "#fdf6c8", y1=560)
    for i in range(13):
        x, w, h = i * 130 - 30, c.r(80, 120), c.r(120, 320)
        c.rect(x, 540 - h, w, h, ("#b9d4d0", "#d9e6cf"))
        windows(c, x + 8, 550 - h, w - 16, h - 20, 4, int(h / 26), ("#a4c6c6",), 0.9)
    for i in range(12):
        tree(c, i * 145, 580, c.r(150, 220), "#5fa868", "#c0dd8a", "#6b5a44")
    c.rect(0, 560, 1600, 510, ("#a9d667", "#6fb84f", "#3f8f48"))
    path = curve([(1010, 566), (930, 640), (1010, 740), (1240, 860), (1290, 1090)])
    c.taper(path, 26, 420, "#f2dfb4")
    pond = curve(
        [(1180, 660), (1340, 630), (1560, 650), (1640, 720), (1440, 760), (1240, 730)], closed=True
    )
    c.poly(pond, ("#d9f2ec", "#5fb4b9"))
    c.line([*pond, pond[0]], 8, "#e9eac0")
    for x, y in ((1360, 690), (1440, 710)):
        c.poly(
            curve(
                [
                    (x - 30, y - 8),
                    (x + 16, y - 10),
                    (x + 34, y - 20),
                    (x + 24, y + 10),
                    (x - 20, y + 10),
                ],
                closed=True,
            ),
            "#ffffff",
        )
        c.line(curve([(x - 24, y), (x - 34, y - 20), (x - 26, y - 32)]), 8, "#ffffff")
        c.dot(x - 34, y - 31, 4, "#f08a2f")
    shadow = curve(
        [(60, 880), (400, 810), (860, 850), (900, 930), (460, 990), (100, 960)], closed=True
    )
    c.soft(shadow, "#22603f", 26, 0.55)
    trunk = [
        *curve([(330, 930), (390, 780), (380, 560), (330, 360)]),
        *curve([(520, 360), (480, 560), (490, 780), (580, 930), (450, 900)]),
    ]
    c.poly(trunk, Grad(("#9f6f48", "#5f3f2c"), 90))
    for x, y in ((140, 300), (700, 290), (430, 200)):
        c.taper(curve([(430, 560), ((430 + x) / 2, 400), (x, y)]), 60, 22, "#6f4a32")
    blobs = [(c.r(-80, 860), c.r(-40, 330)) for _ in range(60)]
    for x, y in sorted(blobs, key=lambda b: -b[1]):
        rad = c.r(70, 120)
        if math.hypot((x - 400) / 520, (y - 100) / 320) < 1:
            c.dot(x, y, rad, mix("#2f8048", "#1f6a44", c.r()))
            c.shade(ell(x, y, rad), "#c4e078", 0.8, 150, 0.5)
    for _ in range(120):
        x, y = c.r(0, 860), c.r(0, 380)
        c.dot(x, y, c.r(4, 10), c.pick(("#e6f0a0", "#8fc85a", "#ffd86a")), 0.7)
    rays(c, 560, 120, 1000, "#fffbd0", 30, 86, 7, 0.22)
    c.soft(ell(700, 968, 180, 14), "#1f5a38", 8, 0.6)
    for y in (810, 838, 880, 900):
        c.rrect(560, y, 290, 18, 6, "#b8653a")
    for x in (584, 812):
        c.rect(x, 800, 12, 165, "#3a3f44")
    person(c, 650, 965, 240, "sit", "#d9472f", "#2f3f5f", "#7a4a34", "#2f6f8f", "scarf")
    person(c, 750, 965, 240, "sit", "#f6e6c0", "#5f4a3a", "#8a5638", "#2a2024", "hair")
    c.poly(turn(box(690, 868, 70, 46), -10, 720, 890), "#ffffff")
    person(c, 1060, 800, 170, "run", "#ffb02e", "#3a4f8f", "#7a4a34", "#221a1f", "hair")
    person(c, 1190, 880, 190, "run", "#7a4fae", "#2f4f4f", "#7a4a34", "#221a1f", "hair")
    c.dot(1320, 900, 26, "#e0452f")
    c.shade(ell(1320, 900, 26), "#ffffff", 0.6, 200, 0.5)
    bx, by = 1440, 960
    for dx in (-86, 86):
        c.line([*ell(bx + dx, by, 62), ell(bx + dx, by, 62)[0]], 8, "#26303f")
    c.line(
        [(bx - 86, by), (bx - 30, by - 80), (bx + 60, by - 80), (bx, by), (bx - 86, by)],
        8,
        "#e0452f",
    )
    c.line([(bx - 30, by - 80), (bx, by)], 8, "#e0452f")
    c.line([(bx + 86, by), (bx + 52, by - 116), (bx + 84, by - 124)], 8, "#e0452f")
    c.line([(bx - 30, by - 80), (bx - 38, by - 104)], 8, "#26303f")
    c.rrect(bx - 66, by - 114, 52, 14, 6, "#26303f")
    person(c, bx - 20, by + 30, 300, "sit", "#2f9f8f", "#2f3f5f", "#8a5638", "#f2efe2", "cap")
    for _ in range(130):
        x, y = c.r(0, 1100), c.r(990, 1067)
        c.line([(x, y + 20), (x + c.r(-6, 6), y - 6)], 4, "#2f7a40")
        if c.r() < 0.4:
            c.dot(x, y - 10, 8, c.pick(("#ffffff", "#ffd24a", "#f07fa0", "#e0452f")))
