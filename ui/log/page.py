"""The log page (记录): what passed, why, and what was done about it. It asks the database on a thread of its own."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.engine import Database
from db.filters import ALL
from db.passages import Place
from shifts.model import THREE_SHIFTS, ShiftPlan
from station import disclosure, search
from station.access import NOBODY, Actor
from station.clock import utc_now
from station.view import Health
from ui import console
from ui.clerk import Clerk
from ui.dress import Dress
from ui.log import queries
from ui.log.detail import Passage
from ui.log.filters import FilterBar, SpanError
from ui.log.model import ROW, PassageModel
from ui.log.pane import DetailPane
from ui.log.queries import Order, Page
from ui.log.records import Row
from ui.log.style import style
from ui.log.table import PassageTable
from ui.look import Look
from ui.small_widgets import label

_PANE = 24
"""Characters that fit into a line of the detail."""


class LogPage(QWidget):
    """The list, its filters, and the passage selected.

    Args:
        look: Words and colours.
        open_database: Called once, on the page's own thread.
        station: This station's code, for the events it writes.
        now: The time, aware.
        plan: The checkpoint's shifts.
    """

    def __init__(
        self,
        look: Look,
        open_database: Callable[[], Database],
        station: str,
        *,
        now: Callable[[], datetime] = utc_now,
        plan: ShiftPlan = THREE_SHIFTS,
    ) -> None:
        super().__init__()
        self._look, self._station, self._now, self._plan = look, station, now, plan
        self._clerk = Clerk(open_database, self)
        self._filters = ALL
        self._asked = 0  # counts lists; an answer to an earlier one is stale
        self._turned_to = False
        self._selected: tuple[str, str] | None = None
        self._user = NOBODY
        self._wrong: Exception | None = None

        self.bar = FilterBar(look)
        self.bar.offer_range(now())
        self.model = PassageModel(look, self)
        self.table = PassageTable(look, self.model)
        self.pane = DetailPane(look)
        self.problem = label("error", wrap=True)
        self.empty, self.count = label("title", wrap=True), label("muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list = QStackedWidget()
        self._list.addWidget(self.table)
        self._list.addWidget(self.empty)

        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        left.addWidget(self.count)
        below = QHBoxLayout()
        below.addLayout(left, 1)
        below.addWidget(self.pane)
        rows = QVBoxLayout(self)
        rows.addWidget(self.bar)
        rows.addWidget(self.problem)
        rows.addLayout(below, 1)
        self.problem.hide()
        self.pane.hide()

        self._dress = Dress(self, look, style, self._arrange)
        self.bar.applied.connect(self.apply)
        self.bar.refreshed.connect(self.refresh)
        self.model.wanted.connect(self._want)
        self.table.selectionModel().selectionChanged.connect(self._select)
        self.pane.close_button.clicked.connect(self.close_detail)
        self.pane.form.ordered.connect(self._order)
        self.pane.form.whole_wanted.connect(self._toggle_whole)
        look.changed.connect(self.retranslate)
        self.retranslate()

    # --- for the window ----------------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show what is new at the top; the selection stays."""
        if self.bar.has_moved_on(self._filters, self._now(), self._plan):
            self.apply()
            return
        job = partial(queries.newest, filters=self._filters, down_to=self.model.top)
        self._clerk.ask(job, partial(self._take_newest, self._asked), partial(self._fail, self._asked))
        self._tell_count()

    def close_down(self) -> None:
        """Join the page's thread. Safe to call twice."""
        self._clerk.close_down()

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """Take over who has the desk."""
        if health.user != self._user:
            self.set_user(health.user)

    def set_user(self, user: Actor) -> None:
        """Who has the desk: what they may is offered, and their code stands in the form and in what is written down."""
        if self.pane.passage is not None and self.pane.whole:  # it was shown to somebody else
            self.pane.show_passage(self.pane.passage)
            self.pane.tell("")
        self._user = user
        self.pane.form.set_user(user)

    @Slot()
    def retranslate(self) -> None:
        """Say and colour everything anew."""
        self.table.setAccessibleName(self._look.word("log_list"))
        self.bar.retranslate()
        self.model.retranslate()
        self.pane.retranslate()
        self._tell_count()
        self._complain(self._wrong)
        self._dress.put_on()

    # --- what is listed ----------------------------------------------------------------------------------------------

    @Slot()
    def apply(self) -> None:
        """List what the filters ask for."""
        self._asked += 1
        try:
            self._filters = self.bar.filters(self._now(), self._plan)
        except SpanError as error:
            self._complain(error)
            return
        self._complain(None)
        self._clerk.ask(
            partial(queries.first, filters=self._filters, station=self._station, user=self._user, now=self._now()),
            partial(self._take_first, self._asked),
            partial(self._fail, self._asked),
        )

    @Slot(object)
    def _want(self, before: Place | None) -> None:
        self._clerk.ask(
            partial(queries.earlier, filters=self._filters, before=before),
            partial(self._take_earlier, self._asked, before),
            partial(self._fail, self._asked),
        )

    def _take_first(self, asked: int, page: Page) -> None:
        if asked == self._asked:
            self.model.take_first(page)
            self._reselect()
            self._settle()

    def _take_earlier(self, asked: int, before: Place | None, page: Page) -> None:
        if asked == self._asked:
            self.model.take_earlier(page, before)
            self._settle()

    def _take_newest(self, asked: int, page: Page) -> None:
        if asked == self._asked:
            self.model.take_newest(page)
            self._reselect()
            self._settle()

    def _settle(self) -> None:
        self._complain(None)
        self._tell_count()
        if self._turned_to and self.model.rowCount():
            self._turned_to = False
            if self.isVisible():  # an answer that comes late takes the focus of no other page
                self.table.setFocus()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self.model.take_failure()
            self._complain(error)

    def _complain(self, wrong: Exception | None) -> None:
        self._wrong, sentence = wrong, ""
        if isinstance(wrong, SpanError):
            sentence = self._look.word(wrong.code)
        elif wrong is not None:
            sentence = self._look.word("log_failed", problem=console.sentence(wrong, self._look.language))
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if sentence:
            self.empty.clear()

    def _tell_count(self) -> None:
        """How much is listed, or what to do where nothing is."""
        count, complete = self.model.rowCount(), self.model.complete
        word = self._look.word
        told = word("log_listed_all" if complete else "log_listed", count=count) if count else ""
        far = search.how_far(self._filters, self._look.language)
        self.count.setText(" · ".join(filter(None, (told, far))))
        self._list.setCurrentWidget(self.table if count else self.empty)
        if not count:
            everything = self._filters == ALL
            self.empty.setText(word("log_empty" if everything else "log_none_found"))

    # --- the passage selected ----------------------------------------------------------------------------------------

    @Slot(QItemSelection, QItemSelection)
    def _select(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        lines = self.table.selectionModel().selectedRows()
        row: Row | None = lines[0].data(ROW) if lines else None
        key = row.key if row is not None else None
        if key == self._selected:
            return
        self._selected = key
        self.pane.forget()
        if key is None:
            self._show_pane(shown=False)
        else:
            self._ask_detail(key, self._take_passage)

    def _ask_detail(self, key: tuple[str, str], then: Callable[[Passage], None]) -> None:
        self._clerk.ask(partial(queries.passage, key=key), then, partial(self._fail, self._asked))

    def _take_passage(self, passage: Passage) -> None:
        if passage.key == self._selected:
            self.model.take_row(queries.row(passage))
            same = self.pane.passage is not None and self.pane.passage.key == passage.key
            self.pane.show_passage(passage, whole=same and self.pane.whole)
            self._show_pane(shown=True)

    def _show_pane(self, *, shown: bool) -> None:
        self.pane.setVisible(shown)
        self._arrange()
        line = self.table.selectionModel().selectedRows()
        if shown and line:
            self.table.scrollTo(line[0])

    def _reselect(self) -> None:
        """The passage that was selected, told anew, wherever its line is now; if it is listed no more, none."""
        key = self._selected
        line = self.model.find(key) if key is not None else None
        if key is None or line is None:
            self._deselect()
            return
        if not self.table.selectionModel().hasSelection():  # the list began anew
            self.table.selectRow(line)
        self._ask_detail(key, self._take_passage)

    @Slot()
    def close_detail(self) -> None:
        """Select nothing: what was shown is gone."""
        self.table.setFocus()
        self._deselect()

    def _deselect(self) -> None:
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self._selected = None
        self.pane.forget()
        self._show_pane(shown=False)

    @Slot()
    def _toggle_whole(self) -> None:
        passage = self.pane.passage
        if passage is None:
            return
        if self.pane.whole:
            self.pane.show_passage(passage)
            self.pane.tell("")
            return
        job = partial(
            disclosure.unmask,
            key=passage.key,
            station=self._station,
            actor=self._user,
            now=self._now(),
            plan=self._plan,
        )
        self._clerk.ask(job, self._unmask, self._refuse)

    def _unmask(self, key: tuple[str, str]) -> None:
        """The act is written down: now it may be shown, if it is still the one selected."""
        passage = self.pane.passage
        if passage is not None and passage.key == key:
            self.pane.show_passage(passage, whole=True)
            self.pane.tell(self._look.word("log_shown_whole"))

    # --- decisions ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _order(self, order: Order) -> None:
        if self._selected is not None:
            job = partial(queries.decide, key=self._selected, order=order, now=self._now)
            self._clerk.ask(job, partial(self._decided, order), partial(self._not_decided, self._selected))

    def _decided(self, order: Order, passage: Passage) -> None:
        self.model.take_row(queries.row(passage))
        if passage.key == self._selected:
            self.pane.form.leave()
            self.pane.show_passage(passage, whole=self.pane.whole)
            self.pane.tell(self._look.word("log_decided", what=self._look.word(f"log_do_{order.kind}")))

    def _not_decided(self, key: tuple[str, str], error: Exception) -> None:
        if key == self._selected:
            self.pane.form.fail(console.sentence(error, self._look.language))

    def _refuse(self, error: Exception) -> None:
        self.pane.tell(console.sentence(error, self._look.language))

    # --- what Qt calls -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+R refreshes. Esc leaves what is nearest: the form, the filters, the detail."""
        if event.key() == Qt.Key.Key_R and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.refresh()
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self.pane.form.is_open:
            self.pane.form.leave()
        elif not self.bar.is_clear:
            self.bar.forget()
        else:
            self.close_detail()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read the newest rows each time the page is turned to."""
        super().showEvent(event)
        if not event.spontaneous():
            self._turned_to = True
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Turned away from: nothing stays unmasked, no PIN stays typed."""
        super().hideEvent(event)
        if not event.spontaneous() and self.pane.passage is not None:
            self.pane.form.leave()
            self.pane.tell("")
            self.pane.show_passage(self.pane.passage)

    def _arrange(self) -> None:
        """Share the width between list and detail, in the font they wear."""
        self.bar.fit()
        self.pane.setFixedWidth(_PANE * self.table.fontMetrics().horizontalAdvance("国"))
        beside = self.pane.isVisibleTo(self)
        self.table.arrange(self.width() - (self.pane.width() if beside else 0), squeezed=beside)
