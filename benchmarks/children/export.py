"""`python -m benchmarks.children.export LOG FILE`: an export in a process of its own, whose memory can be told.

Prints one line of JSON: how many rows, the seconds, and by how many MB the process grew after it had exported a little.
"""

import json
import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from db import people
from db.engine import Database, open_database
from db.filters import ALL, Filters
from db.pins import hash_pin
from station.access import Actor, sign_in
from station.export import Exported, export
from station.export_files import Kind
from tests.db.samples import NOON, a_person

WHO, PIN, STATION = "A1", "246810", "LS-1"


def main(log: Path, target: Path) -> None:
    with open_database(log, create=False) as database:
        if people.get(database, WHO) is None:
            auditor = a_person(code=WHO, role="auditor", pin_hash=hash_pin(PIN))
            people.add(database, auditor, station=STATION, by=None)
        actor = sign_in(database, WHO, PIN, station=STATION, now=datetime.now(UTC))
        _export(database, Filters(until=NOON), target, actor)
        _peak()
        before = _peak()
        begun = time.perf_counter()
        done = _export(database, ALL, target, actor)
        taken = time.perf_counter() - begun
    told = {"rows": done.manifest.rows, "seconds": taken, "megabytes": (_peak() - before) / 1024}
    print(json.dumps(told), flush=True)


def _export(database: Database, filters: Filters, target: Path, actor: Actor) -> Exported:
    kind, now = Kind(target.suffix[1:]), datetime.now(UTC)
    return export(database, filters, target, kind=kind, actor=actor, why="benchmark", station=STATION, now=now)


def _peak() -> int:
    """The most memory this process had since it was asked last, in KB: signing in takes more than an export does."""
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    Path("/proc/self/clear_refs").write_text("5")
    return int(found[1])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
