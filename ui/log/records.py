"""From kept records to what the list says: pure functions, no window, no database.

A row keeps the plate masked and no evidence: the list holds nothing that it does not show.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db.filters import SETTLING
from db.passages import Place
from db.personal import OPEN as READABLE
from db.records import DecisionRecord, PassageRecord
from scanner import plates
from shifts.model import SHANGHAI
from station import texts
from station.kept import masked, outcome_of, plate_now, reasons_of
from station.masking import mask_plate
from station.texts import Language
from station.verdict import Outcome, Reason
from ui.log.words import WORDS

OPEN, NOTHING = "open", "none"
"""States besides the settling decisions: a review that waits, and a passage that needed none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list.

    Attributes:
        plate: Masked, as it reads after corrections; None where none was registered.
        officer: Their name, or their code where nobody has it.
        reason: The one that decided, its plate masked too; None where none was kept.
        personal: Whether plate and reason can be read: open, erased, damaged.
        state: The last settling decision's kind, `OPEN` or `NOTHING`.
    """

    station: str
    id: str
    concluded_at: datetime
    kind: str
    outcome: Outcome
    plate: str | None
    people: int | None
    officer: str
    shift_date: date
    shift: str
    reason: Reason | None
    state: str
    demo: bool
    personal: str = READABLE

    @property
    def key(self) -> tuple[str, str]:
        """What names the passage."""
        return self.station, self.id

    @property
    def place(self) -> Place:
        """Where it stands in the order of pages."""
        return Place(self.concluded_at, self.id)


def row_of(record: PassageRecord, decisions: Sequence[DecisionRecord], names: Mapping[str, str]) -> Row:
    """The line of a passage.

    Args:
        record: The passage.
        decisions: What was decided about it, oldest first.
        names: People's names by code.
    """
    plate = plate_now(record, decisions)
    reasons = reasons_of(record)
    return Row(
        station=record.station,
        id=record.id,
        concluded_at=record.concluded_at,
        kind=record.kind,
        outcome=outcome_of(record),
        plate=mask_plate(plate) if plate else None,
        people=record.people,
        officer=names.get(record.officer, record.officer) if record.officer else "",
        shift_date=record.shift_date,
        shift=record.shift,
        reason=masked(reasons[0]) if reasons else None,
        state=state_of(record, decisions),
        demo=record.demo,
        personal=record.personal,
    )


def state_of(record: PassageRecord, decisions: Sequence[DecisionRecord]) -> str:
    """What became of a passage: the last decision that settles it, `OPEN` for a review without one, or `NOTHING`."""
    settling = [decision.kind for decision in decisions if decision.kind in SETTLING]
    if settling:
        return settling[-1]
    return OPEN if record.verdict == Outcome.REVIEW.word else NOTHING


# --- words -----------------------------------------------------------------------------------------------------------


def say(key: str, language: Language, /, **figures: object) -> str:
    """A label of this page, with its figures."""
    template = texts.pick(WORDS[key], language)
    return template.format(**figures) if figures else template


def maybe(prefix: str, value: object, language: Language) -> str:
    """The word for a value from a closed list; the value itself where the list does not have it."""
    key = f"{prefix}_{value}"
    return say(key, language) if key in WORDS else str(value)


def verdict_words(row: Row, language: Language) -> str:
    """The verdict's word; an exemption says so instead of a pass, a check broken off instead of a review."""
    if (row.kind, row.outcome) in {("exempt", Outcome.PASS), ("abandoned", Outcome.REVIEW)}:
        return maybe("log_kind", row.kind, language)
    return texts.outcome(row.outcome, language)


def state_words(state: str, language: Language) -> str:
    """What became of a passage."""
    return maybe("log_state", state, language)


def reason_words(row: Row, language: Language) -> str:
    """The reason that decided; of a plain pass none did."""
    if (row.kind, row.outcome) == ("checked", Outcome.PASS):
        return say("log_all_good", language)
    if row.personal != READABLE:
        return say(f"log_{row.personal}", language)
    return texts.reason(row.reason, language) if row.reason else say("log_no_reason", language)


def shift_words(day: date, shift: str, language: Language) -> str:
    """A shift with its date: 11-20 早班."""
    named = texts.pick(texts.SHIFTS[shift], language) if shift in texts.SHIFTS else shift
    return f"{day:%m-%d} {named}"


def plate_words(plate: str, *, whole: bool) -> str:
    """A plate as it is shown: 闽E·1***5, or 闽E·12345 whole."""
    return str(plates.parse(plate)) if whole else mask_plate(plate)


def clock_words(instant: datetime) -> str:
    """Time of day at the checkpoint."""
    return f"{instant.astimezone(SHANGHAI):%H:%M:%S}"


def moment_words(instant: datetime) -> str:
    """Date and time at the checkpoint."""
    return f"{instant.astimezone(SHANGHAI):%m-%d %H:%M:%S}"
