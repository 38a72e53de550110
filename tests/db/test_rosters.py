"""Versions of rosters, steps of swaps, drafts: kept once, in order, and never in each other's place."""

import hashlib
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import events, rosters, swaps
from db.connection import WAL, connect, driver
from db.engine import Database, open_database
from db.errors import DatabaseError, RecordRefused, RosterDamaged, RosterOverlaps, SwapMoved
from db.keyfile import key_path
from db.records import RosterDraftRecord, RosterRecord, SwapStepRecord
from shifts.publishing import Outdated
from tests.db.samples import NOON, a_roster, a_step

MAY_4 = date(2026, 5, 4)


def append(database: Database, *records: RosterRecord | SwapStepRecord) -> None:
    """Each in a transaction of its own."""
    for record in records:
        with database.write() as connection:
            if isinstance(record, RosterRecord):
                rosters.append_within(database, connection, record)
            else:
                swaps.append_within(database, connection, record)


def a_draft(**changes: object) -> RosterDraftRecord:
    one = RosterDraftRecord(
        district="", start=MAY_4, person="L01", length=28, problem="{}", draft='{"base":0}', saved_at=NOON
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # a field's name and its value


# --- versions --------------------------------------------------------------------------------------------------------


def test_the_newest_version_stands_and_all_are_kept(database: Database) -> None:
    first, second = a_roster(1), a_roster(2, published_at=NOON + timedelta(hours=1))
    append(database, first, second)
    assert rosters.newest(database, "", MAY_4) == rosters.sealed(second)
    assert rosters.versions(database, "", MAY_4) == [rosters.sealed(first), rosters.sealed(second)]
    assert rosters.newest(database, "", date(2026, 6, 1)) is None


@pytest.mark.parametrize(("version", "newest"), [(1, 1), (3, 1), (0, 1)])
def test_a_version_follows_the_newest_or_is_outdated(database: Database, version: int, newest: int) -> None:
    append(database, a_roster(1))
    with pytest.raises(Outdated) as caught:
        append(database, a_roster(version))
    assert caught.value.params == {"base": version - 1, "newest": newest}
    assert len(rosters.versions(database, "")) == 1


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (date(2026, 5, 31), 28),  # the last day of the one that is there
        (date(2026, 4, 27), 8),  # its first
        (date(2026, 5, 10), 2),  # within it
        (date(2026, 4, 1), 90),  # around it
    ],
)
def test_two_rosters_share_no_day(database: Database, start: date, length: int) -> None:
    append(database, a_roster())
    with pytest.raises(RosterOverlaps) as caught:
        append(database, a_roster(start=start, length=length))
    assert caught.value.params == {"start": "2026-05-04", "last": "2026-05-31"}


def test_a_roster_s_next_version_has_the_same_days(database: Database) -> None:
    append(database, a_roster())
    with pytest.raises(RosterOverlaps):
        append(database, a_roster(2, length=27))


def test_rosters_follow_each_other_without_a_gap_even_over_a_leap_day(database: Database) -> None:
    february = a_roster(start=date(2028, 2, 1), length=29)
    append(database, february, a_roster(start=date(2028, 3, 1), length=31))
    assert rosters.periods(database, "") == [(date(2028, 2, 1), 29), (date(2028, 3, 1), 31)]
    with pytest.raises(RosterOverlaps):
        append(database, a_roster(start=date(2028, 2, 29), length=1))


def test_another_district_has_rosters_of_its_own(database: Database) -> None:
    append(database, a_roster(), a_roster(district="华安"))
    assert [one.district for one in rosters.versions(database, "华安")] == ["华安"]


def test_the_digest_covers_everything_and_is_the_same_everywhere() -> None:
    one = a_roster(id="r1", assignments="[]")
    canonical = (
        '{"approvals":"[]","assignments":"[]","district":"","id":"r1","length":28,"problem":"{}",'
        '"published_at":"2026-05-03T04:00:00.000000+00:00","published_by":"L01","refused":"[]",'
        '"start":"2026-05-04","station":"LS1","version":1}'
    )
    assert rosters.sealed(one).sha256 == hashlib.sha256(canonical.encode()).hexdigest()
    changes = {"version": 2, "problem": "{ }", "assignments": "[0]", "published_by": "L02", "approvals": "[1]"}
    digests = {rosters.sealed(replace(one, **{name: value})).sha256 for name, value in changes.items()}  # type: ignore[arg-type]
    assert len(digests | {rosters.sealed(one).sha256}) == len(changes) + 1


def test_a_version_that_was_altered_underneath_is_not_read(database: Database, path: Path) -> None:
    append(database, a_roster())
    raw = connect(path, key_path(path).read_text().strip(), WAL)
    raw.executescript("DROP TRIGGER roster_versions_no_update; UPDATE roster_versions SET assignments = '[]'")
    raw.close()
    with pytest.raises(RosterDamaged) as caught:
        rosters.newest(database, "", MAY_4)
    assert caught.value.params == {"start": "2026-05-04", "version": 1}


def test_no_row_takes_a_version_s_place_under_another_id(database: Database, path: Path) -> None:
    """Also through a connection of somebody else's, which has no recursive triggers to see the row deleted."""
    append(database, a_roster(id="r1"), a_step(id="w1"))
    raw = connect(path, key_path(path).read_text().strip(), WAL)
    raw.execute("PRAGMA recursive_triggers = 0")
    for table in ("roster_versions", "swap_steps"):
        names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        chosen = ", ".join("'x'" if name == "id" else name for name in names)
        with pytest.raises(driver().IntegrityError, match="append-only"):
            raw.execute(f"INSERT OR REPLACE INTO {table} SELECT {chosen} FROM {table}")
    raw.close()


@pytest.mark.parametrize(
    "change", [{"length": 0}, {"version": None}, {"published_at": None}, {"problem": b"x"}], ids=str
)
def test_a_value_of_another_kind_is_refused(database: Database, change: dict[str, Any]) -> None:
    with pytest.raises((RecordRefused, TypeError, AttributeError)):
        append(database, a_roster(**change))
    assert rosters.versions(database, "") == []


# --- swaps -----------------------------------------------------------------------------------------------------------


def test_a_swap_s_steps_come_back_in_order(database: Database) -> None:
    steps = [a_step(1), a_step(2)]
    append(database, *steps)
    assert swaps.steps(database, "s1") == steps
    assert swaps.steps(database, "s2") == []


def test_swaps_of_a_roster_are_told_one_by_one(database: Database) -> None:
    append(database, a_step(1), a_step(1, swap="s2"), a_step(2), a_step(1, swap="s3", start=date(2026, 6, 1)))
    assert [(one.swap, one.number) for one in swaps.of_roster(database, "", MAY_4)] == [("s1", 1), ("s1", 2), ("s2", 1)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_step_somebody_took_meanwhile_is_not_taken_twice(database: Database, number: int) -> None:
    append(database, a_step(1))
    with pytest.raises(SwapMoved):
        append(database, a_step(number))
    assert len(swaps.steps(database, "s1")) == 1


@pytest.mark.parametrize(("number", "proposal"), [(1, None), (2, "{}")])
def test_the_first_step_alone_says_what_is_swapped(database: Database, number: int, proposal: str | None) -> None:
    if number == 2:
        append(database, a_step(1))
    with pytest.raises(RecordRefused):
        append(database, a_step(number, proposal=proposal))


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_a_draft_outlives_the_program_and_is_written_over(path: Path) -> None:
    with open_database(path) as database:
        rosters.save_draft(database, a_draft())
        rosters.save_draft(database, a_draft(draft='{"base":1}', saved_at=NOON + timedelta(minutes=1)))
    with open_database(path) as database:
        assert rosters.drafts(database, "", "L01") == [
            a_draft(draft='{"base":1}', saved_at=NOON + timedelta(minutes=1))
        ]
        assert rosters.drafts(database, "", "L02") == []


def test_everybody_has_a_draft_of_their_own_and_gives_up_that_alone(database: Database) -> None:
    rosters.save_draft(database, a_draft())
    rosters.save_draft(database, a_draft(person="L02"))
    with database.write() as connection:
        rosters.drop_draft_within(connection, "", MAY_4, "L01")
    assert rosters.drafts(database, "", "L01") == []
    assert rosters.drafts(database, "", "L02") == [a_draft(person="L02")]


# --- races -----------------------------------------------------------------------------------------------------------


def test_of_two_who_publish_at_once_one_is_told_so(path: Path) -> None:
    """Two connections, as two programs have; round after round, one version each."""
    rounds, found = 10, list[str]()
    barrier = threading.Barrier(2)

    def publish(database: Database) -> None:
        for version in range(1, rounds + 1):
            barrier.wait(60)
            try:
                append(database, a_roster(version))
            except (Outdated, DatabaseError) as error:
                found.append(error.code)
            barrier.wait(60)

    with open_database(path) as one, open_database(path) as other:
        threads = [threading.Thread(target=publish, args=(each,)) for each in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == ["roster_outdated"] * rounds
        assert [record.version for record in rosters.versions(one, "")] == list(range(1, rounds + 1))


def test_a_version_is_kept_with_all_that_belongs_to_it_or_not_at_all(database: Database) -> None:
    def fail_half_way() -> None:
        with database.write() as connection:
            rosters.append_within(database, connection, a_roster())
            swaps.append_within(database, connection, a_step(2))

    with pytest.raises(SwapMoved):
        fail_half_way()
    assert rosters.versions(database, "") == []
    assert events.newest(database) == []
