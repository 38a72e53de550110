"""Signing for a decision: what the lead sees, what is kept while they type, and that it is signed once."""

from db import passages
from station.session import Session
from station.verdict import Outcome
from station.view import Stage
from tests.ui.gate.bench import LIN, PIN, Bench, code
from tests.ui.gate.hands import burst, ground_of, idle, seen, signing
from ui.theme import VERDICTS


def decisions(bench: Bench) -> list[tuple[str, str]]:
    """What was decided about the newest passage: kind and reason."""
    row = passages.page(bench.database)[0]
    return [(one.kind, one.reason or "") for one in passages.decisions_of(bench.database, row.station, row.id)]


def test_both_pages_say_for_whom_one_signs_and_why(bench: Bench) -> None:
    bench.reviewed()
    bench.page.verdict.turn_back.click()
    decide = bench.page.verdict.decide
    for wanted in ("闽E·1***5", "1 人", "王**", "黄码"):
        assert wanted in decide.about.text()
    decide.reasons["turn_back_ill"].click()
    assert decide.about.isVisible()
    assert "黄码" in decide.about.text()
    bench.look.speak("en")
    assert "yellow" in decide.about.text()


def test_a_pin_that_comes_in_a_burst_is_typed(bench: Bench) -> None:
    decide = signing(bench, "1001", "")
    seen(bench)
    burst(bench, PIN)
    assert decide.values["officer_pin"] == PIN
    decide._move_to("lead_pin")
    burst(bench, "1234567890")
    assert decide.values["lead_pin"] == "1234567890"
    assert bench.view.stage is Stage.VERDICT


def test_a_scan_while_somebody_signs_is_not_taken_and_said_so(bench: Bench) -> None:
    decide = signing(bench, "1001", PIN)
    check = bench.view.check
    seen(bench)
    burst(bench, code(LIN))
    assert "未采用" in decide.problem.text()
    assert decide.values["officer_pin"] == PIN
    assert bench.page.verdict.deciding
    assert bench.view.check == check


def test_a_decoder_that_fails_takes_nothing_from_who_signs(bench: Bench) -> None:
    decide = signing(bench, "1001", PIN, "24")
    bench.desk.do(Session.fault, "decoder_failed")
    bench.until(lambda: bool(bench.told))
    assert "识读程序" in decide.problem.text()
    assert decide.values["officer_pin"] == PIN
    assert decide.values["lead_pin"] == "24"
    assert decide._field == "lead_pin"


def test_a_wrong_pin_takes_the_pins_and_another_language_takes_nothing(bench: Bench) -> None:
    decide = signing(bench, "1001", PIN, "0000")
    decide.confirm()
    assert ground_of(decide.problem_box) == bench.look.theme.ground
    bench.until(lambda: bool(bench.told))
    assert "PIN" in decide.problem.text()
    assert ground_of(decide.problem_box) == VERDICTS[Outcome.REFUSE].ground
    assert "officer_pin" not in decide.values
    decide.typed("2")
    bench.look.speak("en")
    assert decide.values["officer_pin"] == "2"
    assert decide.problem.text() == ""
    assert ground_of(decide.problem_box) == bench.look.theme.ground


def test_a_second_ok_signs_nothing_twice(bench: Bench) -> None:
    decide = signing(bench, "1001", PIN, PIN)
    decide.confirm()
    decide.confirm()
    decide.typed("1")
    bench.until(lambda: bench.view.released)
    idle(bench)
    assert decisions(bench) == [("release", "已当面核对身份证")]
    assert not bench.told


def test_turning_away_drops_the_pins_and_keeps_the_rest(bench: Bench) -> None:
    decide = signing(bench, "1001", PIN, PIN)
    bench.page.hide()
    bench.page.show()
    assert decide.values == {"officer_code": "1001", "lead_code": "2001"}
    assert decide.isVisible()
    assert "已当面核对身份证" in decide.title.text()


def test_the_reason_is_said_and_kept_in_the_language_in_force(bench: Bench) -> None:
    decide = signing(bench, "1001", PIN, PIN)
    bench.look.speak("en")
    assert "ID card checked" in decide.title.text()
    decide.confirm()
    bench.until(lambda: bench.view.released)
    assert decisions(bench) == [("release", "ID card checked")]
