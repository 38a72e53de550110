"""Both leads' words beside the sheet, and that it is handed over."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.handover.confirm import ConfirmCard
from ui.handover.section import Shown
from ui.look import Look
from ui.small_widgets import label


class Cards(QWidget):
    """The one who gives, the one who takes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.gives, self.takes = ConfirmCard(look, gives=True), ConfirmCard(look, gives=False)
        self.complete = label("done", wrap=True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        for each in (self.gives, self.takes, self.complete):
            rows.addWidget(each)
        rows.addStretch()
        self.complete.hide()

    @property
    def wanted(self) -> ConfirmCard:
        """Whose turn it is."""
        return self.gives if self.gives.is_open else self.takes

    def show_sheet(self, shown: Shown, now: datetime, lead: str | None) -> None:
        """Show how a sheet stands.

        Args:
            shown: The sheet.
            now: The time.
            lead: The lead at the desk, if it is one.
        """
        handover = shown.handover
        for card in (self.gives, self.takes):
            card.show_sheet(shown, now)
        if handover.given is None or handover.given.lead != lead:
            self.wanted.offer(lead)
        self.complete.setVisible(handover.complete)

    def settle(self) -> None:
        """It went well: nothing stays typed."""
        self.gives.say()
        self.takes.say()

    def forget(self) -> None:
        """No PIN stays typed."""
        self.gives.forget()
        self.takes.forget()

    def controls(self) -> tuple[QWidget, ...]:
        """What can be used here, in the order of Tab."""
        return *self.gives.controls(), *self.takes.controls()

    def retranslate(self) -> None:
        """Say everything again."""
        self.gives.retranslate()
        self.takes.retranslate()
        self.complete.setText(self._look.word("handover_complete"))
