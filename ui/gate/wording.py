"""What the gate page says about a view: pure functions from a view to sentences. Personal data comes out masked."""

from scanner.plates import Plate, PlateKind
from station import texts
from station.check import Item, Missing
from station.masking import mask_name, mask_plate, mask_tail
from station.policy import MAX_PEOPLE
from station.sampling_points import SamplingPoint
from station.verdict import Code, Outcome, Reason, Verdict
from station.view import CellState, OccupantView, View, wants_sampling_point
from ui.look import Look

_SICK = frozenset({Code.TEST_POSITIVE, Code.HEALTH_RED, Code.TEMPERATURE_HIGH_TWICE})
_INCOMPLETE = (Code.PLATE_MISSING, Code.PEOPLE_UNCONFIRMED)
_MISSING = frozenset({*_INCOMPLETE, Code.HEALTH_MISSING, Code.TEST_MISSING, Code.TEMPERATURE_MISSING})
_ASKED = {Item.HEALTH: "ask_health", Item.TEST: "ask_test", Item.TEMPERATURE: "ask_temperature"}


def role(look: Look, index: int) -> str:
    """Who sits there: the driver, or a passenger's number."""
    return look.word("driver") if index == 0 else look.word("passenger", number=index)


def masked(occupant: OccupantView) -> str:
    """王** ***1234, or nothing where nobody knows."""
    return " ".join(part for part in (mask_name(occupant.name or ""), mask_tail(occupant.id_tail)) if part)


def whose(look: Look, view: View, index: int) -> str:
    """Role and masked name."""
    known = mask_name(view.occupants[index].name or "") if index < len(view.occupants) else ""
    return f"{role(look, index)} {known}".rstrip()


def ask(look: Look, view: View | None) -> str:
    """What to ask for next."""
    if view is None:
        return look.word("ask_start")
    if not view.missing:
        return look.word("ask_again") if view.asked_again else ""
    first = view.missing[0]
    if first.occupant is None:
        return look.word("ask_plate" if first.item is Item.PLATE else "ask_people")
    key = _ASKED[first.item]
    if first.item is Item.HEALTH and Missing(Item.TEST, first.occupant) in view.missing:
        key = "ask_both"
    who = role(look, first.occupant)
    return look.word(key, who=f"{who} " if look.language == "zh" and first.occupant else who)


def notice(look: Look, view: View | None) -> str:
    """The newest thing that went wrong at this vehicle, as a sentence; empty if nothing did."""
    if view is None:
        return ""
    if view.failed:
        failed = view.failed[-1]
        return texts.sentence(failed.code, failed.params, look.language)
    if view.faults:
        return texts.reason(Reason(Code.FAULT, Outcome.REVIEW, {"fault": view.faults[-1]}), look.language)
    if view.stale_code and {missing.item for missing in view.missing} & {Item.HEALTH, Item.TEST}:
        return look.word("stale_code")
    return ""


def fault_said(view: View) -> str | None:
    """The fault that the page says, while it is why this vehicle is as it is."""
    if view.verdict is None:
        return view.faults[-1] if view.faults and not view.failed else None
    deciding = view.verdict.deciding
    said = deciding.code is Code.FAULT and view.shown is Outcome.REVIEW
    return str(deciding.params.get("fault", "")) if said else None


def holds_anything(view: View | None) -> bool:
    """Whether breaking off would lose something."""
    if view is None:
        return False
    touched = any(
        occupant.child or {occupant.health, occupant.test, occupant.temperature} - {CellState.WAITING}
        for occupant in view.occupants
    )
    return touched or bool(view.plate or view.failed or view.exempt)


def plate_cell(look: Look, view: View) -> tuple[str, CellState]:
    """The plate in the checklist: whole, since the officer must see what was typed."""
    match view.plate:
        case Plate(_, PlateKind.OTHER) as plate:
            return str(plate), CellState.DOUBT
        case Plate() as plate:
            return str(plate), CellState.GOOD
        case None:
            return look.word("cell_waiting"), CellState.WAITING
        case _:
            return look.word("no_plate_word"), CellState.DOUBT


def people_cell(look: Look, view: View) -> tuple[str, CellState]:
    """The number of people in the checklist."""
    if view.people is not None and 1 <= view.people <= MAX_PEOPLE:
        return look.word("people_count", people=view.people), CellState.GOOD
    state = CellState.NOT_NEEDED if view.exempt else CellState.WAITING
    return look.word(f"cell_{state}"), state


def masked_plate(look: Look, plate: str | None) -> str:
    """A plate where it need not be read whole."""
    return mask_plate(plate) if plate else look.word("plate_unknown")


# --- the verdict -----------------------------------------------------------------------------------------------------


def vehicle(look: Look, view: View) -> str:
    """Masked plate and number of people, as far as they are known: what is missing is a reason, and said there."""
    known = mask_plate(view.plate.text) if isinstance(view.plate, Plate) else plate_cell(look, view)[0]
    people = look.word("people_count", people=view.people) if view.people else ""
    return "　".join(filter(None, (known if view.plate else "", people)))


def main_reason(look: Look, view: View) -> str:
    """Why it is as shown, in one sentence."""
    if view.verdict is None:
        return ""
    if view.turned_back:
        return look.word("was_turned_back")
    if view.released:
        return look.word("was_released")
    if view.shown is not Outcome.PASS and view.verdict.outcome is Outcome.PASS:
        return look.word("not_kept")
    if view.shown is Outcome.PASS and not view.exempt:
        return look.word("all_good")
    if view.verdict.deciding.code in _INCOMPLETE:
        lacking = [reason for reason in view.verdict.reasons if reason.code in _INCOMPLETE]
        return " · ".join(texts.reason(reason, look.language) for reason in lacking)
    return _with_name(look, view, view.verdict.deciding)


def next_action(look: Look, view: View) -> str:
    """What the officer does now."""
    if view.shown is Outcome.PASS:
        return look.word("next_pass")
    if view.shown is Outcome.REVIEW or view.verdict is None:
        lacks = view.verdict is not None and view.verdict.deciding.code in _MISSING
        return look.word("next_complete" if lacks else "next_review")
    if any(reason.code in _SICK for reason in view.verdict.reasons):
        return look.word("next_health_office")
    if wants_sampling_point(view.verdict):
        points = "；".join(map(_point, view.sampling_points[:2]))
        return look.word("next_sampling_at", points=points) if points else look.word("next_sampling")
    return look.word("next_refuse")


def occupant_lines(look: Look, view: View, most: int) -> list[tuple[Outcome, str]]:
    """A line each, those who need attention first: the outcome, and who with the worst reason.

    Whom the main reason has named is not named again.
    """
    verdict = view.verdict
    if verdict is None:
        return []
    if view.shown is not Outcome.PASS and [one.outcome for one in verdict.occupants] == [Outcome.PASS]:
        return []  # of one person alone nothing is to be said but what went wrong
    named = None if view.shown is Outcome.PASS else verdict.deciding.occupant
    others = (index for index in range(len(verdict.occupants)) if index != named)
    order = sorted(others, key=lambda index: -verdict.occupants[index].outcome)
    shown = order if len(order) <= most else order[: most - 1]
    lines = [(verdict.occupants[index].outcome, _summary(look, view, verdict, index)) for index in shown]
    if rest := len(order) - len(shown):
        lines.append(
            (max(verdict.occupants[i].outcome for i in order[most - 1 :]), look.word("others_too", count=rest))
        )
    return lines


def _summary(look: Look, view: View, verdict: Verdict, index: int) -> str:
    occupant = verdict.occupants[index]
    if occupant.outcome is not Outcome.PASS:
        return _with_name(look, view, occupant.reasons[0])
    said = " · ".join(texts.reason(reason, look.language) for reason in occupant.reasons[:3])
    return look.word("whose_reason", who=whose(look, view, index), reason=said.replace(" °C", "\N{NO-BREAK SPACE}°C"))


def _with_name(look: Look, view: View, reason: Reason) -> str:
    sentence = texts.reason(_masked_reason(reason), look.language)
    if reason.occupant is None:
        return sentence
    return look.word("whose_reason", who=whose(look, view, reason.occupant), reason=sentence)


def _masked_reason(reason: Reason) -> Reason:
    """A reason that names a plate names it masked."""
    plate = reason.params.get("plate")
    if not isinstance(plate, str):
        return reason
    return Reason(reason.code, reason.outcome, {**reason.params, "plate": mask_plate(plate)}, reason.occupant)


def _point(point: SamplingPoint) -> str:
    return " · ".join(part for part in (point.name, point.place, point.hours) if part)
