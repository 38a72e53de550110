"""The gate: real codes to real rows, and every fault a review."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest

from db import passages
from db.engine import Database, open_database
from scanner.credentials import Health, HealthState, Holder, Test, TestResult
from scanner.credentials.jkm1 import issue
from scanner.signer import Signer
from scanner.trust import TrustedKey, TrustList
from station import texts
from station.attendance import take_desk
from station.check import Check, CheckError
from station.clock import SystemClock
from station.evidence import ClockState
from station.gate import CREDENTIAL_FAILED, DECODER_FAILED, Concluded, Gate
from station.post import Post
from station.verdict import Outcome
from tests.station.builders import CONFIG, HOUR, MINUTE, NOW, WANG, against, policy
from tests.station.conftest import PIN

SIGNER = Signer.generate()
TRUST = TrustList((SIGNER.trusted_key(),), issued=NOW - HOUR)


class Hand:
    """A trusted clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = NOW
        self.believed = ClockState.TRUSTED

    def now(self) -> datetime:
        return self.at

    def state(self) -> ClockState:
        return self.believed


def a_gate(database: Database | None = None, **changes: Any) -> Gate:
    given: dict[str, Any] = {"policy": policy(), "trust": TRUST, "clock": Hand()}
    return Gate(config=CONFIG, database=database, **(given | changes))


def a_code(holder: Holder = WANG, signer: Signer = SIGNER) -> str:
    health, test = Health(HealthState.GREEN), Test(NOW - 10 * HOUR, TestResult.NEGATIVE)
    return issue(signer, holder, health=health, test=test, issued=NOW - HOUR)


def in_order(gate: Gate, code: str | None = None, plate: str = "闽E12345", recheck_of: tuple[str, ...] = ()) -> Check:
    check = gate.begin(recheck_of)
    gate.show(check, code or a_code())
    check.confirm_people(1)
    check.set_plate(plate)
    check.take_temperature(0, 36.5, NOW)
    return check


def rows(database: Database) -> dict[str, str]:
    return {record.id: record.verdict for record in passages.page(database)}


# --- to the row ------------------------------------------------------------------------------------------------------


def test_a_pass_is_committed_and_its_row_is_there(database: Database) -> None:
    concluded = a_gate(database).conclude(in_order(a_gate(database)))
    assert (concluded.verdict.outcome, concluded.committed) == (Outcome.PASS, True)
    assert rows(database) == {concluded.record.id: "pass"}
    assert passages.get(database, "LS-1", concluded.record.id) == concluded.record


def test_without_a_database_nothing_is_committed() -> None:
    gate = a_gate()
    assert not gate.conclude(in_order(gate)).committed
    assert gate.unsaved == []


def test_an_abandoned_check_is_kept_as_such(database: Database) -> None:
    gate = a_gate(database)
    concluded = gate.conclude(in_order(gate), abandon=True)
    assert (concluded.record.kind, concluded.record.verdict, concluded.committed) == ("abandoned", "review", True)


def test_who_is_on_duty_is_on_the_row(staffed: Database) -> None:
    gate = a_gate(staffed)
    for code in ("O1", "L1"):
        take_desk(Post(staffed, gate.config, gate.plan), code, PIN, now=NOW)
    concluded = gate.conclude(in_order(gate))
    assert (concluded.record.officer, concluded.record.on_duty) == (None, ("O1", "L1"))  # nobody sits at this desk
    gate.officer = "L1"
    assert gate.conclude(in_order(gate)).record.officer == "L1"


def test_a_check_ends_once(database: Database) -> None:
    gate = a_gate(database)
    check = in_order(gate)
    gate.conclude(check)
    for again in (
        lambda: gate.conclude(check),
        lambda: gate.conclude(check, abandon=True),
        lambda: gate.show(check, a_code()),
    ):
        with pytest.raises(CheckError):
            again()
    assert list(rows(database).values()) == ["pass"]
    assert not check.evidence.faults


# --- what is shown ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (a_code(signer=Signer.generate()), "signer_unknown"),
        (a_code()[:-6] + "000000", "signature_invalid"),
        ("https://jkm.example.cn/?t=1", "code_needs_online"),
        ("买一送一", "code_unknown"),
        ("x" * 10_000_000, "code_too_large"),
        ("\udcff", "code_unknown"),
    ],
    ids=["stranger", "forged", "provincial", "advertisement", "10 MB", "half a character"],
)
def test_what_is_no_credential_is_kept_as_a_review(database: Database, text: str, code: str) -> None:
    gate = a_gate(database)
    check = in_order(gate)
    gate.show(check, text)
    concluded = gate.conclude(check)
    assert against(concluded.verdict) == {code}
    assert concluded.committed


def test_of_a_stranger_s_code_nothing_is_kept_but_its_kind(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    gate = a_gate(database)
    check = in_order(gate)
    gate.show(check, "李慧珍350681199001011234")
    concluded = gate.conclude(check)
    assert "李慧珍" not in repr(concluded)
    (kept,) = passages.page(database)
    (against_it,) = [reason for reason in concluded.verdict.reasons if reason.code == "code_unknown"]
    assert texts.reason(against_it, "zh") == "不是健康码或核酸证明（文本，21 字）"
    for told in (repr(kept), caplog.text):
        assert not any(part in told for part in ("李慧", "3506811990"))


# --- faults ----------------------------------------------------------------------------------------------------------


def test_a_decoder_that_fails_is_a_review() -> None:
    gate = a_gate()
    check = in_order(gate)
    sight = gate.look(check, np.zeros((4, 4), np.float64))  # no picture: the reader raises
    assert sight.symbols == []
    assert check.evidence.faults == (DECODER_FAILED,)
    assert gate.conclude(check).verdict.outcome is Outcome.REVIEW


def test_a_verifier_that_fails_is_a_review() -> None:
    class Broken(TrustList):
        def find(self, kid: bytes) -> tuple[TrustedKey, ...]:
            raise RuntimeError(kid)

    gate = a_gate(trust=Broken(TRUST.keys, TRUST.issued))
    check = in_order(gate)
    assert check.evidence.faults == (CREDENTIAL_FAILED,)
    assert gate.conclude(check).verdict.outcome is Outcome.REVIEW


def test_a_step_that_does_not_fit_is_no_fault() -> None:
    gate = a_gate()
    check = in_order(gate)
    check.park()
    for text in (a_code(), "买一送一"):
        with pytest.raises(CheckError, match="check_not_open"):
            gate.show(check, text)
    assert check.evidence.faults == ()


def test_a_clock_that_loses_belief_in_the_middle_is_a_review() -> None:
    gate = a_gate(clock=(clock := Hand()))
    check = in_order(gate)
    clock.believed = ClockState.UNTRUSTED
    assert against(gate.conclude(check).verdict) == {"clock_untrusted"}


def test_a_clock_set_back_in_the_middle_is_a_review() -> None:
    gate = a_gate(clock=(clock := Hand()))
    check = in_order(gate)
    clock.at -= timedelta(seconds=1)
    assert against(gate.conclude(check).verdict) == {"fault"}


def test_the_machine_s_clock_behind_the_log_is_a_review(database: Database) -> None:
    moment = [NOW]
    clock = SystemClock(last_seen=NOW + HOUR, wall=lambda: moment[0], monotonic=lambda: 0.0)
    gate = a_gate(database, clock=clock)
    assert "clock_untrusted" in against(gate.conclude(in_order(gate)).verdict)


def full(database: Database) -> None:
    """No page may be added, on the connection that is used next: as a full disk."""
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")


def read_only(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA query_only = 1")


def without_its_table(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE passages RENAME TO gone")


FAULTS = [
    pytest.param(full, "database_full", id="full"),
    pytest.param(read_only, "database_read_only", id="read-only"),
    pytest.param(without_its_table, "database_failed", id="without its table"),
]


def unkept(gate: Gate, plate: str = "闽E12345") -> Concluded:
    check = in_order(gate, plate=plate)
    dice = Random(1)  # noqa: S311 - what does not compress away
    for _ in range(1500):
        at = NOW + timedelta(microseconds=dice.randrange(10**6))
        check.take_temperature(0, 36.5, at)  # more than the pages at hand will hold
    return gate.conclude(check)


@pytest.mark.parametrize(("break_it", "code"), FAULTS)
def test_a_pass_that_cannot_be_kept_is_a_review_and_waits(
    database: Database, break_it: Callable[[Database], None], code: str
) -> None:
    gate = a_gate(database)
    break_it(database)
    concluded = unkept(gate)
    assert (concluded.verdict.outcome, concluded.committed) == (Outcome.REVIEW, False)
    assert against(concluded.verdict) == {"fault"}
    assert {reason.params["fault"] for reason in concluded.verdict.reasons if reason.code == "fault"} == {code}
    assert gate.unsaved == [concluded.record]
    assert concluded.record.verdict == "review"


@pytest.mark.parametrize("break_it", [full, read_only])
def test_what_could_not_be_kept_goes_first_when_writing_works_again(
    database: Database, break_it: Callable[[Database], None]
) -> None:
    gate = a_gate(database)
    break_it(database)
    waiting = unkept(gate)
    later = gate.conclude(in_order(gate, plate="闽E12345"))
    assert (later.verdict.outcome, later.committed) == (Outcome.PASS, True)
    assert gate.unsaved == []
    assert rows(database) == {waiting.record.id: "review", later.record.id: "pass"}


def test_what_waits_can_be_written_between_vehicles(database: Database) -> None:
    gate = a_gate(database)
    full(database)
    waiting = unkept(gate)
    assert gate.flush()
    assert rows(database) == {waiting.record.id: "review"}
    assert a_gate().flush()


def test_a_row_the_database_refuses_for_itself_holds_up_no_other(database: Database) -> None:
    gate = a_gate(database)
    refused = gate.conclude(in_order(gate, recheck_of=("never kept",)))
    assert (refused.verdict.outcome, refused.committed) == (Outcome.REVIEW, False)
    nexts = gate.conclude(in_order(gate, plate="闽E12345"))
    assert (nexts.verdict.outcome, nexts.committed) == (Outcome.PASS, True)
    assert gate.unsaved == [refused.record]
    assert not gate.flush()


def test_a_row_that_had_been_kept_after_all_is_kept(database: Database) -> None:
    """The commit went through, and its answer was lost."""
    gate = a_gate(database)
    concluded = gate.conclude(in_order(gate))
    gate.unsaved.append(concluded.record)
    assert gate.flush()
    assert list(rows(database)) == [concluded.record.id]


def test_not_knowing_who_is_on_duty_is_a_fault(database: Database) -> None:
    gate = a_gate(database)
    with database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE sign_ins RENAME TO gone")
    concluded = gate.conclude(in_order(gate))
    assert (concluded.verdict.outcome, concluded.committed) == (Outcome.REVIEW, True)


# --- replay ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize(
    ("after", "plate", "reasons"),
    [
        (MINUTE, "闽E54321", {"code_replayed"}),
        (10 * MINUTE, "闽E54321", {"code_replayed"}),
        (11 * MINUTE, "闽E54321", set()),
        (MINUTE, "闽E12345", set()),
        (MINUTE, "another, linked", set()),
    ],
)
def test_replay_is_remembered_across_checks_and_restarts(
    database: Database, restart: bool, after: timedelta, plate: str, reasons: set[str]
) -> None:
    code, clock = a_code(), Hand()
    gate = a_gate(database, clock=clock)
    first = gate.conclude(in_order(gate, code)).record.id
    clock.at += after
    recheck_of = (first,) if plate == "another, linked" else ()
    plate = "闽E54321" if recheck_of else plate
    if restart:
        database.close()
        with open_database(database.path) as reopened:
            gate = a_gate(reopened, clock=clock)
            again = gate.conclude(in_order(gate, code, plate, recheck_of))
    else:
        again = gate.conclude(in_order(gate, code, plate, recheck_of))
    assert against(again.verdict) == reasons
    assert again.committed


def test_the_next_check_holds_nothing_of_the_last(database: Database) -> None:
    gate = a_gate(database)
    last = in_order(gate)
    gate.conclude(last)
    fresh = gate.begin()
    assert fresh.id != last.id
    assert not fresh.holds_anything
    assert (
        fresh.evidence
        == Check(
            id=fresh.id,
            policy=gate.policy,
            trust=last.evidence.trust,
            watchlist=gate.watchlist,
            replay=gate.replay,
            started=NOW,
        ).evidence
    )
