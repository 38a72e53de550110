"""The handover sheet on paper: A4, every part of it, both leads' words or a line to sign on, page by page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from db.heads import Head
from shifts.handover import Handover
from shifts.model import ShiftPlan
from station import handover_words, texts_handover, texts_ledger
from station.table import Table
from station.texts import Language, Pair, pick
from ui.pdf import DPI, pdf

SIGNATURE: Pair = ("签名", "Signature")
PAGE: Pair = ("第 {number} 页，共 {count} 页", "Page {number} of {count}")
_MARGINS = QMarginsF(16, 14, 16, 12)
_HEAD, _RULE = QColor("#e9edf2"), QColor("#808080")
_TITLE, _HEADING, _TEXT, _SMALL = 18.0, 11.5, 10.0, 8.5  # points
_PADDING, _GAP, _FOOT = 1.0, 2.2, 8.0  # mm
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class _Strip:
    """What stands side by side and never apart: cells of one height. `keeps`: the next strip stays with it."""

    cells: tuple[tuple[QRectF, str], ...]
    height: float
    size: float
    bold: bool = False
    ruled: bool = False
    fill: QColor | None = None
    keeps: bool = False


def write_pdf(
    handover: Handover,
    path: Path,
    *,
    place: str,
    plan: ShiftPlan,
    names: Mapping[str, str],
    head: Head | None,
    language: Language,
) -> int:
    """Write it; the file appears whole or stays as it was. Gives the number of pages.

    Args:
        handover: Which.
        path: Where to.
        place: The checkpoint's name.
        plan: Its shifts.
        names: Of people, by code.
        head: Where the ledger stood when it was signed last, printed beneath.
        language: Of its words.

    Raises:
        UsageError: No Chinese font here, or the file cannot be written.
    """
    paper = QPageSize(QPageSize.PageSizeId.A4)
    layout = QPageLayout(paper, QPageLayout.Orientation.Portrait, _MARGINS, QPageLayout.Unit.Millimeter)
    title = pick(texts_handover.TITLE, language)
    which = f"{place}  {handover_words.span(plan, handover.shift, language)}"
    with pdf(path, title, layout) as (writer, family):
        press = _Press(writer, family)
        strips = list(press.set(handover, title, which, names=names, head=head, language=language))
        pages = press.pages(strips)
        painter = QPainter(writer)
        for number, page in enumerate(pages, 1):
            if number > 1:
                writer.newPage()
            corner = pick(PAGE, language).format(number=number, count=len(pages))
            press.draw(painter, page, f"{title}  {which}", corner)
        painter.end()
    return len(pages)


class _Press:
    """Sets the sheet, shares it out among pages, draws them; lengths in the writer's dots."""

    def __init__(self, writer: QPdfWriter, family: str) -> None:
        self._writer, self._family = writer, family
        self._width, self._height = float(writer.width()), float(writer.height()) - _mm(_FOOT)

    def set(
        self,
        handover: Handover,
        title: str,
        which: str,
        *,
        names: Mapping[str, str],
        head: Head | None,
        language: Language,
    ) -> Iterator[_Strip]:
        """Everything, from the top."""
        yield self._line(title, _TITLE, bold=True)
        yield self._line(which, _HEADING)
        for build in handover_words.TABLES:
            yield from self._table(build(handover.sheet, language))
        yield from self._signatures(handover, names, language)
        if head is not None:
            yield self._line(texts_ledger.printed(head, language), _SMALL, keeps=False)

    def pages(self, strips: list[_Strip]) -> list[list[_Strip]]:
        """Which strips stand on which page."""
        found: list[list[_Strip]] = [[]]
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

    def draw(self, painter: QPainter, page: list[_Strip], foot: str, corner: str) -> None:
        """One page."""
        top = 0.0
        for strip in page:
            for box, text in strip.cells:
                place = box.translated(0, top)
                if strip.fill is not None:
                    painter.fillRect(place, strip.fill)
                if strip.ruled:
                    painter.setPen(QPen(_RULE, _mm(0.15)))
                    painter.drawRect(place)
                self._write(painter, _inner(place), text, strip.size, bold=strip.bold)
            top += strip.height
        place = QRectF(0, self._height + _mm(2), self._width, _mm(_FOOT - 2))
        painter.setPen(QPen(_RULE, _mm(0.15)))
        painter.drawLine(QPointF(0, place.top()), QPointF(self._width, place.top()))
        bottom = Qt.AlignmentFlag.AlignBottom
        self._write(painter, place, foot, _SMALL, align=Qt.AlignmentFlag.AlignLeft | bottom)
        self._write(painter, place, corner, _SMALL, align=Qt.AlignmentFlag.AlignRight | bottom)

    def _line(self, text: str, size: float, *, bold: bool = False, keeps: bool = True) -> _Strip:
        height = self._needed(text, self._width, size, bold=bold)
        return _Strip(((QRectF(0, 0, self._width, height), text),), height, size, bold=bold, keeps=keeps)

    def _gap(self) -> _Strip:
        return _Strip((), _mm(_GAP), _TEXT, keeps=True)

    def _table(self, table: Table) -> Iterator[_Strip]:
        yield self._gap()
        yield self._line(table.title, _HEADING, bold=True)
        if table.head:
            yield self._row(table.head, table.widths, bold=True, fill=_HEAD, keeps=True)
        for row in table.rows:
            yield from self._rows(row, table.widths, ruled=bool(table.head))

    def _rows(self, cells: tuple[str, ...], widths: tuple[int, ...], *, ruled: bool) -> Iterator[_Strip]:
        """One row; one that is higher than a page goes on in further rows."""
        whole = self._row(cells, widths, ruled=ruled)
        if whole.height <= self._height or not any(len(cell) > 1 for cell in cells):
            yield whole
            return
        halves = [(cell[: len(cell) // 2], cell[len(cell) // 2 :]) for cell in cells]
        yield from self._rows(tuple(one for one, _ in halves), widths, ruled=ruled)
        yield from self._rows(tuple(other for _, other in halves), widths, ruled=ruled)

    def _row(
        self,
        cells: tuple[str, ...],
        widths: tuple[int, ...],
        *,
        bold: bool = False,
        ruled: bool = True,
        fill: QColor | None = None,
        keeps: bool = False,
        least: float = 0.0,
    ) -> _Strip:
        unit = self._width / sum(widths)
        spans = [unit * width for width in widths]
        needed = (self._needed(text, span, _TEXT, bold=bold) for text, span in zip(cells, spans, strict=True))
        height = max(least, *needed)
        edges = [sum(spans[:number]) for number in range(len(spans))]
        boxes = (QRectF(left, 0, span, height) for left, span in zip(edges, spans, strict=True))
        return _Strip(tuple(zip(boxes, cells, strict=True)), height, _TEXT, bold, ruled, fill, keeps)

    def _signatures(self, handover: Handover, names: Mapping[str, str], language: Language) -> Iterator[_Strip]:
        """Who confirmed; where nobody did, a line to sign on."""
        yield self._gap()
        yield self._gap()
        sides = handover_words.confirmations(handover, names, language)
        for number, (side, told) in enumerate(sides, 1):
            cells = (side, told, f"{pick(SIGNATURE, language)}：" if language == "zh" else pick(SIGNATURE, language))
            yield self._row(cells, (2, 5, 4), keeps=number < len(sides), least=_mm(12))

    def _needed(self, text: str, width: float, size: float, *, bold: bool = False) -> float:
        metrics = QFontMetricsF(self._font(size, bold=bold), self._writer)
        room = QRectF(0, 0, width - 2 * _mm(_PADDING), 1e7)
        return metrics.boundingRect(room, int(_LEFT | _WRAP), text or " ").height() + 2 * _mm(_PADDING)

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        painter.setFont(self._font(size, bold=bold))
        painter.setPen(Qt.GlobalColor.black)
        painter.drawText(place, int(align | _WRAP), text)

    def _font(self, size: float, *, bold: bool) -> QFont:
        font = QFont(self._family)
        font.setPointSizeF(size)
        font.setBold(bold)
        return font


def _inner(place: QRectF) -> QRectF:
    return place.adjusted(_mm(_PADDING), _mm(_PADDING), -_mm(_PADDING), -_mm(_PADDING) / 2)


def _mm(length: float) -> float:
    return length / 25.4 * DPI
