"""Notices that nobody touches the window any more."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel})


class IdleWatch(QObject):
    """Filters the events of a window's handle, and keeps none of them.

    Args:
        minutes: So long without a touch is idle; None: never.
    """

    idle = Signal()

    def __init__(self, minutes: int | None) -> None:
        super().__init__()
        self._waits = QTimer(self, singleShot=True)
        self._waits.timeout.connect(self.idle)
        self._milliseconds = None if minutes is None else minutes * 60_000
        self.touch()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        """Hear of a touch."""
        if event.type() in _TOUCHES:
            self.touch()
        return False

    @Slot()
    def touch(self) -> None:
        """Somebody is there."""
        if self._milliseconds is not None:
            self._waits.start(self._milliseconds)
