"""Who can stand in, best first, and why the others cannot."""

from dataclasses import replace

from shifts.model import DatedShift, Demand, Duty, Person, Seat, Wish
from shifts.repair import Candidate, replacements
from tests.shifts.rosters import LS, SD, may, person, problem, row, works

NIGHT = DatedShift(may(4), "night")
NEED = Demand(LS, NIGHT, 2, (Seat(Duty.LEAD),))
ILL = works(4, "night", "ILL", duty=Duty.LEAD)
BESIDE = works(4, "night", "BESIDE")


def found(*people: Person, work: str = "", of: str = "") -> dict[str, Candidate]:
    everybody = problem(person("ILL"), person("BESIDE"), *people, demands=(NEED,))
    return {one.person.code: one for one in replacements(everybody, [ILL, BESIDE, *row(work, who=of)], ILL)}


def rules(candidate: Candidate) -> set[str]:
    return {str(breach.rule) for breach in candidate.breaches}


def test_a_rested_trained_colleague_stands_in_with_nothing_against_it() -> None:
    free = found(person("A"))["A"]
    assert (free.possible, rules(free), free.hours, free.nights) == (True, set(), 0.0, 0)


def test_every_reason_against_somebody_is_told() -> None:
    barred = found(person("A", no_night=True, leave=frozenset({may(5)}), duties=frozenset({Duty.TRAFFIC})))["A"]
    assert not barred.possible
    assert rules(barred) == {"no_night", "leave", "untrained"}


def test_rest_is_counted_from_what_they_work_already() -> None:
    assert "overlap" in rules(found(person("A"), work="M", of="A")["A"])
    assert "rest" in rules(found(person("A"), work=".E", of="A")["A"])


def test_who_stands_there_already_cannot_stand_in() -> None:
    assert not found(person("A"))["BESIDE"].possible


def test_the_ill_one_is_not_asked() -> None:
    assert "ILL" not in found(person("A"))


def test_those_with_the_least_against_them_come_first() -> None:
    tired = person("TIRED")
    order = list(
        found(
            person("BARRED", no_night=True),
            person("LENT", home=SD),
            person("ASKED", wishes=(Wish(may(4)),)),
            tired,
            person("FRESH"),
            work="..NN",
            of="TIRED",
        )
    )
    assert order[:4] == ["FRESH", "TIRED", "ASKED", "LENT"]
    assert set(order[4:]) == {"BARRED", "BESIDE"}


def test_a_seat_s_duty_goes_with_the_shift() -> None:
    unable = replace(person("A"), duties=frozenset({Duty.CODE_CHECKER}))
    assert "untrained" in rules(found(unable)["A"])
