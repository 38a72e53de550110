"""Sheets set in strips that stand under each other, shared out among pages and drawn: handovers, summaries."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
    QTextOption,
)

from station.table import Table
from station.texts import Language, Pair, pick
from ui.charts import ON_PAPER, Drawing
from ui.pdf import DPI

PAGE: Pair = ("第 {number} 页，共 {count} 页", "Page {number} of {count}")
TITLE, HEADING, TEXT, SMALL = 18.0, 11.5, 10.0, 8.5
"""Sizes of letters, in points."""
_MARGINS = QMarginsF(16, 14, 16, 12)
_HEAD, _RULE = QColor("#e9edf2"), QColor("#808080")
_PADDING, _GAP, _FOOT = 1.0, 2.2, 8.0  # mm
_LINE_BREAK = "\u2028"
"""What a layout breaks at, where a text has a line break."""


def a4() -> QPageLayout:
    """The page that is set for."""
    paper = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(paper, QPageLayout.Orientation.Portrait, _MARGINS, QPageLayout.Unit.Millimeter)


def mm(length: float) -> float:
    """A length in mm, in the writer's dots."""
    return length / 25.4 * DPI


@dataclass(frozen=True, slots=True)
class Strip:
    """What stands side by side and never apart: cells of one height. `keeps`: the next strip stays with it."""

    cells: tuple[tuple[QRectF, str], ...]
    height: float
    size: float = TEXT
    bold: bool = False
    ruled: bool = False
    fill: QColor | None = None
    keeps: bool = False
    drawings: tuple[tuple[QRectF, Drawing], ...] = ()


class Press:
    """Sets strips, shares them out among pages, draws them; lengths in the writer's dots.

    Args:
        writer: The PDF.
        family: The font.
    """

    def __init__(self, writer: QPdfWriter, family: str) -> None:
        self._writer, self._family = writer, family
        self._width, self._height = float(writer.width()), float(writer.height()) - mm(_FOOT)

    def print(self, strips: list[Strip], foot: str, language: Language) -> int:
        """Draw everything, the foot on each page; gives the number of pages."""
        pages = self._pages(strips)
        painter = QPainter(self._writer)
        for number, page in enumerate(pages, 1):
            if number > 1:
                self._writer.newPage()
            self._draw(painter, page, foot, pick(PAGE, language).format(number=number, count=len(pages)))
        painter.end()
        return len(pages)

    # --- what strips are made of -------------------------------------------------------------------------------------

    def line(self, text: str, size: float = TEXT, *, bold: bool = False, keeps: bool = True) -> Strip:
        """A line of text, over the whole width."""
        height = self._needed(text, self._width, size, bold=bold)
        return Strip(((QRectF(0, 0, self._width, height), text),), height, size, bold=bold, keeps=keeps)

    def gap(self) -> Strip:
        """Some room before something else."""
        return Strip((), mm(_GAP), keeps=True)

    def table(self, table: Table) -> Iterator[Strip]:
        """A table under its title."""
        yield self.gap()
        yield self.line(table.title, HEADING, bold=True)
        if table.head:
            yield self.row(table.head, table.widths, bold=True, fill=_HEAD, keeps=True)
        for row in table.rows:
            yield from self._rows(row, table.widths, ruled=bool(table.head))

    def drawn(self, titles: tuple[str, ...], drawings: tuple[Drawing, ...], height: float) -> Iterator[Strip]:
        """Drawings of one height in mm side by side, each under its title."""
        spans = self._spans((1,) * len(drawings))
        yield self.gap()
        needed = max(
            self._needed(title, span.width(), HEADING, bold=True) for title, span in zip(titles, spans, strict=True)
        )
        heads = tuple(
            (QRectF(span.left(), 0, span.width(), needed), title) for span, title in zip(spans, titles, strict=True)
        )
        yield Strip(heads, needed, HEADING, bold=True, keeps=True)
        places = (QRectF(span.left(), 0, span.width(), mm(height)) for span in spans)
        yield Strip((), mm(height), drawings=tuple(zip(map(_inner, places), drawings, strict=True)))

    def row(
        self,
        cells: tuple[str, ...],
        widths: tuple[int, ...],
        *,
        bold: bool = False,
        ruled: bool = True,
        fill: QColor | None = None,
        keeps: bool = False,
        least: float = 0.0,
    ) -> Strip:
        """Cells side by side.

        Args:
            cells: Their texts.
            widths: How they share the width.
            bold: Whether their letters are.
            ruled: Whether lines are around them.
            fill: The ground's colour.
            keeps: Whether the next strip stays with it.
            least: The least height, in mm.
        """
        spans = self._spans(widths)
        needed = (self._needed(text, span.width(), TEXT, bold=bold) for text, span in zip(cells, spans, strict=True))
        height = max(mm(least), *needed)
        boxes = (QRectF(span.left(), 0, span.width(), height) for span in spans)
        return Strip(tuple(zip(boxes, cells, strict=True)), height, TEXT, bold, ruled, fill, keeps)

    def _rows(self, cells: tuple[str, ...], widths: tuple[int, ...], *, ruled: bool) -> Iterator[Strip]:
        """One row; one that is higher than a page goes on in further rows."""
        whole = self.row(cells, widths, ruled=ruled)
        if whole.height <= self._height or not any(len(cell) > 1 for cell in cells):
            yield whole
            return
        halves = [(cell[: len(cell) // 2], cell[len(cell) // 2 :]) for cell in cells]
        yield from self._rows(tuple(one for one, _ in halves), widths, ruled=ruled)
        yield from self._rows(tuple(other for _, other in halves), widths, ruled=ruled)

    # --- pages -------------------------------------------------------------------------------------------------------

    def _pages(self, strips: list[Strip]) -> list[list[Strip]]:
        """Which strips stand on which page."""
        found: list[list[Strip]] = [[]]
        left = self._height
        for number, strip in enumerate(strips):
            last = next(at for at in range(number, len(strips)) if not strips[at].keeps or at == len(strips) - 1)
            together = sum(one.height for one in strips[number : last + 1])
            wanted = together if together <= self._height else strip.height
            if found[-1] and wanted > left:
                found.append([])
                left = self._height
            found[-1].append(strip)
            left -= strip.height
        return found

    def _draw(self, painter: QPainter, page: list[Strip], foot: str, corner: str) -> None:
        """One page."""
        top = 0.0
        for strip in page:
            for box, text in strip.cells:
                place = box.translated(0, top)
                if strip.fill is not None:
                    painter.fillRect(place, strip.fill)
                if strip.ruled:
                    painter.setPen(QPen(_RULE, mm(0.15)))
                    painter.drawRect(place)
                self._write(painter, _inner(place), text, strip.size, bold=strip.bold)
            painter.setFont(self._font(SMALL, bold=False))
            for box, drawing in strip.drawings:
                drawing(painter, box.translated(0, top), ON_PAPER)
            top += strip.height
        rule = self._height + mm(2)
        painter.setPen(QPen(_RULE, mm(0.15)))
        painter.drawLine(QPointF(0, rule), QPointF(self._width, rule))
        place = QRectF(0, rule + mm(_PADDING), self._width, mm(_FOOT - 2 - _PADDING))
        self._write(painter, place, foot, SMALL)
        self._write(painter, place, corner, SMALL, align=Qt.AlignmentFlag.AlignRight)

    def _spans(self, widths: tuple[int, ...]) -> list[QRectF]:
        """Where columns stand that share the width so; of no height."""
        unit = self._width / sum(widths)
        return [QRectF(unit * sum(widths[:number]), 0, unit * width, 0) for number, width in enumerate(widths)]

    def _needed(self, text: str, width: float, size: float, *, bold: bool = False) -> float:
        _, height = self._set(text or " ", width - 2 * mm(_PADDING), size, bold=bold)
        return height + 2 * mm(_PADDING)

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setPen(Qt.GlobalColor.black)
        layout, _ = self._set(text, place.width(), size, bold=bold, align=align)
        layout.draw(painter, place.topLeft())

    def _set(
        self,
        text: str,
        width: float,
        size: float,
        *,
        bold: bool,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> tuple[QTextLayout, float]:
        """A text in lines of a width, broken between words, within one that is wider; and how high they are."""
        layout = QTextLayout(text.replace("\n", _LINE_BREAK), self._font(size, bold=bold), self._writer)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height

    def _font(self, size: float, *, bold: bool) -> QFont:
        font = QFont(self._family)
        font.setPointSizeF(size)
        font.setBold(bold)
        return font


def _inner(place: QRectF) -> QRectF:
    return place.adjusted(mm(_PADDING), mm(_PADDING), -mm(_PADDING), -mm(_PADDING) / 2)
