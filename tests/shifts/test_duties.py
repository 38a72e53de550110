"""Who does what, once it is known who is there: seats are filled, and few promises are broken."""

import random
from itertools import permutations, product

import pytest

from shifts.model import Assignment, DatedShift, Demand, Duty, Person, Seat
from shifts.solver.case import case_of
from shifts.solver.duties import assignments_of
from tests.shifts.rosters import LS, may, person, problem, works

LEAD, CODES, HEAT, TRAFFIC = Duty.LEAD, Duty.CODE_CHECKER, Duty.TEMPERATURE, Duty.TRAFFIC
UNIT = "交通检疫组"


def duties(people: list[Person], seats: list[Seat], **promised: Duty) -> dict[str, Duty]:
    """What each does when all of them are there, who by code were promised this."""
    demand = Demand(LS, DatedShift(may(4), "early"), len(people), tuple(seats))
    before = frozenset(works(4, "early", who, duty=duty) for who, duty in promised.items())
    case = case_of(problem(*people, demands=(demand,), published=before))
    found: frozenset[Assignment] = assignments_of(case, [(number, 0) for number in range(len(people))])
    return {one.person: one.duty for one in found}


def test_whoever_led_leads_no_more_where_another_takes_the_seat() -> None:
    """P1 led, and is now the only one there of a unit that has a seat of its own."""
    people = [person("P1", units=frozenset({UNIT})), person("P2")]
    assert duties(people, [Seat(LEAD), Seat(unit=UNIT)], P1=LEAD) == {"P1": CODES, "P2": LEAD}


def test_two_who_lead_already_are_left_alone() -> None:
    people = [person("P1"), person("P2")]
    assert duties(people, [Seat(LEAD)], P1=LEAD, P2=LEAD) == {"P1": LEAD, "P2": LEAD}


def test_a_promised_duty_is_kept_though_another_could_take_the_seat_first() -> None:
    """P1 fits every seat and so does P2; only P3 is new."""
    people = [person("P1"), person("P2"), person("P3", duties=frozenset({CODES, HEAT}))]
    found = duties(people, [Seat(CODES), Seat(HEAT), Seat(LEAD)], P1=HEAT, P2=LEAD)
    assert found == {"P1": HEAT, "P2": LEAD, "P3": CODES}


def test_who_is_new_takes_what_nobody_there_was_promised() -> None:
    people = [person("P1"), person("P2")]
    assert duties(people, [], P2=CODES) == {"P1": HEAT, "P2": CODES}


@pytest.mark.parametrize("seed", range(1, 66))
def test_no_other_way_to_fill_the_seats_changes_fewer_duties(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it
    all_duties = [LEAD, CODES, HEAT, TRAFFIC]
    people = [
        person(
            f"P{number}",
            duties=frozenset(chance.sample(all_duties, chance.randint(1, 3))),
            units=frozenset({chance.choice(["区建设局", UNIT])}),
        )
        for number in range(4)
    ]
    kinds = [Seat(LEAD), Seat(CODES), Seat(HEAT), Seat(unit=UNIT), Seat(TRAFFIC, "区建设局")]
    seats = chance.sample(kinds, chance.randint(1, 3))
    before = {one.code: chance.choice(all_duties) for one in people if chance.random() < 0.7}
    every = [
        dict(zip((one.code for one in people), chosen, strict=True))
        for chosen in product(*(sorted(one.duties) for one in people))
    ]
    ways = [one for one in every if _filled(people, seats, one) and not _second(people, seats, one, before)]
    if ways:
        found = duties(people, seats, **before)
        assert found in ways
        assert _changed(found, before) == min(_changed(one, before) for one in ways)


def _filled(people: list[Person], seats: list[Seat], does: dict[str, Duty]) -> bool:
    def takes(one: Person, seat: Seat) -> bool:
        return (seat.duty in {None, does[one.code]}) and (seat.unit is None or seat.unit in one.units)

    return any(all(map(takes, chosen, seats)) for chosen in permutations(people, len(seats)))


def _second(people: list[Person], seats: list[Seat], does: dict[str, Duty], before: dict[str, Duty]) -> bool:
    """Whether somebody leads beside the one in the seat, who could do something else, and not all stays as it was."""
    leads = [one for one in people if does[one.code] is LEAD]
    needless = any(len(one.duties) > 1 for one in leads)
    return Seat(LEAD) in seats and len(leads) > 1 and needless and does != before


def _changed(found: dict[str, Duty], before: dict[str, Duty]) -> int:
    return sum(found[who] is not duty for who, duty in before.items())
