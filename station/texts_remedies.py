"""What would mend a breach, in Chinese and English; or why nothing near would."""

from collections.abc import Mapping

from shifts.findings import Rule
from shifts.model import Assignment, DatedShift, Duty
from shifts.remedies import Advice, Remedy, Way
from shifts.rule_pack import Severity
from shifts.rules import Breach
from station import texts_roster
from station.texts import Language, Pair, pick

WAYS: dict[Way, Pair] = {
    Way.TAKE_OUT: ("{whom} 可不上 {when}，人仍够", "{whom} can be left out of {when}: there are heads enough"),
    Way.DUTY: ("可改由 {who} 任{duty}", "let {who} be {duty}"),
    Way.STAND_IN: ("{when}可由 {who} 顶", "{who} can take {when}"),
    Way.FILL: ("可补 {all}", "{all} can come"),
    Way.TRADE: ("{when}可换 {to}（与 {who} 对换）", "{when} can be traded for {to}, with {who}"),
    Way.HAND_ON: (
        "{when}可由 {who} 顶，其 {left}由 {other} 顶",
        "{who} can take {when}, and {other} the {left} they leave",
    ),
}
DROPPED: Pair = ("可移出 {when}", "take it out of {when}")
"""Of whoever is not known: they count for no head."""
INSTEAD: Pair = ("可由 {who} 换下 {whom}", "{who} can come in for {whom}")
"""Of a shift with heads enough, but not the right ones."""
BOTH: Pair = ("、{who} 任{duty}", ", {who} {duty}")
WARNED: Pair = ("（另有 {count} 处提醒）", " (warnings more: {count})")
OR: Pair = ("；或 ", "; or ")
THEN: Pair = ("；", "; ")
NOBODY: Pair = (
    "{when}无人可顶：能任{what}的 {count} 人，{barred}",
    "nobody can take {when}: of {count} {what}, {barred}",
)
NONE_ABLE: Pair = ("{when}无人可顶：没有别人能任{what}，请增派", "nobody else can be {what} at {when}: send somebody")
NO_SINGLE: Pair = ("改动一处解决不了，请多改几处或自动排班", "no single change mends it: make several, or generate")
BARRED: dict[Rule, Pair] = {
    Rule.OVERLAP: ("当天有班", "on duty that day"),
    Rule.REST: ("休息不够", "too little rest"),
    Rule.LEAVE: ("请假", "on leave"),
    Rule.NO_NIGHT: ("不上夜班", "no nights"),
    Rule.UNTRAINED: ("不会", "not trained"),
    Rule.SHIFT_HOURS: ("班太长", "too long a shift"),
    Rule.DAYS_IN_SEVEN: ("连班已满", "too many days"),
    Rule.WEEKLY_REST: ("缺整休", "no whole rest"),
    Rule.NIGHTS_IN_ROW: ("连夜已满", "too many nights"),
    Rule.MONTH_OVERTIME: ("月加班已满", "too much overtime"),
    Rule.WEEK_HOURS: ("周工时已满", "week's hours full"),
    Rule.MONTH_HOURS: ("月工时已满", "month's hours full"),
    Rule.OLDER_NIGHTS: ("年长连夜已满", "too many nights at their age"),
    Rule.BACKWARD: ("倒着轮班", "backward rotation"),
    Rule.PATTERN: ("不合轮转", "not in their cycle"),
    Rule.WISH: ("希望休息", "asked to be off"),
    Rule.AWAY: ("不外借", "not to be lent"),
}


def advice(told: Advice, breach: Breach, names: Mapping[str, str], language: Language) -> list[str]:
    """A line for each remedy; where there is none, one that says why."""
    if told.remedies:
        return [remedy(one, breach, names, language) for one in told.remedies]
    if told.wanted is None:
        return [pick(NO_SINGLE, language)]
    when, what = texts_roster.shift(told.wanted.shift, language), _what(told, told.wanted, language)
    if not told.barred:
        return [pick(NONE_ABLE, language).format(when=when, what=what)]
    barred = pick(("、", ", "), language).join(f"{pick(BARRED[rule], language)} {count}" for rule, count in told.barred)
    count = sum(number for _, number in told.barred)
    return [pick(NOBODY, language).format(when=when, what=what, count=count, barred=barred)]


def with_advice(told: Advice, breach: Breach, names: Mapping[str, str], language: Language) -> str:
    """A breach's sentence with what would mend it."""
    lines = pick(OR, language).join(advice(told, breach, names, language))
    return texts_roster.breach(breach, names, language) + pick(THEN, language) + lines


def remedy(told: Remedy, breach: Breach, names: Mapping[str, str], language: Language) -> str:
    """One remedy: 05-05 中班 可由 张伟 顶."""
    added = told.added or (told.cell,)
    pair = DROPPED if breach.rule is Rule.UNKNOWN else WAYS[told.way]
    if breach.rule is Rule.COVERAGE and told.way is Way.STAND_IN:
        pair = INSTEAD
    said = pick(pair, language).format(
        whom=_name(told.cell, names),
        when=_when(told.cell.shift, language),
        who=_name(added[0], names),
        other=_name(added[-1], names),
        duty=_duty(added[0].duty, language),
        to=_when(added[-1].shift, language),
        left=_when(added[-1].shift, language),
        all=pick(("、", ", "), language).join(_placed(one, names, language) for one in added),
    )
    if told.way is Way.DUTY and len(added) > 1:
        said += pick(BOTH, language).format(who=_name(added[1], names), duty=_duty(added[1].duty, language))
    warnings = sum(one.severity is Severity.WARNING for one in told.news)
    return said + pick(WARNED, language).format(count=warnings) if warnings else said


def _what(told: Advice, wanted: Assignment, language: Language) -> str:
    if told.seat is None:
        return _duty(wanted.duty, language)
    if told.seat.duty is None and told.seat.unit is None:
        return pick(texts_roster.HEADS, language)
    code = told.seat.duty or pick(texts_roster.HEADS, language)
    return texts_roster.seat(f"{code}@{told.seat.unit}" if told.seat.unit else code, language)


def _placed(one: Assignment, names: Mapping[str, str], language: Language) -> str:
    return pick(("{who}（{duty}）", "{who} ({duty})"), language).format(
        who=_name(one, names), duty=_duty(one.duty, language)
    )


def _name(one: Assignment, names: Mapping[str, str]) -> str:
    return names.get(one.person, one.person)


def _when(shift: DatedShift, language: Language) -> str:
    return texts_roster.shift(shift, language)


def _duty(duty: Duty, language: Language) -> str:
    return pick(texts_roster.DUTIES[duty], language)
