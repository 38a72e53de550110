"""The window as an officer has it: how soon it stands, how smoothly it runs, how soon a verdict is seen and heard.

Each figure comes from the real window in processes of its own (`benchmarks.children`), on two cores, 1280×720,
drawn into memory and not onto a display. The program's files are in the page cache; a machine just switched on waits
for its disk as well.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.harness import Row

STARTS = 5
PATIENCE = 180.0
START, DEMO = (("-m", "benchmarks.children.demo", job) for job in ("start", "demo"))
GATE = ("-m", "benchmarks.children.gate")
QUIET = "pcm.!default { type null }\n"
BARE = """
import time
from PySide6.QtWidgets import QApplication, QLabel
application, label = QApplication([]), QLabel("station")
label.resize(1280, 720)
label.show()
application.processEvents()
print(time.time())
"""


def run() -> list[Row]:
    """Every aim of the window's."""
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".window-") as name:
        folder = Path(name)
        sound = folder / "asound.conf"
        sound.write_text(QUIET)
        around = os.environ | {"QT_QPA_PLATFORM": "offscreen", "ALSA_CONFIG_PATH": str(sound)}
        return [*_starts(folder, around), *_demo(folder, around), *_gate(folder, around)]


def _starts(folder: Path, around: dict[str, str]) -> list[Row]:
    usable: list[float] = []
    first: list[float] = []
    picture, bare = [], []
    for number in range(STARTS):
        begun = time.time()
        bare.append(float(_output(("-c", BARE), around)) - begun)
        for home, taken in ((f"new{number}", first), ("used", usable)):
            begun = time.time()
            told = _told(START, folder / home, around)
            taken.append(told["usable"] - begun)
        picture.append(told["picture"] - begun)
    stands = median(usable[1:])  # the first of them found no database yet
    return [
        Row("cold start → gate page painted", stands, "s", "bare label", median(bare), "≤ 2 s", stands <= 2),
        Row("the same, camera's first picture on it", median(picture[1:]), "s"),
        Row("the same, on a machine without a database", median(first), "s"),
    ]


def _demo(folder: Path, around: dict[str, str]) -> list[Row]:
    late = _told(DEMO, folder / "used", around)["late"]
    worst = 1000 * quantiles(late, n=100)[98]
    return [
        Row("demo: a 10 ms GUI timer's lateness, p99", worst, "ms", bound="≤ 30 ms", ok=worst <= 30),
        Row("the same, worst", 1000 * max(late), "ms"),
    ]


def _gate(folder: Path, around: dict[str, str]) -> list[Row]:
    told = _told(GATE, folder / "gate", around)
    rate, shown = len(told["gaps"]) / sum(told["gaps"]), 1000 * median(told["shown"])
    rows = [
        Row("preview of 30 fps, a code read in each", rate, "fps", bound="≥ 25 fps", ok=rate >= 25),
        Row("code visible → kept verdict painted", shown, "ms", bound="≤ 150 ms", ok=shown <= 150),
    ]
    if told["spoken"]:  # none where there is no player, or no engine
        spoken = 1000 * median(told["spoken"])
        rows.append(Row("verdict → aplay started", spoken, "ms", bound="≤ 150 ms", ok=spoken <= 150))
    return rows


def _told(job: tuple[str, ...], home: Path, around: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_output(job, around | {"STATION_HOME": str(home)}))
    return told


def _output(arguments: tuple[str, ...], around: dict[str, str]) -> str:
    command = (sys.executable, *arguments)
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=False, timeout=PATIENCE)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout
