"""What rows say of people is encrypted under their day's key; every row is chained in the ledger."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from db import ledger, personal
from db.canonical import COLUMNS, row_hash
from db.connection import bare_of

revision = "0005"
down_revision = "0004"

_INSTANT = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AT_A_TIME = 1000
_ENCODING = 1
_NOW = COLUMNS[_ENCODING]


def upgrade() -> None:
    connection = op.get_bind()
    for table in ("passages", "decisions", "documents"):
        op.rename_table(table, f"{table}_before")
    for index in ("passages_by_time", "passages_by_plate", "passages_in_review", "decisions_by_passage"):
        op.drop_index(index)
    op.drop_index("documents_by_kind")
    _make_tables()
    for row in _rows(connection, "passages_before"):
        _copy(connection, "passages", row, _day_of(row["concluded_at"]))
    for row in _rows(connection, "decisions_before"):
        _copy(connection, "decisions", row, _day_of(row["at"]))
    # Documents named no station until now; there was one to a database.
    station = connection.scalar(sa.text("SELECT station FROM events ORDER BY id LIMIT 1")) or ""
    for row in _rows(connection, "documents_before"):
        _insert(connection, "documents", {**row, "station": station})
    for table in ("decisions", "passages", "documents"):
        op.drop_table(f"{table}_before")
    _make_indexes()
    _chain(connection)


def _make_tables() -> None:
    op.create_table(
        "passages",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("checkpoint", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("concluded_at", _INSTANT, nullable=False),
        sa.Column("plate_kind", sa.Text),
        sa.Column("plate_index", sa.Text),
        sa.Column("direction", sa.Text),
        sa.Column("people", sa.Integer),
        sa.Column("officer", sa.Text),
        sa.Column("on_duty", sa.Text, nullable=False),
        sa.Column("shift_date", sa.Text, nullable=False),
        sa.Column("shift", sa.Text, nullable=False),
        sa.Column("policy_version", sa.Text, nullable=False),
        sa.Column("policy_notice", sa.Text),
        sa.Column("policy_sha256", sa.Text, nullable=False),
        sa.Column("trust_sha256", sa.Text),
        sa.Column("trust_age_s", sa.Integer),
        sa.Column("clock", sa.Text, nullable=False),
        sa.Column("demo", sa.Integer, nullable=False),
        sa.Column("previous", sa.Text),
        sa.Column("reason_codes", sa.Text, nullable=False),
        sa.Column("personal_day", sa.Text, nullable=False),
        sa.Column("personal", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint("kind IN ('checked', 'exempt', 'abandoned')", name="passages_kind"),
        sa.CheckConstraint("verdict IN ('pass', 'review', 'refuse')", name="passages_verdict"),
        sa.CheckConstraint("demo IN (0, 1)", name="passages_demo"),
        sa.CheckConstraint("people >= 0", name="passages_people"),
        sa.ForeignKeyConstraint(["station", "previous"], ["passages.station", "passages.id"], name="passages_previous"),
        sqlite_strict=True,
    )
    op.create_table(
        "decisions",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("passage", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("lead", sa.Text),
        sa.Column("personal_day", sa.Text, nullable=False),
        sa.Column("personal", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint(
            "kind IN ('release', 'turn_back', 'sent_to_test', 'called', 'correction', 'note')", name="decisions_kind"
        ),
        sa.ForeignKeyConstraint(["station", "passage"], ["passages.station", "passages.id"], name="decisions_passage"),
        sqlite_strict=True,
    )
    op.create_table(
        "documents",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("issued_at", _INSTANT),
        sa.Column("imported_at", _INSTANT, nullable=False),
        sa.Column("imported_by", sa.Text),
        sa.PrimaryKeyConstraint("station", "id"),
        sa.CheckConstraint("kind IN ('policy', 'trust', 'watchlist', 'sampling_points')", name="documents_kind"),
        sqlite_strict=True,
    )
    op.create_table(
        "ledger",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("encoding", sa.Integer, nullable=False),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("row_id", sa.Text, nullable=False),
        sa.Column("row_sha256", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("seen", _INSTANT, nullable=False),
        sa.Column("boot", sa.Text, nullable=False),
        sa.Column("uptime", _INSTANT, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "seq"),
        sqlite_strict=True,
    )
    op.create_table(
        "ledger_heads",
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("station", "seq"),
        sqlite_strict=True,
    )


def _make_indexes() -> None:
    review = sa.text("verdict = 'review'")
    op.create_index("passages_by_time", "passages", ["concluded_at", "id"])
    op.create_index("passages_by_plate", "passages", ["plate_index", "concluded_at", "id"])
    op.create_index(
        "passages_in_review", "passages", ["concluded_at", "id"], sqlite_where=review, postgresql_where=review
    )
    op.create_index("decisions_by_passage", "decisions", ["station", "passage"])
    op.create_index("documents_by_kind", "documents", ["kind", "imported_at", "id"])


def _rows(connection: sa.Connection, table: str) -> Iterator[Mapping[str, Any]]:
    """All rows in the order they were written, a thousand at a time."""
    after = 0
    query = sa.text(f"SELECT rowid AS number, * FROM {table} WHERE rowid > :after ORDER BY rowid LIMIT :most")  # noqa: S608
    while rows := connection.execute(query, {"after": after, "most": _AT_A_TIME}).mappings().all():
        yield from map(dict, rows)
        after = rows[-1]["number"]


def _copy(connection: sa.Connection, table: str, row: Mapping[str, Any], day: str) -> None:
    """A row with what it says of people encrypted."""
    key = context.config.attributes["day_keys"].for_writing(datetime.fromisoformat(day).date())
    added: dict[str, Any] = {"personal_day": day, "personal": personal.enclose(key, table, row)}
    if table == "passages":
        added["plate_index"] = personal.plate_index(key, row["plate"]) if row["plate"] else None
        added["reason_codes"] = connection.scalar(
            sa.text("SELECT json_group_array(DISTINCT value ->> 'code') FROM json_each(:reasons)"),
            {"reasons": row["reasons"]},
        )
    _insert(connection, table, {**row, **added})


def _insert(connection: sa.Connection, table: str, row: Mapping[str, Any]) -> None:
    names = _NOW[table]
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    values = tuple(row[name] for name in names)
    connection.exec_driver_sql(f"INSERT INTO {table} ({listed}) VALUES ({marks})", values)  # noqa: S608


def _chain(connection: sa.Connection) -> None:
    """Every row there is, in the order of their ids, which is that of time."""
    listed = " UNION ALL ".join(f"SELECT id, '{table}' AS kind FROM {table}" for table in _NOW)  # noqa: S608
    for id_, table in connection.exec_driver_sql(f"SELECT id, kind FROM ({listed}) ORDER BY id").all():  # noqa: S608
        names = ", ".join(f'"{name}"' for name in _NOW[table])
        found = connection.exec_driver_sql(f"SELECT {names} FROM {table} WHERE id = ?", (id_,))  # noqa: S608
        row = tuple(found.one())
        signer = context.config.attributes["signer"]
        hashed = row_hash(table, row, _ENCODING)
        bare = bare_of(connection)
        ledger.enter(bare, signer, station=row[0], table=table, row_id=id_, row_sha256=hashed, encoding=_ENCODING)


def _day_of(instant: int) -> str:
    return personal.day_of(_EPOCH + timedelta(microseconds=instant)).isoformat()
