"""The swaps as a desk looks at them, and what they say in both languages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db import people
from db.engine import Database
from db.records import PersonRecord
from shifts.publishing import begin
from shifts.swaps import Act, Kind, Stage, Step, Swap
from station import rosters, swap_inbox, swaps, texts_swaps
from station.rosters import Published
from station.swap_inbox import Inbox
from station.texts import LANGUAGES, Language
from tests.shifts.rosters import MAY, works
from tests.station.conftest import PIN
from tests.station.test_swaps import AFTER, HIS, MINE, NOW, SOON, act, offer, publish

NAMES = {"O1": "王小明", "O2": "林晓岚", "L1": "陈志强", "LS": "龙士"}


@pytest.fixture
def roster(staffed: Database) -> Published:
    return publish(staffed, MINE, HIS, AFTER)


def read(database: Database, **changes: object) -> Inbox:
    given: dict[str, object] = {"now": NOW}
    return swap_inbox.read(database, **{**given, **changes})  # type: ignore[arg-type]


def waiting(inbox: Inbox, code: str) -> list[Stage]:
    return [one.stage for one in inbox.waiting(code)]


def test_an_offer_waits_for_whom_it_is_made_to_and_then_for_a_lead(staffed: Database, roster: Published) -> None:
    swap = offer(staffed)
    assert [waiting(read(staffed), code) for code in ("O2", "O1", "L1")] == [[Stage.OFFERED], [], []]
    act(staffed, swap, Act.ACCEPT, "O2")
    assert [waiting(read(staffed), code) for code in ("O2", "O1", "L1")] == [[], [], [Stage.ACCEPTED]]
    assert read(staffed).waiting(None) == ()


def test_a_lead_s_own_swap_waits_for_the_other_lead(staffed: Database, pin_hash: str) -> None:
    mine = works(4, "early", "L1")
    publish(staffed, mine, HIS)
    act(staffed, offer(staffed, "L1", cell=mine), Act.ACCEPT, "O2")
    assert waiting(read(staffed), "L1") == [Stage.ACCEPTED]  # the only lead
    other = PersonRecord(code="L2", name="L2", unit="", role="lead", pin_hash=pin_hash, added_at=NOW, active=True)
    people.add(staffed, other, station="LS-1", by=None)
    assert [waiting(read(staffed), code) for code in ("L1", "L2")] == [[], [Stage.ACCEPTED]]


def test_what_is_over_comes_after_what_is_open_and_reading_writes_nothing(staffed: Database, roster: Published) -> None:
    late = offer(staffed, until=SOON)
    declined = act(staffed, offer(staffed, cell=AFTER), Act.DECLINE, "O2")
    still = offer(staffed, cell=AFTER, until=None)
    found = read(staffed, now=SOON + timedelta(seconds=1)).entries
    assert (found[0].swap.id, found[0].stage) == (still.id, Stage.OFFERED)
    assert {one.swap.id: one.stage for one in found[1:]} == {late.id: Stage.EXPIRED, declined.id: Stage.DECLINED}
    assert swaps.find(staffed, late.id).stage is Stage.OFFERED


def test_a_swap_under_a_changed_shift_is_void_at_once(staffed: Database, roster: Published) -> None:
    offer(staffed)
    draft = begin(roster.roster).apply([MINE], [replace(MINE, person="L1")])
    rosters.publish(staffed, roster.problem, draft, station="LS-1", lead=("L1", PIN), now=NOW)
    (entry,) = read(staffed).entries
    assert (entry.stage, entry.open, entry.breaches) == (Stage.VOID, False, ())


def test_what_it_would_break_is_known_before_anybody_checks_it(staffed: Database, roster: Published) -> None:
    offer(staffed, "O2", cell=HIS, partner="O1")
    (entry,) = read(staffed).entries
    assert "rest" in {one.rule for one in entry.unworded}


def test_rosters_that_are_over_are_left_out_unless_asked_for(staffed: Database, roster: Published) -> None:
    offer(staffed)
    after = NOW + timedelta(days=60)
    assert read(staffed, now=after).entries == ()
    assert len(read(staffed, now=after, also=MAY.start).entries) == 1


def test_their_shifts_to_come_in_the_order_of_the_clock(staffed: Database, roster: Published) -> None:
    assert read(staffed).shifts_of("O1", NOW) == (MINE, AFTER)
    assert read(staffed).shifts_of("O1", NOW + timedelta(days=4)) == (AFTER,)
    assert read(staffed).shifts_of("X", NOW) == ()


# --- in words --------------------------------------------------------------------------------------------------------


def a_swap(kind: Kind, *steps: Step) -> Swap:
    asker, partner = ("O2", "O1") if kind is Kind.TAKE else ("O1", "O2")
    return Swap("S", kind, MINE, HIS if kind is Kind.EXCHANGE else None, asker, partner, SOON, steps)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_stage_and_act_has_its_words(language: Language) -> None:
    for kind in Kind:
        told = texts_swaps.summary(a_swap(kind), NAMES, language)
        assert "王小明" in told
        assert "{" not in told
    for stage in Stage:
        assert "{" not in texts_swaps.stage(a_swap(Kind.GIVE), stage, NAMES, language)
    for what in Act:
        step = Step(what, "O1", NOW, Stage.OFFERED, texts_swaps.USUAL[what], 1)
        ((at, told),) = texts_swaps.history(a_swap(Kind.GIVE, step), NAMES, language)
        assert (at, told.startswith("王小明 ")) == ("05-01 12:00", True)


def test_before_and_after_of_an_exchange() -> None:
    assert texts_swaps.moves(a_swap(Kind.EXCHANGE), NAMES, "zh") == [
        ("05-04 早班 龙士 · 查码", "王小明 → 林晓岚"),
        ("05-05 中班 龙士 · 查码", "林晓岚 → 王小明"),
    ]


def test_one_signature_is_one_line_and_what_it_came_to_is_said() -> None:
    steps = (
        Step(Act.OFFER, "O1", NOW, Stage.DRAFT, Stage.OFFERED, 1, "家里有事"),
        Step(Act.ACCEPT, "O2", SOON, Stage.OFFERED, Stage.VOID, 2),
        Step(Act.CHECK, "L1", SOON, Stage.ACCEPTED, Stage.CHECKED, 2, "已核对"),
        Step(Act.APPROVE, "L1", SOON, Stage.CHECKED, Stage.APPROVED, 2),
    )
    assert [told for _, told in texts_swaps.history(a_swap(Kind.GIVE, *steps), NAMES, "zh")] == [
        "王小明 提出：家里有事",
        "林晓岚 同意，结果：已作废：班表变了",
        "陈志强 核对、批准：已核对",
    ]
