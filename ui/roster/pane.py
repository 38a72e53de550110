"""Beside the grid: the cell in hand with what can be done there, and every problem, the nearest one key away."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from shifts.rule_pack import Severity
from shifts.rules import Breach
from ui.look import Look
from ui.roster.board import Cell
from ui.roster.fairness import Share
from ui.roster.marks import Marks, key_of, shown_at, when
from ui.roster.model import BoardModel
from ui.roster.remedy import Remedies
from ui.roster.rows import ROW, Row, RowList
from ui.roster.wording import Wording
from ui.small_widgets import label, say

MOST = 300
"""Rows listed at once: whoever has more to mend begins with these."""


class CellCard(QFrame):
    """The cell in hand: who, what is wrong, what can be done."""

    choose = Signal()
    confirm = Signal()
    take_out = Signal()
    pin = Signal()
    swap = Signal()
    absent = Signal()
    """They cannot come."""
    shifts = Signal()
    """All of theirs are to be seen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("role", "card")
        self.where, self.who, self.facts = label("muted", wrap=True), label("heading", wrap=True), label("", wrap=True)
        self.said = RowList(look)
        self.said.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.broken: Sequence[Breach] = ()
        """What is told to be broken here, the hardest first; nothing while somebody is held."""
        self.remedies = Remedies(look)
        self.choose_button, self.confirm_button = QPushButton(), QPushButton()
        self.take_out_button, self.pin_button = QPushButton(), QPushButton()
        self.swap_button, self.shifts_button, self.absent_button = QPushButton(), QPushButton(), QPushButton()
        rows = QVBoxLayout(self)
        rows.setSpacing(2)
        for each in (self.where, self.who, self.facts, self.said, self.remedies):
            rows.addWidget(each)
        self.buttons = QWidget()
        grid = QGridLayout(self.buttons)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setSpacing(4)
        everyone = (self.choose_button, self.confirm_button, self.take_out_button, self.pin_button)
        for number, button in enumerate(everyone):
            grid.addWidget(button, number // 2, number % 2)
        grid.addWidget(self.absent_button, 2, 0, 1, 2)
        rows.addWidget(self.buttons)
        line = QHBoxLayout()
        line.setSpacing(4)
        for button in (self.swap_button, self.shifts_button):
            line.addWidget(button)
        rows.addLayout(line)
        self.choose_button.clicked.connect(self.choose)
        self.confirm_button.clicked.connect(self.confirm)
        self.take_out_button.clicked.connect(self.take_out)
        self.pin_button.clicked.connect(self.pin)
        self.swap_button.clicked.connect(self.swap)
        self.shifts_button.clicked.connect(self.shifts)
        self.absent_button.clicked.connect(self.absent)

    def show_cell(
        self, model: BoardModel, cell: Cell | None, share: Share | None, news: Sequence[Breach] | None = None
    ) -> None:
        """Show a cell.

        Args:
            model: The board.
            cell: The cell; None: nothing is in hand.
            share: The burden of who stands there.
            news: While somebody is held: what putting them down here would newly break.
        """
        wording, word = model.wording, self._look.word
        self.broken = ()
        if cell is None or wording is None:
            self.hide()
            return
        self.show()
        one, held = cell.assignment, model.held.assignment if model.held else None
        self.where.setText(wording.place(*cell.place))
        told = model.tally(cell.place)
        if one is not None:
            who = wording.name(one.person)
        elif cell.lacking or (told.short and cell.seat):
            who = wording.gap(cell.seat)
        else:
            who = word("roster_heads_here", have=told.have, need=told.need)
        self.who.setText(who)
        self.facts.setText(self._facts(wording, cell, share))
        self.facts.setVisible(bool(self.facts.text()))
        if held is not None:
            self.where.setText(word("roster_holding", who=wording.name(held.person), when=wording.when(held.shift)))
            told_rows = [Row(wording.breach(each), weight=each.severity, quiet=True) for each in news or ()]
            told_here = [wording.place(*cell.place)]
            if one is not None and one != held:
                told_here.append(word("roster_trading", who=wording.name(one.person)))
            told_here.append(word("roster_would_break" if told_rows else "roster_would_mend"))
            self._list([Row("\n".join(told_here)), *told_rows])
        else:
            broken = self.broken = model.marks.at(one) if one else model.marks.of_place.get(cell.place, [])
            rows = [Row("", model.swaps[one])] if one is not None and one in model.swaps else []
            self._list(rows + [Row("", wording.breach(each), weight=each.severity) for each in broken])
        self._offer(model, cell)

    def retranslate(self) -> None:
        """Its names; the rest is said when a cell is shown."""
        self.said.setAccessibleName(self._look.word("roster_problems"))
        self.remedies.retranslate()

    def _facts(self, wording: Wording, cell: Cell, share: Share | None) -> str:
        if cell.assignment is None:
            return ""
        duty = wording.whole_duty(cell.assignment.duty)
        if share is None:
            return duty
        figures = {"nights": share.nights, "weekends": share.weekends, "hours": share.hours}
        return self._look.word("roster_person_facts", duty=duty, **figures)

    def _list(self, rows: list[Row]) -> None:
        self.said.show_rows([_flat(row) for row in rows])
        self.said.setVisible(bool(rows))
        high = sum(self.said.sizeHintForRow(number) for number in range(len(rows)))
        most = 4 if self.broken else 6  # of what is broken the hardest is whole, and room is left for what mends it
        self.said.setFixedHeight(min(high, most * self.said.fontMetrics().lineSpacing()) + 2)

    def _offer(self, model: BoardModel, cell: Cell) -> None:
        word, one = self._look.word, cell.assignment
        self.buttons.setVisible(model.editable)
        pinned = model.problem is not None and one in model.problem.pins
        holding = model.held is not None
        texts = {
            self.choose_button: word("roster_replace" if one else "roster_choose"),
            self.confirm_button: word("roster_put_down" if holding else "roster_pick_up"),
            self.take_out_button: word("roster_take_out"),
            self.pin_button: word("roster_unpin" if pinned else "roster_pin"),
            self.absent_button: word("roster_absent"),
            self.swap_button: word("swap_begin"),
            self.shifts_button: word("roster_shifts"),
        }
        for button, text in texts.items():
            say(button, text)
        for button in (self.swap_button, self.shifts_button, self.absent_button):
            button.setVisible(one is not None and not holding)
        self.choose_button.setEnabled(not pinned and not holding)
        self.confirm_button.setEnabled((one is not None and not pinned) or holding)
        self.take_out_button.setEnabled(one is not None and not pinned and not holding)
        self.pin_button.setEnabled(one is not None and not holding)


class ProblemsPane(QWidget):
    """The cell in hand above, all problems below."""

    wanted = Signal(object)
    """A breach whose place is to be shown."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._breaches: list[Breach] = []
        self.day: date | None = None
        """Of the cell in hand."""
        self.cell = CellCard(look)
        self.title, self.counts = label("heading"), label("", wrap=True)
        self.next = QPushButton()
        self.list = RowList(look)
        self.list.setMinimumHeight(60)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # the cell's card comes first
        self.hints = label("muted", wrap=True)
        card = QFrame()
        card.setProperty("role", "card")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.next)
        below = QVBoxLayout(card)
        below.setSpacing(4)
        below.addLayout(head)
        below.addWidget(self.counts)
        below.addWidget(self.list, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.cell)
        rows.addWidget(card, 1)
        rows.addWidget(self.hints)
        self.list.chosen.connect(self.wanted)
        self.next.clicked.connect(self.go_next)
        self.cell.hide()

    @property
    def breaches(self) -> Sequence[Breach]:
        """Those listed, in their order."""
        return self._breaches

    def show_marks(self, wording: Wording, marks: Marks) -> None:
        """List what is broken: what must be mended, then warnings, then what is only worth knowing."""
        self._breaches = list(marks.breaches[:MOST])
        word = self._look.word
        count = {"hard": Severity.HARD, "warning": Severity.WARNING, "note": Severity.INFORMATION}
        figures = {key: marks.count(severity) for key, severity in count.items()}
        self.counts.setText(word("roster_counts", **figures) if marks.breaches else word("roster_no_problems"))
        current = self.list.currentIndex().data(ROW)
        self.list.show_rows(
            [
                Row(_title(wording, each), wording.breach(each), about=each, weight=each.severity)
                for each in self._breaches
            ]
        )
        self.next.setEnabled(bool(self._breaches))
        if current is not None:
            same = key_of(current.about)
            self.list.mark(next((n for n, each in enumerate(self._breaches) if key_of(each) == same), -1))

    def say_checking(self) -> None:
        """It is not known yet what is broken."""
        self.counts.setText(self._look.word("roster_checking"))

    @Slot()
    def go_next(self) -> None:
        """The next problem of the list, and round again."""
        self._step(1)

    def go_back(self) -> None:
        """The one before."""
        self._step(-1)

    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        self.title.setText(word("roster_problems"))
        say(self.next, word("roster_next"))
        self.list.setAccessibleName(word("roster_problems"))
        self.hints.setText(word("roster_hints"))
        self.cell.retranslate()

    def _nearest(self) -> int:
        """The first one from the day in hand on, of those that weigh most."""
        worst = self._breaches[0].severity
        for number, breach in enumerate(self._breaches):
            day = when(breach)
            if breach.severity is worst and self.day is not None and day is not None and day >= self.day:
                return number
        return 0

    def _step(self, by: int) -> None:
        if self._breaches:
            row = self.list.currentIndex().row()
            number = (row + by) % len(self._breaches) if row >= 0 else self._nearest()
            self.list.mark(number)
            self.wanted.emit(self._breaches[number])


def _title(wording: Wording, breach: Breach) -> str:
    """When, and whose or where."""
    finding, shifts = breach.finding, shown_at(breach)
    whose = finding.checkpoint if finding.person is None else finding.person
    parts = [wording.when(shifts[-1]) if shifts else "", wording.name(whose or "")]
    return " · ".join(part for part in parts if part)


def _flat(row: Row) -> Row:
    """A row of a card, where a sentence may take more than the title's one line."""
    return Row("", row.title or row.detail, about=row.about, weight=row.weight)
