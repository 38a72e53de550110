"""A log, and a working station on it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.engine import Database, open_database
from station.gate import Gate
from tests.faults.desk import Ticking, builders_trust
from ui.opening import open_gate


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.db"


@pytest.fixture
def database(log: Path) -> Iterator[Database]:
    with open_database(log) as opened:
        yield opened


@pytest.fixture
def gate(database: Database) -> Gate:
    """A working station that trusts the builders' signer."""
    return replace(open_gate(database, clock=Ticking().clock()), trust=builders_trust())
