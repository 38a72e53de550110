"""A search under way, as a lead sees it: what it is at, how far it is, and a button that ends it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from shifts.errors import Infeasible
from shifts.rule_pack import Severity
from shifts.solver import Progress
from station import texts_infeasible
from ui import console
from ui.background_job import BackgroundJob
from ui.look import Look
from ui.roster.rows import Row
from ui.roster.wording import Wording
from ui.small_widgets import label, say

SECONDS = (10, 30, 60, 120)
"""What a search may take at most, as offered."""
MOST = 60
"""Shortages listed, and lines of reasons."""


class Searching(QWidget):
    """Seen only while it searches."""

    found = Signal(object)
    """What the job gave."""
    failed = Signal(object)
    """An exception."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._look = look
        self.told: Progress | None = None
        self.search = BackgroundJob(self)
        self.stop, self.progress = QPushButton(), QProgressBar()
        self.progress.setTextVisible(False)
        self.phase, self.figures = label("", wrap=True), label("muted", wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for each in (self.stop, self.phase, self.progress, self.figures):
            rows.addWidget(each)
        self.stop.clicked.connect(self.cancel)
        self.search.progressed.connect(self._show)
        self.search.done.connect(self._take)
        self.search.failed.connect(self._fail)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether it searches."""
        return self.search.running

    def start(self, job: Callable[..., Any], seconds: float) -> None:
        """Begin a job that takes so long at most.

        Args:
            job: Called on a thread with `progress`, as `shifts.solver.solve` is.
            seconds: So many.
        """
        self.told = None
        for each in (self.phase, self.figures):
            each.clear()
        self.progress.setRange(0, round(seconds * 10))
        self.progress.setValue(0)
        self.search.start(lambda tell: job(progress=tell))
        self.stop.setEnabled(True)
        self.show()
        self.stop.setFocus()

    @Slot()
    def cancel(self) -> None:
        """Stop soon, with what there is."""
        self.search.cancel()
        self.stop.setEnabled(False)
        self.phase.setText(self._look.word("roster_stopping"))

    def close_down(self) -> None:
        """Stop and join."""
        self.search.close_down()

    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        say(self.stop, word("roster_stop"))
        self.progress.setAccessibleName(word("roster_searching"))
        if self.told is not None and self.running:
            self._show(self.told)

    @Slot(object)
    def _show(self, told: Progress) -> None:
        word, self.told = self._look.word, told
        if self.stop.isEnabled():
            self.phase.setText(word(f"roster_phase_{told.phase}"))
        self.progress.setValue(min(self.progress.maximum(), round(told.seconds * 10)))
        figures = {"seconds": told.seconds, "done": told.done, "parts": told.parts}
        parts = word("roster_progress" if told.parts == 1 else "roster_progress_parts", **figures)
        if told.best is not None and told.bound is not None:
            parts += "\n" + word("roster_cost", best=told.best, bound=told.bound)
        self.figures.setText(parts)

    @Slot(object)
    def _take(self, what: object) -> None:
        self.hide()
        self.found.emit(what)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.hide()
        self.failed.emit(error)


def why(look: Look, wording: Wording | None, error: Exception) -> tuple[str, Sequence[Row]]:
    """Why nothing came of it: a sentence, and of what cannot be covered the shifts and the reasons."""
    if not isinstance(error, Infeasible) or wording is None:
        return console.sentence(error, look.language), ()
    rows = [Row(wording.shortage(one), weight=Severity.HARD) for one in error.shortages[:MOST]]
    rows += [
        Row("", line.text, weight=Severity.WARNING if line.heading else None) for line in wording.why(error)[:MOST]
    ]
    return texts_infeasible.summary(error, look.language), rows
