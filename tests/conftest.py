"""What every test lives by: no leaked thread, no screen unless asked, shared data only where it is."""

import gc
import os
import signal
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from db import pins, reserve
from tests.progress import Progress

PASSED = pytest.StashKey[bool]()
LONG = {"tests/ui/test_run.py", "tests/ui/shell/test_end.py", "tests/ui/driver/test_window.py"}
"""Files of a minute that would come last: begun first, so that none goes on while the other processes have ended."""
SHARED = Path(os.environ.get("STATION_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show Qt windows on the real display")
    parser.addoption("--prove", action="store_true", help="run the long rounds of the proofs, and only those")
    parser.addoption("--fresh", action="store_true", help="proofs start anew instead of going on where they stopped")
    parser.addoption("--seed", type=int, help="the seed of every `progress`, to repeat a run")


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a shell's background; what we start would inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # `make test` tries the same examples every time, so that a red run means a change; `make prove` tries new ones.
    # No example has a deadline: how fast it is, benchmarks tell.
    settings.register_profile("steady", derandomize=not config.getoption("--prove"), deadline=None)
    settings.load_profile("steady")
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # The same argon2id at a small cost: at the real one, some thousand hashes were a fifth of the tests' time. From
    # here on, since modules of tests keep hashes. What runs in processes of its own, and benchmarks, pay the real one.
    pins.HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    proving = bool(config.getoption("--prove"))
    left = [item for item in items if (item.get_closest_marker("prove") is not None) != proving]
    items[:] = sorted((item for item in items if item not in left), key=lambda item: item.location[0] not in LONG)
    config.hook.pytest_deselected(items=left)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report


def pytest_collection_finish() -> None:
    gc.freeze()  # what is there to the end need not be looked at after each test


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """As in the running window: a widget in a cycle that Python collects on another thread, Qt may destroy twice."""
    if "qapp" not in getattr(item, "fixturenames", ()):  # whoever has widgets has it
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()  # what outlives a test mostly stays to the end: no need to look at it after each
        gc.enable()


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A test that leaves a thread behind fails: nothing may outlive what started it."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads left running: {sorted(thread.name for thread in left)}"


@pytest.fixture(autouse=True, scope="session")
def small_reserve() -> Iterator[None]:
    """Each test's log has a reserve of its own: at its real size all of them would fill a disk."""
    with patch.object(reserve, "SIZE", 1 << 16):
        yield


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


@pytest.fixture
def progress(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Progress]:
    """The seed and finished rounds of a test of many rounds; of a proof they outlive the run until it has passed."""
    config, test = request.config, request.node
    proving = test.get_closest_marker("prove") is not None
    folder = config.rootpath / ".cache" / "prove" if proving else tmp_path
    rounds = Progress(folder, test.nodeid, seed=config.getoption("--seed"), fresh=config.getoption("--fresh"))
    line = f"{test.nodeid}: seed {rounds.seed}, {rounds.done} rounds done"
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if proving and reporter:
        reporter.write_line(f"\n{line}")  # past pytest's capture: a proof that is killed has named its seed
        reporter.flush()
    else:
        print(line)  # shown if the test fails
    yield rounds
    if test.stash.get(PASSED, False):
        rounds.forget()
