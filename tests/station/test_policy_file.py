"""The policy's file: what it must hold, what it may not, and where it says so."""

import hashlib
import tomllib
from dataclasses import fields
from importlib import resources
from pathlib import Path

import pytest

from station.policy_file import RULES, Policy, default_policy, read_policy
from station.toml_file import BadValue, FileError, FileUnreadable, MissingKey, UnknownKey

HEAD = 'version = "test-1"\nnotice = "6号通告"\n'
NUMBERS = [key for key, rule in RULES.items() if hasattr(rule, "low")]
DEFAULT = tomllib.loads(resources.files("station").joinpath("default_policy.toml").read_text("utf-8"))


def read(more: str = "") -> Policy:
    return read_policy((HEAD + more).encode(), "policy.toml")


def refused(content: str | bytes) -> FileError:
    with pytest.raises(FileError) as caught:
        read_policy(content if isinstance(content, bytes) else content.encode(), "policy.toml")
    assert caught.value.params["file"] == "policy.toml"
    return caught.value


def test_the_default_names_every_key_and_the_rules_know_every_field() -> None:
    assert DEFAULT.keys() == RULES.keys() == {field.name for field in fields(Policy)} - {"sha256"}


def test_the_default_is_the_law() -> None:
    policy = default_policy()
    assert (policy.test_window_hours, policy.test_none, policy.future_tolerance_minutes) == (48, "refuse", 5)
    assert (policy.fever_celsius, policy.plausible_min_celsius, policy.plausible_max_celsius) == (37.3, 34.0, 43.0)
    assert (policy.rest_minutes, policy.health_max_age_hours, policy.replay_minutes) == (5, 24, 10)
    assert (policy.manual, policy.child_age, policy.production) == ("review", 3, False)
    assert (policy.trust_warn_hours, policy.trust_expire_days, policy.keep_days) == (24, 7, 30)


def test_what_a_policy_leaves_out_is_the_default_s_but_for_its_name() -> None:
    policy = read("fever_celsius = 37.5\n")
    assert (policy.version, policy.notice, policy.fever_celsius) == ("test-1", "6号通告", 37.5)
    assert policy.test_window_hours == default_policy().test_window_hours


def test_a_policy_is_known_by_the_hash_of_its_file() -> None:
    content = (HEAD + "# another word\n").encode()
    assert read_policy(content, "policy.toml").sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("key", ["version", "notice"])
def test_a_policy_must_name_itself(key: str) -> None:
    error = refused("".join(line for line in HEAD.splitlines(keepends=True) if not line.startswith(key)))
    assert isinstance(error, MissingKey)
    assert error.params["key"] == key


@pytest.mark.parametrize(
    ("more", "key", "line"),
    [
        ("test_windw_hours = 48\n", "test_windw_hours", 3),
        ("# test_windw_hours\n\n  'fever' = 37\n", "fever", 5),
        ("manual = 'accept'\n[rules]\nmanual = 'review'\n", "rules", 4),
        ("a.b = 1\n", "a", 3),
        ("test = 1\ntest_none = 'review'\n", "test", 3),
    ],
)
def test_an_unknown_key_is_refused_with_its_line(more: str, key: str, line: int) -> None:
    error = refused(HEAD + more)
    assert isinstance(error, UnknownKey)
    assert (error.params["key"], error.params["line"]) == (key, line)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("test_window_hours", "-1"),
        ("test_window_hours", "0"),
        ("test_window_hours", "337"),
        *((key, value) for key in NUMBERS for value in ("nan", "inf", "-inf", "true", "'48'", "[48]", "{}", "1e400")),
        *((key, "9" * 400) for key in NUMBERS),
        *((key, "2022-01-01") for key in NUMBERS),
        ("child_age", "3.0"),
        ("keep_days", "0"),
        ("fever_celsius", "'37.3'"),
        ("manual", "'maybe'"),
        ("manual", "true"),
        ("manual", "['review']"),
        ("test_none", "'pass'"),
        ("production", "1"),
        ("production", "'true'"),
    ],
)
def test_a_value_out_of_its_kind_or_range_is_refused_with_its_line(key: str, value: str) -> None:
    error = refused(f"{HEAD}\n{key} = {value}\n")
    assert isinstance(error, BadValue)
    assert (error.params["key"], error.params["line"]) == (key, 4)
    assert error.params["expected"]


@pytest.mark.parametrize("value", ["''", "' '", "1", "true"])
def test_a_name_of_nothing_is_refused(value: str) -> None:
    assert isinstance(refused(f"notice = 'x'\nversion = {value}\n"), BadValue)


def test_a_list_cannot_expire_before_it_is_warned_of() -> None:
    assert isinstance(refused(f"{HEAD}trust_warn_hours = 200\n"), BadValue)


@pytest.mark.parametrize(
    "content",
    [
        HEAD + "manual = 'review'\nmanual = 'accept'\n",
        HEAD + "manual = \n",
        HEAD + "deep = " + "[" * 5000 + "]" * 5000,
        HEAD + "child_age = " + "9" * 5000,
        HEAD.encode("gb18030"),
        HEAD.encode("utf-16"),
        b"\x00\xff",
        "{}",
    ],
    ids=["twice", "half a line", "too deep", "too long a number", "GB18030", "UTF-16", "no text", "JSON"],
)
def test_what_is_no_toml_in_utf_8_is_refused(content: str | bytes) -> None:
    assert isinstance(refused(content), FileUnreadable)


def test_a_mark_at_the_beginning_and_windows_line_ends_are_forgiven() -> None:
    assert read_policy(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode(), "policy.toml").version == "test-1"


def test_the_manual_of_the_policy_tells_every_key_with_its_default() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "policy.md").read_text("utf-8").splitlines()
    for key, value in DEFAULT.items():
        shown = (
            str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
        )
        told = [line for line in manual if f"`{key}`" in line]
        assert told, f"docs/policy.md does not tell {key}"
        assert any(shown in line.split(f"`{key}`", 1)[1] for line in told), f"docs/policy.md: {key} is {shown}"
