"""The roster board and its swaps, in each of their states."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import sleep

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shifts.errors import Cancelled
from shifts.model import SHANGHAI, DatedShift
from shifts.solver import Phase, Progress
from shifts.swaps import Kind
from shifts.swaps import Stage as SwapStage
from tests.screens import swaps, tables
from tests.screens.rosters import PROBLEM, broken, long_roster, on_board, uncovered
from tests.screens.scene import Scene, keep, scene, words
from tests.screens.stage import LEAD, Stage
from ui.pages import ROSTER
from ui.roster.absence_panel import AbsencePanel


@scene(zh="还没有班表|打开人员和需求", en="No roster yet|Open people and demand", page=ROSTER)
def roster_empty(stage: Stage) -> None:
    on_board(stage)
    stage.roster.show_roster(None)


@scene(zh="龙士|早班 08–16|4/4|缺口与提醒|已发布", en="龙士|early 08–16|4/4|Gaps and warnings", page=ROSTER)
def roster(stage: Stage) -> None:
    on_board(stage)


@scene(zh="2026-09-28 – 10-11|早班|3/3|缺人|周末|Enter", en="early|3/3|Short|Weekend|Enter", page=ROSTER)
def roster_month(stage: Stage) -> None:
    """With a gap, a breach and a warning."""
    broken(stage)
    stage.roster.days.show_month()


@scene(zh="– 10-28|2/3|缺|缺人|必须改|提醒", en="– 10-28|2/3|Short|Must mend|Warning", page=ROSTER)
def roster_month_31(stage: Stage) -> None:
    """All of the longest month, at three checkpoints."""
    on_board(stage)
    page = stage.roster
    page.show_roster(long_roster())
    stage.until(lambda: page.editor is not None and page.editor.checked)
    page.days.show_month()


@scene(zh="自动排班|最多用时|月", en="Generate|Time at most|Month", page=ROSTER)
def roster_month_beside(stage: Stage) -> None:
    """Beside a panel the days are narrower, and still all there."""
    roster_month_31(stage)
    stage.roster.panels.open_generate()


@scene(
    zh="缺带班|2/3|休息仅|下一处 F7|草稿|可这样改", en="No Lead|2/3|rests only|Next F7|Draft|This mends it", page=ROSTER
)
def roster_broken(stage: Stage) -> None:
    broken(stage)
    stage.roster.panels.problems.go_next()
    stage.until(stage.roster.panels.problems.cell.remedies.isVisible)


@scene(zh="休息仅|可这样改|或者：", en="rests only|This mends it|Or:", page=ROSTER)
def roster_remedies(stage: Stage) -> None:
    broken(stage)
    for _ in range(2):
        stage.roster.panels.problems.go_next()
    stage.until(stage.roster.panels.problems.cell.remedies.isVisible)


@scene(zh="拿着|放在这里|放下", en="Holding|Here it would|Put down", page=ROSTER)
def roster_held(stage: Stage) -> None:
    broken(stage)
    grid = stage.roster.grid
    for _ in range(2):
        stage.roster.panels.problems.go_next()
    QTest.keyClick(grid, Qt.Key.Key_Return)
    QTest.keyClick(grid, Qt.Key.Key_Left)


@scene(zh="谁来|不可|返回", en="Who|Not:|Back", page=ROSTER)
def roster_chooser(stage: Stage) -> None:
    broken(stage)
    stage.roster.panels.problems.go_next()
    stage.roster.hands.choose()
    stage.until(lambda: stage.roster.panels.chooser.choices)


def absent(stage: Stage) -> AbsencePanel:
    """At 23:00 somebody of the coming night cannot come."""
    on_board(stage)
    page, night = stage.roster, DatedShift(PROBLEM.period.days[3], "night")
    at_eleven = datetime(night.day.year, night.day.month, night.day.day, 23, tzinfo=SHANGHAI)
    one = min((one for one in page.model.assignments if one.shift == night), key=lambda one: one.person)
    page.grid.go_to(page.model.find((one.checkpoint, one.shift), one.person))
    page.panels.open_absence(one, lambda: at_eleven)
    page.panels.absence.to_end.click()
    return page.panels.absence


@scene(zh="来不了|从现在起|逐个换人|重排，改动最少", en="cannot come|From now|Shifts left|fewest changes", page=ROSTER)
def roster_absent(stage: Stage) -> None:
    absent(stage)


@contextmanager
def _searching(stage: Stage) -> Iterator[None]:
    """Under way as long as it is looked at."""
    panel = absent(stage)
    panel.under_way.start(_long_search, 10)
    panel.retranslate()
    stage.until(panel.under_way.figures.text)
    yield
    panel.leave()
    stage.until(lambda: not panel.under_way.running)


def _long_search(*, progress: Callable[[Progress], bool]) -> None:
    """Goes on until it is stopped."""
    while progress(Progress(Phase.POLISH, 3.0, 240.0, 180.0)):
        sleep(0.05)
    raise Cancelled


SEARCHING = words("正在求公平|3 秒|停下，用现有结果|返回", "making it fair|3 s|Stop, use what there is|Back")
keep(Scene("roster_absent_searching", _searching, SEARCHING, ROSTER))


@scene(zh="空出 |改动 |还是草稿|＋ |撤销|发布…", en="Changes: |A draft until|Undo|Publish…", page=ROSTER)
def roster_absent_mended(stage: Stage) -> None:
    panel = absent(stage)
    panel.solve.click()
    stage.until(lambda: not panel.under_way.running)
    assert panel.done is not None


@scene(zh="没有人能顶|缺 1 名带班|留下缺口", en="Nobody can stand in|leave the gap", page=ROSTER)
def roster_absent_nobody(stage: Stage) -> None:
    absent(stage).under_way.failed.emit(uncovered())


@scene(zh="为止，之后没有班可顶", en="is over on", page=ROSTER)
def roster_absent_over(stage: Stage) -> None:
    panel = absent(stage)
    panel.until.show_day(PROBLEM.period.days[-1] + timedelta(30))
    panel.since.show_moment(panel.since.moment + timedelta(29))


@scene(zh="夜班差|班历|未遂愿", en="Nights ±|calendar|Wish", page=ROSTER)
def roster_fairness(stage: Stage) -> None:
    on_board(stage)
    stage.roster.panels.open_fairness()


@scene(zh="自动排班|最多用时|开始", en="Generate|Time at most|Start", page=ROSTER)
def roster_generate(stage: Stage) -> None:
    on_board(stage)
    stage.roster.panels.open_generate()


@scene(zh="排不满：|缺 1 名带班|请假：|就能排满", en="cannot be covered|is on leave|can be covered", page=ROSTER)
def roster_uncovered(stage: Stage) -> None:
    on_board(stage)
    stage.roster.panels.open_generate()
    stage.roster.panels.generate.search.failed.emit(uncovered())


@scene(zh="发布第 2 版|各须写明理由|放弃草稿", en="Publish version 2|needs your reason|Drop the draft", page=ROSTER)
def roster_publish(stage: Stage) -> None:
    broken(stage)
    stage.roster.open_publish()
    stage.until(lambda: len(stage.roster.panels.publish.reasons) == 2)


@scene(zh="没有换班|要换班", en="No swaps|To swap a shift", page=ROSTER)
def swaps_none(stage: Stage) -> None:
    swaps.nothing_yet(stage)


@scene(zh="等你办 2 · 未完 3 · 已完 2|违反 1 条|规则通过", en="For you 2 · open 3 · over 2|Breaks 1", page=ROSTER)
def swaps_inbox(stage: Stage) -> None:
    swaps.inbox(stage)


@contextmanager
def _swaps_mine(stage: Stage) -> Iterator[None]:
    """An officer's inbox, with their shifts to come."""
    panel = swaps.inbox(stage)
    swaps.seen_by(stage, swaps.at(panel.inbox, SwapStage.OFFERED).swap.asker)
    try:
        yield
    finally:
        swaps.seen_by(stage, LEAD.code)


keep(
    Scene("swaps_mine", _swaps_mine, words("的班，选一个来换|换班中：等 ", "shifts: choose one|Swap under way"), ROSTER)
)


@scene(zh="等 |→|家里有事|同意|不同意|撤回", en="waits for|→|Accept|Decline|Withdraw", page=ROSTER)
def swap_answer(stage: Stage) -> None:
    panel = swaps.inbox(stage)
    entry = swaps.at(panel.inbox, SwapStage.OFFERED)
    swaps.eyes_of(panel, entry, entry.swap.partner)


@scene(zh="等带班批准|不违反|批准并发布|不批准", en="waits for a lead|Breaks no|Approve, publish|Refuse", page=ROSTER)
def swap_approve(stage: Stage) -> None:
    panel = swaps.inbox(stage)
    panel.open_entry(swaps.at(panel.inbox, SwapStage.ACCEPTED))


@scene(zh="须逐条写理由|批准并发布|发热", en="a reason for each|Approve, publish", page=ROSTER)
def swap_hard(stage: Stage) -> None:
    panel = swaps.inbox(stage)
    panel.open_entry(swaps.at(panel.inbox, SwapStage.ACCEPTED, hard=True))


@scene(zh="对方未同意|不同意：那天我也有事", en="declined|Back", page=ROSTER)
def swap_history(stage: Stage) -> None:
    panel = swaps.inbox(stage)
    panel.open_entry(swaps.at(panel.inbox, SwapStage.DECLINED))


@scene(zh="让给别人|和人对换|不可：", en="Give away|Exchange|Not:", page=ROSTER)
def swap_begun(stage: Stage) -> None:
    panel = swaps.inbox(stage)
    panel.begin(swaps.to_come()[-1])
    stage.roster.panels.show_swaps()
    stage.until(lambda: panel.offer.choices)


@scene(zh="和人对换|换哪个班", en="Exchange|For which shift", page=ROSTER)
def swap_exchange(stage: Stage) -> None:
    swap_begun(stage)
    panel = stage.roster.panels.swaps
    panel.offer.kinds[Kind.EXCHANGE].click()
    stage.until(lambda: panel.offer.choices)


@scene(zh="代|安排并发布|先问本人", en="acts for|Arrange, publish|Ask them first", page=ROSTER)
def swap_arrange(stage: Stage) -> None:
    swap_begun(stage)
    stage.roster.panels.swaps.offer.list.choose()


@scene(zh="更多|个人班历|排下一期|人员、请假|上墙 PDF", en="More|The period after|Wall PDF", page=ROSTER)
def roster_more(stage: Stage) -> None:
    on_board(stage)
    stage.roster.panels.open_more()


@scene(zh="个班|夜|存为手机日历|与 ", en="shifts, |nights|for a phone|with ", page=ROSTER)
def roster_mine(stage: Stage) -> None:
    on_board(stage)
    stage.roster.exchange.show_shifts(PROBLEM.people[3].code)


@scene(zh="开始新班表|15 人：龙士|每班几人|劳动法", en="Begin a new roster|15 people|Heads per shift", page=ROSTER)
def roster_begin(stage: Stage) -> None:
    tables.form(stage)


@scene(zh="排下一期|规则照|开始排", en="The roster after|rules as in|Begin", page=ROSTER)
def roster_begin_next(stage: Stage) -> None:
    on_board(stage)
    stage.roster.exchange.begin_next()


@scene(zh="4 处要改|第 4 行 B 列|重新读|看懂了", en="4 things to mend|row 4, column B|Read again", page=ROSTER)
def roster_preview(stage: Stage) -> None:
    tables.faulty_list(stage)


@scene(zh="刘已调走|已调走，跳过|看懂了 ", en="刘已调走|has left: pass", page=ROSTER)
def roster_preview_history(stage: Stage) -> None:
    tables.last_month(stage)
