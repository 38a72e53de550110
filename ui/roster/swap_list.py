"""The swap inbox: what waits for whoever is at the desk, what else is open, what is over; and their own shifts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from shifts.model import Assignment
from shifts.rule_pack import Severity
from station import texts_roster, texts_swaps
from station.swap_inbox import Entry, Inbox
from station.texts import pick
from ui.look import Look
from ui.roster.panel import Panel
from ui.roster.rows import Row, RowList
from ui.small_widgets import label

OVER = 60
"""Swaps that are over and still listed."""


class SwapList(Panel):
    """Swaps above, the shifts of whoever is at the desk below."""

    chosen = Signal(object)
    """An `Entry`."""
    began = Signal(object)
    """An `Assignment` of theirs, to be swapped."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._told: tuple[Inbox, Mapping[str, str], str | None, datetime] | None = None
        self.title, self.counts = label("heading"), label("", wrap=True)
        self.list, self.mine = RowList(look), RowList(look)
        self.whose = label("muted", wrap=True)
        rows = QVBoxLayout(self)
        rows.setSpacing(6)
        rows.addWidget(self.title)
        rows.addWidget(self.counts)
        rows.addWidget(self.list, 3)
        rows.addWidget(self.whose)
        rows.addWidget(self.mine, 2)
        rows.addStretch()
        rows.addWidget(self.back)
        self.list.chosen.connect(self.chosen)
        self.mine.chosen.connect(self.began)

    def show_inbox(self, inbox: Inbox, names: Mapping[str, str], officer: str | None, now: datetime) -> None:
        """Show all swaps.

        Args:
            inbox: What there is.
            names: Of people and checkpoints, by code.
            officer: Who is at the desk.
            now: When it was read.
        """
        self._told = inbox, names, officer, now
        self.retranslate()

    def focus_first(self) -> None:
        """Go to where there is something to choose."""
        wanted = next((each for each in (self.list, self.mine) if each.rows), None)
        if wanted is None:
            self.back.setFocus()
            return
        if not wanted.currentIndex().isValid():
            wanted.mark(0)
        wanted.setFocus()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self.title.setText(word("swap_title"))
        self.list.setAccessibleName(word("swap_list"))
        self.mine.setAccessibleName(word("swap_mine_list"))
        if self._told is None:
            return
        inbox, names, officer, now = self._told
        waiting = inbox.waiting(officer)
        still = sorted(
            (one for one in inbox.entries if one.open and one not in waiting),
            key=lambda one: officer not in {one.swap.asker, *one.swap.people},  # their own first
        )
        over = [one for one in inbox.entries if not one.open]
        counts = {"mine": len(waiting), "open": len(waiting) + len(still), "over": len(over)}
        self.counts.setText(word("swap_counts", **counts) if inbox.entries else word("swap_none"))
        self._refill(
            self.list,
            [self._row(one, names, waits=one in waiting) for one in (*waiting, *still, *over[:OVER])],
        )
        mine = inbox.shifts_of(officer, now)
        self._refill(self.mine, [self._shift(one, inbox, names) for one in mine])
        name = names.get(officer or "", officer or "")
        self.whose.setText(word("swap_mine", who=name) if mine else word("swap_mine_none"))
        self.list.setVisible(bool(inbox.entries))
        self.mine.setVisible(bool(mine))

    def _refill(self, rows: RowList, told: Sequence[Row]) -> None:
        """List these; the row in hand stays in hand."""
        before = _key(rows.rows[rows.currentIndex().row()]) if rows.currentIndex().isValid() else None
        rows.show_rows(told)
        rows.mark(next((number for number, one in enumerate(told) if _key(one) == before), -1))

    def _row(self, entry: Entry, names: Mapping[str, str], *, waits: bool) -> Row:
        swap, language = entry.swap, self._look.language
        when = texts_roster.shift(swap.cell.shift, language)
        between = "swap_to"
        if swap.other is not None:
            between = "swap_both"
            when = self._look.word(between, one=when, other=texts_roster.shift(swap.other.shift, language))
        after = next(one.person for one in swap.change.added if one.shift == swap.cell.shift)
        who = self._look.word(between, one=names.get(swap.cell.person, swap.cell.person), other=names.get(after, after))
        stage = texts_swaps.stage(swap, entry.stage, names, language)
        weight = Severity.WARNING if waits else None
        side = self._rules(entry) if entry.open and swap.other is None else ""
        return Row(when, f"{who} · {stage}", side, entry, weight, quiet=not entry.open)

    def _rules(self, entry: Entry) -> str:
        word = self._look.word
        if entry.unworded:
            return word("swap_breaks", count=len(entry.unworded))
        warns = sum(one.severity is Severity.WARNING for one in entry.breaches)
        return word("swap_warns", count=warns) if warns else word("swap_fine")

    def _shift(self, one: Assignment, inbox: Inbox, names: Mapping[str, str]) -> Row:
        language = self._look.language
        title = f"{texts_roster.shift(one.shift, language)} · {names.get(one.checkpoint, one.checkpoint)}"
        pending = next((each for each in inbox.entries if each.open and one in each.swap.change.removed), None)
        told = ""
        if pending is not None:
            stage = texts_swaps.stage(pending.swap, pending.stage, names, language)
            told = self._look.word("swap_pending", stage=stage)
        return Row(title, told, pick(texts_roster.DUTIES[one.duty], language), one)


def _key(row: Row) -> object:
    return row.about.swap.id if isinstance(row.about, Entry) else row.about
