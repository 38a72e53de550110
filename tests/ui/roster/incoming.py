"""What a lead does with spreadsheets and the board: reads, looks, takes over, publishes."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shifts.model import RosterProblem
from station.texts_roster import DUTIES
from tests.ui.roster.conftest import LEAD, Stage
from ui.roster.intake import Intake

HEADING = ("姓名", "工号", "单位", "岗位")


def listed(problem: RosterProblem) -> list[tuple[str, ...]]:
    """Everybody as a lead's list has them."""
    return [
        (one.name, one.code, "、".join(sorted(one.units)), "、".join(DUTIES[duty][0] for duty in sorted(one.duties)))
        for one in problem.people
    ]


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def intake(stage: Stage) -> Intake:
    return stage.page.exchange.intake


def read(stage: Stage, kind: str, path: Path) -> None:
    """Read a table for the form, and wait until it is shown."""
    intake(stage).read(kind, path)
    shown(stage)


def begin(stage: Stage) -> None:
    """Open the form of a new roster."""
    stage.page.exchange.begin_anew()
    stage.until(intake(stage).form.isVisible)


def shown(stage: Stage) -> None:
    preview = intake(stage).preview
    stage.until(
        lambda: preview.isVisible() and (preview.model.rows or preview.faults.rows or preview.problem.isVisible())
    )


def bring(stage: Stage, kind: str, path: Path) -> None:
    """Read a table for the roster on the board."""
    intake(stage).read(kind, path, (stage.editor.problem, stage.editor.assignments))
    shown(stage)


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def publish(stage: Stage) -> None:
    panel = stage.page.panels.publish
    stage.page.open_publish()
    stage.until(lambda: panel.outlook is not None)
    panel.pin.setText(LEAD[1])
    click(panel.publish)
    stage.until(lambda: "已发布" in stage.page.state.text())
