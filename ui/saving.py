"""Files that are saved where somebody chose: whole, or as they were, and with a sentence for what stands in the way."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ui.console import UsageError

_FULL = {errno.ENOSPC, errno.EDQUOT}


def save_whole(path: Path, content: bytes) -> None:
    """Save a file; one that was there is replaced only once the new one is whole.

    Raises:
        UsageError: The folder is gone, the file may not be written or is open elsewhere, the disk is full.
    """
    if path.is_dir():
        raise UsageError("save_folder", file=str(path))
    if path.exists() and not os.access(path, os.W_OK):
        raise UsageError("save_denied", file=str(path))
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with _told(path):
        try:
            draft.write_bytes(content)
            draft.replace(path)  # a spreadsheet that holds it open on Windows forbids this
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def new_secret(path: Path) -> Iterator[BinaryIO]:
    """A new file that its owner alone can read, with no draft beside it; whatever goes wrong, it is gone again.

    Raises:
        UsageError: As `save_whole`; or there is one: it is never written over.
    """
    with _told(path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(handle)
        except BaseException:
            path.unlink()
            raise


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What stands in the way of writing a file, as a sentence."""
    try:
        yield
    except FileExistsError as error:
        raise UsageError("save_there", file=str(path)) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError("save_no_folder", folder=str(path.parent)) from error
    except PermissionError as error:
        raise UsageError("save_denied", file=str(path)) from error
    except OSError as error:
        if error.errno in _FULL:
            raise UsageError("save_full", file=str(path)) from error
        raise UsageError("file_unwritable", file=str(path), problem=error.strerror or "—") from error
