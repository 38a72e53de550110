"""QR codes drawn for tests."""

import io
from typing import Any

import numpy as np
import segno

from scanner.cv import cv2
from scanner.reader import STILL, Budget, Image, QrReader, Symbol

CHINESE = "福建省永春县 健康码"


def picture(code: segno.QRCode, *, scale: int = 4, border: int = 4) -> Image:
    png = io.BytesIO()
    code.save(png, kind="png", scale=scale, border=border)
    return np.asarray(cv2.imdecode(np.frombuffer(png.getvalue(), np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)


def qr(content: Any, **options: Any) -> Image:
    return picture(segno.make(content, micro=False, **options))


def page(*placed: tuple[Image, int, int], size: tuple[int, int] = (720, 1280)) -> Image:
    """A white page with pictures at (x, y)."""
    sheet = np.full((*size, 3), 255, np.uint8)
    for image, x, y in placed:
        sheet[y : y + image.shape[0], x : x + image.shape[1]] = image
    return sheet


def read_one(frame: Image, budget: Budget = STILL) -> Symbol:
    (symbol,) = QrReader().read(frame, budget)
    return symbol
