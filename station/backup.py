"""Copies of the log for the day the disk dies, and putting one back; copies of the station's key.

A backup holds everything but the day keys, so what is erased is erased in every backup. Whoever wants the personal data
of the last days to outlive the disk keeps one more file, the day keys, on one medium that each backup writes over.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from db import backups, events, keyfile, recovery
from db.day_keys import DayKeys, day_keys_path
from db.engine import Database, open_database
from db.errors import BackupBroken, DatabaseError, KeyThere, RestoreNewer
from db.heads import signer_of
from db.records import EventRecord, new_id
from db.verifying import Report, verify
from station import retention
from station.access import NOBODY, REFUSED, AccessError, Action, Actor, require
from station.library import load_library
from station.passages import to_json

BACKED_UP, RESTORED, RECOVERY_COPIED = "log_backed_up", "log_restored", "recovery_copy_made"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    Attributes:
        entries: The ledger's.
        aside: Where the log of before is now.
        readable: Days whose personal data can be read.
    """

    entries: int
    aside: Path | None
    readable: tuple[date, ...]


def back_up(
    database: Database, to: Path, *, day_keys: Path | None, actor: Actor, station: str, now: datetime
) -> Report:
    """Copy the log, and verify the copy; the log may be in use meanwhile.

    Args:
        database: The log.
        to: The file, which must not be there yet.
        day_keys: Where the day keys go too, in place of those that were there.
        actor: Who.
        station: Whose log says so.
        now: When.

    Returns:
        What verifying the copy found: a log that was changed is copied as it is.

    Raises:
        AccessError: They may not.
        DatabaseError: A named one; there is no backup.
    """
    require(database, actor, Action.BACKUP, station=station, now=now)
    _tell(database, BACKED_UP, {"day_keys": day_keys is not None}, actor, station=station, now=now)
    report = backups.copy(database, to)
    if day_keys is not None:
        database.day_keys.copy_to(day_keys)
    return report


def restore(
    source: Path,
    path: Path,
    *,
    day_keys: Path | None,
    sign_in: Callable[[Database], Actor],
    station: str,
    now: datetime,
) -> Restored:
    """Make a backup this machine's log, under the key beside it; the log of before is kept aside.

    Args:
        source: The backup; it stays as it is.
        path: The log.
        day_keys: The day keys' copy; days over the policy's limit are not taken from it, but for a hold.
        sign_in: Who does it, of the people whom the backup knows.
        station: Whose log says so.
        now: When.

    Raises:
        AccessError: They may not.
        BackupBroken: It is not as it was written.
        RestoreNewer: The log there is holds what the backup does not.
        DatabaseError: Another named fault. Whichever, the log there is stays as it was.
    """
    with backups.unpacked(source, path) as opened:
        actor = NOBODY
        try:
            actor = sign_in(opened)
            require(opened, actor, Action.RESTORE, station=station, now=now)
            return _put_back(opened, source, path, day_keys=day_keys, actor=actor, station=station, now=now)
        except (AccessError, BackupBroken, RestoreNewer) as refusal:
            _keep_refusal(refusal.code, opened, path, actor, station=station, now=now)
            raise


def _put_back(
    opened: Database, source: Path, path: Path, *, day_keys: Path | None, actor: Actor, station: str, now: datetime
) -> Restored:
    report = verify(opened)
    if report.broken:
        raise BackupBroken(file=str(source), findings=len(report.broken))
    secret = bytes.fromhex(keyfile.read(keyfile.key_path(path)))
    kept = DayKeys(day_keys_path(path), secret)
    given = {} if day_keys is None else DayKeys(day_keys, secret).current()
    limit, held = load_library(opened).policy.keep_days, retention.held_days(opened)
    _tell(opened, RESTORED, {"entries": report.entries}, actor, station=station, now=now)
    aside = backups.put_in_place(opened, path, now)
    if given:
        kept.adopt({day: key for day, key in given.items() if day in held or not retention.is_over(day, limit, now)})
    return Restored(report.entries, aside, tuple(sorted(kept.current())))


def _keep_refusal(why: str, opened: Database, path: Path, actor: Actor, *, station: str, now: datetime) -> None:
    """In the log there is, as the copy that was unpacked goes.

    Only where it holds more than the backup already: in any other, the row itself would keep the backup out for good.
    """
    with suppress(DatabaseError), open_database(path, create=False) as there:  # none there, or it cannot be read
        if backups.newer_than(opened, there) is not None:
            _tell(there, REFUSED, {"action": Action.RESTORE, "why": why}, actor, station=station, now=now)


@dataclass(frozen=True, slots=True)
class RecoveryCopy:
    """The station's key, to be kept elsewhere.

    Attributes:
        groups: The key, as `db.recovery` writes it; no log and no error shows them.
        public_key: What its heads and manifests say they are signed by: tells whose key it is, and opens nothing.
    """

    groups: tuple[str, ...] = field(repr=False)
    public_key: str


def recovery_copy(database: Database, *, actor: Actor, station: str, now: datetime) -> RecoveryCopy:
    """A copy of the station's key; that it was made is on record before anybody has it.

    Raises:
        AccessError: They may not.
        DatabaseError: A named one.
    """
    require(database, actor, Action.RECOVERY_KEY, station=station, now=now)
    key = keyfile.read(keyfile.key_path(database.path))
    _tell(database, RECOVERY_COPIED, {}, actor, station=station, now=now)
    return RecoveryCopy(recovery.groups_of(bytes.fromhex(key)), database.signer.key)


def restore_key(path: Path, key: bytes) -> str:
    """Put a key that was typed in beside the log at a path; gives its public key.

    Raises:
        KeyThere: Another one is there; it may be of a log that is here.
        DatabaseError: It cannot be written.
    """
    key_file = keyfile.key_path(path)
    if key_file.exists() and keyfile.read(key_file).lower() != key.hex():
        raise KeyThere(key=str(key_file))
    keyfile.create(key_file, key)
    return signer_of(key).key


def _tell(
    database: Database, kind: str, details: dict[str, object], actor: Actor, *, station: str, now: datetime
) -> None:
    record = EventRecord(station=station, id=new_id(), at=now, kind=kind, actor=actor.code, details=to_json(details))
    events.append(database, record)
