"""What a hand did not mean: a second tap, a key held down, keys that came in a burst."""

import pytest
from PySide6.QtCore import QPoint

from station.session import Session
from station.view import Stage
from tests.ui.gate.bench import WANG, Bench
from tests.ui.gate.hands import burst, idle, key, seen, touch
from ui.gate.keys import ENTER
from ui.gate.panel import Tool
from ui.gate.plate_pad import PlatePad
from ui.gate.widgets import UNMEANT


def test_the_second_tap_on_a_pads_ok_falls_on_nothing(bench: Bench) -> None:
    bench.scan(WANG)
    bench.tell(people=2, temperatures=(36.5, 36.5))
    bench.until(lambda: bench.view.people == 2 and bench.view.occupants[1].celsius == 36.5)
    before, checking = bench.view.check, bench.page.checking
    checking.open(Tool.PLATE)
    pad = checking.panel
    assert isinstance(pad, PlatePad)
    bench.until(lambda: pad.ok.mapTo(bench.page, QPoint(0, pad.ok.height())).y() > bench.page.height() - 20)
    place = pad.ok.mapTo(bench.window, QPoint(pad.ok.width() // 2, pad.ok.height() - 12))
    checking.bar._wakes.setInterval(60_000)  # however slow the machine is
    touch(bench, place)
    assert str(checking.tool) == Tool.CHECKLIST
    bench.until(lambda: checking.finish.geometry().contains(checking.bar.mapFrom(bench.window, place)))
    touch(bench, place)
    bench.desk.do(Session.confirm_people, 3)  # a step after a verdict would begin another check
    bench.until(lambda: bench.view.people == 3)
    assert bench.view.check == before
    checking.bar._wakes.start(UNMEANT)
    bench.until(lambda: checking.bar.awake)
    touch(bench, place)
    bench.until(lambda: bench.view.stage is Stage.VERDICT)


@pytest.mark.parametrize("mashed", ["asdfgh", "asdfghjkl"])
def test_a_hand_that_falls_on_the_keys_wipes_no_verdict(bench: Bench, mashed: str) -> None:
    check = bench.refused().check
    bench.page._unseen.start(60_000)  # however slow the machine is
    burst(bench, mashed)
    idle(bench)
    assert bench.view.check == check
    assert bench.view.stage is Stage.VERDICT


@pytest.mark.parametrize("held", [ENTER, "\x1b"])
def test_a_key_held_down_wipes_no_verdict(bench: Bench, held: str) -> None:
    bench.refused()
    seen(bench)
    key(bench, held, repeat=True)
    idle(bench)
    assert bench.view.stage is Stage.VERDICT
    key(bench, held)
    bench.until(lambda: bench.view.stage is Stage.CHECKING)


def test_keys_of_a_hand_that_come_late_together_are_told_by_their_own_times(bench: Bench) -> None:
    for number, character in enumerate("d12345678"):
        key(bench, character, at=5_000 + 120 * number)
    bench.until(lambda: not bench.page._keys.holds)
    pad = bench.page.checking.panel
    assert isinstance(pad, PlatePad)
    assert pad.text == "闽ED12345"
