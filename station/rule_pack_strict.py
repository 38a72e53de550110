"""No roster is published by looser rules than the pack it names: what its own pack lets pass needs a word too."""

from dataclasses import replace
from types import MappingProxyType

from shifts.findings import Rule
from shifts.model import RosterProblem
from shifts.rule_pack import LABOUR_LAW, RulePack, Severity
from shifts.rules import OF_PEOPLE, OF_SHIFTS
from station.rule_pack_file import shipped_packs

_AT_LEAST = ("rest_hours", "weekly_rest_hours", "rookie_months")
_AT_MOST = ("days_in_seven", "nights_in_row", "shift_hours", "older_age", "older_nights_in_row")
_OVERTIME = ("week_hours", "month_overtime_hours")
_OWN = {rule: severity for rule, (severity, _) in (*OF_PEOPLE.items(), *OF_SHIFTS.items())}


def held(problem: RosterProblem) -> RosterProblem:
    """A problem as it is held to when it is published: by each rule of its own, or of the shipped pack, if stricter."""
    return replace(problem, rules=as_strict(problem.rules))


def as_strict(rules: RulePack) -> RulePack:
    """A pack made as strict as the shipped one of its name; as the Labour Law, where no such pack ships."""
    usual = shipped_packs().get(rules.name, LABOUR_LAW)
    figures: dict[str, float] = {name: max(getattr(rules, name), getattr(usual, name)) for name in _AT_LEAST}
    figures |= {name: min(getattr(rules, name), getattr(usual, name)) for name in _AT_MOST}
    alike = rules.overtime_by == usual.overtime_by  # else the one cannot be measured by the other
    figures |= {name: min(getattr(rules if alike else usual, name), getattr(usual, name)) for name in _OVERTIME}
    levels = {str(rule): _stricter(rule, rules, usual) for rule in _OWN}
    changed = {rule: level for rule, level in levels.items() if level is not _OWN[Rule(rule)]}
    strict = replace(rules, **figures, overtime_by=usual.overtime_by)  # type: ignore[arg-type]  # names of figures
    return replace(strict, severities=MappingProxyType(changed))


def _stricter(rule: Rule, rules: RulePack, usual: RulePack) -> Severity:
    own = _OWN[rule]
    return max(rules.severities.get(rule, own), usual.severities.get(rule, own))
