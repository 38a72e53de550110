"""`station figures`: what an auditor asks of a week, at the terminal."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db import passages, people
from db.engine import open_database
from db.pins import hash_pin
from shifts.model import SHANGHAI
from tests.db.samples import a_decision, a_passage, a_person
from tests.ui.conftest import Answer, Station

PIN = "8520"
Figures = Callable[..., Answer]


@pytest.fixture
def figures(station: Station, log: Path, monkeypatch: pytest.MonkeyPatch) -> Figures:
    """`figures(…)` asks as the auditor 3001, or as somebody else."""

    def ask(*words: str, by: str = "3001") -> Answer:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
        return station("figures", "--as", by, *words, "--database", log)

    return ask


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Three days of May with a vehicle each, at noon: one passed, one was released, one was turned back."""
    path = tmp_path / "log.db"
    ends = (("pass", "health_green"), ("review", "code_needs_online"), ("refuse", "test_too_old"))
    with open_database(path) as database:
        for code, role in (("3001", "auditor"), ("1001", "officer")):
            people.add(database, a_person(code=code, role=role, pin_hash=hash_pin(PIN)), station="LS-1", by=None)
        for day, (verdict, reason) in enumerate(ends, 4):
            noon = datetime(2026, 5, day, 12, tzinfo=SHANGHAI)
            one = a_passage(
                concluded_at=noon,
                started_at=noon - timedelta(seconds=6),
                verdict=verdict,
                reason_codes=(reason,),
                shift="early",
                shift_date=date(2026, 5, day),
            )
            passages.append_passage(database, one)
            if verdict == "review":
                passages.append_decision(database, a_decision(one))
    return path


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            ("2026-05-04 00:00 至 2026-05-07 00:00", "核验率", "须联网的省码 · 人工核验", "6.0 秒", "早班", "12:00"),
        ),
        ("en", ("2026-05-04 00:00 to 2026-05-07 00:00", "Review rate", "provincial code · Manual check", "early")),
    ],
)
def test_a_range_is_told_in_tables(figures: Figures, language: str, words: tuple[str, ...]) -> None:
    days = "--from", "2026-05-04", "--to", "2026-05-06"
    answer = figures(*days, "--database", log, "--language", language)
    assert answer.code == 0
    assert [word for word in words if word not in answer.out] == []


def test_the_same_as_json(figures: Figures) -> None:
    told = figures("--json").json
    assert told["verdicts"] == {"pass": 1, "review": 1, "refuse": 1}
    assert told["reviews"]["release_rate"] == 1
    assert told["time_per_vehicle"] == {"median_s": 6, "p90_s": 6}
    assert told["reasons"][0] == {"code": "code_needs_online", "verdict": "review", "count": 1}
    assert [one["start"] for one in told["hours"]] == [f"2026-05-0{day}T12:00:00+08:00" for day in (4, 5, 6)]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (("--from", "2026-05-05"), 2),
        (("--to", "2026-05-05"), 2),
        (("--from", "2026-05-04T12:01", "--to", "2026-05-06T12:00"), 1),
        (("--verdict", "refuse"), 1),
        (("--officer", "A01"), 3),
        (("--officer", "9999"), 0),
        (("--shift", "night"), 0),
    ],
)
def test_only_what_is_asked_for_is_counted(figures: Figures, asked: tuple[str, ...], count: int) -> None:
    assert figures(*asked, "--json").json["passages"] == count


def test_a_range_without_passages_says_so(figures: Figures) -> None:
    answer = figures("--from", "2026-06-01")
    assert (answer.code, answer.out) == (0, "2026-06-01 00:00 起\n这段时间没有通行记录\n")


def test_a_range_that_ends_before_it_begins_is_refused(figures: Figures) -> None:
    answer = figures("--from", "2026-05-06", "--to", "2026-05-05")
    assert (answer.code, answer.err) == (64, "结束时间须晚于开始时间\n")


def test_an_officer_is_told_that_figures_are_not_theirs(figures: Figures) -> None:
    answer = figures(by="1001")
    assert (answer.code, answer.out) == (77, "")
