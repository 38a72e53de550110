"""Reading a long log: pages of it by time, plate and verdict, the figures of a week, and the whole of it verified.

The log holds a row each 20 seconds; of its days the last 31 can still be read, as on a station that erases. Each page
is of fifty, from a place of its own, by a program that has just opened the log: what it reads it decrypts.
"""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.filled_log import APART, WHO, filled_log
from benchmarks.harness import Row
from db import figures as counting
from db import passages
from db.engine import Database, open_database
from db.filters import Filters
from db.passages import Place
from db.verifying import verify
from station import search
from tests.db.samples import NOON

ROWS = 1_000_000
PAGES = 41
LIMIT = 50
PAGE_AIM, WEEK_AIM, VERIFY_AIM = 15, 1000, 100_000


def run() -> list[Row]:
    """Milliseconds of a page, and rows verified in a second."""
    return figures(filled_log(ROWS), ROWS)


def figures(log: Path, rows: int) -> list[Row]:
    """The figures of a log of so many passages."""
    size = f"{rows / 1e6:g} M"
    with open_database(log) as database:
        _erase_old_days(database)
    found = {
        "the newest": _newest,
        "from any moment back": lambda database, chance: _from(database, chance, rows),
        "a whole plate": _plate,
        "a whole ID number": _id_number,
        "a day's refused": lambda database, chance: _refused(database, chance, rows),
    }
    taken = {what: _median(log, ask) for what, ask in found.items()}
    table = [
        Row(f"page of {LIMIT} of {size}, {what}", ms, "ms", bound=f"≤ {PAGE_AIM} ms", ok=ms <= PAGE_AIM)
        for what, ms in taken.items()
    ]
    week = _median(log, lambda database, chance: _week(database, chance, rows))
    table.append(Row(f"figures of a week of {size}", week, "ms", bound=f"≤ {WEEK_AIM} ms", ok=week <= WEEK_AIM))
    with open_database(log) as database:
        table.append(Row(f"a name that nobody has, looked for in 31 days of {size}", _nobody(database), "s"))
        begun = time.perf_counter()
        report = verify(database)
        rate = report.entries / (time.perf_counter() - begun)
    assert not report.findings, report.findings[:3]
    aim = f"≥ {VERIFY_AIM:,} rows/s"
    return [*table, Row(f"verify {size}", rate, "rows/s", bound=aim, ok=rate >= VERIFY_AIM)]


def _week(database: Database, chance: random.Random, rows: int) -> int:
    """Everything the audit page shows of some 30,000 passages."""
    week = timedelta(days=7)
    begin = NOON + timedelta(days=chance.randrange(int(rows * APART / week)))
    return len(counting.count(database, Filters(since=begin, until=begin + week)).hours)


def _erase_old_days(database: Database) -> None:
    days = sorted(database.day_keys.current())
    with database.write():
        database.day_keys.forget(days[:-31])


def _median(log: Path, ask: Callable[[Database, random.Random], int]) -> float:
    chance = random.Random(7)  # noqa: S311 -- the same places each time
    taken = []
    with open_database(log) as database:
        for _ in range(PAGES):
            begun = time.perf_counter()
            ask(database, chance)
            taken.append(1000 * (time.perf_counter() - begun))
    return median(taken)


def _newest(database: Database, _chance: random.Random) -> int:
    return len(passages.page(database, limit=LIMIT))


def _from(database: Database, chance: random.Random, rows: int) -> int:
    place = Place(NOON + chance.randrange(LIMIT, rows) * APART, "")
    found = passages.page(database, before=place, limit=LIMIT)
    assert len(found) == LIMIT
    return LIMIT


def _plate(database: Database, chance: random.Random) -> int:
    return len(passages.page(database, limit=LIMIT, filters=Filters(plate=f"闽E{chance.randrange(100_000):05}")))


def _id_number(database: Database, _chance: random.Random) -> int:
    found = passages.page(database, limit=LIMIT, filters=Filters(id_number=WHO))
    assert len(found) == LIMIT
    return LIMIT


def _nobody(database: Database) -> float:
    """Seconds until each passage of 31 days was opened: the longest that somebody waits who looks for a name."""
    begun = time.perf_counter()
    assert not search.page(database, filters=Filters(fragment="无此人"))
    return time.perf_counter() - begun


def _refused(database: Database, chance: random.Random, rows: int) -> int:
    day = NOON + timedelta(days=chance.randrange(1, int(rows * APART / timedelta(days=1)) - 1))
    filters = Filters(since=day, until=day + timedelta(days=1), verdict="refuse")
    found = passages.page(database, limit=LIMIT, filters=filters)
    assert len(found) == LIMIT
    return LIMIT
