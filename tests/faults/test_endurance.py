"""Many vehicles through the whole window: every row kept, nothing of one left for the next, and no memory lost."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from station.verdict import Code
from tests.faults.endurance import Course
from tests.progress import Progress
from tests.station.sounds import alsa

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ALSA and /proc")

WARM, WINDOW, TIDE = 500, 300, 10
"""Vehicles until the heap has found its size; over which a median is taken; and of which the least memory counts.

The pictures being drawn come and go by 14 MB each; what stays is seen when they have gone.
"""


def lead_through(vehicles: int, seed: int, folder: Path) -> Course:
    """Every vehicle has its one row, with the verdict its story wants, and has gone from the screen.

    One in two hundred may be a review because a picture of its code could not be read, as at any camera.
    """
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.endurance", str(vehicles), str(seed)],
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "ALSA_CONFIG_PATH": str(alsa(folder, "type null"))},
    )
    course = Course(**json.loads(ended.stdout.splitlines()[-1]))
    assert len(course.wanted) == vehicles
    assert [plate for plate, _ in course.kept] == [plate for plate, _ in course.wanted]
    strayed = [
        (kept, wanted, why)
        for kept, wanted, why in zip(course.kept, course.wanted, course.why, strict=True)
        if kept != wanted and (kept[1], why) != ("review", [Code.CODE_UNREADABLE])
    ]
    assert strayed == []
    assert sum(kept != wanted for kept, wanted in zip(course.kept, course.wanted, strict=True)) <= 1 + vehicles // 200
    assert course.stale == []
    return course


def test_30_vehicles_leave_30_rows_and_nothing_on_the_screen(tmp_path: Path, progress: Progress) -> None:
    lead_through(30, progress.seed, tmp_path)


def staying(memory: list[float]) -> float:
    """The median of the ebbs."""
    return median(min(memory[start : start + TIDE]) for start in range(0, len(memory), TIDE))


@pytest.mark.prove
def test_endurance_of_2000_vehicles(tmp_path: Path, progress: Progress) -> None:
    course = lead_through(2000, progress.seed, tmp_path)
    first, last = staying(course.memory[WARM : WARM + WINDOW]), staying(course.memory[-WINDOW:])
    told = f"{first:.0f} MB, in the end {last:.0f} MB; {2000 / course.seconds:.1f} vehicles a second"
    print(f"seed {progress.seed}: {told}")
    assert last < 1.03 * first, told
