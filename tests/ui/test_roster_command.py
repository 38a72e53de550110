"""`station roster`: from a problem's file to the calendar on a phone, and each wrong turn with its sentence."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from benchmarks.roster_problems import Size
from benchmarks.roster_problems import generate as generate_problem
from shifts.errors import Cancelled, Infeasible, OutOfTime, Shortage
from shifts.model import Assignment, DatedShift, Demand, Duty, Period, RosterProblem, Seat, Wish
from shifts.problem_file import write_problem
from shifts.roster_csv import read_roster, write_roster
from shifts.rules import check, is_allowed
from tests.shifts.rosters import LS, SD, may, person, problem, works
from tests.ui.conftest import Answer, Station

ROOT = Path(__file__).parents[2]
UNIT = "交通检疫组"


def needs(day: date, *seats: Seat, heads: int = 1, shift: str = "early", at: str = LS) -> Demand:
    return Demand(at, DatedShift(day, shift), heads, seats)


SMALL = problem(
    person("O1", name="王小明"),
    person("O2", name="林晓岚"),
    person("L1", name="陈志强"),
    period=Period(may(4), 7),
    demands=tuple(needs(may(day)) for day in range(4, 9)),
    names={LS: "龙士", SD: "圣地亚哥"},
)


@pytest.fixture
def given(tmp_path: Path) -> Callable[[RosterProblem], Path]:
    """The problem as a file."""

    def write(one: RosterProblem) -> Path:
        path = tmp_path / "P.json"
        path.write_text(write_problem(one), "utf-8")
        return path

    return write


@pytest.fixture
def rostered(tmp_path: Path) -> Callable[..., Path]:
    """Assignments as a file."""

    def write(*assignments: Assignment, name: str = "R.csv") -> Path:
        path = tmp_path / name
        path.write_text(write_roster(assignments), "utf-8")
        return path

    return write


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def run(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return run


Given = Callable[[RosterProblem], Path]
Rostered = Callable[..., Path]
Typed = Callable[..., None]
COVERED = [works(day, "early", who) for day, who in zip(range(4, 9), ("O1", "O2", "O1", "O2", "O1"), strict=True)]


# --- generate --------------------------------------------------------------------------------------------------------


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
    assert told.json["error"]["shortages"] == ["龙士, 05-04 early lacks lead × 1"]
    assert told.json["error"]["code"] == "roster_infeasible"


def test_what_is_fixed_and_cannot_be_is_named(station: Station, given: Given, tmp_path: Path) -> None:
    away = person("O1", name="王小明", leave=frozenset({may(4)}))
    one = problem(away, person("O2"), demands=(needs(may(4)),), period=Period(may(4), 1), names={LS: "龙士"})
    pinned = replace(one, pins=frozenset({works(4, "early", "O1")}))
    answer = station("roster", "generate", given(pinned), "--out", tmp_path / "R.csv", "--seconds", "5")
    assert answer.code == 10
    assert "王小明 固定在 龙士 05-04 早班" in answer.err
    assert "王小明 请假：05-04" in answer.err


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


# --- check -----------------------------------------------------------------------------------------------------------


def test_each_breach_is_a_sentence_the_hard_ones_first(station: Station, given: Given, rostered: Rostered) -> None:
    roster = rostered(*COVERED[1:], works(4, "middle", "O2"), works(4, "night", "L1", at=SD))
    answer = station("roster", "check", given(SMALL), roster)
    assert answer.code == 10
    lines = answer.out.splitlines()
    assert "必须改：龙士 05-04 早班 到岗 0 人，需 1 人" in lines
    assert "必须改：林晓岚 休息仅 8 小时（需 11）：05-04 中班 → 05-05 早班" in lines
    assert "说明：陈志强 借调到 圣地亚哥：05-04 夜班" in lines
    kinds = [line.partition("：")[0] for line in lines]
    assert kinds == sorted(kinds, key=["必须改", "提醒", "说明"].index)


def test_a_roster_in_order_says_so_and_a_machine_can_read_it(
    station: Station, given: Given, rostered: Rostered
) -> None:
    path, roster = given(SMALL), rostered(*COVERED)
    assert station("roster", "check", path, roster) == Answer(0, "没有违反任何规则\n", "")
    said = station("roster", "check", path, roster, "--json").json
    assert said == {"clean": True, "breaches": [], "information": 0, "warning": 0, "hard": 0}
    broken = station("roster", "check", path, rostered(*COVERED[1:]), "--json", "--language", "en").json
    (breach,) = broken["breaches"]
    assert (breach["rule"], breach["severity"], breach["checkpoint"]) == ("coverage", "hard", LS)
    assert breach["text"] == "龙士, 05-04 early: 0 of 1 heads"


def test_an_empty_roster_lacks_everybody(station: Station, given: Given, rostered: Rostered) -> None:
    answer = station("roster", "check", given(SMALL), rostered())
    assert (answer.code, len(answer.out.splitlines())) == (10, 5)


def test_a_leap_day_is_a_day_and_a_month_s_edge_no_wall(station: Station, given: Given, rostered: Rostered) -> None:
    leap = date(2028, 2, 29)
    one = problem(person("O1", name="王小明"), period=Period(date(2028, 2, 28), 3), demands=(needs(leap),))
    path = given(one)
    assert station("roster", "check", path, rostered(works(leap, "early", "O1"))).code == 0
    night = rostered(works(leap, "early", "O1"), works(leap - timedelta(days=1), "night", "O1"))
    assert "王小明 休息仅 0 小时（需 11）：02-28 夜班 → 02-29 早班" in station("roster", "check", path, night).out


def test_somebody_in_two_units_takes_one_seat_of_two(station: Station, given: Given, rostered: Rostered) -> None:
    both = person("O1", name="王小明", units=frozenset({UNIT, "区建设局"}))
    seats = (Seat(unit=UNIT), Seat(unit="区建设局"))
    one = problem(both, person("O2", units=frozenset({"志愿者"})), demands=(needs(may(4), *seats, heads=2),))
    answer = station("roster", "check", given(one), rostered(works(4, "early", "O1"), works(4, "early", "O2")))
    assert answer.code == 10
    assert "到岗 2 人，需 2 人，缺 " in answer.out


def test_two_people_of_one_name_are_told_apart(station: Station, given: Given, rostered: Rostered) -> None:
    one = problem(person("O1", name="陈伟"), person("O2", name="陈伟"), period=Period(may(4), 7))
    answer = station("roster", "check", given(one), rostered(*(works(4, shift, "O2") for shift in ("early", "middle"))))
    assert "陈伟（O2） 同一天排了两个班" in answer.out


# --- files that are none ---------------------------------------------------------------------------------------------


def test_two_people_of_one_code_are_refused_by_name(station: Station, tmp_path: Path) -> None:
    path = tmp_path / "P.json"
    path.write_text(write_problem(SMALL).replace('"code": "O2"', '"code": "O1"'), "utf-8")
    answer = station("roster", "check", path, path)
    assert (answer.code, answer.err) == (64, "人员编号 O1 出现两次，请删去重复的一个，或改其编号\n")


@pytest.mark.parametrize(
    ("slip", "zh", "en"),
    [
        (('"people"', '"peple"'), "缺少“people”", "“people” is missing"),
        (('"home": "LS"', '"home": "XX"'), "没有查验点 XX", "there is no checkpoint XX"),
        (('"home": "LS"', '"home": "LS", "hat": 1'), "people[0]：不认识的项“hat”", "people[0]: unknown key “hat”"),
        (('"heads": 1', '"heads": "one"'), "demands[0].heads：值不对，应为 0–1000", "expected 0–1000"),
        (('"day": "2026-05-04"', '"day": "2026-02-29"'), "demands[0].day：值不对", "wrong value, expected day"),
        (('"day": "2026-05-04"', '"day": "2026-06-04"'), "2026-06-04 不在排班期内", "2026-06-04 is outside"),
        (('"period"', "period"), "不是 JSON：第 2 行", "Not JSON: line 2"),
    ],
)
def test_what_is_wrong_with_a_problem_is_said_with_its_place(
    station: Station, tmp_path: Path, slip: tuple[str, str], zh: str, en: str
) -> None:
    path, text = tmp_path / "P.json", write_problem(SMALL)
    assert slip[0] in text
    path.write_text(text.replace(*slip, 1), "utf-8")
    for language, words in (("zh", zh), ("en", en)):
        answer = station("roster", "check", path, path, "--language", language)
        assert (answer.code, answer.out) == (64, "")
        assert words in answer.err


@pytest.mark.parametrize(
    ("table", "zh"),
    [
        ("", "班表第 1 行：表头应为 checkpoint,date,shift,duty,person"),
        ("checkpoint,date,shift,duty,person\nLS,2026-05-04,early,lead\n", "第 2 行：列数与表头不符"),
        ("checkpoint,date,shift,duty,person\nLS,2026-02-29,early,lead,O1\n", "第 2 行：日期不对，例如 2026-05-04"),
        ("checkpoint,date,shift,duty,person\nLS,2026-05-04,early,cook,O1\n", "没有这个岗位"),
        ("checkpoint,date,shift,duty,person\nLS,2026-05-04,early,lead,\n", "这一格是空的（person）"),
        ("checkpoint,date,shift,duty,person\n" + "LS,2026-05-04,early,lead,O1\n" * 2, "第 3 行：与前面一行重复"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(
    station: Station, given: Given, tmp_path: Path, table: str, zh: str
) -> None:
    roster = tmp_path / "R.csv"
    roster.write_text(table, "utf-8")
    answer = station("roster", "check", given(SMALL), roster)
    assert (answer.code, answer.out) == (64, "")
    assert zh in answer.err


def test_a_table_from_a_spreadsheet_in_gbk_is_read(station: Station, given: Given, tmp_path: Path) -> None:
    one = replace(SMALL, people=(person("王小明"), *SMALL.people[1:]), demands=())
    roster = tmp_path / "R.csv"
    roster.write_bytes(write_roster([works(4, "early", "王小明")]).encode("gb18030"))
    assert station("roster", "check", given(one), roster).code == 0


def test_names_nobody_knows_are_breaches_not_crashes(station: Station, given: Given, rostered: Rostered) -> None:
    roster = rostered(works(4, "early", "X9"), works(4, "early", "O1", at="XX"), works(4, "dawn", "O1"))
    answer = station("roster", "check", given(SMALL), roster)
    assert answer.code == 10
    assert "名单里没有“X9”（人员）" in answer.out
    repaired = station("roster", "repair", given(SMALL), roster, "--ill", "O1", "--from", "2026-05-04")
    assert repaired.code == 10
    assert "名单里没有“XX”（查验点）" in repaired.err


@pytest.mark.parametrize(
    ("words", "zh"),
    [
        (("repair", "P", "R", "--ill", "O1", "--from", "5月4日"), "日期“5月4日”不对，例如 2026-05-04"),
        (("repair", "P", "R", "--ill", "X9", "--from", "2026-05-04"), "没有编号为 X9 的人员"),
        (("repair", "P", "R", "--ill", "O1", "--from", "2026-05-06", "--to", "2026-05-05"), "请对调"),
        (("repair", "P", "R", "--ill", "O1", "--from", "2026-05-04", "--solve"), "缺少 --out"),
        (("generate", "P", "--out", "R", "--seconds", "0"), "秒数“0”不对"),
        (("generate", "P", "--out", "nowhere/R.csv"), "无法写入 nowhere/R.csv"),
        (("generate", "P"), "缺少 --out"),
        (("export",), "用法不对"),
        (("mend",), "不能是 'mend'"),
    ],
)
def test_wrong_use_is_64_with_a_sentence(
    station: Station, given: Given, rostered: Rostered, words: tuple[str, ...], zh: str
) -> None:
    files = {"P": given(SMALL), "R": rostered(*COVERED)}
    answer = station("roster", *(files.get(word, word) for word in words))
    assert (answer.code, answer.out) == (64, "")
    assert zh in answer.err


# --- repair ----------------------------------------------------------------------------------------------------------


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
    assert "陈志强 2026-05-04 请假" in second


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


# --- publish, show, export -------------------------------------------------------------------------------------------


@pytest.fixture
def led(station: Station, typed: Typed) -> Station:
    """The station, with lead L1 (PIN 4321) and officer O1 (PIN 1234)."""
    for code, role, pin in (("L1", "lead", "4321"), ("O1", "officer", "1234")):
        typed(pin)
        assert station("people", "add", code, "--name", code, "--unit", "区建设局", "--role", role).code == 0
    return station


def test_a_roster_is_published_shown_and_exported(
    led: Station, given: Given, rostered: Rostered, typed: Typed, tmp_path: Path
) -> None:
    path, roster = given(SMALL), rostered(*COVERED)
    typed("4321")
    done = led("roster", "publish", path, roster, "--lead", "L1")
    assert done.code == 0
    assert "2026-05-04 至 2026-05-10 的班表，第 1 版" in done.out
    shown = led("roster", "show").out
    assert "2026-05-04  早班  龙士    查码 王小明" in shown
    narrow = led("roster", "show", "--person", "O2", "--json").json
    assert [one["date"] for one in narrow["assignments"]] == ["2026-05-05", "2026-05-07"]
    out = tmp_path / "again.csv"
    assert led("roster", "export", "--csv", out).code == 0
    assert out.read_bytes() == roster.read_bytes()


def test_calendars_follow_each_version(
    led: Station, given: Given, rostered: Rostered, typed: Typed, tmp_path: Path
) -> None:
    path, folder = given(SMALL), tmp_path / "calendars"
    for name, first in (("R.csv", "O1"), ("R2.csv", "L1")):
        typed("4321")
        roster = rostered(works(4, "early", first), *COVERED[1:], name=name)
        assert led("roster", "publish", path, roster, "--lead", "L1").code == 0
    answer = led("roster", "export", "--ics", folder, "--json")
    assert sorted(Path(file).name for file in answer.json["files"]) == ["L1.ics", "O1.ics", "O2.ics"]
    events = Calendar.from_ical((folder / "O1.ics").read_bytes()).walk("VEVENT")
    told = {(str(event["STATUS"]), int(event.decoded("SEQUENCE"))) for event in events}
    assert told == {("CANCELLED", 1), ("CONFIRMED", 0)}
    assert {str(event["SUMMARY"]) for event in events} == {"早班 · 龙士 · 查码"}
    only = led("roster", "export", "--ics", tmp_path / "one", "--person", "O2")
    assert only.code == 0
    assert [file.name for file in (tmp_path / "one").iterdir()] == ["O2.ics"]


def test_a_hard_breach_is_not_published_without_a_word_and_the_word_shows(
    led: Station, given: Given, rostered: Rostered, typed: Typed
) -> None:
    path, roster = given(SMALL), rostered(*COVERED[1:])
    typed("4321")
    refused = led("roster", "publish", path, roster, "--lead", "L1")
    assert (refused.code, refused.out) == (10, "")
    assert "必须改：龙士 05-04 早班 到岗 0 人，需 1 人" in refused.err
    assert "班表还有 1 处必须改" in refused.err
    assert "还没有发布班表" in led("roster", "show").err
    typed("4321")
    done = led("roster", "publish", path, roster, "--lead", "L1", "--approve-all", "台风，当天停岗")
    assert done.code == 0
    assert "陈志强 同意：龙士 05-04 早班 到岗 0 人，需 1 人。理由：台风，当天停岗" in led("roster", "show").out
    (word,) = led("roster", "show", "--json").json["approvals"]
    assert (word["by"], word["rule"], word["why"]) == ("L1", "coverage", "台风，当天停岗")


@pytest.mark.parametrize(
    ("who", "zh"),
    [
        (("O1", "1234"), "O1 无权进行此项操作"),
        (("L1", "0000"), "编号或 PIN 不对"),
        (("X9", "0000"), "编号或 PIN 不对"),
    ],
)
def test_only_a_lead_with_the_right_pin_publishes(
    led: Station, tmp_path: Path, typed: Typed, who: tuple[str, str], zh: str
) -> None:
    path, roster = tmp_path / "P.json", tmp_path / "R.csv"
    path.write_text(write_problem(SMALL), "utf-8")
    roster.write_text(write_roster(COVERED), "utf-8")
    typed(who[1])
    answer = led("roster", "publish", path, roster, "--lead", who[0])
    assert (answer.code, answer.out) == (64, "")
    assert zh in answer.err


def test_a_version_or_a_roster_that_is_not_there_is_named(
    led: Station, given: Given, rostered: Rostered, typed: Typed, tmp_path: Path
) -> None:
    assert "还没有发布班表" in led("roster", "show").err
    typed("4321")
    assert led("roster", "publish", given(SMALL), rostered(*COVERED), "--lead", "L1").code == 0
    assert "班表没有第 2 版" in led("roster", "show", "--version", "2").err
    assert led("roster", "show", "--version", "1").code == 0
    assert "还没有发布班表" in led("roster", "show", "--start", "2026-06-01").err
    assert "没有编号为 X9 的人员" in led("roster", "export", "--ics", tmp_path / "x", "--person", "X9").err


def test_what_was_made_from_an_older_version_is_not_published_over_the_newest(
    led: Station, given: Given, rostered: Rostered, typed: Typed
) -> None:
    path, roster = given(SMALL), rostered(*COVERED)
    for count in (1, 2):
        typed("4321")
        done = led("roster", "publish", path, roster, "--lead", "L1")
        assert f"第 {count} 版" in done.out
        roster = rostered(works(4, "early", "L1"), *COVERED[1:])
    assert "与第 1 版相比：撤下 1 人次，排上 1 人次" in done.out
    typed("4321")
    late = led("roster", "publish", path, roster, "--lead", "L1", "--base", "1")
    assert (late.code, late.err) == (64, "已发布第 2 版，此稿依据的是第 1 版：请在新版上重做\n")


def test_two_rosters_share_no_day(led: Station, given: Given, rostered: Rostered, typed: Typed) -> None:
    typed("4321")
    assert led("roster", "publish", given(SMALL), rostered(*COVERED), "--lead", "L1").code == 0
    typed("4321")
    later = replace(SMALL, period=Period(may(10), 7), demands=())
    answer = led("roster", "publish", given(later), rostered(), "--lead", "L1")
    assert answer.code == 64
    assert "2026-05-04 至 2026-05-10 已有班表" in answer.err


def test_to_publish_waits_for_no_solver() -> None:
    script = (
        "import sys; from ui.cli import main\n"
        "try: main(['roster', 'show', '--database', '/nowhere/x.db'])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "ortools" not in set(done.stdout.splitlines()[-1].split())
