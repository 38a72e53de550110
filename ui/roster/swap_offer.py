"""Beginning a swap: how the shift is to change hands, and with whom, best first, each with what it would break."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout

from shifts.model import Assignment
from shifts.swap_choices import Choice, takers, trades
from shifts.swaps import Kind, last_call
from station import texts_roster
from station.rosters import Published
from station.swap_inbox import Inbox
from station.texts import pick
from ui import console
from ui.look import Look
from ui.roster.candidates import candidate_row
from ui.roster.find_field import FindField
from ui.roster.panel import Panel
from ui.roster.rows import Row, RowList
from ui.roster.thinker import Thinker
from ui.roster.wording import Wording
from ui.small_widgets import label, say


@dataclass(frozen=True, slots=True)
class Beginning:
    """A shift that is to be swapped.

    Attributes:
        published: The roster it stands in.
        inbox: Who may sign.
        names: Of people and checkpoints, by code.
        officer: Who is at the desk.
    """

    cell: Assignment
    published: Published
    inbox: Inbox
    names: Mapping[str, str]
    officer: str | None
    now: datetime

    def kinds(self) -> list[Kind]:
        """What can still be done, the likeliest first."""
        problem = self.published.problem
        kinds = [Kind.GIVE, Kind.EXCHANGE, Kind.TAKE, Kind.ACT]
        if self.officer not in self.inbox.leads:
            kinds.remove(Kind.ACT)
        likely = Kind.GIVE
        if self.officer != self.cell.person:
            rostered = {person.code for person in problem.people}
            likely = Kind.ACT if Kind.ACT in kinds else Kind.TAKE if self.officer in rostered else Kind.GIVE
        in_time = [kind for kind in kinds if self.now < last_call(problem, kind, self.cell)]
        return sorted(in_time, key=lambda kind: kind is not likely)


class SwapOffer(Panel):
    """Four ways, a field, and the people or shifts below it."""

    chosen = Signal(object, object, object)
    """A `Beginning`, a `Kind`, a `Choice`."""

    def __init__(self, look: Look, thinker: Thinker) -> None:
        super().__init__(look)
        self._thinker = thinker
        self._begun: Beginning | None = None
        self._found: tuple[Choice, ...] | None = None
        self.kind = Kind.GIVE
        self.title, self.note = label("heading", wrap=True), label("", wrap=True)
        self.kinds = {kind: QPushButton() for kind in (Kind.GIVE, Kind.EXCHANGE, Kind.TAKE, Kind.ACT)}
        self.list = RowList(look)
        self.field = FindField(look, self.list)
        self.hint = label("muted", wrap=True)
        grid = QGridLayout()
        grid.setSpacing(4)
        for number, (kind, button) in enumerate(self.kinds.items()):
            button.setCheckable(True)
            button.clicked.connect(partial(self._turn, kind))
            grid.addWidget(button, number // 2, number % 2)
        rows = QVBoxLayout(self)
        rows.setSpacing(6)
        rows.addWidget(self.title)
        rows.addLayout(grid)
        rows.addWidget(self.note)
        rows.addWidget(self.field)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.hint)
        rows.addWidget(self.back)
        self.field.textChanged.connect(self._list)
        self.list.chosen.connect(self._take)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Everybody or every shift there is to choose from."""
        return self._found or ()

    def open(self, begun: Beginning) -> None:
        """Ask how, and with whom."""
        self._begun = begun
        self.field.clear()
        kinds = begun.kinds()
        for kind, button in self.kinds.items():
            button.setEnabled(kind in kinds)
            button.setVisible(kind is not Kind.ACT or begun.officer in begun.inbox.leads)
        if kinds:
            self.turn(kinds[0])
        else:
            self._found = None
            self._thinker.forget("swap")
            self.retranslate()
            self.back.setFocus()

    def turn(self, kind: Kind) -> None:
        """Ask for this kind of swap."""
        begun = self._begun
        if begun is None:
            return
        self.kind, self._found = kind, None
        rank = trades if kind is Kind.EXCHANGE else takers
        job = partial(rank, begun.published.problem, begun.published.roster, begun.cell, begun.now)
        self._thinker.ask("swap", job, self._show, self._fail)
        self.retranslate()
        self.field.setFocus()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word, begun = self._look.word, self._begun
        for kind, button in self.kinds.items():
            say(button, word(f"swap_kind_{kind}"))
            button.setChecked(begun is not None and kind is self.kind and button.isEnabled())
        self.field.retranslate()
        self.list.setAccessibleName(word("roster_candidates"))
        self.hint.setText(word("roster_choose_hint"))
        if begun is None:
            return
        names, one, language = begun.names, begun.cell, self._look.language
        where = {"when": texts_roster.shift(one.shift, language), "place": names.get(one.checkpoint, one.checkpoint)}
        duty = pick(texts_roster.DUTIES[one.duty], language)
        self.title.setText(word("swap_whose", who=names.get(one.person, one.person), duty=duty, **where))
        self._list()

    def _turn(self, kind: Kind, _checked: bool = False) -> None:  # noqa: FBT001 - Qt's argument
        self.turn(kind)

    def _show(self, found: tuple[Choice, ...]) -> None:
        self._found = found
        self._list()

    def _fail(self, error: Exception) -> None:
        self.note.setText(console.sentence(error, self._look.language))

    @Slot()
    def _list(self) -> None:
        begun = self._begun
        if begun is None:
            return
        found = (one for one in self.choices if self.field.finds(one.person))
        wanted = sorted(found, key=lambda one: not self._can_sign(begun, one))
        wording = Wording(self._look, begun.published.problem)
        self.list.show_rows([self._row(begun, wording, one) for one in wanted])
        own = (number for number, one in enumerate(wanted) if one.person.code == begun.officer)
        self.list.mark(next(own, 0) if self.kind is Kind.TAKE else 0)
        self.note.setText(self._note(begun, wanted))

    def _note(self, begun: Beginning, wanted: list[Choice]) -> str:
        word, kinds = self._look.word, begun.kinds()
        if self.kind not in kinds:
            return word(
                "swap_begun" if begun.now < last_call(begun.published.problem, Kind.ACT, begun.cell) else "swap_over"
            )
        if self._found is None:
            return word("roster_ranking")
        return word(f"swap_ask_{self.kind}") if wanted else word("roster_nobody_found")

    def _can_sign(self, begun: Beginning, one: Choice) -> bool:
        """Whether everybody who would have to sign has a PIN here."""
        return self.kind is Kind.ACT or {one.person.code, begun.cell.person} <= begun.inbox.signers

    def _row(self, begun: Beginning, wording: Wording, one: Choice) -> Row:
        side = self._look.word("roster_candidate", nights=one.nights, hours=one.hours)
        title = f"{one.person.name} {one.person.code}"
        if one.other is not None:
            title = f"{wording.when(one.other.shift)} · {one.person.name}"
            side = wording.duty(one.other.duty)
        why_not = None
        if not self._can_sign(begun, one):
            asked = one.person if one.person.code not in begun.inbox.signers else None
            name = asked.name if asked else wording.name(begun.cell.person)
            why_not = f"{name} {self._look.word('swap_cannot_answer')}"
        return candidate_row(self._look, wording, one, title=title, side=side, why_not=why_not)

    @Slot(object)
    def _take(self, one: Choice) -> None:
        if self._begun is not None:
            self.chosen.emit(self._begun, self.kind, one)
