"""What eyes and hands would not forgive in a window: words without room, faint words, small targets, lost controls."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QTableView,
    QWidget,
)

from ui.gate.plate_pad import PlateCells
from ui.gate.widgets import Cell, FittedLabel
from ui.sign_in.pin_pad import PinPad
from ui.small_widgets import Elided
from ui.theme import TOUCH_MM, millimetres

Pixels = NDArray[np.uint8]
_WHOLE = (QComboBox, QAbstractSpinBox, QLineEdit, QAbstractScrollArea)
"""What Qt puts together itself; their parts are not ours."""
_EDGE = 5
"""Pixels of a frame or a focus ring, which are no ground of words."""


def visible(window: QWidget) -> list[QWidget]:
    """What is seen of a window, without what Qt makes its own controls of."""
    return [one for one in window.findChildren(QWidget) if one.isVisible() and not _is_part(one)]


def controls(window: QWidget) -> list[QWidget]:
    """What can be used just now."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QTableView)
    return [one for one in visible(window) if isinstance(one, kinds) and one.isEnabled()]


def words(window: QWidget) -> str:
    """Everything a window says, as a person would read it."""
    return "\n".join(filter(None, (said for one in visible(window) for said in _said(one))))


def clipped(window: QWidget) -> list[str]:
    """Words that need more room than they have. Those that end in “…” on purpose have it."""
    return [_name(one) for one in visible(window) if not _has_room(one)]


def outside(window: QWidget) -> list[str]:
    """What reaches over the edge of what holds it."""
    return [
        _name(one)
        for one in visible(window)
        if (holder := one.parentWidget()) and not _scrolls(holder) and not holder.rect().contains(one.geometry())
    ]


def overlapping(window: QWidget) -> list[str]:
    """Neighbours that share pixels."""
    holders = [window, *(one for one in visible(window) if not isinstance(one, _WHOLE))]
    found = []
    for holder in holders:
        inside = [one for one in holder.children() if isinstance(one, QWidget) and one.isVisible()]
        found += [
            f"{_name(one)} / {_name(other)}"
            for one, other in combinations(inside, 2)
            if not (one.geometry() & other.geometry()).isEmpty()
        ]
    return found


def small(window: QWidget) -> list[str]:
    """Buttons smaller than a gloved finger."""
    finger = millimetres(window, TOUCH_MM)
    buttons = [one for one in visible(window) if isinstance(one, QPushButton)]
    return [_name(one) for one in buttons if min(one.width(), one.height()) < finger]


def unnamed(window: QWidget) -> list[str]:
    """Controls that a screen reader cannot name."""
    return [f"{type(one).__name__} {one.geometry()}" for one in controls(window) if not one.accessibleName()]


def unreached(window: QWidget) -> list[str]:
    """Controls that Tab does not come to. The pad of the sign-in types into the field that keeps the focus."""
    window.activateWindow()
    reached: list[QWidget] = []
    for _ in range(300):
        focused = QApplication.focusWidget()
        if focused is None or (reached and focused is reached[0] and len(set(reached)) > 1):
            break
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    wanted = [one for one in controls(window) if not isinstance(one.parentWidget(), PinPad)]
    return [_name(one) for one in wanted if one not in reached]


def faint(window: QWidget) -> list[str]:
    """Words that stand at less than 7:1 on what is really under them, by the pixels.

    A thin stroke is mixed with its ground: a tenth is forgiven here, and nothing in the palette's own test.
    """
    pixels = pixels_of(window.grab().toImage())
    found = []
    for name, place in _texts(window):
        part = pixels[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
        if part.size and (ratio := _contrast_in(part)) < 7 * 0.9:
            found.append(f"{name} {ratio:.1f}")
    return found


def pixels_of(image: QImage) -> Pixels:
    """A picture as (H, W, 3) RGB."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()


def linear(pixels: Pixels) -> NDArray[np.float64]:
    """sRGB values as light."""
    value = pixels / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def luminance(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance (WCAG 2.2) of linear RGB."""
    return np.asarray(light @ np.array([0.2126, 0.7152, 0.0722]), np.float64)


# --- within ----------------------------------------------------------------------------------------------------------


def _is_part(one: QWidget) -> bool:
    holder = one.parentWidget()
    if isinstance(holder, _WHOLE):
        return True
    above = holder.parentWidget() if holder is not None else None
    return isinstance(above, QTableView | QComboBox)  # what lives in their viewports


def _scrolls(holder: QWidget) -> bool:
    return isinstance(holder.parentWidget(), QAbstractScrollArea)


def _name(one: QWidget) -> str:
    said = one.accessibleName() or " ".join(_said(one)) or one.objectName()
    return f"{type(one).__name__} {said!r}"


def _said(one: QWidget) -> list[str]:
    match one:
        case Cell():
            return [one.title, one.word]
        case PlateCells():
            return [one.text]
        case QLabel() | QAbstractButton():
            return [one.text()]
        case QLineEdit():
            return [one.displayText() or one.placeholderText()]
        case QComboBox():
            return [one.currentText()]
        case QTableView():
            return _listed(one)
        case QListView():
            model = one.model()
            return [str(model.index(row, 0).data()) for row in range(min(40, model.rowCount()))]
    return []


def _listed(table: QTableView) -> list[str]:
    model = table.model()
    columns = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    heads = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    rows = range(min(40, model.rowCount()))
    if table.verticalHeader().isVisibleTo(table):
        heads += [str(model.headerData(row, Qt.Orientation.Vertical)) for row in rows]
    return heads + [str(model.index(row, column).data()) for row in rows for column in columns]


def _has_room(one: QWidget) -> bool:
    match one:
        case Cell() | FittedLabel():
            return one.fits()
        case Elided():
            return True
        case QLabel() if one.wordWrap():
            return one.height() >= one.heightForWidth(one.width())
        case QLabel() | QPushButton():
            wanted = one.sizeHint()
            return one.width() >= wanted.width() and one.height() >= wanted.height()
        case QLineEdit():
            said = one.displayText() or one.placeholderText()
            return one.width() >= one.fontMetrics().horizontalAdvance(said) + 12
        case QComboBox():
            return one.width() >= one.fontMetrics().horizontalAdvance(one.currentText()) + 32
    return True


def _texts(window: QWidget) -> Iterator[tuple[str, QRect]]:
    """Where words are: their names and places in the window, without frames."""
    for one in visible(window):
        if isinstance(one, QTableView):
            yield from _cells(one, window)
        elif any(_said(one)):
            area = one.contentsRect() if isinstance(one, QLabel) else one.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
            place = QRect(one.mapTo(window, area.topLeft()), area.size())
            seen = place & _seen_part(one, window)
            if seen.height() >= min(place.height(), one.fontMetrics().height()):  # else its words are scrolled away
                yield _name(one), seen


def _seen_part(one: QWidget, window: QWidget) -> QRect:
    """Where a widget can be seen: not what is scrolled away."""
    bounds = one.visibleRegion().boundingRect()
    return QRect(one.mapTo(window, bounds.topLeft()), bounds.size())


def _cells(table: QTableView, window: QWidget) -> Iterator[tuple[str, QRect]]:
    model, viewport = table.model(), table.viewport()
    origin = viewport.mapTo(window, QPoint(0, 0))
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            place = table.visualRect(index)
            if not table.isColumnHidden(column) and viewport.rect().contains(place) and index.data():
                area = place.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
                yield f"line {row}, {index.data()!r}", area.translated(origin)


def _contrast_in(part: Pixels) -> float:
    """Between the commonest colour and the one that differs most from it; 21 where there is only one."""
    packed = part.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    colours, counts = np.unique(packed, return_counts=True)
    if len(colours) == 1:
        return 21.0
    channels = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.uint8)
    bright = luminance(linear(channels)) + 0.05
    ground = bright[counts.argmax()]
    return float(max((bright / ground).max(), (ground / bright).max()))
