"""`python -m tests.screens [OUT] [--all] [--docs]`: a picture of every state of the window, for eyes."""

import argparse
import logging
import os
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station.texts import LANGUAGES, Language
from tests.screens.scenes import SCENES, Scene
from tests.screens.stage import Stage, open_stage
from ui.theme import ThemeName

SMALL, LARGE = (1280, 720), (1920, 1080)
DOCS = Path(__file__).parents[2] / "docs" / "images"
CHOSEN = {
    "gate": "filling",
    "pass": "passed",
    "refuse": "refuse",
    "review": "review",
    "plate": "plate",
    "log": "log",
    "handover": "handover",
    "audit": "audit",
}
"""The pictures of README and manual, and the states they show."""
Dress = tuple[tuple[int, int], ThemeName, Language]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description="pictures of every screen")
    parser.add_argument("out", nargs="?", type=Path, default=Path("build/screens"), help="folder (build/screens)")
    parser.add_argument("--all", action="store_true", help="the contrast theme and 1920x1080 as well")
    parser.add_argument("--docs", action="store_true", help="only refresh the pictures under docs/images")
    parser.add_argument("--only", metavar="STATE", nargs="+", choices=SCENES, default=list(SCENES), help="these states")
    options = parser.parse_args()
    if not {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    logging.disable()  # a fault that is shown on purpose
    application = QApplication(["station"])
    with TemporaryDirectory() as home, open_stage(Path(home)) as stage:
        count = sum(1 for _ in (for_docs(stage) if options.docs else for_eyes(stage, options)))
    print(f"{count} pictures in {DOCS if options.docs else options.out}")
    application.quit()


def for_eyes(stage: Stage, options: argparse.Namespace) -> Iterator[Path]:
    """Every state in every dress."""
    options.out.mkdir(parents=True, exist_ok=True)
    themes = list(ThemeName) if options.all else [ThemeName.DAY, ThemeName.NIGHT]
    dresses = list(product((SMALL, LARGE) if options.all else (SMALL,), themes, LANGUAGES))
    for one in map(SCENES.__getitem__, options.only):
        for (width, _), theme, language in dressed(stage, one, dresses):
            path = options.out / f"{one.name}-{theme}-{language}-{width}.png"
            assert stage.window.grab().save(str(path))
            yield path


def for_docs(stage: Stage) -> Iterator[Path]:
    """The chosen ones, in few colours and few bytes."""
    DOCS.mkdir(parents=True, exist_ok=True)
    for name, state in CHOSEN.items():
        path = DOCS / f"{name}.png"
        for _ in dressed(stage, SCENES[state], [(SMALL, ThemeName.DAY, "zh")]):
            assert stage.window.grab().save(str(path))
        with Image.open(path) as picture:
            few = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        yield path


def dressed(stage: Stage, one: Scene, dresses: Iterable[Dress]) -> Iterator[Dress]:
    """Bring the stage into a state, and put on it one dress after another."""
    with one.on(stage):
        for size, theme, language in dresses:
            stage.put_on(size, theme, language)
            for turn in range(4):  # layouts settle in turns of the event loop
                QTest.qWait(1)
                if turn == 1:
                    stage.window.resize(*size)  # in the larger letters of before it may not have become small enough
            yield size, theme, language


if __name__ == "__main__":
    main()
