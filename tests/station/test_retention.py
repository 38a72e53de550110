"""Personal data goes with its day's key: from the file, from what was copied before, and nothing else goes."""

import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from db import events, passages
from db.day_keys import day_keys_path
from db.engine import Database, open_database
from db.errors import DatabaseKeyMalformed
from db.filters import Filters
from db.keyfile import key_path
from db.personal import ERASED, OPEN
from db.records import DecisionRecord, EventRecord, PassageRecord, new_id
from db.verifying import verify
from station import retention, search
from station.access import STATION, AccessError, Action, Actor
from station.passages import to_json
from station.retention import HoldError
from tests.db.samples import NOON, a_decision, a_passage

PAGE, RESERVED, FRAME, WAL_HEADER = 4096, 80, 24, 32
DAY = timedelta(days=1)
OLD, NEW = NOON, NOON + 20 * DAY
SECRETS = {OLD: ("闽E11111", "王小明", "350681199001011234"), NEW: ("闽E22222", "陈大文", "350681198812312345")}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "station.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with open_database(path) as opened:
        for at, (plate, name, number) in SECRETS.items():
            evidence = f'{{"name":"{name}","id":"{number}"}}'
            passage = a_passage(concluded_at=at, plate=plate, evidence=evidence)
            passages.append_passage(opened, passage)
            passages.append_decision(opened, a_decision(passage, at=at, reason=f"{name} 已电话核实"))
        yield opened


def erase(database: Database, now: datetime = NEW + 11 * DAY) -> tuple[date, ...]:
    return retention.run(database, 30, actor=STATION, station="LS1", now=now)


def plain_pages(path: Path) -> bytes:
    """Every page of a keyed file and of its journal, decrypted by hand: those in use, the free ones, the old ones.

    SQLCipher 4's raw pages: AES-256-CBC, the page's IV and HMAC in its last 80 bytes; the first 16 are the salt.
    """
    key, found = bytes.fromhex(key_path(path).read_text().strip()), []
    whole = path.read_bytes()
    pages = [(number, whole[at : at + PAGE]) for number, at in enumerate(range(0, len(whole), PAGE), 1)]
    wal = path.with_name(path.name + "-wal")
    if wal.exists():
        content = wal.read_bytes()
        for at in range(WAL_HEADER, len(content) - FRAME, FRAME + PAGE):
            (number,) = struct.unpack(">I", content[at : at + 4])
            pages.append((number, content[at + FRAME : at + FRAME + PAGE]))
    for number, page in pages:
        start = 16 if number == 1 else 0
        body, iv = page[start : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + 16]
        reading = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        found.append(reading.update(body) + reading.finalize())
    return b"".join(found)


def told(database: Database) -> str:
    """All that rows say, opened with every key there is."""
    records: list[PassageRecord | DecisionRecord] = []
    for record in passages.page(database, limit=99):
        records += [record, *passages.decisions_of(database, record.station, record.id)]
    return "\n".join(map(str, records))


def test_before_its_time_everything_can_be_read(database: Database) -> None:
    assert erase(database, NEW) == ()
    assert all(secret in told(database) for day in SECRETS.values() for secret in day)


def test_over_its_time_a_days_plates_names_and_numbers_are_found_nowhere(database: Database, path: Path) -> None:
    assert erase(database) == (OLD.date(),)
    assert not any(secret in told(database) for secret in SECRETS[OLD])
    assert all(secret in told(database) for secret in SECRETS[NEW])
    pages = plain_pages(path)
    assert b"passages" in pages, "the pages are decrypted"
    assert not any(secret.encode() in pages for day in SECRETS.values() for secret in day)
    assert verify(database).findings == []


def test_a_copy_made_before_is_closed_for_that_day_too(database: Database, path: Path, tmp_path: Path) -> None:
    older = tmp_path / "backup" / "station.db"
    older.parent.mkdir()
    database.close()
    for file in (path, key_path(path)):
        copy(file, older.with_name(file.name))
    with open_database(path) as opened:
        erase(opened)
    copy(day_keys_path(path), day_keys_path(older))  # put back beside the keys there are
    with open_database(older) as restored:
        assert not any(secret in told(restored) for secret in SECRETS[OLD])
        assert all(secret in told(restored) for secret in SECRETS[NEW])
        assert verify(restored).findings == []


def test_the_rows_stay_and_say_that_they_were_erased(database: Database) -> None:
    erase(database)
    new, old = passages.page(database)
    assert (new.personal, old.personal) == (OPEN, ERASED)
    assert (old.verdict, old.plate, old.evidence, old.reasons) == ("pass", None, "{}", "[]")
    assert passages.decisions_of(database, old.station, old.id)[0].personal == ERASED


def test_an_erased_plate_is_found_no_more(database: Database) -> None:
    plate = SECRETS[OLD][0]
    assert passages.count(database, Filters(plate=plate)) == 1
    erase(database)
    assert passages.count(database, Filters(plate=plate)) == 0
    assert search.page(database, filters=Filters(fragment=plate[:4])) == []


def test_a_day_is_over_once_all_of_it_is(database: Database) -> None:
    end = datetime.combine(OLD.date() + DAY, datetime.min.time(), UTC) + 30 * DAY
    assert retention.standing(database, 30, end - timedelta(seconds=1)).due == ()
    assert retention.standing(database, 30, end).due == (OLD.date(),)


def test_erasing_is_an_event_with_its_days_and_done_once(database: Database) -> None:
    erase(database)
    assert erase(database) == ()
    (event,) = events.newest(database, kind=retention.ERASED)
    assert str(OLD.date()) in event.details


def test_another_process_that_has_it_open_can_read_it_no_more_either(database: Database, path: Path) -> None:
    with open_database(path) as other:
        assert SECRETS[OLD][0] in told(other)
        erase(database)
        assert SECRETS[OLD][0] not in told(other)


def test_day_keys_of_another_station_are_named(database: Database, path: Path) -> None:
    day_keys_path(path).write_text("2026-05-03 AAAA\n")
    with pytest.raises(DatabaseKeyMalformed):
        passages.page(database)


def test_without_the_day_keys_the_log_opens_verifies_and_goes_on(database: Database, path: Path) -> None:
    day_keys_path(path).unlink()
    assert {record.personal for record in passages.page(database)} == {ERASED}
    passages.append_passage(database, a_passage(concluded_at=NEW + DAY))
    assert passages.page(database)[0].personal == OPEN
    assert verify(database).findings == []


# --- legal hold ------------------------------------------------------------------------------------------------------

HOLDER = Actor(None, frozenset({Action.LEGAL_HOLD}))


def hold(database: Database, *days: datetime, why: str = "厦门中院（2026）保全 17 号") -> retention.Hold:
    given = [day.date() for day in days]
    return retention.hold(database, given, why, actor=HOLDER, station="LS1", now=NEW)


def release(database: Database, number: int) -> retention.Hold:
    return retention.release(database, number, actor=HOLDER, station="LS1", now=NEW)


def test_a_held_day_outlives_the_limit_until_it_is_released(database: Database) -> None:
    made = hold(database, OLD)
    assert erase(database) == ()
    assert SECRETS[OLD][0] in told(database)
    found = retention.standing(database, 30, NEW + 11 * DAY)
    assert (found.kept, found.held, found.due) == ((NEW.date(),), (OLD.date(),), ())
    assert release(database, made.number) == made
    assert erase(database) == (OLD.date(),)


def test_a_day_held_twice_is_kept_until_both_are_released(database: Database) -> None:
    assert (hold(database, OLD).number, hold(database, OLD, NEW, why="信访").number) == (1, 2)
    release(database, 1)
    assert erase(database) == ()
    assert [one.number for one in retention.holds(database)] == [2]
    release(database, 2)
    assert erase(database) == (OLD.date(),)


def test_holding_and_releasing_are_rows_of_the_ledger(database: Database) -> None:
    hold(database, OLD)
    release(database, 1)
    assert {event.kind for event in events.newest(database)} == {retention.HELD, retention.RELEASED}
    assert verify(database).findings == []


def test_what_is_erased_can_be_held_no_more(database: Database) -> None:
    erase(database)
    with pytest.raises(HoldError) as refused:
        hold(database, OLD, NEW)
    assert refused.value.params == {"days": str(OLD.date())}
    assert retention.holds(database) == ()


def test_a_hold_is_released_once(database: Database) -> None:
    hold(database, OLD)
    release(database, 1)
    with pytest.raises(HoldError):
        release(database, 1)


# --- a hold by filters -----------------------------------------------------------------------------------------------


LATER = NEW + 25 * DAY
"""All but the new day are over the limit then."""


def hold_fitting(database: Database, **asked: Any) -> retention.Fitting:
    return retention.hold_fitting(database, Filters(**asked), "信访", actor=HOLDER, station="LS1", now=NEW)


@pytest.fixture
def busy(database: Database) -> Database:
    """Two further vehicles between the old day and the new one, one of them refused by another officer."""
    for days, changes in ((3, {"verdict": "refuse", "officer": "B02"}), (5, {"plate": SECRETS[NEW][0], "shift": "晚"})):
        passages.append_passage(database, a_passage(concluded_at=OLD + days * DAY, **changes))
    return database


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"plate": SECRETS[NEW][0]}, (5, 20)),
        ({"verdict": "refuse"}, (3,)),
        ({"officer": "B02"}, (3,)),
        ({"shift": "晚"}, (5,)),
        ({"since": OLD + DAY, "until": OLD + 6 * DAY}, (3, 5)),
        ({"plate": SECRETS[NEW][0], "until": OLD + 6 * DAY}, (5,)),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, dict) else None,
)
def test_the_days_of_the_passages_that_fit_are_held(busy: Database, asked: dict[str, Any], days: tuple[int]) -> None:
    found = hold_fitting(busy, **asked)
    assert found.hold.days == tuple((OLD + day * DAY).date() for day in days)
    assert (found.passages, found.erased) == (len(days), ())
    erase(busy, LATER + 20 * DAY)
    assert tuple(busy.day_keys.current()) == found.hold.days


def test_the_day_of_a_later_decision_is_held_too(database: Database) -> None:
    review = a_passage(concluded_at=OLD + 2 * DAY, verdict="review")
    passages.append_passage(database, review)
    for days in (2, 4):
        passages.append_decision(database, a_decision(review, kind="note", at=OLD + days * DAY, reason="电话 110"))
    assert hold_fitting(database, open_reviews=True).hold.days == tuple((OLD + day * DAY).date() for day in (2, 4))
    erase(database, LATER)
    assert told(database).count("电话 110") == 2


def test_what_was_held_for_is_on_record_without_a_whole_plate(busy: Database) -> None:
    found = hold_fitting(busy, plate=SECRETS[NEW][0], since=OLD)
    (event,) = events.newest(busy, kind=retention.HELD)
    assert found.hold.filters == {"plate": "闽E·2***2", "since": "2026-05-03T12:00:00+08:00"}
    assert retention.holds(busy) == (found.hold,)
    assert '"passages":2' in event.details
    assert SECRETS[NEW][0] not in event.details


def test_days_that_are_erased_are_told_and_the_others_held(busy: Database) -> None:
    erase(busy, LATER)
    found = hold_fitting(busy, verdict="pass")
    assert (found.hold.days, found.erased) == ((NEW.date(),), (OLD.date(), (OLD + 5 * DAY).date()))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"verdict": "refuse"}, "hold_unreadable"),
        ({"plate": SECRETS[OLD][0]}, "hold_nothing"),
        ({"officer": "nobody"}, "hold_nothing"),
        ({"fragment": "闽E"}, "hold_opens"),
    ],
    ids=["erased", "an erased plate", "nobody's", "a part of a plate"],
)
def test_where_nothing_can_be_held_nothing_is(busy: Database, asked: dict[str, Any], code: str) -> None:
    erase(busy, LATER)
    with pytest.raises(HoldError) as refused:
        hold_fitting(busy, **asked)
    assert refused.value.code == code
    assert retention.holds(busy) == ()


def test_a_hold_of_the_moment_an_erasure_waits_for_counts(database: Database) -> None:
    details = to_json({"days": [OLD.date()], "why": "信访"})
    record = EventRecord(station="LS1", id=new_id(), at=NEW, kind=retention.HELD, details=details)
    with ThreadPoolExecutor(1) as other:
        with database.write() as connection:
            erasing = other.submit(erase, database)
            wait([erasing], timeout=0.3)  # it has seen that the day is due, and waits for this transaction
            events.append_within(database, connection, record)
        assert erasing.result() == ()
    assert SECRETS[OLD][0] in told(database)


def test_who_may_not_holds_releases_and_erases_nothing(database: Database) -> None:
    nobody = Actor(None, frozenset())
    with pytest.raises(AccessError):
        retention.run(database, 30, actor=nobody, station="LS1", now=NEW + 11 * DAY)
    with pytest.raises(AccessError):
        retention.hold(database, [OLD.date()], "x", actor=nobody, station="LS1", now=NEW)
    with pytest.raises(AccessError):
        retention.hold_fitting(database, Filters(verdict="pass"), "x", actor=nobody, station="LS1", now=NEW)
    hold(database, OLD)
    with pytest.raises(AccessError):
        retention.release(database, 1, actor=nobody, station="LS1", now=NEW)
    assert len(retention.holds(database)) == 1
    assert SECRETS[OLD][0] in told(database)
