"""A desk's session, step by step: one vehicle after another, nothing of one left for the next."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from db import passages
from db.engine import Database
from db.records import PassageRecord
from scanner.credentials import Health, HealthState, Test, TestResult
from scanner.credentials.jkm1 import issue
from scanner.reader import Sight, Symbol
from scanner.values import Holder
from station import gate as gate_module
from station.check import Check, CheckError
from station.decisions import DecisionError
from station.evidence import ClockState
from station.gate import Concluded, Gate
from station.held_up import SETTLE
from station.on_screen import REFUSED, SHOWN, STAY, UNSEEN
from station.passages import record_of
from station.session import LAG, Event, Session, Told
from station.verdict import Outcome
from station.view import CellState, Stage, View
from tests.db.samples import a_passage
from tests.station.builders import HOUR, LIN, MINUTE, NOW, WANG
from tests.station.conftest import PIN
from tests.station.test_gate import SIGNER, Hand, a_code, a_gate

SQUARE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
CHEN = Holder("陈静", 10, "5678")
Step = Callable[[Session], None]


class Bench:
    """A session with its clock in hand, and all that it told."""

    def __init__(self, database: Database | None, **changes: Any) -> None:
        self.clock = Hand()
        self.gate: Gate = a_gate(database, clock=self.clock, **changes)
        self.told: list[Event] = []
        self.spoken: list[tuple[Outcome, bool, bool]] = []
        self.hushed = 0
        self.seconds = 100.0
        self.session = Session(self.gate, self.told.append, voice=self, monotonic=lambda: self.seconds)
        self.session.settle()

    @property
    def state(self) -> str:
        return "ready"

    def speak(self, concluded: Concluded, *, released: bool) -> None:
        self.spoken.append((concluded.verdict.outcome, concluded.committed, released))

    def hush(self) -> None:
        self.hushed += 1

    def do(self, *steps: Step) -> View:
        for step in steps:
            step(self.session)
            self.session.settle()
        return self.view

    @property
    def view(self) -> View:
        return next(event for event in reversed(self.told) if isinstance(event, View))

    def wait(self, seconds: float) -> View:
        self.seconds += seconds
        return self.do(Session.tick)


def shows(*codes: str, taken: float | None = None) -> Step:
    symbols = [Symbol(code.encode(), code, SQUARE) for code in codes]
    return lambda session: session.see(Sight(symbols, []), taken=taken)


def entered(session: Session) -> None:
    session.confirm_people(1)
    session.set_plate("闽E12345")
    session.take_temperature(0, 36.5)


def red(holder: Holder = WANG) -> str:
    test = Test(NOW - 10 * HOUR, TestResult.NEGATIVE)
    return issue(SIGNER, holder, health=Health(HealthState.RED), test=test, issued=NOW - HOUR)


@pytest.fixture
def bench(staffed: Database) -> Bench:
    return Bench(staffed)


def test_the_common_car_is_concluded_kept_shown_and_spoken(bench: Bench, staffed: Database) -> None:
    view = bench.do(shows(a_code()), entered)
    assert (view.stage, view.shown, view.committed) == (Stage.VERDICT, Outcome.PASS, True)
    assert bench.spoken == [(Outcome.PASS, True, False)]
    assert passages.count(staffed) == 1


def test_a_refusal_does_not_wait_for_the_rest(bench: Bench) -> None:
    assert bench.do(shows(red())).shown is Outcome.REFUSE


def test_the_checklist_fills_in_any_order(bench: Bench) -> None:
    view = bench.do(lambda session: session.take_temperature(0, 36.5))
    (line,) = view.occupants
    assert (line.health, line.test, line.temperature) == (CellState.WAITING, CellState.WAITING, CellState.GOOD)
    (line,) = bench.do(shows(a_code())).occupants
    assert (line.health, line.test, line.name) == (CellState.GOOD, CellState.GOOD, WANG.name)


def test_a_fever_is_asked_for_again_and_the_vehicle_may_rest_aside(bench: Bench) -> None:
    hot: Step = lambda session: session.take_temperature(0, 38.0)  # noqa: E731 -- a step has a name
    code = a_code()
    view = bench.do(shows(code), lambda s: s.confirm_people(1), lambda s: s.set_plate("闽E12345"), hot)
    assert (view.stage, view.asked_again) == (Stage.CHECKING, True)
    view = bench.do(Session.park)
    assert [parked.plate for parked in view.parked] == ["闽E12345"]
    bench.clock.at += 6 * MINUTE
    assert bench.do(lambda session: session.resume(view.parked[0].check), hot).shown is Outcome.REFUSE


@pytest.mark.parametrize(
    ("readings", "rests"),
    [((36.4,), False), ((37.3,), True), ((38.0, 36.4), True), ((36.4, 38.0), True), ((45.0,), False), ((), False)],
)
def test_only_a_fever_makes_a_vehicle_set_aside_rest(bench: Bench, readings: tuple[float, ...], rests: bool) -> None:
    bench.do(shows(a_code()))
    for celsius in readings:
        bench.do(lambda session, it=celsius: session.take_temperature(0, it))  # type: ignore[misc]  # it is a step
    (parked,) = bench.do(Session.park).parked
    assert parked.ready_at == (NOW + 5 * MINUTE if rests else None)


def test_a_reading_finer_than_a_thermometer_is_not_taken(bench: Bench) -> None:
    with pytest.raises(CheckError) as refused:
        bench.session.take_temperature(0, 36.536)
    assert (refused.value.code, bench.session.check.holds_anything) == ("temperature_too_fine", False)


def test_a_wrong_code_before_the_right_one_is_forgiven(bench: Bench) -> None:
    view = bench.do(shows("wxp://pay"))
    assert [failed.code for failed in view.failed] == ["code_unknown"]
    assert bench.do(shows(a_code()), entered).shown is Outcome.PASS


def test_a_forged_code_is_not_forgiven(bench: Bench) -> None:
    forged = a_code()[:-4] + "0000"
    assert bench.do(shows(forged), shows(a_code()), entered).shown is Outcome.REVIEW


def test_after_a_pass_the_desk_rearms_itself_and_nothing_is_left(bench: Bench) -> None:
    bench.do(shows(a_code()), entered)
    view = bench.wait(5)
    assert (view.stage, view.people, view.plate, view.verdict) == (Stage.CHECKING, None, None, None)
    assert view.occupants[0].name is None
    assert WANG.name not in repr(view)


def test_a_code_of_a_picture_from_before_the_check_is_the_vehicle_befores(bench: Bench) -> None:
    armed = bench.seconds
    bench.do(Session.finish, Session.next_vehicle)
    bench.seconds += 0.3
    assert bench.do(shows(a_code(), taken=armed - 1.0), entered).occupants[0].name is None
    bench.seconds += SETTLE
    view = bench.do(shows(a_code(), taken=bench.seconds))
    assert view.shown is Outcome.PASS, "taken away and shown again, it is this vehicle's"


def test_a_picture_that_arrives_as_the_check_begins_may_be_older_and_the_next_one_tells(bench: Bench) -> None:
    bench.do(Session.finish, Session.next_vehicle, entered)
    assert bench.do(shows(a_code(), taken=bench.seconds + LAG / 2)).occupants[0].name is None
    assert bench.do(shows(a_code(), taken=bench.seconds + LAG)).shown is Outcome.PASS


def test_a_code_of_a_picture_from_before_counts_for_the_same_vehicle_checked_again(bench: Bench) -> None:
    bench.do(shows(a_code()), Session.finish)
    assert bench.do(Session.recheck, shows(a_code(), taken=bench.seconds - 0.1)).occupants[0].name is not None


def test_a_code_still_held_up_does_not_open_the_next_check(bench: Bench) -> None:
    code = a_code()
    bench.do(shows(code), entered)
    for _ in range(12):
        bench.seconds += 0.5
        view = bench.do(shows(code), Session.tick)
    assert view.stage is Stage.CHECKING
    assert view.occupants[0].name is None


def test_the_refused_drivers_next_code_does_not_open_a_check_of_its_own(bench: Bench) -> None:
    bench.do(shows(red()), shows(a_code()))
    assert bench.view.stage is Stage.VERDICT


def test_a_refusal_gives_way_to_no_code_while_the_vehicle_stands_there(bench: Bench) -> None:
    bench.do(shows(red()))
    bench.seconds += REFUSED - 0.1
    assert bench.do(shows(a_code(LIN))).shown is Outcome.REFUSE
    bench.seconds += REFUSED
    assert bench.do(shows(a_code(CHEN))).occupants[0].name == CHEN.name


def test_another_drivers_code_in_sight_is_not_the_resumed_vehicles(bench: Bench) -> None:
    his = a_code(LIN)
    bench.do(entered, Session.park)
    (parked,) = bench.view.parked
    bench.do(shows(his), lambda session: session.resume(parked.check), shows(his))
    view = bench.view
    assert (view.check, view.occupants[0].name, view.stale_code) == (parked.check, None, True)
    assert bench.wait(SETTLE).stale_code is False
    assert bench.do(shows(his)).occupants[0].name == LIN.name  # taken away, and shown again


def test_a_recheck_reads_what_its_vehicle_holds_up_and_nothing_that_came_since(bench: Bench) -> None:
    first, his = a_code(), a_code(LIN)
    bench.do(shows(first), Session.finish)
    bench.seconds += SETTLE
    bench.do(shows(first, his), Session.recheck, shows(first, his))
    assert [line.name for line in bench.view.occupants] == [WANG.name]


@pytest.mark.parametrize("meant", [lambda s: s.take_temperature(0, 36.6), lambda s: s.scanned(a_code(LIN))])
def test_what_was_entered_while_the_verdict_came_is_not_the_next_vehicles(bench: Bench, meant: Step) -> None:
    shown = bench.do(shows(red()))
    bench.seconds += UNSEEN - 0.1
    with pytest.raises(CheckError):
        bench.do(meant)
    bench.do(Session.abandon)
    assert bench.view == shown
    bench.seconds += 0.2
    assert bench.do(meant).check != shown.check


def test_a_row_written_after_all_can_be_decided_about(bench: Bench, staffed: Database) -> None:
    with staffed.write() as connection:  # somebody else holds the log
        connection.exec_driver_sql("SELECT 1")
        held = bench.do(shows(a_code()), entered)
    assert (held.shown, held.committed) == (Outcome.REVIEW, False)
    assert bench.wait(SETTLE).committed
    bench.do(lambda session: session.release(("O1", PIN), ("L1", PIN), "已核对"))
    assert bench.view.shown is Outcome.PASS


def test_a_check_that_cannot_be_ended_holds_up_no_other(
    bench: Bench, staffed: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.do(shows(a_code()), Session.park)
    bench.do(shows(a_code(LIN)))
    whole = record_of

    def buggy(check: Check, *rest: Any, bare: bool = False, **given: Any) -> PassageRecord:
        if not bare:
            raise KeyError("a bug")
        return whole(check, *rest, bare=bare, **given)

    monkeypatch.setattr(gate_module, "record_of", buggy)
    assert bench.do(Session.finish).shown is Outcome.REVIEW
    assert bench.do(Session.next_vehicle).stage is Stage.CHECKING
    bench.session.close()
    assert [row.verdict for row in passages.page(staffed)] == ["review", "review"]


def test_the_next_drivers_code_opens_the_next_check(bench: Bench) -> None:
    bench.do(shows(a_code()), entered)
    bench.seconds += SETTLE
    assert bench.do(shows(a_code(LIN))).occupants[0].name == LIN.name


def test_a_review_stays_until_somebody_decides(bench: Bench) -> None:
    bench.do(shows(a_code()), Session.finish)
    bench.seconds += SETTLE
    assert bench.do(shows(a_code(LIN))).stage is Stage.VERDICT


def test_a_verdict_stays_while_somebody_decides_about_it(bench: Bench) -> None:
    shown = bench.do(shows(a_code()), entered)
    for _ in range(4):
        bench.do(Session.stay)
        assert bench.wait(STAY - 1).check == shown.check
        assert bench.do(shows(a_code(LIN))).check == shown.check  # nor does the next driver's code end it
    assert bench.wait(2).check != shown.check


def test_a_vehicle_turned_back_is_shown_as_long_as_a_refusal(bench: Bench) -> None:
    shown = bench.do(shows(a_code()), entered)
    bench.do(Session.stay)
    bench.wait(SHOWN[Outcome.PASS] + 1)
    bench.do(lambda session: session.turn_back(("O1", PIN), "身体不适"))
    assert bench.wait(SHOWN[Outcome.REFUSE] - 1).check == shown.check
    assert bench.wait(2).check != shown.check


def test_nothing_more_is_said_of_a_vehicle_once_the_officer_goes_on(bench: Bench) -> None:
    bench.do(shows(a_code()), entered)
    assert bench.hushed == 0
    bench.do(Session.next_vehicle)
    assert bench.hushed == 1
    bench.do(shows(a_code(LIN)), entered)
    bench.wait(SHOWN[Outcome.PASS] + 1)
    assert bench.hushed == 1  # a verdict shown long enough may be said to its end


def test_a_lead_releases_a_review_and_only_then_a_pass_is_spoken(bench: Bench) -> None:
    bench.do(shows(a_code()), Session.finish)
    assert bench.spoken == [(Outcome.REVIEW, True, False)]
    view = bench.do(lambda session: session.release(("O1", PIN), ("L1", PIN), "已电话核实"))
    assert (view.shown, bench.spoken[-1]) == (Outcome.PASS, (Outcome.REVIEW, True, True))


def test_a_pass_can_be_turned_back(bench: Bench) -> None:
    bench.do(shows(a_code()), entered)
    assert bench.do(lambda session: session.turn_back(("O1", PIN), "司机离开")).shown is Outcome.REFUSE


def test_a_pass_that_is_not_kept_is_shown_as_a_review() -> None:
    bench = Bench(None)
    assert bench.do(shows(a_code()), entered).shown is Outcome.REVIEW
    with pytest.raises(DecisionError):
        bench.session.release(("O1", PIN), ("L1", PIN), "x")


def test_a_device_that_fails_is_told_and_costs_the_vehicle_a_review(bench: Bench) -> None:
    view = bench.do(shows(a_code()), lambda session: session.fault("camera_failed"), entered)
    assert view.shown is Outcome.REVIEW
    assert Told("camera_failed", {}) in bench.told


def test_a_fault_between_two_vehicles_costs_nobody(bench: Bench) -> None:
    assert bench.do(lambda session: session.fault("camera_failed"), shows(a_code()), entered).shown is Outcome.PASS


def test_a_camera_that_fails_between_two_vehicles_is_left_to_the_station_s_health(bench: Bench) -> None:
    bench.session.camera = "camera_failed"
    bench.do(lambda session: session.fault("camera_failed"), lambda session: session.fault("decoder_failed"))
    assert [one for one in bench.told if isinstance(one, Told)] == [Told("decoder_failed", {})]


@pytest.mark.parametrize("leave", [Session.next_vehicle, Session.close])
def test_a_check_that_is_left_is_kept_as_abandoned(bench: Bench, staffed: Database, leave: Step) -> None:
    bench.do(shows(a_code()), leave)
    (row,) = passages.page(staffed)
    assert (row.kind, row.verdict) == ("abandoned", "review")


def test_an_untouched_check_is_left_without_a_row(bench: Bench, staffed: Database) -> None:
    bench.do(Session.next_vehicle, Session.next_vehicle)
    assert passages.count(staffed) == 0


def test_the_same_vehicle_again_is_a_new_passage_linked_to_the_first(bench: Bench, staffed: Database) -> None:
    code = a_code()
    first = bench.do(shows(code), Session.finish).check
    assert bench.do(Session.recheck, shows(code), entered).shown is Outcome.PASS
    assert passages.page(staffed)[0].previous == first


def test_an_officer_signs_in_and_stands_on_the_status_line_and_the_row(bench: Bench, staffed: Database) -> None:
    bench.do(lambda session: session.sign_in("O1", PIN), Session.tick, shows(a_code()), entered)
    (row,) = passages.page(staffed)
    assert (row.officer, row.on_duty) == ("O1", ("O1",))


def test_a_database_that_is_held_leaves_the_desk_most_of_its_time(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []

    def wait_in_vain(_: Gate) -> bool:
        tried.append(bench.seconds)
        bench.seconds += 5  # as SQLite waits for a lock
        return False

    monkeypatch.setattr(Gate, "flush", wait_in_vain)
    bench.gate.unsaved.append(a_passage())
    for _ in range(100):
        bench.wait(1)
    assert 3 <= len(tried) <= 5


def test_personal_data_over_its_time_goes_once_a_day_unless_the_clock_is_doubted(staffed: Database) -> None:
    passages.append_passage(staffed, a_passage(concluded_at=NOW - timedelta(days=40)))
    bench = Bench(staffed)
    bench.clock.believed = ClockState.UNTRUSTED
    bench.wait(1)
    assert passages.page(staffed)[0].personal == "open"
    bench.clock.believed = ClockState.TRUSTED
    bench.wait(1)
    assert passages.page(staffed)[0].personal == "erased"
