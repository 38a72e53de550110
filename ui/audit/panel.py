"""A panel beside the figures for long work on the log: how far it is, a button that stops it, and what came of it."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from db.engine import Database
from ui import background_job, console
from ui.background_job import BackgroundJob, Stopped
from ui.look import Look
from ui.small_widgets import label, say

Tone = Literal["good", "error", "muted"]
"""It went well; it did not; nothing came of it."""
Tell = Callable[[int, int], None]
"""Told how much of how much is done; raises `Stopped` where nobody waits for the rest."""
Work = Callable[[Database, Tell], object]


class WorkPanel(QFrame):
    """What panels share; each lays its own controls into `form`, and says its own words.

    Args:
        look: Words and colours.
        open_database: Called for each piece of work, on its thread.
    """

    left = Signal()
    """It is closed."""

    def __init__(self, look: Look, open_database: Callable[[], Database]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._look = look
        self._open = open_database
        self.work = BackgroundJob(self)
        self._came: object = None
        self._progress = (0, 0)
        self.title, self.hint = label("heading"), label("muted", wrap=True)
        self.close_button, self.stop = QPushButton(), QPushButton()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.far, self.result = label("", wrap=True), label("good", wrap=True)
        self.form = QWidget()
        self.form.setObjectName("plain")
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self.rows = QVBoxLayout(self)
        self.rows.setSpacing(8)
        self.rows.addLayout(head)
        for each in (self.hint, self.form, self.far, self.bar, self.stop, self.result):
            self.rows.addWidget(each)
        self.stop.clicked.connect(self.cancel)
        self.close_button.clicked.connect(self.left)
        self.work.progressed.connect(self._advance)
        self.work.done.connect(self._take)
        self.work.failed.connect(self._take)

    def begin_work(self, work: Work) -> None:
        """Do this, unless something is being done."""
        if not self.work.running:
            self._came, self._progress = None, (0, 0)
            self.work.start(partial(_on_log, work, self._open))
            self.stop.setEnabled(True)
            self.tell()
            self.stop.setFocus()

    @Slot()
    def cancel(self) -> None:
        """Stop it."""
        self.work.cancel()
        self.stop.setEnabled(False)

    def close_down(self) -> None:
        """Stop and join. Safe to call twice."""
        self.work.close_down()

    def forget(self) -> None:
        """What came of it is no longer said."""
        self._came = None

    def refuse(self, error: Exception) -> None:
        """What was asked for is not even begun."""
        self._take(error)

    def retranslate(self) -> None:
        """Say everything again."""
        say(self.stop, self._look.word("audit_stop"))
        say(self.close_button, self._look.word("audit_close"))
        self.tell()

    def tell(self) -> None:
        """Say how it stands."""
        running = self.work.running
        self.form.setVisible(not running)
        under_way: tuple[QWidget, ...] = (self.far, self.bar, self.stop)
        for each in under_way:
            each.setVisible(running)
        done, total = self._progress
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.far.setText(self.progress_words(done, total) if total else self._look.word("audit_reading"))
        self.result.setVisible(self._came is not None)
        if self._came is not None:
            tone, text = self._result(self._came)
            if self.result.property("role") != tone:
                self.result.setProperty("role", tone)
                self.result.style().polish(self.result)
            self.result.setText(text)

    def progress_words(self, done: int, total: int) -> str:
        """How far it is."""
        raise NotImplementedError

    def came_words(self, came: object) -> tuple[Tone, str]:
        """What came of it, that was not an exception."""
        raise NotImplementedError

    def stopped_words(self) -> str:
        """It was stopped."""
        raise NotImplementedError

    def _result(self, came: object) -> tuple[Tone, str]:
        if isinstance(came, Stopped):
            return "muted", self.stopped_words()
        if isinstance(came, Exception):
            return "error", console.sentence(came, self._look.language)
        return self.came_words(came)

    @Slot(object)
    def _advance(self, progress: tuple[int, int]) -> None:
        self._progress = progress
        self.tell()

    @Slot(object)
    def _take(self, came: object) -> None:
        self._came = came
        self.tell()


def _on_log(work: Work, open_database: Callable[[], Database], tell_progress: background_job.Tell) -> object:
    """On the job's thread."""

    def tell(done: int, total: int) -> None:
        if not tell_progress((done, total)):
            raise Stopped

    with open_database() as database:
        return work(database, tell)
