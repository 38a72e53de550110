"""The policy: the versioned rules a verdict is taken under, from a TOML file."""

import hashlib
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any

from station.toml_file import BadValue, Choice, Flag, MissingKey, Number, Rule, Text, parse


@dataclass(frozen=True, slots=True)
class Policy:
    """Every figure of the rules. docs/policy.md says what each means.

    Attributes:
        sha256: Hash of the file it came from, in hex: what each verdict is stored with.
    """

    version: str
    notice: str
    test_window_hours: float
    test_none: str
    future_tolerance_minutes: float
    health_max_age_hours: float
    fever_celsius: float
    plausible_min_celsius: float
    plausible_max_celsius: float
    rest_minutes: float
    manual: str
    child_age: int
    replay_minutes: float
    trust_warn_hours: float
    trust_expire_days: float
    keep_days: int
    production: bool
    sha256: str


RULES: dict[str, Rule] = {
    "version": Text(),
    "notice": Text(),
    "test_window_hours": Number(1, 24 * 14),
    "test_none": Choice(("refuse", "review")),
    "future_tolerance_minutes": Number(0, 60),
    "health_max_age_hours": Number(0.1, 24 * 7),
    "fever_celsius": Number(36, 40),
    "plausible_min_celsius": Number(30, 36),
    "plausible_max_celsius": Number(40, 46),
    "rest_minutes": Number(0, 120),
    "manual": Choice(("review", "accept")),
    "child_age": Number(0, 18, whole=True),
    "replay_minutes": Number(0, 24 * 60),
    "trust_warn_hours": Number(0, 24 * 365),
    "trust_expire_days": Number(0, 365),
    "keep_days": Number(1, 3650, whole=True),
    "production": Flag(),
}
_NAMED = ("version", "notice")  # a policy of its own has a name of its own


def default_policy() -> Policy:
    """The policy that ships with the program."""
    content = resources.files("station").joinpath("default_policy.toml").read_bytes()
    return _policy(parse(content, "default_policy.toml", RULES), content)


def read_policy(content: bytes, name: str) -> Policy:
    """The policy in a file's bytes; what it leaves out is the default's, but for its version and notice.

    Raises:
        FileError: Unreadable, an unknown key, or a value out of its range, with the line.
    """
    default = default_policy()
    defaults = {f.name: getattr(default, f.name) for f in fields(Policy) if f.name not in (*_NAMED, "sha256")}
    policy = _policy(parse(content, name, RULES, defaults), content)
    if policy.trust_warn_hours > policy.trust_expire_days * 24:
        raise BadValue(
            file=name, line=1, key="trust_warn_hours", value=str(policy.trust_warn_hours), expected="≤ expiry"
        )
    return policy


def _policy(values: dict[str, Any], content: bytes) -> Policy:
    return Policy(**values, sha256=hashlib.sha256(content).hexdigest())


__all__ = ["RULES", "MissingKey", "Policy", "default_policy", "read_policy"]
