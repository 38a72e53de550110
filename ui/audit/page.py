"""The audit page (审计): the figures of a range, for auditors and leads; the ledger verified; files taken away.

Whoever has the desk sees them if they may; when somebody else takes it, nothing of them stays.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db.engine import Database
from shifts.model import SHANGHAI, THREE_SHIFTS, ShiftPlan
from station import figures_words
from station.access import NOBODY, Action, Actor
from station.clock import utc_now
from station.config import Config
from station.view import Health
from ui import console
from ui.audit import queries
from ui.audit.board import Board
from ui.audit.export import ExportPanel
from ui.audit.filters import FilterBar
from ui.audit.queries import Counted
from ui.audit.style import style
from ui.audit.verify import VerifyPanel
from ui.clerk import Clerk
from ui.dress import Dress
from ui.look import Look
from ui.small_widgets import label, say

_BESIDE = 23
"""Characters that fit into a line of what stands to the right."""
Told = Callable[[], str]


class AuditPage(QStackedWidget):
    """The figures, or a word to whoever may not see them.

    Args:
        look: Words and colours.
        open_database: Called once on the page's own thread, and once for each piece of long work.
        config: The station's.
        plan: The checkpoint's shifts.
        now: The time, aware.
    """

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
        self._look, self._config, self._now = look, config, now
        self._clerk = Clerk(open_database, self)
        self._user = NOBODY
        self.counted: Counted | None = None
        self._asked = 0  # counts questions; an answer to an earlier one is stale
        self._counting = False
        self._wrong: Told | None = None
        self.bar, self.board = FilterBar(look, plan), Board(look)
        self.bar.offer_days(self._today)
        self.verify = VerifyPanel(look, open_database)
        self.export = ExportPanel(look, open_database, config, now)
        self.verify_button, self.export_button = QPushButton(), QPushButton()
        self.told, self.problem = label("muted", wrap=True), label("error", wrap=True)
        self.empty, self.empty_hint = label("title", wrap=True), label("muted", wrap=True)
        self.closed, self.closed_hint = label("title", wrap=True), label("muted", wrap=True)
        self.inside = QWidget()
        self._middle, self._beside = QStackedWidget(), QStackedWidget()
        self._lay_out()
        self._dress = Dress(self, look, style, self._arrange)
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self._middle.addWidget(self.board)
        self._middle.addWidget(_in_the_middle(self.empty, self.empty_hint))
        self._beside.addWidget(self.board.beside)
        self._beside.addWidget(self.verify)
        self._beside.addWidget(self.export)
        top = QHBoxLayout()
        top.addWidget(self.bar)
        top.addStretch(1)
        top.addWidget(self.verify_button)
        top.addWidget(self.export_button)
        below = QHBoxLayout()
        below.addWidget(self._middle, 1)
        below.addWidget(self._beside)
        rows = QVBoxLayout(self.inside)
        rows.setContentsMargins(10, 8, 10, 8)
        rows.addLayout(top)
        rows.addWidget(self.told)
        rows.addWidget(self.problem)
        rows.addWidget(self.board.tiles)
        rows.addLayout(below, 1)
        self.addWidget(_in_the_middle(self.closed, self.closed_hint))
        self.addWidget(self.inside)
        self.problem.hide()

    def _connect(self) -> None:
        self._look.changed.connect(self.retranslate)
        self.bar.applied.connect(self.refresh)
        self.verify_button.clicked.connect(self.open_verify)
        self.export_button.clicked.connect(self.open_export)
        for panel in (self.verify, self.export):
            panel.left.connect(self.close_panel)
        refresh = QShortcut(QKeySequence("Ctrl+R"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        refresh.activated.connect(self.refresh)

    # --- for the window ----------------------------------------------------------------------------------------------

    def close_down(self) -> None:
        """Stop what runs, join the threads. Safe to call twice."""
        self.verify.close_down()
        self.export.close_down()
        self._clerk.close_down()

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """Take over who has the desk."""
        if health.user != self._user:
            self.set_user(health.user)

    def set_user(self, user: Actor) -> None:
        """Who has the desk: nothing stays of what somebody else saw or typed; what they had written goes on."""
        self._user, self.counted = user, None
        self._asked += 1
        self._counting = False
        self.bar.start_over()
        self.export.withdraw()
        self.close_panel()
        self._complain(None)
        self.setCurrentIndex(self.is_open)
        if self.isVisible():
            self._turn_to()

    @property
    def is_open(self) -> bool:
        """Whether whoever has the desk may see figures."""
        return self._user.may(Action.VIEW_FIGURES)

    def _turn_to(self) -> None:
        if self.is_open:
            self.bar.range.setFocus()
            self.refresh()

    # --- the figures -------------------------------------------------------------------------------------------------

    @property
    def is_counting(self) -> bool:
        """Whether figures are asked for that are not there yet."""
        return self._counting

    @Slot()
    def refresh(self) -> None:
        """Count what is asked for."""
        if not self.is_open:
            return
        self._asked += 1
        self._counting = True
        self._tell()
        filters = self.bar.filters(self._today)
        station, now = self._config.station, self._now()
        job = partial(queries.count, filters=filters, actor=self._user, station=station, now=now)
        self._clerk.ask(job, partial(self._take, self._asked), partial(self._fail, self._asked))

    def _take(self, asked: int, counted: Counted) -> None:
        if asked == self._asked:
            self.counted, self._counting = counted, False
            self._complain(None)
            self.bar.offer_officers(counted.officers)
            self.board.show_figures(counted.figures, counted.names)
            self.export.offer(counted, self._user)
            self._tell()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._counting = False
            self._complain(lambda: self._look.word("audit_failed", problem=self._sentence(error)))
            self._tell()

    # --- panels ------------------------------------------------------------------------------------------------------

    @Slot()
    def open_verify(self) -> None:
        """Verify the ledger, beside the figures."""
        self._open_panel(self.verify, self.verify.begin)

    @Slot()
    def open_export(self) -> None:
        """Take away what is counted."""
        self._open_panel(self.export, self.export.why)

    @Slot()
    def close_panel(self) -> None:
        """Back to the charts; what runs goes on."""
        self._beside.setCurrentWidget(self.board.beside)
        self._tell()

    def _open_panel(self, panel: QWidget, first: QWidget) -> None:
        self._beside.setCurrentWidget(panel)
        self._tell()
        first.setFocus()

    # --- words -------------------------------------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return self._now().astimezone(SHANGHAI).date()

    def _sentence(self, error: Exception) -> str:
        return console.sentence(error, self._look.language)

    def _complain(self, told: Told | None) -> None:
        self._wrong = told
        self.problem.setText(told() if told is not None else "")
        self.problem.setVisible(told is not None)

    def _tell(self) -> None:
        word, figures = self._look.word, None if self.counted is None else self.counted.figures
        panel = self._beside.currentWidget() is not self.board.beside
        some = figures is not None and bool(figures.verdicts.total)
        self._middle.setCurrentIndex(0 if some else 1)
        self._beside.setVisible(some or panel)
        self.board.tiles.setVisible(some)
        self.empty.setText("" if figures is None else word("audit_empty"))
        self.empty_hint.setText("" if figures is None else word("audit_empty_hint"))
        self.closed.setText(word("audit_closed"))
        self.closed_hint.setText(word("audit_closed_hint"))
        if self._counting or figures is None:
            self.told.setText(word("audit_counting"))
        else:
            self.told.setText(figures_words.span(figures.filters, self._look.language))

    @Slot()
    def retranslate(self) -> None:
        """Say and colour everything anew."""
        self._dress.put_on()
        word = self._look.word
        for button, key in (
            (self.verify_button, "audit_verify"),
            (self.export_button, "audit_export_open"),
        ):
            say(button, word(key))
        for each in (self.bar, self.board, self.verify, self.export):
            each.retranslate()
        self._complain(self._wrong)
        self._tell()

    # --- what Qt calls -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves what is nearest: the panel, the filters."""
        if event.key() != Qt.Key.Key_Escape or not self.is_open:
            super().keyPressEvent(event)
        elif self._beside.currentWidget() is not self.board.beside:
            self.close_panel()
            self.bar.range.setFocus()
        elif not self.bar.is_clear:
            self.bar.forget()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The window gives it to the page; its first control takes it."""
        super().focusInEvent(event)
        if self.is_open:
            self.bar.range.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Count anew each time the page is turned to."""
        super().showEvent(event)
        if not event.spontaneous():
            self._turn_to()

    def _arrange(self) -> None:
        self._beside.setFixedWidth(_BESIDE * self.told.fontMetrics().horizontalAdvance("国"))


def _in_the_middle(*words: QLabel) -> QWidget:
    around = QWidget()
    rows = QVBoxLayout(around)
    rows.addStretch(1)
    for each in words:
        each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(each)
    rows.addStretch(2)
    return around
