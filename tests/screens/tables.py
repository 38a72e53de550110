"""Spreadsheets on their way to the stage's board: a list with faults, last month's roster, and the form they fill."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from shifts.model import Duty
from station.texts_roster import DUTIES
from tests.screens.rosters import PROBLEM, on_board
from tests.screens.stage import Stage
from tests.station.tables import csv_of, xlsx_of
from ui.roster.intake import HISTORY, PEOPLE, Intake

HEADING = ("姓名", "工号", "单位", "岗位", "查验点", "请假", "不上夜班", "备注")
ROWS = tuple(
    (
        one.name,
        one.code,
        "、".join(sorted(one.units)),
        "、".join(DUTIES[duty][0] for duty in Duty if duty in one.duties),
        "龙士",
        "、".join(f"{day.month}月{day.day}日" for day in sorted(one.leave)),
        "是" if one.no_night else "",
        "",
    )
    for one in PROBLEM.people
)


def empty_board(stage: Stage) -> Intake:
    """The lead's board, as if there were no roster yet."""
    on_board(stage)
    stage.roster.show_roster(None)
    return stage.roster.exchange.intake


def _begin(stage: Stage) -> None:
    stage.roster.exchange.begin_anew()
    stage.until(stage.roster.exchange.intake.form.isVisible)


def form(stage: Stage) -> Intake:
    """The form, with people from a list."""
    intake = empty_board(stage)
    _begin(stage)
    with _file("人员名单.xlsx", xlsx_of(HEADING, *ROWS)) as path:
        intake.read(PEOPLE, path)
        stage.until(intake.preview.take.isEnabled)
    intake.preview.take.click()
    return intake


def faulty_list(stage: Stage) -> None:
    """A list of people in which four things are wrong."""
    intake = empty_board(stage)
    _begin(stage)
    wrong = list(map(list, ROWS))
    wrong[2][1], wrong[4][3], wrong[6][5], wrong[9][1] = "", "带班组涨", "5月32日", wrong[8][1]
    with _file("人员名单.csv", csv_of(HEADING, *wrong, encoding="gbk")) as path:
        intake.read(PEOPLE, path)
        stage.until(lambda: intake.preview.faults.rows)


def last_month(stage: Stage) -> None:
    """The roster of the days before, in which somebody stands who has left."""
    intake = form(stage)
    start = intake.form.period.start
    days = [start - timedelta(days=number) for number in range(14, 0, -1)]
    shifts = ("早", "早", "中", "中", "夜", "夜", "休", "休")
    names = [*(one.name for one in PROBLEM.people), "刘已调走"]
    rows = [
        (name, *(shifts[(number + number_of) % 8] for number_of in range(len(days))))
        for number, name in enumerate(names)
    ]
    with _file("上月排班.xlsx", xlsx_of(("姓名", *(day.isoformat() for day in days)), *rows)) as path:
        intake.read(HISTORY, path)
        stage.until(lambda: intake.preview.faults.rows)


@contextmanager
def _file(name: str, content: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path
