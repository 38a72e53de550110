"""A roster's history is what is published around it now: a change there is not missed by who plans the next one."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db import people
from db.engine import Database, open_database
from db.pins import hash_pin
from shifts.model import Assignment, Period
from shifts.publishing import Draft
from station import rosters
from station.roster_beside import beside, with_neighbours
from station.roster_terms import following
from tests.db.samples import a_person
from tests.shifts.rosters import MAY, may, person, problem, works

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
LEAD = ("L01", "5678")
JUNE = Period(date(2026, 6, 1), 30)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = open_database(tmp_path / "station.db")
    lead = a_person(code=LEAD[0], name="带班", role="lead", pin_hash=hash_pin(LEAD[1]))
    people.add(opened, lead, station="LS-1", by=None)
    return opened


def publish(database: Database, standing: frozenset[Assignment], base: int) -> None:
    rosters.publish(database, problem(), Draft(base, standing), station="LS-1", lead=LEAD, now=NOW)


def test_what_is_published_later_beside_it_becomes_the_history(database: Database) -> None:
    first, swapped = frozenset({works(30, "night")}), frozenset({works(31, "night")})
    publish(database, first, 0)
    june = following(problem(person()), first, JUNE)
    assert with_neighbours(database, june) == june
    publish(database, swapped, 1)
    assert with_neighbours(database, june).history == tuple(swapped)
    database.close()


def test_history_of_days_that_nobody_published_stays(database: Database) -> None:
    publish(database, frozenset({works(30, "night")}), 0)
    imported = works(date(2026, 5, 2), "early")
    june = following(problem(person(), history=(imported,)), frozenset(), JUNE)
    assert [one.shift.day for one in with_neighbours(database, june).history] == [imported.shift.day, may(30)]
    database.close()


def test_its_own_days_are_never_its_history(database: Database) -> None:
    publish(database, frozenset({works(30, "night")}), 0)
    assert beside(database, MAY) == ((), frozenset())
    database.close()
