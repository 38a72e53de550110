"""What every test lives by: no leaked thread, no screen unless asked, shared data only where it is."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("STATION_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show Qt windows on the real display")
    parser.addoption("--prove", action="store_true", help="run the long rounds of proofs instead of the short ones")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A test that leaves a thread behind fails: nothing may outlive what started it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads left running: {sorted(thread.name for thread in left)}"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a machine of its own: keys, database and configuration live under its `tmp_path`."""
    home = tmp_path / "station-home"
    monkeypatch.setenv("STATION_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The public test data beside the project; without it the test is skipped, and says so."""
    if not SHARED.is_dir():
        pytest.skip("no shared data")
    return SHARED
