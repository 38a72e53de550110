"""How many passed, were looked at twice, were turned back: each beside its verdict's shape."""

from PySide6.QtWidgets import QHBoxLayout, QLabel

from station import texts
from station.handover_words import passages
from station.verdict import Outcome
from ui.handover.section import Section
from ui.look import Look
from ui.shapes import badge


class CountsSection(Section):
    """A figure a verdict, in one line."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.counts: dict[Outcome, QLabel] = {}
        self._marks: dict[Outcome, QLabel] = {}
        line = QHBoxLayout()
        line.setSpacing(6)
        for outcome in Outcome:
            mark, count = self._marks[outcome], self.counts[outcome] = QLabel(), QLabel()
            line.addWidget(mark)
            line.addWidget(count)
            line.addSpacing(18)
        self.total = QLabel()
        self.total.setProperty("role", "muted")
        line.addWidget(self.total)
        line.addStretch()
        self.body.addLayout(line)

    def retranslate(self) -> None:
        """Say the figures again."""
        if self.shown is None:
            return
        table = passages(self.shown.handover.sheet, self.look.language)
        self.title.setText(table.title)
        *figures, total = table.rows[0]
        for outcome, figure in zip(Outcome, figures, strict=True):
            self.counts[outcome].setText(f"{texts.outcome(outcome, self.look.language)} {figure}")
            size = self.counts[outcome].fontMetrics().height()
            self._marks[outcome].setPixmap(badge(outcome, size, self.devicePixelRatioF()))
        self.total.setText(f"{table.head[-1]} {total}")
