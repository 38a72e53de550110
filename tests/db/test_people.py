"""People change; that they did is kept. PINs, sign-ins, documents, events."""

import hashlib
import json
import subprocess
import sys
from datetime import date, timedelta

import pytest

from db import documents, events, people, pins, sign_ins
from db.engine import Database
from db.errors import PersonUnknown, PinMalformed, RecordRefused
from db.records import EventRecord, new_id
from tests.db.samples import NOON, a_person

HOUR = timedelta(hours=1)


def told(database: Database) -> list[tuple[str, str | None, object]]:
    """Events, oldest first."""
    return [(event.kind, event.actor, json.loads(event.details)) for event in reversed(events.newest(database))]


@pytest.fixture
def chen(database: Database) -> Database:
    people.add(database, a_person(), station="LS1", by="ADM")
    return database


def test_added_people_are_found_by_code(chen: Database) -> None:
    people.add(chen, a_person(code="A00", role="lead", active=False), station="LS1", by="ADM")
    assert people.get(chen, "A01") == a_person()
    assert people.get(chen, "A02") is None
    assert [person.code for person in people.everyone(chen)] == ["A00", "A01"]


def test_a_code_is_given_once(chen: Database) -> None:
    with pytest.raises(RecordRefused):
        people.add(chen, a_person(name="别人"), station="LS1", by="ADM")
    assert people.everyone(chen) == [a_person()]
    assert len(told(chen)) == 1


def test_a_change_is_kept_with_its_old_and_new_values(chen: Database) -> None:
    changed = people.change(chen, "A01", station="LS1", by="ADM", at=NOON + HOUR, role="lead", unit="区建设局")
    assert changed == people.get(chen, "A01") == a_person(role="lead")
    assert told(chen)[1:] == [("person_changed", "ADM", {"person": "A01", "role": ["officer", "lead"]})]


def test_a_change_to_what_was_already_so_is_none(chen: Database) -> None:
    people.change(chen, "A01", station="LS1", by="ADM", at=NOON + HOUR, active=True)
    assert len(told(chen)) == 1


def test_somebody_who_left_is_inactive_not_gone(chen: Database) -> None:
    assert people.change(chen, "A01", station="LS1", by="ADM", at=NOON, active=False).active is False


def test_a_change_that_is_refused_tells_nothing(chen: Database) -> None:
    with pytest.raises(RecordRefused):
        people.change(chen, "A01", station="LS1", by="ADM", at=NOON, role="king")
    assert people.get(chen, "A01") == a_person()
    assert len(told(chen)) == 1


def test_nobody_has_no_pin_and_does_not_change(database: Database) -> None:
    with pytest.raises(PersonUnknown):
        people.change(database, "A09", station="LS1", by=None, at=NOON, name="x")
    with pytest.raises(PersonUnknown):
        people.set_pin_hash(database, "A09", "hash", station="LS1", by=None, at=NOON)
    assert told(database) == []


def test_a_new_pin_is_an_event_without_its_hash(chen: Database) -> None:
    hashed = pins.hash_pin("1234")
    people.set_pin_hash(chen, "A01", hashed, station="LS1", by="A01", at=NOON + HOUR)
    people.set_pin_hash(chen, "A01", None, station="LS1", by="ADM", at=NOON + 2 * HOUR)
    assert told(chen)[1:] == [
        ("person_pin_set", "A01", {"person": "A01"}),
        ("person_pin_taken", "ADM", {"person": "A01"}),
    ]


def test_pins_are_salted_argon2id_and_only_the_right_one_fits() -> None:
    one, other = pins.hash_pin("1234"), pins.hash_pin("1234")
    assert one.startswith("$argon2id$")
    assert one != other
    assert pins.verify_pin(one, "1234")
    assert not pins.verify_pin(one, "12345")
    assert not pins.verify_pin(one, "12 34")
    assert not pins.verify_pin("damaged", "1234")


def test_a_pin_takes_64_mib_to_guess_at() -> None:
    program = "from db.pins import hash_pin; print(hash_pin('1234').split('$')[3])"  # here it costs the tests less
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout == "m=65536,t=3,p=2\n"


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", "１２３４", "1234\n", " 1234", "-1234"])
def test_a_pin_is_four_to_twelve_digits(pin: str) -> None:
    with pytest.raises(PinMalformed) as caught:
        pins.hash_pin(pin)
    assert caught.value.params == {"least": 4, "most": 12}


def test_on_duty_are_those_who_came_and_did_not_leave(database: Database) -> None:
    for code in ("A01", "B02", "C03"):
        people.add(database, a_person(code=code), station="LS1", by=None)
    day, other = date(2026, 5, 3), date(2026, 5, 4)
    sign_ins.sign_in(database, station="LS1", person="B02", at=NOON, shift_date=day, shift="早")
    sign_ins.sign_in(database, station="LS1", person="A01", at=NOON + HOUR, shift_date=day, shift="早")
    sign_ins.sign_in(database, station="LS1", person="A01", at=NOON + HOUR, shift_date=day, shift="早")
    sign_ins.sign_in(database, station="LS2", person="C03", at=NOON, shift_date=day, shift="早")
    assert sign_ins.on_duty(database, "LS1", day, "早") == ("B02", "A01")
    sign_ins.sign_out(database, station="LS1", person="B02", at=NOON + 2 * HOUR, shift_date=day, shift="早")
    sign_ins.sign_out(database, station="LS1", person="C03", at=NOON + 2 * HOUR, shift_date=day, shift="早")
    assert sign_ins.on_duty(database, "LS1", day, "早") == ("A01",)
    assert sign_ins.on_duty(database, "LS1", day, "中") == sign_ins.on_duty(database, "LS1", other, "早") == ()


def test_only_people_sign_in(database: Database) -> None:
    with pytest.raises(RecordRefused):
        sign_ins.sign_in(database, station="LS1", person="A09", at=NOON, shift_date=date(2026, 5, 3), shift="早")


def test_the_newest_document_of_a_kind_counts_and_the_older_ones_stay(database: Database) -> None:
    old = documents.put(database, "policy", "version = 1\n", station="LS1", at=NOON, by="ADM", issued_at=NOON - HOUR)
    new = documents.put(database, "policy", "version = 2\n", station="LS1", at=NOON + HOUR, by=None)
    documents.put(database, "trust", "{}", station="LS1", at=NOON + 2 * HOUR, by="ADM")
    assert documents.latest(database, "policy") == new
    assert documents.history(database, "policy") == [new, old]
    assert documents.latest(database, "watchlist") is None
    assert old.sha256 == hashlib.sha256(b"version = 1\n").hexdigest()


@pytest.mark.parametrize(("kind", "body"), [("recipe", "{}"), ("policy", "\ud800")])
def test_documents_of_no_known_kind_or_broken_text_are_refused(database: Database, kind: str, body: str) -> None:
    with pytest.raises(RecordRefused):
        documents.put(database, kind, body, station="LS1", at=NOON, by=None)


def test_events_come_newest_first_and_by_kind(database: Database) -> None:
    kinds = ["started", "stopped", "started"]
    records = [
        EventRecord(station="LS1", id=new_id(), at=NOON + number * HOUR, kind=kind) for number, kind in enumerate(kinds)
    ]
    for record in records:
        events.append(database, record)
    assert events.newest(database) == records[::-1]
    assert events.newest(database, kind="started") == [records[2], records[0]]
    assert events.newest(database, 1) == [records[2]]


def test_ids_sort_by_when_they_were_made() -> None:
    made = [new_id() for _ in range(1000)]
    assert made == sorted(set(made))
