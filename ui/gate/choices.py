"""Panels of a few big buttons: one person, reasons, and whether to abandon."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from station.check import DRIVER, Item
from station.desk import Desk
from station.session import Session
from station.view import CellState
from ui.gate import wording
from ui.gate.panel import Panel, Tool
from ui.gate.widgets import Touch
from ui.look import Look

NO_PLATE = ("no_plate_new", "no_plate_lost", "no_plate_covered", "no_plate_farm")
EXEMPT = ("exempt_ambulance", "exempt_fire", "exempt_police", "exempt_supplies")


class PersonPanel(Panel):
    """What can be said about one occupant by hand."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, desk)
        self.title = self.heading()
        self.by_hand = Touch(look, "by_hand", role="answer").tap(self._go, Tool.BY_HAND)
        self.no_test = Touch(look, "no_test", role="answer").tap(self._declare_no_test)
        self.child = Touch(look, role="answer").tap(self._mark_child)
        self.temperature = Touch(look, "take_temperature", role="answer").tap(self._go, Tool.TEMPERATURE)
        self.rows(2, self.by_hand, self.no_test, self.child, self.temperature)

    def open_for(self, occupant: int) -> None:
        """Begin at the first answer."""
        super().open_for(occupant)
        self.by_hand.setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Whose."""
        if self.view is not None:
            self.title.say(wording.whose(self.look, self.view, self.occupant))
            self.child.say(self.look.word("not_child" if self._is_child else "child"))
            self.child.setEnabled(self._may_be_child)

    @property
    def _is_child(self) -> bool:
        view = self.view
        return view is not None and self.occupant < len(view.occupants) and view.occupants[self.occupant].child

    @property
    def _may_be_child(self) -> bool:
        """Neither the driver, nor who has shown anything; a mistake can always be taken back."""
        if self._is_child or self.view is None:
            return True
        if self.occupant == DRIVER:
            return False
        shown = self.view.occupants[self.occupant] if self.occupant < len(self.view.occupants) else None
        return shown is None or (shown.name is None and {shown.health, shown.test} == {CellState.WAITING})

    def _go(self, tool: Tool) -> None:
        self.opens.emit(tool, self.occupant)

    def _declare_no_test(self) -> None:
        self.desk.do(Session.declare_no_test, self.occupant)
        self.leave()

    def _mark_child(self) -> None:
        self.desk.do(Session.mark_child, self.occupant, child=not self._is_child)
        self.leave()


class ReasonPanel(Panel):
    """Why: one touch, and it is said.

    Args:
        look: Words and colours.
        desk: Who is told.
        title: The question's key in `ui.words`.
        reasons: The answers' keys.
        step: The desk's step that takes the reason.
        settles: What need not be entered any more.
    """

    def __init__(
        self,
        look: Look,
        desk: Desk,
        title: str,
        reasons: Sequence[str],
        *,
        step: Callable[[Session, str], None],
        settles: Sequence[Item],
    ) -> None:
        super().__init__(look, desk)
        self._title, self._step, self._settles = title, step, settles
        self.title = self.heading()
        self.reasons = {key: Touch(look, key, role="answer").tap(self._take, key) for key in reasons}
        self.rows(2, *self.reasons.values())

    def open_for(self, occupant: int) -> None:
        """Begin at the first answer."""
        super().open_for(occupant)
        next(iter(self.reasons.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """The question."""
        self.title.say(self.look.word(self._title))

    def _take(self, key: str) -> None:
        self.desk.do(self._step, self.look.word(key))
        self.entered.emit(
            {one for one in self.view.missing if one.item in self._settles} if self.view else set(), set()
        )


class AbandonPanel(Panel):
    """Asked only when something was read."""

    def __init__(self, look: Look, desk: Desk) -> None:
        super().__init__(look, desk)
        self.title = self.heading()
        self.yes = Touch(look, "abandon_yes", role="answer").tap(self.confirm)
        self.no = Touch(look, "abandon_no", role="main").tap(self.leave)
        self.rows(2, self.yes, self.no)

    def refresh(self) -> None:
        """The question."""
        self.title.say(self.look.word("abandon_title"))

    def confirm(self) -> None:
        """Break it off: what it holds is kept as abandoned."""
        self.desk.do(Session.abandon)
        self.leave()
