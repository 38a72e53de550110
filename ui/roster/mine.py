"""One person's shifts: a calendar, the next one, each with who else is there, and the file for their phone."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from shifts.model import Assignment, Person, RosterProblem
from shifts.stints import Stint, by_person, stint_of
from ui.choice import Choice, or_any
from ui.look import Look
from ui.roster.calendar import Calendar
from ui.roster.fairness import shares
from ui.roster.panel import Panel
from ui.roster.rows import Row, RowList
from ui.roster.wording import Wording
from ui.small_widgets import label, say

_MOST_NAMES = 6


class MinePane(Panel):
    """Whose it is can be chosen; everybody may look, for the board shows it all the same."""

    picked = Signal(str)
    """A person's code."""
    exported = Signal(str)
    """Whose calendar is to be saved."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._told: tuple[Wording, RosterProblem, frozenset[Assignment], datetime] | None = None
        self.title, self.next, self.figures = label("heading"), label("", wrap=True), label("muted", wrap=True)
        self.note = label("muted", wrap=True)
        self.who = Choice[Person | None]((None,))
        self.calendar = Calendar(look)
        self.list = RowList(look)
        self.export = QPushButton()
        self.export.setProperty("role", "main")
        rows = QVBoxLayout(self)
        rows.setSpacing(4)
        for each in (self.title, self.who, self.next, self.figures, self.calendar):
            rows.addWidget(each)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.note)
        for button in (self.export, self.back):
            rows.addWidget(button)
        self.who.activated.connect(self._choose)
        self.export.clicked.connect(self._export)

    def open(
        self,
        wording: Wording,
        problem: RosterProblem,
        assignments: frozenset[Assignment],
        code: str | None,
        now: datetime,
    ) -> None:
        """Show somebody's shifts; nobody named: those of whoever comes first."""
        self._told = wording, problem, assignments, now
        people = sorted(problem.people, key=lambda one: (one.name, one.code)) or (None,)
        self.who.offer(people)
        self.who.choose(next((one for one in people if one is not None and one.code == code), people[0]))
        self._name_people()
        self._show()

    @property
    def person(self) -> Person | None:
        """Whose shifts are seen."""
        return self.who.value

    def show_again(self, wording: Wording, problem: RosterProblem, assignments: frozenset[Assignment]) -> None:
        """The same person's, after an edit or in another language."""
        if self._told is not None and self.person is not None:
            self.open(wording, problem, assignments, self.person.code, self._told[3])

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self._name_people()
        self.list.setAccessibleName(word("roster_mine_list"))
        self.note.setText(word("roster_mine_published"))
        say(self.export, word("roster_mine_export"))

    def _name_people(self) -> None:
        self.who.say(self._look.word("roster_mine_who"), or_any("", lambda one: f"{one.name} {one.code}"))

    def _show(self) -> None:
        person = self.person
        if self._told is None or person is None:
            return
        wording, problem, assignments, now = self._told
        word = self._look.word
        self.title.setText(word("roster_mine_title", who=person.name))
        mine = _stints(problem, assignments, person.code)
        share = shares(problem, assignments, {person.code})[person.code]
        told = {"shifts": len(mine), "hours": share.hours, "nights": share.nights, "weekends": share.weekends}
        self.figures.setText(word("roster_mine_figures", **told))
        self.calendar.show_person(wording, problem, person, assignments)
        coming = next((number for number, one in enumerate(mine) if one.shift.span(one.day)[1] > now), None)
        self.list.show_rows([self._row(wording, assignments, one) for one in mine])
        if coming is None:
            self.next.setText(word("roster_mine_none"))
        else:
            stint = mine[coming]
            key = "roster_mine_now" if stint.shift.span(stint.day)[0] <= now else "roster_mine_next"
            named = {"when": wording.when(stint.assignment.shift), "hours": wording.whole_hours(stint.shift)}
            self.next.setText(word(key, **named, place=wording.name(stint.assignment.checkpoint)))
            self.list.mark(coming)
        self.picked.emit(person.code)

    def _row(self, wording: Wording, assignments: frozenset[Assignment], stint: Stint) -> Row:
        """A shift: when and where, as what, and with whom."""
        one = stint.assignment
        place = one.checkpoint, one.shift
        beside = sorted(
            wording.name(each.person)
            for each in assignments
            if (each.checkpoint, each.shift) == place and each.person != one.person
        )
        names = "、".join(beside[:_MOST_NAMES]) + ("…" if len(beside) > _MOST_NAMES else "")
        about = f"{wording.name(one.checkpoint)} · {wording.whole_duty(one.duty)}"
        told = (about, self._look.word("roster_mine_with", names=names) if names else "")
        when, hours = wording.when(one.shift), wording.whole_hours(stint.shift)
        return Row(when, "\n".join(filter(None, told)), side=hours, about=one)

    @Slot()
    def _choose(self) -> None:
        self._show()

    @Slot()
    def _export(self) -> None:
        if self.person is not None:
            self.exported.emit(self.person.code)


def _stints(problem: RosterProblem, assignments: frozenset[Assignment], code: str) -> list[Stint]:
    """Somebody's shifts in the order of the clock; what the problem does not know is passed over."""
    theirs = [
        stint_of(problem, one)
        for one in assignments
        if one.person == code and one.checkpoint in problem.plans and _is_shift(problem, one)
    ]
    return by_person(theirs).get(code, [])


def _is_shift(problem: RosterProblem, one: Assignment) -> bool:
    return one.shift.code in problem.plans[one.checkpoint].codes
