"""What is seen instead of the station when it cannot open: why, what to do, and a second try."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout

from ui import console
from ui.look import Look
from ui.shell import Shell
from ui.small_widgets import label, say, touchable


class CannotStart(Shell):
    """A sentence, and two buttons."""

    def __init__(self, look: Look, problem: Exception, again: Callable[[], None], *, kiosk: bool = False) -> None:
        super().__init__(look, kiosk=kiosk)
        self._problem = problem
        self.title, self.sentence = label("title"), label("error", wrap=True)
        self.again, self.quit = touchable(QPushButton()), touchable(QPushButton())
        self.again.setProperty("role", "main")
        self.again.clicked.connect(again)
        self.quit.clicked.connect(QApplication.quit)
        buttons = QHBoxLayout()
        buttons.addWidget(self.quit)
        buttons.addStretch()
        buttons.addWidget(self.again)
        around = QVBoxLayout(self)
        around.setContentsMargins(80, 60, 80, 60)
        around.setSpacing(24)
        around.addStretch()
        around.addWidget(self.title)
        around.addWidget(self.sentence)
        around.addStretch()
        around.addLayout(buttons)
        look.changed.connect(self.retranslate)
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        self.setWindowTitle(self.look.word("app"))
        self.title.setText(self.look.word("cannot_start"))
        self.sentence.setText(console.sentence(self._problem, self.look.language))
        for button, key in ((self.again, "try_again"), (self.quit, "quit")):
            say(button, self.look.word(key))
