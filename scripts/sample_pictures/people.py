# A picture is one long list of strokes: cutting it into small functions would hide the composition.
# ruff: noqa: C901, PLR0912, PLR0915, FBT003
"""Players on the court, and the portraits of the paper's invented writers."""

import math
from dataclasses import dataclass

from sample_pictures.canvas import Canvas, Grad, box, curve, ell, mix, place
from sample_pictures.motifs import person, rays
from sample_pictures.registry import picture


@picture()
def takraw(c: Canvas) -> None:
    """A player upside down over the net, the woven ball at his foot."""
    c.bg("#2a1f5f", "#6a2f7f", "#e0605a", "#ffb05f", y1=760)
    c.glow(800, 420, 760, "#ffd27a", 0.55)
    rays(c, 800, -140, 1200, "#fff0c0", 60, 120, 7, 0.22)
    for row in range(7):
        for i in range(62):
            x = i * 27 + (row % 2) * 13
            y = 470 + row * 34
            col = mix(c.pick(("#3a1f55", "#5a2a62", "#7a3a60", "#4a2460")), "#e0605a", 0.08 * row)
            c.dot(x, y, 11, col)
            c.rrect(x - 14, y + 9, 28, 28, 9, mix(col, "#1a0f30", 0.15))
    c.rect(0, 690, 1600, 50, ("#f2b03a", "#c9702a"))
    for k in range(16):
        c.poly([(k * 100, 740), (k * 100 + 50, 690), (k * 100 + 100, 740)], "#c9302f", 0.6)
    c.rect(0, 740, 1600, 330, ("#1f8f86", "#12606a"))
    court = [(330, 770), (1270, 770), (1600, 1060), (0, 1060)]
    c.poly(court, ("#e07a4a", "#b5502f"))
    c.line([*court, court[0]], 9, "#fff6e0")
    c.line([(214, 872), (1386, 872)], 6, "#fff6e0", 0.7)
    for x, y in ((560, 985), (230, 1030), (1330, 1030)):
        c.soft(ell(x, y, 150, 16), "#5a1f1f", 10, 0.5)
    person(c, 1180, 740, 360, "jump", "#2fae9a", "#f4efe0", "#7a4a34", "#1a1216", "hair", flip=True)
    person(c, 760, 850, 270, "reach", "#2fae9a", "#f4efe0", "#8a5638", "#1a1216", "hair", flip=True)
    for k in range(45):
        x = 140 + 1320 * k / 44
        c.line([(x, 560), (x, 710)], 2.5, "#fff6e0", 0.75)
    for k in range(7):
        c.line([(140, 560 + k * 25), (1460, 560 + k * 25)], 2.5, "#fff6e0", 0.75)
    c.line([(140, 556), (1460, 556)], 15, "#fff6e0")
    for x in (140, 1460):
        c.rect(x - 10, 520, 20, 400, ("#f4efe4", "#8f86a0"))
        c.rect(x - 16, 900, 32, 24, "#8f86a0")
    person(
        c,
        640,
        640,
        500,
        "kick",
        "#e0302f",
        "#1a1f4a",
        "#8a5638",
        "#1a1216",
        "hair",
        flip=True,
        angle=78,
    )
    person(c, 250, 1030, 430, "walk", "#e0302f", "#1a1f4a", "#7a4a34", "#1a1216", "hair")
    person(
        c, 1330, 1030, 430, "reach", "#e0302f", "#1a1f4a", "#7a4a34", "#1a1216", "hair", flip=True
    )
    bx, by, r = 915.0, 150.0, 70.0
    for k in range(9):
        c.dot(bx + 30 + k * 22, by + 16 + k * 12, r * (0.8 - k * 0.07), "#ffe6a8", 0.13)
    c.glow(bx, by, 190, "#fff0b8", 0.7)
    ball = ell(bx, by, r)
    c.poly(ball, Grad(("#ffe29a", "#d9983a", "#8a5420"), 45))
    with c.clip(ball):
        for a in (0, 60, 120):
            for o in (-34, 0, 34):
                t = math.radians(a)
                nx, ny = -math.sin(t), math.cos(t)
                p0 = (bx + nx * o - math.cos(t) * 90, by + ny * o - math.sin(t) * 90)
                p1 = (bx + nx * o * 1.5, by + ny * o * 1.5)
                p2 = (bx + nx * o + math.cos(t) * 90, by + ny * o + math.sin(t) * 90)
                c.line(curve([p0, p1, p2]), 12, "#a86a24")
                c.line(curve([p0, p1, p2]), 6, "#f6cf7a")
        c.shade(ball, "#5a2f10", 0.6, 45, 0.5)


@dataclass(frozen=True)
class Face:
    """How one writer looks."""

    skin: str
    hair: str
    style: str
    top: str
    collar: str
    back: tuple[str, str]
    motif: str
    glasses: bool = False
    beard: str = ""
    earring: str = ""


FACES = {
    "ratri-wulandaru": Face(
        "#b57a52", "#1f7f86", "scarf", "#f2e6cc", "plain", ("#f6a56a", "#e8734f"), "waves"
    ),
    "bagas-temaram": Face(
        "#9a6240", "#1c1618", "short", "#2f4a6f", "shirt", ("#cfe0d0", "#8fb8a4"), "bars", True
    ),
    "nala-pertiwangsa": Face(
        "#c98f62",
        "#2a1a1a",
        "bob",
        "#d9573f",
        "round",
        ("#f9d98a", "#f2b84a"),
        "blocks",
        earring="#2f7f7a",
    ),
    "tirto-sagaran": Face(
        "#7f4f34",
        "#191416",
        "bun",
        "#4a5a3f",
        "shirt",
        ("#b9d4e6", "#6f9fc4"),
        "sun",
        beard="stubble",
    ),
    "mei-lestarum": Face(
        "#e0b08a", "#16141a", "long", "#5f4fa0", "round", ("#d4c9f0", "#9a86d0"), "dots", True
    ),
    "damar-kelana-putih": Face(
        "#a86e48",
        "#8f8a86",
        "cap",
        "#7a2f3a",
        "batik",
        ("#ead2a4", "#c99a5a"),
        "kawung",
        beard="grey",
    ),
    "yosefa-lembatarua": Face(
        "#6f432c",
        "#1a1214",
        "curly",
        "#f2b53a",
        "round",
        ("#8fcfb0", "#3f9f86"),
        "leaves",
        earring="#e0452f",
    ),
    "ilham-segarayasa": Face(
        "#b37750", "#1f1719", "crop", "#2f9f8a", "sport", ("#ffb49a", "#e86a5a"), "stripes"
    ),
    "wening-asmarabumi": Face(
        "#c48a60", "#6a2f5f", "scarf", "#2a3350", "shirt", ("#f4cfd8", "#d98aa4"), "line", True
    ),
    "hasan-tualang": Face(
        "#8f5c3c",
        "#e6e2da",
        "old",
        "#3f5a5a",
        "shirt",
        ("#d9dcc4", "#a4ac80"),
        "hills",
        True,
        "white",
    ),
    "grace-oktavulan": Face(
        "#d39c70",
        "#5a2f1f",
        "wavy",
        "#1f6f8f",
        "round",
        ("#a9e0e0", "#4fb4c0"),
        "waves",
        earring="#f2c45a",
    ),
    "surya-jenggala": Face(
        "#a56a44",
        "#241a1a",
        "side",
        "#e0883a",
        "sport",
        ("#3f5f8f", "#22365f"),
        "stars",
        beard="short",
    ),
}


def _motif(c: Canvas, f: Face) -> None:
    """A quiet pattern behind the head that hints at the writer's field."""
    col = mix(f.back[1], "#ffffff", 0.35)
    if f.motif == "waves":
        for k in range(7):
            y = 120 + k * 105
            c.line(
                curve([(x * 50.0 - 20, y + (14 if x % 2 else -14)) for x in range(18)]), 9, col, 0.4
            )
    elif f.motif == "bars":
        for k in range(8):
            h = 160 + k * 70
            c.rrect(24 + k * 98, 800 - h, 62, h, 8, col, 0.4)
    elif f.motif == "blocks":
        for k in range(9):
            h = c.r(260, 620)
            c.rect(k * 92 - 8, 800 - h, 80, h, col, 0.4)
    elif f.motif == "sun":
        for k in range(5):
            c.dot(590, 220, 330 - k * 60, col, 0.22)
    elif f.motif == "dots":
        for i in range(10):
            for k in range(10):
                c.dot(40 + i * 84, 40 + k * 84, 9 + (i + k) % 3 * 5, col, 0.5)
    elif f.motif == "kawung":
        for i in range(6):
            for k in range(6):
                for q in (45, 135):
                    for d in (-1, 1):
                        t = math.radians(q)
                        c.poly(
                            ell(
                                70 + i * 140 + d * 42 * math.cos(t),
                                70 + k * 140 + d * 42 * math.sin(t),
                                40,
                                22,
                                q,
                            ),
                            col,
                            0.4,
                        )
    elif f.motif == "leaves":
        for _ in range(26):
            x, y = c.r(0, 800), c.r(0, 800)
            c.poly(
                place(
                    curve([(-60, 0), (0, -26), (60, 0), (0, 26)], closed=True), x, y, c.r(0.6, 1.2)
                ),
                col,
                0.4,
            )
    elif f.motif == "stripes":
        for k in range(9):
            c.poly(
                [
                    (k * 150 - 300, 800),
                    (k * 150 - 230, 800),
                    (k * 150 + 170, 0),
                    (k * 150 + 100, 0),
                ],
                col,
                0.35,
            )
    elif f.motif == "line":
        pts = [(x * 100.0, 560 - x * 46 + (60 if x % 2 else -30)) for x in range(9)]
        c.line(pts, 14, col, 0.6)
        for p in pts:
            c.dot(*p, 18, col, 0.7)
    elif f.motif == "hills":
        for k in range(4):
            c.poly(
                [
                    *curve(
                        [
                            (-20, 420 + k * 90),
                            (200, 330 + k * 90),
                            (420, 430 + k * 80),
                            (640, 350 + k * 90),
                            (820, 420 + k * 80),
                        ]
                    ),
                    (820, 820),
                    (-20, 820),
                ],
                col,
                0.3,
            )
    else:
        for _ in range(90):
            c.dot(c.r(0, 800), c.r(0, 800), c.r(2, 6), "#fff0c4", 0.6)


def _portrait(c: Canvas, f: Face) -> None:
    """A bust in a few flat shapes; the face is only brows, eyes, nose and a smile."""
    c.bg(*f.back)
    _motif(c, f)
    dark = mix(f.skin, "#4a1f1a", 0.32)
    cx = 400
    hair_lit = mix(f.hair, "#ffffff", 0.16)
    if f.style in ("long", "wavy"):
        w = 200 if f.style == "wavy" else 180
        back = curve(
            [
                (cx - 150, 250),
                (cx - w, 430),
                (cx - w - 6, 640),
                (cx - 90, 700),
                (cx + 90, 700),
                (cx + w + 6, 640),
                (cx + w, 430),
                (cx + 150, 250),
                (cx, 140),
            ],
            closed=True,
        )
        c.poly(back, (hair_lit, f.hair))
    elif f.style == "curly":
        for k in range(20):
            t = math.radians(150 + k * 12.7)
            c.dot(cx + 168 * math.cos(t), 320 + 176 * math.sin(t), 66, f.hair)
    elif f.style == "bun":
        c.dot(cx + 20, 130, 62, f.hair)
    elif f.style == "bob":
        c.poly(
            curve(
                [
                    (cx - 160, 240),
                    (cx - 186, 420),
                    (cx - 160, 500),
                    (cx + 160, 500),
                    (cx + 186, 420),
                    (cx + 160, 240),
                    (cx, 140),
                ],
                closed=True,
            ),
            f.hair,
        )
    body = [
        *curve([(60, 830), (90, 690), (190, 620), (320, 580)]),
        *curve([(480, 580), (610, 620), (710, 690), (740, 830)]),
    ]
    c.poly(body, (mix(f.top, "#ffffff", 0.10), f.top))
    c.shade(body, mix(f.top, "#10101f", 0.6), 0.55, 60, 0.45)
    if f.collar == "batik":
        with c.clip(body):
            for i in range(14):
                for k in range(6):
                    c.poly(
                        ell(
                            60 + i * 54 + (k % 2) * 27,
                            600 + k * 44,
                            20,
                            9,
                            45 if (i + k) % 2 else 135,
                        ),
                        "#f2d49a",
                        0.85,
                    )
    if f.style != "scarf":
        c.poly(
            [
                *curve([(338, 500), (336, 570), (312, 610)]),
                (400, 668),
                *curve([(488, 610), (464, 570), (462, 500)]),
            ],
            dark,
        )
    if f.collar in ("shirt", "batik"):
        lapel = mix(f.top, "#ffffff", 0.34)
        c.poly([(312, 584), (400, 676), (352, 724), (276, 616)], lapel)
        c.poly([(488, 584), (400, 676), (448, 724), (524, 616)], lapel)
        for y in (730, 780):
            c.dot(400, y, 7, lapel)
    elif f.collar == "sport":
        c.line(curve([(306, 596), (350, 650), (400, 664), (450, 650), (494, 596)]), 24, "#fffaf0")
        c.line([(180, 630), (130, 800)], 16, "#fffaf0")
        c.line([(620, 630), (670, 800)], 16, "#fffaf0")
    elif f.collar == "round":
        c.line(
            curve([(300, 600), (344, 660), (400, 678), (456, 660), (500, 600)]),
            16,
            mix(f.top, "#ffffff", 0.35),
        )
    if f.style != "scarf":
        for s in (-1, 1):
            c.poly(ell(cx + s * 138, 400, 27, 40), mix(f.skin, dark, 0.4))
    face = curve(
        [
            (cx - 134, 300),
            (cx - 136, 410),
            (cx - 102, 500),
            (cx, 552),
            (cx + 102, 500),
            (cx + 136, 410),
            (cx + 134, 300),
            (cx, 220),
        ],
        closed=True,
    )
    c.poly(face, f.skin)
    c.shade(face, dark, 0.55, 70, 0.55)
    for s in (-1, 1):
        c.soft(ell(cx + s * 82, 448, 30, 20), "#e8604a", 12, 0.32)
    ink = "#2a1a1c"
    white_brow = f.hair in ("#e6e2da", "#8f8a86")
    brow = mix(f.hair, "#5a4a44", 0.25) if white_brow else ink
    for s in (-1, 1):
        c.line(curve([(cx + s * 36, 350), (cx + s * 62, 338), (cx + s * 92, 350)]), 8, brow)
        c.poly(ell(cx + s * 62, 388, 10.5, 13), ink)
        c.dot(cx + s * 62 + 4, 383, 3.6, "#ffffff")
    c.line(curve([(cx + 2, 392), (cx + 15, 436), (cx - 6, 442)]), 6, dark)
    if f.beard in ("short", "grey", "white"):
        col = {"short": f.hair, "grey": "#8f8a86", "white": "#f2efe8"}[f.beard]
        if f.beard == "short":
            c.poly(
                curve(
                    [
                        (cx - 136, 410),
                        (cx - 104, 506),
                        (cx, 562),
                        (cx + 104, 506),
                        (cx + 136, 410),
                        (cx + 92, 458),
                        (cx + 50, 452),
                        (cx, 460),
                        (cx - 50, 452),
                        (cx - 92, 458),
                    ],
                    closed=True,
                ),
                col,
            )
        for s in (-1, 1):
            c.poly(
                curve(
                    [(cx, 452), (cx + s * 34, 450), (cx + s * 62, 474), (cx + s * 30, 470)],
                    closed=True,
                ),
                col,
            )
        if f.beard == "grey":
            c.poly(curve([(cx - 34, 520), (cx, 512), (cx + 34, 520), (cx, 580)], closed=True), col)
        if f.beard == "white":
            c.poly(
                curve(
                    [
                        (cx - 120, 450),
                        (cx - 96, 520),
                        (cx, 590),
                        (cx + 96, 520),
                        (cx + 120, 450),
                        (cx + 60, 516),
                        (cx, 520),
                        (cx - 60, 516),
                    ],
                    closed=True,
                ),
                col,
            )
    elif f.beard == "stubble":
        c.shade(
            curve(
                [
                    (cx - 128, 430),
                    (cx - 100, 502),
                    (cx, 550),
                    (cx + 100, 502),
                    (cx + 128, 430),
                    (cx, 470),
                ],
                closed=True,
            ),
            "#2a1a1c",
            0.35,
            0,
            0.1,
        )
    lip = "#8f2f2f" if not f.beard else mix(f.skin, "#6a1f1f", 0.6)
    smile = curve([(cx - 40, 478), (cx - 18, 494), (cx, 498), (cx + 18, 494), (cx + 40, 478)])
    c.poly([*smile, *curve([(cx + 40, 478), (cx, 484), (cx - 40, 478)])], "#fff8f0")
    c.line(smile, 7, lip)
    hair = (hair_lit, f.hair)
    if f.style == "scarf":
        outer = curve(
            [
                (cx - 60, 150),
                (cx - 170, 240),
                (cx - 190, 420),
                (cx - 176, 560),
                (cx - 250, 690),
                (cx - 150, 790),
                (cx + 20, 760),
                (cx + 190, 780),
                (cx + 250, 680),
                (cx + 176, 560),
                (cx + 190, 420),
                (cx + 170, 240),
                (cx + 60, 150),
            ],
            closed=True,
        )
        inner = curve(
            [
                (cx - 112, 330),
                (cx - 122, 410),
                (cx - 94, 500),
                (cx, 548),
                (cx + 94, 500),
                (cx + 122, 410),
                (cx + 112, 330),
                (cx + 60, 268),
                (cx, 254),
                (cx - 60, 268),
            ],
            closed=True,
        )
        keep = c.img.copy()
        c.poly(outer, hair)
        c.shade(outer, mix(f.hair, "#10081a", 0.6), 0.55, 60, 0.45)
        for pts in (
            [(cx - 150, 520), (cx - 40, 620), (cx + 120, 640), (cx + 210, 690)],
            [(cx + 160, 500), (cx + 60, 610), (cx - 90, 660), (cx - 200, 700)],
            [(cx - 150, 260), (cx - 164, 400), (cx - 140, 500)],
        ):
            c.line(
                curve([(float(a), float(b)) for a, b in pts]), 6, mix(f.hair, "#10081a", 0.4), 0.7
            )
        with c.clip(inner):
            c.img = keep
        c.line([*inner, inner[0]], 7, mix(f.hair, "#ffffff", 0.3))
    elif f.style in ("short", "side", "crop", "bun"):
        part = {"short": -40, "side": 60, "crop": 0, "bun": 10}[f.style]
        low = 322 if f.style != "crop" else 300
        cap = [
            *curve(
                [
                    (cx - 142, low + 40),
                    (cx - 152, 270),
                    (cx - 90, 176),
                    (cx, 156),
                    (cx + 90, 176),
                    (cx + 152, 270),
                    (cx + 142, low + 40),
                ]
            ),
            *curve(
                [(cx + 124, low), (cx + 90, 274), (cx + part, 262), (cx - 90, 282), (cx - 124, low)]
            ),
        ]
        c.poly(cap, hair)
        if f.style == "side":
            c.poly(
                curve(
                    [
                        (cx - 130, 300),
                        (cx - 120, 190),
                        (cx + 40, 130),
                        (cx + 150, 200),
                        (cx + 60, 260),
                        (cx - 60, 270),
                    ],
                    closed=True,
                ),
                hair,
            )
        if f.style == "short":
            c.poly(
                curve(
                    [
                        (cx - 120, 280),
                        (cx - 60, 150),
                        (cx + 80, 140),
                        (cx + 140, 240),
                        (cx + 20, 250),
                    ],
                    closed=True,
                ),
                hair,
            )
    elif f.style in ("bob", "long", "wavy"):
        part = {"bob": 0, "long": -50, "wavy": 60}[f.style]
        left = curve(
            [
                (cx + part, 176),
                (cx - 110, 200),
                (cx - 160, 320),
                (cx - 150, 460),
                (cx - 122, 400),
                (cx - 96, 300),
                (cx + part, 236),
            ]
        )
        right = curve(
            [
                (cx + part, 176),
                (cx + 110, 200),
                (cx + 160, 320),
                (cx + 150, 460),
                (cx + 122, 400),
                (cx + 96, 300),
                (cx + part, 236),
            ]
        )
        if f.style == "bob":
            c.poly(
                curve(
                    [
                        (cx - 150, 340),
                        (cx - 140, 220),
                        (cx, 160),
                        (cx + 140, 220),
                        (cx + 150, 340),
                        (cx + 110, 318),
                        (cx, 310),
                        (cx - 110, 318),
                    ],
                    closed=True,
                ),
                hair,
            )
        c.poly(left, hair)
        c.poly(right, hair)
    elif f.style == "curly":
        for k in range(13):
            t = math.radians(196 + k * 12.4)
            c.dot(
                cx + 118 * math.cos(t),
                322 + 116 * math.sin(t),
                46,
                mix(f.hair, "#ffffff", 0.05 * (k % 3)),
            )
        c.line(curve([(cx - 140, 270), (cx, 196), (cx + 140, 270)]), 34, "#e0452f")
    elif f.style == "cap":
        c.poly(
            [
                *curve([(cx - 142, 350), (cx - 146, 300)]),
                *curve([(cx + 146, 300), (cx + 142, 350)]),
                (cx + 122, 310),
                (cx - 122, 310),
            ],
            f.hair,
        )
        peci = [
            (cx - 146, 302),
            (cx - 134, 178),
            *curve([(cx - 134, 178), (cx, 156), (cx + 134, 178)]),
            (cx + 146, 302),
        ]
        c.poly(peci, ("#3a2f34", "#1c1518"))
        c.line([(cx - 145, 296), (cx + 145, 296)], 9, "#c9a24a")
    elif f.style == "old":
        for s in (-1, 1):
            c.poly(
                curve(
                    [
                        (cx + s * 128, 250),
                        (cx + s * 164, 290),
                        (cx + s * 158, 400),
                        (cx + s * 134, 400),
                        (cx + s * 118, 320),
                    ],
                    closed=True,
                ),
                f.hair,
            )
        c.poly(
            curve(
                [(cx - 118, 262), (cx - 40, 210), (cx + 60, 206), (cx + 122, 262), (cx, 236)],
                closed=True,
            ),
            f.hair,
        )
    if f.glasses:
        for s in (-1, 1):
            ring = (
                ell(cx + s * 62, 388, 44, 40)
                if f.style != "short"
                else box(cx + s * 62 - 44, 356, 88, 64, 18)
            )
            c.poly(ring, "#ffffff", 0.14)
            c.line([*ring, ring[0]], 7, "#2a2024")
        c.line(curve([(cx - 19, 384), (cx, 376), (cx + 19, 384)]), 7, "#2a2024")
    if f.earring:
        for s in (-1, 1):
            c.dot(cx + s * 146, 456, 14, f.earring)


def _register() -> None:
    for slug, face in FACES.items():

        def draw(c: Canvas, face: Face = face) -> None:
            _portrait(c, face)

        draw.__name__ = f"orang-{slug}"
        picture(800, 800)(draw)


_register()
