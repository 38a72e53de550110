"""What stands around the sheet: which shift it is, how its handover stands, and what can be done with it."""

from shifts.handover import Handover
from shifts.model import DatedShift, ShiftPlan
from station import handover_words
from station.handover import Listed, Standing
from station.texts_roster import shift_name
from ui.handover.keeping import Loaded
from ui.look import Look


def title(look: Look, plan: ShiftPlan, loaded: Loaded, base: Handover) -> str:
    """The shift, and how it stands."""
    said = [handover_words.span(plan, base.shift, look.language)]
    listed = next((one for one in loaded.listed if one.shift == base.shift), None)
    if listed is not None:
        standing = Standing.COMPLETE if base.complete else listed.standing
        said.append(handover_words.standing(Listed(base.shift, standing, base.given is not None), look.language))
    return " · ".join(said)


def state(look: Look, loaded: Loaded, base: Handover, *, waits: bool) -> str:
    """Who handed over to whom; before that, who may write, and whether it is kept.

    Args:
        look: For words.
        loaded: For names.
        base: The sheet.
        waits: Something is not kept yet.
    """
    if base.given is not None and base.taken is not None:
        given, taken = (loaded.names.get(one.lead, one.lead) for one in (base.given, base.taken))
        return look.word("handover_complete_told", given=given, taken=taken)
    if base.given is not None:
        return ""
    if not loaded.leads:
        return look.word("handover_read_only")
    return look.word("handover_unkept") if waits else look.word("handover_kept") if base.steps else ""


def file_name(look: Look, shift: DatedShift) -> str:
    """What a printed sheet is called, unless somebody calls it otherwise."""
    return f"{look.word('handover_file', day=shift.day, shift=shift_name(shift.code, look.language))}.pdf"
