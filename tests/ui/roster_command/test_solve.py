"""`station roster generate` and `repair`: made, stopped, mended, or told why not."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.roster_problems import Size
from benchmarks.roster_problems import generate as generate_problem
from shifts.errors import Cancelled, Infeasible, OutOfTime, Shortage
from shifts.model import DatedShift, Duty, Period, Roster, RosterProblem, Seat, Wish
from shifts.roster_csv import read_roster
from shifts.rules import check, is_allowed
from shifts.solver import solve
from tests.shifts.rosters import LS, may, person, problem, works
from tests.ui.conftest import Station
from tests.ui.roster_command.samples import COVERED, ROOT, SMALL, Given, Rostered, needs
from ui.console import width


def test_a_roster_is_made_that_breaks_no_hard_rule(station: Station, given: Given, tmp_path: Path) -> None:
    one = generate_problem(Size.parse("1x15x7"), 3)
    out = tmp_path / "R.csv"
    answer = station("roster", "generate", given(one), "--out", out, "--seconds", "3", "--json")
    assert answer.code == 0
    assert out.read_text("utf-8").splitlines()[0] == "checkpoint,date,shift,duty,person"
    made = read_roster(out.read_text("utf-8"))
    assert is_allowed(check(one, made))
    assert (answer.json["hard"], answer.json["assignments"]) == (0, len(made))
    assert "排满各班" in answer.err
    assert station("roster", "check", tmp_path / "P.json", out).code == 0


def test_refused_wishes_are_named(station: Station, given: Given, tmp_path: Path) -> None:
    wishing = person("O1", name="王小明", wishes=(Wish(may(4), "early"),))
    one = problem(wishing, demands=(needs(may(4)),), period=Period(may(4), 1))
    answer = station("roster", "generate", given(one), "--out", tmp_path / "R.csv", "--seconds", "2")
    assert "未能满足 王小明：05-04 早班休息" in answer.out


def test_demand_that_cannot_be_met_is_told_by_shift_place_and_what_is_lacking(
    station: Station, given: Given, tmp_path: Path
) -> None:
    away = person("L1", name="陈志强", leave=frozenset({may(4)}))
    others = (person("O1", duties=frozenset({Duty.TRAFFIC})), person("O2", duties=frozenset({Duty.TRAFFIC})))
    one = problem(
        away,
        *others,
        demands=(needs(may(4), Seat(Duty.LEAD), heads=2),),
        period=Period(may(4), 1),
        names={LS: "龙士"},
    )
    answer = station("roster", "generate", given(one), "--out", tmp_path / "R.csv", "--seconds", "5")
    assert answer.code == 10
    assert "龙士 05-04 早班 缺 1 名带班组长" in answer.err
    assert "陈志强 请假：05-04" in answer.err
    assert not (tmp_path / "R.csv").exists()
    told = station("roster", "generate", tmp_path / "P.json", "--out", tmp_path / "R.csv", "--json", "--language", "en")
    assert told.json["error"]["shortages"] == ["龙士, 05-04 early lacks 1 × lead"]
    assert told.json["error"]["code"] == "roster_infeasible"


def test_what_is_fixed_and_cannot_be_is_named(station: Station, given: Given, tmp_path: Path) -> None:
    away = person("O1", name="王小明", leave=frozenset({may(4)}))
    one = problem(away, person("O2"), demands=(needs(may(4)),), period=Period(may(4), 1), names={LS: "龙士"})
    pinned = replace(one, pins=frozenset({works(4, "early", "O1")}))
    answer = station("roster", "generate", given(pinned), "--out", tmp_path / "R.csv", "--seconds", "5")
    assert answer.code == 10
    assert "王小明 固定在 龙士 05-04 早班" in answer.err
    assert "王小明 请假：05-04" in answer.err


def test_what_is_fixed_against_itself_is_named_and_no_matter_of_time(
    station: Station, given: Given, tmp_path: Path
) -> None:
    one = problem(person("O1", name="王小明"), person("O2"), period=Period(may(4), 2), names={LS: "龙士"})
    pinned = replace(one, pins=frozenset({works(4, "night", "O1"), works(5, "early", "O1")}))
    answer = station("roster", "generate", given(pinned), "--out", tmp_path / "R.csv", "--json")
    assert answer.code == 10
    assert answer.json["error"]["code"] == "roster_contradicted"
    assert answer.json["error"]["conflicts"] == [
        "王小明 固定在 龙士 05-04 夜班",
        "王小明 固定在 龙士 05-05 早班",
    ]
    assert answer.json["error"]["rules"] == ["两班之间至少休息 11 小时"]
    assert "--seconds" not in answer.err


def test_what_only_the_time_forbade_is_not_called_impossible(
    station: Station, given: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How far a search comes in a moment is the machine's; what is said of it is not."""
    gap = Shortage(LS, DatedShift(may(4), "early"), None, 1)
    ends = iter((Infeasible((gap,), proven=False), OutOfTime(seconds=30), Cancelled()))

    def ended(*_: object, **__: object) -> None:
        raise next(ends)

    monkeypatch.setattr("ui.commands.roster_solve.solve", ended)
    words = ("roster", "generate", given(SMALL), "--out", tmp_path / "R.csv", "--json")
    said = [station(*words) for _ in range(3)]
    assert [answer.code for answer in said] == [20, 20, 130]
    codes = [answer.json["error"]["code"] for answer in said]
    assert codes == ["roster_uncovered", "roster_out_of_time", "roster_cancelled"]
    assert "延长时间" in said[0].err
    assert "30 秒内没有排满" in said[1].err
    assert "未写出班表" in said[2].err


def test_an_empty_problem_gives_an_empty_roster(station: Station, given: Given, tmp_path: Path) -> None:
    out = tmp_path / "R.csv"
    answer = station("roster", "generate", given(problem(person("O1"))), "--out", out, "--seconds", "1")
    assert answer.code == 0
    assert out.read_text("utf-8") == "checkpoint,date,shift,duty,person\n"


def test_the_same_seed_gives_the_same_roster_when_asked(station: Station, given: Given, tmp_path: Path) -> None:
    path = given(generate_problem(Size.parse("1x15x7"), 5))
    outs = [tmp_path / "A.csv", tmp_path / "B.csv"]
    for out in outs:
        words = ("--seconds", "1", "--seed", "7", "--reproducible")
        assert station("roster", "generate", path, "--out", out, *words).code == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="a console's Ctrl-C is sent otherwise there")
def test_ctrl_c_keeps_the_best_roster_found(given: Given, tmp_path: Path) -> None:
    path, out = given(generate_problem(Size.parse("2x30x14"), 1)), tmp_path / "R.csv"
    words = ("roster", "generate", path, "--out", out, "--seconds", "600", "--language", "en")
    command = [sys.executable, "-m", "ui.cli", *map(str, words)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        for line in running.stderr:
            if line.startswith("making it fair"):
                break
        running.send_signal(signal.SIGINT)
        said, beside = running.communicate(timeout=120)
    assert running.returncode == 0
    assert "the best roster so far" in beside
    assert str(out) in said
    assert is_allowed(check(generate_problem(Size.parse("2x30x14"), 1), read_roster(out.read_text("utf-8"))))


# --- repair ---


def test_who_can_stand_in_is_ranked_with_every_reason(station: Station, given: Given, rostered: Rostered) -> None:
    one = replace(
        SMALL,
        people=(*SMALL.people[:2], replace(SMALL.people[2], leave=frozenset({may(4)}))),
    )
    answer = station(
        "roster", "repair", given(one), rostered(*COVERED), "--ill", "O1", "--from", "2026-05-04", "--to", "2026-05-04"
    )
    assert answer.code == 0
    head, _, _, first, second, *_ = answer.out.splitlines()
    assert head == "龙士 05-04 早班 查码，由谁顶替："
    assert first.split()[:3] == ["1", "✓", "林晓岚"]
    assert second.split()[:3] == ["2", "✗", "陈志强"]
    assert second.endswith("05-04 请假，05-04 早班 08:00–16:00 占到当天")


def test_each_reason_has_a_line_and_the_name_is_said_once(station: Station, given: Given, rostered: Rostered) -> None:
    busy = replace(SMALL.people[1], duties=frozenset({Duty.LEAD}), leave=frozenset({may(5)}))
    one = replace(SMALL, people=(SMALL.people[0], busy))
    roster = rostered(works(5, "early", "O1"), works(4, "night", "O2"))
    for language in ("zh", "en"):
        words = ("--ill", "O1", "--from", "2026-05-04", "--language", language)
        _, _, _, first, *more = station("roster", "repair", given(one), roster, *words).out.splitlines()
        assert first.count("林晓岚") == 1
        assert len(more) > 1
        assert "林晓岚" not in "".join(more)
        assert max(map(width, (first, *more))) < 130


def test_where_nobody_can_stand_in_the_code_says_so(station: Station, given: Given, rostered: Rostered) -> None:
    one = replace(SMALL, people=(SMALL.people[0], replace(SMALL.people[1], duties=frozenset({Duty.LEAD}))))
    roster = rostered(works(4, "early", "O1"))
    answer = station("roster", "repair", given(one), roster, "--ill", "O1", "--from", "2026-05-04", "--json")
    assert answer.code == 10
    (vacated,) = answer.json["vacated"]
    (candidate,) = vacated["candidates"]
    assert (candidate["person"], candidate["possible"]) == ("O2", False)
    assert "untrained" in {reason["rule"] for reason in candidate["reasons"]}


def test_a_night_that_runs_into_the_first_day_is_vacated_too(
    station: Station, given: Given, rostered: Rostered
) -> None:
    one, roster = replace(SMALL, demands=()), rostered(works(4, "night", "O1"), works(4, "early", "O2"))
    said = station("roster", "repair", given(one), roster, "--ill", "O1", "--from", "2026-05-05", "--json").json
    assert [(each["date"], each["shift"]) for each in said["vacated"]] == [("2026-05-04", "night")]


def test_nobody_stands_in_who_is_ill_as_well(station: Station, given: Given, rostered: Rostered) -> None:
    words = ("--ill", "O1", "--ill", "L1", "--from", "2026-05-04", "--to", "2026-05-04", "--json")
    (vacated,) = station("roster", "repair", given(SMALL), rostered(*COVERED), *words).json["vacated"]
    assert [(one["person"], one["possible"]) for one in vacated["candidates"]] == [("O2", True), ("L1", False)]


def test_nothing_vacated_is_no_error(station: Station, given: Given, rostered: Rostered) -> None:
    answer = station("roster", "repair", given(SMALL), rostered(*COVERED), "--ill", "L1", "--from", "2026-05-04")
    assert (answer.code, answer.out) == (0, "L1 自 2026-05-04 起没有班，无须顶替\n")


def test_the_rest_is_solved_anew_and_what_was_worked_stays(
    station: Station, given: Given, rostered: Rostered, tmp_path: Path
) -> None:
    out = tmp_path / "mended.csv"
    words = ("--ill", "O1", "--from", "2026-05-06", "--solve", "--out", out, "--seconds", "3")
    answer = station("roster", "repair", given(SMALL), rostered(*COVERED), *words, "--json")
    assert answer.code == 0
    mended = read_roster(out.read_text("utf-8"))
    assert (answer.json["vacated"], answer.json["changed"]) == (2, 2)
    assert {one for one in mended if one.shift.day < may(6)} == set(COVERED[:2])
    assert not [one for one in mended if one.person == "O1" and one.shift.day >= may(6)]
    assert is_allowed(check(SMALL, mended))


def test_somebody_with_another_duty_is_no_new_person(
    station: Station, given: Given, rostered: Rostered, tmp_path: Path
) -> None:
    """Only O2 can lead in O1's stead, and L1 comes in for what O2 did."""
    leads, hand = frozenset({Duty.LEAD, Duty.CODE_CHECKER}), frozenset({Duty.CODE_CHECKER})
    one = replace(
        SMALL,
        people=tuple(replace(who, duties=hand if who.code == "L1" else leads) for who in SMALL.people),
        demands=(needs(may(6), Seat(Duty.LEAD), Seat(Duty.CODE_CHECKER), heads=2),),
    )
    roster = rostered(works(6, "early", "O1", duty=Duty.LEAD), works(6, "early", "O2"))
    words = ("roster", "repair", given(one), roster, "--ill", "O1", "--from", "2026-05-06", "--solve", "--seconds", "3")
    assert station(*words, "--out", tmp_path / "mended.csv").out.splitlines()[:-1] == [
        "空出 1 个班：新排 1 人次，另有 1 人次只换岗位",
        "已证明：至少要新排 1 人次，不能更少",
        "- 05-06 早班 龙士 带班组长 王小明",
        "+ 05-06 早班 龙士 查码 陈志强",
        "~ 05-06 早班 龙士 查码 → 带班组长 林晓岚",
    ]
    told = station(*words, "--out", tmp_path / "mended.csv", "--json").json
    assert [told[name] for name in ("vacated", "changed", "people", "duties", "fewest")] == [1, 2, 1, 1, 1]


def test_what_was_not_proven_the_fewest_is_not_called_that(
    station: Station, given: Given, rostered: Rostered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How much a search proves in a moment is the machine's; what is said of it is not."""

    def unproven(asked: RosterProblem, **given: Any) -> Roster:
        return replace(solve(asked, **given), fewest_changes=1)

    monkeypatch.setattr("ui.commands.roster_solve.solve", unproven)
    words = ("--ill", "O1", "--from", "2026-05-06", "--solve", "--out", tmp_path / "mended.csv", "--seconds", "3")
    answer = station("roster", "repair", given(SMALL), rostered(*COVERED), *words)
    assert "至少要新排 1 人次；能否少于 2 没有查完" in answer.out


def test_what_stays_broken_in_the_roster_solved_anew_is_told(
    station: Station, given: Given, rostered: Rostered, tmp_path: Path
) -> None:
    words = ("--ill", "O1", "--from", "2026-05-06", "--solve", "--out", tmp_path / "mended.csv", "--seconds", "3")
    answer = station("roster", "repair", given(SMALL), rostered(*COVERED[1:]), *words)
    assert answer.code == 10
    assert "必须改：龙士 05-04 早班" in answer.err
    assert (tmp_path / "mended.csv").exists()
    told = station("roster", "repair", tmp_path / "P.json", tmp_path / "R.csv", *words, "--json").json
    assert (told["hard"], [one["rule"] for one in told["breaches"]]) == (1, ["coverage"])


def test_from_an_hour_on_what_has_begun_stays_and_the_rest_is_solved(
    station: Station, given: Given, rostered: Rostered, tmp_path: Path
) -> None:
    out = tmp_path / "mended.csv"
    words = ("repair", given(SMALL), rostered(*COVERED), "--ill", "O1", "--from", "2026-05-06T09:30")
    asked = station("roster", *words, "--json").json["vacated"]
    assert [one["date"] for one in asked] == ["2026-05-08"]
    answer = station("roster", *words, "--solve", "--out", out, "--seconds", "3", "--json")
    assert (answer.code, answer.json["vacated"], answer.json["changed"]) == (0, 1, 1)
    assert set(COVERED[:3]) < read_roster(out.read_text("utf-8"))


def test_an_hour_at_which_nothing_is_left_is_said_with_its_minute(
    station: Station, given: Given, rostered: Rostered
) -> None:
    words = ("repair", given(SMALL), rostered(*COVERED), "--ill", "O1", "--from", "2026-05-08 08:01")
    assert station("roster", *words).out == "O1 自 2026-05-08 08:01 起没有班，无须顶替\n"


@pytest.mark.parametrize("typed", ["2026-05-08T24:00", "2026-05-08T8:00", "2026-05-08T", "T08:00", "2026-05-08T08:00Z"])
def test_an_hour_that_is_none_is_refused(station: Station, given: Given, rostered: Rostered, typed: str) -> None:
    answer = station("roster", "repair", given(SMALL), rostered(*COVERED), "--ill", "O1", "--from", typed)
    assert answer.code == 64
    assert "2026-05-04T23:00" in answer.err
