"""Publishing the draft on the board, and giving it up: the panel asks, the shelf does it, the page says what came."""

from PySide6.QtCore import QObject, Signal, Slot

from shifts.publishing import Approval, Unpublishable
from station.rosters import Published
from ui import console
from ui.look import Look
from ui.roster.editing import Editor
from ui.roster.panels import Panels
from ui.roster.shelf import Shelf


class Publishing(QObject):
    """Between the panel and the shelf."""

    said = Signal(str)

    def __init__(self, look: Look, shelf: Shelf, panels: Panels, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._shelf, self._panels = look, shelf, panels
        self.editor: Editor | None = None
        shelf.published.connect(self._published)
        shelf.refused.connect(self._refused)
        shelf.dropped.connect(self._dropped)
        panels.publish.ordered.connect(self._publish)
        panels.publish.dropped.connect(self._drop)

    @Slot()
    def open(self) -> None:
        """Show what publishing means, and ask for a lead's word."""
        self._panels.open_publish(self._shelf.officer)

    @Slot(object, str, str)
    def _publish(self, approvals: list[Approval], code: str, pin: str) -> None:
        if self.editor is not None:
            self._shelf.publish(self.editor, approvals, code, pin)

    @Slot(object)
    def _published(self, done: Published) -> None:
        self._panels.close_panel()
        self.said.emit(self._look.word("roster_published", version=done.roster.version))
        self._shelf.load(done.roster.period.start)

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        self._panels.publish.say(console.sentence(error, self._look.language))
        if isinstance(error, Unpublishable) and self.editor is not None:
            self._shelf.load(self.editor.problem.period.start)  # what stands in the way shows on the board

    @Slot()
    def _drop(self) -> None:
        if self.editor is not None:
            self._shelf.drop(self.editor.problem.period.start)

    @Slot()
    def _dropped(self) -> None:
        self._panels.close_panel()
        self._shelf.load(None)
