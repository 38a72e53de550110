"""The verdict on the screen: since when it is there, what was decided about it since, and how long it stays."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from station.gate import Concluded
from station.held_up import SETTLE
from station.sampling_points import SamplingPoint
from station.verdict import Outcome
from station.view import Stage, View, outcome_shown

REFUSED = 8.0
"""Seconds for which a refusal gives way to no code: whoever sits beside the driver shows theirs too."""
UNSEEN = 0.7
"""Seconds after a verdict in which what is entered was meant for the vehicle it is about: nobody can have seen it."""
SHOWN = {Outcome.PASS: 4.0, Outcome.REFUSE: 20.0, Outcome.REVIEW: 60.0}
"""Seconds a verdict, and the personal data beside it, stays before the desk re-arms itself."""
STAY = 60.0
"""Seconds it stays after the last touch of somebody who is deciding about it."""


@dataclass(slots=True)
class OnScreen:
    """Times are seconds of a clock that never goes back.

    Attributes:
        concluded: What was judged, and whether it is kept.
        since: When it came, or was last decided about.
        stays_until: So long it does not give way, for somebody who is deciding about it.
        released: A shift lead released the review.
        turned_back: The officer turned the vehicle back.
    """

    concluded: Concluded
    since: float
    stays_until: float = 0.0
    released: bool = False
    turned_back: bool = False

    @property
    def outcome(self) -> Outcome:
        """The one that is shown."""
        return outcome_shown(
            self.concluded.verdict,
            committed=self.concluded.committed,
            released=self.released,
            turned_back=self.turned_back,
        )

    def stay(self, now: float) -> None:
        """Somebody is deciding about it."""
        self.stays_until = now + STAY

    def show_anew(self, now: float) -> None:
        """It was decided about."""
        self.since, self.stays_until = now, 0.0

    def is_unseen(self, now: float) -> bool:
        """Whether nobody can have seen it yet."""
        return now - self.since < UNSEEN

    def is_over(self, now: float, shown: Mapping[Outcome, float]) -> bool:
        """Whether it was there long enough."""
        return now > max(self.since + shown[self.outcome], self.stays_until)

    def holds_codes(self, now: float) -> bool:
        """Whether codes before the camera are still those of the vehicle it is about."""
        return now - self.since < (REFUSED if self.outcome is Outcome.REFUSE else SETTLE)

    def gives_way(self, now: float) -> bool:
        """Whether a driver's code opens the next check by itself: only when nothing more is asked about this one."""
        return self.outcome is not Outcome.REVIEW and now >= self.stays_until

    def onto(self, view: View, points: tuple[SamplingPoint, ...]) -> View:
        """The view of its check, with it."""
        return replace(
            view,
            stage=Stage.VERDICT,
            verdict=self.concluded.verdict,
            committed=self.concluded.committed,
            released=self.released,
            turned_back=self.turned_back,
            sampling_points=points,
        )
