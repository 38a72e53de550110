"""What the driver reads, and what a queue must never read, while a real desk checks a vehicle."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from scanner.credentials import Health, HealthState, Holder, Test, TestResult, jkm1
from station.session import Session
from station.texts import LANGUAGES, Language
from station.verdict import Outcome
from station.view import Stage
from tests.ui.driver.conftest import Lane
from tests.ui.gate.bench import LIN, PIN, POINT, SIGNER, WANG, code
from ui.driver.message import Scene
from ui.driver.words import WORDS
from ui.gate.widgets import FittedLabel
from ui.theme import ThemeName, contrast

SIZES = ((1280, 720), (1920, 1080))
WORN: tuple[tuple[Language, ThemeName], ...] = (
    ("zh", ThemeName.DAY),
    ("en", ThemeName.NIGHT),
    ("zh", ThemeName.CONTRAST),
)


def credential(holder: Holder = WANG, *, state: HealthState | None = None, result: TestResult | None = None) -> str:
    """A signed code of a health state, a test, or both."""
    now = datetime.now(UTC)
    health = Health(state) if state else None
    test = Test(now - timedelta(hours=10), result) if result else None
    return jkm1.issue(SIGNER, holder, health=health, test=test, issued=now - timedelta(minutes=5))


# --- ways a check can go ---------------------------------------------------------------------------------------------


def passed(lane: Lane) -> None:
    lane.bench.passed()


def too_old(lane: Lane) -> None:
    lane.bench.refused()


def reviewed(lane: Lane) -> None:
    lane.bench.reviewed()


def red(lane: Lane) -> None:
    lane.bench.desk.do(Session.scanned, credential(state=HealthState.RED))


def positive(lane: Lane) -> None:
    lane.bench.desk.do(Session.scanned, credential(result=TestResult.POSITIVE))


def hot(lane: Lane) -> None:
    lane.bench.scan(WANG, LIN)
    lane.bench.tell(people=2, temperatures=(36.5, 38.4))
    lane.until(Scene.AGAIN)
    lane.bench.desk.do(Session.finish)


def not_kept(lane: Lane) -> None:
    lane.bench.desk.do(_lose_the_log)
    lane.bench.scan(WANG)
    lane.bench.tell()


def _lose_the_log(session: Session) -> None:
    session.gate.database = None


WAYS = (passed, too_old, reviewed, red, positive, hot, not_kept)


def answered(lane: Lane, way: Callable[[Lane], None]) -> None:
    way(lane)
    lane.bench.verdict()


# --- one thing after another -----------------------------------------------------------------------------------------


def stages(lane: Lane) -> Iterator[Scene]:
    """A common car, step by step, in any order the officer likes; gives what is expected of the screen."""
    do = lane.bench.desk.do
    yield Scene.GREETING
    do(Session.confirm_people, 1)
    yield Scene.HEALTH
    do(Session.scanned, credential(state=HealthState.GREEN))
    yield Scene.TEST
    do(Session.scanned, credential(result=TestResult.NEGATIVE))
    yield Scene.TEMPERATURE
    do(Session.take_temperature, 0, 36.5)
    yield Scene.REGISTER
    do(Session.set_plate, "闽E12345")
    yield Scene.PASS


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_asks_for_one_thing_after_another_in_the_language_in_force(lane: Lane, language: Language) -> None:
    lane.bench.look.speak(language)
    index = LANGUAGES.index(language)
    for scene in stages(lane):
        lane.until(scene)
        headline = WORDS[f"driver_{scene}"][index].format(hours=48)
        assert headline in lane.texts


def test_what_it_asks_for_stands_below_in_the_other_language_too(lane: Lane) -> None:
    lane.bench.desk.do(Session.confirm_people, 1)
    lane.until(Scene.HEALTH)
    assert {"请出示健康码", "Please show your health code"} <= set(lane.texts)


def test_idle_it_greets_and_says_why_how_long_and_whom_to_ask_in_both_languages(lane: Lane) -> None:
    lane.until(Scene.GREETING)
    shown = "\n".join(lane.texts)
    for text in ("您好", "Hello", "5号通告", "保存30天", "kept 30 days", "请询问现场工作人员", "the staff here"):
        assert text in shown


def test_what_was_read_is_ticked_for_each_person(lane: Lane) -> None:
    lane.bench.scan(WANG)
    lane.bench.desk.do(Session.confirm_people, 2)
    lane.bench.desk.do(Session.take_temperature, 0, 36.5)
    lane.bench.until(lambda: lane.window.message.marks == ((True, False),) * 3)
    assert lane.window.message.another
    assert "下一位" in lane.texts


def test_a_full_bus_has_one_tick_for_all(lane: Lane) -> None:
    lane.bench.scan(WANG)
    lane.bench.desk.do(Session.confirm_people, 40)
    lane.bench.until(lambda: lane.window.message.marks == ((False,),) * 3)


def test_an_unread_code_is_answered_with_what_to_do(lane: Lane) -> None:
    lane.bench.desk.do(Session.unreadable)
    lane.bench.until(lambda: "没读出来：请调亮屏幕，再靠近一些" in lane.texts)


def test_who_lacks_a_test_reads_why_and_where_to_go(lane: Lane) -> None:
    answered(lane, too_old)
    assert lane.scene is Scene.RETURN
    shown = "\n".join(lane.texts)
    assert "须有48小时核酸阴性证明" in shown
    assert f"{POINT.name} · {POINT.place} · {POINT.hours}" in shown


def test_a_vehicle_turned_back_by_the_officer_reads_that(lane: Lane) -> None:
    answered(lane, passed)
    lane.bench.desk.do(Session.turn_back, ("1001", PIN), "证明不全")
    lane.until(Scene.RETURN)
    assert "证明不全" not in "\n".join(lane.texts)


def test_then_it_greets_the_next(lane: Lane) -> None:
    answered(lane, passed)
    lane.bench.desk.do(Session.next_vehicle)
    lane.until(Scene.GREETING)


# --- what must never be read -----------------------------------------------------------------------------------------

ILL = ("阳性", "红码", "黄码", "绿码", "发热", "关注", "positive", "red", "yellow", "green", "fever", "watch")
PERSONAL = ("王小明", "王", "小明", "1234", "林", "204X", "闽E", "E12345", "12345", "36.5", "38.4", "°C")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_whole_check_tells_who_it_is_or_how_they_are(
    lane: Lane, way: Callable[[Lane], None], language: Language
) -> None:
    lane.bench.look.speak(language)
    answered(lane, way)
    assert {scene for scene, _, _ in lane.read} - {Scene.GREETING, Scene.STANDBY}
    for scene, said, _ in lane.read:
        shown = "\n".join(said)
        for secret in (*ILL, *PERSONAL):
            assert not re.search(rf"(?<![a-z]){re.escape(secret)}(?![a-z])", shown, re.IGNORECASE), (secret, shown)
        figures = set(re.findall(r"\d+", shown.replace(POINT.hours, "")))
        assert figures <= ({"48", "5", "30"} if scene is Scene.GREETING else {"48"})


@pytest.mark.parametrize("way", [red, positive, hot, not_kept])
def test_whoever_is_ill_or_unlucky_waits_like_everybody_who_is_asked_something(
    lane: Lane, way: Callable[[Lane], None]
) -> None:
    answered(lane, reviewed)
    as_everybody = lane.scene, lane.texts
    lane.bench.desk.do(Session.next_vehicle)
    lane.until(Scene.GREETING)
    way(lane)
    lane.until(Scene.WAIT)
    assert (lane.scene, lane.texts) == as_everybody


@pytest.mark.parametrize("way", WAYS)
def test_nothing_reads_as_a_pass_that_is_not_a_kept_one(lane: Lane, way: Callable[[Lane], None]) -> None:
    answered(lane, way)
    assert any(view.stage is Stage.VERDICT for _, _, view in lane.read)
    for scene, said, view in lane.read:
        if not (view.committed and view.shown is Outcome.PASS):
            assert scene is not Scene.PASS
            assert not {"请通行", "You may go"} & set(said)


def test_a_released_review_may_go(lane: Lane) -> None:
    answered(lane, reviewed)
    lane.bench.desk.do(Session.release, ("1001", PIN), ("2001", PIN), "已当面核对身份证")
    lane.until(Scene.PASS)


def test_a_pass_ends_though_the_desk_should_hang(lane: Lane) -> None:
    answered(lane, passed)
    assert lane.window._ends.isActive()
    lane.window._ends.timeout.emit()
    assert lane.scene is Scene.STANDBY
    lane.bench.look.speak("en")
    assert lane.scene is Scene.STANDBY
    lane.bench.desk.do(Session.next_vehicle)
    lane.until(Scene.GREETING)


# --- trouble ---------------------------------------------------------------------------------------------------------


def test_a_fault_at_the_vehicle_is_one_moment_please(lane: Lane) -> None:
    lane.bench.scan(WANG)
    lane.bench.desk.do(Session.fault, "decoder_failed")
    lane.until(Scene.STANDBY)
    assert "请稍候" in lane.texts


def test_a_log_that_fails_is_one_moment_please(lane: Lane) -> None:
    assert lane.health is not None
    lane.window.show_health(replace(lane.health, database="database_failed"))
    assert lane.scene is Scene.STANDBY


def test_nobody_is_asked_to_show_a_code_to_a_camera_that_is_blind(lane: Lane) -> None:
    assert lane.health is not None
    lane.bench.desk.do(Session.confirm_people, 1)
    lane.until(Scene.HEALTH)
    lane.window.show_health(replace(lane.health, camera="camera_missing"))
    assert lane.scene is Scene.STANDBY


def test_before_the_desk_has_spoken_it_asks_for_a_moment(lane: Lane) -> None:
    fresh = type(lane.window)(lane.bench.look, lane.bench.gate.policy, lane.bench.gate.config)
    lane.bench.qtbot.addWidget(fresh)
    assert fresh.message.scene is Scene.STANDBY


def test_a_demonstration_says_so(lane: Lane) -> None:
    assert lane.health is not None
    assert not lane.window.demo.isVisible()
    lane.window.show_health(replace(lane.health, demo=True))
    assert lane.window.demo.isVisible()
    assert "演示" in lane.window.demo.text()


# --- what the eye meets ----------------------------------------------------------------------------------------------


def place(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())


def check_sight(lane: Lane, size: tuple[int, int]) -> None:
    """Nothing cut off or overlapping; large enough for a car seat; text at 7:1 on what is really behind it."""
    window = lane.window
    lane.bench.qtbot.wait(5)
    assert (window.width(), window.height()) == size
    labels = [one for one in window.findChildren(QLabel) if one.isVisible() and one.text()]
    picture = window.grab().toImage()
    for one in labels:
        assert window.rect().contains(place(one, window)), one.text()
        if isinstance(one, FittedLabel):
            assert one.fits(), one.text()
            share = one.fitting().pixelSize() / size[1]
            assert share >= (0.1 if one is window.stage.headline else 0.026), (one.text(), share)
        ground = picture.pixelColor(place(one, window).topLeft() + QPoint(1, 1))
        ink: QColor = one.palette().color(one.foregroundRole())
        assert contrast(ground.name(), ink.name()) >= 7, (one.text(), ground.name(), ink.name())
    for one, other in combinations(labels, 2):
        assert (place(one, window) & place(other, window)).isEmpty(), (one.text(), other.text())


def sights(lane: Lane) -> Iterator[Scene]:
    """Every scene there is."""
    do = lane.bench.desk.do
    yield from stages(lane)
    for way, scene in ((too_old, Scene.RETURN), (reviewed, Scene.WAIT), (hot, Scene.WAIT)):
        do(Session.next_vehicle)
        lane.until(Scene.GREETING)
        way(lane)
        yield scene
    do(Session.next_vehicle)
    do(Session.confirm_people, 6)
    do(Session.unreadable)
    yield Scene.HEALTH
    do(Session.scanned, code(WANG))
    do(Session.take_temperature, 0, 36.5)
    lane.bench.until(lambda: lane.window.message.another)
    yield Scene.HEALTH
    do(Session.fault, "decoder_failed")
    yield Scene.STANDBY


@pytest.mark.parametrize("size", SIZES)
def test_every_scene_is_whole_and_readable(lane: Lane, size: tuple[int, int]) -> None:
    look, window = lane.bench.look, lane.window
    window.resize(*size)
    seen = set()
    for scene in sights(lane):
        lane.until(scene)
        seen.add(scene)
        for language, theme in WORN:
            look.speak(language)
            look.wear(theme)
            check_sight(lane, size)
    assert seen == set(Scene) - {Scene.AGAIN}


def test_once_more_is_whole_and_readable(lane: Lane) -> None:
    lane.bench.scan(WANG)
    lane.bench.tell(temperatures=(38.4,))
    lane.until(Scene.AGAIN)
    for language in LANGUAGES:
        lane.bench.look.speak(language)
        check_sight(lane, (1280, 720))
