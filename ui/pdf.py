"""PDF files to print: their font is in them, and a file appears whole or stays as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPageLayout, QPdfWriter

from ui import console

DPI = 300
_FAMILIES = ("WenQuanYi Micro Hei", "Noto Sans CJK SC", "Microsoft YaHei")


@contextmanager
def pdf(path: Path, title: str, layout: QPageLayout) -> Iterator[tuple[QPdfWriter, str]]:
    """A PDF to paint on, and the font family to write Chinese with; no screen is needed.

    Raises:
        UsageError: No Chinese font here, or the file cannot be written.
    """
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise console.UsageError("file_unwritable", file=str(path), problem=file.errorString())
    with pdf_into(file, title, layout) as page:
        yield page
    if not file.commit():
        raise console.UsageError("file_unwritable", file=str(path), problem=file.errorString())


@contextmanager
def pdf_into(device: QIODevice, title: str, layout: QPageLayout) -> Iterator[tuple[QPdfWriter, str]]:
    """As `pdf`, into whatever is open for writing.

    Raises:
        UsageError: No Chinese font here.
    """
    application = QGuiApplication.instance() or QGuiApplication(["station", "-platform", "offscreen"])
    family = _font()
    writer = QPdfWriter(device)
    writer.setTitle(title)
    writer.setResolution(DPI)
    writer.setPageLayout(layout)
    yield writer, family
    del writer, application


def _font() -> str:
    found = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if not found:
        raise console.UsageError("font_missing")
    return next((family for family in _FAMILIES if family in found), found[0])
