"""The figures of a range on paper: A4, the charts and tables of the audit page, and where the ledger stood."""

from pathlib import Path

from db.heads import Head
from station import figures_words, texts_figures, texts_ledger
from station.figures import Figures
from station.figures_words import Names
from station.texts import Language, pick
from ui import figures_drawn
from ui.pdf import pdf
from ui.press import HEADING, SMALL, TITLE, Press, a4

_OVER_TIME, _RANKED = 52.0, 46.0
"""Heights of charts, in mm."""


def write_pdf(figures: Figures, path: Path, *, place: str, names: Names, head: Head | None, language: Language) -> int:
    """Write it; the file appears whole or stays as it was. Gives the number of pages.

    Args:
        figures: Of which range.
        path: Where to.
        place: The checkpoint's name.
        names: Of people, by code.
        head: Where the ledger stood, signed; printed beneath.
        language: Of its words.

    Raises:
        UsageError: No Chinese font here, or the file cannot be written.
    """
    title = pick(texts_figures.TITLE, language)
    asked = (
        place,
        figures_words.span(figures.filters, language),
        figures_words.asked(figures.filters, names, language),
    )
    which = "  ".join(filter(None, asked))
    said, drawn = figures_words, figures_drawn
    with pdf(path, title, a4()) as (writer, family):
        press = Press(writer, family)
        strips = [press.line(title, TITLE, bold=True), press.line(which, HEADING)]
        if figures.verdicts.total:
            hours, days = said.by_hour(figures, language).title, said.by_day(figures, language).title
            strips += press.table(said.verdicts(figures, language))
            strips += press.drawn((hours,), (drawn.hours(figures, language),), _OVER_TIME)
            strips += press.drawn((days,), (drawn.days(figures, language),), _OVER_TIME)
            ranked = (said.grounds, said.reviews)
            strips += press.drawn(
                tuple(build(figures, language).title for build in ranked),
                (drawn.grounds(figures, language), drawn.reviews(figures, language)),
                _RANKED,
            )
            for table in said.tables(figures, names, language)[1:]:
                if table.rows:
                    strips += press.table(table)
        else:
            strips.append(press.line(pick(texts_figures.NO_PASSAGES, language)))
        if head is not None:
            strips += [press.gap(), press.line(texts_ledger.printed(head, language), SMALL, keeps=False)]
        return press.print(strips, f"{title}  {which}", language)
