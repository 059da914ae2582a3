"""Draw the six stand-ins of issue no. 2 of 2020.

The issue carried six photographs which did not come with its text.  These pictures are drawn stand-ins
for them: flat illustrations of what each caption says, in the colours of the issue, never to be taken
for the photographs.  They are drawn three times too large and reduced, use no font, no chance, no clock
and no network, and come out the same byte for byte on every run (with one version of Pillow).

Run ``python issues/issue-2020-02/draw_stand_ins.py`` from anywhere; it writes into ``images/`` beside it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from PIL import Image, ImageDraw

Point: TypeAlias = tuple[float, float]
Joint: TypeAlias = tuple[float, float, float]

WIDTH, HEIGHT, OVERSAMPLING = 1800, 1200, 3
HORIZON = 900.0  # bench, table or apron: the same line in all six pictures

DEEP, STRONG, MIDDLE, SOFT, PALE, FAINT = "#17406d", "#2f5f8f", "#6f93b5", "#a9c1d6", "#d5e1eb", "#eef3f7"
CREAM, SAND, STONE, EARTH = "#f4f1ea", "#ddd6c8", "#b9b0a0", "#6b665e"
WARM = "#b5483a"  # one small touch a picture, no more


def outline(commands: str, steps: int = 40) -> list[Point]:
    """Flatten an outline written with the absolute SVG path commands M, L, Q and C into points."""
    points: list[Point] = []
    for letter, numbers in re.findall(r"([MLQC])([^MLQC]*)", commands):
        values = [float(number) for number in numbers.split()]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        degree = {"M": 1, "L": 1, "Q": 2, "C": 3}[letter]
        for start in range(0, len(pairs), degree):
            control = points[-1:] + pairs[start : start + degree]
            curve = [_bezier(control, step / steps) for step in range(1, steps + 1)]
            points += curve if degree > 1 else control[-1:]
    return points


def _bezier(control: Sequence[Point], t: float) -> Point:
    """Find the point at ``t`` on the Bézier curve with these control points."""
    level = list(control)
    while len(level) > 1:
        level = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(level)]
    return level[0]


def mirrored(commands: str) -> list[Point]:
    """Close the right half of a symmetrical outline with its mirror image on the left of x = 0."""
    right = outline(commands)
    return right + [(-x, y) for x, y in reversed(right)]


class Pen:
    """Draw flat shapes on a picture through a movement, a turn, a zoom and perhaps a mirror."""

    def __init__(self, image: Image.Image, matrix: tuple[float, ...] = (1, 0, 0, 0, 1, 0)) -> None:
        """Take the picture to draw on and the affine matrix (a, b, c, d, e, f) to draw through."""
        self.image, self.matrix = image, matrix

    def moved(self, x: float, y: float, zoom: float = 1, turn: float = 0, flip: bool = False) -> Pen:
        """Return a pen whose origin lies at (x, y), turned clockwise by ``turn`` degrees."""
        a, b, c, d, e, f = self.matrix
        cosine, sine = zoom * math.cos(math.radians(turn)), zoom * math.sin(math.radians(turn))
        p, q = (-cosine, -sine) if flip else (cosine, sine)
        across = (a * p + b * q, b * cosine - a * sine, a * x + b * y + c)
        down = (d * p + e * q, e * cosine - d * sine, d * x + e * y + f)
        return Pen(self.image, across + down)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        """Fill a polygon."""
        a, b, c, d, e, f = (value * OVERSAMPLING for value in self.matrix)
        ImageDraw.Draw(self.image).polygon([(a * x + b * y + c, d * x + e * y + f) for x, y in points], fill)

    def path(self, commands: str, fill: str) -> None:
        """Fill the outline which the path commands describe."""
        self.shape(outline(commands), fill)

    def disc(self, x: float, y: float, r: float, fill: str, ry: float | None = None) -> None:
        """Fill a disc, or an ellipse when ``ry`` is given."""
        arc = [math.tau * step / 180 for step in range(180)]
        self.shape([(x + r * math.cos(t), y + (ry or r) * math.sin(t)) for t in arc], fill)

    def box(self, x: float, y: float, width: float, height: float, fill: str, r: float = 0) -> None:
        """Fill a rectangle with corners rounded to radius ``r``."""
        corners = [
            (x + width - r, y + height - r),
            (x + r, y + height - r),
            (x + r, y + r),
            (x + width - r, y + r),
        ]
        points = [
            (cx + r * math.cos(t), cy + r * math.sin(t))
            for quarter, (cx, cy) in enumerate(corners)
            for t in [math.pi / 2 * (quarter + step / 16) for step in range(17)]
        ]
        self.shape(points, fill)

    def limb(self, joints: Sequence[Joint], fill: str) -> None:
        """Fill a chain of tapering rounded segments; a joint is (x, y, radius)."""
        for (x, y, r), (u, v, s) in pairwise(joints):
            self.disc(x, y, r, fill)
            self.disc(u, v, s, fill)
            way = math.hypot(u - x, v - y)
            heading, spread = math.atan2(v - y, u - x), math.acos(max(-1.0, min(1.0, (r - s) / way)))
            left, right = heading + spread, heading - spread
            edge = [(x, y, r, left), (u, v, s, left), (u, v, s, right), (x, y, r, right)]
            self.shape([(cx + cr * math.cos(t), cy + cr * math.sin(t)) for cx, cy, cr, t in edge], fill)

    def line(self, points: Sequence[Point], fill: str, width: float = 8) -> None:
        """Draw a line with round ends and joints."""
        self.limb([(x, y, width / 2) for x, y in points], fill)

    def inside(self, points: Sequence[Point], draw: Callable[[Pen], None]) -> None:
        """Draw with a part of the picture showing only: that within the polygon."""
        mask = Image.new("RGB", self.image.size)
        Pen(mask, self.matrix).shape(points, "#ffffff")
        copy = self.image.copy()
        draw(Pen(copy, self.matrix))
        self.image.paste(copy, mask=mask.getchannel(0))


def bench(pen: Pen, top: str, front: str) -> None:
    """Draw the bench all across the foot of the picture."""
    pen.box(0, HORIZON, WIDTH, HEIGHT - HORIZON, front)
    pen.box(0, HORIZON, WIDTH, 26, top)


def vial(pen: Pen, glass: str, liquid: str, cap: str | None, level: float = 0.55) -> None:
    """Draw a vial standing on the origin, 120 wide and 220 high, open when there is no cap."""
    pen.box(-60, -160, 120, 160, glass, 16)
    pen.box(-34, -186, 68, 40, glass)
    pen.box(-60, -160 * level, 120, 160 * level, liquid, 16)
    pen.box(-60, -160 * level, 120, 30, liquid)
    if cap:
        pen.box(-44, -222, 88, 48, cap, 8)
    else:
        pen.box(-42, -196, 84, 18, glass, 6)


def bottle(pen: Pen, width: float, height: float, glass: str, cap: str) -> None:
    """Draw a laboratory bottle standing on the origin."""
    neck = width * 0.4
    pen.box(-neck / 2, -height, neck, height / 2, glass)
    pen.box(-width / 2, -height * 0.72, width, height * 0.72, glass, width * 0.16)
    pen.box(-neck / 2 - 5, -height - 6, neck + 10, height * 0.16, cap, 4)


def head(pen: Pen, hair: str, mask: str, bun: bool = False) -> None:
    """Draw a head in profile, 104 high around the origin, looking to the right, with a mask."""
    if bun:
        pen.disc(-56, 2, 24, hair)
    pen.disc(2, 2, 47, SAND, 52)
    pen.path(
        "M 48 -20 C 38 -66 -26 -72 -48 -32 C -62 -4 -52 30 -34 44 "
        "C -20 36 -12 20 -12 0 C -8 -20 24 -14 48 -20",
        hair,
    )
    pen.disc(-9, 8, 9, STONE, 12)
    pen.line([(18, 12), (-8, 4)], mask, 5)
    pen.path("M 48 0 C 58 12 60 28 52 40 C 44 52 32 56 20 53 C 10 42 10 24 15 10 Q 32 8 48 0", mask)


def worker(
    pen: Pen,
    near: Sequence[Joint],
    far: Sequence[Joint],
    hair: str,
    glove: str,
    nod: float = 0,
    bun: bool = False,
) -> None:
    """Draw a half-length worker in a white coat looking right, hips on the origin, 380 high, head 104 high.

    ``near`` and ``far`` give elbow and wrist of the two arms.
    """
    body = outline(
        "M -80 20 C -94 -60 -104 -160 -84 -204 C -70 -236 -40 -250 -14 -260 Q 8 -244 34 -250 "
        "C 56 -232 66 -204 68 -166 C 74 -110 74 -50 82 20"
    )

    def arm(shoulder: Joint, joints: Sequence[Joint], tone: str) -> None:
        (x, y, _), (u, v, s) = joints[0], joints[-1]
        way = math.hypot(u - x, v - y)
        pen.limb([(u, v, s - 6), (u + (u - x) / way * 38, v + (v - y) / way * 38, s - 6)], glove)
        pen.limb([shoulder, *joints], tone)

    arm((26, -204, 32), far, SOFT)
    pen.limb([(-2, -244, 26), (10, -286, 22)], STONE)
    head(pen.moved(20, -324, turn=nod), hair, FAINT, bun)
    pen.shape(body, FAINT)
    x, y, r = near[0]
    crease = [((x - 20) / 2, (y - 200) / 2, (r + 42) / 2), *((u, v, s + 5) for u, v, s in near)]
    pen.inside(body, lambda inner: inner.limb(crease, SOFT))
    arm((-24, -196, 36), near, FAINT)


def back(pen: Pen, coat: str, hair: str, collar: str, cap: str | None = None, bob: bool = False) -> None:
    """Draw a figure seen from behind, neck on the origin: head 108 high, shoulders 250 wide."""
    pen.box(-24, -44, 48, 70, STONE)
    pen.shape(mirrored("M 0 4 L 30 4 C 44 22 78 30 100 40 C 124 52 134 84 138 130 L 148 420"), coat)
    pen.shape(mirrored("M 0 -6 L 28 -6 Q 34 6 38 16 Q 18 26 0 26"), collar)
    if not bob:
        for side in (-47, 47):
            pen.disc(side, -62, 9, STONE, 13)
    pen.disc(0, -76, 47, hair, 54)
    if bob:
        pen.shape(mirrored("M 0 -110 L 40 -104 C 54 -70 60 -40 52 -4 Q 20 4 0 4"), hair)
    if cap:
        pen.shape(mirrored("M 0 -132 C 30 -132 50 -110 50 -74 Q 50 -60 46 -52 Q 20 -44 0 -44"), cap)


# --------------------------------------------------------------------------------------- pictures


def mrna_vaccine_demonstration(pen: Pen) -> None:
    """Draw a gloved hand which holds a pipette over the open vial in a row of vials."""
    pen.box(0, 0, WIDTH, HEIGHT, DEEP)
    pen.disc(760, 500, 400, STRONG)
    for place in range(5):
        cap, liquid = (None, PALE) if place == 2 else (SAND, MIDDLE)
        vial(pen.moved(340 + 210 * place, 880, 1.3), SOFT, liquid, cap)
    pen.box(220, 836, 1080, 64, CREAM, 10)
    bench(pen, SOFT, MIDDLE)
    hand = pen.moved(760, 636, 0.88, 24)
    arm = hand.moved(150, -432, turn=-15)
    arm.shape([(116, -98), (1300, -180), (1300, 200), (116, 98)], FAINT)
    hand.shape([(-4, 0), (4, 0), (13, -130), (-13, -130)], PALE)
    hand.box(-15, -270, 30, 145, SOFT, 4)
    hand.box(-36, -590, 72, 340, CREAM, 26)
    hand.box(-10, -640, 20, 60, PALE)
    hand.box(-34, -656, 68, 26, WARM, 10)
    arm.path("M -120 -60 C -60 -92 40 -78 120 -84 L 120 84 C 50 78 0 80 -40 106 Q -80 128 -122 108", SOFT)
    arm.box(104, -90, 22, 180, MIDDLE, 6)
    thumb = outline("M 92 -500 C 70 -580 84 -672 0 -682", 24)
    hand.limb([(x, y, 38 - 0.7 * step) for step, (x, y) in enumerate(thumb)], SOFT)
    for finger, reach in enumerate((-34, -44, -40, -26)):
        y, knuckle = -492.0 + 54 * finger, 94.0 - 5 * finger
        hand.limb([(reach, y, 30), (knuckle, y, 31)], MIDDLE)
        hand.limb([(reach, y, 26), (knuckle, y, 27)], SOFT)


def migal_galilee_institute(pen: Pen) -> None:
    """Draw two researchers at a bench before a window on hills, with bottles on shelves."""
    pen.box(0, 0, WIDTH, HEIGHT, CREAM)

    def view(inner: Pen) -> None:
        inner.box(600, 100, 1080, 800, PALE)
        inner.disc(1140, 330, 96, CREAM)
        inner.path(
            "M 500 560 C 700 410 860 390 1010 440 C 1200 500 1380 350 1800 420 L 1800 900 L 500 900", SOFT
        )
        inner.path(
            "M 500 610 C 700 640 860 690 1080 640 C 1300 590 1500 560 1800 660 L 1800 900 L 500 900", MIDDLE
        )

    pen.inside(outline("M 600 120 L 1680 120 L 1680 900 L 600 900"), view)
    for shelf, row in ((390, ((60, 120), (84, 150), (60, 100))), (640, ((84, 140), (60, 110), (84, 160)))):
        pen.box(120, shelf, 360, 16, STONE)
        for place, (width, height) in enumerate(row):
            bottle(
                pen.moved(190 + 110 * place, shelf),
                width,
                height,
                (SOFT, STRONG, MIDDLE)[(place + shelf) % 3],
                SAND,
            )
    left, right = pen.moved(820, 930, 1.55), pen.moved(1470, 930, 1.48, flip=True)
    worker(left, [(-14, -90, 30), (92, -56, 22)], [(20, -120, 26), (24, -96, 20)], DEEP, STRONG, 14)
    vial(pen.moved(1180, 706, 0.58), CREAM, SOFT, WARM)
    worker(right, [(-12, -92, 30), (96, -72, 22)], [(66, -122, 26), (146, -172, 20)], EARTH, STRONG, 4, True)
    for place in range(2):
        vial(pen.moved(1070 + 86 * place, HORIZON, 0.58), CREAM, SOFT, DEEP)
    bench(pen, STRONG, DEEP)


def pittsburgh_vaccine_research(pen: Pen) -> None:
    """Draw a researcher who looks into a microscope."""
    pen.box(0, 0, WIDTH, HEIGHT, SOFT)
    pen.disc(960, 500, 400, PALE)
    figure = pen.moved(540, 950, 1.75, 14)
    worker(figure, [(20, -92, 30), (112, -138, 22)], [(76, -124, 26), (150, -164, 19)], DEEP, STRONG, 6)
    microscope(pen.moved(1000, HORIZON, 1.3))
    for place in range(3):
        vial(pen.moved(1330 + 120 * place, HORIZON, 0.75), FAINT, MIDDLE, WARM if place == 1 else STRONG)
    bench(pen, FAINT, DEEP)


def microscope(pen: Pen) -> None:
    """Draw a microscope standing on the origin, 400 high, its eyepiece raised to the left."""
    spine = outline("M 60 -20 C 120 -90 150 -250 40 -310")
    pen.limb([(x, y, 26) for x, y in spine], DEEP)
    pen.box(-130, -36, 260, 40, DEEP, 14)
    pen.box(-120, -132, 220, 20, DEEP, 6)
    pen.box(-78, -142, 90, 10, FAINT)
    pen.box(-46, -254, 32, 76, MIDDLE, 4)
    pen.box(-40, -182, 20, 26, DEEP, 4)
    pen.limb([(-20, -308, 30), (-92, -356, 26)], STRONG)
    pen.limb([(-98, -360, 20), (-126, -379, 20)], DEEP)
    pen.box(-70, -340, 130, 64, DEEP, 20)
    pen.box(-62, -282, 64, 32, STRONG, 8)
    pen.disc(108, -122, 28, MIDDLE)


def csiro_preclinical_trial(pen: Pen) -> None:
    """Draw a scientist, seen from behind, at work in the light of a biosafety cabinet."""
    pen.box(0, 0, WIDTH, HEIGHT, DEEP)
    pen.box(250, 110, 1300, 1100, STRONG, 18)
    pen.box(330, 230, 1140, 680, PALE)
    pen.box(330, 230, 1140, 300, SOFT)
    pen.box(330, 522, 1140, 16, FAINT)
    for place in range(2):
        vial(pen.moved(424 + 112 * place, HORIZON, 0.76), FAINT, MIDDLE, STRONG)
    bottle(pen.moved(1316, HORIZON), 110, 220, MIDDLE, DEEP)
    bottle(pen.moved(1420, HORIZON), 70, 140, STRONG, WARM)
    pen.box(250, HORIZON, 1300, 26, FAINT)
    pen.box(1310, 156, 160, 32, DEEP, 16)
    figure = pen.moved(920, 640, 1.75)
    for flip in (False, True):
        side = figure.moved(0, 0, flip=flip)
        side.limb([(194, 132, 16), (218, 98, 16)], STRONG)
        side.limb([(98, 80, 38), (146, 194, 32), (198, 124, 21)], SAND)
    back(figure, CREAM, EARTH, SAND, MIDDLE)
    for flip in (False, True):
        figure.moved(0, 0, flip=flip).line([(104, 150), (112, 330)], SAND, 5)


def who_briefing_wuhan(pen: Pen) -> None:
    """Draw experts, seen from behind at a long table, before a screen with a grid of participants."""
    pen.box(0, 0, WIDTH, HEIGHT, STRONG)
    pen.box(288, 78, 1224, 624, DEEP, 14)
    for tile in range(8):
        x, y = 312.0 + 296 * (tile % 4), 102.0 + 292 * (tile // 4)
        ground, tone = ((PALE, MIDDLE), (SOFT, STRONG), (FAINT, SOFT))[(tile % 4 + 2 * (tile // 4)) % 3]
        pen.box(x, y, 288, 284, ground, 6)
        person = pen.moved(x + 144, y + 176, 0.9)
        person.disc(0, -50, 40, tone, 46)
        person.shape(mirrored("M 0 12 C 64 12 98 44 102 120"), tone)
    pen.box(0, HORIZON, WIDTH, 130, CREAM)
    pen.box(0, 1030, WIDTH, 170, SAND)
    for place in range(4):
        desk = pen.moved(390 + 340 * place, 1004)
        desk.box(-34, -18, 68, 18, EARTH, 8)
        desk.line([(0, -14), (0, -80), (-10, -128)], EARTH, 7)
        desk.limb([(-11, -130, 10), (-18, -158, 10)], WARM if place == 1 else DEEP)
    people = ((EARTH, DEEP, 0), (DEEP, EARTH, 14), (DEEP, DEEP, -10), (EARTH, DEEP, 4), (DEEP, EARTH, 16))
    for place, (hair, suit, lower) in enumerate(people):
        figure = pen.moved(220 + 340 * place, 960 + lower, 0.98)
        back(figure, suit, hair, FAINT, bob=place in (1, 4))
        figure.box(-118, 150 - lower, 236, 200, MIDDLE, 44)


def medical_team_departs(pen: Pen) -> None:
    """Draw a team with suitcases walking over the apron to the stairs of an airplane."""
    pen.box(0, 0, WIDTH, HEIGHT, PALE)
    pen.disc(400, 340, 150, CREAM)
    pen.box(0, HORIZON, WIDTH, 300, SAND)
    pen.box(990, 914, 840, 18, STONE, 9)
    airplane(pen.moved(960, 520))
    traveller(pen.moved(1064, 778, 0.5), 56, None)
    traveller(pen.moved(160, 1096, 1.02), 54, EARTH)
    traveller(pen.moved(358, 1096, 0.95), 44, EARTH, EARTH, True)
    traveller(pen.moved(556, 1096, 1.03), 52, WARM)
    traveller(pen.moved(768, 1096, 0.99), 48, EARTH, EARTH)


def airplane(pen: Pen) -> None:
    """Draw the fore part of an airplane, nose to the left of the origin, running out on the right."""
    pen.box(349, 100, 22, 270, EARTH)
    pen.disc(360, 374, 30, EARTH)
    pen.disc(360, 374, 12, STONE)
    pen.path(
        "M 0 36 C 6 0 60 -36 120 -76 C 180 -124 250 -140 340 -140 L 1200 -140 L 1200 140 L 270 140 "
        "C 120 134 -6 100 0 36",
        FAINT,
    )
    pen.path("M 10 66 C 60 74 160 70 270 70 L 1200 70 L 1200 140 L 270 140 C 150 136 40 120 10 66", STRONG)
    pen.path("M 96 -58 L 124 -78 Q 150 -96 172 -100 L 182 -62", DEEP)
    for place in range(9):
        pen.box(380 + 80 * place, -56, 30, 44, MIDDLE, 12)
    pen.box(238, -84, 76, 164, DEEP, 18)
    pen.box(600, 130, 330, 120, MIDDLE, 50)
    pen.box(600, 130, 46, 120, DEEP, 20)
    pen.path("M 560 84 L 1200 150 L 1200 100 L 700 76", SOFT)
    steps = outline("M 236 80 L 314 80 L 314 96 L -20 398 L -106 398 L -106 388")
    pen.shape(steps, MIDDLE)
    for tread in range(1, 9):
        x, y = 236 - 38 * tread, 80 + 34.2 * tread
        pen.line([(x + 6, y), (x + 72, y)], SOFT, 6)
    pen.line([(238, -4), (-106, 304), (-106, 392)], DEEP)


def traveller(pen: Pen, stride: float, case: str | None, hair: str = DEEP, bun: bool = False) -> None:
    """Draw a traveller walking to the right, feet on the origin, 340 high, with a suitcase behind."""
    shoe = "M -14 -16 L 12 -16 Q 36 -10 36 2 L -16 2"
    pen.moved(-stride, -12, turn=30).path(shoe, DEEP)
    pen.limb([(-4, -164, 30), (-stride * 0.2, -88, 21), (-stride, -26, 12)], STONE)
    pen.moved(stride * 0.8, -2, turn=-8).path(shoe, DEEP)
    pen.limb([(4, -164, 31), (stride * 0.5, -90, 21), (stride * 0.8, -16, 13)], EARTH)
    pen.limb([(12, -258, 15), (30, -208, 13), (58, -174, 9)], STRONG)
    pen.disc(62, -170, 9, STONE)
    pen.limb([(0, -284, 11), (4, -300, 11)], STONE)
    head(pen.moved(6, -322, 0.5, 4), hair, FAINT, bun)
    pen.path(
        "M -36 -146 C -42 -200 -42 -246 -30 -270 C -22 -286 -8 -288 2 -288 C 18 -288 28 -280 32 -264 "
        "C 40 -236 38 -190 36 -146",
        DEEP,
    )
    pen.limb([(-6, -260, 17), (-22, -208, 14), (-44, -164, 10)], STRONG)
    pen.disc(-48, -158, 10, STONE)
    if case:
        trunk = pen.moved(-96, 0, turn=14)
        trunk.line([(10, -90), (10, -164)], STONE, 7)
        trunk.box(-34, -112, 68, 100, case, 10)
        trunk.disc(24, -9, 10, DEEP)


PICTURES: dict[str, Callable[[Pen], None]] = {
    "mrna-vaccine-demonstration": mrna_vaccine_demonstration,
    "migal-galilee-institute": migal_galilee_institute,
    "pittsburgh-vaccine-research": pittsburgh_vaccine_research,
    "csiro-preclinical-trial": csiro_preclinical_trial,
    "who-briefing-wuhan": who_briefing_wuhan,
    "medical-team-departs": medical_team_departs,
}


def main() -> None:
    """Draw all pictures into the folder beside this script."""
    folder = Path(__file__).resolve().parent / "images"
    folder.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        large = Image.new("RGB", (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING))
        draw(Pen(large))
        picture = large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        picture.save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
