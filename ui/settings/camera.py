"""Which camera is looked through, what it shows, how it does, and the others there are."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from scanner.camera import CameraInfo
from station import texts
from station.desk import Desk
from station.view import Health
from ui.gate.preview import Preview
from ui.look import Look
from ui.small_widgets import label, touchable

MOST = 6
"""So many cameras are offered; more on one desk are nobody's."""
_LOOK_MS = 500
ListCameras = Callable[[], Sequence[CameraInfo]]


class CameraCard(QFrame):
    """The live picture, and a button for each camera plugged in.

    Args:
        look: Words and colours.
        desk: Who looks through the camera.
        cameras: Lists those plugged in; None: the pictures are not a camera's.
        wanted: The one chosen before.
    """

    chosen = Signal(object)
    """Another camera is to be looked through: its `CameraInfo`."""

    def __init__(
        self, look: Look, desk: Desk, cameras: ListCameras | None = None, wanted: CameraInfo | None = None
    ) -> None:
        super().__init__()
        self._look, self._desk, self._cameras, self._wanted = look, desk, cameras, wanted
        self._state = "camera_starting"
        self._found: tuple[CameraInfo, ...] = ()
        self.setProperty("role", "card")
        self.title = QLabel()
        self.preview = Preview(look, desk)
        self.state = label("plain", wrap=True)
        self.buttons = [_CameraButton() for _ in range(MOST)]
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.preview, 1)
        column.addWidget(self.state)
        column.addLayout(self._grid)
        for button in self.buttons:
            button.hide()
            button.clicked.connect(self._choose)
        self._again = QTimer(self, interval=_LOOK_MS)
        self._again.timeout.connect(self.look_again)
        look.changed.connect(self.retranslate)
        self.look_again()
        self.retranslate()

    @property
    def marked(self) -> CameraInfo | None:
        """The camera in use, or about to be."""
        return self._wanted or self._desk.camera_in_use

    @Slot()
    def look_again(self) -> None:
        """See which cameras are plugged in, and which is in use."""
        in_use = self._desk.camera_in_use
        found = tuple(self._cameras() if self._cameras is not None else ())[:MOST]
        wanted = self._wanted
        if in_use and wanted and (in_use.path == wanted.path or (in_use.name == wanted.name and wanted not in found)):
            self._wanted = None  # found, be it under another path, or another one in its place
        if found != self._found:
            self._found = found
            self._lay_out()
        for camera, button in zip(found, self.buttons, strict=False):
            button.show_camera(camera)
            button.setChecked(camera == self.marked)
        self._say_state()

    def _lay_out(self) -> None:
        columns = 1 if len(self._found) < 3 else 2
        for number, button in enumerate(self.buttons):
            self._grid.removeWidget(button)
            button.setVisible(number < len(self._found))
            if number < len(self._found):
                self._grid.addWidget(button, number // columns, number % columns)

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """How the camera does."""
        self._state = health.camera
        self._say_state()

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        self.title.setText(self._look.word("status_camera"))
        self.preview.retranslate()
        self._say_state()

    def _say_state(self) -> None:
        marked = self.marked
        if self._cameras is None:
            said = self._look.word("settings_camera_stand_in")
        elif marked is not None and marked not in self._found and self._found:
            said = self._look.word("settings_camera_gone", name=marked.name or marked.path)
        else:
            said = texts.error(self._state, {}, self._look.language)
        self.state.setText(said)

    @Slot()
    def _choose(self) -> None:
        sender = self.sender()
        self._wanted = next(button.camera for button in self.buttons if button is sender)
        self.chosen.emit(self._wanted)
        self.look_again()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 -- Qt's name
        """Look at once, and again while it is shown."""
        super().showEvent(event)
        self._again.start()
        self.look_again()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 -- Qt's name
        """Nobody looks."""
        super().hideEvent(event)
        self._again.stop()


class _CameraButton(QPushButton):
    """A camera's name, as much as fits, and below it where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.camera: CameraInfo | None = None
        touchable(self).setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def show_camera(self, camera: CameraInfo) -> None:
        """Show this one."""
        if camera != self.camera:
            self.camera = camera
            self.setAccessibleName(f"{camera.name} {camera.path}")
            self.setToolTip(self.accessibleName())
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 -- Qt's name
        """Show as much as fits."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 -- Qt's name
        """Another font: other words fit."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        if self.camera is not None:
            room = self.width() - 32
            name = self.fontMetrics().elidedText(self.camera.name, Qt.TextElideMode.ElideRight, room)
            self.setText(f"{name}\n{self.camera.path}" if name else self.camera.path)
