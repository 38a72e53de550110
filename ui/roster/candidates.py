"""A line for whoever could stand somewhere: what speaks against them, or why they cannot."""

from collections.abc import Sequence
from typing import Protocol

from shifts.rule_pack import Severity
from shifts.rules import Breach
from ui.look import Look
from ui.roster.rows import Row
from ui.roster.wording import Wording


class Candidate(Protocol):
    """Whoever the line is about; what choosing it means."""

    @property
    def breaches(self) -> Sequence[Breach]:
        """The rules that would be broken."""


def candidate_row(
    look: Look, wording: Wording, one: Candidate, *, title: str, side: str, why_not: str | None = None
) -> Row:
    """The line.

    Args:
        look: Words.
        wording: The roster's names.
        one: Who.
        title: What they are called.
        side: What stands at the right.
        why_not: Why they cannot, if not for a hard rule.
    """
    hard = (wording.breach(each) for each in one.breaches if each.severity is Severity.HARD)
    if (why := why_not or next(hard, None)) is not None:
        return Row(title, look.word("roster_excluded", why=why), side, one, Severity.HARD, quiet=True)
    against = " · ".join(dict.fromkeys(wording.short(each) for each in one.breaches))
    return Row(title, against, side, one, max((each.severity for each in one.breaches), default=None))
