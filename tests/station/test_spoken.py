import json
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from scanner.plates import PROVINCES
from scanner.trust import TrustList
from station import spoken
from station.check import Check
from station.clock import GivenClock
from station.gate import Concluded, Gate
from station.spoken import spoken_plate, spoken_verdict
from station.texts import LANGUAGES, Language
from station.verdict import Code, Outcome
from tests.station.builders import (
    CONFIG,
    HOUR,
    NEGATIVE,
    NOW,
    WANG,
    certificate,
    check,
    complete_check,
    health_code,
    policy,
)

ROOT = Path(__file__).parents[2]
PHRASES = [pair for table in (spoken.OUTCOMES, spoken.REASONS) for pair in table.values()]
FIGURES = {"window": 48.0, "minutes": 5.0, "plate": "闽 E 1 2 3 4 5", "reason": "请看屏幕"}


def concluded(of: Check, *, committed: bool) -> Concluded:
    gate = Gate(CONFIG, policy(), TrustList((), issued=NOW), GivenClock(NOW))
    return replace(gate.conclude(of), committed=committed)


def too_old() -> Check:
    one = check()
    one.confirm_people(1)
    one.set_plate("闽E12345")
    one.take_temperature(0, 36.5, NOW)
    one.offer_code(health_code(), NOW)
    one.offer_code(certificate(WANG, replace(NEGATIVE, sampled=NOW - 60 * HOUR)), NOW)
    return one


def in_review() -> Check:
    one = complete_check()
    one.note_fault("decoder_failed")
    return one


# --- plates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plate", "language", "said"),
    [
        ("闽E12345", "zh", "闽 E 1 2 3 4 5"),
        ("闽E·12345", "zh", "闽 E 1 2 3 4 5"),
        ("闽ED12345", "zh", "闽 E D 1 2 3 4 5"),
        ("闽E1234警", "zh", "闽 E 1 2 3 4 警"),
        ("闽E12345", "en", "Fujian E 1 2 3 4 5"),
        ("京A0001警", "en", "Beijing A 0 0 0 1 police"),
        ("X" * 100, "zh", " ".join("X" * 12)),
    ],
)
def test_a_plate_is_said_cell_by_cell(plate: str, language: Language, said: str) -> None:
    assert spoken_plate(plate, language) == said


# --- verdicts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "said"), [("zh", "闽 E 1 2 3 4 5，放行"), ("en", "Fujian E 1 2 3 4 5, pass")])
def test_a_pass_in_the_log_is_said_with_its_plate(language: Language, said: str) -> None:
    assert spoken_verdict(concluded(complete_check(), committed=True), language) == said


@pytest.mark.parametrize("released", [False, True])
def test_a_pass_that_is_not_in_the_log_is_a_manual_check(released: bool) -> None:
    end = concluded(complete_check(), committed=False)
    assert end.verdict.outcome is Outcome.PASS
    assert spoken_verdict(end, "zh", released=released) == "请人工核验，记录没有保存"
    assert spoken_verdict(end, "en", released=released) == "Manual check. Not recorded"


def test_a_refusal_says_why() -> None:
    end = concluded(too_old(), committed=True)
    assert spoken_verdict(end, "zh") == "请劝返，核酸超过 48 小时"
    assert spoken_verdict(end, "en") == "Turn back. Test older than 48 hours"


def test_a_review_says_why() -> None:
    assert spoken_verdict(concluded(in_review(), committed=True)) == "请人工核验，系统故障"


def test_a_released_review_passes() -> None:
    assert spoken_verdict(concluded(in_review(), committed=True), released=True) == "闽 E 1 2 3 4 5，放行"


@pytest.mark.parametrize("committed", [False, True])
def test_nothing_else_passes_however_it_is_asked(committed: bool) -> None:
    refused = concluded(too_old(), committed=committed)
    assert "放行" not in spoken_verdict(refused, released=True)
    unwritten = concluded(in_review(), committed=False)
    assert "放行" not in spoken_verdict(unwritten, released=True)


def test_a_reason_without_a_phrase_is_left_to_the_screen() -> None:
    end = concluded(in_review(), committed=True)
    watched = replace(
        end.verdict.deciding, code=Code.WATCHLISTED, outcome=Outcome.REFUSE, params={"reason": "居家隔离"}
    )
    told = replace(end, verdict=replace(end.verdict, outcome=Outcome.REFUSE, reasons=(watched,)))
    assert spoken_verdict(told) == "请劝返，请看屏幕"


def test_every_phrase_is_short_and_in_both_languages() -> None:
    for zh, en in PHRASES:
        assert 0 < len(zh.format_map(FIGURES)) <= 25
        assert 0 < len(en.format_map(FIGURES)) <= 60


# --- what the engine makes of them -----------------------------------------------------------------------------------


@cache
def phonemes(language: Language, *texts: str) -> list[str]:
    """How the engine says each text; in a process of its own, as in the station."""
    script = (
        "import json, sys; from station.voice_process import Engine; engine = Engine();"
        "language, *texts = json.load(sys.stdin);"
        "print(json.dumps([engine.phonemes(text, language) for text in texts]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps([language, *texts]),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    said: list[str] = json.loads(done.stdout)
    return said


def test_mandarin_is_mandarin_with_its_tones() -> None:
    (said,) = phonemes("zh", "放行")
    assert said.split() == ["f'A51N_|", "S;'i35N_|"]  # fàng (falling), xíng (rising)


def test_every_chinese_phrase_is_said_in_mandarin() -> None:
    phrases = [zh.format_map(FIGURES) for zh, _ in (*PHRASES, spoken.NOT_KEPT, spoken.SEE_SCREEN, spoken.VEHICLE)]
    phrases = [phrase.replace("闽 E", "闽") for phrase in phrases]
    said = phonemes("zh", *phrases)
    assert {phrase: how for phrase, how in zip(phrases, said, strict=True) if "(en)" in how} == {}


def test_every_province_and_ending_of_a_plate_is_said_in_mandarin() -> None:
    plates = [spoken_plate(f"{province}12345") for province in PROVINCES]
    plates += [spoken_plate(f"闽1234{ending}") for ending in "警学挂领港澳"] + [spoken_plate("使123456")]
    said = phonemes("zh", *plates)
    assert {plate: how for plate, how in zip(plates, said, strict=True) if "(en)" in how} == {}


def test_tibet_is_zang() -> None:
    assert phonemes("zh", "藏 E 1")[0].startswith("ts'A51N")


def test_digits_of_a_plate_are_said_one_by_one_and_not_as_a_number() -> None:
    spaced, digits = phonemes("zh", spoken_plate("闽12345"), "一 二 三 四 五")
    assert spaced.endswith(digits)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_a_is_its_name_and_not_the_article(language: Language) -> None:
    said = phonemes(language, spoken_plate("闽A12345", language), spoken_plate("闽EA1A4A", language))
    assert [how.count("eI") for how in said] == [1, 3]
