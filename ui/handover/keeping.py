"""What the handover page asks of the log, on the clerk's thread; and how what two stations wrote comes together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from db import people
from db.engine import Database
from db.errors import HandoverMoved
from shifts.handover import Handover, Sheet, Supply, Visit
from shifts.model import DatedShift, ShiftPlan
from station import handover as service
from station.attendance import Noted
from station.config import Config
from station.handover import OVERDUE, Listed, Standing
from station.post import Post

T = TypeVar("T")
_PRESSING = frozenset({Standing.NOW, Standing.LATE})


@dataclass(frozen=True, slots=True)
class Own:
    """What a lead writes on the sheet; the rest the desk fills in."""

    supplies: tuple[Supply, ...] = ()
    visits: tuple[Visit, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the page shows.

    Attributes:
        names: Of people, by code.
        leads: Whoever is at the desk may write.
    """

    listed: tuple[Listed, ...]
    handover: Handover
    names: Mapping[str, str]
    leads: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What came of writing, giving or taking.

    Attributes:
        handover: As it stands now.
        asked: What was to be kept.
        meanwhile: Somebody else took a step before; what both wrote is on the sheet, and nothing was confirmed.
        unkept: What they left no room for, since they gave the sheet.
    """

    handover: Handover
    asked: Own
    meanwhile: bool = False
    unkept: Own | None = None


def own_of(sheet: Sheet) -> Own:
    """A lead's part of a sheet."""
    return Own(sheet.supplies, sheet.visits, sheet.notes)


def with_own(sheet: Sheet, own: Own) -> Sheet:
    """The sheet with this for a lead's part."""
    return replace(sheet, supplies=own.supplies, visits=own.visits, notes=own.notes)


def merged(base: Own, mine: Own, theirs: Own) -> Own:
    """What both wrote who began with the same: each one's lines added and taken out, in a doubt both."""
    if theirs == base:
        return mine
    return Own(
        _merged(base.supplies, mine.supplies, theirs.supplies),
        _merged(base.visits, mine.visits, theirs.visits),
        "\n".join(_merged(base.notes.splitlines(), mine.notes.splitlines(), theirs.notes.splitlines())),
    )


def _merged(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T]) -> tuple[T, ...]:
    if mine == base:
        return tuple(theirs)
    if theirs == base:
        return tuple(mine)
    gone = [one for one in base if one not in mine]
    new = [one for one in mine if one not in base and one not in theirs]
    return (*(one for one in theirs if one not in gone), *new)


class Pen:
    """Writes on sheets. Lives on the clerk's thread, so that each step knows of the one before.

    The page may ask for the next writing before it heard of the last: what it bases that on is then what this pen
    wrote, not what somebody else did.
    """

    def __init__(self, config: Config, plan: ShiftPlan) -> None:
        self._config, self._plan = config, plan
        self._went_on: dict[tuple[DatedShift, int], Step] = {}  # by the shift and the steps seen before

    def overdue(self, database: Database, now: datetime) -> int:
        """How many handovers are late or missing."""
        return sum(Standing(how) in OVERDUE for _, how in service.overdue(self._post(database), now))

    def load(
        self,
        database: Database,
        shift: DatedShift | None,
        *,
        officer: str | None,
        now: datetime,
        trust_age: timedelta | None,
    ) -> Loaded:
        """A shift's sheet; None: of the one that is to be handed over now, else of the one that runs."""
        post = self._post(database)
        listed = service.listed(post, now)
        if shift is None:
            shift = next((one.shift for one in listed if one.standing in _PRESSING), listed[0].shift)
        return Loaded(
            listed,
            service.handover(post, shift, trust_age=trust_age),
            {person.code: person.name for person in people.everyone(database)},
            service.may_write(database, officer),
        )

    def write(self, database: Database, base: Handover, own: Own, *, by: str, now: datetime) -> Step:
        """Keep what a lead wrote. What somebody else wrote meanwhile stays too.

        Args:
            database: Where.
            base: What the page showed when it was written.
            own: What is written now.
            by: Whose work it is.
            now: When.

        Raises:
            AccessError: They are no lead.
            HandoverMoved: Others write faster than this.
        """
        post, mine, last = self._post(database), own, base
        while (went := self._went_on.get((base.shift, last.steps))) is not None:
            mine, last = merged(went.asked, mine, own_of(went.handover.sheet)), went.handover
        if mine == own_of(last.sheet):
            return Step(last, own)
        try:
            after, meanwhile = self._write(post, last, mine, by, now), False
        except HandoverMoved:
            theirs = service.handover(post, base.shift)
            if theirs.given is not None:
                return Step(theirs, own, meanwhile=True, unkept=mine)
            mine = merged(own_of(last.sheet), mine, own_of(theirs.sheet))
            after, meanwhile = self._write(post, theirs, mine, by, now), True
        step = Step(after, own, meanwhile)
        self._went_on[base.shift, last.steps] = step
        return step

    def give(
        self,
        database: Database,
        base: Handover,
        own: Own,
        lead: tuple[str, str],
        *,
        by: str | None,
        now: datetime,
        trust_age: timedelta | None,
    ) -> Step:
        """Keep what was written, then the outgoing lead's word for it; raises as `station.handover.give`."""
        step = self.write(database, base, own, by=by or "", now=now)
        if step.meanwhile:
            return step
        seen = step.handover.steps
        given = service.give(self._post(database), base.shift, lead, now=now, trust_age=trust_age, seen=seen)
        return Step(given, own)

    def take(self, database: Database, base: Handover, lead: tuple[str, str], *, now: datetime) -> Step:
        """The incoming lead's word; raises as `station.handover.take`."""
        return Step(service.take(self._post(database), base.shift, lead, now=now), own_of(base.sheet))

    def attend(self, database: Database, act: Callable[[Post, datetime], Noted], *, now: datetime) -> Noted:
        """Have somebody come or leave, which the desk notices by itself."""
        return act(self._post(database), now)

    def _post(self, database: Database) -> Post:
        return Post(database, self._config, self._plan)

    def _write(self, post: Post, last: Handover, own: Own, by: str, now: datetime) -> Handover:
        return service.write(post, last.shift, with_own(last.sheet, own), by=by, now=now, seen=last.steps)
