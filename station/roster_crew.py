"""A list of people taken over into a roster that has people already."""

from dataclasses import dataclass, replace
from typing import Any

from shifts.model import Assignment, Person, RosterProblem
from station.imported import Imported
from station.roster_words import Column

_FIELDS = {
    Column.NAME: "name",
    Column.UNITS: "units",
    Column.DUTIES: "duties",
    Column.CHECKPOINT: "home",
    Column.BIRTH_YEAR: "birth_year",
    Column.SINCE: "since",
    Column.LEAVE: "leave",
    Column.NO_NIGHT: "no_night",
}


@dataclass(frozen=True, slots=True)
class News:
    """What a list says against what was known.

    Attributes:
        missing: Known, and not in the list.
    """

    added: tuple[Person, ...]
    changed: tuple[Person, ...]
    missing: tuple[Person, ...]


def news(known: tuple[Person, ...], given: Imported) -> News:
    """How a list differs from the people known."""
    before = {person.code: person for person in known}
    listed = {person.code for person in given.people}
    after = [_together(before.get(person.code), person, given) for person in given.people]
    return News(
        tuple(person for person in after if person.code not in before),
        tuple(person for person in after if person.code in before and person != before[person.code]),
        tuple(person for person in known if person.code not in listed),
    )


def taken_over(
    problem: RosterProblem, assignments: frozenset[Assignment], given: Imported, *, whole: bool = False
) -> tuple[RosterProblem, frozenset[Assignment]]:
    """A roster with a list of people in it.

    Whoever is known gets what the list says, and keeps what it has no column for; wishes to be on are kept always.

    Args:
        problem: What the roster is held to.
        assignments: The roster.
        given: The list.
        whole: The list names everybody: who is not in it leaves, with their shifts.
    """
    listed = {person.code: person for person in given.people}
    known = {person.code for person in problem.people}
    stay = [person for person in problem.people if person.code in listed or not whole]
    people = [_together(person, listed.get(person.code, person), given) for person in stay]
    people += [person for person in given.people if person.code not in known]
    codes = {person.code for person in people}
    pins = frozenset(one for one in problem.pins if one.person in codes)
    left = frozenset(one for one in assignments if one.person in codes)
    return replace(problem, people=tuple(people), pins=pins), left


def _together(known: Person | None, said: Person, given: Imported) -> Person:
    """Somebody as known, with what the list says of them."""
    if known is None or known is said:
        return said
    told: dict[str, Any] = {field: getattr(said, field) for column, field in _FIELDS.items() if column in given.columns}
    if Column.OFF_WISHES in given.columns:
        told["wishes"] = (*said.wishes, *(wish for wish in known.wishes if not wish.off))
    return replace(known, **told)
