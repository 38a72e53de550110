"""The manifest that goes with an exported file: what it is, who made it and why, and every row's mark; signed.

It is `FILE.manifest.json`, one JSON object. The station signs all of it but the marks, of which it signs the SHA-256:
Ed25519 over a line that says what this is, then the fields as JSON with sorted keys, no blanks and no escapes above
ASCII, in UTF-8. A mark is the first 8 bytes of SHA-256 over a row's cells, parted by U+001F: it tells which row was
changed. That one was, the file's own SHA-256 tells.
"""

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from db.heads import Head, HeadError, Signer, is_signed, read_head
from station.export_files import Kind

FORMAT = "checkpoint-station/export/1"
PDF = "pdf"
"""The kind of a file that has no rows: figures, drawn."""
MARK = 8
"""Bytes of a mark."""
MOST = 500_000_000
"""Bytes of a manifest: its marks, of 40 million rows."""
_END = '"\n}'
_UNSIGNED = ("signature", "marks")


class ManifestError(ValueError):
    """A text that is no manifest of this form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is told of an exported file.

    Attributes:
        format: `FORMAT`.
        file: Its name as it was written.
        kind: csv or xlsx; pdf, which has neither columns nor rows.
        station: Which station exported it.
        at: When, ISO 8601.
        by: The code of whoever did.
        why: Their reason.
        personal: Whether it tells of whom.
        filters: What was asked for; a plate is masked.
        columns: The header.
        rows: How many there are, the header apart.
        first: When the oldest passage was concluded, as its row says it; blank without rows.
        last: The newest.
        sha256: Of the file.
        marks_sha256: Of the marks.
        head: Where the ledger stood, as a signed note; blank in a log where nothing was written yet.
        event: The id of the ledger's event that tells of this export.
        key: The station's public key, base64.
        signature: Over `body`, base64.
        marks: Of all rows in their order, base64.
    """

    format: str = FORMAT
    file: str
    kind: str
    station: str
    at: str
    by: str
    why: str
    personal: bool
    filters: dict[str, str | bool]
    columns: list[str]
    rows: int
    first: str
    last: str
    sha256: str
    marks_sha256: str
    head: str
    event: str
    key: str
    signature: str = ""
    marks: str = ""

    @property
    def body(self) -> bytes:
        """The bytes that are signed."""
        told = {name: value for name, value in asdict(self).items() if name not in _UNSIGNED}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return f"{FORMAT}\n{text}".encode(errors="surrogatepass")

    @property
    def text(self) -> str:
        """The file's text; the marks, which nobody reads, stand last, and are not copied more than once."""
        told = json.dumps({**asdict(self), "marks": ""}, ensure_ascii=False, indent=1)
        return "".join((told.removesuffix(_END), self.marks, _END, "\n"))

    @property
    def marks_raw(self) -> bytes:
        """The marks themselves."""
        return base64.b64decode(self.marks)

    @property
    def bound_to(self) -> Head | None:
        """The head, read; None where there was none."""
        return read_head(self.head) if self.head else None

    def is_signed(self) -> bool:
        """Whether the signature is this key's, over this body."""
        return is_signed(self.body, self.key, self.signature)


def signed(signer: Signer, marks: bytes | bytearray, **told: Any) -> Manifest:
    """A manifest of what is told, signed."""
    unsigned = Manifest(marks_sha256=sha256(marks).hexdigest(), key=signer.key, **told)
    whole = asdict(unsigned) | {"signature": signer.signature(unsigned.body), "marks": base64.b64encode(marks).decode()}
    return Manifest(**whole)


def read_manifest(text: str) -> Manifest:
    """The manifest in a text; whether it fits its signature and its file is for others to say.

    Raises:
        ManifestError: It is none of this form.
    """
    try:
        found = json.loads(text)
        wanted = {one.name for one in fields(Manifest)}
        if not isinstance(found, dict) or set(found) != wanted or found["format"] != FORMAT:
            raise ManifestError("not of this form")
        manifest = Manifest(**found)
        _look_at(manifest)
    except (ValueError, TypeError, RecursionError, HeadError, binascii.Error) as error:
        raise ManifestError(str(error)) from error
    return manifest


def _look_at(manifest: Manifest) -> None:
    """Each field is of its kind.

    Raises:
        ValueError: One is not.
    """
    odd = {"personal": bool, "filters": dict, "columns": list, "rows": int}
    for one in fields(Manifest):
        if type(getattr(manifest, one.name)) is not odd.get(one.name, str):
            raise ManifestError(one.name)
    if not all(isinstance(column, str) for column in manifest.columns) or manifest.kind not in {*Kind, PDF}:
        raise ManifestError("columns or kind")
    base64.b64decode(manifest.marks, validate=True)
    manifest.bound_to  # noqa: B018 -- reads it


def manifest_path(file: Path) -> Path:
    """Where a file's manifest is: beside it."""
    return file.with_name(f"{file.name}.manifest.json")


def mark(row: str) -> bytes:
    """A row's mark."""
    return sha256(row.encode(errors="surrogatepass")).digest()[:MARK]


def marks_of(rows: Iterable[str]) -> bytes:
    """The marks of rows, in their order."""
    return b"".join(map(mark, rows))
