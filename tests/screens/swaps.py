"""Swaps on the stage's board: one that waits for an answer, two for a lead, two that came to nothing."""

from dataclasses import replace
from datetime import UTC, datetime

from db import people
from db.engine import open_database
from db.pins import hash_pin
from shifts.model import Assignment
from shifts.rule_pack import Severity
from shifts.swap_choices import Choice, takers
from shifts.swaps import Act, Kind, Stage, Swap
from station import swap_inbox, swaps
from station.swap_inbox import Entry, Inbox
from tests.db.samples import a_person
from tests.screens.rosters import PROBLEM, on_board, solved
from tests.screens.stage import LEAD
from tests.screens.stage import Stage as Scenery
from ui.roster.swap_panel import SwapPanel

NOW = datetime(2026, 9, 30, 4, tzinfo=UTC)
"""Midday of the roster's third day."""
PIN = "2468"


def inbox(stage: Scenery) -> SwapPanel:
    """The lead's inbox, as it is after some days."""
    on_board(stage)
    page = stage.roster
    page._shelf.now = page._shelf.swaps.now = page.panels.swaps.now = lambda: NOW
    if not page.panels.swaps.inbox.entries:
        _ask_for_some(stage)
        page.refresh()
        stage.until(lambda: page.panels.swaps.inbox.entries)
    panel = page.panels.swaps
    seen_by(stage, LEAD.code)
    page.panels.show_swaps()
    panel.open_list()
    return panel


def seen_by(stage: Scenery, code: str) -> None:
    """The inbox as somebody sees it, also when it is read again meanwhile."""
    page, panel = stage.roster, stage.roster.panels.swaps
    page._shelf.officer = code
    panel.take(panel.inbox, code)


def nothing_yet(stage: Scenery) -> None:
    """Nobody asked for anything."""
    panel = inbox(stage)
    everything = panel.inbox
    panel.take(replace(everything, entries=()), LEAD.code)
    panel.open_list()
    panel.inbox = everything


def eyes_of(panel: SwapPanel, entry: Entry, code: str) -> None:
    """One swap, as somebody sees it."""
    panel.take(panel.inbox, code)
    panel.open_entry(entry)


def at(told: Inbox, stage: Stage, *, hard: bool = False) -> Entry:
    """A swap of this stage."""
    return next(one for one in told.entries if one.stage is stage and bool(one.unworded) is hard)


def to_come() -> list[Assignment]:
    """Shifts that have not begun, by time."""
    days = (one for one in solved().assignments if one.shift.day > NOW.date())
    return sorted(days, key=lambda one: (one.shift.day, one.shift.code, one.person))


def _ask_for_some(stage: Scenery) -> None:
    with open_database(stage.database) as database:
        pin_hash = hash_pin(PIN)
        for each in PROBLEM.people:
            person = a_person(code=each.code, name=each.name, role="officer", pin_hash=pin_hash)
            people.add(database, person, station="LS-1", by=None)

        def ask(one: Assignment, best: Choice, why: str) -> Swap:
            partner, who = best.person.code, (one.person, PIN)
            return swaps.offer(
                database, Kind.GIVE, cell=one, partner=partner, station="LS-1", who=who, now=NOW, why=why
            )

        def act(swap: Swap, what: Act, by: str, why: str = "") -> None:
            swaps.act(database, swap.id, what, station="LS-1", who=(by, PIN), now=NOW, why=why)

        easy, hard = _some()
        for number, (one, best) in enumerate(easy):
            swap = ask(one, best, ("家里有事", "孩子家长会", "", "去医院复查")[number])
            if number == 1:
                act(swap, Act.ACCEPT, swap.partner)
            elif number == 2:
                act(swap, Act.DECLINE, swap.partner, "那天我也有事")
            elif number == 3:
                act(swap, Act.WITHDRAW, swap.asker)
        swap = ask(*hard, "发热")
        act(swap, Act.ACCEPT, swap.partner, "可以，我来")
        assert swap_inbox.read(database, now=NOW, also=PROBLEM.period.start).entries


def _some() -> tuple[list[tuple[Assignment, Choice]], tuple[Assignment, Choice]]:
    """Shifts somebody could have, and one that nobody named here could."""
    easy: list[tuple[Assignment, Choice]] = []
    hard: tuple[Assignment, Choice] | None = None
    for one in to_come()[::4]:
        choices = takers(PROBLEM, solved(), one, NOW)
        if len(easy) < 4 and not choices[0].breaches:
            easy.append((one, choices[0]))
            continue
        worst = [each for each in choices if sum(breach.severity is Severity.HARD for breach in each.breaches) == 1]
        if hard is None and worst:
            hard = one, worst[0]
        if len(easy) == 4 and hard is not None:
            break
    assert hard is not None
    return easy, hard
