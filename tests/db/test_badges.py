"""Badges are handed out, replaced and taken back; each is kept as a digest, and told."""

import json

import pytest

from db import badges, events, people
from db.engine import Database
from db.errors import PersonUnknown
from tests.db.samples import NOON, a_person


@pytest.fixture
def two(database: Database) -> Database:
    for code in ("A01", "B02"):
        people.add(database, a_person(code=code), station="LS1", by=None)
    return database


def issue(database: Database, **given: str | None) -> None:
    badges.issue(database, given, station="LS1", by="ADM", at=NOON)


def test_a_badge_is_found_by_its_digest(two: Database) -> None:
    issue(two, A01="aa", B02="bb")
    assert badges.find(two, "aa") == ("A01", True)
    assert badges.find(two, "bb") == ("B02", True)
    assert badges.find(two, "cc") is None


def test_a_newer_badge_voids_the_one_before_also_when_the_clock_was_set_back(two: Database) -> None:
    issue(two, A01="aa")
    issue(two, A01="a2")
    assert badges.find(two, "aa") == ("A01", False)
    assert badges.find(two, "a2") == ("A01", True)


def test_a_badge_can_be_taken_back_without_another(two: Database) -> None:
    issue(two, A01="aa")
    issue(two, A01=None)
    assert badges.find(two, "aa") == ("A01", False)


def test_all_are_handed_out_or_none(two: Database) -> None:
    with pytest.raises(PersonUnknown):
        issue(two, A01="aa", X09="xx")
    assert badges.find(two, "aa") is None


def test_each_is_an_event_that_holds_nothing_of_the_badge(two: Database) -> None:
    issue(two, A01="aa")
    issue(two, A01=None)
    taken, issued = events.newest(two, 2)
    assert (issued.kind, taken.kind, issued.actor) == ("badge_issued", "badge_taken", "ADM")
    assert json.loads(issued.details) == {"person": "A01", "number": 1}
    assert json.loads(taken.details) == {"person": "A01", "number": 2}
