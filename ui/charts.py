"""Charts, painted alike on screen and paper: verdicts stacked over an axis, and bars under each other with their words.

Refusals are hatched: who does not tell green from red, or has a black printer, sees them all the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from station.figures import Verdicts
from station.verdict import Outcome
from ui.theme import THEMES, Theme, ThemeName

_ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRED = Qt.AlignmentFlag.AlignCenter
_DENSE, _AIRY = 1.2, 1.5
"""Heights of a ranked bar, in lines of text."""
_WORDS = 0.66
"""The most of the width that words before bars take."""
_ON_EACH_OTHER = (Outcome.REFUSE, Outcome.REVIEW, Outcome.PASS)
"""From the foot: what needs eyes begins where bars can be compared."""


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of a chart, `#rrggbb`; each verdict's stands at 3:1 or more on the ground, words at 7:1 (WCAG 2.2)."""

    ground: str
    text: str
    muted: str
    rule: str
    verdicts: tuple[str, str, str]
    """By `Outcome`."""
    plain: str
    """Of bars that are of no verdict."""


Drawing = Callable[[QPainter, QRectF, Inks], None]
"""Paints itself into an area in the painter's font."""


def _inks(theme: Theme, verdicts: tuple[str, str, str]) -> Inks:
    return Inks(theme.surface, theme.text, theme.muted, theme.line, verdicts, theme.accent)


_BRIGHT = ("#2fae8c", "#ffb000", "#ff7083")
INKS = {
    ThemeName.DAY: _inks(THEMES[ThemeName.DAY], ("#00624d", "#b87400", "#a4001a")),
    ThemeName.NIGHT: _inks(THEMES[ThemeName.NIGHT], _BRIGHT),
    ThemeName.CONTRAST: _inks(THEMES[ThemeName.CONTRAST], _BRIGHT),
}
ON_PAPER = Inks("#ffffff", "#000000", "#3d4a56", "#808080", INKS[ThemeName.DAY].verdicts, "#0b4f8a")


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar of verdicts, and what stands under it."""

    label: str
    verdicts: Verdicts


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its words; `outcome` gives the colour."""

    label: str
    count: int
    outcome: Outcome | None = None


def stacked(bars: Sequence[Stack], words: Sequence[str]) -> Drawing:
    """Bars side by side over an axis of counts, with a key.

    Args:
        bars: From left to right.
        words: Of the verdicts, by `Outcome`.
    """

    def draw(painter: QPainter, area: QRectF, inks: Inks) -> None:
        metrics = QFontMetricsF(painter.font(), painter.device())
        line = metrics.height()
        key = QRectF(area.left(), area.top(), area.width(), line * 1.3)
        _draw_key(painter, key, words, inks, metrics)
        steps = _steps(max((bar.verdicts.total for bar in bars), default=0))
        left = max(metrics.horizontalAdvance(f"{step:,}") for step in steps) + line * 0.5
        plot = area.adjusted(left, key.height() + line * 0.5, 0, -line * 1.4)
        _draw_axis(painter, plot, steps, inks, metrics)
        slot = plot.width() / max(len(bars), 1)
        widest = max((metrics.horizontalAdvance(bar.label) for bar in bars), default=0.0) + line * 0.6
        apart = max(ceil(widest / slot), 1) if bars else 1
        for number, bar in enumerate(bars):
            column = QRectF(plot.left() + number * slot + slot * 0.12, plot.top(), slot * 0.76, plot.height())
            _draw_stack(painter, column, bar.verdicts, steps[-1], inks)
            if number % apart == 0 and column.center().x() + widest / 2 <= area.right() + line:
                place = QRectF(column.center().x() - widest / 2, plot.bottom() + line * 0.2, widest, line * 1.2)
                _write(painter, place, bar.label, inks.muted, _CENTRED)

    return draw


def ranked(bars: Sequence[Bar]) -> Drawing:
    """Bars under each other, as many as have room, each with its words before it and its count behind."""

    def draw(painter: QPainter, area: QRectF, inks: Inks) -> None:
        metrics = QFontMetricsF(painter.font(), painter.device())
        line = metrics.height() * min(max(area.height() / metrics.height() / max(len(bars), 1), _DENSE), _AIRY)
        shown = bars[: int(area.height() // line)]
        if not shown:
            return
        words = min(max(metrics.horizontalAdvance(bar.label) for bar in shown) + line * 0.4, area.width() * _WORDS)
        counts = max(metrics.horizontalAdvance(f"{bar.count:,}") for bar in shown) + line * 0.4
        room = area.width() - words - counts
        most = max(bar.count for bar in shown) or 1
        for number, bar in enumerate(shown):
            top = area.top() + number * line
            text = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, words - line * 0.3)
            _write(painter, QRectF(area.left(), top, words, line), text, inks.text, _ALIGN_LEFT)
            drawn = QRectF(area.left() + words, top + line * 0.2, max(room * bar.count / most, 1.0), line * 0.6)
            _fill(painter, drawn, bar.outcome, inks)
            _write(
                painter,
                QRectF(drawn.right() + line * 0.25, top, counts, line),
                f"{bar.count:,}",
                inks.text,
                _ALIGN_LEFT,
            )

    return draw


def _draw_key(painter: QPainter, area: QRectF, words: Sequence[str], inks: Inks, metrics: QFontMetricsF) -> None:
    side, left = metrics.height() * 0.7, area.left()
    for outcome in Outcome:
        _fill(painter, QRectF(left, area.center().y() - side / 2, side, side), outcome, inks)
        word = words[outcome]
        width = metrics.horizontalAdvance(word) + side
        _write(painter, QRectF(left + side * 1.4, area.top(), width, area.height()), word, inks.text, _ALIGN_LEFT)
        left += side * 1.4 + width + side


def _draw_axis(painter: QPainter, plot: QRectF, steps: Sequence[int], inks: Inks, metrics: QFontMetricsF) -> None:
    height = metrics.height()
    for step in steps:
        level = plot.bottom() - plot.height() * step / steps[-1]
        painter.setPen(
            QPen(QColor(inks.rule), height / 18, Qt.PenStyle.SolidLine if step == 0 else Qt.PenStyle.DotLine)
        )
        painter.drawLine(QPointF(plot.left(), level), QPointF(plot.right(), level))
        place = QRectF(plot.left() - 1e4, level - height / 2, 1e4 - height * 0.3, height)
        _write(painter, place, f"{step:,}", inks.muted, _ALIGN_RIGHT)


def _draw_stack(painter: QPainter, column: QRectF, verdicts: Verdicts, top: int, inks: Inks) -> None:
    foot = column.bottom()
    for outcome in _ON_EACH_OTHER:
        height = column.height() * verdicts[outcome] / top
        if height:
            _fill(painter, QRectF(column.left(), foot - height, column.width(), height), outcome, inks)
            foot -= height


def _fill(painter: QPainter, place: QRectF, outcome: Outcome | None, inks: Inks) -> None:
    painter.fillRect(place, QColor(inks.plain if outcome is None else inks.verdicts[outcome]))
    if outcome is Outcome.REFUSE:
        _hatch(painter, place, QColor(inks.ground))


def _hatch(painter: QPainter, place: QRectF, colour: QColor) -> None:
    """Lines across; Qt's own pattern is too fine for paper."""
    unit = QFontMetricsF(painter.font(), painter.device()).height()
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, unit / 12))
    step, slope = unit * 0.4, place.height()
    for number in range(int((place.width() + slope) / step) + 1):
        left = place.left() - slope + number * step
        painter.drawLine(QPointF(left, place.bottom()), QPointF(left + slope, place.top()))
    painter.restore()


def _write(painter: QPainter, place: QRectF, text: str, colour: str, align: Qt.AlignmentFlag) -> None:
    painter.setPen(QColor(colour))
    painter.drawText(place, int(align), text)


def _steps(most: int) -> tuple[int, ...]:
    """What is written beside the axis: 0, then two to five round counts, the last at or above the most."""
    least = max(most, 1) / 5
    size: float = 10 ** int(log10(least)) if least >= 1 else 1
    step = next(ceil(size * factor) for factor in (1, 2, 5, 10) if size * factor * 5 >= most)
    return tuple(range(0, step * max(ceil(most / step), 1) + 1, step))
