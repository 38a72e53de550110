"""What the board says of days, shifts, seats and breaches, in the language in force."""

from collections.abc import Mapping
from datetime import date, timedelta

from shifts.errors import Infeasible, Shortage
from shifts.model import DatedShift, Duty, RosterProblem, Seat, Shift
from shifts.moved_hours import Moved
from shifts.rules import Breach
from station import texts_infeasible, texts_roster
from station.texts import SHIFTS, pick
from ui.look import Look


class Wording:
    """The words for one problem: it knows everybody's name."""

    def __init__(self, look: Look, problem: RosterProblem) -> None:
        self.look = look
        self.names: Mapping[str, str] = {
            **problem.names,
            **{person.code: person.name for person in problem.people},
        }
        self._problem = problem

    def name(self, code: str) -> str:
        """A person's or a checkpoint's name; the code where it has none."""
        return self.names.get(code, code)

    def breach(self, breach: Breach) -> str:
        """Its whole sentence."""
        return texts_roster.breach(breach, self.names, self.look.language)

    def short(self, breach: Breach) -> str:
        """Its rule in a word, for a cell."""
        return self.look.word(f"roster_short_{breach.rule}")

    def duty(self, duty: Duty) -> str:
        """A duty in a word, for a cell."""
        return self.look.word(f"roster_duty_{duty}")

    def whole_duty(self, duty: Duty) -> str:
        """A duty's name."""
        return pick(texts_roster.DUTIES[duty], self.look.language)

    def seat(self, seat: Seat | None) -> str:
        """What a head must bring, for a line's heading and a gap."""
        parts = [] if seat is None else [self.duty(seat.duty) if seat.duty else "", seat.unit or ""]
        return " ".join(part for part in parts if part) or self.look.word("roster_member")

    def gap(self, seat: Seat | None) -> str:
        """That nobody takes it."""
        if seat is None:
            return self.look.word("roster_lacks_head")
        return self.look.word("roster_lacks", what=self.seat(seat))

    def shift(self, code: str) -> str:
        """A shift's name."""
        return pick(SHIFTS[code], self.look.language) if code in SHIFTS else code

    def shift_sign(self, code: str) -> str:
        """A shift in one character."""
        return self.shift(code)[:1].upper()

    def hours(self, shift: Shift) -> str:
        """Its hours by the clock: 08–16; 次日 00–08, where it begins on the day after its own."""
        end = (shift.start + shift.length) % timedelta(days=1)
        later = f"{self.look.word('roster_next_day')} " if shift.start >= timedelta(days=1) else ""
        return f"{later}{_clock(shift.start % timedelta(days=1))}–{'24' if not end else _clock(end)}"

    def whole_hours(self, shift: Shift) -> str:
        """Beside its day: 次日 00:00–08:00, where the clock's day is not that day."""
        return texts_roster.hours(shift, self.look.language)

    def moved(self, one: Moved) -> str:
        """That a shift has other hours."""
        return texts_roster.moved(one, self.names, self.look.language)

    def when(self, shift: DatedShift) -> str:
        """One shift: 10-03 夜班."""
        return texts_roster.shift(shift, self.look.language)

    def place(self, checkpoint: str, shift: DatedShift) -> str:
        """One shift of a checkpoint."""
        return self.look.word("roster_where", when=self.when(shift), place=self.name(checkpoint))

    def day(self, day: date) -> str:
        """A column's heading: 28 一; the first of a month says which."""
        week = self.look.word("roster_weekdays")
        short = week.split()[day.weekday()] if " " in week else week[day.weekday()]
        number = f"{day.month}/{day.day}" if day.day == 1 else str(day.day)
        return f"{number} {short}"

    def shortage(self, one: Shortage) -> str:
        """What a shift lacks at best."""
        what = self.look.word("roster_heads") if one.seat is None else self.seat(one.seat)
        place = self.name(one.checkpoint)
        return self.look.word("roster_shortage", when=self.when(one.shift), place=place, missing=one.missing, what=what)

    def why(self, told: Infeasible) -> list[texts_infeasible.Line]:
        """What stands in the way of covering it, and who would do."""
        return texts_infeasible.lines_of(told, self.names, self.look.language)


def _clock(time: timedelta) -> str:
    hours, minutes = divmod(round(time.total_seconds() / 60), 60)
    return f"{hours:02d}:{minutes:02d}" if minutes else f"{hours:02d}"
