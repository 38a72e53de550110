"""What the voice says: shorter than the screen, spaced where it would be read wrongly, and no personal data."""

from typing import TYPE_CHECKING

from scanner import plates
from station import texts
from station.texts import Language, Pair
from station.verdict import Code, Outcome, Param, Reason

if TYPE_CHECKING:
    from station.gate import Concluded  # brings OpenCV and SQL, which words need not wait for

OUTCOMES: dict[Outcome, Pair] = {
    Outcome.PASS: ("{plate}，放行", "{plate}, pass"),
    Outcome.REVIEW: ("请人工核验，{reason}", "Manual check. {reason}"),
    Outcome.REFUSE: ("请劝返，{reason}", "Turn back. {reason}"),
}
VEHICLE: Pair = ("车辆", "Vehicle")
NOT_KEPT: Pair = ("记录没有保存", "Not recorded")
SEE_SCREEN: Pair = ("请看屏幕", "See the screen")

REASONS: dict[str, Pair] = {
    Code.HEALTH_YELLOW: ("健康码黄码", "Yellow health code"),
    Code.HEALTH_RED: ("健康码红码", "Red health code"),
    Code.HEALTH_MISSING: ("没有健康码", "No health code"),
    Code.HEALTH_STALE: ("健康码请刷新", "Refresh the health code"),
    Code.TEST_POSITIVE: ("核酸阳性", "Test positive"),
    Code.TEST_TOO_OLD: ("核酸超过 {window:g} 小时", "Test older than {window:g} hours"),
    Code.TEST_INVALID: ("核酸结果不明", "Test result unclear"),
    Code.TEST_IN_FUTURE: ("核酸采样时间不对", "Wrong sampling time"),
    Code.TEST_TIME_UNCLEAR: ("核酸采样时间不明", "Sampling time unclear"),
    Code.TEST_NONE: ("没有核酸证明", "No test certificate"),
    Code.TEST_MISSING: ("没有核酸证明", "No test certificate"),
    Code.TEST_NOT_NUCLEIC: ("抗原不能代替核酸", "An antigen test does not count"),
    Code.HOLDER_MISMATCH: ("两个码不是同一人", "The codes belong to different people"),
    Code.HOLDER_AMBIGUOUS: ("分不清证明是谁的", "Whose certificate is it?"),
    Code.ID_MISMATCH: ("证件与码不符", "The ID does not fit the code"),
    Code.MANUAL_ENTRY: ("人工录入", "Entered by hand"),
    Code.CODE_EXPIRED: ("码已过期", "The code has expired"),
    Code.CODE_REPLAYED: ("码在别的车上用过", "Code used at another vehicle"),
    Code.CODE_UNREADABLE: ("码无法识读", "The code cannot be read"),
    Code.CODE_TIMED_OUT: ("读码超时", "Reading took too long"),
    Code.TEMPERATURE_MISSING: ("没有测体温", "No temperature taken"),
    Code.TEMPERATURE_IMPLAUSIBLE: ("体温请重测", "Measure the temperature again"),
    Code.TEMPERATURE_HIGH_ONCE: (
        "体温偏高，请休息 {minutes:g} 分钟再测",
        "High temperature. Rest {minutes:g} minutes and measure again",
    ),
    Code.TEMPERATURE_HIGH_TWICE: ("体温复测仍然偏高", "Temperature still high"),
    Code.PEOPLE_UNCONFIRMED: ("请确认人数", "Confirm how many people"),
    Code.MORE_HOLDERS_THAN_PEOPLE: ("人数与码不符", "More codes than people"),
    Code.PLATE_MISSING: ("没有登记车牌", "No plate registered"),
    Code.PLATE_IRREGULAR: ("请核对车牌", "Check the plate"),
    Code.NO_PLATE: ("车辆没有号牌", "Vehicle without a plate"),
    Code.ABANDONED: ("查验中止", "The check was broken off"),
    Code.CLOCK_UNTRUSTED: ("本机时间不对", "The clock is wrong"),
    Code.TRUST_LIST_EXPIRED: ("信任列表已过期", "The trust list has expired"),
    Code.FAULT: ("系统故障", "System fault"),
    "signer_unknown": ("签发机构不明", "Unknown issuer"),
    "signature_invalid": ("签名不符", "Wrong signature"),
    "code_revoked": ("码已被撤销", "The code was revoked"),
    "code_damaged": ("码已损坏", "The code is damaged"),
}
"""What is not among them (a watchlist's reasons, above all, are not for the driver's ears) is left to the screen."""

_ENGLISH = """
    Beijing Tianjin Shanghai Chongqing Hebei Henan Yunnan Liaoning Heilongjiang Hunan Anhui Shandong Xinjiang Jiangsu
    Zhejiang Jiangxi Hubei Guangxi Gansu Shanxi Mongolia Shaanxi Jilin Fujian Guizhou Guangdong Qinghai Tibet Sichuan
    Ningxia Hainan police learner trailer consulate Hong-Kong Macau embassy civil aviation
"""
_IN_ENGLISH = dict(zip(plates.PROVINCES + "警学挂领港澳使民航", _ENGLISH.split(), strict=True))
_LONGEST_PLATE = 12


def spoken_plate(plate: str, language: Language = "zh") -> str:
    """A plate as it is said, cell by cell, since it is no number: 闽E12345 → 闽 E 1 2 3 4 5."""
    cells = plates.parse(plate).text[:_LONGEST_PLATE]
    return " ".join(_IN_ENGLISH.get(cell, cell) for cell in cells) if language == "en" else " ".join(cells)


def spoken_verdict(concluded: "Concluded", language: Language = "zh", *, released: bool = False) -> str:
    """A check's end as it is said. Only what is in the log passes: a pass that was not written is a manual check.

    Args:
        concluded: The check's end.
        language: Of the phrase.
        released: Its review was released, and that decision is in the log. A refusal cannot be.
    """
    outcome, reason = concluded.verdict.outcome, _reason(concluded.verdict.deciding, language)
    if released and outcome is Outcome.REVIEW and concluded.committed:
        outcome = Outcome.PASS
    if outcome is Outcome.PASS and not concluded.committed:
        outcome, reason = Outcome.REVIEW, texts.pick(NOT_KEPT, language)
    plate = concluded.record.plate
    said = spoken_plate(plate, language) if plate else texts.pick(VEHICLE, language)
    return texts.pick(OUTCOMES[outcome], language).format(plate=said, reason=reason)


def _reason(reason: Reason, language: Language) -> str:
    params: dict[str, Param] = dict(reason.params)
    try:
        return texts.pick(REASONS[reason.code], language).format_map(params)
    except (KeyError, ValueError):  # no phrase, or a figure is missing
        return texts.pick(SEE_SCREEN, language)
