"""A verdict given while another page is open: on the gate's button of the rail, and as a line below the status."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton

from station import texts
from station.verdict import Outcome
from station.view import View
from ui.gate.wording import main_reason
from ui.look import Look
from ui.shapes import draw_outcome
from ui.theme import VERDICTS


class GateButton(QPushButton):
    """The gate's button of the rail. While a verdict stands there unseen, it wears its colours and its shape."""

    def __init__(self) -> None:
        super().__init__()
        self.outcome: Outcome | None = None

    def say(self, name: str, key: str, outcome: Outcome | None, look: Look) -> None:
        """What it is called, its key, and the verdict that stands there, if any."""
        said = "" if outcome is None else f" {texts.outcome(outcome, look.language)}"
        self.setText(f"{'' if said else name}\n{key}")
        self.setAccessibleName(f"{name} {key}{said}")
        if outcome is not self.outcome:
            self.outcome = outcome
            self.setStyleSheet("" if outcome is None else _worn("QPushButton", outcome))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 -- Qt's name
        """The shape stands where the name did."""
        super().paintEvent(event)
        if self.outcome is not None:
            line = self.fontMetrics().height()
            place = QRectF(0, self.height() / 2 - line * 1.25, self.width(), line * 1.25)
            draw_outcome(QPainter(self), self.outcome, place, QColor(VERDICTS[self.outcome].text))


class VerdictLine(QLabel):
    """Outcome and main reason in a verdict's colours; hidden while there is none to tell."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._outcome: Outcome | None = None
        self.setWordWrap(True)
        self.hide()

    def show_view(self, view: View | None) -> None:
        """The verdict of this view, as far as a face may show it."""
        outcome = view.shown if view is not None else None
        if view is not None and outcome is not None:
            self.setText(f"{texts.outcome(outcome, self._look.language)} · {main_reason(self._look, view)}")
        if outcome is not None and outcome is not self._outcome:
            self.setStyleSheet(_worn("QLabel", outcome))
        self._outcome = outcome
        self.setVisible(outcome is not None)


def _worn(kind: str, outcome: Outcome) -> str:
    worn = VERDICTS[outcome]
    return f"""
        {kind} {{ background: {worn.ground}; color: {worn.text}; font-weight: bold; }}
        QLabel {{ border-radius: 8px; padding: 6px 12px; }}
        QPushButton:focus {{ border: 3px double {worn.text}; }}
    """
