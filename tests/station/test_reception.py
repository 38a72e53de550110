"""Badges at the desk: shown to the camera or scanned, they bring their owner in and leave the vehicle alone."""

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pytest

from db import events, passages, people, sign_ins
from db.engine import Database
from db.errors import DatabaseError
from db.records import PassageRecord, PersonRecord
from scanner.demo.model import Item, Medium, Tint
from scanner.demo.model import View as Placed
from scanner.demo.photo import render
from scanner.source import Image
from shifts.model import SHANGHAI, THREE_SHIFTS, Assignment, DatedShift, Duty, Period
from shifts.publishing import Approval, Draft
from shifts.rules import check
from station import badges, rosters
from station.access import FREE, AccessError
from station.attendance import Noted
from station.check import CheckError
from station.clock import SystemClock
from station.held_up import SETTLE
from station.reception import AGAIN
from station.session import Event, Session
from station.verdict import Outcome
from station.view import Health, Stage, View
from tests.db.samples import a_passage
from tests.scanner.cameras import Easel
from tests.shifts.rosters import person, problem
from tests.station.builders import EVERYTHING, HOUR, LIN, MINUTE, NOW, WANG
from tests.station.conftest import PIN
from tests.station.test_desk import Post as Heard
from tests.station.test_desk import working
from tests.station.test_gate import a_code
from tests.station.test_session import Bench, Step, entered, red, shows


def badge_of(database: Database, code: str = "O2", now: datetime = NOW) -> str:
    text = badges.draw()
    badges.issue(database, [(code, text)], actor=EVERYTHING, station="LS-1", now=now)
    return text


@pytest.fixture
def bench(staffed: Database) -> Bench:
    return Bench(staffed)


def noted(bench: Bench) -> list[str]:
    return [event.code for event in bench.told if isinstance(event, Noted)]


def there(database: Database, now: datetime = NOW) -> tuple[str, ...]:
    shift = THREE_SHIFTS.at(now)
    return sign_ins.on_duty(database, "LS-1", shift.day, shift.code)


def scans(text: str) -> Step:
    return lambda session: session.scanned(text)


# --- step by step ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [shows, scans], ids=["camera", "hand scanner"])
def test_a_badge_brings_its_owner_in_and_is_no_code_of_the_vehicle(
    bench: Bench, staffed: Database, way: Callable[[str], Step]
) -> None:
    before = bench.view
    assert bench.do(way(badge_of(staffed))) == before
    assert noted(bench) == ["attendance_in"]
    assert there(staffed) == ("O2",)
    assert bench.do(shows(a_code()), entered).shown is Outcome.PASS
    (row,) = passages.page(staffed)
    assert row.on_duty == ("O2",)
    assert row.officer is None
    assert badges.PREFIX not in row.evidence + row.reasons


def test_a_badge_beside_a_drivers_code_spoils_nothing(bench: Bench, staffed: Database) -> None:
    view = bench.do(shows(badge_of(staffed), a_code()))
    assert (view.occupants[0].name, view.failed, view.stale_code) == (WANG.name, (), False)
    assert there(staffed) == ("O2",)


@pytest.mark.parametrize(
    "text", ["CKB1:", "CKB1:1001", "CKB1:N7DUJS3BAN7KVVOZP3ANUQDS", "CKB1:" + "9" * 100_000], ids=len
)
@pytest.mark.parametrize("way", [shows, scans], ids=["camera", "hand scanner"])
def test_a_strangers_badge_is_told_and_costs_nobody_anything(
    bench: Bench, staffed: Database, way: Callable[[str], Step], text: str
) -> None:
    bench.do(shows(a_code()), way(text))
    assert noted(bench) == ["badge_unknown"]
    assert bench.do(entered).shown is Outcome.PASS
    (row,) = passages.page(staffed)
    assert "CKB1" not in row.evidence + row.reasons


def test_a_badge_held_up_is_taken_in_once(bench: Bench, staffed: Database) -> None:
    text = badge_of(staffed)
    for _ in range(30):
        bench.seconds += AGAIN / 5
        bench.do(shows(text))
    assert len(noted(bench)) == 1
    bench.seconds += AGAIN
    bench.do(shows(text))
    assert noted(bench) == ["attendance_in", "attendance_in"]  # said again, kept once
    assert len(sign_ins.of_shift(staffed, "LS-1", NOW.date(), "early")) == 1


def test_a_badge_opens_no_check_and_ends_no_verdict(bench: Bench, staffed: Database) -> None:
    text = badge_of(staffed)
    shown = bench.do(shows(a_code()), entered)
    bench.seconds += SETTLE
    assert bench.do(shows(text), scans(text)) == shown
    bench.do(Session.next_vehicle, shows(red()))
    bench.seconds += 20
    assert bench.do(shows(text)).shown is Outcome.REFUSE


def test_a_badge_in_sight_hides_no_code_of_the_next_vehicle(bench: Bench, staffed: Database) -> None:
    text = badge_of(staffed)
    bench.do(shows(text, a_code()), entered)
    bench.seconds += SETTLE
    view = bench.do(shows(text, a_code(LIN)))
    assert (view.stage, view.occupants[0].name) == (Stage.CHECKING, LIN.name)


def test_a_badge_never_signs_in_to_the_desk_nor_leaves_it(bench: Bench, staffed: Database) -> None:
    bench.do(lambda session: session.sign_in("O1", PIN))
    text = badge_of(staffed, "O1")
    bench.do(shows(text), scans(text), shows(badge_of(staffed)))
    assert bench.gate.officer == "O1"
    assert there(staffed) == ("O1", "O2")


@pytest.mark.parametrize("code", ["A1", "M1"])
def test_who_checks_no_vehicles_has_the_desk_and_comes_to_no_shift(bench: Bench, staffed: Database, code: str) -> None:
    bench.do(lambda session: session.sign_in("O1", PIN), shows(a_code()))
    bench.do(lambda session: session.sign_in(code, PIN))
    assert (bench.gate.officer, there(staffed)) == (None, ("O1",))
    for step in (entered, scans(a_code(LIN))):
        with pytest.raises(CheckError, match="desk_not_checking"):
            bench.do(step)
    bench.do(shows(a_code(LIN)))
    assert bench.view.people is None
    assert bench.view.occupants[0].name == WANG.name, "the vehicle in hand waits for an officer"
    bench.do(lambda session: session.sign_in("O1", PIN))
    assert bench.do(entered).shown is Outcome.PASS
    told = [(one.kind, one.actor) for one in reversed(events.newest(staffed)) if one.kind.startswith("signed")]
    assert told == [("signed_in", code), ("signed_out", code)]


def test_a_sign_out_of_who_checks_nothing_is_an_event(bench: Bench, staffed: Database) -> None:
    bench.do(lambda session: session.sign_in("A1", PIN), Session.sign_out)
    assert [one.kind for one in events.newest(staffed, 2)] == ["signed_out", "signed_in"]
    assert bench.do(shows(a_code()), entered).shown is Outcome.PASS, "a desk that nobody has checks on"


def test_a_locked_desk_takes_nothing_and_forgets_nothing(bench: Bench, staffed: Database) -> None:
    bench.do(lambda session: session.sign_in("O1", PIN), shows(a_code()), Session.lock, Session.lock)
    for step in (entered, scans(a_code(LIN))):
        with pytest.raises(CheckError, match="desk_locked"):
            bench.do(step)
    bench.do(shows(a_code(LIN)), shows(badge_of(staffed)))
    assert there(staffed) == ("O1", "O2"), "who comes, comes"
    bench.do(lambda session: session.sign_in("O1", PIN))
    assert bench.do(entered).shown is Outcome.PASS
    (row,) = passages.page(staffed)
    assert row.officer == "O1"
    assert [one.actor for one in events.newest(staffed, kind="desk_locked")] == ["O1"]


def test_another_officer_unlocks_the_desk_with_the_vehicle_in_hand(bench: Bench, staffed: Database) -> None:
    bench.do(lambda session: session.sign_in("O1", PIN), shows(a_code()), Session.lock)
    bench.do(lambda session: session.sign_in("O2", PIN))
    assert bench.do(entered).shown is Outcome.PASS
    (row,) = passages.page(staffed)
    assert row.officer == "O2"


@pytest.fixture
def unwritable(bench: Bench, staffed: Database) -> Callable[[], None]:
    """O1's locked desk, whose log keeps nothing any more; `unwritable()` mends it."""

    def rename(was: str, to: str) -> None:
        with staffed.write() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {was} RENAME TO {to}")

    bench.do(lambda session: session.sign_in("O1", PIN), shows(a_code()), Session.lock)
    rename("ledger", "gone")
    return lambda: rename("gone", "ledger")


def test_who_locked_the_desk_goes_on_though_the_log_cannot_be_written_and_that_is_kept_later(
    bench: Bench, staffed: Database, unwritable: Callable[[], None]
) -> None:
    bench.do(lambda session: session.sign_in("O1", PIN), Session.lock)
    bench.do(lambda session: session.sign_in("O1", PIN))
    assert bench.do(entered).shown is Outcome.REVIEW, "and no pass"
    bench.wait(1)
    unwritable()
    bench.wait(60)
    assert [one.officer for one in passages.page(staffed)] == ["O1"]
    kinds = [one.kind for one in reversed(events.newest(staffed)) if one.kind.startswith("desk_")]
    assert kinds == ["desk_locked", "desk_unlocked", "desk_locked", "desk_unlocked"]
    assert {one.actor for one in events.newest(staffed) if one.kind.startswith("desk_")} == {"O1"}


def test_a_passage_that_is_refused_for_itself_holds_up_no_event(
    bench: Bench, staffed: Database, unwritable: Callable[[], None]
) -> None:
    bench.do(lambda session: session.sign_in("O1", PIN))
    bench.gate.unsaved.append(a_passage(previous="of nobody"))
    unwritable()
    bench.wait(60)
    assert len(bench.gate.unsaved) == 1
    assert [one.actor for one in events.newest(staffed, kind="desk_unlocked")] == ["O1"]


def test_nobody_else_does_nor_without_the_right_pin(bench: Bench, unwritable: Callable[[], None]) -> None:
    for code in ("O2", "nobody"):
        with pytest.raises(DatabaseError):
            bench.session.sign_in(code, PIN)
    for _ in range(FREE):
        with pytest.raises(AccessError, match="pin_wrong"):
            bench.do(lambda session: session.sign_in("O1", "000000"))
    with pytest.raises(DatabaseError):  # one who guesses is not let go on guessing
        bench.do(lambda session: session.sign_in("O1", PIN))
    with pytest.raises(CheckError, match="desk_locked"):
        bench.do(entered)
    unwritable()
    bench.do(lambda session: session.sign_in("O1", PIN))
    assert bench.do(entered).shown is Outcome.PASS


def test_who_may_not_work_any_more_does_not_either(
    bench: Bench, staffed: Database, unwritable: Callable[[], None]
) -> None:
    with staffed.write() as connection:
        connection.exec_driver_sql("UPDATE people SET active = 0 WHERE code = 'O1'")
    with pytest.raises(AccessError, match="pin_wrong"):
        bench.do(lambda session: session.sign_in("O1", PIN))


def test_a_camera_never_takes_anybody_out(bench: Bench, staffed: Database) -> None:
    text = badge_of(staffed)
    for _ in range(5):
        bench.seconds += AGAIN
        bench.do(shows(text))
    assert there(staffed) == ("O2",)


def test_a_fault_of_the_log_costs_the_vehicle_in_hand_nothing(bench: Bench, staffed: Database) -> None:
    text = badge_of(staffed)
    bench.do(shows(a_code()))
    with staffed.write() as connection:
        connection.exec_driver_sql("ALTER TABLE badges RENAME TO gone")
    bench.do(shows(text), scans(text))
    assert noted(bench) == ["database_failed", "database_failed"]
    assert bench.do(entered).shown is Outcome.PASS


def test_a_bug_costs_the_vehicle_in_hand_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def buggy(*_: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(badges, "holder", buggy)
    assert bench.do(shows(badges.draw(), a_code()), entered).shown is Outcome.PASS
    assert noted(bench) == ["badge_failed"]


def test_a_passage_while_nobody_is_checked_in_is_kept(bench: Bench, staffed: Database) -> None:
    assert bench.do(shows(a_code()), entered).shown is Outcome.PASS
    (row,) = passages.page(staffed)
    assert (row.on_duty, row.officer) == ((), None)


def test_a_stamp_names_who_had_come_by_then(bench: Bench, staffed: Database) -> None:
    bench.do(shows(badge_of(staffed)), shows(a_code()), entered)
    bench.clock.at += MINUTE
    bench.do(Session.next_vehicle, shows(badge_of(staffed, "L1")), shows(a_code(LIN)), entered)
    assert [row.on_duty for row in passages.page(staffed)] == [("O2", "L1"), ("O2",)]


def test_the_status_line_knows_who_is_to_come(bench: Bench, staffed: Database) -> None:
    today = NOW.astimezone(SHANGHAI).date()
    crew = frozenset(Assignment(code, "LS", Duty.LEAD, DatedShift(today, "early")) for code in ("L1", "O1"))
    under = problem(person("O1"), person("L1"), period=Period(today, 7))
    words = [Approval(one.rule, one.finding, "?", "试用") for one in check(under, crew)]
    rosters.publish(
        staffed, under, Draft(0, crew), station="LS-1", lead=("L1", PIN), now=NOW - 9 * HOUR, approvals=words
    )
    bench.do(shows(badge_of(staffed)), shows(badge_of(staffed, "O1")), Session.tick)
    health = next(event for event in reversed(bench.told) if isinstance(event, Health))
    assert (health.rostered, health.on_duty) == (("L1", "O1"), ("O2", "O1"))


def test_without_a_log_badges_are_passed_over() -> None:
    bench = Bench(None)
    before = bench.view
    assert bench.do(shows(badges.draw()), scans(badges.draw())) == before
    assert noted(bench) == []


def test_a_shift_s_people_come_at_ten_to_eight_and_are_stamped_from_eight_on(
    bench: Bench, staffed: Database, pin_hash: str
) -> None:
    """The night's officer works on until the recorder takes the desk; the others hold their badges up."""
    eight = datetime(2026, 11, 21, 8, tzinfo=SHANGHAI)
    crew = [f"E{number}" for number in range(8)]
    for code in crew:
        record = PersonRecord(code=code, name=code, unit="某局", role="officer", pin_hash=pin_hash, added_at=NOW)
        people.add(staffed, record, station="LS-1", by=None)
    texts = [badge_of(staffed, code) for code in crew]

    def passes(minutes: int) -> PassageRecord:
        bench.clock.at = eight + minutes * MINUTE
        bench.seconds += 100
        bench.do(Session.next_vehicle, lambda s: s.set_plate("闽E12345"), lambda s: s.exempt("救护车"), Session.finish)
        return passages.page(staffed)[0]

    bench.clock.at = eight - 7 * HOUR
    bench.do(lambda session: session.sign_in("O1", PIN))
    assert passes(-400).on_duty == ("O1",)
    for minute, text in enumerate(texts[:7], -10):
        bench.clock.at = eight + minute * MINUTE
        bench.do(shows(text))
    before = passes(-2)
    assert (before.officer, before.on_duty, before.shift) == ("O1", ("O1",), "night")
    bench.clock.at = eight - MINUTE
    bench.do(lambda session: session.sign_in(crew[7], PIN))
    after = passes(1)
    assert (after.officer, after.on_duty, after.shift) == (crew[7], tuple(crew), "early")
    bench.do(Session.sign_out)
    late = passes(8 * 60 + 5)  # the others forgot to leave
    assert (late.officer, late.on_duty, late.shift) == (None, (), "middle")


# --- from real pictures ----------------------------------------------------------------------------------------------


def held_up(text: str, title: str = "胸牌") -> Image:
    """A frame of somebody who holds this up on a card."""
    placed = Placed(qr_px=240, at=(0.5, 0.5), yaw=10, roll=-6, seed=7, backdrop=11)
    item = Item(text, Medium.PAPER, title, Tint.GREEN, (("姓名", "李娜"),), "2026-11-20", placed)
    return render(item, rng=np.random.default_rng(3))


def test_a_badge_before_a_real_camera_is_read_and_told(staffed: Database) -> None:
    text = badge_of(staffed, now=SystemClock().now())
    easel = Easel(held_up(text))
    with working(staffed, lambda: easel) as (desk, post):
        told = post.wait_for(lambda event: isinstance(event, Noted))
        assert isinstance(told, Noted)
        assert told.params["name"] == "O2"
        assert [event.kind for event in events.newest(staffed, 5)].count("badge_issued") == 1
        desk.do(Session.set_plate, "闽E12345")
        view = post.wait_for(lambda event: isinstance(event, View) and event.plate is not None)
        assert isinstance(view, View)
        assert (view.failed, view.stale_code, view.faults) == ((), False, ())
        assert of_kind(post, Noted) == 1


def of_kind(post: Heard, kind: type[Event]) -> int:
    return sum(isinstance(event, kind) for event in post.events)


def test_the_status_line_counts_who_has_come(staffed: Database) -> None:
    text = badge_of(staffed, now=SystemClock().now())
    with working(staffed, lambda: Easel(np.full((48, 64, 3), 90, np.uint8))) as (desk, post):
        desk.do(Session.scanned, text)
        desk.do(lambda session: session.sign_in("O1", PIN))
        health = post.wait_for(lambda event: isinstance(event, Health) and event.officer == "O1")
        assert isinstance(health, Health)
        assert "O1" in health.on_duty
        assert health.rostered is None
