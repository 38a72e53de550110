"""States of the audit page: closed, counted, empty, the ledger verified and found broken, a file taken away."""

from station.access import NOBODY
from tests.screens import audits
from tests.screens.scene import Scene, keep, scene, words
from tests.screens.stage import Stage
from ui.audit.board import Listed
from ui.pages import AUDIT


@scene(
    zh="近七天|2026-11-17 00:00 至 2026-11-24 00:00|每小时通行|5.8 秒|核验未处置|欧阳小明|未签到|码的种类",
    en="Last 7 days|Passages per hour|9 in 10 within 13.2 s|Open reviews|Release rate|Kinds of codes",
    page=AUDIT,
)
def audit(stage: Stage) -> None:
    audits.counted(stage)


@scene(
    zh="自选日期|到（含）|每日通行|2026-11-18 早班|有 2 处与写入时不同|被修改：passages|被删除：decisions",
    en="From – to|to, included|Passages per day|2026-11-18 early|2 things are not|edited: row|missing: row",
    page=AUDIT,
)
def audit_broken(stage: Stage) -> None:
    """The widest filters, the longest table, and the longest words beside them."""
    audits.broken(stage)
    page = stage.audit
    page.bar.range.setCurrentIndex(3)
    page.bar._arrange()
    page.board.by_day.click()
    page.board.choices[Listed.DAYS].click()


@scene(
    zh="导出|PDF 汇总|含车牌、姓名、证件号|条记录，含个人信息|导出到…",
    en="Export|PDF summary|With plates, names and IDs|hand them only to those|Export to…",
    page=AUDIT,
)
def audit_export(stage: Stage) -> None:
    audits.export_form(stage)


@scene(zh="汇总给审计员和带班组长看|按 F8 签到", en="for auditors and shift leads|signs in with F8", page=AUDIT)
def audit_closed(stage: Stage) -> None:
    audits.turn_to(stage, NOBODY)


keep(
    Scene(
        "audit_verifying",
        audits.verifying,
        words(
            "这段时间没有通行记录|Esc|已核对 412,500 / 1,083,412 项|停止",
            "No passages in this range|Esc|412,500 of 1,083,412 entries|Stop",
        ),
        AUDIT,
    )
)
