"""What every benchmark is made of: rows, and a fair way to time ours beside its peers."""

import gc
import importlib.metadata
import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

OURS = "ours"
LIBRARIES = (
    "cryptography",
    "opencv-python",
    "ortools",
    "PySide6-Essentials",
    "pyzbar",
    "rustpy-xlsxwriter",
    "SQLAlchemy",
    "sqlcipher3",
    "XlsxWriter",
    "zxing-cpp",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, with what it is held against.

    Args:
        name: what was measured, in words.
        value: ours, in `unit`.
        unit: "ms", "passages/s", "%" …
        peer: what does the same job, if anything does.
        peer_value: the peer's figure, measured in the same run, in `unit`.
        bound: the aim, in words: "≤ 0.6 ms".
        ok: whether the aim was met; None where there is none.
    """

    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    bound: str | None = None
    ok: bool | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's: 2.0 is twice the time, or twice the rate."""
        return self.value / self.peer_value if self.peer_value else None


def compare(
    ours: Callable[[], object],
    peers: Mapping[str, Callable[[], object]] | None = None,
    *,
    rounds: int,
    warm_up: int = 1,
) -> dict[str, float]:
    """Time calls against each other so that a machine growing warm or busy slows them all alike.

    Each round calls everyone once, forwards and backwards in turn (A B, B A, A B …), with the garbage collector
    run before each call and off during it. What there was before the rounds is kept out of that: with the window's
    modules imported, each run took 0.1 s and left the caches cold.

    Returns:
        The median seconds of a call, by name; ours is under `OURS`.
    """
    calls = {OURS: ours, **(peers or {})}
    for call in calls.values():
        for _ in range(warm_up):
            call()
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    collecting = gc.isenabled()
    gc.collect()
    gc.freeze()
    try:
        for number in range(rounds):
            for name in list(calls) if number % 2 == 0 else reversed(calls):
                gc.collect()
                gc.disable()
                start = time.perf_counter()
                calls[name]()
                seconds[name].append(time.perf_counter() - start)
    finally:
        gc.unfreeze()
        if collecting:
            gc.enable()
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def machine() -> str:
    """The line without which no figure means anything: processor, cores, system, Python and the libraries."""
    return (
        f"{_processor()} · {os.cpu_count()} cores · {platform.system()} {platform.release()} · "
        f"Python {platform.python_version()} · {', '.join(_versions())}"
    )


def table(results: Mapping[str, Iterable[Row]]) -> str:
    """All rows by benchmark as one Markdown table."""
    lines = ["| benchmark | figure | ours | peer | ratio | aim | |", "|---|---|---:|---:|---:|---|---|"]
    lines += [f"| {' | '.join(_cells(benchmark, row))} |" for benchmark, rows in results.items() for row in rows]
    return "\n".join(lines)


def _cells(benchmark: str, row: Row) -> tuple[str, ...]:
    peer = "" if row.peer_value is None else f"{row.peer or ''} {figure(row.peer_value)} {row.unit}".strip()
    ratio = "" if row.ratio is None else f"{row.ratio:.2f} ×"
    mark = {True: "✓", False: "✗", None: ""}[row.ok]
    return benchmark, row.name, f"{figure(row.value)} {row.unit}", peer, ratio, row.bound or "", mark


def figure(value: float) -> str:
    """Three significant digits, never an exponent: 0.312, 4.56, 12,345."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _versions() -> Iterable[str]:
    for library in LIBRARIES:
        try:
            yield f"{library} {importlib.metadata.version(library)}"
        except importlib.metadata.PackageNotFoundError:
            continue
