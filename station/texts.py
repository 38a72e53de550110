"""The words people meet, in Chinese and English: screen, voice, command line and export share them.

Lower floors return codes and figures; a sentence is looked up here. `tests/station/test_texts.py` holds that every
code has both languages and that its figures fit.
"""

from collections.abc import Mapping
from typing import Literal

from station.texts_database_errors import FAULTS
from station.texts_errors import ERRORS, FIGURES
from station.verdict import Code, Outcome, Reason

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Pair = tuple[str, str]

OUTCOMES: dict[Outcome, Pair] = {
    Outcome.PASS: ("放行", "Pass"),
    Outcome.REVIEW: ("人工核验", "Manual check"),
    Outcome.REFUSE: ("劝返", "Turn back"),
}

REASONS: dict[str, Pair] = {
    Code.HEALTH_GREEN: ("健康码绿码", "Health code is green"),
    Code.HEALTH_YELLOW: ("健康码黄码，请人工核验", "Health code is yellow: check by hand"),
    Code.HEALTH_RED: ("健康码红码，请劝返", "Health code is red: turn back"),
    Code.HEALTH_MISSING: ("未出示健康码", "No health code was shown"),
    Code.HEALTH_STALE: (
        "健康码签发已超过 {hours:g} 小时，请刷新后再出示",
        "The health code was issued more than {hours:g} h ago: refresh it and show it again",
    ),
    Code.TEST_NEGATIVE: ("核酸阴性，采样 {hours:g} 小时", "Test negative, sampled {hours:g} h ago"),
    Code.TEST_POSITIVE: ("核酸检测阳性，请劝返并上报", "Test positive: turn back and report"),
    Code.TEST_TOO_OLD: (
        "核酸采样已超 {window:g} 小时（{hours:g} 小时），请引导至采样点",
        "Sampled {hours:g} h ago, more than {window:g} h: send to a sampling point",
    ),
    Code.TEST_INVALID: ("核酸结果无效或不明", "The test result is invalid or unclear"),
    Code.TEST_IN_FUTURE: ("核酸采样时间晚于现在，请核对", "The sampling time lies in the future: check it"),
    Code.TEST_TIME_UNCLEAR: ("核酸采样时间不明（没有时区）", "The sampling time is unclear (no time zone)"),
    Code.TEST_NONE: ("没有核酸检测证明，请引导至采样点", "No test certificate: send to a sampling point"),
    Code.TEST_MISSING: ("未出示核酸检测证明", "No test certificate was shown"),
    Code.TEST_NOT_NUCLEIC: ("抗原检测不能代替核酸检测", "An antigen test is no nucleic-acid test"),
    Code.PROOF_IS_NO_TEST: ("疫苗或康复证明不能代替核酸检测", "A vaccination or recovery certificate is no test"),
    Code.HOLDER_MISMATCH: ("健康码与核酸证明不是同一人", "Health code and test belong to different people"),
    Code.HOLDER_AMBIGUOUS: ("同名乘客，分不清证明是谁的", "Two people of one name: whose certificate is it?"),
    Code.ID_MISMATCH: ("证件号码与所出示的码不符", "The ID number does not fit the codes shown"),
    Code.MANUAL_ENTRY: ("人工录入，凭目视核验", "Entered by hand, as seen by eye"),
    Code.CODE_EXPIRED: ("所出示的码已过期", "The code shown has expired"),
    Code.CODE_REPLAYED: (
        "{minutes} 分钟前同一个码在另一辆车上出示过",
        "The same code was shown at another vehicle {minutes} min ago",
    ),
    Code.CODE_UNREADABLE: (
        "出示的码无法识读，请调亮屏幕、擦净后重试",
        "The code shown cannot be read: brighten the screen, wipe it, try again",
    ),
    Code.CODE_TIMED_OUT: ("读码超时", "Reading the code took too long"),
    Code.WATCHLISTED: ("重点关注人员：{reason}，请联系 {contact}", "On the watchlist: {reason}; call {contact}"),
    Code.WATCHLIST_NAMESAKE: (
        "与重点关注人员同名且尾号相同，请核对证件（{reason}，{contact}）",
        "Same name and last four as somebody on the watchlist: check the ID ({reason}, {contact})",
    ),
    Code.CHILD: ("{age} 岁以下儿童，只测体温", "Child under {age}: temperature only"),
    Code.TEMPERATURE_NORMAL: ("体温 {celsius:.1f} °C", "Temperature {celsius:.1f} °C"),
    Code.TEMPERATURE_MISSING: ("未测体温", "No temperature was taken"),
    Code.TEMPERATURE_IMPLAUSIBLE: (
        "体温读数不可信（应在 {lowest:g}–{highest:g} °C），请重测",
        "Implausible temperature (expected {lowest:g}–{highest:g} °C): measure again",
    ),
    Code.TEMPERATURE_HIGH_ONCE: (
        "体温 {celsius:.1f} °C 偏高，请休息 {minutes:g} 分钟后复测",
        "Temperature {celsius:.1f} °C is high: rest {minutes:g} min and measure again",
    ),
    Code.TEMPERATURE_HIGH_TWICE: (
        "复测体温 {celsius:.1f} °C 仍偏高，请劝返并联系疾控",
        "Still {celsius:.1f} °C after the rest: turn back and call the health office",
    ),
    Code.PEOPLE_UNCONFIRMED: ("未确认车内人数", "The number of people is not confirmed"),
    Code.MORE_HOLDERS_THAN_PEOPLE: (
        "出示了 {holders} 人的码，车内确认 {people} 人",
        "Codes of {holders} people were shown, {people} are confirmed in the vehicle",
    ),
    Code.PLATE_MISSING: ("未登记车牌", "No plate was registered"),
    Code.PLATE_IRREGULAR: ("车牌 {plate} 不合号牌规则，请核对", "Plate {plate} is not in the plate grammar: check it"),
    Code.NO_PLATE: ("车辆无牌：{reason}", "Vehicle without a plate: {reason}"),
    Code.VEHICLE_WATCHLISTED: ("重点关注车辆：{reason}，请联系 {contact}", "Vehicle to stop: {reason}; call {contact}"),
    Code.EXEMPT: ("执行任务车辆，免检：{reason}", "Vehicle on duty, exempt: {reason}"),
    Code.EXEMPT_INCOMPLETE: ("免检须有车牌和事由", "An exemption needs a plate and a reason"),
    Code.ABANDONED: ("查验中止", "The check was broken off"),
    Code.CLOCK_UNTRUSTED: ("本机时钟不可信，请校准", "The station's clock cannot be trusted: set it"),
    Code.TRUST_LIST_EXPIRED: ("信任列表已 {days} 天未更新，已失效", "The trust list is {days} days old: expired"),
    Code.TRUST_LIST_UNDATED: ("信任列表没有日期", "The trust list bears no date"),
    Code.TRUST_LIST_STALE: ("信任列表已 {hours} 小时未更新", "The trust list is {hours} h old"),
    Code.DEMO_KEY_REFUSED: (
        "信任列表含演示密钥，正式运行不予认可",
        "The trust list holds a demonstration key, refused in production",
    ),
    Code.DEMO: ("演示：密钥不是真的", "Demonstration: the key is not a real one"),
    Code.FAULT: ("系统故障：{fault}", "System fault: {fault}"),
}

SHIFTS: dict[str, Pair] = {
    "early": ("早班", "early"),
    "middle": ("中班", "middle"),
    "night": ("夜班", "night"),
    "day": ("白班", "day"),
}
HEALTH: dict[str, Pair] = {"green": ("绿码", "green"), "yellow": ("黄码", "yellow"), "red": ("红码", "red")}
ROLES: dict[str, Pair] = {
    "officer": ("查验员", "officer"),
    "lead": ("带班组长", "shift lead"),
    "auditor": ("审计员", "auditor"),
    "administrator": ("管理员", "administrator"),
}


def pick(pair: Pair, language: Language) -> str:
    """One of two wordings."""
    return pair[LANGUAGES.index(language)]


def outcome(value: Outcome, language: Language) -> str:
    """The verdict's word on the screen."""
    return pick(OUTCOMES[value], language)


def reason(value: Reason, language: Language) -> str:
    """A reason's sentence."""
    if value.code == Code.FAULT:
        fault = str(value.params.get("fault", ""))
        return pick(FAULTS[fault], language) if fault in FAULTS else error(fault, {}, language)
    return sentence(value.code, value.params, language)


def error(code: str, params: Mapping[str, object], language: Language) -> str:
    """An error's sentence; an unknown code is shown as it is, since a blank would be worse."""
    return sentence(code, params, language)


def sentence(code: str, params: Mapping[str, object], language: Language) -> str:
    """The sentence for a code, with its figures; one that lacks a figure is said without it."""
    pair = REASONS.get(code) or ERRORS.get(code)
    if pair is None:
        return f"{pick(REASONS[Code.FAULT], language).format(fault=code)}"
    template = pick(pair, language)
    words = {name: pick(FIGURES[name][str(params[name])], language) for name in _worded(params)}
    try:
        return template.format_map(_Lenient({**params, **words}))
    except (ValueError, TypeError, KeyError, IndexError):
        return template


def _worded(params: Mapping[str, object]) -> list[str]:
    """The figures that have a word of their own."""
    return [name for name, value in params.items() if str(value) in FIGURES.get(name, ())]


class _Blank(str):
    """Stands for a missing figure, whatever format it was to have."""

    __slots__ = ()

    def __format__(self, _spec: str) -> str:
        return str(self)


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return _Blank("…")
