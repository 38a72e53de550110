"""A roster's history is what is published around it now: a change there is missed neither by who plans the next one,
nor by who publishes or swaps."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db import people
from db.engine import Database, open_database
from db.pins import hash_pin
from shifts.model import TWO_SHIFTS, Assignment, Duty, Period, RosterProblem
from shifts.publishing import Approval, Draft, Overtaken, Unpublishable
from shifts.rules import check
from shifts.swaps import Act, Kind, Stage, Swap
from station import rosters, swap_inbox, swaps
from station.roster_beside import beside, with_neighbours
from station.roster_terms import following
from station.rule_pack_file import shipped_pack
from tests.db.samples import a_person
from tests.shifts.rosters import LS, MAY, SD, may, person, problem, works

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
LEAD = ("L01", "5678")
JUNE = Period(date(2026, 6, 1), 30)
CREW = tuple(person(code) for code in ("P1", "P2", LEAD[0]))
LAST, FIRST = works(31, "night"), works(date(2026, 6, 1), "early")
"""The night that ends at eight on the morning the early shift of June begins."""
TWELVE_HOURS = {LS: TWO_SHIFTS}
LONG = shipped_pack("emergency")


@pytest.fixture(scope="module")
def pin_hash() -> str:
    return hash_pin(LEAD[1])


@pytest.fixture
def database(tmp_path: Path, pin_hash: str) -> Iterator[Database]:
    with open_database(tmp_path / "station.db") as opened:
        for one in CREW:
            role = "lead" if one.code == LEAD[0] else "officer"
            record = a_person(code=one.code, name=one.code, role=role, pin_hash=pin_hash)
            people.add(opened, record, station="LS-1", by=None)
        yield opened


def publish(database: Database, standing: frozenset[Assignment], base: int) -> None:
    rosters.publish(database, problem(), Draft(base, standing), station="LS-1", lead=LEAD, now=NOW)


def test_what_is_published_later_beside_it_becomes_the_history(database: Database) -> None:
    first, swapped = frozenset({works(30, "night")}), frozenset({works(31, "night")})
    publish(database, first, 0)
    june = following(problem(person()), first, JUNE)
    assert with_neighbours(database, june) == june
    publish(database, swapped, 1)
    assert with_neighbours(database, june).history == tuple(swapped)


def test_history_of_days_that_nobody_published_stays(database: Database) -> None:
    publish(database, frozenset({works(30, "night")}), 0)
    imported = works(date(2026, 5, 2), "early")
    june = following(problem(person(), history=(imported,)), frozenset(), JUNE)
    assert [one.shift.day for one in with_neighbours(database, june).history] == [imported.shift.day, may(30)]


def test_its_own_days_are_never_its_history(database: Database) -> None:
    publish(database, frozenset({works(30, "night")}), 0)
    assert beside(database, MAY).rosters == ()


# --- what is published or swapped is held to it ----------------------------------------------------------------------


def of(period: Period, **changes: Any) -> RosterProblem:
    return problem(*CREW, period=period, **changes)


def put(database: Database, under: RosterProblem, *standing: Assignment, base: int = 0, **changes: Any) -> None:
    given: dict[str, Any] = {"station": "LS-1", "lead": LEAD, "now": NOW}
    rosters.publish(database, under, Draft(base, frozenset(standing)), **{**given, **changes})


def word(database: Database, under: RosterProblem, *standing: Assignment) -> list[Approval]:
    held = beside(database, under.period).clocked(under)
    return [Approval(one.rule, one.finding, "?", "无人可替") for one in check(held, standing)]


def broken(caught: pytest.ExceptionInfo[Unpublishable]) -> set[str]:
    return {one.rule for one in caught.value.breaches}


def offered(database: Database) -> Swap:
    """P2's first shift of June is to become P1's, who works the night before it."""
    given: dict[str, Any] = {"station": "LS-1", "who": ("P2", LEAD[1]), "now": NOW}
    return swaps.offer(database, Kind.GIVE, cell=replace(FIRST, person="P2"), partner="P1", **given)


def signed(database: Database, swap: Swap, by: str, *acts: Act, **changes: Any) -> Swap:
    return swaps.act(database, swap.id, *acts, station="LS-1", who=(by, LEAD[1]), now=NOW, **changes)


@pytest.mark.parametrize("later", [True, False])
def test_no_rest_across_two_rosters_is_not_published_whichever_comes_last(database: Database, later: bool) -> None:
    first, second = ((of(MAY), LAST), (of(JUNE), FIRST)) if later else ((of(JUNE), FIRST), (of(MAY), LAST))
    put(database, *first)
    with pytest.raises(Unpublishable) as caught:
        put(database, *second)
    assert broken(caught) == {"rest"}


def test_a_word_for_it_holds_in_both_rosters(database: Database) -> None:
    put(database, of(MAY), LAST)
    put(database, of(JUNE), FIRST, approvals=word(database, of(JUNE), FIRST))
    put(database, of(MAY), LAST, works(9, "early"), base=1)
    newest = rosters.newest(database, MAY.start)
    assert newest
    assert {one.rule for one in newest.approvals} >= {"rest"}


def test_a_swap_that_leaves_no_rest_across_two_rosters_waits_for_a_word(database: Database) -> None:
    put(database, of(MAY), LAST)
    put(database, of(JUNE), replace(FIRST, person="P2"))
    swap = offered(database)
    (entry,) = swap_inbox.read(database, now=NOW).entries
    assert {one.rule for one in entry.unworded} == {"rest"}
    signed(database, swap, "P1", Act.ACCEPT, Act.CHECK)
    with pytest.raises(Unpublishable):
        signed(database, swap, LEAD[0], Act.APPROVE, Act.PUBLISH)
    words = [Approval(one.rule, one.finding, "?", "无人可替") for one in entry.unworded]
    done = signed(database, swap, LEAD[0], Act.APPROVE, Act.PUBLISH, approvals=words)
    assert done.stage is Stage.PUBLISHED


@pytest.mark.parametrize("at", [LS, SD])
def test_what_has_other_hours_beside_it_goes_by_its_own_clock(database: Database, at: str) -> None:
    """June is worked in shifts of twelve hours at one checkpoint, which is all it knows."""
    june = of(JUNE, plans=TWELVE_HOURS, rules=LONG)
    put(database, june, works(date(2026, 6, 1), "day"))
    with pytest.raises(Unpublishable) as caught:
        put(database, of(MAY), replace(LAST, checkpoint=at))
    assert broken(caught) == {"rest"}
    put(database, of(MAY), works(31, "early", at=at, duty=Duty.TRAFFIC))
    newest = rosters.newest(database, MAY.start)
    assert newest
    assert set(newest.problem.plans) == {LS, SD}


def overtaking(database: Database, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """While something is checked, P1's last night of May is published."""
    honest = getattr(module, name)

    def overtaken(*arguments: Any, **named: Any) -> Any:
        monkeypatch.setattr(module, name, honest)
        newest = rosters.newest(database, MAY.start)
        put(database, of(MAY), LAST, base=newest.roster.version if newest else 0)
        return honest(*arguments, **named)

    monkeypatch.setattr(module, name, overtaken)


@pytest.mark.parametrize("there", [True, False])
def test_a_roster_beside_it_that_changed_under_the_hand_stops_it(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    there: bool,
) -> None:
    if there:
        put(database, of(MAY))
    overtaking(database, monkeypatch, rosters, "to_publish")
    with pytest.raises(Overtaken):
        put(database, of(JUNE), FIRST)
    assert rosters.newest(database, JUNE.start) is None


def test_a_swap_is_stopped_likewise(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    put(database, of(MAY))
    put(database, of(JUNE), replace(FIRST, person="P2"))
    swap = signed(database, offered(database), "P1", Act.ACCEPT)
    overtaking(database, monkeypatch, swaps, "to_publish")
    with pytest.raises(Overtaken):
        signed(database, swap, LEAD[0], Act.CHECK, Act.APPROVE, Act.PUBLISH)
    assert swaps.find(database, swap.id).stage is Stage.ACCEPTED


def test_what_was_published_nobody_knows_where_does_not_stop_who_publishes_beside_it(database: Database) -> None:
    lost = works(9, "early", at="nowhere")
    put(database, of(MAY), lost, approvals=word(database, of(MAY), lost))
    put(database, of(JUNE), FIRST)
    assert [one.roster.version for one in rosters.versions(database)] == [1, 1]
