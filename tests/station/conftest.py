import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db import people
from db.engine import Database, open_database
from db.pins import hash_pin, verify_pin
from db.records import PersonRecord
from tests.station.builders import NOW

PIN = "246810"


@pytest.fixture(scope="session")
def pin_hash() -> str:
    """One hash for everybody: argon2id is slow on purpose."""
    return hash_pin(PIN)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database will be."""
    return tmp_path / "station.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """A new database, open."""
    with open_database(path) as opened:
        yield opened


@pytest.fixture
def staffed(database: Database, pin_hash: str) -> Database:
    """A database with officers O1 and O2, lead L1, an auditor, an administrator, one gone, and one without a PIN."""
    for code, role, active, known in (
        ("O1", "officer", True, True),
        ("O2", "officer", True, True),
        ("L1", "lead", True, True),
        ("A1", "auditor", True, True),
        ("M1", "administrator", True, True),
        ("G1", "lead", False, True),
        ("N1", "officer", True, False),
    ):
        record = PersonRecord(
            code=code,
            name=code,
            unit="区建设局",
            role=role,
            pin_hash=pin_hash if known else None,
            active=active,
            added_at=NOW,
        )
        people.add(database, record, station="LS-1", by=None)
    return database


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[BaseException | None]]:
    """Runs acts that give as many PINs each, every PIN at the same instant; what each raised."""

    def run(*acts: Callable[[], object]) -> list[BaseException | None]:
        meeting = threading.Barrier(len(acts))

        def verified(pin_hash: str, pin: str) -> bool:
            meeting.wait(timeout=30)
            return verify_pin(pin_hash, pin)

        monkeypatch.setattr("station.access.verify_pin", verified)
        with ThreadPoolExecutor(len(acts)) as pool:
            return [done.exception() for done in [pool.submit(act) for act in acts]]

    return run
