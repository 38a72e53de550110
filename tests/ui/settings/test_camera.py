"""The cameras there are, which one is in use, and another one by a touch."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from scanner.camera import CameraInfo, list_cameras
from station.desk import Desk
from station.session import Session
from tests.ui.settings.conftest import C270, C920, Bench, until
from ui.bridge import Bridge
from ui.look import Look
from ui.settings.camera import MOST, CameraCard

Show = Callable[..., CameraCard]


@pytest.fixture
def show(qtbot: QtBot, look: Look, desk: Desk, bridge: Bridge, bench: Bench) -> Show:
    """The card on the screen; what it chooses is looked through."""

    def shown(wanted: CameraInfo | None = None) -> CameraCard:
        card = CameraCard(look, desk, lambda: list_cameras(bench.root), wanted)
        qtbot.addWidget(card)
        card.chosen.connect(lambda camera: desk.look_through(bench.open(camera)))
        bridge.health_changed.connect(card.show_health)
        card.resize(500, 500)
        card.show()
        return card

    return shown


def offered(card: CameraCard) -> list[QPushButton]:
    return [button for button in card.buttons if button.isVisible()]


def marked(card: CameraCard) -> list[str]:
    return [button.text() for button in offered(card) if button.isChecked()]


def test_each_camera_is_offered_and_the_one_in_use_is_marked(show: Show, qtbot: QtBot) -> None:
    card = show()
    assert [button.text() for button in offered(card)] == [
        "HD Pro Webcam C920\n/dev/video0",
        "Webcam C270\n/dev/video2",
    ]
    until(qtbot, lambda: marked(card) == ["HD Pro Webcam C920\n/dev/video0"])
    until(qtbot, lambda: card.preview.live)
    until(qtbot, lambda: card.state.text() == "摄像头正常")


@pytest.mark.parametrize("by_key", [False, True])
def test_another_is_looked_through_by_a_touch(
    show: Show, qtbot: QtBot, desk: Desk, bench: Bench, *, by_key: bool
) -> None:
    card = show()
    until(qtbot, lambda: desk.camera_in_use == C920)
    with qtbot.waitSignal(card.chosen) as chosen:
        if by_key:
            QTest.keyClick(card.buttons[1], Qt.Key.Key_Space)
        else:
            QTest.mouseClick(card.buttons[1], Qt.MouseButton.LeftButton)
    assert chosen.args == [C270]
    assert marked(card) == ["Webcam C270\n/dev/video2"]
    until(qtbot, lambda: desk.camera_in_use == C270 and bench.devices[C270].taken > 0)
    until(qtbot, lambda: bench.devices[C920].released == bench.devices[C920].opened)
    assert marked(card) == ["Webcam C270\n/dev/video2"]


def test_another_camera_keeps_the_check_in_hand(show: Show, qtbot: QtBot, desk: Desk) -> None:
    held: list[int | None] = []
    card = show()
    desk.do(Session.confirm_people, 3)
    card.buttons[1].click()
    until(qtbot, lambda: desk.camera_in_use == C270)
    desk.do(lambda session: held.append(session.check.evidence.people))
    until(qtbot, lambda: held == [3])


def test_what_is_plugged_in_meanwhile_is_offered(show: Show, qtbot: QtBot, bench: Bench) -> None:
    card = show()
    bench.plug(CameraInfo("/dev/video4", "龙士摄像头"))
    until(qtbot, lambda: len(offered(card)) == 3)
    assert offered(card)[2].accessibleName() == "龙士摄像头 /dev/video4"


def test_one_that_was_pulled_out_is_called_by_its_name(show: Show, qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    card = show()
    until(qtbot, lambda: desk.camera_in_use == C920)
    bench.unplug(C920)
    until(qtbot, lambda: "“HD Pro Webcam C920”没有接上" in card.state.text())
    assert marked(card) == []
    bench.plug(C920)
    until(qtbot, lambda: marked(card) == ["HD Pro Webcam C920\n/dev/video0"])


def test_the_last_one_pulled_out_says_what_to_do(show: Show, qtbot: QtBot, bench: Bench) -> None:
    card = show()
    for camera in (C270, C920):
        bench.unplug(camera)
    until(qtbot, lambda: card.state.text() == "未找到摄像头，请插好 USB 线，接好后自动恢复")
    assert offered(card) == []


def test_two_alike_are_told_apart_by_where_they_are(show: Show, qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    twin = CameraInfo("/dev/video4", C920.name)
    bench.plug(twin)
    card = show()
    until(qtbot, lambda: desk.camera_in_use == C920)
    card.buttons[2].click()
    until(qtbot, lambda: desk.camera_in_use == twin)
    card.look_again()
    assert marked(card) == [f"{twin.name}\n/dev/video4"]


@pytest.mark.parametrize("chosen", [CameraInfo("/dev/video6", C920.name), CameraInfo(C920.path, "Brio")])
def test_one_that_has_another_number_now_or_was_exchanged_is_marked_where_it_is(
    show: Show, qtbot: QtBot, desk: Desk, chosen: CameraInfo
) -> None:
    card = show(chosen)
    until(qtbot, lambda: desk.camera_in_use == C920)
    until(qtbot, lambda: marked(card) == ["HD Pro Webcam C920\n/dev/video0"])
    until(qtbot, lambda: card.state.text() == "摄像头正常")


def test_where_the_pictures_are_not_a_cameras_none_is_offered(
    qtbot: QtBot, look: Look, desk: Desk, bridge: Bridge
) -> None:
    card = CameraCard(look, desk)
    qtbot.addWidget(card)
    card.show()
    assert offered(card) == []
    assert "不是摄像头的" in card.state.text()


def test_more_cameras_than_a_desk_has_do_not_push_the_picture_away(show: Show, qtbot: QtBot, bench: Bench) -> None:
    card = show()
    for number in range(4, 20, 2):
        bench.plug(CameraInfo(f"/dev/video{number}", "A camera whose maker had a great deal to say"))
    until(qtbot, lambda: len(offered(card)) == MOST)
    card.resize(480, 500)
    until(qtbot, lambda: offered(card)[5].text().startswith("A camera"))
    assert (card.width(), card.height()) == (480, 500)
    assert card.preview.height() >= 160
