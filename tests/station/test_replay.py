"""Replay memory: which sighting counts, and when it is forgotten."""

from datetime import datetime, timedelta

import pytest

from station.replay import ReplayMemory, Sighting
from tests.station.builders import MINUTE, NOW, SECOND

KEEP = 10 * MINUTE


def remembered(*sightings: Sighting, keep: timedelta = KEEP) -> ReplayMemory:
    memory = ReplayMemory(keep)
    memory.remember(sightings)
    return memory


def seen(code: str = "c", check: str = "first", plate: str | None = "闽E12345", at: datetime = NOW) -> Sighting:
    return Sighting(code, check, plate, at)


def asked(memory: ReplayMemory, plate: str | None = "闽E54321", after: timedelta = MINUTE) -> datetime | None:
    return memory.elsewhere("c", plate=plate, same=("second",), now=NOW + after)


@pytest.mark.parametrize(
    ("sighting", "plate", "found"),
    [
        (seen(), "闽E54321", True),
        (seen(), None, True),
        (seen(plate=None), "闽E54321", True),
        (seen(plate=None), None, True),
        (seen(), "闽E12345", False),
        (seen(check="second"), "闽E54321", False),
        (seen(code="another"), "闽E54321", False),
    ],
)
def test_another_vehicle_is_another_check_with_another_plate(
    sighting: Sighting, plate: str | None, found: bool
) -> None:
    assert (asked(remembered(sighting), plate) is not None) is found


@pytest.mark.parametrize(
    ("after", "found"), [(KEEP, True), (KEEP + SECOND, False), (-KEEP, True), (-KEEP - SECOND, False)]
)
def test_the_window_is_closed_at_both_ends(after: timedelta, found: bool) -> None:
    assert (asked(remembered(seen()), after=after) is not None) is found


def test_the_latest_sighting_is_told() -> None:
    memory = remembered(seen(), seen(at=NOW + MINUTE), seen(at=NOW + MINUTE / 2, check="third"))
    assert asked(memory, after=2 * MINUTE) == NOW + MINUTE


def test_what_is_too_old_is_forgotten() -> None:
    memory = remembered(*(seen(check=str(n)) for n in range(1000)), seen(at=NOW + KEEP))
    asked(memory, after=KEEP + SECOND)
    assert len(memory.sightings) == 1
