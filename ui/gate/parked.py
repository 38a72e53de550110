"""Vehicles that wait aside: when each may be measured again, and the way back to it."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.clock import utc_now
from station.desk import Desk
from station.session import Session
from station.view import ParkedView
from ui.gate import wording
from ui.gate.panel import Panel
from ui.gate.widgets import GAP, FittedLabel, Touch
from ui.look import Look

MOST = 5


class _Line(QWidget):
    def __init__(self, panel: "ParkedPanel") -> None:
        super().__init__()
        self.panel, self.check = panel, ""
        self.label = FittedLabel(26)
        self.resume = Touch(panel.look, "resume").tap(self._resume)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.label, 3)
        line.addWidget(self.resume, 1)

    def _resume(self) -> None:
        self.panel.resume(self.check)


class ParkedPanel(Panel):
    """Those who may be measured soonest come first; at most `MOST` a page."""

    def __init__(self, look: Look, desk: Desk, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__(look, desk)
        self._now, self._page = now, 0
        self.title = self.heading()
        self.lines = [_Line(self) for _ in range(MOST)]
        for line in self.lines:
            self.body.addWidget(line)
        self.following = Touch(look, "following").tap(self._turn)
        self.body.addWidget(self.following)
        self.body.addStretch(1)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.refresh)

    def open_for(self, occupant: int) -> None:
        """From the first page."""
        self._page = 0
        super().open_for(occupant)
        self._timer.start()

    def reset(self) -> None:
        """Stop counting."""
        self._timer.stop()

    def refresh(self) -> None:
        """Who waits, and how long yet."""
        waiting = self.view.parked if self.view else ()
        pages = max(1, -(-len(waiting) // MOST))
        self._page %= pages
        shown = waiting[self._page * MOST :][:MOST]
        key = "parked" if waiting else "parked_none"
        self.title.say(self.look.word(key, count=len(waiting)))
        self.following.setVisible(pages > 1)
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(shown))
            line.check = shown[place].check if place < len(shown) else ""
            line.label.say(self._describe(shown[place]) if place < len(shown) else "")

    def resume(self, check: str) -> None:
        """Take this vehicle up again."""
        self.desk.do(Session.resume, check)
        self.leave()

    def _turn(self) -> None:
        self._page += 1
        self.refresh()

    def _describe(self, parked: ParkedView) -> str:
        plate = wording.masked_plate(self.look, parked.plate)
        if parked.ready_at is None:
            return self.look.word("rest_none", plate=plate)
        left = int((parked.ready_at - self._now()).total_seconds())
        if left <= 0:
            return self.look.word("rest_over", plate=plate)
        return self.look.word("rest_left", plate=plate, minutes=left // 60, seconds=left % 60)
