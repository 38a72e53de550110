"""Keeps what the officers choose, on a thread of its own: a disk that is slow or full never stops the window."""

import logging
import queue
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from station.preferences import Preferences, load_preferences, save_preferences
from station.toml_file import FileError

log = logging.getLogger(__name__)


class Keeper(QObject):
    """The preferences as they are now.

    Attributes:
        preferences: What was kept, and chosen since; the defaults where the file could not be used.
        problem: Why it could not.
    """

    kept = Signal(object)
    """After each choice: None, or the `FileError` for which it counts until the end of this run only."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._wanted: queue.SimpleQueue[Preferences | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self.problem: FileError | None = None
        try:
            self.preferences = load_preferences(path)
        except FileError as problem:
            log.warning("preferences: %s %s", problem.code, problem.params)
            self.preferences, self.problem = Preferences(), problem

    def change(self, **choices: Any) -> None:
        """Choose: fields of `Preferences` and their new values. Returns at once."""
        self.preferences = replace(self.preferences, **choices)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="preferences")
            self._thread.start()
        self._wanted.put(self.preferences)

    def close_down(self) -> None:
        """Finish writing and join the thread. Safe to call twice."""
        if self._thread is not None:
            self._wanted.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (preferences := self._wanted.get()) is not None:
            try:
                save_preferences(self._path, preferences)
            except FileError as problem:
                log.warning("preferences: %s %s", problem.code, problem.params)
                self.kept.emit(problem)
            else:
                self.kept.emit(None)
