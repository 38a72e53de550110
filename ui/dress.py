"""What a page beside the gate wears: a style sheet of its own, in the theme and the text size in force."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from ui.look import Look
from ui.theme import Theme


class Dress(QObject):
    """Puts it on, and has the page share its width anew; out of sight, that waits until the page is turned to.

    Args:
        page: Who wears it.
        look: The theme.
        style: The style sheet of a theme, for so many pixels of the window's text.
        arrange: Shares the page's width, in the font that is worn.
    """

    def __init__(
        self, page: QWidget, look: Look, style: Callable[[Theme, int], str], arrange: Callable[[], None]
    ) -> None:
        super().__init__(page)
        self._page, self._look, self._style, self._arrange = page, look, style, arrange
        self._soon = QTimer(self, singleShot=True, interval=0)  # once what is on the page wears it too
        self._soon.timeout.connect(self.put_on)
        page.installEventFilter(self)

    @Slot()
    def put_on(self) -> None:
        """Wear what the look and the window's size ask for."""
        if not self._page.isVisible():
            return
        sheet = self._style(self._look.theme, self._page.fontInfo().pixelSize())
        if sheet != self._page.styleSheet():  # to put one on is costly
            self._page.setStyleSheet(sheet)
        self._arrange()

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the page into sight, and its size, style and font."""
        if event.type() == QEvent.Type.Show:
            self.put_on()
        elif event.type() == QEvent.Type.Resize:
            self._arrange()
        elif event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._soon.start()
        return False
