"""What is typed to look somebody or something up, and which passages that finds."""

from datetime import timedelta

import pytest

from db import passages
from db.engine import Database
from db.filters import Filters
from db.passages import place
from db.records import DecisionRecord, PassageRecord, new_id
from scanner.values import Holder
from shifts.model import THREE_SHIFTS
from station import search
from station.check import Check
from station.evidence import Medium
from station.passages import record_of, to_json
from station.search import sought
from tests.station.builders import CONFIG, LIN, NEGATIVE, NOW, WANG, WANG_ID, check, complete_check, salted

LIN_ID = "11010519780312204X"


@pytest.mark.parametrize("typed", ["闽E12345", "闽e·12345", " 闽E 12345 ", "闽ED12345", "使012345"])
def test_a_whole_plate(typed: str) -> None:
    found = sought(typed)
    assert (found["id_number"], found["fragment"]) == (None, None)
    assert found["plate"] in {"闽E12345", "闽ED12345", "使012345"}


@pytest.mark.parametrize("typed", ["11010519491231002X", "１１０１０５ 19491231 002x"])
def test_a_whole_id_number(typed: str) -> None:
    assert sought(typed) == {"plate": None, "id_number": "11010519491231002X", "fragment": None}


WRONG = "110105194912310021"
"""A mistyped digit."""
PARTS = {"闽E1": "闽E1", "闽": "闽", "abc": "abc", " 王  小明 ": "王 小明", WRONG: WRONG, "": None, "  ": None}


@pytest.mark.parametrize("typed", PARTS)
def test_a_part_of_whatever_it_is(typed: str) -> None:
    assert sought(typed) == {"plate": None, "id_number": None, "fragment": PARTS[typed]}


def a_vehicle(
    holder: Holder = WANG, plate: str = "闽E12345", id_number: str | None = None, days: int = 0
) -> PassageRecord:
    """The passage of one person, concluded so many days ago."""
    one = complete_check(holder=holder, plate=plate)
    if id_number:
        one.enter_id(0, id_number)
    return record(one, days)


def record(one: Check, days: int = 0) -> PassageRecord:
    at = NOW - timedelta(days=days)
    shift = THREE_SHIFTS.at(at)
    return record_of(one, one.conclude(NOW), config=CONFIG, concluded=at, shift=shift, officer="O1", on_duty=())


@pytest.fixture
def log(database: Database) -> dict[str, PassageRecord]:
    """Who passed, by name of the case."""
    by_hand = check()
    by_hand.confirm_people(1)
    by_hand.enter_by_hand(0, Holder("ZHANG Wei", 10, "0078"), Medium.PAPER, test=NEGATIVE)
    vehicles = {
        "wang": a_vehicle(days=1),
        "lin": a_vehicle(LIN, "京A12345"),
        "lin, hashed": a_vehicle(salted(LIN, LIN_ID), "闽E54321", days=2),
        "lin, typed long ago": a_vehicle(LIN, "闽E12399", LIN_ID, days=60),
        "lin, long ago": a_vehicle(LIN, "闽E12398", days=60),
        "by hand": record(by_hand, days=3),
    }
    for one in vehicles.values():
        passages.append_passage(database, one)
    return vehicles


FOUND = {
    "闽E12345": ["wang"],
    "闽E": ["wang", "lin, hashed"],
    "京a1": ["lin"],
    "小明": ["wang"],
    "林晓岚": ["lin", "lin, hashed"],
    "zhang w": ["by hand"],
    "204x": ["lin", "lin, hashed"],
    "04X": [],
    "0078": ["by hand"],
    LIN_ID: ["lin, hashed", "lin, typed long ago"],
    WANG_ID: [],
    "%": [],
}


@pytest.mark.parametrize("typed", FOUND)
@pytest.mark.parametrize("limit", [1, 9])
def test_what_is_typed_finds(database: Database, log: dict[str, PassageRecord], typed: str, limit: int) -> None:
    filters = Filters(**sought(typed))
    found: list[PassageRecord] = []
    while page := search.page(database, filters=filters, limit=limit, before=place(found[-1]) if found else None):
        found += page
    assert [name for one in found for name, known in log.items() if known.id == one.id] == FOUND[typed]


def test_what_else_is_asked_for_counts_too(database: Database, log: dict[str, PassageRecord]) -> None:
    lin = sought("林晓岚")
    assert search.page(database, filters=Filters(**lin, since=NOW - timedelta(days=1))) == [log["lin"]]
    assert search.page(database, filters=Filters(**lin, verdict="refuse")) == []
    typed = Filters(**sought(LIN_ID), until=NOW - timedelta(days=59))
    assert search.page(database, filters=typed) == [log["lin, typed long ago"]]


@pytest.mark.parametrize(("typed", "names"), [("闽F7", ["wang"]), ("闽F77777", ["wang"]), ("闽E123", ["wang"])])
def test_a_corrected_plate_is_found_by_what_it_was_and_by_what_it_is(
    database: Database, log: dict[str, PassageRecord], typed: str, names: list[str]
) -> None:
    wang = log["wang"]
    decision = DecisionRecord(
        station=wang.station,
        id=new_id(),
        passage=wang.id,
        kind="correction",
        at=NOW,
        officer="O1",
        details=to_json({"plate": {"was": wang.plate, "is": "闽F77777"}}),
    )
    passages.append_decision(database, decision)
    assert search.page(database, filters=Filters(**sought(typed))) == [log[name] for name in names]
