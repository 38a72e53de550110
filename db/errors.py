"""What can go wrong with the kept records. Each error has a code and parameters; the words come from a higher floor."""

import shutil
from pathlib import Path
from typing import Any, ClassVar


class DatabaseError(Exception):
    """A record could not be kept or read back.

    Attributes:
        code: Stable name of the fault, snake_case.
        params: What the officer's sentence fills in.
    """

    code: ClassVar[str] = "database_failed"

    def __init__(self, **params: str | float) -> None:
        """Keep the parameters of the sentence."""
        super().__init__(self.code, params)
        self.params = params


class DatabaseFailed(DatabaseError):
    """Anything without a name of its own; `reason` is the engine's message."""


class DatabaseUnsupported(DatabaseError):
    """The address names no SQLite file; `scheme` is what it names."""

    code = "database_unsupported"


class DatabaseDriverMissing(DatabaseError):
    """`sqlcipher3` is not installed: personal data is never stored unkeyed."""

    code = "database_driver_missing"


class DatabaseMissing(DatabaseError):
    """There is no database at `path`, and none was to be made."""

    code = "database_missing"


class DatabaseKeyMissing(DatabaseError):
    """The database is there, its key file `key` is not."""

    code = "database_key_missing"


class DatabaseKeyMalformed(DatabaseError):
    """The key file `key` does not hold 64 hexadecimal digits."""

    code = "database_key_malformed"


class DatabaseKeyWrong(DatabaseError):
    """The key does not open `path`, or that file is no database."""

    code = "database_key_wrong"


class DatabaseNotKeyed(DatabaseError):
    """`path` is a plain SQLite file, readable by anybody."""

    code = "database_not_keyed"


class DatabaseNewer(DatabaseError):
    """`path` was written by a newer program; `revision` is unknown here."""

    code = "database_newer"


class DatabaseFull(DatabaseError):
    """The disk (or the file's greatest size) is reached.

    Attributes:
        released: The reserve has given up its room since: the same once more may go well.
    """

    code = "database_full"
    released = False


class DatabaseReadOnly(DatabaseError):
    """The file or its directory cannot be written or opened."""

    code = "database_read_only"


class DatabaseBusy(DatabaseError):
    """Another connection kept the file locked past the timeout."""

    code = "database_busy"


class DatabaseUnreadable(DatabaseError):
    """The device failed to read or write (`SQLITE_IOERR`)."""

    code = "database_io"


class DatabaseCorrupt(DatabaseError):
    """Pages are damaged: restore the newest copy."""

    code = "database_corrupt"


class BackupThere(DatabaseError):
    """Something lies already where the backup `file` was to be."""

    code = "backup_there"


class BackupBroken(DatabaseError):
    """The backup `file` is not as it was written: so many `findings`."""

    code = "backup_broken"


class RestoreNewer(DatabaseError):
    """The log has entry `seq` of `station`, the backup has not, or another."""

    code = "restore_newer"


class RecoveryWrong(DatabaseError):
    """Group `number` of a recovery copy is mistyped."""

    code = "recovery_wrong"


class RecoveryIncomplete(DatabaseError):
    """Of the `need` groups of a recovery copy there are `given`."""

    code = "recovery_incomplete"


class RecoveryMixed(DatabaseError):
    """The last group does not seal the others: it is mistyped, or they are of different recovery copies."""

    code = "recovery_mixed"


class KeyThere(DatabaseError):
    """There is another key at `key` already."""

    code = "key_there"


class RecordRefused(DatabaseError):
    """A record breaks a rule of its table: existing key, unknown value, wrong type, change of a written row."""

    code = "database_refused"


class RosterOverlaps(DatabaseError):
    """A roster from `start` to `last` holds some of the same days already."""

    code = "roster_overlaps"


class RosterDamaged(DatabaseError):
    """Version `version` of the roster from `start` is not as it was written: its SHA-256 does not fit."""

    code = "roster_damaged"


class SwapMoved(DatabaseError):
    """Somebody else acted on the swap `swap` meanwhile."""

    code = "swap_moved"


class HandoverMoved(DatabaseError):
    """Somebody else wrote on the sheet, gave it or took it meanwhile."""

    code = "handover_moved"


class PersonUnknown(DatabaseError):
    """Nobody has the code `person`."""

    code = "person_unknown"


class PinMalformed(DatabaseError):
    """A PIN is `least` to `most` ASCII digits."""

    code = "pin_malformed"


_ROOM = 64 * 1024
"""Bytes without which WAL cannot begin: its shared memory takes 32 KB, its first frames the rest."""

# Primary result codes, https://sqlite.org/rescode.html: the low byte of an extended code.
_BY_RESULT: dict[int, type[DatabaseError]] = {
    3: DatabaseReadOnly,  # PERM
    5: DatabaseBusy,  # BUSY
    6: DatabaseBusy,  # LOCKED
    8: DatabaseReadOnly,  # READONLY
    10: DatabaseUnreadable,  # IOERR
    11: DatabaseCorrupt,  # CORRUPT
    13: DatabaseFull,  # FULL
    14: DatabaseReadOnly,  # CANTOPEN
    18: RecordRefused,  # TOOBIG
    19: RecordRefused,  # CONSTRAINT, a trigger's ABORT among them
    20: RecordRefused,  # MISMATCH
    26: DatabaseKeyWrong,  # NOTADB
}


def from_driver(error: Any, path: str) -> DatabaseError:
    """Name a fault of the SQLite driver.

    Args:
        error: The driver's exception; `sqlite_errorcode` is read where it has one.
        path: The database, for the sentence.
    """
    result = getattr(error, "sqlite_errorcode", None) or 1
    named = _BY_RESULT.get(result & 0xFF, DatabaseFailed)
    if named is DatabaseUnreadable and _is_full(Path(path).parent):
        named = DatabaseFull  # WAL's shared memory file reports a full disk as a failure of the device
    return named(path=path, reason=str(error))


def _is_full(directory: Path) -> bool:
    try:
        return shutil.disk_usage(directory).free < _ROOM
    except OSError:
        return False
