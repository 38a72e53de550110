"""The roster page (排班): a grid of checkpoints, shifts and days, edited as a draft, checked as one goes, published."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.engine import Database
from shifts.model import Person
from shifts.publishing import Change
from station.clock import utc_now
from station.view import Health
from ui import console
from ui.dress import Dress
from ui.look import Look
from ui.roster.absences import Absences
from ui.roster.bar import Bar
from ui.roster.board import Cell
from ui.roster.days import Days
from ui.roster.editing import Editor
from ui.roster.empty import Empty
from ui.roster.exchange import Exchange
from ui.roster.grid import BoardView
from ui.roster.hands import Hands
from ui.roster.keeping import Loaded
from ui.roster.marks import Marks
from ui.roster.model import BoardModel
from ui.roster.month import MonthView
from ui.roster.overview import Overview
from ui.roster.panels import Panels
from ui.roster.publishing import Publishing
from ui.roster.shelf import Shelf
from ui.roster.style import style
from ui.roster.swapping import Swapping
from ui.roster.thinker import Thinker
from ui.roster.wording import Wording
from ui.small_widgets import Elided, label

_PANE = 21
"""Characters that fit into a line of the pane."""


class RosterPage(QWidget):
    """The board.

    Args:
        look: Words and colours.
        open_database: Called once, on the page's own thread.
        station: This station's code, for what is published here.
        checkpoint: Its checkpoint's code and name: home of whom a list says no other.
        now: The time, aware.
    """

    def __init__(
        self,
        look: Look,
        open_database: Callable[[], Database],
        station: str,
        *,
        checkpoint: tuple[str, str] = ("", ""),
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self._look = look
        self._shelf, self._thinker = Shelf(open_database, station, now, self), Thinker(self)
        self._loaded: Loaded | None = None
        self.editor: Editor | None = None
        self.bar = Bar(look)
        self.model = BoardModel(look, self)
        self.grid = BoardView(look, self.model)
        self.hands = Hands(look, self.model, self.grid, self)
        self.month = MonthView(look, self.model, self.grid.selectionModel(), self.grid.delegate)
        self.days = Days(self.bar, self.model, self.grid, self.month, self)
        self.panels = Panels(look, self._thinker, self.model)
        self.overview = Overview(look, self.model, self.month, hands=self.hands, days=self.days, parent=self)
        self.absences = Absences(self.model, self.panels, self.hands, self.days, now=now, parent=self)
        self.swapping = Swapping(look, self._shelf, self.panels, self)
        self.state, self.notice = label("muted"), Elided()
        self.problem = label("error", wrap=True)
        self.empty = Empty(look)
        self.publishing = Publishing(look, self._shelf, self.panels, self)
        self.exchange = Exchange(
            look, self._shelf, self._thinker, self.panels, empty=self.empty, own=checkpoint, page=self
        )
        self._lay_out()
        self._dress = Dress(self, look, style, self._arrange)
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.state)
        line.addWidget(self.notice, 1)
        beside = QVBoxLayout()
        beside.addLayout(line)
        self.overview.lay_out(beside, self.grid, self.panels)
        below = QWidget()
        both = QHBoxLayout(below)
        both.setContentsMargins(0, 0, 0, 0)
        both.addLayout(beside, 1)
        both.addWidget(self.panels)
        self._stack = QStackedWidget()
        for each in (self.empty, below, self.exchange.intake):
            self._stack.addWidget(each)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 8, 10, 8)
        rows.addWidget(self.bar)
        rows.addWidget(self.problem)
        rows.addWidget(self._stack, 1)
        self.problem.hide()
        self.bar.hide()

    def _connect(self) -> None:
        self._look.changed.connect(self.retranslate)
        self._shelf.loaded.connect(self.show_roster)
        self._shelf.failed.connect(self._fail)
        self.days.left.connect(self._shelf.load)
        self.bar.narrowed.connect(self._narrow)
        self.bar.undo.clicked.connect(self.hands.undo)
        self.bar.generate.clicked.connect(self.panels.open_generate)
        self.bar.more.clicked.connect(self.panels.open_more)
        self.bar.publish.clicked.connect(self.open_publish)
        self.grid.entered_cell.connect(self._show_cell)
        self.hands.looked.connect(self._show_cell)
        self.hands.said.connect(self._say)
        self.hands.choosing.connect(self.panels.choose)
        card = self.panels.problems.cell
        card.choose.connect(self.hands.choose_here)
        card.confirm.connect(self.hands.confirm)
        card.take_out.connect(self.hands.take_out)
        card.pin.connect(self.hands.pin)
        card.remedies.picked.connect(self.hands.mend)
        self.panels.problems.wanted.connect(self.days.go_to)
        self.panels.chooser.chosen.connect(self._put)
        self.panels.opened.connect(self.bar.show_open)
        self.panels.closed.connect(self.days.take_focus)
        self.overview.said.connect(self._say)
        self.panels.absence.publishing.connect(self.open_publish)
        for each in (self.panels, self.swapping):
            each.said.connect(self._say)
            each.failed.connect(self._fail)
        self.swapping.serve_grid(self.bar, self.model, self.hands)
        self.exchange.said.connect(self._say)
        self.publishing.said.connect(self._say)
        self.exchange.failed.connect(self._complain)
        self.exchange.redone.connect(self.hands.redo)
        self.exchange.intake.turned.connect(self._turn)
        card.shifts.connect(self._show_shifts)
        keys: dict[str, Callable[[], None]] = {
            "F7": self.panels.problems.go_next,
            "Shift+F7": self.panels.problems.go_back,
            "Ctrl+Z": self.hands.undo,
            "Ctrl+Shift+Z": self.hands.redo,
            "Ctrl+Y": self.hands.redo,
            "F9": self.panels.open_swaps,
            "Ctrl+H": self.swapping.begin_here,
            "Ctrl+P": self.hands.pin,
            "Ctrl+I": self.hands.miss,
            "Ctrl+M": card.remedies.pick_first,
            "Ctrl+R": self.refresh,
            "Ctrl+Up": self.days.show_month,
            "Ctrl+Down": self.days.show_week,
            "Ctrl+Left": self.days.go_earlier,
            "Ctrl+Right": self.days.go_later,
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- for the window ----------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Read the roster anew; what was edited is kept first."""
        self._shelf.load(self._loaded.problem.period.start if self._loaded else None)

    def close_down(self) -> None:
        """Keep the draft, stop every thread. Safe to call twice."""
        self.panels.close_down()
        self._thinker.close_down()
        self._shelf.close_down()

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """Take over who is at the desk."""
        self.set_officer(health.officer)

    def set_officer(self, code: str | None) -> None:
        """Who is at the desk: a lead edits, everybody else looks."""
        if code != self._shelf.officer:
            self.panels.forget()
            self._shelf.save()
            self._shelf.officer = code
            if self.isVisible():
                self._shelf.load(None)
            else:
                self._loaded = None

    @Slot()
    def retranslate(self) -> None:
        """Say and colour everything anew."""
        self._dress.put_on()
        self.grid.setAccessibleName(self._look.word("roster_grid"))
        self.bar.retranslate()
        self.panels.retranslate()
        self.empty.retranslate()
        self.exchange.retranslate()
        self._say("")
        self.overview.retranslate()
        self._tell_all()

    # --- a roster ----------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_roster(self, loaded: Loaded | None) -> None:
        """Show what was read; None: there is no roster yet."""
        self._complain("")
        self._loaded = loaded
        self._turn()
        if loaded is None:
            self.editor = self.hands.editor = self.publishing.editor = None
            self.exchange.serve(None, None)
            return
        before, problem = self.editor, loaded.problem
        anew = before is None or before.problem.period != problem.period
        editor = Editor(self._thinker, problem, loaded.draft, self)
        self.editor = self.hands.editor = self.publishing.editor = editor
        editor.edited.connect(self._edited)
        editor.marked.connect(self._marked)
        editor.failed.connect(self._fail)
        if before is not None:
            before.deleteLater()
        wording = Wording(self._look, problem)
        published = loaded.published.roster.assignments if loaded.published else None
        self.model.editable = loaded.editable
        self.model.show(wording, problem, loaded.draft.assignments, loaded.sheet, published)
        self.bar.offer_checkpoints([(code, wording.name(code)) for code in problem.plans])
        self.panels.serve(editor, loaded, anew=anew)
        self.days.serve(loaded, self._shelf.today if anew else None)
        self.swapping.serve(loaded)
        self.exchange.serve(editor, loaded)
        self._tell_all()
        editor.look_at_all()
        if loaded.carried and loaded.published is not None:
            self._say(self._look.word("roster_carried_draft", newest=loaded.published.roster.version))
        if loaded.outdated and loaded.published is not None:
            base, newest = loaded.draft.base, loaded.published.roster.version
            self._complain(self._look.word("roster_outdated_draft", base=base, newest=newest))

    @Slot()
    def _turn(self) -> None:
        """What stands in the middle: the board, what to do without one, or what is being brought in."""
        coming = self.exchange.intake.busy
        self.bar.setVisible(self._loaded is not None and not coming)
        self._stack.setCurrentIndex(2 if coming else 0 if self._loaded is None else 1)
        if coming:
            self._complain("")

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        sentence = console.sentence(error, self._look.language)
        self._complain(self._look.word("roster_failed", problem=sentence))

    @Slot(str)
    def _complain(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.notice.show_text(sentence)

    @Slot(object)
    def _narrow(self, checkpoint: str | None) -> None:
        self.model.narrow(checkpoint)
        self.days.take_focus()

    # --- the draft ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _edited(self, change: Change) -> None:
        if self.editor is None:
            return
        self._shelf.keep(self.editor)
        self.model.change(self.editor.problem, self.editor.assignments, change)
        self.panels.follow(change)
        self._tell_all()

    @Slot(object)
    def _marked(self, marks: Marks) -> None:
        self.model.take_marks(marks)
        self.panels.show_marks(marks)
        self._show_cell()

    def _tell_all(self) -> None:
        """Everything around the grid that follows the draft."""
        editor, loaded = self.editor, self._loaded
        if editor is None or loaded is None:
            return
        self.state.setText(self._state(editor, loaded))
        self.bar.offer_acts(editor.draft, editable=loaded.editable)
        self.panels.more.offer_redo(possible=loaded.editable and bool(editor.draft.undone))
        self.panels.tell_all()
        self._show_cell()

    def _state(self, editor: Editor, loaded: Loaded) -> str:
        word = self._look.word
        if not loaded.editable:
            return word("roster_read_only")
        if loaded.published is None:
            return word("roster_draft_first")
        count = len(editor.assignments ^ loaded.published.roster.assignments)
        version = loaded.published.roster.version
        return word("roster_draft", count=count) if count else word("roster_as_published", version=version)

    @Slot()
    def _show_shifts(self) -> None:
        """All of whoever stands in the cell in hand."""
        if self.hands.cell is not None and self.hands.cell.assignment is not None:
            self.exchange.show_shifts(self.hands.cell.assignment.person)

    @Slot()
    def _show_cell(self) -> None:
        self.panels.show_cell(self.hands.cell)

    @Slot(object, object)
    def _put(self, cell: Cell, person: Person) -> None:
        if self.hands.put(cell, person):
            self.panels.close_panel()
            self.grid.go_to(self.model.find(cell.place, person.code))

    @Slot()
    def open_publish(self) -> None:
        """Show what publishing means, and ask for a lead's word."""
        self.publishing.open()

    # --- what Qt calls -----------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the roster each time the page is turned to."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Turned away from: the draft is kept, no PIN stays typed."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._shelf.save()
            self.panels.forget()

    def _arrange(self) -> None:
        self.panels.setFixedWidth(_PANE * self.grid.fontMetrics().horizontalAdvance("国"))
        self.grid.arrange()
        self.month.arrange()
