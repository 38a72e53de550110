"""The desk's part in attendance: who works at it, and the badges it is shown.

A badge is no code of a vehicle: it never is evidence, ends no verdict and opens no check, and whatever goes wrong with
it costs nobody a review.
"""

import logging
from collections.abc import Callable, Iterable

from db import events
from db.errors import DatabaseError, RecordRefused
from db.records import EventRecord, new_id
from station import attendance
from station.access import FREE, NOBODY, AccessError, Action, Actor, actor_of, identify, is_pin_of
from station.attendance import Expected, Noted
from station.gate import Gate
from station.post import Post

log = logging.getLogger(__name__)

AGAIN = 5.0
"""Seconds for which a badge must be out of the camera's sight before it is read again."""


class Reception:
    """Takes in who comes.

    Args:
        gate: Whose log it is kept in.
        tell: Where what came of a badge goes; must not block.
        monotonic: A clock that never goes back, in seconds.
    """

    def __init__(self, gate: Gate, tell: Callable[[Noted], None], monotonic: Callable[[], float]) -> None:
        self._gate, self._tell, self._monotonic = gate, tell, monotonic
        self._post = None if gate.database is None else Post(gate.database, gate.config, gate.plan)
        self._in_sight: dict[str, float] = {}
        self.expected = None if self._post is None else Expected(self._post)
        """Who is to come, for the status line."""
        self.user, self.locked = NOBODY, False
        """Who has the desk; and that it waits for them to say again who they are."""
        self.unkept: list[EventRecord] = []
        """Locks and unlocks that could not be written yet."""
        self._wrong = 0

    def take_desk(self, code: str, pin: str) -> None:
        """Somebody takes the desk over, or unlocks it: who checks vehicles comes to the shift so.

        Raises:
            AccessError: As `identify`.
            DatabaseError: It could not be kept, and it is not who locked the desk that unlocks it.
        """
        try:
            self._take_desk(code, pin)
            self._wrong = 0
        except DatabaseError:
            if not self._goes_on(code, pin):
                raise

    def _take_desk(self, code: str, pin: str) -> None:
        if self._post is None:
            return
        now, station = self._gate.clock.now(), self._gate.config.station
        person = identify(self._post.database, code, pin, station=station, now=now)
        user = actor_of(person)
        if user.may(Action.CHECK):
            attendance.come_to_desk(self._post, person, now=now)
        else:  # nobody's shift has a row for them
            self._note("signed_in", user)
        if self.user.code not in {None, user.code} and not self.user.may(Action.CHECK):
            self._note("signed_out", self.user)
        self.user, self.locked = user, False
        self._gate.officer = user.code if user.may(Action.CHECK) else None

    def _goes_on(self, code: str, pin: str) -> bool:
        """Whether who has the locked desk goes on though nothing can be kept: that costs reviews, and not the road.

        Their PIN is looked at `FREE` times wrong at most; that they unlocked it is kept once something can be.
        """
        if self._post is None or not self.locked or code != self.user.code or self._wrong >= FREE:
            return False
        if not is_pin_of(self._post.database, code, pin):
            self._wrong += 1
            raise AccessError("pin_wrong")
        self.locked = False
        self.unkept.append(self._event("desk_unlocked", self.user))
        return True

    def leave_desk(self) -> None:
        """Who has the desk leaves it; an officer, the shift too."""
        if self._post is None or self.user.code is None:
            return
        if self.user.may(Action.CHECK):
            attendance.leave_desk(self._post, self.user.code, now=self._gate.clock.now())
        else:
            self._note("signed_out", self.user)
        self.user, self.locked, self._gate.officer = NOBODY, False, None

    def lock(self) -> None:
        """Nobody touched the desk for long: whoever has it, or another, has to sign in before it goes on."""
        if self.user.code is not None and not self.locked:
            self.locked = True
            self.unkept.append(self._event("desk_locked", self.user))
            self.flush()

    def flush(self) -> bool:
        """Write what could not be written before; whether nothing is left."""
        while self._post is not None and self.unkept:
            try:
                events.append(self._post.database, self.unkept[0])
            except RecordRefused:
                log.warning("event %s had been written after all", self.unkept[0].id)
            except DatabaseError:
                log.exception("still cannot write")
                return False
            del self.unkept[0]
        return True

    def see(self, badges: Iterable[str]) -> None:
        """Badges in a frame: each is taken in once, until it was away for a while."""
        now = self._monotonic()
        before = {text: at for text, at in self._in_sight.items() if now - at < AGAIN}
        shown = dict.fromkeys(badges, now)
        self._in_sight = before | shown
        for text in shown:
            if text not in before:
                self._take_in(text, glimpsed=True)

    def scanned(self, text: str) -> None:
        """A badge from a hand scanner."""
        self._take_in(text, glimpsed=False)

    def _note(self, kind: str, user: Actor) -> None:
        if self._post is not None:
            events.append(self._post.database, self._event(kind, user))

    def _event(self, kind: str, user: Actor) -> EventRecord:
        now, station = self._gate.clock.now(), self._gate.config.station
        return EventRecord(station=station, id=new_id(), at=now, kind=kind, actor=user.code)

    def _take_in(self, text: str, *, glimpsed: bool) -> None:
        if self._post is None:
            return
        try:
            now = self._gate.clock.now()
            noted = attendance.check_in_badge(self._post, text, now=now, glimpsed=glimpsed)
        except (AccessError, DatabaseError) as error:
            noted = Noted(error.code, dict(error.params), well=False)
        except Exception:  # a bug here must not cost the vehicle in hand anything
            log.exception("a badge was not taken in")
            noted = Noted("badge_failed", {}, well=False)
        self._tell(noted)
