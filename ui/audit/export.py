"""What the page counts, taken away: its rows as XLSX or CSV, its figures as PDF; each with a signed manifest beside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from db.engine import Database
from db.heads import Head
from station import texts_export
from station.access import Action, Actor
from station.config import Config
from station.export import Exported, export
from station.export_files import Kind
from station.export_manifest import PDF
from station.export_summary import export_summary
from station.figures import Figures
from station.texts import Language
from ui.audit.panel import Tell, Tone, WorkPanel
from ui.audit.queries import Counted
from ui.figures_pdf import write_pdf
from ui.look import Look
from ui.small_widgets import label, say

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported, by whom and why."""

    counted: Counted
    actor: Actor
    kind: str
    personal: bool
    why: str


class ExportPanel(WorkPanel):
    """Which form, whether with personal data, why; then where to.

    Args:
        look: Words and colours.
        open_database: Called for each export, on its thread.
        config: The station's.
        now: The time, aware.
    """

    def __init__(
        self, look: Look, open_database: Callable[[], Database], config: Config, now: Callable[[], datetime]
    ) -> None:
        super().__init__(look, open_database)
        self._config, self._now = config, now
        self._offered: tuple[Counted, Actor] | None = None
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self._kind: str = Kind.XLSX
        self.kinds: dict[str, QPushButton] = {kind: QPushButton() for kind in (Kind.XLSX, Kind.CSV, PDF)}
        self.personal, self.begin = QPushButton(), QPushButton()
        self.why = QLineEdit()
        self.why.setMaxLength(200)
        self.what = label("muted", wrap=True)
        self.begin.setProperty("role", "main")
        forms = QHBoxLayout()
        for button in (*self.kinds.values(), self.personal):
            button.setCheckable(True)
        for button in self.kinds.values():
            forms.addWidget(button)
            button.clicked.connect(self._choose)
        controls = QVBoxLayout(self.form)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.addLayout(forms)
        for each in (self.personal, self.what, self.why, self.begin):
            controls.addWidget(each)
        self.rows.addStretch()
        self.personal.clicked.connect(self.tell)
        self.why.textChanged.connect(self.tell)
        self.why.returnPressed.connect(self._ask)
        self.begin.clicked.connect(self._ask)
        self.retranslate()

    def offer(self, counted: Counted, actor: Actor) -> None:
        """What may be exported now, and by whom."""
        self._offered = counted, actor
        self.tell()

    def withdraw(self) -> None:
        """Nothing may be, and nothing stays typed; what is being written goes on."""
        self._offered = None
        self.why.clear()
        self.personal.setChecked(False)
        self.forget()
        self.tell()

    def export_to(self, path: Path) -> None:
        """Export what is offered."""
        if (wanted := self._wanted()) is not None:
            self._folder = path.parent
            self.begin_work(
                partial(_export, wanted, path, config=self._config, now=self._now(), language=self._look.language)
            )

    def retranslate(self) -> None:
        """Say everything again."""
        word = self._look.word
        self.title.setText(word("audit_export"))
        self.hint.setText(word("audit_export_hint"))
        for kind, button in self.kinds.items():
            say(button, word(f"audit_export_{kind}"))
        say(self.personal, word("audit_export_personal"))
        say(self.begin, word("audit_export_begin"))
        self.why.setPlaceholderText(word("audit_export_why"))
        self.why.setAccessibleName(word("audit_export_why"))
        self.bar.setAccessibleName(word("audit_export"))
        super().retranslate()

    @Slot()
    def tell(self) -> None:
        """Say how it stands."""
        super().tell()
        for kind, button in self.kinds.items():
            button.setChecked(kind == self._kind)
        self.personal.setVisible(self._may_personal)
        self.personal.setEnabled(self._kind != PDF)
        self.begin.setEnabled(self._wanted() is not None)
        if self._offered is not None:
            figures = self._offered[0].figures
            which = "summary" if self._kind == PDF else "whole" if self._is_personal else "masked"
            self.what.setText(self._look.word(f"audit_export_{which}", count=f"{figures.verdicts.total:,}"))

    def progress_words(self, done: int, total: int) -> str:
        """How many rows."""
        return self._look.word("audit_exporting", done=f"{done:,}", total=f"{total:,}")

    def came_words(self, came: object) -> tuple[Tone, str]:
        """Where the file is."""
        assert isinstance(came, Exported)  # noqa: S101 -- what the job gave
        return "good", texts_export.made(came.manifest, str(came.path), came.beside.name, self._look.language)

    def stopped_words(self) -> str:
        """Nothing was written."""
        return self._look.word("audit_export_stopped")

    @property
    def _may_personal(self) -> bool:
        return self._offered is not None and Action.EXPORT_PERSONAL in self._offered[1].allowed

    @property
    def _is_personal(self) -> bool:
        return self._may_personal and self.personal.isChecked() and self._kind != PDF

    def _wanted(self) -> Wanted | None:
        why = self.why.text().strip()
        if self._offered is None or not why:
            return None
        counted, actor = self._offered
        return Wanted(counted, actor, self._kind, self._is_personal, why)

    @Slot()
    def _choose(self) -> None:
        self._kind = next(kind for kind, button in self.kinds.items() if button is self.sender())
        self.tell()

    @Slot()
    def _ask(self) -> None:
        """Whoever chooses a file that is there is asked by the dialog."""
        wanted, suffix = self._wanted(), self._kind
        if wanted is None:
            self.why.setFocus()
            return
        offered = self._folder / f"{self._file_name(wanted)}.{suffix}"
        told = f"{suffix.upper()} (*.{suffix})"
        path, _ = QFileDialog.getSaveFileName(self, self._look.word("audit_export"), str(offered), told)
        if path:
            chosen = Path(path)
            self.export_to(
                chosen if chosen.suffix.lower() == f".{suffix}" else chosen.with_name(f"{chosen.name}.{suffix}")
            )

    def _file_name(self, wanted: Wanted) -> str:
        filters = wanted.counted.figures.filters
        first, last = filters.since, filters.until
        days = "" if first is None or last is None else f" {first:%Y-%m-%d} {last - _INSTANT:%Y-%m-%d}"
        key = "audit_export_file_pdf" if wanted.kind == PDF else "audit_export_file"
        return self._look.word(key, place=self._config.checkpoint, days=days)


def _export(
    wanted: Wanted, path: Path, database: Database, tell: Tell, *, config: Config, now: datetime, language: Language
) -> Exported:
    """On the job's thread."""
    filters = wanted.counted.figures.filters
    given: dict[str, Any] = {"actor": wanted.actor, "why": wanted.why, "station": config.station, "now": now}
    if wanted.kind == PDF:
        told: dict[str, Any] = {"place": config.checkpoint_name, "names": wanted.counted.names, "language": language}

        def draw(draft: Path, figures: Figures, head: Head | None) -> None:
            write_pdf(figures, draft, head=head, **told)

        return export_summary(database, filters, path, draw, **given)
    return export(
        database,
        filters,
        path,
        kind=Kind(wanted.kind),
        personal=wanted.personal,
        language=language,
        tell=tell,
        **given,
    )
