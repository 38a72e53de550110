"""The pages beside the gate, each with a thread of its own to the database: log, roster, handover, audit.

They are told of the station's health from when they are built on, beginning with what was last told.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from db.engine import Database
from station.gate import Gate
from station.view import Health
from ui.bridge import Bridge
from ui.look import Look
from ui.pages import AUDIT, HANDOVER, LOG, ROSTER, Page

if TYPE_CHECKING:
    from ui.audit.page import AuditPage
    from ui.handover.page import HandoverPage
    from ui.log.page import LogPage
    from ui.roster.page import RosterPage

    BesidePage = LogPage | RosterPage | HandoverPage | AuditPage


class Beside(QObject):
    """Builds those pages and closes them down.

    Args:
        look: Words and colours.
        bridge: Where health is told.
        opens: Opens the database, on a page's own thread.
        gate: The gate at work.
    """

    overdue = Signal(int)
    """How many handovers are late or missing."""

    def __init__(self, look: Look, bridge: Bridge, opens: Callable[[], Database], gate: Gate) -> None:
        super().__init__()
        self._look, self._bridge, self._opens, self._gate = look, bridge, opens, gate
        self._health: Health | None = None
        self._built: list[BesidePage] = []
        bridge.health_changed.connect(self._note_health)
        self.pages = (
            Page(LOG, self._log, "ui.log.page"),
            Page(ROSTER, self._roster, "ui.roster.page"),
            Page(HANDOVER, self._handover, "ui.handover.page"),
            Page(AUDIT, self._audit, "ui.audit.page"),
        )

    def close_down(self) -> None:
        """Stop the pages' threads, the last built first. Safe to call twice."""
        while self._built:
            self._built.pop().close_down()

    @Slot(object)
    def _note_health(self, health: Health) -> None:
        self._health = health

    def _log(self) -> QWidget:
        from ui.log.page import LogPage  # noqa: PLC0415 -- what only this page needs is read when it is built

        return self._tell(LogPage(self._look, self._opens, self._gate.config.station))

    def _roster(self) -> QWidget:
        from ui.roster.page import RosterPage  # noqa: PLC0415

        config = self._gate.config
        here = config.checkpoint, config.checkpoint_name
        return self._tell(RosterPage(self._look, self._opens, config.station, checkpoint=here))

    def _handover(self) -> QWidget:
        from ui.handover.page import HandoverPage  # noqa: PLC0415

        page = HandoverPage(self._look, self._opens, self._gate.config, plan=self._gate.plan)
        page.overdue.connect(self.overdue)
        return self._tell(page)

    def _audit(self) -> QWidget:
        from ui.audit.page import AuditPage  # noqa: PLC0415

        return self._tell(AuditPage(self._look, self._opens, self._gate.config, plan=self._gate.plan))

    def _tell(self, page: "BesidePage") -> QWidget:
        self._built.append(page)
        self._bridge.health_changed.connect(page.show_health)
        if self._health is not None:
            page.show_health(self._health)
        return page
