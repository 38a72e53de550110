"""The command line as a user has it: words in, an exit code and two streams out."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from db import people
from db.engine import open_database
from db.pins import hash_pin
from station.access import Role
from tests.db.samples import a_person
from tests.ui.drawing import draw
from ui.cli import main

AT = "2022-03-14T12:00:00"
"""`builders.NOW` as it is typed at the checkpoint: without a zone, which means Asia/Shanghai."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON object it should be."""
        return json.loads(self.out)


Station = Callable[..., Answer]
Typed = Callable[..., None]
PIN = "246810"
CREW = {"O1": Role.OFFICER, "L1": Role.LEAD, "A1": Role.AUDITOR, "M1": Role.ADMINISTRATOR}
"""Somebody of each role, by code; all have the same PIN."""


_hashed = cache(hash_pin)
"""Once: it is slow on purpose."""


def enrol(log: Path) -> None:
    """The crew works here."""
    pin_hash = _hashed(PIN)
    with open_database(log) as database:
        for code, role in CREW.items():
            people.add(database, a_person(code=code, role=role, pin_hash=pin_hash), station="LS-1", by=None)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """`typed("1234", "4321")`: what is read from standard input next."""

    def run(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return run


@pytest.fixture
def station(capsys: pytest.CaptureFixture[str]) -> Station:
    """`station(…)` runs a command in this process; `None` among the arguments is left out."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments if argument is not None])
        except SystemExit as done:  # argparse's way after --help
            code = int(done.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture
def issue(station: Station, tmp_path: Path) -> Callable[..., Path]:
    """`issue("both", "--state", "red")` signs a code at `AT` with this machine's key; gives the picture."""

    def run(*arguments: object, name: str = "code.png") -> Path:
        path = tmp_path / name
        answer = station("issue", "--name", "林晓岚", "--id-tail", "204X", "--at", AT, "--out", path, *arguments)
        assert answer == Answer(0, f"{path}\n", "")
        return path

    return run


@pytest.fixture
def shown(tmp_path: Path) -> Callable[..., Path]:
    """`shown("JKM1:…")` is a picture of that code."""

    def run(text: str, name: str = "shown.png") -> Path:
        return draw(text, tmp_path / name)

    return run
