"""A station of its own for each test: database, gate, and the demo's lane before its desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import Database, open_database
from station.gate import Gate
from station.policy import read_policy
from ui.commands.run import DEMO_POLICY
from ui.opening import open_gate


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "station.db") as database:
        yield database


@pytest.fixture
def gate(database: Database) -> Gate:
    return open_gate(database, policy=read_policy(DEMO_POLICY.encode(), "demo policy"))
