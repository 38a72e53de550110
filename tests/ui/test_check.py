"""`station check`: one vehicle from pictures to a verdict, by exit code, words and JSON."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from asn1crypto import pem

from db import passages
from db.engine import open_database
from scanner.credentials import Holder, jkm1
from scanner.cv import cv2
from scanner.values import Test, TestResult
from tests.scanner import builders
from tests.ui.conftest import AT, Answer, Station

Issue = Callable[..., Path]
GOOD = ("--temperature", "36.5", "--plate", "闽E12345", "--people", "1", "--at", AT)


CERTIFICATE = builders.certificate(builders.SIGNER.private_key)


def codes(answer: Answer) -> set[str]:
    return {reason["code"] for reason in answer.json["reasons"]}


@pytest.mark.parametrize("state", ["green", "yellow", "red"])
@pytest.mark.parametrize("result", ["negative", "positive", "invalid"])
def test_what_is_issued_is_judged_by_its_state_and_result(
    station: Station, issue: Issue, state: str, result: str
) -> None:
    picture = issue("both", "--state", state, "--result", result)
    expected = max({"green": 0, "yellow": 1, "red": 2}[state], {"negative": 0, "invalid": 1, "positive": 2}[result])
    answer = station("check", picture, *GOOD, "--json")
    assert answer.code == (0, 20, 10)[expected]
    assert answer.json["verdict"] == ("pass", "review", "refuse")[expected]


@pytest.mark.parametrize(("kind", "lacking"), [("health-code", "test_missing"), ("test", "health_missing")])
def test_one_code_of_two_is_a_review_that_says_which_is_missing(
    station: Station, issue: Issue, kind: str, lacking: str
) -> None:
    answer = station("check", issue(kind), *GOOD, "--json")
    assert (answer.code, lacking in codes(answer)) == (20, True)


def test_all_pictures_are_one_vehicle(station: Station, issue: Issue) -> None:
    pictures = issue("health-code", name="health.png"), issue("test", name="test.png")
    answer = station("check", *pictures, *GOOD, "--json")
    assert answer.code == 0
    assert [one["name"] for one in answer.json["occupants"]] == ["林**"]


def test_the_json_is_one_object_with_verdict_reasons_and_occupants(station: Station, issue: Issue) -> None:
    said = station("check", issue("both"), *GOOD, "--json").json
    assert said["verdict"] == "pass"
    assert {"code": "temperature_normal", "text": "体温 36.5 °C", "verdict": "pass", "occupant": 1} in said["reasons"]
    assert said["occupants"][0]["temperatures"] == [36.5]
    assert said["plate"]["text"] == "闽E12345"
    assert said["at"] == "2022-03-14T04:00:00+00:00"
    assert said["passage"] is None


def test_the_words_say_the_verdict_its_reasons_and_the_demonstration(station: Station, issue: Issue) -> None:
    picture = issue("both", "--state", "red")
    chinese, english = station("check", picture, *GOOD), station("check", picture, *GOOD, "--language", "en")
    assert chinese.out.startswith("✕ 劝返\n  · 健康码红码，请劝返\n")
    assert "演示" in chinese.out
    assert english.out.startswith("✕ Turn back\n  · Health code is red")
    assert "Demonstration" in english.out


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (("--people", "2"), "temperature_missing"),
        (("--people", None), "people_unconfirmed"),
        (("--temperature", None), "temperature_missing"),
        (("--temperature", "37.3"), "temperature_high_once"),
        (("--temperature", "99.9"), "temperature_implausible"),
        (("--plate", "闽I12345"), "plate_irregular"),
        (("--plate", None), "plate_missing"),
    ],
)
def test_what_is_missing_or_odd_is_a_review(
    station: Station, issue: Issue, tmp_path: Path, changed: tuple[str, str | None], reason: str
) -> None:
    typed = {"--temperature": "36.5", "--plate": "闽E12345", "--people": "1", **dict([changed])}
    options = [word for pair in typed.items() if pair[1] is not None for word in pair]
    log = tmp_path / "log.db"
    answer = station("check", issue("both"), *options, "--at", AT, "--database", log, "--json")
    assert (answer.code, reason in codes(answer)) == (20, True)
    with open_database(log) as database:
        assert [row.verdict for row in passages.page(database)] == ["review"]


@pytest.mark.parametrize("typed", ["３６．５", " 36.5", "36.5 "])
def test_a_temperature_is_taken_in_any_width(station: Station, issue: Issue, typed: str) -> None:
    options = ("--temperature", typed, "--plate", "闽Ｅ１２３４５", "--people", "１", "--at", AT)
    answer = station("check", issue("both"), *options, "--json")
    assert (answer.code, answer.json["occupants"][0]["temperatures"]) == (0, [36.5])


def test_temperatures_belong_to_the_occupants_in_order(station: Station, shown: Callable[..., Path]) -> None:
    first = shown(builders.jkm1(builders.claims()), "1.png")
    second = shown(builders.jkm1(builders.claims_with(holder={1: "王大勇", 3: "0012"}) | {7: b"87654321"}), "2.png")
    answer = station(
        *("check", first, second, "--trust", trust_file(first.parent, "json"), "--temperature", "36.1"),
        *("--temperature", "38.0", "--people", "2", "--plate", "闽E12345", "--at", AT, "--json"),
    )
    assert answer.code == 20
    one, other = answer.json["occupants"]
    assert (one["name"], one["temperatures"], one["verdict"]) == ("林**", [36.1], "pass")
    assert (other["name"], other["temperatures"], other["reasons"][0]) == ("王**", [38.0], "temperature_high_once")


# --- time ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "code"), [("09:59:59", 0), ("10:00:00", 0), ("10:00:01", 10), ("10:00:00+08:00", 0), ("10:00:00Z", 10)]
)
def test_forty_eight_hours_count_to_the_second_and_a_naive_time_is_shanghai(
    station: Station, issue: Issue, at: str, code: int
) -> None:
    picture = issue("both", "--sampled", "2022-03-12T10:00:00+08:00", "--at", "2022-03-14T08:00:00")
    typed = ("--temperature", "36.5", "--plate", "闽E12345", "--people", "1")
    assert station("check", picture, *typed, "--at", f"2022-03-14T{at}").code == code


def test_an_expired_code_is_a_review(station: Station, issue: Issue) -> None:
    answer = station("check", issue("both"), *GOOD, "--at", "2022-03-15T12:06:00", "--json")
    assert (answer.code, "code_expired" in codes(answer)) == (20, True)


# --- trust -----------------------------------------------------------------------------------------------------------


def trust_file(folder: Path, kind: str) -> Path:
    """A trust list with both of the builders' signers; the JSON one was issued long ago."""
    path = folder / f"trust.{kind}"
    keys = [{"spki": base64.b64encode(builders.SIGNER.spki).decode()}, {"cert": base64.b64encode(CERTIFICATE).decode()}]
    contents = {
        "der": CERTIFICATE,
        "pem": b"".join(pem.armor("CERTIFICATE", der) for der in (builders.STATE_CERTIFICATE, CERTIFICATE)),
        "json": json.dumps({"issued": "2021-01-01T00:00:00Z", "keys": keys}).encode(),
    }
    path.write_bytes(contents[kind])
    return path


@pytest.mark.parametrize("kind", ["pem", "der", "json"])
def test_a_trust_list_is_pem_der_or_json_and_counts_as_fresh_at_the_time_of_the_check(
    station: Station, shown: Callable[..., Path], tmp_path: Path, own_home: Path, kind: str
) -> None:
    path = trust_file(tmp_path, kind)
    code = builders.jkm1(builders.claims(), {1: builders.ES256, 4: builders.kid_of(CERTIFICATE)})
    answer = station("check", shown(code), "--trust", path, *GOOD, "--json")
    assert (answer.code, answer.json["trust"]["age_s"], answer.json["trust"]["demo"]) == (0, 0, False)
    assert not own_home.exists()


def test_a_foreign_test_certificate_needs_a_health_code_beside_it(
    station: Station, shown: Callable[..., Path], tmp_path: Path
) -> None:
    code = builders.hc1(builders.cwt(builders.dcc()))
    answer = station("check", shown(code), "--trust", trust_file(tmp_path, "pem"), *GOOD, "--json")
    assert (answer.code, "health_missing" in codes(answer)) == (20, True)
    assert answer.json["occupants"][0]["tests"]


def test_without_a_trust_list_only_this_machine_s_demonstration_key_counts(
    station: Station, shown: Callable[..., Path]
) -> None:
    answer = station("check", shown(builders.jkm1(builders.claims())), *GOOD, "--json")
    assert (answer.code, "signer_unknown" in codes(answer), answer.json["trust"]["demo"]) == (20, True, True)


def test_a_code_signed_with_a_given_key_is_judged_by_a_list_that_holds_it(station: Station, tmp_path: Path) -> None:
    key, picture = tmp_path / "key.pem", tmp_path / "code.png"
    key.write_bytes(builders.SIGNER.to_pem())
    issued = station("issue", "both", "--name", "林晓岚", "--key", key, "--at", AT, "--out", picture)
    assert issued.code == 0
    assert station("check", picture, *GOOD).code == 20
    assert station("check", picture, "--trust", trust_file(tmp_path, "json"), *GOOD).code == 0


# --- what is shown and cannot count: a verdict, and a row -------------------------------------------------------------


def bomb() -> str:
    """Ten megabytes of zeros behind a few kilobytes of base45."""
    return builders.hc1_text(bytes(10_000_000))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (builders.jkm1(builders.claims())[:-3] + "000", "signature_invalid"),
        (builders.jkm1(builders.claims(), {1: builders.ES256, 4: b"stranger"}), "signer_unknown"),
        (builders.jkm1(builders.claims(iat=builders.at(hours=-30), exp=builders.at(hours=-6))), "code_expired"),
        ("JKM1:" + "A" * 10_000_000, "code_too_large"),
        (bomb(), "code_too_large"),
        ("https://jkm.example/q?t=1", "code_needs_online"),
        ("你好，世界", "code_unknown"),
        ("JKM1:!!", "code_damaged"),
        ("", "code_unknown"),
    ],
    ids=["forged", "stranger", "expired", "10 MB", "bomb", "https", "unknown", "damaged", "empty"],
)
def test_a_code_that_cannot_count_is_a_recorded_review_with_its_sentence(
    station: Station, tmp_path: Path, text: str, reason: str
) -> None:
    code, log = tmp_path / "code.txt", tmp_path / "log.db"
    code.write_text(text)
    for language in ("zh", "en"):
        options = ("--text", code, "--trust", trust_file(tmp_path, "json"), *GOOD, "--database", log)
        answer = station("check", *options, "--json", "--language", language)
        assert answer.code == 20
        said = {one["code"]: one["text"] for one in answer.json["reasons"]}
        assert reason in said, said
        assert said[reason] in station("check", *options, "--language", language).out
    with open_database(log) as database:
        rows = passages.page(database)
    assert {row.verdict for row in rows} == {"review"}
    assert len(rows) == 4
    assert reason in rows[0].reasons
    assert len(rows[0].evidence) < 5000


def test_codes_that_are_not_one_person_s_are_a_review(station: Station, issue: Issue, tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    station("issue", "test", "--name", "王大勇", "--id-tail", "0012", "--at", AT, "--out", other)
    answer = station("check", issue("health-code"), other, *GOOD, "--json")
    assert (answer.code, "more_holders_than_people" in codes(answer)) == (20, True)


def test_what_cannot_be_read_beside_a_good_code_is_still_a_review(
    station: Station, issue: Issue, tmp_path: Path
) -> None:
    picture = issue("both")
    blurred = tmp_path / "blurred.png"
    image = cv2.imread(str(picture))
    assert image is not None
    cv2.imwrite(str(blurred), cv2.GaussianBlur(image, (0, 0), 14))
    blank = tmp_path / "blank.png"
    cv2.imwrite(str(blank), np.full((400, 400, 3), 200, np.uint8))
    for unreadable in (blurred, blank):
        answer = station("check", picture, unreadable, *GOOD, "--json")
        assert (answer.code, "code_unreadable" in codes(answer)) == (20, True)


# --- the log ---------------------------------------------------------------------------------------------------------


def test_without_a_database_nothing_is_written_anywhere(
    station: Station, shown: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture, trust, working = shown(builders.jkm1(builders.claims())), trust_file(tmp_path, "json"), tmp_path / "here"
    working.mkdir()
    monkeypatch.chdir(working)
    before = sorted(tmp_path.rglob("*"))
    assert station("check", picture, "--trust", trust, *GOOD).code == 0
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
def test_a_database_is_a_path_or_a_url(station: Station, issue: Issue, tmp_path: Path, form: str) -> None:
    log = tmp_path / "log.db"
    answer = station("check", issue("both"), *GOOD, "--database", form.format(log), "--json")
    with open_database(log) as database:
        (row,) = passages.page(database)
    assert (answer.code, row.id, row.verdict, row.plate) == (0, answer.json["passage"], "pass", "闽E12345")
    assert log.with_name("log.db.key").exists()


def test_a_code_shown_again_at_another_vehicle_is_a_review(station: Station, issue: Issue, tmp_path: Path) -> None:
    picture, log = issue("both"), ("--database", tmp_path / "log.db")
    assert station("check", picture, *GOOD, *log).code == 0
    answer = station("check", picture, *GOOD, "--plate", "闽E99999", *log, "--json")
    assert (answer.code, "code_replayed" in codes(answer)) == (20, True)


def test_a_policy_a_watchlist_and_the_officer_s_declarations_count(
    station: Station, issue: Issue, tmp_path: Path
) -> None:
    policy, watchlist = tmp_path / "p.toml", tmp_path / "w.csv"
    policy.write_text('version = "x-1"\nnotice = "5号通告"\ntest_window_hours = 1\n')
    watchlist.write_bytes("plate,reason,contact\n闽E12345,查控,110\n".encode("gb18030"))
    picture = issue("both")
    old = station("check", picture, *GOOD, "--policy", policy, "--json")
    assert (old.code, old.json["policy"]["version"], "test_too_old" in codes(old)) == (10, "x-1", True)
    stopped = station("check", picture, *GOOD, "--watchlist", watchlist)
    assert (stopped.code, "查控" in stopped.out, "110" in stopped.out) == (10, True, True)
    untested = station("check", issue("health-code", name="health.png"), *GOOD, "--no-test", "1", "--json")
    assert (untested.code, "test_none" in codes(untested)) == (10, True)
    child = station("check", picture, *GOOD, "--people", "2", "--temperature", "36.4", "--child", "2", "--json")
    assert (child.code, "child" in codes(child)) == (0, True)


def test_an_exempt_vehicle_shows_nothing_and_needs_its_plate(station: Station) -> None:
    assert station("check", "--exempt", "救护车", "--plate", "闽E12345", "--at", AT).code == 0
    assert station("check", "--exempt", "救护车", "--at", AT).code == 20


def test_a_certificate_written_in_a_foreign_zone_counts_by_its_instant(
    station: Station, shown: Callable[..., Path], tmp_path: Path
) -> None:
    """Sampled 47 h before, across the night in which New York's clocks were put forward."""
    sampled = builders.NOW - timedelta(hours=47)
    text = jkm1.issue(
        builders.SIGNER, Holder("林晓岚", 10, "204X"), test=Test(sampled, TestResult.NEGATIVE), issued=builders.NOW
    )
    health = builders.jkm1(builders.claims_with(test=None))
    pictures = shown(text, "t.png"), shown(health, "h.png")
    assert station("check", *pictures, "--trust", trust_file(tmp_path, "json"), *GOOD).code == 0


def test_what_was_imported_into_the_log_is_in_force(station: Station, issue: Issue, tmp_path: Path) -> None:
    picture, log, listed = issue("both"), tmp_path / "log.db", tmp_path / "listed.csv"
    listed.write_text("name,id_tail,reason,contact\n林晓岚,204X,居家隔离,王警官 110\n")
    points, rules = tmp_path / "points.csv", tmp_path / "policy.toml"
    points.write_text("name,place,hours\n龙士采样点,龙士村口,全天\n")
    rules.write_text('version = "of-this-station"\nnotice = "6号通告"\n')
    for kind, file in (("watchlist", listed), ("sampling-points", points), ("policy", rules)):
        assert station(kind, "import", file, "--database", log).code == 0
    answer = station("check", picture, *GOOD, "--database", log, "--json")
    assert (answer.code, answer.json["policy"]["version"]) == (20, "of-this-station")
    assert "watchlist_namesake" in codes(answer)
    refused = station("check", issue("health-code"), *GOOD, "--no-test", "1", "--database", log)
    assert "龙士采样点" in refused.out


def test_an_imported_trust_list_leaves_the_demo_key_no_say(station: Station, issue: Issue, tmp_path: Path) -> None:
    log, trusted = tmp_path / "log.db", tmp_path / "trust.der"
    trusted.write_bytes(CERTIFICATE)
    assert station("trust", "import", trusted, "--database", log).code == 0
    answer = station("check", issue("both"), *GOOD, "--database", log, "--json")
    assert "signer_unknown" in codes(answer)


def test_a_time_given_by_hand_says_nothing_about_the_clock(station: Station, issue: Issue, tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    station("check", issue("both"), *GOOD[:-1], "2031-01-01T00:00:00", "--database", log)
    now = station("check", issue("both"), *GOOD[:-2], "--database", log, "--json")
    assert "clock_untrusted" not in codes(now)


@pytest.mark.parametrize("option", ["--no-test", "--child"])
def test_nobody_is_spoken_for_who_is_not_there(station: Station, issue: Issue, option: str) -> None:
    answer = station("check", issue("both"), *GOOD, option, "2", "--language", "zh")
    assert answer.code == 64
    assert "第 2 人不存在" in answer.err


def test_a_misuse_is_an_object_too_where_one_was_asked_for(station: Station) -> None:
    answer = station("check", "--temperature", "36,5", "--json", "--language", "en")
    assert (answer.code, answer.json["error"]["code"]) == (64, "temperature_malformed")
