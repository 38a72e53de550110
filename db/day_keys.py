"""The keys of personal data, one a day, beside the database: `PATH.days`.

What a driver's row says of a person is encrypted under its day's key. A day's key taken away, nobody can read that day
any more: not in the file, its free pages and its journal, and not in any copy of it made before, since no copy of
the database holds these keys. A day is UTC's.

The file has a line a day, `2026-11-29 BASE64`: the key, wrapped (RFC 3394) under the station's.
"""

import base64
import binascii
import secrets
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from db import keyfile
from db.errors import DatabaseKeyMalformed, DatabaseReadOnly

_WRAPPING = "day keys 1"
_CIPHER, _INDEX = "personal data 1", "blind index 1"


@dataclass(frozen=True)
class DayKey:
    """One day's key, from which those for each use are derived."""

    secret: bytes

    @cached_property
    def cipher(self) -> AESGCM:
        """Encrypts what a row says of people: AES-256-GCM."""
        return AESGCM(keyfile.derive(self.secret, _CIPHER))

    @cached_property
    def index(self) -> bytes:
        """Keys the blind index of whole plates: HMAC-SHA-256."""
        return keyfile.derive(self.secret, _INDEX)


class DayKeys:
    """The day keys of one database. Any thread may use it; another process may change the file meanwhile.

    Args:
        path: The file; made with the first key.
        station_key: The database's own key, 32 bytes.
    """

    def __init__(self, path: Path, station_key: bytes) -> None:
        self.path = path
        self._station_key = station_key
        self._wrapping = keyfile.derive(station_key, _WRAPPING)
        self._lock = threading.Lock()
        self._stood: tuple[int, int] | None = None
        self._keys: dict[date, DayKey] = {}

    def current(self) -> Mapping[date, DayKey]:
        """Every key there is now.

        Raises:
            DatabaseKeyMalformed: The file holds something else, or was wrapped under another station's key.
            DatabaseReadOnly: It may not be read.
        """
        with self._lock:
            return self._read()

    def for_writing(self, day: date) -> DayKey:
        """A day's key, made if there is none; asked for within a write transaction, so by one process at a time.

        Raises:
            DatabaseError: As `current`; or the file cannot be written, so neither can the row.
        """
        with self._lock:
            found = self._read().get(day)
            if found is None:
                found = DayKey(secrets.token_bytes(32))
                self._write({**self._keys, day: found})
            return found

    def adopt(self, keys: Mapping[date, DayKey]) -> None:
        """Take in keys from a copy; those there are already stay.

        Raises:
            DatabaseError: As `for_writing`.
        """
        with self._lock:
            self._write({**keys, **self._read()})

    def copy_to(self, path: Path) -> None:
        """Write every key into another file, in place of what was there, whose bytes are written over.

        Raises:
            DatabaseKeyMalformed: What was there is something else, or another station's.
            DatabaseError: As `for_writing`.
        """
        copy = DayKeys(path, self._station_key)
        copy.current()
        with self._lock:
            keys = self._read()
        copy._write(keys, shred=True)

    def forget(self, days: Collection[date]) -> None:
        """Destroy the keys of days, for good; within a write transaction.

        The old file's bytes are written over as well, as far as the disk below does what it is told.

        Raises:
            DatabaseError: As `for_writing`; every key is still there.
        """
        with self._lock:
            left = {day: key for day, key in self._read().items() if day not in days}
            if len(left) < len(self._keys):
                self._write(left, shred=True)

    def _read(self) -> dict[date, DayKey]:
        try:
            stat = self.path.stat()
            stands = stat.st_ino, stat.st_mtime_ns
            if stands != self._stood:
                self._keys = dict(map(self._key, self.path.read_bytes().splitlines()))
                self._stood = stands
        except FileNotFoundError:
            self._keys, self._stood = {}, None
        except (ValueError, binascii.Error, InvalidUnwrap) as error:
            raise DatabaseKeyMalformed(key=str(self.path)) from error
        except OSError as error:
            raise DatabaseReadOnly(path=str(self.path), reason=error.strerror or str(error)) from error
        return self._keys

    def _key(self, line: bytes) -> tuple[date, DayKey]:
        day, wrapped = line.decode().split(" ")
        return date.fromisoformat(day), DayKey(aes_key_unwrap(self._wrapping, base64.b64decode(wrapped, validate=True)))

    def _write(self, keys: dict[date, DayKey], *, shred: bool = False) -> None:
        lines = [
            f"{day.isoformat()} {base64.b64encode(aes_key_wrap(self._wrapping, key.secret)).decode()}\n"
            for day, key in sorted(keys.items())
        ]
        keyfile.write(self.path, "".join(lines).encode(), shred=shred)
        self._stood = None
        self._read()


def day_keys_path(database: Path) -> Path:
    """The file of a database's day keys: its path with `.days` appended."""
    return database.with_name(database.name + ".days")
