"""Attendance (到岗): who came to which shift and who left, by PIN, by badge, or by taking the desk.

Which shift somebody comes to, a quarter to eight, for the one at eight or the one that runs:

- Within `EARLY` of the change, whoever the published roster has on the coming shift comes to that one; who is on the
  running one too comes to it first, and by a further scan to the coming one.
- Within `LATEST` of the change, who is not of the running shift, neither by its roster nor by having come to it, comes
  to the next: a helper from elsewhere, or everybody where no roster is published.
- Everybody else comes to the running shift.

Who takes the desk works from that moment: they come to the running shift, and to the next one by the same rules. Nobody
is carried over a change: who forgot to leave is not counted in the next shift.
"""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from db import people, sign_ins
from db import rosters as kept_rosters
from db.errors import DatabaseError
from db.records import PersonRecord, SignInRecord
from shifts.handover import Presence
from shifts.model import SHANGHAI, Assignment, DatedShift, ShiftPlan
from station import badges, rosters
from station.access import AccessError, Action, identify, may
from station.post import Post

log = logging.getLogger(__name__)

EARLY = timedelta(minutes=60)
"""Before a shift begins, its people come to it from then on."""
LATEST = timedelta(minutes=20)
"""Before a shift begins, whoever comes is meant for it, unless they are of the running one."""
JUST_LEFT = timedelta(minutes=10)
"""After leaving, somebody's badge that a camera sees brings nobody back: they are on their way out."""
OVERTIME = timedelta(minutes=60)
"""After a shift's end, its people leave it, and a camera that sees their badge takes them for on their way out."""


class How(StrEnum):
    """How somebody said who they are."""

    PIN = "pin"
    BADGE = "badge"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Noted:
    """What came of coming or leaving, or why nothing did: a code of `station.texts` with its figures.

    Attributes:
        well: It was done, now or before; else the sentence says what to do.
    """

    code: str
    params: dict[str, object]
    well: bool = True


@dataclass(frozen=True, slots=True)
class Stay:
    """From when somebody was there; `left` is None until they left, and again when they come back."""

    came: datetime
    left: datetime | None = None


def stays(post: Post, shift: DatedShift) -> dict[str, Stay]:
    """Everybody who came to a shift, by code, in the order they came."""
    found: dict[str, Stay] = {}
    for one in sign_ins.of_shift(post.database, post.config.station, shift.day, shift.code):
        stay = found.get(one.person)
        if one.kind == "in":
            found[one.person] = Stay(one.at) if stay is None else replace(stay, left=None)
        elif stay is not None and stay.left is None:
            found[one.person] = replace(stay, left=one.at)
    return found


def rostered(post: Post, shift: DatedShift) -> tuple[Assignment, ...] | None:
    """Who is to come to a shift by the published roster, leads first; None where none says."""
    try:
        return rosters.of_shift(post.database, post.config.checkpoint, shift)
    except DatabaseError:  # a damaged roster keeps nobody from coming to work
        log.exception("the roster cannot be read")
        return None


def register(post: Post, shift: DatedShift) -> tuple[Presence, ...]:
    """A shift's people: whom the roster has, in its order, then who else came; and from when to when.

    Raises:
        DatabaseError: A named fault.
    """
    there = stays(post, shift)
    duties = {one.person: one.duty for one in reversed(rostered(post, shift) or ())}
    names = {one.code: one.name for one in people.everyone(post.database)}
    codes = dict.fromkeys((*reversed(duties), *there))
    return tuple(
        Presence(
            code,
            names.get(code, code),
            duties.get(code),
            there[code].came if code in there else None,
            there[code].left if code in there else None,
        )
        for code in codes
    )


# --- coming ----------------------------------------------------------------------------------------------------------


def check_in(post: Post, code: str, pin: str, *, now: datetime) -> Noted:
    """Somebody comes, by code and PIN.

    Raises:
        AccessError: A wrong PIN, somebody who left, or whose role checks no vehicles.
        DatabaseError: A named fault; nothing was kept.
    """
    return _come(post, _checker(post, code, pin, now), How.PIN, now)


def check_in_badge(post: Post, text: str, *, now: datetime, glimpsed: bool = False) -> Noted:
    """Somebody comes, by badge. Raises as `check_in`; the `AccessError` is about the badge.

    Args:
        post: Where.
        text: What the badge says.
        now: When.
        glimpsed: By a camera, before which a badge may hang that nobody shows.
    """
    person = badges.holder(post.database, text)
    if glimpsed and (going := _going(post, person, now)):
        return going
    return _come(post, person, How.BADGE, now)


def take_desk(post: Post, code: str, pin: str, *, now: datetime) -> PersonRecord:
    """Somebody takes the desk over, by code and PIN, and so comes to the shift. Raises as `check_in`."""
    person = _checker(post, code, pin, now)
    come_to_desk(post, person, now=now)
    return person


def come_to_desk(post: Post, person: PersonRecord, *, now: datetime) -> None:
    """Somebody whose PIN was right, and who checks vehicles, takes the desk over.

    Raises:
        DatabaseError: A named fault; nothing was kept.
    """
    running, meant = post.plan.at(now), _shift_for(post, person.code, now)
    for shift in dict.fromkeys((running, meant)):  # also where they came before: who has the desk is told
        _append(post, person, shift, kind="in", how=How.PIN, now=now)


# --- leaving ---------------------------------------------------------------------------------------------------------


def check_out(post: Post, code: str, pin: str, *, now: datetime) -> Noted:
    """Somebody leaves, by code and PIN.

    Raises:
        AccessError: As for `check_in`, or they never came.
        DatabaseError: A named fault; nothing was kept.
    """
    return _leave(post, _checker(post, code, pin, now), How.PIN, now)


def check_out_badge(post: Post, text: str, *, now: datetime) -> Noted:
    """Somebody leaves, by badge. Raises as `check_out`; the `AccessError` may be about the badge."""
    return _leave(post, badges.holder(post.database, text), How.BADGE, now)


def leave_desk(post: Post, code: str, *, now: datetime) -> None:
    """Who works at the desk leaves it, and the shift; no PIN is asked for that.

    Raises:
        DatabaseError: A named fault; nothing was kept.
    """
    person = people.get(post.database, code)
    if person is not None:
        _go(post, person, How.DESK, now)


# --- for the status line ---------------------------------------------------------------------------------------------


class Expected:
    """Who is to come to the running shift: the roster is read once a shift, and when a version was published."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._of: tuple[DatedShift, int] | None = None
        self._codes: tuple[str, ...] | None = None

    def codes(self, shift: DatedShift) -> tuple[str, ...] | None:
        """Codes of the people rostered, leads first; None where no roster says.

        Raises:
            DatabaseError: A named fault.
        """
        wanted = shift, kept_rosters.count(self._post.database, rosters.OWN_DISTRICT)
        if wanted != self._of:
            found = rostered(self._post, shift)
            self._codes = None if found is None else tuple(dict.fromkeys(one.person for one in found))
            self._of = wanted
        return self._codes


# --- within ----------------------------------------------------------------------------------------------------------


def _checker(post: Post, code: str, pin: str, now: datetime) -> PersonRecord:
    person = identify(post.database, code, pin, station=post.config.station, now=now)
    if not may(person.role, Action.CHECK):
        raise AccessError("duty_not_theirs", person=code)
    return person


def _come(post: Post, person: PersonRecord, how: How, now: datetime) -> Noted:
    shift = _shift_for(post, person.code, now)
    stay = stays(post, shift).get(person.code)
    if stay is None or not _is_there(stay):
        _append(post, person, shift, kind="in", how=how, now=now)
        stay = Stay(now)
    coming = shift != post.plan.at(now)
    return _noted("attendance_in_early" if coming else "attendance_in", person, stay.came, shift)


def _leave(post: Post, person: PersonRecord, how: How, now: datetime) -> Noted:
    if (shift := _go(post, person, how, now)) is not None:
        return _noted("attendance_out", person, now, shift)
    for one in _around(post.plan, now):
        stay = stays(post, one).get(person.code)
        if stay is not None and stay.left is not None:
            return _noted("attendance_out", person, stay.left, one)
    raise AccessError("attendance_absent", name=person.name)


def _shift_for(post: Post, code: str, now: datetime) -> DatedShift:
    """The shift that somebody comes to now; see above."""
    running = post.plan.at(now)
    coming, begins = _next(post.plan, running)
    if begins - now > EARLY:
        return running
    here = stays(post, running).get(code)
    of_running, of_coming = (_codes(post, one) for one in (running, coming))
    if code in of_coming and (code not in of_running or _is_there(here)):
        return coming
    if begins - now <= LATEST and here is None and code not in of_running:
        return coming
    return running


def _going(post: Post, person: PersonRecord, now: datetime) -> Noted | None:
    """Where somebody before a camera is on their way out: what to say instead of taking them in."""
    running = post.plan.at(now)
    begun, last = post.plan.shift(running.code).span(running.day)[0], _previous(post.plan, running)
    expected = person.code in _codes(post, running)
    for shift in (running,) if expected else (running, last):
        stay = stays(post, shift).get(person.code)
        if stay is not None and stay.left is not None and timedelta() <= now - stay.left < JUST_LEFT:
            return _noted("attendance_out", person, stay.left, shift)
    forgot = _is_there(stays(post, last).get(person.code)) and now - begun < OVERTIME
    if forgot and not expected and person.code not in stays(post, running):
        return replace(_noted("attendance_over", person, now, last), well=False)
    return None


def _go(post: Post, person: PersonRecord, how: How, now: datetime) -> DatedShift | None:
    """Leave the running shift and the coming one, or the last where it is neither; which, the first of them."""
    found = [one for one in _around(post.plan, now) if _is_there(stays(post, one).get(person.code))]
    last = _previous(post.plan, post.plan.at(now))
    for shift in (left := [one for one in found if one != last] or found):
        _append(post, person, shift, kind="out", how=how, now=now)
    return next(iter(left), None)


def _is_there(stay: Stay | None) -> bool:
    return stay is not None and stay.left is None


def _around(plan: ShiftPlan, now: datetime) -> tuple[DatedShift, ...]:
    """The shifts that somebody may leave now: the running, the coming, and the last for a while after its end."""
    running = plan.at(now)
    begun, _ = plan.shift(running.code).span(running.day)
    late = (_previous(plan, running),) if now - begun < OVERTIME else ()
    return (running, _next(plan, running)[0], *late)


def _next(plan: ShiftPlan, running: DatedShift) -> tuple[DatedShift, datetime]:
    """The shift after this one, and when it begins."""
    _, ends = plan.shift(running.code).span(running.day)
    return plan.at(ends), ends


def _previous(plan: ShiftPlan, running: DatedShift) -> DatedShift:
    begun, _ = plan.shift(running.code).span(running.day)
    return plan.at(begun - timedelta(seconds=1))


def _codes(post: Post, shift: DatedShift) -> frozenset[str]:
    return frozenset(one.person for one in rostered(post, shift) or ())


def _append(post: Post, person: PersonRecord, shift: DatedShift, *, kind: str, how: How, now: datetime) -> SignInRecord:
    keep = sign_ins.sign_in if kind == "in" else sign_ins.sign_out
    return keep(
        post.database,
        station=post.config.station,
        person=person.code,
        at=now,
        shift_date=shift.day,
        shift=shift.code,
        how=how,
    )


def _noted(code: str, person: PersonRecord, at: datetime, shift: DatedShift) -> Noted:
    params: dict[str, object] = {
        "name": person.name,
        "at": f"{at.astimezone(SHANGHAI):%H:%M}",
        "which": shift.code,
    }
    return Noted(code, params)
