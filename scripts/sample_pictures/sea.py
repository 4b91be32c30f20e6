# A picture is one long list of strokes: cutting it into small functions would hide the composition.
# ruff: noqa: C901, PLR0912, FBT003
"""Pictures of the sea, its harbours and its shores."""

import math

from sample_pictures.canvas import Canvas, Grad, Point, box, curve, ell, mix, place, turn
from sample_pictures.motifs import (
    bush,
    canoe,
    cloud,
    gulls,
    house,
    lens,
    light_road,
    palm,
    person,
    rain,
    rays,
    ridge,
    sailboat,
    stars,
    streaks,
    sun,
    water,
    windows,
)
from sample_pictures.registry import picture


@picture()
def dermaga_fajar(c: Canvas) -> None:
    """Dawn at a wooden pier that leads the eye out to the sun."""
    c.bg("#5f6f9e", "#a98bb0", "#f0a693", "#ffd9a8", y1=560)
    streaks(c, 120, 420, 16, "#ffd3bd", 0.6)
    sun(c, 980, 515, 44, "#fff3d6", "#ffcf96", 9)
    ridge(c, 520, 60, "#a9829b", first=3, bottom=560)
    ridge(c, 548, 40, "#84678d", first=5, bottom=570)
    water(c, 560, ("#ffcf9f", "#d98f96", "#6b5b8a", "#343a66"), "#ffe0b8", "#4a4474", 420)
    light_road(c, 980, 562, 1067, 50, 260, "#fff0cc", 0.75)
    gulls(c, 600, 260, 220, 8, "#5a4a72", 20)
    for x, y, s in ((330, 640, 0.6), (190, 720, 0.95), (1330, 668, 0.75)):
        c.soft(ell(x, y + 14 * s, 130 * s, 12 * s), "#2a2a50", 8, 0.6)
        canoe(c, x, y, s, "#3a2f57", "#e98a6b")
    for x, y, s in ((1470, 790, 1.3), (100, 880, 1.5)):
        c.soft(ell(x, y + 16 * s, 140 * s, 14 * s), "#20203f", 10, 0.6)
        canoe(c, x, y, s, "#2c2547", "#f0a06b")
    deck = [(430.0, 1067.0), (812.0, 566.0), (842.0, 566.0), (1130.0, 1067.0)]
    c.poly(deck, ("#8a5d6f", "#5c3d56", "#38284a"))
    for i in range(34):
        t = (i / 34) ** 2.1
        y = 568 + 499 * t
        k = (y - 566) / 501
        c.line([(812 - 382 * k, y), (842 + 288 * k, y)], 1 + 4 * t, "#2d2140", 0.7)
    c.shade(deck, "#ffc79a", 0.5, 180, 0.25)
    for i in range(8):
        t = (i / 7) ** 1.9
        y = 580 + 470 * t
        k = (y - 566) / 501
        hh, ww = 30 + 150 * t, 5 + 22 * t
        for x in (812 - 382 * k, 842 + 288 * k):
            c.rect(x - ww / 2, y - hh * 0.62, ww, hh * 1.3, ("#6d4a60", "#2b1f3c"))
            c.dot(x, y - hh * 0.62, ww / 2, "#f3b48e", ry=ww * 0.2)
    j = person(c, 810, 760, 220, "walk", "#2a2140", "#241b38", "#241b38", "#2a2140", "caping")
    hx, hy = j["handR"]
    c.poly([(hx - 30, hy), (hx + 30, hy), (hx + 22, hy + 40), (hx - 22, hy + 40)], "#3a2a44")
    c.line(curve([(hx - 28, hy), (hx, hy - 22), (hx + 28, hy)]), 4, "#3a2a44")


@picture()
def perahu_layar_senja(c: Canvas) -> None:
    """A vast sun on the horizon and three sailing boats before it."""
    c.bg("#3d1f4e", "#8c2f54", "#e0533f", "#ff9a3f", "#ffd06a", y1=640)
    c.glow(860, 600, 900, "#ffb84d", 0.6)
    c.poly(ell(860, 560, 250), ("#fff0a8", "#ffc24a", "#ff7a3c"))
    for i, y in enumerate((500, 540, 575, 604, 626)):
        c.rect(560, y, 600, 6 + i * 3, "#f2703f", 0.55)
    streaks(c, 90, 380, 14, "#ff8a5a", 0.45)
    ridge(c, 634, 26, "#8a2f50", first=4, bottom=645)
    water(c, 640, ("#ff9a4a", "#c8433f", "#6b2450", "#2a1440"), "#ffc36a", "#3d1546", 380)
    light_road(c, 860, 642, 1067, 420, 520, "#ffd272", 0.8)
    gulls(c, 420, 240, 160, 6, "#4a1a42", 22)
    sail = Grad(("#fff0d0", "#ffb070"), 90)
    sailboat(c, 420, 690, 0.75, "#3b1238", sail, "#b0403f", True)
    light_road(c, 420, 694, 770, 110, 50, "#3b1238", 0.6)
    sailboat(c, 1330, 672, 0.5, "#4a163c", sail, "#b0403f")
    light_road(c, 1330, 675, 730, 70, 30, "#4a163c", 0.6)
    light_road(c, 905, 840, 1067, 360, 130, "#2a0d33", 0.75)
    sailboat(c, 900, 850, 2.55, "#240a2c", Grad(("#8a2440", "#e8623c"), 90), "#4a123c")
    for dx in (-70, 20, 90):
        person(c, 900 + dx, 815, 84, "sit", "#240a2c")


def _container_stack(
    c: Canvas, x: float, y: float, w: float, h: float, cols: int, rows: int
) -> None:
    shades = (
        "#d8452e",
        "#f2a33a",
        "#2f6f8f",
        "#e9e2d0",
        "#3b8f7a",
        "#a83a32",
        "#f0c24f",
        "#35506e",
    )
    for i in range(cols):
        for k in range(rows - int(c.r(0, 2.2))):
            colour = c.pick(shades)
            bx, by = x + i * w, y - (k + 1) * h
            c.rect(bx, by, w - 3, h - 3, colour)
            for n in range(1, 9):
                c.rect(bx + n * w / 9, by + 4, 2, h - 11, mix(colour, "#000000", 0.22))
            c.rect(bx, by, w - 3, 4, mix(colour, "#ffffff", 0.35))
            c.shade(box(bx, by, w - 3, h - 3), "#1d2c3a", 0.4, 40, 0.3)


def _gantry(c: Canvas, x: float, y: float, s: float, colour: str) -> None:
    dark = mix(colour, "#102030", 0.35)
    for dx in (-70, 60):
        c.line([(x + dx * s, y), (x + dx * s * 0.8, y - 330 * s)], 15 * s, colour)
    c.line([(x - 66 * s, y - 90 * s), (x + 57 * s, y - 90 * s)], 11 * s, dark)
    c.line([(x - 66 * s, y - 90 * s), (x + 50 * s, y - 320 * s)], 6 * s, dark)
    c.line([(x - 330 * s, y - 322 * s), (x + 190 * s, y - 322 * s)], 17 * s, colour)
    for i in range(24):
        px = x + (-330 + i * 22) * s
        c.line(
            [(px, y - 322 * s), (px + 11 * s, y - 344 * s), (px + 22 * s, y - 322 * s)], 3 * s, dark
        )
    c.line([(x - 330 * s, y - 344 * s), (x + 190 * s, y - 344 * s)], 5 * s, colour)
    top = (x, y - 480 * s)
    c.line([(x - 30 * s, y - 330 * s), top, (x + 50 * s, y - 330 * s)], 11 * s, colour)
    for dx in (-320, -180, 180):
        c.line([top, (x + dx * s, y - 340 * s)], 4 * s, dark)
    c.rect(x - 150 * s, y - 312 * s, 44 * s, 30 * s, "#f4efe0")
    for dx in (-142, -114):
        c.line([(x + dx * s, y - 284 * s), (x + dx * s, y - 190 * s)], 2.5 * s, dark)
    c.rect(x - 172 * s, y - 190 * s, 88 * s, 36 * s, "#f0b441")


@picture()
def pelabuhan_peti_kemas(c: Canvas) -> None:
    """Gantry cranes, a laden ship and stacks of boxes under a clear sky."""
    c.bg("#2f8fa8", "#7cc4c4", "#d9ecd6", "#fbf0d4", y1=700)
    c.glow(300, 330, 560, "#fff8de", 0.7)
    cloud(c, 420, 300, 460, "#d6ebe4", "#ffffff", 0.9)
    cloud(c, 1330, 210, 380, "#bfe2e0", "#f7fffb", 0.85)
    ridge(c, 590, 70, "#9fc9c2", first=3, bottom=680)
    ridge(c, 630, 40, "#79b0ae", first=6, bottom=680)
    water(c, 665, ("#8fcfc8", "#3f98a4", "#1f6579"), "#d8f5ea", "#1b5a70", 200)
    _gantry(c, 1250, 690, 0.72, "#c4675a")
    _gantry(c, 1500, 690, 0.72, "#c4675a")
    hull = [(150, 640), (1080, 640), (1130, 590), (1180, 590), (1130, 790), (220, 790), (170, 740)]
    c.poly(hull, ("#1f4a63", "#12304a"))
    c.poly([(178, 752), (1140, 752), (1130, 792), (220, 792)], "#b8392f")
    c.shade(hull, "#0b1d2e", 0.5, 90, 0.4)
    _container_stack(c, 360, 640, 84, 44, 8, 5)
    c.rect(196, 420, 130, 222, ("#fffdf4", "#d9dfd6"))
    windows(c, 200, 436, 122, 150, 5, 5, ("#2c5468",), 1.0)
    c.rect(180, 408, 162, 16, "#e8e4d4")
    c.rect(226, 340, 46, 70, "#d8452e")
    c.soft(ell(640, 806, 520, 18), "#0f3346", 12, 0.7)
    light_road(c, 640, 800, 880, 900, 700, "#174a62", 0.5)
    _gantry(c, 900, 930, 1.55, "#e0472f")
    c.rect(0, 905, 1600, 170, ("#cbb893", "#8f7c62"))
    c.rect(0, 905, 1600, 12, "#f3dc9a")
    _container_stack(c, -20, 1040, 176, 82, 3, 4)
    _container_stack(c, 1150, 1067, 190, 90, 3, 4)
    for x in (660, 740, 1040):
        person(c, x, 1010, 96, "walk", "#f0822f", "#2c3e50", "#7a4a34", "#ffe27a", "cap")


@picture()
def feri_malam(c: Canvas) -> None:
    """A lit ferry crossing at night; its windows lie broken on the water."""
    c.bg("#070d26", "#10214a", "#1f3f6d", "#3b6687", y1=640)
    stars(c, 240, 430)
    c.glow(1290, 190, 360, "#b9cdf0", 0.5)
    c.dot(1290, 190, 60, "#f4f1dc")
    for dx, dy, r in ((-18, -10, 12), (16, 14, 9), (8, -26, 7)):
        c.dot(1290 + dx, 190 + dy, r, "#dcd9c8")
    streaks(c, 240, 460, 8, "#4a6a94", 0.35)
    ridge(c, 560, 90, "#142c50", first=2, bottom=650)
    for _ in range(150):
        x, y = c.r(0, 1600), c.r(596, 640)
        c.dot(x, y, c.r(1.2, 2.8), c.pick(("#ffd98a", "#fff0c4", "#ff9f5a")), c.r(0.5, 1))
    water(c, 640, ("#2d5677", "#16325a", "#0a1733"), "#7fa6c6", "#050b20", 320)
    light_road(c, 1290, 644, 1067, 60, 230, "#dfe6e6", 0.45)
    deck = "#e7edf2"
    c.glow(720, 640, 720, "#ffca7a", 0.4, 0.5)
    hull = [(250, 690), (1190, 690), (1260, 650), (1215, 800), (300, 800), (262, 750)]
    for y, x0, x1 in ((690, 280, 1150), (630, 320, 1080), (570, 380, 980)):
        c.poly(box(x0, y - 62, x1 - x0, 64, 10), ("#f4f5f2", "#a9bccd"))
        n = int((x1 - x0) / 46)
        for i in range(n):
            lit = c.pick(("#ffd56f", "#ffe7a6", "#ffbf52", "#ffd56f"))
            c.rrect(x0 + 16 + i * 46, y - 48, 30, 30, 5, lit)
        c.rect(x0 - 12, y - 66, x1 - x0 + 24, 7, deck)
    c.poly([(840, 508), (1010, 508), (1050, 450), (850, 450)], ("#ffffff", "#b9c9d6"))
    c.poly([(860, 490), (1012, 490), (1030, 464), (862, 464)], "#ffdf8f")
    c.poly([(520, 508), (640, 508), (622, 400), (540, 400)], ("#d8503f", "#8f2b35"))
    c.rect(535, 420, 94, 20, "#f4f1e4")
    c.line([(930, 450), (930, 340)], 6, deck)
    c.glow(930, 338, 60, "#ff6a5a", 0.9)
    c.dot(930, 338, 7, "#ffd0c0")
    rope = curve([(930, 345), (800, 410), (690, 420), (585, 400), (480, 450), (390, 500)])
    for x, y in rope[::5]:
        c.dot(x, y, 3.5, "#ffe7a6")
    c.poly(hull, ("#2b5f8f", "#0e2548"))
    c.poly([(256, 712), (1236, 700), (1232, 716), (258, 728)], "#f2b84a")
    c.poly([(290, 780), (1222, 780), (1215, 802), (300, 802)], "#a33a3f")
    c.reflect(800, 267, "#0b1a38", 0.35, 0.85, 9)
    for i in range(19):
        light_road(c, 330 + i * 44, 806, 1010, 16, 40, "#ffc766", 0.5)
    for _ in range(26):
        lens(c, 720 + c.r(-560, 560), 804 + c.r(-4, 10), c.r(40, 180), 5, "#eaf4fa", 0.6)


@picture()
def mercusuar(c: Canvas) -> None:
    """A lighthouse on its rock sends its beam over a violet evening."""
    c.bg("#1d2a5c", "#51468a", "#a8679a", "#f0a08f", y1=760)
    stars(c, 120, 300)
    streaks(c, 300, 600, 12, "#ffb4a0", 0.4)
    c.glow(300, 720, 620, "#ffc79a", 0.5, 0.6)
    lamp = (1110.0, 262.0)
    for half, a in ((7, 0.30), (4, 0.35), (1.8, 0.4)):
        for base in (176, 6):
            beam = [lamp]
            for d in (-half, half):
                t = math.radians(base + d)
                beam.append((lamp[0] + 1500 * math.cos(t), lamp[1] + 1500 * math.sin(t)))
            c.soft(beam, "#fff0b8", 14, a * (1 if base > 90 else 0.7))
    ridge(c, 715, 46, "#75598f", first=3, bottom=760)
    water(c, 740, ("#e09a98", "#6d5b94", "#2a2f63", "#161b44"), "#ffc9b4", "#14183d", 340)
    cliff = curve(
        [
            (640, 1067),
            (700, 960),
            (800, 900),
            (850, 800),
            (960, 745),
            (1080, 720),
            (1240, 735),
            (1360, 790),
            (1480, 810),
            (1600, 900),
            (1660, 1067),
        ]
    )
    c.poly([*cliff, (640, 1067)], ("#564a6c", "#221c3a"))
    c.shade([*cliff, (640, 1067)], "#d98c93", 0.6, 270, 0.5)
    for _ in range(40):
        x, y = c.r(720, 1560), c.r(830, 1060)
        s = c.r(20, 70)
        c.poly([(x, y), (x + s, y - s * 0.3), (x + s * 1.3, y + s * 0.3)], "#171330", 0.45)
    tower = [(1050, 735), (1074, 310), (1146, 310), (1170, 735)]
    with c.clip(tower):
        c.rect(1000, 300, 240, 460, "#f6ead8")
        for i in range(4):
            c.poly(
                [
                    (1000, 372 + i * 110),
                    (1240, 372 + i * 110),
                    (1240, 426 + i * 110),
                    (1000, 426 + i * 110),
                ],
                "#c9413f",
            )
        c.shade(box(1040, 300, 140, 440), "#2a1f48", 0.75, 90, 0.3)
    c.rrect(1056, 296, 108, 18, 4, "#3a2c50")
    c.rect(1080, 234, 60, 62, "#ffe9a0")
    for x in (1080, 1098, 1118, 1138):
        c.rect(x, 234, 4, 62, "#3a2c50")
    c.poly([(1068, 236), (1110, 190), (1152, 236)], "#a5323c")
    c.glow(*lamp, 210, "#fff3c0", 0.95)
    c.rrect(1096, 668, 34, 66, 14, "#3a2c50")
    house(c, 1200, 745, 150, 70, "#e8cdbb", "#7d3444", "#ffd680")
    for _ in range(70):
        t = c.r()
        x, y = 640 + t * 330, 1010 - t * 200 + c.r(-30, 60)
        c.dot(x + c.r(-60, 20), y, c.r(3, 14), "#f7dcd8", c.r(0.2, 0.7), ry=c.r(2, 8))
    for x, y, w in ((380, 900, 420), (140, 1000, 520), (560, 1030, 300)):
        crest = curve([(x - w / 2, y), (x - w / 6, y - 18), (x + w / 6, y - 6), (x + w / 2, y + 4)])
        c.poly([*crest, (x, y + 16)], "#e3b7bf", 0.7)


@picture()
def galangan_kapal_kayu(c: Canvas) -> None:
    """A wooden hull on the beach, ribs bare, and the people who build it."""
    c.bg("#9fc7c0", "#dfe3c4", "#f9e2b0", y1=620)
    c.glow(1250, 250, 560, "#fff6d4", 0.8)
    cloud(c, 360, 220, 420, "#e3ead4", "#fffdf0", 0.8)
    ridge(c, 540, 60, "#a9c2a8", first=3, bottom=640)
    water(c, 590, ("#b9d8c8", "#6fb3b0"), "#f4fbe8", "#4f98a0", 90, bottom=700)
    sand = curve([(0, 690), (400, 660), (900, 690), (1600, 650)])
    c.poly([*sand, (1600, 1067), (0, 1067)], ("#efd29a", "#c99a5e"))
    c.shade([*sand, (1600, 1067), (0, 1067)], "#8a5a34", 0.45, 10, 0.4)
    for x, h, lean in ((60, 470, 0.14), (170, 380, -0.05), (1500, 520, -0.14), (1570, 400, 0.05)):
        palm(c, x, 730, h, "#5f6b45", lean, "#4f7a52")
    c.soft(ell(800, 930, 620, 40), "#5a3a22", 22, 0.6)
    for i in range(9):
        x = 300 + i * 125
        c.line([(x, 935), (x + (800 - x) * 0.1, 780)], 13, "#7d5230")
    sheer = curve([(150, 430), (340, 560), (640, 640), (1000, 640), (1270, 560), (1480, 380)])
    keel = curve(
        [
            (1480, 380),
            (1400, 640),
            (1260, 830),
            (1000, 880),
            (620, 880),
            (380, 820),
            (230, 640),
            (150, 430),
        ]
    )
    c.poly(sheer + keel, ("#8a5229", "#4a2a18"))
    with c.clip(sheer + keel):
        for i in range(26):
            x = 180 + i * 52
            c.line(curve([(x - 10, 380), (x + 6, 640), (x + 30 - i * 2.4, 900)]), 15, "#d79a58")
            c.line(curve([(x - 4, 380), (x + 12, 640), (x + 36 - i * 2.4, 900)]), 4, "#8a5229")
        planks = [
            (0, 1067),
            (0, 690),
            *curve([(120, 640), (360, 740), (700, 790), (1050, 785), (1320, 700), (1560, 500)]),
            (1600, 1067),
        ]
        c.poly(planks, ("#d89a55", "#a5672f"))
        for k in range(5):
            row = curve(
                [
                    (120, 640 + k * 34),
                    (360, 740 + k * 30),
                    (700, 790 + k * 24),
                    (1050, 785 + k * 24),
                    (1320, 700 + k * 34),
                    (1560, 500 + k * 50),
                ]
            )
            c.line(row, 3.5, "#6b3d1d")
        c.shade(planks, "#4a2714", 0.75, 10, 0.35)
    c.line(sheer, 16, "#e9b36c")
    c.line(curve([(1480, 384), (1500, 330), (1540, 270)]), 18, "#e9b36c")
    for x in (430, 640, 850, 1060):
        c.line([(x, 960), (x + 6, 470)], 8, "#6d4a2c")
    for y in (600, 760):
        c.line([(400, y), (1100, y - 8)], 9, "#a06c3a")
    person(c, 560, 598, 150, "work", "#2f6f8f", "#3a2c22", "#5d3823", "#e9c46a", "cap")
    person(
        c, 960, 592, 150, "bend", "#c9472f", "#2b2a35", "#5d3823", "#f4e3c0", "caping", flip=True
    )
    person(c, 720, 752, 140, "reach", "#f0e2c4", "#4a3a55", "#5d3823", "#2b2020", "hair")
    person(c, 250, 1010, 210, "carry", "#d9772f", "#2f3e4f", "#5d3823", "#2b2020", "hair")
    c.rect(110, 790, 300, 20, "#e3b273")
    person(
        c, 1240, 1000, 200, "work", "#3f7f6a", "#3a2c22", "#5d3823", "#e9c46a", "caping", flip=True
    )
    for i in range(5):
        c.poly(box(1130 + i * 6, 1010 - i * 15, 330, 15), mix("#d99f5f", "#8a5229", i % 2 * 0.5))
    for _ in range(60):
        x, y = c.r(200, 1400), c.r(950, 1050)
        c.line(curve([(x, y), (x + 8, y - 6), (x + 16, y + 2)], n=5), 3, "#f6deb0")


@picture()
def laut_badai(c: Canvas) -> None:
    """One small boat under a great wave."""
    c.bg("#0f1f2b", "#24414a", "#52706a", "#9aa98a", y1=700)
    c.glow(420, 560, 520, "#e4dba8", 0.55, 0.6)
    for x, y, w in ((250, 170, 800), (900, 120, 900), (1450, 220, 800), (600, 260, 560)):
        cloud(c, x, y, w, "#1a3039", "#375660", 0.85, 0.8)
    bolt = [(470, 240), (430, 350), (470, 352), (410, 480), (452, 478), (395, 600)]
    c.glow(430, 420, 300, "#f2f4cf", 0.5)
    c.line(bolt, 6, "#fdfbe0")
    c.line([(470, 352), (530, 420), (520, 470)], 3, "#fdfbe0")

    def wave(pts: list[Point], top: str, low: str, foam: str) -> None:
        line = curve(pts)
        shape = [*line, (1650, 1100), (-50, 1100)]
        c.poly(shape, (top, low))
        c.shade(shape, "#08161f", 0.6, 0, 0.3)
        c.line(line, 7, foam)
        for px, py in line[::2]:
            c.dot(px + c.r(-14, 14), py + c.r(-8, 10), c.r(3, 11), foam, c.r(0.4, 1))

    wave(
        [(-50, 610), (200, 580), (420, 630), (700, 570), (1000, 640), (1300, 560), (1650, 620)],
        "#54796f",
        "#2b4d52",
        "#a9c0ae",
    )
    wave(
        [
            (-50, 720),
            (180, 670),
            (420, 730),
            (640, 690),
            (820, 740),
            (1100, 650),
            (1400, 720),
            (1650, 640),
        ],
        "#3d6a68",
        "#1e4149",
        "#b9d0c0",
    )
    boat = [(-90, -40), (-60, 6), (70, 6), (110, -52), (60, -30), (-50, -26)]
    c.poly(turn(place(boat, 560, 700, 1.1), -14, 560, 700), "#7c2f28")
    c.poly(
        turn(place([(-30, -28), (-30, -90), (30, -90), (36, -32)], 560, 700, 1.1), -14, 560, 700),
        "#f0e6cf",
    )
    c.poly(
        turn(place([(-20, -74), (-20, -50), (8, -50), (8, -74)], 560, 700, 1.1), -14, 560, 700),
        "#ffd46a",
    )
    c.line(turn(place([(10, -90), (10, -170)], 560, 700, 1.1), -14, 560, 700), 5, "#2a1a18")
    c.glow(525, 630, 110, "#ffd46a", 0.6)
    big = curve(
        [
            (420, 1100),
            (700, 1010),
            (890, 880),
            (1000, 740),
            (1050, 600),
            (1035, 500),
            (960, 440),
            (870, 435),
            (780, 490),
            (795, 385),
            (870, 290),
            (1000, 225),
            (1180, 210),
            (1390, 300),
            (1650, 470),
        ]
    )
    shape = [*big, (1650, 1100)]
    c.poly(shape, ("#6aa596", "#2f6f70", "#123642"))
    with c.clip(shape):
        for i in range(13):
            o = i * 62
            c.line(
                curve(
                    [
                        (470 + o * 1.2, 1100),
                        (790 + o, 1000 - i * 8),
                        (1010 + o * 0.7, 800 - i * 20),
                        (1090 + o * 0.5, 600 - i * 16),
                        (1040 + o * 0.55, 430 - i * 8),
                        (930 + o * 0.6, 330 - i * 3),
                    ]
                ),
                5,
                "#b4e0ca",
                0.32,
            )
    c.shade(shape, "#071820", 0.75, 60, 0.4)
    foam = "#eef6e8"
    for px, py in big[84:190]:
        for _ in range(4):
            c.dot(px + c.r(-26, 26), py + c.r(-14, 30), c.r(4, 20), foam, c.r(0.4, 0.95))
    for _ in range(90):
        c.dot(c.r(690, 900), c.r(400, 640), c.r(1.5, 6), foam, c.r(0.4, 0.9))
    wave(
        [
            (-50, 900),
            (200, 850),
            (420, 880),
            (640, 960),
            (860, 930),
            (1100, 1000),
            (1350, 930),
            (1650, 960),
        ],
        "#2b5a5e",
        "#0d2430",
        "#dfeade",
    )
    wave(
        [
            (-50, 1010),
            (250, 980),
            (520, 1030),
            (800, 1000),
            (1100, 1050),
            (1400, 1020),
            (1650, 1040),
        ],
        "#173c46",
        "#081820",
        "#c5d8cc",
    )
    rain(c, 260, "#d6e4dc", -0.35, 60, 0.35)


@picture()
def terumbu(c: Canvas) -> None:
    """A reef under sunlit water, with a turtle and a shoal."""
    c.bg("#a6f0e0", "#3fc0cc", "#1585ad", "#0c4f86", "#0a2f5f")
    rays(c, 620, -260, 1500, "#e4fff4", 58, 122, 11, 0.30)
    for _ in range(26):
        lens(c, c.r(0, 1600), c.r(0, 60), c.r(80, 300), c.r(4, 14), "#ffffff", 0.4)
    for y, amp, col in ((800, 120, "#1a6f9c"), (880, 100, "#13567f")):
        ridge(c, y, amp, col, first=4)
    for _ in range(60):
        t = c.r(0, math.tau)
        rad = c.r(0.3, 1)
        x, y = 1130 + 300 * rad * math.cos(t), 360 + 110 * rad * math.sin(t)
        col = c.pick(("#ffd65c", "#ffb347", "#fff0a0"))
        c.poly(
            [
                (x - 18, y),
                (x, y - 8),
                (x + 14, y),
                (x + 26, y - 8),
                (x + 26, y + 8),
                (x + 14, y),
                (x, y + 8),
            ],
            col,
            0.9,
        )
    tx, ty = 520, 420
    for pts in (
        [(-40, -40), (-150, -150), (-190, -120), (-90, -10)],
        [(60, 40), (120, 170), (80, 190), (0, 60)],
        [(120, -30), (190, -80), (200, -50), (140, 0)],
        [(-60, 40), (-130, 110), (-100, 130), (-20, 60)],
    ):
        flip = curve(place([(float(a), float(b)) for a, b in pts], tx, ty, 1.1), closed=True)
        c.poly(flip, ("#5f9f6a", "#2f6f5a"))
    c.poly(ell(tx - 178, ty - 16, 48, 34), "#6fae74")
    c.dot(tx - 196, ty - 24, 6, "#0c2f3f")
    shell = ell(tx, ty, 150, 96)
    c.poly(shell, ("#c9a24f", "#6d5a30"))
    with c.clip(shell):
        for i in range(-2, 3):
            for k in range(-1, 2):
                hexa = ell(tx + i * 76 + (k % 2) * 38, ty + k * 62, 36)
                c.poly([hexa[int(len(hexa) * m / 6)] for m in range(6)], "#8a7038")
        c.shade(shell, "#f6e39a", 0.6, 200, 0.5)
    pinks = ("#ff6f7d", "#ff9a5a", "#e8538f", "#ffc15a", "#c86fd0", "#ff8fa8")
    ground = ridge(c, 980, 46, ("#2a5f7c", "#0f2f4f"), first=5)
    for _ in range(11):
        x, col, s = c.r(0, 1600), c.pick(pinks), c.r(0.7, 1.3)
        for i in range(9):
            ang = -90 + (i - 4) * 14
            ex = x + 190 * s * math.cos(math.radians(ang)) * c.r(0.8, 1.1)
            ey = 990 + 190 * s * math.sin(math.radians(ang)) * c.r(0.7, 1.1)
            mx = (x + ex) / 2 + c.r(-18, 18)
            c.taper(
                curve([(x, 1010), (mx, (990 + ey) / 2), (ex, ey)]),
                26 * s,
                12 * s,
                mix(col, "#0c4f86", 0.12),
            )
            c.dot(ex, ey, 8 * s, mix(col, "#ffffff", 0.3))
    for _ in range(9):
        x, r, col = c.r(0, 1600), c.r(50, 110), c.pick(pinks)
        dome = ell(x, 1010, r, r * 0.8)
        c.poly(dome, mix(col, "#5a2f6f", 0.25))
        c.shade(dome, "#fff0d0", 0.6, 195, 0.5)
        for _ in range(22):
            t, q = c.r(0, math.tau), c.r(0, 0.9) ** 0.5
            c.dot(
                x + r * q * math.cos(t),
                1010 + r * 0.75 * q * math.sin(t),
                4,
                mix(col, "#3a1f5f", 0.5),
                0.7,
            )
    c.poly([(0, 1067), *[(x, y + 66) for x, y in ground], (1600, 1067)], "#0b2644")
    for x, y, s, col in (
        (880, 700, 1.5, "#ff8a3c"),
        (760, 780, 1.1, "#ff8a3c"),
        (1280, 720, 1.2, "#ffe04f"),
    ):
        body = curve(
            place([(-60, 0), (-20, -30), (40, -14), (58, 0), (40, 16), (-20, 30)], x, y, s),
            closed=True,
        )
        c.poly(place([(46, 0), (90, -28), (84, 0), (90, 28)], x, y, s), col)
        c.poly(body, col)
        with c.clip(body):
            for bx in (-30, 12, 46):
                c.rect(x + bx * s, y - 40 * s, 11 * s, 80 * s, "#ffffff")
        c.dot(x - 42 * s, y - 5 * s, 4.5 * s, "#102030")
    for _ in range(50):
        c.dot(c.r(0, 1600), c.r(100, 900), c.r(2, 7), "#dffcf4", c.r(0.15, 0.5))


def _fish(c: Canvas, x: float, y: float, s: float, body: str, back: str, angle: float = 0) -> None:
    shape = curve(
        [
            (-120, 0),
            (-70, -34),
            (0, -42),
            (70, -22),
            (110, -6),
            (110, 6),
            (70, 24),
            (0, 42),
            (-70, 32),
        ],
        closed=True,
    )
    shape = turn(place(shape, x, y, s), angle, x, y)
    tail = turn(place([(100, 0), (160, -44), (142, 0), (160, 44)], x, y, s), angle, x, y)
    c.poly(tail, back)
    c.poly(shape, body)
    c.shade(shape, back, 0.95, 180 - angle, 0.42)
    c.shade(shape, "#ffffff", 0.5, -angle, 0.6)
    for pt, r, col in (((-88, -6), 9, "#fff6d8"), ((-88, -6), 4.5, "#1a1f2c")):
        p = turn(place([pt], x, y, s), angle, x, y)[0]
        c.dot(*p, r * s, col)
    gill = turn(place(curve([(-58, -26), (-46, 0), (-58, 26)]), x, y, s), angle, x, y)
    c.line(gill, 3 * s, mix(back, "#000000", 0.2))


@picture()
def pasar_ikan(c: Canvas) -> None:
    """The catch of the night on leaves and ice, and the seller behind it."""
    c.bg("#173a4f", "#1f5a6a", "#2f7f80", y1=640)
    for i in range(16):
        x, stripe = i * 100, "#e8633a" if i % 2 else "#f6e3c0"
        c.poly(
            [(x, 0), (x + 100, 0), (x + 100, 130), (x, 130)], (mix(stripe, "#1f2a3a", 0.4), stripe)
        )
        c.poly(ell(x + 50, 130, 50, 26), stripe)
    c.rect(0, 0, 1600, 60, "#0f2b3c", 0.25)
    for x in (330, 1200):
        c.line([(x, 0), (x, 210)], 4, "#0c2231")
        c.glow(x, 250, 430, "#ffd98f", 0.65)
        c.poly([(x - 60, 250), (x - 20, 200), (x + 20, 200), (x + 60, 250)], "#2a3f4c")
        c.dot(x, 252, 26, "#fff3cc", ry=18)
    for x, h, col, pose, flip in (
        (130, 380, "#2a6a78", "carry", False),
        (480, 360, "#24616f", "walk", True),
        (1400, 390, "#2a6a78", "work", True),
        (1180, 350, "#1f5766", "walk", False),
    ):
        person(
            c,
            x,
            700,
            h,
            pose,
            col,
            "#17414f",
            "#123440",
            "#123440",
            "hair",
            robe=pose == "work",
            flip=flip,
        )
    c.poly([(50, 325), (210, 325), (190, 250), (70, 250)], "#123440")
    person(c, 790, 790, 500, "work", "#e9a03a", "#2f4f5f", "#8a5638", "#b8392f", "scarf")
    sx, sy = 955, 430
    c.line([(sx, 150), (sx, 330)], 4, "#cdd6d2")
    c.dot(sx, 372, 46, "#f2efe2")
    c.dot(sx, 372, 36, "#ffffff")
    c.line([(sx, 372), (sx + 20, 348)], 4, "#c9372f")
    c.line([(sx - 70, sy + 60), (sx, 415), (sx + 70, sy + 60)], 3, "#cdd6d2")
    c.poly(ell(sx, sy + 66, 86, 20), ("#dfe6e2", "#8fa3a6"))
    _fish(c, sx, sy + 48, 0.5, "#e8eef0", "#f0705a")
    c.poly([(0, 640), (1600, 640), (1600, 1067), (0, 1067)], ("#d4eef0", "#93c8d4"))
    c.rect(0, 630, 1600, 20, "#7a5236")
    for _ in range(380):
        x, y, s = c.r(0, 1600), c.r(660, 1067), c.r(8, 26)
        c.poly(
            [(x, y), (x + s, y - s * 0.4), (x + s * 1.3, y + s * 0.5), (x + s * 0.3, y + s * 0.7)],
            c.pick(("#ffffff", "#bfe4ea", "#e9fafa", "#8fc3d0")),
            0.7,
        )
    for x, y in ((280, 830), (800, 900), (1330, 820)):
        leaf = curve(
            [
                (x - 290, y + 20),
                (x - 120, y - 90),
                (x + 160, y - 80),
                (x + 290, y - 10),
                (x + 140, y + 90),
                (x - 140, y + 100),
            ],
            closed=True,
        )
        c.soft(leaf, "#2f5f6f", 14, 0.5)
        c.poly(leaf, ("#4f9f52", "#23703f"))
        c.line([(x - 280, y + 20), (x + 285, y - 8)], 6, "#a9d27a")
        for k in range(9):
            c.line([(x - 240 + k * 56, y + 16 - k * 3), (x - 190 + k * 56, y - 64)], 2, "#2f8048")
    rows = (
        (280, 800, "#dfe8ee", "#2f5f86", -8),
        (300, 872, "#e4ebee", "#33648a", -6),
        (770, 860, "#ffd7c4", "#d8433a", 6),
        (830, 942, "#ffdcc8", "#e0523f", 4),
        (1340, 770, "#f6e8a8", "#c79a2a", -4),
        (1320, 846, "#f8ecb4", "#cfa232", 3),
    )
    for x, y, body, back, ang in rows:
        c.soft(ell(x, y + 34, 190, 20), "#14452f", 8, 0.5)
        _fish(c, x, y, 1.5, body, back, ang)
    for i in range(7):
        _fish(c, 120 + i * 60, 1010 + (i % 2) * 26, 0.55, "#e6eef2", "#4f7f9f", -60)
    for i in range(8):
        x = 1120 + i * 58
        c.line(curve([(x, 1010), (x + 30, 985), (x + 52, 1010), (x + 40, 1036)]), 22, "#ff9a6a")
        c.line(curve([(x, 1010), (x - 26, 990), (x - 44, 960)]), 3, "#e0643f")


@picture()
def tambak_garam(c: Canvas) -> None:
    """Salt ponds as mirrors, white cones, and one worker with a rake."""
    c.bg("#8fd0d8", "#cfe9e2", "#fde9dc", "#ffd6cc", y1=430)
    c.glow(420, 330, 520, "#fffaf0", 0.8)
    cloud(c, 1150, 250, 520, "#f4dcd8", "#ffffff", 0.9)
    cloud(c, 300, 180, 300, "#dcefe9", "#ffffff", 0.7)
    ridge(c, 405, 40, "#b7c3cf", first=3, bottom=440)
    ridge(c, 425, 14, "#8fa9b0", first=7, bottom=440)
    c.rect(0, 430, 1600, 637, ("#d8b7a8", "#b98f80"))
    ys = [430 + 637 * (i / 6) ** 1.75 for i in range(7)]
    tints = ("#f6c9c4", "#bfe3e2", "#f2aeb0", "#9fd6da", "#fbe3d6", "#e99aa6", "#7fc5cf")
    for k in range(6):
        y0, y1 = ys[k] + 2 + k, ys[k + 1] - 3 - k * 2
        for i in range(-5, 8):

            def at(u: float, y: float) -> Point:
                return 760 + (u * 330) * (0.22 + (y - 430) / 637 * 1.25), y

            pond = [at(i + 0.04, y0), at(i + 0.96, y0), at(i + 0.96, y1), at(i + 0.04, y1)]
            col = tints[int(c.r(0, 7)) % 7]
            c.poly(pond, (mix(col, "#ffffff", 0.45), col))
            c.shade(pond, "#ffffff", 0.6, 215, 0.55)
    for i, (x, y, s) in enumerate(
        (
            (180, 560, 0.4),
            (420, 540, 0.34),
            (1240, 560, 0.4),
            (1420, 620, 0.6),
            (1060, 640, 0.6),
            (300, 720, 0.95),
            (80, 640, 0.6),
            (1330, 820, 1.5),
        )
    ):
        cone = curve(
            [
                (x - 110 * s, y),
                (x - 40 * s, y - 76 * s),
                (x, y - 116 * s),
                (x + 44 * s, y - 70 * s),
                (x + 110 * s, y),
            ]
        )
        c.poly([(p, 2 * y - q) for p, q in cone], "#ffffff", 0.35)
        c.poly(cone, "#ffffff")
        c.shade(cone, "#8fa9c4", 0.75, 70 + i, 0.35)
    for x, y, h in ((640, 470, 90), (980, 462, 70)):
        c.line([(x, y), (x, y - h)], 4, "#8a6a5f")
        for a in range(4):
            t = math.radians(a * 90 + 30)
            c.line(
                [(x, y - h), (x + 0.5 * h * math.cos(t), y - h + 0.5 * h * math.sin(t))],
                7,
                "#f7efe6",
            )
    c.soft(ell(700, 905, 150, 12), "#8a5a5f", 10, 0.5)
    j = person(c, 640, 900, 330, "work", "#2f7f8f", "#3a4a63", "#8a5638", "#e8b04f", "caping")
    hx, hy = j["handR"]
    c.line([(hx - 110, hy - 110), (hx + 240, hy + 215)], 9, "#7a4f33")
    c.poly(turn(box(hx + 170, hy + 205, 150, 22), 10, hx + 240, hy + 215), "#5f3a28")
    person(c, 1090, 620, 120, "carry", "#c9533f", "#3a4a63", "#8a5638", "#e8b04f", "caping")


@picture()
def kapal_kabel(c: Canvas) -> None:
    """A cable ship, cut open with the sea, so that the cable is seen going down."""
    c.bg("#f7c59a", "#fbe3c0", "#cfe5df", y1=430)
    c.glow(1300, 300, 420, "#fff6dc", 0.8)
    streaks(c, 80, 300, 10, "#ffffff", 0.5)
    ridge(c, 395, 34, "#c9b7ae", first=3, bottom=435)
    c.rect(0, 425, 1600, 642, ("#4fb3b8", "#1f7f98", "#125478", "#0b2f55", "#081f3f"))
    rays(c, 1100, 330, 900, "#d6fff4", 50, 130, 9, 0.16)
    hull = [(300, 330), (1120, 330), (1190, 268), (1290, 262), (1190, 500), (380, 500), (330, 440)]
    c.poly(hull, ("#d9432f", "#a32a2a"))
    with c.clip(hull):
        c.rect(250, 425, 1100, 100, "#5f1f2c", 0.75)
        c.rect(250, 340, 1100, 10, "#f6ead2")
    c.poly(box(370, 180, 190, 152, 8), ("#ffffff", "#d9dfdc"))
    c.poly(box(400, 110, 150, 76, 8), ("#ffffff", "#dfe4e0"))
    windows(c, 380, 196, 170, 120, 6, 3, ("#2c5a70",), 1)
    c.rect(408, 126, 136, 26, "#2c5a70")
    c.line([(470, 110), (470, 30)], 6, "#f4f4ee")
    c.line([(440, 60), (500, 60)], 4, "#f4f4ee")
    c.dot(530, 90, 22, "#f4f4ee")
    for x in (680, 840, 1000):
        c.dot(x, 300, 62, "#3a4752")
        c.dot(x, 300, 50, "#f2a33a")
        for r in (42, 32, 22):
            c.line([*ell(x, 300, r), ell(x, 300, r)[0]], 3, "#a85f1f")
        c.dot(x, 300, 12, "#3a4752")
    c.rect(600, 326, 520, 14, "#8f2a2a")
    c.line([(760, 326), (830, 110), (1010, 150)], 12, "#f0b441")
    c.line([(1010, 150), (1010, 230)], 3, "#3a4752")
    c.dot(1286, 268, 34, "#3a4752")
    c.dot(1286, 268, 18, "#f4f4ee")
    for x in (620, 920, 1130):
        person(c, x, 330, 84, "work", "#f08a2f", "#24364a", "#7a4a34", "#ffe27a", "cap")
    cable = curve(
        [
            (1318, 276),
            (1360, 420),
            (1370, 600),
            (1300, 780),
            (1120, 880),
            (840, 910),
            (500, 905),
            (200, 930),
            (-30, 925),
        ]
    )
    for _ in range(50):
        lens(c, c.r(0, 1600), 427 + c.r(0, 10), c.r(60, 240), c.r(3, 8), "#eafff8", 0.6)
    floor = curve(
        [(0, 950), (200, 940), (500, 918), (840, 924), (1120, 900), (1320, 960), (1600, 930)]
    )
    for off, col in ((-90, "#0f3f66"), (-46, "#0d3459")):
        ridge(c, 900 + off, 50, col, first=4)
    c.line(cable, 20, "#ffcf5a", 0.25)
    c.poly([*floor, (1600, 1067), (0, 1067)], ("#2a5577", "#0b2342"))
    c.shade([*floor, (1600, 1067), (0, 1067)], "#e8c88a", 0.35, 180, 0.6)
    c.line(cable, 9, "#ffb52e")
    for px, py in cable[::7]:
        c.glow(px, py, 34, "#fff0a8", 0.7)
        c.dot(px, py, 5, "#fffbe0")
    for x in (120, 420, 700, 1440):
        bush(c, x, 990, 44, "#7f3f6a", "#e07a8a")
    for _i in range(26):
        x, y = 330 + c.r(-170, 170), 660 + c.r(-70, 70)
        c.poly(
            [
                (x - 12, y),
                (x, y - 5),
                (x + 10, y),
                (x + 18, y - 6),
                (x + 18, y + 6),
                (x + 10, y),
                (x, y + 5),
            ],
            "#bfe8e4",
            0.75,
        )


@picture()
def lomba_perahu(c: Canvas) -> None:
    """Three long boats, paddles in time, seen from above the river."""
    c.bg("#12807f", "#1fa39a", "#35bfae", "#15817f", angle=15)
    for _ in range(420):
        x, y = c.r(0, 1600), c.r(0, 1067)
        lens(
            c,
            x,
            y,
            c.r(30, 150),
            c.r(2, 7),
            c.pick(("#8feadb", "#0d6a6f", "#5fd8c8")),
            c.r(0.15, 0.45),
        )
    c.poly(
        curve([(0, 0), (0, 150), (300, 110), (700, 140), (1100, 80), (1600, 120), (1600, 0)]),
        ("#3f8f4a", "#7fb04a"),
    )
    c.poly(
        [
            *curve([(0, 150), (300, 110), (700, 140), (1100, 80), (1600, 120)]),
            (1600, 134),
            *curve([(1600, 134), (1100, 96), (700, 158), (300, 128), (0, 170)]),
        ],
        "#ecd49a",
    )
    for i in range(80):
        x = 10 + i * 20 + c.r(-4, 4)
        y = 92 + c.r(-30, 12) - (28 if x > 900 else 0)
        c.dot(x, y + 15, 11, c.pick(("#e0452f", "#ffd24a", "#f4efe4", "#2f4f8f", "#e07aa0")))
        c.dot(x, y, 7, c.pick(("#7a4a34", "#8f5a3a", "#3a2620", "#e9c46a")))
    for i in range(30):
        x = i * 56
        y = 150 + 12 * math.sin(i * 0.9)
        c.poly(
            [(x, y), (x + 30, y), (x + 15, y + 40)],
            c.pick(("#ffd24a", "#e0452f", "#ffffff", "#7a3f8f")),
        )
    c.line(curve([(i * 56.0, 150 + 12 * math.sin(i * 0.9)) for i in range(30)], n=4), 3, "#f4efe4")
    boats = (
        (360, 380, "#d93a2f", "#ffd24a"),
        (760, 610, "#f2b01e", "#c9302f"),
        (540, 860, "#5a2f86", "#ffe08a"),
    )
    for n, (x, y, col, trim) in enumerate(boats):
        s = 1.0 + n * 0.14
        length = 480 * s

        def at(u: float, v: float, ox: float = x + 60, oy: float = y, k: float = s) -> Point:
            return turn([(ox + u * k, oy + v * k)], -7, ox, oy)[0]

        for _ in range(40):
            u = c.r(-length / s * 1.15, length / s * 0.7)
            p = at(u, c.r(48, 84) * (1 if c.r() < 0.5 else -1))
            c.dot(*p, c.r(3, 14), "#f2fffb", c.r(0.3, 0.85), ry=c.r(2, 8))
        c.soft([at(-460, 40), at(480, 40), at(560, 60), at(-400, 70)], "#083f4a", 8, 0.6)
        hull = curve(
            [
                at(-540, -14),
                at(-440, -34),
                at(0, -42),
                at(440, -32),
                at(600, -2),
                at(440, 32),
                at(0, 44),
                at(-440, 36),
            ],
            closed=True,
        )
        c.poly(hull, mix(col, "#000000", 0.25))
        inner = curve(
            [
                at(-480, -6),
                at(-400, -24),
                at(0, -31),
                at(400, -22),
                at(520, 0),
                at(400, 22),
                at(0, 31),
                at(-400, 24),
            ],
            closed=True,
        )
        c.line([*hull, hull[0]], 9 * s, trim)
        c.poly(inner, mix(col, "#1a0f1f", 0.55))
        c.poly([at(560, -14), at(650, -30), at(628, 0), at(650, 26), at(560, 12)], trim)
        c.dot(*at(592, -8), 6, "#1a1020")
        for i in range(10):
            u = -390 + i * 82
            for side in (-1, 1):
                a, b = at(u + 8, 18 * side), at(u - 34, 92 * side)
                c.line([a, b], 6 * s, "#f0d9a4")
                d = at(u - 46, 112 * side)
                c.line([b, d], 15 * s, "#f0d9a4")
                c.dot(*d, 16 * s, "#f2fffb", 0.8, ry=9 * s)
                c.line(
                    [at(u, 14 * side), at(u + 22, 34 * side), at(u + 6, 46 * side)],
                    9 * s,
                    "#8a5638",
                )
                c.poly(
                    ell(*at(u - 4, 15 * side), 13 * s, 20 * s, -7), "#f6f1e4" if n == 1 else trim
                )
                hat = at(u + 9, 15 * side)
                c.dot(*hat, 15 * s, "#d9a85a")
                c.poly([hat, *ell(*hat, 15 * s)[12:22]], "#f6dc9a")
        c.dot(*at(470, 0), 22 * s, "#f6ead0")
        c.dot(*at(470, 0), 17 * s, "#d99a5a")
        c.dot(*at(436, 0), 15 * s, "#2a1a1a")


@picture()
def mangrove(c: Canvas) -> None:
    """A canoe in a green tunnel of mangrove roots."""
    c.bg("#cfe8a0", "#7fc07a", "#2f7f62", "#0f4a46")
    c.glow(830, 420, 620, "#fbffd0", 0.9)
    for depth, col in ((0, "#8fc98a"), (1, "#5fa66f"), (2, "#358060")):
        for i in range(7):
            side = -1 if i % 2 else 1
            x = 820 + side * (110 + depth * 150 + c.r(0, 130))
            c.taper(
                curve([(x, 680 + depth * 36), (x + c.r(-20, 20), 380), (x + c.r(-40, 40), 60)]),
                16 + depth * 14,
                8 + depth * 6,
                col,
            )
            for _ in range(8):
                c.dot(x + c.r(-130, 130), c.r(-20, 220 + depth * 20), c.r(40, 110), col, 0.85)
    rays(c, 880, -120, 1000, "#fbffd8", 66, 120, 8, 0.28)
    c.rect(0, 660, 1600, 407, ("#d8efb0", "#5fae86", "#1c6a60", "#0b3d40"))
    light_road(c, 830, 664, 1060, 120, 420, "#f6ffd0", 0.7)

    def roots(x: float, y: float, s: float, col: str) -> None:
        c.taper(
            curve([(x, y - 190 * s), (x + 10 * s, y - 500 * s), (x - 30 * s, y - 900 * s)]),
            54 * s,
            30 * s,
            col,
        )
        for i in range(9):
            off = (i - 4) * 62 * s
            top = y - (170 + 40 * math.cos(i)) * s
            c.taper(
                curve(
                    [
                        (x + off * 0.06, top),
                        (x + off * 0.6, top + 20 * s),
                        (x + off, y - 60 * s),
                        (x + off * 1.12, y + 30 * s),
                    ]
                ),
                19 * s,
                12 * s,
                col,
            )
        for i in range(9):
            off = (i - 4) * 62 * s
            light_road(c, x + off * 1.1, y + 26 * s, y + 170 * s, 26 * s, 14 * s, col, 0.45)

    roots(330, 740, 0.75, "#24664f")
    roots(1320, 750, 0.8, "#22614c")
    c.soft(ell(840, 832, 190, 16), "#0a3a3a", 10, 0.7)
    canoe(c, 840, 820, 1.5, "#7a3f26", "#f0b45a", outrigger=False)
    j = person(c, 780, 808, 210, "row", "#e0632f", "#2b3a4a", "#6b4028", "#f0d28a", "caping")
    hx, hy = j["handR"]
    c.line([(hx - 40, hy - 90), (hx + 60, hy + 120)], 8, "#4a2a1c")
    light_road(c, 840, 840, 980, 330, 160, "#5a3524", 0.5)
    roots(60, 960, 1.35, "#123f38")
    roots(1560, 980, 1.45, "#103a35")
    for _ in range(110):
        x = c.r(0, 560) if c.r() < 0.5 else c.r(1100, 1600)
        y, s = c.r(-20, 210) * (1.5 if x < 260 or x > 1350 else 0.7), c.r(26, 60)
        col = c.pick(("#175043", "#1f6a4c", "#2d8356", "#123f38"))
        leaf = curve([(0, 0), (s * 0.5, -s * 0.24), (s, 0), (s * 0.5, s * 0.24)], closed=True)
        c.poly(turn([(x + px, y + py) for px, py in leaf], c.r(20, 160), x, y), col)
    gulls(c, 860, 330, 90, 4, "#3f7f62", 16)


@picture()
def danau_pagi(c: Canvas) -> None:
    """A still lake that holds the mountain twice."""
    c.bg("#7fa6d9", "#b9c8e8", "#f4d9dc", "#fdeccb", y1=560)
    c.glow(1100, 400, 520, "#fff3d2", 0.85)
    streaks(c, 80, 330, 12, "#ffffff", 0.5)
    peak = curve(
        [
            (180, 560),
            (420, 440),
            (600, 250),
            (690, 150),
            (740, 160),
            (800, 250),
            (980, 420),
            (1240, 520),
            (1500, 560),
        ]
    )
    c.poly(peak, ("#6f7fb0", "#a9a9cc", "#e0c9d4"))
    c.shade(peak, "#ffe3cf", 0.8, 100, 0.5)
    for k in range(9):
        x = 640 + k * 18
        c.line(
            curve(
                [(x + 12, 240 + abs(k - 4) * 14), (x + (k - 4) * 26, 360), (x + (k - 4) * 60, 500)]
            ),
            4,
            "#8f95bd",
            0.4,
        )
    for k in range(4):
        c.soft(ell(735 + k * 50, 128 - k * 22, 34 + k * 16, 15 + k * 5), "#fdf3ea", 12, 0.6)
    c.soft(box(0, 480, 1600, 60), "#fdeee0", 26, 0.8)
    ridge(c, 520, 40, "#8f9cb9", first=5, bottom=560)
    c.soft(box(0, 520, 1600, 24), "#fff3e4", 16, 0.8)
    for i in range(70):
        x = i * 24 + c.r(-8, 8)
        bush(
            c,
            x,
            566,
            c.r(18, 40) * (0.45 + abs(x - 820) / 800),
            mix("#4a6480", "#6f86a0", c.r()),
            "#a9b4c4",
        )
    for x, h, lean in ((70, 170, 0.1), (150, 130, -0.08), (1430, 150, 0.1), (1530, 190, -0.12)):
        palm(c, x, 562, h, "#4a6480", lean)
    c.reflect(560, 507, "#6f86b8", 0.08, 0.45, 3.2)
    c.soft(box(0, 548, 1600, 22), "#fffaf0", 14, 0.9)
    for _ in range(40):
        y = c.r(590, 1060)
        lens(c, c.r(0, 1600), y, (y - 520) * c.r(0.3, 0.9), 1.4 + (y - 560) / 200, "#ffffff", 0.35)
    canoe(c, 980, 790, 1.25, "#2c3557", "#e9806a", outrigger=False)
    j = person(c, 930, 782, 190, "row", "#d9573f", "#2c3557", "#2c3557", "#f3dcae", "caping")
    hx, hy = j["handR"]
    c.line([(hx - 50, hy - 70), (hx + 90, hy + 90)], 7, "#2c3557")
    light_road(c, 980, 800, 920, 270, 120, "#2c3557", 0.5)
    for r in (60, 110, 170):
        c.line(ell(1080, 812, r, r * 0.13), 2, "#ffffff", 0.5)
    for i in range(46):
        x = c.r(-20, 420)
        h = c.r(160, 420) * (1 - x / 620)
        tip = (x + c.r(10, 60), 1067 - h)
        c.taper(
            curve([(x, 1080), (x + 4, 1067 - h * 0.5), tip]), 9, 2, mix("#26345a", "#46598a", c.r())
        )
        if i % 4 == 0:
            c.line([tip, (tip[0] + 5, tip[1] - 46)], 11, "#7a4a4a")
