"""Figures as JSON, for the command line and whoever reads on with another program."""

from typing import Any

from station.figures import Figures, Line, Reviews, Verdicts
from station.verdict import Outcome


def as_json(figures: Figures) -> dict[str, Any]:
    """All of them: rates and shares 0 to 1, times in seconds, instants in ISO 8601; null where there is none."""
    filters, time = figures.filters, figures.time
    return {
        "since": None if filters.since is None else filters.since.isoformat(),
        "until": None if filters.until is None else filters.until.isoformat(),
        "verdict": filters.verdict,
        "shift": filters.shift,
        "officer": filters.officer,
        **_verdicts(figures.verdicts),
        "shares": {outcome.word: figures.verdicts.share(outcome) for outcome in Outcome},
        "kinds": dict(figures.kinds),
        "reviews": _reviews(figures.reviews),
        "time_per_vehicle": None
        if time is None
        else {"median_s": time.median.total_seconds(), "p90_s": time.p90.total_seconds()},
        "reasons": [{"code": one.code, "verdict": one.outcome.word, "count": one.count} for one in figures.grounds],
        "code_families": dict(figures.families),
        "by_officer": [{"officer": one.key, **_line(one)} for one in figures.by_officer],
        "by_shift": [{"shift": one.key, **_line(one)} for one in figures.by_shift],
        "hours": [{"start": start.isoformat(), **_verdicts(counts)} for start, counts in figures.hours.items()],
        "shifts": [
            {"day": one.day.isoformat(), "shift": one.shift, **_verdicts(one.verdicts)} for one in figures.shifts
        ],
    }


def _verdicts(counts: Verdicts) -> dict[str, Any]:
    return {"passages": counts.total, "verdicts": {outcome.word: counts[outcome] for outcome in Outcome}}


def _line(one: Line) -> dict[str, Any]:
    review_rate = one.verdicts.share(Outcome.REVIEW)
    return {**_verdicts(one.verdicts), "review_rate": review_rate, "reviews": _reviews(one.reviews)}


def _reviews(ended: Reviews) -> dict[str, Any]:
    return {
        "total": ended.total,
        "released": ended.released,
        "turned_back": ended.turned_back,
        "otherwise": ended.otherwise,
        "open": ended.open,
        "release_rate": ended.release_rate,
    }
