"""The way out: the roster on the board as workbook, table or PDF for the wall; somebody's shifts for their phone."""

import re
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from station.texts import Language
from ui import console
from ui.look import Look
from ui.roster.intake import Standing
from ui.roster.more import Deed
from ui.roster.shelf import Shelf
from ui.roster.thinker import Thinker
from ui.roster_pdf import Paper, write_pdf
from ui.saving import save_whole

SUFFIXES = {Deed.XLSX: "xlsx", Deed.CSV: "csv", Deed.PDF_A4: "pdf", Deed.PDF_A3: "pdf"}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


class Exports(QObject):
    """Asks where to, and has it written elsewhere than on the window's thread."""

    said = Signal(str)
    failed = Signal(str)
    """A sentence each."""

    def __init__(self, look: Look, shelf: Shelf, thinker: Thinker, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._shelf, self._thinker, self._window = look, shelf, thinker, window
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def ask(self, deed: Deed, standing: Standing, what: str) -> None:
        """Ask where to, and save the roster there.

        Args:
            deed: In which form.
            standing: The roster.
            what: Which version it is, for its name and each page.
        """
        period = standing[0].period
        if not period.length:
            return
        told = {"first": period.start, "last": period.days[-1], "what": what}
        path = self._choose(self._look.word("roster_file", **told), SUFFIXES[deed])
        if path is not None:
            self.save(deed, path, standing, what)

    def save(self, deed: Deed, path: Path, standing: Standing, what: str) -> None:
        """Save the roster as a file."""
        job = partial(_write, deed, path, standing, language=self._look.language, what=what)
        self._begin(path)
        self._thinker.ask(f"export {path}", job, partial(self._done, path), self._fail)

    def ask_person(self, code: str, name: str) -> None:
        """Ask where to, and save somebody's published shifts there."""
        path = self._choose(self._look.word("roster_file_person", who=name), "ics")
        if path is not None:
            self.save_person(code, path)

    def save_person(self, code: str, path: Path) -> None:
        """Save somebody's published shifts as a calendar."""
        self._begin(path)
        self._shelf.calendar(code, self._look.language, partial(self._write_calendar, path), self._fail)

    def _choose(self, name: str, suffix: str) -> Path | None:
        proposed = self._folder / f"{_FORBIDDEN.sub(' ', name).strip()}.{suffix}"
        told = f"{suffix.upper()} (*.{suffix})"
        path, _ = QFileDialog.getSaveFileName(self._window, self._look.word("roster_more_export"), str(proposed), told)
        if not path:
            return None
        chosen = Path(path)
        return chosen if chosen.suffix.lower() == f".{suffix}" else chosen.with_name(f"{chosen.name}.{suffix}")

    def _begin(self, path: Path) -> None:
        self._folder = path.parent
        self.said.emit(self._look.word("roster_saving", file=path.name))

    def _write_calendar(self, path: Path, content: bytes) -> None:
        self._thinker.ask(f"export {path}", partial(save_whole, path, content), partial(self._done, path), self._fail)

    def _done(self, path: Path, _nothing: None) -> None:
        self.said.emit(self._look.word("roster_saved", file=str(path)))

    def _fail(self, error: Exception) -> None:
        self.said.emit("")
        self.failed.emit(console.sentence(error, self._look.language))


def _write(deed: Deed, path: Path, standing: Standing, *, language: Language, what: str) -> None:
    """On the thinker's thread."""
    if deed in {Deed.PDF_A4, Deed.PDF_A3}:
        with TemporaryDirectory() as folder:
            page = Path(folder) / "roster.pdf"
            paper: Paper = "A3" if deed is Deed.PDF_A3 else "A4"
            note = f"{what} · {console.local_time(datetime.now().astimezone())[:16]}"
            write_pdf(*standing, page, language=language, paper=paper, note=note)
            content = page.read_bytes()
    else:
        from station.roster_export import as_csv, as_xlsx  # noqa: PLC0415 -- brings openpyxl, which nothing else needs

        content = (as_xlsx if deed is Deed.XLSX else as_csv)(*standing, language)
    save_whole(path, content)
