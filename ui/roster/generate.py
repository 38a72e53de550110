"""Having the roster made: what is kept, how long it may take, how far it is, and why it did not work out."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from shifts.model import Assignment, Roster, RosterProblem
from shifts.solver import Progress, solve
from ui.background_job import BackgroundJob
from ui.choice import Choice
from ui.look import Look
from ui.roster.panel import Panel
from ui.roster.rows import RowList
from ui.roster.searching import SECONDS, Searching, why
from ui.roster.wording import Wording
from ui.small_widgets import label, say


class GeneratePanel(Panel):
    """Starts searches, and hands on what they find."""

    found = Signal(object, float)
    """A whole `Roster`, and the seconds it took."""
    started = Signal()
    ended = Signal()
    opened = Signal()
    """Another period is to be begun."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._problem: RosterProblem | None = None
        self._standing: frozenset[Assignment] = frozenset()
        self._wording: Wording | None = None
        self._error: Exception | None = None
        self.under_way = Searching(look)
        self.title, self.time_label = label("heading"), label("")
        self.anew, self.gaps = QPushButton(), QPushButton()
        for choice in (self.anew, self.gaps):
            choice.setCheckable(True)
            choice.clicked.connect(self._choose)
        self.anew.setChecked(True)
        self.time = Choice(SECONDS)
        self.start = QPushButton()
        self.another = QPushButton()
        self.start.setProperty("role", "main")
        self.problem = label("", wrap=True)
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
        for each in (self.start, self.under_way, self.problem):
            rows.addWidget(each)
        rows.addWidget(self.list, 1)
        rows.addStretch()
        rows.addWidget(self.another)
        rows.addWidget(self.back)
        self.another.clicked.connect(self.opened)
        self.start.clicked.connect(self.begin)
        self.under_way.found.connect(self._take)
        self.under_way.failed.connect(self._fail)
        self._settle()

    @property
    def search(self) -> BackgroundJob:
        """The search itself."""
        return self.under_way.search

    @property
    def told(self) -> Progress | None:
        """How far it is, or was."""
        return self.under_way.told

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
        self._error = None
        self._show_error()
        seconds = self.time.value
        self.under_way.start(partial(solve, problem, time_limit_s=seconds), seconds)
        self._settle()
        self.started.emit()

    @Slot()
    def cancel(self) -> None:
        """Stop soon, with what there is."""
        self.under_way.cancel()

    def close_down(self) -> None:
        """Stop and join."""
        self.under_way.close_down()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self.title.setText(word("roster_generate_title"))
        self.time_label.setText(word("roster_generate_time"))
        self.list.setAccessibleName(word("roster_problems"))
        names = {self.anew: "roster_generate_all", self.gaps: "roster_generate_gaps", self.start: "roster_start"}
        for button, key in {
            **names,
            self.another: "roster_open_next",
        }.items():
            say(button, word(key))
        self.time.say(word("roster_generate_time"), lambda seconds: word("roster_seconds", n=seconds))
        self.under_way.retranslate()
        self._show_error()

    @Slot()
    def _choose(self) -> None:
        """One of two; made by hand, since Tab passes over the other one of an exclusive group."""
        gaps = self.sender() is self.gaps
        self.gaps.setChecked(gaps)
        self.anew.setChecked(not gaps)

    def _settle(self) -> None:
        running = self.search.running
        for choice in (self.start, self.anew, self.gaps, self.time, self.another):
            choice.setEnabled(not running)
        self.start.setVisible(not running)
        self.problem.setVisible(bool(self.problem.text()))
        self.list.setVisible(bool(self.list.rows))

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
        text, rows = why(self._look, self._wording, self._error) if self._error else ("", ())
        self.problem.setText(text)
        self.list.show_rows(rows)
