"""A figure or a day with a button on either side: typed, stepped by key, or touched."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QPushButton, QWidget


class Steps(QWidget):
    """A field between less and more."""

    def __init__(self, field: QAbstractSpinBox) -> None:
        super().__init__()
        self.field = field
        field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.less, self.more = QPushButton("−"), QPushButton("+")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for each in (self.less, field, self.more):
            row.addWidget(each)
        self.less.clicked.connect(self._less)
        self.more.clicked.connect(self._more)

    def name(self, name: str) -> None:
        """What a screen reader calls it."""
        self.field.setAccessibleName(name)
        self.less.setAccessibleName(f"{name} −")
        self.more.setAccessibleName(f"{name} +")

    @Slot()
    def _less(self) -> None:
        self.field.stepDown()

    @Slot()
    def _more(self) -> None:
        self.field.stepUp()
