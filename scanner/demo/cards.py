"""The things drivers hold up, drawn flat: a phone with a code on its screen, a paper certificate; and the hand."""

import logging
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scanner.cv import cv2
from scanner.demo.model import Item, Medium

log = logging.getLogger(__name__)

QR_SIDE = 520  # about this many texture pixels, whatever the code's version
RGB = tuple[int, int, int]
Box = tuple[int, int, int, int]
Layer = NDArray[np.uint8]

_FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
)
_WHITE: RGB = (255, 255, 255)
_INK: RGB = (38, 40, 46)
_FAINT: RGB = (138, 142, 150)
_SHEET: RGB = (244, 243, 238)
_SKIN: tuple[RGB, ...] = ((226, 182, 150), (208, 160, 126), (186, 136, 104))
_SLEEVES: tuple[RGB, ...] = ((52, 60, 78), (120, 44, 40), (70, 84, 66), (150, 150, 146))


@dataclass(frozen=True, slots=True)
class Card:
    """A thing and the hand that holds it.

    Attributes:
        texture: (H, W, 4) RGBA uint8, transparent around the thing.
        centre: middle of the code, texture pixels.
        side: side of the code without its quiet zone, texture pixels.
        modules: modules a side.
    """

    texture: Layer
    centre: tuple[float, float]
    side: int
    modules: int


def draw(item: Item) -> Card:
    """The item as a flat texture, the same for the same item."""
    rng = np.random.default_rng(item.view.seed)
    return _phone(item, rng) if item.medium is Medium.PHONE else _paper(item, rng)


def _phone(item: Item, rng: np.random.Generator) -> Card:
    code, modules = _qr(item.text)
    left, top, width, height = 300, 120, 760, 1520
    canvas = Image.new("RGBA", (left * 2 + width, top + height + 900), (0, 0, 0, 0))
    pen = ImageDraw.Draw(canvas)
    body = (left - 20, top - 20, left + width + 20, top + height + 20)
    pen.rounded_rectangle(body, 96, fill=(16, 16, 19, 255), outline=(70, 72, 78, 255), width=4)
    pen.rounded_rectangle((left, top, left + width, top + height), 78, fill=(*item.tint.value, 255))

    _status_bar(pen, (left, top, left + width, top + 90), item.clock, rng)
    _write(pen, (left + width // 2, top + 140), item.title, 64, _WHITE, anchor="mm")
    _write(pen, (left + width // 2, top + 208), "查验专用 · 演示样本", 30, _WHITE, anchor="mm")

    card = (left + 36, top + 260, left + width - 36, top + height - 90)
    pen.rounded_rectangle(card, 40, fill=(253, 253, 253))
    y = _rows(pen, item.rows[:2], (card[0] + 48, card[1] + 44), 38, gap=60)
    middle = (left + width // 2, y + 40 + code.height // 2)
    frame = code.width // 2 + 12
    border = (middle[0] - frame, middle[1] - frame, middle[0] + frame, middle[1] + frame)
    pen.rounded_rectangle(border, 26, outline=(*item.tint.value, 255), width=9)
    canvas.paste(code, (middle[0] - code.width // 2, middle[1] - code.height // 2))
    _rows(pen, item.rows[2:5], (card[0] + 48, middle[1] + frame + 48), 36, gap=56)
    home = (left + width // 2 - 110, top + height - 24, left + width // 2 + 110, top + height - 16)
    pen.rounded_rectangle(home, 4, fill=_WHITE)
    _gloss(canvas, (left, top, left + width, top + height), rng)
    texture = _held(np.asarray(canvas), body, rng)
    return Card(texture, middle, code.width * modules // (modules + 8), modules)


def _status_bar(pen: ImageDraw.ImageDraw, bar: Box, clock: str, rng: np.random.Generator) -> None:
    """Clock, lens, signal, battery."""
    left, top, right, _ = bar
    _write(pen, (left + 60, top + 28), clock, 36, _WHITE)
    lens = (left + right) // 2
    pen.ellipse((lens - 17, top + 26, lens + 17, top + 60), fill=(10, 10, 12, 255))
    battery = right - 120
    pen.rounded_rectangle((battery, top + 34, battery + 54, top + 60), 7, outline=_WHITE, width=3)
    pen.rectangle((battery + 6, top + 40, battery + 6 + int(rng.integers(8, 42)), top + 54), fill=_WHITE)
    for step in range(4):
        x = battery - 60 + step * 12
        pen.rectangle((x, top + 54 - step * 6, x + 7, top + 60), fill=_WHITE)


def _paper(item: Item, rng: np.random.Generator) -> Card:
    code, modules = _qr(item.text, _SHEET)
    left, top, width, height = 160, 60, 1180, 1640
    canvas = Image.new("RGBA", (left * 2 + width, top + height + 1000), (0, 0, 0, 0))
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((left, top, left + width, top + height), fill=(*_SHEET, 255))

    _write(pen, (left + width // 2, top + 130), item.title, 72, _INK, anchor="mm")
    _write(pen, (left + width // 2, top + 205), "（演示样本 · 不作凭证）", 32, _FAINT, anchor="mm")
    _line(pen, left + 80, left + width - 80, top + 250, 5)
    y = top + 290
    for label, value in item.rows:
        _write(pen, (left + 100, y), label, 42, _FAINT)
        _write(pen, (left + 340, y), value, 44, _INK)
        _line(pen, left + 80, left + width - 80, y + 66, 2)
        y += 88

    middle = (left + 110 + code.width // 2, top + height - 110 - code.height // 2)
    canvas.paste(code, (middle[0] - code.width // 2, middle[1] - code.height // 2))
    _write(pen, (middle[0], top + height - 70), "扫码核验真伪", 30, _FAINT, anchor="mm")
    _write(pen, (left + width - 400, top + height - 190), "检验者：（签章）", 36, _INK)
    _write(pen, (left + width - 400, top + height - 130), item.clock, 36, _INK)
    stamp = _stamp(dict(item.rows).get("检测机构", "演示检测机构"))
    stamp = stamp.rotate(float(rng.uniform(-25, 25)), Image.Resampling.BICUBIC)
    canvas.alpha_composite(stamp, (left + width - 450 + int(rng.integers(-20, 20)), top + height - 480))

    texture = np.asarray(canvas).copy()
    _creases(texture, (left, top, left + width, top + height), rng)
    texture = _held(texture, (left, top, left + width, top + height), rng)
    return Card(texture, middle, code.width * modules // (modules + 8), modules)


def _qr(text: str, light: RGB = _WHITE) -> tuple[Image.Image, int]:
    """The code with its quiet zone of four modules, in whole pixels a module."""
    mask = len(text) % 8  # any mask is right; weighing all eight, as segno would, costs most of a card's time
    matrix = np.array(segno.make(text, error="m", micro=False, mask=mask).matrix, np.uint8)
    scale = round(QR_SIDE / len(matrix))
    dark = np.kron(np.pad(matrix, 4), np.ones((scale, scale), np.uint8))[..., None]
    return Image.fromarray(np.where(dark, 18, np.array(light)).astype(np.uint8)), len(matrix)


def _rows(
    pen: ImageDraw.ImageDraw, rows: tuple[tuple[str, str], ...], at: tuple[int, int], size: int, *, gap: int
) -> int:
    """Label and value lines; returns the height below the last."""
    x, y = at
    for label, value in rows:
        _write(pen, (x, y), label, size, _FAINT)
        _write(pen, (x + size * 5, y), value, size, _INK)
        y += gap
    return y


def _line(pen: ImageDraw.ImageDraw, left: int, right: int, y: int, width: int) -> None:
    pen.line((left, y, right, y), fill=(*_FAINT, 255), width=width)


@cache
def _stamp(laboratory: str) -> Image.Image:
    """A laboratory's round red stamp, its name along the ring."""
    size, red = 340, (206, 36, 44, 205)
    stamp = Image.new("RGBA", (size, size), (206, 36, 44, 0))
    pen = ImageDraw.Draw(stamp)
    pen.ellipse((8, 8, size - 8, size - 8), outline=red, width=9)
    tips = [(90 + 144 * i) * math.pi / 180 for i in range(5)]
    pen.polygon([(size / 2 + 52 * math.cos(a), size / 2 - 52 * math.sin(a)) for a in tips], fill=red)
    pen.regular_polygon((size / 2, size / 2, 21), 5, 36, fill=red)
    _write(pen, (size // 2, size - 78), "检验专用章", 34, red[:3], anchor="mm")
    for i, letter in enumerate(laboratory):
        turn = (i - (len(laboratory) - 1) / 2) * 200 / max(len(laboratory), 6)
        glyph = Image.new("RGBA", (size, size), (206, 36, 44, 0))
        _write(ImageDraw.Draw(glyph), (size // 2, 48), letter, 42, red[:3], anchor="mm")
        stamp.alpha_composite(glyph.rotate(-turn, Image.Resampling.BICUBIC))
    return stamp


def _gloss(canvas: Image.Image, screen: Box, rng: np.random.Generator) -> None:
    """Glass: a faint diagonal band of sky across the screen."""
    left, top, right, bottom = screen
    width, height = right - left, bottom - top
    sheen = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    start, band, lean = (rng.uniform(low, high) * width for low, high in ((-0.2, 1.2), (0.3, 0.8), (0.4, 1.4)))
    corners = [(start, 0), (start + band, 0), (start + band - lean, height), (start - lean, height)]
    ImageDraw.Draw(sheen).polygon(corners, fill=(255, 255, 255, 22))
    canvas.alpha_composite(sheen, (left, top))


def _creases(texture: Layer, sheet: Box, rng: np.random.Generator) -> None:
    """Paper that has been in a pocket: two folds, uneven light, grain."""
    left, top, right, bottom = sheet
    height, width = bottom - top, right - left
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    shade = 0.97 + 0.02 * rng.standard_normal((height // 2, width // 2), np.float32)
    shade = np.asarray(cv2.resize(shade, (width, height)), np.float32)
    for along, fold in ((y, float(rng.uniform(-0.15, 0.1))), (x, float(rng.uniform(-0.1, 0.15)))):
        away = along - np.float32(fold)
        light = 0.05 * np.sin(2.5 * along + float(rng.uniform(0, 6)))
        shade += light - 0.10 * np.exp(-np.abs(away) * 90) + 0.04 * np.tanh(away * 8)
    area = texture[top:bottom, left:right, :3]
    area[:] = np.clip(area * shade[..., None], 0, 255)


def _held(texture: Layer, thing: Box, rng: np.random.Generator) -> Layer:
    """A hand from below: palm and wrist behind the thing, thumb over one edge, fingertips over the other."""
    left, _, right, bottom = thing
    skin, sleeve = _SKIN[int(rng.integers(len(_SKIN)))], _SLEEVES[int(rng.integers(len(_SLEEVES)))]
    sheet = right - left > 1000  # a sheet is held by its corner, a phone is gripped
    wrist, palm, grip = (right - 190, 300, bottom - 60) if sheet else (right - 300, 410, bottom - 310)
    behind, over = np.zeros_like(texture), np.zeros_like(texture)
    _limb(behind, [(right - 170, bottom - 90), (wrist, bottom + 260)], palm, skin)
    _limb(behind, [(wrist, bottom + 280), (wrist - 60, bottom + 1300)], palm + 60, sleeve, flat=True)
    _limb(over, [(right + 62, grip + 190), (right + 44, grip - 30), (right - 34, grip - 160)], 118, skin)
    _limb(over, [(right - 24, grip - 158), (right - 36, grip - 182)], 58, _lighter(skin))  # its nail
    if not sheet:
        for finger in range(4):
            y = grip - 170 + finger * 118 + int(rng.integers(-8, 8))
            _limb(over, [(left - 40, y), (left + 10, y - 12)], 98, skin)
        if rng.random() < 0.4:  # the other hand; a phone's texture is symmetric about the phone
            behind, over = behind[:, ::-1], over[:, ::-1]
    return _blended(_blended(texture, behind, below=True), over)


def _lighter(colour: RGB) -> RGB:
    red, green, blue = ((value + 255) // 2 for value in colour)
    return red, green, blue


def _limb(layer: Layer, joints: list[tuple[int, int]], thickness: int, colour: RGB, *, flat: bool = False) -> None:
    """A limb through these joints, darker towards its edges as a cylinder is; `flat` cuts its upper end, as a cuff."""
    points = np.array(joints)
    reach = thickness // 2 + 2
    left, top = np.maximum(points.min(0) - reach, 0)
    right, bottom = points.max(0) + reach
    area = layer[top:bottom, left:right]
    mask = np.zeros(area.shape[:2], np.uint8)
    cv2.polylines(mask, [(points - (left, top)).astype(np.int32)], False, 255, thickness, cv2.LINE_AA)
    if flat:
        mask[:reach] = 0
    depth = cv2.distanceTransform(mask // 128, cv2.DIST_L2, 3) / (thickness / 2)
    light = 0.58 + 0.42 * np.sqrt(np.clip(depth, 0, 1))
    solid = mask > 0
    area[solid, :3] = light[solid, None] * np.array(colour)
    area[solid, 3] = np.maximum(area[solid, 3], mask[solid])


def _blended(texture: Layer, layer: Layer, *, below: bool = False) -> Layer:
    """A texture with a layer over it, or below it; only where the layer holds anything is there work to do."""
    left, top, width, height = cv2.boundingRect(np.ascontiguousarray(layer[..., 3]))
    where = slice(top, top + height), slice(left, left + width)
    parts = [Image.fromarray(np.ascontiguousarray(one[where])) for one in (texture, layer)]
    blended = texture.copy()
    blended[where] = np.asarray(Image.alpha_composite(*(reversed(parts) if below else parts)))
    return blended


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], words: str, size: int, colour: RGB, *, anchor: str = "la"
) -> None:
    if (font := _font(size)) is not None:
        pen.text(at, words, font=font, fill=(*colour, 255), anchor=anchor)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    """A Chinese font of this machine; None where there is none, and cards then have no words."""
    path = font_file()
    return ImageFont.truetype(path, size) if path else None


@cache
def font_file() -> str | None:
    """Where a Chinese font is, if this machine has one."""
    for path in _FONTS:
        if Path(path).is_file():
            return path
    log.warning("no Chinese font found: the demo's cards have no words")
    return None
