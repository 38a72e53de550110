"""The roster for the wall: a page for each checkpoint and week, A4 or A3 across, its font in the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from shifts.burden import is_weekend
from shifts.model import Assignment, RosterProblem
from station import texts_roster
from station.roster_wall import (
    DUTY,
    LEGEND,
    SHIFT,
    WEEKDAYS,
    Line,
    Wall,
    Walls,
    day_name,
    duty_name,
    weeks,
)
from station.texts import Language, Pair, pick
from ui.pdf import DPI, pdf

Paper = Literal["A4", "A3"]
TITLE: Pair = ("{name}  排班表  {first} 至 {last}", "{name}  roster  {first} to {last}")
_NAMED: Pair = ("排班表", "Roster")
_MARGINS = QMarginsF(12, 12, 12, 10)
_WEEKEND, _GAP, _HEAD, _RULE = (QColor(colour) for colour in ("#ececec", "#f8cbad", "#dfe7f5", "#808080"))
_LARGEST, _SMALLEST = 15.0, 5.0  # points on A4
_TALLEST = 1 / 12  # of the table's height a row: three heads a shift fill no page
_A4_WIDE = 273.0  # mm between the margins
_SHIFT_SHARE, _DUTY_SHARE = 0.12, 0.09  # of the page's width
_PADDING = 1.2  # mm
_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


def write_pdf(
    problem: RosterProblem,
    assignments: Iterable[Assignment],
    path: Path,
    *,
    language: Language,
    paper: Paper = "A4",
    note: str = "",
) -> int:
    """Write it; the file appears whole or stays as it was. Gives the number of pages.

    Args:
        problem: Whose roster.
        assignments: The roster.
        path: Where to.
        language: Of its words.
        paper: A4 or A3, across.
        note: What stands in each page's corner, e.g. the version and when it was published.

    Raises:
        UsageError: No Chinese font here, or the file cannot be written.
        KeyError: An assignment of a checkpoint, or a shift, that the problem does not have.
    """
    walls = Walls(problem, assignments, language)
    pages = [walls.wall(checkpoint, week) for checkpoint in problem.plans for week in weeks(problem.period.days)]
    size = QPageSize(QPageSize.PageSizeId.A3 if paper == "A3" else QPageSize.PageSizeId.A4)
    layout = QPageLayout(size, QPageLayout.Orientation.Landscape, _MARGINS, QPageLayout.Unit.Millimeter)
    with pdf(path, pick(_NAMED, language), layout) as (writer, family):
        painter = QPainter(writer)
        for number, wall in enumerate(pages, 1):
            if number > 1:
                writer.newPage()
            corner = "  ".join(part for part in (note, f"{number} / {len(pages)}") if part)
            _Page(painter, writer, family, language).draw(wall, corner)
        painter.end()
    return len(pages)


@dataclass(frozen=True, slots=True)
class _Page:
    """One page to draw on; lengths in the writer's dots."""

    painter: QPainter
    writer: QPdfWriter
    family: str
    language: Language

    def draw(self, wall: Wall, corner: str) -> None:
        """Title, table, legend."""
        width, height = float(self.writer.width()), float(self.writer.height())
        title, foot = QRectF(0, 0, width, _mm(12)), QRectF(0, height - _mm(6), width, _mm(6))
        named = pick(TITLE, self.language).format(name=wall.name, first=wall.days[0], last=wall.days[-1])
        self._write(title, named, 22, bold=True, align=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._write(
            foot, pick(LEGEND, self.language), 8, align=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        )
        self._write(foot, corner, 8, align=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        self._table(wall, QRectF(0, title.bottom(), width, foot.top() - title.bottom() - _mm(2)))

    def _table(self, wall: Wall, area: QRectF) -> None:
        row = area.height() * min(1 / (len(wall.lines) + 1.4), _TALLEST)
        left = [area.width() * share for share in (_SHIFT_SHARE, _DUTY_SHARE)]
        day = (area.width() - sum(left)) / len(wall.days)
        edges = [0.0, left[0], *(sum(left) + day * number for number in range(len(wall.days) + 1))]
        texts = [cell.text for line in wall.lines for cell in line.cells if line.duty is not None]
        size = self._fitting(texts, QRectF(0, 0, day, row))
        head = row * 1.4
        for column, words in enumerate((pick(SHIFT, self.language), pick(DUTY, self.language))):
            self._box(QRectF(edges[column], area.top(), left[column], head), words, size, fill=_HEAD, bold=True)
        for column, date in enumerate(wall.days, 2):
            named = f"{day_name(date, self.language)}\n{WEEKDAYS[self.language][date.weekday()]}"
            fill = _WEEKEND if is_weekend(date) else _HEAD
            self._box(QRectF(edges[column], area.top(), day, head), named, size, fill=fill, bold=True)
        top, begun = area.top() + head, area.top() + head
        for line in wall.lines:
            self._line(wall, line, QRectF(0, top, day, row), edges, size)
            top += row
            if line.duty is None:  # the last of its shift
                shift = texts_roster.shift_name(line.shift.code, self.language)
                named = "\n".join((shift, *texts_roster.hours(line.shift, self.language).rsplit(" ", 1)))
                self._box(QRectF(0, begun, left[0], top - begun), named, size, fill=_HEAD, bold=True)
                begun = top
                self.painter.setPen(QPen(Qt.GlobalColor.black, _mm(0.5)))
                self.painter.drawLine(QPointF(0, top), QPointF(edges[-1], top))

    def _line(self, wall: Wall, line: Line, place: QRectF, edges: list[float], size: float) -> None:
        counts = line.duty is None
        duty = QRectF(edges[1], place.top(), edges[2] - edges[1], place.height())
        self._box(duty, duty_name(line.duty, self.language), size, fill=_HEAD)
        for column, (date, cell) in enumerate(zip(wall.days, line.cells, strict=True), 2):
            fill = _GAP if cell.gap else _WEEKEND if is_weekend(date) else None
            box = QRectF(edges[column], place.top(), place.width(), place.height())
            self._box(box, cell.text, size * 0.8 if counts else size, fill=fill, bold=cell.gap)

    def _box(self, place: QRectF, text: str, size: float, *, fill: QColor | None = None, bold: bool = False) -> None:
        if fill is not None:
            self.painter.fillRect(place, fill)
        self.painter.setPen(QPen(_RULE, _mm(0.15)))
        self.painter.drawRect(place)
        inner = place.adjusted(_mm(_PADDING) / 2, 0, -_mm(_PADDING) / 2, 0)
        self._write(inner, text, min(size, self._fitting([text], inner, bold=bold)), bold=bold)

    def _write(
        self, place: QRectF, text: str, size: float, *, bold: bool = False, align: Qt.AlignmentFlag | int = _CENTRE
    ) -> None:
        self.painter.setFont(self._font(size, bold=bold))
        self.painter.setPen(Qt.GlobalColor.black)
        self.painter.drawText(place, int(align), text)

    def _fitting(self, texts: list[str], place: QRectF, *, bold: bool = False) -> float:
        """The largest size in which each of them is within such a place."""
        size = _LARGEST * self.writer.width() / _mm(_A4_WIDE)
        while size > _SMALLEST:
            metrics = QFontMetricsF(self._font(size, bold=bold), self.writer)
            needed = [metrics.boundingRect(QRectF(0, 0, place.width(), 1e6), int(_CENTRE), text) for text in set(texts)]
            if all(
                one.width() <= place.width() - _mm(_PADDING) / 2 and one.height() <= place.height() for one in needed
            ):
                break
            size -= 0.5
        return size

    def _font(self, size: float, *, bold: bool) -> QFont:
        font = QFont(self.family)
        font.setPointSizeF(size)
        font.setBold(bold)
        return font


def _mm(length: float) -> float:
    return length / 25.4 * DPI
