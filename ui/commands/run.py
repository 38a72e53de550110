"""`station run`: open the station's window; without a display, or when asked to, work in the terminal."""

import argparse
import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from scanner.camera import list_cameras, open_camera
from scanner.source import open_source
from station import logs, texts
from station.gate import Gate
from station.home import home, preferences_path
from station.masking import mask_plate
from station.policy import read_policy
from station.preferences import Preferences, load_preferences
from station.session import Told
from station.texts import Language
from station.toml_file import FileError
from station.verdict import Outcome, Verdict
from ui import console
from ui.arguments import filled, number, seed
from ui.demo_officer import traffic
from ui.headless import Served, serve_camera, serve_demo, serve_pictures
from ui.opening import open_gate, open_log, which_camera
from ui.parser import add_common
from ui.picture_officer import Reel
from ui.scenarios import SCENARIOS

log = logging.getLogger(__name__)

DEMO_POLICY = """\
# The demonstration's policy: as the default, but nobody waits five minutes for a second temperature.
version = "demo-1"
notice = "演示"
rest_minutes = 0
"""
DEMO, CAMERA = "demo", "camera"
_WIDTHS = (3, 17, 10, 12, 4, 50)


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    parser.add_argument(
        "--source", type=filled, metavar="camera|demo|FOLDER|VIDEO", help="画面来源 · source of pictures"
    )
    parser.add_argument("--camera", type=filled, metavar="NAME|PATH", help="用哪台摄像头 · which camera")
    parser.add_argument("--database", type=filled, metavar="URL", help="通行记录数据库 · the passage log")
    parser.add_argument("--kiosk", action="store_true", help="全屏 · the window fills the screen")
    parser.add_argument("--headless", action="store_true", help="在终端运行 · in the terminal")
    parser.add_argument("--vehicles", type=number, default=24, metavar="N", help="演示车辆数 · how many demo vehicles")
    parser.add_argument("--seed", type=seed, default=1, metavar="N", help="演示的随机种子 · the demo's seed")
    parser.add_argument("--unpaced", action="store_true", help="不按实时节奏 · as fast as it goes")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Open the window, or work in the terminal."""
    if options.camera is not None and options.source not in {None, CAMERA}:
        raise console.UsageError("camera_unused", source=options.source)
    if not options.headless and not options.json and _has_display():
        from station.voice import Voice  # noqa: PLC0415 -- as below
        from ui.app import run_window  # noqa: PLC0415 -- brings Qt, which a terminal need not have

        work = partial(run_window, options, open_voice=Voice, camera=options.camera)
    else:
        work = partial(_work_in_terminal, options)
    with logs.kept(home() / "logs"):
        log.info("the desk starts")
        code = work()
        log.info("the desk has stopped: %s", code)
    return code


def _work_in_terminal(options: argparse.Namespace) -> int:
    """Serve vehicles until the source ends, and tell each one."""
    language: Language = options.language
    with open_log(options.database, language) as database:
        for line in _surroundings(options, language):
            console.warn(line)
        demo = options.source == DEMO
        gate = open_gate(database, policy=read_policy(DEMO_POLICY.encode(), "demo policy") if demo else None)
        counts: Counter[Outcome] = Counter()
        rows: list[dict[str, object]] = []
        wrong = 0
        with _stopped_as_by_ctrl_c(), closing(_served(gate, options)) as stream:
            for served in stream:
                if isinstance(served, Told):
                    console.warn(texts.error(served.code, served.params, language))
                    continue
                if not counts and not options.json:
                    console.say(_header(language))
                counts[served.verdict.outcome] += 1
                wrong += _passed_wrongly(served)
                if options.json:
                    rows.append(_as_json(served, language))
                else:
                    console.say(_line(sum(counts.values()), served, language))
        unsaved = len(gate.unsaved)
        if unsaved:
            console.warn(texts.error("rows_unsaved", {"count": unsaved}, language))
        kept = sum(counts.values()) - unsaved
        if options.json:
            console.say_json({"vehicles": rows, "database": str(database.path), "kept": kept, "unsaved": unsaved})
        elif not counts:
            console.say(texts.error("no_codes_seen", {}, language))
        else:
            console.say(_summary(counts, kept, database.path, language))
    return console.INTERNAL if wrong or unsaved else 0


def _surroundings(options: argparse.Namespace, language: Language) -> Iterator[str]:
    """Decide where pictures come from; what is not there, and what is done instead."""
    if not options.headless and not _has_display():
        yield texts.error("no_display", {}, language)
    if options.source is None:
        options.source = CAMERA if options.camera is not None or list_cameras() else DEMO
        if options.source == DEMO:
            yield texts.error("no_camera", {}, language)
    if options.source == CAMERA:
        yield texts.error("nobody_enters", {}, language)


def _has_display() -> bool:
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _served(gate: Gate, options: argparse.Namespace) -> Generator[Served | Told]:
    paced = not options.unpaced
    if options.source == DEMO:
        return serve_demo(gate, traffic(seed=options.seed, count=options.vehicles, paced=paced))
    if options.source == CAMERA:
        which, known = which_camera(options.camera, _preferences(options.language))
        return serve_camera(gate, partial(open_camera, which, known=known))
    return serve_pictures(gate, Reel(open_source(options.source, paced=False), paced=paced))


def _preferences(language: Language) -> Preferences:
    try:
        return load_preferences(preferences_path())
    except FileError as problem:
        console.warn(console.sentence(problem, language))
        return Preferences()


@contextmanager
def _stopped_as_by_ctrl_c() -> Iterator[None]:
    """What stops a service keeps the vehicle in hand, as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _passed_wrongly(served: Served) -> bool:
    expected = served.vehicle.scenario.expected if served.vehicle else None
    return served.verdict.outcome is Outcome.PASS and expected not in {None, Outcome.PASS.word}


def _header(language: Language) -> str:
    names = ("#", "演示", "车牌", "结论", "毫秒", "理由")
    if language == "en":
        names = ("#", "demo", "plate", "verdict", "ms", "reason")
    return console.line(names, _WIDTHS) + "\n" + "  ".join("─" * size for size in _WIDTHS)


def _line(number: int, served: Served, language: Language) -> str:
    return console.line(
        (
            str(number),
            console.choose(SCENARIOS, served.vehicle.scenario.label, language) if served.vehicle else "",
            mask_plate(served.plate) if served.plate else "",
            texts.outcome(served.verdict.outcome, language),
            f"{served.milliseconds:.0f}",
            _why(served.verdict, language),
        ),
        _WIDTHS,
    )


def _why(verdict: Verdict, language: Language) -> str:
    """What decided; for a pass, what spoke for the first of them."""
    if verdict.outcome is not Outcome.PASS:
        return texts.reason(verdict.deciding, language)
    return " · ".join(texts.reason(reason, language) for reason in verdict.occupants[0].reasons)


def _as_json(served: Served, language: Language) -> dict[str, object]:
    return {
        "scenario": served.vehicle.scenario.label if served.vehicle else None,
        "expected": served.vehicle.scenario.expected if served.vehicle else None,
        "verdict": served.verdict.outcome.word,
        "reason": texts.reason(served.verdict.deciding, language),
        "passage": served.passage,
        "milliseconds": round(served.milliseconds, 1),
    }


def _summary(counts: Counter[Outcome], kept: int, path: Path, language: Language) -> str:
    said = " · ".join(f"{texts.outcome(outcome, language)} {counts[outcome]}" for outcome in Outcome)
    return f"\n{said}\n" + texts.error("rows_kept", {"count": kept, "path": str(path)}, language)
