"""What can be wrong with a roster's problem, or with solving it: codes and parameters; the words are made elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from shifts.findings import Rule
from shifts.model import DatedShift, Seat

Param = str | int | float


class RosterError(Exception):
    """The family of everything that can go wrong here."""

    code: ClassVar[str] = "roster_error"

    def __init__(self, **params: Param) -> None:
        """Keep the figures and names a sentence about it needs."""
        super().__init__(self.code, params)
        self.params = params


class ProblemError(RosterError):
    """The problem contradicts itself, or its document cannot be read."""

    code = "problem_error"


class NotJson(ProblemError):
    """The text is no JSON. Params: line, column, what."""

    code = "problem_not_json"


class UnknownKey(ProblemError):
    """A key nobody knows, perhaps misspelt. Params: where, key."""

    code = "problem_unknown_key"


class RepeatedKey(ProblemError):
    """One object has a key twice. Params: key."""

    code = "problem_repeated_key"


class MissingKey(ProblemError):
    """A key that has to be there is not. Params: where, key."""

    code = "problem_missing_key"


class WrongValue(ProblemError):
    """A value of the wrong kind, or out of range. Params: where, need."""

    code = "problem_wrong_value"


class UnknownPack(ProblemError):
    """No rule pack has this name, and the rules beside it are not whole. Params: name, packs, keys (that lack)."""

    code = "problem_unknown_pack"


class DuplicatePerson(ProblemError):
    """Two people have one code. Params: person."""

    code = "problem_duplicate_person"


class DuplicateDemand(ProblemError):
    """One shift of one checkpoint is demanded twice. Params: checkpoint, day, shift."""

    code = "problem_duplicate_demand"


class UnknownCheckpoint(ProblemError):
    """No checkpoint has this code. Params: where, checkpoint."""

    code = "problem_unknown_checkpoint"


class UnknownShift(ProblemError):
    """The checkpoint's plan has no such shift. Params: where, checkpoint, shift."""

    code = "problem_unknown_shift"


class UnknownPerson(ProblemError):
    """Nobody has this code. Params: where, person."""

    code = "problem_unknown_person"


class DayOutside(ProblemError):
    """A day the roster does not have. Params: where, day."""

    code = "problem_day_outside"


class TableError(RosterError):
    """A line of a roster's CSV cannot be read. Params: line, what, and what stood there."""

    code = "roster_table"


class SolveError(RosterError):
    """No roster came of it."""

    code = "roster_unsolved"


class Cancelled(SolveError):
    """It was told to stop before every shift was covered."""

    code = "roster_cancelled"


class OutOfTime(SolveError):
    """The time was up before every shift was covered, or it was shown that they cannot be. Params: seconds."""

    code = "roster_out_of_time"


@dataclass(frozen=True, slots=True)
class Shortage:
    """Heads, or people for one kind of seat, that a shift lacks at best.

    Attributes:
        seat: What each of them must bring; None where any head would do.
        exact: It was shown that no fewer lack; otherwise so many at most.
    """

    checkpoint: str
    shift: DatedShift
    seat: Seat | None
    missing: int
    exact: bool = True


class Request(StrEnum):
    """What may stand in the way of covering a shift."""

    LEAVE = "leave"
    NO_NIGHT = "no_night"
    PIN = "pin"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One of the requests that together make a shift impossible to cover; or work around the period that does.

    Attributes:
        days: The days of leave that matter, or the pinned or worked shift's day.
        checkpoint: Where that shift is.
        shift: Which it is.
    """

    request: Request
    person: str
    days: tuple[date, ...] = ()
    checkpoint: str | None = None
    shift: DatedShift | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule without whose figure the shifts could be covered."""

    rule: Rule
    figure: float


@dataclass(frozen=True, slots=True)
class Reason:
    """What cannot all be kept together with the demand; where that is nothing, there are too few people.

    Attributes:
        shortages: What it explains; none where pins contradict each other, whatever is demanded.
    """

    shortages: tuple[Shortage, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Relief:
    """So many more people, who bring this and may work any day, would do; `exact`: and no fewer, as was shown."""

    seat: Seat | None
    people: int
    exact: bool = True


class Infeasible(SolveError):
    """The demand cannot be covered under the rules. Params: checkpoints, shifts, missing (counts).

    Attributes:
        shortages: Which shifts lack what, at best; by time.
        reasons: Why; as many as could be found in a moment.
        relief: Who would do; empty where nobody would, or that was not found.
        proven: It was shown; otherwise only not found within the time.
    """

    code = "roster_infeasible"

    def __init__(
        self,
        shortages: tuple[Shortage, ...] = (),
        reasons: tuple[Reason, ...] = (),
        relief: tuple[Relief, ...] = (),
        *,
        proven: bool = True,
    ) -> None:
        """Keep what a lead can act on."""
        self.shortages, self.reasons, self.relief, self.proven = shortages, reasons, relief, proven
        super().__init__(
            checkpoints=len({shortage.checkpoint for shortage in shortages}),
            shifts=len(_places(shortages)),
            missing=sum(shortage.missing for shortage in shortages),
        )

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Of all reasons, each once."""
        return tuple(dict.fromkeys(conflict for reason in self.reasons for conflict in reason.conflicts))

    @property
    def exact(self) -> bool:
        """Whether it was shown that no fewer lack."""
        return all(one.exact for one in self.shortages)

    @property
    def unexplained(self) -> int:
        """How many of the shifts no reason is about."""
        explained = _places(shortage for reason in self.reasons for shortage in reason.shortages)
        return len(_places(self.shortages) - explained)


def _places(shortages: Iterable[Shortage]) -> set[tuple[str, DatedShift]]:
    return {(shortage.checkpoint, shortage.shift) for shortage in shortages}
