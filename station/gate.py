"""The gate: everything a check needs, put together. No threads and no screen; those come to it.

A fault anywhere is caught here, named in the evidence, and costs a review.
"""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import numpy as np
from numpy.typing import NDArray

from db import passages, sign_ins
from db.engine import Database
from db.errors import DatabaseError, DatabaseFull, RecordRefused
from db.records import PassageRecord, new_id
from scanner import credentials
from scanner.credentials import CredentialError
from scanner.reader import STILL, Budget, QrReader, Sight
from scanner.trust import TrustList
from shifts.model import THREE_SHIFTS, DatedShift, ShiftPlan
from station.badges import is_badge
from station.check import Check
from station.clock import Clock
from station.config import Config
from station.evidence import TrustState
from station.passages import record_of, sightings_of
from station.policy import Policy, decide
from station.replay import ReplayMemory
from station.sampling_points import SamplingPoint
from station.verdict import Code, Verdict
from station.watchlist import Watchlist

log = logging.getLogger(__name__)

INTERNAL_FAULT = "internal_fault"
DECODER_FAILED = "decoder_failed"
CREDENTIAL_FAILED = "credential_failed"


@dataclass(frozen=True, slots=True)
class Concluded:
    """A check's end: its verdict, and whether its row is durable. Only a committed pass may be shown or spoken."""

    verdict: Verdict
    record: PassageRecord
    committed: bool


@dataclass(slots=True)
class Gate:
    """What a station judges with, and where it writes.

    Attributes:
        database: The log; None where nothing is to be kept, as for a question on the command line.
        officer: Code of the officer at the desk.
        unsaved: Records that could not be written yet; they go first when writing works again.
    """

    config: Config
    policy: Policy
    trust: TrustList
    clock: Clock
    watchlist: Watchlist = field(default_factory=Watchlist)
    sampling_points: tuple[SamplingPoint, ...] = ()
    database: Database | None = None
    officer: str | None = None
    plan: ShiftPlan = THREE_SHIFTS
    reader: QrReader = field(default_factory=QrReader)
    unsaved: list[PassageRecord] = field(default_factory=list)
    replay: ReplayMemory = field(init=False)

    def __post_init__(self) -> None:
        """Take up the replay memory where the log left it."""
        keep = timedelta(minutes=self.policy.replay_minutes)
        self.replay = ReplayMemory(keep)
        if self.database is not None:
            for record in passages.since(self.database, self.clock.now() - keep):
                self.replay.remember(sightings_of(record))

    def begin(self, recheck_of: tuple[str, ...] = ()) -> Check:
        """The next vehicle's check."""
        now = self.clock.now()
        return Check(
            id=new_id(),
            policy=self.policy,
            trust=TrustState(self.trust.age(now), self.trust.demo, self.trust.sha256),
            watchlist=self.watchlist,
            replay=self.replay,
            started=now,
            clock=self.clock.state(),
            recheck_of=recheck_of,
        )

    def look(self, check: Check, frame: NDArray[np.uint8], budget: Budget = STILL) -> Sight:
        """Read a picture and offer what is in it; returns what was seen. A decoder that fails is a fault."""
        try:
            sight = self.reader.look(frame, budget)
        except Exception:  # whatever a decoder does must cost a review, not the desk
            log.exception("the decoder failed")
            check.note_fault(DECODER_FAILED)
            return Sight([], [])
        for symbol in sight.symbols:
            self.show(check, symbol.text, symbol.payload)
        return sight

    def show(self, check: Check, text: str, payload: bytes = b"") -> None:
        """Offer one code's text, from the camera or a hand scanner. A badge is nobody's evidence."""
        if is_badge(text):
            return
        now = self.clock.now()
        try:
            credential = credentials.read(text, self.trust, now)
        except CredentialError as error:
            check.offer_failure(error, payload or text.encode(errors="surrogatepass"))
        except Exception:  # a bug in a parser must cost a review, not the desk
            log.exception("reading a code failed")
            check.note_fault(CREDENTIAL_FAILED)
        else:
            check.offer_code(credential, now)

    def conclude(self, check: Check, *, abandon: bool = False) -> Concluded:
        """End the check and write its passage; a pass that could not be written is a review.

        Whatever else goes wrong on the way is a fault of this passage: a check that is over always has its row.

        Raises:
            CheckError: It was concluded before.
        """
        now = self.clock.now()
        check.note_clock(self.clock.state())
        if now < check.started:
            check.note_fault(Code.CLOCK_UNTRUSTED)
        shift = self.plan.at(now)
        present = self._on_duty(check, shift)
        verdict = check.abandon(now) if abandon else check.conclude(now)
        record = partial(
            record_of,
            check,
            config=self.config,
            concluded=now,
            shift=shift,
            officer=self.officer,
            on_duty=present,
        )
        try:
            passage = record(verdict)
            if self.database is not None:
                self._catch_up(self.database)
                _append(self.database, passage)
            log.info("passage %s: %s", passage.id, verdict.outcome)
            return Concluded(verdict, passage, committed=self.database is not None)
        except Exception as error:  # a full disk, or a bug: it costs a review, and never the row
            log.exception("the passage could not be written")
            check.note_fault(error.code if isinstance(error, DatabaseError) else INTERNAL_FAULT)
            verdict = decide(self.policy, check.evidence, now)
            passage = record(verdict, bare=not isinstance(error, DatabaseError))
            self.unsaved.append(passage)
            return Concluded(verdict, passage, committed=False)

    def flush(self) -> bool:
        """Write what could not be written before; whether nothing is left."""
        if self.database is not None:
            try:
                self._catch_up(self.database)
            except Exception:  # as in `conclude`: what cannot be written now is kept for later
                log.exception("still cannot write")
        return not self.unsaved

    def _catch_up(self, database: Database) -> None:
        """Write the unsaved records. One that is refused for itself stays, and holds up no other."""
        for record in tuple(self.unsaved):
            try:
                _append(database, record)
            except RecordRefused:
                log.exception("passage %s is refused", record.id)
            else:
                self.unsaved.remove(record)

    def _on_duty(self, check: Check, shift: DatedShift) -> tuple[str, ...]:
        if self.database is None:
            return ()
        try:
            return sign_ins.on_duty(self.database, self.config.station, shift.day, shift.code)
        except DatabaseError as error:
            log.exception("cannot tell who is on duty")
            check.note_fault(error.code)
            return ()


def _append(database: Database, record: PassageRecord) -> None:
    """Keep a passage; one that an earlier try kept after all, though it said otherwise, is kept."""
    try:
        try:
            passages.append_passage(database, record)
        except DatabaseFull as full:
            if not full.released:
                raise
            passages.append_passage(database, record)
    except RecordRefused:
        if passages.get(database, record.station, record.id) is None:
            raise
        log.warning("passage %s had been written after all", record.id)
