"""What an auditor asks of a range of passages: counted right, over what is asked for and nothing else."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from db import passages
from db.engine import Database
from db.filters import Filters, conditions
from db.records import PassageRecord
from shifts.model import SHANGHAI
from station.access import AccessError, Action, Actor
from station.figures import UNKNOWN, Figures, Ground, Reviews, Time, Verdicts, figures
from station.verdict import Outcome
from tests.db.samples import a_decision, a_passage

DAY = date(2026, 5, 4)


def at(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    """A time of a day in May, by Beijing's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


AUDITOR = Actor("A1", frozenset({Action.VIEW_FIGURES}))


def counted(database: Database, filters: Filters) -> Figures:
    """The figures, as an auditor sees them."""
    return figures(database, filters, actor=AUDITOR, station="LS1", now=at(12))


@pytest.fixture
def keep(database: Database) -> Any:
    """Keeps a passage, passed in 6 s unless told otherwise, and whatever was decided about it."""

    def keep(concluded: datetime, *decided: str, seconds: float = 6, **changes: Any) -> PassageRecord:
        began = concluded - timedelta(seconds=seconds)
        given = {"shift": "early", "shift_date": DAY, "reason_codes": ("health_green",), **changes}
        record = a_passage(concluded_at=concluded, started_at=began, **given)
        passages.append_passage(database, record)
        for number, kind in enumerate(decided, 1):
            after = concluded + timedelta(minutes=number)
            passages.append_decision(database, a_decision(record, kind=kind, at=after))
        return record

    return keep


def test_a_log_without_passages_has_figures_of_nothing(database: Database) -> None:
    filters = Filters(since=at(0))
    found = counted(database, filters)
    assert found == Figures(filters)
    assert (found.verdicts.share(Outcome.PASS), found.reviews.release_rate, found.time, found.by_day) == (None,) * 3 + (
        {},
    )


def test_verdicts_are_counted_and_have_shares(database: Database, keep: Any) -> None:
    for verdict in ("pass", "pass", "review", "refuse"):
        keep(at(9), verdict=verdict)
    found = counted(database, Filters())
    assert found.verdicts == Verdicts(passed=2, review=1, refused=1)
    assert [found.verdicts.share(outcome) for outcome in Outcome] == [0.5, 0.25, 0.25]


def test_an_hour_is_beijings_and_begins_with_its_first_instant(database: Database, keep: Any) -> None:
    keep(at(7, 59))
    keep(at(8))
    keep(at(0, 30, day=date(2026, 5, 6)), verdict="refuse")
    found = counted(database, Filters())
    one = Verdicts(passed=1)
    assert list(found.hours) == [at(7), at(8), at(0, day=date(2026, 5, 6))]
    assert [found.by_hour_of_day[hour] for hour in (0, 7, 8, 9)] == [Verdicts(refused=1), one, one, Verdicts()]
    assert list(found.by_day.values()) == [Verdicts(passed=2), Verdicts(), Verdicts(refused=1)]


def test_a_night_counts_for_the_day_it_is_the_night_of(database: Database, keep: Any) -> None:
    keep(at(1, day=DAY + timedelta(days=1)), shift="night")
    keep(at(9))
    found = counted(database, Filters())
    assert [(one.day, one.shift, one.verdicts.total) for one in found.shifts] == [(DAY, "early", 1), (DAY, "night", 1)]


def test_who_checked_and_in_which_shift_have_their_reviews_and_what_became_of_them(
    database: Database, keep: Any
) -> None:
    keep(at(9), officer="A01")
    keep(at(9, 5), "release", officer="A01", verdict="review")
    keep(at(9, 6), officer="A01", verdict="review", shift="middle")
    keep(at(9, 7), "turn_back", officer=None, verdict="review")
    keep(at(9, 8), "sent_to_test", officer="A01", verdict="review")
    found = counted(database, Filters())
    assert [(line.key, line.verdicts, line.reviews) for line in found.by_officer] == [
        ("A01", Verdicts(passed=1, review=3), Reviews(released=1, otherwise=1, open=1)),
        (None, Verdicts(review=1), Reviews(turned_back=1)),
    ]
    assert [(line.key, line.reviews.open) for line in found.by_shift] == [("early", 0), ("middle", 1)]
    assert found.reviews == Reviews(released=1, turned_back=1, otherwise=1, open=1)
    assert found.reviews.release_rate == 0.25


def test_the_last_decision_that_settles_a_review_is_what_became_of_it(database: Database, keep: Any) -> None:
    keep(at(9), "called", "release", "note", verdict="review")
    keep(at(9), "note", "correction", verdict="review")
    assert counted(database, Filters()).reviews == Reviews(released=1, open=1)


def test_the_reason_that_decided_counts_and_not_those_beside_it(database: Database, keep: Any) -> None:
    keep(at(9), verdict="refuse", reason_codes=("test_too_old", "health_green"))
    keep(at(9), verdict="refuse", reason_codes=("test_too_old",))
    keep(at(9), verdict="review", reason_codes=("code_needs_online", "test_too_old"))
    keep(at(9))
    assert counted(database, Filters()).grounds == (
        Ground("test_too_old", Outcome.REFUSE, 2),
        Ground("code_needs_online", Outcome.REVIEW, 1),
    )


def test_families_count_once_a_vehicle_and_rows_of_before_are_unknown(database: Database, keep: Any) -> None:
    keep(at(9), code_families=("hc1", "jkm1"))
    keep(at(9), code_families=("jkm1",))
    keep(at(9), code_families=())
    keep(at(9), code_families=None)
    assert counted(database, Filters()).families == {"jkm1": 2, "hc1": 1, UNKNOWN: 1}


def test_time_per_vehicle_is_of_vehicles_that_were_checked(database: Database, keep: Any) -> None:
    for seconds in (4, 5, 6.04, 7, 8, 9, 10, 11, 12, 300):
        keep(at(9), seconds=seconds)
    keep(at(9), kind="abandoned", seconds=1000)
    keep(at(9), seconds=-3600)  # the clock was set back meanwhile
    found = counted(database, Filters())
    assert found.time == Time(median=timedelta(seconds=8), p90=timedelta(seconds=12))
    assert found.kinds == {"checked": 11, "abandoned": 1}


@pytest.mark.parametrize(
    "filters",
    [
        Filters(since=at(9), until=at(10)),
        Filters(verdict="review"),
        Filters(shift="middle"),
        Filters(officer="B02"),
        Filters(plate="闽E99999"),
        Filters(open_reviews=True),
    ],
)
def test_only_what_is_asked_for_is_counted(database: Database, keep: Any, filters: Filters) -> None:
    keep(at(8))
    keep(at(10))
    keep(at(9), verdict="review", shift="middle", officer="B02", plate="闽E99999")
    found = counted(database, filters)
    assert found.verdicts == Verdicts(review=1)
    assert found.reviews == Reviews(open=1)


def test_days_whose_personal_data_is_erased_count_on(database: Database, keep: Any) -> None:
    keep(at(9), verdict="review", plate="闽E99999")
    before = counted(database, Filters())
    database.day_keys.forget(tuple(database.day_keys.current()))
    assert counted(database, Filters()) == before


def test_a_part_of_a_plate_has_no_figures(database: Database) -> None:
    with pytest.raises(ValueError, match="only decrypting finds"):
        counted(database, Filters(fragment="闽E"))


def test_figures_are_read_from_the_index_by_time_alone(database: Database) -> None:
    """A row fills a page that would have to be decrypted: what only the index needs is read at a tenth of the cost."""
    from db import figures as counting  # noqa: PLC0415

    asked: list[str] = []

    with database.read() as connection:
        which = conditions(database, Filters(since=at(0), until=at(23)))
        connection.connection.set_trace_callback(asked.append)
        for count in (counting._hours, counting._duties, counting._grounds, counting._taken):
            count(connection, which)
        connection.connection.set_trace_callback(None)
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").first() for sql in asked]
    assert len(plans) == 4
    assert all(
        "COVERING INDEX passages_by_time (concluded_at>? AND concluded_at<?)" in plan[3] for plan in plans if plan
    )


def test_who_may_not_see_figures_sees_none(database: Database) -> None:
    with pytest.raises(AccessError):
        figures(database, Filters(), actor=Actor("O1", frozenset({Action.CHECK})), station="LS1", now=at(12))
