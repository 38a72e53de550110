"""核对防篡改链: the whole ledger recomputed, with progress; then what came of it, in sentences."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QScrollArea, QVBoxLayout

from db.engine import Database
from db.heads import Head, HeadError, read_head
from db.verifying import Report, verify
from station import texts_ledger
from ui.arguments import read_file
from ui.audit.panel import Tell, Tone, WorkPanel
from ui.console import UsageError
from ui.look import Look
from ui.small_widgets import label, say

_FIRST = 20
"""Findings told; the rest are counted."""


class VerifyPanel(WorkPanel):
    """The ledger alone, or against a head that was kept elsewhere."""

    def __init__(self, look: Look, open_database: Callable[[], Database]) -> None:
        super().__init__(look, open_database)
        self._outside: tuple[Head, ...] = ()
        self.begin, self.against = QPushButton(), QPushButton()
        self.begin.setProperty("role", "main")
        self.details = label("", wrap=True)
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setMargin(4)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setObjectName("plain")
        self.area.setWidget(self.details)
        controls = QVBoxLayout(self.form)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.addWidget(self.begin)
        controls.addWidget(self.against)
        self.rows.addWidget(self.area, 1)
        self.rows.addStretch()
        self.begin.clicked.connect(self.start)
        self.against.clicked.connect(self._ask_head)
        self.retranslate()

    @Slot()
    def start(self) -> None:
        """Verify, against no head kept elsewhere."""
        self._start(())

    def start_against(self, path: Path) -> None:
        """Verify against the head in a file."""
        try:
            head = read_head(read_file(path).decode())
        except (HeadError, UnicodeDecodeError):
            self.refuse(UsageError("head_malformed", file=str(path)))
        except UsageError as error:
            self.refuse(error)
        else:
            self._start((head,))

    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        self.title.setText(word("audit_verify"))
        self.hint.setText(word("audit_verify_hint"))
        say(self.begin, word("audit_verify_begin"))
        say(self.against, word("audit_verify_head"))
        self.bar.setAccessibleName(word("audit_verify"))
        self.area.setAccessibleName(word("audit_verify"))
        super().retranslate()

    def tell(self) -> None:
        """Say how it stands."""
        super().tell()
        self.area.setVisible(isinstance(self._came, Report))
        if isinstance(self._came, Report):
            self.details.setText("\n".join(self._details(self._came)))

    def progress_words(self, done: int, total: int) -> str:
        """How many entries."""
        return self._look.word("audit_verifying", done=f"{done:,}", total=f"{total:,}")

    def came_words(self, came: object) -> tuple[Tone, str]:
        """Whole or not."""
        assert isinstance(came, Report)  # noqa: S101 -- what the job gave
        return "error" if came.broken else "good", texts_ledger.result(came, self._look.language)

    def stopped_words(self) -> str:
        """Nothing is proven."""
        return self._look.word("audit_verify_stopped")

    def _start(self, outside: tuple[Head, ...]) -> None:
        self._outside = outside
        self.begin_work(partial(_verify, outside=outside))

    @Slot()
    def _ask_head(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self._look.word("audit_verify_head"))
        if path:
            self.start_against(Path(path))

    def _details(self, report: Report) -> Sequence[str]:
        word, language = self._look.word, self._look.language
        told = sorted(report.findings, key=lambda one: one not in report.broken)
        lines = [texts_ledger.finding(one, language) for one in told[:_FIRST]]
        if len(told) > _FIRST:
            lines.append(word("audit_verify_more", count=len(told) - _FIRST))
        lines += texts_ledger.heads(report, language)
        lines += [word("audit_verify_held", station=head.station, seq=f"{head.seq:,}") for head in self._outside]
        return lines


def _verify(database: Database, tell: Tell, *, outside: Sequence[Head]) -> Report:
    """On the job's thread."""
    return verify(database, outside, tell=tell)
