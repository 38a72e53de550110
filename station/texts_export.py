"""Words of exports: the columns' headers, and what is not as it was written."""

from station.export_manifest import PDF, Manifest
from station.export_verify import Finding, Wrong
from station.texts import Language, Pair, pick

_TITLE: Pair = ("通行记录", "passages")
_COLUMNS: dict[str, Pair] = {
    "station": ("查验台", "station"),
    "passage": ("记录编号", "passage"),
    "concluded_at": ("时间（北京）", "concluded at (Beijing)"),
    "seconds": ("用时（秒）", "seconds taken"),
    "kind": ("种类", "kind"),
    "verdict": ("核验结论", "verdict"),
    "vehicle": ("车辆（当日代号）", "vehicle (mark of the day)"),
    "plate_kind": ("号牌种类", "plate kind"),
    "direction": ("方向", "direction"),
    "people": ("人数", "people"),
    "officer": ("查验员", "officer"),
    "on_duty": ("当班人员", "on duty"),
    "shift_date": ("班次日期", "shift date"),
    "shift": ("班次", "shift"),
    "policy_version": ("政策版本", "policy version"),
    "clock": ("时钟", "clock"),
    "demo": ("演示", "demo"),
    "previous": ("前一记录", "checked again"),
    "reasons": ("理由", "reasons"),
    "code_families": ("码的种类", "kinds of codes"),
    "decisions": ("处置", "decisions"),
    "plate": ("车牌", "plate"),
    "occupants": ("司乘人员", "occupants"),
    "done_why": ("处置事由", "why decided"),
    "personal": ("个人信息", "personal data"),
}


def column(name: str, language: Language) -> str:
    """A column's header."""
    return pick(_COLUMNS[name], language)


def title(language: Language) -> str:
    """What a sheet is called."""
    return pick(_TITLE, language)


FOUND: dict[Wrong, Pair] = {
    Wrong.SIGNATURE: (
        "清单被改：签名与清单内容不符",
        "manifest changed: it is not what its signature is over",
    ),
    Wrong.KEY: ("密钥不符：清单不是这把公钥签的", "wrong key: the manifest is not signed by the key that was given"),
    Wrong.HEAD: ("链头无效：清单所附的链头不是本站签的", "wrong head: the ledger's head in it is not this station's"),
    Wrong.MARKS: (
        "清单被改：各行的印记与签名时不同，下面所指的行不一定准",
        "manifest changed: the rows' marks are not those that were signed; rows named below may be the wrong ones",
    ),
    Wrong.HEADER: ("表头被改{where}", "header changed{where}"),
    Wrong.EDITED: ("被修改：第 {row} 行{where}", "edited: row {row}{where}"),
    Wrong.MISSING: ("被删除：原第 {row} 行不在了", "missing: what was row {row} is gone"),
    Wrong.INSERTED: ("被插入：第 {row} 行{where}原来没有", "inserted: row {row}{where} was not there"),
    Wrong.MOVED: ("次序被改：第 {row} 行{where}原是第 {stood} 行", "moved: row {row}{where} was row {stood}"),
    Wrong.TRUNCATED: ("末尾被截断：原第 {row} 行不在了", "truncated: what was row {row} is gone from the end"),
    Wrong.REWRITTEN: (
        "文件被重新保存过：每一行都与写出时相同，文件本身不是原来那个",
        "saved again: each row is as it was written, but the file is another",
    ),
    Wrong.CHANGED: ("文件被改：不是写出时的那个", "changed: the file is not the one that was written"),
    Wrong.UNREADABLE: ("文件已损坏，或不是这种文件", "the file is damaged, or not of its kind"),
}
_PLACE: Pair = ("（{sheet}第 {line} 行，{passage}）", " ({sheet}line {line}, {passage})")
_WHOLE: Pair = (
    "完好：{rows} 行与写出时相同；{by} 于 {at} 从 {station} 导出，事由：{why}",
    "Whole: {rows} rows as they were written; exported from {station} by {by} at {at}, why: {why}",
)
_WHOLE_PDF: Pair = (
    "完好：文件与写出时相同；{by} 于 {at} 从 {station} 导出，事由：{why}",
    "Whole: the file is as it was written; exported from {station} by {by} at {at}, why: {why}",
)
_BROKEN: Pair = ("有 {count} 处与写出时不同：", "{count} things are not as they were written:")
_KEY: Pair = ("签名公钥：{key}", "Signed by key: {key}")
_OWN_WORD: Pair = (
    "没有给出公钥（--key）：清单是否真由该站签出，请与该站链头文件中的公钥核对",
    "No key was given (--key): whether that station signed it, compare the key with the one in a head of its ledger",
)
_MADE_PDF: Pair = (
    "汇总已导出到 {file}，清单在旁：{beside}",
    "Summary exported to {file}, with its manifest {beside}",
)
_MADE: Pair = (
    "已导出 {rows} 行到 {file}，清单在旁：{beside}",
    "{rows} rows exported to {file}, with its manifest {beside}",
)


def finding(one: Finding, language: Language) -> str:
    """What is wrong, and where."""
    sheet = f"{one.sheet} " if one.sheet else ""
    where = pick(_PLACE, language).format(sheet=sheet, line=one.line, passage=one.passage) if one.passage else ""
    return pick(FOUND[one.wrong], language).format(row=one.row, stood=one.stood, where=where)


def result(manifest: Manifest, count: int, language: Language) -> str:
    """What came of a verification that found so many things wrong, in a line."""
    told = {name: getattr(manifest, name) for name in ("rows", "by", "at", "station", "why")}
    whole = _WHOLE_PDF if manifest.kind == PDF else _WHOLE
    return pick(_BROKEN if count else whole, language).format(count=count, **told)


def signed_by(manifest: Manifest, language: Language) -> str:
    """Whose signature it is."""
    return pick(_KEY, language).format(key=manifest.key)


def own_word(language: Language) -> str:
    """What cannot be found without a key learnt elsewhere."""
    return pick(_OWN_WORD, language)


def made(manifest: Manifest, file: str, beside: str, language: Language) -> str:
    """A file was made."""
    pair = _MADE_PDF if manifest.kind == PDF else _MADE
    return pick(pair, language).format(rows=manifest.rows, file=file, beside=beside)
