"""The window: a rail of pages, the status line, the demo's stripe, and the page in hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from scanner.camera import CameraInfo
from station.access import NOBODY, Action
from station.desk import Desk
from station.session import Session, Told
from station.view import Health, View
from ui.bridge import Bridge
from ui.demo_officer import DemoOfficer
from ui.gate import wording
from ui.hand_scanner import HandScanner
from ui.handover.rail import HandoverButton
from ui.idle import IdleWatch
from ui.look import Look
from ui.pages import GATE, HANDOVER, KEYS, LOG, SETTINGS, SIGN_IN, GetReady, Page, TakesBadges
from ui.settings.camera import ListCameras
from ui.settings.page import SettingsPage
from ui.settings.voice import Audible
from ui.shell import Shell
from ui.sign_in.page import SignInPage
from ui.sign_in.staff import Staff
from ui.small_widgets import touchable
from ui.status import StatusLine
from ui.stripe import DemoPins, DemoStripe
from ui.verdict_beside import GateButton


class MainWindow(Shell):
    """The station's window. Nothing in it touches the desk but through `desk.do` and the bridge's signals.

    Args:
        look: Words and colours.
        desk: The desk at work.
        bridge: What the desk posts to.
        pages: The pages beside the window's own (sign-in and settings), the first one first.
        voice: The voice, for the settings page.
        cameras: Lists the cameras plugged in, for the settings page; None: the pictures are not a camera's.
        camera: The one chosen before.
        stand_in: The demo's officer, where the pictures are the demo's.
        pins: The demo's PINs.
        kiosk: Whether it fills the screen from the start.
        idle_minutes: So long without a touch, and without a check that goes on, locks it; None: nothing does.
    """

    leave = Signal()

    def __init__(
        self,
        look: Look,
        desk: Desk,
        bridge: Bridge,
        pages: Sequence[Page],
        *,
        voice: Audible | None = None,
        cameras: ListCameras | None = None,
        camera: CameraInfo | None = None,
        stand_in: DemoOfficer | None = None,
        pins: DemoPins | None = None,
        kiosk: bool = False,
        idle_minutes: int | None = None,
    ) -> None:
        super().__init__(look, kiosk=kiosk)
        self.idle = IdleWatch(idle_minutes)
        self._user, self._locked, self._behind = NOBODY, False, GATE
        self.status = StatusLine(look)
        self.stripe = DemoStripe(look, stand_in, pins)
        self.sign_in = SignInPage(look, desk)
        self.settings = SettingsPage(look, desk, voice, cameras=cameras, camera=camera)
        self.staff = Staff(desk)
        self._desk = desk
        self._view: View | None = None
        self._asked_for_officer = pins is not None  # the demo's signs in by itself
        own = (Page(SETTINGS, lambda: self.settings), Page(SIGN_IN, lambda: self.sign_in))
        self.pages = {page.key: page for page in (*pages, *own)}
        self.page = self._first = pages[0].key
        """The key of the page in hand."""
        self._ready = GetReady(pages, self.build, self)
        self.stack = QStackedWidget()
        self.gate_button, self.handover_button = GateButton(), HandoverButton()
        self._overdue = 0
        self._scanner = HandScanner(self.pages[GATE].widget)
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect(bridge)
        self.retranslate()
        self.open(self._first)

    def _lay_out(self) -> None:
        rail = QFrame()
        rail.setProperty("role", "rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(6, 8, 6, 8)
        column.setSpacing(8)
        for key in self.pages:
            if key in {SETTINGS, SIGN_IN}:
                self.build(key)  # they stand already: the window owns them
            if key == SETTINGS:
                column.addStretch()
            own = {GATE: self.gate_button, HANDOVER: self.handover_button}
            button = touchable(own.get(key) or QPushButton())
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._open_clicked)
            button.setProperty("page", key)
            QShortcut(QKeySequence(KEYS[key]), self).activated.connect(button.click)
            column.addWidget(button)
            self.buttons[key] = button
        self.rail = rail
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(rail)
        below.addWidget(self.stack, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(self.stripe)
        around.addWidget(self.status)
        around.addLayout(below, 1)

    def _connect(self, bridge: Bridge) -> None:
        for shows in (self.status, self.stripe, self.settings, self.sign_in, self.staff):
            bridge.health_changed.connect(shows.show_health)
        bridge.health_changed.connect(self.show_health)
        bridge.view_changed.connect(self.show_view)
        bridge.told.connect(self.show_told)
        bridge.noted.connect(self.status.show_noted)
        self.staff.changed.connect(self.status.show_names)
        self.staff.changed.connect(self.sign_in.show_names)
        self.sign_in.done.connect(self.open_first)
        self.idle.idle.connect(self._lock)
        self._scanner.heard.connect(self._open_gate)
        self._scanner.badge.connect(self._take_badge)
        self.settings.full_screen.connect(self.toggle_full_screen)
        self.settings.leave.connect(self.leave)
        self.look.changed.connect(self.retranslate)

    def build(self, key: str) -> QWidget:
        """A page's widget; it is built and laid into the window if it was not yet."""
        widget = self.pages[key].widget
        if self.stack.indexOf(widget) < 0:
            self.stack.addWidget(widget)
        return widget

    def open(self, key: str) -> None:
        """Open a page, unless whoever has the desk has no business there."""
        if not self._opens(key):
            return
        widget = self.build(key)
        self.stack.setCurrentWidget(widget)
        self.page = key
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        widget.setFocus()
        self._show_verdict()

    @Slot()
    def open_first(self) -> None:
        """Back to the gate."""
        self.open(self._first)

    @Slot()
    def _open_gate(self) -> None:
        self.open(GATE)

    @Slot(str)
    def _take_badge(self, text: str) -> None:
        """A badge from a hand scanner changes no page."""
        widget = self.stack.currentWidget()
        if isinstance(widget, TakesBadges):
            widget.take_badge(text)
        else:
            self._desk.do(Session.scanned, text)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 -- Qt's name
        """From now on there is a handle that keys come to; the other pages may be built."""
        super().showEvent(event)
        for hears in (self.idle, self._scanner):  # the last one hears first, and may hold a key
            self.windowHandle().installEventFilter(hears)
        self._ready.soon()

    def close_down(self) -> None:
        """Build no page any more. Safe to call twice."""
        self._ready.close_down()

    @Slot()
    def _open_clicked(self) -> None:
        self.open(self.sender().property("page"))

    def _opens(self, key: str) -> bool:
        if self._locked:
            return key == SIGN_IN
        return key != GATE or self._user.may(Action.CHECK)

    @Slot()
    def _lock(self) -> None:
        self._desk.do(Session.lock)

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """Show no more than whoever has the desk may see; ask who that is, once, where nobody signed in."""
        user, locked = self._user, self._locked
        self._user, self._locked = health.user, health.locked
        for key, button in self.buttons.items():
            button.setEnabled(self._opens(key))
        if health.locked and not locked:
            self._behind = self._first if self.page == SIGN_IN else self.page
            self.open(SIGN_IN)
            self.sign_in.start_over()
        elif locked and not health.locked:
            self.open(self._behind if user.code == health.user.code else self._first)
        if not self._opens(self.page):
            self.open(LOG)
        if not self._asked_for_officer:
            self._asked_for_officer = True
            if health.officer is None:
                self.open(SIGN_IN)

    @Slot(object)
    def show_view(self, view: View) -> None:
        """A verdict given while another page is open is told beside it, until the desk re-arms."""
        self._view = view
        self.idle.touch()  # a queue is served by codes and thermometer alone
        self._show_verdict()

    def _show_verdict(self) -> None:
        beside = self._view if self.page != GATE and not self._locked else None
        self.status.verdict.show_view(beside)
        self.status.leave_out(wording.fault_said(self._view) if self._view and beside is None else None)
        outcome = beside.shown if beside is not None else None
        self.gate_button.say(self.look.word("page_gate"), KEYS[GATE], outcome, self.look)

    @Slot(object)
    def show_told(self, told: Told) -> None:
        """A sentence for the officer; the gate page shows them itself."""
        if self.page != GATE:
            self.status.show_told(told)

    @Slot(int)
    def show_overdue(self, count: int) -> None:
        """How many handovers are late or missing: a mark on the rail, whatever page is open."""
        self._overdue = count
        self.handover_button.say(self.look.word("page_handover"), KEYS[HANDOVER], count, self.look)

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        self.setWindowTitle(self.look.word("app"))
        self.rail.setAccessibleName(self.look.word("rail"))
        for key, button in self.buttons.items():
            name = self.look.word(f"page_{key}")
            button.setText(f"{name}\n{KEYS[key]}")
            button.setAccessibleName(f"{name} {KEYS[key]}")
        self._show_verdict()
        self.show_overdue(self._overdue)
