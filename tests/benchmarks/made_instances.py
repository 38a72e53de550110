"""Shift-scheduling instances of our own, in the public format, around hidden rows that keep the rules."""

import random

LENGTHS = (480, 480, 480, 720, 600, 360)


def made(staff: int, days: int, kinds: int, seed: int = 0, *, mixed: bool = False) -> str:
    """The text of an instance. Shifts later in the day cannot be followed by earlier ones; `mixed` varies lengths."""
    rng = random.Random(seed)  # noqa: S311  no secret
    lengths = [rng.choice(LENGTHS) if mixed else 480 for _ in range(kinds)]
    names = [f"s{number}" for number in range(kinds)]
    lines = ["# Made up", "SECTION_HORIZON", str(days), "", "SECTION_SHIFTS"]
    lines += [f"{name},{lengths[k]},{'|'.join(names[:k])}" for k, name in enumerate(names)]
    rows = [_row(rng, days, kinds) for _ in range(staff)]
    lines += ["", "SECTION_STAFF"]
    for number, row in enumerate(rows):
        worked = [kind for kind in row if kind is not None]
        minutes = sum(lengths[kind] for kind in worked)
        able = set(worked) | set(rng.sample(range(kinds), max(1, kinds // 2)))
        most = "|".join(f"{name}={days if k in able else 0}" for k, name in enumerate(names))
        weekends = sum(any(kind is not None for kind in row[day : day + 2]) for day in range(5, days, 7))
        slack = 480 * max(1, days // 14)
        lines.append(f"p{number},{most},{minutes + slack // 2},{max(0, minutes - slack)},5,2,2,{weekends}")
    lines += ["", "SECTION_DAYS_OFF"]
    for number, row in enumerate(rows):
        free = [day for day, kind in enumerate(row) if kind is None]
        lines.append(f"p{number},{','.join(map(str, sorted(rng.sample(free, -(-len(free) // 10)))))}")
    for section in ("SECTION_SHIFT_ON_REQUESTS", "SECTION_SHIFT_OFF_REQUESTS"):
        lines += ["", section]
        lines += [
            f"p{number},{day},{rng.choice(names)},{rng.randint(1, 3)}"
            for number in range(staff)
            for day in sorted(rng.sample(range(days), max(1, days // 7)))
        ]
    lines += ["", "SECTION_COVER"]
    for day in range(days):
        for kind, name in enumerate(names):
            heads = sum(row[day] == kind for row in rows)
            lines.append(f"{day},{name},{max(0, heads + rng.choice((-1, 0, 0, 0, 1)))},100,1")
    return "\r\n".join(lines) + "\r\n"


def _row(rng: random.Random, days: int, kinds: int) -> list[int | None]:
    row: list[int | None] = [None] * rng.randint(0, 3)
    while len(row) < days:
        kind = rng.randrange(kinds)
        for _ in range(rng.randint(2, 5)):
            kind = rng.randint(kind, min(kinds - 1, kind + 1))
            row.append(kind)
        row += [None] * rng.randint(2, 4)
    return row[:days]
