"""A verdict as a place in the list shows it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.log.model import ROW
from ui.shapes import draw_outcome
from ui.theme import VERDICTS

_PAD = 8


class VerdictDelegate(QStyledItemDelegate):
    """A cell with the verdict's colour, shape and word; the selection shows around it, not over it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        outcome = index.data(ROW).outcome
        colours = VERDICTS[outcome]
        height = option.fontMetrics.height() + _PAD
        box = QRectF(option.rect).adjusted(4, 0, -4, 0)
        box.setTop(option.rect.center().y() - height / 2)
        box.setHeight(height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.ground))
        painter.drawRoundedRect(box, 6, 6)
        side = height - _PAD
        draw_outcome(painter, outcome, QRectF(box.x() + 6, box.y() + _PAD / 2, side, side), QColor(colours.text))
        painter.setPen(QColor(colours.text))
        painter.setFont(option.font)
        text = box.adjusted(side + 12, 0, -4, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 - Qt's name
        """Room for mark and word."""
        self.initStyleOption(option, index)
        return QSize(pill_width(option.fontMetrics, option.text), option.fontMetrics.height() + 2 * _PAD)


def pill_width(metrics: QFontMetrics, word: str) -> int:
    """How wide a verdict's cell is."""
    return metrics.horizontalAdvance(word) + metrics.height() + 32
