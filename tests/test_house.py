"""The house keeps its own rules: locks that say everything and tell nothing, one command for CI."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def pins(lock: str) -> list[str]:
    """Each pinned requirement with its hashes, on one line."""
    return re.findall(r"^[^\s#].*", (ROOT / lock).read_text().replace("\\\n", ""), re.MULTILINE)


def name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_one_version_with_its_hashes(lock: str) -> None:
    assert pins(lock)
    assert [pin for pin in pins(lock) if not re.search(r"^[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", pin)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_host_or_path(lock: str) -> None:
    assert (
        re.findall(
            r".*(?:://|@ |--index|--find-links|--extra|\s[/~]|\.(?:org|com|net|io)\b).*", (ROOT / lock).read_text()
        )
        == []
    )


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = {name(line) for line in project["project"]["dependencies"] + project["build-system"]["requires"]}
    dev = {name(line) for line in project["project"]["optional-dependencies"]["dev"]}
    assert runtime - {name(pin) for pin in pins("requirements.txt")} == set()
    assert dev - {name(pin) for pin in pins("requirements-dev.txt")} == set()


def test_the_dev_lock_holds_the_very_pins_of_the_runtime_lock() -> None:
    assert set(pins("requirements.txt")) <= set(pins("requirements-dev.txt"))


def test_ci_is_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "exec make test" in script.read_text()


def test_help_names_every_command() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "-C", ROOT], capture_output=True, text=True, check=True
    ).stdout
    commands = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert commands
    assert re.findall(r"^make (\w+)", shown, re.MULTILINE) == commands[1].split()


def test_a_window_that_opens_waits_for_no_solver_and_no_migration() -> None:
    program = "import sys, ui.app; print(sorted({'ortools', 'pandas', 'openpyxl', 'alembic'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert told.stdout == "[]\n"


def test_every_test_that_a_document_names_exists() -> None:
    told = "\n".join(path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
    named = set(re.findall(r"(tests/[\w/]+\.py)::(\w+)", told))
    assert named
    assert [f"{path}::{test}" for path, test in sorted(named) if not defines(ROOT / path, test)] == []


def defines(path: Path, test: str) -> bool:
    return path.is_file() and re.search(rf"^\s*def {test}\(", path.read_text(), re.MULTILINE) is not None
