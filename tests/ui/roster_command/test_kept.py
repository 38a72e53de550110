"""`station roster publish`, `show` and `export`: from a file to the calendar on a phone."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from shifts.model import THREE_SHIFTS, Period, Shift, ShiftPlan
from shifts.problem_file import write_problem
from shifts.roster_csv import write_roster
from tests.shifts.rosters import LS, SD, may, works
from tests.ui.conftest import Station, Typed
from tests.ui.roster_command.samples import COVERED, ROOT, SMALL, Given, Rostered


def test_a_roster_is_published_shown_and_exported(
    led: Station, given: Given, rostered: Rostered, typed: Typed, tmp_path: Path
) -> None:
    path, roster = given(SMALL), rostered(*COVERED)
    typed("9034")
    done = led("roster", "publish", path, roster, "--as", "L1")
    assert done.code == 0
    assert "2026-05-04 至 2026-05-10 的班表，第 1 版" in done.out
    shown = led("roster", "show").out
    assert "2026-05-04  早班  龙士    查码 王小明" in shown
    narrow = led("roster", "show", "--person", "O2", "--json").json
    assert [one["date"] for one in narrow["assignments"]] == ["2026-05-05", "2026-05-07"]
    out = tmp_path / "again.csv"
    assert led("roster", "export", "--csv", out).code == 0
    assert out.read_bytes() == roster.read_bytes()


def test_the_help_says_that_calendars_are_of_every_roster(station: Station) -> None:
    answer = station("roster", "export", "--help")
    assert answer.code == 0
    assert "not with --ics" in " ".join(answer.out.split())


def test_calendars_follow_each_version(
    led: Station, given: Given, rostered: Rostered, typed: Typed, tmp_path: Path
) -> None:
    path, folder = given(SMALL), tmp_path / "calendars"
    for name, first, base in (("R.csv", "O1", ()), ("R2.csv", "L1", ("--base", "1"))):
        typed("9034")
        roster = rostered(works(4, "early", first), *COVERED[1:], name=name)
        assert led("roster", "publish", path, roster, "--as", "L1", *base).code == 0
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
    typed("9034")
    refused = led("roster", "publish", path, roster, "--as", "L1")
    assert (refused.code, refused.out) == (10, "")
    assert "必须改：龙士 05-04 早班 08:00–16:00 到岗 0 人，需 1 人；可补 陈志强（查码）" in refused.err
    assert "班表还有 1 处必须改" in refused.err
    assert "还没有发布班表" in led("roster", "show").err
    typed("9034")
    done = led("roster", "publish", path, roster, "--as", "L1", "--approve-all", "台风，当天停岗")
    assert done.code == 0
    assert (
        "陈志强 同意：龙士 05-04 早班 08:00–16:00 到岗 0 人，需 1 人。理由：台风，当天停岗" in led("roster", "show").out
    )
    (word,) = led("roster", "show", "--json").json["approvals"]
    assert (word["by"], word["rule"], word["why"]) == ("L1", "coverage", "台风，当天停岗")


@pytest.mark.parametrize(
    ("who", "zh"),
    [
        (("O1", "4821"), "O1 无权进行此项操作"),
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
    answer = led("roster", "publish", path, roster, "--as", who[0])
    assert (answer.code, answer.out) == (77, "")
    assert zh in answer.err


def test_a_version_or_a_roster_that_is_not_there_is_named(
    led: Station, given: Given, rostered: Rostered, typed: Typed, tmp_path: Path
) -> None:
    assert "还没有发布班表" in led("roster", "show").err
    typed("9034")
    assert led("roster", "publish", given(SMALL), rostered(*COVERED), "--as", "L1").code == 0
    assert "班表没有第 2 版" in led("roster", "show", "--version", "2").err
    assert led("roster", "show", "--version", "1").code == 0
    assert "还没有发布班表" in led("roster", "show", "--start", "2026-06-01").err
    for words, zh in ((("--person", "X9"), "没有编号为 X9 的人员"), (("--checkpoint", "XX"), "没有查验点 XX")):
        nobody = led("roster", "show", *words)
        assert (nobody.code, nobody.out) == (64, "")
        assert zh in nobody.err
    assert "没有编号为 X9 的人员" in led("roster", "export", "--ics", tmp_path / "x", "--person", "X9").err


def test_what_was_made_from_an_older_version_is_not_published_over_the_newest(
    led: Station, given: Given, rostered: Rostered, typed: Typed
) -> None:
    path, roster = given(SMALL), rostered(*COVERED)
    for count, base in ((1, ()), (2, ("--base", "1"))):
        typed("9034")
        done = led("roster", "publish", path, roster, "--as", "L1", *base)
        assert f"第 {count} 版" in done.out
        roster = rostered(works(4, "early", "L1"), *COVERED[1:])
    assert "与第 1 版相比：撤下 1 人次，排上 1 人次" in done.out
    typed("9034")
    late = led("roster", "publish", path, roster, "--as", "L1", "--base", "1")
    assert (late.code, late.err) == (64, "已发布第 2 版，此稿依据的是第 1 版：请在新版上重做\n")


def test_shifts_at_other_hours_are_told_when_a_version_is_published(
    led: Station, given: Given, rostered: Rostered, typed: Typed
) -> None:
    roster = rostered(*COVERED)
    typed("9034")
    assert led("roster", "publish", given(SMALL), roster, "--as", "L1").code == 0
    hour = timedelta(hours=1)
    sooner = ShiftPlan(tuple(Shift(one.code, one.start - hour, one.length) for one in THREE_SHIFTS.shifts))
    typed("9034")
    moved = replace(SMALL, plans={LS: sooner, SD: THREE_SHIFTS})
    said = led("roster", "publish", given(moved), roster, "--as", "L1", "--base", "1").out.splitlines()
    assert said[1:] == [
        "与第 1 版相比：撤下 0 人次，排上 0 人次",
        "龙士 早班的时间：08:00–16:00 改为 07:00–15:00",
        "龙士 中班的时间：16:00–24:00 改为 15:00–23:00",
        "龙士 夜班的时间：次日 00:00–08:00 改为 23:00–次日 07:00",
    ]


def test_a_file_that_does_not_say_which_version_it_is_made_from_is_not_published_over_one(
    led: Station, given: Given, rostered: Rostered, typed: Typed
) -> None:
    path = given(SMALL)
    typed("9034")
    assert led("roster", "publish", path, rostered(*COVERED), "--as", "L1").code == 0
    answer = led("roster", "publish", path, rostered(works(4, "early", "L1"), *COVERED[1:]), "--as", "L1")
    assert answer.code == 64
    assert "已有第 1 版" in answer.err
    assert f"撤下 0、排上 {len(COVERED)} 人次" in answer.err
    assert "--base 1" in answer.err


def test_the_same_roster_again_makes_no_version_and_says_so(
    led: Station, given: Given, rostered: Rostered, typed: Typed
) -> None:
    path, roster = given(SMALL), rostered(*COVERED)
    for _ in range(2):
        typed("9034")
        answer = led("roster", "publish", path, roster, "--as", "L1")
        assert answer.code == 0
    assert answer.out == "与已发布的第 1 版一样，没有可发布的改动\n"
    assert "第 1 版" in led("roster", "show").out


def test_publishing_over_shifts_already_worked_is_told(
    led: Station, given: Given, rostered: Rostered, typed: Typed
) -> None:
    """All of it lies in May 2026, and a clock that is before that is not this machine's."""
    typed("9034")
    done = led("roster", "publish", given(SMALL), rostered(*COVERED), "--as", "L1", "--json")
    typed("9034")
    later = rostered(works(4, "early", "L1"), *COVERED[1:])
    again = led("roster", "publish", given(SMALL), later, "--as", "L1", "--base", "1")
    assert done.json["begun"] == len(COVERED)
    assert "注意：其中 2 人次的班已经开始或上完" in again.out


def test_two_rosters_share_no_day(led: Station, given: Given, rostered: Rostered, typed: Typed) -> None:
    typed("9034")
    assert led("roster", "publish", given(SMALL), rostered(*COVERED), "--as", "L1").code == 0
    typed("9034")
    later = replace(SMALL, period=Period(may(10), 7), demands=())
    answer = led("roster", "publish", given(later), rostered(), "--as", "L1")
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


def test_who_published_is_named_as_they_sign_in_not_as_a_file_calls_them(
    led: Station, given: Given, rostered: Rostered, typed: Typed
) -> None:
    others = tuple(replace(one, name="另一人") if one.code == "L1" else one for one in SMALL.people)
    typed("9034")
    path, roster = given(replace(SMALL, people=others)), rostered(*COVERED[1:])
    done = led("roster", "publish", path, roster, "--as", "L1", "--approve-all", "台风")
    shown = led("roster", "show")
    for said in (done.out, shown.out):
        assert "由 陈志强 发布" in said
    assert "陈志强 同意：" in shown.out
    assert "另一人" not in shown.out
