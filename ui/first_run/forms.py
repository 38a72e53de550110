"""The forms of the first run. Each says what it lacks, in words, and gives its value once it lacks nothing."""

from pathlib import Path

from PySide6.QtCore import QRegularExpression, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.pins import LEAST, MOST
from station.access import Role
from station.config import Config
from station.library import DocumentKind
from station.pins import PinCommon, is_common
from ui import console
from ui.clerk import Clerk
from ui.first_run.founding import OFFERED, Document, NewPerson, read_document
from ui.look import Look
from ui.small_widgets import label, scrolled, touchable


class Fields(QFrame):
    """Labelled fields under each other."""

    def __init__(self, look: Look, keys: tuple[str, ...], text: str) -> None:
        super().__init__()
        self.look = look
        self.setProperty("role", "card")
        self.wanting = keys[0]
        """The field to mend first."""
        self._text_key = text
        self._text = label("muted", wrap=True)
        self.fields = {key: QLineEdit(maxLength=40) for key in keys}
        self._labels = {key: QLabel() for key in keys}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(24, 20, 24, 20)
        self.grid.setHorizontalSpacing(18)
        self.grid.setVerticalSpacing(10)
        self.grid.addWidget(self._text, 0, 0, 1, 2)
        for row, key in enumerate(keys, 1):
            self.grid.addWidget(self._labels[key], row, 0)
            self.grid.addWidget(self.fields[key], row, 1)
        self.grid.setColumnStretch(1, 1)
        self.grid.setRowStretch(len(keys) + 1, 1)
        look.changed.connect(self.retranslate)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        self._text.setText(self.look.word(self._text_key))
        for key, shown in self._labels.items():
            shown.setText(self.word(key))
            self.fields[key].setAccessibleName(self.word(key))

    def word(self, key: str) -> str:
        """A label."""
        return self.look.word(key, least=LEAST, most=MOST)

    def value_of(self, key: str) -> str:
        """What was entered."""
        return self.fields[key].text().strip()

    def blank(self) -> str | None:
        """The first field that is empty, in words."""
        return next((self._wants(key) for key in self.fields if not self.value_of(key)), None)

    def _wants(self, key: str) -> str:
        self.wanting = key
        return self.look.word("first_fill", what=self.word(key))


_EXAMPLES = {"first_place_name": "龙士", "first_place_code": "LS", "first_station_code": "LS-1"}


class PlaceForm(Fields):
    """Which checkpoint, which station."""

    title = "first_place"

    def __init__(self, look: Look) -> None:
        super().__init__(look, tuple(_EXAMPLES), "first_station_hint")
        self.retranslate()

    def problem(self) -> str | None:
        """What is missing."""
        return self.blank()

    def value(self) -> Config:
        """The configuration, in the language in force."""
        name, checkpoint, station = map(self.value_of, _EXAMPLES)
        return Config(station, checkpoint, name, self.look.language)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        for key, example in _EXAMPLES.items():
            self.fields[key].setPlaceholderText(self.look.word("first_example", what=example))


class PersonForm(Fields):
    """Somebody with a PIN, entered twice. An optional one may be left blank as a whole."""

    def __init__(self, look: Look, role: Role, title: str, *, optional: bool) -> None:
        super().__init__(
            look, ("first_code", "first_name", "first_unit", "first_pin", "first_pin_again"), f"{title}_text"
        )
        self.title, self._role, self._optional = title, role, optional
        for key in ("first_pin", "first_pin_again"):
            self.fields[key].setEchoMode(QLineEdit.EchoMode.Password)
            self.fields[key].setMaxLength(MOST)
            digits = QRegularExpressionValidator(QRegularExpression("[0-9]*"), self.fields[key])
            self.fields[key].setValidator(digits)
        self.retranslate()

    def problem(self) -> str | None:
        """What is missing."""
        if self._optional and not any(map(self.value_of, self.fields)):
            return None
        if (lacking := self.blank()) is not None:
            return lacking
        pin = self.value_of("first_pin")
        if len(pin) < LEAST:
            return self._wants("first_pin")
        if is_common(pin, self.value_of("first_code")):
            self.wanting = "first_pin"
            return console.sentence(PinCommon(), self.look.language)
        if pin != self.value_of("first_pin_again"):
            self.wanting = "first_pin_again"
            return self.look.word("first_pin_differs", who=self.look.word(self.title))
        return None

    def value(self) -> NewPerson | None:
        """Who it is; None where it was left blank."""
        code, name, unit, pin, _ = map(self.value_of, self.fields)
        return NewPerson(code, name, unit, self._role, pin) if code else None


class FilesForm(QFrame):
    """Files to import, each read as soon as it is chosen."""

    title = "first_files"

    def __init__(self, look: Look, clerk: Clerk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.rows = {kind: FileRow(look, clerk, kind) for kind in OFFERED}
        self._look = look
        self._text = label("muted", wrap=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in self.rows.values():
            column.addWidget(row)
        column.addStretch()
        around = QVBoxLayout(self)
        around.setContentsMargins(24, 12, 24, 12)
        around.setSpacing(8)
        around.addWidget(self._text)
        area = scrolled(inside)
        for plain in (area, inside):
            plain.setObjectName("plain")
        around.addWidget(area, 1)
        look.changed.connect(self.retranslate)
        self.retranslate()

    def problem(self) -> str | None:
        """What stands in the way."""
        rows = self.rows.values()
        if any(row.reading for row in rows):
            return self._look.word("first_file_unread")
        return self._look.word("first_file_wrong") if any(row.wrong for row in rows) else None

    def value(self) -> tuple[Document, ...]:
        """The files that were chosen."""
        return tuple(row.document for row in self.rows.values() if row.document is not None)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        self._text.setText(self._look.word("first_files_text"))


class FileRow(QWidget):
    """One file: its path, typed or chosen, and what came of reading it."""

    def __init__(self, look: Look, clerk: Clerk, kind: DocumentKind) -> None:
        super().__init__()
        self._look, self._clerk, self._kind = look, clerk, kind
        self.document: Document | None = None
        self.reading = False
        self._error: Exception | None = None
        self._asked = ""
        self._name, self.result, self.error = QLabel(), label("good"), label("error", wrap=True)
        self.path = QLineEdit()
        self.browse = touchable(QPushButton())
        self.path.editingFinished.connect(self.read)
        self.browse.clicked.connect(self._choose)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self.path, 1, 0)
        grid.addWidget(self.browse, 0, 1, 2, 1)
        grid.addWidget(self.result, 2, 0, 1, 2)
        grid.addWidget(self.error, 3, 0, 1, 2)
        look.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def wrong(self) -> bool:
        """Whether the file cannot be used."""
        return self._error is not None

    @Slot()
    def read(self) -> None:
        """Read the file that the path names, away from the window's thread."""
        typed = self.path.text().strip()
        if typed == self._asked:
            return
        self._asked = typed
        self.document, self._error, self.reading = None, None, bool(typed)
        if typed:
            self._clerk.ask(lambda _database: read_document(self._kind, Path(typed)), self._read, self._failed)
        self.retranslate()

    def _read(self, document: Document) -> None:
        self.document, self.reading = document, False
        self.retranslate()

    def _failed(self, error: Exception) -> None:
        self._error, self.reading = error, False
        self.retranslate()

    @Slot()
    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self._look.word(f"first_{self._kind}"))
        if path:
            self.path.setText(path)
            self.read()

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        name = self._look.word(f"first_{self._kind}")
        self._name.setText(name)
        self.path.setAccessibleName(name)
        self.browse.setText(self._look.word("first_browse"))
        self.browse.setAccessibleName(f"{self._look.word('first_browse')} {name}")
        good = "first_reading" if self.reading else "first_read" if self.document is not None else None
        self.result.setText(self._look.word(good) if good else "")
        self.result.setVisible(good is not None)
        self.error.setText(console.sentence(self._error, self._look.language) if self._error else "")
        self.error.setVisible(self.wrong)
