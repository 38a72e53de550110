"""Whether a database is as it was written, by everything that can tell."""

from db.engine import Database
from db.verifying import verify


def assert_sound(database: Database) -> None:
    """SQLite finds its file whole and every reference met, and the ledger verifies to its last entry."""
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert verify(database).broken == []
