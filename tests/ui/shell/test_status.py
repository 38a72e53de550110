"""The status line: what is wrong with the station, gravest first, and whose time it is."""

import re
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from station.evidence import ClockState
from station.session import Session, Told
from station.view import Health
from ui.look import Look
from ui.pages import GATE, LOG, SETTINGS
from ui.status import troubles
from ui.window import MainWindow


def test_a_station_that_is_well_has_no_trouble(well: Health, look: Look) -> None:
    assert troubles(well, look) == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"clock": ClockState.UNTRUSTED}, "本机时钟不可信，请校准"),
        ({"database": "database_full"}, "磁盘已满，本车记录尚未保存：请清出空间"),
        ({"unsaved": 2}, "2 条记录还没写入硬盘，恢复后自动补写：请勿关机"),
        ({"disk_left": 120}, "磁盘只剩 120 MB：请删去无关的文件；记录照常保存"),
        ({"disk_left": 15, "reserve_spent": True}, "磁盘已满，正在用预留的空间，只剩 15 MB：请马上清出空间"),
        ({"camera": "camera_missing"}, "未找到摄像头，请插好 USB 线，接好后自动恢复"),
        ({"officer": None}, "还没有人签到，记录上没有查验员：请按 F8 签到"),
        ({"on_duty": ()}, "已换班：请当班人员按 F8 签到"),
        ({"trust_stale": True}, "信任列表已 3 小时未更新：请管理员导入新的信任列表"),
        ({"trust_stale": True, "trust_age": None}, "信任列表没有日期：请管理员导入新的信任列表"),
        ({"voice": "voice_no_device"}, "没有音频设备"),
    ],
)
def test_what_is_wrong_is_a_sentence(well: Health, look: Look, change: dict[str, object], sentence: str) -> None:
    found = troubles(replace(well, **change), look)  # type: ignore[arg-type]  # one field of its own type each
    if change.get("voice"):
        assert len(found) == 1
    else:
        assert found == (sentence,)


def test_the_gravest_comes_first_and_the_others_are_counted(window: MainWindow, well: Health) -> None:
    window.status.show_health(replace(well, camera="camera_missing", unsaved=1, officer=None))
    assert window.status.trouble.text() == ("1 条记录还没写入硬盘，恢复后自动补写：请勿关机 （还有 2 项，见“设置”）")
    marks = {name: mark.well for name, (mark, _) in window.status.marks.items()}
    assert marks == {"camera": False, "database": False, "trust": True, "voice": True, "clock": True}


def test_a_sentence_told_away_from_the_gate_is_shown_above(window: MainWindow) -> None:
    window.open(LOG)
    window.show_told(Told("internal_fault", {}))
    assert window.status.trouble.text() == "系统内部故障，请人工核验"


def test_a_fault_the_gate_says_of_its_vehicle_is_not_said_above_it_too(
    window: MainWindow, qtbot: QtBot, well: Health
) -> None:
    desk, failed = window.sign_in._desk, replace(well, camera="camera_failed")
    desk.do(Session.set_plate, "闽E12345")
    desk.do(Session.fault, "camera_failed")
    qtbot.waitUntil(lambda: window._view is not None and bool(window._view.faults))
    for page, said in ((LOG, True), (GATE, False), (SETTINGS, True)):
        window.open(page)
        window.status.show_health(failed)
        assert ("摄像头故障" in window.status.trouble.text()) is said
    window.open(GATE)
    window.status.show_health(replace(failed, unsaved=1))
    assert window.status.trouble.text() == "1 条记录还没写入硬盘，恢复后自动补写：请勿关机"


def test_the_clock_says_whose_time_it_is(window: MainWindow, look: Look) -> None:
    assert re.fullmatch(r"北京时间 \d\d:\d\d:\d\d", window.status.now.text())
    look.speak("en")
    assert re.fullmatch(r"\d\d:\d\d:\d\d Beijing time", window.status.now.text())
