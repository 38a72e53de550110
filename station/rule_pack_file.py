"""Rule packs from TOML: the three that ship with the program, and a checkpoint's own."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from shifts.findings import Rule as RosterRule
from shifts.rule_pack import RulePack, Severity
from station.toml_file import BadValue, Choice, Number, Rule, Text, parse

SHIPPED = ("labour_law", "comprehensive", "emergency")
_SEVERITY = "severity_"
_OFF = "off"
_UNSAID = ""
"""Where a pack says nothing of a rule, the rule's own severity stands."""

RULES: dict[str, Rule] = {
    "name": Text(),
    "rest_hours": Number(0, 48),
    "days_in_seven": Number(1, 7, whole=True),
    "weekly_rest_hours": Number(0, 72),
    "nights_in_row": Number(0, 14, whole=True),
    "week_hours": Number(1, 168),
    "overtime_by": Choice(("week", "month")),
    "month_overtime_hours": Number(0, 400),
    "shift_hours": Number(1, 24),
    "rookie_months": Number(0, 120, whole=True),
    "older_age": Number(0, 120, whole=True),
    "older_nights_in_row": Number(0, 14, whole=True),
    "pattern": Text(blank=True),
    **{_SEVERITY + rule: Choice(tuple(level.name.lower() for level in Severity)) for rule in RosterRule},
}
_SILENT = {"pattern": "", **dict.fromkeys((_SEVERITY + rule for rule in RosterRule), _UNSAID)}


def shipped_pack(name: str) -> RulePack:
    """One of `SHIPPED`.

    Raises:
        KeyError: There is none of this name.
    """
    if name not in SHIPPED:
        raise KeyError(name)
    return read_rule_pack(resources.files("station").joinpath("rule_packs", f"{name}.toml").read_bytes(), name)


@cache
def shipped_packs() -> Mapping[str, RulePack]:
    """All of `SHIPPED`, by name."""
    return MappingProxyType({name: shipped_pack(name) for name in SHIPPED})


def read_rule_pack(content: bytes, name: str) -> RulePack:
    """The pack in a file's bytes; what it leaves out is the Labour Law's, but for its name.

    Raises:
        FileError: An unknown key, a value out of its range, or a pattern of no days but days off, with the line.
    """
    usual = RulePack()
    defaults: dict[str, Any] = {
        one.name: getattr(usual, one.name) for one in fields(RulePack) if one.name in RULES and one.name != "name"
    }
    values: dict[str, Any] = parse(content, name, RULES, {**defaults, **_SILENT})
    levels: dict[str, Severity] = {
        rule: Severity[level.upper()] for rule in RosterRule if (level := values.pop(_SEVERITY + rule)) != _UNSAID
    }
    cycle = tuple(values.pop("pattern").split())
    if cycle and set(cycle) == {_OFF}:
        raise BadValue(file=name, line=1, key="pattern", value=" ".join(cycle), expected="early early … off off")
    return RulePack(**values, severities=levels, pattern=cycle)
