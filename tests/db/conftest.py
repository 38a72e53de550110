from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import Database, open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database will be."""
    return tmp_path / "station.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """A new database, open."""
    with open_database(path) as opened:
        yield opened
