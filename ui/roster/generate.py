"""Having the roster made: what is kept, how long it may take, how far it is, and why it did not work out."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from shifts.errors import Infeasible
from shifts.model import Assignment, Roster, RosterProblem
from shifts.rule_pack import Severity
from shifts.solver import Progress
from station import texts_infeasible
from ui import console
from ui.look import Look
from ui.roster.rows import Row, RowList
from ui.roster.search import Search
from ui.roster.wording import Wording
from ui.small_widgets import label

SECONDS = (10, 30, 60, 120)
MOST = 60
"""Shortages listed, and lines of reasons."""


class GeneratePanel(QFrame):
    """Starts searches, and hands on what they find."""

    found = Signal(object, float)
    """A whole `Roster`, and the seconds it took."""
    started = Signal()
    ended = Signal()
    opened = Signal()
    """Another period is to be begun."""
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._look = look
        self._problem: RosterProblem | None = None
        self._standing: frozenset[Assignment] = frozenset()
        self._wording: Wording | None = None
        self._error: Exception | None = None
        self.told: Progress | None = None
        self.search = Search(self)
        self.title, self.time_label = label("heading"), label("")
        self.anew, self.gaps = QPushButton(), QPushButton()
        for choice in (self.anew, self.gaps):
            choice.setCheckable(True)
            choice.clicked.connect(self._choose)
        self.anew.setChecked(True)
        self.time = QComboBox()
        self.start, self.stop = QPushButton(), QPushButton()
        self.another, self.back = QPushButton(), QPushButton()
        self.start.setProperty("role", "main")
        self.phase, self.figures, self.problem = label("", wrap=True), label("muted", wrap=True), label("", wrap=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.list = RowList(look)
        line = QHBoxLayout()
        line.addWidget(self.time_label)
        line.addWidget(self.time, 1)
        rows = QVBoxLayout(self)
        rows.setSpacing(8)
        rows.addWidget(self.title)
        rows.addWidget(self.anew)
        rows.addWidget(self.gaps)
        rows.addLayout(line)
        for each in (self.start, self.stop, self.phase, self.progress, self.figures, self.problem):
            rows.addWidget(each)
        rows.addWidget(self.list, 1)
        rows.addStretch()
        rows.addWidget(self.another)
        rows.addWidget(self.back)
        self.another.clicked.connect(self.opened)
        self.start.clicked.connect(self.begin)
        self.stop.clicked.connect(self.cancel)
        self.back.clicked.connect(self.left)
        self.search.progressed.connect(self._show_progress)
        self.search.found.connect(self._take)
        self.search.failed.connect(self._fail)
        self._settle()

    def open(self, wording: Wording, problem: RosterProblem, standing: frozenset[Assignment]) -> None:
        """Offer to make a roster in place of what stands."""
        self._wording, self._problem, self._standing = wording, problem, standing
        if not self.search.running:
            self._error = None
            self._show_error()
            self._settle()
            self.start.setFocus()

    @Slot()
    def begin(self) -> None:
        """Begin the search."""
        if self._problem is None or self.search.running:
            return
        problem = self._problem
        if self.gaps.isChecked():
            problem = replace(problem, pins=problem.pins | self._standing)
        self.told = None
        self._error = None
        self._show_error()
        seconds = SECONDS[max(0, self.time.currentIndex())]
        self.progress.setRange(0, seconds * 10)
        self.progress.setValue(0)
        self.search.start(problem, seconds)
        self._settle()
        self.stop.setFocus()
        self.started.emit()

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
        self.title.setText(word("roster_generate_title"))
        self.time_label.setText(word("roster_generate_time"))
        self.time.setAccessibleName(word("roster_generate_time"))
        self.list.setAccessibleName(word("roster_problems"))
        self.progress.setAccessibleName(word("roster_generate_title"))
        names = {self.anew: "roster_generate_all", self.gaps: "roster_generate_gaps", self.start: "roster_start"}
        for button, key in {
            **names,
            self.stop: "roster_stop",
            self.another: "roster_open_next",
            self.back: "back",
        }.items():
            button.setText(word(key))
            button.setAccessibleName(word(key))
        chosen = max(0, self.time.currentIndex())
        self.time.clear()
        self.time.addItems([word("roster_seconds", n=seconds) for seconds in SECONDS])
        self.time.setCurrentIndex(chosen)
        if self.told is not None and self.search.running:
            self._show_progress(self.told)
        self._show_error()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back; a search goes on meanwhile."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _choose(self) -> None:
        """One of two; made by hand, since Tab passes over the other one of an exclusive group."""
        gaps = self.sender() is self.gaps
        self.gaps.setChecked(gaps)
        self.anew.setChecked(not gaps)

    def _settle(self) -> None:
        running = self.search.running
        for each in (self.stop, self.progress, self.phase, self.figures):
            each.setVisible(running)
        self.stop.setEnabled(running)
        for choice in (self.start, self.anew, self.gaps, self.time, self.another):
            choice.setEnabled(not running)
        self.start.setVisible(not running)
        self.problem.setVisible(bool(self.problem.text()))
        self.list.setVisible(bool(self.list.rows))

    @Slot(object)
    def _show_progress(self, told: Progress) -> None:
        word, self.told = self._look.word, told
        if self.stop.isEnabled():
            self.phase.setText(word(f"roster_phase_{told.phase}"))
        self.progress.setValue(min(self.progress.maximum(), round(told.seconds * 10)))
        parts = word("roster_progress" if told.parts == 1 else "roster_progress_parts", **_figures(told))
        if told.best is not None and told.bound is not None:
            parts += "\n" + word("roster_cost", best=told.best, bound=told.bound)
        self.figures.setText(parts)

    @Slot(object)
    def _take(self, roster: Roster) -> None:
        self._settle()
        self.ended.emit()
        self.found.emit(roster, self.told.seconds if self.told else 0.0)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._error = error
        self._show_error()
        self._settle()
        self.ended.emit()

    def _show_error(self) -> None:
        error, language = self._error, self._look.language
        self.problem.setText(console.sentence(error, language) if error else "")
        if isinstance(error, Infeasible) and self._wording is not None:
            self.problem.setText(texts_infeasible.summary(error, language))
            rows = [Row(self._wording.shortage(one), weight=Severity.HARD) for one in error.shortages[:MOST]]
            rows += [
                Row("", line.text, weight=Severity.WARNING if line.heading else None)
                for line in self._wording.why(error)[:MOST]
            ]
            self.list.show_rows(rows)
        else:
            self.list.show_rows(())


def _figures(told: Progress) -> dict[str, float]:
    return {"seconds": told.seconds, "done": told.done, "parts": told.parts}
