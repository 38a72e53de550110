"""`station check IMAGE…`: one vehicle, from pictures to a verdict, and to a durable row where a database is named."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from db.engine import Database, open_database
from db.errors import DatabaseBusy, DatabaseFull, DatabaseReadOnly, DatabaseUnreadable
from scanner.source import load_image
from scanner.trust import TrustList
from station import texts
from station.check import Check
from station.clock import Clock, GivenClock, SystemClock
from station.config import load_config
from station.evidence import Direction, Evidence, Occupant
from station.gate import Concluded, Gate
from station.home import config_path, demo_trust
from station.library import EMPTY, MOST, DocumentKind, load_library
from station.masking import mask_name, mask_tail
from station.policy import Policy, read_policy
from station.sampling_points import SamplingPoint
from station.texts import Language
from station.verdict import Code, OccupantVerdict, Outcome, Reason
from station.view import wants_sampling_point
from station.watchlist import Watchlist, read_watchlist
from ui import console
from ui.arguments import MOST_BYTES, celsius, filled, moment, people, read_file
from ui.opening import newest_row, say_warnings
from ui.parser import add_common

EXIT = {Outcome.PASS: console.PASSED, Outcome.REFUSE: console.REFUSED, Outcome.REVIEW: console.REVIEWED}
_PASSING = (DatabaseFull, DatabaseReadOnly, DatabaseBusy, DatabaseUnreadable)
"""What keeps a row from being written today; a wrong key or a newer database is a wrong command instead."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_common(parser)
    many: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument(
        "images", nargs="*", type=Path, metavar="IMAGE", help="照片，合为一辆车 · one vehicle's pictures"
    )
    parser.add_argument(
        "--text", **many, type=Path, metavar="FILE", help="扫码枪读出的文本，- 为标准输入 · a code's text"
    )
    parser.add_argument("--temperature", **many, type=celsius, metavar="T", help="体温 ℃，按人次序 · by occupant")
    parser.add_argument("--plate", metavar="P", help="车牌 · plate, such as 闽E12345")
    parser.add_argument("--people", type=people, metavar="N", help="车内人数 · people in the vehicle")
    parser.add_argument("--no-test", **many, type=people, metavar="N", help="第 N 人声明没有核酸证明 · has no test")
    parser.add_argument("--child", **many, type=people, metavar="N", help="第 N 人是儿童，只测体温 · is a child")
    parser.add_argument("--direction", choices=[str(way) for way in Direction], help="方向：进 / 出 · which way")
    parser.add_argument("--exempt", metavar="REASON", help="执行任务车辆，免检事由 · exempt vehicle, and why")
    parser.add_argument("--at", type=moment, metavar="ISO", help="核验时间，无时区即北京时间 · time of the check")
    parser.add_argument("--trust", type=Path, metavar="FILE", help="信任列表 PEM/DER/JSON · trust list")
    parser.add_argument("--policy", type=Path, metavar="FILE.toml", help="查验政策 · policy")
    parser.add_argument("--watchlist", type=Path, metavar="FILE.csv", help="重点关注名单 · watchlist")
    parser.add_argument("--database", type=filled, metavar="PATH|URL", help="写入此数据库 · keep the passage there")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check one vehicle; the exit code is the verdict's."""
    if not (options.images or options.text or options.exempt):
        raise console.UsageError("nothing_shown")
    images = [load_image(path) for path in options.images]
    shown = [_scanned(path) for path in options.text]
    database, fault = _open(options)
    try:
        gate = _gate(options, database)
        check = gate.begin()
        _declare(check, options)
        for image in images:
            sight = gate.look(check, image)
            if sight.unread or not sight.symbols:
                check.offer_unreadable()
        for text in shown:
            gate.show(check, text)
        for index, reading in enumerate(options.temperature):
            check.take_temperature(index, reading, gate.clock.now())
        if fault is not None:
            check.note_fault(fault)
        concluded = gate.conclude(check)
    finally:
        if database is not None:
            database.close()
    if options.json:
        console.say_json(_as_json(check, concluded, options.language))
    else:
        console.say(_as_text(concluded, gate.sampling_points, options.language))
    return EXIT[concluded.verdict.outcome]


def _open(options: argparse.Namespace) -> tuple[Database | None, str | None]:
    """The log, if one is named; or the fault that keeps it from taking this vehicle's row, which costs a review."""
    if not options.database:
        return None, None
    try:
        database = open_database(options.database)
    except _PASSING as error:
        if Path(str(error.params.get("path", ""))).is_dir():
            raise
        return None, error.code
    say_warnings(database, options.language)
    return database, None


def _gate(options: argparse.Namespace, database: Database | None) -> Gate:
    """What the options name, else what was imported into the log, else the default and the demonstration key."""
    at: datetime | None = options.at
    clock: Clock = GivenClock(at) if at else SystemClock(newest_row(database))
    now = clock.now()
    library = load_library(database) if database is not None else EMPTY
    return Gate(
        load_config(config_path()),
        _policy(options.policy) if options.policy else library.policy,
        # A list on the command line is imported by hand, here and now.
        _trust(options.trust).as_of(now) if options.trust else library.trust or demo_trust(now),
        clock,
        watchlist=_watchlist(options.watchlist) if options.watchlist else library.watchlist,
        sampling_points=library.sampling_points,
        database=database,
    )


def _policy(path: Path) -> Policy:
    return read_policy(read_file(path, MOST[DocumentKind.POLICY]), path.name)


def _trust(path: Path) -> TrustList:
    return TrustList.from_bytes(read_file(path, MOST[DocumentKind.TRUST]))


def _watchlist(path: Path) -> Watchlist:
    return read_watchlist(read_file(path, MOST[DocumentKind.WATCHLIST]), path.name)


def _scanned(path: Path) -> str:
    # Cut off here, it is too long for any code all the same.
    content = sys.stdin.buffer.read(MOST_BYTES) if str(path) == "-" else read_file(path)
    return content.decode(errors="replace")


def _declare(check: Check, options: argparse.Namespace) -> None:
    """What the officer says, before anything is shown."""
    if options.people is not None:
        check.confirm_people(options.people)
        if len(options.temperature) > options.people:
            raise console.UsageError("too_many_temperatures", readings=len(options.temperature), people=options.people)
        if (number := max((*options.no_test, *options.child), default=0)) > options.people:
            raise console.UsageError("no_such_person", number=number, people=options.people)
    if options.plate is not None:
        check.set_plate(options.plate)
    if options.direction is not None:
        check.set_direction(Direction(options.direction))
    if options.exempt is not None:
        check.exempt(options.exempt)
    for number in options.no_test:
        check.declare_no_test(number - 1)
    for number in options.child:
        check.mark_child(number - 1)


def _as_json(check: Check, concluded: Concluded, language: Language) -> dict[str, object]:
    verdict, record = concluded.verdict, concluded.record
    return {
        "verdict": verdict.outcome.word,
        "reasons": [_reason(reason, language) for reason in verdict.reasons],
        "occupants": [_occupant(occupant, judged) for occupant, judged in _pairs(check.evidence, verdict.occupants)],
        "people": check.evidence.people,
        "plate": None if record.plate is None else {"text": record.plate, "kind": record.plate_kind},
        "at": record.concluded_at.isoformat(),
        "policy": {"version": record.policy_version, "notice": record.policy_notice, "sha256": record.policy_sha256},
        "trust": {"sha256": record.trust_sha256, "age_s": record.trust_age_s, "demo": record.demo},
        "clock": record.clock,
        "passage": record.id if concluded.committed else None,
    }


def _reason(reason: Reason, language: Language) -> dict[str, object]:
    return {
        "code": str(reason.code),
        "text": texts.reason(reason, language),
        "verdict": reason.outcome.word,
        "occupant": None if reason.occupant is None else reason.occupant + 1,
    }


def _pairs(evidence: Evidence, verdicts: tuple[OccupantVerdict, ...]) -> list[tuple[Occupant, OccupantVerdict]]:
    known = (*evidence.occupants, *(Occupant() for _ in range(len(verdicts) - len(evidence.occupants))))
    return list(zip(known, verdicts, strict=False))


def _occupant(occupant: Occupant, judged: OccupantVerdict) -> dict[str, object]:
    holder = next(iter(occupant.holders), None)
    return {
        "verdict": judged.outcome.word,
        "name": mask_name(holder.name) if holder else None,
        "id": mask_tail(holder.id_tail) if holder else None,
        "health": [str(seen.credential.health.state) for seen in occupant.codes if seen.credential.health],
        "tests": [
            {"result": str(test.result), "sampled": test.sampled and test.sampled.isoformat(), "kind": str(test.kind)}
            for seen in occupant.codes
            for test in seen.credential.tests
        ],
        "proofs": [str(proof.kind) for seen in occupant.codes for proof in seen.credential.proofs],
        "temperatures": [reading.celsius for reading in occupant.readings],
        "reasons": [str(reason.code) for reason in judged.reasons],
    }


def _as_text(concluded: Concluded, points: tuple[SamplingPoint, ...], language: Language) -> str:
    verdict, record = concluded.verdict, concluded.record
    mark = {Outcome.PASS: "✓", Outcome.REVIEW: "?", Outcome.REFUSE: "✕"}[verdict.outcome]
    lines = [f"{mark} {texts.outcome(verdict.outcome, language)}"]
    several = len(verdict.occupants) > 1
    for reason in verdict.reasons:
        if verdict.outcome is Outcome.PASS or reason.outcome is not Outcome.PASS or reason.code == Code.DEMO:
            who = f"[{reason.occupant + 1}] " if several and reason.occupant is not None else ""
            lines.append(f"  · {who}{texts.reason(reason, language)}")
    if wants_sampling_point(verdict):
        lines += [f"  → {point.name}（{point.place}，{point.hours}）" for point in points[:3]]
    lines.append(f"  {console.local_time(record.concluded_at)}  {record.policy_version} · {record.policy_notice}")
    if concluded.committed:
        lines.append(f"  {record.id}")
    return "\n".join(lines)
