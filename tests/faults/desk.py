"""A station with nothing wrong, a vehicle that passes it, and what must be said when something breaks."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db import passages
from db.connection import WAL, connect
from db.engine import Database
from db.keyfile import key_path
from scanner.trust import TrustList
from station import texts
from station.check import Check
from station.clock import SystemClock
from station.gate import Concluded, Gate
from station.verdict import Outcome
from tests.scanner import builders
from tests.scanner.codes import qr
from ui.headless import Served

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LANGUAGES: tuple[texts.Language, ...] = ("zh", "en")
SENTENCES = {
    "camera_failed": ("摄像头故障，请人工核验", "The camera failed: check by hand"),
    "decoder_failed": ("识读程序出错，请人工核验", "The decoder failed: check by hand"),
    "credential_failed": ("核验程序出错，请人工核验", "Verification failed: check by hand"),
    "database_full": (
        "磁盘已满，本车记录尚未保存：请清出空间",
        "The disk is full, this vehicle's row is not kept yet: free space",
    ),
    "database_read_only": (
        "数据库不可写，本车记录尚未保存",
        "The database cannot be written, this vehicle's row is not kept yet",
    ),
    "database_busy": ("数据库被占用，本车记录尚未保存", "The database is held, this vehicle's row is not kept yet"),
    "clock_untrusted": ("本机时钟不可信，请校准", "The station's clock cannot be trusted: set it"),
}


@dataclass(slots=True)
class Ticking:
    """A machine's clock, moved by hand, while no time goes by."""

    at: datetime = NOW

    def clock(self) -> SystemClock:
        return SystemClock(wall=lambda: self.at, monotonic=lambda: 0.0)


def builders_trust() -> TrustList:
    return TrustList((builders.SIGNER.trusted_key(),), issued=NOW)


def good_code() -> str:
    """A code that passes: green and negative."""
    seconds = int(NOW.timestamp())
    test = builders.TEST | {1: seconds - 20 * 3600, 2: seconds - 12 * 3600}
    health = builders.HEALTH | {3: seconds - 86400}
    times = builders.claims(iat=seconds - 3600, exp=seconds + 3600)
    code_id = os.urandom(8)
    return builders.jkm1(times | {7: code_id, -260: {-38961: {1: builders.HOLDER, 2: health, 3: test}}})


def serve(gate: Gate, image: Any = None) -> Concluded:
    """A vehicle that would pass."""
    check = gate.begin()
    say(check)
    gate.look(check, qr(good_code()) if image is None else image)
    return gate.conclude(check)


def say(check: Check) -> None:
    check.confirm_people(1)
    check.set_plate("闽E12345")
    check.take_temperature(0, 36.5, NOW)


def assert_reviewed(served: Concluded | Served, fault: str) -> None:
    """Not a pass, and both languages say why."""
    verdict = served.verdict
    assert verdict.outcome is Outcome.REVIEW
    for language, sentence in zip(LANGUAGES, SENTENCES[fault], strict=True):
        said = [texts.reason(reason, language) for reason in verdict.reasons]
        assert any(one.startswith(sentence) for one in said), said


def verdicts(database: Database) -> list[str]:
    return [row.verdict for row in passages.page(database)]


@contextmanager
def locked(log: Path) -> Iterator[None]:
    """Another program that holds the write lock."""
    other = connect(log, key_path(log).read_text().strip(), WAL)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()
