"""Handing over, and who is there, in each of their states."""

from functools import partial

from PySide6.QtTest import QTest

from shifts.handover import Sheet
from station.access import AccessError
from tests.screens import attendance, handovers
from tests.screens.scene import Scene, keep, scene, words
from tests.screens.stage import Stage
from ui.pages import GATE, HANDOVER


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


for _name, _arrive, _page, _says in (
    ("arrival", attendance.arrival, GATE, words("李娜 已到岗 07:52", "李娜 came at 07:52")),
    ("roll_call", attendance.roll_call, GATE, words("应到 4 实到 2 另 1 人", "2 of 4 here, 1 more")),
    (
        "handover_attendance",
        attendance.on_sheet,
        HANDOVER,
        words(
            "应到 4，实到 3，另到 1|已到 07:52|已离岗 11:30|未到|李娜 离岗",
            "3 of 4 came|not here|left 11:30|李娜 leaves",
        ),
    ),
    (
        "handover_stranger",
        attendance.unknown,
        HANDOVER,
        words("出勤：到 2 人|不是本站发的胸牌", "Attendance: 2 came|Not one of this station"),
    ),
):
    keep(Scene(_name, _arrive, _says, _page))
