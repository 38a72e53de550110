"""What the bars of filters above the log and above the figures are made of."""

from collections.abc import Callable

from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from station import texts
from station.texts import Language
from station.verdict import Outcome
from ui.choice import or_any

VERDICTS: tuple[Outcome | None, ...] = (None, *Outcome)
"""What may be asked for; None: any."""


class Between(QWidget):
    """From – to: a line of its own, for who chooses no range that has a name.

    Args:
        first: Where it begins.
        last: Where it ends.
    """

    def __init__(self, first: QDateTimeEdit, last: QDateTimeEdit) -> None:
        super().__init__()
        self._first, self._last = first, last
        self._from, self._to, self.note = QLabel(), QLabel(), QLabel()
        self.note.setProperty("role", "muted")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for part in (self._from, first, self._to, last, self.note):
            line.addWidget(part)
        line.addStretch()

    def say(self, first: str, last: str, note: str = "") -> None:
        """The words before each end, and after both."""
        for words, edit, said in ((self._from, self._first, first), (self._to, self._last, last)):
            words.setText(said)
            edit.setAccessibleName(said)
        self.note.setText(note)


def lay_out(bar: QWidget, choices: QLayout, between: Between) -> None:
    """A line of choices, and the other one below it."""
    rows = QVBoxLayout(bar)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addLayout(choices)
    rows.addWidget(between)
    bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def verdict_words(anything: str, language: Language) -> Callable[[Outcome | None], str]:
    """The words of `VERDICTS`."""
    return or_any(anything, lambda outcome: texts.outcome(outcome, language))
