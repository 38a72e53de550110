"""Every code that can reach a person has its sentence in both languages, and every figure in it is fed.

The codes and their figures are read from the source itself: what `raise` and `_reason` name there is what arrives.
"""

import ast
import errno
import importlib
import os
import pkgutil
import string
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import db
import scanner
import shifts
import station
from db.errors import _BY_RESULT, DatabaseError, from_driver
from scanner.credentials import CredentialError
from scanner.reader import ReaderError
from scanner.signer import SignerError
from scanner.source import SourceError
from scanner.trust import TrustError
from shifts.errors import Infeasible, NotJson, RosterError
from shifts.publishing import Outdated, Unpublishable
from shifts.strict_json import parse
from shifts.swaps import Stage, SwapError
from station import texts, texts_files
from station.gate import CREDENTIAL_FAILED, DECODER_FAILED
from station.texts import LANGUAGES, REASONS, Language
from station.texts_database_errors import FAULTS
from station.texts_errors import ERRORS
from station.texts_roster_errors import FIGURES
from station.toml_file import FileError
from station.verdict import Code, Outcome, Reason
from ui.parser import _COMPLAINTS

ROOT = Path(__file__).parents[2]
FAMILIES: tuple[type[Exception], ...] = (
    CredentialError,
    DatabaseError,
    SourceError,
    ReaderError,
    FileError,
    TrustError,
    SignerError,
    RosterError,
    SwapError,
)
COUNT_THEMSELVES = (Infeasible, Outdated, Unpublishable)
"""Their figures are made within them."""
NAMED_AT_RAISING = {"CheckError", "DecisionError", "AccessError", "UsageError", "RosterRefused"}
"""Families of one class, whose code is the first thing given."""

Sentences = Mapping[str, tuple[str, str]]
ALL: Sentences = {**ERRORS, **{str(code): pair for code, pair in REASONS.items()}}


def load_all(package: object) -> None:
    """Import every module, so that every subclass is known."""
    paths, name = package.__path__, package.__name__  # type: ignore[attr-defined]  # a package has both
    for module in pkgutil.walk_packages(paths, f"{name}."):
        if not module.name.startswith("db.migrations."):
            importlib.import_module(module.name)


def descendants(family: type[Exception]) -> Iterator[type[Exception]]:
    yield family
    for child in family.__subclasses__():
        yield from descendants(child)


for _package in (db, scanner, shifts, station):
    load_all(_package)
CODE_OF: dict[tuple[bool, str], str] = {
    (kind.__module__.startswith("shifts."), kind.__name__): kind.code  # type: ignore[attr-defined]  # families carry it
    for family in FAMILIES
    for kind in descendants(family)
    if not kind.__module__.startswith("tests") and kind not in COUNT_THEMSELVES
}
"""By whether `shifts` raises it, which knows nobody else's, and by name."""


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the program, with its place."""
    for room in ("scanner", "shifts", "db", "station", "ui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def code_named(call: ast.Call, place: str) -> str | None:
    """The code a call gives to an error or a reason, as far as the source tells it."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    first = call.args[0] if call.args else None
    if code := CODE_OF.get((place.startswith("shifts"), name)):
        return code
    if name in NAMED_AT_RAISING and isinstance(first, ast.Constant):
        return str(first.value)
    if name == "_reason" and isinstance(first, ast.Attribute) and first.attr.isupper():
        return str(Code[first.attr])
    return None


SITES = [
    pytest.param(code, {word.arg for word in call.keywords if word.arg}, id=f"{place} {code}")
    for place, call in calls()
    if (code := code_named(call, place)) and all(word.arg for word in call.keywords)
]


def figures(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


CODES = {
    *CODE_OF.values(),
    *map(str, Code),
    *(kind.code for kind in COUNT_THEMSELVES),
    *(code for code, _ in _COMPLAINTS),
    *(str(site.values[0]) for site in SITES),
}


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_has_its_sentence_in_both_languages(code: str) -> None:
    assert code in ALL
    zh, en = ALL[code]
    assert any("\u4e00" <= character <= "\u9fff" for character in zh)
    assert en.strip()
    assert not any("\u4e00" <= character <= "\u9fff" for character in en)


@pytest.mark.parametrize("code", sorted(ALL))
def test_both_languages_are_formatted_alike(code: str) -> None:
    zh, en = ALL[code]
    assert figures(zh) == figures(en)


# The command line adds where help is to be had; `raise` need not.
ADDED_LATER = {"help"}


@pytest.mark.parametrize(("code", "given"), SITES)
def test_every_figure_of_a_sentence_is_given_where_it_is_raised(code: str, given: set[str]) -> None:
    assert figures(ALL[code][0]) - ADDED_LATER <= given


def test_the_source_was_read() -> None:
    seen = {str(site.values[0]) for site in SITES}
    assert {"people_out_of_range", "pin_wrong", "release_not_review", "value_invalid", "folder_empty"} <= seen
    assert {str(Code.TEST_TOO_OLD), str(Code.CODE_REPLAYED), "database_missing", "signer_expired"} <= seen


@pytest.mark.parametrize("result", sorted(_BY_RESULT))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_driver_s_faults_say_all_they_know(result: int, language: Language) -> None:
    class Broken(Exception):
        sqlite_errorcode = result

    error = from_driver(Broken("disk I/O error"), "/data/station.db")
    assert "…" not in texts.error(error.code, error.params, language)


FAULT_CODES = {
    *(kind.code for kind in _BY_RESULT.values()),
    *FAULTS,
    *(DatabaseError.code, DECODER_FAILED, CREDENTIAL_FAILED, str(Code.CLOCK_UNTRUSTED), "camera_failed"),
}


@pytest.mark.parametrize("fault", sorted(FAULT_CODES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_is_told_whole_without_any_figure(fault: str, language: Language) -> None:
    told = texts.reason(Reason(Code.FAULT, Outcome.REVIEW, {"fault": fault}), language)
    assert told.strip()
    assert fault not in told
    assert "…" not in told
    assert "{" not in told


def test_every_reason_s_table_and_code_fit() -> None:
    assert set(REASONS) == set(map(str, Code))


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_its_word(outcome: Outcome) -> None:
    assert len({texts.outcome(outcome, language) for language in LANGUAGES}) == 2


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert "never_heard_of" in texts.error("never_heard_of", {}, "en")


@pytest.mark.parametrize("params", [{}, {"celsius": "hot"}, {"celsius": None}])
def test_a_sentence_is_said_even_where_a_figure_is_wrong(params: dict[str, object]) -> None:
    assert "体温" in texts.sentence(Code.TEMPERATURE_NORMAL, params, "zh")


@pytest.mark.parametrize("error", [Infeasible(), Outdated(1, 2), Unpublishable(())], ids=lambda error: str(error.code))
@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_that_count_themselves_say_all_they_know(
    error: Infeasible | Outdated | Unpublishable, language: Language
) -> None:
    assert "…" not in texts.error(error.code, error.params, language)


def test_a_figure_that_is_a_word_is_said_in_the_sentence_s_language() -> None:
    params = {"act": "accept", "stage": "withdrawn"}
    assert texts.error("swap_wrong_act", params, "zh") == "这次换班现在不能这样做（已撤回）"
    assert texts.error("swap_wrong_act", params, "en") == "This cannot be done with the swap now (withdrawn)"
    assert set(FIGURES["stage"]) == set(Stage)


def test_a_stranger_s_text_is_no_template() -> None:
    assert texts.error("code_needs_online", {"host": "{signer}{0}"}, "en").count("{signer}{0}") == 1


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC])
def test_what_the_system_says_is_said_in_both_languages(code: int) -> None:
    told = {"file": "P.json", "problem": os.strerror(code)}
    zh, en = (texts.error("file_failed", told, language) for language in LANGUAGES)
    assert os.strerror(code) not in zh + en
    assert zh.removeprefix("无法读写 P.json").isascii() is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{a",
        '{"a":1,}',
        "[1,]",
        '{"a" 1}',
        '{"a":1 "b":2}',
        '{"a":"x',
        '{"a":"\n"}',
        '{"a":"\\q"}',
        '{"a":"\\u1"}',
        "1 2",
    ],
)
def test_what_is_no_json_is_said_in_both_languages(text: str) -> None:
    with pytest.raises(NotJson) as caught:
        parse(text)
    assert caught.value.params["what"] in texts_files.FIGURES["what"]
