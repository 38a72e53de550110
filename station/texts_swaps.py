"""What swaps say, for screen and command line: what is asked, how far it is, what was done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from shifts.model import SHANGHAI, Assignment
from shifts.swaps import Act, Kind, Stage, Step, Swap
from station import texts_roster
from station.texts import Language, Pair, pick
from station.texts_roster_errors import FIGURES

SUMMARIES: dict[Kind, Pair] = {
    Kind.GIVE: ("{asker} 把 {when} 让给 {partner}", "{asker} gives {when} to {partner}"),
    Kind.EXCHANGE: ("{asker} 用 {when} 换 {partner} 的 {other}", "{asker} trades {when} for {partner}'s {other}"),
    Kind.TAKE: ("{asker} 顶 {partner} 的 {when}", "{asker} takes over {partner}'s {when}"),
    Kind.ACT: ("{asker} 代 {owner} 安排：{when} 由 {partner} 上", "{asker} acts for {owner}: {partner} works {when}"),
}
WHERE: Pair = ("{when} {place} · {duty}", "{when}, {place} · {duty}")
MOVE: Pair = ("{before} → {after}", "{before} → {after}")
WAITS: dict[Stage, Pair] = {
    Stage.DRAFT: ("未提出", "not offered yet"),
    Stage.OFFERED: ("等 {partner} 答复", "waits for {partner}"),
    Stage.ACCEPTED: ("等带班批准", "waits for a lead"),
    Stage.CHECKED: ("等带班批准", "waits for a lead"),
    Stage.APPROVED: ("已批准，等发布", "approved, to be published"),
}
ACTS: dict[Act, Pair] = {
    Act.OFFER: ("提出", "asked"),
    Act.ACCEPT: ("同意", "accepted"),
    Act.DECLINE: ("不同意", "declined"),
    Act.CHECK: ("核对", "checked"),
    Act.APPROVE: ("批准", "approved"),
    Act.REFUSE: ("不批准", "refused"),
    Act.PUBLISH: ("发布", "published"),
    Act.WITHDRAW: ("撤回", "withdrew"),
    Act.EXPIRE: ("登记过期", "noted that its time was over"),
}
USUAL: dict[Act, Stage] = {
    Act.OFFER: Stage.OFFERED,
    Act.ACCEPT: Stage.ACCEPTED,
    Act.DECLINE: Stage.DECLINED,
    Act.CHECK: Stage.CHECKED,
    Act.APPROVE: Stage.APPROVED,
    Act.REFUSE: Stage.REFUSED,
    Act.PUBLISH: Stage.PUBLISHED,
    Act.WITHDRAW: Stage.WITHDRAWN,
    Act.EXPIRE: Stage.EXPIRED,
}
"""Where an act leads; elsewhere is worth a word."""
_WENT: Pair = ("，结果：{stage}", ", and it came to: {stage}")
_WHY: Pair = ("：{why}", ": {why}")


def summary(swap: Swap, names: Mapping[str, str], language: Language) -> str:
    """What is asked: 林晓岚 把 10-03 夜班 让给 王小明."""
    return pick(SUMMARIES[swap.kind], language).format(
        asker=_name(swap.asker, names),
        partner=_name(swap.partner, names),
        owner=_name(swap.cell.person, names),
        when=texts_roster.shift(swap.cell.shift, language),
        other=texts_roster.shift(swap.other.shift, language) if swap.other else "",
    )


def moves(swap: Swap, names: Mapping[str, str], language: Language) -> list[tuple[str, str]]:
    """Each shift, and who has it before and after: 10-03 夜班 龙士 · 查码, 林晓岚 → 王小明."""
    found = []
    for one in sorted(swap.change.removed, key=_order):
        after = next(each.person for each in swap.change.added if replace(each, person=one.person) == one)
        where = pick(WHERE, language).format(
            when=texts_roster.shift(one.shift, language),
            place=_name(one.checkpoint, names),
            duty=pick(texts_roster.DUTIES[one.duty], language),
        )
        who = pick(MOVE, language).format(before=_name(one.person, names), after=_name(after, names))
        found.append((where, who))
    return found


def stage(swap: Swap, by_now: Stage, names: Mapping[str, str], language: Language) -> str:
    """How far it is, and whom it waits for."""
    if by_now in WAITS:
        return pick(WAITS[by_now], language).format(partner=_name(swap.partner, names))
    return stage_name(by_now, language)


def stage_name(told: Stage, language: Language) -> str:
    """A stage in a word."""
    return pick(FIGURES["stage"][told], language)


def history(swap: Swap, names: Mapping[str, str], language: Language) -> list[tuple[str, str]]:
    """Who did what, when: a time and a sentence for each signature, the first one first."""
    found = []
    for (by, at), steps in groupby(swap.history, key=lambda one: (one.by, one.at)):
        found.append((local_time(at), _told(_name(by, names), list(steps), language)))
    return found


def local_time(at: datetime) -> str:
    """A time as a history shows it."""
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}"


def _told(who: str, steps: Sequence[Step], language: Language) -> str:
    acts = pick(("、", ", "), language).join(pick(ACTS[one.act], language) for one in steps)
    last = steps[-1]
    told = f"{who} {acts}"
    if last.after is not USUAL[last.act]:
        told += pick(_WENT, language).format(stage=stage_name(last.after, language))
    why = pick(("；", "; "), language).join(one.why for one in steps if one.why)
    return told + pick(_WHY, language).format(why=why) if why else told


def _name(code: str, names: Mapping[str, str]) -> str:
    return names.get(code, code)


def _order(one: Assignment) -> tuple[object, ...]:
    return one.shift.day, one.shift.code, one.person
