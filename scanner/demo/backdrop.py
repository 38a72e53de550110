"""What is behind the phone: a lane at night, and the side of a car with its driver, out of focus."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scanner.cv import cv2

Layer = NDArray[np.uint8]
BGR = tuple[int, int, int]

_W, _H = 480, 270  # drawn small and enlarged: the camera is focused on the hand, not on the car
_PAINTS: tuple[BGR, ...] = ((176, 178, 180), (60, 58, 56), (48, 38, 118), (108, 72, 40), (205, 208, 208), (70, 84, 72))
_COATS: tuple[BGR, ...] = ((84, 64, 52), (60, 60, 110), (96, 104, 92), (150, 146, 140))
_LAMPS: tuple[tuple[int, int, int, BGR], ...] = (
    (60, 30, 9, (150, 214, 255)),
    (196, 46, 6, (130, 196, 250)),
    (290, 22, 11, (160, 220, 255)),
    (420, 52, 7, (230, 226, 214)),
    (352, 100, 4, (70, 70, 235)),
    (364, 101, 4, (70, 70, 235)),
)
_SKIN: BGR = (112, 142, 182)
_MASK: BGR = (206, 186, 150)


@lru_cache(maxsize=2)
def lane(size: tuple[int, int]) -> Layer:
    """The empty lane, (H, W, 3) BGR uint8; `size` is (width, height)."""
    return _enlarged(_road(), size)


@lru_cache(maxsize=4)
def car(seed: int, size: tuple[int, int]) -> Layer:
    """A car at the window, its looks by `seed`; (H, W, 3) BGR uint8."""
    rng = np.random.default_rng(seed)
    scene = _road()
    paint = np.array(_PAINTS[int(rng.integers(len(_PAINTS)))]) * 0.62
    shift = int(rng.integers(-40, 40))

    def at(*points: tuple[int, int]) -> NDArray[np.int32]:
        return _corners(*((x + shift, y) for x, y in points))

    body = at((-80, 270), (-80, 150), (40, 40), (150, 8), (430, 0), (640, 0), (640, 270))
    _fill(scene, body, _bgr(paint * 0.8))
    _fill(scene, at((-80, 176), (640, 160), (640, 270), (-80, 270)), _bgr(paint))
    _fill(scene, at((-80, 178), (640, 162), (640, 171), (-80, 189)), _bgr(paint * 1.35))
    window = at((62, 160), (128, 40), (170, 24), (384, 18), (400, 152))
    _fill(scene, window, (26, 24, 24))
    _driver(scene, window, rng, shift)
    cv2.polylines(scene, [window], True, (14, 14, 14), 7, cv2.LINE_AA)
    _fill(scene, at((404, 150), (388, 16), (412, 14), (430, 150)), (20, 20, 20))
    _fill(scene, at((436, 148), (420, 16), (560, 12), (560, 142)), (34, 31, 30))
    cv2.ellipse(scene, (66 + shift, 150), (34, 20), 8, 0, 360, _bgr(paint * 0.7), -1, cv2.LINE_AA)
    cv2.ellipse(scene, (300 + shift, 206), (26, 5), -2, 0, 360, _bgr(paint * 0.5), -1, cv2.LINE_AA)
    return _enlarged(scene, size)


def _road() -> Layer:
    """Dusk, wet asphalt, lamps, a barrier and its cones."""
    down = np.linspace(0, 1, _H)[:, None, None]
    scene = ((1 - down) * np.array((72, 54, 44)) + down * np.array((56, 58, 62))).repeat(_W, 1).astype(np.uint8)
    asphalt, hills = [(0, 128), (_W, 112), (_W, _H), (0, _H)], [(90, 70), (200, 104), (330, 82), (_W, 98), (_W, 120)]
    _fill(scene, _corners(*asphalt), (60, 60, 62))
    _fill(scene, _corners((0, 96), *hills, (0, 132)), (44, 40, 36))
    for x, y, radius, colour in _LAMPS:
        cv2.circle(scene, (x, y), radius, colour, -1, cv2.LINE_AA)
        _fill(scene, _corners((x - 3, 150), (x + 3, 150), (x + 8, _H), (x - 8, _H)), _bgr(np.array(colour) * 0.12 + 46))
    for i in range(8):
        stripe = (44, 44, 190) if i % 2 else (214, 214, 214)
        cv2.line(scene, (250 + i * 30, 142 - i), (279 + i * 30, 141 - i), stripe, 8, cv2.LINE_AA)
    for x in (40, 118):
        _fill(scene, _corners((x, 150), (x + 22, 206), (x - 22, 206)), (40, 96, 226))
        _fill(scene, _corners((x - 9, 172), (x + 9, 172), (x + 13, 184), (x - 13, 184)), (220, 220, 220))
    return np.asarray(scene, np.uint8)


def _driver(scene: Layer, window: NDArray[np.int32], rng: np.random.Generator, shift: int) -> None:
    """Someone in a mask, seen through the window only."""
    inside = scene.copy()
    x = 236 + shift + int(rng.integers(-14, 14))
    coat = _COATS[int(rng.integers(len(_COATS)))]
    cv2.ellipse(inside, (x + 58, 84), (26, 40), 0, 0, 360, (44, 42, 42), -1, cv2.LINE_AA)
    cv2.ellipse(inside, (x + 4, 176), (84, 66), 0, 180, 360, coat, -1, cv2.LINE_AA)
    cv2.line(inside, (x - 10, 110), (x - 8, 130), _bgr(np.array(_SKIN) * 0.7), 26, cv2.LINE_AA)
    cv2.ellipse(inside, (x - 8, 82), (27, 36), 0, 0, 360, _SKIN, -1, cv2.LINE_AA)
    cv2.ellipse(inside, (x - 2, 62), (32, 26), 0, 170, 370, (22, 22, 24), -1, cv2.LINE_AA)
    for eye in (x - 22, x - 2):
        cv2.ellipse(inside, (eye, 80), (4, 2), 0, 0, 360, (40, 50, 66), -1, cv2.LINE_AA)
    cv2.ellipse(inside, (x - 14, 98), (22, 18), 0, 0, 360, _MASK, -1, cv2.LINE_AA)
    cv2.ellipse(inside, (x - 96, 158), (40, 52), 14, 0, 360, (16, 16, 16), 9, cv2.LINE_AA)
    cv2.line(inside, (x - 34, 150), (x - 84, 118), coat, 26, cv2.LINE_AA)
    view = np.zeros(scene.shape[:2], np.uint8)
    cv2.fillPoly(view, [window], 255)
    scene[view > 0] = inside[view > 0]


def _fill(scene: Layer, corners: NDArray[np.int32], colour: BGR) -> None:
    cv2.fillPoly(scene, [corners], colour, cv2.LINE_AA)


def _corners(*points: tuple[int, int]) -> NDArray[np.int32]:
    return np.array(points, np.int32)


def _bgr(colour: NDArray[np.float64]) -> BGR:
    blue, green, red = (int(value) for value in np.clip(colour, 0, 255))
    return blue, green, red


def _enlarged(scene: Layer, size: tuple[int, int]) -> Layer:
    blurred = cv2.GaussianBlur(scene, (0, 0), 3.2)
    x, y = np.linspace(-1, 1, _W)[None, :, None], np.linspace(-1, 1, _H)[:, None, None]
    dimmed = (blurred * (0.9 - 0.16 * x**2 - 0.22 * y**2 - 0.12 * y)).astype(np.uint8)
    image = np.asarray(cv2.resize(dimmed, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    image.flags.writeable = False
    return image
