"""Room on the disk for the last rows: `PATH.reserve`, given up when the disk is full, made again when there is room."""

import errno
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SIZE = 16 << 20
"""Bytes of the reserve: some 2,500 passages and the journal's 4 MB."""
SHORT = 256 << 20
"""Bytes free below which somebody is to be told: weeks at a busy checkpoint."""


@dataclass(frozen=True, slots=True)
class Space:
    """Room beside a database.

    Attributes:
        free: Bytes that may still be written.
        reserved: The reserve stands.
    """

    free: int
    reserved: bool

    @property
    def short(self) -> bool:
        """Whether somebody is to be told."""
        return self.free < SHORT


def keep(database: Path) -> Space:
    """See to it that the reserve of a database stands, if there is room for it twice; how much room there is.

    Raises:
        OSError: The disk does not say.
    """
    path = reserve_path(database)
    free = shutil.disk_usage(database.parent).free
    stands = path.exists() and path.stat().st_size == SIZE
    if not stands and free >= 2 * SIZE:
        stands = _make(path)
        free = shutil.disk_usage(database.parent).free
    return Space(free, stands)


def release(database: Path) -> bool:
    """Give the reserve's room to whoever writes next; whether there was one."""
    try:
        reserve_path(database).unlink()
    except OSError:
        return False
    return True


def reserve_path(database: Path) -> Path:
    """The reserve of a database: its path with `.reserve` appended."""
    return database.with_name(database.name + ".reserve")


def _make(path: Path) -> bool:
    """Whether it stands now: blocks of the disk, not a hole in a file."""
    try:
        with path.open("wb") as file:
            try:
                os.posix_fallocate(file.fileno(), 0, SIZE)
            except (AttributeError, OSError) as error:  # not on every system, nor on every file system
                if getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}:
                    raise
                file.write(bytes(SIZE))
    except OSError:
        with suppress(OSError):
            path.unlink()
        return False
    return True
