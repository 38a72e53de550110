"""Every state an officer meets, by name: how the station gets there, and the words that must then be on the screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.screens import scenes_audit, scenes_gate, scenes_handover, scenes_roster  # noqa: F401 -- for what they put into `SCENES`
from tests.screens.scene import SCENES, Scene, keep, scene, words
from tests.screens.stage import CHIEF, OFFICER, Stage, first_start
from ui.first_run.forms import Fields
from ui.first_run.window import FirstRun
from ui.pages import GATE, LOG, SETTINGS, SIGN_IN

__all__ = ["SCENES", "Scene"]


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
def _locked(stage: Stage) -> Iterator[None]:
    """Nobody touched the desk for long."""
    stage.main.idle.idle.emit()
    stage.until(lambda: not stage.main.buttons[GATE].isEnabled())
    try:
        yield
    finally:
        stage.have(OFFICER)


@contextmanager
def _administrator(stage: Stage) -> Iterator[None]:
    """Somebody has the desk who checks no vehicles and sees nobody's data."""
    stage.have(CHIEF)
    stage.main.open(LOG)
    stage.log.table.selectRow(0)
    stage.until(stage.log.pane.isVisible)
    try:
        yield
    finally:
        stage.log.close_detail()
        stage.have(OFFICER)


keep(Scene("locked", _locked, words("已锁定|正在查的车还在|解锁", "locked|the vehicle in hand|Unlock"), SIGN_IN))
keep(Scene("administrator", _administrator, words("不查车|显示全部信息", "checking nothing|Show in full"), LOG))


# --- the first start -------------------------------------------------------------------------------------------------

PLACE, SOMEBODY = ("龙士", "LS", "LS-1"), ("9001", "周敏", "区指挥部", "864203", "864203")


def _first_run(name: str, zh: str, en: str) -> Callable[[Callable[[Stage, FirstRun], None]], None]:
    """A scene of another machine's first start, from its first question on."""

    def enter(arrive: Callable[[Stage, FirstRun], None]) -> None:
        @contextmanager
        def there(stage: Stage) -> Iterator[None]:
            with TemporaryDirectory() as folder, first_start(stage, Path(folder) / "new") as asking:
                arrive(stage, asking)
                yield

        keep(Scene(name, there, words(zh, en), "first_run"))

    return enter


@_first_run("first_run", "演示|English", "demo|中文")
def _(_stage: Stage, _asking: FirstRun) -> None:
    pass


@_first_run("first_place", "第 1 步|例如 LS|请填写“查验点代码”", "Step 1|such as LS|Fill in “Checkpoint's code”")
def _(_stage: Stage, asking: FirstRun) -> None:
    _walk(asking, ())
    asking.place.fields["first_place_name"].setText(PLACE[0])
    asking.next.click()


@_first_run("first_admin", "管理员|再输一次 PIN|太容易猜到", "Administrator|PIN again|easily guessed")
def _(_stage: Stage, asking: FirstRun) -> None:
    _walk(asking, PLACE, (*SOMEBODY[:3], "9001", "9001"))


@_first_run("first_lead", "带班组长|station people add", "Shift lead|station people add")
def _(_stage: Stage, asking: FirstRun) -> None:
    _walk(asking, PLACE, SOMEBODY)


@_first_run("first_officer", "查验员|编号 9001 用了两次", "Officer|Code 9001 is used twice")
def _(_stage: Stage, asking: FirstRun) -> None:
    _walk(asking, PLACE, SOMEBODY, (), SOMEBODY)


@_first_run(
    "first_files",
    "文件|不认识的项 “rest_minuts”|开始使用|请先换掉或清空有问题的文件",
    "Files|unknown key “rest_minuts”|Start|Replace or clear the file that cannot be used",
)
def _(stage: Stage, asking: FirstRun) -> None:
    """None of the three can be used: the longest this form gets."""
    _walk(asking, PLACE, SOMEBODY, (), ())
    for row in asking.files.rows.values():
        with NamedTemporaryFile(suffix=".toml") as file:
            file.write(b"rest_minuts = 3\n")
            file.flush()
            row.path.setText(file.name)
            row.read()
            stage.until(lambda row=row: row.wrong)  # type: ignore[misc]  # it is asked at once
    asking.next.click()


def _walk(asking: FirstRun, *answers: tuple[str, ...]) -> None:
    """From step to step, each answered so."""
    asking.real.click()
    for form, values in zip(asking.steps, answers, strict=False):
        if isinstance(form, Fields) and values:
            for field, value in zip(form.fields.values(), values, strict=True):
                field.setText(value)
        asking.next.click()
