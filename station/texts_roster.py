"""The words of rosters, in Chinese and English: duties, and what each breach says to a lead."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import partial

from shifts.findings import Finding, Rule
from shifts.model import Assignment, DatedShift, Duty, RosterProblem, Shift, Wish
from shifts.moved_hours import Moved
from shifts.rule_pack import Severity
from shifts.rules import Breach
from shifts.stints import DAY, HOUR, Span, minutes
from station.texts import SHIFTS, Language, Pair, pick

DUTIES: dict[Duty, Pair] = {
    Duty.LEAD: ("带班组长", "lead"),
    Duty.CODE_CHECKER: ("查码", "code checker"),
    Duty.TEMPERATURE: ("测温", "temperature"),
    Duty.RECORDER: ("登记", "recorder"),
    Duty.TRAFFIC: ("引导", "traffic"),
}
SEVERITIES: dict[Severity, Pair] = {
    Severity.HARD: ("必须改", "must be mended"),
    Severity.WARNING: ("提醒", "warning"),
    Severity.INFORMATION: ("说明", "note"),
}
BREACHES: dict[Rule, Pair] = {
    Rule.UNKNOWN: ("名单里没有“{name}”（{kind}）：{when}", "Unknown {kind}: {name}, at {when}"),
    Rule.COVERAGE: ("{place} {when} 到岗 {have} 人，需 {need} 人{gap}", "{place}, {when}: {have} of {need} heads{gap}"),
    Rule.OVERLAP: ("{who} 同一天排了两个班：{both}", "{who} has two shifts on one day: {both}"),
    Rule.UNTRAINED: ("{who} 不会“{duty}”：{when}", "{who} is not trained as {duty}: {when}"),
    Rule.LEAVE: ("{who} {day} 请假，{when} 占到当天", "{who} is on leave on {day}, which {when} touches"),
    Rule.NO_NIGHT: ("{who} 有医嘱不上夜班：{when}", "{who} must not work nights: {when}"),
    Rule.REST: (
        "{who} 休息仅 {hours:g} 小时（需 {need:g}）：{ends} → {begins}",
        "{who} rests only {hours:g} h (needs {need:g}): {ends} → {begins}",
    ),
    Rule.DAYS_IN_SEVEN: (
        "{who} 七天里上 {days} 天班（至多 {most} 天）：{first} 至 {last}",
        "{who} works {days} days of seven (at most {most}): {first} to {last}",
    ),
    Rule.WEEKLY_REST: (
        "{who} 连续 {hours:g} 小时没有一次 {need:g} 小时的整休：{first} 至 {last}",
        "{who} has no whole rest of {need:g} h in {hours:g} h: {first} to {last}",
    ),
    Rule.NIGHTS_IN_ROW: (
        "{who} 连上 {nights} 个夜班（至多 {most} 个）：{first} 至 {last}",
        "{who} works {nights} nights in a row (at most {most}): {first} to {last}",
    ),
    Rule.SHIFT_HOURS: (
        "{who} 一班 {hours:g} 小时（至多 {most:g}）：{when}",
        "{who} works {hours:g} h in one shift (at most {most:g}): {when}",
    ),
    Rule.MONTH_OVERTIME: (
        "{who} 当月加班 {hours:g} 小时（至多 {most:g}）：{first} 至 {last}",
        "{who} has {hours:g} h of overtime this month (at most {most:g}): {first} to {last}",
    ),
    Rule.ROOKIE_ALONE: (
        "{place} {when} {heads} 人全是工作不满 {months} 个月的新人",
        "{place}, {when}: none of {heads} there has worked for {months} months",
    ),
    Rule.WEEK_HOURS: (
        "{who} 当周 {hours:g} 小时，超过 {most:g} 小时为加班：{first} 至 {last}",
        "{who} works {hours:g} h in a week, above {most:g} h is overtime: {first} to {last}",
    ),
    Rule.MONTH_HOURS: (
        "{who} 当月 {hours:g} 小时，超过 {most:g} 小时为加班：{first} 至 {last}",
        "{who} works {hours:g} h in a month, above {most:g} h is overtime: {first} to {last}",
    ),
    Rule.OLDER_NIGHTS: (
        "{who} 已 {age} 岁，连上 {nights} 个夜班（宜至多 {most} 个）：{first} 至 {last}",
        "{who} is {age} and works {nights} nights in a row (better {most}): {first} to {last}",
    ),
    Rule.BACKWARD: ("{who} 倒着轮班：{when}", "{who} rotates backwards: {when}"),
    Rule.PATTERN: (
        "{who} 有 {days} 天没按班组轮转：{first} 至 {last}",
        "{who} leaves the crew's cycle on {days} days: {first} to {last}",
    ),
    Rule.WISH: ("{who} 希望休息：{when}", "{who} asked to be off: {when}"),
    Rule.AWAY: ("{who} 借调到 {place}：{when}", "{who} is lent to {place}: {when}"),
    Rule.SURPLUS: ("{place} {when} 到岗 {have} 人，只需 {need} 人", "{place}, {when}: {have} there, {need} needed"),
}
TOGETHER: Pair = ("{who} 同一时间排了两个班：{both}", "{who} has two shifts at one time: {both}")
OUTSIDE: Pair = ("{name} 不在排班期内：{when}", "{name} is outside the roster's days: {when}")
"""Where the clock is known, `when` says each shift with its hours, `ends` and `begins` what lies between two of them,
`first` and `last` where a run starts and where it ends."""
NEXT_DAY: Pair = ("次日", "next day")
"""Said before a clock time that is not on its shift's own day: a night stands under the day before."""
MOVED: Pair = ("{place} {shift}的时间：{before} 改为 {after}", "{place}, {shift}: {before} becomes {after}")
ENDS: Pair = ("{shift} {clock} 下班", "{shift} ends {clock}")
BEGINS: Pair = ("{shift} {clock} 上班", "{shift} begins {clock}")
KINDS: dict[str, Pair] = {
    "person": ("人员", "person"),
    "checkpoint": ("查验点", "checkpoint"),
    "shift": ("班次", "shift"),
}
HEADS: Pair = ("组员", "member")
WISHES: dict[bool, Pair] = {True: ("{when}休息", "off on {when}"), False: ("{when}上班", "on duty on {when}")}


def names(problem: RosterProblem, language: Language) -> dict[str, str]:
    """Names of people and checkpoints by code; of two people of one name, each with the code."""
    often = Counter(person.name for person in problem.people)
    known = dict(problem.names)
    for person in problem.people:
        told = pick(("{name}（{code}）", "{name} ({code})"), language).format(name=person.name, code=person.code)
        known[person.code] = person.name if often[person.name] == 1 else told
    return known


def wish(told: Wish, language: Language) -> str:
    """What somebody asked for: 10-03 夜班休息."""
    when = shift(DatedShift(told.day, told.shift), language) if told.shift else f"{told.day:%m-%d} "
    return pick(WISHES[told.off], language).format(when=when).rstrip()


def shift(dated: DatedShift, language: Language) -> str:
    """One shift: 10-03 夜班."""
    return f"{dated.day:%m-%d} {shift_name(dated.code, language)}"


def shift_name(code: str, language: Language) -> str:
    """A shift without its day: 夜班."""
    return pick(SHIFTS[code], language) if code in SHIFTS else code


def hours(shift: Shift, language: Language) -> str:
    """A shift's clock times: 08:00–16:00, 次日 00:00–08:00, 20:00–次日 08:00."""
    begins = minutes(shift.start)
    return _span(*_clocks(0, (begins, begins + minutes(shift.length)), language), language)


def moved(told: Moved, known: Mapping[str, str], language: Language) -> str:
    """That a shift has other hours."""
    return pick(MOVED, language).format(
        place=known.get(told.checkpoint, told.checkpoint),
        shift=shift_name(told.after.code, language),
        before=hours(told.before, language),
        after=hours(told.after, language),
    )


def seat(told: str, language: Language) -> str:
    """A seat that nobody takes, as `shifts.rules_shifts.coverage` names it: a duty, a unit, or both."""
    duty, _, unit = told.rpartition("@") if "@" in told else (told, "", "")
    named = pick(DUTIES[Duty(duty)], language) if duty in set(Duty) else duty
    return f"{named}（{unit}）" if unit and language == "zh" else f"{named} ({unit})" if unit else named


def breach(told: Breach, names: Mapping[str, str], language: Language) -> str:
    """What a breach says.

    Args:
        told: The breach.
        names: Names of people and of checkpoints by code; a code without one is shown as it is.
        language: Of the sentence.
    """
    figures = told.finding.figures
    said = BREACHES[told.rule]
    if told.rule is Rule.OVERLAP and figures.get("hours"):
        said = TOGETHER
    elif told.rule is Rule.UNKNOWN and figures["what"] == "day":
        said = OUTSIDE
    return pick(said, language).format(**_figures(told.finding, names, language))


def _figures(finding: Finding, names: Mapping[str, str], language: Language) -> dict[str, object]:
    shifts = [shift(one, language) for one in finding.shifts]
    spans = zip(finding.shifts, finding.spans, strict=False)
    clocks = [_clocks(one.day.toordinal() * DAY, span, language) for one, span in spans] or [("", "")] * len(shifts)
    whole = [f"{one} {_span(*clock, language)}".rstrip() for one, clock in zip(shifts, clocks, strict=True)]
    places = finding.about or [None] * len(shifts)
    lacking = [seat(one, language) for one in str(finding.figures.get("lacking", "")).split(",") if one]
    figures: dict[str, object] = {
        **finding.figures,
        "who": names.get(finding.person or "", finding.person or ""),
        "place": names.get(finding.checkpoint or "", finding.checkpoint or ""),
        "when": " → ".join(whole),
        "both": pick(("；", "; "), language).join(map(partial(_at, names, language), whole, places)),
        **dict.fromkeys(("ends", "begins", "first", "last"), ""),
        "gap": "",
    }
    if shifts:
        (start, end), (begin, stop) = clocks[0], clocks[-1]
        figures["ends"] = pick(ENDS, language).format(shift=shifts[0], clock=end) if end else shifts[0]
        figures["begins"] = pick(BEGINS, language).format(shift=shifts[-1], clock=begin) if begin else shifts[-1]
        figures["first"], figures["last"] = f"{shifts[0]} {start}".strip(), f"{shifts[-1]} {stop}".strip()
    if lacking:
        figures["gap"] = pick(("，缺 ", ", lacking "), language) + pick(("、", ", "), language).join(lacking)
    if "day" in figures:
        figures["day"] = f"{date.fromisoformat(str(figures['day'])):%m-%d}"
    if figures.get("what") in KINDS:
        figures["kind"] = pick(KINDS[str(figures["what"])], language)
    if "duty" in figures:
        figures["duty"] = pick(DUTIES[Duty(str(figures["duty"]))], language)
    return figures


def _at(names: Mapping[str, str], language: Language, when: str, one: Assignment | None) -> str:
    """A shift with where it is worked and as what, where that is known."""
    if one is None:
        return when
    return f"{when} {names.get(one.checkpoint, one.checkpoint)} {pick(DUTIES[one.duty], language)}"


def _clocks(midnight: int, span: Span, language: Language) -> tuple[str, str]:
    """A shift's start and end by the clock, each with its day where that is not the shift's own."""
    start, end = span[0] - midnight, span[1] - midnight
    return _clock(start, start // DAY, language), _clock(end, (end - 1) // DAY, language)


def _clock(instant: int, days: int, language: Language) -> str:
    """An instant so many days after the shift's own: 次日 08:00; what ends a day is its 24:00."""
    hour, minute = divmod(instant - days * DAY, HOUR)
    later = "" if not days else f"{pick(NEXT_DAY, language)} " if days == 1 else f"+{days} "
    return f"{later}{hour:02d}:{minute:02d}"


def _span(start: str, end: str, language: Language) -> str:
    """From one to the other; what both begin with is said once."""
    if not start:
        return ""
    later = f"{pick(NEXT_DAY, language)} "
    return f"{start}–{end.removeprefix(later) if start.startswith(later) else end}"
