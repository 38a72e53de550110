"""Every control of the gate page by real clicks, with a real desk behind it."""

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from db import passages
from station.check import Item, Missing
from station.evidence import NoPlate
from station.session import Session
from station.verdict import Outcome
from station.view import CellState, Stage, View
from tests.ui.gate.bench import CHEN, LIN, PIN, WANG, Bench
from tests.ui.gate.hands import ground_of
from ui.gate.by_hand import ByHandPanel
from ui.gate.checklist import Checklist
from ui.gate.choices import AbandonPanel, PersonPanel, ReasonPanel
from ui.gate.pads import PeoplePad, TemperaturePad, celsius
from ui.gate.panel import Tool
from ui.gate.parked import ParkedPanel
from ui.gate.plate_pad import PlatePad


def click(bench: Bench, *buttons: QWidget) -> None:
    for button in buttons:
        assert button.isVisible(), button.accessibleName()
        assert button.isEnabled(), button.accessibleName()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def checklist(bench: Bench) -> Checklist:
    panel = bench.page.checking.panels[Tool.CHECKLIST]
    assert isinstance(panel, Checklist)
    return panel


def sign(bench: Bench, *entries: str) -> None:
    decide = bench.page.verdict.decide
    for entry in entries:
        click(bench, *(decide.keys[character] for character in entry), decide.ok)


def words_on(widget: QWidget) -> Iterable[str]:
    """Every text the page holds, shown or not."""
    for one in (widget, *widget.findChildren(QWidget)):
        yield one.accessibleName()
        for name in ("text", "title", "word"):
            found = getattr(one, name, "")
            yield str(found() if callable(found) and name == "text" else found)


def test_the_common_car_by_touch_alone(bench: Bench) -> None:
    bench.scan(WANG)
    click(bench, checklist(bench).counts[0])
    pad = bench.page.checking.panel
    assert isinstance(pad, TemperaturePad)
    click(bench, *(pad.pad.keys[digit] for digit in "365"), pad.ok)
    plate = bench.page.checking.panel
    assert isinstance(plate, PlatePad)
    click(bench, *(plate.keys[character] for character in "12345"), plate.ok)
    assert bench.verdict().shown is Outcome.PASS
    click(bench, bench.page.verdict.next)
    bench.until(lambda: bench.view.stage is Stage.CHECKING)


@pytest.mark.parametrize(
    ("typed", "meant"), [("365", 36.5), ("36.5", 36.5), ("36", 36.0), ("36.", 36.0), ("3", None), ("", None)]
)
def test_a_temperature_takes_three_digits_or_a_point(typed: str, meant: float | None) -> None:
    assert celsius(typed) == meant


@pytest.mark.parametrize("typed", ["36.53", "3653", "365.", "36..", "."])
def test_a_temperature_has_one_decimal_by_keyboard_and_by_touch(bench: Bench, typed: str) -> None:
    checking = bench.page.checking
    checking.open(Tool.TEMPERATURE)
    pad = checking.panel
    assert isinstance(pad, TemperaturePad)
    keys: tuple[Callable[[str], object], ...] = (pad.typed, lambda character: pad.pad.keys[character].click())
    for press in keys:
        for character in typed[:-1]:
            press(character)
        before = pad.celsius
        assert not checking.notice_box.isVisible()
        press(typed[-1])
        assert (pad.celsius, "一位小数" in checking.notice.text()) == (before, True)
        for _ in typed:
            pad.erase()
        assert not checking.notice_box.isVisible()


def test_temperatures_go_round_those_who_lack_one(bench: Bench) -> None:
    bench.tell(people=3, temperatures=())
    bench.until(lambda: bench.view.people == 3)
    bench.page.checking.open(Tool.TEMPERATURE, 0)
    pad = bench.page.checking.panel
    assert isinstance(pad, TemperaturePad)
    click(bench, pad.onwards, pad.backwards)
    for expected in range(3):
        assert pad.occupant == expected
        click(bench, *(pad.pad.keys[digit] for digit in "364"), pad.ok)
        bench.until(lambda at=expected: bench.view.occupants[at].celsius == 36.4)  # type: ignore[misc]
    assert bench.page.checking.tool is Tool.CHECKLIST


def test_illegal_keys_of_a_plate_are_disabled_as_one_types(bench: Bench) -> None:
    bench.page.checking.open(Tool.PLATE)
    pad = bench.page.checking.panel
    assert isinstance(pad, PlatePad)
    assert pad.text == "闽E"
    assert not pad.keys["警"].isEnabled()
    click(bench, *(pad.keys[character] for character in "1234"))
    assert pad.keys["警"].isEnabled()
    assert not pad.ok.isEnabled()
    assert ground_of(pad.ok) == bench.look.theme.ground
    click(bench, pad.keys["5"])
    assert pad.ok.isEnabled()
    assert ground_of(pad.ok) == bench.look.theme.accent
    assert {text for text, key in pad.keys.items() if key.isEnabled()} == set("ABCDEFGHJK")
    assert not pad.keys["1"].isEnabled()
    click(bench, pad.province, pad.provinces["粤"])
    assert pad.text == "粤E12345"
    click(bench, pad.keys["D"], pad.ok)
    bench.until(lambda: str(bench.view.plate) == "粤E·12345D")


def test_the_own_province_comes_first_and_all_thirty_one_are_there(bench: Bench) -> None:
    bench.page.checking.open(Tool.PLATE)
    pad = bench.page.checking.panel
    assert isinstance(pad, PlatePad)
    click(bench, pad.delete, pad.delete)
    assert next(iter(pad.provinces)) == "闽"
    assert sum(key.isVisible() for key in pad.provinces.values()) == 31


def test_another_plate_is_taken_as_typed_and_no_plate_with_its_reason(bench: Bench) -> None:
    bench.page.checking.open(Tool.PLATE)
    pad = bench.page.checking.panel
    assert isinstance(pad, PlatePad)
    click(bench, pad.free, pad.keys["7"], pad.ok)
    bench.until(lambda: str(bench.view.plate) == "闽E7")
    bench.page.checking.open(Tool.PLATE)
    click(bench, pad.none)
    reasons = bench.page.checking.panel
    assert isinstance(reasons, ReasonPanel)
    click(bench, reasons.reasons["no_plate_lost"])
    bench.until(lambda: bench.view.plate == NoPlate("号牌遗失"))


def test_more_than_six_people(bench: Bench) -> None:
    bench.page.checking.open(Tool.PEOPLE)
    pad = bench.page.checking.panel
    assert isinstance(pad, PeoplePad)
    click(bench, pad.more, pad.keys[1])
    bench.until(lambda: bench.view.people == 8)
    bench.page.checking.open(Tool.CHECKLIST)
    click(bench, checklist(bench).following)
    assert checklist(bench).lines[0].index > 0


def test_a_paper_certificate_by_hand(bench: Bench) -> None:
    click(bench, checklist(bench).lines[0].health)
    person = bench.page.checking.panel
    assert isinstance(person, PersonPanel)
    click(bench, person.by_hand)
    panel = bench.page.checking.panel
    assert isinstance(panel, ByHandPanel)
    click(bench, panel.following)
    assert "姓名" in panel.problem.text()
    panel.name.setText("林晓岚")
    click(bench, panel.following)
    click(bench, *(panel.pad.keys[digit] for digit in "3506"), panel.pad.keys["2"], panel.following)
    assert "18" in panel.problem.text()
    click(bench, panel.pad.delete, panel.following)
    click(bench, *(button for state, button in panel.states.items() if state == "green"))
    click(bench, *(button for result, button in panel.results.items() if result == "negative"))
    click(bench, panel.days["yesterday"], panel.hours[20])
    bench.until(lambda: bench.view.occupants[0].test is not CellState.WAITING)
    assert bench.view.occupants[0].name == "林晓岚"
    assert bench.view.missing[0] == Missing(Item.TEMPERATURE, 0)


def test_a_wrong_id_number_is_told_by_its_check_character(bench: Bench) -> None:
    bench.page.checking.open(Tool.BY_HAND)
    panel = bench.page.checking.panel
    assert isinstance(panel, ByHandPanel)
    panel.name.setText("王小明")
    click(bench, panel.following)
    for character in "350625199003071237":
        panel.typed(character)
    click(bench, panel.following)
    assert "校验位" in panel.problem.text()


def test_a_child_and_a_missing_test(bench: Bench) -> None:
    bench.tell(people=2, temperatures=())
    bench.until(lambda: bench.view.people == 2)
    click(bench, checklist(bench).lines[1].who)
    person = bench.page.checking.panel
    assert isinstance(person, PersonPanel)
    click(bench, person.child)
    bench.until(lambda: bench.view.occupants[1].child)
    click(bench, checklist(bench).lines[1].who, person.child)
    bench.until(lambda: not bench.view.occupants[1].child)
    click(bench, checklist(bench).lines[1].who, person.no_test)
    view = bench.verdict()
    assert view.shown is Outcome.REFUSE
    assert "角美卫生院" in bench.page.verdict.action.text()


def test_neither_the_driver_nor_who_has_shown_a_code_is_offered_as_a_child(bench: Bench) -> None:
    bench.scan(WANG, LIN)
    bench.desk.do(Session.confirm_people, 3)
    bench.until(lambda: bench.view.people == 3)
    person = bench.page.checking.panels[Tool.PERSON]
    assert isinstance(person, PersonPanel)
    for occupant, offered in enumerate((False, False, True)):
        bench.page.checking.open(Tool.PERSON, occupant)
        assert person.child.isEnabled() is offered


def test_an_exempt_vehicle_needs_plate_and_reason_only(bench: Bench) -> None:
    click(bench, bench.page.checking.exempt)
    panel = bench.page.checking.panel
    assert isinstance(panel, ReasonPanel)
    click(bench, panel.reasons["exempt_fire"])
    bench.until(lambda: bench.view.exempt)
    bench.tell(temperatures=())
    assert bench.verdict().shown is Outcome.PASS


def test_an_unreadable_code_says_what_to_do(bench: Bench) -> None:
    click(bench, bench.page.checking.unreadable)
    bench.until(lambda: bool(bench.view.failed))
    assert bench.page.checking.notice_box.isVisible()
    assert "调亮" in bench.page.checking.notice.text()


def test_a_parked_vehicle_is_resumed_and_its_rest_counted(bench: Bench) -> None:
    bench.scan(WANG)
    bench.tell(temperatures=(38.0,))
    bench.until(lambda: bench.view.asked_again and not bench.view.missing)
    assert "复测" in bench.page.checking.ask.text()
    click(bench, bench.page.checking.park)
    bench.until(lambda: bool(bench.view.parked))
    click(bench, bench.page.checking.parked)
    panel = bench.page.checking.panel
    assert isinstance(panel, ParkedPanel)
    assert "闽E·1***5" in panel.lines[0].label.text()
    assert "4:5" in panel.lines[0].label.text()
    click(bench, panel.lines[0].resume)
    bench.until(lambda: bench.view.occupants[0].name == WANG.name)


def test_finish_ends_with_what_is_there(bench: Bench) -> None:
    assert not bench.page.checking.finish.isEnabled()
    bench.scan(WANG)
    click(bench, bench.page.checking.finish)
    assert bench.verdict().shown is Outcome.REVIEW


def test_abandon_asks_only_when_something_was_read(bench: Bench) -> None:
    click(bench, bench.page.checking.abandon)
    assert not isinstance(bench.page.checking.panel, AbandonPanel)
    bench.scan(WANG)
    before = bench.view.check
    click(bench, bench.page.checking.abandon)
    panel = bench.page.checking.panel
    assert isinstance(panel, AbandonPanel)
    click(bench, panel.yes)
    bench.until(lambda: bench.view.check != before)
    assert [row.kind for row in passages.page(bench.database)] == ["abandoned"]


def test_a_review_is_released_by_two_who_sign(bench: Bench) -> None:
    bench.reviewed()
    verdict = bench.page.verdict
    click(bench, verdict.release, verdict.decide.reasons["release_id_checked"])
    bench.until(lambda: verdict.decide.values.get("lead_code") == "2001")  # the only lead there is
    sign(bench, "1001", PIN, "111111")
    bench.until(lambda: bool(bench.told))
    assert "PIN" in verdict.decide.problem.text()
    assert verdict.decide.values.get("lead_pin") is None
    sign(bench, PIN)
    sign(bench, PIN)
    bench.until(lambda: bench.view.released)
    assert bench.view.shown is Outcome.PASS
    assert verdict.word.text() == "放行"
    assert not verdict.decide.values


def test_a_pass_is_turned_back_after_all(bench: Bench) -> None:
    bench.passed()
    verdict = bench.page.verdict
    click(bench, verdict.turn_back, verdict.decide.reasons["turn_back_ill"])
    sign(bench, "1001", PIN)
    bench.until(lambda: bench.view.turned_back)
    assert verdict.word.text() == "劝返"


@pytest.mark.parametrize("arrive", [Bench.passed, Bench.refused, Bench.reviewed])
def test_any_vehicle_is_checked_again_as_after_a_wrong_count(bench: Bench, arrive: Callable[[Bench], View]) -> None:
    before = arrive(bench).check
    click(bench, bench.page.verdict.recheck)
    bench.until(lambda: bench.view.stage is Stage.CHECKING)
    assert bench.view.check != before


def test_a_pass_that_was_turned_back_is_not_checked_again(bench: Bench) -> None:
    bench.passed()
    bench.desk.do(Session.turn_back, ("1001", PIN), "上级要求")
    bench.until(lambda: bench.view.turned_back)
    assert not bench.page.verdict.recheck.isVisible()


def test_nothing_of_a_vehicle_is_left_after_it(bench: Bench) -> None:
    bench.scan(LIN, CHEN)
    bench.page.checking.open(Tool.BY_HAND, 0)
    bench.page.checking.open(Tool.TEMPERATURE, 1)
    bench.page.checking.open(Tool.PERSON, 1)
    bench.tell(people=2, temperatures=(36.5, 38.8))
    bench.page.checking.open(Tool.CHECKLIST)
    click(bench, bench.page.checking.finish)
    bench.verdict()
    click(bench, bench.page.verdict.next)
    bench.until(lambda: bench.view.stage is Stage.CHECKING)
    bench.qtbot.wait(20)
    held = "\n".join(words_on(bench.page))
    for secret in (*"林陈", "晓岚", "志强", "204X", "5678", "12345", "1***5", "38.8"):
        assert secret not in held, secret
