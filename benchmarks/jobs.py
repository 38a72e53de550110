"""Three officers' jobs through the whole window, by touch and by keys: taps, keys, the machine's seconds, a person's.

The scripts are those of `tests.jobs`. A person's seconds are no measurement but an estimate by the keystroke-level
model (Card, Moran & Newell 1980), good for some 20 %: P 1.10 s to point at a key and touch it, K 0.50 s for a key of
what is no word, M 1.35 s to make up one's mind before each thing that is entered. The drivers' time, and the
thermometer's, are not in it.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.harness import Row
from tests.jobs.checkpoint import OFFICER, Checkpoint, checkpoint
from tests.jobs.hands import HANDS, Hand
from tests.jobs.scripts import JOBS, Seen
from ui.pages import GATE


def run() -> list[Row]:
    """Each job by each hand."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 -- only after its platform is chosen

    application = QApplication.instance() or QApplication(["jobs"])
    rows = [row for name, job in JOBS.items() for hand in HANDS for row in _measure(name, job, hand)]
    del application
    return rows


def _measure(name: str, job: Callable[[Checkpoint, Hand], Seen], make: Callable[[Checkpoint], Hand]) -> list[Row]:
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".jobs-") as folder, checkpoint(Path(folder)) as post:
        hand = make(post)
        hand.sign_in(OFFICER.code, OFFICER.pin)
        post.until(lambda: post.window.page == GATE)
        hand.start()
        job(post, hand)
        machine = hand.machine
        done, unit = (hand.taps, "taps") if hand.taps else (hand.keys, "keys")
    title = f"{name} {hand.name}"
    return [
        Row(title, done, unit),
        Row(f"{title}: the machine", machine, "s"),
        Row(f"{title}: a person, estimated", hand.human, "s"),
    ]
