"""Above the grid: which days, which checkpoint, and what can be done with the whole roster."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from shifts.publishing import Draft
from ui.choice import Choice, or_any
from ui.look import Look
from ui.roster.generate import GeneratePanel
from ui.roster.more import MorePanel
from ui.roster.swap_panel import SwapPanel
from ui.small_widgets import label, say


class Bar(QWidget):
    """Buttons; what they mean is the page's."""

    narrowed = Signal(object)
    """A checkpoint's code, or None."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names: Mapping[str, str] = {}
        self.title = label("heading")
        self.earlier, self.later = QPushButton("‹"), QPushButton("›")
        self.week, self.month = QPushButton(), QPushButton()
        self.checkpoint = Choice[str | None]((None,))
        self.undo = QPushButton()
        self.swaps = QPushButton()
        self._waiting = 0
        self.more, self.generate, self.publish = QPushButton(), QPushButton(), QPushButton()
        self.publish.setProperty("role", "main")
        for button in (self.week, self.month, self.swaps, self.more, self.generate):
            button.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.title)
        for widget in (self.earlier, self.later, self.week, self.month, self.checkpoint):
            row.addWidget(widget)
        row.addStretch(1)
        for button in (self.undo, self.swaps, self.more, self.generate, self.publish):
            row.addWidget(button)
        self.checkpoint.activated.connect(self._narrow)

    def show_span(self, title: str, *, week: bool) -> None:
        """Which days are seen."""
        self.title.setText(title)
        self.week.setChecked(week)
        self.month.setChecked(not week)

    def offer_checkpoints(self, names: Sequence[tuple[str, str]]) -> None:
        """Codes and names to choose from."""
        self._names = dict(names)
        self.checkpoint.offer((None, *self._names))
        self._name_checkpoints()
        self.checkpoint.setVisible(len(names) > 1)

    def offer_acts(self, draft: Draft, *, editable: bool) -> None:
        """What can be done now."""
        self.undo.setEnabled(editable and bool(draft.done))
        self.generate.setEnabled(editable)
        self.publish.setEnabled(editable)

    @Slot(object)
    def show_open(self, panel: QWidget) -> None:
        """Which panel is open: its button stays down."""
        self.more.setChecked(isinstance(panel, MorePanel))
        self.generate.setChecked(isinstance(panel, GeneratePanel))
        self.swaps.setChecked(isinstance(panel, SwapPanel))

    def count_swaps(self, waiting: int) -> None:
        """How many swaps wait for whoever is at the desk."""
        self._waiting = waiting
        word = self._look.word
        self.swaps.setText(word("swap_inbox_count" if waiting else "swap_inbox", count=waiting))
        self.swaps.setAccessibleName(word("swap_inbox_waits" if waiting else "swap_inbox", count=waiting))

    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        texts = {
            self.week: "week",
            self.month: "month",
            self.undo: "undo",
            self.more: "more",
            self.generate: "generate",
            self.publish: "publish",
        }
        for button, key in texts.items():
            say(button, word(f"roster_{key}"))
        self.count_swaps(self._waiting)
        self.earlier.setAccessibleName(word("roster_earlier"))
        self.later.setAccessibleName(word("roster_later"))
        self._name_checkpoints()

    def _name_checkpoints(self) -> None:
        word = self._look.word
        self.checkpoint.say(
            word("roster_checkpoint"), or_any(word("roster_all_checkpoints"), lambda code: self._names[code])
        )

    @Slot()
    def _narrow(self) -> None:
        self.narrowed.emit(self.checkpoint.value)
