"""The station's key on an A4 page, to be sealed in an envelope: groups to type, a QR of them, what to do with it.

In both languages at once: nobody knows today who will open the envelope.
"""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QFontDatabase, QPainter

from db import recovery
from station import texts_recovery
from station.backup import RecoveryCopy
from station.config import Config
from station.texts import Pair
from ui import qr
from ui.charts import Drawing, Inks
from ui.pdf import pdf_into
from ui.press import HEADING, TITLE, Press, a4

_HEIGHT = 74.0
"""Of groups and QR, in mm."""
_LETTERS = 17.0
"""Size of the groups' letters, in points."""


def pdf_of(copy: RecoveryCopy, config: Config, now: datetime) -> bytes:
    """The page, made in memory: no draft of it lies on a disk.

    Args:
        copy: The key.
        config: Whose.
        now: When the copy was made.

    Raises:
        UsageError: No Chinese font here.
    """
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    said, title = texts_recovery, " · ".join(texts_recovery.TITLE)
    whose = said.whose(config, now)
    with pdf_into(content, title, a4()) as (writer, family):
        press = Press(writer, family)
        strips = [
            press.line(title, TITLE, bold=True),
            press.line(whose, HEADING),
            press.gap(),
            press.row(said.CARE, (1, 1), bold=True, keeps=True),
            *press.drawn(
                (_both(said.GROUPS), _both(said.QR)),
                (_groups(copy), partial(_qr, recovery.code_of(copy.groups))),
                _HEIGHT,
            ),
            press.gap(),
            press.row((_both(said.PUBLIC_KEY), copy.public_key), (2, 3), keeps=True),
        ]
        for heading, sentence in said.PARTS:
            strips += [press.gap(), press.row(heading, (1, 1), bold=True, ruled=False, keeps=True)]
            strips += [press.row(sentence, (1, 1), keeps=True)]
        press.print(strips, f"{title}  {whose}", "zh")
    return bytes(content.data().data())


def _both(pair: Pair) -> str:
    return " · ".join(pair)


def _groups(copy: RecoveryCopy) -> Drawing:
    """Number and letters of each, under each other."""

    def draw(painter: QPainter, box: QRectF, inks: Inks) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)  # groups that are typed stand in columns
        font.setPointSizeF(_LETTERS)
        painter.setFont(font)
        painter.setPen(inks.text)
        height = box.height() / recovery.GROUPS
        for number, group in enumerate(copy.groups, 1):
            line = QRectF(box.left(), box.top() + (number - 1) * height, box.width(), height)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, f"{number}   {group}")

    return draw


def _qr(code: str, painter: QPainter, box: QRectF, _inks: Inks) -> None:
    qr.paint(painter, code, box)
