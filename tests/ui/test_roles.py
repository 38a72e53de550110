"""Role × command: whom each command of the command line obeys, and what it says to everybody else."""

import argparse
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db import events, passages, people
from db.engine import open_database
from db.pins import hash_pin
from db.tables import metadata
from shifts.problem_file import write_problem
from shifts.roster_csv import write_roster
from station import access, backup, retention
from station.access import REFUSED, AccessError, Action, Actor, Role, may
from tests.db.samples import NOON, a_passage, a_person
from tests.ui.conftest import CREW, PIN, Answer, Station, Typed, enrol
from tests.ui.roster_command.samples import COVERED, SMALL
from tests.ui.test_check import trust_file
from ui import console
from ui.cli import _COMMANDS, _parser

pytestmark = pytest.mark.usefixtures("qapp")  # one application for all that write a PDF
PASSAGE = "01a229d1-1cb4-72ed-8d1f-bd3f387429fa"


@dataclass(frozen=True, slots=True)
class Gated:
    """A command that asks who: its words (`{name}`: see `Files`), what it takes, and further lines it reads."""

    words: str
    action: Action
    lines: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The command and sub-command."""
        parts = self.words.split()
        return " ".join(parts[:2]) if parts[0] in {"people", "roster", *DOCUMENTS, "retention", "key"} else parts[0]


DOCUMENTS = ("trust", "policy", "watchlist", "sampling-points")
GATED = (
    Gated("log --whole", Action.UNMASK),
    Gated("log --csv --whole", Action.EXPORT_PERSONAL),
    Gated("log --find 闽E1", Action.SEARCH_FRAGMENT),
    Gated("figures", Action.VIEW_FIGURES),
    Gated("export --out {log.csv} --why 督查", Action.EXPORT),
    Gated("export --out {log.xlsx} --why 督查 --personal", Action.EXPORT_PERSONAL),
    Gated("verify --keep {head.txt}", Action.KEEP_HEADS),
    Gated("retention run", Action.RETENTION),
    Gated("retention hold 2026-05-03 --why 法院保全", Action.LEGAL_HOLD),
    Gated("retention release 1", Action.LEGAL_HOLD),
    Gated("backup {new.db}", Action.BACKUP),
    Gated("restore {backup.db}", Action.RESTORE),
    Gated("key recovery-copy", Action.RECOVERY_KEY),
    Gated("decide {passage} turn_back", Action.CHECK),
    Gated("decide {passage} correction --plate 闽E54321", Action.CHECK),
    Gated("decide {passage} release --lead L2 --reason 已核实", Action.CHECK, (PIN,)),
    Gated("people add X1 --name 王小明 --unit 区建设局 --role officer", Action.KEEP_PEOPLE, ("7193",)),
    Gated("people pin O2", Action.SET_PINS, ("7193",)),
    Gated("people disable O2", Action.KEEP_PEOPLE),
    Gated("people enable O2", Action.KEEP_PEOPLE),
    Gated("people import {people.csv}", Action.KEEP_PEOPLE),
    Gated("badge O2 --out {badges.pdf}", Action.PRINT_BADGES),
    Gated("trust import {trust.pem}", Action.IMPORT_TRUST),
    Gated("policy import {policy.toml}", Action.IMPORT_POLICY),
    Gated("watchlist import {watchlist.csv}", Action.IMPORT_WATCHLIST),
    Gated("sampling-points import {points.csv}", Action.IMPORT_SAMPLING_POINTS),
    Gated("roster publish {problem.json} {roster.csv}", Action.PUBLISH),
)
OWN_ACTS = ("people sign-in", "people sign-out")
"""Whoever is named says so with their own PIN."""
ANYBODY = (
    *("run", "check", "issue", "voice", "notice", "doctor", "verify-export", "key restore"),
    *(f"roster {action}" for action in ("generate", "check", "import", "repair", "show", "export")),
    *("handover show", "handover due", "swap list", "retention report", "people list", "people on-duty"),
    *(f"{kind} show" for kind in DOCUMENTS),
)
"""What changes nothing that is kept and shows no personal data: nobody signs in for it."""


# --- every command has its place in the table ------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command and sub-command there is."""
    for name in _COMMANDS:
        (top,) = sub_commands(_parser([name]))
        yield from leaves(name, top[name])


def leaves(path: str, parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    below = sub_commands(parser)
    if not below:
        yield path, parser
    for choices in below:
        for name, one in choices.items():
            yield from leaves(f"{path} {name}", one)


def sub_commands(parser: argparse.ArgumentParser) -> list[dict[str, argparse.ArgumentParser]]:
    return [dict(one.choices) for one in parser._actions if isinstance(one, argparse._SubParsersAction)]


def test_every_command_is_in_the_table() -> None:
    assert {path for path, _ in commands()} == {one.path for one in GATED} | set(ANYBODY) | set(OWN_ACTS)


def test_whoever_may_be_asked_can_say_so_and_nobody_is_asked_for_nothing() -> None:
    asked = {path for path, parser in commands() if "--as" in parser._option_string_actions}
    assert asked == {one.path for one in GATED}


# --- and obeys whom it should ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything the commands are about; a review, and somebody of each role."""
    folder = tmp_path_factory.mktemp("roles")
    (folder / "people.csv").write_text("姓名,工号,单位,岗位\n林晓岚,X2,区建设局,查码\n", "utf-8")
    (folder / "policy.toml").write_text('version = "2"\nnotice = "6号通告"\n', "utf-8")
    (folder / "watchlist.csv").write_text("plate,reason,contact\n闽E12345,查控,110\n", "utf-8")
    (folder / "points.csv").write_text("name,place,hours\n龙文医院,迎宾路,全天\n", "utf-8")
    trust_file(folder, "pem")
    (folder / "problem.json").write_text(write_problem(SMALL), "utf-8")
    (folder / "roster.csv").write_text(write_roster(COVERED), "utf-8")
    enrol(folder / "log.db")
    with open_database(folder / "log.db") as database:
        for code, role in (("O2", Role.OFFICER), ("L2", Role.LEAD)):
            other = a_person(code=code, role=role, pin_hash=hash_pin(PIN))
            people.add(database, other, station="LS-1", by=None)
        passages.append_passage(database, a_passage(station="LS-1", verdict="review", id=PASSAGE))
        everything = Actor(None, frozenset(Action))
        given: dict[str, Any] = {"actor": everything, "station": "LS-1", "now": datetime.now(UTC)}
        retention.hold(database, [NOON.date()], "法院保全", **given)
        backup.back_up(database, folder / "backup.db", day_keys=None, **given)
    return folder


@dataclass(frozen=True, slots=True)
class Files:
    """What the commands read, and a log of one's own: what is obeyed changes it."""

    given: Path
    log: Path

    def words(self, command: Gated) -> list[str]:
        """What is typed: a name in braces is a file that is read or written, or the passage."""
        return [self._word(word) for word in command.words.split()] + ["--database", str(self.log)]

    def _word(self, word: str) -> str:
        if not word.startswith("{"):
            return word
        name = word.strip("{}")
        here = self.given / name
        return PASSAGE if name == "passage" else str(here if here.exists() else self.log.with_name(name))


@pytest.fixture
def files(prepared: Path, tmp_path: Path) -> Files:
    for file in prepared.glob("log.db*"):
        shutil.copy(file, tmp_path)
    return Files(prepared, tmp_path / "log.db")


@pytest.fixture
def log(files: Files) -> Path:
    return files.log


def kept(log: Path) -> dict[str, int]:
    """How many rows each table has, and whom `people` knows, apart from events and the ledger over them."""
    tables = [one for one in metadata.sorted_tables if one.name != "events" and not one.name.startswith("ledger")]
    with open_database(log) as database, database.read() as connection:
        return {one.name: connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables} | {
            "people": hash(tuple(connection.execute(select(metadata.tables["people"])).all()))
        }


OBEYED = [(command, who) for command in GATED for who, role in CREW.items() if may(role, command.action)]


@pytest.mark.parametrize(("command", "who"), OBEYED, ids=lambda one: one if isinstance(one, str) else one.words)
def test_a_command_obeys_whom_the_table_says(
    station: Station, typed: Typed, files: Files, command: Gated, who: str
) -> None:
    typed(PIN, *command.lines)
    answer = station(*files.words(command), "--as", who)
    assert answer.code == 0, answer
    with open_database(files.log) as database:
        assert events.newest(database, kind=REFUSED) == []


@pytest.mark.parametrize("command", GATED, ids=lambda one: one.words)
def test_a_command_obeys_nobody_else(station: Station, typed: Typed, files: Files, command: Gated) -> None:
    before, others = kept(files.log), [who for who, role in CREW.items() if not may(role, command.action)]
    for who in others:
        typed(PIN, *command.lines)
        answer = station(*files.words(command), "--as", who)
        assert answer == Answer(console.FORBIDDEN, "", f"{who} 无权进行此项操作\n")
    typed("000000", *command.lines)
    assert station(*files.words(command), "--as", "L1") == Answer(console.FORBIDDEN, "", "编号或 PIN 不对\n")
    unsaid = station(*files.words(command), "--language", "en")
    assert (unsaid.code, unsaid.out, "add --as CODE" in unsaid.err) == (console.FORBIDDEN, "", True)
    assert kept(files.log) == before
    with open_database(files.log) as database:
        refused = [one for one in events.newest(database, kind=REFUSED) if one.actor is not None]
    if command.action is Action.RESTORE:  # it asks those whom the backup knows, and the backup stays as it is
        return
    assert [one.actor for one in reversed(refused)] == others, "each refusal is on record"
    assert all(json.loads(one.details) == {"action": command.action} for one in refused)


def test_a_right_pin_is_on_record_even_where_nothing_came_of_it(station: Station, typed: Typed, log: Path) -> None:
    typed(PIN, "12")
    assert station("people", "pin", "L1", "--as", "L1", "--database", log).code == console.MISUSE
    with open_database(log) as database:
        (told,) = events.newest(database, kind="pin_right")
    assert json.loads(told.details) == {"person": "L1"}


@pytest.mark.parametrize("lead", CREW)
def test_a_release_needs_a_lead_beside_the_officer(station: Station, typed: Typed, log: Path, lead: str) -> None:
    typed(PIN, PIN)
    release = ("decide", PASSAGE, "release", "--as", "O2", "--lead", lead, "--reason", "已核实")
    answer = station(*release, "--database", log)
    assert answer.code == (0 if may(CREW[lead], Action.RELEASE) else console.FORBIDDEN)


@pytest.mark.parametrize("who", CREW)
def test_who_comes_on_duty_checks_vehicles(station: Station, typed: Typed, log: Path, who: str) -> None:
    typed(PIN, PIN)
    answer = station("people", "sign-in", who, "--database", log)
    assert answer.code == (0 if may(CREW[who], Action.CHECK) else console.FORBIDDEN)


# --- what goes on without a word -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        *("log", "log --csv", "log --find 闽E12345", "verify", "retention report", "people list", "people on-duty"),
        *("swap list", *(f"{kind} show" for kind in DOCUMENTS)),
    ],
)
def test_what_is_open_asks_nobody(station: Station, log: Path, line: str) -> None:
    before = kept(log)
    answer = station(*line.split(), "--database", log)
    assert answer.code == 0
    assert "闽E12345" not in answer.out
    assert kept(log) == before


@pytest.mark.parametrize("who", CREW)
def test_everybody_changes_their_own_pin(station: Station, typed: Typed, log: Path, who: str) -> None:
    typed(PIN, "864200")
    assert station("people", "pin", who, "--as", who, "--database", log).code == 0
    typed("864200", "975311")
    assert station("people", "pin", who, "--as", who, "--database", log).code == 0


def test_before_there_is_an_administrator_whoever_sets_it_up_is_obeyed_as_one_and_then_no_more(
    station: Station, typed: Typed, tmp_path: Path
) -> None:
    log = ("--database", tmp_path / "new.db")
    add = ("--name", "陈志强", "--unit", "区建设局", *log)
    typed("7193")
    assert station("people", "add", "M9", "--role", "administrator", *add).code == 0
    typed("7193")
    assert station("people", "add", "M8", "--role", "administrator", *add).code == console.FORBIDDEN
    typed("7193", "7193")
    assert station("people", "add", "O9", "--role", "officer", "--as", "M9", *add).code == 0


def test_whoever_sets_it_up_sees_nobodys_data_and_decides_nothing(station: Station, tmp_path: Path) -> None:
    open_database(tmp_path / "new.db").close()
    for line in ("log --whole", "log --find 闽E1"):
        assert station(*line.split(), "--database", tmp_path / "new.db").code == console.FORBIDDEN


def test_the_last_administrator_cannot_be_disabled(station: Station, typed: Typed, log: Path) -> None:
    typed(PIN)
    answer = station("people", "disable", "M1", "--as", "M1", "--database", log)
    assert (answer.code, "最后一名管理员" in answer.err) == (console.FORBIDDEN, True)


def test_a_role_counts_as_it_is_at_the_act_not_as_it_was_at_the_sign_in(log: Path) -> None:
    now = datetime.now(UTC)
    with open_database(log) as database:
        lead = access.sign_in(database, "L1", PIN, station="LS-1", now=now)
        people.change(database, "L1", station="LS-1", by="M1", at=now, active=False)
        with pytest.raises(AccessError, match="not_allowed"):
            access.require(database, lead, Action.UNMASK, station="LS-1", now=now)
