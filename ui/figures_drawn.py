"""Which charts figures are drawn as: the audit page and its PDF share them."""

from datetime import date

from station import figures_words, texts, texts_figures
from station.figures import Figures
from station.texts import Language, pick
from station.verdict import Outcome
from ui.charts import Bar, Drawing, Stack, ranked, stacked


def hours(figures: Figures, language: Language) -> Drawing:
    """Passages by the hour of the day."""
    bars = [Stack(f"{hour:02}", verdicts) for hour, verdicts in enumerate(figures.by_hour_of_day)]
    return stacked(bars, _words(language))


def days(figures: Figures, language: Language) -> Drawing:
    """Passages by the day."""
    return stacked([Stack(_day(day), verdicts) for day, verdicts in figures.by_day.items()], _words(language))


def grounds(figures: Figures, language: Language) -> Drawing:
    """What decided reviews and refusals, the commonest first."""
    return ranked([Bar(figures_words.ground(one.code, language), one.count, one.outcome) for one in figures.grounds])


def families(figures: Figures, language: Language) -> Drawing:
    """Which codes were shown, the commonest first."""
    return ranked([Bar(figures_words.family(one, language), count) for one, count in figures.families.items()])


def reviews(figures: Figures, language: Language) -> Drawing:
    """What became of reviews."""
    ended = figures.reviews
    counts = (
        (texts_figures.RELEASED, ended.released, Outcome.PASS),
        (texts_figures.TURNED_BACK, ended.turned_back, Outcome.REFUSE),
        (texts_figures.OTHERWISE, ended.otherwise, None),
        (texts_figures.OPEN, ended.open, Outcome.REVIEW),
    )
    return ranked([Bar(pick(word, language), count, outcome) for word, count, outcome in counts])


def _words(language: Language) -> list[str]:
    return [texts.outcome(outcome, language) for outcome in Outcome]


def _day(day: date) -> str:
    return f"{day.month}-{day.day}"
