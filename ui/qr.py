"""QR codes on paper, in whole dots, so that no edge is grey."""

import segno
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

_QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""


def paint(painter: QPainter, text: str, box: QRectF) -> None:
    """A code with its quiet zone, a quarter of it to spare, as large as whole dots make it in the box's middle."""
    rows = list(segno.make_qr(text, error="q", boost_error=False).matrix_iter(border=_QUIET))
    module = int(min(box.width(), box.height())) // len(rows)
    side = module * len(rows)
    left, top = round(box.center().x() - side / 2), round(box.center().y() - side / 2)
    for row, line in enumerate(rows):
        for column, dark in enumerate(line):
            if dark:
                place = QRectF(left + column * module, top + row * module, module, module)
                painter.fillRect(place, Qt.GlobalColor.black)
