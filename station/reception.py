"""The desk's part in attendance: who works at it, and the badges it is shown.

A badge is no code of a vehicle: it never is evidence, ends no verdict and opens no check, and whatever goes wrong with
it costs nobody a review.
"""

import logging
from collections.abc import Callable, Iterable

from db.errors import DatabaseError
from station import attendance
from station.access import AccessError
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

    def take_desk(self, code: str, pin: str) -> None:
        """An officer takes the desk over, and so comes to the shift."""
        if self._post is not None:
            now = self._gate.clock.now()
            self._gate.officer = attendance.take_desk(self._post, code, pin, now=now).code

    def leave_desk(self) -> None:
        """The officer leaves the desk, and the shift."""
        if self._post is not None and self._gate.officer is not None:
            attendance.leave_desk(self._post, self._gate.officer, now=self._gate.clock.now())
            self._gate.officer = None

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
