"""Badges to print: ten cards of the size of a bank card on an A4 page, to be cut out; name, code, unit, and the QR."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from station.texts import Language, Pair, pick
from ui import qr
from ui.pdf import DPI, pdf

TITLE: Pair = ("胸牌", "Badges")
KIND: Pair = ("工作证", "Staff")
USE: Pair = (
    "只作到岗、离岗登记；拾到请交还查验点",
    "To check in and out, nothing else; if found, return it",
)
_WIDE, _HIGH, _GAP = 85.6, 54.0, 2.0  # mm: ISO/IEC 7810 ID-1
_COLUMNS, _ROWS = 2, 5
_QR = 33.6  # mm: 33 modules with the quiet zone, of 12 dots
_RULE, _FAINT = QColor("#a0a0a0"), QColor("#505050")
_PADDING = 4.0  # mm


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a badge; `text` is what its QR says."""

    name: str
    code: str
    unit: str
    text: str


def write_pdf(cards: Sequence[Card], path: Path, *, place: str, language: Language) -> int:
    """Write them; the file appears whole or stays as it was. Gives the number of pages.

    Args:
        cards: Whose.
        path: Where to.
        place: The checkpoint's name.
        language: Of the words around names.

    Raises:
        UsageError: No Chinese font here, or the file cannot be written.
    """
    paper = QPageSize(QPageSize.PageSizeId.A4)
    margins = QMarginsF(12, 8, 12, 8)
    layout = QPageLayout(paper, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    pages = [cards[first : first + _COLUMNS * _ROWS] for first in range(0, len(cards), _COLUMNS * _ROWS)]
    with pdf(path, pick(TITLE, language), layout) as (writer, family):
        painter = QPainter(writer)
        for number, page in enumerate(pages):
            if number:
                writer.newPage()
            for card, box in zip(page, _places(), strict=False):
                _Press(painter, writer, family, language).draw(card, box, place)
        painter.end()
    return len(pages)


def _places() -> Iterator[QRectF]:
    for place in range(_COLUMNS * _ROWS):
        row, column = divmod(place, _COLUMNS)
        yield QRectF(_mm(column * (_WIDE + _GAP)), _mm(row * (_HIGH + _GAP)), _mm(_WIDE), _mm(_HIGH))


@dataclass(frozen=True, slots=True)
class _Press:
    """Draws one card; lengths in the writer's dots."""

    painter: QPainter
    writer: QPdfWriter
    family: str
    language: Language

    def draw(self, card: Card, box: QRectF, place: str) -> None:
        """The card, with a line to cut along."""
        self.painter.setPen(QPen(_RULE, _mm(0.1)))
        self.painter.drawRect(box)
        inner = box.adjusted(_mm(_PADDING), _mm(_PADDING - 1), -_mm(1), -_mm(_PADDING - 1))
        code = QRectF(inner.right() - _mm(_QR), inner.top() + _mm(6), _mm(_QR), _mm(_QR))
        qr.paint(self.painter, card.text, code)
        wide = code.left() - inner.left() - _mm(1)
        top = inner.top()
        self._line(f"{place} · {pick(KIND, self.language)}", QRectF(inner.left(), top, inner.width(), _mm(6)), 9)
        self._line(card.name, QRectF(inner.left(), top + _mm(10), wide, _mm(12)), 24, bold=True)
        self._line(card.code, QRectF(inner.left(), top + _mm(23), wide, _mm(7)), 15)
        self._line(card.unit, QRectF(inner.left(), top + _mm(31), wide, _mm(7)), 11)
        foot = QRectF(inner.left(), inner.bottom() - _mm(5), inner.width() - _mm(2), _mm(5))
        self._line(pick(USE, self.language), foot, 7, colour=_FAINT)

    def _line(self, text: str, place: QRectF, size: float, *, bold: bool = False, colour: QColor | None = None) -> None:
        """A line, as large as there is room for, and cut off where that is too small to be read."""
        font = QFont(self.family)
        font.setBold(bold)
        while True:
            font.setPointSizeF(size)
            metrics = QFontMetricsF(font, self.writer)
            if metrics.horizontalAdvance(text) <= place.width() or size <= 6:
                break
            size -= 0.5
        self.painter.setFont(font)
        self.painter.setPen(colour or QColor(Qt.GlobalColor.black))
        fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        self.painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), fitting)


def _mm(length: float) -> float:
    return length / 25.4 * DPI
