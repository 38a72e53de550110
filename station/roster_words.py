"""The words leads write in their tables, in Chinese or English: headings, duties, shifts, yes and no."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from shifts.model import Duty, Shift, ShiftPlan
from station.texts import SHIFTS
from station.texts_roster import DUTIES


class Column(StrEnum):
    """What a column is about."""

    NAME = "name"
    CODE = "code"
    UNITS = "units"
    DUTIES = "duties"
    CHECKPOINT = "checkpoint"
    BIRTH_YEAR = "birth_year"
    SINCE = "since"
    LEAVE = "leave"
    NO_NIGHT = "no_night"
    OFF_WISHES = "off_wishes"
    DATE = "date"
    SHIFT = "shift"


HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("姓名", "名字", "人员", "值班人员", "值班人", "name", "fullname", "person", "staff"),
    Column.CODE: ("工号", "编号", "人员编号", "员工编号", "工作证号", "code", "id", "personcode", "staffid"),
    Column.UNITS: ("单位", "所属单位", "派出单位", "工作单位", "部门", "unit", "units", "organisation", "organization"),
    Column.DUTIES: ("岗位", "岗位能力", "可任岗位", "职责", "任务", "duty", "duties", "post", "role", "skills"),
    Column.CHECKPOINT: (
        "查验点",
        "所属查验点",
        "卡点",
        "卡口",
        "站点",
        "点位",
        "checkpoint",
        "home",
        "site",
        "station",
    ),
    Column.BIRTH_YEAR: (
        "出生年份",
        "出生年",
        "出生年月",
        "出生日期",
        "生日",
        "birthyear",
        "yearofbirth",
        "born",
        "birth",
    ),
    Column.SINCE: (
        "参加工作",
        "参加工作时间",
        "入职",
        "入职时间",
        "入职日期",
        "到岗日期",
        "到岗时间",
        "since",
        "started",
    ),
    Column.LEAVE: ("请假", "休假", "请假日期", "休假日期", "假期", "leave", "away", "holidays"),
    Column.NO_NIGHT: ("不上夜班", "免夜班", "不能夜班", "不值夜班", "nonight", "nonights"),
    Column.OFF_WISHES: ("希望休息", "希望休", "想休", "休息意愿", "wishes", "wish", "off", "dayoff"),
    Column.DATE: ("日期", "值班日期", "班次日期", "date", "day"),
    Column.SHIFT: ("班次", "班", "班别", "shift"),
}
"""As written, without blanks, remarks in brackets and capitals."""
_OTHER_DUTY_WORDS: dict[Duty, tuple[str, ...]] = {
    Duty.LEAD: ("带", "l", "组长", "带班", "班长", "带班长", "值班长", "负责人", "shift lead", "leader", "team lead"),
    Duty.CODE_CHECKER: ("查", "c", "验码", "扫码", "查验", "查验码", "checker", "codes", "code"),
    Duty.TEMPERATURE: ("温", "测", "t", "量温", "量体温", "测体温", "体温", "temp"),
    Duty.RECORDER: ("登", "r", "记录", "录入", "登记车牌", "record", "records", "registration"),
    Duty.TRAFFIC: ("引", "g", "交通", "交通引导", "指挥", "疏导", "guide", "guidance"),
}
_OTHER_SHIFT_WORDS: dict[str, tuple[str, ...]] = {
    "early": ("早", "e", "早上", "上午", "morning"),
    "middle": ("中", "m", "中午", "下午", "mid", "afternoon"),
    "night": ("夜", "n", "晚", "晚班", "夜间", "大夜"),
    "day": ("白", "d", "日", "日班", "白天"),
}
_YES = {"是", "√", "✓", "✔", "1", "y", "yes", "true", "有", "对", "不上夜班", "免"}
_NO = {"", "否", "0", "n", "no", "false", "无", "没有", "-", "—", "/", "×"}
_FREE = {
    *(
        "",
        "休",
        "休息",
        "轮休",
        "补休",
        "调休",
        "下",
        "下夜",
        "下夜班",
        "空",
        "无",
        "-",
        "—",
        "--",
        "——",
        "/",
        "○",
        "0",
    ),
    *("off", "o", "x", "rest", "假", "请假", "休假", "年假", "年休", "病假", "事假", "公休", "leave", "缺", "gap"),
}
"""What stands in a cell of somebody who does not work, or where nobody does."""
_REMARK = re.compile(r"\([^()]*\)")
_HOURS = re.compile(r"(\d{1,2})(?::00|点|时)?\s*(?:-|~|–|—|至|到)\s*(\d{1,2})(?::00|点|时)?")
_END = re.compile(r"(图例|说明|备注|注|制表|制表人|审核|审核人|审批|legend|notes?|remarks?)\s*(:|$)", re.IGNORECASE)
_SUM = re.compile(r"(合计|总计|小计|共计|total|sum)", re.IGNORECASE)
_JOIN = " ·.-_:/@"


def plain(text: str) -> str:
    """Full-width characters made ordinary, and each run of blanks one space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def key(text: str) -> str:
    """A word to compare: no blanks, no capitals."""
    return re.sub(r"[\s_·・:*]", "", text).casefold()


def heading(text: str) -> Column | None:
    """What a heading means."""
    return _HEADINGS.get(key(text)) or _HEADINGS.get(key(_REMARK.sub("", text)))


def like_heading(text: str) -> str | None:
    """The heading that this was perhaps meant to be."""
    like = nearest(key(text), _HEADINGS, cutoff=0.7)
    return None if like is None else next(word for word in HEADINGS[_HEADINGS[like]] if key(word) == like)


def duty(text: str) -> Duty | None:
    """The duty a word or a mark names."""
    named = key(text)
    return _DUTY_WORDS.get(named) or _DUTY_WORDS.get(named.removesuffix("员").removesuffix("岗"))


def shift(text: str, plan: ShiftPlan) -> str | None:
    """The code of the plan's shift that a word, a mark or its hours name: 早, 早班(8-16), E, 08:00-16:00."""
    named = key(_REMARK.sub("", text))
    code = next((one for one in plan.codes if key(one) == named), None) or _SHIFT_WORDS.get(named)
    if code is None and (hours := _HOURS.fullmatch(text)):
        code = next((one.code for one in plan.shifts if _clock(one) == tuple(map(int, hours.groups()))), None)
    return code if code in plan.codes else None


def is_late(text: str) -> bool:
    """Whether it calls a shift 晚, which is the night to some and the evening to others."""
    return "晚" in text


def shift_and_duty(text: str, plan: ShiftPlan) -> tuple[str, Duty | None] | None:
    """What a cell of a person's row says: 早, 早班, 早带, 早·带班组长, 早班(查码), E-L."""
    if whole := shift(text, plan):
        remark = _REMARK.search(text)
        return whole, duty(remark[0][1:-1]) if remark else None
    for length in range(len(text) - 1, 0, -1):
        first, rest = text[:length].strip(_JOIN), text[length:].strip(f"{_JOIN}()")
        if (code := shift(first, plan)) and (named := duty(rest)):
            return code, named
    return None


def flag(text: str) -> bool | None:
    """Yes or no, or neither; blank is no."""
    named = key(text)
    return True if named in _YES else False if named in _NO else None


def is_free(text: str) -> bool:
    """Whether a cell says that nobody works."""
    return key(text) in _FREE


def listed(text: str) -> tuple[str, ...]:
    """The parts of a cell that says several things."""
    return tuple(part.strip() for part in re.split(r"[、,;/\n|]+", text) if part.strip())


def nearest(text: str, known: Iterable[str], *, cutoff: float = 0.5) -> str | None:
    """The known word most like this one, if one is."""
    return next(iter(difflib.get_close_matches(text, list(known), 1, cutoff)), None)


def person_name(text: str) -> str:
    """A name as it is kept: 张 三 is 张三, where a blank only makes two characters as wide as three."""
    return re.sub(r"(?<=[^\x00-\u2fff])\s+(?=[^\x00-\u2fff])", "", text)


def person_code(text: str) -> str:
    """A code as it is kept: 10 01 is 1001, which a blank only makes easier to read."""
    return "".join(text.split())


def names(text: str, word: str) -> bool:
    """Whether a title says this word; a code such as LS only counts where it stands alone."""
    said = key(text) if not word.isascii() else text.casefold()
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", said) if word.isascii() else word in said)


def counts_heads(text: str) -> bool:
    """Whether a row under a shift's duties only says how many are there."""
    return key(text) in {"到岗", "人数", "heads", "headcount"}


def ends_table(first: str) -> bool:
    """Whether what a row begins with is written under the table, not in it."""
    return bool(_END.match(first))


def sums_up(first: str) -> bool:
    """Whether what a row begins with makes it a row of totals."""
    return bool(_SUM.match(first))


def _clock(shift_: Shift) -> tuple[int, int]:
    """Its hours as people write them: a day ends at 24, and begins at 0."""
    start, end = (int(instant.total_seconds() // 3600) for instant in (shift_.start, shift_.start + shift_.length))
    return start % 24, (end - 1) % 24 + 1


_HEADINGS = {key(word): column for column, words in HEADINGS.items() for word in words}
_DUTY_WORDS = {key(word): one for one in Duty for word in (str(one), *DUTIES[one], *_OTHER_DUTY_WORDS[one])}
DUTY_NAMES = {key(word): word for one in Duty for word in DUTIES[one]}
"""What a duty is called, by its key: what a misspelt one is held against."""
_SHIFT_WORDS = {key(word): code for code, words in _OTHER_SHIFT_WORDS.items() for word in (code, *SHIFTS[code], *words)}
