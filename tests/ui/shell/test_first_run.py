"""The first start: what is asked, what is refused, and what stands on disk at its end."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db import people
from db.engine import open_database
from station import access
from station.access import Role
from station.config import Config, load_config
from station.library import DocumentKind, load_library
from station.sampling_points import SamplingPoint
from ui.first_run.forms import Fields
from ui.first_run.window import FirstRun
from ui.look import Look

PLACE = ("圣地亚哥", "SD", "SD-1")
ADMINISTRATOR = ("9001", "陈志明", "区建设局", "135790", "135790")
LEAD = ("2001", "林晓岚", "区交通局", "246810", "246810")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "station.db"


@pytest.fixture
def asking(qtbot: QtBot, path: Path) -> Iterator[FirstRun]:
    window = FirstRun(Look(), lambda: open_database(path), path.with_name("station.toml"), camera=False)
    qtbot.addWidget(window)
    window.present()
    yield window
    window.close_down()


def fill(form: Fields, values: tuple[str, ...]) -> None:
    for field, value in zip(form.fields.values(), values, strict=True):
        field.setText(value)


def walk_to_the_files(window: FirstRun, lead: tuple[str, ...] = ("",) * 5) -> None:
    window.real.click()
    fill(window.place, PLACE)
    window.next.click()
    fill(window.administrator, ADMINISTRATOR)
    window.next.click()
    fill(window.lead, lead)
    window.next.click()
    window.next.click()
    assert window.stack.currentWidget() is window.files


def test_a_station_is_set_up_and_only_then_written(asking: FirstRun, qtbot: QtBot, path: Path) -> None:
    points = path.with_name("points.csv")
    points.write_text("name,place,hours\n龙文医院,水仙大街,8-18\n", "utf-8")
    walk_to_the_files(asking, LEAD)
    row = asking.files.rows[DocumentKind.SAMPLING_POINTS]
    row.path.setText(str(points))
    row.read()
    qtbot.waitUntil(lambda: row.result.text() == "✓ 可用")
    assert not path.with_name("station.toml").exists()
    with qtbot.waitSignal(asking.founded):
        asking.next.click()
    assert load_config(path.with_name("station.toml")) == Config("SD-1", "SD", "圣地亚哥", "zh")
    with open_database(path) as database:
        assert {(one.code, one.name, one.role) for one in people.everyone(database)} == {
            ("9001", "陈志明", Role.ADMINISTRATOR),
            ("2001", "林晓岚", Role.LEAD),
        }
        assert access.identify(database, "9001", "135790", station="LS-1", now=datetime.now(UTC)).unit == "区建设局"
        assert load_library(database).sampling_points == (SamplingPoint("龙文医院", "水仙大街", "8-18"),)


def test_the_demo_writes_nothing(asking: FirstRun, qtbot: QtBot, path: Path) -> None:
    with qtbot.waitSignal(asking.demo_chosen):
        QTest.keyClick(asking.demo, Qt.Key.Key_Space)
    assert not path.exists()


def put_pin(form: Fields, pin: str, again: str) -> None:
    form.fields["first_pin"].setText(pin)
    form.fields["first_pin_again"].setText(again)


WRONG: dict[str, tuple[Callable[[FirstRun], None], str, str]] = {
    "a blank": (lambda w: w.administrator.fields["first_unit"].clear(), "请填写“单位”", "first_unit"),
    "a short PIN": (lambda w: put_pin(w.administrator, "123", "123"), "请填写“PIN（4–12 位数字）”", "first_pin"),
    "a common PIN": (
        lambda w: put_pin(w.administrator, "9001", "9001"),
        "这个 PIN 太容易猜到：不要用重复或连续的数字、年份、日期、自己的编号",
        "first_pin",
    ),
    "two PINs": (
        lambda w: put_pin(w.administrator, "135790", "135791"),
        "管理员：两次 PIN 不一样，请重输",
        "first_pin_again",
    ),
    "a code twice": (
        lambda w: w.lead.fields["first_code"].setText("9001"),
        "编号 9001 用了两次，每人须各有一个",
        "first_code",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_and_the_field_is_ready_to_be_mended(asking: FirstRun, case: str) -> None:
    spoil, sentence, field = WRONG[case]
    asking.real.click()
    fill(asking.place, PLACE)
    asking.next.click()
    fill(asking.administrator, ADMINISTRATOR)
    spoil(asking)
    asking.next.click()
    assert (asking.error.isVisible(), asking.error.text()) == (True, sentence)
    assert asking.stack.currentWidget() is asking.administrator
    assert asking.focusWidget() is asking.administrator.fields[field]


def test_a_file_that_cannot_be_used_says_why_and_holds_up_the_end(
    asking: FirstRun, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "policy.toml").write_text("rest_minuts = 3\n", "utf-8")
    walk_to_the_files(asking)
    row = asking.files.rows[DocumentKind.POLICY]
    row.path.setText(str(tmp_path / "policy.toml"))
    row.read()
    qtbot.waitUntil(lambda: row.wrong)
    assert row.error.text() == "policy.toml 第 1 行：不认识的项 “rest_minuts”"
    asking.next.click()
    assert asking.error.text() == "请先换掉或清空有问题的文件"
    row.path.clear()
    row.read()
    with qtbot.waitSignal(asking.founded):
        asking.next.click()


def test_a_place_that_cannot_be_written_is_said_and_can_be_tried_again(
    asking: FirstRun, qtbot: QtBot, path: Path
) -> None:
    walk_to_the_files(asking)
    in_the_way = path.with_name("station.toml")
    in_the_way.mkdir()
    asking.next.click()
    qtbot.waitUntil(lambda: "station.toml" in asking.error.text())
    in_the_way.rmdir()
    with qtbot.waitSignal(asking.founded):
        asking.next.click()


def test_it_speaks_english_at_a_touch_and_says_that_no_camera_is_needed(asking: FirstRun) -> None:
    asking.language.click()
    assert asking.title.text() == "First start"
    assert asking._cards[asking.demo][2].text() == "No camera needed: pictures are drawn"


def test_pins_are_never_seen(asking: FirstRun) -> None:
    for form in (asking.administrator, asking.lead, asking.officer):
        put_pin(form, "135790", "135790")
        assert {form.fields[key].displayText() for key in ("first_pin", "first_pin_again")} == {"●" * 6}
