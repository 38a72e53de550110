"""`station issue`: a signed code as a picture, for demonstrations and tests of a station's own trust list."""

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path

import segno

from scanner import credentials
from scanner.credentials import RESIDENT_ID, CredentialError, Health, HealthState, Holder, Test, TestResult, jkm1
from scanner.signer import Signer
from scanner.trust import TrustList
from station.home import demo_signer
from ui import console
from ui.arguments import filled, id_tail, moment, read_file
from ui.parser import add_common

_FRESH = timedelta(hours=6)


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    parser.add_argument("kind", choices=("health-code", "test", "both"))
    parser.add_argument("--name", type=filled, required=True, metavar="N", help="姓名 · holder's name")
    parser.add_argument("--id-tail", type=id_tail, metavar="1234", help="证件后四位 · last four of the ID")
    parser.add_argument("--state", choices=[str(state) for state in HealthState], default="green")
    parser.add_argument("--sampled", type=moment, metavar="ISO", help="采样时间，缺省为 6 小时前 · when sampled")
    parser.add_argument("--result", choices=[str(result) for result in TestResult], default="negative")
    parser.add_argument("--at", type=moment, metavar="ISO", help="签发时间 · when issued")
    parser.add_argument("--key", type=Path, metavar="FILE", help="PEM PKCS#8 私钥 · signing key")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE.png")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the picture."""
    issued: datetime = options.at or datetime.now(UTC)
    signer = Signer.from_pem(read_file(options.key)) if options.key else demo_signer()
    text = jkm1.issue(
        signer,
        Holder(options.name, RESIDENT_ID, options.id_tail),
        health=None if options.kind == "test" else Health(HealthState(options.state)),
        test=None
        if options.kind == "health-code"
        else Test(options.sampled or issued - _FRESH, TestResult(options.result), reported=issued),
        issued=issued,
    )
    try:  # what is issued must be accepted: a name too long, a date before time
        credentials.read(text, TrustList((signer.trusted_key(),)), issued)
    except CredentialError as error:
        raise console.UsageError("issue_refused", field=str(error.params.get("field", error.code))) from error
    picture = segno.make_qr(text, error="m", boost_error=False)
    try:
        picture.save(str(options.out), kind="png", scale=8, border=4)
    except OSError as error:
        raise console.UsageError("file_unwritable", file=str(options.out), problem=error.strerror or "") from error
    if options.json:
        console.say_json({"file": str(options.out), "text": text})
    else:
        console.say(str(options.out))
    return 0
