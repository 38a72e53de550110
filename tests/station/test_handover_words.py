"""A sheet in words: tables in both languages, reasons without figures, times by the checkpoint's clock."""

from datetime import UTC, datetime

import pytest

from shifts.handover import Confirmation, Handover, Mention, Sheet, Supply, Visit
from shifts.model import THREE_SHIFTS, DatedShift
from station import handover_words as words
from station import texts_handover as said
from station.handover import Listed, Standing
from station.texts import LANGUAGES, Language
from station.verdict import Code
from tests.shifts.rosters import may

NINE = datetime(2026, 5, 4, 1, tzinfo=UTC)
EARLY = DatedShift(may(4), "early")
FULL = Sheet(
    verdicts=(("pass", 12), ("review", 1), ("refuse", 2)),
    open_reviews=(Mention("1", NINE, None, "plate_missing"),),
    refused=(Mention("2", NINE, "闽E·1***5", "test_too_old", "村主任"), Mention("3", NINE, None, "turn_back")),
    faults=(("camera_failed", 2), ("database_full", 1)),
    trust_age_hours=5.5,
    supplies=(Supply("口罩", 40, "不足"),),
    visits=(Visit(NINE, "区督查组", "未公示", "已张贴"),),
    notes="一\n二",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", [Sheet(), FULL])
def test_every_row_has_a_cell_for_each_heading(sheet: Sheet, language: Language) -> None:
    for build in words.TABLES:
        table = build(sheet, language)
        assert table.title
        assert table.rows
        wanted = len(table.head) or 1
        assert {len(row) for row in table.rows} | {len(table.widths)} == {wanted}


@pytest.mark.parametrize("code", list(Code))
def test_every_reason_has_a_word_of_its_own_without_figures(code: Code) -> None:
    for language in LANGUAGES:
        word = said.why(code, language)
        assert word
        assert "…" not in word
        assert "{" not in word


def test_a_reason_of_a_code_that_failed_says_its_sentence() -> None:
    assert said.why("code_damaged", "zh") not in {"", "code_damaged"}


def test_a_devices_fault_is_named_without_what_to_do() -> None:
    assert [row[0] for row in words.faults(FULL, "zh").rows] == ["摄像头故障", "磁盘已满"]
    assert [row[0] for row in words.faults(FULL, "en").rows] == ["camera failed", "The disk is full"]


def test_a_mention_says_when_which_plate_why_and_who_was_called() -> None:
    table = words.refused(FULL, "zh")
    assert table.title == "劝返车辆：2"
    assert table.rows == (("09:00", "闽E·1***5", "核酸超时", "村主任"), ("09:00", "未登记", "查验员劝返", ""))


@pytest.mark.parametrize(
    ("shift", "zh"),
    [
        ("early", "2026-05-04 早班 08:00–16:00"),
        ("middle", "2026-05-04 中班 16:00–24:00"),
        ("night", "2026-05-04 夜班 次日 00:00–08:00"),
    ],
)
def test_a_shift_says_its_day_and_hours_by_the_clock(shift: str, zh: str) -> None:
    assert words.span(THREE_SHIFTS, DatedShift(may(4), shift), "zh") == zh


@pytest.mark.parametrize(
    ("standing", "given", "zh"),
    [
        (Standing.RUNNING, False, "正在值班"),
        (Standing.NOW, True, "已交，待接"),
        (Standing.LATE, False, "已逾期"),
        (Standing.MISSING, True, "缺交接 · 已交，待接"),
        (Standing.COMPLETE, True, "已交接"),
    ],
)
def test_how_a_handover_stands_is_said_in_a_word(standing: Standing, given: bool, zh: str) -> None:
    assert words.standing(Listed(EARLY, standing, given), "zh") == zh


def test_both_sides_are_named_and_who_did_not_confirm() -> None:
    handover = Handover("LS", EARLY, Sheet(), Confirmation("L1", NINE))
    assert words.confirmations(handover, {"L1": "周志明"}, "zh") == (
        ("交班组长", "周志明（L1） 05-04 09:00"),
        ("接班组长", "未确认"),
    )
    assert words.confirmation(handover.given, {}, "en") == "L1 05-04 09:00"


def test_what_a_lead_wrote_can_be_copied_in_lines() -> None:
    assert words.own_lines(FULL) == "口罩 · 40 · 不足\n09:00 · 区督查组 · 未公示 · 已张贴\n一\n二"
