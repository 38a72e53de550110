"""The words of a handover sheet, in Chinese and English: page, print and command line share them."""

from station.decisions import Decision
from station.handover import Standing
from station.texts import Language, Pair, pick, sentence
from station.texts_database_errors import FAULTS
from station.verdict import Code

TITLE: Pair = ("交接班记录", "Handover sheet")
STANDINGS: dict[Standing, Pair] = {
    Standing.RUNNING: ("正在值班", "On duty"),
    Standing.NOW: ("该交班了", "Due now"),
    Standing.LATE: ("已逾期", "Late"),
    Standing.MISSING: ("缺交接", "Missing"),
    Standing.COMPLETE: ("已交接", "Complete"),
}
GIVEN: Pair = ("已交，待接", "Given, not taken")
WHEN: Pair = ("{day} {shift} {start}–{end}", "{day} {shift} {start}–{end}")
NEXT_DAY: Pair = ("次日 ", "next day ")
SIDES: dict[bool, Pair] = {True: ("交班组长", "Outgoing lead"), False: ("接班组长", "Incoming lead")}
PERSON: Pair = ("{name}（{code}）", "{name} ({code})")

PASSAGES: Pair = ("通行", "Passages")
TOTAL: Pair = ("合计", "Total")
ROLL: Pair = ("出勤：应到 {due}，实到 {here}", "Attendance: {here} of {due} came")
ROLL_MORE: Pair = ("，另到 {others}", ", and {others} more")
ROLL_BARE: Pair = ("出勤：到 {here} 人", "Attendance: {here} came")
NAME: Pair = ("姓名", "Name")
DUTY: Pair = ("岗位", "Duty")
CAME: Pair = ("到岗", "Came")
LEFT: Pair = ("离岗", "Left")
STATE: Pair = ("状态", "State")
BESIDE: Pair = ("不在班表", "not on the roster")
ABSENT: Pair = ("未到", "not here")
IS_HERE: Pair = ("已到 {came}", "here since {came}")
HAS_LEFT: Pair = ("已离岗 {left}（{came} 到）", "left {left} (came {came})")

REVIEWS: Pair = ("未处置的人工核验：{count}", "Open reviews: {count}")
REFUSED: Pair = ("劝返车辆：{count}", "Vehicles turned back: {count}")
FAULTS_TITLE: Pair = ("设备故障", "Device faults")
TRUST: Pair = ("信任列表", "Trust list")
SUPPLIES: Pair = ("装备与物资", "Equipment and supplies")
VISITS: Pair = ("督查", "Inspection visits")
NOTES: Pair = ("记事", "Notes")
NONE: Pair = ("无", "None")

TIME: Pair = ("时间", "Time")
PLATE: Pair = ("车牌", "Plate")
NO_PLATE: Pair = ("未登记", "none")
REASON: Pair = ("理由", "Reason")
CALLED: Pair = ("联系了谁", "Who was called")
FAULT: Pair = ("故障", "Fault")
VEHICLES: Pair = ("影响车辆", "Vehicles")
ITEM: Pair = ("物品", "Item")
COUNT: Pair = ("数量", "Count")
REMARK: Pair = ("备注", "Remark")
BY: Pair = ("来人", "Who came")
FINDINGS: Pair = ("发现", "Findings")
MENDED: Pair = ("整改", "Mended")
TRUST_AGE: Pair = ("{hours:g} 小时前签发", "issued {hours:g} h ago")
TRUST_NONE: Pair = ("没有信任列表，或没有日期", "there is none, or it bears no date")
NOT_CONFIRMED: Pair = ("未确认", "not confirmed")

WHY: dict[str, Pair] = {
    Code.HEALTH_GREEN: ("绿码", "green code"),
    Code.HEALTH_YELLOW: ("黄码", "yellow code"),
    Code.HEALTH_RED: ("红码", "red code"),
    Code.HEALTH_MISSING: ("未出示健康码", "no health code"),
    Code.HEALTH_STALE: ("健康码签发过久", "old health code"),
    Code.TEST_NEGATIVE: ("核酸阴性", "test negative"),
    Code.TEST_POSITIVE: ("核酸阳性", "test positive"),
    Code.TEST_TOO_OLD: ("核酸超时", "test too old"),
    Code.TEST_INVALID: ("核酸结果不明", "test unclear"),
    Code.TEST_IN_FUTURE: ("采样时间晚于当时", "sampled in the future"),
    Code.TEST_TIME_UNCLEAR: ("采样时间不明", "sampling time unclear"),
    Code.TEST_NONE: ("没有核酸证明", "no test"),
    Code.TEST_MISSING: ("未出示核酸证明", "no test shown"),
    Code.TEST_NOT_NUCLEIC: ("抗原不能代替核酸", "antigen test only"),
    Code.PROOF_IS_NO_TEST: ("疫苗、康复证明不能代替核酸", "proof is no test"),
    Code.HOLDER_MISMATCH: ("码与证明不是同一人", "two different people"),
    Code.HOLDER_AMBIGUOUS: ("同名，分不清是谁的", "namesakes"),
    Code.ID_MISMATCH: ("证件号码不符", "ID does not fit"),
    Code.MANUAL_ENTRY: ("人工录入", "entered by hand"),
    Code.CODE_EXPIRED: ("码已过期", "expired code"),
    Code.CODE_REPLAYED: ("同一个码在别的车上出示过", "code shown at another vehicle"),
    Code.CODE_UNREADABLE: ("码读不出来", "unreadable code"),
    Code.CODE_TIMED_OUT: ("读码超时", "reading took too long"),
    Code.WATCHLISTED: ("重点关注人员", "person on the watchlist"),
    Code.WATCHLIST_NAMESAKE: ("与重点关注人员同名", "watchlist namesake"),
    Code.CHILD: ("儿童", "child"),
    Code.TEMPERATURE_NORMAL: ("体温正常", "temperature normal"),
    Code.TEMPERATURE_MISSING: ("未测体温", "no temperature"),
    Code.TEMPERATURE_IMPLAUSIBLE: ("体温读数不可信", "implausible temperature"),
    Code.TEMPERATURE_HIGH_ONCE: ("体温偏高，未复测", "high temperature, not taken again"),
    Code.TEMPERATURE_HIGH_TWICE: ("复测仍发热", "fever, measured twice"),
    Code.PEOPLE_UNCONFIRMED: ("未确认人数", "people not counted"),
    Code.MORE_HOLDERS_THAN_PEOPLE: ("码比人多", "more codes than people"),
    Code.PLATE_MISSING: ("未登记车牌", "no plate taken"),
    Code.PLATE_IRREGULAR: ("车牌不合规则", "irregular plate"),
    Code.NO_PLATE: ("无牌", "no plate"),
    Code.VEHICLE_WATCHLISTED: ("重点关注车辆", "vehicle to stop"),
    Code.EXEMPT: ("免检", "exempt"),
    Code.EXEMPT_INCOMPLETE: ("免检缺车牌或事由", "exemption incomplete"),
    Code.ABANDONED: ("查验中止", "broken off"),
    Code.CLOCK_UNTRUSTED: ("时钟不可信", "clock not trusted"),
    Code.TRUST_LIST_EXPIRED: ("信任列表失效", "trust list expired"),
    Code.TRUST_LIST_UNDATED: ("信任列表没有日期", "trust list undated"),
    Code.TRUST_LIST_STALE: ("信任列表未更新", "trust list old"),
    Code.DEMO_KEY_REFUSED: ("演示密钥", "demo key"),
    Code.DEMO: ("演示", "demo"),
    Code.FAULT: ("设备故障", "device fault"),
    Decision.TURN_BACK: ("查验员劝返", "turned back by an officer"),
}
"""Reasons in a word: a mention keeps no figures, and what was to be done is over."""

DEVICES: dict[str, Pair] = {
    "camera_missing": ("没有摄像头", "no camera"),
    "camera_busy": ("摄像头被占用", "camera busy"),
    "camera_frozen": ("摄像头画面停住", "camera frozen"),
    "camera_black": ("摄像头画面全黑", "camera black"),
    "camera_failed": ("摄像头故障", "camera failed"),
    "camera_ended": ("画面放完", "pictures ended"),
    "decoder_failed": ("识读程序出错", "decoder failed"),
    "credential_failed": ("核验程序出错", "verification failed"),
    "internal_fault": ("系统内部故障", "internal fault"),
    "clock_untrusted": ("时钟不可信", "clock not trusted"),
}
"""Faults in a word; what to do about them is over, too."""


def why(code: str, language: Language) -> str:
    """The reason that decided; a code that failed to verify says its sentence."""
    if not code:
        return ""
    return pick(WHY[code], language) if code in WHY else sentence(code, {}, language)


def device(fault: str, language: Language) -> str:
    """What failed."""
    if fault in DEVICES:
        return pick(DEVICES[fault], language)
    if fault in FAULTS:  # the database's: what failed stands before the comma
        return pick(FAULTS[fault], language).replace(",", "，").partition("，")[0]
    return sentence(fault, {}, language)
