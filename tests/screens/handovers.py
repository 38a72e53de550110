"""Handovers on the stage's page: an early shift of a day in November, at each of its steps."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from shifts.handover import Confirmation, Handover, Mention, Presence, Sheet, Supply, Visit
from shifts.model import SHANGHAI, DatedShift, Duty
from station.handover import OVERDUE, Listed, Standing
from tests.screens.stage import LEAD, OFFICER, Stage
from ui.handover.keeping import Loaded, Step, own_of
from ui.pages import HANDOVER

DAY = date(2026, 11, 24)
NIGHT, EARLY, MIDDLE = DatedShift(DAY - timedelta(days=1), "night"), DatedShift(DAY, "early"), DatedShift(DAY, "middle")
BEFORE = DatedShift(DAY - timedelta(days=1), "middle")
TAKER = "2002"
NAMES = {LEAD.code: LEAD.name, OFFICER.code: OFFICER.name, TAKER: "周雅琴"}


def at(hour: int, minute: int) -> datetime:
    """A time of that day."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=SHANGHAI)


FULL = Sheet(
    verdicts=(("pass", 412), ("review", 9), ("refuse", 3)),
    attendance=(
        Presence(LEAD.code, LEAD.name, Duty.LEAD, at(7, 48)),
        Presence(OFFICER.code, OFFICER.name, Duty.CODE_CHECKER, at(7, 52)),
        Presence("1003", "吴志刚", Duty.TEMPERATURE),
    ),
    open_reviews=(
        Mention("1", at(14, 12), "闽E·1***5", "health_yellow"),
        Mention("2", at(15, 31), "粤B·2***8", "fault", "角美疾控 王医生"),
    ),
    refused=(
        Mention("3", at(9, 4), "闽E·5***1", "test_too_old"),
        Mention("4", at(11, 47), "闽D·6***2", "health_red", "区疾控、镇政府"),
        Mention("5", at(13, 20), None, "turn_back"),
    ),
    faults=(("camera_failed", 2),),
    trust_age_hours=5.5,
    supplies=(
        Supply("N95 口罩", 40, "不足，已报区里"),
        Supply("额温枪", 3, "2 号送修"),
        Supply("手持扫码枪", 2),
    ),
    visits=(Visit(at(10, 30), "区督查组 2 人", "采样点没有公示", "已张贴，12:10 拍照回复"),),
    notes="国道施工到 20:00，货车改走东侧车道。\n闽E·1***5 的司机在等疾控回电。",
)


def turn_to(
    stage: Stage,
    handover: Handover,
    now: datetime,
    listed: tuple[Listed, ...],
    *,
    leads: bool = True,
) -> None:
    """Show a sheet that is in no log, as if it were; nothing is asked for any more."""
    page = stage.handover
    if page._minute.isActive():  # the station's day, which goes by, from now on this one
        page._minute.stop()
        stage.station.bridge.health_changed.disconnect(page.show_health)
    page._shelf.officer = LEAD.code if leads else OFFICER.code
    page._now = lambda: now
    heard: list[object] = []
    page._shelf.loaded.connect(heard.append)
    stage.main.open(HANDOVER)  # which asks, too
    page.refresh()
    stage.until(lambda: heard[1:])
    for card in (page.gives, page.takes):
        card.say()
        card.code.clear()
    page.sheet.verticalScrollBar().setValue(0)
    page.show_loaded(Loaded(listed, handover, NAMES, leads))
    stage.main.show_overdue(sum(one.standing in OVERDUE for one in listed))


def running(stage: Stage, sheet: Sheet, *, early: bool = False) -> None:
    """The early shift, shortly before its end or in its midst."""
    now = at(12, 40) if early else at(15, 40)
    turn_to(stage, Handover("LS", EARLY, sheet), now, (Listed(EARLY, Standing.RUNNING, given=False), *_DONE))


def given(stage: Stage) -> None:
    """The outgoing lead has confirmed."""
    handover = Handover("LS", EARLY, FULL, Confirmation(LEAD.code, at(16, 2)))
    listed = Listed(MIDDLE, Standing.RUNNING, given=False), Listed(EARLY, Standing.NOW, given=True)
    turn_to(stage, handover, at(16, 4), (*listed, *_DONE))


def complete(stage: Stage) -> None:
    """Both have."""
    handover = Handover("LS", EARLY, FULL, Confirmation(LEAD.code, at(16, 2)), Confirmation(TAKER, at(16, 9)))
    listed = Listed(MIDDLE, Standing.RUNNING, given=False), Listed(EARLY, Standing.COMPLETE, given=True)
    turn_to(stage, handover, at(16, 10), (*listed, *_DONE))


def late(stage: Stage) -> None:
    """Nobody has, for hours; and the shift before it never was handed over. An officer looks on."""
    listed = (
        Listed(MIDDLE, Standing.RUNNING, given=False),
        Listed(EARLY, Standing.LATE, given=False),
        Listed(NIGHT, Standing.MISSING, given=True),
        Listed(BEFORE, Standing.COMPLETE, given=True),
    )
    turn_to(stage, Handover("LS", EARLY, FULL), at(18, 20), listed, leads=False)


def meanwhile(stage: Stage) -> None:
    """Another station wrote on the sheet that is being written here."""
    running(stage, FULL)
    page = stage.handover
    assert page._base is not None
    page._kept(Step(replace(page._base, steps=3), own_of(FULL), meanwhile=True))


_DONE = Listed(NIGHT, Standing.COMPLETE, given=True), Listed(BEFORE, Standing.COMPLETE, given=True)
