# A picture is one long list of strokes: cutting it into small functions would hide the composition.
# ruff: noqa: C901, PLR0912, PLR0915, FBT001, FBT003
"""Things close by: food, craft, money and machines."""

import math

from sample_pictures.canvas import Canvas, Grad, Point, box, curve, ell, mix, place, turn
from sample_pictures.motifs import (
    cloud,
    light_road,
    palm,
    person,
    rays,
    ridge,
    sailboat,
    streaks,
    sun,
    water,
)
from sample_pictures.registry import picture


def _chilli(c: Canvas, x: float, y: float, s: float, ang: float, col: str) -> None:
    pts = curve([(-110, -4), (-60, -8), (10, 6), (80, -8), (130, -40)])
    pts = turn(place(pts, x, y, s), ang, x, y)
    c.taper([(px + 5 * s, py + 12 * s) for px, py in pts], 44 * s, 5 * s, "#3a0a10", 0.35)
    c.taper(pts, 42 * s, 4 * s, mix(col, "#5a0a14", 0.35))
    up = [(px - 1 * s, py - 4 * s) for px, py in pts]
    c.taper(up, 32 * s, 3 * s, col)
    c.taper(up[6:40], 5 * s, 2 * s, "#ffd9c4", 0.85)
    stem = turn(place(curve([(-104, -4), (-130, -10), (-152, -32)]), x, y, s), ang, x, y)
    c.taper(stem, 17 * s, 8 * s, "#4f8a3a")
    cap = turn(place(ell(-108, -5, 15, 21), x, y, s), ang, x, y)
    c.poly(cap, "#5f9f44")


@picture()
def cabai_merah(c: Canvas) -> None:
    """Chillies in a round woven tray on a teal cloth, seen from above."""
    c.bg("#1f8f8a", "#14696f", angle=30)
    for i in range(-6, 40):
        c.line([(i * 70, 0), (i * 70 - 300, 1067)], 5, "#2fa59c", 0.55)
        c.line([(0, i * 70 - 200), (1600, i * 70 + 100)], 5, "#115a60", 0.4)
    cx, cy = 760.0, 540.0
    c.soft(ell(cx + 26, cy + 44, 500), "#06343a", 24, 0.7)
    c.poly(ell(cx, cy, 500), ("#d9a55a", "#a8713a"))
    with c.clip(ell(cx, cy, 456)):
        c.rect(200, 0, 1200, 1067, "#e3b872")
        for i in range(34):
            for k in range(34):
                x, y = 290 + i * 29, 70 + k * 29
                w, h = (27, 13) if (i + k) % 2 else (13, 27)
                c.rrect(x - w / 2, y - h / 2, w, h, 4, mix("#d19a50", "#f0cf92", c.r()))
        c.shade(ell(cx, cy, 456), "#6a3f1a", 0.5, 200, 0.5)
    for k in range(90):
        t = math.tau * k / 90
        c.line(
            [
                (cx + 458 * math.cos(t), cy + 458 * math.sin(t)),
                (cx + 498 * math.cos(t + 0.05), cy + 498 * math.sin(t + 0.05)),
            ],
            6,
            "#8a5a2a",
        )
    spots = []
    for _ in range(92):
        t, rad = c.r(0, math.tau), 350 * c.r() ** 0.55
        spots.append((rad, cx + rad * math.cos(t), cy + rad * math.sin(t)))
    for _, x, y in sorted(spots, key=lambda p: -p[0]):
        col = c.pick(("#d9202a", "#e8382c", "#c4182a", "#f04a30", "#b51226"))
        _chilli(c, x, y, c.r(0.72, 0.98), c.r(0, 360), col if c.r() > 0.06 else "#5f9f3a")
    for x, y, a in ((1390, 250, 60), (1450, 380, 100), (1370, 860, -30), (140, 930, 20)):
        _chilli(c, x, y, 0.95, a, "#e0302a")
    for x, y in ((1320, 150), (1480, 640), (1400, 700), (130, 160)):
        c.soft(ell(x + 8, y + 14, 60), "#06343a", 10, 0.5)
        c.dot(x, y, 60, ("#f6e9f0", "#d9a9c4"))
        c.shade(ell(x, y, 60), "#8a3f6a", 0.7, 30, 0.4)
        for k in range(5):
            c.line(
                curve([(x - 4, y - 56), (x + (k - 2) * 26, y), (x + 2, y + 56)]), 2, "#a85f8a", 0.7
            )
    for x, y, a in ((170, 300, 30), (120, 720, -40), (1510, 900, 10)):
        leaf = turn(
            place(curve([(-120, 0), (0, -44), (130, 0), (0, 44)], closed=True), x, y), a, x, y
        )
        c.soft([(px + 8, py + 14) for px, py in leaf], "#06343a", 8, 0.5)
        c.poly(leaf, ("#8fc44f", "#3f8a3a"))
        c.line(turn(place([(-118, 0), (126, 0)], x, y), a, x, y), 4, "#d0ea9a")


@picture()
def cangkir_kopi(c: Canvas) -> None:
    """A cup of black coffee by the window of a quiet morning."""
    c.bg("#f2e4cc", "#e6cfa8")
    c.rect(120, -20, 820, 700, "#fffaf0")
    with c.clip(box(150, 0, 760, 650)):
        c.bg("#a9d4dc", "#e6eed8", "#fbe7bf", y1=650)
        c.glow(720, 240, 360, "#fffbe6", 0.9)
        ridge(c, 380, 80, "#9fc0b0", first=4)
        ridge(c, 450, 60, "#6f9f88", first=5)
        ridge(c, 530, 40, "#477f68", first=6)
    for x in (150, 520, 895):
        c.rect(x, 0, 20, 660, "#fffaf0")
    c.rect(140, 250, 780, 16, "#fffaf0")
    c.rect(90, 650, 880, 40, ("#fffdf6", "#d9c8a4"))
    curtain = [
        *curve([(900, -10), (950, 200), (900, 420), (980, 700), (960, 830)]),
        (1240, 830),
        (1180, -10),
    ]
    c.poly(curtain, Grad(("#d9785a", "#c25a44", "#a8453a"), 90))
    for k in range(5):
        c.line(
            curve([(960 + k * 50, -10), (1000 + k * 46, 300), (980 + k * 54, 830)]),
            12,
            "#8f3a34",
            0.35,
        )
    c.rect(0, 790, 1600, 280, ("#9a6238", "#5f3a24"))
    for y in (830, 900, 990):
        c.line(curve([(0, y), (500, y + 12), (1000, y - 8), (1600, y + 10)]), 4, "#4a2a1a", 0.5)
    c.poly([(150, 800), (900, 800), (1380, 1067), (420, 1067)], "#ffdf9a", 0.35)
    c.soft(ell(860, 960, 440, 54), "#2a140c", 22, 0.7)
    c.poly(ell(780, 930, 390, 76), ("#f4f9f6", "#b9cfcc"))
    c.poly(ell(780, 918, 330, 56), ("#d4e4e0", "#f6fbf8"))
    handle = ell(1090, 720, 118, 112)
    c.line([*handle, handle[0]], 44, "#2f7f8a")
    c.line(handle[len(handle) // 2 : len(handle) - 6], 12, "#7fc4c8")
    cup = [
        *curve([(500, 580), (520, 760), (600, 880), (690, 925)]),
        *curve([(870, 925), (960, 880), (1040, 760), (1060, 580)]),
    ]
    c.poly(cup, Grad(("#4fa9b0", "#2f8890", "#1a5a68"), 90))
    c.shade(cup, "#0c3a48", 0.6, 70, 0.55)
    c.poly(
        [
            *curve([(540, 640), (556, 760), (620, 860)]),
            *curve([(650, 865), (590, 760), (574, 640)]),
        ],
        "#d9f4f0",
        0.6,
    )
    for k in range(11):
        t = k / 10
        x = 520 + 520 * t
        y = 690 + 34 * math.sin(math.pi * t)
        c.poly([(x, y - 24), (x + 22, y), (x, y + 24), (x - 22, y)], "#f6e2b4", 0.9)
    c.poly(ell(780, 580, 280, 70), ("#8fd0d0", "#4fa0a8"))
    c.poly(ell(780, 586, 256, 58), ("#1f0f0a", "#5a2f1a"))
    c.poly(ell(720, 600, 150, 28), "#a8643a", 0.5)
    c.line(curve([(560, 580), (700, 556), (860, 552), (990, 572)]), 5, "#d99a5f", 0.7)
    for off, lean, a in ((-90, -40, 0.6), (10, 30, 0.75), (100, 70, 0.5)):
        left = curve(
            [
                (760 + off, 560),
                (700 + off + lean, 440),
                (800 + off + lean, 310),
                (740 + off + lean * 2, 170),
                (810 + off + lean * 2, 20),
            ]
        )
        for k in range(3):
            c.soft(
                [*left, *[(x + 46 - k * 14, y) for x, y in left[::-1]]],
                "#ffffff",
                16 - k * 4,
                a * 0.30,
            )
    c.soft(ell(1330, 1000, 180, 26), "#2a140c", 12, 0.5)
    for _ in range(34):
        x, y, ang = 1310 + c.r(-170, 190), 975 + c.r(-46, 50), c.r(0, 180)
        bean = ell(x, y, 30, 21, ang)
        c.poly(bean, c.pick(("#5a2f1c", "#6f3f26", "#4a2416")))
        c.shade(bean, "#c98a5a", 0.6, 200, 0.5)
        c.line(
            turn(curve([(x - 26, y), (x - 6, y - 5), (x + 8, y + 5), (x + 26, y)]), ang, x, y),
            4,
            "#2a120a",
        )
    c.poly(turn(box(110, 900, 330, 130, 8), -6, 270, 960), ("#fffaf0", "#e0d2b8"))
    c.poly(turn(box(130, 916, 120, 98), -6, 270, 960), "#8fb8b4")
    for k in range(6):
        c.line(
            turn([(268, 924 + k * 17), (420 - (k % 3) * 30, 924 + k * 17)], -6, 270, 960),
            5,
            "#8a7f74",
            0.8,
        )


@picture()
def karung_beras(c: Canvas) -> None:
    """Open sacks of rice, white, red and black, with a wooden measure."""
    c.bg("#5f3f2f", "#a8764a", "#e0b070", y1=720)
    for k in range(10):
        c.rect(k * 170 - 20, 0, 160, 740, mix("#8a5a3a", "#6a4430", c.r()), 0.55)
    c.glow(420, 160, 760, "#ffe6ac", 0.75)
    rays(c, 120, -200, 1500, "#fff0c4", 34, 66, 5, 0.25)
    c.rect(0, 760, 1600, 310, ("#8f6040", "#4a2f24"))
    back = ((90, 760, 0.9), (420, 770, 0.95), (1190, 765, 0.95), (1490, 770, 0.95))
    for x, y, s in back:
        for lev in range(2):
            yy = y - lev * 175 * s
            sack = curve(
                [
                    (x - 180 * s, yy),
                    (x - 196 * s, yy - 90 * s),
                    (x - 160 * s, yy - 176 * s),
                    (x, yy - 190 * s),
                    (x + 160 * s, yy - 176 * s),
                    (x + 196 * s, yy - 90 * s),
                    (x + 180 * s, yy),
                ],
                closed=True,
            )
            c.poly(sack, ("#d9bd8a", "#9a7a50"))
            c.shade(sack, "#4a2f1f", 0.6, 60, 0.35)
            c.line([(x - 110 * s, yy - 96 * s), (x + 110 * s, yy - 96 * s)], 16 * s, "#3f7f6a", 0.8)
            c.line([(x - 110 * s, yy - 70 * s), (x + 110 * s, yy - 70 * s)], 6 * s, "#c9432f", 0.8)
    kinds = (
        (300, 960, 1.0, "#fffaf0", "#d9cdb0"),
        (1310, 970, 1.02, "#4a3040", "#1f141c"),
        (800, 1010, 1.2, "#b8563a", "#7a2f24"),
    )
    for x, y, s, light, dark in kinds:
        c.soft(ell(x + 20, y + 10, 260 * s, 34), "#1f120c", 16, 0.7)
        sack = curve(
            [
                (x - 200 * s, y),
                (x - 240 * s, y - 150 * s),
                (x - 210 * s, y - 320 * s),
                (x + 210 * s, y - 320 * s),
                (x + 240 * s, y - 150 * s),
                (x + 200 * s, y),
                (x, y + 16 * s),
            ],
            closed=True,
        )
        c.poly(sack, ("#ecd6a4", "#b08a58"))
        c.shade(sack, "#5a3a24", 0.7, 75, 0.4)
        with c.clip(sack):
            for k in range(42):
                c.line(
                    [(x - 250 * s + k * 12 * s, y - 340 * s), (x - 250 * s + k * 12 * s, y + 20)],
                    1.4,
                    "#8f6a40",
                    0.35,
                )
                c.line(
                    [
                        (x - 250 * s, y - 340 * s + k * 9 * s),
                        (x + 250 * s, y - 340 * s + k * 9 * s),
                    ],
                    1.4,
                    "#8f6a40",
                    0.35,
                )
        mound = curve(
            [
                (x - 206 * s, y - 330 * s),
                (x - 120 * s, y - 400 * s),
                (x, y - 440 * s),
                (x + 120 * s, y - 404 * s),
                (x + 206 * s, y - 330 * s),
                (x, y - 286 * s),
            ],
            closed=True,
        )
        c.poly(mound, (light, mix(light, dark, 0.6)))
        with c.clip(mound):
            for _ in range(420):
                px, py = x + c.r(-210, 210) * s, y - c.r(290, 440) * s
                c.poly(ell(px, py, 9 * s, 3.6 * s, c.r(0, 180)), mix(light, dark, c.r(0, 0.9)))
            c.shade(mound, mix(dark, "#1a0f0a", 0.4), 0.6, 70, 0.45)
        for sd in (-1, 1):
            c.line(
                curve(
                    [
                        (x + sd * 214 * s, y - 330 * s),
                        (x + sd * 110 * s, y - 292 * s),
                        (x, y - 280 * s),
                    ]
                ),
                40 * s,
                "#f2dfb4",
            )
            c.line(
                curve(
                    [
                        (x + sd * 214 * s, y - 324 * s),
                        (x + sd * 110 * s, y - 284 * s),
                        (x, y - 272 * s),
                    ]
                ),
                8 * s,
                "#b8945f",
            )
    c.poly(turn(box(760, 470, 220, 120, 18), -24, 870, 530), ("#d9985a", "#8f5a30"))
    c.poly(turn(ell(760, 530, 34, 62), -24, 870, 530), "#5f3820")
    c.poly(turn(ell(764, 530, 26, 52), -24, 870, 530), "#c9694a")
    c.poly(turn(box(970, 516, 190, 30, 14), -24, 870, 530), ("#c98a4a", "#8a5830"))
    for _ in range(80):
        c.poly(
            ell(c.r(420, 640), 1030 + c.r(-30, 30), 9, 3.5, c.r(0, 180)),
            c.pick(("#fffaf0", "#e6dcc0")),
        )


@picture()
def bengkel_elektronik(c: Canvas) -> None:
    """A repair bench: an opened radio, a circuit board and the hot point of the iron."""
    c.bg("#1f2f3f", "#2a4250", y1=620)
    for i in range(40):
        for k in range(14):
            c.dot(40 + i * 40, 30 + k * 42, 4, "#14222e")
    tools = ((140, "#e0452f"), (240, "#f2b03a"), (340, "#2f9f8a"), (440, "#e87a3a"))
    for x, col in tools:
        c.rect(x - 5, 90, 10, 150, "#c9d4d9")
        c.rrect(x - 17, 220, 34, 140, 12, (mix(col, "#ffffff", 0.2), col))
    for s in (-1, 1):
        c.line(curve([(560, 150), (560 + s * 26, 220), (560 + s * 34, 350)]), 20, "#d9432f")
        c.line([(560, 150), (560 - s * 12, 90)], 12, "#c9d4d9")
    c.dot(560, 150, 14, "#8fa3ad")
    for k in range(4):
        for m in range(5):
            x, y = 1110 + m * 92, 70 + k * 92
            c.rrect(x, y, 82, 78, 8, ("#35556a", "#243f50"))
            c.rrect(
                x + 8,
                y + 30,
                66,
                40,
                5,
                c.pick(("#f2b03a", "#e0573f", "#4fb0a0", "#d9d4c0", "#6f8fd0")),
                0.85,
            )
    c.rect(0, 600, 1600, 470, ("#c98f5a", "#8a5a3a"))
    c.rect(0, 600, 1600, 14, "#e8b884")
    mat = [(260, 700), (1330, 700), (1480, 1040), (110, 1040)]
    c.poly(mat, ("#2f7f6a", "#1f5f54"))
    for k in range(22):
        u = k / 21
        c.line([(260 + 1070 * u, 700), (110 + 1370 * u, 1040)], 1.5, "#5fb09a", 0.6)
    for k in range(7):
        t = k / 6
        c.line(
            [(260 - 150 * t, 700 + 340 * t), (1330 + 150 * t, 700 + 340 * t)], 1.5, "#5fb09a", 0.6
        )
    c.line([(800, 40), (1000, 230)], 16, "#e8e4d8")
    c.line([(1000, 230), (900, 420)], 16, "#e8e4d8")
    c.dot(1000, 230, 18, "#8a949a")
    c.poly([(800, 470), (850, 400), (950, 400), (1000, 470)], ("#f2b53a", "#c9822a"))
    c.soft([(810, 470), (990, 470), (1330, 1010), (430, 1010)], "#fff3c4", 30, 0.35)
    c.glow(900, 480, 240, "#fff6d0", 0.9)
    c.poly(ell(900, 471, 98, 12), "#fffbe6")
    c.soft(ell(260, 800, 210, 20), "#2a1a14", 12, 0.6)
    c.rrect(60, 500, 390, 290, 26, ("#d9664a", "#9f3f34"))
    c.rrect(80, 520, 350, 250, 18, ("#f4e6c8", "#d9c49a"))
    c.dot(190, 650, 92, "#5a4438")
    for r in (78, 60, 42, 24):
        c.line([*ell(190, 650, r), ell(190, 650, r)[0]], 6, "#8f7460")
    c.rrect(300, 548, 110, 50, 6, ("#fff3c0", "#f2b85a"))
    c.line([(345, 550), (345, 596)], 4, "#d9342f")
    for y in (640, 710):
        c.dot(355, y, 30, "#5a4438")
        c.dot(355, y, 20, "#e0b45a")
    c.line([(400, 505), (560, 330)], 6, "#c9d4d9")
    board = [(560, 760), (1080, 760), (1150, 980), (500, 980)]
    c.soft([(x + 10, y + 20) for x, y in board], "#0c2a24", 12, 0.7)
    c.poly(board, ("#2f9f5a", "#17703f"))

    def at(u: float, v: float) -> Point:
        return 560 - 60 * v + (520 + 130 * v) * u, 760 + 220 * v

    for _ in range(46):
        u, v = round(c.r(0.05, 0.9) * 14) / 14, round(c.r(0.06, 0.9) * 8) / 8
        du, dv = c.r(-0.25, 0.25), c.r(-0.4, 0.4)
        u2, v2 = min(0.97, max(0.03, u + du)), min(0.95, max(0.05, v + dv))
        c.line([at(u, v), at(u2, v), at(u2, v2)], 3, "#9ff0a0", 0.6)
        c.dot(*at(u2, v2), 5, "#f2d06a")
    for u, v, w, h in ((0.2, 0.2, 0.2, 0.3), (0.55, 0.12, 0.14, 0.24), (0.62, 0.58, 0.22, 0.26)):
        chip = [at(u, v), at(u + w, v), at(u + w, v + h), at(u, v + h)]
        for k in range(7):
            for vv, d in ((v, -0.05), (v + h, 0.05)):
                c.line(
                    [at(u + w * (k + 0.5) / 7, vv), at(u + w * (k + 0.5) / 7, vv + d)], 5, "#d9e0e0"
                )
        c.poly(chip, ("#2a333c", "#12181f"))
        c.dot(*at(u + 0.02, v + 0.05), 5, "#8a949a")
    for u, v, col in (
        (0.1, 0.75, "#3f6fd0"),
        (0.2, 0.8, "#3f6fd0"),
        (0.45, 0.8, "#e0803a"),
        (0.85, 0.25, "#e0803a"),
    ):
        x, y = at(u, v)
        c.rect(x - 20, y - 46, 40, 50, (mix(col, "#ffffff", 0.2), col))
        c.poly(ell(x, y + 4, 20, 8), col)
        c.poly(ell(x, y - 46, 20, 8), "#e6ecec")
    px, py = at(0.5, 0.42)
    c.line([(px + 4, py - 2), (px + 92, py - 74)], 10, "#cfd8dc")
    c.line([(px + 92, py - 74), (px + 150, py - 122)], 22, "#8a949a")
    c.line([(px + 150, py - 122), (px + 330, py - 272)], 40, ("#f2b03a", "#d9802a"))
    c.line(
        curve([(px + 336, py - 278), (px + 470, py - 360), (px + 600, py - 220), (1640, 640)]),
        9,
        "#1a2028",
    )
    c.glow(px, py, 90, "#ffb04a", 0.95)
    c.dot(px, py, 8, "#fff6d8")
    smoke = curve([(px, py - 6), (px - 26, py - 80), (px + 20, py - 160), (px - 20, py - 260)])
    c.soft([*smoke, *[(x + 18, y) for x, y in smoke[::-1]]], "#ffffff", 8, 0.5)
    for _ in range(12):
        x, y = c.r(1180, 1420), c.r(880, 1010)
        c.dot(x, y, 12, "#d9d4c4")
        c.line([(x - 7, y - 4), (x + 7, y + 4)], 3, "#5a5f64")
    c.rrect(1190, 730, 150, 110, 16, ("#2a3440", "#18202a"))
    c.rrect(1206, 744, 118, 40, 6, "#b9e0a0")
    c.dot(1265, 812, 18, "#e0452f")


@picture()
def wayang(c: Canvas) -> None:
    """Shadow puppets on the lit screen, the tree of life between them."""
    c.bg("#1a0c10", "#2a1216")
    c.rect(90, 60, 1420, 760, "#7a1f24")
    c.rect(120, 90, 1360, 700, ("#f9d28a", "#fbe3a8", "#f2b25f"))
    with c.clip(box(120, 90, 1360, 700)):
        c.glow(800, 330, 760, "#fffbe0", 0.95)
        c.shade(box(120, 90, 1360, 700), "#a8501f", 0.55, 270, 0.6)
        c.shade(box(120, 90, 1360, 700), "#a8501f", 0.55, 90, 0.6)
    ink, cut = "#1c0b0c", "#f6cf86"
    gx, _gy = 800, 720
    kayon = [
        *curve(
            [
                (gx, 170),
                (gx + 36, 270),
                (gx + 120, 380),
                (gx + 190, 520),
                (gx + 150, 640),
                (gx + 90, 700),
            ]
        ),
        (gx + 90, 724),
        (gx - 90, 724),
        *curve(
            [
                (gx - 90, 700),
                (gx - 150, 640),
                (gx - 190, 520),
                (gx - 120, 380),
                (gx - 36, 270),
                (gx, 170),
            ]
        ),
    ]
    c.poly(kayon, ink)
    for s in (-1, 1):
        for k in range(6):
            y = 640 - k * 62
            w = 120 - k * 15
            c.line(
                curve(
                    [
                        (gx, y),
                        (gx + s * w * 0.5, y - 30),
                        (gx + s * w, y - 6),
                        (gx + s * w * 0.86, y + 22),
                        (gx + s * w * 0.64, y + 6),
                    ]
                ),
                6,
                cut,
            )
            c.dot(gx + s * w * 0.55, y + 10, 8, cut)
            c.dot(gx + s * w * 1.1, y - 26, 5, cut)
    c.line([(gx, 690), (gx, 220)], 8, cut)
    c.poly([(gx - 46, 716), (gx - 46, 664), (gx, 626), (gx + 46, 664), (gx + 46, 716)], cut)
    c.rect(gx - 16, 672, 32, 44, ink)
    c.line([(gx, 724), (gx, 830)], 8, ink)

    def puppet(x: float, y: float, s: float, f: int, crown: int) -> None:
        def at(pts: list[tuple[float, float]]) -> list[Point]:
            return place(pts, x, y, s * f, s)

        c.line(at([(0, 0), (0, 120)]), 8 * s, ink)
        skirt = curve(
            [
                (-40, -210),
                (-90, -110),
                (-120, 0),
                (-40, -14),
                (0, 6),
                (60, -10),
                (110, 6),
                (70, -110),
                (40, -210),
            ]
        )
        c.poly(at(skirt), ink)
        c.poly(
            at(
                curve(
                    [(-70, -60), (-150, -90), (-170, -190), (-130, -120), (-60, -120)], closed=True
                )
            ),
            ink,
        )
        body = curve(
            [(-34, -205), (-60, -310), (-86, -372), (0, -396), (84, -360), (50, -300), (36, -205)]
        )
        c.poly(at(body), ink)
        head = curve(
            [
                (-34, -410),
                (-44, -470),
                (0, -500),
                (44, -484),
                (62, -452),
                (118, -430),
                (66, -424),
                (50, -400),
                (10, -384),
            ]
        )
        c.poly(at(head), ink)
        c.poly(at([(-14, -420), (16, -420), (20, -370), (-20, -370)]), ink)
        if crown:
            c.poly(
                at(
                    curve(
                        [
                            (-46, -470),
                            (-110, -500),
                            (-120, -580),
                            (-60, -620),
                            (-84, -550),
                            (-30, -530),
                            (20, -500),
                        ],
                        closed=True,
                    )
                ),
                ink,
            )
            c.poly(
                at(
                    curve(
                        [(-30, -490), (-6, -570), (40, -600), (26, -540), (50, -490)], closed=True
                    )
                ),
                ink,
            )
        else:
            c.poly(
                at(
                    [
                        (-44, -478),
                        (-30, -560),
                        (-6, -580),
                        (0, -640),
                        (10, -580),
                        (34, -556),
                        (46, -486),
                    ]
                ),
                ink,
            )
            for k in range(3):
                c.line(at([(-34 + k * 6, -500 - k * 26), (38 - k * 6, -500 - k * 26)]), 4 * s, cut)
        wing = curve(
            [(-60, -370), (-140, -420), (-170, -350), (-120, -330), (-150, -280), (-80, -310)],
            closed=True,
        )
        c.poly(at(wing), ink)
        for pts in (
            [(70, -356), (150, -260), (250, -340)],
            [(-70, -356), (-110, -230), (-10, -170)],
        ):
            c.line(at([(float(a), float(b)) for a, b in pts]), 16 * s, ink)
        c.line(at([(250, -340), (276, -366), (284, -340)]), 8 * s, ink)
        c.line(at([(250, -340), (190, 110)]), 4 * s, ink)
        c.line(at([(-10, -170), (-40, 110)]), 4 * s, ink)
        for px, py in ((150, -260), (-110, -230)):
            c.poly(at(ell(px, py, 17)), ink)
            c.poly(at(ell(px, py, 8)), cut)
        c.poly(at(curve([(40, -456), (62, -462), (78, -450), (60, -446)], closed=True)), cut)
        for k in range(5):
            c.line(
                at(
                    curve(
                        [(-70 + k * 6, -20 - k * 36), (0, -40 - k * 36), (76 - k * 6, -20 - k * 36)]
                    )
                ),
                4 * s,
                cut,
            )
            for m in range(4):
                c.poly(at(ell(-50 + m * 34, -16 - k * 36, 5)), cut)
        for k in range(3):
            c.line(
                at(
                    curve(
                        [
                            (-60 + k * 4, -352 + k * 24),
                            (0, -330 + k * 24),
                            (56 - k * 4, -346 + k * 24),
                        ]
                    )
                ),
                4 * s,
                cut,
            )
        for k in range(6):
            c.poly(at(ell(-96 - 10 * k + k * k, -370 + k * 12, 5)), cut)

    puppet(400, 690, 0.92, 1, 0)
    puppet(1200, 690, 0.92, -1, 1)
    puppet(190, 715, 0.56, 1, 1)
    puppet(1410, 715, 0.56, -1, 0)
    c.rect(90, 790, 1420, 60, ("#c99a3f", "#7a4a1f"))
    for k in range(24):
        c.poly(
            [(100 + k * 60, 820), (130 + k * 60, 798), (160 + k * 60, 820), (130 + k * 60, 842)],
            "#7a1f24",
        )
    c.line([(800, -10), (800, 70)], 6, "#c99a3f")
    c.poly(curve([(730, 70), (760, 120), (840, 120), (870, 70)]), ("#e0b04a", "#8a5a1f"))
    c.glow(800, 66, 200, "#fff3b8", 0.95)
    c.poly(
        curve([(784, 76), (782, 40), (800, 6), (818, 40), (816, 76)], closed=True),
        ("#ff9a3a", "#fff6cc"),
    )
    for x in (45, 1555):
        c.rect(x - 45, 0, 90, 1067, ("#5f161c", "#2a0a10"))
        for k in range(4):
            c.rect(x - 40 + k * 22, 0, 7, 1067, "#8f2a2c", 0.5)
    for i in range(14):
        x, s = 20 + i * 120 + c.r(-20, 20), c.r(0.85, 1.25)
        y = 1010 + c.r(-16, 40)
        c.poly(
            curve(
                [
                    (x - 100 * s, 1100),
                    (x - 84 * s, y + 20 * s),
                    (x, y - 20 * s),
                    (x + 84 * s, y + 20 * s),
                    (x + 100 * s, 1100),
                ]
            ),
            "#0e0508",
        )
        c.dot(x, y - 52 * s, 42 * s, "#0e0508", ry=48 * s)
        c.line(ell(x, y - 52 * s, 42 * s, 48 * s)[28:40], 4, "#e0903a", 0.8)
        if i % 3 == 0:
            c.poly(
                [
                    (x - 40 * s, y - 66 * s),
                    (x - 34 * s, y - 104 * s),
                    (x + 34 * s, y - 104 * s),
                    (x + 40 * s, y - 66 * s),
                ],
                "#0e0508",
            )
        elif i % 3 == 1:
            c.dot(x + 30 * s, y - 90 * s, 20 * s, "#0e0508")


def _gong(c: Canvas, x: float, y: float, r: float) -> None:
    c.soft(ell(x + r * 0.1, y + r * 0.12, r), "#0c0406", 16, 0.7)
    c.poly(ell(x, y, r), Grad(("#f6cf6a", "#c98a2a", "#6f3f14"), 45))
    c.poly(ell(x, y, r * 0.88), Grad(("#8a5318", "#d9a03a", "#b87824"), 45))
    for k in (0.72, 0.58):
        c.line([*ell(x, y, r * k), ell(x, y, r * k)[0]], r * 0.018, "#7a4a14")
    c.shade(ell(x, y, r * 0.88), "#fff0b0", 0.6, 215, 0.55)
    c.poly(ell(x, y, r * 0.30), Grad(("#ffe9a0", "#d99a34", "#7a4816"), 45))
    c.glow(x - r * 0.1, y - r * 0.1, r * 0.22, "#fffbe0", 0.9)


@picture()
def gamelan(c: Canvas) -> None:
    """Two hanging gongs in a carved frame and the kettle-gongs before them."""
    c.bg("#3a0f1c", "#6a1a24", "#a8392a", y1=760)
    c.glow(800, 340, 860, "#ff9a4a", 0.5)
    for i in range(18):
        for k in range(9):
            x, y = i * 100 + (k % 2) * 50, k * 90
            c.poly([(x, y - 24), (x + 24, y), (x, y + 24), (x - 24, y)], "#d9603a", 0.16)
    c.rect(0, 760, 1600, 310, ("#5f241c", "#240c10"))
    wood = ("#8f3a24", "#4a1a16")
    for x in (210, 1340):
        c.rect(x, 170, 50, 640, wood)
        c.rect(x - 40, 780, 130, 44, wood)
        for k in range(6):
            c.dot(x + 25, 230 + k * 92, 15, "#e0b04a")
    beam = [
        (150, 170),
        *curve([(150, 120), (400, 96), (800, 60), (1200, 96), (1450, 120)]),
        (1450, 170),
        (800, 146),
    ]
    c.poly(beam, wood)
    c.line(curve([(150, 120), (400, 96), (800, 60), (1200, 96), (1450, 120)]), 8, "#e0b04a")
    for s in (-1, 1):
        for k in range(3):
            c.line(
                curve(
                    [
                        (800 + s * (640 + k * 6), 150 - k * 20),
                        (800 + s * (720 - k * 8), 100 - k * 8),
                        (800 + s * (700 - k * 8), 40),
                        (800 + s * (650 + k * 8), 54),
                    ]
                ),
                14 - k * 3,
                "#e0b04a",
            )
    crest = curve([(700, 76), (740, 20), (800, -6), (860, 20), (900, 76)])
    c.poly([*crest, (800, 92)], "#e0b04a")
    c.dot(800, 48, 20, "#c9302f")
    for x, r in ((540, 240), (1060, 200)):
        for s in (-1, 1):
            c.line([(x + s * r * 0.5, 130), (x + s * r * 0.5, 420 - r * 0.8)], 7, "#f2dcb0")
        _gong(c, x, 420, r)
    for row in range(2):
        y0 = 850 + row * 110
        x0, x1 = (250, 1350) if row == 0 else (120, 1480)
        c.rect(x0, y0, x1 - x0, 90, ("#a8452a", "#5f2018"))
        c.rect(x0, y0, x1 - x0, 12, "#e0b04a")
        for k in range(int((x1 - x0) / 90)):
            cx = x0 + 45 + k * 90
            c.poly(
                [(cx, y0 + 26), (cx + 26, y0 + 50), (cx, y0 + 74), (cx - 26, y0 + 50)],
                "#e0b04a",
                0.8,
            )
        n = 6
        for k in range(n):
            x = x0 + (x1 - x0) * (k + 0.5) / n
            s = 1 + row * 0.2
            c.soft(ell(x, y0 + 4, 84 * s, 12), "#1a0608", 8, 0.7)
            pot = [
                *curve(
                    [(x - 62 * s, y0 + 4), (x - 84 * s, y0 - 34 * s), (x - 74 * s, y0 - 58 * s)]
                ),
                *curve(
                    [(x + 74 * s, y0 - 58 * s), (x + 84 * s, y0 - 34 * s), (x + 62 * s, y0 + 4)]
                ),
            ]
            c.poly(pot, Grad(("#f2c45a", "#b5742a", "#6a3a14"), 90))
            c.poly(ell(x, y0 - 58 * s, 75 * s, 20 * s), Grad(("#fff0b0", "#d9a03a"), 60))
            c.poly(ell(x, y0 - 70 * s, 24 * s, 17 * s), Grad(("#fff6cc", "#b5742a"), 45))
            c.glow(x - 8, y0 - 78 * s, 20, "#ffffff", 0.9)
    c.line([(1180, 720), (1390, 560)], 16, "#c98a4a")
    c.poly(turn(box(1100, 690, 110, 64, 26), -37, 1155, 722), ("#f4e6c8", "#c9432f"))


@picture()
def batik_motif(c: Canvas) -> None:
    """A true repeating cloth: four-petalled rounds in brown and indigo, with a slanting border."""
    soga, indigo, cream, dark = "#8a4f24", "#1c2f5a", "#f4e6c4", "#2a1710"
    c.bg(dark, dark)
    step, big = 267.0, 1.5
    for i in range(-1, 8):
        for k in range(-1, 5):
            x, y = i * step + 20, k * step + 60
            back = indigo if (i + k) % 2 else "#3a1f14"
            c.rect(x - step / 2, y - step / 2, step, step, back)
    for i in range(-1, 8):
        for k in range(-1, 5):
            x, y = i * step + 20, k * step + 60
            for q in range(4):
                ang = 45 + q * 90
                petal = curve(
                    [
                        (10, 0),
                        (40, -27),
                        (82, -34),
                        (112, -12),
                        (116, 0),
                        (112, 12),
                        (82, 34),
                        (40, 27),
                    ],
                    closed=True,
                )
                c.poly(turn(place(petal, x, y, big), ang, x, y), cream)
                inner = place([(px * 0.82 + 14, py * 0.72) for px, py in petal], x, y, big)
                warm = (soga, mix(soga, "#e0a050", 0.35)) if (i + k) % 2 else ("#b5722f", "#d9a050")
                c.poly(turn(inner, ang, x, y), warm)
                c.poly(turn(place(ell(74, 0, 24, 6), x, y, big), ang, x, y), cream)
                for m in range(4):
                    for side in (-1, 1):
                        spot = (44 + m * 18, side * (18 - abs(m - 1.5) * 2))
                        c.dot(*turn(place([spot], x, y, big), ang, x, y)[0], 4, dark)
            c.dot(x, y, 20, cream)
            c.dot(x, y, 11, indigo)
            for q in range(4):
                t = math.radians(q * 90)
                c.dot(x + 80 * math.cos(t), y + 80 * math.sin(t), 14, cream)
                c.dot(x + 80 * math.cos(t), y + 80 * math.sin(t), 7, "#c9432f")
                c.dot(x + 46 * math.cos(t), y + 46 * math.sin(t), 6, cream)
    band = [(0.0, 790.0), (1600.0, 790.0), (1600.0, 1067.0), (0.0, 1067.0)]
    with c.clip(band):
        c.bg("#1c2f5a", "#16244a", y0=780)
        for i in range(-4, 20):
            x = i * 118
            s = curve(
                [
                    (x, 830),
                    (x + 64, 860),
                    (x + 40, 920),
                    (x + 104, 960),
                    (x + 80, 1010),
                    (x + 150, 1050),
                ]
            )
            c.taper(s, 56, 56, cream)
            c.taper(s, 42, 42, "#b5722f")
            c.taper(s, 12, 12, cream)
            for m in range(6):
                px, py = x + 96 + m * 13, 846 + m * 36
                c.poly([(px, py - 13), (px + 13, py), (px, py + 13), (px - 13, py)], cream)
                c.dot(px, py, 4.5, "#c9432f")
        c.rect(0, 786, 1600, 40, soga)
        for i in range(41):
            c.poly([(i * 40 - 20, 826), (i * 40, 796), (i * 40 + 20, 826)], cream)
            c.dot(i * 40, 816, 4, indigo)
        c.rect(0, 784, 1600, 7, cream)
        c.rect(0, 824, 1600, 6, cream)
    for x, w, a in ((250, 190, 0.5), (760, 240, 0.45), (1290, 200, 0.55)):
        fold = [(x - 60.0, 0.0), (x + w - 60.0, 0.0), (x + w + 60.0, 1067.0), (x + 60.0, 1067.0)]
        c.shade(fold, "#0c0608", a, 90, 0.1, grain=0.3)
        c.shade([(px - w, py) for px, py in fold], "#fff0cc", 0.20, 90, 0.2, grain=0.3)
    c.glow(300, 100, 800, "#fff0cc", 0.22)


@picture()
def naskah_lontar(c: Canvas) -> None:
    """Palm-leaf manuscripts tied with a cord, a lamp and the writing knife."""
    c.bg("#1f2a24", "#33402f", "#5a4a2c", y1=640)
    c.glow(1240, 330, 760, "#ffc56a", 0.75)
    for k in range(3):
        y = 110 + k * 190
        c.rect(0, y + 90, 1010, 18, ("#7a5230", "#4a3020"))
        x = 20.0
        while x < 950:
            w = c.r(90, 170)
            for m in range(5):
                c.rrect(x, y + 14 + m * 15, w, 13, 3, mix("#c9a05a", "#7a5a30", c.r()), 0.85)
            c.rect(x + w * 0.45, y + 12, 8, 78, "#8a2f24")
            x += w + c.r(10, 30)
    c.haze(0, 620, "#1f2a24", 0.45, 0.25)
    c.rect(0, 640, 1600, 430, ("#7a4a2a", "#3a2016"))
    for y in (700, 800, 930):
        c.line(curve([(0, y), (600, y + 10), (1100, y - 6), (1600, y + 12)]), 4, "#2a140c", 0.5)
    c.glow(1240, 720, 620, "#ffc56a", 0.5, 0.5)

    def leaf(x: float, y: float, w: float, h: float, ang: float, rows: int, tone: str) -> None:
        shape = turn(box(x - w / 2, y - h / 2, w, h, 10), ang, x, y)
        c.soft([(px + 4, py + 12) for px, py in shape], "#1a0c08", 8, 0.6)
        c.poly(shape, (mix(tone, "#fff0c0", 0.35), tone))
        c.shade(shape, "#7a5020", 0.6, 250, 0.6)
        c.line([*shape, shape[0]], 2, mix(tone, "#5a3814", 0.6))
        for r in range(rows):
            yy = y - h / 2 + h * (r + 0.75) / (rows + 0.5)
            px = x - w / 2 + 34
            while px < x + w / 2 - 40:
                if abs(px - x) < 30 and rows > 1:
                    px += 62
                    continue
                g = int(c.r(0, 5))
                s = h / (rows + 1) * 0.36
                if g == 0:
                    mark = [
                        (px, yy),
                        (px + s * 0.3, yy - s),
                        (px + s * 0.8, yy - s * 0.8),
                        (px + s, yy),
                    ]
                elif g == 1:
                    mark = ell(px + s * 0.5, yy - s * 0.4, s * 0.45, s * 0.5)[3:22]
                elif g == 2:
                    mark = [
                        (px, yy - s),
                        (px, yy),
                        (px + s * 0.5, yy - s * 0.5),
                        (px + s, yy),
                        (px + s, yy - s),
                    ]
                elif g == 3:
                    mark = [
                        (px, yy),
                        (px + s * 0.5, yy - s * 1.1),
                        (px + s, yy),
                        (px + s * 1.3, yy + s * 0.5),
                    ]
                else:
                    mark = [
                        (px, yy - s * 0.2),
                        (px + s * 0.4, yy - s),
                        (px + s * 0.8, yy - s * 0.2),
                        (px + s * 0.4, yy + s * 0.4),
                    ]
                c.line(turn(curve(mark, n=4), ang, x, y), 2.6, "#3a200c")
                if c.r() < 0.25:
                    c.dot(*turn([(px + s * 0.5, yy - s * 1.5)], ang, x, y)[0], 2.4, "#3a200c")
                px += s * c.r(1.3, 1.9)
        hole = turn([(x, y)], ang, x, y)[0]
        c.dot(*hole, 9, "#2a140c")

    for k in range(9):
        leaf(
            700 + c.r(-6, 6),
            906 - k * 12,
            1120,
            120,
            -3,
            1 if k < 8 else 3,
            mix("#d9b060", "#b98a40", c.r()),
        )
    leaf(640, 700, 1020, 108, 4, 3, "#e3bd6c")
    leaf(820, 990, 1080, 110, -8, 3, "#dcb265")
    cord = curve(
        [(700, 806), (680, 880), (760, 960), (640, 1010), (520, 990), (420, 1040), (300, 1020)]
    )
    c.line(cord, 9, "#a8322a")
    c.line(curve([(640, 700), (690, 760), (700, 806)]), 9, "#a8322a")
    for k in range(3):
        c.dot(300 - k * 22, 1020 + k * 4, 15, ("#e0b04a", "#2f7f6a", "#e0b04a")[k])
    c.line([(1110, 860), (1240, 960)], 16, "#c9d0d0")
    c.poly([(1098, 844), (1128, 860), (1104, 880), (1076, 852)], "#e8eeee")
    c.line([(1240, 960), (1390, 1040)], 30, ("#8a3a24", "#5a2016"))
    c.rect(1180, 640, 140, 30, ("#c98f3a", "#7a4f1c"))
    c.rect(1236, 560, 28, 90, ("#e0b04a", "#8a5a1f"))
    c.poly(
        [
            *curve([(1120, 500), (1160, 560), (1250, 580), (1340, 560), (1380, 500)]),
            (1440, 470),
            (1370, 486),
        ],
        ("#e8bc5a", "#8a5a1f"),
    )
    c.poly(ell(1250, 502, 130, 18), "#4a2c10")
    c.glow(1420, 430, 300, "#ffdf8a", 0.9)
    flame = curve([(1414, 470), (1398, 430), (1424, 360), (1450, 430), (1436, 470)], closed=True)
    c.poly(flame, ("#ffb03a", "#fff3b0", "#fffbe6"))


@picture()
def topeng(c: Canvas) -> None:
    """Three carved masks on a woven wall: the king, the dancer, the clown."""
    c.bg("#1f5f66", "#17474f")
    for i in range(28):
        for k in range(19):
            x, y = i * 60, k * 58
            if (i + k) % 2:
                c.rrect(x + 2, y + 10, 56, 38, 4, mix("#2a7078", "#1f5a62", c.r()))
                for m in range(3):
                    c.rect(x + 2, y + 18 + m * 10, 56, 2, "#17474f", 0.6)
            else:
                c.rrect(x + 10, y + 1, 40, 56, 4, mix("#246a70", "#1a5058", c.r()))
    c.glow(800, 160, 1000, "#ffd98a", 0.45)
    c.shade(box(0, 0, 1600, 1067), "#06222a", 0.75, 0, 0.35)

    def face(x: float, y: float, s: float, skin: tuple[str, str], brow: str) -> list[Point]:
        shape = place(
            curve(
                [
                    (-150, -190),
                    (-176, -60),
                    (-150, 90),
                    (-84, 200),
                    (0, 240),
                    (84, 200),
                    (150, 90),
                    (176, -60),
                    (150, -190),
                    (0, -224),
                ],
                closed=True,
            ),
            x,
            y,
            s,
        )
        c.soft([(px + 24, py + 36) for px, py in shape], "#041418", 24, 0.8)
        c.poly(shape, skin)
        c.shade(shape, mix(skin[1], "#1a0a10", 0.6), 0.65, 60, 0.5)
        for d in (-1, 1):
            c.poly(
                place(
                    curve(
                        [(26 * d, -72), (80 * d, -108), (140 * d, -74), (80 * d, -88)], closed=True
                    ),
                    x,
                    y,
                    s,
                ),
                brow,
            )
        nose = place(
            curve([(0, -60), (-12, 10), (-38, 52), (0, 70), (38, 52), (12, 10)], closed=True),
            x,
            y,
            s,
        )
        c.poly(nose, mix(skin[0], "#ffffff", 0.25))
        c.shade(nose, mix(skin[1], "#1a0a10", 0.5), 0.6, 60, 0.3)
        return shape

    def eyes(x: float, y: float, s: float, narrow: bool, white: str = "#fffaf0") -> None:
        for d in (-1, 1):
            if narrow:
                c.poly(
                    place(
                        curve(
                            [(34 * d, -30), (84 * d, -52), (132 * d, -34), (84 * d, -16)],
                            closed=True,
                        ),
                        x,
                        y,
                        s,
                    ),
                    white,
                )
                c.poly(place(ell(84 * d, -34, 17), x, y, s), "#1a0f14")
                c.line(
                    place(curve([(34 * d, -30), (84 * d, -54), (136 * d, -36)]), x, y, s),
                    7 * s,
                    "#1a0f14",
                )
            else:
                c.poly(place(ell(82 * d, -34, 46), x, y, s), white)
                c.line(
                    place([*ell(82 * d, -34, 46), ell(82 * d, -34, 46)[0]], x, y, s),
                    6 * s,
                    "#1a0f14",
                )
                c.poly(place(ell(78 * d, -30, 19), x, y, s), "#1a0f14")

    def crown(x: float, y: float, s: float, jewel: str) -> None:
        base = [
            *curve([(-168, -150), (-100, -236), (0, -262), (100, -236), (168, -150)]),
            *curve([(150, -110), (80, -178), (0, -196), (-80, -178), (-150, -110)]),
        ]
        for k in range(7):
            u = (k - 3) / 3
            px, py = u * 150, -236 + abs(u) ** 1.6 * 84
            petal = turn(
                curve(
                    [
                        (px - 32, py + 10),
                        (px - 26, py - 60),
                        (px, py - 124 + abs(u) * 30),
                        (px + 26, py - 60),
                        (px + 32, py + 10),
                    ],
                    closed=True,
                ),
                u * 34,
                px,
                py,
            )
            c.poly(place(petal, x, y, s), ("#ffe38a", "#c98f2a"))
            c.poly(place(turn(ell(px, py - 52, 12, 22), u * 34, px, py), x, y, s), jewel)
        c.poly(place(base, x, y, s), ("#f6cf5a", "#a86f1f"))
        for k in range(9):
            t = math.radians(200 + k * 17.5)
            c.poly(
                place(ell(152 * math.cos(t), -60 + 168 * math.sin(t), 11), x, y, s),
                jewel if k % 2 else "#fff6d8",
            )

    x, y, s = 330, 640, 1.15
    face(x, y, s, ("#fffaf0", "#e6d4bc"), "#2a1a1f")
    eyes(x, y, s, True)
    c.poly(
        place(
            curve([(-46, 118), (-16, 106), (0, 112), (16, 106), (46, 118), (0, 148)], closed=True),
            x,
            y,
            s,
        ),
        "#d9303a",
    )
    for d in (-1, 1):
        c.glow(x + d * 110 * s, y + 60 * s, 56, "#f08a7a", 0.6)
        c.poly(
            place(
                curve([(160 * d, -40), (206 * d, -20), (196 * d, 70), (170 * d, 60)], closed=True),
                x,
                y,
                s,
            ),
            "#e8b84a",
        )
    c.dot(x, y - 96 * s, 10, "#d9303a")
    crown(x, y, s, "#d9303a")
    x, y, s = 830, 540, 1.38
    for d in (-1, 1):
        c.poly(
            place(
                curve(
                    [
                        (140 * d, -60),
                        (250 * d, -110),
                        (270 * d, 0),
                        (210 * d, 20),
                        (240 * d, 90),
                        (150 * d, 80),
                    ],
                    closed=True,
                ),
                x,
                y,
                s,
            ),
            ("#f6cf5a", "#a86f1f"),
        )
    face(x, y, s, ("#e0402f", "#9f1f24"), "#1a0f14")
    eyes(x, y, s, False)
    c.poly(
        place(
            curve(
                [
                    (-70, 92),
                    (0, 74),
                    (70, 92),
                    (120, 70),
                    (70, 118),
                    (0, 104),
                    (-70, 118),
                    (-120, 70),
                ],
                closed=True,
            ),
            x,
            y,
            s,
        ),
        "#1a0f14",
    )
    c.poly(
        place(
            curve([(-74, 122), (0, 110), (74, 122), (50, 172), (-50, 172)], closed=True), x, y, s
        ),
        "#4a0c14",
    )
    for k in range(6):
        c.rrect(x + (-54 + k * 18) * s, y + 122 * s, 16 * s, 22 * s, 4, "#fff6e0")
    for d in (-1, 1):
        c.poly(place([(56 * d, 118), (70 * d, 118), (70 * d, 170)], x, y, s), "#fff6e0")
    crown(x, y, s, "#2f9f8a")
    x, y, s = 1310, 670, 1.1
    face(x, y, s, ("#d99a4a", "#8f5a24"), "#fffaf0")
    for d in (-1, 1):
        c.line(
            place(curve([(44 * d, -26), (84 * d, -52), (126 * d, -24)]), x, y, s), 13 * s, "#2a140c"
        )
        c.poly(place(ell(112 * d, 40, 40, 34), x, y, s), "#e8703f", 0.7)
        c.poly(place(ell(184 * d, -20, 34, 54), x, y, s), ("#d99a4a", "#8f5a24"))
        c.poly(place(ell(90 * d, -196, 34), x, y, s), "#fffaf0")
    c.poly(place(ell(0, 36, 56, 48), x, y, s), ("#e86a4a", "#b5392f"))
    c.glow(x - 18, y + 22, 30, "#fff0d8", 0.8)
    c.poly(
        place(
            curve([(-96, 96), (0, 120), (96, 96), (60, 176), (0, 192), (-60, 176)], closed=True),
            x,
            y,
            s,
        ),
        "#5a1418",
    )
    for k in (-34, 10):
        c.rrect(x + k * s, y + 116 * s, 26 * s, 26 * s, 5, "#fff6e0")
    for k in range(9):
        t = math.radians(205 + k * 16.3)
        c.poly(
            place(ell(150 * math.cos(t), -90 + 128 * math.sin(t), 30), x, y, s),
            "#fffaf0" if k % 2 else "#e6ddc8",
        )
    for x, y0, y1 in ((330, 0, 300), (830, 0, 140), (1310, 0, 440)):
        c.line([(x, y0), (x, y1)], 5, "#0c2a30")
    for x in (620, 1080):
        for k in range(5):
            c.line(curve([(x, 880), (x - 20 + k * 10, 940), (x - 40 + k * 20, 1030)]), 7, "#c9432f")
        c.dot(x, 872, 22, "#e8b84a")


@picture()
def grafik_harga(c: Canvas) -> None:
    """A price chart cut from paper: bars, candles and one line going up in hills."""
    c.bg("#f6e9d2", "#efdcbc")
    c.rrect(110, 90, 1380, 880, 34, "#fffaf0")
    c.soft(box(130, 970, 1340, 14), "#8a6a44", 16, 0.5)
    for k in range(7):
        c.line([(190, 190 + k * 110), (1420, 190 + k * 110)], 2, "#d9c8a8", 0.9)
    base = 850
    pts = [(190.0 + i * 41.5, 0.0) for i in range(31)]
    level, line = 600.0, []
    for x, _ in pts:
        level += c.r(-52, 36)
        level = min(760, max(250, level))
        line.append((x, level))
    line[-4:] = [(line[-4][0], 330), (line[-3][0], 352), (line[-2][0], 286), (line[-1][0], 236)]
    for off, col, amp in ((0, "#a9d9cc", 1.0), (60, "#5fb0a4", 0.72), (90, "#23807c", 0.42)):
        hill = curve([(x, base - (base - y) * amp + off * math.sin(x / 190)) for x, y in line])
        shape = [*hill, (1435, base), (190, base)]
        c.soft([(x, y - 6) for x, y in shape], "#1f4a44", 8, 0.25)
        c.poly(shape, (col, mix(col, "#fffaf0", 0.55)))
        c.shade(shape, mix(col, "#0f3a3a", 0.5), 0.4, 90, 0.4)
    for i, (x, y) in enumerate(line[1::2]):
        h = c.r(46, 130)
        up = (i % 3) != 1
        yy = y - 84 - (i % 2) * 18
        col = "#1f7f6a" if up else "#d9432f"
        c.line([(x, yy - h * 0.85), (x, yy + h * 0.85)], 5, col)
        c.rrect(x - 15, yy - h / 2, 30, h, 5, (mix(col, "#ffffff", 0.2), col))
    trend = curve(line)
    c.line([(x + 4, y + 12) for x, y in trend], 12, "#3a2a1f", 0.25)
    c.line(trend, 12, "#f2902a")
    ex, ey = trend[-1]
    c.glow(ex, ey, 90, "#ffd28a", 0.9)
    c.dot(ex, ey, 24, "#fffaf0")
    c.dot(ex, ey, 15, "#e0452f")
    c.line([(ex, ey + 24), (ex, base)], 3, "#e0452f", 0.6)
    c.line([(190, 150), (190, base), (1440, base)], 8, "#3a3f4a")
    for i in range(16):
        h = c.r(20, 86)
        c.rrect(206 + i * 77, base + 96 - h, 50, h, 4, "#f2b84a" if i % 4 else "#d9785a")
    for x, y, r in ((1300, 900, 86), (1420, 850, 70), (1180, 960, 60)):
        c.soft(ell(x + 10, y + 22, r), "#4a2f14", 12, 0.6)
        c.poly(ell(x, y, r), Grad(("#ffe69a", "#e0a43a", "#a8701f"), 45))
        c.poly(ell(x, y, r * 0.8), Grad(("#d9982f", "#f6cf6a"), 45))
        c.poly(
            [(x, y - r * 0.44), (x + r * 0.3, y), (x, y + r * 0.44), (x - r * 0.3, y)], "#a8701f"
        )
    chilli_at = ((170, 930, -24), (320, 980, 8))
    for x, y, a in chilli_at:
        _chilli(c, x, y, 0.8, a, "#e0302a")
    leaf = curve([(430, 1000), (500, 940), (610, 940), (660, 1000), (560, 1040)], closed=True)
    c.poly(leaf, ("#8fc44f", "#3f8a3a"))
    for _ in range(60):
        c.poly(
            ell(740 + c.r(-70, 90), 1010 + c.r(-22, 26), 13, 5, c.r(0, 180)),
            c.pick(("#f6efdc", "#e3d6b4", "#cfbf94")),
        )


@picture()
def timbangan_koin(c: Canvas) -> None:
    """A brass balance: coins on one side, a rice plant on the other."""
    c.bg("#123f4f", "#1f6a70", "#6fa890", y1=820)
    c.glow(800, 380, 760, "#f6e0a0", 0.55)
    c.dot(800, 400, 330, "#f2cf85", 0.25)
    c.dot(800, 400, 250, "#f6dca0", 0.25)
    c.rect(0, 850, 1600, 220, ("#a8653a", "#5f3424"))
    c.rect(0, 850, 1600, 10, "#e0a060")
    c.soft(ell(800, 930, 620, 40), "#1f0f0a", 22, 0.6)
    brass = Grad(("#ffe9a0", "#d9a03f", "#8a5a1f"), 90)
    c.poly(
        [
            *curve([(640, 930), (680, 890), (780, 870)]),
            *curve([(820, 870), (920, 890), (960, 930)]),
        ],
        brass,
    )
    c.poly(box(610, 922, 380, 30, 12), brass)
    c.poly(
        curve([(782, 880), (776, 600), (790, 250)]) + curve([(810, 250), (824, 600), (818, 880)]),
        brass,
    )
    for y in (760, 480):
        c.poly(ell(800, y, 40, 24), brass)
    ang = -7.0
    beam = turn(
        [(340, 236), (800, 214), (1260, 236), (1260, 254), (800, 268), (340, 254)], ang, 800, 240
    )
    c.poly(beam, ("#ffe08a", "#a8701f"))
    c.dot(800, 240, 46, brass)
    c.dot(800, 240, 22, "#c9432f")
    c.poly([(788, 196), (800, 110), (812, 196)], brass)
    left = turn([(345, 245)], ang, 800, 240)[0]
    right = turn([(1255, 245)], ang, 800, 240)[0]
    for (x, y), pan in ((left, 640.0), (right, 528.0)):
        c.dot(x, y, 17, brass)
        for dx in (-170, 0, 170):
            c.line([(x, y), (x + dx, pan)], 5, "#e8c46a")

    def coin(x: float, y: float, r: float) -> None:
        c.poly(ell(x, y + 16, r, r * 0.28), "#8a5a1a")
        c.rect(x - r, y, 2 * r, 16, ("#c98f2a", "#8a5a1a"))
        for k in range(9):
            c.rect(x - r + k * r / 4, y + 3, 3, 17, "#7a4c14", 0.6)
        c.poly(ell(x, y, r, r * 0.28), Grad(("#fff0b0", "#e0a83a"), 60))
        c.poly(ell(x, y, r * 0.7, r * 0.18), Grad(("#d9982f", "#f6d27a"), 60))

    lx = left[0]
    for dx, n in ((-96, 5), (96, 4), (0, 9)):
        for k in range(n):
            coin(lx + dx + c.r(-3, 3), 622 - k * 20, 54)
    rx = right[0]
    soil = curve([(rx - 130, 530), (rx - 60, 470), (rx, 456), (rx + 60, 470), (rx + 130, 530)])
    c.poly(soil, ("#6a4028", "#3f2418"))
    for k in range(15):
        a = -90 + (k - 7) * 9
        ln = c.r(230, 340)
        tip = (
            rx + ln * math.cos(math.radians(a)),
            470 + ln * math.sin(math.radians(a)) * 0.95 + abs(k - 7) * 12,
        )
        mid = (rx + ln * 0.5 * math.cos(math.radians(a * 0.6 - 36)), 470 - ln * 0.62)
        blade = curve([(rx + (k - 7) * 5, 476), mid, tip])
        c.taper(blade, 17, 2, c.pick(("#8fd05a", "#4fa048", "#b9e070", "#6fb84f")))
        if k % 3 == 1:
            for m in range(16, len(blade), 2):
                c.poly(ell(*blade[m], 9, 5, a + 60 * (-1) ** m), "#f6cf5a")
    for x, y in ((lx, 640.0), (rx, 528.0)):
        bowl = [
            *ell(x, y, 190, 26)[: len(ell(x, y, 190, 26)) // 2 + 1],
            *curve(
                [(x - 190, y), (x - 110, y + 84), (x, y + 104), (x + 110, y + 84), (x + 190, y)]
            ),
        ]
        c.poly(bowl, Grad(("#ffe08a", "#c98f2f", "#7a4a18"), 60))
        c.shade(bowl, "#fff6cc", 0.6, 215, 0.6)
        c.line(
            curve([(x - 190, y), (x - 100, y + 22), (x, y + 28), (x + 100, y + 22), (x + 190, y)]),
            8,
            "#fff0b8",
        )
    for x, n in ((180, 3), (1450, 6), (1330, 2)):
        for k in range(n):
            coin(x + c.r(-5, 5), 950 - k * 20, 62)


@picture()
def daur_ulang(c: Canvas) -> None:
    """A sorting yard: bales of pressed bottles by colour, a belt and the sorters."""
    c.bg("#7fc7d9", "#cfeae0", "#f9f1d0", y1=480)
    cloud(c, 420, 150, 420, "#d9f0ea", "#ffffff", 0.9)
    ridge(c, 420, 50, "#8fc0a4", first=4)
    roof = [(-20, 130), (700, 40), (1620, 180), (1620, 250), (700, 110), (-20, 200)]
    c.poly(roof, ("#5f7f8f", "#33505f"))
    for k in range(34):
        x = k * 50
        y0 = 130 - x * 0.125 if x < 720 else 40 + (x - 720) * 0.155
        c.line([(x, y0), (x, y0 + 70)], 3, "#2a4452", 0.6)
    for x in (120, 800, 1480):
        c.rect(x, 120, 26, 560, ("#5f7f8f", "#33505f"))
    c.rect(0, 560, 1600, 510, ("#cdb890", "#9a8260"))
    shades = (
        ("#2f8fd0", "#8fd0f4"),
        ("#3fa85a", "#b4e89a"),
        ("#e8e6da", "#ffffff"),
        ("#e8573f", "#ffb49a"),
        ("#f2b53a", "#fff0a8"),
        ("#8a5fb0", "#d4b4f0"),
    )

    def bale(x: float, y: float, w: float, h: float, a: str, b: str) -> None:
        c.rect(x, y, w, h, a)
        with c.clip(box(x, y, w, h)):
            for _ in range(int(w * h / 260)):
                px, py, s = x + c.r(0, w), y + c.r(0, h), c.r(9, 20)
                p = turn(
                    [
                        (px - s, py - s * 0.5),
                        (px + s * 0.6, py - s * 0.5),
                        (px + s, py),
                        (px + s * 0.6, py + s * 0.5),
                        (px - s, py + s * 0.5),
                    ],
                    c.r(0, 360),
                    px,
                    py,
                )
                c.poly(p, mix(mix(a, b, c.r()), "#102030", c.r(0, 0.22)))
            c.shade(box(x, y, w, h), "#0f2030", 0.55, 50, 0.4)
        for k in (0.28, 0.72):
            c.rect(x + w * k, y, 7, h, "#2a2a2a", 0.7)

    for row in range(3):
        for i in range(6 - row):
            a, b = shades[(i * 2 + row * 3) % 6]
            bale(170 + i * 200 + row * 96, 560 - row * 142 - 40, 190, 138, a, b)
    c.soft(box(120, 660, 1340, 16), "#3a2a1a", 12, 0.5)
    people = (
        (330, "#f08a2f", "#f6e2b0", "scarf", False),
        (640, "#2f9f7a", "#f2c23a", "cap", True),
        (960, "#f08a2f", "#221a1f", "hair", False),
        (1260, "#2f6fae", "#e9a03a", "scarf", True),
    )
    for x, col, hat, kind, flip in people:
        person(c, x, 960, 400, "work", col, "#2f3f55", "#7a4a34", hat, kind, flip=flip)
    c.rect(60, 830, 1480, 26, ("#4a5a66", "#26333d"))
    c.rect(60, 856, 1480, 70, ("#f2b53a", "#c9822a"))
    for k in range(19):
        c.poly(
            [(60 + k * 80, 926), (100 + k * 80, 856), (140 + k * 80, 856), (100 + k * 80, 926)],
            "#2a2f36",
            0.85,
        )
    for x in (110, 1490):
        c.dot(x, 862, 46, "#26333d")
        c.dot(x, 862, 18, "#9fb0ba")
    for x in (200, 800, 1400):
        c.rect(x - 14, 926, 28, 140, "#26333d")

    def bottle(x: float, y: float, s: float, ang: float, a: str, b: str) -> None:
        shape = curve(
            [
                (-20, 0),
                (-22, -70),
                (-10, -96),
                (-9, -118),
                (9, -118),
                (10, -96),
                (22, -70),
                (20, 0),
            ],
            closed=True,
            n=6,
        )
        p = turn(place(shape, x, y, s), ang, x, y)
        c.poly(p, a, 0.92)
        c.shade(p, b, 0.9, 270, 0.4)
        c.poly(turn(place(box(-11, -132, 22, 16, 3), x, y, s), ang, x, y), "#e0452f")
        c.poly(turn(place(box(-21, -62, 42, 26), x, y, s), ang, x, y), "#fffaf0", 0.85)

    for k in range(26):
        a, b = shades[int(c.r(0, 6)) % 6]
        bottle(110 + k * 56 + c.r(-10, 10), 826 - c.r(0, 16), c.r(0.55, 0.8), c.r(0, 360), a, b)
    for x, k in ((40, 0), (560, 1), (1010, 3), (1440, 4)):
        a, b = shades[k]
        w = 190
        for _ in range(9):
            bottle(x + c.r(20, 150), 985, 0.7, c.r(-40, 40), a, b)
        bin_ = [(x, 960), (x + w, 960), (x + w - 22, 1090), (x + 22, 1090)]
        c.poly(bin_, (mix(a, "#ffffff", 0.15), mix(a, "#102030", 0.3)))
        c.rrect(x - 8, 946, w + 16, 26, 8, mix(a, "#102030", 0.15))
        for m in range(3):
            t = math.radians(m * 120 - 90)
            p = (x + w / 2 + 26 * math.cos(t), 1026 + 26 * math.sin(t))
            q = turn(
                [
                    (p[0] - 16, p[1] - 7),
                    (p[0] + 6, p[1] - 7),
                    (p[0] + 6, p[1] - 15),
                    (p[0] + 22, p[1]),
                    (p[0] + 6, p[1] + 15),
                    (p[0] + 6, p[1] + 7),
                    (p[0] - 16, p[1] + 7),
                ],
                m * 120,
                *p,
            )
            c.poly(q, "#fffaf0", 0.9)


@picture(1200, 500)
def iklan_kopi(c: Canvas) -> None:
    """Advertising: coffee poured from a long-necked pot, warm and plain."""
    c.bg("#6a2f1c", "#c9683a", "#f2b070", angle=90)
    c.dot(880, 250, 230, "#f9d59a", 0.45)
    c.dot(880, 250, 170, "#fbe3b4", 0.5)
    ridge(c, 330, 50, "#5f2a1c", first=3)
    ridge(c, 380, 36, "#4a1f18", first=4)
    c.rect(0, 410, 1200, 90, ("#3a1812", "#240e0c"))
    pot = curve(
        [
            (720, 140),
            (700, 250),
            (660, 330),
            (680, 400),
            (860, 400),
            (880, 330),
            (840, 250),
            (820, 140),
        ]
    )
    c.poly(pot, Grad(("#4fb0a8", "#2a8088", "#144a58"), 90))
    c.poly([(712, 142), (740, 104), (800, 104), (828, 142)], "#1f6a74")
    c.dot(770, 96, 13, "#f2c45a")
    c.taper(curve([(850, 340), (920, 330), (940, 240), (990, 210)]), 34, 14, "#2a8088")
    c.line(curve([(706, 170), (620, 180), (612, 300), (668, 330)]), 16, "#1f6a74")
    c.line(curve([(992, 212), (1012, 260), (1016, 340)]), 9, "#2a0f0a")
    cup = [
        *curve([(940, 336), (950, 390), (990, 420)]),
        *curve([(1050, 420), (1090, 390), (1100, 336)]),
    ]
    c.poly(cup, Grad(("#fffaf0", "#d9c8a8"), 90))
    c.poly(ell(1020, 336, 80, 18), "#f6ead2")
    c.poly(ell(1020, 338, 70, 13), "#3a180c")
    c.poly(ell(1020, 426, 110, 14), "#f6ead2")
    for off in (-24, 20):
        s = curve([(1020 + off, 320), (1000 + off, 250), (1040 + off, 180), (1010 + off, 100)])
        c.soft([*s, *[(x + 16, y) for x, y in s[::-1]]], "#fff6e6", 8, 0.45)
    for _ in range(46):
        x, y = c.r(60, 560), 452 + c.r(-28, 30)
        bean = ell(x, y, 19, 13, c.r(0, 180))
        c.poly(bean, c.pick(("#7a3f22", "#8f4f2c", "#5a2c18")))
        c.shade(bean, "#e0a070", 0.6, 200, 0.5)


@picture(1200, 500)
def iklan_feri(c: Canvas) -> None:
    """Advertising: a white ferry between islands on a bright day."""
    c.bg("#1f9fd0", "#8fdcea", "#f4f6d8", y1=320)
    sun(c, 220, 120, 46, "#fffbe6", "#fff3b8", 5)
    cloud(c, 820, 130, 300, "#d9f3f4", "#ffffff", 0.95)
    cloud(c, 480, 90, 180, "#d9f3f4", "#ffffff", 0.8)
    isle = curve([(820, 322), (900, 250), (990, 220), (1080, 240), (1220, 322)])
    c.poly(isle, ("#5fb07a", "#2f7f62"))
    for x in (900, 980, 1100):
        palm(c, x, 300, 100, "#1f5f4c", 0.1)
    ridge(c, 312, 14, "#7fc4c0", first=3, bottom=322)
    water(c, 320, ("#7fe0dc", "#1fa3bc", "#0f6f98"), "#ffffff", "#0f7f9f", 160)
    hull = curve([(330, 340), (350, 400), (420, 412), (760, 412), (850, 330)], n=6)
    c.poly(hull, ("#e0452f", "#a82a2f"))
    for y, x0, x1 in ((340, 340, 800), (296, 370, 740), (254, 420, 660)):
        c.rrect(x0, y - 42, x1 - x0, 44, 8, ("#ffffff", "#dfeaf0"))
        for k in range(int((x1 - x0) / 36) - 1):
            c.rrect(x0 + 18 + k * 36, y - 32, 22, 18, 4, "#2f7fa5")
    c.poly([(480, 212), (540, 212), (530, 150), (490, 150)], ("#f2b53a", "#d9802a"))
    for k in range(4):
        c.soft(ell(490 - k * 46, 132 - k * 12, 24 + k * 9, 14 + k * 4), "#ffffff", 8, 0.7)
    for _ in range(40):
        c.dot(330 + c.r(-60, 560), 412 + c.r(-4, 12), c.r(4, 14), "#ffffff", 0.85, ry=c.r(2, 6))


@picture(1200, 500)
def iklan_bank(c: Canvas) -> None:
    """Advertising: a sprout in a pot of coins before a calm green field of shapes."""
    c.bg("#0f4a46", "#1f7a66", "#8fc48a", angle=90)
    for k in range(6):
        c.dot(950, 470, 420 - k * 62, mix("#1f7a66", "#f2dc8a", k / 7), 0.35)
    for i in range(8):
        h = 50 + i * 36
        c.rrect(
            120 + i * 70, 440 - h, 48, h, 8, (mix("#8fd0a0", "#f2dc8a", i / 8), "#1f6a5a"), 0.75
        )
    c.rect(0, 440, 1200, 60, ("#0c3a38", "#082a2c"))
    for dx, n in ((-130, 3), (130, 4)):
        for k in range(n):
            x, y = 950 + dx, 430 - k * 18
            c.rect(x - 54, y, 108, 14, ("#d9a03a", "#8a5a1a"))
            c.poly(ell(x, y + 14, 54, 13), "#8a5a1a")
            c.poly(ell(x, y, 54, 13), ("#fff0b0", "#e0a83a"))
    pot = [(870, 320), (1030, 320), (1006, 446), (894, 446)]
    c.poly(pot, ("#e8774a", "#a8402f"))
    c.rrect(858, 300, 184, 34, 8, ("#f08f5a", "#c9573a"))
    c.taper(curve([(950, 304), (944, 220), (956, 130)]), 13, 7, "#cfe89a")
    for s, y, k in ((-1, 240, 1.0), (1, 200, 1.1), (-1, 160, 0.8), (1, 132, 0.6)):
        leaf = place(
            curve([(0, 0), (50, -50), (130, -54), (110, 0), (50, 20)], closed=True),
            950,
            y,
            s * k,
            k,
        )
        c.poly(leaf, ("#d9f09a", "#6fb84f"))
        c.shade(leaf, "#1f6a3f", 0.5, 30, 0.4)


@picture(1200, 630)
def social_default(c: Canvas) -> None:
    """The picture for shared links without their own: a calm horizon."""
    c.bg("#26365f", "#6f6f9f", "#d99a94", "#fbd3a0", y1=380)
    streaks(c, 70, 260, 12, "#f6c4ac", 0.5)
    sun(c, 760, 350, 36, "#fff3d8", "#ffd6a0", 8)
    ridge(c, 360, 44, "#9a7a96", first=3, bottom=385)
    ridge(c, 376, 20, "#6f5f86", first=5, bottom=385)
    water(c, 380, ("#f6c79f", "#a8808f", "#4a4f7f", "#232c55"), "#ffe3c0", "#2a3060", 240)
    light_road(c, 760, 382, 630, 46, 170, "#fff0d0", 0.7)
    sailboat(c, 380, 424, 0.55, "#2a2448", Grad(("#fff3e0", "#e8b49a"), 90), "#7a5a7a")
