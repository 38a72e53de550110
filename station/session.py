"""A desk's work between two vehicles and the next: the check in hand, the verdict shown, vehicles set aside.

No threads and no screen: the desk's thread calls the steps, and what changes is told through `post`.
"""

import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from scanner.reader import Sight, Symbol
from station import decisions, retention
from station.access import STATION, Action
from station.attendance import Noted
from station.badges import is_badge
from station.check import Check, CheckError, Item, Phase
from station.clock import Clock
from station.decisions import Decision, DecisionError
from station.entries import Entries
from station.evidence import ClockState
from station.gate import Concluded, Gate
from station.health import health_of
from station.held_up import HeldUp
from station.on_screen import SHOWN, OnScreen
from station.policy import rest_ends
from station.reception import Reception
from station.verdict import Outcome
from station.view import Health, ParkedView, View, view_of, wants_sampling_point

log = logging.getLogger(__name__)

RESTS = 4.0
"""A database that is held makes each try last seconds: so many times as long the desk is left to the officer."""
LAG = 0.15
"""Seconds a camera's picture is older than it arrives: exposure, the device's own packing, USB."""
BENIGN = frozenset(
    {
        *("code_unknown", "code_needs_online", "code_unreadable"),
        *("code_damaged", "code_timed_out", "code_expired"),
    }
)
"""A wrong, blurred or stale code shown before the right one; forgiven once the right one came."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something the officer should read now: a code of `station.texts`, and its figures."""

    code: str
    params: dict[str, object]


Event = View | Health | Told | Noted
Post = Callable[[Event], None]


class Speaker(Protocol):
    """Who says a verdict aloud. No call blocks."""

    @property
    def state(self) -> str:
        """How the voice does."""

    def speak(self, concluded: Concluded, *, released: bool) -> None:
        """Say the verdict, and stop saying anything else."""

    def hush(self) -> None:
        """Stop saying anything."""


class Session(Entries):
    """The check in hand and what is around it.

    Args:
        gate: What it judges with, and where it writes.
        post: Where views and sentences go; must not block.
        voice: Who speaks, if anybody.
        shown: How long each outcome stays on the screen, in seconds.
        monotonic: A clock that never goes back, in seconds.
    """

    def __init__(
        self,
        gate: Gate,
        post: Post,
        *,
        voice: Speaker | None = None,
        shown: dict[Outcome, float] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.gate = gate
        self.check: Check = gate.begin()
        self.camera = "camera_starting"
        self._post = post
        self._voice = voice
        self._shown = shown or SHOWN
        self._monotonic = monotonic
        self._on_screen: OnScreen | None = None
        self._armed_at = -math.inf
        self._erased_on: date | None = None
        self._flushes_at = 0.0
        self._parked: dict[str, Check] = {}
        self._held_up = HeldUp()
        self._reception = Reception(gate, post, monotonic)
        self._view: View | None = None
        self._health: Health | None = None

    @property
    def concluded(self) -> Concluded | None:
        """What the check in hand was judged, once it is over."""
        return None if self._on_screen is None else self._on_screen.concluded

    # --- what is read -------------------------------------------------------------------------------------------------

    def scanned(self, text: str) -> None:
        """A code's text from a hand scanner; a badge takes its owner in."""
        if is_badge(text):
            self._reception.scanned(text)
        else:
            self.gate.show(self._in_hand(), text)

    def see(self, sight: Sight, *, taken: float | None = None) -> None:
        """Codes in a frame, and badges, which are no vehicle's.

        Args:
            sight: What is in it.
            taken: When it arrived, by the session's clock; None where every frame is read before the next comes.
        """
        badges = [symbol.text for symbol in sight.symbols if is_badge(symbol.text)]
        if self._unattended is None:
            self._see([symbol for symbol in sight.symbols if symbol.text not in badges], taken)
        self._reception.see(badges)

    def _see(self, symbols: Sequence[Symbol], taken: float | None) -> None:
        """One that the vehicle before showed counts again only after it was out of sight."""
        now, before = self._monotonic(), self._on_screen
        if taken is not None and taken < self._armed_at:  # it was being read while that vehicle went
            self._held_up.put_away((symbol.payload for symbol in symbols), now)
            return
        if taken is not None and taken - LAG < self._armed_at:
            return  # whose it is, the next picture tells
        fresh = self._held_up.fresh((symbol.payload for symbol in symbols), now, over=before is not None)
        if before is not None and before.holds_codes(now):
            if before.outcome is Outcome.REFUSE:  # at once, so this is the next code of the same vehicle
                self._held_up.spend(fresh)
            return
        if not fresh or (before is not None and not before.gives_way(now)):
            return
        if before is not None:
            self.next_vehicle()
        self._held_up.take(fresh)
        for symbol in symbols:
            if symbol.payload in fresh:
                self.gate.show(self.check, symbol.text, symbol.payload)

    def fault(self, code: str) -> None:
        """A device failed: the check in hand can no longer pass."""
        costs = self.concluded is None and self.check.holds_anything
        if costs:
            self.check.note_fault(code)
        if costs or code != self.camera:  # what costs nothing, the station's health says as long as it lasts
            self._post(Told(code, {}))

    # --- from one vehicle to the next --------------------------------------------------------------------------------

    def finish(self) -> None:
        """End the check with what is there; what is missing costs a review."""
        if self.concluded is None:
            self._on_screen = OnScreen(self.gate.conclude(self.check), self._monotonic())
            self._held_up.spend_all()
            self._speak(self._on_screen)

    def abandon(self) -> None:
        """Break the open check off. A verdict that came meanwhile stays: nobody has seen it yet."""
        if self.concluded is None:
            self.next_vehicle()

    def next_vehicle(self) -> None:
        """Re-arm: nothing of the vehicle before is left on the screen or said. An open check is kept as abandoned."""
        try:
            if self.concluded is None and self.check.holds_anything:
                self.gate.conclude(self.check, abandon=True)
        finally:
            self._hush()
            self._begin(self.gate.begin())

    def stay(self) -> None:
        """Somebody is deciding about the verdict shown: it does not give way meanwhile."""
        if self._on_screen is not None:
            self._on_screen.stay(self._monotonic())

    def park(self) -> None:
        """Set the vehicle aside and serve the next."""
        check = self.check
        if self.concluded is None and check.holds_anything:
            check.park()
            self._parked[check.id] = check
            self._begin(self.gate.begin())

    def resume(self, id: str) -> None:  # noqa: A002 -- its one name everywhere
        """Take a parked vehicle up again; the one in hand is set aside if it holds anything."""
        if id in self._parked:
            self.park()
            check = self._parked.pop(id)
            check.resume()
            self._begin(check)

    def recheck(self) -> None:
        """Check the same vehicle again; the new passage is linked to the first."""
        if self.concluded is not None:
            self._hush()
            self._begin(self.gate.begin((self.check.id, *self.check.recheck_of)), same_vehicle=True)

    def close(self) -> None:
        """The desk ends: whatever is open or set aside is kept as abandoned."""
        for check in self._parked.values():
            check.resume()
        left = [self.check] if self.concluded is None and self.check.holds_anything else []
        for check in (*left, *self._parked.values()):
            try:
                self.gate.conclude(check, abandon=True)
            except Exception:  # one that cannot be ended must not take the others with it
                log.exception("a check could not be ended")
        self._parked.clear()
        self.gate.flush()

    # --- decisions and people ----------------------------------------------------------------------------------------

    def release(self, officer: tuple[str, str], lead: tuple[str, str], reason: str) -> None:
        """Release the review on the screen: codes and PINs of both, and why."""
        shown = self._kept()
        if self.gate.database is not None:
            decisions.release(
                self.gate.database,
                station=shown.concluded.record.station,
                passage=shown.concluded.record.id,
                officer=officer,
                lead=lead,
                reason=reason,
                now=self.gate.clock.now(),
            )
            shown.released = True
            shown.show_anew(self._monotonic())
            self._speak(shown)

    def turn_back(self, officer: tuple[str, str], reason: str) -> None:
        """Turn the vehicle on the screen back, whatever its verdict."""
        shown = self._kept()
        if self.gate.database is not None:
            decisions.note(
                self.gate.database,
                station=shown.concluded.record.station,
                passage=shown.concluded.record.id,
                kind=Decision.TURN_BACK,
                officer=officer,
                reason=reason,
                now=self.gate.clock.now(),
            )
            shown.turned_back = True
            shown.show_anew(self._monotonic())
            self._hush()

    def sign_in(self, code: str, pin: str) -> None:
        """Somebody takes the desk over, or unlocks it; the check in hand stays as it is."""
        self._reception.take_desk(code, pin)

    def sign_out(self) -> None:
        """Who has the desk leaves it; an officer, the shift too."""
        self._reception.leave_desk()

    def lock(self) -> None:
        """Nothing more is read or entered until somebody signs in; the check in hand stays as it is."""
        self._reception.lock()

    # --- after each step, and now and then ---------------------------------------------------------------------------

    def settle(self) -> None:
        """Forgive what the right code made good, conclude when all is said, and show what changed."""
        if self.concluded is None and self.check.phase is Phase.OPEN:
            self._forgive()
            verdict = self.check.verdict(self.gate.clock.now())
            waits = verdict is not None and verdict.outcome is Outcome.REVIEW and self._current().asked_again
            if verdict is not None and not waits:
                self.finish()
        view = self._current()
        if view != self._view:
            self._view = view
            self._post(view)

    def tick(self) -> None:
        """Rows that could not be written, a verdict shown long enough, and the status line."""
        self._catch_up()
        if self._on_screen is not None and self._on_screen.is_over(self._monotonic(), self._shown):
            self._begin(self.gate.begin())  # what is being said of it may be said to its end
        self._erase_what_is_over()
        voice = self._voice.state if self._voice is not None else "none"
        health = health_of(
            self.gate,
            camera=self.camera,
            voice=voice,
            expected=self._reception.expected,
            user=self._reception.user,
            locked=self._reception.locked,
        )
        if health != self._health:
            self._health = health
            self._post(health)

    # --- within ------------------------------------------------------------------------------------------------------

    @property
    def _clock(self) -> Clock:
        return self.gate.clock

    @property
    def _unattended(self) -> str | None:
        """Why no vehicle can be checked now, as a code of `station.texts`."""
        if self._reception.locked:
            return "desk_locked"
        return None if self._reception.user.may(Action.CHECK) else "desk_not_checking"

    def _in_hand(self) -> Check:
        if (why := self._unattended) is not None:
            raise CheckError(why)
        if self._on_screen is not None:
            if self._on_screen.is_unseen(self._monotonic()):
                raise CheckError("verdict_came_first")
            self.next_vehicle()
        return self.check

    def _catch_up(self) -> None:
        """Write what could not be written; the verdict it was of may be decided about from then on."""
        gate, begun = self.gate, self._monotonic()
        if not (gate.unsaved or self._reception.unkept) or begun < self._flushes_at:
            return
        if not all([gate.flush(), self._reception.flush()]):  # both: a passage refused for itself holds up no event
            now = self._monotonic()
            self._flushes_at = now + RESTS * (now - begun)
        shown = self._on_screen
        if shown is not None and shown.concluded.record not in gate.unsaved:
            shown.concluded = replace(shown.concluded, committed=True)

    def _begin(self, check: Check, *, same_vehicle: bool = False) -> None:
        self.check, self._on_screen = check, None
        now = self._monotonic()
        self._armed_at = -math.inf if same_vehicle else now
        self._held_up.begin(now, same_vehicle=same_vehicle)

    def _erase_what_is_over(self) -> None:
        """Once a day, personal data over the policy's limit; never by a clock that cannot be believed."""
        gate, now = self.gate, self.gate.clock.now()
        if gate.database is None or now.date() == self._erased_on or gate.clock.state() is not ClockState.TRUSTED:
            return
        self._erased_on = now.date()
        retention.run(gate.database, gate.policy.keep_days, actor=STATION, station=gate.config.station, now=now)

    def _forgive(self) -> None:
        check = self.check
        wanted = {missing.item for missing in check.missing()}
        if not wanted & {Item.HEALTH, Item.TEST} and any(failed.code in BENIGN for failed in check.evidence.failed):
            check.dismiss_failures(BENIGN)

    def _kept(self) -> OnScreen:
        if self._on_screen is None or not self._on_screen.concluded.committed:
            raise DecisionError("release_not_kept")
        return self._on_screen

    def _hush(self) -> None:
        if self._voice is not None:
            self._voice.hush()

    def _speak(self, shown: OnScreen) -> None:
        if self._voice is not None:
            self._voice.speak(shown.concluded, released=shown.released)

    def _current(self) -> View:
        view = view_of(self.check, self.gate.clock.now(), parked=self._parked_views())
        if self._on_screen is None:
            return replace(view, stale_code=self._held_up.is_stale(self._monotonic()))
        points = self.gate.sampling_points if wants_sampling_point(self._on_screen.concluded.verdict) else ()
        return self._on_screen.onto(view, points)

    def _parked_views(self) -> tuple[ParkedView, ...]:
        return tuple(ParkedView(check.id, check.plate, _rest_ends(check)) for check in self._parked.values())


def _rest_ends(check: Check) -> datetime | None:
    """When everybody in it may be measured again who has a fever; None where nobody has."""
    ends = (rest_ends(check.policy, occupant.readings) for occupant in check.evidence.occupants)
    return max(filter(None, ends), default=None)
