"""The handover sheet on paper: A4, every part of it, both leads' words or a line to sign on, page by page."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from db.heads import Head
from shifts.handover import Handover
from shifts.model import ShiftPlan
from station import handover_words, texts_handover, texts_ledger
from station.texts import Language, Pair, pick
from ui.pdf import pdf
from ui.press import HEADING, SMALL, TITLE, Press, Strip, a4

SIGNATURE: Pair = ("签名", "Signature")
_TO_SIGN = 12.0
"""Millimetres of height that a signature wants."""


def write_pdf(
    handover: Handover,
    path: Path,
    *,
    place: str,
    plan: ShiftPlan,
    names: Mapping[str, str],
    head: Head | None,
    language: Language,
) -> int:
    """Write it; the file appears whole or stays as it was. Gives the number of pages.

    Args:
        handover: Which.
        path: Where to.
        place: The checkpoint's name.
        plan: Its shifts.
        names: Of people, by code.
        head: Where the ledger stood when it was signed last, printed beneath.
        language: Of its words.

    Raises:
        UsageError: No Chinese font here, or the file cannot be written.
    """
    title = pick(texts_handover.TITLE, language)
    which = f"{place}  {handover_words.span(plan, handover.shift, language)}"
    with pdf(path, title, a4()) as (writer, family):
        press = Press(writer, family)
        strips = [press.line(title, TITLE, bold=True), press.line(which, HEADING)]
        for build in handover_words.TABLES:
            strips += press.table(build(handover.sheet, language))
        strips += _signatures(press, handover, names, language)
        if head is not None:
            strips.append(press.line(texts_ledger.printed(head, language), SMALL, keeps=False))
        return press.print(strips, f"{title}  {which}", language)


def _signatures(press: Press, handover: Handover, names: Mapping[str, str], language: Language) -> Iterator[Strip]:
    """Who confirmed; where nobody did, a line to sign on."""
    yield press.gap()
    yield press.gap()
    sides = handover_words.confirmations(handover, names, language)
    for number, (side, told) in enumerate(sides, 1):
        cells = (side, told, f"{pick(SIGNATURE, language)}：" if language == "zh" else pick(SIGNATURE, language))
        yield press.row(cells, (2, 5, 4), keeps=number < len(sides), least=_TO_SIGN)
