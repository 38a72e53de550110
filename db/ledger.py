"""防篡改链: every append-only row has an entry, each entry is hashed over the one before, and heads are signed.

Entries are chained per station. An entry holds its row's hash and when the row was written: by the wall clock, by the
time since the machine started (which nobody sets back) and the greatest wall clock before. A head names an entry and
its chain, signed by the station (Ed25519): every so many entries, at each handover and when somebody asks. Kept
outside, a head proves that what came before it is what stood then.
"""

import time
import uuid
from binascii import hexlify
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from db.canonical import VERSION, encode
from db.connection import bare_of
from db.heads import Head, Signer

EVERY = 1000
"""Entries after which a head is signed."""
BEGINNING = "0" * 64
"""What the first entry is chained to."""

_COLUMNS = (
    *("station", "seq", "encoding", "table_name", "row_id", "row_sha256"),
    *("at", "seen", "boot", "uptime", "chain"),
)
Entry = tuple[str, int, int, str, str, str, int, int, str, int]
"""An entry's values in the columns' order, without its chain."""
_INSERT = f"INSERT INTO ledger ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_LAST = "SELECT seq, chain, max(at, seen) FROM ledger WHERE station = ? ORDER BY seq DESC LIMIT 1"
_INSERT_HEAD = "INSERT INTO ledger_heads (station, seq, chain, at, key, signature) VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is written.

    Attributes:
        at: The wall clock, in microseconds since 1970 UTC.
        boot: Names the time since the machine started last.
        uptime: How long that was, in microseconds; it counts on through sleep, and nobody sets it.
    """

    at: int
    boot: str
    uptime: int


def moment() -> Moment:
    """Now."""
    return Moment(time.time_ns() // 1000, _boot(), _uptime_ns() // 1000)


def link(before: bytes, encoded: bytes) -> bytes:
    """SHA-256 over the chain before an entry and its values as `canonical.encode` gives them, in hexadecimal."""
    return hexlify(sha256(b"ledger\n%b\n%b" % (before, encoded)).digest())


def enter(
    bare: Any,
    signer: Signer,
    *,
    station: str,
    table: str,
    row_id: str,
    row_sha256: str,
    encoding: int = VERSION,
) -> None:
    """Chain a row that was just written, in its own transaction; at every so many, sign a head.

    `bare` is the driver's own connection.
    """
    last = bare.execute(_LAST, (station,)).fetchone()
    seq, before, seen = (0, BEGINNING, 0) if last is None or last[0] is None else last
    now = moment()
    values: Entry = (station, seq + 1, encoding, table, row_id, row_sha256, now.at, seen, now.boot, now.uptime)
    linked = link(before.encode(), encode(values, encoding)).decode()
    bare.execute(_INSERT, (*values, linked))
    if (seq + 1) % EVERY == 0:
        _keep(bare, signer.sign(station, seq + 1, linked, now.at))


def sign_head(connection: Connection, station: str, signer: Signer) -> Head | None:
    """Sign where a station's chain stands, and keep that; None where nothing was written yet."""
    head = head_now(connection, station, signer)
    if head is None:
        return None
    known = connection.exec_driver_sql("SELECT 1 FROM ledger_heads WHERE station = ? AND seq = ?", (station, head.seq))
    if known.first() is None:
        _keep(bare_of(connection), head)
    return head


def head_now(connection: Connection, station: str, signer: Signer) -> Head | None:
    """Where a station's chain stands, signed, and not kept; None where nothing was written yet."""
    last = connection.exec_driver_sql(_LAST, (station,)).first()
    if last is None or last[0] is None:
        return None
    return signer.sign(station, last[0], last[1], moment().at)


def newest_head(connection: Connection, station: str) -> Head | None:
    """The head of a station that was signed last; None where none was."""
    query = (
        "SELECT station, seq, chain, at, key, signature FROM ledger_heads WHERE station = ? ORDER BY seq DESC LIMIT 1"
    )
    row = connection.exec_driver_sql(query, (station,)).first()
    return None if row is None else Head(*row)


def _keep(bare: Any, head: Head) -> None:
    bare.execute(_INSERT_HEAD, (head.station, head.seq, head.chain, head.at, head.key, head.signature))


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:  # elsewhere each process counts for itself
        return str(uuid.uuid4())


def _uptime_ns() -> int:
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if clock is None else time.clock_gettime_ns(clock)
