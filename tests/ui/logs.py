"""Logs that were made once and are copied for each test: to migrate one and to hash PINs takes time."""

import shutil
from pathlib import Path

from db.day_keys import day_keys_path
from db.keyfile import key_path


def copy_log(log: Path, folder: Path) -> Path:
    """A log, with its keys, in a folder of a test's own."""
    copy = folder / log.name
    for beside in (Path, key_path, day_keys_path):
        if beside(log).exists():
            shutil.copy(beside(log), beside(copy))
    return copy
