"""A figure or a day with a button on either side: typed, stepped by key, or touched."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QPushButton, QWidget

_WIDE = 56


class Steps(QWidget):
    """A field between less and more."""

    def __init__(self, field: QAbstractSpinBox) -> None:
        super().__init__()
        self.field = field
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.less, self.more = QPushButton("−"), QPushButton("+")
        self.setObjectName("plain")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.less, self.more):
            button.setFixedWidth(_WIDE)
        row.addWidget(self.less)
        row.addWidget(field, 1)
        row.addWidget(self.more)
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
