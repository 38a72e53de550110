"""Every state an officer meets, by name: how the station gets there, and the words that must then be on the screen."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from scanner.credentials import HealthState, TestResult
from shifts.handover import Sheet
from shifts.swaps import Kind
from shifts.swaps import Stage as SwapStage
from station.access import AccessError
from station.decisions import Decision
from station.session import Session
from station.texts import Language
from station.verdict import Outcome
from tests.screens import attendance, handovers, swaps, tables
from tests.screens.rosters import PROBLEM, broken, on_board
from tests.screens.stage import CHEN, LEAD, LI, LIN, OFFICER, WANG, Stage, car, first_start
from ui.gate.by_hand import ByHandPanel
from ui.gate.panel import Tool
from ui.gate.plate_pad import PlatePad
from ui.log.filters import BETWEEN, RANGES
from ui.window import GATE, HANDOVER, LOG, ROSTER, SETTINGS, SIGN_IN

Words = dict[Language, tuple[str, ...]]
Arrive = Callable[[Stage], None]
SCENES: "dict[str, Scene]" = {}


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the window.

    Attributes:
        name: Of its pictures.
        arrive: From a stage that was cleared to this state.
        says: Words that must be on the screen.
        page: Where it plays.
    """

    name: str
    arrive: Callable[[Stage], AbstractContextManager[None]]
    says: Words
    page: str = GATE

    @contextmanager
    def on(self, stage: Stage) -> Iterator[None]:
        """The stage in this state."""
        stage.clear()
        with self.arrive(stage):
            yield


def scene(*, zh: str, en: str, page: str = GATE) -> Callable[[Arrive], Arrive]:
    """Put a function that brings the stage there into `SCENES`; words are parted by `|`."""

    def enter(arrive: Arrive) -> Arrive:
        def there(stage: Stage) -> AbstractContextManager[None]:
            arrive(stage)
            return nullcontext()

        _keep(Scene(arrive.__name__, there, _words(zh, en), page))
        return arrive

    return enter


def _keep(one: Scene) -> None:
    SCENES[one.name] = one


def _words(zh: str, en: str) -> Words:
    return {"zh": tuple(zh.split("|")), "en": tuple(en.split("|"))}


# --- while a vehicle is checked --------------------------------------------------------------------------------------


@scene(zh="待查|请驾驶员出示健康码和核酸证明", en="Wanted|Driver: health code and test, please")
def idle(stage: Stage) -> None:
    stage.until(lambda: stage.checking.preview.live)


@scene(
    zh="闽E·12345|3 人|王** ***1234|合格|36.5°C|请给乘客 1 测体温",
    en="闽E·12345|3 on board|Good|Passenger 1: take the temp",
)
def filling(stage: Stage) -> None:
    stage.hold_up(WANG)
    stage.scan(LI)
    stage.enter(36.5, people=3)
    stage.until(lambda: stage.view.occupants[0].celsius and stage.view.people == 3 and stage.view.plate)
    stage.until(lambda: stage.desk.seen is not None and stage.desk.seen.read)


@scene(zh="38.4°C|无法识读|请乘客 2 出示", en="38.4°C|cannot be read|Passenger 2: health code")
def trouble(stage: Stage) -> None:
    stage.camera.picture = car()
    stage.scan(WANG)
    stage.scan(LI)
    stage.enter(36.5, 38.4, people=4)
    stage.desk.do(Session.unreadable)
    stage.until(lambda: stage.view.failed and stage.view.occupants[1].celsius)


@scene(zh="摄像头故障", en="The camera failed")
def fault(stage: Stage) -> None:
    stage.scan(WANG)
    stage.enter(36.5, people=2)
    stage.until(lambda: stage.view.occupants[0].celsius)
    stage.camera.plugged = False
    stage.until(lambda: stage.view.faults and not stage.checking.preview.live)
    stage.until(stage.main.status.trouble.text)


@scene(zh="第 1 / 2 页|下一页", en="Page 1 of 2|Next page")
def full_bus(stage: Stage) -> None:
    stage.enter(36.5, people=7)
    stage.until(lambda: stage.view.people == 7 and stage.view.plate)


def _panel(stage: Stage, tool: Tool, occupant: int = 1) -> None:
    """A panel of a vehicle with two people, one of them known."""
    stage.hold_up(WANG)
    stage.desk.do(Session.confirm_people, 2)
    stage.until(lambda: stage.view.people == 2)
    stage.checking.open(tool, occupant)


def _type(stage: Stage, text: str) -> None:
    for character in text:
        stage.checking.typed(character)


@scene(zh="闽ED123|改省份|确定", en="闽ED123|Province|OK")
def plate(stage: Stage) -> None:
    _panel(stage, Tool.PLATE)
    _type(stage, "D123")


@scene(zh="闽|京|粤|改省份", en="闽|京|粤|Province")
def provinces(stage: Stage) -> None:
    _panel(stage, Tool.PLATE)
    panel = stage.checking.panel
    assert isinstance(panel, PlatePad)
    panel.province.click()


@scene(zh="为什么没有号牌？|号牌遗失", en="Why is there no plate?|Plate lost")
def no_plate(stage: Stage) -> None:
    _panel(stage, Tool.NO_PLATE)


@scene(zh="驾驶员 王** 体温|36.5°C|确定", en="Driver 王**: temperature|36.5°C|OK")
def temperature(stage: Stage) -> None:
    _panel(stage, Tool.TEMPERATURE, 0)
    _type(stage, "365")


@scene(zh="车内几个人？|更多", en="How many people?|More")
def people(stage: Stage) -> None:
    _panel(stage, Tool.PEOPLE)


@scene(zh="驾驶员 王**|人工录入|儿童，只测体温", en="Driver 王**|Enter by hand|Child: temperature only")
def person(stage: Stage) -> None:
    _panel(stage, Tool.PERSON, 0)


def _by_hand(stage: Stage) -> ByHandPanel:
    _panel(stage, Tool.BY_HAND)
    panel = stage.checking.panel
    assert isinstance(panel, ByHandPanel)
    panel.name.setText("李慧珍")
    return panel


@scene(zh="乘客 1：|李慧珍|下一步", en="Passenger 1: |李慧珍|Next")
def by_hand_name(stage: Stage) -> None:
    _by_hand(stage)


@scene(zh="凭什么，证件号码？|纸质证明|204X", en="seen on what, and which ID?|Paper|204X")
def by_hand(stage: Stage) -> None:
    _by_hand(stage).confirm()
    _type(stage, "204X")


@scene(zh="看到什么？|绿码|阴性", en="what did you see?|Green|Negative")
def by_hand_what(stage: Stage) -> None:
    by_hand(stage)
    stage.checking.confirm()
    panel = stage.checking.panel
    assert isinstance(panel, ByHandPanel)
    panel.states[HealthState.GREEN].click()


@scene(zh="何时采样？|昨天", en="sampled when?|Yesterday")
def by_hand_when(stage: Stage) -> None:
    by_hand_what(stage)
    panel = stage.checking.panel
    assert isinstance(panel, ByHandPanel)
    panel.results[TestResult.NEGATIVE].click()


@scene(zh="为什么免检？|救护车", en="Why exempt?|Ambulance")
def exempt(stage: Stage) -> None:
    _panel(stage, Tool.EXEMPT)


@scene(zh="放弃这辆车的查验？|继续查验", en="Abandon this vehicle?|Go on")
def abandon(stage: Stage) -> None:
    _panel(stage, Tool.ABANDON)


@scene(zh="等候 2 辆|还须休息|继续查验", en="Waiting: 2|rest|Resume")
def parked(stage: Stage) -> None:
    for holder, number, heat in ((CHEN, "闽E54321", 37.9), (LIN, "粤B2D678", 36.4)):
        stage.scan(holder)
        stage.enter(heat, people=2, plate=number)
        stage.until(lambda: stage.view.occupants[0].celsius)
        stage.desk.do(Session.park)
        stage.until(lambda: not stage.view.occupants[0].celsius)
    stage.until(lambda: len(stage.view.parked) == 2)
    stage.checking.open(Tool.PARKED)


# --- the verdict -----------------------------------------------------------------------------------------------------


@scene(zh="放行|闽E·1***5|全部合格|请放行", en="Pass|闽E·1***5|All good|Let it through", page="pass")
def passed(stage: Stage) -> None:
    stage.hold_up(WANG)
    stage.scan(LI)
    stage.enter(36.5, 36.4, people=2)
    stage.concludes(Outcome.PASS)


@scene(zh="劝返|乘客 1 李**|48 小时|角美卫生院", en="Turn back|Passenger 1 李**|48 h|角美卫生院")
def refuse(stage: Stage) -> None:
    stage.hold_up(WANG)
    stage.enter(36.5, 36.4, people=2, plate="闽ED12345")
    stage.scan(LI, hours=52.1)
    stage.concludes(Outcome.REFUSE)


@scene(zh="人工核验|健康码黄码|PIN", en="Manual check|yellow|PIN")
def review(stage: Stage) -> None:
    stage.hold_up(WANG, HealthState.YELLOW)
    stage.enter(36.5)
    stage.concludes(Outcome.REVIEW)


@scene(zh="人工核验|7 人|未登记车牌|重新查验|另有", en="Manual check|7 on board|No plate was|Check again|more")
def incomplete(stage: Stage) -> None:
    """Ended by hand, with next to nothing there."""
    stage.scan(WANG)
    stage.desk.do(Session.confirm_people, 7)
    stage.desk.do(Session.finish)
    stage.concludes(Outcome.REVIEW)


@scene(zh="人工核验|摄像头", en="Manual check|camera")
def fault_verdict(stage: Stage) -> None:
    fault(stage)
    stage.scan(LI)
    stage.desk.do(Session.take_temperature, 1, 36.6)
    stage.concludes(Outcome.REVIEW)


@scene(zh="放行：什么理由？|纸质证明核对无误", en="Release: for what reason?|Paper certificate checked")
def release(stage: Stage) -> None:
    review(stage)
    stage.verdict.release.click()


@scene(zh="请签认|查验员编号|编号或 PIN 不对", en="sign for it|Officer's code|Wrong code or PIN")
def signing(stage: Stage) -> None:
    release(stage)
    decide = stage.verdict.decide
    decide.reasons["release_id_checked"].click()
    for text in (OFFICER.code, OFFICER.pin, LEAD.code, "0000"):
        for character in text:
            decide.typed(character)
        decide.confirm()
    stage.until(lambda: decide.problem.text() and not decide._busy)
    stage.gate._forgets.stop()  # the sentence stays for as long as it is looked at


@scene(zh="劝返：什么理由？|拒绝配合查验", en="Turn back: for what reason?|Would not be checked")
def turning_back(stage: Stage) -> None:
    passed(stage)
    stage.verdict.turn_back.click()


# --- the other pages -------------------------------------------------------------------------------------------------


@scene(zh="主要理由|待处置|只看待处置|刷新", en="Main reason|Open|Refresh", page=LOG)
def log(stage: Stage) -> None:
    stage.main.open(LOG)
    stage.log.close_detail()
    stage.log.bar.forget()
    stage.until(lambda: stage.log.model.rowCount() > 20)
    stage.log.refresh()


def _select(stage: Stage, outcome: Outcome) -> None:
    rows = stage.log.model.rows
    line = next(number for number, row in enumerate(rows) if row.outcome is outcome)
    stage.log.table.selectRow(line)
    stage.until(lambda: stage.log.pane.passage is not None and stage.log.pane.passage.key == rows[line].key)


@scene(zh="结论|核酸|劝返|收起", en="Verdict|Turn back|Close", page=LOG)
def log_detail(stage: Stage) -> None:
    log(stage)
    _select(stage, Outcome.REFUSE)


@scene(zh="带班组长 PIN|事由|取消", en="PIN|Reason|Cancel", page=LOG)
def log_deciding(stage: Stage) -> None:
    log(stage)
    _select(stage, Outcome.REVIEW)
    form = stage.log.pane.form
    form.choices[Decision.RELEASE].click()
    form.fail("编号或 PIN 不对")


@scene(zh="北京时间", en="China", page=LOG)
def log_between(stage: Stage) -> None:
    log(stage)
    stage.log.bar.range.setCurrentIndex(RANGES.index(BETWEEN))
    stage.log.bar.range.activated.emit(RANGES.index(BETWEEN))


@scene(zh="结束时间须晚于开始时间", en="Refresh", page=LOG)
def log_problem(stage: Stage) -> None:
    log_between(stage)
    stage.log.bar.until.setDateTime(stage.log.bar.since.dateTime())
    stage.log.apply()


@scene(zh="还没有班表|打开人员和需求", en="No roster yet|Open people and demand", page=ROSTER)
def roster_empty(stage: Stage) -> None:
    on_board(stage)
    stage.roster.show_roster(None)


@scene(zh="龙士|早班 08–16|4/4|缺口与提醒|已发布", en="龙士|early 08–16|4/4|Gaps and warnings", page=ROSTER)
def roster(stage: Stage) -> None:
    on_board(stage)


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


@scene(zh="夜班差|班历|未遂愿", en="Nights ±|calendar|Wish", page=ROSTER)
def roster_fairness(stage: Stage) -> None:
    on_board(stage)
    stage.roster.panels.open_fairness()


@scene(zh="自动排班|最多用时|开始", en="Generate|Time at most|Start", page=ROSTER)
def roster_generate(stage: Stage) -> None:
    on_board(stage)
    stage.roster.panels.open_generate()


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


@scene(zh="交接班|正在值班|放行 0|加一项|确认交班", en="Handover|On duty|Pass 0|Add a line|Hand over", page=HANDOVER)
def handover_empty(stage: Stage) -> None:
    handovers.running(stage, Sheet())


@scene(
    zh="人工核验 9|角美疾控 王医生|核酸超时|先由交班组长确认",
    en="Manual check 9|test too old|confirms first",
    page=HANDOVER,
)
def handover(stage: Stage) -> None:
    handovers.running(stage, handovers.FULL)


@scene(zh="装备与物资|区督查组 2 人|记一次督查|才结束", en="Equipment|Add a visit|ends at 16:00", page=HANDOVER)
def handover_writing(stage: Stage) -> None:
    """The part a lead writes, and a lead who would hand over hours before the end."""
    handovers.running(stage, handovers.FULL, early=True)
    page = stage.handover
    page.gives.pin.setText("135790")
    page.gives.confirm.click()
    stage.until(lambda: page.sheet.notes.y() > page.sheet.visits.y() > 0)
    QTest.qWait(50)  # the lines find their heights
    page.sheet.ensureWidgetVisible(page.sheet.notes)


@scene(
    zh="已交，待接|陈志明|确认接班|编号或 PIN 不对", en="Given, not taken|Take over|Wrong code or PIN", page=HANDOVER
)
def handover_given(stage: Stage) -> None:
    handovers.given(stage)
    page = stage.handover
    page.takes.say(partial(page._sentence, AccessError("pin_wrong")))


@scene(zh="交接完成|陈志明 交给 周雅琴|已交接", en="Handed over|Complete", page=HANDOVER)
def handover_complete(stage: Stage) -> None:
    handovers.complete(stage)


@scene(zh="已逾期|缺交接|逾期 2|只能看", en="Late|Missing|2 late|View only", page=HANDOVER)
def handover_late(stage: Stage) -> None:
    handovers.late(stage)


@scene(zh="两边写的都留下了", en="both are kept", page=HANDOVER)
def handover_meanwhile(stage: Stage) -> None:
    handovers.meanwhile(stage)


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


@scene(zh="编号|PIN|签到", en="Code|PIN|Sign in", page=SIGN_IN)
def sign_in(stage: Stage) -> None:
    stage.main.open(SIGN_IN)
    stage.main.sign_in.code.setText("1001")
    stage.main.sign_in.pin.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(stage.main.sign_in.pin, "246")


@scene(zh="语言|夜间", en="Language|Night", page=SETTINGS)
def settings(stage: Stage) -> None:
    stage.main.open(SETTINGS)


@contextmanager
def _first_run(stage: Stage) -> Iterator[None]:
    with TemporaryDirectory() as folder, first_start(stage, Path(folder) / "new"):
        yield


_keep(Scene("first_run", _first_run, _words("演示|English", "demo|中文"), "first_run"))


for _name, _arrive, _page, _says in (
    ("arrival", attendance.arrival, GATE, _words("李娜 已到岗 07:52", "李娜 came at 07:52")),
    ("roll_call", attendance.roll_call, GATE, _words("应到 4 实到 2 另 1 人", "2 of 4 here, 1 more")),
    (
        "handover_attendance",
        attendance.on_sheet,
        HANDOVER,
        _words(
            "应到 4，实到 3，另到 1|已到 07:52|已离岗 11:30|未到|李娜 离岗",
            "3 of 4 came|not here|left 11:30|李娜 leaves",
        ),
    ),
    (
        "handover_stranger",
        attendance.unknown,
        HANDOVER,
        _words("出勤：到 2 人|不是本站发的胸牌", "Attendance: 2 came|Not one of this station"),
    ),
):
    _keep(Scene(_name, _arrive, _says, _page))
