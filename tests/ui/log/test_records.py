"""Kept rows in words: pure functions, no window and no database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from db.records import DecisionRecord, PassageRecord
from scanner.credentials import Health, HealthState, Test, TestResult
from station import kept
from station.check import Check
from station.evidence import Medium
from station.passages import to_json
from station.texts import LANGUAGES, Language
from tests.db.samples import a_decision, a_passage
from tests.station import builders as b
from tests.ui.log.conftest import NOW, a_refusal, a_review, passage_of, plain_passage
from ui.log import records
from ui.log.detail import Block, Passage, blocks
from ui.log.words import WORDS

NAMES = {"A01": "陈静", "L01": "周志明"}


def told(record: PassageRecord, *decisions: DecisionRecord, language: Language = "zh", whole: bool = False) -> str:
    found: tuple[Block, ...] = blocks(Passage(record, decisions, NAMES), language, whole=whole)
    return "\n".join(line for block in found for line in (block.title, *(one.text for one in block.lines)))


def full_check() -> Check:
    """Two people with everything an evidence can hold."""
    check = b.complete_check(plate="闽E12345")
    check.confirm_people(2)
    check.enter_id(0, b.WANG_ID)
    test = Test(NOW - 60 * b.HOUR, TestResult.NEGATIVE, laboratory="龙岩市第一医院")
    check.enter_by_hand(1, b.LIN, Medium.PAPER, health=Health(HealthState.YELLOW), test=test)
    check.take_temperature(1, 37.6, NOW)
    check.offer_unreadable()
    check.note_fault("camera_failed")
    return check


# --- the list --------------------------------------------------------------------------------------------------------


def test_a_row_says_verdict_plate_people_officer_shift_reason_and_state() -> None:
    row = records.row_of(a_review(plate="闽E54321"), (), NAMES)
    assert (row.plate, row.people, row.officer, row.state) == ("闽E·5***1", 1, "陈静", records.OPEN)
    assert records.verdict_words(row, "zh") == "人工核验"
    assert records.reason_words(row, "en") == "No test certificate was shown"
    assert records.shift_words(row.shift_date, row.shift, "zh") == "11-20 早班"


def test_a_row_holds_no_whole_plate_and_no_name() -> None:
    kept = repr(records.row_of(plain_passage(plate="闽EABCDE"), (), NAMES))
    assert "闽EABCDE" not in kept
    assert "王小明" not in kept


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), "待处置"),
        (("correction", "note"), "待处置"),
        (("release",), "已放行"),
        (("sent_to_test",), "已引导采样"),
        (("called", "turn_back"), "已劝返"),
        (("turn_back", "correction"), "已劝返"),
    ],
)
def test_the_last_settling_decision_is_the_state(kinds: tuple[str, ...], state: str) -> None:
    review = a_review()
    found = records.state_of(review, [a_decision(review, kind=kind) for kind in kinds])
    assert records.state_words(found, "zh") == state


def test_a_pass_or_refusal_without_decision_waits_for_none() -> None:
    assert records.state_of(plain_passage(), ()) == records.state_of(a_refusal(), ()) == records.NOTHING


def test_a_corrected_plate_is_the_one_shown() -> None:
    record = plain_passage(plate="闽E12345")
    correction = a_decision(
        record, kind="correction", details=to_json({"plate": {"was": "闽E12345", "is": "闽E54321"}})
    )
    assert records.row_of(record, (correction,), NAMES).plate == "闽E·5***1"
    assert "闽E·5***1（当时登记 闽E·1***5）" in told(record, correction)


def test_exempt_and_abandoned_say_so() -> None:
    check = b.check()
    check.set_plate("闽E12345")
    check.exempt("急救")
    assert records.verdict_words(records.row_of(passage_of(check), (), {}), "zh") == "免检"
    row = records.row_of(a_passage(kind="abandoned", verdict="review"), (), {})
    assert records.verdict_words(row, "zh") == "中止"


def test_an_irregular_plate_is_masked_in_its_reason_too() -> None:
    record = plain_passage(plate="UNUSUAL99")
    row = records.row_of(record, (), {})
    assert "UNUSUAL99" not in records.reason_words(row, "zh") + told(record)
    assert "UNUSUAL99" in told(record, whole=True)


# --- the detail ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_an_evidence_holds_is_told_in_words(language: Language) -> None:
    text = told(passage_of(full_check()), language=language)
    wanted = {
        "zh": (
            *("核酸：阴性，采样 11-20 02:00:00", "JKM1 码，签发 CN-FJ，密钥 0000000000000000"),
            *("体温 37.6 °C（12:00:00）", "人工录入（纸质）", "健康码：黄码", "采样 11-18 00:00:00，龙岩市第一医院"),
            *(
                "未通过的码：出示的码无法识读",
                "摄像头故障",
                "车上 2 人",
                "查验政策 default-1",
                "信任列表 60 分钟前签发",
            ),
            *("时钟可信", "在岗 陈静、周志明", "第 2 人：", "王** ***1236", "林** ***204X"),
        ),
        "en": (
            *("Test: negative, sampled 11-20 02:00:00", "JKM1 code by CN-FJ, key 0000000000000000"),
            *("Temperature 37.6 °C (12:00:00)", "Entered by hand (paper)", "Health code: yellow", "Person 2: "),
            *("A code that failed: The code shown cannot be read", "The camera failed", "2 in the vehicle"),
            *("Policy default-1", "Trust list 60 min old", "Clock trusted", "On duty 陈静, 周志明"),
        ),
    }[language]
    assert [sentence for sentence in wanted if sentence not in text] == []


def test_masked_shows_no_name_number_or_plate_and_whole_shows_them() -> None:
    record = passage_of(full_check())
    secrets = ("王小明", "林晓岚", b.WANG_ID, "闽E·12345", "闽E12345")
    assert [secret for secret in secrets if secret in told(record)] == []
    shown = told(record, whole=True)
    assert [secret for secret in secrets[:4] if secret not in shown] == []
    assert "证件尾号 204X" in shown


def test_the_history_tells_who_decided_with_whom_and_why() -> None:
    review = a_review()
    line = "11-20 12:05:00 放行，陈静，带班 周志明：纸质证明已核对"
    decision = a_decision(review, at=NOW + timedelta(minutes=5), reason="纸质证明已核对")
    assert line in told(review, decision)


def damaged() -> list[str]:
    whole: dict[str, Any] = kept.parse(passage_of(full_check()).evidence)
    first = whole["occupants"][0]
    return [
        *("", "null", "[]", "{}", "7", "not JSON", '{"occupants": 3}', '{"occupants": [null, 1, "x", {}]}'),
        to_json({**whole, "occupants": [{**first, "codes": [{}]}]}),
        to_json({**whole, "occupants": [{**first, "codes": [{"credential": {"holder": [], "tests": [None]}}]}]}),
        to_json({**whole, "occupants": [{**first, "readings": [{"celsius": "nan", "at": "later"}]}]}),
        to_json({**whole, "plate": "闽E", "faults": [None], "failed": [{"params": 3}], "vehicle_watch": [{}]}),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kept", damaged())
def test_evidence_of_another_shape_is_told_as_far_as_it_can_be(kept: str, language: Language) -> None:
    record = replace(a_passage(), evidence=kept, reasons=kept)
    assert "2026-05-01" in told(record, language=language)
    assert "2026-05-01" in told(record, language=language, whole=True)
    records.row_of(record, (), {})


@pytest.mark.parametrize(("language", "said"), [("zh", "个人信息已按期限清除"), ("en", "Personal data erased")])
def test_an_erased_passage_says_so_and_keeps_its_verdict(language: Language, said: str) -> None:
    record = replace(plain_passage(), plate=None, reasons="[]", evidence="{}", personal="erased")
    row = records.row_of(record, (), {})
    assert (row.plate, row.outcome.word) == (None, "pass")
    told = [line.text for block in blocks(Passage(record, (), {}), language) for line in block.lines]
    assert any(said in line for line in told)


def test_every_word_has_both_languages_and_the_same_figures() -> None:
    figures = [{part.partition("}")[0] for part in text.split("{")[1:]} for pair in WORDS.values() for text in pair]
    assert figures[::2] == figures[1::2]
    assert [key for key, pair in WORDS.items() if not all(pair)] == []
