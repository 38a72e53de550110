"""`station notice`: what drivers are told about their data, as an A4 page to print and put up."""

import argparse
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from db.errors import DatabaseMissing
from station.config import load_config
from station.home import config_path
from station.library import load_library
from station.policy import Policy, default_policy
from station.texts import Language
from ui import console
from ui.arguments import filled
from ui.driver.notice import Notice, notice
from ui.opening import open_log
from ui.parser import add_common
from ui.pdf import pdf

_SCALES = (1.0, 0.85, 0.7, 0.5)
"""However much there is to say, it is one page."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    parser.add_argument("--out", type=Path, default=Path("notice.pdf"), metavar="FILE.pdf", help="写到哪里 · where to")
    parser.add_argument("--database", type=filled, metavar="PATH|URL")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write it under the policy in force here."""
    language: Language = options.language
    policy = _policy(options.database, language)
    write(notice(policy, load_config(config_path()), language), options.out)
    if options.json:
        console.say_json({"file": str(options.out), "policy": policy.version})
    else:
        console.say(str(options.out))
    return 0


def write(told: Notice, path: Path) -> None:
    """Write a notice as one A4 page, its font in it; the file appears whole or stays as it was.

    Raises:
        UsageError: No Chinese font here, or the file cannot be written.
    """
    margins = QMarginsF(25, 30, 25, 25)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
    )
    with pdf(path, told.title, layout) as (writer, family):
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.documentLayout().setPaintDevice(writer)
        document.setDefaultFont(QFont(family))
        document.setPageSize(QSizeF(writer.width(), writer.height()))
        for scale in _SCALES:
            document.clear()
            _compose(QTextCursor(document), told, scale)
            if document.pageCount() == 1:
                break
        painter = QPainter(writer)
        document.drawContents(painter)
        painter.end()


def _compose(cursor: QTextCursor, told: Notice, scale: float) -> None:
    """Place and title, then heading and sentence each, large enough to be read from a car."""

    def add(text: str, size: float, *, above: float, bold: bool = False) -> None:
        block, letters = QTextBlockFormat(), QTextCharFormat()
        block.setTopMargin(scale * above / 25.4 * 96)  # the layout takes it for a screen's pixels
        block.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        letters.setFontPointSize(scale * size)
        letters.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        cursor.insertBlock(block, letters)
        cursor.insertText(text)

    add(told.place, 26, above=0)
    add(told.title, 54, above=0, bold=True)
    for heading, sentence in told.parts:
        add(heading, 32, above=14, bold=True)
        add(sentence, 28, above=1)


def _policy(where: str | None, language: Language) -> Policy:
    """The imported one; the program's own where nothing was kept here yet."""
    try:
        with open_log(where, language, create=False) as database:
            return load_library(database).policy
    except DatabaseMissing:
        if where is not None:
            raise
        return default_policy()
