"""States of the audit page: shut, counted, empty, the ledger verified and found broken, a file taken away."""

from functools import partial

from db.passages import Filters
from station.access import AccessError
from station.figures import Figures
from tests.screens import audits
from tests.screens.scene import Scene, keep, scene, words
from tests.screens.stage import Stage
from ui.pages import AUDIT


@scene(zh="审计员或带班组长|编号|查看|编号或 PIN 不对", en="Auditor or shift lead|Open|Wrong code or PIN", page=AUDIT)
def audit_door(stage: Stage) -> None:
    audits.door(stage)
    page = stage.audit
    page.door.settle(partial(page._sentence, AccessError("pin_wrong")))


@scene(
    zh="近七天|2026-11-17 00:00 至 2026-11-24 00:00 · 周敏|每小时通行|5.8 秒|核验未处置|欧阳小明|未签到|码的种类",
    en="Last 7 days|Passages per hour|9 in 10 within 13.2 s|Open reviews|Release rate|Kinds of codes",
    page=AUDIT,
)
def audit(stage: Stage) -> None:
    audits.counted(stage)


@scene(
    zh="自选日期|到（含）|每日通行|2026-11-18 早班",
    en="From – to|to, included|Passages per day|2026-11-18 early",
    page=AUDIT,
)
def audit_days(stage: Stage) -> None:
    audits.counted(stage)
    page = stage.audit
    page.bar.range.setCurrentIndex(3)
    page.bar._arrange()
    page.board.by_day.click()
    list(page.board.choices.values())[-1].click()


@scene(zh="这段时间没有通行记录|Esc", en="No passages in this range|Esc", page=AUDIT)
def audit_empty(stage: Stage) -> None:
    audits.counted(stage, Figures(Filters(since=audits.BEGIN, shift="night")))


@scene(zh="完好：1083412 项|链头 3f8c19d204be77a1", en="Whole: each of 1083412|head 3f8c19d204be77a1", page=AUDIT)
def audit_whole(stage: Stage) -> None:
    audits.verified(stage)


@scene(
    zh="有 2 处与写入时不同|被修改：passages|被删除：decisions",
    en="2 things are not|edited: row|missing: row",
    page=AUDIT,
)
def audit_broken(stage: Stage) -> None:
    audits.broken(stage)


@scene(
    zh="导出|PDF 汇总|含车牌、姓名、证件号|条记录，含个人信息|导出到…",
    en="Export|PDF summary|With plates, names and IDs|hand them only to those|Export to…",
    page=AUDIT,
)
def audit_export(stage: Stage) -> None:
    audits.export_form(stage)


for _name, _arrive, _says in (
    (
        "audit_verifying",
        audits.verifying,
        words("已核对 412,500 / 1,083,412 项|停止", "412,500 of 1,083,412 entries|Stop"),
    ),
    ("audit_exporting", audits.exporting, words("已写 8,000|停止", "8,000 of|Stop")),
):
    keep(Scene(_name, _arrive, _says, AUDIT))
