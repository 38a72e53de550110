"""A problem's own rules may be stricter than the pack they name; looser ones need a lead's word."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from db.engine import Database
from shifts.findings import Rule
from shifts.model import RosterProblem
from shifts.publishing import Approval, Draft, Unpublishable
from shifts.rule_pack import LABOUR_LAW, RulePack, Severity
from shifts.rules import check
from station import rosters
from station.rule_pack_file import SHIPPED, shipped_pack
from station.rule_pack_strict import as_strict, held
from tests.shifts.rosters import person, problem, row
from tests.station.conftest import PIN

OFF = replace(LABOUR_LAW, severities={str(rule): Severity.OFF for rule in Rule})
LOOSE = replace(LABOUR_LAW, rest_hours=0)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_pack_is_as_strict_as_itself(name: str) -> None:
    usual = shipped_pack(name)
    assert [_of(as_strict(usual), rule) for rule in Rule] == [_of(usual, rule) for rule in Rule]
    assert replace(as_strict(usual), severities={}) == replace(usual, severities={})


def test_what_is_stricter_stays() -> None:
    own = replace(LABOUR_LAW, rest_hours=12, nights_in_row=2, severities={"older_nights": Severity.HARD})
    assert as_strict(own) == own


@pytest.mark.parametrize("rules", [OFF, LOOSE, replace(LOOSE, name="district")])
def test_what_looser_rules_let_pass_is_not_published_without_a_word(staffed: Database, rules: RulePack) -> None:
    crew = person("O1"), person("L1")
    under = problem(*crew, rules=rules)
    night_then_early = frozenset(row("NE", who="O1"))
    with pytest.raises(Unpublishable) as caught:
        publish(staffed, under, Draft(0, night_then_early))
    assert {one.rule for one in caught.value.breaches} == {Rule.REST}
    words = [Approval(one.rule, one.finding, "?", "无人可替") for one in check(held(under), night_then_early)]
    publish(staffed, under, Draft(0, night_then_early), approvals=words)
    newest = rosters.newest(staffed, under.period.start)
    assert newest
    assert newest.problem.rules == rules
    assert [one.rule for one in newest.approvals] == [Rule.REST]


def publish(database: Database, under: RosterProblem, draft: Draft, **changes: Any) -> None:
    now = datetime(2026, 5, 1, 4, tzinfo=UTC)
    rosters.publish(database, under, draft, station="LS-1", lead=("L1", PIN), now=now, **changes)


def _of(rules: RulePack, rule: Rule) -> Severity | None:
    return rules.severities.get(rule)
