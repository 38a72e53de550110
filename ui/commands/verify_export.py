"""`station verify-export FILE`: is an exported file as it was written; by its manifest, without a log."""

import argparse
import base64
import binascii
from pathlib import Path

from db.heads import HeadError, read_head
from station import texts_export
from station.export_manifest import MOST, Manifest, ManifestError, manifest_path, read_manifest
from station.export_verify import Finding, verify
from station.texts import Language
from ui import console
from ui.arguments import filled, read_file
from ui.console import UsageError
from ui.parser import add_common

BROKEN = console.REFUSED
_FIRST = 20
"""Findings told; the rest are counted."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--manifest", type=Path, metavar="FILE", help="缺省在文件旁 · else the one beside the file")
    text = "该站的公钥，或它的链头文件 · the station's public key, or the file of one of its heads"
    parser.add_argument("--key", type=filled, metavar="KEY|FILE", help=text)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify; exit 10 where something is not as it was written."""
    manifest = _manifest(options.manifest or manifest_path(options.file))
    key = None if options.key is None else _key(options.key)
    findings = verify(options.file, manifest, key=key)
    if options.json:
        console.say_json(_as_json(manifest, findings))
    else:
        _say(manifest, findings, options.language)
        if key is None:
            console.warn(texts_export.own_word(options.language))
    return BROKEN if findings else console.PASSED


def _manifest(path: Path) -> Manifest:
    try:
        return read_manifest(read_file(path, MOST).decode())
    except (ManifestError, UnicodeDecodeError) as error:
        raise UsageError("manifest_malformed", file=str(path)) from error


def _key(given: str) -> str:
    """A public key in base64, as it is or in a head."""
    try:
        if Path(given).is_file():
            return read_head(read_file(Path(given)).decode()).key
        if len(base64.b64decode(given, validate=True)) == 32:
            return given
    except (HeadError, UnicodeDecodeError, binascii.Error, ValueError) as error:
        raise UsageError("key_malformed", value=given) from error
    raise UsageError("key_malformed", value=given)


def _say(manifest: Manifest, findings: list[Finding], language: Language) -> None:
    console.say(texts_export.result(manifest, len(findings), language))
    for one in findings[:_FIRST]:
        console.say("  " + texts_export.finding(one, language))
    if len(findings) > _FIRST:
        console.say(f"  … {len(findings)}")
    console.say(texts_export.signed_by(manifest, language))


def _as_json(manifest: Manifest, findings: list[Finding]) -> dict[str, object]:
    told = ("station", "at", "by", "why", "personal", "filters", "rows", "sha256", "head", "event", "key")
    return {
        "whole": not findings,
        "findings": [
            {"wrong": str(one.wrong), "row": one.row, "sheet": one.sheet, "line": one.line, "passage": one.passage}
            for one in findings
        ],
        **{name: getattr(manifest, name) for name in told},
    }
