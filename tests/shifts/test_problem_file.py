"""Problems and rosters as documents: what is written is read back, and nothing wrong passes in silence."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benchmarks.roster_problems import Size, generate
from shifts import errors
from shifts.model import TWO_SHIFTS, Demand, Duty, Seat, Wish
from shifts.problem_file import read_problem, write_problem
from shifts.roster_csv import read_roster, write_roster
from shifts.rule_pack import RulePack, Severity
from tests.shifts.rosters import LS, SD, may, person, problem, works

FULL = problem(
    person(
        "P1",
        name="林静",
        units=frozenset({"交通检疫组", "志愿者"}),
        birth_year=1970,
        since=date(2026, 1, 5),
        leave=frozenset({may(5), may(6)}),
        wishes=(Wish(may(7)), Wish(may(8), "night", off=False, weight=10)),
        no_night=True,
    ),
    person("P2", home=SD),
    plans={LS: problem().plans[LS], SD: TWO_SHIFTS},
    demands=(
        Demand(
            LS, works(4, "early").shift, 4, (Seat(Duty.LEAD), Seat(unit="交通检疫组"), Seat(Duty.RECORDER, "志愿者"))
        ),
        Demand(SD, works(4, "day").shift, 2),
    ),
    rules=RulePack("own", {"rest": Severity.WARNING}, rest_hours=10.5, overtime_by="month", pattern=("early", "off")),
    history=(works(3, "night"), works(2, "early", "gone", at="closed")),
    pins=frozenset({works(9, "middle")}),
    published=frozenset({works(9, "middle"), works(10, "early", "P2")}),
    names={LS: "龙士"},
)


@pytest.mark.parametrize("whole", [FULL, problem(), generate(Size.parse("2x30x3"), 1)], ids=["full", "empty", "large"])
def test_what_is_written_is_read_back(whole: Any) -> None:
    assert read_problem(write_problem(whole)) == whole


def test_a_document_is_readable_text() -> None:
    assert "林静" in write_problem(FULL)


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "error", "params"),
    [
        (lambda d: d.update(demand=[]), errors.UnknownKey, {"where": ".", "key": "demand"}),
        (lambda d: d["people"][0].update(leaves=[]), errors.UnknownKey, {"where": "people[0]", "key": "leaves"}),
        (lambda d: d.pop("period"), errors.MissingKey, {"where": ".", "key": "period"}),
        (lambda d: d["people"][1].pop("home"), errors.MissingKey, {"where": "people[1]", "key": "home"}),
        (lambda d: d["people"].append(d["people"][0]), errors.DuplicatePerson, {"person": "P1"}),
        (
            lambda d: d["people"][1].update(home="XX"),
            errors.UnknownCheckpoint,
            {"where": "people.P2.home", "checkpoint": "XX"},
        ),
        (
            lambda d: d["demands"][0].update(checkpoint="XX"),
            errors.UnknownCheckpoint,
            {"where": "demands", "checkpoint": "XX"},
        ),
        (
            lambda d: d["demands"][0].update(shift="day"),
            errors.UnknownShift,
            {"where": "demands", "checkpoint": LS, "shift": "day"},
        ),
        (
            lambda d: d["demands"].append(d["demands"][0]),
            errors.DuplicateDemand,
            {"checkpoint": LS, "day": "2026-05-04", "shift": "early"},
        ),
        (lambda d: d["pins"][0].update(person="P9"), errors.UnknownPerson, {"where": "pins", "person": "P9"}),
        (lambda d: d["pins"][0].update(day="2026-07-01"), errors.DayOutside, {"where": "pins", "day": "2026-07-01"}),
        (lambda d: d["demands"][0].update(heads=2), errors.WrongValue, {"where": "demands[0].seats", "need": "0–2"}),
        (
            lambda d: d["demands"][0].update(heads=True),
            errors.WrongValue,
            {"where": "demands[0].heads", "need": "0–1000"},
        ),
        (
            lambda d: d["people"][0].update(leave=["2026-02-29"]),
            errors.WrongValue,
            {"where": "people[0].leave[0]", "need": "day, e.g. 2026-10-01"},
        ),
        (
            lambda d: d["people"][0].update(duties=["boss"]),
            errors.WrongValue,
            {"where": "people[0].duties[0]", "need": ", ".join(Duty)},
        ),
        (lambda d: d["rules"].update(rest_hours=-1), errors.WrongValue, {"where": "rules.rest_hours", "need": "0–48"}),
        (
            lambda d: d["people"][0]["wishes"][1].update(shift="nihgt"),
            errors.WrongValue,
            {"where": "people.P1.wishes[1].shift = nihgt", "need": "early, middle, night, day"},
        ),
        (
            lambda d: d["rules"].update(pattern=["early", "of"]),
            errors.WrongValue,
            {"where": "rules.pattern[1] = of", "need": "early, middle, night, day, off"},
        ),
        (lambda d: d["plans"]["plan1"].pop(), errors.WrongValue, None),
        (lambda d: d["checkpoints"].append(d["checkpoints"][0]), errors.WrongValue, None),
        (lambda d: d["rules"]["severities"].update(naps="hard"), errors.WrongValue, None),
        (lambda d: d.update(people={}), errors.WrongValue, {"where": "people", "need": "list"}),
    ],
)
def test_what_is_wrong_is_named(
    change: Change, error: type[errors.ProblemError], params: dict[str, Any] | None
) -> None:
    document = json.loads(write_problem(FULL))
    change(document)
    with pytest.raises(error) as caught:
        read_problem(json.dumps(document))
    assert params is None or caught.value.params == params


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", errors.NotJson),
        ("{", errors.NotJson),
        ("[" * 100_000, errors.NotJson),
        ("[]", errors.WrongValue),
        ('{"period": 1, "period": 2}', errors.RepeatedKey),
        ('{"period": NaN}', errors.WrongValue),
    ],
)
def test_what_is_no_document_is_refused(text: str, error: type[errors.ProblemError]) -> None:
    with pytest.raises(error):
        read_problem(text)


def test_a_roster_is_read_back_from_its_table() -> None:
    roster = frozenset({works(4, "early", "林"), works(4, "night", "P2", at=SD, duty=Duty.LEAD)})
    table = write_roster(roster)
    assert table.splitlines()[:2] == ["checkpoint,date,shift,duty,person", "LS,2026-05-04,early,code_checker,林"]
    assert read_roster(table) == read_roster("\ufeff" + table.replace("\n", "\r\n") + "\n") == roster


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("LS,2026-05-04,early,lead", "cells"),
        ("LS,2026-02-30,early,lead,P1", "date"),
        ("LS,2026-05-04,early,boss,P1", "duty"),
        ("LS,2026-05-04,,lead,P1", "blank"),
        ('LS,2026-05-04,early,lead,"P1', "cells"),
        ("LS,2026-05-05,early,lead,P1", "repeated"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, what: str) -> None:
    table = f"checkpoint,date,shift,duty,person\nLS,2026-05-05,early,lead,P1\n{line}\n"
    with pytest.raises(errors.TableError) as caught:
        read_roster(table)
    assert (caught.value.params["line"], caught.value.params["what"]) == (3, what)


def test_a_table_without_its_header_is_refused() -> None:
    with pytest.raises(errors.TableError):
        read_roster("")


def test_a_problem_without_rules_is_held_to_the_labour_law() -> None:
    document = json.loads(write_problem(replace(FULL, rules=RulePack())))
    del document["rules"]
    assert read_problem(json.dumps(document)).rules == RulePack()


def under(**rules: Any) -> RulePack:
    """The pack of a document that says this of its rules."""
    document = json.loads(write_problem(FULL)) | {"rules": rules}
    packs = {one.name: one for one in (RulePack(), RulePack("long", {"week_hours": Severity.OFF}, shift_hours=12))}
    return read_problem(json.dumps(document), packs).rules


def test_a_pack_s_name_brings_its_figures_and_what_is_said_beside_it_wins() -> None:
    assert under(name="long") == RulePack("long", {"week_hours": Severity.OFF}, shift_hours=12)
    assert under(name="long", rest_hours=12).shift_hours == 12
    assert under(name="long", severities={"rest": "warning"}).severities == {"rest": Severity.WARNING}
    assert under(rest_hours=12) == RulePack(rest_hours=12)


def test_a_pack_nobody_knows_is_not_the_labour_law_in_silence() -> None:
    with pytest.raises(errors.UnknownPack) as caught:
        under(name="emergancy")
    assert (caught.value.params["name"], caught.value.params["packs"]) == ("emergancy", "labour_law, long")


def test_of_a_pack_of_one_s_own_what_lacks_is_named() -> None:
    whole = json.loads(write_problem(replace(FULL, rules=RulePack("ours"))))["rules"]
    assert under(**whole) == RulePack("ours")
    del whole["severities"], whole["older_age"]
    with pytest.raises(errors.UnknownPack) as caught:
        under(**whole)
    assert caught.value.params["keys"] == "severities, older_age"
