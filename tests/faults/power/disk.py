"""A disk whose power can be cut: until it is synced, a write is only a wish.

SQLite works on real files through a VFS (https://sqlite.org/vfs.html) that notes what was written since each was last
synced; `os.fsync` is noted as well, for the files that are not SQLite's. A cut draws what the disk then holds: of each
file what was synced, and of what was not any part in any order, sectors torn or full of noise; of each name that was
made, moved or taken away since its directory was synced, the one before or the one after.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR
from typing import BinaryIO, cast
from unittest.mock import patch

import apsw

VFS = "power"
SECTOR = 512

_IN_DIRECTORY = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL
"""Kinds of files whose first sync syncs their directory too, by SQLite's own VFS for Unix."""


class PowerCut(Exception):
    """The machine is off: nothing that follows reaches the disk."""


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at an offset."""

    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Truncation:
    """A file's new size."""

    size: int


@dataclass(eq=False, slots=True)
class File:
    """One file: what the disk holds for certain, and what was done since. `handle` keeps its inode its own."""

    inode: int
    handle: BinaryIO
    durable: bytes = b""
    pending: list[Write | Truncation] = field(default_factory=list)

    def now(self) -> bytes:
        """What whoever reads the file finds in it."""
        self.handle.seek(0)
        return self.handle.read()

    def sync(self) -> None:
        """All of it is on the disk."""
        self.durable = self.now()
        self.pending.clear()


@dataclass
class Disk:
    """One folder's files, up to a cut.

    Attributes:
        folder: Where they are.
        dice: What a cut is drawn by.
        left: Steps (writes, syncs, truncations, removals) until the cut; None: there is none.
        obeys: Whether a sync is one; a disk that only says so loses what it acknowledged.
        steps: What was done, and to which file.
    """

    folder: Path
    dice: random.Random
    left: int | None
    obeys: bool = True
    steps: list[tuple[str, str]] = field(default_factory=list)
    survivors: dict[str, bytes] | None = None
    _files: dict[int, File] = field(default_factory=dict)
    _names: dict[str, File] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What lies in the folder already is on the disk."""
        self._names = self._listing()
        for file in self._names.values():
            file.sync()

    @property
    def off(self) -> bool:
        """Whether the power was cut."""
        return self.survivors is not None

    def reaches(self, what: str, path: str) -> bool:
        """Whether what is about to be done to a file is done. After the cut nothing is, and nobody is told any more.

        Raises:
            PowerCut: The power is cut now.
        """
        if self.off:
            return False
        self.steps.append((what, path))
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                self.survivors = self._draw()
                raise PowerCut
        return True

    def file(self, path: str) -> File:
        """The file at a path."""
        inode = os.stat(path).st_ino  # noqa: PTH116 - asked at each sync
        if inode not in self._files:
            self._files[inode] = File(inode, Path(path).open("rb"))  # noqa: SIM115 - open as long as the disk is
        return self._files[inode]

    def sync_file(self, file: File, path: str) -> None:
        """A sync of a file's content."""
        if self.reaches("sync", path) and self.obeys:
            file.sync()

    def sync_directory(self) -> None:
        """A sync of the folder's names."""
        if self.obeys:
            self._names = self._listing()

    def sync_handle(self, handle: int) -> None:
        """What `os.fsync` is while this disk is in use."""
        status = os.fstat(handle)
        if S_ISDIR(status.st_mode):
            if self.reaches("sync", str(self.folder)):
                self.sync_directory()
        else:
            name, file = next(one for one in self._listing().items() if one[1].inode == status.st_ino)
            self.sync_file(file, name)

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files.values():
            file.handle.close()

    def _listing(self) -> dict[str, File]:
        return {name: self.file(f"{self.folder}/{name}") for name in os.listdir(self.folder)}  # noqa: PTH208

    def _draw(self) -> dict[str, bytes]:
        """What the disk holds after a cut at this moment, by name."""
        kept = self.dice.choice((0.0, 0.5, 0.9, 1.0))  # nothing, anything, or nearly all of what was under way
        now, drawn = self._listing(), {}
        for name in sorted(now.keys() | self._names.keys()):
            before, after = self._names.get(name), now.get(name)
            file = after if self.dice.random() < kept else before
            if file is not None:
                drawn[name] = self._draw_content(file, kept)
        return drawn

    def _draw_content(self, file: File, kept: float) -> bytes:
        content = bytearray(file.durable)
        pending = file.pending or ([] if file.now() == file.durable else [Write(0, file.now())])
        for change in self.dice.sample(pending, len(pending)):
            if isinstance(change, Write):
                self._draw_write(content, change, kept)
            elif self.dice.random() < kept:
                content[change.size :] = bytes(max(0, change.size - len(content)))
        return bytes(content)

    def _draw_write(self, content: bytearray, write: Write, kept: float) -> None:
        at, end = write.offset, write.offset + len(write.content)
        while at < end:
            until = min(end, (at // SECTOR + 1) * SECTOR)
            piece = write.content[at - write.offset : until - write.offset]
            if self.dice.random() < kept:
                fate = self.dice.random()
                if fate < 0.05:  # torn: its beginning alone
                    piece = piece[: self.dice.randrange(len(piece))]
                elif fate < 0.1:
                    piece = self.dice.randbytes(len(piece))
                content.extend(bytes(max(0, at - len(content))))
                content[at : at + len(piece)] = piece
            at = until


class _Vfs(apsw.VFS):
    """SQLite's own VFS, on a disk."""

    def __init__(self, disk: Disk) -> None:
        super().__init__(VFS, "")
        self.disk = disk

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "_VfsFile":  # noqa: N802 - SQLite's name
        assert name is not None
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _VfsFile(self.disk, path, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        if self.disk.reaches("delete", filename):
            super().xDelete(filename, False)
            if syncdir:
                self.disk.sync_directory()

    def xRandomness(self, numbytes: int) -> bytes:  # noqa: N802 - SQLite's name
        return self.disk.dice.randbytes(numbytes)


class _VfsFile(apsw.VFSFile):
    """SQLite's own file, on a disk."""

    def __init__(self, disk: Disk, path: str, name: str | apsw.URIFilename, flags: list[int]) -> None:
        self._named = Path(path).exists() or not flags[0] & _IN_DIRECTORY
        super().__init__("", name, flags)
        self._disk, self._path, self._file = disk, path, disk.file(path)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        if self._disk.reaches("write", self._path):
            super().xWrite(data, offset)
            self._file.pending.append(Write(offset, data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        if self._disk.reaches("truncate", self._path):
            super().xTruncate(newsize)
            self._file.pending.append(Truncation(newsize))

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802 - SQLite's name
        self._disk.sync_file(self._file, self._path)
        if not self._named:
            self._disk.sync_directory()
            self._named = True


@contextmanager
def powered(folder: Path, dice: random.Random, *, steps: int | None, obeys: bool = True) -> Iterator[Disk]:
    """A disk in use for all that SQLite (through `VFS`) and `os.fsync` do in a folder, cut after so many steps."""
    disk = Disk(folder, dice, steps, obeys)
    vfs = _Vfs(disk)
    with patch.object(os, "fsync", cast("Callable[[int], None]", disk.sync_handle)):
        try:
            yield disk
        finally:
            vfs.unregister()
            disk.close()
