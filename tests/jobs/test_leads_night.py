"""A lead's night: somebody of the night shift falls ill at 23:00, and the shift still stands and is handed over.

Through the real window, from sign-in to the second lead's PIN: replaced, published, on their calendars, handed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import icalendar
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from benchmarks import roster_problems
from benchmarks.roster_problems import Size, generate
from db import handovers
from db.engine import Database, open_database
from shifts.model import NIGHT, SHANGHAI, Assignment, RosterProblem
from shifts.publishing import Draft
from shifts.repair import replacements
from shifts.rules import check, is_allowed
from shifts.solver import solve
from station import rosters
from station.access import Role
from station.handover_json import sheet_from
from station.rosters import Published
from tests.jobs.checkpoint import LEAD, Checkpoint, checkpoint
from tests.jobs.hands import Hand, Touch
from tests.jobs.scripts import COMMON, common_car
from ui.first_run.founding import NewPerson, add_person
from ui.handover.confirm import ConfirmCard
from ui.handover.page import HandoverPage
from ui.pages import GATE, HANDOVER, ROSTER
from ui.roster.page import RosterPage

NEXT_LEAD = NewPerson("2002", "黄国强", "区公安分局", Role.LEAD, "7712")


@dataclass(frozen=True, slots=True)
class Night:
    """A checkpoint with its roster on the board, and whose night it is."""

    post: Checkpoint
    problem: RosterProblem
    ill: Assignment
    folder: Path

    @property
    def roster(self) -> RosterPage:
        page = self.post.window.pages[ROSTER].widget
        assert isinstance(page, RosterPage)
        return page

    @property
    def handover(self) -> HandoverPage:
        page = self.post.window.pages[HANDOVER].widget
        assert isinstance(page, HandoverPage)
        return page

    def published(self) -> Published:
        """The newest version, as it is kept."""
        with self.database() as database:
            found = rosters.newest(database, self.problem.period.start)
        assert found is not None
        return found

    def database(self) -> Database:
        return open_database(self.folder / "station.db")

    def touch_cell(self, one: Assignment) -> None:
        """Touch somebody's place in the grid."""
        grid, model = self.roster.grid, self.roster.model
        index = model.find((one.checkpoint, one.shift), one.person)
        assert index.isValid()
        grid.scrollTo(index)
        QTest.mouseClick(
            grid.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            grid.visualRect(index).center(),
        )

    def calendar(self, hand: Hand, code: str) -> dict[str, tuple[str, int]]:
        """Somebody's calendar, saved from the board: status and sequence of each shift, by when it begins."""
        path = self.folder / f"{code}.ics"
        path.unlink(missing_ok=True)
        panel = self.roster.panels.mine
        hand.tap("更多…")
        hand.tap("个人班历…")
        codes = [person.code for person in sorted(self.problem.people, key=lambda one: (one.name, one.code))]
        panel.who.setFocus()
        panel.who.setCurrentIndex(codes.index(code))
        panel.who.activated.emit(codes.index(code))
        with patch.object(QFileDialog, "getSaveFileName", lambda *_: (str(path), "")):
            hand.tap("存为手机日历 .ics…")
        self.post.until(path.exists, "the calendar")
        hand.tap("返回")
        events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        return {
            _when(event.decoded("DTSTART")): (str(event["STATUS"]), int(str(event["SEQUENCE"]))) for event in events
        }


@pytest.fixture
def night(qapp: QApplication, tmp_path: Path) -> Iterator[Night]:
    """A roster of two weeks, begun three days ago; somebody of the next night for whom one can stand in falls ill."""
    today = datetime.now(SHANGHAI).date()
    with patch.object(roster_problems, "START", today - timedelta(days=3)):
        problem = generate(Size(1, 15, 14), seed=3)
    assignments = solve(problem, time_limit_s=30, seed=1, reproducible=True).assignments
    soon = datetime.now(UTC) + timedelta(hours=1)
    nights = sorted(
        (one for one in assignments if one.shift.code == NIGHT), key=lambda one: (one.shift.day, one.person)
    )
    plan = problem.plans[nights[0].checkpoint]
    coming = [one for one in nights if plan.shift(NIGHT).span(one.shift.day)[0] > soon]
    with checkpoint(tmp_path) as post, open_database(tmp_path / "station.db") as database:
        add_person(database, NEXT_LEAD, station="LS-1", now=datetime.now(UTC))
        draft, lead = Draft(0, assignments), (LEAD.code, LEAD.pin)
        rosters.publish(database, problem, draft, station="LS-1", lead=lead, now=datetime.now(UTC))
        ill = next(one for one in coming if replacements(problem, assignments, one)[0].possible)
        yield Night(post, problem, ill, tmp_path)


def test_ill_at_23_replaced_published_on_the_calendar_and_handed_over(night: Night) -> None:
    post, board, ill = night.post, night.roster, night.ill
    hand = Touch(post)
    hand.sign_in(LEAD.code, LEAD.pin)
    post.until(lambda: post.window.page == GATE)
    common_car(post, hand)

    hand.press(Qt.Key.Key_F3)
    post.until(lambda: board.model.editable and board.editor is not None and board.editor.checked, "the board")
    when = _when(night.problem.plans[ill.checkpoint].shift(NIGHT).span(ill.shift.day)[0])
    assert night.calendar(hand, ill.person)[when] == ("CONFIRMED", 0)
    night.touch_cell(ill)

    hand.tap("换人…")
    chooser = board.panels.chooser
    post.until(lambda: bool(chooser.choices), "the ranking")
    best = chooser.choices[0]
    assert not best.excluded
    assert best.person.code != ill.person
    hand.type("\n")
    post.until(lambda: board.editor is not None and board.editor.checked and bool(board.editor.draft.done), "the edit")

    hand.tap("发布…")
    publish = board.panels.publish
    post.until(lambda: publish.outlook is not None and publish.pin.hasFocus(), "what publishing means")
    assert ill.person in publish.outlook.losses  # type: ignore[union-attr]
    hand.type(f"{LEAD.pin}\n")
    post.until(lambda: night.published().roster.version == 2, "the second version")

    stands = next(one for one in night.published().roster.assignments if _same_place(one, ill, best.person.code))
    assert stands.duty is ill.duty
    assert is_allowed(check(night.problem, night.published().roster.assignments))

    post.until(lambda: board.editor is not None and board.editor.draft.base == 2 and board.editor.checked)
    status, sequence = night.calendar(hand, ill.person)[when]
    assert status == "CANCELLED"
    assert sequence > 0
    assert night.calendar(hand, best.person.code)[when][0] == "CONFIRMED"

    hand.press(Qt.Key.Key_F4)
    page = night.handover
    post.until(lambda: page.gives.is_open and page.gives.code.text() == LEAD.code, "the sheet")
    assert "放行 1" in post.screen()
    _confirm(post, hand, page.gives, LEAD)
    _confirm(post, hand, page.takes, NEXT_LEAD)
    post.until(page.complete.isVisible)

    [row] = post.rows()
    assert row.plate == COMMON
    with night.database() as database:
        *_, given, taken = handovers.steps(database, row.checkpoint, row.shift_date, row.shift)
    assert [(one.kind, one.person) for one in (given, taken)] == [("given", LEAD.code), ("taken", NEXT_LEAD.code)]
    assert ("pass", 1) in sheet_from(taken.sheet).verdicts


def _same_place(one: Assignment, other: Assignment, person: str) -> bool:
    return (one.checkpoint, one.shift, one.person) == (other.checkpoint, other.shift, person)


def _when(begins: object) -> str:
    assert isinstance(begins, datetime)
    return f"{begins.astimezone(SHANGHAI):%m-%d %H}"


def _confirm(post: Checkpoint, hand: Hand, card: ConfirmCard, lead: NewPerson) -> None:
    """A lead's word for the sheet; before its end a shift is handed over on being asked twice."""
    post.until(lambda: card.is_open)
    card.code.setFocus()
    card.code.selectAll()
    hand.type(lead.code)
    card.pin.setFocus()
    hand.type(f"{lead.pin}\n")
    if not card.done and card.problem.isVisible():
        hand.type("\n")
    post.until(lambda: card.done, "the confirmation")
