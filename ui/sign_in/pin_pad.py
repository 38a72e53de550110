"""Ten digits under a gloved finger."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ui.look import Look
from ui.small_widgets import say, touchable

_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "delete")


class PinPad(QWidget):
    """A pad of digits; says what was pressed, and takes no focus from the field it is for."""

    digit = Signal(str)
    cleared = Signal()
    deleted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.keys: dict[str, QPushButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, key in enumerate(_KEYS):
            button = touchable(QPushButton(key))
            button.setFocusPolicy(button.focusPolicy().NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            button.setProperty("key", key)
            button.setProperty("role", "digit" if key.isdigit() else "plain")
            button.clicked.connect(self._press)
            grid.addWidget(button, place // 3, place % 3)
            self.keys[key] = button
        look.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Name the keys again."""
        for key, button in self.keys.items():
            if key.isdigit():
                button.setAccessibleName(self._look.word("sign_in_digit", digit=key))
            else:
                say(button, self._look.word(key))

    @Slot()
    def _press(self) -> None:
        key = self.sender().property("key")
        if key == "clear":
            self.cleared.emit()
        elif key == "delete":
            self.deleted.emit()
        else:
            self.digit.emit(key)
