"""Nothing outlives the window, however it ends and whatever is wrong then: no thread, no process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.station.sounds import Ears
from tests.ui.shell.ending import TROUBLES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ALSA, signals and /proc")

LEFT_BEHIND = {"camera_hangs": ["capture"], "source_hangs": ["camera", "closing"]}
"""A read that never returns cannot be ended: its thread ends with the process, which it does not hold up."""


@pytest.fixture
def ears(tmp_path: Path) -> Iterator[Ears]:
    ears = Ears(tmp_path)
    yield ears
    ears.close()


def session_of(leader: int) -> list[str]:
    """What still runs of all that was started by a process, or by what it started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, fields = stat.read_text().rpartition(")")
        except OSError:
            continue  # it has just ended
        if int(fields.split()[3]) == leader:
            found.append(name)
    return found


@pytest.mark.parametrize(
    ("trouble", "way"),
    [*((trouble, "SIGTERM") for trouble in TROUBLES), ("none", "close"), ("none", "leave"), ("speaking", "close")],
)
def test_nothing_outlives_the_window(ears: Ears, trouble: str, way: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.shell.ending", trouble, way],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "ALSA_CONFIG_PATH": str(ears.config)},
    ) as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert json.loads(out.splitlines()[-1]) == LEFT_BEHIND.get(trouble, []), err
    assert session_of(process.pid) == []
    assert ("条记录未能写入" in err) == (trouble == "log_held"), err  # that vehicle, and perhaps one begun since
