"""Figures as tables of words: what the audit page, its PDF and the command line show alike."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from db.filters import Filters
from shifts.model import SHANGHAI
from station import texts, texts_figures, texts_handover
from station.figures import Figures, Line, Reviews, Verdicts, share
from station.table import Table
from station.texts import Language, Pair, pick
from station.texts_figures import percent
from station.verdict import Outcome

Names = Mapping[str, str]
"""Of people, by code."""


def span(filters: Filters, language: Language) -> str:
    """The range that is counted."""
    since, until = (None if at is None else _minute(at) for at in (filters.since, filters.until))
    if since and until:
        pair = texts_figures.BETWEEN
    elif since:
        pair = texts_figures.SINCE
    else:
        pair = texts_figures.UNTIL if until else texts_figures.ALL_TIME
    return pick(pair, language).format(since=since, until=until)


def asked(filters: Filters, names: Names, language: Language) -> str:
    """Everything that is asked for besides the range; nothing where that is all."""
    found = []
    if filters.verdict is not None:
        found.append(texts.outcome(Outcome[filters.verdict.upper()], language))
    if filters.shift is not None:
        found.append(shift(filters.shift, language))
    if filters.officer is not None:
        found.append(names.get(filters.officer, filters.officer))
    return " · ".join(found)


def tables(figures: Figures, names: Names, language: Language) -> tuple[Table, ...]:
    """All of them, in the order they are read."""
    return (
        verdicts(figures, language),
        reviews(figures, language),
        grounds(figures, language),
        families(figures, language),
        by_officer(figures, names, language),
        by_shift(figures, language),
        by_hour(figures, language),
        by_day(figures, language),
        shifts(figures, language),
    )


def verdicts(figures: Figures, language: Language) -> Table:
    """How many, of each verdict and kind, and how long each took."""
    counts = figures.verdicts
    rows = [(_said(texts_figures.TOTAL, language), str(counts.total), "")]
    rows += [
        (texts.outcome(outcome, language), str(counts[outcome]), percent(counts.share(outcome))) for outcome in Outcome
    ]
    rows += [
        (_said(word, language), str(figures.kinds[kind]), percent(share(figures.kinds[kind], counts.total)))
        for kind, word in texts_figures.KIND_WORDS.items()
        if kind != "checked" and figures.kinds.get(kind)
    ]
    if figures.time is not None:
        told = {"median": figures.time.median.total_seconds(), "p90": figures.time.p90.total_seconds()}
        rows.append((_said(texts_figures.TIME, language), _said(texts_figures.TIME_OF, language).format(**told), ""))
    return _counted(texts_figures.PASSAGES, texts_figures.PASSAGES, rows, language)


def reviews(figures: Figures, language: Language) -> Table:
    """What became of reviews."""
    ended = figures.reviews
    words = (
        (texts_figures.RELEASED, ended.released),
        (texts_figures.TURNED_BACK, ended.turned_back),
        (texts_figures.OTHERWISE, ended.otherwise),
        (texts_figures.OPEN, ended.open),
    )
    rows = [(_said(word, language), str(count), percent(share(count, ended.total))) for word, count in words]
    return _counted(texts_figures.REVIEWS, texts_figures.RESULT, rows, language)


def grounds(figures: Figures, language: Language) -> Table:
    """What decided reviews and refusals."""
    of = figures.verdicts
    rows = [
        (
            f"{ground(one.code, language)} · {texts.outcome(one.outcome, language)}",
            str(one.count),
            percent(share(one.count, of.review + of.refused)),
        )
        for one in figures.grounds
    ]
    return _counted(texts_figures.GROUNDS, texts_figures.GROUND, rows, language)


def families(figures: Figures, language: Language) -> Table:
    """Which codes were shown."""
    rows = [
        (family(one, language), str(count), percent(share(count, figures.verdicts.total)))
        for one, count in figures.families.items()
    ]
    return _counted(texts_figures.FAMILIES, texts_figures.FAMILY, rows, language)


def by_officer(figures: Figures, names: Names, language: Language) -> Table:
    """Whose passages, and what became of their reviews."""
    nobody = _said(texts_figures.NOBODY, language)
    rows = [(nobody if one.key is None else names.get(one.key, one.key), one) for one in figures.by_officer]
    return _lines(texts_figures.BY_OFFICER, texts_figures.OFFICER, rows, language)


def by_shift(figures: Figures, language: Language) -> Table:
    """In which shift, and what became of its reviews."""
    rows = [(shift(one.key or "", language), one) for one in figures.by_shift]
    return _lines(texts_figures.BY_SHIFT, texts_figures.SHIFT, rows, language)


def by_hour(figures: Figures, language: Language) -> Table:
    """Passages by the hour of the day."""
    rows = [(f"{hour:02}:00", *_counts(counts)) for hour, counts in enumerate(figures.by_hour_of_day) if counts.total]
    return _split(texts_figures.HOURS, texts_figures.HOUR, rows, language)


def by_day(figures: Figures, language: Language) -> Table:
    """Passages by the day."""
    rows = [(str(day), *_counts(counts)) for day, counts in figures.by_day.items()]
    return _split(texts_figures.DAYS, texts_figures.DAY, rows, language)


def shifts(figures: Figures, language: Language) -> Table:
    """Passages of each shift of each day."""
    rows = [(f"{one.day} {shift(one.shift, language)}", *_counts(one.verdicts)) for one in figures.shifts]
    return _split(texts_figures.SHIFTS, texts_figures.SHIFT, rows, language)


def ground(code: str, language: Language) -> str:
    """A reason in a word."""
    if code in texts_figures.GROUND_WORDS:
        return pick(texts_figures.GROUND_WORDS[code], language)
    return texts_handover.why(code, language)


def family(code: str, language: Language) -> str:
    """A family of codes in words."""
    return pick(texts_figures.FAMILY_WORDS[code], language) if code in texts_figures.FAMILY_WORDS else code


def shift(code: str, language: Language) -> str:
    """A shift's name."""
    return pick(texts.SHIFTS[code], language) if code in texts.SHIFTS else code


def _counted(title: Pair, of: Pair, rows: list[tuple[str, str, str]], language: Language) -> Table:
    head = tuple(_said(word, language) for word in (of, texts_figures.COUNT, texts_figures.SHARE))
    return Table(_said(title, language), head, tuple(rows), (5, 4, 2))


def _split(title: Pair, of: Pair, rows: list[tuple[str, ...]], language: Language) -> Table:
    outcomes = (texts.outcome(outcome, language) for outcome in Outcome)
    head = (_said(of, language), *outcomes, _said(texts_figures.TOTAL, language))
    return Table(_said(title, language), head, tuple(rows), (4, 2, 2, 2, 2))


def _lines(title: Pair, of: Pair, rows: Iterable[tuple[str, Line]], language: Language) -> Table:
    words = (
        *(texts_figures.PASSAGES, texts_figures.REVIEW_RATE, texts_figures.RELEASED, texts_figures.RELEASE_RATE),
        *(texts_figures.TURNED_BACK, texts_figures.OPEN),
    )
    refused = texts.outcome(Outcome.REFUSE, language)
    first, *others = (_said(word, language) for word in (of, *words))
    head = (first, others[0], refused, *others[1:])
    return Table(_said(title, language), head, tuple((name, *_line(one)) for name, one in rows), (4, *[2] * 7))


def _line(one: Line) -> tuple[str, ...]:
    ended: Reviews = one.reviews
    return (
        str(one.verdicts.total),
        str(one.verdicts.refused),
        percent(one.verdicts.share(Outcome.REVIEW)),
        str(ended.released),
        percent(ended.release_rate),
        str(ended.turned_back),
        str(ended.open),
    )


def _counts(counts: Verdicts) -> tuple[str, ...]:
    return (*(str(counts[outcome]) for outcome in Outcome), str(counts.total))


def _said(pair: Pair, language: Language) -> str:
    return pick(pair, language)


def _minute(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
