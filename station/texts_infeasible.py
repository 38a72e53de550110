"""Why a roster cannot be covered, in Chinese and English: what lacks, what stands in the way, and who would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shifts.errors import Conflict, Infeasible, Limit, Reason, Relief, Request, Shortage
from shifts.findings import Rule
from shifts.model import Seat
from station import texts
from station.texts import Language, Pair, pick
from station.texts_roster import HEADS, seat, shift, shift_name

Names = Mapping[str, str]
LACKS: Pair = ("{place} {when} {each}缺 {missing} 名{what}", "{place}, {when} lacks {missing} × {what}{each}")
LACKS_AT_MOST: Pair = (
    "{place} {when} {each}至多缺 {missing} 名{what}",
    "{place}, {when} lacks at most {missing} × {what}{each}",
)
EACH: Pair = ("每班", " each")
RUN: Pair = ("{first} 至 {last}", "{first} to {last}")
AT_MOST: dict[str, Pair] = {
    "roster_infeasible": (
        "排不满：{checkpoints} 个查验点的 {shifts} 个班至多缺 {missing} 人（未能证明最少缺这么多）",
        "It cannot be covered; at most {missing} people lack (not proven); {shifts} shifts, {checkpoints} checkpoints",
    ),
    "roster_uncovered": (
        "限时内没有排满：{checkpoints} 个查验点的 {shifts} 个班至多还缺 {missing} 人（未能证明最少缺这么多）",
        "Not covered in time; at most {missing} people lack (not proven); {shifts} shifts, {checkpoints} checkpoints",
    ),
}
"""What sums it up where the number lacking is not shown to be the fewest."""
REQUESTS: dict[Request, Pair] = {
    Request.LEAVE: ("{who} 请假：{days}", "{who} is on leave: {days}"),
    Request.NO_NIGHT: ("{who} 有医嘱不上夜班", "{who} must not work nights"),
    Request.PIN: ("{who} 固定在 {place} {when}", "{who} is fixed at {place}, {when}"),
    Request.HISTORY: ("{who} 期外有班，其间须休息：{place} {when}", "{who} needs rest beside {place}, {when}"),
}
LIMITS: dict[Rule, Pair] = {
    Rule.SHIFT_HOURS: ("一班至多 {figure:g} 小时", "A shift lasts {figure:g} h at most"),
    Rule.REST: ("两班之间至少休息 {figure:g} 小时", "Rest between two shifts: {figure:g} h at least"),
    Rule.ROOKIE_ALONE: (
        "工作不满 {figure:g} 个月的新人须有老人同班",
        "In their first {figure:g} months nobody works without somebody experienced",
    ),
    Rule.DAYS_IN_SEVEN: ("七天里至多上 {figure:g} 天班", "Days of work in seven: {figure:g} at most"),
    Rule.WEEKLY_REST: ("七天里有一次 {figure:g} 小时的整休", "In seven days one whole rest of {figure:g} h"),
    Rule.NIGHTS_IN_ROW: ("至多连上 {figure:g} 个夜班", "Nights in a row: {figure:g} at most"),
    Rule.OLDER_NIGHTS: ("年长的人至多连上 {figure:g} 个夜班", "Nights in a row of older people: {figure:g} at most"),
    Rule.WEEK_HOURS: ("一周至多 {figure:g} 小时", "Hours in a week: {figure:g} at most"),
    Rule.MONTH_OVERTIME: ("当月加班至多 {figure:g} 小时", "Overtime in a month: {figure:g} h at most"),
}
ASIDE: dict[str, Pair] = {
    "of": ("{where}：", "{where}:"),
    "of_many": ("{where} 等 {count} 个班：", "{where} and others, {count} shifts in all:"),
    "conflicts": ("与下列要求不能同时满足，放宽其一或可排满：", "These cannot all be kept; lifting one may be enough:"),
    "contradicted": ("下列各项不能同时成立，请改其一：", "These contradict each other; change one of them:"),
    "doctors": ("医嘱，不能放宽：", "A doctor's word, not to be lifted:"),
    "limits": ("受规则所限：", "Held by the rules:"),
    "too_few": (
        "放宽请假也排不满：请增派会做的人，或减少需求",
        "No leave stands in the way: send people who can do it, or ask for fewer",
    ),
    "therefore": ("因此缺人：", "Therefore lacking:"),
    "relief": ("再有 {people}，就能排满", "With {people} more it can be covered"),
    "relief_at_most": (
        "至多再有 {people}，就能排满（未能证明非这么多不可）",
        "With at most {people} more it can be covered (not proven: perhaps fewer will do)",
    ),
    "unexplained": ("另有 {count} 个班未及查出原因", "For other shifts no reason was found in time: {count}"),
    "unproven": ("（时间内未能证明，延长时间或可排满）", "(not proven in the time given: more of it may help)"),
}


def code_of(told: Infeasible) -> str:
    """The code of the sentence that sums it up."""
    if not told.shortages:
        return "roster_contradicted" if told.reasons else "roster_impossible"
    return told.code if told.proven else "roster_uncovered"


def summary(told: Infeasible, language: Language) -> str:
    """It in one sentence."""
    code = code_of(told)
    return (
        texts.error(code, told.params, language) if told.exact else pick(AT_MOST[code], language).format(**told.params)
    )


def infeasible(told: Infeasible, known: Names, language: Language) -> list[str]:
    """Why, and below each reason what lacks for it; alike shifts of several days in one line."""
    lines = []
    for reason in told.reasons:
        said = [line.text for line in _reason(reason, told, known, language)]
        lines += [*said, pick(ASIDE["therefore"], language)] if said and reason.shortages else said
        lines += _lacking(reason.shortages, known, language)
    explained = {one for reason in told.reasons for one in reason.shortages}
    rest = _lacking([one for one in told.shortages if one not in explained], known, language)
    return [*lines, *rest, *(line.text for line in _aside(told, language))]


def why(told: Infeasible, known: Names, language: Language) -> list[str]:
    """What stands in the way, and who would do: a line each."""
    return [line.text for line in lines_of(told, known, language)]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of it; a heading is about the lines below."""

    text: str
    heading: bool = False


def lines_of(told: Infeasible, known: Names, language: Language) -> list[Line]:
    """What stands in the way, and who would do, for a list that sets headings apart."""
    lines = []
    for reason in told.reasons:
        said = _reason(reason, told, known, language)
        if said and len(told.reasons) > 1 and reason.shortages:
            lines.append(Line(_where(reason, known, language), heading=True))
        lines += said
    return [*lines, *_aside(told, language)]


def _aside(told: Infeasible, language: Language) -> list[Line]:
    """Who would do, and how far it is known."""
    aside = []
    if told.relief:
        people = pick(("、", ", "), language).join(_people(one, language) for one in told.relief)
        known_to_be = "relief" if all(one.exact for one in told.relief) else "relief_at_most"
        aside.append(pick(ASIDE[known_to_be], language).format(people=people))
    if told.unexplained:
        aside.append(pick(ASIDE["unexplained"], language).format(count=told.unexplained))
    if not told.proven:
        aside.append(pick(ASIDE["unproven"], language))
    return [Line(text, heading=True) for text in aside]


def shortage(told: Shortage, known: Names, language: Language) -> str:
    """What a shift lacks at best: 圣地亚哥 10-03 夜班 缺 1 名带班组长."""
    return _lack(told, [told.shift.day], known, language)


def _lacking(shortages: Iterable[Shortage], known: Names, language: Language) -> list[str]:
    """What shifts lack, those that differ in their day alone in one line."""
    alike: dict[Shortage, list[date]] = {}
    for one in shortages:
        alike.setdefault(replace(one, shift=replace(one.shift, day=date.min)), []).append(one.shift.day)
    return [_lack(one, days, known, language) for one, days in alike.items()]


def _lack(told: Shortage, days: list[date], known: Names, language: Language) -> str:
    when = f"{_days(days, language)} {shift_name(told.shift.code, language)}"
    place, what = known.get(told.checkpoint, told.checkpoint), _kind(told.seat, language)
    each = pick(EACH, language) if len(days) > 1 else ""
    said = LACKS if told.exact else LACKS_AT_MOST
    return pick(said, language).format(place=place, when=when, missing=told.missing, what=what, each=each)


def _days(days: Iterable[date], language: Language) -> str:
    """Days, those that follow on each other as from the first to the last."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    said = [
        pick(RUN, language).format(first=f"{run[0]:%m-%d}", last=f"{run[-1]:%m-%d}") if run[1:] else f"{run[0]:%m-%d}"
        for run in runs
    ]
    return pick(("、", ", "), language).join(said)


def conflict(told: Conflict, known: Names, language: Language) -> str:
    """A request that stands in the way."""
    return pick(REQUESTS[told.request], language).format(
        who=known.get(told.person, told.person),
        days=pick(("、", ", "), language).join(f"{day:%m-%d}" for day in told.days),
        place=known.get(told.checkpoint or "", told.checkpoint or ""),
        when=shift(told.shift, language) if told.shift else "",
    )


def limit(told: Limit, language: Language) -> str:
    """A rule that stands in the way."""
    return pick(LIMITS[told.rule], language).format(figure=told.figure)


# --- within ----------------------------------------------------------------------------------------------------------


def _reason(reason: Reason, told: Infeasible, known: Names, language: Language) -> list[Line]:
    def asked(*requests: Request) -> list[str]:
        return [conflict(one, known, language) for one in reason.conflicts if one.request in requests]

    limits = [limit(one, language) for one in reason.limits]
    groups = {
        "conflicts" if reason.shortages else "contradicted": asked(Request.LEAVE, Request.PIN),
        "doctors": asked(Request.NO_NIGHT),
        "limits": [*limits, *asked(Request.HISTORY)],
    }
    lines = []
    for name, group in groups.items():
        if group:
            lines += [Line(pick(ASIDE[name], language), heading=True), *map(Line, group)]
    return lines or ([] if told.relief else [Line(pick(ASIDE["too_few"], language), heading=True)])


def _where(reason: Reason, known: Names, language: Language) -> str:
    places = list(dict.fromkeys((one.checkpoint, one.shift) for one in reason.shortages))
    checkpoint, first = places[0]
    where = f"{known.get(checkpoint, checkpoint)} {shift(first, language)}"
    return pick(ASIDE["of" if len(places) == 1 else "of_many"], language).format(where=where, count=len(places))


def _people(told: Relief, language: Language) -> str:
    return pick(("{people} 名{kind}", "{people} × {kind}"), language).format(
        people=told.people, kind=_kind(told.seat, language)
    )


def _kind(told: Seat | None, language: Language) -> str:
    what = pick(HEADS, language)
    if told is None or not (told.duty or told.unit):
        return what
    code = told.duty or what
    return seat(f"{code}@{told.unit}" if told.unit else code, language)
