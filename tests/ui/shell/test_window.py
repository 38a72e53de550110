"""The window around the pages, before a real desk and the demo's lane."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.engine import Database
from station.access import Action, Role, may
from station.desk import Desk
from station.evidence import ClockState
from station.gate import Gate
from station.session import Session, Told
from station.texts import LANGUAGES, Language
from station.verdict import Outcome
from station.view import Health, view_of
from tests.screens import sight
from ui import pages
from ui.bridge import Bridge
from ui.demo_officer import demo_desk, traffic
from ui.first_run.founding import NewPerson, add_person
from ui.look import Look
from ui.pages import GATE, LOG, SETTINGS, SIGN_IN, Page
from ui.status import troubles
from ui.theme import VERDICTS, ThemeName
from ui.window import MainWindow

LIN = NewPerson("1001", "林晓岚", "区建设局", Role.OFFICER, "4821")
CHEN = NewPerson("2001", "陈志明", "区交通局", Role.LEAD, "90342")
AUDITOR = NewPerson("3001", "郑国栋", "区纪委", Role.AUDITOR, "111222")
ADMINISTRATOR = NewPerson("4001", "何敏", "区数据办", Role.ADMINISTRATOR, "333444")
SIZES = ((1280, 720), (1920, 1080))


@pytest.fixture
def look() -> Look:
    return Look()


@pytest.fixture
def window(qtbot: QtBot, gate: Gate, look: Look) -> Iterator[MainWindow]:
    """A window whose desk is at work; the lane is empty-handed, since nobody drives the stand-in."""
    bridge = Bridge()
    desk, officer = demo_desk(gate, traffic(), bridge.post)
    officer.auto = False
    window = MainWindow(look, desk, bridge, (Page(GATE, QWidget), Page(LOG, QWidget)), stand_in=officer)
    qtbot.addWidget(window)
    desk.start()
    window.present()
    qtbot.waitUntil(reads(window.status.place, "龙士"))
    yield window
    desk.stop()


@pytest.fixture
def staffed(window: MainWindow, database: Database) -> MainWindow:
    """The same, with people who may sign in."""
    for person in (LIN, CHEN, AUDITOR, ADMINISTRATOR):
        add_person(database, person, station="LS-1", now=datetime.now(UTC))
    return window


def reads(shown: QLabel, text: str) -> Callable[[], bool]:
    return lambda: text in shown.text()


def sign_in(window: MainWindow, code: str, pin: str) -> None:
    window.open(SIGN_IN)
    window.sign_in.code.setText(code)
    window.sign_in.pin.setText(pin)
    window.sign_in.submit()


# --- pages -----------------------------------------------------------------------------------------------------------


def test_it_asks_first_who_is_at_the_desk(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.page == SIGN_IN)
    assert "F8" in window.status.trouble.text()


KEYS = {LOG: Qt.Key.Key_F2, SETTINGS: Qt.Key.Key_F6, SIGN_IN: Qt.Key.Key_F8, GATE: Qt.Key.Key_F1}


def test_each_page_has_a_key_and_a_button(window: MainWindow) -> None:
    for page, key in KEYS.items():
        QTest.keyClick(window, key)
        assert window.page == page
        assert [name for name, button in window.buttons.items() if button.isChecked()] == [page]
    for page, button in window.buttons.items():
        button.click()
        assert window.page == page


def test_a_page_is_built_once_when_it_is_first_opened(qtbot: QtBot, gate: Gate, look: Look) -> None:
    built: list[QWidget] = []

    def build() -> QWidget:
        built.append(QWidget())
        return built[-1]

    bridge = Bridge()
    desk, _ = demo_desk(gate, traffic(), bridge.post)
    window = MainWindow(look, desk, bridge, (Page(GATE, QWidget), Page(LOG, build)))
    qtbot.addWidget(window)
    assert built == []
    for key in (LOG, GATE, LOG):
        window.open(key)
    assert built == [window.stack.currentWidget()]


def test_pages_nobody_opened_are_got_ready_and_not_once_the_window_closes(
    qtbot: QtBot, gate: Gate, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SOON", 0)
    bridge = Bridge()
    desk, _ = demo_desk(gate, traffic(), bridge.post)
    windows = [MainWindow(look, desk, bridge, (Page(GATE, QWidget), Page(LOG, QWidget, "colorsys"))) for _ in range(2)]
    for window in windows:
        qtbot.addWidget(window)
        window.show()
    windows[0].close_down()
    qtbot.waitUntil(lambda: windows[1].pages[LOG].is_built)
    windows[1].close_down()
    assert not windows[0].pages[LOG].is_built
    assert windows[1].page == GATE


# --- a verdict while another page is open ---------------------------------------------------------------------------


def concludes(desk: Desk) -> None:
    """A vehicle whose papers are complete but for its codes: a review."""
    desk.do(Session.set_plate, "闽E12345")
    desk.do(Session.finish)


@pytest.mark.parametrize("page", [LOG, SETTINGS, SIGN_IN])
def test_a_verdict_given_beside_another_page_is_told_there_until_the_desk_re_arms(
    window: MainWindow, qtbot: QtBot, page: str
) -> None:
    desk, line, button = window.sign_in._desk, window.status.verdict, window.gate_button
    window.open(page)
    concludes(desk)
    qtbot.waitUntil(line.isVisible)
    assert line.text().startswith("人工核验 · ")
    assert (button.outcome, button.accessibleName()) == (Outcome.REVIEW, "查验 F1 人工核验")
    assert button.grab().toImage().pixelColor(6, button.height() - 8).name() == VERDICTS[Outcome.REVIEW].ground
    desk.do(Session.next_vehicle)
    qtbot.waitUntil(lambda: not line.isVisible())
    assert (button.outcome, button.text()) == (None, "查验\nF1")


def test_at_the_gate_the_verdict_is_told_by_the_gate_alone(window: MainWindow, qtbot: QtBot) -> None:
    window.open(SETTINGS)
    concludes(window.sign_in._desk)
    qtbot.waitUntil(window.status.verdict.isVisible)
    window.open(GATE)
    assert not window.status.verdict.isVisible()
    assert window.gate_button.outcome is None


def test_beside_another_page_a_pass_is_told_only_once_it_is_kept(window: MainWindow, qtbot: QtBot, look: Look) -> None:
    desk = window.sign_in._desk
    window.open(LOG)
    desk.do(Session.set_plate, "闽E12345")
    desk.do(Session.exempt, "消防出警")
    qtbot.waitUntil(lambda: window.gate_button.outcome is Outcome.PASS)
    look.speak("en")
    assert window.status.verdict.text().startswith("Pass · ")
    assert window.gate_button.accessibleName() == "Gate F1 Pass"
    assert window._view is not None
    window.show_view(replace(window._view, committed=False))
    assert window.gate_button.accessibleName() == "Gate F1 Manual check"
    assert window.status.verdict.text().startswith("Manual check · ")


# --- sign-in ---------------------------------------------------------------------------------------------------------


def test_an_officer_signs_in_with_pad_and_keys_and_is_named(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    qtbot.waitUntil(lambda: window.page == SIGN_IN)
    page = window.sign_in
    page.code.setFocus()
    for digit in LIN.code:
        QTest.mouseClick(page.pad.keys[digit], Qt.MouseButton.LeftButton)
    QTest.keyClick(page.code, Qt.Key.Key_Return)
    for digit in LIN.pin:
        QTest.mouseClick(page.pad.keys[digit], Qt.MouseButton.LeftButton)
    assert (page.code.text(), page.pin.text()) == (LIN.code, LIN.pin)
    assert set(page.pin.displayText()) == {"●"}
    QTest.keyClick(page.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page == GATE)
    qtbot.waitUntil(reads(window.status.people, LIN.name))
    assert page.pin.text() == ""


WRONG = (
    (LIN.code, "0000", "编号或 PIN 不对"),
    ("7777", "0000", "编号或 PIN 不对"),
    ("", "1234", "请输入编号"),
    (LIN.code, "", "请输入 PIN"),
)


def test_what_is_wrong_is_said_beside_the_pad(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    for code, pin, sentence in WRONG:
        sign_in(window, code, pin)
        qtbot.waitUntil(reads(window.sign_in.error, sentence))
        assert window.page == SIGN_IN
        assert window.sign_in.enter.isEnabled()


def test_officers_change_and_the_check_in_hand_stays(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    desk = window.sign_in._desk
    checks: list[tuple[str, int | None]] = []

    def note(session: Session) -> None:
        checks.append((session.check.id, session.check.evidence.people))

    sign_in(window, LIN.code, LIN.pin)
    qtbot.waitUntil(reads(window.status.people, LIN.name))
    desk.do(Session.confirm_people, 3)
    desk.do(note)
    sign_in(window, CHEN.code, CHEN.pin)
    qtbot.waitUntil(reads(window.status.people, f"查验员 {CHEN.name}"))
    desk.do(note)
    qtbot.waitUntil(lambda: len(checks) == 2)
    assert checks[0] == checks[1] == (checks[0][0], 3)
    assert f"当班 {LIN.name}" in window.status.people.text()


def test_who_is_on_duty_is_a_touch_away(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    for person in (LIN, CHEN):
        sign_in(window, person.code, person.pin)
        qtbot.waitUntil(reads(window.status.people, f"查验员 {person.name}"))
        qtbot.waitUntil(lambda: window.page == GATE)  # its answer came, and opens nothing any more
    window.open(SIGN_IN)
    chip = window.sign_in.chips[0]
    qtbot.waitUntil(lambda: (chip.isVisible(), chip.text()) == (True, LIN.name))  # names are read on another thread
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert window.sign_in.code.text() == LIN.code


def test_an_officer_signs_out(staffed: MainWindow, qtbot: QtBot) -> None:
    window = staffed
    sign_in(window, LIN.code, LIN.pin)
    qtbot.waitUntil(reads(window.status.people, LIN.name))
    window.open(SIGN_IN)
    window.sign_in.leave.click()
    qtbot.waitUntil(lambda: window.status.people.text() == "未签到")


# --- who may be where --------------------------------------------------------------------------------------------


def enabled(window: MainWindow) -> set[str]:
    return {key for key, button in window.buttons.items() if button.isEnabled()}


EVERY_PAGE = {GATE, LOG, SETTINGS, SIGN_IN}


@pytest.mark.parametrize("person", [LIN, CHEN, AUDITOR, ADMINISTRATOR], ids=lambda one: one.role)
def test_who_checks_no_vehicles_has_no_gate(staffed: MainWindow, qtbot: QtBot, person: NewPerson) -> None:
    window, checks = staffed, may(person.role, Action.CHECK)
    qtbot.waitUntil(lambda: window.page == SIGN_IN)
    sign_in(window, person.code, person.pin)
    qtbot.waitUntil(reads(window.status.people, person.name))
    qtbot.waitUntil(lambda: window.page == (GATE if checks else LOG))
    assert enabled(window) == (EVERY_PAGE if checks else EVERY_PAGE - {GATE})
    assert window.settings.camera.isEnabled() == may(person.role, Action.CONFIGURE)
    window.buttons[GATE].click()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert (window.page == GATE) == checks
    window.open(SIGN_IN)
    window.sign_in.leave.click()
    qtbot.waitUntil(reads(window.status.people, "未签到"))
    qtbot.waitUntil(lambda: enabled(window) == EVERY_PAGE)


# --- idle ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def locked(staffed: MainWindow, qtbot: QtBot) -> MainWindow:
    """An officer's window that nobody touched for long, with three people counted in the vehicle in hand."""
    window = staffed
    qtbot.waitUntil(lambda: window.page == SIGN_IN)
    sign_in(window, LIN.code, LIN.pin)
    qtbot.waitUntil(reads(window.status.people, LIN.name))
    window.sign_in._desk.do(Session.confirm_people, 3)
    window.open(LOG)
    window.idle.idle.emit()
    qtbot.waitUntil(lambda: enabled(window) == {SIGN_IN})
    return window


def people_counted(window: MainWindow, qtbot: QtBot) -> int | None:
    counted: list[int | None] = []
    window.sign_in._desk.do(lambda session: counted.append(session.check.evidence.people))
    qtbot.waitUntil(lambda: bool(counted))
    return counted[0]


def test_an_idle_window_shows_nothing_but_how_to_unlock_it(locked: MainWindow, qtbot: QtBot) -> None:
    page = locked.sign_in
    assert locked.page == SIGN_IN
    assert (page.title.text(), page.code.text(), page.enter.text()) == ("查验台已锁定", LIN.code, "解锁")
    assert not page.back.isVisible()
    assert not page.leave.isVisible()
    QTest.mouseClick(page.pad.keys["7"], Qt.MouseButton.LeftButton)
    assert page.pin.text() == "7", "the PIN is all that is wanted"
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F6):
        QTest.keyClick(locked, key)
    locked.open(LOG)
    locked.open_first()
    assert locked.page == SIGN_IN
    locked.sign_in._desk.do(Session.confirm_people, 1)
    assert people_counted(locked, qtbot) == 3, "nothing is entered meanwhile"


def test_the_same_person_unlocks_it_and_goes_on_where_they_were(locked: MainWindow, qtbot: QtBot) -> None:
    locked.sign_in.pin.setText("0000")
    locked.sign_in.submit()
    qtbot.waitUntil(reads(locked.sign_in.error, "编号或 PIN 不对"))
    assert locked.page == SIGN_IN
    locked.sign_in.pin.setText(LIN.pin)
    locked.sign_in.submit()
    qtbot.waitUntil(lambda: locked.page == LOG)
    assert enabled(locked) == EVERY_PAGE
    assert people_counted(locked, qtbot) == 3
    assert locked.sign_in.title.text() == "签到 · 换人"


def test_another_officer_unlocks_it_and_has_the_desk_and_the_vehicle(locked: MainWindow, qtbot: QtBot) -> None:
    sign_in(locked, CHEN.code, CHEN.pin)
    qtbot.waitUntil(reads(locked.status.people, f"查验员 {CHEN.name}"))
    qtbot.waitUntil(lambda: locked.page == GATE)
    assert people_counted(locked, qtbot) == 3


def test_a_window_where_nobody_signed_in_is_not_locked(window: MainWindow, qtbot: QtBot) -> None:
    window.idle.idle.emit()
    assert people_counted(window, qtbot) is None
    assert enabled(window) == EVERY_PAGE


def test_a_touch_a_key_and_a_check_that_goes_on_begin_the_time_anew(qtbot: QtBot, gate: Gate, look: Look) -> None:
    bridge = Bridge()
    desk, _ = demo_desk(gate, traffic(), bridge.post)
    window = MainWindow(look, desk, bridge, (Page(GATE, QWidget), Page(LOG, QWidget)), idle_minutes=10)
    qtbot.addWidget(window)
    window.present()
    waits = window.idle._waits
    assert waits.interval() == 600_000

    def begun_anew(act: Callable[[], None]) -> bool:
        waits.stop()
        act()
        return waits.isActive()

    handle = window.windowHandle()
    assert begun_anew(lambda: QTest.keyClick(handle, Qt.Key.Key_Shift))
    assert begun_anew(lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton))
    assert begun_anew(lambda: bridge.view_changed.emit(view_of(gate.begin(), datetime.now(UTC))))
    assert not begun_anew(lambda: QTest.mouseMove(handle))


# --- the status line -------------------------------------------------------------------------------------------------


@pytest.fixture
def well(gate: Gate) -> Health:
    return Health(
        station="LS-1",
        checkpoint="龙士",
        shift=gate.plan.at(datetime(2026, 11, 23, 4, tzinfo=UTC)),
        on_duty=("1001",),
        officer="1001",
        clock=ClockState.TRUSTED,
        camera="camera_live",
        database=None,
        unsaved=0,
        trust_age=timedelta(hours=3),
        trust_stale=False,
        voice="ready",
        demo=False,
    )


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


# --- the demo's stripe -----------------------------------------------------------------------------------------------


def test_a_demonstration_says_so_across_the_top(window: MainWindow, well: Health) -> None:
    assert window.stripe.isVisible()
    assert window.stripe.width() == window.width()
    assert window.stripe.name.text() == "演示"
    window.stripe.show_health(well)
    assert not window.stripe.isVisible()


def test_a_person_may_play_the_officer_and_is_told_what_the_driver_says(window: MainWindow, qtbot: QtBot) -> None:
    stand_in = window.stripe._stand_in
    assert stand_in is not None
    qtbot.waitUntil(lambda: stand_in.vehicle is not None)
    window.stripe.retranslate()
    assert window.stripe.button.text() == "自动演示"
    assert "车牌" in window.stripe.text.text()
    window.stripe.button.click()
    assert stand_in.auto
    assert window.stripe.button.text() == "我来试"


# --- settings --------------------------------------------------------------------------------------------------------


def test_language_and_theme_change_at_once(window: MainWindow, look: Look) -> None:
    window.open(SETTINGS)
    window.settings.languages["en"].click()
    assert window.buttons[GATE].text() == "Gate\nF1"
    window.settings.themes[ThemeName.NIGHT].click()
    assert look.theme.ground in window.styleSheet()


def test_it_is_quit_by_pressing_twice(window: MainWindow, qtbot: QtBot) -> None:
    window.open(SETTINGS)
    window.settings.quit.click()
    assert window.settings.quit.text() == "确定退出？再按一次"
    with qtbot.waitSignal(window.leave):
        window.settings.quit.click()


# --- what the eye and the hand meet ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_stripe_leaves_room_for_what_is_below(
    window: MainWindow, look: Look, qtbot: QtBot, size: tuple[int, int], language: Language
) -> None:
    look.speak(language)
    window.resize(*size)
    for page in (SIGN_IN, SETTINGS):
        window.open(page)
        qtbot.waitUntil(lambda: not sight.clipped(window) + sight.outside(window) + sight.overlapping(window))
        assert (window.width(), window.height()) == size


def test_text_grows_with_the_window_up_to_4k(window: MainWindow) -> None:
    heights = []
    for size in ((1280, 720), (1920, 1080), (3840, 2160)):
        window.resize(*size)
        heights.append(window.buttons[GATE].fontMetrics().height())
    assert heights == sorted(set(heights))
