"""The handover page (交接班): the shifts to hand over, the sheet of one, and both leads' words for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.engine import Database
from shifts.handover import Handover
from shifts.model import THREE_SHIFTS, DatedShift, ShiftPlan
from station import handover_words
from station.clock import utc_now
from station.config import Config
from station.view import Health
from ui import console
from ui.dress import Dress
from ui.handover import wording
from ui.handover.cards import Cards
from ui.handover.confirm import Told
from ui.handover.keeping import Loaded, Step, merged, own_of, with_own
from ui.handover.leftover import Leftover
from ui.handover.section import Shown
from ui.handover.sheet import SheetPane
from ui.handover.shelf import Shelf
from ui.handover.shift_list import ShiftList
from ui.handover.style import style
from ui.look import Look
from ui.pages import TakesBadges
from ui.small_widgets import label, say

MINUTE = 60_000
_LIST, _CARDS = 13, 15
"""Characters that fit into a line of the list, and of the cards."""


class HandoverPage(TakesBadges):
    """The sheets of a station's checkpoint.

    Args:
        look: Words and colours.
        open_database: Called once, on the page's own thread.
        config: The station's.
        plan: The checkpoint's shifts.
        now: The time, aware.
    """

    overdue = Signal(int)
    """How many handovers are late or missing."""

    def __init__(
        self,
        look: Look,
        open_database: Callable[[], Database],
        config: Config,
        *,
        plan: ShiftPlan = THREE_SHIFTS,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self._minute = QTimer(self, interval=MINUTE)
        self._minute.timeout.connect(self._pass_time)
        self._look, self._plan, self._now = look, plan, now
        self._shelf = Shelf(open_database, config, plan, now, self)
        self._loaded: Loaded | None = None
        self._base: Handover | None = None  # the sheet as it is kept
        self._wrong: Told | None = None
        self._noticed = False  # what is said on top is to be read, though all went well since
        self._looked_for: DatedShift | None = None  # the shift that ran when the overdue ones were counted
        self._there: tuple[str, ...] = ()  # who is on duty
        self.title, self.state = label("heading", wrap=True), label("muted", wrap=True)
        self.problem = label("error", wrap=True)
        self.export = QPushButton()
        self.list = ShiftList(look)
        self.sheet = SheetPane(look)
        self.cards, self.leftover = Cards(look), Leftover(look)
        self.gives, self.takes, self.complete = self.cards.gives, self.cards.takes, self.cards.complete
        self._lay_out()
        self._dress = Dress(self, look, style, self._arrange)
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.export)
        middle = QVBoxLayout()
        middle.addWidget(self.state)
        middle.addWidget(self.sheet, 1)
        below = QHBoxLayout()
        below.addWidget(self.list)
        below.addLayout(middle, 1)
        below.addWidget(self.cards)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 8, 10, 8)
        rows.addLayout(head)
        rows.addWidget(self.problem)
        rows.addWidget(self.leftover)
        rows.addLayout(below, 1)
        self.state.setIndent(10)  # above the sheet's words
        self.problem.hide()

    def _connect(self) -> None:
        self._look.changed.connect(self.retranslate)
        shelf = self._shelf
        shelf.loaded.connect(self.show_loaded)
        shelf.kept.connect(self._kept)
        shelf.confirmed.connect(self._confirmed)
        shelf.refused.connect(self._refused)
        shelf.printed.connect(self._printed)
        shelf.failed.connect(self._fail)
        shelf.overdue.connect(self.overdue)
        shelf.attended.connect(self.refresh)
        self.sheet.attendance.serve(shelf)
        self.sheet.edited.connect(self._edited)
        self.sheet.rebuilt.connect(self._order_tabs)
        self.list.wanted.connect(self.choose)
        self.gives.ordered.connect(self._give)
        self.takes.ordered.connect(self._take)
        self.export.clicked.connect(self._ask_file)
        refresh = QShortcut(QKeySequence("Ctrl+R"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        refresh.activated.connect(self.refresh)

    # --- for the window ----------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Read the sheet in hand and the list anew; what was typed is kept first."""
        self._shelf.load(self._base.shift if self._base is not None else None)

    def close_down(self) -> None:
        """Keep what was typed, stop the thread. Safe to call twice."""
        self._minute.stop()
        self._shelf.close_down()

    def take_badge(self, text: str) -> None:
        """A badge that is scanned here signs its owner in or out."""
        self.sheet.attendance.take_badge(text)

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """Take over who is at the desk, how old the trust list is, and that another shift has begun."""
        self._shelf.trust_age = health.trust_age
        self.set_officer(health.officer)
        if health.on_duty != self._there:
            self._there = health.on_duty
            if self.isVisible():
                self.refresh()
        if health.shift != self._looked_for:
            self._looked_for = health.shift
            self._minute.start()
            self._shelf.look()

    def set_officer(self, code: str | None) -> None:
        """Who is at the desk: a lead writes, everybody else looks."""
        if code != self._shelf.officer:
            self._shelf.save()
            self._shelf.officer = code
            if self.isVisible():
                self.refresh()

    @Slot()
    def _pass_time(self) -> None:
        """What is due, and what passed the gate, goes on by itself."""
        if self.isVisible():
            self.refresh()
        self._shelf.look()

    @Slot()
    def retranslate(self) -> None:
        """Say and colour everything anew."""
        self._dress.put_on()
        word = self._look.word
        say(self.export, word("handover_export"))
        self.list.setAccessibleName(word("handover_shifts"))
        self.sheet.retranslate()
        self.cards.retranslate()
        self.leftover.retranslate()
        self.problem.setText(self._wrong() if self._wrong is not None else "")
        self._tell()

    # --- a sheet -----------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_loaded(self, loaded: Loaded) -> None:
        """Show what was read."""
        if not self._noticed or self._base is None or loaded.handover.shift != self._base.shift:
            self._complain(None)
        self._loaded = loaded
        self._show(loaded.handover)

    def _show(self, handover: Handover) -> None:
        """Show a sheet as it is kept."""
        anew = self._base is None or self._base.shift != handover.shift
        self._base = handover
        loaded = self._loaded
        if loaded is None:
            return
        shown = Shown(handover, self._plan, loaded.names, loaded.leads and handover.given is None)
        self.sheet.show_sheet(shown, anew=anew)
        self.cards.show_sheet(shown, self._now(), self._shelf.officer if loaded.leads else None)
        self._tell()
        self._order_tabs()

    @Slot(object)
    def choose(self, shift: DatedShift) -> None:
        """Take another shift's sheet in hand."""
        if self._base is None or shift != self._base.shift:
            self._shelf.load(shift)

    @Slot()
    def _edited(self) -> None:
        base = self._base
        if base is not None and base.given is None:
            self._shelf.keep(base, self.sheet.own())
            self._complain(None)
            self._tell()

    @Slot(object)
    def _kept(self, step: Step) -> None:
        """What was typed is on record; what was typed since stays typed."""
        base = self._base
        if base is None or step.handover.shift != base.shift:
            return
        if not step.meanwhile:
            self._base = step.handover
            if not self._noticed:
                self._complain(None)
            self._tell()
            return
        self._take_in(step)

    def _take_in(self, step: Step) -> None:
        """Somebody else wrote, or gave the sheet: nothing of either is lost."""
        typed = self.sheet.own()
        if step.unkept is not None:
            self._show(step.handover)
            self.leftover.add(handover_words.own_lines(with_own(step.handover.sheet, typed)))
        else:
            now = merged(step.asked, typed, own_of(step.handover.sheet))
            self._show(replace(step.handover, sheet=with_own(step.handover.sheet, now)))
            self._base = step.handover
            if now != own_of(step.handover.sheet):
                self._shelf.keep(step.handover, now)
            self._complain(partial(self._look.word, "handover_meanwhile"))
            self._noticed = True

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._complain(lambda: self._look.word("handover_failed", problem=self._sentence(error)))

    def _sentence(self, error: Exception) -> str:
        return console.sentence(error, self._look.language)

    def _complain(self, told: Told | None) -> None:
        self._wrong, self._noticed = told, False
        self.problem.setText(told() if told is not None else "")
        self.problem.setVisible(told is not None)

    # --- confirming --------------------------------------------------------------------------------------------------

    @Slot(str, str)
    def _give(self, code: str, pin: str) -> None:
        base = self._base
        if base is None:
            return
        if (nameless := self.sheet.supplies.unnamed()) is not None:
            number, field = nameless
            self.gives.say(partial(self._look.word, "handover_unnamed", number=number))
            field.setFocus()
            return
        own = self.sheet.own() if base.given is None else own_of(base.sheet)
        self._shelf.give(base, own, code, pin)

    @Slot(str, str)
    def _take(self, code: str, pin: str) -> None:
        if self._base is not None:
            self._shelf.take(self._base, code, pin)

    @Slot(object)
    def _confirmed(self, step: Step) -> None:
        self.cards.settle()
        if self._base is None or step.handover.shift != self._base.shift:
            return
        if step.meanwhile:
            self._take_in(step)
        else:
            self._show(step.handover)
            self.refresh()
        self._shelf.look()

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        card = self.cards.wanted
        card.say(partial(self._sentence, error))
        card.pin.setFocus()
        self.refresh()  # somebody may have been faster

    # --- printing ----------------------------------------------------------------------------------------------------

    @Slot()
    def _ask_file(self) -> None:
        """Whoever chooses a file that is there is asked by the dialog."""
        if self._base is None:
            return
        offered = wording.file_name(self._look, self._base.shift)
        path, _ = QFileDialog.getSaveFileName(self, self._look.word("handover_export"), offered, "PDF (*.pdf)")
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Write the sheet as it is on the screen."""
        if self._base is None or self._loaded is None:
            return
        sheet = with_own(self._base.sheet, self.sheet.own()) if self._base.given is None else self._base.sheet
        shown, language = replace(self._base, sheet=sheet), self._look.language
        self._shelf.print_sheet(shown, path, names=self._loaded.names, language=language)

    @Slot(object)
    def _printed(self, path: Path) -> None:
        self._complain(None)
        self._say(self._look.word("handover_exported", file=path))

    # --- words -------------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Everything around the sheet."""
        loaded, base, word = self._loaded, self._base, self._look.word
        self.export.setEnabled(base is not None)
        self.cards.setVisible(base is not None)
        if loaded is None or base is None:
            self.title.setText(word("page_handover"))
            self._say(word("handover_reading"))
            return
        self.title.setText(wording.title(self._look, self._plan, loaded, base))
        self._say(wording.state(self._look, loaded, base, waits=self._shelf.waits))
        self.list.show_listed(loaded.listed, base.shift)

    def _say(self, sentence: str) -> None:
        self.state.setText(sentence)
        self.state.setVisible(bool(sentence))

    # --- what Qt calls -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the sheet each time the page is turned to."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Turned away from: what was typed is kept, no PIN stays."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._shelf.save()
            self.cards.forget()

    def _arrange(self) -> None:
        character = self.list.fontMetrics().horizontalAdvance("国")
        self.list.setFixedWidth(_LIST * character)
        self.cards.setFixedWidth(_CARDS * character)

    @Slot()
    def _order_tabs(self) -> None:
        """Tab goes from the list through the sheet to the cards, whatever was added meanwhile."""
        parts = (self.leftover.controls(), (self.list,), self.sheet.controls(), self.cards.controls())
        chain = (self.export, *(one for part in parts for one in part))
        for one, following in pairwise(chain):
            QWidget.setTabOrder(one, following)
