"""The screen while a check goes on: live picture, one panel beside it, what to ask next, and what else can be done."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station.check import Item, Missing
from station.desk import Desk
from station.session import Session
from station.view import View
from ui.gate import wording
from ui.gate.by_hand import ByHandPanel
from ui.gate.checklist import Checklist
from ui.gate.choices import EXEMPT, NO_PLATE, AbandonPanel, PersonPanel, ReasonPanel
from ui.gate.pads import PeoplePad, TemperaturePad, wanted
from ui.gate.panel import Panel, Tool
from ui.gate.parked import ParkedPanel
from ui.gate.plate_pad import PlatePad
from ui.gate.preview import Preview
from ui.gate.widgets import GAP, FittedLabel, LateBar, Touch, show_only
from ui.look import Look


class CheckingScreen(QWidget):
    """The panels, one at a time."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__()
        self.look, self.desk = look, desk
        self.view: View | None = None
        self._told = self._refused = ""
        self._entered: set[Missing] = set()
        self._added: set[Missing] = set()
        self.preview = Preview(look, desk)
        self.panels: dict[Tool, Panel] = {
            Tool.CHECKLIST: Checklist(look, desk),
            Tool.PEOPLE: PeoplePad(look, desk),
            Tool.TEMPERATURE: TemperaturePad(look, desk),
            Tool.PLATE: PlatePad(look, desk),
            Tool.NO_PLATE: ReasonPanel(
                look, desk, "no_plate_title", NO_PLATE, step=Session.declare_no_plate, settles=(Item.PLATE,)
            ),
            Tool.PERSON: PersonPanel(look, desk),
            Tool.BY_HAND: ByHandPanel(look, desk),
            Tool.EXEMPT: ReasonPanel(
                look, desk, "exempt_title", EXEMPT, step=Session.exempt, settles=(Item.TEMPERATURE, Item.PEOPLE)
            ),
            Tool.PARKED: ParkedPanel(look, desk),
            Tool.ABANDON: AbandonPanel(look, desk),
        }
        self.tool = Tool.CHECKLIST
        side = QVBoxLayout()
        for tool, panel in self.panels.items():
            panel.opens.connect(self.open)
            panel.entered.connect(self._go_on)
            panel.refused.connect(self._refuse)
            panel.setVisible(tool is self.tool)
            side.addWidget(panel)
        self.ask, self.ask_box = _box("ask", 40)
        self.notice, self.notice_box = _box("notice", 28)
        self.notice_box.hide()
        seen = QVBoxLayout()
        seen.setSpacing(8)
        for widget, share in ((self.preview, 5), (self.notice_box, 2), (self.ask_box, 3)):
            seen.addWidget(widget, share)
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addLayout(seen, 3)
        middle.addLayout(side, 4)
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 8, 12, 8)
        body.setSpacing(8)
        body.addLayout(middle, 1)
        body.addWidget(self._bar_of_actions())

    def _bar_of_actions(self) -> QWidget:
        look = self.look
        self.finish = Touch(look, "finish").tap(self.desk.do, Session.finish)
        self.park = Touch(look, "park").tap(self.desk.do, Session.park)
        self.parked = Touch(look).tap(self.open, Tool.PARKED)
        self.unreadable = Touch(look, "unreadable").tap(self.desk.do, Session.unreadable)
        self.exempt = Touch(look, "exempt").tap(self.open, Tool.EXEMPT)
        self.abandon = Touch(look, "abandon").tap(self.escape)
        self.bar = LateBar()
        self.bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for button in (self.abandon, self.unreadable, self.exempt, self.park, self.parked, self.finish):
            row.addWidget(button)
        return self.bar

    # --- what the desk says ------------------------------------------------------------------------------------------

    def show_view(self, view: View) -> None:
        """The check as it is now; a new one begins at the checklist, with nothing typed."""
        if self.view is None or self.view.check != view.check:
            self.forget()
        self.view = view
        for panel in self.panels.values():
            panel.show_view(view)
        self.refresh()

    def forget(self) -> None:
        """Nothing of the vehicle before is left, typed or shown."""
        for panel in self.panels.values():
            panel.reset()
        self._forget_entered()
        self.tell("")
        self.open(Tool.CHECKLIST)

    def tell(self, sentence: str) -> None:
        """What went wrong, above what to ask next; empty to take it away."""
        self._told = sentence
        if sentence:
            self._forget_entered()  # the desk may not have taken it
        self.refresh()

    def refresh(self) -> None:
        """In the language in force."""
        self.ask.say(wording.ask(self.look, self.view))
        self._say_notice()
        begun = wording.holds_anything(self.view)
        for button in (self.park, self.finish):
            button.setEnabled(begun)
        waiting = len(self.view.parked) if self.view else 0
        self.parked.say(self.look.word("parked", count=waiting))
        self.parked.setVisible(waiting > 0)
        for panel in self.panels.values():
            panel.refresh()

    def _say_notice(self) -> None:
        refused = self.look.word(self._refused) if self._refused else ""
        self.notice.say(refused or self._told or wording.notice(self.look, self.view))
        self.notice_box.setVisible(bool(self.notice.text()))

    # --- what the officer does ---------------------------------------------------------------------------------------

    @property
    def panel(self) -> Panel:
        """The one that is shown."""
        return self.panels[self.tool]

    def open(self, tool: str, occupant: int = 0) -> None:
        """Show a panel, for this occupant. What goes wrong from now on is about it."""
        self._told = self._refused = ""
        self.tool = Tool(tool)
        if self.isVisible():
            self.setFocus()
        show_only(self.panel, self.panels.values())
        self.bar.setVisible(self.tool is Tool.CHECKLIST)
        self.panel.open_for(occupant)
        self.refresh()

    def typed(self, character: str) -> bool:
        """A character: where the panel has no use for it, a digit begins what is wanted next, a letter the plate."""
        if self.panel.typed(character):
            return True
        if character.isdecimal() and self.tool is Tool.CHECKLIST:
            tool, occupant = self._wanted()
            self.open(Tool.TEMPERATURE if tool is Tool.CHECKLIST else tool, occupant)
        elif character.isalpha() and self.tool is not Tool.PLATE:
            self.open(Tool.PLATE)
        else:
            return False
        return self.panel.typed(character)

    @Slot(object, object)
    def _go_on(self, entered: set[Missing], added: set[Missing]) -> None:
        """From one entry to the next that is wanted, or back to the checklist."""
        self._entered |= entered
        self._added |= added
        self.open(*self._wanted())

    @Slot(str)
    def _refuse(self, why: str) -> None:
        """A key was of no use: said above what to ask next, until one is."""
        self._refused = why
        self._say_notice()

    def _wanted(self) -> tuple[Tool, int]:
        missing = {*(self.view.missing if self.view else ()), *self._added}
        return wanted(missing - self._entered)

    def _forget_entered(self) -> None:
        self._entered.clear()
        self._added.clear()

    def enter(self) -> None:
        """An arrow: the driver takes the focus, and arrows and Tab go on from there."""
        if isinstance(self.panel, Checklist):
            self.panel.lines[0].who.setFocus(Qt.FocusReason.TabFocusReason)

    def confirm(self) -> None:
        """Enter."""
        self.panel.confirm()

    def erase(self) -> None:
        """Backspace."""
        self.panel.erase()

    def escape(self) -> None:
        """Esc: out of a panel; from the checklist, abandon, asking only when something was read."""
        if self.tool is not Tool.CHECKLIST:
            self.panel.leave()
        elif wording.holds_anything(self.view):
            self.open(Tool.ABANDON)
        else:
            self.desk.do(Session.abandon)


def _box(name: str, biggest: int) -> tuple[FittedLabel, QFrame]:
    frame = QFrame()
    frame.setObjectName(name)
    label = FittedLabel(biggest, bold=True)
    line = QHBoxLayout(frame)
    line.setContentsMargins(16, 6, 16, 6)
    line.addWidget(label)
    return label, frame
