"""Who is there: the shift's people and how each stands; below it they come and leave, by code and PIN or by badge."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from db.pins import MOST
from station import attendance, texts
from station.attendance import Noted
from station.handover_words import presence
from station.post import Post
from station.table import Table
from station.texts_handover import ABSENT
from ui import console
from ui.handover.section import Section, Shown, discard, table_of
from ui.handover.shelf import Shelf
from ui.look import Look
from ui.small_widgets import label, say

HELD_MS = 30_000
"""For so long a scanned badge is taken for in hand: its owner may leave by it without a PIN."""
Act = Callable[[Post, datetime], Noted]


class AttendancePane(Section):
    """A part of the sheet. Whoever comes or leaves does so for the shift it is time for, whatever sheet is shown."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._shelf: Shelf | None = None
        self._table: Table | None = None
        self._grid: QWidget | None = None
        self._said: Noted | Exception | None = None
        self._badge: tuple[str, str] | None = None  # what it says, and whose it is
        self._asked: str | None = None  # a badge that is being looked up
        self.code, self.pin = QLineEdit(maxLength=16), QLineEdit(maxLength=MOST)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.come, self.go, self.badge_go = QPushButton(), QPushButton(), QPushButton()
        self.hint, self.well = label("muted", wrap=True), label("good", wrap=True)
        self.problem = label("error", wrap=True)
        self.fields = QWidget()
        self.fields.setObjectName("plain")
        line = QHBoxLayout(self.fields)
        line.setContentsMargins(0, 0, 0, 0)
        for one, share in ((self.code, 3), (self.pin, 3), (self.come, 2), (self.go, 2)):
            line.addWidget(one, share)
        below: tuple[QWidget, ...] = (self.fields, self.hint, self.well, self.problem, self.badge_go)
        for widget in below:
            self.body.addWidget(widget)
            widget.hide()
        self._holds = QTimer(self, singleShot=True, interval=HELD_MS)
        self._holds.timeout.connect(self._put_away)
        self.code.returnPressed.connect(self.pin.setFocus)
        self.pin.returnPressed.connect(self._come)
        self.come.clicked.connect(self._come)
        self.go.clicked.connect(self._go)
        self.badge_go.clicked.connect(self._go_by_badge)

    def serve(self, shelf: Shelf) -> None:
        """Whom to ask."""
        self._shelf = shelf
        shelf.attended.connect(self._done)
        shelf.unattended.connect(self._failed)

    def take_badge(self, text: str) -> None:
        """A badge was scanned while the page is open: its owner comes, and may leave by it for a while."""
        self._put_away()
        self._asked = text
        self._ask(partial(_badge_comes, text))

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_sheet(self, shown: Shown) -> None:
        """Show a shift's people; what is being typed stays."""
        if self.shown is not None and self.shown.handover.shift != shown.handover.shift:
            self.forget()
        super().show_sheet(shown)
        self.fields.show()
        self.hint.show()

    def controls(self) -> Sequence[QWidget]:
        """The fields, then the buttons."""
        return self.code, self.pin, self.come, self.go, self.badge_go

    def retranslate(self) -> None:
        """Say everything again."""
        if self.shown is None:
            return
        word = self.look.word
        table = presence(self.shown.handover.sheet, self.look.language)
        if table != self._table:
            self._table = table
            self.title.setText(table.title)
            if self._grid is not None:
                discard(self._grid)
            self._grid = table_of(table)
            absent = texts.pick(ABSENT, self.look.language)
            for cell in self._grid.findChildren(QLabel):
                if cell.text() == absent:
                    cell.setProperty("role", "good")  # in bold
            self.body.insertWidget(1, self._grid)
            self._grid.show()  # at once, not when the layout comes to it
        for field, key in ((self.code, "attendance_code"), (self.pin, "attendance_pin")):
            field.setPlaceholderText(word(key))
            field.setAccessibleName(word("attendance_name", what=word(key)))
        for button, key in ((self.come, "attendance_come"), (self.go, "attendance_go")):
            button.setText(word(key))
            button.setAccessibleName(word("attendance_name", what=word(key)))
        self._say()

    def forget(self) -> None:
        """Nothing stays typed or said."""
        self.code.clear()
        self.pin.clear()
        self._said = None
        self._put_away()

    def _say(self) -> None:
        word, said = self.look.word, self._said
        self.hint.setText(word("attendance_hint" if self.come.isEnabled() else "attendance_checking"))
        done, wrong = "", ""
        if isinstance(said, Noted):
            sentence = texts.error(said.code, said.params, self.look.language)
            done, wrong = (sentence, "") if said.well else ("", sentence)
        elif said is not None:
            wrong = console.sentence(said, self.look.language)
        for shown, text in ((self.well, done), (self.problem, wrong)):
            shown.setText(text)
            shown.setVisible(bool(text))
        name = self._badge[1] if self._badge is not None else ""
        say(self.badge_go, word("attendance_badge_go", name=name))
        self.badge_go.setVisible(self._badge is not None)

    # --- what is done ------------------------------------------------------------------------------------------------

    @Slot()
    def _come(self) -> None:
        self._sign(attendance.check_in)

    @Slot()
    def _go(self) -> None:
        self._sign(attendance.check_out)

    def _sign(self, way: Callable[..., Noted]) -> None:
        code, pin = self.code.text().strip(), self.pin.text()
        if not code:
            self.code.setFocus()
        elif not pin:
            self.pin.setFocus()
        elif self.come.isEnabled():
            self._put_away()
            self.pin.clear()
            self._ask(partial(_by_pin, way, code, pin))

    @Slot()
    def _go_by_badge(self) -> None:
        if self._badge is not None:
            text, _ = self._badge
            self._put_away()
            self._ask(partial(_badge_goes, text))

    def _ask(self, act: Act) -> None:
        if self._shelf is not None:
            self._said = None
            self._busy(busy=True)
            self._shelf.attend(act)

    @Slot(object)
    def _done(self, noted: Noted) -> None:
        self._said = noted
        if noted.well and self._asked is not None:
            self._badge = self._asked, str(noted.params["name"])
            self._holds.start()
        else:
            self.code.clear()
        self._asked = None
        self._busy(busy=False)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._said, self._asked = error, None
        self._busy(busy=False)

    def _busy(self, *, busy: bool) -> None:
        self.come.setEnabled(not busy)
        self.go.setEnabled(not busy)
        self._say()

    @Slot()
    def _put_away(self) -> None:
        """No badge is in hand any more."""
        self._holds.stop()
        self._badge = None
        self._say()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 -- Qt's name
        """Turned away from: no PIN stays typed, no badge in hand."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.forget()


def _by_pin(way: Callable[..., Noted], code: str, pin: str, post: Post, now: datetime) -> Noted:
    return way(post, code, pin, now=now)


def _badge_comes(text: str, post: Post, now: datetime) -> Noted:
    return attendance.check_in_badge(post, text, now=now)


def _badge_goes(text: str, post: Post, now: datetime) -> Noted:
    return attendance.check_out_badge(post, text, now=now)
