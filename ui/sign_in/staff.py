"""The names behind the codes: asked of the desk, so that no other thread reads its database."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from db import people
from station.desk import Desk
from station.session import Session
from station.view import Health


class Staff(QObject):
    """Who is who. Asks again when somebody comes on duty whom it does not know."""

    changed = Signal(object)
    """Names by code: a `Mapping[str, str]`."""
    _found = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.names: Mapping[str, str] = {}
        self._asked: set[str] = set()
        self._found.connect(self._keep)

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """Learn the names that a health speaks of."""
        codes = {*health.on_duty, *(code for code in (health.officer, health.user.code) if code is not None)}
        if not codes <= self._asked:
            self._asked |= codes
            self._desk.do(_read_names, self._found.emit)

    @Slot(object)
    def _keep(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.changed.emit(names)


def _read_names(session: Session, tell: Callable[[Mapping[str, str]], None]) -> None:
    if session.gate.database is not None:
        tell({person.code: person.name for person in people.everyone(session.gate.database)})
