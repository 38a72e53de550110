"""Role × action through the services: each act is done by whom the table allows it, and by nobody else."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db import events, passages, people
from db.engine import Database
from db.filters import Filters
from db.records import PersonRecord
from db.tables import metadata
from scanner.signer import Signer
from shifts.handover import Sheet
from shifts.model import THREE_SHIFTS, DatedShift, Demand, Duty, Seat
from shifts.publishing import Approval, Draft
from shifts.rules import check
from shifts.swaps import Kind as SwapKind
from station import access, backup, badges, decisions, disclosure, handover, heads, retention, rosters, staff, swaps
from station.access import NOBODY, OPEN, REFUSED, STATION, AccessError, Action, Actor, Role, authorise, may, sign_in
from station.decisions import Decision
from station.export import export
from station.export_files import Kind
from station.figures import figures
from station.library import DocumentKind, import_document
from station.post import Post
from tests.db.samples import a_passage
from tests.shifts.rosters import LS, person, problem, works
from tests.shifts.rosters import may as in_may
from tests.station.builders import CONFIG
from tests.station.conftest import PIN

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
CODES = {Role.OFFICER: "O1", Role.LEAD: "L1", Role.AUDITOR: "A1", Role.ADMINISTRATOR: "M1"}
EARLY = DatedShift(in_may(4), "early")
ROSTER = problem(
    *(person(code) for code in ("O1", "O2", "L1")), demands=(Demand(LS, EARLY, 1, (Seat(Duty.CODE_CHECKER),)),)
)
DRAFT, POLICY = Draft(0, frozenset()), 'version = "2"\nnotice = "6"\n'
POINTS, WATCHED = "name,place,hours\n龙文医院,迎宾路,全天\n", "plate,reason,contact\n闽E12345,查控,110\n"
TRUST = json.dumps({"keys": [{"spki": base64.b64encode(Signer.generate().spki).decode()}]})


@dataclass(frozen=True, slots=True)
class Bench:
    """A log with a review in it, and where files go."""

    database: Database
    folder: Path
    passage: str

    @property
    def here(self) -> dict[str, Any]:
        """Where and when everything is done."""
        return {"station": "LS-1", "now": NOW}

    def actor(self, code: str) -> dict[str, Any]:
        """Somebody who signed in, here and now."""
        return {"actor": sign_in(self.database, code, PIN, **self.here), **self.here}


@pytest.fixture
def bench(staffed: Database, tmp_path: Path) -> Bench:
    record = a_passage(station="LS-1", verdict="review")
    passages.append_passage(staffed, record)
    return Bench(staffed, tmp_path, record.id)


def _import(bench: Bench, code: str, kind: DocumentKind, text: str) -> None:
    import_document(bench.database, kind, text.encode(), "file", **bench.actor(code))


def _publish(bench: Bench, code: str, *, who: str = "O1", broken: bool = False) -> None:
    given = frozenset() if broken else frozenset({works(4, "early", who)})
    words = [Approval(one.rule, one.finding, "?", "台风") for one in check(ROSTER, given)]
    rosters.publish(bench.database, ROSTER, Draft(0, given), lead=(code, PIN), approvals=words, **bench.here)


def _swap(bench: Bench, code: str) -> None:
    _publish(bench, "L1", who=code if code == "L1" else "O1")
    mine = works(4, "early", code if code == "L1" else "O1")
    swaps.offer(bench.database, SwapKind.GIVE, cell=mine, partner="O2", who=(code, PIN), **bench.here)


def _release(bench: Bench, code: str) -> None:
    given: dict[str, Any] = {"officer": ("O2", PIN), "lead": (code, PIN), "reason": "已核实"}
    decisions.release(bench.database, passage=bench.passage, **given, **bench.here)


def _turn_back(bench: Bench, code: str) -> None:
    given: dict[str, Any] = {"kind": Decision.TURN_BACK, "officer": (code, PIN), "reason": ""}
    decisions.note(bench.database, passage=bench.passage, **given, **bench.here)


def _export(bench: Bench, code: str, *, personal: bool) -> None:
    given: dict[str, Any] = {"kind": Kind.CSV, "why": "督查", "personal": personal}
    export(bench.database, Filters(), bench.folder / "log.csv", **given, **bench.actor(code))


def _add(bench: Bench, code: str) -> None:
    other = PersonRecord(code="X1", name="林晓岚", unit="区建设局", role="officer", added_at=NOW)
    staff.add(bench.database, other, **bench.actor(code))


ACTS: dict[Action, Callable[[Bench, str], None]] = {
    Action.CHECK: _turn_back,
    Action.RELEASE: _release,
    Action.SWAP: _swap,
    Action.PLAN: lambda bench, code: rosters.save_draft(bench.database, ROSTER, DRAFT, by=code, **bench.here),
    Action.PUBLISH: _publish,
    Action.HAND_OVER: lambda bench, code: _nothing(
        handover.give(Post(bench.database, CONFIG, THREE_SHIFTS), EARLY, (code, PIN), now=NOW)
    ),
    Action.SEARCH_FRAGMENT: lambda bench, code: disclosure.search_opened(
        bench.database, Filters(fragment="闽E1"), **bench.actor(code)
    ),
    Action.UNMASK: lambda bench, code: _nothing(
        disclosure.unmask(bench.database, ("LS-1", bench.passage), plan=THREE_SHIFTS, **bench.actor(code))
    ),
    Action.VIEW_FIGURES: lambda bench, code: _nothing(figures(bench.database, Filters(), **bench.actor(code))),
    Action.EXPORT: lambda bench, code: _export(bench, code, personal=False),
    Action.EXPORT_PERSONAL: lambda bench, code: _export(bench, code, personal=True),
    Action.KEEP_HEADS: lambda bench, code: _nothing(heads.take(bench.database, **bench.actor(code))),
    Action.IMPORT_POLICY: lambda bench, code: _import(
        bench, code, DocumentKind.POLICY, 'version = "2"\nnotice = "6"\n'
    ),
    Action.IMPORT_TRUST: lambda bench, code: _import(bench, code, DocumentKind.TRUST, TRUST),
    Action.IMPORT_WATCHLIST: lambda bench, code: _import(bench, code, DocumentKind.WATCHLIST, WATCHED),
    Action.IMPORT_SAMPLING_POINTS: lambda bench, code: _import(bench, code, DocumentKind.SAMPLING_POINTS, POINTS),
    Action.KEEP_PEOPLE: _add,
    Action.SET_PINS: lambda bench, code: staff.set_pin(bench.database, "O2", "864200", **bench.actor(code)),
    Action.PRINT_BADGES: lambda bench, code: badges.issue(bench.database, [("O2", None)], **bench.actor(code)),
    Action.LEGAL_HOLD: lambda bench, code: _nothing(
        retention.hold(bench.database, bench.database.day_keys.current(), "法院保全", **bench.actor(code))
    ),
    Action.BACKUP: lambda bench, code: _nothing(
        backup.back_up(bench.database, bench.folder / "copy.db", day_keys=None, **bench.actor(code))
    ),
    Action.RECOVERY_KEY: lambda bench, code: _nothing(backup.recovery_copy(bench.database, **bench.actor(code))),
    Action.RETENTION: lambda bench, code: _nothing(retention.run(bench.database, 30, **bench.actor(code))),
}
ELSEWHERE = {
    Action.RESTORE,  # on the command line, which asks those whom the backup knows
    Action.CONFIGURE,  # on the settings page alone
    Action.APPROVE,  # below
}
"""What is tried where it is done."""


def _nothing(_: object) -> None:
    """What an act gives back is not asked here."""


def kept(database: Database) -> dict[str, int]:
    """How many rows each table has, apart from events and the ledger over them."""
    tables = [one for one in metadata.sorted_tables if one.name != "events" and not one.name.startswith("ledger")]
    with database.read() as connection:
        return {one.name: connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables}


def test_every_action_is_tried() -> None:
    assert set(Action) == OPEN | ACTS.keys() | ELSEWHERE


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", ACTS)
def test_an_act_is_done_by_whom_the_table_allows_it(bench: Bench, action: Action, role: Role) -> None:
    before, before_files = kept(bench.database), {one.name for one in bench.folder.iterdir()}
    if may(role, action):
        ACTS[action](bench, CODES[role])
        assert events.newest(bench.database, kind=REFUSED) == []
        return
    with pytest.raises(AccessError, match="not_allowed"):
        ACTS[action](bench, CODES[role])
    assert {one.name for one in bench.folder.iterdir()} == before_files
    if action is not Action.SWAP:  # which has a roster published first
        assert kept(bench.database) == before
    (told,) = events.newest(bench.database, kind=REFUSED)
    assert (told.actor, json.loads(told.details)) == (CODES[role], {"action": action})


@pytest.mark.parametrize("role", list(Role))
def test_a_handover_sheet_is_written_on_by_leads(bench: Bench, role: Role) -> None:
    post, sheet = Post(bench.database, CONFIG, THREE_SHIFTS), Sheet(notes="路灯坏了")
    if may(role, Action.HAND_OVER):
        handover.write(post, EARLY, sheet, by=CODES[role], now=NOW)
        return
    with pytest.raises(AccessError, match="not_allowed"):
        handover.write(post, EARLY, sheet, by=CODES[role], now=NOW)
    (told,) = events.newest(bench.database, kind=REFUSED)
    assert told.actor == CODES[role]


def test_a_word_for_a_breach_is_a_leads(bench: Bench) -> None:
    for role in set(Role) - {Role.LEAD}:
        with pytest.raises(AccessError, match="not_allowed"):
            _publish(bench, CODES[role], broken=True)
    _publish(bench, "L1", broken=True)


@pytest.mark.parametrize("who", [NOBODY, STATION], ids=["nobody", "the station itself"])
def test_who_has_not_signed_in_does_what_is_open_and_the_desks_own(bench: Bench, who: Actor) -> None:
    own = OPEN | ({Action.RETENTION} if who is STATION else {Action.CHECK, Action.CONFIGURE})
    for action in own:
        access.require(bench.database, who, action, **bench.here)
    for action in set(Action) - own:
        with pytest.raises(AccessError, match="sign_in_needed"):
            access.require(bench.database, who, action, **bench.here)


def test_who_was_disabled_meanwhile_does_nothing_more(bench: Bench) -> None:
    actor = sign_in(bench.database, "L1", PIN, **bench.here)
    people.change(bench.database, "L1", station="LS-1", by="M1", at=NOW, active=False)
    for action in Action:
        with pytest.raises(AccessError, match="not_allowed"):
            access.require(bench.database, actor, action, **bench.here)


def test_a_role_counts_as_it_is_now(bench: Bench) -> None:
    actor = sign_in(bench.database, "L1", PIN, **bench.here)
    people.change(bench.database, "L1", station="LS-1", by="M1", at=NOW, role="officer")
    with pytest.raises(AccessError, match="not_allowed"):
        access.require(bench.database, actor, Action.UNMASK, **bench.here)


def test_a_badge_says_who_somebody_is_and_is_no_pin(bench: Bench) -> None:
    text = badges.draw()
    badges.issue(bench.database, [("L1", text)], **bench.actor("M1"))
    assert badges.holder(bench.database, text).code == "L1"
    for code, pin in (("L1", text), (text, PIN), (text, text)):
        with pytest.raises(AccessError, match="pin_wrong"):
            authorise(bench.database, code, pin, Action.CHECK, **bench.here)
