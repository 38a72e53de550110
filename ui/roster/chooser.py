"""Who could stand there: everybody ranked with what speaks against them, found by a few letters."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from shifts.findings import Rule
from shifts.model import Assignment, Duty, Person, RosterProblem
from shifts.repair import Candidate, replacements
from shifts.rule_pack import Severity
from shifts.rules import Breach, is_allowed
from ui import console
from ui.look import Look
from ui.roster.board import Cell
from ui.roster.candidates import candidate_row
from ui.roster.find_field import FindField
from ui.roster.panel import Panel
from ui.roster.rows import Row, RowList
from ui.roster.thinker import Thinker
from ui.roster.wording import Wording
from ui.small_widgets import label


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody, and what speaks against them here.

    Attributes:
        misfit: They are not of the unit this seat asks for.
    """

    person: Person
    breaches: tuple[Breach, ...]
    misfit: bool
    hours: float
    nights: int

    @property
    def excluded(self) -> bool:
        """Whether something hard does."""
        return self.misfit or not is_allowed(self.breaches)


def ranked(problem: RosterProblem, assignments: frozenset[Assignment], cell: Cell) -> tuple[Choice, ...]:
    """Everybody for a cell, the most suitable first.

    Whether the shift is full says nothing about a person, nor does a duty where any will do.
    """
    duty = cell.assignment.duty if cell.assignment else Duty.CODE_CHECKER
    duty = cell.seat.duty if cell.seat and cell.seat.duty else duty
    nobody = Assignment("", cell.place[0], duty, cell.place[1])
    mute = {Rule.COVERAGE, Rule.SURPLUS} | (set() if cell.seat and cell.seat.duty else {Rule.UNTRAINED})
    seat_unit = cell.seat.unit if cell.seat else None

    def choice(one: Candidate) -> Choice:
        breaches = tuple(breach for breach in one.breaches if breach.rule not in mute)
        misfit = seat_unit is not None and seat_unit not in one.person.units
        return Choice(one.person, breaches, misfit, one.hours, one.nights)

    left = assignments - {cell.assignment} if cell.assignment else assignments
    found = (choice(one) for one in replacements(problem, left, cell.assignment or nobody))
    return tuple(sorted(found, key=_rank))


class Chooser(Panel):
    """A field, and the people below it."""

    chosen = Signal(object, object)
    """A `Cell` and the `Person` for it."""

    def __init__(self, look: Look, thinker: Thinker) -> None:
        super().__init__(look)
        self._thinker = thinker
        self._cell: Cell | None = None
        self._wording: Wording | None = None
        self._choices: tuple[Choice, ...] = ()
        self.title, self.note, self.hint = label("heading", wrap=True), label("", wrap=True), label("muted", wrap=True)
        self.list = RowList(look)
        self.field = FindField(look, self.list)
        rows = QVBoxLayout(self)
        rows.setSpacing(6)
        for each in (self.title, self.field, self.note):
            rows.addWidget(each)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.hint)
        rows.addWidget(self.back)
        self.field.textChanged.connect(self._list)
        self.list.chosen.connect(self._take)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Everybody, ranked."""
        return self._choices

    def open(
        self, wording: Wording, problem: RosterProblem, assignments: frozenset[Assignment], cell: Cell, typed: str = ""
    ) -> None:
        """Ask who is to stand in a cell."""
        self._cell, self._wording, self._choices = cell, wording, ()
        self._entitle()
        self.field.setText(typed)
        self.list.show_rows(())
        self.note.setText(self._look.word("roster_ranking"))
        self.note.show()
        self._thinker.ask("rank", partial(ranked, problem, assignments, cell), self._show, self._fail)
        self.field.setFocus()

    def _entitle(self) -> None:
        wording, cell = self._wording, self._cell
        if wording is not None and cell is not None:
            what = wording.name(cell.assignment.person) if cell.assignment else wording.gap(cell.seat)
            where = {"when": wording.when(cell.place[1]), "place": wording.name(cell.place[0])}
            self.title.setText(self._look.word("roster_choosing", what=what, **where))

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self.field.retranslate()
        self.list.setAccessibleName(word("roster_candidates"))
        self.hint.setText(word("roster_choose_hint"))
        self._entitle()
        self._list()

    def _show(self, choices: tuple[Choice, ...]) -> None:
        self._choices = choices
        self._list()

    def _fail(self, error: Exception) -> None:
        self.note.setText(console.sentence(error, self._look.language))

    @Slot()
    def _list(self) -> None:
        wording = self._wording
        if wording is None or not self._choices:
            return
        wanted = [one for one in self._choices if self.field.finds(one.person)]
        self.list.show_rows([self._row(wording, one) for one in wanted])
        self.list.mark(0)
        self.note.setText("" if wanted else self._look.word("roster_nobody_found"))
        self.note.setVisible(not wanted)

    def _row(self, wording: Wording, one: Choice) -> Row:
        side = self._look.word("roster_candidate", nights=one.nights, hours=one.hours)
        why_not = None
        if one.misfit and is_allowed(one.breaches):
            seat = self._cell.seat if self._cell else None
            why_not = self._look.word("roster_not_of", unit=seat.unit if seat else "")
        title = f"{one.person.name} {one.person.code}"
        return candidate_row(self._look, wording, one, title=title, side=side, why_not=why_not)

    @Slot(object)
    def _take(self, one: Choice) -> None:
        if self._cell is not None:
            self.chosen.emit(self._cell, one.person)


def _rank(one: Choice) -> tuple[int, ...]:
    weights = [breach.severity for breach in one.breaches]
    lent = any(breach.rule is Rule.AWAY for breach in one.breaches)
    return weights.count(Severity.HARD) + one.misfit, weights.count(Severity.WARNING), lent, len(weights)
