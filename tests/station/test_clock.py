"""Whether the clock can be believed."""

import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from station.clock import BACKWARDS, LEAP, RELEASED, GivenClock, SystemClock
from station.evidence import ClockState
from tests.station.builders import HOUR, MINUTE, NOW, SECOND

TRUSTED, UNTRUSTED = ClockState.TRUSTED, ClockState.UNTRUSTED


class Hands:
    """Both clocks of a machine, moved by hand."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at
        self.ticks = 1000.0

    def wall(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.ticks

    def pass_by(self, time: timedelta) -> None:
        self.at += time
        self.ticks += time.total_seconds()

    def clock(self, last_seen: datetime | None = None) -> SystemClock:
        return SystemClock(last_seen, self.wall, self.monotonic)


def test_a_clock_that_runs_is_trusted() -> None:
    hands = Hands()
    clock = hands.clock(last_seen=NOW - HOUR)
    for _ in range(5):
        assert clock.now() == hands.at
        assert clock.state() is TRUSTED
        hands.pass_by(30 * HOUR)


@pytest.mark.parametrize(
    ("behind", "state"), [(timedelta(), TRUSTED), (BACKWARDS, TRUSTED), (BACKWARDS + SECOND, UNTRUSTED)]
)
def test_a_clock_behind_the_newest_record_was_set_back(behind: timedelta, state: ClockState) -> None:
    assert Hands().clock(last_seen=NOW + behind).state() is state


@pytest.mark.parametrize(
    ("leap", "state"),
    [
        (LEAP, TRUSTED),
        (LEAP + SECOND, UNTRUSTED),
        (24 * HOUR, UNTRUSTED),
        (-BACKWARDS, TRUSTED),
        (-MINUTE - SECOND, UNTRUSTED),
    ],
)
def test_a_clock_that_leaps_while_we_run_is_not_believed(leap: timedelta, state: ClockState) -> None:
    hands = Hands()
    clock = hands.clock()
    hands.pass_by(HOUR)
    assert clock.state() is TRUSTED
    hands.at += leap
    assert clock.state() is state


def test_a_clock_set_back_is_believed_again_when_time_has_caught_up() -> None:
    hands = Hands()
    clock = hands.clock()
    clock.state()
    hands.at -= 5 * MINUTE
    assert clock.state() is UNTRUSTED
    hands.pass_by(5 * MINUTE)
    assert clock.state() is TRUSTED


def test_a_disbelieved_time_is_not_remembered() -> None:
    hands = Hands()
    clock = hands.clock()
    clock.state()
    hands.at += 24 * HOUR
    assert clock.state() is UNTRUSTED
    hands.at -= 24 * HOUR
    assert clock.state() is TRUSTED


def test_a_dead_battery_is_noticed_and_forgiven_once_the_time_is_right() -> None:
    hands = Hands(datetime(2020, 1, 1, tzinfo=UTC))
    clock = hands.clock()
    assert clock.state() is UNTRUSTED
    hands.pass_by(MINUTE)
    hands.at = NOW
    assert clock.state() is TRUSTED
    hands.at += HOUR
    assert clock.state() is UNTRUSTED


def test_no_station_runs_before_its_program() -> None:
    assert Hands(RELEASED - SECOND).clock().state() is UNTRUSTED
    assert Hands(RELEASED).clock().state() is TRUSTED


def test_the_machine_s_own_clock_is_aware_and_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_given_time_is_taken_as_given() -> None:
    clock = GivenClock(NOW)
    assert (clock.now(), clock.state()) == (NOW, ClockState.GIVEN)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the monotonic clock counts sleep")
def test_a_machine_that_slept_has_not_leapt() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    assert before <= SystemClock().monotonic() <= time.clock_gettime(time.CLOCK_BOOTTIME)
