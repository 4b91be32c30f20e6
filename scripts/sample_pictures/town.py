# A picture is one long list of strokes: cutting it into small functions would hide the composition.
# ruff: noqa: C901, PLR0912, PLR0915
"""Pictures of the city: its streets, water, halls and rooms."""

import math

from sample_pictures.canvas import Canvas, Grad, Point, box, curve, ell, mix, place, turn
from sample_pictures.motifs import (
    bush,
    canoe,
    cloud,
    gulls,
    house,
    lamp_post,
    lens,
    light_road,
    palm,
    person,
    rain,
    rays,
    ridge,
    stars,
    streaks,
    tree,
    water,
    windows,
)
from sample_pictures.registry import picture


@picture()
def pasar_induk(c: Canvas) -> None:
    """The wholesale hall at sunrise: trusses, shafts of light, crates and porters."""
    c.bg("#4a3a3f", "#8a6244", "#e0a860", y1=620)
    c.poly(
        [(520, 620), (520, 250), (800, 120), (1080, 250), (1080, 620)],
        ("#fff0c4", "#ffd890", "#f2b468"),
    )
    for k in range(6):
        t = k / 5
        x0, x1, y0 = 520 - 620 * t, 1080 + 620 * t, 250 - 170 * t
        ap = 120 - 190 * t
        w = 6 + 22 * t
        col = mix("#a8744a", "#2a2028", t)
        c.line([(x0, 700 + 240 * t), (x0, y0), (800, ap), (x1, y0), (x1, 700 + 240 * t)], w, col)
        c.line([(x0, y0), (x1, y0)], w * 0.7, col)
        for m in range(1, 6):
            u = m / 6
            yy = y0 + (ap - y0) * (1 - abs(u - 0.5) * 2)
            c.line(
                [
                    (x0 + (x1 - x0) * u, y0),
                    (x0 + (x1 - x0) * (u + (0.08 if u < 0.5 else -0.08)), yy),
                ],
                w * 0.4,
                col,
            )
    rays(c, 800, -200, 1500, "#ffe9b0", 60, 120, 9, 0.30)
    c.rect(0, 640, 1600, 430, ("#7a5238", "#3f2c2c"))
    c.poly([(470, 600), (1130, 600), (1900, 1067), (-300, 1067)], ("#f6cf8a", "#a8744a", "#5f4034"))
    c.glow(800, 600, 420, "#fff3cc", 0.7, 0.5)
    for x, h, pose, flip in (
        (740, 110, "walk", False),
        (830, 120, "carry", True),
        (900, 100, "stand", False),
        (690, 100, "carry", False),
    ):
        person(c, x, 650, h, pose, "#6b4430", flip=flip)
    heaps = (
        ("#3f8a3f", "#a9d65c"),
        ("#d9402f", "#ff9a6a"),
        ("#f29a2a", "#ffe08a"),
        ("#7a3f86", "#c79ad9"),
        ("#e8d9a0", "#fffae0"),
        ("#5f9a3f", "#d0e88a"),
    )
    for row in range(4):
        t = row / 3
        y, s = 640 + 390 * t**1.3, 0.38 + 1.0 * t
        for side in (-1, 1):
            for i in range(3):
                x = 800 + side * (240 + 210 * t + i * 190 * s * 1.02)
                col, lit = heaps[(row * 2 + i + (side > 0) * 3) % 6]
                w, h = 170 * s, 90 * s
                for m in range(26):
                    u = (m % 9) / 8 - 0.5
                    lev = m // 9
                    r = 19 * s
                    px, py = x + u * w * (0.9 - lev * 0.2), y - h - lev * r * 1.1
                    c.dot(px, py, r, mix(col, "#2a1a10", c.r(0, 0.18)))
                    c.shade(ell(px, py, r), lit, 0.8, 200, 0.5)
                c.rect(x - w / 2, y - h, w, h, ("#c98f52", "#7f5230"))
                for k in range(1, 3):
                    c.rect(x - w / 2, y - h + k * h / 3, w, 4 * s, "#4f321f")
                c.shade(box(x - w / 2, y - h, w, h), "#2a1a14", 0.6, 90 if side > 0 else 270, 0.4)
    j = person(c, 640, 1000, 430, "carry", "#c9432f", "#2f3a55", "#6b4028", "#2a2024", "hair")
    hx, hy = j["head"]
    for _ in range(22):
        c.dot(
            hx + c.r(-80, 80), hy - 84 - c.r(0, 60), 24, c.pick(("#4f9a3f", "#7fbf4f", "#3a7a3a"))
        )
    c.poly(
        [(hx - 110, hy - 84), (hx + 110, hy - 84), (hx + 84, hy - 26), (hx - 84, hy - 26)],
        ("#d9a05f", "#8a5a30"),
    )
    person(
        c,
        985,
        960,
        370,
        "work",
        "#2f7f86",
        "#3a2a3f",
        "#7a4a34",
        "#e9b04a",
        "scarf",
        robe=True,
        flip=True,
    )


@picture()
def pasar_malam(c: Canvas) -> None:
    """The night market: lamps on strings, striped awnings, a wheel and a crowd."""
    c.bg("#0d1238", "#2a1f58", "#6a2f6a", "#c9555a", y1=720)
    stars(c, 130, 300)
    cx, cy, r = 1200, 330, 250
    c.glow(cx, cy, 420, "#ff7fae", 0.4)
    for dx in (-130, 130):
        c.line([(cx, cy), (cx + dx, 720)], 12, "#3a1f4f")
    for k in range(12):
        t = math.radians(k * 30 + 8)
        c.line([(cx, cy), (cx + r * math.cos(t), cy + r * math.sin(t))], 4, "#e87fae")
    for rr in (r, r * 0.55):
        c.line([*ell(cx, cy, rr), ell(cx, cy, rr)[0]], 7, "#ff9ac0")
    for k in range(36):
        t = math.radians(k * 10)
        c.dot(cx + r * math.cos(t), cy + r * math.sin(t), 6, "#fff3b8")
    for k in range(12):
        t = math.radians(k * 30 + 8)
        x, y = cx + r * math.cos(t), cy + r * math.sin(t)
        c.poly(
            curve(
                [(x - 24, y + 4), (x + 24, y + 4), (x + 18, y + 34), (x - 18, y + 34)], closed=True
            ),
            c.pick(("#ffcf4a", "#4fd0c8", "#ff6a5a", "#a97fe8")),
        )
        c.poly([(x - 28, y + 6), (x, y - 14), (x + 28, y + 6)], "#fff0d8")
    c.glow(cx, cy, 90, "#fff0c0", 0.9)
    for i in range(9):
        x = i * 200 - 60
        c.rect(x, 610 - c.r(0, 80), 150, 200, "#2a1a4a")
    c.rect(0, 700, 1600, 370, ("#d97a4f", "#7a3350", "#2a1538"))
    for x, y, w, a, b in (
        (-60, 560, 420, "#e0402f", "#fff0d8"),
        (400, 590, 340, "#1f8f8a", "#fff0d8"),
        (780, 600, 320, "#f2a72a", "#c9302f"),
        (1180, 560, 460, "#7a3fa0", "#ffe08a"),
    ):
        c.glow(x + w / 2, y + 110, w * 0.8, "#ffd27a", 0.75)
        c.rect(x + 20, y + 60, w - 40, 190, ("#ffdf94", "#e89a4a"))
        n = 10
        for k in range(n):
            u0, u1 = x + w * k / n, x + w * (k + 1) / n
            top0, top1 = x + w * 0.08 + w * 0.84 * k / n, x + w * 0.08 + w * 0.84 * (k + 1) / n
            col = a if k % 2 else b
            c.poly([(top0, y - 40), (top1, y - 40), (u1, y + 60), (u0, y + 60)], col)
            c.poly(ell((u0 + u1) / 2, y + 60, w / n / 2, 18), col)
        c.shade(box(x, y - 40, w, 110), "#2a1040", 0.5, 0, 0.4)
        for k in range(3):
            c.dot(x + w * (0.25 + 0.25 * k), y + 110, 13, "#fffbe0")
        for k in range(9):
            c.dot(
                x + 44 + (w - 88) * k / 8,
                y + 196,
                w * 0.045,
                c.pick(("#e0402f", "#f2a72a", "#7fb04a", "#fff0d8")),
            )
        c.rect(x + 10, y + 208, w - 20, 70, ("#a8502f", "#5f2638"))
        person(
            c,
            x + w * 0.38,
            y + 268,
            190,
            "work",
            c.pick(("#22607f", "#7a2f4f", "#2f6f4f")),
            "#2a1538",
            "#7a4a34",
            "#ffe9c0",
            "scarf" if w > 350 else "cap",
        )
        c.rect(x + 10, y + 214, w - 20, 64, ("#a8502f", "#5f2638"))
        for k in range(4):
            c.soft(
                [
                    *curve(
                        [
                            (x + w * 0.6, y + 200),
                            (x + w * 0.6 - 12, y + 150 - k * 20),
                            (x + w * 0.6 + 14, y + 80 - k * 20),
                        ]
                    ),
                    (x + w * 0.6 + 24, y + 90 - k * 20),
                    (x + w * 0.6 + 16, y + 200),
                ],
                "#fff6e0",
                10,
                0.25,
            )
    for y0, sag, n in ((120, 130, 17), (240, 150, 14), (40, 90, 15)):
        pts = [(1600 * i / 40, y0 + sag * math.sin(math.pi * (i / 40 * 2 % 1))) for i in range(41)]
        c.line(pts, 3, "#1a1030")
        for k in range(n):
            px, py = pts[int(k * 40 / n) + 1]
            c.glow(px, py + 16, 54, "#ffd070", 0.8)
            c.dot(px, py + 16, 11, "#fff3c4")
    for i in range(26):
        x = -20 + i * 66 + c.r(-16, 16)
        h = c.r(230, 330)
        col = c.pick(("#1f1033", "#2a1540", "#180c2a", "#351a45"))
        kind = c.pick(("hair", "scarf", "cap"))
        person(
            c,
            x,
            1110 + c.r(0, 50),
            h,
            c.pick(("stand", "walk")),
            col,
            hat=mix(col, "#ff9a6a", 0.12),
            hat_kind=kind,
            skin=mix(col, "#ff9a5a", 0.08),
            flip=c.r() < 0.5,
            robe=c.r() < 0.3,
        )
    c.dot(480, 800, 26, "#e0402f")
    c.line([(480, 826), (500, 930)], 2, "#fff0d8")
    c.dot(530, 830, 24, "#4fd0c8")
    c.line([(530, 854), (504, 930)], 2, "#fff0d8")


@picture()
def trem_kota(c: Canvas) -> None:
    """A tram under its wires in a street of low sun."""
    c.bg("#8fc7c4", "#f0dfb4", "#ffc987", y1=700)
    c.glow(800, 560, 620, "#fff3cc", 0.9)
    for side in (-1, 1):
        for k in range(6):
            t = k / 5
            w = 90 + 130 * t
            x = 800 + side * (130 + 690 * t**1.25) - w
            x = x - w if side < 0 else x
            h = 200 + 520 * t
            base = 640 + 160 * t
            col = ("#d99a6a", "#c97f5a", "#e8b98a", "#9f6a5f", "#e0a03f", "#6f8f8a")[
                (k + (side > 0) * 2) % 6
            ]
            col = mix(col, "#ffdca4", 0.6 * (1 - t))
            c.rect(x, base - h, w + 60, h, (col, mix(col, "#5a3a3f", 0.25)))
            c.shade(box(x, base - h, w + 60, h), "#4a2f45", 0.6, 90 * -side, 0.4)
            windows(
                c,
                x + 12,
                base - h + 30,
                w + 34,
                h - 150,
                3,
                5,
                (mix("#4a5f70", col, 0.3), mix("#ffe7a8", col, 0.2)),
                1,
                gap=0.5,
            )
            c.rect(x - 6, base - h - 10, w + 72, 16, mix(col, "#fff4d8", 0.5))
            c.poly(
                [
                    (x, base - 110),
                    (x + w + 60, base - 110),
                    (x + w + 70, base - 74),
                    (x - 10, base - 74),
                ],
                mix(("#c9432f", "#2f7f7a", "#f2b03a")[k % 3], "#ffdca4", 0.5 * (1 - t)),
            )
    c.rect(0, 690, 1600, 380, ("#d9b48f", "#6f5f68"))
    c.poly([(640, 640), (960, 640), (2100, 1067), (-500, 1067)], ("#e8c79a", "#8f7a78", "#4f4a58"))
    for u in (-0.62, -0.30, 0.10, 0.42):
        c.poly(
            [
                (800 + u * 130, 640),
                (803 + u * 130, 640),
                (812 + u * 1350, 1067),
                (792 + u * 1350, 1067),
            ],
            "#3a3440",
        )
        c.poly(
            [
                (800 + u * 130, 640),
                (801 + u * 130, 640),
                (800 + u * 1350, 1067),
                (793 + u * 1350, 1067),
            ],
            "#fbe6c0",
        )
    for x, h in ((330, 560), (1330, 560), (560, 300), (1090, 300)):
        c.rect(x, 760 - h if h > 400 else 690 - h, 12 if h > 400 else 6, h, "#3a3f48")
    for y in (225, 400):
        c.line(
            curve([(336 if y < 300 else 562, y), (830, y + 34), (1336 if y < 300 else 1092, y)]),
            3,
            "#2f3038",
        )
    for x0 in (560, 1010):
        c.line(
            curve([(805, 560), (x0 + (x0 - 800) * 0.2, 330), (x0 + (x0 - 800) * 1.4, -10)]),
            3,
            "#2f3038",
        )
    x, y, w, h = 330, 400, 420, 520
    c.soft(ell(x + w / 2 + 40, y + h + 10, 300, 26), "#2a2430", 14, 0.7)
    c.poly(
        [(x + w, y + 30), (x + w + 200, y + 130), (x + w + 200, y + h - 120), (x + w, y + h - 10)],
        ("#c9412f", "#7f2230"),
    )
    for k in range(4):
        a, b = x + w + 16 + k * 46, x + w + 50 + k * 46
        da, db = (a - x - w) * 0.5, (b - x - w) * 0.5
        c.poly(
            [
                (a, y + 110 + da * 0.55),
                (b, y + 110 + db * 0.55),
                (b, y + 280 - db * 0.2),
                (a, y + 280 - da * 0.2),
            ],
            ("#ffe7ae", "#e8a860"),
        )
    c.poly(box(x, y, w, h, 40), ("#f6efdc", "#f2e2c0", "#e0452f", "#c9352f", "#a82a2f"))
    c.rect(x, y + 270, w, 12, "#ffcf5a")
    c.poly(box(x + 34, y + 70, w - 68, 190, 22), ("#2f4a5f", "#6f98a0"))
    c.poly(
        [(x + 80, y + 74), (x + 170, y + 74), (x + 90, y + 256), (x + 40, y + 256)], "#ffffff", 0.22
    )
    c.line([(x + w / 2, y + 70), (x + w / 2, y + 260)], 6, "#f2e2c0")
    person(
        c, x + 290, y + 420, 300, "stand", "#22344a", skin="#6b4028", hat="#101c2a", hat_kind="cap"
    )
    c.poly(box(x, y + 258, w, h - 258, 40), ("#e0452f", "#a82a2f"))
    c.rect(x, y + 270, w, 12, "#ffcf5a")
    c.rrect(x + 130, y + 16, 160, 40, 8, "#2a2f3a")
    for k in range(6):
        c.rect(x + 150 + k * 21, y + 26, 12, 20, "#ffb83a")
    for dx in (80, 340):
        c.dot(x + dx, y + 360, 32, "#f6efdc")
        c.dot(x + dx, y + 360, 24, "#fffbe0")
        c.glow(x + dx, y + 360, 110, "#fff3b8", 0.65)
    c.rrect(x + 40, y + 450, 340, 40, 12, "#5f1a28")
    c.rect(x + 60, y + h - 22, 300, 30, "#2a2430")
    c.line([(x + 210, y), (x + 130, y - 80), (x + 290, y - 130)], 8, "#2f3038")
    c.line([(x + 190, y - 140), (x + 380, y - 128)], 8, "#2f3038")
    person(
        c,
        1130,
        900,
        300,
        "walk",
        "#2f7f7a",
        "#3a2f45",
        "#7a4a34",
        "#f6e2b0",
        "scarf",
        robe=True,
        flip=True,
    )
    person(c, 1270, 930, 330, "walk", "#f0b03a", "#2a3550", "#6b4028", "#221a1f", "hair", flip=True)
    person(c, 150, 960, 360, "stand", "#6f4f8f", "#2a2f40", "#8a5638", "#221a1f", "hair")
    person(c, 905, 720, 120, "walk", "#7a4f4a")


@picture()
def kanal_kota(c: Canvas) -> None:
    """Narrow houses in all colours, doubled by the canal."""
    c.bg("#5fb4d0", "#a9dcd8", "#f4edd0", y1=560)
    cloud(c, 420, 190, 520, "#cfe9e6", "#ffffff", 0.9)
    cloud(c, 1280, 130, 420, "#cfe9e6", "#ffffff", 0.9)
    shades = (
        "#e8633f",
        "#f2b544",
        "#3f9a8a",
        "#f0e2c4",
        "#c9486a",
        "#4f7fb0",
        "#e89a5a",
        "#8fb86a",
        "#f4c9a8",
        "#7a5a9a",
    )
    x, i = -30.0, 0
    while x < 1620:
        w, h = c.r(120, 175), c.r(240, 390)
        col = shades[i % 10]
        top = 600 - h
        c.rect(x, top, w, h, (col, mix(col, "#6a3f4a", 0.2)))
        kind = i % 3
        roof = mix(col, "#4a1f2a", 0.55)
        if kind == 0:
            c.poly([(x - 8, top), (x + w / 2, top - 84), (x + w + 8, top)], roof)
        elif kind == 1:
            c.poly(
                [
                    (x, top),
                    (x, top - 26),
                    (x + w * 0.22, top - 26),
                    (x + w * 0.22, top - 60),
                    (x + w * 0.78, top - 60),
                    (x + w * 0.78, top - 26),
                    (x + w, top - 26),
                    (x + w, top),
                ],
                mix(col, "#ffffff", 0.25),
            )
        else:
            c.poly(
                [(x - 8, top), (x + 14, top - 54), (x + w - 14, top - 54), (x + w + 8, top)], roof
            )
        c.shade(box(x, top, w, h), "#4a2a4a", 0.5, 90, 0.45)
        rows = int(h / 88)
        for k in range(rows):
            for m in range(2):
                wx, wy = x + w * (0.16 + 0.42 * m), top + 24 + k * 84
                c.rect(wx - 4, wy - 4, w * 0.26 + 8, 58, "#fff8e6")
                c.rect(wx, wy, w * 0.26, 50, c.pick(("#2f4f66", "#3a5f70", "#ffdf8f", "#2f4f66")))
                c.rect(wx - 12, wy - 2, 9, 54, mix(col, "#123040", 0.5))
                c.rect(wx + w * 0.26 + 3, wy - 2, 9, 54, mix(col, "#123040", 0.5))
                if c.r() < 0.4:
                    for _ in range(6):
                        c.dot(
                            wx + c.r(0, w * 0.26),
                            wy + 56,
                            7,
                            c.pick(("#e0452f", "#ff8fae", "#4f9a4f", "#4f9a4f")),
                        )
        c.rrect(x + w * 0.38, 540, w * 0.26, 60, 10, mix(col, "#2a1a2a", 0.6))
        x += w
        i += 1
    c.rect(0, 596, 1600, 34, ("#d9c4a0", "#9f8468"))
    for _ in range(9):
        bx = c.r(40, 1560)
        person(
            c,
            bx,
            612,
            c.r(62, 76),
            "walk",
            c.pick(("#2a3f5a", "#a8322f", "#f4efe0", "#3a6f5a")),
            "#2a2438",
            "#6b4028",
        )
    for tx in (210, 700, 1430):
        tree(c, tx, 604, 150, "#3f8a4f", "#b9dc74", "#5f4430")
    c.reflect(630, 437, "#1f6f80", 0.22, 0.62, 7)
    for _ in range(190):
        t = c.r()
        lens(
            c,
            c.r(0, 1600),
            640 + 420 * t,
            (30 + 120 * t) * c.r(0.5, 1.3),
            1.5 + 4 * t,
            c.pick(("#ffffff", "#12505f")),
            0.35,
        )
    bridge = [*curve([(1000, 640), (1150, 560), (1320, 530), (1490, 555), (1640, 620)])]
    under = curve([(1640, 760), (1560, 690), (1440, 640), (1310, 640), (1180, 690), (1100, 760)])
    c.poly([*bridge, (1640, 760), *under, (1000, 760)], ("#e0c49a", "#9a7a60"))
    c.shade([*bridge, (1640, 760), *under, (1000, 760)], "#5a3f3f", 0.5, 20, 0.4)
    for k in range(2, len(bridge), 4):
        bx, by = bridge[k]
        c.rect(bx - 3, by - 34, 6, 36, "#5f463c")
    c.line([(bx, by - 34) for bx, by in bridge], 6, "#5f463c")
    person(
        c, 1290, 538, 110, "walk", "#e0452f", "#2a2438", "#6b4028", "#f6e2b0", "scarf", flip=True
    )
    canoe(c, 520, 880, 1.9, "#7f3a2a", "#f6c95a", outrigger=False)
    for k in range(26):
        bx = 430 + (k % 9) * 24
        c.dot(
            bx,
            846 - (k // 9) * 17,
            15,
            c.pick(("#e0452f", "#f2a72a", "#7fb84a", "#ffd86a", "#8a3f7a")),
        )
    person(
        c, 690, 872, 270, "work", "#2f6f8f", "#3a2a30", "#6b4028", "#f3dca0", "caping", flip=True
    )
    c.line([(570, 640), (640, 960)], 8, "#5a3a24")
    light_road(c, 520, 900, 1010, 400, 260, "#123f4c", 0.5)


@picture()
def gedung_senja(c: Canvas) -> None:
    """Towers at dusk with their windows coming on."""
    c.bg("#23285f", "#6a3f8a", "#d9627f", "#ffab73", "#ffdf9a", y1=900)
    c.glow(620, 760, 620, "#ffe3a0", 0.8)
    c.dot(620, 700, 92, ("#fff3c4", "#ffb06a"))
    streaks(c, 180, 560, 16, "#ff9a8f", 0.5)
    for layer, (col, base) in enumerate((("#b5608a", 900), ("#7a407f", 960), ("#402a66", 1010))):
        x = -20.0
        while x < 1620:
            w, h = c.r(60, 130), c.r(130, 420) * (0.8 + layer * 0.22)
            if 430 < x < 780:
                h *= 0.45
            c.rect(x, base - h, w, h + 200, (col, mix(col, "#ffb48a", 0.35 - layer * 0.1)))
            if layer:
                windows(
                    c,
                    x + 6,
                    base - h + 10,
                    w - 12,
                    h - 12,
                    max(2, int(w / 18)),
                    int(h / 22),
                    ("#ffe08a", "#ffc46a", "#fff0c0"),
                    0.25 + layer * 0.12,
                )
            if c.r() < 0.25:
                c.line([(x + w / 2, base - h), (x + w / 2, base - h - 60)], 4, col)
            x += w + c.r(2, 16)

    def tower(x: float, y: float, w: float, h: float, kind: int) -> None:
        body = [(x, y), (x, y - h), (x + w, y - h), (x + w, y)]
        if kind == 1:
            body = [
                (x, y),
                (x + w * 0.08, y - h),
                (x + w * 0.55, y - h - 90),
                (x + w * 0.92, y - h),
                (x + w, y),
            ]
        if kind == 2:
            body = [
                *curve(
                    [(x, y), (x - 16, y - h * 0.4), (x + w * 0.2, y - h), (x + w * 0.5, y - h - 60)]
                ),
                *curve(
                    [
                        (x + w * 0.5, y - h - 60),
                        (x + w * 0.8, y - h),
                        (x + w + 16, y - h * 0.4),
                        (x + w, y),
                    ]
                ),
            ]
        c.poly(body, ("#2f2a66", "#1a1540"))
        with c.clip(body):
            windows(
                c,
                x - 10,
                y - h + 10,
                w + 20,
                h,
                int(w / 22),
                int(h / 27),
                ("#ffdf85", "#ffc45f", "#fff2c8", "#8fd0e8"),
                0.55,
                "#3c3678",
                0.35,
            )
        c.shade(body, "#ff8f8a", 0.45, 270, 0.55)

    tower(70, 1067, 210, 760, 0)
    tower(300, 1067, 160, 520, 1)
    tower(880, 1067, 230, 800, 2)
    tower(1130, 1067, 170, 560, 0)
    tower(1320, 1067, 220, 860, 1)
    c.line([(1441, 120), (1441, 20)], 6, "#2f2a66")
    c.dot(1441, 20, 7, "#ff5a5a")
    c.glow(1441, 20, 50, "#ff5a5a", 0.8)
    c.poly(
        [
            *curve([(-20, 990), (400, 950), (800, 970), (1200, 930), (1620, 960)]),
            (1620, 1100),
            (-20, 1100),
        ],
        "#120e30",
    )
    for i in range(40):
        t = i / 40
        x = 1600 * t
        y = 1030 - 30 * math.sin(t * 3)
        c.glow(x, y, 26, "#ffd27a" if i % 2 else "#ff6a5a", 0.8)
        c.line([(x, y), (x + 30, y - 2)], 4, "#fff0c0" if i % 2 else "#ff7a6a")
    gulls(c, 760, 330, 160, 8, "#2f1f55", 22)


@picture()
def hujan_kota(c: Canvas) -> None:
    """Rain on a crossing: umbrellas, and lamps drawn long on the wet street."""
    c.bg("#1f3340", "#35566a", "#6f93a0", y1=620)
    for i in range(12):
        x, w, h = i * 140 - 30, c.r(110, 160), c.r(260, 520)
        c.rect(x, 640 - h, w, h, ("#2a4656", "#45697a"))
        windows(
            c,
            x + 10,
            650 - h,
            w - 20,
            h - 60,
            4,
            int(h / 34),
            ("#ffdf96", "#ffc06a", "#bfe0e0"),
            0.3,
            "#355666",
        )
    c.haze(200, 640, "#8fb0b8", 0.0, 0.55)
    for x, w, h, col in ((-20, 300, 520, "#22394a"), (1290, 340, 560, "#1f3546")):
        c.rect(x, 650 - h, w, h, (col, mix(col, "#4f7080", 0.5)))
        windows(c, x + 20, 670 - h, w - 40, h - 190, 5, 7, ("#ffe3a0", "#ffc46a"), 0.45, "#2f4c5c")
        c.rect(x + 20, 520, w - 40, 120, ("#ffe9b0", "#ffc070"))
        for k in range(4):
            c.rect(x + 20 + (w - 40) * k / 4, 520, 6, 120, col)
        c.poly(
            [(x, 500), (x + w, 500), (x + w + 14, 540), (x - 14, 540)],
            "#c9433a" if x < 0 else "#2f8f8a",
        )
    for x, col in ((330, "#ff5fa0"), (1236, "#4fe0e0")):
        c.rrect(x, 210, 46, 190, 10, mix(col, "#ffffff", 0.1))
        c.rrect(x + 8, 218, 30, 174, 6, "#1a2c3a")
        for k in range(4):
            c.rrect(x + 13, 230 + k * 42, 20, 26, 5, col)
        c.glow(x + 23, 305, 190, col, 0.55)
    lamp_post(c, 470, 650, 380, "#16262f", "#ffe3a0")
    lamp_post(c, 1120, 650, 380, "#16262f", "#ffe3a0")
    c.rect(690, 470, 220, 160, ("#e0b03a", "#a87a2a"))
    c.rrect(706, 486, 188, 70, 8, ("#d9f0f0", "#7fa9b4"))
    for x in (716, 884):
        c.dot(x, 600, 14, "#fffbe0")
        c.glow(x, 600, 90, "#fff3c0", 0.8)
    c.rect(0, 640, 1600, 14, "#8aa0a4")
    c.reflect(650, 417, "#1a2c38", 0.28, 0.72, 8)
    for i in range(7):
        x = 240 + i * 170
        k = (x - 800) * 0.5
        c.poly(
            [(x, 760), (x + 96, 760), (x + 110 + k * 0.5, 860), (x - 14 + k * 0.5, 860)],
            "#e3ecea",
            0.35,
        )
    people = (
        (430, 890, 320, "#e23a3a", "#2a3f5a", False),
        (700, 960, 390, "#ffb52a", "#5f2f4f", False),
        (1010, 900, 330, "#2fb0a8", "#22303f", True),
        (1270, 1000, 430, "#f06fa0", "#2f4a45", True),
        (190, 1010, 430, "#6f5fd0", "#33303f", False),
        (860, 800, 210, "#f4f1e6", "#2a3a48", True),
    )
    for x, y, h, col, dress, flip in sorted(people, key=lambda p: p[1]):
        c.poly(
            [
                (x - h * 0.1, y + 10),
                (x + h * 0.1, y + 10),
                (x + h * 0.16, y + h * 0.34),
                (x - h * 0.16, y + h * 0.34),
            ],
            mix(dress, col, 0.4),
            0.35,
        )
        person(
            c,
            x,
            y,
            h,
            "walk",
            dress,
            mix(dress, "#000000", 0.3),
            "#7a4a34",
            "#1a1a20",
            "hair",
            flip=flip,
        )
        ux, uy, r = x + (-1 if flip else 1) * h * 0.05, y - h * 0.92, h * 0.38
        c.line([(ux, uy - r * 0.2), (ux, y - h * 0.5)], max(3, h * 0.014), "#1a1a20")
        dome = [
            (ux + r * math.cos(math.radians(a)), uy + r * 0.72 * math.sin(math.radians(a)))
            for a in range(180, 361, 5)
        ]
        hem: list[Point] = []
        for k in range(4):
            x0, x1 = ux + r - k * r / 2, ux + r - (k + 1) * r / 2
            hem += [(x0, uy), ((x0 + x1) / 2, uy - r * 0.10), (x1, uy)]
        c.poly([*dome, *curve(hem, n=4)], col)
        c.shade([*dome, *hem], "#1a1030", 0.55, 40, 0.4)
        c.shade([*dome, *hem], "#ffffff", 0.5, 200, 0.65)
        for d in (-0.45, 0, 0.45):
            c.line(
                curve(
                    [
                        (ux, uy - r * 0.72),
                        (ux + d * r * 0.8, uy - r * 0.4),
                        (ux + d * r, uy - r * 0.06),
                    ]
                ),
                2,
                mix(col, "#1a1030", 0.4),
            )
        c.line([(ux, uy - r * 0.72), (ux, uy - r * 0.82)], 4, "#1a1a20")
    rain(c, 620, "#e6f2f4", 0.22, 56, 0.42)
    for _ in range(120):
        x, y = c.r(0, 1600), c.r(700, 1060)
        c.line(ell(x, y, c.r(6, 20), c.r(2, 5)), 1.5, "#dcecee", 0.5)


@picture()
def banjir_rob(c: Canvas) -> None:
    """The tide stands in the street; people wade and a boat passes the doors."""
    c.bg("#7f9298", "#b4bcb0", "#e0d2b0", y1=650)
    for x, y, w in ((300, 190, 700), (1000, 130, 800), (1480, 240, 500)):
        cloud(c, x, y, w, "#8f9c9c", "#c4c8bc", 0.8, 0.8)
    for x, h in ((330, 480), (1250, 520), (820, 260)):
        palm(c, x, 560, h * 0.8, "#6a7468", 0.06, "#5f7a68")
    walls = ("#c98a6a", "#e0cfa0", "#7fa39a", "#d9a85f", "#a9b4a4", "#b5705f")
    for side in (-1, 1):
        for k in range(4):
            t = k / 3
            w = 150 + 190 * t
            x = 800 + side * (170 + 520 * t)
            x = x - w if side < 0 else x
            h, base = 170 + 250 * t, 610 + 110 * t
            col = mix(walls[(k + (side > 0) * 2) % 6], "#d5cdb4", 0.5 * (1 - t))
            c.rect(x, base - h, w, h + 40, (col, mix(col, "#4a4a48", 0.2)))
            c.poly(
                [
                    (x - 24, base - h),
                    (x + w * 0.2, base - h - 80 - 50 * t),
                    (x + w * 0.8, base - h - 80 - 50 * t),
                    (x + w + 24, base - h),
                ],
                ("#9a5a44", "#70402f"),
            )
            c.shade(box(x, base - h, w, h + 40), "#3a3f48", 0.6, -90 * side, 0.4)
            c.rect(x, base - h * 0.34, w, 8, mix(col, "#4a3a2a", 0.5))
            c.rect(x, base - h * 0.33, w, h * 0.36, mix(col, "#4a3a2a", 0.28))
            for m in range(2):
                wx = x + w * (0.14 + 0.5 * m)
                c.rect(wx, base - h * 0.82, w * 0.24, h * 0.34, "#3f4f54")
                c.rect(wx + w * 0.115, base - h * 0.82, 5, h * 0.34, mix(col, "#ffffff", 0.5))
            c.rect(x + w * 0.40, base - h * 0.62, w * 0.2, h * 0.7, mix(col, "#2a2a30", 0.6))
    for x, h in ((470, 360), (1130, 360), (240, 560), (1390, 560)):
        base = 640 if h < 400 else 760
        c.rect(x, base - h, 9 if h < 400 else 13, h + 60, "#4a4a4a")
        c.line([(x - 40, base - h + 40), (x + 52, base - h + 40)], 7, "#4a4a4a")
    for a, b in (
        ((474, 320), (246, 240)),
        ((1134, 320), (1396, 240)),
        ((246, 240), (-40, 120)),
        ((1396, 240), (1640, 120)),
    ):
        c.line(curve([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 24), b]), 3, "#3f4244")
    c.reflect(640, 427, "#6f6a58", 0.35, 0.72, 9)
    c.rect(0, 640, 1600, 12, "#a9a48c", 0.5)
    for _ in range(260):
        t = c.r() ** 1.2
        lens(
            c,
            c.r(0, 1600),
            650 + 410 * t,
            (40 + 150 * t) * c.r(0.4, 1.2),
            1.5 + 5 * t,
            c.pick(("#e8e2c8", "#3f4744")),
            0.3,
        )

    def ring(x: float, y: float, r: float) -> None:
        for k in range(3):
            c.line(
                [*ell(x, y, r * (1 + k * 0.45), r * 0.2 * (1 + k * 0.45))],
                2.5,
                "#f0ead4",
                0.6 - k * 0.16,
            )

    with c.clip(box(0, 0, 1600, 800)):
        person(
            c, 700, 880, 300, "walk", "#d9472f", "#33405a", "#7a4a34", "#f3e2b0", "scarf", flip=True
        )
        person(c, 590, 890, 300, "carry", "#2f6f8f", "#33405a", "#6b4028", "#1f1a1f", "hair")
    c.rrect(520, 555, 140, 50, 10, ("#f2b03a", "#b9782a"))
    ring(700, 802, 66)
    ring(590, 802, 66)
    light_road(c, 645, 806, 930, 190, 120, "#3f4a4a", 0.5)
    canoe(c, 1050, 830, 1.9, "#2f6f7f", "#f2d06a", outrigger=False)
    person(c, 950, 822, 240, "row", "#f2efe0", "#3a3f55", "#6b4028", "#d9b45f", "caping")
    person(c, 1080, 812, 220, "sit", "#e08a2f", "#5f3f5f", "#7a4a34", "#8a2f4f", "scarf")
    person(c, 1170, 806, 160, "sit", "#4f9a6a", "#3a3f55", "#7a4a34", "#221a1f", "hair")
    c.line([(1010, 650), (905, 920)], 9, "#5f4028")
    c.poly(
        place(
            [
                (-118, -31),
                (-96, -12),
                (-50, -2),
                (50, -2),
                (98, -14),
                (124, -39),
                (60, -20),
                (-60, -18),
            ],
            1050,
            830,
            1.9,
        ),
        ("#3f8a98", "#1f5060"),
    )
    light_road(c, 1050, 840, 990, 420, 260, "#33403f", 0.5)
    c.poly(turn(box(180, 870, 190, 120, 8), 9, 270, 930), ("#d9b48a", "#a87a4f"))
    c.rect(120, 945, 330, 120, "#857e68", 0.9)
    ring(275, 948, 120)
    for x, y, col in ((1380, 940, "#e0452f"), (470, 985, "#4f7fb0")):
        c.poly(
            curve(
                [(x - 50, y), (x, y - 22), (x + 50, y - 6), (x + 40, y + 12), (x - 40, y + 14)],
                closed=True,
            ),
            col,
        )
        c.line([(x - 16, y - 12), (x + 10, y + 4)], 6, "#f6efe0")
        ring(x, y + 10, 50)


@picture()
def jembatan(c: Canvas) -> None:
    """A cable-stayed bridge in silhouette across the evening strait."""
    c.bg("#0f3f5f", "#2a7f8f", "#8fc4ae", "#ffe0a0", y1=700)
    c.glow(420, 660, 640, "#fff0c0", 0.9)
    streaks(c, 120, 480, 14, "#e9f2d0", 0.5)
    ridge(c, 660, 60, "#6fa39c", first=3, bottom=710)
    ridge(c, 690, 30, "#3f7f84", first=5, bottom=710)
    water(c, 700, ("#f4dca4", "#5fa39f", "#1f5f70", "#0c3348"), "#fff3c8", "#0c3a4c", 340)
    light_road(c, 420, 702, 1067, 130, 420, "#fff6d8", 0.75)

    def deck(x: float) -> float:
        return 610 - 0.11 * x + 0.00002 * (x - 900) ** 2

    ink, edge = "#0a2436", "#f2a05a"
    for px, h, _ in ((560, 470, 34), (1240, 600, 46)):
        y = deck(px)
        for k in range(15):
            for s in (-1, 1):
                ex = px + s * (40 + k * (28 if px < 900 else 36))
                c.line(
                    [(px, y - h + 26 + k * 13), (ex, deck(ex))],
                    2.6,
                    mix(ink, edge, 0.25 if s < 0 else 0),
                )
    c.poly(
        [
            (-20, deck(-20) - 12),
            *[(x * 20.0, deck(x * 20.0) - 12) for x in range(82)],
            *[(x * 20.0, deck(x * 20.0) + 16 + x * 0.35) for x in range(81, -1, -1)],
            (-20, deck(-20) + 16),
        ],
        ink,
    )
    c.line([(x * 20.0, deck(x * 20.0) - 13) for x in range(-1, 82)], 3.5, edge)
    for px, h, w in ((560, 470, 34), (1240, 600, 46)):
        y = deck(px)
        foot = 780 if px < 900 else 860
        for s in (-1, 1):
            c.poly(
                [
                    (px + s * w * 2.0, y),
                    (px + s * w * 0.3, y - h),
                    (px + s * (w * 0.3 - 14), y - h),
                    (px + s * (w * 2.0 - 24), y),
                ],
                ink,
            )
            c.poly(
                [
                    (px + s * w * 2.0, y),
                    (px + s * (w * 2.0 - 24), y),
                    (px + s * w * 0.8, foot),
                    (px + s * w * 1.4, foot),
                ],
                ink,
            )
        c.rect(px - w * 0.45, y - h - 12, w * 0.9, 120, ink)
        c.rect(px - w * 2.2, y + 20, w * 4.4, 20, ink)
        c.poly(box(px - w * 2.6, foot - 8, w * 5.2, 40, 14), ink)
        c.dot(px, y - h - 22, 7, "#ff6a4a")
        c.glow(px, y - h - 22, 60, "#ff7a5a", 0.8)
        light_road(c, px, foot + 36, 1067, w * 4.5, w * 3, ink, 0.65)
    for i in range(22):
        x = 30 + i * 74
        c.rect(x, deck(x) - 52 - i, 3, 42 + i, ink)
        c.glow(x, deck(x) - 54 - i, 32, "#ffe6a8", 0.9)
        c.dot(x, deck(x) - 54 - i, 4, "#fffbe6")
    for x, col in (
        (250, "#e0452f"),
        (340, "#f6efe0"),
        (790, "#ffcf4a"),
        (930, "#e0452f"),
        (1420, "#f6efe0"),
    ):
        c.rrect(x, deck(x) - 34, 54, 20, 7, col)
        c.rrect(x + 10, deck(x) - 46, 30, 18, 7, mix(col, "#0a2436", 0.35))
    hull = [(860, 905), (1040, 905), (1064, 882), (1020, 930), (884, 930)]
    c.poly(place([(x - 960.0, y - 930.0) for x, y in hull], 860, 990, 1.6), "#0a2436")
    c.rrect(790, 905, 90, 48, 8, "#14405a")
    windows(c, 796, 915, 78, 24, 4, 1, ("#ffe08a",), 1)
    gulls(c, 880, 250, 200, 7, "#0f3348", 22)


@picture()
def stasiun(c: Canvas) -> None:
    """A great glass arch, a waiting train, and travellers in the slanting light."""
    c.bg("#7a4a4f", "#c98a5f", "#f4cf8f")
    cx, cy = 800.0, 640.0
    c.poly(ell(cx, cy, 640, 560), ("#bfe0dc", "#f4efcf", "#ffd99a"))
    c.glow(cx, 500, 560, "#fffbe0", 0.8)
    for k in range(9):
        u = (k / 8 - 0.5) * 2
        c.line(
            [(cx + u * 620, cy), (cx + u * 560, cy - 540 * math.sqrt(max(0, 1 - u * u)))],
            6,
            "#6a4044",
        )
    for k in range(1, 5):
        rr = k / 5
        arc = [
            (cx + 640 * rr * math.cos(math.radians(a)), cy + 560 * rr * math.sin(math.radians(a)))
            for a in range(180, 361, 4)
        ]
        c.line(arc, 5, "#6a4044")
    for k in range(4):
        t = k / 3
        arc = [
            (
                cx + (650 + 300 * t) * math.cos(math.radians(a)),
                cy + (570 + 260 * t) * math.sin(math.radians(a)),
            )
            for a in range(180, 361, 3)
        ]
        c.line(arc, 22 + 22 * t, mix("#5f3a40", "#2f1c2a", t))
        for x, y in arc[::6]:
            c.dot(x, y, 5, "#c98a5f")
    for i, x in enumerate((560, 690, 910, 1040)):
        c.rect(x, 520 - (i % 2) * 70, 70, 120 + (i % 2) * 70, "#d9b88a", 0.7)
    c.rect(0, 640, 1600, 427, ("#e8b878", "#7a4f4a"))
    c.poly([(700, 640), (900, 640), (1160, 1067), (520, 1067)], ("#8f6450", "#38262f"))
    for u in (-0.35, 0.35):
        c.poly(
            [
                (800 + u * 140, 640),
                (803 + u * 140, 640),
                (812 + u * 520, 1067),
                (796 + u * 520, 1067),
            ],
            "#ffe9bf",
        )
    for k in range(12):
        t = (k / 12) ** 1.8
        y = 650 + 417 * t
        c.rect(800 - 90 - 260 * t, y, 180 + 520 * t, 2 + 9 * t, "#2a1c26", 0.6)
    c.poly([(0, 720), (690, 640), (700, 640), (520, 1067), (0, 1067)], ("#f2cf98", "#b9805a"))
    c.poly([(700, 640), (520, 1067), (490, 1067), (690, 640)], "#ffe27a")
    c.poly([(860, 640), (900, 640), (1600, 1067), (1160, 1067)], ("#d9a470", "#7a4f48"))
    t_pts = [(900, 500), (1600, 250), (1600, 960), (900, 655)]
    c.poly(t_pts, Grad(("#2f7f86", "#134a58"), 60))
    c.poly([(900, 560), (1600, 480), (1600, 560), (900, 590)], "#f2c24a")
    for k in range(7):
        u0 = (k / 7) ** 1.5 + 0.02
        u1 = u0 + 0.07 + 0.09 * k / 7
        pts = []
        for u, a, _b in ((u0, 0.22, 0.22), (u1, 0.22, 0.22), (u1, 0, 0), (u0, 0, 0)):
            top, bot = 500 - 250 * u, 560 - 80 * u
            yy = top + (bot - top) * (0.32 if a else 0.9)
            pts.append((900 + 700 * u, yy))
        c.poly(pts, ("#fff3c8", "#e8c78a"))
    c.poly(box(772, 455, 130, 205, 30), ("#3a949a", "#17505e"))
    c.rrect(786, 480, 102, 66, 14, ("#d9f2ee", "#6fa3a8"))
    c.rect(774, 566, 126, 18, "#f2c24a")
    for x in (796, 880):
        c.dot(x, 610, 11, "#fffbe0")
        c.glow(x, 610, 80, "#fff3c0", 0.8)
    rays(c, 330, -260, 1500, "#fff6d4", 46, 84, 7, 0.34)
    c.line([(400, 120), (400, 190)], 8, "#2f1c2a")
    c.dot(400, 260, 78, "#2f1c2a")
    c.dot(400, 260, 66, "#fff8e6")
    for k in range(12):
        t = math.radians(k * 30)
        c.line(
            [
                (400 + 52 * math.cos(t), 260 + 52 * math.sin(t)),
                (400 + 60 * math.cos(t), 260 + 60 * math.sin(t)),
            ],
            4,
            "#2f1c2a",
        )
    c.line([(400, 260), (400, 212)], 6, "#2f1c2a")
    c.line([(400, 260), (432, 278)], 7, "#c9352f")
    for x, y, h, top, hat, kind, flip, robe in (
        (640, 700, 130, "#7a4a44", "", "hair", False, False),
        (560, 730, 170, "#6a3f4a", "", "hair", True, False),
        (470, 800, 250, "#2f6f7f", "#f6e2b0", "scarf", False, True),
        (330, 880, 330, "#c9432f", "#221a1f", "hair", False, False),
        (120, 1010, 470, "#3a4a7a", "#1f2a3f", "cap", False, False),
    ):
        c.poly(
            [(x, y), (x + h * 0.1, y), (x + h * 0.55, y + h * 0.26), (x + h * 0.4, y + h * 0.28)],
            "#6a3f38",
            0.45,
        )
        j = person(
            c,
            x,
            y,
            h,
            "walk",
            top,
            mix(top, "#1a1420", 0.45),
            "#6b4028" if h > 200 else "",
            hat,
            kind,
            robe=robe,
            flip=flip,
        )
        if h > 240:
            hx, hy = j["handL"]
            c.rrect(hx - h * 0.16, y - h * 0.3, h * 0.18, h * 0.27, 8, ("#d99a4a", "#8f5a2f"))
            c.line([(hx - h * 0.06, y - h * 0.3), (hx, hy)], 5, "#2f1c2a")


@picture()
def perpustakaan(c: Canvas) -> None:
    """A wall of books, a ladder, a round window and one reader under a lamp."""
    c.bg("#1f3a3f", "#16292f")
    shades = (
        "#c9482f",
        "#e0a03a",
        "#2f7f7a",
        "#f0e2c0",
        "#7a2f45",
        "#4f6f9a",
        "#9ab06a",
        "#d9785a",
        "#3a4f5f",
        "#b98a4f",
    )
    for bay in range(4):
        x0 = 20 + bay * 400
        for row in range(6):
            y = 160 + row * 150
            if bay in (1, 2) and row < 3:
                continue
            c.rect(x0, y - 130, 370, 134, "#0f1e24")
            x = x0 + 6.0
            while x < x0 + 352:
                w, h = c.r(13, 34), c.r(82, 122)
                col = c.pick(shades)
                if c.r() < 0.08:
                    x += 24
                    continue
                p = box(x, y - h, w, h)
                if c.r() < 0.07:
                    p = turn(p, 10, x, y)
                    x += 16
                c.poly(p, col)
                c.shade(p, "#12202a", 0.6, 90, 0.4)
                c.rect(x + 3, y - h + 12, w - 6, 4, mix(col, "#fff3d0", 0.6))
                c.rect(x + 3, y - 24, w - 6, 8, mix(col, "#fff3d0", 0.4))
                x += w + 2
            c.rect(x0 - 8, y, 386, 14, ("#a8683a", "#6a3f26"))
        c.rect(x0 - 20, 0, 22, 1067, ("#8f5a34", "#4f2f20"))
    c.rect(1590, 0, 20, 1067, "#6a3f26")
    c.rect(410, 0, 790, 486, ("#28484c", "#1f3a3f"))
    c.dot(800, 236, 218, "#a8683a")
    win = ell(800, 236, 196)
    with c.clip(win):
        c.bg("#7fc4d4", "#cfe9d8", "#fdeec0", y1=470)
        c.glow(860, 210, 240, "#fffbe0", 0.8)
        ridge(c, 330, 60, "#8fc0a4", first=6)
        ridge(c, 390, 50, "#4f9270", first=7)
        palm(c, 720, 470, 230, "#2f5f48", 0.1)
    for a in range(0, 180, 45):
        t = math.radians(a)
        c.line(
            [
                (800 - 200 * math.cos(t), 236 - 200 * math.sin(t)),
                (800 + 200 * math.cos(t), 236 + 200 * math.sin(t)),
            ],
            9,
            "#a8683a",
        )
    c.line([*ell(800, 236, 90), ell(800, 236, 90)[0]], 9, "#a8683a")
    rays(c, 800, 100, 1300, "#fff3c4", 70, 118, 6, 0.22)
    for dx in (0, 92):
        c.line([(1290 + dx, 60), (1230 + dx, 1000)], 13, "#d9a05f")
    for k in range(12):
        t = k / 12
        c.line([(1284 - 55 * t, 130 + 72 * k), (1376 - 55 * t, 130 + 72 * k)], 10, "#c98a4a")
    person(c, 1300, 640, 320, "reach", "#2f8f8a", "#3a2f40", "#8a5638", "#f2c24a", "scarf")
    c.rect(0, 985, 1600, 82, ("#7a4a30", "#4a2c22"))
    c.soft(ell(720, 1010, 420, 20), "#140c0c", 14, 0.7)
    person(c, 600, 1010, 400, "sit", "#e0703f", "#33405f", "#7a4a34", "#221a1f", "hair")
    c.rect(540, 885, 110, 18, "#8f5a34")
    for x in (550, 630):
        c.rect(x, 900, 12, 110, "#6a3f26")
    c.poly(box(650, 836, 420, 22, 8), ("#d9985a", "#9f6238"))
    for x in (690, 1020):
        c.rect(x, 858, 18, 152, "#7f4c2c")
    c.poly(
        [(690, 834), (700, 790), (765, 806), (830, 784), (842, 832), (766, 838)],
        ("#fffaf0", "#e0d2b4"),
    )
    for k, col in enumerate(("#c9482f", "#2f7f7a", "#e0a03a", "#4f6f9a")):
        c.rrect(930 + k % 2 * 8, 812 - k * 24, 120, 23, 4, col)
    c.line([(880, 836), (880, 720), (850, 690)], 8, "#e0b45a")
    c.glow(850, 730, 300, "#ffdf94", 0.7)
    c.poly([(796, 720), (830, 668), (884, 668), (912, 720)], ("#3fa08a", "#1f6a5f"))
    c.poly(ell(855, 721, 56, 10), "#fffbe0")


@picture()
def ruang_kelas(c: Canvas) -> None:
    """A coastal classroom seen from the back row; the windows look on the sea."""
    c.bg("#f2dcae", "#e8c78f", y1=820)
    c.rect(0, 800, 1600, 270, ("#b9804f", "#8a5638"))
    c.rect(520, 150, 760, 400, "#8f5a34")
    c.rect(540, 170, 720, 360, ("#2a5f50", "#1f4a42"))
    chalk = "#eef4e4"
    c.line([(600, 460), (780, 460), (690, 300), (600, 460)], 5, chalk)
    c.line([*ell(690, 408, 52), ell(690, 408, 52)[0]], 4, "#ffd86a")
    c.line([(850, 480), (850, 230)], 4, chalk)
    c.line([(850, 480), (1200, 480)], 4, chalk)
    c.line(curve([(850, 470), (940, 440), (1010, 350), (1090, 320), (1180, 240)]), 6, "#ff9a8a")
    for k in range(5):
        c.line([(900 + k * 60, 474), (900 + k * 60, 486)], 4, chalk)
        c.line([(590, 215 + k * 14), (590 + c.r(90, 210), 215 + k * 14)], 4, chalk, 0.7)
    c.rect(540, 530, 720, 20, "#a8683a")
    for x in (600, 640, 1180):
        c.rrect(x, 522, 26, 9, 3, c.pick(("#ffffff", "#ffd86a", "#ff9a8a")))
    for x in (50, 290):
        c.rect(x - 12, 168, 224, 404, "#fff6e0")
        with c.clip(box(x, 180, 200, 380)):
            c.rect(x, 180, 200, 380, ("#6fc4dc", "#d9f0e0"))
            c.rect(x, 400, 200, 170, ("#4fb4c0", "#1f7f98"))
            for _ in range(12):
                lens(c, x + c.r(0, 200), c.r(410, 560), 40, 3, "#ffffff", 0.6)
            c.poly([(x + 80, 430), (x + 140, 430), (x + 128, 446), (x + 90, 446)], "#a83a2f")
            c.poly([(x + 106, 426), (x + 106, 340), (x + 144, 420)], "#fffaf0")
        c.rect(x + 96, 180, 8, 380, "#fff6e0")
        c.rect(x, 330, 200, 8, "#fff6e0")
        c.poly([(x + 20, 820), (x + 250, 820), (x + 430, 960), (x + 160, 960)], "#fff0c4", 0.35)
    rays(c, 40, 120, 1400, "#fff9dc", 24, 52, 5, 0.26)
    c.rrect(1340, 180, 200, 150, 8, ("#dff0ec", "#a9d4d8"))
    for pts in (
        [(1370, 250), (1410, 220), (1440, 250), (1420, 290), (1380, 290)],
        [(1460, 230), (1510, 220), (1520, 260), (1480, 270)],
    ):
        c.poly(curve([(float(a), float(b)) for a, b in pts], closed=True), "#6fae6a")
    c.dot(1440, 440, 70, ("#4fb4d4", "#1f7098"))
    c.poly(curve([(1400, 420), (1440, 390), (1470, 430), (1440, 470)], closed=True), "#7fbf6a")
    c.rect(1434, 508, 12, 40, "#8f5a34")
    c.rect(1350, 548, 200, 250, ("#c98a52", "#8f5a34"))
    j = person(
        c,
        1120,
        800,
        420,
        "reach",
        "#c9432f",
        "#33405f",
        "#8a5638",
        "#f6e2b0",
        "scarf",
        robe=True,
        flip=True,
    )
    c.line([j["handR"], (960, 300)], 6, "#6a3f26")
    tones = ("#7a4a34", "#8a5638", "#6b4028")
    for row, (y, n, s) in enumerate(((760, 5, 0.75), (960, 4, 1.2))):
        for i in range(n):
            x = (260 if row == 0 else 180) + i * (235 if row == 0 else 400)
            if row == 0 and i == 4:
                continue
            hy = y - 70 * s
            c.poly(
                curve(
                    [
                        (x - 74 * s, y + 70 * s),
                        (x - 70 * s, y - 4 * s),
                        (x - 22 * s, y - 26 * s),
                        (x + 22 * s, y - 26 * s),
                        (x + 70 * s, y - 4 * s),
                        (x + 74 * s, y + 70 * s),
                    ]
                ),
                ("#ffffff", "#d9dfe0"),
            )
            c.rect(x - 13 * s, hy + 20 * s, 26 * s, 34 * s, tones[(i + row) % 3])
            if (i + row) % 3 == 1:
                c.poly(
                    curve(
                        [
                            (x - 48 * s, hy + 52 * s),
                            (x - 50 * s, hy - 16 * s),
                            (x, hy - 58 * s),
                            (x + 50 * s, hy - 16 * s),
                            (x + 48 * s, hy + 52 * s),
                            (x, hy + 66 * s),
                        ],
                        closed=True,
                    ),
                    ("#ffffff", "#c9d4da"),
                )
            else:
                c.dot(x - 42 * s, hy + 4, 10 * s, tones[(i + row) % 3])
                c.dot(x + 42 * s, hy + 4, 10 * s, tones[(i + row) % 3])
                c.poly(ell(x, hy - 4 * s, 43 * s, 48 * s), ("#33262a", "#1c1518"))
                if (i + row) % 3 == 2:
                    for sd in (-1, 1):
                        c.line(
                            curve(
                                [
                                    (x + sd * 30 * s, hy + 22 * s),
                                    (x + sd * 54 * s, hy + 50 * s),
                                    (x + sd * 46 * s, hy + 92 * s),
                                ]
                            ),
                            17 * s,
                            "#1c1518",
                        )
                        c.dot(x + sd * 42 * s, hy + 36 * s, 9 * s, "#e0452f")
            if (row, i) in ((0, 2), (1, 0)):
                c.line([(x + 62 * s, y + 20 * s), (x + 86 * s, hy - 10 * s)], 26 * s, "#eef1f0")
                c.line(
                    [(x + 86 * s, hy - 10 * s), (x + 84 * s, hy - 84 * s)],
                    18 * s,
                    tones[(i + row) % 3],
                )
                c.dot(x + 84 * s, hy - 94 * s, 15 * s, tones[(i + row) % 3])
            c.rrect(x - 120 * s, y + 52 * s, 240 * s, 22 * s, 6, ("#e0a864", "#b57a44"))
            c.rect(x - 108 * s, y + 72 * s, 216 * s, 90 * s, ("#8f5a34", "#6a4028"))
            c.poly(
                [
                    (x - 50 * s, y + 52 * s),
                    (x - 40 * s, y + 40 * s),
                    (x + 44 * s, y + 40 * s),
                    (x + 54 * s, y + 52 * s),
                ],
                "#fffaf0",
            )


@picture()
def pusat_data(c: Canvas) -> None:
    """A corridor of machines, their small lights, and one engineer."""
    c.bg("#040a1c", "#0a1a3a", "#040a1c")
    vx, vy = 800.0, 470.0
    c.poly([(690, 560), (910, 560), (1700, 1100), (-100, 1100)], ("#1a4f7f", "#0a1f3f"))
    c.poly([(690, 390), (910, 390), (1700, -60), (-100, -60)], ("#0a1a38", "#0c2a52"))
    c.rect(690, 390, 220, 170, ("#7fe4ff", "#2f8fd0"))
    c.glow(vx, vy, 420, "#5fd0ff", 0.8)
    for k in range(7):
        t = (k / 7) ** 1.7
        x0, x1, y = vx - 80 - 560 * t, vx + 80 + 560 * t, 386 - 430 * t
        c.poly(
            [
                (x0 + 60 * t + 20, y),
                (x1 - 60 * t - 20, y),
                (x1 - 90 * t - 20, y - 10 - 20 * t),
                (x0 + 90 * t + 20, y - 10 - 20 * t),
            ],
            "#d9f6ff",
            0.9,
        )
        yy = 566 + 500 * t
        c.line([(x0 - 220 * t, yy), (x1 + 220 * t, yy)], 1 + 3 * t, "#3f8fc8", 0.7)
    for u in (-0.5, 0.0, 0.5):
        c.line([(800 + u * 200, 560), (800 + u * 1600, 1067)], 3, "#3f8fc8", 0.5)
    colours = ("#3fffb0", "#5fd8ff", "#ffb43a", "#ff5a7a", "#3fffb0", "#5fd8ff")
    for side in (-1, 1):
        for k in range(6):
            t0, t1 = (k / 6) ** 1.8, ((k + 0.93) / 6) ** 1.8

            def at(u: float, v: float, s: int = side, a: float = t0, b: float = t1) -> Point:
                t = a + (b - a) * u
                x = 800 + s * (110 + 720 * t)
                top, bot = 380 - 470 * t, 566 + 520 * t
                return x, top + (bot - top) * v

            face = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)]
            c.poly(face, Grad(("#16305a", "#0a1733"), 90 * side))
            c.line([*face, face[0]], 1.5 + 4 * t1, "#2f5f9a")
            rows = 20
            for r in range(rows):
                v0, v1 = 0.05 + 0.9 * r / rows, 0.05 + 0.9 * (r + 0.72) / rows
                c.poly(
                    [at(0.08, v0), at(0.92, v0), at(0.92, v1), at(0.08, v1)],
                    "#081226" if r % 4 else "#1f4478",
                )
                n = 7
                for m in range(n):
                    if c.r() < 0.62:
                        x, y = at(0.14 + 0.10 * m, (v0 + v1) / 2)
                        rad = 0.9 + 4.2 * t1
                        col = c.pick(colours)
                        if k > 2 and c.r() < 0.5:
                            c.glow(x, y, rad * 4.5, col, 0.6)
                        c.dot(x, y, rad, col)
                if k > 1:
                    c.line(
                        [at(0.78, (v0 + v1) / 2), at(0.90, (v0 + v1) / 2)], 1 + 3 * t1, "#5f9ad0"
                    )
            c.poly([at(0, 0), at(0.5, 0), at(0.2, 1), at(0, 1)], "#9fe0ff", 0.07)
    c.soft(ell(860, 880, 110, 14), "#020612", 12, 0.8)
    person(c, 850, 880, 380, "work", "#e8eef4", "#22385f", "#7a4a34", "#f2a03a", "scarf", flip=True)
    c.poly(turn(box(690, 640, 96, 66, 6), -14, 740, 670), "#9feaff")
    c.glow(738, 672, 130, "#7fe4ff", 0.6)
    c.poly([(820, 890), (890, 890), (960, 1067), (760, 1067)], "#7fd8ff", 0.10)


@picture()
def bank_desa(c: Canvas) -> None:
    """A small bank with a veranda under a great rain tree; people wait their turn."""
    c.bg("#4fa9c4", "#a9dcd0", "#f2f0cc", y1=640)
    cloud(c, 1250, 170, 460, "#d6eee4", "#ffffff", 0.9)
    ridge(c, 500, 90, "#8fc0b0", first=3)
    ridge(c, 560, 50, "#5f9f7f", first=5)
    for x, h, lean in ((1400, 420, 0.1), (1520, 340, -0.1), (1310, 300, 0.14)):
        palm(c, x, 680, h, "#3f6a4f", lean, "#3f8a5a")
    c.rect(0, 660, 1600, 410, ("#a9cf6a", "#6fa84a"))
    c.poly([(420, 1067), (560, 800), (1000, 800), (1250, 1067)], ("#e8cf9a", "#c99f66"))
    x, _y, w = 380, 800, 800
    c.poly(
        [(x - 90, 480), (x + 120, 300), (x + w - 120, 300), (x + w + 90, 480)],
        ("#c9553a", "#8f3428"),
    )
    for k in range(30):
        u = k / 29
        c.line([(x + 120 + (w - 240) * u, 304), (x - 84 + (w + 168) * u, 478)], 2.5, "#7a2a22", 0.7)
    c.poly([(x + 300, 300), (x + 400, 214), (x + 500, 300)], ("#e8c98f", "#c99a5f"))
    c.dot(x + 400, 268, 20, "#f2b53a")
    c.dot(x + 400, 268, 13, "#fff0b8")
    c.rect(x, 480, w, 320, ("#cfe0d0", "#a9c9c0"))
    c.rect(x, 480, w, 60, "#3f5f60", 0.35)
    for wx in (x + 60, x + 570):
        c.rect(wx, 560, 170, 150, "#f6efdc")
        c.rect(wx + 10, 570, 150, 130, ("#2f5560", "#4f7f88"))
        for k in range(1, 5):
            c.rect(wx + 10 + k * 30, 570, 5, 130, "#f6efdc")
    c.rect(x + 310, 550, 180, 250, "#7a4228")
    c.rect(x + 324, 566, 152, 234, ("#4a2a20", "#2a1a1a"))
    c.glow(x + 400, 640, 130, "#ffdf94", 0.8)
    c.rect(x + 350, 690, 100, 110, "#c98f52")
    person(c, x + 400, 800, 210, "stand", "#2f6f8f", "#22304a", "#8a5638", "#f2c24a", "scarf")
    c.rect(x + 340, 716, 120, 84, ("#d9a05f", "#a06a3a"))
    for k in range(5):
        px = x - 50 + k * (w + 100) / 4 - 11
        c.rect(px, 480, 22, 330, ("#fffaf0", "#d9cfb4"))
        c.rect(px - 8, 480, 38, 14, "#f2e2b8")
    c.rect(x - 90, 478, w + 180, 20, "#f2e2b8")
    c.rect(x - 70, 806, w + 140, 26, ("#e0d2b0", "#a9946f"))
    c.rect(x - 90, 830, w + 180, 22, ("#cfbf98", "#8f7a58"))
    queue = (
        (760, 830, "walk", "#d9472f", "#3a2f55", "#f6efe0", "scarf", True),
        (650, 870, "stand", "#f0b23a", "#2f4a5f", "#2a2024", "hair", False),
        (540, 900, "stand", "#5f9a6a", "#6a3f4f", "#f3dca0", "caping", True),
        (420, 940, "walk", "#6a5fae", "#33303f", "#2a2024", "hair", False),
    )
    for k, (px, py, pose, top, low, hat, kind, robe) in enumerate(queue):
        h = 230 + k * 26
        c.soft(ell(px + 20, py, h * 0.28, 9), "#5f4a2f", 6, 0.5)
        j = person(c, px, py, h, pose, top, low, "#7a4a34", hat, kind, robe=robe)
        if k == 2:
            c.poly(
                curve(
                    [(px + 10, py - 92), (px + 70, py - 98), (px + 80, py - 10), (px + 4, py - 8)],
                    closed=True,
                ),
                ("#e8d2a0", "#b9986a"),
            )
        if k == 0:
            c.rect(j["handR"][0] - 8, j["handR"][1] - 16, 40, 26, "#fffaf0")
    bx, by = 1180, 930
    for dx in (-84, 84):
        c.line([*ell(bx + dx, by, 62), ell(bx + dx, by, 62)[0]], 8, "#22303a")
        c.dot(bx + dx, by, 8, "#22303a")
    c.line(
        [(bx - 84, by), (bx - 34, by - 84), (bx + 58, by - 84), (bx, by), (bx - 84, by)],
        8,
        "#2f7f7a",
    )
    c.line([(bx - 40, by - 104), (bx, by)], 8, "#2f7f7a")
    c.line([(bx + 84, by), (bx + 52, by - 116), (bx + 22, by - 122)], 8, "#2f7f7a")
    c.rrect(bx - 72, by - 118, 60, 15, 7, "#7a4228")
    c.poly(
        [(bx + 50, by - 100), (bx + 122, by - 100), (bx + 112, by - 50), (bx + 58, by - 50)],
        "#d9a860",
    )
    c.taper(
        curve([(130, 1000), (150, 760), (110, 520), (60, 330)]), 120, 50, ("#6f4f38", "#4a3428")
    )
    for x1, y1 in ((330, 250), (-40, 220)):
        c.taper(curve([(110, 560), ((110 + x1) / 2, 380), (x1, y1)]), 50, 18, "#5f4230")
    blobs = [(c.r(-120, 560), c.r(-60, 280)) for _ in range(40)]
    for px, py in sorted(blobs, key=lambda b: -b[1]):
        if py < 280 - abs(px - 150) * 0.35:
            rad = c.r(60, 100)
            c.dot(px, py, rad, mix("#2f7f4a", "#22633f", c.r()))
            c.shade(ell(px, py, rad), "#c9e37a", 0.7, 150, 0.5)
    for k in range(5):
        px = 40 + k * 70
        c.soft(ell(px, 1010, 70, 14), "#2f5f38", 10, 0.5)
    for k in range(4):
        px = 1330 + k * 76
        for m in range(4):
            c.poly(
                curve(
                    [
                        (px - 44, 1000 - m * 40),
                        (px, 985 - m * 40),
                        (px + 44, 1000 - m * 40),
                        (px + 46, 1030 - m * 40),
                        (px, 1040 - m * 40),
                        (px - 46, 1030 - m * 40),
                    ],
                    closed=True,
                ),
                ("#f2e0b4", "#c4a574"),
            )


@picture()
def pabrik_kecil(c: Canvas) -> None:
    """A small factory with a saw-tooth roof and one thin plume of steam."""
    c.bg("#f28f6a", "#f9bf8a", "#fde6bf", y1=700)
    c.glow(1280, 420, 560, "#fff6d8", 0.9)
    c.dot(1280, 420, 66, "#fffaf0")
    streaks(c, 100, 330, 12, "#ffe0bf", 0.6)
    ridge(c, 620, 60, "#d99a85", first=3)
    ridge(c, 660, 34, "#b97f7f", first=6)
    for i in range(12):
        r = 24 + i * 11
        x, y = 390 + i * 46 + c.r(-10, 10), 150 - i * 11 + c.r(-8, 8)
        c.dot(x, y, r, "#fff3e4", 0.9)
        c.shade(ell(x, y, r), "#e09a85", 0.5, 20, 0.4)
    c.poly([(356, 720), (368, 190), (424, 190), (436, 720)], Grad(("#c9553f", "#7f2c34"), 90))
    for y in (220, 300):
        c.poly([(366, y), (427, y), (428, y + 26), (365, y + 26)], "#f6e6cc")
    c.rect(0, 760, 1600, 310, ("#d9a878", "#a8704f"))
    base = 820
    for i in range(5):
        x = 220 + i * 230
        c.poly([(x, 610), (x, 450), (x + 230, 600), (x + 230, 610)], ("#7a4a55", "#4f2f42"))
        c.poly([(x, 610), (x, 452), (x + 66, 496), (x + 66, 610)], ("#ffe9b0", "#ffc57a"))
        for k in (22, 44):
            c.rect(x + k, 470, 4, 140, "#4f2f42")
        c.line([(x, 450), (x + 232, 602)], 9, "#3a2236")
    c.rect(200, 606, 1190, base - 606, ("#2f7f86", "#1f5a68"))
    for k in range(60):
        c.rect(200 + k * 20, 606, 3, base - 606, "#184a58", 0.6)
    c.shade(box(200, 606, 1190, base - 606), "#f9c48a", 0.4, 90, 0.5)
    for x in (260, 440, 1080, 1240):
        c.rect(x - 6, 654, 112, 92, "#f6e6cc")
        c.rect(x, 660, 100, 80, ("#ffe9a8", "#ffbf6a"))
        c.rect(x + 47, 660, 6, 80, "#f6e6cc")
        c.rect(x, 697, 100, 6, "#f6e6cc")
    c.rect(620, 630, 400, 190, "#f6e6cc")
    c.rect(636, 646, 368, 174, ("#ffdf94", "#c9783f"))
    for x, h in ((700, 130), (790, 120), (900, 130)):
        person(c, x, 820, h, "work", "#5a3040", flip=x > 800)
    c.rect(740, 760, 180, 16, "#5a3040")
    for k in range(5):
        c.rrect(750 + k * 33, 734, 24, 27, 4, "#8f4a3a")
    for k in range(7):
        c.rect(636, 646 + k * 7, 368, 3, "#b98a5f", 0.8)
    c.soft(ell(1230, 930, 240, 16), "#4a2a2a", 10, 0.6)
    c.rect(1110, 790, 210, 120, ("#f4efe0", "#cfc4b0"))
    c.poly(
        curve([(1320, 910), (1320, 820), (1380, 820), (1412, 866), (1426, 910)], n=5),
        ("#e0a03a", "#b5742a"),
    )
    c.poly([(1334, 832), (1376, 832), (1398, 866), (1334, 866)], "#cfeaea")
    for x in (1170, 1360):
        c.dot(x, 914, 32, "#2a2028")
        c.dot(x, 914, 13, "#d9d2c4")
    person(c, 1010, 960, 250, "carry", "#d9472f", "#33405a", "#7a4a34", "#2a2024", "hair")
    c.rrect(945, 640, 130, 78, 8, ("#d9a860", "#a06f3a"))
    person(c, 720, 990, 270, "walk", "#f4efe0", "#3f4f6a", "#6b4028", "#f2c24a", "scarf", robe=True)
    person(c, 560, 980, 265, "walk", "#4f9a7a", "#33303f", "#7a4a34", "#e0a03a", "cap", flip=True)
    for i in range(8):
        bush(c, 40 + i * 22, 870 + i * 24, 46, "#4f7a4a", "#b9cf74")
    tree(c, 90, 900, 330, "#4f8a4f", "#e0dc7a", "#5f3f34")
    tree(c, 1530, 880, 300, "#4f8a4f", "#e0dc7a", "#5f3f34")


@picture()
def stadion_malam(c: Canvas) -> None:
    """A stadium under floodlights, the pitch glowing in the dark bowl."""
    c.bg("#060a22", "#141a48", "#2f2f6f", y1=520)
    stars(c, 110, 260)
    for x, y in ((150, 110), (1450, 110), (480, 170), (1120, 170)):
        fl = 1 if x < 800 else -1
        for k in range(3):
            t = math.radians(90 - fl * (32 + k * 12))
            h = math.radians(5)
            c.soft(
                [
                    (x, y),
                    (x + 1300 * math.cos(t - h), y + 1300 * math.sin(t - h)),
                    (x + 1300 * math.cos(t + h), y + 1300 * math.sin(t + h)),
                ],
                "#dff0ff",
                16,
                0.16,
            )
    bowl = curve([(-40, 520), (300, 430), (800, 400), (1300, 430), (1640, 520)])
    c.poly([*bowl, (1640, 760), (-40, 760)], ("#232a5f", "#3a3f86"))
    for row in range(15):
        t = row / 14
        y0 = 428 + 250 * t
        for i in range(112):
            x = i * 14.6 + (row % 2) * 7
            y = y0 + (abs(x - 800) / 800) ** 2 * 100 * (1 - t * 0.75)
            if c.r() < 0.9:
                c.dot(
                    x,
                    y,
                    3.0 + 3.2 * t,
                    c.pick(
                        (
                            "#e0452f",
                            "#f6efe0",
                            "#ffcf4a",
                            "#4f5fb0",
                            "#7a4a44",
                            "#2f3a7a",
                            "#e07a5a",
                        )
                    ),
                    c.r(0.5, 1),
                )
        if row in (5, 10):
            c.line(
                [
                    (x * 20.0, y0 + 8 + (abs(x * 20 - 800) / 800) ** 2 * 100 * (1 - t * 0.75))
                    for x in range(82)
                ],
                7,
                "#10163f",
            )
    roof = [
        *curve([(-40, 470), (300, 372), (800, 338), (1300, 372), (1640, 470)]),
        *curve([(1640, 430), (1300, 320), (800, 280), (300, 320), (-40, 430)]),
    ]
    c.poly(roof, ("#5f6ab0", "#1a2058"))
    c.line(roof[: len(roof) // 2], 5, "#cfe4ff")
    for x, y in ((150, 110), (1450, 110), (480, 170), (1120, 170)):
        s = 1.0 if x in (150, 1450) else 0.66
        c.poly([(x - 10 * s, y), (x + 10 * s, y), (x + 20 * s, 470), (x - 20 * s, 470)], "#0c1238")
        c.glow(x, y, 260 * s, "#eaf6ff", 0.95)
        c.rrect(x - 84 * s, y - 56 * s, 168 * s, 100 * s, 8, "#0c1238")
        for i in range(5):
            for k in range(3):
                c.dot(x - 64 * s + i * 32 * s, y - 36 * s + k * 30 * s, 12 * s, "#ffffff")
    c.rect(0, 690, 1600, 28, ("#8f3a3f", "#5f2636"))
    for k in range(8):
        c.rect(k * 200 + 4, 694, 192, 22, ("#e0452f", "#f2b53a", "#2f8f8a", "#f6efe0")[k % 4])
    c.rect(0, 716, 1600, 351, ("#4fbf5a", "#1f7a44"))
    for k in range(9):
        x0, x1 = 800 + (k - 4.5) * 150, 800 + (k - 3.5) * 150
        if k % 2:
            c.poly(
                [
                    (x0, 716),
                    (x1, 716),
                    (800 + (x1 - 800) * 2.1, 1067),
                    (800 + (x0 - 800) * 2.1, 1067),
                ],
                "#7fe07a",
                0.35,
            )
    c.glow(800, 850, 820, "#e6ffd8", 0.35, 0.45)
    white = "#f4fff0"
    c.line([(-20, 740), (1620, 740)], 4, white)
    c.line([(800, 740), (800, 1067)], 6, white)
    c.line([*ell(800, 900, 260, 90), ell(800, 900, 260, 90)[0]], 6, white)
    for s in (-1, 1):
        c.line(
            [
                (800 + s * 820, 790),
                (800 + s * 560, 790),
                (800 + s * 660, 960),
                (800 + s * 820, 960),
            ],
            5,
            white,
        )
    men = (
        (690, 880, 130, "run", "#e0352f", False),
        (930, 900, 140, "run", "#f6f4ea", True),
        (520, 830, 100, "run", "#e0352f", False),
        (1130, 820, 100, "run", "#f6f4ea", True),
        (330, 960, 160, "walk", "#f6f4ea", False),
        (1300, 970, 165, "run", "#e0352f", True),
        (800, 800, 86, "run", "#f2c23a", False),
        (1010, 1010, 180, "kick", "#e0352f", False),
    )
    for x, y, h, pose, col, flip in men:
        for d in (-1, 1):
            c.poly(
                [
                    (x, y),
                    (x + 8, y),
                    (x + d * h * 0.5, y + h * 0.2),
                    (x + d * h * 0.5 - 14, y + h * 0.2),
                ],
                "#0f4a30",
                0.35,
            )
        person(
            c, x, y, h, pose, col, mix(col, "#101030", 0.6), "#7a4a34", "#1a1420", "hair", flip=flip
        )
    c.dot(1096, 870, 17, "#ffffff")
    c.dot(1099, 872, 6, "#1a2048")


@picture()
def festival_lampion(c: Canvas) -> None:
    """Paper lanterns rise from a river lined with people."""
    c.bg("#07122f", "#122a58", "#3a3f7f", "#8a4f7a", y1=680)
    stars(c, 150, 380)
    c.glow(800, 660, 760, "#ff9a5a", 0.55, 0.5)
    ridge(c, 600, 90, "#1c2452", first=3)
    for i in range(13):
        x, w = i * 132 - 40, c.r(80, 130)
        house(c, x, 670, w, c.r(46, 80), ("#2f2450", "#251a40"), "#140f2c", "#ffb85a")
    c.poly([(790, 670), (800, 420), (860, 420), (870, 670)], "#1a1438")
    for k in range(4):
        w, y = 130 - k * 22, 600 - k * 64
        c.poly(
            curve(
                [
                    (830 - w, y + 10),
                    (830 - w * 0.5, y - 16),
                    (830, y - 46),
                    (830 + w * 0.5, y - 16),
                    (830 + w, y + 10),
                ]
            ),
            "#140f2c",
        )
        c.rect(800, y, 60, 18, "#ffb85a")

    def lantern(x: float, y: float, s: float, lit: float = 1) -> None:
        col = c.pick(("#ff9f3f", "#ffb84a", "#ff7a3a", "#ff5f4a", "#ffd06a"))
        c.glow(x, y, 130 * s, col, 0.65 * lit)
        body = curve(
            [
                (x - 26 * s, y - 40 * s),
                (x + 26 * s, y - 40 * s),
                (x + 34 * s, y - 6 * s),
                (x + 22 * s, y + 40 * s),
                (x - 22 * s, y + 40 * s),
                (x - 34 * s, y - 6 * s),
            ],
            closed=True,
        )
        c.poly(body, (mix(col, "#c9302f", 0.35), col, "#fff3c0"))
        c.glow(x, y + 22 * s, 34 * s, "#fffbe0", 0.9)
        c.poly(ell(x, y + 41 * s, 20 * s, 5 * s), "#7a2f24")
        for k in (-10, 10):
            c.line(
                [(x + k * s, y - 42 * s), (x + k * 1.3 * s, y), (x + k * s, y + 40 * s)],
                max(1, 1.6 * s),
                mix(col, "#8a2a1f", 0.5),
            )

    for _ in range(60):
        lantern(c.r(0, 1600), c.r(20, 520), c.r(0.12, 0.30), 0.8)
    c.rect(0, 670, 1600, 400, "#0c1838")
    c.reflect(672, 395, "#0a1434", 0.25, 0.6, 8)
    for _ in range(200):
        t = c.r()
        lens(
            c,
            c.r(0, 1600),
            680 + 380 * t,
            (30 + 130 * t) * c.r(0.4, 1.2),
            1.5 + 4 * t,
            c.pick(("#ffb06a", "#050b20", "#5f5a9a")),
            0.35,
        )
    for x, y, s in (
        (520, 440, 0.5),
        (1080, 400, 0.55),
        (700, 300, 0.62),
        (1330, 260, 0.8),
        (260, 300, 0.85),
        (960, 170, 0.8),
        (520, 150, 1.0),
        (1190, 560, 0.5),
        (80, 130, 0.7),
        (1500, 470, 0.6),
        (1480, 90, 1.0),
        (900, 520, 0.4),
    ):
        lantern(x, y, s)
    for x, y, s in (
        (300, 760, 0.6),
        (560, 800, 0.7),
        (900, 740, 0.5),
        (1150, 800, 0.75),
        (760, 880, 0.95),
        (1420, 760, 0.6),
        (1020, 900, 0.9),
        (440, 900, 0.9),
    ):
        light_road(c, x, y + 14 * s, y + 190 * s, 50 * s, 24 * s, "#ffc46a", 0.7)
        c.glow(x, y - 20 * s, 110 * s, "#ffb04a", 0.7)
        c.poly(ell(x, y + 8 * s, 54 * s, 13 * s), "#2f7f5a")
        for k in range(5):
            px = x + (k - 2) * 20 * s
            c.poly(
                curve([(px - 12 * s, y + 4 * s), (px, y - 26 * s), (px + 12 * s, y + 4 * s)]),
                "#ff8fae" if k % 2 else "#ffb4c8",
            )
        c.poly(ell(x, y - 20 * s, 9 * s, 17 * s), "#fff6cc")
    bank = curve([(-20, 1000), (300, 960), (560, 1020), (900, 1050), (1250, 1010), (1620, 950)])
    c.poly([*bank, (1620, 1100), (-20, 1100)], "#060a1c")
    for x, y, h, pose, robe, flip in (
        (120, 1040, 300, "reach", True, False),
        (250, 1040, 200, "stand", False, False),
        (380, 1060, 270, "carry", True, True),
        (1300, 1060, 310, "reach", True, True),
        (1420, 1060, 220, "reach", False, True),
        (1530, 1060, 300, "stand", True, False),
    ):
        person(
            c,
            x,
            y,
            h,
            pose,
            "#0a0e26",
            hat="#121838",
            hat_kind="scarf" if robe else "hair",
            skin="#3a2540",
            robe=robe,
            flip=flip,
        )
    lantern(200, 690, 0.9)
    lantern(1222, 700, 0.95)
    lantern(380, 770, 0.75)
