"""From the desk's thread to the window's: `post` is called there, the signals arrive here.

Connect them to bound `@Slot` methods of objects that live on the GUI thread; a lambda would run in the desk's thread.
"""

from PySide6.QtCore import QObject, Signal

from station.attendance import Noted
from station.session import Event, Told
from station.view import Health, View


class Bridge(QObject):
    """Hand `bridge.post` to the desk."""

    view_changed = Signal(object)
    """A `station.view.View`."""
    health_changed = Signal(object)
    """A `station.view.Health`."""
    told = Signal(object)
    """A `station.session.Told`."""
    noted = Signal(object)
    """A `station.attendance.Noted`."""

    def post(self, event: Event) -> None:
        """Called by the desk, on its own thread. The signals are queued to their receivers' thread."""
        match event:
            case View():
                self.view_changed.emit(event)
            case Health():
                self.health_changed.emit(event)
            case Told():
                self.told.emit(event)
            case Noted():
                self.noted.emit(event)
