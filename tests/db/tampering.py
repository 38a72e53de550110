"""What somebody does to a log behind the program's back who holds its key, and what is found of it."""

from pathlib import Path

from db import ledger
from db.canonical import COLUMNS, VERSION, row_hash
from db.connection import WAL, bare_of, connect
from db.engine import open_database
from db.heads import Head
from db.keyfile import key_path
from db.stretches import Finding
from db.triggers import TRIGGERS
from db.verifying import verify


def tamper(path: Path, *statements: str) -> None:
    """Run SQL as another program does it, the triggers gone first."""
    with_key = connect(path, key_path(path).read_text().strip(), WAL, foreign_keys=False)
    for statement in (*(f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS), *statements):
        with_key.execute(statement)
    with_key.close()


def findings(path: Path, *outside: Head) -> list[Finding]:
    with open_database(path) as database:
        return verify(database, outside).findings


def rewrite(path: Path, change: str = "", version: int = VERSION) -> None:
    """Change rows and write a whole new ledger over them, by the station's key and this program."""
    with open_database(path) as database:
        with database.read() as connection:
            query = "SELECT station, table_name, row_id FROM ledger ORDER BY seq"
            entries = connection.exec_driver_sql(query).all()
        tamper(path, change, "DELETE FROM ledger", "DELETE FROM ledger_heads")
        with database.write() as connection:
            bare = bare_of(connection)
            for station, table, row in entries:
                names = ", ".join(f'"{name}"' for name in COLUMNS[version][table])
                found = bare.execute(f"SELECT {names} FROM {table} WHERE id = ?", (row,)).fetchone()
                if found is not None:
                    hashed, named = row_hash(table, found, version), {"table": table, "row_id": row}
                    ledger.enter(bare, database.signer, station=station, row_sha256=hashed, encoding=version, **named)
            ledger.sign_head(connection, "LS1", database.signer)
