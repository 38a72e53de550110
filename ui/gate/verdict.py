"""The whole-screen verdict: shape, colour and word, one reason, what to do now, and each occupant in a line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station import texts
from station.desk import Desk
from station.session import Session
from station.verdict import Outcome
from station.view import View
from ui.gate import wording
from ui.gate.column import Column, Headline, Line, Shape
from ui.gate.decide import DecidePanel, Kind
from ui.gate.style import verdict_sheet
from ui.gate.widgets import FittedLabel, Touch, show_only
from ui.look import Look
from ui.theme import VERDICTS

MOST_LINES = 5


class VerdictScreen(QWidget):
    """What came of it. It shows `View.shown` and nothing else: a pass that is not kept is none."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__()
        self.look, self.desk = look, desk
        self.view: View | None = None
        self._worn: Outcome | None = None
        self.answer = QWidget()
        self.answer.setObjectName("verdict")
        self.answer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.decide = DecidePanel(look, desk)
        self.decide.closed.connect(self._close_decision)
        for screen in (self.answer, self.decide):
            screen.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.answer)
        layout.addWidget(self.decide)
        self.decide.body.setContentsMargins(12, 12, 12, 12)
        self._lay_out_answer()

    def _lay_out_answer(self) -> None:
        self.shape = Shape()
        self.word = Headline(120, bold=True)
        self.vehicle, self.reason = FittedLabel(34, bold=True), FittedLabel(34, bold=True)
        self.action, self.problem = FittedLabel(28), FittedLabel(24, bold=True)
        self.lines = [Line() for _ in range(MOST_LINES)]
        said = (self.word, self.vehicle, self.reason, self.action)
        self.column = Column(self.look, [*said, *self.lines, self.problem])
        upper = QHBoxLayout()
        upper.addWidget(self.shape, 3)
        upper.addSpacing(24)
        upper.addWidget(self.column, 7)
        self.next = Touch(self.look, "next_vehicle", role="main").tap(self.desk.do, Session.next_vehicle)
        self.release = Touch(self.look, "release").tap(self._decide, Kind.RELEASE)
        self.turn_back = Touch(self.look, "turn_back").tap(self._decide, Kind.TURN_BACK)
        self.recheck = Touch(self.look, "recheck").tap(self.desk.do, Session.recheck)
        buttons = QHBoxLayout()
        for button in (self.recheck, self.turn_back, self.release, self.next):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button)
        body = QVBoxLayout(self.answer)
        body.setContentsMargins(36, 24, 36, 24)
        body.addLayout(upper, 1)
        body.addLayout(buttons)

    def show_view(self, view: View) -> None:
        """A verdict, or None of it: whatever was shown before is gone."""
        if self.view is None or self.view.check != view.check or view.released or view.turned_back:
            self._close_decision()
        self.view = self.decide.view = view
        self.refresh()

    def forget(self) -> None:
        """The next vehicle: nothing of the one before is left."""
        self.view = self.decide.view = None
        self._close_decision()
        for label in (self.word, self.vehicle, self.reason, self.action, *(line.label for line in self.lines)):
            label.say("")

    def refresh(self) -> None:
        """Say it in the language in force."""
        view, look = self.view, self.look
        if view is None or view.shown is None:
            return
        outcome = view.shown
        if outcome is not self._worn:
            self._worn = outcome
            self.answer.setStyleSheet(verdict_sheet(outcome, VERDICTS[outcome].text))
        ink = VERDICTS[outcome].text
        self.shape.say(outcome, ink)
        self.word.say(texts.outcome(outcome, look.language))
        self.vehicle.say(wording.vehicle(look, view))
        self.reason.say(wording.main_reason(look, view))
        self.action.say(wording.next_action(look, view))
        lines = wording.occupant_lines(look, view, MOST_LINES)
        for number, line in enumerate(self.lines):
            line.say(*(lines[number] if number < len(lines) else (outcome, "")), ink)
        self.column.arrange()
        settled = view.released or view.turned_back
        self.release.setVisible(outcome is Outcome.REVIEW and view.committed)
        self.recheck.setVisible(not settled)
        self.turn_back.setVisible(outcome is not Outcome.REFUSE and view.committed)
        self.turn_back.key = "to_turn_back" if outcome is Outcome.PASS else "turn_back"
        self.turn_back.retranslate()
        self.decide.refresh()

    def tell(self, sentence: str) -> None:
        """What went wrong, where the eye is."""
        self.problem.say("" if sentence == self.reason.text() else sentence)
        self.column.arrange()

    @property
    def deciding(self) -> bool:
        """Whether a decision is being entered."""
        return self.decide.isVisibleTo(self)

    def typed(self, character: str) -> bool:
        """A character of the keyboard."""
        return self.deciding and self.decide.typed(character)

    def erase(self) -> None:
        """Take the last character back."""
        self.decide.erase()

    def confirm(self) -> None:
        """Enter: sign, or the next vehicle."""
        if self.deciding:
            self.decide.confirm()
        else:
            self.desk.do(Session.next_vehicle)

    def escape(self) -> None:
        """Esc: out of the decision, or the next vehicle."""
        if self.deciding:
            self.decide.leave()
        else:
            self.desk.do(Session.next_vehicle)

    def _decide(self, kind: Kind) -> None:
        self.decide.begin(kind)
        show_only(self.decide, (self.answer, self.decide))

    def _close_decision(self) -> None:
        self.decide.reset()
        show_only(self.answer, (self.answer, self.decide))
        self.problem.say("")
        self.column.arrange()
