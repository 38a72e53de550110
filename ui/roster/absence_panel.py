"""Somebody cannot come: from when until when, who stands in shift by shift, or all of it with the fewest changes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from shifts.errors import Infeasible
from shifts.model import Assignment, RosterProblem
from ui.choice import Choice
from ui.look import Look
from ui.roster.board import EditRefused
from ui.roster.mending import Absence, Mended, mend, of_shift, vacated
from ui.roster.moments import DayEdit, HourEdit
from ui.roster.panel import Panel
from ui.roster.publish import by_person, person_rows
from ui.roster.rows import Row, RowList
from ui.roster.searching import SECONDS, Searching, why
from ui.roster.steps import Steps
from ui.roster.wording import Wording
from ui.small_widgets import label, say

Asked = tuple[RosterProblem, frozenset[Assignment]]


class AbsencePanel(Panel):
    """Asks, searches, and shows what it came to."""

    found = Signal(object)
    """A `Mended`."""
    replacing = Signal(object, object)
    """A shift that is left, and the `Absence`."""
    undone = Signal()
    publishing = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._wording: Wording | None = None
        self._asked: Asked | None = None
        self._one: Assignment | None = None
        self._now: Callable[[], datetime] | None = None
        self._error: Exception | None = None
        self._dropped = False  # what is searched for is not wanted any more
        self.done: Mended | None = None
        self.vacated: Sequence[Assignment] = ()
        self.title, self.said, self.or_else = label("heading", wrap=True), label("", wrap=True), label("", wrap=True)
        self.since, self.until, self.time = HourEdit(), DayEdit(), Choice(SECONDS)
        self._since_label, self._until_label, self._time_label = label(""), label(""), label("")
        self.since_steps, self.until_steps = Steps(self.since), Steps(self.until)
        self.shift, self.from_now, self.to_end = QPushButton(), QPushButton(), QPushButton()
        self.under_way = Searching(look)
        self.list = RowList(look)
        self.solve, self.undo, self.publish = QPushButton(), QPushButton(), QPushButton()
        for button in (self.solve, self.publish):
            button.setProperty("role", "main")
        self.form = QWidget()
        self.form.setObjectName("plain")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout(self.form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for row, (name, steps) in enumerate(
            ((self._since_label, self.since_steps), (self._until_label, self.until_steps))
        ):
            grid.addWidget(name, 2 * row, 0)
            grid.addWidget(steps, 2 * row, 1)
        presets = QHBoxLayout()
        presets.setSpacing(4)
        for button in (self.shift, self.from_now, self.to_end):
            presets.addWidget(button)
        grid.addLayout(presets, 4, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        time = QHBoxLayout()
        time.addWidget(self._time_label)
        time.addWidget(self.time, 1)
        rows = QVBoxLayout(self)
        rows.setSpacing(6)
        for each in (self.title, self.form, self.said):
            rows.addWidget(each)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.or_else)
        rows.addLayout(time)
        for each in (self.solve, self.under_way, self.publish):
            rows.addWidget(each)
        line = QHBoxLayout()
        line.addWidget(self.undo)
        line.addWidget(self.back)
        rows.addLayout(line)

    def _connect(self) -> None:
        self.since.dateTimeChanged.connect(self._recount)
        self.until.dateChanged.connect(self._recount)
        self.shift.clicked.connect(self._this_shift)
        self.from_now.clicked.connect(self._from_now)
        self.to_end.clicked.connect(self._to_end)
        self.list.chosen.connect(self._choose)
        self.solve.clicked.connect(self.begin)
        self.under_way.found.connect(self._take)
        self.under_way.failed.connect(self._fail)
        self.undo.clicked.connect(self.undone)
        self.publish.clicked.connect(self.publishing)

    # --- asking ------------------------------------------------------------------------------------------------------

    @property
    def away(self) -> Absence | None:
        """What was said."""
        return None if self._one is None else Absence(self._one.person, self.since.moment, self.until.day)

    def open(self, wording: Wording, asked: Asked, one: Assignment, now: Callable[[], datetime]) -> None:
        """Ask about whoever has this shift: for it alone at first."""
        self._wording, self._asked, self._one, self._now = wording, asked, one, now
        self.done = self._error = None
        self._this_shift()
        self.retranslate()
        self.since.setFocus()

    def follow(self, wording: Wording, asked: Asked) -> None:
        """The draft may have been edited."""
        self._wording, before, self._asked = wording, self._asked, asked
        if before == asked:
            return
        if self.done is not None and asked[1] != self.done.assignments:  # undone, or gone on from
            self.done = None
        self._error = None
        self._recount()

    @Slot()
    def begin(self) -> None:
        """Search for the fewest changes."""
        away = self.away
        if self._asked is None or away is None or self._now is None or self.under_way.running or not self.vacated:
            return
        self._error, self._dropped = None, False
        seconds = self.time.value
        self.under_way.start(partial(mend, *self._asked, away, self._now(), seconds=seconds), seconds)
        self._show()

    @Slot()
    def leave(self) -> None:
        """Back to the board; what is searched for is given up."""
        if self.under_way.running:
            self._dropped = True
            self.under_way.cancel()
        super().leave()

    def close_down(self) -> None:
        """Stop and join."""
        self.under_way.close_down()

    @Slot()
    def _this_shift(self) -> None:
        if self._asked is not None and self._one is not None and self._now is not None:
            away = of_shift(self._asked[0], self._one, self._now())
            self.since.show_moment(away.since)
            self.until.show_day(away.until)
            self._recount()

    @Slot()
    def _from_now(self) -> None:
        if self._now is not None:
            self.since.show_moment(self._now())

    @Slot()
    def _to_end(self) -> None:
        if self._asked is not None:
            self.until.show_day(max(self._asked[0].period.days))

    @Slot()
    def _recount(self) -> None:
        """Which shifts they leave, or why there are none."""
        if self._asked is None or self.away is None or self._now is None:
            return
        try:
            self.vacated, self._error = vacated(*self._asked, self.away, self._now()), None
        except EditRefused as refused:
            self.vacated, self._error = (), refused
        self._show()

    @Slot(object)
    def _choose(self, about: object) -> None:
        if isinstance(about, Assignment) and self.away is not None and not self.under_way.running:
            self.replacing.emit(about, self.away)

    # --- what came of it ---------------------------------------------------------------------------------------------

    @Slot(object)
    def _take(self, mended: Mended) -> None:
        if not self._dropped:
            if self._asked is None or mended.before != self._asked[1]:
                self._error = EditRefused("roster_absent_stale")
            else:
                self.done = mended
                self.found.emit(mended)
        self._show()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if not self._dropped:
            self._error = error
        self._show()

    # --- words -------------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        if self._wording is not None and self._one is not None:
            self.title.setText(word("roster_absent_title", who=self._wording.name(self._one.person)))
        self._since_label.setText(word("roster_absent_from"))
        self._until_label.setText(word("roster_absent_until"))
        self._time_label.setText(word("roster_generate_time"))
        self.since_steps.name(word("roster_absent_from"))
        self.until_steps.name(word("roster_absent_until"))
        self.or_else.setText(word("roster_absent_or"))
        names = {
            self.shift: "roster_absent_shift",
            self.from_now: "roster_absent_now",
            self.to_end: "roster_absent_end",
            self.solve: "roster_absent_solve",
            self.undo: "roster_absent_undo",
            self.publish: "roster_publish",
        }
        for button, key in names.items():
            say(button, word(key))
        self.time.say(word("roster_generate_time"), lambda seconds: word("roster_seconds", n=seconds))
        self.under_way.retranslate()
        self._show()

    def _show(self) -> None:
        """What is asked, what goes on, or what came of it."""
        wording, word, running, done = self._wording, self._look.word, self.under_way.running, self.done
        if wording is None:
            return
        asking = done is None and not running
        self.form.setVisible(done is None)
        self.form.setEnabled(not running)
        ready = asking and bool(self.vacated)
        for each in (self.or_else, self._time_label, self.time, self.solve):
            each.setVisible(asking)
            each.setEnabled(ready)
        for each in (self.undo, self.publish):
            each.setVisible(done is not None)
        if done is not None:
            self._show_done(wording, done)
            return
        self.list.setAccessibleName(word("roster_absent_list"))
        replace = word("roster_replace")
        rows = [
            Row(wording.place(one.checkpoint, one.shift), wording.whole_duty(one.duty), replace, about=one)
            for one in self.vacated
        ]
        text = word("roster_absent_leaves", count=len(self.vacated))
        if isinstance(self._error, EditRefused):
            text = word(self._error.code, **self._error.params)
        elif self._error is not None:
            text, reasons = why(self._look, wording, self._error)
            if isinstance(self._error, Infeasible):
                text = word("roster_absent_nobody", why=text)
            rows = [*reasons, *rows]
        self.said.setText(text)
        self.list.show_rows(rows)

    def sentence(self, done: Mended) -> str:
        """How much it changes."""
        change = done.change
        people = len({one.person for one in change.removed | change.added})
        figures = {"vacated": len(done.vacated), "people": people, "count": len(change.added)}
        return self._look.word("roster_absent_changed", **figures)

    def _proof(self, done: Mended) -> str:
        """Whether fewer would do."""
        new = len(done.change.newly_placed)
        key = "roster_absent_fewest" if new == done.fewest else "roster_absent_at_least"
        return self._look.word(key, new=new, fewest=done.fewest)

    def _show_done(self, wording: Wording, done: Mended) -> None:
        losses, gains = by_person(done.change.removed), by_person(done.change.added)
        people = sorted(losses.keys() | gains.keys(), key=wording.name)
        self.said.setText(f"{self.sentence(done)}\n{self._proof(done)}")
        self.list.setAccessibleName(self._look.word("roster_absent_changes"))
        self.list.show_rows([row for code in people for row in person_rows(wording, code, losses, gains)])
