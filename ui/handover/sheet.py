"""The sheet in the middle of the page: its parts, one below the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from shifts.handover import Sheet
from station import handover_words
from ui.handover.attendance import AttendancePane
from ui.handover.counts import CountsSection
from ui.handover.keeping import Own, own_of
from ui.handover.section import Section, Shown, TableSection
from ui.handover.writing import NotesSection, SuppliesSection, VisitsSection
from ui.look import Look


class SheetPane(QScrollArea):
    """Every part of a sheet; further ones go into `sections`."""

    edited = Signal()
    rebuilt = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.supplies, self.visits, self.notes = SuppliesSection(look), VisitsSection(look), NotesSection(look)
        self.attendance = AttendancePane(look)
        self.sections: tuple[Section, ...] = (
            CountsSection(look),
            self.attendance,
            TableSection(look, handover_words.reviews),
            TableSection(look, handover_words.refused),
            TableSection(look, handover_words.faults),
            TableSection(look, handover_words.trust),
            self.supplies,
            self.visits,
            self.notes,
        )
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setObjectName("plain")
        sheet = QWidget()
        sheet.setObjectName("plain")
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(10, 4, 4, 4)
        rows.setSpacing(2)
        for section in self.sections:
            rows.addWidget(section)
            section.edited.connect(self.edited)
            section.rebuilt.connect(self.rebuilt)
        rows.addStretch()
        self.setWidget(sheet)

    def show_sheet(self, shown: Shown, *, anew: bool) -> None:
        """Show a sheet; `anew`: from its top."""
        for section in self.sections:
            section.show_sheet(shown)
        if anew:
            self.verticalScrollBar().setValue(0)

    def own(self) -> Own:
        """What a lead wrote, as it is typed now."""
        sheet = Sheet()
        for section in self.sections:
            sheet = section.into(sheet)
        return own_of(sheet)

    def controls(self) -> Sequence[QWidget]:
        """What can be used here, in the order of Tab: the sheet itself, to be scrolled, and every part's."""
        return self, *(one for section in self.sections for one in section.controls())

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        self.setAccessibleName(self._look.word("handover_sheet"))
        for section in self.sections:
            section.retranslate()
