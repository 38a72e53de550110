"""Exports of a log of a million passages, masked, beside what people would use.

CSV beside the sqlite3 command line, which reads a plain copy of the same rows and writes twenty of their columns as
they are. Ours reads encrypted pages, in the order of time, joins the decisions, writes the clock of Beijing, hashes
each row and signs. XLSX beside XlsxWriter (constant memory), which is given the same rows from the same log. The
memory is what the exporting process grew by. The log is made once, into `.cache/logs`.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter

from benchmarks.filled_log import STATION, filled_log
from benchmarks.harness import Row
from db import exporting
from db.connection import WAL, connect
from db.engine import open_database
from db.exporting import COLUMNS, SEPARATOR
from db.filters import ALL
from db.keyfile import key_path

ROWS, FEWER = 1_000_000, 100_000
ROUNDS = 3
CSV_AIM, XLSX_AIM, MEMORY_AIM = 3.5, 4.0, 64
_PLAIN = (
    *("station", "id", "started_at", "concluded_at", "kind", "verdict", "plate_index", "plate_kind", "direction"),
    *("people", "officer", "on_duty", "shift_date", "shift", "policy_version", "policy_notice", "clock", "demo"),
    *("previous", "reason_codes"),
)
"""As many columns as ours."""


def run() -> list[Row]:
    """Seconds of an export, and the memory it took."""
    cli = shutil.which("sqlite3")
    if cli is None:
        raise SystemExit("the peer is missing: apt-get install sqlite3")
    log = filled_log(ROWS)
    with tempfile.TemporaryDirectory(dir=log.parent) as name:
        folder = Path(name)
        plain = _plain(log, folder / "plain.db")
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(_ours(log, folder / "out.csv"))
            theirs.append(_seconds(lambda: _dump(cli, plain, folder / "cli.csv")))
        plain.unlink()
        workbook, fewer = _ours(log, folder / "out.xlsx"), filled_log(FEWER)
        small = _ours(fewer, folder / "small.xlsx")
        peer = _seconds(lambda: _xlsxwriter(fewer, folder / "peer.xlsx"))
    taken, floor = median(one["seconds"] for one in ours), median(theirs)
    grown = max(one["megabytes"] for one in (*ours, workbook))
    return [
        Row(f"CSV of {ROWS:,} passages", taken, "s", "sqlite3 -csv", floor, "≤ 3.5 ×", taken <= CSV_AIM * floor),
        Row(f"XLSX of {ROWS:,} passages", workbook["seconds"], "s"),
        Row(
            f"XLSX of {FEWER:,} passages",
            small["seconds"],
            "s",
            "XlsxWriter",
            peer,
            "≤ ¼",
            XLSX_AIM * small["seconds"] <= peer,
        ),
        Row("memory an export grows by", grown, "MB", bound=f"≤ {MEMORY_AIM} MB", ok=grown <= MEMORY_AIM),
    ]


def _ours(log: Path, target: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.children.export", str(log), str(target)]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return told


def _plain(log: Path, path: Path) -> Path:
    """The passages of a log as anybody can read them."""
    keyed = connect(log, key_path(log).read_text().strip(), WAL)
    keyed.execute("ATTACH ? AS plain KEY ''", (str(path),))
    keyed.execute("CREATE TABLE plain.passages AS SELECT * FROM passages")
    keyed.close()
    return path


def _dump(cli: str, plain: Path, target: Path) -> None:
    with target.open("wb") as file:
        query = f"SELECT {', '.join(_PLAIN)} FROM passages"  # noqa: S608 -- our own names
        subprocess.run([cli, "-csv", "-header", plain, query], stdout=file, check=True)


def _xlsxwriter(log: Path, path: Path) -> None:
    """The same rows, read as ours are; without marks and manifest."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet()
    with open_database(log) as database, exporting.snapshot(database, ALL, station=STATION) as snapshot:
        for number, row in enumerate(chain.from_iterable(chain([[SEPARATOR.join(COLUMNS)]], snapshot.chunks))):
            sheet.write_row(number, 0, row.split(SEPARATOR))
    book.close()


def _seconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
