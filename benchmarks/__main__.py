"""`python -m benchmarks [NAME…]`: run the benchmarks, print one table; a whole run also writes it down.

A benchmark is a module of this package with `def run() -> list[harness.Row]`. Ends with 1 if an aim was missed.
"""

import argparse
import dataclasses
import importlib
import json
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path

import benchmarks
from benchmarks import harness

HERE = Path(__file__).parent


def discover() -> dict[str, Callable[[], list[harness.Row]]]:
    """Every benchmark's `run`, by its module's name."""
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__"]
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in names}
    return {name: module.run for name, module in modules.items() if hasattr(module, "run")}


def main(arguments: list[str]) -> int:
    """Run the named benchmarks, or all."""
    found = discover()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure ours beside its peers.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these, writing nothing: {', '.join(found)}")
    names = parser.parse_args(arguments).names
    if unknown := sorted(set(names) - set(found)):
        parser.error(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(found)}")

    machine = harness.machine()
    results = {}
    for name in names or found:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        results[name] = found[name]()
    page = f"{machine}\n\n{harness.table(results)}\n"
    print(f"\n{page}", end="")
    if not names:
        _write(machine, results, page)
    return any(row.ok is False for rows in results.values() for row in rows)


def _write(machine: str, results: dict[str, list[harness.Row]], page: str) -> None:
    rows = [
        {"benchmark": name, **dataclasses.asdict(row), "ratio": row.ratio}
        for name, measured in results.items()
        for row in measured
    ]
    record = json.dumps({"machine": machine, "rows": rows}, ensure_ascii=False, indent=1)
    (HERE / "results.json").write_text(record + "\n", encoding="utf-8")
    (HERE / "results.md").write_text(f"# Figures\n\n{page}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
