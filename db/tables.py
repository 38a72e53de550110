"""The tables: every station writes these, and they read the same on SQLite and PostgreSQL.

Types are INTEGER and TEXT, for SQLite's STRICT. Instants are microseconds since 1970 UTC, dates ISO 8601 texts.
Rows that may meet at the district are keyed by station and UUIDv7.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INTEGER = BigInteger().with_variant(Integer, "sqlite")
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 UTC. A naive one is refused."""

    impl = _INTEGER
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """To microseconds, exactly."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("an instant needs its offset")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """To an aware datetime in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Day(TypeDecorator[date]):
    """A date, kept as `YYYY-MM-DD`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        """To ISO 8601."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> date | None:
        """From ISO 8601."""
        return None if value is None else date.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no, kept as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> int | None:
        """To 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> bool | None:
        """From 1 or 0."""
        return None if value is None else bool(value)


class Codes(TypeDecorator[tuple[str, ...]]):
    """A list of short codes, kept as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str | None:
        """To JSON."""
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...] | None:
        """From JSON."""
        return None if value is None else tuple(orjson.loads(value))


def _one_of(table: str, column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{table}_{column}")


def _key() -> tuple[Column[str], Column[str]]:
    return Column("station", Text, primary_key=True), Column("id", Text, primary_key=True)


metadata = MetaData()

passages = Table(
    "passages",
    metadata,
    *_key(),
    Column("checkpoint", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("concluded_at", Instant, nullable=False),
    Column("plate_kind", Text),
    Column("plate_index", Text),
    Column("direction", Text),
    Column("people", Integer),
    Column("officer", Text),
    Column("on_duty", Codes, nullable=False),
    Column("shift_date", Day, nullable=False),
    Column("shift", Text, nullable=False),
    Column("policy_version", Text, nullable=False),
    Column("policy_notice", Text),
    Column("policy_sha256", Text, nullable=False),
    Column("trust_sha256", Text),
    Column("trust_age_s", Integer),
    Column("clock", Text, nullable=False),
    Column("demo", Flag, nullable=False),
    Column("previous", Text),
    Column("reason_codes", Codes, nullable=False),
    Column("personal_day", Day, nullable=False),
    Column("personal", Text, nullable=False),
    Column("code_families", Codes),
    Column("id_indexes", Codes),
    _one_of("passages", "kind", "checked", "exempt", "abandoned"),
    _one_of("passages", "verdict", "pass", "review", "refuse"),
    CheckConstraint("demo IN (0, 1)", name="passages_demo"),
    CheckConstraint("people >= 0", name="passages_people"),
    ForeignKeyConstraint(["station", "previous"], ["passages.station", "passages.id"], name="passages_previous"),
    sqlite_strict=True,
)
Index(
    "passages_by_time",
    passages.c.concluded_at,
    passages.c.id,
    # What figures are counted by (db.figures): a row itself fills a page, which would have to be decrypted for them.
    passages.c.kind,
    passages.c.verdict,
    passages.c.started_at,
    passages.c.shift_date,
    passages.c.shift,
    passages.c.officer,
    passages.c.reason_codes,
    passages.c.code_families,
)
Index(  # day by day: what is sought and what is appended lies in the newest pages, not all over a long log
    "passages_by_plate",
    *(passages.c.personal_day, passages.c.plate_index, passages.c.concluded_at, passages.c.id),
)
Index(
    "passages_in_review",
    passages.c.concluded_at,
    passages.c.id,
    sqlite_where=passages.c.verdict == "review",
)
Index(
    "passages_by_id_number",
    *(passages.c.concluded_at, passages.c.id, passages.c.id_indexes),
    sqlite_where=passages.c.id_indexes.is_not(None),  # few: most codes tell no whole number
)

decisions = Table(
    "decisions",
    metadata,
    *_key(),
    Column("passage", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("officer", Text, nullable=False),
    Column("lead", Text),
    Column("personal_day", Day, nullable=False),
    Column("personal", Text, nullable=False),
    Column("plate_index", Text),
    _one_of("decisions", "kind", "release", "turn_back", "sent_to_test", "called", "correction", "note"),
    ForeignKeyConstraint(["station", "passage"], ["passages.station", "passages.id"], name="decisions_passage"),
    sqlite_strict=True,
)
Index("decisions_by_passage", decisions.c.station, decisions.c.passage)
Index(  # the plates that corrections put right
    "decisions_by_plate",
    *(decisions.c.personal_day, decisions.c.plate_index),
    sqlite_where=decisions.c.kind == "correction",
)

events = Table(
    "events",
    metadata,
    *_key(),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text),
    Column("details", Text, nullable=False),
    sqlite_strict=True,
)
Index("events_by_time", events.c.at, events.c.id)

people = Table(
    "people",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("pin_hash", Text),
    Column("active", Flag, nullable=False),
    Column("added_at", Instant, nullable=False),
    _one_of("people", "role", "officer", "lead", "auditor", "administrator"),
    CheckConstraint("active IN (0, 1)", name="people_active"),
    sqlite_strict=True,
)

documents = Table(
    "documents",
    metadata,
    *_key(),
    Column("kind", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("issued_at", Instant),
    Column("imported_at", Instant, nullable=False),
    Column("imported_by", Text),
    _one_of("documents", "kind", "policy", "trust", "watchlist", "sampling_points"),
    sqlite_strict=True,
)
Index("documents_by_kind", documents.c.kind, documents.c.imported_at, documents.c.id)

sign_ins = Table(
    "sign_ins",
    metadata,
    *_key(),
    Column("person", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("shift_date", Day, nullable=False),
    Column("shift", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("how", Text, nullable=False),
    _one_of("sign_ins", "kind", "in", "out"),
    _one_of("sign_ins", "how", "pin", "badge", "desk"),
    ForeignKeyConstraint(["person"], ["people.code"], name="sign_ins_person"),
    sqlite_strict=True,
)
Index("sign_ins_by_shift", sign_ins.c.station, sign_ins.c.shift_date, sign_ins.c.shift)

badges = Table(
    "badges",
    metadata,
    *_key(),
    Column("person", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("sha256", Text),
    CheckConstraint("number >= 1", name="badges_number"),
    ForeignKeyConstraint(["person"], ["people.code"], name="badges_person"),
    UniqueConstraint("person", "number", name="badges_once"),
    sqlite_strict=True,
)
Index("badges_by_sha256", badges.c.sha256)

roster_versions = Table(
    "roster_versions",
    metadata,
    *_key(),
    Column("district", Text, nullable=False),
    Column("start", Day, nullable=False),
    Column("length", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("published_by", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Column("assignments", Text, nullable=False),
    Column("approvals", Text, nullable=False),
    Column("refused", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    CheckConstraint("length >= 1", name="roster_versions_length"),
    CheckConstraint("version >= 1", name="roster_versions_version"),
    UniqueConstraint("district", "start", "version", name="roster_versions_once"),
    sqlite_strict=True,
)

swap_steps = Table(
    "swap_steps",
    metadata,
    *_key(),
    Column("swap", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("district", Text, nullable=False),
    Column("start", Day, nullable=False),
    Column("act", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("approvals", Text, nullable=False),
    Column("proposal", Text),
    CheckConstraint("number >= 1", name="swap_steps_number"),
    CheckConstraint("(number = 1) = (proposal IS NOT NULL)", name="swap_steps_proposal"),
    UniqueConstraint("swap", "number", name="swap_steps_once"),
    sqlite_strict=True,
)
Index("swap_steps_by_roster", swap_steps.c.district, swap_steps.c.start, swap_steps.c.at)

handover_steps = Table(
    "handover_steps",
    metadata,
    *_key(),
    Column("checkpoint", Text, nullable=False),
    Column("shift_date", Day, nullable=False),
    Column("shift", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("sheet", Text, nullable=False),
    _one_of("handover_steps", "kind", "written", "given", "taken"),
    CheckConstraint("number >= 1", name="handover_steps_number"),
    UniqueConstraint("checkpoint", "shift_date", "shift", "number", name="handover_steps_once"),
    sqlite_strict=True,
)

roster_drafts = Table(
    "roster_drafts",
    metadata,
    Column("district", Text, primary_key=True),
    Column("start", Day, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("draft", Text, nullable=False),
    Column("saved_at", Instant, nullable=False),
    sqlite_strict=True,
)

ledger = Table(
    "ledger",
    metadata,
    Column("station", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("encoding", Integer, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("row_sha256", Text, nullable=False),
    Column("at", _INTEGER, nullable=False),
    Column("seen", _INTEGER, nullable=False),
    Column("boot", Text, nullable=False),
    Column("uptime", _INTEGER, nullable=False),
    Column("chain", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,  # each append writes a page less
)

ledger_heads = Table(
    "ledger_heads",
    metadata,
    Column("station", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("chain", Text, nullable=False),
    Column("at", _INTEGER, nullable=False),
    Column("key", Text, nullable=False),
    Column("signature", Text, nullable=False),
    sqlite_strict=True,
)

CHAINED = (
    *(passages, decisions, events, documents, sign_ins, badges),
    *(roster_versions, swap_steps, handover_steps),
)
"""Tables each row of which has its entry in the ledger (db.appending)."""
APPEND_ONLY = (*CHAINED, ledger, ledger_heads)
"""Tables whose rows are written once: triggers refuse any change of them (db.triggers)."""
