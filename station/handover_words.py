"""A handover as it is read: titled tables, in the language in force, for page, print and command line alike."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from shifts.handover import Confirmation, Handover, Mention, Presence, Sheet
from shifts.model import SHANGHAI, DatedShift, ShiftPlan
from station import texts
from station import texts_handover as said
from station.handover import Listed, Standing
from station.table import Table
from station.texts import Language, Pair, pick
from station.texts_roster import DUTIES, shift_name
from station.verdict import Outcome

Names = Mapping[str, str]


def passages(sheet: Sheet, language: Language) -> Table:
    """How many of each verdict."""
    counts = dict(sheet.verdicts)
    head = [texts.outcome(outcome, language) for outcome in Outcome]
    row = [counts.get(outcome.word, 0) for outcome in Outcome]
    cells = tuple(map(str, (*row, sum(row))))
    return Table(pick(said.PASSAGES, language), (*head, pick(said.TOTAL, language)), (cells,), (1, 1, 1, 1))


def attendance(sheet: Sheet, language: Language) -> Table:
    """Who was to come, who came, from when to when."""
    rows = tuple(
        (
            one.name,
            _duty(one, sheet, language),
            clock(one.came) if one.came else pick(said.ABSENT, language),
            clock(one.left) if one.left else "",
        )
        for one in sheet.attendance
    )
    head = (said.NAME, said.DUTY, said.CAME, said.LEFT)
    return replace(_table(said.ROLL, head, rows, (4, 4, 3, 3), language), title=_roll(sheet, language))


def presence(sheet: Sheet, language: Language) -> Table:
    """The same on the screen: how everybody stands, in a word."""
    rows = tuple((one.name, _duty(one, sheet, language), _state(one, language)) for one in sheet.attendance)
    head = (said.NAME, said.DUTY, said.STATE)
    return replace(_table(said.ROLL, head, rows, (4, 4, 6), language), title=_roll(sheet, language))


def reviews(sheet: Sheet, language: Language) -> Table:
    """The reviews that nobody decided."""
    return _mentions(said.REVIEWS, sheet.open_reviews, language)


def refused(sheet: Sheet, language: Language) -> Table:
    """The vehicles turned back."""
    return _mentions(said.REFUSED, sheet.refused, language)


def faults(sheet: Sheet, language: Language) -> Table:
    """What failed, and how many vehicles it held up."""
    rows = tuple((said.device(code, language), str(count)) for code, count in sheet.faults)
    return _table(said.FAULTS_TITLE, (said.FAULT, said.VEHICLES), rows, (3, 1), language)


def trust(sheet: Sheet, language: Language) -> Table:
    """How old the trust list is."""
    hours = sheet.trust_age_hours
    line = pick(said.TRUST_NONE if hours is None else said.TRUST_AGE, language).format(hours=hours)
    return Table(pick(said.TRUST, language), (), ((line,),))


def supplies(sheet: Sheet, language: Language) -> Table:
    """What is there."""
    rows = tuple((one.item, str(one.count), one.remark) for one in sheet.supplies)
    return _table(said.SUPPLIES, (said.ITEM, said.COUNT, said.REMARK), rows, (3, 1, 4), language)


def visits(sheet: Sheet, language: Language) -> Table:
    """Who inspected, what they found, what was mended."""
    rows = tuple((clock(one.at), one.by, one.findings, one.mended) for one in sheet.visits)
    head = (said.TIME, said.BY, said.FINDINGS, said.MENDED)
    return _table(said.VISITS, head, rows, (2, 4, 6, 5), language)


def notes(sheet: Sheet, language: Language) -> Table:
    """What else the next lead should know."""
    rows = tuple((line,) for line in sheet.notes.splitlines())
    return _table(said.NOTES, (), rows, (1,), language)


TABLES: tuple[Callable[[Sheet, Language], Table], ...] = (
    *(passages, attendance, reviews, refused, faults, trust, supplies, visits, notes),
)
"""The whole sheet, in the order it is read."""


def own_lines(sheet: Sheet) -> str:
    """What a lead wrote, in lines to be copied."""
    rows = [(one.item, str(one.count), one.remark) for one in sheet.supplies]
    seen = [(clock(one.at), one.by, one.findings, one.mended) for one in sheet.visits]
    return "\n".join([*(" · ".join(filter(None, row)) for row in (*rows, *seen)), *sheet.notes.splitlines()])


def confirmation(told: Confirmation | None, names: Names, language: Language) -> str:
    """Who confirmed, and when; that nobody did."""
    if told is None:
        return pick(said.NOT_CONFIRMED, language)
    name = names.get(told.lead)
    who = pick(said.PERSON, language).format(name=name, code=told.lead) if name else told.lead
    return f"{who} {moment(told.at)}"


def confirmations(handover: Handover, names: Names, language: Language) -> tuple[tuple[str, str], ...]:
    """Both sides: what each is called, and their word."""
    sides = ((True, handover.given), (False, handover.taken))
    return tuple((pick(said.SIDES[gives], language), confirmation(told, names, language)) for gives, told in sides)


def span(plan: ShiftPlan, shift: DatedShift, language: Language) -> str:
    """A shift by date and clock: 2026-11-24 早班 08:00–16:00."""
    start, end = plan.shift(shift.code).span(shift.day)
    return pick(said.WHEN, language).format(
        day=shift.day,
        shift=shift_name(shift.code, language),
        start=_on(start, shift.day, language),
        end=_on(end, start.date(), language) if end.time() != time() else "24:00",
    )


def standing(one: Listed, language: Language) -> str:
    """How a handover stands, in a word or two."""
    told = pick(said.STANDINGS[one.standing], language)
    if not one.given or one.standing is Standing.COMPLETE:
        return told
    given = pick(said.GIVEN, language)
    return given if one.standing in {Standing.RUNNING, Standing.NOW} else f"{told} · {given}"


def clock(instant: datetime) -> str:
    """16:05 at the checkpoint."""
    return f"{instant.astimezone(SHANGHAI):%H:%M}"


def moment(instant: datetime) -> str:
    """11-24 16:05 at the checkpoint."""
    return f"{instant.astimezone(SHANGHAI):%m-%d %H:%M}"


# --- within ----------------------------------------------------------------------------------------------------------


def _table(
    title: Pair, head: tuple[Pair, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[int, ...], language: Language
) -> Table:
    if not rows:
        return Table(pick(title, language), (), ((pick(said.NONE, language),),))
    return Table(pick(title, language), tuple(pick(one, language) for one in head), rows, widths)


def _roll(sheet: Sheet, language: Language) -> str:
    """How many were to come, and how many did; where no roster says, how many came."""
    here = sum(one.came is not None for one in sheet.attendance)
    due = [one for one in sheet.attendance if one.duty is not None]
    if not due:
        return pick(said.ROLL_BARE, language).format(here=here)
    came = sum(one.came is not None for one in due)
    told = pick(said.ROLL, language).format(due=len(due), here=came)
    return told + (pick(said.ROLL_MORE, language).format(others=here - came) if here > came else "")


def _duty(one: Presence, sheet: Sheet, language: Language) -> str:
    """What the roster has them for; that it does not, where there is one."""
    if one.duty is not None:
        return pick(DUTIES[one.duty], language)
    return pick(said.BESIDE, language) if any(each.duty is not None for each in sheet.attendance) else ""


def _state(one: Presence, language: Language) -> str:
    if one.came is None:
        return pick(said.ABSENT, language)
    if one.left is None:
        return pick(said.IS_HERE, language).format(came=clock(one.came))
    return pick(said.HAS_LEFT, language).format(came=clock(one.came), left=clock(one.left))


def _mentions(title: Pair, found: tuple[Mention, ...], language: Language) -> Table:
    rows = tuple(
        (clock(one.at), one.plate or pick(said.NO_PLATE, language), said.why(one.why, language), one.called)
        for one in found
    )
    table = _table(title, (said.TIME, said.PLATE, said.REASON, said.CALLED), rows, (2, 3, 5, 6), language)
    return Table(table.title.format(count=len(found)), table.head, table.rows, table.widths)


def _on(instant: datetime, day: date, language: Language) -> str:
    """A time of day; whether it is the day after."""
    return clock(instant) if instant.date() == day else pick(said.NEXT_DAY, language) + clock(instant)
