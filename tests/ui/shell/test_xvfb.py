"""The demo on a real X server: vehicles come through the window by themselves, and SIGTERM leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import passages
from db.engine import open_database

PATIENCE = 120.0
"""Seconds for what takes a few."""
WANTED = 3

pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no Xvfb here (Debian: xvfb)")


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A display of our own, of the smallest size the window is made for."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    with (tmp_path / "xvfb.txt").open("w") as log:
        server = subprocess.Popen(command, pass_fds=[writing], stdout=log, stderr=log)
    os.close(writing)
    try:
        with os.fdopen(reading) as number:  # ends, empty, if the server does
            name = number.readline().strip()
        assert name, (tmp_path / "xvfb.txt").read_text()
        yield f":{name}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def test_the_demo_serves_vehicles_on_a_display_and_ends_when_it_is_told(display: str, tmp_path: Path) -> None:
    log, output = tmp_path / "demo.db", tmp_path / "output.txt"
    open_database(log, create=True).close()  # two that found the same log at once would be another test
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "STATION_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "ui.cli", "run", "--source", "demo", "--kiosk", "--database", str(log)]
    with output.open("w") as said:
        station = subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)
    try:
        _until(lambda: station.poll() is not None or _passed(log) >= WANTED)
        assert station.poll() is None, output.read_text()
        station.send_signal(signal.SIGTERM)
        assert station.wait(PATIENCE) == 0, output.read_text()
    finally:
        station.kill()
        station.wait(PATIENCE)
    assert "Traceback" not in output.read_text()
    with open_database(log) as database:
        rows = passages.page(database, limit=99)
    assert len(rows) >= WANTED
    assert {row.demo for row in rows} == {True}
    _until(lambda: not _alive(station.pid))


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it does not get there"
        time.sleep(0.2)


def _passed(log: Path) -> int:
    """How many vehicles the log holds."""
    with open_database(log) as database:
        return len(passages.page(database, limit=99))


def _alive(session: int) -> bool:
    """Whether any process of that session is left, its children included."""
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    return True
