"""Words of the figures an auditor asks for: on the audit page, in its PDF and on the command line."""

from scanner.credentials import Family
from station.figures import UNKNOWN
from station.passages import MANUAL, ONLINE, UNREAD
from station.texts import Language, Pair, pick

TITLE: Pair = ("查验汇总", "Summary of checks")
PASSAGES: Pair = ("通行", "Passages")
TOTAL: Pair = ("合计", "Total")
TIME: Pair = ("每车用时", "Time per vehicle")
TIME_OF: Pair = ("中位 {median:.1f} 秒，九成在 {p90:.1f} 秒内", "median {median:.1f} s, nine in ten within {p90:.1f} s")
SECONDS: Pair = ("{seconds:.1f} 秒", "{seconds:.1f} s")
HOURS: Pair = ("每小时通行", "Passages per hour")
DAYS: Pair = ("每日通行", "Passages per day")
SHIFTS: Pair = ("各班通行", "Passages per shift")
BY_OFFICER: Pair = ("按查验员", "By officer")
BY_SHIFT: Pair = ("按班次", "By shift")
GROUNDS: Pair = ("人工核验与劝返的理由", "Why checked by hand or turned back")
FAMILIES: Pair = ("码的种类", "Kinds of codes")
REVIEWS: Pair = ("人工核验的结果", "What became of manual checks")
RESULT: Pair = ("结果", "Result")
OFFICER: Pair = ("查验员", "Officer")
SHIFT: Pair = ("班次", "Shift")
HOUR: Pair = ("时", "Hour")
DAY: Pair = ("日期", "Day")
GROUND: Pair = ("理由", "Reason")
FAMILY: Pair = ("种类", "Kind")
COUNT: Pair = ("数", "Count")
SHARE: Pair = ("占比", "Share")
REVIEW_RATE: Pair = ("核验率", "Review rate")
RELEASED: Pair = ("核后放行", "Released")
RELEASE_RATE: Pair = ("放行率", "Release rate")
TURNED_BACK: Pair = ("核后劝返", "Turned back")
OTHERWISE: Pair = ("采样或联系", "Tested, called")
OPEN: Pair = ("未处置", "Open")
NOBODY: Pair = ("未签到", "nobody signed in")
ALL_TIME: Pair = ("全部时间", "All time")
SINCE: Pair = ("{since} 起", "since {since}")
UNTIL: Pair = ("{until} 前", "before {until}")
BETWEEN: Pair = ("{since} 至 {until}", "{since} to {until}")
NO_PASSAGES: Pair = ("这段时间没有通行记录", "No passages in this range")

KIND_WORDS: dict[str, Pair] = {
    "checked": ("查验", "Checked"),
    "exempt": ("免检", "Exempt"),
    "abandoned": ("中止", "Broken off"),
}
FAMILY_WORDS: dict[str, Pair] = {
    Family.JKM1: ("国内签名码 JKM1", "Domestic code JKM1"),
    Family.HC1: ("欧盟证书 HC1", "EU certificate HC1"),
    ONLINE: ("须联网的省码", "Provincial, online only"),
    MANUAL: ("人工录入", "Entered by hand"),
    UNREAD: ("无效或读不出的码", "Invalid or unreadable code"),
    UNKNOWN: ("旧记录，未登记", "Not kept in older rows"),
}
GROUND_WORDS: dict[str, Pair] = {
    "code_needs_online": ("须联网的省码", "provincial code"),
    "code_unknown": ("不认识的码", "unknown code"),
    "code_too_large": ("码过大", "code too large"),
    "code_damaged": ("码损坏", "damaged code"),
    "code_malformed": ("码格式不对", "malformed code"),
    "code_not_yet_valid": ("码尚未生效", "code not yet valid"),
    "code_revoked": ("码已撤销", "revoked code"),
    "payload_invalid": ("码内容不合规定", "invalid content"),
    "signature_invalid": ("签名不对", "wrong signature"),
    "signer_unknown": ("签发机构未知", "unknown issuer"),
    "signer_not_allowed": ("签发机构无权", "issuer not allowed"),
    "signer_expired": ("签发密钥过期", "issuer's key expired"),
    "signer_revoked": ("签发密钥已撤销", "issuer's key revoked"),
}
"""Codes that failed, in a word; what is not here has its word in `station.texts_handover.WHY`."""


def percent(share: float | None) -> str:
    """A share with one decimal; a dash where there is nothing to have a share of."""
    return "—" if share is None else f"{100 * share:.1f} %"


def seconds(value: float, language: Language) -> str:
    """So many seconds."""
    return pick(SECONDS, language).format(seconds=value)
