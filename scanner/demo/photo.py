"""A picture of a thing held up to the camera: flat card → tilted in space → lens, light, sensor, JPEG.

What stays the same for an item (card, blur, glare, grain) is made once; a frame then costs a warp, a blend and
its compression.
"""

import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from scanner.cv import cv2
from scanner.demo import backdrop
from scanner.demo.model import Item, View

Layer = NDArray[np.uint8]
Matrix = NDArray[np.float64]

SIZE = (1280, 720)
_FOCAL = 1150.0  # pixels at 1280 wide: a webcam of some 58°
_MARGIN = 14  # the code stays this far inside the picture, the hand's tremble included
_SLACK = 128  # how far the grain may be shifted between frames
_EMPTY = View(noise=4.0, jpeg=80)


def render(item: Item, *, size: tuple[int, int] = SIZE, rng: np.random.Generator) -> Layer:
    """One frame of this item, (H, W, 3) BGR uint8; `rng` moves the hand and the grain between frames."""
    scene = _scene(item, size)
    layer = cv2.warpPerspective(scene.texture, _tremble(scene, rng) @ scene.place, size, flags=cv2.INTER_LINEAR)
    if scene.motion is not None:
        layer = cv2.filter2D(layer, -1, scene.motion)
    clear = cv2.cvtColor(255 - layer[..., 3], cv2.COLOR_GRAY2BGR)
    behind = cv2.multiply(backdrop.car(item.view.backdrop, size), clear, scale=1 / 255)
    return _exposed(cv2.add(behind, layer[..., :3]), item.view, rng)


def render_car(seed: int, *, size: tuple[int, int] = SIZE, rng: np.random.Generator) -> Layer:
    """One frame of a car whose driver shows nothing."""
    return _exposed(backdrop.car(seed, size), _EMPTY, rng)


def render_lane(*, size: tuple[int, int] = SIZE, rng: np.random.Generator) -> Layer:
    """One frame of the empty lane."""
    return _exposed(backdrop.lane(size), _EMPTY, rng)


@dataclass(frozen=True, slots=True)
class _Scene:
    """All of an item's frame that does not change: premultiplied BGRA texture, where it goes, how it is smeared."""

    texture: Layer
    place: Matrix
    centre: tuple[float, float]
    motion: NDArray[np.float32] | None


@lru_cache(maxsize=6)
def _scene(item: Item, size: tuple[int, int]) -> _Scene:
    from scanner.demo import cards  # noqa: PLC0415 -- brings Pillow and segno: 0.1 s that no start should wait for

    view, card = item.view, cards.draw(item)
    side = view.qr_px * size[0] / SIZE[0]
    scale = min(1.0, 1.2 * side / card.side)  # shrunk first, as a warp alone would alias
    shrunk = cv2.resize(card.texture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    centre = (card.centre[0] * scale, card.centre[1] * scale)
    module = card.side * scale / card.modules
    texture = _lit(np.asarray(shrunk, np.uint8), view, centre, card.side * scale)
    if view.defocus * module > 0.2:
        texture = np.asarray(cv2.GaussianBlur(texture, (0, 0), view.defocus * module), np.uint8)
    place = _placed(view, centre, card.side * scale, side, size)
    middle = place @ (*centre, 1.0)
    return _Scene(
        texture,
        place,
        (float(middle[0] / middle[2]), float(middle[1] / middle[2])),
        _smear(view.motion * side / card.modules, view.motion_angle),
    )


def _lit(texture: Layer, view: View, centre: tuple[float, float], side: float) -> Layer:
    """RGBA to premultiplied BGRA, with the lamp's reflection on the thing."""
    height, width = texture.shape[:2]
    x = (np.arange(width, dtype=np.float32) - centre[0]) / side + 0.5 - view.glare_at[0]
    y = (np.arange(height, dtype=np.float32) - centre[1]) / side + 0.5 - view.glare_at[1]
    patch = np.exp(-4.0 * (x[None, :] + 0.35 * y[:, None]) ** 2 - 7.0 * y[:, None] ** 2)
    glare = cv2.cvtColor((235 * view.glare * patch).astype(np.uint8), cv2.COLOR_GRAY2BGR)
    colour = cv2.add(cv2.cvtColor(texture, cv2.COLOR_RGBA2BGR), glare)
    alpha = texture[..., 3]
    colour = cv2.multiply(colour, cv2.cvtColor(alpha, cv2.COLOR_GRAY2BGR), scale=1 / 255)
    return np.asarray(cv2.merge([*cv2.split(colour), alpha]), np.uint8)


def _placed(view: View, centre: tuple[float, float], texture_side: float, side: float, size: tuple[int, int]) -> Matrix:
    """Homography of the texture into the picture: turned about the code's middle, seen by a pinhole camera."""
    focal = _FOCAL * size[0] / SIZE[0]
    yaw, pitch, roll = (math.radians(angle) for angle in (view.yaw, view.pitch, view.roll))
    about_x = np.array([[1, 0, 0], [0, math.cos(pitch), -math.sin(pitch)], [0, math.sin(pitch), math.cos(pitch)]])
    about_y = np.array([[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0], [-math.sin(yaw), 0, math.cos(yaw)]])
    about_z = np.array([[math.cos(roll), -math.sin(roll), 0], [math.sin(roll), math.cos(roll), 0], [0, 0, 1]])
    turned = (about_x @ about_y @ about_z)[:, :2] * side / texture_side
    plane = np.column_stack([turned, (0.0, 0.0, focal)])  # texture (x, y, 1) about its centre → camera space
    to_centre = np.array([[1, 0, -centre[0]], [0, 1, -centre[1]], [0, 0, 1]])
    project = np.diag([focal, focal, 1.0])
    flat = project @ plane @ to_centre

    half = texture_side / 2
    corners = np.array([[centre[0] + i * half, centre[1] + j * half, 1] for i in (-1, 1) for j in (-1, 1)]) @ flat.T
    seen = corners[:, :2] / corners[:, 2:]
    wanted = np.array(view.at) * size
    inside = np.clip(wanted, _MARGIN - seen.min(0), np.array(size) - _MARGIN - seen.max(0))
    return np.asarray(np.array([[1, 0, inside[0]], [0, 1, inside[1]], [0, 0, 1]]) @ flat, np.float64)


def _tremble(scene: _Scene, rng: np.random.Generator) -> Matrix:
    """A hand is never still: a little shift, turn and reach about the code."""
    dx, dy = np.clip(rng.normal(0, 1.5, 2), -4, 4)
    turn, reach = math.radians(float(rng.normal(0, 0.3))), 1 + float(rng.normal(0, 0.003))
    cos, sin = reach * math.cos(turn), reach * math.sin(turn)
    x, y = scene.centre
    return np.array([[cos, -sin, x + dx - cos * x + sin * y], [sin, cos, y + dy - sin * x - cos * y], [0, 0, 1]])


def _smear(length: float, angle: float) -> NDArray[np.float32] | None:
    """The kernel of a movement during exposure; None where it is too short to see."""
    if length < 0.7:
        return None
    reach = math.ceil(length / 2)
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    for t in np.linspace(-length / 2, length / 2, 8 * reach + 1):
        x = reach + t * math.cos(math.radians(angle))
        y = reach + t * math.sin(math.radians(angle))
        kernel[round(y), round(x)] += 1
    return np.asarray(kernel / kernel.sum(), np.float32)


def _exposed(scene: NDArray[np.generic], view: View, rng: np.random.Generator) -> Layer:
    """What the camera makes of the light: exposure, white balance, grain, compression."""
    image = cv2.LUT(np.asarray(scene, np.uint8), _curve(view.exposure, view.warmth))
    height, width = image.shape[:2]
    top, left = (int(value) for value in rng.integers(0, _SLACK, 2))
    lighter, darker = (grain[top : top + height, left : left + width] for grain in _grain(view.noise, (width, height)))
    noisy = cv2.subtract(cv2.add(image, lighter), darker)
    _, packed = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, view.jpeg])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


@lru_cache(maxsize=16)
def _curve(exposure: float, warmth: float) -> Layer:
    """256 levels for blue, green, red: gain, with a shoulder as sensors and their makers have it."""
    gain = exposure * np.array([[1 / warmth, 1.0, warmth]])
    level = np.tanh(np.arange(256)[:, None] / 255 * gain) / math.tanh(1.0)
    return np.clip(255 * level, 0, 255).astype(np.uint8)[None]


@lru_cache(maxsize=6)
def _grain(deviation: float, size: tuple[int, int]) -> tuple[Layer, Layer]:
    """Sensor noise a little larger than the picture, as what it adds and what it takes away."""
    width, height = size
    noise = _noise() * deviation
    repeats = (math.ceil((height + _SLACK) / len(noise)), math.ceil((width + _SLACK) / len(noise)), 1)
    return (
        np.tile(np.clip(noise, 0, 255).astype(np.uint8), repeats),
        np.tile(np.clip(-noise, 0, 255).astype(np.uint8), repeats),
    )


@cache
def _noise() -> NDArray[np.float32]:
    """A square of noise of deviation 1, coarse as after a camera's denoising."""
    fine = np.random.default_rng(0).normal(0, 1, (512, 512, 3)).astype(np.float32)
    coarse = cv2.GaussianBlur(fine, (0, 0), 0.8)
    noise = 0.6 * fine + 2.3 * coarse
    return np.asarray(noise / noise.std(), np.float32)
