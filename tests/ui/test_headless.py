"""The terminal's desk before pictures that nobody attends to: photos, films, a live camera."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from db import passages
from db.engine import Database, open_database
from scanner.camera import CameraSource
from scanner.credentials import Health, HealthState, Holder, jkm1
from scanner.source import Frame, Image
from station.eyes import Eyes
from station.gate import Gate
from station.home import demo_signer
from station.session import Told
from station.verdict import Outcome
from tests.scanner.cameras import Device
from tests.scanner.codes import qr
from ui.headless import Served, serve_camera, serve_pictures
from ui.opening import open_gate
from ui.picture_officer import Reel


def code(name: str, state: HealthState = HealthState.GREEN) -> Image:
    issued = datetime.now(UTC) - timedelta(hours=1)
    return qr(jkm1.issue(demo_signer(), Holder(name, id_tail="204X"), health=Health(state), issued=issued))


def blank() -> Image:
    return np.full((48, 64, 3), 200, np.uint8)


@dataclass
class Film:
    """Each of these pictures once."""

    pictures: list[Image]
    fps: float = 2.0
    name: str = "film"

    def read(self) -> Frame | None:
        return Frame(self.pictures.pop(0), 0, 0.0) if self.pictures else None

    def close(self) -> None:
        pass


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "log.db") as database:
        yield database


@pytest.fixture
def gate(database: Database) -> Gate:
    return open_gate(database)


def served(gate: Gate, *pictures: Image) -> list[Served]:
    told = list(serve_pictures(gate, Reel(Film(list(pictures)), paced=False)))
    return [one for one in told if isinstance(one, Served)]


def test_a_code_that_is_in_one_picture_only_is_not_lost_to_a_newer_one(gate: Gate, database: Database) -> None:
    names = ["林晓岚", "陈志明", "王小红", "赵建国", "周丽华"]
    pictures = [picture for name in names for picture in (code(name), blank(), blank())]
    assert [one.verdict.outcome for one in served(gate, *pictures)] == [Outcome.REVIEW] * len(names)
    rows = passages.page(database)
    assert [name in row.evidence for name, row in zip(names, reversed(rows), strict=True)] == [True] * len(names)


def test_codes_without_a_pause_between_them_are_one_vehicles(gate: Gate) -> None:
    (one,) = served(gate, code("林晓岚"), blank(), code("陈志明"), code("王小红"))
    assert len(one.verdict.occupants) == 3


def test_who_is_refused_at_the_first_code_is_one_vehicle_whatever_else_it_shows(gate: Gate) -> None:
    (one,) = served(gate, code("林晓岚", HealthState.RED), code("陈志明"), blank(), blank(), blank())
    assert one.verdict.outcome is Outcome.REFUSE


def test_the_last_vehicle_is_told_when_the_pictures_end(gate: Gate) -> None:
    (one,) = served(gate, code("林晓岚"))
    assert one.passage is not None


@pytest.mark.parametrize("moment", ["open", "close"])
def test_ctrl_c_amid_a_start_or_a_stop_leaves_no_thread_to_hold_the_terminal(
    gate: Gate, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """That nothing is left is what `no_leaked_threads` sees."""

    close = Eyes.close

    def interrupted(eyes: Eyes) -> None:
        close(eyes)
        raise KeyboardInterrupt

    monkeypatch.setattr(Eyes, moment, interrupted)
    pictures = [code("林晓岚")]
    if moment == "open":
        with pytest.raises(KeyboardInterrupt):
            served(gate, *pictures)
    else:
        with closing(serve_pictures(gate, Reel(Film(pictures), paced=False))) as stream:
            next(stream)
            with pytest.raises(KeyboardInterrupt):
                stream.close()


def test_a_live_camera_is_watched_and_its_trouble_told(gate: Gate) -> None:
    device, red = Device(), code("林晓岚", HealthState.RED)

    def flickering(number: int) -> Image:
        picture = red.copy()
        picture[0, :, 0] = number % 251
        return picture

    device.shows = flickering
    with closing(serve_camera(gate, lambda: CameraSource(device.find, device.open))) as stream:
        first = next(stream)
        assert isinstance(first, Served)
        assert first.verdict.outcome is Outcome.REFUSE
        device.info = None
        assert next(stream) == Told("camera_missing", {})
