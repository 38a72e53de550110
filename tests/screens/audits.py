"""The audit page on the stage: a week in November, as if it had been counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from unittest import mock

from db.filters import Filters
from db.stretches import Finding, Kind
from db.verifying import Report
from shifts.model import SHANGHAI
from station.access import Action, Actor
from station.figures import Figures, Ground, Line, Reviews, ShiftCount, Time, Verdicts
from station.passages import MANUAL, ONLINE, UNREAD
from station.verdict import Outcome
from tests.screens.stage import LEAD, OFFICER, Stage
from ui.audit.board import Listed
from ui.audit.panel import WorkPanel
from ui.audit.queries import Counted
from ui.background_job import BackgroundJob
from ui.pages import AUDIT

FIRST = date(2026, 11, 17)
BEGIN = datetime(2026, 11, 17, tzinfo=SHANGHAI)
FILTERS = Filters(since=BEGIN, until=BEGIN + timedelta(days=7))
NAMES = {"3001": "周敏", OFFICER.code: OFFICER.name, LEAD.code: LEAD.name, "1002": "郑美丽", "1003": "欧阳小明"}
AUDITOR = Actor("3001", frozenset({Action.VIEW_FIGURES, Action.EXPORT, Action.EXPORT_PERSONAL}))
_BY_HOUR = (41, 32, 40, 39, 45, 56, 87, 121, 140, 119, 92, 55, 40, 43, 56, 74, 110, 143, 156, 141, 111, 77, 57, 43)
HOURS = {
    BEGIN + timedelta(hours=hour): Verdicts(_BY_HOUR[hour % 24] - hour % 5, 2 + hour * 7 % 6, hour * 3 % 4)
    for hour in range(24 * 7)
}
TOTAL = sum(HOURS.values(), Verdicts())
REVIEWS = Reviews(released=301, turned_back=61, otherwise=48, open=11)
WEEK = Figures(
    FILTERS,
    verdicts=TOTAL,
    kinds={"checked": TOTAL.total - 31, "exempt": 27, "abandoned": 4},
    hours=HOURS,
    shifts=tuple(
        ShiftCount(FIRST + timedelta(days=day), shift, Verdicts(480 - 9 * day, 14 + day, 7 - day))
        for day in range(7)
        for shift in ("early", "middle", "night")
    ),
    by_officer=(
        Line(OFFICER.code, Verdicts(4210, 190, 88), Reviews(140, 31, 20, 4)),
        Line("1002", Verdicts(3904, 151, 101), Reviews(101, 19, 17, 5)),
        Line("1003", Verdicts(3388, 132, 63), Reviews(60, 11, 11, 2)),
        Line(None, Verdicts(12, 0, 0), Reviews()),
    ),
    by_shift=tuple(
        Line(shift, Verdicts(4000, 160, 80), Reviews(100, 20, 16, 4)) for shift in ("early", "middle", "night")
    ),
    reviews=REVIEWS,
    grounds=tuple(
        Ground(code, outcome, count)
        for code, outcome, count in (
            ("test_too_old", Outcome.REFUSE, 141),
            ("code_needs_online", Outcome.REVIEW, 133),
            ("test_missing", Outcome.REVIEW, 96),
            ("holder_mismatch", Outcome.REVIEW, 49),
            ("temperature_high_once", Outcome.REVIEW, 23),
            ("temperature_high_twice", Outcome.REFUSE, 6),
        )
    ),
    families={"jkm1": 10893, ONLINE: 1204, MANUAL: 311, "hc1": 87, UNREAD: 42},
    time=Time(timedelta(seconds=5.8), timedelta(seconds=13.2)),
)


def turn_to(stage: Stage, user: Actor) -> None:
    """Somebody has the desk, as far as the page knows from now on; what is asked for is not to be counted."""
    page = stage.audit
    if "refresh" not in vars(page):
        stage.station.bridge.health_changed.disconnect(page.show_health)
        page.refresh = lambda: None  # type: ignore[method-assign]
    page._now = lambda: BEGIN + timedelta(days=6, hours=20)
    stage.main.open(AUDIT)
    page.set_user(user)


def counted(stage: Stage, figures: Figures = WEEK) -> None:
    """The auditor looks at these."""
    turn_to(stage, AUDITOR)
    page = stage.audit
    page.bar.range.setCurrentIndex(1)
    page.bar._arrange()
    page._take(page._asked, Counted(figures, NAMES, NAMES))
    page.board.by_hour.click()
    page.board.choices[Listed.OFFICERS].click()


@contextmanager
def verifying(stage: Stage) -> Iterator[None]:
    """Somewhere in the middle; nothing passed in the range asked for."""
    counted(stage, Figures(Filters(since=BEGIN, shift="night")))
    page = stage.audit
    page.open_verify()
    with _at_work(page.verify, 412_500, 1_083_412):
        yield


def broken(stage: Stage) -> None:
    """A row edited, one gone, and a clock that leapt."""
    counted(stage)
    page, row = stage.audit, "019ac2b4-7c11-7e0a-9d3f-5b2e8a6c4d10"
    page.open_verify()
    findings = [
        Finding(Kind.EDITED, "LS-1", 1_002_117, "passages", row),
        Finding(Kind.MISSING, "LS-1", 1_004_690, "decisions", row),
        Finding(Kind.CLOCK_LEAPT, "LS-1", 1_000_004, "events", row),
    ]
    page.verify._take(Report(1_083_412, findings, {"LS-1": (1_083_412, "3f8c19d204be77a1" * 4)}))


def export_form(stage: Stage) -> None:
    """The form, filled."""
    counted(stage)
    page = stage.audit
    page.open_export()
    page.export.why.setText("区纪委函〔2026〕18 号")
    page.export.personal.click()


@contextmanager
def _at_work(panel: WorkPanel, done: int, total: int) -> Iterator[None]:
    """As if, for as long as it is looked at."""
    panel._came = None
    panel._progress = done, total
    with mock.patch.object(BackgroundJob, "running", new=property(lambda work: work is panel.work)):
        panel.tell()
        panel.stop.setFocus()
        yield
    panel.tell()
