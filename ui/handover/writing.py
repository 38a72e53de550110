"""The parts of the sheet that a lead writes: supplies, inspection visits, notes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from shifts.handover import Sheet, Supply, Visit
from shifts.model import SHANGHAI
from station import handover_words
from ui.handover.figures import Count, TimeOfDay
from ui.handover.lines import Lines
from ui.handover.section import Build, Section, Shown, TableSection, discard
from ui.look import Look
from ui.small_widgets import label, say

_REMOVE = 40
_SHARES = (5, 2, 6)
_DAY = timedelta(days=1)


class Line(QWidget):
    """One line of a list, in fields."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._look = look
        self.remove = QPushButton("✕")
        self.remove.setFixedWidth(_REMOVE)
        self.remove.clicked.connect(self._remove)

    def controls(self) -> Sequence[QWidget]:
        """Its fields, then its button."""
        return (self.remove,)

    def name(self, number: int) -> None:
        """Say what each field is for, and of which line."""

    def _name(self, fields: Sequence[tuple[QWidget, str]], number: int) -> None:
        word = self._look.word
        for field, key in (*fields, (self.remove, "handover_remove")):
            field.setAccessibleName(word("handover_line", what=word(key), number=number))
            if isinstance(field, QLineEdit):
                field.setPlaceholderText(word(key))
        self.remove.setToolTip(word("handover_remove"))

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)

    @Slot()
    def _edit(self) -> None:
        self.edited.emit()


class SupplyLine(Line):
    """What, how many, and what is wrong with it."""

    def __init__(self, look: Look, supply: Supply) -> None:
        super().__init__(look)
        self.item, self.count, self.remark = QLineEdit(supply.item), Count(supply.count), QLineEdit(supply.remark)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for field, share in zip((self.item, self.count, self.remark), _SHARES, strict=True):
            field.setMinimumWidth(1)  # so that only the shares count, as in the heading
            row.addWidget(field, share)
        row.addWidget(self.remove)
        self.item.textChanged.connect(self._edit)
        self.remark.textChanged.connect(self._edit)
        self.count.valueChanged.connect(self._edit)

    @property
    def supply(self) -> Supply | None:
        """What is written; None: nothing."""
        item, remark = self.item.text().strip(), self.remark.text().strip()
        return Supply(item, self.count.value(), remark) if item or remark else None

    def controls(self) -> Sequence[QWidget]:
        """Its fields, then its button."""
        return self.item, self.count, self.remark, self.remove

    def name(self, number: int) -> None:
        """Say what each field is for."""
        fields = (self.item, "handover_item"), (self.count, "handover_count"), (self.remark, "handover_remark")
        self._name(fields, number)


class VisitLine(Line):
    """When, who, what they found, what was mended."""

    def __init__(self, look: Look, visit: Visit, begun: datetime) -> None:
        super().__init__(look)
        self._begun, self._at = begun, visit.at
        local = visit.at.astimezone(SHANGHAI)
        self.time, self.by = TimeOfDay(local.hour, local.minute), QLineEdit(visit.by)
        self.findings, self.mended = Lines(), Lines()
        self.findings.setPlainText(visit.findings)
        self.mended.setPlainText(visit.mended)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.addWidget(self.time, 0, 0)
        grid.addWidget(self.by, 0, 1)
        grid.addWidget(self.remove, 0, 2)
        self._labels = label("muted"), label("muted")
        for line, (told, field) in enumerate(zip(self._labels, (self.findings, self.mended), strict=True), 1):
            grid.addWidget(told, line, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, line, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self.time.timeChanged.connect(self._retime)
        for field in (self.findings, self.mended):
            field.textChanged.connect(self._edit)
        self.by.textChanged.connect(self._edit)

    @property
    def visit(self) -> Visit | None:
        """What is written; None: nothing."""
        by, findings, mended = self.by.text().strip(), *(_text(one) for one in (self.findings, self.mended))
        return Visit(self._at, by, findings, mended) if by or findings or mended else None

    def controls(self) -> Sequence[QWidget]:
        """Its fields, then its button."""
        return self.time, self.by, self.remove, self.findings, self.mended

    def name(self, number: int) -> None:
        """Say what each field is for."""
        texts = (self.findings, "handover_findings"), (self.mended, "handover_mended")
        self._name(((self.time, "handover_time"), (self.by, "handover_by"), *texts), number)
        for told, (_, key) in zip(self._labels, texts, strict=True):
            told.setText(self._look.word(key))

    @Slot()
    def _retime(self) -> None:
        time = self.time.time()
        self._at = instant_of(self._begun, time.hour(), time.minute())
        self._edit()


def instant_of(begun: datetime, hour: int, minute: int) -> datetime:
    """When a shift's clock says this: the first time after it begun, but not long before it in the day after."""
    at = begun.astimezone(SHANGHAI).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return at if at >= begun - _DAY / 4 else at + _DAY


class ListSection(Section):
    """Lines in fields while a lead writes; a table to be read otherwise."""

    def __init__(self, look: Look, build: Build, add: str) -> None:
        super().__init__(look)
        self._add_key = add
        self.lines: list[Line] = []
        self.told = TableSection(look, build)
        self.told.body.setContentsMargins(0, 0, 0, 0)
        self.add = QPushButton()
        self.body.addWidget(self.told)
        self.body.addWidget(self.add)
        self.title.hide()  # the table has its own
        self.add.clicked.connect(self._add)

    def show_sheet(self, shown: Shown) -> None:
        """Show a sheet's lines; fields that say the same stay as they are."""
        before = self.shown
        self.shown = shown
        fresh = before is None or not before.editable or before.handover.shift != shown.handover.shift
        if not shown.editable:
            self._clear()
        elif fresh or self.into(Sheet()) != self.part(shown.handover.sheet):
            self._clear()
            for line in self.make(shown):
                self._put(line)
        self.told.show_sheet(shown)
        self.told.setVisible(not shown.editable)
        self.title.setVisible(shown.editable)
        self.add.setVisible(shown.editable)
        self.retranslate()
        self.rebuilt.emit()

    def part(self, sheet: Sheet) -> Sheet:
        """Of a sheet only what is written here."""
        raise NotImplementedError

    def make(self, shown: Shown) -> Sequence[Line]:
        """The fields of a sheet's lines."""
        raise NotImplementedError

    def fresh(self, shown: Shown) -> Line:
        """A line for what is to be added."""
        raise NotImplementedError

    def controls(self) -> Sequence[QWidget]:
        """Every line's, then the button that adds one."""
        return *(one for line in self.lines for one in line.controls()), self.add

    def retranslate(self) -> None:
        """Say everything again."""
        self.told.retranslate()
        self.title.setText(self.told.title.text())
        say(self.add, self.look.word(self._add_key))
        for number, line in enumerate(self.lines, 1):
            line.name(number)

    def _put(self, line: Line) -> None:
        line.edited.connect(self.edited)
        line.removed.connect(self._remove)
        self.lines.append(line)
        self.body.insertWidget(self.body.indexOf(self.add), line)

    def _clear(self) -> None:
        for line in self.lines:
            discard(line)
        self.lines = []

    @Slot()
    def _add(self) -> None:
        if self.shown is not None:
            line = self.fresh(self.shown)
            self._put(line)
            line.name(len(self.lines))
            line.show()
            self.rebuilt.emit()
            line.controls()[0].setFocus()

    @Slot(object)
    def _remove(self, line: Line) -> None:
        place = self.lines.index(line)
        self.lines.remove(line)
        discard(line)
        for number, left in enumerate(self.lines, 1):
            left.name(number)
        self.rebuilt.emit()
        (self.lines[min(place, len(self.lines) - 1)].controls()[0] if self.lines else self.add).setFocus()
        self.edited.emit()


class SuppliesSection(ListSection):
    """Equipment and supplies."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, handover_words.supplies, "handover_add_item")

        self.heads = [label("muted") for _ in _SHARES]
        self.heading = QWidget()
        self.heading.setObjectName("plain")
        row = QHBoxLayout(self.heading)
        row.setContentsMargins(0, 0, 0, 0)
        for head, share in zip(self.heads, _SHARES, strict=True):
            head.setMinimumWidth(1)
            head.setIndent(8)
            row.addWidget(head, share)
        row.addSpacing(_REMOVE + row.spacing())
        self.body.insertWidget(self.body.indexOf(self.add), self.heading)
        self.rebuilt.connect(self._show_heading)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        for head, key in zip(self.heads, ("handover_item", "handover_count", "handover_remark"), strict=True):
            head.setText(self.look.word(key))

    @Slot()
    def _show_heading(self) -> None:
        self.heading.setVisible(bool(self.lines))

    def part(self, sheet: Sheet) -> Sheet:
        """Of a sheet only the supplies."""
        return Sheet(supplies=sheet.supplies)

    def make(self, shown: Shown) -> Sequence[Line]:
        """A line for each."""
        return [SupplyLine(self.look, one) for one in shown.handover.sheet.supplies]

    def fresh(self, shown: Shown) -> Line:  # noqa: ARG002 -- the visits' need it
        """An empty one."""
        return SupplyLine(self.look, Supply("", 1))

    def into(self, sheet: Sheet) -> Sheet:
        """The sheet with these supplies."""
        found = [line.supply for line in self.lines if isinstance(line, SupplyLine)]
        return replace(sheet, supplies=tuple(one for one in found if one is not None))

    def unnamed(self) -> tuple[int, QLineEdit] | None:
        """The first line without a name: its number, and where to write it."""
        for number, line in enumerate(self.lines, 1):
            if isinstance(line, SupplyLine) and line.supply is not None and not line.supply.item:
                return number, line.item
        return None


class VisitsSection(ListSection):
    """Inspection visits."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, handover_words.visits, "handover_add_visit")

    def part(self, sheet: Sheet) -> Sheet:
        """Of a sheet only the visits."""
        return Sheet(visits=sheet.visits)

    def make(self, shown: Shown) -> Sequence[Line]:
        """Fields for each."""
        return [VisitLine(self.look, one, _begun(shown)) for one in shown.handover.sheet.visits]

    def fresh(self, shown: Shown) -> Line:
        """One that came as the shift begun."""
        return VisitLine(self.look, Visit(_begun(shown), "", ""), _begun(shown))

    def into(self, sheet: Sheet) -> Sheet:
        """The sheet with these visits."""
        found = [line.visit for line in self.lines if isinstance(line, VisitLine)]
        return replace(sheet, visits=tuple(one for one in found if one is not None))


class NotesSection(Section):
    """What else the next shift should know."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.told = TableSection(look, handover_words.notes)
        self.told.body.setContentsMargins(0, 0, 0, 0)
        self.notes = Lines(3, 10)
        self.title.hide()
        self.body.addWidget(self.told)
        self.body.addWidget(self.notes)
        self.notes.textChanged.connect(self.edited)

    def show_sheet(self, shown: Shown) -> None:
        """Show a sheet's notes; a field that says the same stays as it is."""
        self.shown = shown
        if _text(self.notes) != shown.handover.sheet.notes:
            self.notes.blockSignals(True)
            self.notes.setPlainText(shown.handover.sheet.notes)
            self.notes.blockSignals(False)
        self.told.show_sheet(shown)
        self.told.setVisible(not shown.editable)
        self.title.setVisible(shown.editable)
        self.notes.setVisible(shown.editable)
        self.retranslate()

    def into(self, sheet: Sheet) -> Sheet:
        """The sheet with these notes."""
        return replace(sheet, notes=_text(self.notes))

    def controls(self) -> Sequence[QWidget]:
        """The field."""
        return (self.notes,)

    def retranslate(self) -> None:
        """Say everything again."""
        self.told.retranslate()
        self.title.setText(self.told.title.text())
        self.notes.setPlaceholderText(self.look.word("handover_notes"))
        self.notes.setAccessibleName(self.look.word("handover_notes"))


def _begun(shown: Shown) -> datetime:
    shift = shown.handover.shift
    return shown.plan.shift(shift.code).span(shift.day)[0]


def _text(field: Lines) -> str:
    return field.toPlainText().strip()
