"""Roster problems as one strict JSON document.

What the document leaves out has the value it has in `shifts.model`. Anything it says that nobody knows is an error, so
that no misspelt key is silently ignored.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal, cast

from shifts.errors import DayOutside, UnknownPack, WrongValue
from shifts.findings import Rule
from shifts.model import (
    Assignment,
    DatedShift,
    Demand,
    Duty,
    Period,
    Person,
    RosterProblem,
    Seat,
    Shift,
    ShiftPlan,
    Wish,
)
from shifts.problem_check import check_problem
from shifts.rule_pack import LABOUR_LAW, RulePack, Severity
from shifts.stints import minutes
from shifts.strict_json import JsonObject, day_value, flag, list_of, map_of, number, one_of, parse, text_value, whole

LONGEST = 400
"""Days of a period at most: a longer one is a slip of the hand."""
_LABOUR_LAW: Mapping[str, RulePack] = MappingProxyType({LABOUR_LAW.name: LABOUR_LAW})


def read_problem(text: str, packs: Mapping[str, RulePack] = _LABOUR_LAW) -> RosterProblem:
    """The problem of a document, checked.

    Args:
        text: The document.
        packs: Rule packs it may call by their name; one of another name it must give whole.

    Raises:
        ProblemError: No JSON, an unknown, repeated or missing key, a wrong value, or a problem that contradicts itself.
    """
    top = JsonObject(parse(text), "")
    plans = top.take("plans", map_of(_plan))
    checkpoints = top.take("checkpoints", list_of(lambda value, where: _checkpoint(value, where, plans)))
    codes = [code for code, _, _ in checkpoints]
    if len(set(codes)) < len(codes):
        raise WrongValue(where="checkpoints", need="every code once")
    problem = RosterProblem(
        top.take("period", _period),
        {code: plan for code, plan, _ in checkpoints},
        top.take("people", list_of(_person)),
        top.take("demands", list_of(_demand)),
        rules=top.take("rules", lambda value, where: _rules(value, where, packs), LABOUR_LAW),
        history=top.take("history", list_of(_assignment), ()),
        pins=frozenset(top.take("pins", list_of(_assignment), ())),
        published=frozenset(top.take("published", list_of(_assignment), ())),
        names={code: name for code, _, name in checkpoints if name is not None},
    )
    top.end()
    check_problem(problem)
    return problem


def write_problem(problem: RosterProblem) -> str:
    """A problem as a document that `read_problem` reads back as it was; line by line where there are many of a kind."""
    plans = {plan: f"plan{number}" for number, plan in enumerate(dict.fromkeys(problem.plans.values()), 1)}
    document = {
        "period": {"start": problem.period.start.isoformat(), "days": problem.period.length},
        "plans": {name: [_written_shift(shift) for shift in plan.shifts] for plan, name in plans.items()},
        "checkpoints": [
            {"code": code, "plan": plans[plan]} | ({"name": problem.names[code]} if code in problem.names else {})
            for code, plan in problem.plans.items()
        ],
        "people": [_written_person(person) for person in problem.people],
        "demands": [_written_demand(demand) for demand in problem.demands],
        "rules": _written_rules(problem.rules),
        "history": [_written(assignment) for assignment in problem.history],
        "pins": [_written(assignment) for assignment in _sorted(problem.pins)],
        "published": [_written(assignment) for assignment in _sorted(problem.published)],
    }
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_lines(value)}" for key, value in document.items()) + "\n}\n"


# --- writing ---------------------------------------------------------------------------------------------------------


def _lines(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def _written_shift(shift: Shift) -> dict[str, object]:
    return {"code": shift.code, "start_minutes": minutes(shift.start), "minutes": minutes(shift.length)}


def _written_person(person: Person) -> dict[str, object]:
    said: dict[str, object] = {
        "code": person.code,
        "name": person.name,
        "units": sorted(person.units),
        "duties": sorted(person.duties),
        "home": person.home,
    }
    said |= {"birth_year": person.birth_year} if person.birth_year is not None else {}
    said |= {"since": person.since.isoformat()} if person.since else {}
    said |= {"leave": [day.isoformat() for day in sorted(person.leave)]} if person.leave else {}
    said |= {"wishes": [_written_wish(wish) for wish in person.wishes]} if person.wishes else {}
    return said | ({"no_night": True} if person.no_night else {})


def _written_wish(wish: Wish) -> dict[str, object]:
    said: dict[str, object] = {"day": wish.day.isoformat()}
    said |= {"shift": wish.shift} if wish.shift is not None else {}
    return said | {"off": wish.off, "weight": wish.weight}


def _written_demand(demand: Demand) -> dict[str, object]:
    seats = [
        {key: value for key, value in (("duty", seat.duty), ("unit", seat.unit)) if value is not None}
        for seat in demand.seats
    ]
    return {
        "checkpoint": demand.checkpoint,
        "day": demand.shift.day.isoformat(),
        "shift": demand.shift.code,
        "heads": demand.heads,
        "seats": seats,
    }


def _written_rules(rules: RulePack) -> dict[str, object]:
    said: dict[str, object] = {one.name: getattr(rules, one.name) for one in fields(rules)}
    return said | {
        "pattern": list(rules.pattern),
        "severities": {rule: severity.name.lower() for rule, severity in rules.severities.items()},
    }


def _written(assignment: Assignment) -> dict[str, object]:
    return {
        "person": assignment.person,
        "checkpoint": assignment.checkpoint,
        "duty": assignment.duty,
        "day": assignment.shift.day.isoformat(),
        "shift": assignment.shift.code,
    }


def _sorted(assignments: frozenset[Assignment]) -> list[Assignment]:
    return sorted(assignments, key=lambda one: (one.shift.day, one.checkpoint, one.shift.code, one.person, one.duty))


# --- reading ---------------------------------------------------------------------------------------------------------


def _duty(value: Any, where: str) -> Duty:
    return Duty(one_of(*Duty)(value, where))


def _period(value: Any, where: str) -> Period:
    said = JsonObject(value, where)
    start, length = said.take("start", day_value), said.take("days", whole(0, LONGEST))
    said.end()
    if start > date.max - timedelta(days=LONGEST + 2):
        raise DayOutside(where=where, day=start.isoformat())
    return Period(start, length)


def _plan(value: Any, where: str) -> ShiftPlan:
    try:
        plan = ShiftPlan(list_of(_shift)(value, where))
    except ValueError as error:
        raise WrongValue(where=where, need="shifts that fill 24 hours, each once") from error
    if len(set(plan.codes)) < len(plan.codes):
        raise WrongValue(where=where, need="every code once")
    return plan


def _shift(value: Any, where: str) -> Shift:
    said = JsonObject(value, where)
    shift = Shift(
        said.take("code", text_value),
        timedelta(minutes=said.take("start_minutes", whole(0, 2 * 24 * 60))),
        timedelta(minutes=said.take("minutes", whole(1, 24 * 60))),
    )
    said.end()
    return shift


def _checkpoint(value: Any, where: str, plans: dict[str, ShiftPlan]) -> tuple[str, ShiftPlan, str | None]:
    said = JsonObject(value, where)
    found = said.take("code", text_value), plans[said.take("plan", one_of(*plans))], said.take("name", text_value, None)
    said.end()
    return found


def _person(value: Any, where: str) -> Person:
    said = JsonObject(value, where)
    person = Person(
        said.take("code", text_value),
        said.take("name", text_value),
        frozenset(said.take("units", list_of(text_value))),
        frozenset(said.take("duties", list_of(_duty))),
        said.take("home", text_value),
        birth_year=said.take("birth_year", whole(1900, 2100), None),
        since=said.take("since", day_value, None),
        leave=frozenset(said.take("leave", list_of(day_value), ())),
        wishes=said.take("wishes", list_of(_wish), ()),
        no_night=said.take("no_night", flag, False),
    )
    said.end()
    return person


def _wish(value: Any, where: str) -> Wish:
    said = JsonObject(value, where)
    wish = Wish(
        said.take("day", day_value),
        said.take("shift", text_value, None),
        said.take("off", flag, True),
        said.take("weight", whole(1, 10), 1),
    )
    said.end()
    return wish


def _demand(value: Any, where: str) -> Demand:
    said = JsonObject(value, where)
    checkpoint, shift = (
        said.take("checkpoint", text_value),
        DatedShift(said.take("day", day_value), said.take("shift", text_value)),
    )
    heads, seats = said.take("heads", whole(0, 1000)), said.take("seats", list_of(_seat), ())
    said.end()
    if len(seats) > heads:
        raise WrongValue(where=f"{where}.seats", need=f"0–{heads}")
    return Demand(checkpoint, shift, heads, seats)


def _seat(value: Any, where: str) -> Seat:
    said = JsonObject(value, where)
    seat = Seat(said.take("duty", _duty, None), said.take("unit", text_value, None))
    said.end()
    return seat


def _assignment(value: Any, where: str) -> Assignment:
    said = JsonObject(value, where)
    found = Assignment(
        said.take("person", text_value),
        said.take("checkpoint", text_value),
        said.take("duty", _duty),
        DatedShift(said.take("day", day_value), said.take("shift", text_value)),
    )
    said.end()
    return found


def _rules(value: Any, where: str, packs: Mapping[str, RulePack]) -> RulePack:
    said = JsonObject(value, where)
    name = said.take("name", text_value, LABOUR_LAW.name)
    usual = packs.get(name, LABOUR_LAW)
    lacking = [one.name for one in fields(RulePack) if one.name not in value]
    if name not in packs and lacking:
        raise UnknownPack(name=name, packs=", ".join(packs), keys=", ".join(lacking))
    levels = {level.name.lower(): level for level in Severity}
    weights = {rule: level.name.lower() for rule, level in usual.severities.items()}
    severities = said.take("severities", map_of(one_of(*levels)), weights)
    for rule in severities:
        one_of(*Rule)(rule, f"{where}.severities")
    rules = RulePack(
        name=name,
        severities={rule: levels[level] for rule, level in severities.items()},
        rest_hours=said.take("rest_hours", number(0, 48), usual.rest_hours),
        days_in_seven=said.take("days_in_seven", whole(1, 7), usual.days_in_seven),
        weekly_rest_hours=said.take("weekly_rest_hours", number(0, 72), usual.weekly_rest_hours),
        nights_in_row=said.take("nights_in_row", whole(0, 14), usual.nights_in_row),
        week_hours=said.take("week_hours", number(1, 168), usual.week_hours),
        overtime_by=cast(
            "Literal['week', 'month']", said.take("overtime_by", one_of("week", "month"), usual.overtime_by)
        ),
        month_overtime_hours=said.take("month_overtime_hours", number(0, 400), usual.month_overtime_hours),
        shift_hours=said.take("shift_hours", number(1, 24), usual.shift_hours),
        rookie_months=said.take("rookie_months", whole(0, 120), usual.rookie_months),
        older_age=said.take("older_age", whole(0, 120), usual.older_age),
        older_nights_in_row=said.take("older_nights_in_row", whole(0, 14), usual.older_nights_in_row),
        pattern=said.take("pattern", list_of(text_value), usual.pattern),
    )
    said.end()
    return rules
