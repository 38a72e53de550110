"""Passages and decisions: kept whole, found again, paged completely."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import event

from db import passages
from db.engine import Database
from db.filters import ALL, Filters
from db.passages import place
from db.records import DecisionRecord, PassageRecord
from tests.db.samples import NOON, a_decision, a_passage, evidence

MINUTE = timedelta(minutes=1)


def appended(database: Database, *records: PassageRecord) -> None:
    for record in records:
        passages.append_passage(database, record)


def paged(database: Database, limit: int, filters: Filters = ALL) -> list[str]:
    """Ids of all pages, one after another."""
    found: list[str] = []
    before = None
    while page := passages.page(database, before=before, limit=limit, filters=filters):
        assert len(page) <= limit
        found += [record.id for record in page]
        before = passages.place(page[-1])
    return found


@pytest.mark.parametrize(
    "record",
    [
        a_passage(),
        a_passage(plate=None, plate_kind=None, direction=None, people=None, officer=None, on_duty=(), trust_age_s=None),
        a_passage(concluded_at=NOON + timedelta(microseconds=1), started_at=datetime.min.replace(tzinfo=NOON.tzinfo)),
        a_passage(evidence=evidence(100_000), reasons='[{"code": "查", "quote": "\\""}]', plate="使123456"),
        a_passage(demo=False, people=0, kind="abandoned", verdict="review"),
    ],
)
def test_a_passage_comes_back_as_it_was_given(database: Database, record: PassageRecord) -> None:
    appended(database, record)
    assert passages.get(database, record.station, record.id) == record


def test_an_instant_of_another_zone_comes_back_the_same_instant_in_utc(database: Database) -> None:
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    record = a_passage(concluded_at=beijing)
    appended(database, record)
    kept = passages.get(database, "LS1", record.id)
    assert kept is not None
    assert kept.concluded_at == beijing
    assert kept.concluded_at.utcoffset() == timedelta(0)


def test_an_unknown_passage_is_none(database: Database) -> None:
    assert passages.get(database, "LS1", "nothing") is None
    assert passages.decisions_of(database, "LS1", "nothing") == []


def test_stations_may_use_the_same_id(database: Database) -> None:
    record = a_passage()
    appended(database, record, a_passage(id=record.id, station="LS2", plate=None))
    found = passages.get(database, "LS1", record.id)
    assert found == record


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_pages_are_complete_and_in_order_even_where_times_are_equal(database: Database, limit: int) -> None:
    records = [a_passage(concluded_at=NOON + MINUTE * (number * 7 % 4)) for number in range(60)]
    appended(database, *records)
    newest_first = sorted(records, key=lambda record: (record.concluded_at, record.id), reverse=True)
    assert paged(database, limit) == [record.id for record in newest_first]


def test_pages_do_not_shift_when_passages_are_appended_between(database: Database) -> None:
    records = [a_passage(concluded_at=NOON + MINUTE * number) for number in range(6)]
    appended(database, *records)
    first = passages.page(database, limit=3)
    appended(database, a_passage(concluded_at=NOON + MINUTE * 100))
    second = passages.page(database, before=passages.place(first[-1]), limit=3)
    assert [*first, *second] == records[::-1]


def test_filters_of_time_include_the_first_instant_and_not_the_last(database: Database) -> None:
    records = [a_passage(concluded_at=NOON + MINUTE * number) for number in range(4)]
    appended(database, *records)
    found = passages.page(database, filters=Filters(since=NOON + MINUTE, until=NOON + 3 * MINUTE))
    assert found == [records[2], records[1]]


PLATES = ("闽E12345", "闽E12346", "闽E54321", "闽A12345", "京A12345", None)


@pytest.mark.parametrize(("plate", "count"), [("闽E12345", 2), ("闽E1234", 0), ("", 7)])
def test_a_whole_plate_is_found_on_every_day(database: Database, plate: str, count: int) -> None:
    for number, known in enumerate((*PLATES, "闽E12345")):
        appended(database, a_passage(plate=known, concluded_at=NOON + timedelta(days=number)))
    filters = Filters(plate=plate)
    assert len(paged(database, 2, filters)) == passages.count(database, filters) == count


def test_what_no_index_finds_is_asked_of_each_opened_passage_so_many_days_back(database: Database) -> None:
    near, far = (a_passage(concluded_at=NOON - timedelta(days=days)) for days in (30, 32))
    appended(database, now := a_passage(), near, far, a_passage(plate=None))
    for limit in (1, 9):
        found = passages.page_opened(database, lambda told: bool(told["plates"]), limit=limit)
        assert found == [now, near][:limit]
    before = Filters(until=NOON - timedelta(days=31))
    assert passages.page_opened(database, lambda _: True, filters=before) == [far]
    assert passages.page_opened(database, lambda _: True, before=place(near)) == []


def test_a_whole_id_number_is_found_where_it_was_given_whole(database: Database) -> None:
    told = '{"occupants":[{"id_number":"%s"},{"id_number":null},{}]}'
    given = [
        a_passage(concluded_at=NOON + timedelta(days=day), evidence=told % number)
        for day, number in ((0, "11010519491231002X"), (40, "11010519491231002X"), (40, "350500199001010014"))
    ]
    appended(database, *given, a_passage(evidence='{"occupants":[{"id_number":null}]}'), a_passage(evidence="{}"))
    appended(database, a_passage(evidence='no JSON, "id_number":"1'))
    assert passages.page(database, filters=Filters(id_number="11010519491231002X")) == [given[1], given[0]]
    with database.read() as connection:
        (query,) = connection.exec_driver_sql("SELECT group_concat(id_indexes) FROM passages")
        assert query[0].count('"') == 6
        assert "1101" not in query[0]


def test_filter_by_verdict(database: Database) -> None:
    for verdict in ("pass", "review", "review", "refuse"):
        appended(database, a_passage(verdict=verdict))
    assert passages.count(database, Filters(verdict="review")) == 2


@pytest.mark.parametrize(
    ("kind", "is_open"),
    [
        (None, True),
        ("correction", True),
        ("note", True),
        ("release", False),
        ("turn_back", False),
        ("sent_to_test", False),
        ("called", False),
    ],
)
def test_a_review_is_open_until_something_was_done(database: Database, kind: str | None, is_open: bool) -> None:
    review = a_passage(verdict="review")
    appended(database, review, a_passage(verdict="pass"), a_passage(verdict="refuse"))
    if kind:
        passages.append_decision(database, a_decision(review, kind=kind))
    expected = [review] if is_open else []
    assert passages.page(database, filters=Filters(open_reviews=True)) == expected


def test_another_stations_decision_does_not_close_a_review(database: Database) -> None:
    here = a_passage(verdict="review")
    there = a_passage(verdict="review", id=here.id, station="LS2")
    appended(database, here, there)
    passages.append_decision(database, a_decision(there))
    assert passages.page(database, filters=Filters(open_reviews=True)) == [here]


def test_decisions_come_oldest_first_and_leave_the_verdict(database: Database) -> None:
    review = a_passage(verdict="review")
    appended(database, review)
    release = a_decision(review, at=NOON + MINUTE, details='{"paper": true}')
    called = a_decision(review, kind="called", lead=None, reason=None)
    passages.append_decision(database, release)
    passages.append_decision(database, called)
    assert passages.decisions_of(database, "LS1", review.id) == [called, release]
    assert passages.get(database, "LS1", review.id) == review


def test_a_new_check_is_linked_to_the_one_it_follows(database: Database) -> None:
    refused = a_passage(verdict="refuse")
    again = a_passage(previous=refused.id)
    appended(database, refused, again)
    assert passages.get(database, "LS1", again.id) == again


def test_since_gives_what_replay_memory_starts_from(database: Database) -> None:
    records = [a_passage(concluded_at=NOON + MINUTE * number) for number in range(4)]
    appended(database, *reversed(records))
    assert passages.since(database, NOON + 2 * MINUTE) == records[2:]


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (ALL, "passages_by_time"),
        (Filters(since=NOON, until=NOON + MINUTE), "passages_by_time"),
        (Filters(plate="闽E12345"), "passages_by_plate"),
        (Filters(open_reviews=True), "passages_in_review"),
    ],
    ids=str,
)
def test_pages_are_read_from_an_index(database: Database, filters: Filters, index: str) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    database.day_keys.for_writing(NOON.date())
    with database.read() as connection:
        event.listen(connection.engine, "before_cursor_execute", note)
        passages.page(database, before=passages.Place(NOON, "x"), filters=filters)
        statement, parameters = asked[-1]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        assert f"INDEX {index} " in plan.all()[0].detail


def test_a_corrected_plate_is_read_from_indexes_alone(database: Database) -> None:
    record = a_passage()
    appended(database, record)
    passages.append_decision(database, a_correction(record, "闽E54321"))
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with database.read() as connection:
        event.listen(connection.engine, "before_cursor_execute", note)
        assert passages.page(database, filters=Filters(plate="闽E54321")) == [record]
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", bound).all() for one, bound in asked[:2]]
        told = "\n".join(row.detail for plan in plans for row in plan)
        for index in ("decisions_by_plate", "passages_by_plate", "sqlite_autoindex_passages_1"):
            assert f"INDEX {index} " in told
        assert "SCAN passages" not in told
        assert "SCAN decisions" not in told


def a_correction(of: PassageRecord, right: str, **changes: Any) -> DecisionRecord:
    details = json.dumps({"plate": {"was": of.plate, "is": right}})
    return a_decision(of, kind="correction", lead=None, reason=None, details=details, **changes)


def test_a_plate_is_found_as_it_was_registered_and_as_it_was_corrected_each_time(database: Database) -> None:
    mistyped, other = a_passage(plate="闽E12354"), a_passage(plate="闽E12345", concluded_at=NOON + MINUTE)
    appended(database, mistyped, other)
    passages.append_decision(database, a_correction(mistyped, "闽E12345", at=NOON + timedelta(days=2)))
    passages.append_decision(database, a_correction(mistyped, "闽E12343", at=NOON + timedelta(days=3)))
    passages.append_decision(database, a_decision(other, details=json.dumps({"plate": {"is": "闽E77777"}})))
    found = {
        plate: [one.id for one in passages.page(database, filters=Filters(plate=plate))]
        for plate in ("闽E12354", "闽E12345", "闽E12343", "闽E77777")
    }
    assert found == {
        "闽E12354": [mistyped.id],
        "闽E12345": [other.id, mistyped.id],
        "闽E12343": [mistyped.id],
        "闽E77777": [],  # a release corrects nothing, whatever it tells
    }
    assert passages.count(database, Filters(plate="闽E12345", until=NOON + MINUTE)) == 1


def test_a_corrected_plate_is_not_found_once_the_corrections_day_is_erased(database: Database) -> None:
    mistyped = a_passage(plate="闽E12354")
    appended(database, mistyped)
    passages.append_decision(database, a_correction(mistyped, "闽E12345", at=NOON + timedelta(days=2)))
    with database.write():
        database.day_keys.forget([(NOON + timedelta(days=2)).date()])
    assert passages.page(database, filters=Filters(plate="闽E12345")) == []
    assert len(passages.page(database, filters=Filters(plate="闽E12354"))) == 1


@pytest.mark.parametrize("details", ["", "[]", "null", '{"plate": 5}', '{"plate": {"is": ["闽E12345"]}}', "{"])
def test_a_correction_that_tells_no_plate_is_kept(database: Database, details: str) -> None:
    record = a_passage()
    appended(database, record)
    passages.append_decision(database, a_decision(record, kind="correction", details=details))
    (kept,) = passages.decisions_of(database, record.station, record.id)
    assert kept.details == details


def test_what_an_untrusted_or_a_given_clock_said_dates_nothing(database: Database) -> None:
    assert passages.newest_by_clock(database) is None
    for hours, clock in enumerate(("trusted", "untrusted", "given")):
        passages.append_passage(database, a_passage(concluded_at=NOON + timedelta(hours=hours), clock=clock))
    assert passages.newest_by_clock(database) == NOON
