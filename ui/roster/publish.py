"""Before a roster is published: who gains and loses which shift, what is newly broken, and the lead's word for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from shifts.comparing import worsened
from shifts.model import Assignment, RosterProblem
from shifts.moved_hours import Moved, moved_hours
from shifts.publishing import Approval, begun, difference, unapproved
from shifts.rules import Breach, check
from station.rosters import Published
from station.rule_pack_strict import held
from ui.look import Look
from ui.roster.marks import key_of
from ui.roster.panel import Panel
from ui.roster.rows import LINES, Row, RowList
from ui.roster.wording import Wording
from ui.small_widgets import label, say

MOST = 5
"""Hard breaches a lead may give a word for at once: more is no emergency but an unfinished roster."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What publishing a draft means.

    Attributes:
        gains: Shifts by person; `losses` likewise.
        news: What the version before does not break.
        unworded: Hard breaches that no lead has given a word for.
        begun: How many changes are about shifts that have begun or are over.
        moved: Shifts that have other hours than in the version before.
    """

    gains: dict[str, list[Assignment]]
    losses: dict[str, list[Assignment]]
    news: tuple[Breach, ...]
    unworded: tuple[Breach, ...]
    begun: int = 0
    moved: tuple[Moved, ...] = ()

    @property
    def changes(self) -> int:
        """How many assignments, and how many shifts' hours, differ."""
        return sum(map(len, (*self.gains.values(), *self.losses.values(), self.moved)))


def outlook(
    problem: RosterProblem,
    assignments: frozenset[Assignment],
    before: Published | None,
    now: datetime,
) -> Outlook:
    """What publishing would change, against the version before."""
    problem = held(problem)
    published, approvals = (before.roster.assignments, before.approvals) if before else (None, ())
    change = difference(published or (), assignments)
    found = check(problem, assignments)
    news = worsened(found, check(problem, published)) if published is not None else ()
    over = len(begun(problem, change, now))
    moved = moved_hours(before.problem, problem) if before else ()
    unworded = unapproved(found, approvals)
    return Outlook(by_person(change.added), by_person(change.removed), news, unworded, over, moved)


class PublishPanel(Panel):
    """The outlook, and the form below it."""

    ordered = Signal(object, str, str)
    """The approvals without whose they are, and a lead's code and PIN."""
    dropped = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.outlook: Outlook | None = None
        self.reasons: list[tuple[Breach, QLineEdit]] = []
        self._version, self._sure, self._ever = 1, False, False
        self.title, self.summary = label("heading", wrap=True), label("", wrap=True)
        self.list = RowList(look)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.must = label("", wrap=True)
        self.code, self.pin = QLineEdit(), QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.problem = label("error", wrap=True)
        self.publish, self.drop = QPushButton(), QPushButton()
        self.publish.setProperty("role", "main")
        self._form = QVBoxLayout()
        self._form.setSpacing(4)
        self._words = QScrollArea()
        self._words.setWidgetResizable(True)
        self._words.setFrameShape(QFrame.Shape.NoFrame)
        self._words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows = QVBoxLayout(self)
        rows.setSpacing(6)
        rows.addWidget(self.title)
        rows.addWidget(self.summary)
        rows.addWidget(self.list, 2)
        rows.addWidget(self.must)
        rows.addWidget(self._words, 2)
        for each in (self.code, self.pin, self.problem, self.publish):
            rows.addWidget(each)
        line = QHBoxLayout()
        line.addWidget(self.drop)
        line.addWidget(self.back)
        rows.addLayout(line)
        self.publish.clicked.connect(self.order)
        self.drop.clicked.connect(self._drop)
        for field in (self.code, self.pin):
            field.textChanged.connect(self._settle)
            field.returnPressed.connect(self.order)

    def open(self, version: int, code: str | None) -> None:
        """Ask; the outlook comes."""
        self.outlook, self._version = None, version
        self.code.setText(code or "")
        self.forget()
        self.say("")
        self.summary.setText(self._look.word("roster_checking"))
        self.list.show_rows(())
        self._ask_words(())
        self.retranslate()
        self.list.setFocus()

    def show_outlook(self, wording: Wording, told: Outlook, *, ever: bool) -> None:
        """Show what publishing means.

        Args:
            wording: For names.
            told: What changes.
            ever: Whether a version was published before.
        """
        self.outlook, self._ever = told, ever
        word = self._look.word
        people = sorted(told.gains.keys() | told.losses.keys(), key=wording.name)
        summary = word("roster_changes", people=len(people), count=told.changes)
        if told.news:
            summary += "\n" + word("roster_newly", count=len(told.news))
        if told.begun:
            summary += "\n" + word("roster_begun_already", count=told.begun)
        self.summary.setText(summary if told.changes else word("roster_no_changes"))
        asked = {key_of(one) for one in told.unworded} if len(told.unworded) <= MOST else set()
        news = [Row("", wording.breach(one), weight=one.severity) for one in told.news if key_of(one) not in asked]
        news += [Row("", wording.moved(one)) for one in told.moved]
        self.list.show_rows(
            [
                *news,
                *(
                    row
                    for code in (people if ever else ())
                    for row in person_rows(wording, code, told.losses, told.gains)
                ),
            ]
        )
        hard = told.unworded
        if len(hard) > MOST:
            self.must.setText(word("roster_too_many", count=len(hard), most=MOST))
            self._ask_words(())
        else:
            self.must.setText(word("roster_must_word", count=len(hard)) if hard else "")
            self._ask_words([(one, wording.breach(one)) for one in hard])
        self.must.setVisible(bool(hard))
        (self.reasons[0][1] if self.reasons else self.pin if self.code.text() else self.code).setFocus()
        self._settle()

    def say_again(self, wording: Wording | None) -> None:
        """The same in the language in force; reasons given stay."""
        if wording is None or self.outlook is None:
            return
        given = [field.text() for _, field in self.reasons]
        self.show_outlook(wording, self.outlook, ever=self._ever)
        for (_, field), text in zip(self.reasons, given, strict=True):
            field.setText(text)

    @Slot()
    def order(self) -> None:
        """Publish, if everything is there."""
        if not self.publish.isEnabled():
            return
        approvals = [
            Approval(one.rule, one.finding, self.code.text().strip(), field.text().strip())
            for one, field in self.reasons
        ]
        self.publish.setEnabled(False)
        self.problem.hide()
        self.summary.setText(self._look.word("roster_publishing"))
        self.ordered.emit(approvals, self.code.text().strip(), self.pin.text())

    def say(self, sentence: str) -> None:
        """What went wrong; the PIN is asked for again."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.forget()
        self._settle()

    def forget(self) -> None:
        """No PIN stays typed, and nothing is half-way dropped."""
        self.pin.clear()
        self.drop.setChecked(False)
        self.drop.setText(self._look.word("roster_drop"))
        self._sure = False

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self.title.setText(word("roster_publish_title", version=self._version))
        for field, key in ((self.code, "roster_lead_code"), (self.pin, "roster_lead_pin")):
            field.setPlaceholderText(word(key))
            field.setAccessibleName(word(key))
        for button, key in ((self.publish, "roster_publish_now"), (self.drop, "roster_drop")):
            say(button, word(key))
        self.list.setAccessibleName(word("roster_publish_title", version=self._version))
        for _, field in self.reasons:
            field.setPlaceholderText(word("roster_reason"))

    def _ask_words(self, hard: Sequence[tuple[Breach, str]]) -> None:
        """A field for each."""
        sheet = QWidget()
        sheet.setObjectName("plain")
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(0, 0, 4, 0)
        self.reasons = []
        for breach, sentence in hard:
            told = label("", wrap=True)
            told.setText(sentence)
            field = QLineEdit()
            field.setPlaceholderText(self._look.word("roster_reason"))
            field.setAccessibleName(self._look.word("roster_reason_for", what=sentence))
            field.textChanged.connect(self._settle)
            field.returnPressed.connect(self.order)
            rows.addWidget(told)
            rows.addWidget(field)
            self.reasons.append((breach, field))
        rows.addStretch()
        self._words.setWidget(sheet)
        self._words.setVisible(bool(hard))

    @Slot()
    def _settle(self) -> None:
        told = self.outlook
        signed = bool(self.code.text().strip() and self.pin.text())
        worded = all(field.text().strip() for _, field in self.reasons)
        fit = told is not None and bool(told.changes) and len(told.unworded) <= MOST
        self.publish.setEnabled(fit and signed and worded)

    @Slot()
    def _drop(self) -> None:
        if self._sure:
            self.dropped.emit()
        else:
            self._sure = True
            self.drop.setText(self._look.word("roster_drop_sure"))


ByPerson = dict[str, list[Assignment]]


def person_rows(wording: Wording, code: str, losses: ByPerson, gains: ByPerson) -> list[Row]:
    """What somebody loses and gains, and where they only do something else."""
    word, lost, won = wording.look.word, losses.get(code, []), gains.get(code, [])
    places = [{(one.checkpoint, one.shift) for one in shifts} for shifts in (lost, won)]
    stays = places[0] & places[1]

    def told(key: str, shifts: Iterable[Assignment], *, stay: bool) -> list[str]:
        wanted = (one for one in shifts if ((one.checkpoint, one.shift) in stays) is stay)
        return [
            word(key, what=wording.place(one.checkpoint, one.shift), duty=wording.whole_duty(one.duty))
            for one in wanted
        ]

    parts = told("roster_loses", lost, stay=False) + told("roster_gains", won, stay=False)
    parts += told("roster_turns", won, stay=True)
    few = [parts[number : number + LINES] for number in range(0, len(parts), LINES)]
    return [Row("" if number else wording.name(code), "\n".join(lines)) for number, lines in enumerate(few)]


def by_person(shifts: Iterable[Assignment]) -> ByPerson:
    """Shifts in order of time, by who has them."""
    found: dict[str, list[Assignment]] = {}
    for one in sorted(shifts, key=lambda one: (one.shift.day, one.shift.code)):
        found.setdefault(one.person, []).append(one)
    return found
