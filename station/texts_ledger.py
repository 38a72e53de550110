"""Sentences about the ledger: what was found wrong, row by row, and what a verification proves."""

from datetime import UTC, datetime, timedelta

from db.heads import Head
from db.stretches import Finding, Kind
from db.verifying import Report
from shifts.model import SHANGHAI
from station.texts import Language, Pair, pick

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

FOUND: dict[Kind, Pair] = {
    Kind.EDITED: (
        "被修改：{table} 的记录 {row}（第 {seq} 项）与写入时不同",
        "edited: row {row} of {table} (entry {seq}) is not as it was written",
    ),
    Kind.MISSING: (
        "被删除：{table} 的记录 {row}（第 {seq} 项）不在了",
        "missing: row {row} of {table} (entry {seq}) is gone",
    ),
    Kind.INSERTED: (
        "被插入：{table} 的记录 {row} 从未登记入链",
        "inserted: row {row} of {table} was never entered into the ledger",
    ),
    Kind.REORDERED: (
        "次序被改：第 {seq} 项（{table} 的记录 {row}）不在原来的位置",
        "reordered: entry {seq} (row {row} of {table}) is not where it was",
    ),
    Kind.ENTRY_EDITED: (
        "链被修改：第 {seq} 项（{table} 的记录 {row}）接不上前一项",
        "ledger edited: entry {seq} (row {row} of {table}) does not follow from the one before",
    ),
    Kind.ENTRY_MISSING: ("链有缺口：第 {seq} 项不在了", "ledger gap: entry {seq} is gone"),
    Kind.TRUNCATED: (
        "末尾被截断：从第 {seq} 项起不在了，而签过名的链头里有",
        "truncated: from entry {seq} on nothing is there, though a signed head has it",
    ),
    Kind.FORKED: (
        "链被改写：第 {seq} 项与当时签名的链头不同",
        "forked: at entry {seq} the ledger is not the one that was signed",
    ),
    Kind.SIGNATURE: (
        "签名无效：第 {seq} 项的链头签名不对",
        "wrong signature: the head of entry {seq} is not signed by its key",
    ),
    Kind.KEY: (
        "密钥不符：第 {seq} 项的链头不是本站的密钥签的",
        "wrong key: the head of entry {seq} is not signed by this station's key",
    ),
    Kind.CLOCK_BACK: (
        "时钟倒退：写第 {seq} 项（{table} 的记录 {row}）时，钟比前一项早",
        "clock set back: entry {seq} (row {row} of {table}) is dated before the one it follows",
    ),
    Kind.CLOCK_LEAPT: (
        "时钟跳变：写第 {seq} 项（{table} 的记录 {row}）时，钟与开机时长对不上",
        "clock leapt: at entry {seq} (row {row} of {table}) it parts from the time since the machine started",
    ),
}
_WHOLE: Pair = (
    "完好：{entries} 项逐一核对，与写入时相同",
    "Whole: each of {entries} entries is as it was written",
)
_BROKEN: Pair = (
    "有 {count} 处与写入时不同，第一处：",
    "{count} things are not as they were written; the first:",
)
_EMPTY: Pair = ("还没有任何记录", "Nothing was written yet")
_HEAD: Pair = ("{station}：第 {seq} 项，链头 {chain}", "{station}: entry {seq}, head {chain}")
_PRINTED: Pair = (
    "防篡改链：{station} 第 {seq} 项，{at} 签名，链头 {chain}",
    "Ledger: {station} entry {seq}, signed {at}, head {chain}",
)
_ALONE: Pair = (
    "没有给出在别处保存的链头（--checkpoint）：末尾被截断，或持有本站密钥的人重写整条链，这样查不出来",
    (
        "Held against no head kept elsewhere (--checkpoint): a cut-off end, or a ledger rewritten by who holds the"
        " station's key, cannot be found without one"
    ),
)
_KEPT: Pair = (
    "链头已写入 {file}：请另存到别处",
    "The head is in {file}: keep it somewhere else",
)


def finding(one: Finding, language: Language) -> str:
    """What is wrong, and where."""
    told = {"seq": one.seq, "table": one.table, "row": one.row}
    return f"{one.station}  {pick(FOUND[one.kind], language).format(**told)}"


def result(report: Report, language: Language) -> str:
    """What came of it, in a line."""
    if not report.entries and not report.broken:
        return pick(_EMPTY, language)
    pair = _BROKEN if report.broken else _WHOLE
    return pick(pair, language).format(entries=report.entries, count=len(report.broken))


def heads(report: Report, language: Language) -> list[str]:
    """Where each station's chain stands."""
    line = pick(_HEAD, language)
    return [line.format(station=one, seq=seq, chain=chain[:16]) for one, (seq, chain) in report.heads.items()]


def printed(head: Head, language: Language) -> str:
    """A head as it stands on paper, whole: what is kept elsewhere."""
    at = (_EPOCH + timedelta(microseconds=head.at)).astimezone(SHANGHAI)
    told = {"station": head.station, "seq": head.seq, "chain": head.chain, "at": f"{at:%Y-%m-%d %H:%M:%S}"}
    return pick(_PRINTED, language).format(**told)


def alone(language: Language) -> str:
    """What cannot be found without a head kept elsewhere."""
    return pick(_ALONE, language)


def kept(file: str, language: Language) -> str:
    """A head was written to a file."""
    return pick(_KEPT, language).format(file=file)
