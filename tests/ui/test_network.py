"""The running station is on no network: it neither listens nor calls anybody."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from db import passages
from db.engine import open_database

PATIENCE = 120.0
"""Seconds for what takes a few."""
INTERNET = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6")
"""Tables of /proc/net, a socket a row. Not `unix`, which stays on this machine."""
INODE = 9
"""In which of a row's fields it stands."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc")


def on_the_network(session: int) -> list[str]:
    """The network's sockets that are open in any process of a session, each by its row in /proc/net."""
    tables = [table for name in INTERNET if (table := Path("/proc/net") / name).exists()]
    rows = [row for table in tables for row in table.read_text().splitlines()[1:]]
    ours = _sockets(session)
    return [row for row in rows if row.split()[INODE] in ours]


def _sockets(session: int) -> set[str]:
    """The inodes of all sockets of its processes."""
    found: set[str] = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            if int((process / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                found.update(*(re.findall(r"socket:\[(\d+)]", _to(one)) for one in (process / "fd").iterdir()))
    return found


def _to(link: Path) -> str:
    with suppress(OSError):  # closed meanwhile
        return str(link.readlink())
    return ""


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_a_socket_that_is_open_is_found(kind: socket.SocketKind) -> None:
    with socket.socket(type=kind) as ours:
        ours.bind(("127.0.0.1", 0))
        if kind is socket.SOCK_STREAM:
            ours.listen()
        assert any(f"0100007F:{ours.getsockname()[1]:04X}" in row for row in on_the_network(os.getsid(0)))


@pytest.mark.parametrize("face", ["terminal", "window"])
def test_a_running_station_is_on_no_network(tmp_path: Path, face: str) -> None:
    log = tmp_path / "log.db"
    open_database(log, create=True).close()  # two that make the same log at once would be another test
    display = {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"} if face == "window" else {}
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    arguments = ["run", "--source", "demo", "--database", str(log), *(["--headless"] if face == "terminal" else [])]
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", *arguments],
        cwd=Path(__file__).parents[2],
        env={**environment, **display, "STATION_HOME": str(tmp_path / "home")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as station:
        try:
            _until_a_vehicle_was_served(log, station)
            assert on_the_network(station.pid) == []
            station.send_signal(signal.SIGTERM)
            station.wait(PATIENCE)
        finally:
            station.kill()


def _until_a_vehicle_was_served(log: Path, station: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    with open_database(log) as database:
        while not passages.page(database):
            assert station.poll() is None, "it ended early"
            assert time.monotonic() < deadline, "no vehicle came"
            time.sleep(0.2)
