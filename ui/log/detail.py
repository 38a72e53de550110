"""A passage in plain words, block by block: pure functions from the kept JSON, no window, no database.

Whatever an older program or another hand wrote into the evidence, a block is made of what can be understood.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.personal import OPEN as READABLE
from db.records import DecisionRecord, PassageRecord
from station import texts
from station.kept import correction_of, field, items, masked, parse, plate_now, reasons_of
from station.masking import mask_name, mask_tail
from station.texts import Language
from station.verdict import Outcome, Reason
from ui.log.records import (
    OPEN,
    clock_words,
    maybe,
    moment_words,
    plate_words,
    say,
    shift_words,
    state_of,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence; `outcome` is what it leads to, where it is a reason."""

    text: str
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and its sentences."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with what was decided about it, oldest first, and people's names by code."""

    record: PassageRecord
    decisions: tuple[DecisionRecord, ...]
    names: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str]:
        """What names the passage."""
        return self.record.station, self.record.id

    @property
    def state(self) -> str:
        """What became of it."""
        return state_of(self.record, self.decisions)

    @property
    def plate(self) -> str | None:
        """The plate, whole, after corrections."""
        return plate_now(self.record, self.decisions)

    def name(self, code: str) -> str:
        """A colleague's name; staff see each other whole."""
        return self.names.get(code, code)


def blocks(passage: Passage, language: Language, *, whole: bool = False) -> tuple[Block, ...]:
    """Everything there is to say about a passage.

    Args:
        passage: Which.
        language: In which language.
        whole: Unmasked, which is an act to be logged first.
    """
    teller = _Teller(passage, language, whole)
    evidence = parse(passage.record.evidence)
    told = [("log_block_reasons", teller.reasons()), ("log_block_history", teller.history())]
    found = [Block(say(key, language), tuple(lines)) for key, lines in told]
    if isinstance(evidence, dict):
        found += (
            Block(teller.person_title(number, occupant), tuple(teller.person(occupant)))
            for number, occupant in enumerate(items(evidence, "occupants"), 1)
        )
    found.append(Block(say("log_block_vehicle", language), tuple(teller.vehicle(evidence))))
    found.append(Block(say("log_block_basis", language), tuple(teller.basis())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Sentences about one passage in one language."""

    passage: Passage
    language: Language
    whole: bool

    def say(self, key: str, /, **figures: object) -> str:
        return say(key, self.language, **figures)

    def plate(self, plate: str | None) -> str:
        return plate_words(plate, whole=self.whole) if plate else self.say("log_no_plate")

    # --- reasons and decisions ---------------------------------------------------------------------------------------

    def reasons(self) -> Iterator[Line]:
        found = reasons_of(self.passage.record)
        if self.passage.record.personal != READABLE:
            yield Line(self.say(f"log_{self.passage.record.personal}"))
        elif not found:
            yield Line(self.say("log_no_reason"))
        several = len({reason.occupant for reason in found} - {None}) > 1
        for reason in found:
            yield Line(self._reason(reason, several=several), reason.outcome)

    def _reason(self, reason: Reason, *, several: bool) -> str:
        sentence = texts.reason(reason if self.whole else masked(reason), self.language)
        if not several or reason.occupant is None:
            return sentence
        colon = "：" if self.language == "zh" else ": "
        return f"{self.say('log_block_person', number=reason.occupant + 1)}{colon}{sentence}"

    def history(self) -> Iterator[Line]:
        if self.passage.state == OPEN:
            yield Line(self.say("log_waits"), Outcome.REVIEW)
        elif not self.passage.decisions:
            yield Line(self.say("log_nothing_done"))
        for decision in self.passage.decisions:
            yield Line(self._decision(decision))

    def _decision(self, decision: DecisionRecord) -> str:
        what = maybe("log_done", decision.kind, self.language)
        was, now = correction_of(decision)
        if now:
            what = self.say("log_done_correction", was=self.plate(was), now=self.plate(now))
        at, officer = moment_words(decision.at), self.passage.name(decision.officer)
        if decision.lead:
            lead = self.passage.name(decision.lead)
            line = self.say("log_done_with_lead", at=at, what=what, officer=officer, lead=lead)
        else:
            line = self.say("log_done", at=at, what=what, officer=officer)
        return self.say("log_done_reason", line=line, reason=decision.reason) if decision.reason else line

    # --- one person --------------------------------------------------------------------------------------------------

    def person_title(self, number: int, occupant: Any) -> str:
        title = self.say("log_block_person", number=number)
        holders = [field(field(code, "credential"), "holder") for code in items(occupant, "codes")]
        holders += [field(entry, "holder") for entry in items(occupant, "manual")]
        named = [part for holder in holders if (part := self._holder(holder, field(occupant, "id_number")))]
        return " · ".join([title, *dict.fromkeys(named)])

    def _holder(self, holder: Any, id_number: Any) -> str:
        name, tail = field(holder, "name"), field(holder, "id_tail")
        if not name:
            return ""
        if not self.whole:
            return f"{mask_name(str(name))} {mask_tail(tail)}".strip()
        if id_number:
            return f"{name} {self.say('log_id_whole', number=id_number)}"
        return f"{name} {self.say('log_id_tail', tail=tail)}" if tail else str(name)

    def person(self, occupant: Any) -> Iterator[Line]:
        told = [*self._seen(occupant), *self._typed(occupant), *self._rest(occupant)]
        yield from map(Line, told or [self.say("log_person_unknown")])

    def _seen(self, occupant: Any) -> Iterator[str]:
        for seen in items(occupant, "codes"):
            credential = field(seen, "credential")
            yield from self._certified(field(credential, "health"), items(credential, "tests"))
            for proof in items(credential, "proofs"):
                yield maybe("log_code", field(proof, "kind"), self.language)
            yield self.say(
                "log_code_signed",
                family=str(field(credential, "family") or "?").upper(),
                issuer=field(credential, "issuer") or "?",
                key=str(field(credential, "key_id") or "?")[:16],
                at=self._instant(field(seen, "at"), clock_only=True),
            )
            if field(credential, "demo"):
                yield self.say("log_code_demo")

    def _typed(self, occupant: Any) -> Iterator[str]:
        for entry in items(occupant, "manual"):
            test = field(entry, "test")
            yield self.say("log_by_hand", medium=maybe("log_medium", field(entry, "medium"), self.language))
            yield from self._certified(field(entry, "health"), [test] if test else [])

    def _certified(self, health: Any, tests: list[Any]) -> Iterator[str]:
        if health:
            state = str(field(health, "state"))
            word = texts.pick(texts.HEALTH[state], self.language) if state in texts.HEALTH else state
            yield self.say("log_code_health", state=word)
        for test in tests:
            result = maybe("log_result", field(test, "result"), self.language)
            key = "log_code_antigen" if field(test, "kind") == "antigen" else "log_code_test"
            laboratory = field(test, "laboratory")
            where = self.say("log_code_laboratory", laboratory=laboratory) if laboratory else ""
            yield self.say(key, result=result, sampled=self._instant(field(test, "sampled"))) + where

    def _rest(self, occupant: Any) -> Iterator[str]:
        for failed in items(occupant, "failed"):
            yield self._failed(failed)
        if field(occupant, "no_test"):
            yield self.say("log_no_test")
        if field(occupant, "child"):
            yield self.say("log_child")
        for reading in items(occupant, "readings"):
            at = self._instant(field(reading, "at"), clock_only=True)
            yield self.say("log_temperature", celsius=field(reading, "celsius"), at=at)
        for hit in items(occupant, "watch"):
            yield self._watch(hit)

    def _failed(self, failed: Any) -> str:
        params = field(failed, "params")
        sentence = texts.error(str(field(failed, "code")), params if isinstance(params, dict) else {}, self.language)
        return self.say("log_failed_code", sentence=sentence)

    def _watch(self, hit: Any) -> str:
        return self.say("log_watch", reason=field(hit, "reason") or "?", contact=field(hit, "contact") or "?")

    # --- the vehicle and the station ---------------------------------------------------------------------------------

    def vehicle(self, evidence: Any) -> Iterator[Line]:
        if not isinstance(evidence, dict):
            yield Line(self.say("log_unreadable"))
        yield Line(self._plate(field(evidence, "plate")))
        record = self.passage.record
        if record.people:
            yield Line(self.say("log_people_count", people=record.people))
        else:
            yield Line(self.say("log_people_unconfirmed"))
        if record.direction:
            yield Line(maybe("log_direction", record.direction, self.language))
        if exemption := field(field(evidence, "exemption"), "reason"):
            yield Line(self.say("log_exempt", reason=exemption))
        for hit in items(evidence, "vehicle_watch"):
            yield Line(self._watch(hit))
        for failed in items(evidence, "failed"):
            yield Line(self._failed(failed))
        for fault in items(evidence, "faults"):
            yield Line(texts.reason(Reason("fault", Outcome.REVIEW, {"fault": str(fault)}), self.language))
        if record.previous:
            yield Line(self.say("log_previous", id=record.previous))

    def _plate(self, kept: Any) -> str:
        typed, now = self.passage.record.plate, self.passage.plate
        if now and now != typed:
            return self.say("log_plate_corrected", plate=self.plate(now), typed=self.plate(typed))
        if now:
            return self.say("log_plate", plate=self.plate(now))
        why = field(kept, "reason")
        return self.say("log_plate_absent", reason=why) if why else self.say("log_plate_missing")

    def basis(self) -> Iterator[Line]:
        record = self.passage.record
        shift = shift_words(record.shift_date, record.shift, self.language)
        start, end = moment_words(record.started_at), clock_words(record.concluded_at)
        yield Line(self.say("log_checked", start=start, end=end, shift=shift))
        if record.officer:
            yield Line(self.say("log_officer", officer=self.passage.name(record.officer)))
        comma = "、" if self.language == "zh" else ", "
        people = comma.join(map(self.passage.name, record.on_duty)) or self.say("log_nobody")
        yield Line(self.say("log_on_duty", people=people))
        notice = record.policy_notice
        key = "log_policy_notice" if notice else "log_policy"
        yield Line(self.say(key, version=record.policy_version, notice=notice))
        yield Line(self._trust(record.trust_age_s))
        yield Line(maybe("log_clock", record.clock, self.language))
        if record.demo:
            yield Line(self.say("log_demo"))
        yield Line(self.say("log_number", id=record.id))

    def _trust(self, seconds: int | None) -> str:
        if seconds is None:
            return self.say("log_trust_undated")
        for key, size in (("log_days", 86_400), ("log_hours", 3_600)):
            if seconds >= 2 * size:
                return self.say("log_trust_age", age=self.say(key, count=seconds // size))
        return self.say("log_trust_age", age=self.say("log_minutes", count=max(seconds, 0) // 60))

    def _instant(self, text: Any, *, clock_only: bool = False) -> str:
        """A kept ISO 8601 instant, at the checkpoint's time."""
        try:
            instant = datetime.fromisoformat(str(text))
        except ValueError:
            return self.say("log_unknown_time")
        return clock_words(instant) if clock_only else moment_words(instant)
