"""Swaps (换班): two exchange, one gives away, one takes over, or a lead acts for somebody absent.

A swap is a value with its whole history. Each act gives the next value, and looks again at the newest roster: when a
cell under the swap is no longer as it was, the swap is void, whatever the act.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shifts.model import Assignment, Roster, RosterProblem
from shifts.publishing import Approval, Change, begin, new_breaches, publish, unapproved
from shifts.rules import Breach


class Kind(StrEnum):
    """Who gets whose shift."""

    EXCHANGE = "exchange"
    GIVE = "give"
    TAKE = "take"
    ACT = "act"


class Stage(StrEnum):
    """How far it is. The last seven are ends."""

    DRAFT = "draft"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    CHECKED = "checked"
    APPROVED = "approved"
    PUBLISHED = "published"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    VOID = "void"


ENDS = frozenset({Stage.PUBLISHED, Stage.DECLINED, Stage.REFUSED, Stage.WITHDRAWN, Stage.EXPIRED, Stage.VOID})


class Act(StrEnum):
    """What somebody does with it."""

    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    CHECK = "check"
    APPROVE = "approve"
    REFUSE = "refuse"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class SwapError(Exception):
    """An act that does not fit; `code` names why, `params` fill its sentence."""

    code = "swap_wrong_act"

    def __init__(self, **params: str | int) -> None:
        super().__init__(self.code, params)
        self.params = params


class NotTheirs(SwapError):
    """Somebody acts for whom it is not to act."""

    code = "swap_not_theirs"


class BadSwap(SwapError):
    """Shifts that cannot be swapped: one is nobody's, both are one person's, or it is already over."""

    code = "swap_bad"


@dataclass(frozen=True, slots=True)
class Step:
    """One act: who, when, from what to what, why, and which roster it looked at."""

    act: Act
    by: str
    at: datetime
    before: Stage
    after: Stage
    version: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Swap:
    """A swap, with all that happened to it.

    Attributes:
        cell: The shift that changes hands, as it stands in the roster.
        other: In an exchange, the shift given for it.
        asker: Who began it; in `Kind.ACT` a lead, who may take the shift over in person.
        partner: Who is to work `cell` from now on; in `Kind.TAKE`, whose it is.
        until: When an offer ends by itself.
    """

    id: str
    kind: Kind
    cell: Assignment
    other: Assignment | None
    asker: str
    partner: str
    until: datetime
    history: tuple[Step, ...] = ()

    @property
    def stage(self) -> Stage:
        """How far it is."""
        return self.history[-1].after if self.history else Stage.DRAFT

    @property
    def change(self) -> Change:
        """What it does to a roster."""
        if self.kind is Kind.TAKE:
            return Change(frozenset({self.cell}), frozenset({replace(self.cell, person=self.asker)}))
        moved = {replace(self.cell, person=self.partner)}
        if self.other is None:
            return Change(frozenset({self.cell}), frozenset(moved))
        moved.add(replace(self.other, person=self.cell.person))
        return Change(frozenset({self.cell, self.other}), frozenset(moved))


def propose(
    swap_id: str,
    kind: Kind,
    roster: Roster,
    *,
    cell: Assignment,
    asker: str,
    partner: str,
    until: datetime,
    other: Assignment | None = None,
) -> Swap:
    """A swap as it is thought of.

    Raises:
        BadSwap: The cells do not belong to whom this kind says, or are not in the roster.
    """
    owner = {Kind.EXCHANGE: asker, Kind.GIVE: asker, Kind.TAKE: partner}.get(kind, cell.person)
    right = cell.person == owner != _receiver(kind, asker, partner) and (kind is Kind.ACT or asker != partner)
    paired = (other is not None) == (kind is Kind.EXCHANGE) and (other is None or other.person == partner)
    there = cell in roster.assignments and (other is None or other in roster.assignments)
    if not (right and paired and there):
        raise BadSwap(kind=str(kind))
    return Swap(swap_id, kind, cell, other, asker, partner, until)


def step(
    swap: Swap,
    act: Act,
    roster: Roster,
    problem: RosterProblem,
    *,
    by: str,
    at: datetime,
    why: str = "",
    is_lead: bool = False,
    approvals: tuple[Approval, ...] = (),
) -> Swap:
    """The swap after somebody's act, with a step added to its history.

    It becomes void where a cell under it has changed, and expired where its time is over; a check that finds a new
    hard breach refuses it. Whoever approves or publishes gives a word for each, or it is refused as well.

    Args:
        swap: As it is.
        act: What is done.
        roster: The newest published roster.
        problem: What it is held to.
        by: Who acts.
        at: When.
        why: Their reason, kept.
        is_lead: Whether `by` is a shift lead.
        approvals: Words for hard breaches.

    Raises:
        SwapError: The act does not fit the stage, or is not theirs.
    """
    before = swap.stage
    if before in ENDS or act not in _NEXT[before]:
        raise SwapError(act=str(act), stage=str(before))
    if not _MAY[act](swap, by, is_lead):
        raise NotTheirs(act=str(act), by=by)
    after = _NEXT[before][act]
    if not swap.change.removed <= roster.assignments:
        after = Stage.VOID
    elif at > swap.until and act not in {Act.WITHDRAW, Act.DECLINE, Act.REFUSE}:
        after = Stage.EXPIRED
    elif act in {Act.CHECK, Act.APPROVE, Act.PUBLISH} and unapproved(breaks(swap, roster, problem), approvals):
        after = Stage.REFUSED
    return replace(swap, history=(*swap.history, Step(act, by, at, before, after, roster.version, why)))


def breaks(swap: Swap, roster: Roster, problem: RosterProblem) -> tuple[Breach, ...]:
    """What the roster would break after the swap that it does not break now."""
    change = swap.change
    return new_breaches(problem, roster.assignments, (roster.assignments - change.removed) | change.added)


def settle(
    swap: Swap,
    roster: Roster,
    problem: RosterProblem,
    *,
    by: str,
    at: datetime,
    is_lead: bool,
    approvals: tuple[Approval, ...] = (),
) -> tuple[Swap, Roster | None]:
    """Publish an approved swap: it, and the next version of the roster; None where it turned out void or refused.

    Raises:
        SwapError: It is not approved, or `by` is no lead.
        Unpublishable: The roster as a whole breaks a hard rule for which there is no word; the swap stays as it was.
    """
    after = step(swap, Act.PUBLISH, roster, problem, by=by, at=at, is_lead=is_lead, approvals=approvals)
    if after.stage is not Stage.PUBLISHED:
        return after, None
    draft = begin(roster).apply(swap.change.removed, swap.change.added)
    return after, publish(problem, draft, roster, approvals)


def _receiver(kind: Kind, asker: str, partner: str) -> str:
    return asker if kind is Kind.TAKE else partner


def _asker(swap: Swap, by: str, _lead: bool) -> bool:  # noqa: FBT001 -- one of a table of these
    return by == swap.asker


def _partner(swap: Swap, by: str, lead: bool) -> bool:  # noqa: FBT001
    return by == swap.partner or (swap.kind is Kind.ACT and lead)


def _lead(_swap: Swap, _by: str, lead: bool) -> bool:  # noqa: FBT001
    return lead


def _anybody(_swap: Swap, _by: str, _is_lead: bool) -> bool:  # noqa: FBT001
    return True


_MAY: dict[Act, Callable[[Swap, str, bool], bool]] = {
    Act.OFFER: _asker,
    Act.ACCEPT: _partner,
    Act.DECLINE: _partner,
    Act.CHECK: _anybody,
    Act.APPROVE: _lead,
    Act.REFUSE: _lead,
    Act.PUBLISH: _lead,
    Act.WITHDRAW: _asker,
    Act.EXPIRE: _anybody,
}
_OPEN = {Act.WITHDRAW: Stage.WITHDRAWN, Act.EXPIRE: Stage.EXPIRED, Act.REFUSE: Stage.REFUSED}
_NEXT: dict[Stage, dict[Act, Stage]] = {
    Stage.DRAFT: {Act.OFFER: Stage.OFFERED, Act.WITHDRAW: Stage.WITHDRAWN, Act.EXPIRE: Stage.EXPIRED},
    Stage.OFFERED: {Act.ACCEPT: Stage.ACCEPTED, Act.DECLINE: Stage.DECLINED, **_OPEN},
    Stage.ACCEPTED: {Act.CHECK: Stage.CHECKED, **_OPEN},
    Stage.CHECKED: {Act.APPROVE: Stage.APPROVED, **_OPEN},
    Stage.APPROVED: {Act.PUBLISH: Stage.PUBLISHED, **_OPEN},
}
