"""The key beside the database: `PATH.key`, 64 hexadecimal digits, readable by its owner alone; and what is kept so.

Whatever else the station needs a secret for is derived from it.
"""

import errno
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from db.errors import DatabaseFull, DatabaseKeyMalformed, DatabaseKeyMissing, DatabaseReadOnly

_KEY = re.compile(rb"([0-9a-fA-F]{64})\r?\n?")


def key_path(database: Path) -> Path:
    """The key file of a database: its path with `.key` appended."""
    return database.with_name(database.name + ".key")


def read(path: Path) -> str:
    """The key as 64 hexadecimal digits.

    Raises:
        DatabaseKeyMissing: There is no such file.
        DatabaseKeyMalformed: It holds something else.
        DatabaseReadOnly: It may not be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DatabaseKeyMissing(key=str(path)) from None
    except OSError as error:
        raise DatabaseReadOnly(path=str(path), reason=error.strerror or str(error)) from error
    if not (match := _KEY.fullmatch(content)):
        raise DatabaseKeyMalformed(key=str(path))
    return match[1].decode()


def create(path: Path, key: bytes | None = None) -> None:
    """Write a key, else a new random one, unless there is one: a lost database must not cost the key of its copies.

    The key appears whole or not at all (a full temporary file, then a hard link, which never replaces), so neither
    a power cut nor a second process starting beside this one can leave or see half a key.

    Raises:
        DatabaseReadOnly: The directory cannot be written, or its file system has no hard links.
        DatabaseFull: No space is left.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_draft(draft, (key or secrets.token_bytes(32)).hex().encode() + b"\n")
            os.link(draft, path)
        except FileExistsError:
            return  # another process was first; its key counts
        finally:
            draft.unlink(missing_ok=True)
        sync_directory(path.parent)
    except OSError as error:
        raise failed(error, path) from error


def derive(secret: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose, from 32 secret ones: HKDF-SHA-256 (RFC 5869); none tells of another."""
    return HKDF(SHA256(), 32, None, b"checkpoint-station " + purpose.encode()).derive(secret)


def write(path: Path, content: bytes, *, shred: bool = False) -> None:
    """Put a secret file in place of what was there: it appears whole or not at all, and survives a power cut.

    Args:
        path: The file.
        content: What it is to hold.
        shred: Write over the bytes of the file before.

    Raises:
        DatabaseReadOnly: The directory cannot be written.
        DatabaseFull: No space is left.
    """
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    before = os.open(path, os.O_WRONLY) if shred and os.name == "posix" and path.exists() else None
    try:
        _write_draft(draft, content)
        draft.replace(path)
        sync_directory(path.parent)
        if before is not None:
            os.write(before, bytes(os.fstat(before).st_size))
            os.fsync(before)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise failed(error, path) from error
    finally:
        if before is not None:
            os.close(before)


def _write_draft(draft: Path, content: bytes) -> None:
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def failed(error: OSError, path: Path) -> DatabaseFull | DatabaseReadOnly:
    """The name of what stood in the way of writing a file."""
    named = DatabaseFull if error.errno in {errno.ENOSPC, errno.EDQUOT} else DatabaseReadOnly
    return named(path=str(path), reason=error.strerror or str(error))


def tighten(path: Path) -> bool:
    """Take the key from other users of this machine; true if they could have read it (POSIX only)."""
    if os.name != "posix" or not stat.S_IMODE(path.stat().st_mode) & 0o077:
        return False
    with suppress(OSError):  # not ours to change: the warning stands either way
        path.chmod(0o600)
    return True


def sync_directory(directory: Path) -> None:
    """Make what a directory names durable."""
    if os.name != "posix":
        return  # Windows opens no directories; NTFS journals the name
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
