"""The gate and the log, in each of their states."""

from scanner.credentials import HealthState, TestResult
from station.decisions import Decision
from station.session import Session
from station.verdict import Outcome
from tests.screens.scene import scene
from tests.screens.stage import CHEN, LEAD, LI, LIN, OFFICER, WANG, Stage, car
from ui.gate.by_hand import ByHandPanel
from ui.gate.panel import Tool
from ui.gate.plate_pad import PlatePad
from ui.log.filters import BETWEEN, RANGES
from ui.pages import LOG

# --- while a vehicle is checked --------------------------------------------------------------------------------------


@scene(
    zh="待查|请驾驶员出示健康码和核酸证明|1 人|更多|免检车辆",
    en="Wanted|Driver: health code and test, please|More\npeople|Exempt",
)
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
    stage.until(lambda: not stage.main.status.marks["camera"][0].well)


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


@scene(
    zh="等候 2 辆|闽E·5***1　还须休息 4:|粤B·2***8　等候中|继续查验",
    en="Waiting: 2|闽E·5***1   rest 4:|粤B·2***8   waiting|Resume",
)
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


@scene(zh="只查了最近 31 天", en="the last 31 days only", page=LOG)
def log_sought(stage: Stage) -> None:
    log(stage)
    stage.log.bar.sought.setText("闽E")
    stage.log.apply()
    stage.until(lambda: "31" in stage.log.count.text())


@scene(zh="结束时间须晚于开始时间", en="Refresh", page=LOG)
def log_problem(stage: Stage) -> None:
    log_between(stage)
    stage.log.bar.until.setDateTime(stage.log.bar.since.dateTime())
    stage.log.apply()
