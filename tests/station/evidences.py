"""Evidence for hypothesis: vehicles in perfect order, everything that can be wrong with them, and anything at all."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from scanner.credentials import Credential, Family, Health, HealthState, Holder, Proof, ProofKind
from scanner.credentials import Test as Tested
from scanner.credentials import TestKind as Kind
from scanner.credentials import TestResult as Result
from scanner.plates import Plate, PlateKind
from station.evidence import (
    ClockState,
    Evidence,
    Exemption,
    FailedCode,
    ManualEntry,
    Medium,
    NoPlate,
    Occupant,
    Reading,
    SeenCode,
    TrustState,
    WatchHit,
    WatchKind,
)
from tests.station.builders import HOUR, MINUTE, NOW, WANG_ID, certificate, credential, health_code, salted, seen

# --- in perfect order ------------------------------------------------------------------------------------------------

_NAMES = ("王小明", "林晓岚", "陈静", "Anna Schmidt", "欧阳修")


def _span(low: timedelta, high: timedelta) -> st.SearchStrategy[timedelta]:
    return st.timedeltas(low, high)


@st.composite
def good_occupants(draw: st.DrawFn, index: int) -> Occupant:
    """Green, negative within 48 h, no fever: as one code, as two, or with several tests and readings."""
    holder = Holder(_NAMES[index], 10, draw(st.sampled_from([None, f"{index}23X"])))
    negatives = tuple(
        Tested(NOW - draw(_span(-5 * MINUTE, 48 * HOUR)), Result.NEGATIVE) for _ in range(draw(st.integers(1, 3)))
    )
    issued = NOW - draw(_span(timedelta(), 24 * HOUR))
    expires = NOW + draw(_span(-5 * MINUTE, 24 * HOUR))
    if draw(st.booleans()):
        both = credential(holder, health=Health(HealthState.GREEN), tests=negatives, issued=issued, expires=expires)
        codes = seen(both)
    else:
        codes = seen(health_code(holder, issued=issued, expires=expires), certificate(holder, *negatives))
        if draw(st.booleans()):
            codes = codes[::-1]
    normal = st.floats(34.0, 37.29)
    measured = [Reading(draw(normal), NOW)]
    if draw(st.booleans()):  # a fever that rest brought down, or a slip of the thermometer
        first = draw(st.one_of(st.floats(37.3, 43.0), st.sampled_from([99.9, math.nan, 12.0])))
        measured.insert(0, Reading(first, NOW - draw(_span(5 * MINUTE, HOUR))))
    return Occupant(codes=codes, readings=tuple(measured))


@st.composite
def good_vehicles(draw: st.DrawFn) -> Evidence:
    """One to five people in perfect order, on a good plate, at a sound station."""
    count = draw(st.integers(1, 5))
    age = draw(st.one_of(_span(-5 * MINUTE, timedelta(days=7))))
    return Evidence(
        trust=TrustState(age, demo=draw(st.booleans()), sha256="ab" * 32),
        clock=draw(st.sampled_from([ClockState.TRUSTED, ClockState.GIVEN])),
        occupants=tuple(draw(good_occupants(index)) for index in range(count)),
        people=count,
        plate=draw(st.sampled_from([Plate("闽E12345", PlateKind.ORDINARY), Plate("粤BD12345", PlateKind.NEW_ENERGY)])),
    )


# --- one thing wrong -------------------------------------------------------------------------------------------------

Spoil = Callable[[Evidence], Evidence]
SpoilOne = Callable[[Occupant], Occupant]

_STRANGER = Holder("赵无名", 10, "9999")
_HIT = WatchHit(WatchKind.EXACT, "居家隔离", "138")


def _each(one: Occupant, change: Callable[[Credential], Credential]) -> Occupant:
    return replace(one, codes=tuple(replace(code, credential=change(code.credential)) for code in one.codes))


def _without(one: Occupant, field: str) -> Occupant:
    """Every code less its health or its tests; a code that says nothing more is gone."""
    empty = None if field == "health" else ()
    stripped = _each(one, lambda code: replace(code, **{field: empty}))  # type: ignore[arg-type]  # field by name
    return replace(stripped, codes=tuple(c for c in stripped.codes if c.credential.health or c.credential.tests))


def _state(one: Occupant, state: HealthState) -> Occupant:
    return _each(one, lambda code: replace(code, health=Health(state)) if code.health else code)


def _all_tests(one: Occupant, change: Callable[[Tested], Tested]) -> Occupant:
    return _each(one, lambda code: replace(code, tests=tuple(map(change, code.tests))))


def _newest(one: Occupant) -> datetime:
    return max(test.sampled for code in one.codes for test in code.credential.tests if test.sampled)


def _read(one: Occupant, celsius: float) -> Occupant:
    return replace(one, readings=(*one.readings[:-1], replace(one.readings[-1], celsius=celsius)))


def _read_more(one: Occupant, celsius: float) -> Occupant:
    return replace(one, readings=(*one.readings, Reading(celsius, NOW)))


def _add_code(one: Occupant, code: Credential) -> Occupant:
    return replace(one, codes=(*one.codes, SeenCode(code, NOW)))


def _tail(one: Occupant, tail: str) -> Occupant:
    return _each(one, lambda code: replace(code, holder=replace(code.holder, id_tail=tail)))


def _holder(one: Occupant) -> Holder:
    return one.holders[0]


SPOIL_ONE: dict[str, SpoilOne] = {
    "nothing known": lambda _one: Occupant(),
    "no codes": lambda one: replace(one, codes=()),
    "no health": lambda one: _without(one, "health"),
    "health yellow": lambda one: _state(one, HealthState.YELLOW),
    "health red": lambda one: _state(one, HealthState.RED),
    "a second code, red": lambda one: _add_code(one, health_code(_holder(one), HealthState.RED)),
    "health stale": lambda one: _each(one, lambda code: replace(code, issued=NOW - 24 * HOUR - MINUTE)),
    "health undated": lambda one: _each(one, lambda code: replace(code, issued=None)),
    "expired": lambda one: _each(one, lambda code: replace(code, expires=NOW - 6 * MINUTE)),
    "no test": lambda one: _without(one, "tests"),
    "no test, declared": lambda one: replace(_without(one, "tests"), no_test=True),
    "tests positive": lambda one: _all_tests(one, lambda test: replace(test, result=Result.POSITIVE)),
    "tests invalid": lambda one: _all_tests(one, lambda test: replace(test, result=Result.INVALID)),
    "tests antigen": lambda one: _all_tests(one, lambda test: replace(test, kind=Kind.ANTIGEN)),
    "tests undated": lambda one: _all_tests(one, lambda test: replace(test, sampled=None)),
    "tests too old": lambda one: _all_tests(one, lambda test: replace(test, sampled=NOW - 48 * HOUR - MINUTE)),
    "tests tomorrow": lambda one: _all_tests(one, lambda test: replace(test, sampled=NOW + 24 * HOUR)),
    "a positive beside": lambda one: _add_code(one, certificate(_holder(one), Tested(NOW - HOUR, Result.POSITIVE))),
    "an undated beside": lambda one: _add_code(one, certificate(_holder(one), Tested(None, Result.NEGATIVE))),
    "the newest invalid": lambda one: _add_code(
        one, certificate(_holder(one), Tested(_newest(one) + timedelta(seconds=1), Result.INVALID))
    ),
    "no temperature": lambda one: replace(one, readings=()),
    "temperature nan": lambda one: _read(one, math.nan),
    "temperature infinite": lambda one: _read(one, math.inf),
    "temperature too high to be true": lambda one: _read(one, 99.9),
    "temperature too low to be true": lambda one: _read(one, 33.9),
    "fever": lambda one: _read(one, 37.3),
    "another reading, a fever": lambda one: _read_more(one, 38.0),
    "another reading, nan": lambda one: _read_more(one, math.nan),
    "a code of somebody else": lambda one: _add_code(one, certificate(_STRANGER)),
    "another tail": lambda one: _add_code(_tail(one, "1111"), certificate(replace(_holder(one), id_tail="2222"))),
    "another's ID": lambda one: replace(_tail(one, "0001"), id_number=WANG_ID),
    "another's hash": lambda one: replace(
        _each(one, lambda code: replace(code, holder=salted(code.holder, "11010519491231002X"))), id_number=WANG_ID
    ),
    "ambiguous": lambda one: replace(one, ambiguous=True),
    "a failed code": lambda one: replace(one, failed=(FailedCode("signature_invalid"),)),
    "replayed": lambda one: replace(one, codes=tuple(replace(code, elsewhere=NOW - MINUTE) for code in one.codes)),
    "watched": lambda one: replace(one, watch=(_HIT,)),
    "namesake": lambda one: replace(one, watch=(replace(_HIT, kind=WatchKind.NAMESAKE),)),
    "by hand": lambda one: replace(one, manual=(ManualEntry(_holder(one), Medium.PAPER, Health(HealthState.GREEN)),)),
}

SPOIL_VEHICLE: dict[str, Spoil] = {
    "plate missing": lambda all_: replace(all_, plate=None),
    "no plate": lambda all_: replace(all_, plate=NoPlate("新车")),
    "plate irregular": lambda all_: replace(all_, plate=Plate("闽I12345", PlateKind.OTHER)),
    "vehicle watched": lambda all_: replace(all_, vehicle_watch=(_HIT,)),
    "people not counted": lambda all_: replace(all_, people=None),
    "one more in the vehicle": lambda all_: replace(all_, people=len(all_.occupants) + 1),
    "one fewer in the vehicle": lambda all_: replace(all_, people=len(all_.occupants) - 1),
    "a hundred in the vehicle": lambda all_: replace(all_, people=100),
    "people below none": lambda all_: replace(all_, people=-1),
    "nobody looked at": lambda all_: replace(all_, occupants=()),
    "one not looked at": lambda all_: replace(all_, occupants=all_.occupants[1:]),
    "a fault": lambda all_: replace(all_, faults=("camera_failed",)),
    "a fault without a name": lambda all_: replace(all_, faults=("",)),
    "a failed code": lambda all_: replace(all_, failed=(FailedCode("code_unreadable"),)),
    "clock untrusted": lambda all_: replace(all_, clock=ClockState.UNTRUSTED),
    "trust undated": lambda all_: replace(all_, trust=replace(all_.trust, age=None)),
    "trust expired": lambda all_: replace(all_, trust=replace(all_.trust, age=timedelta(days=7, seconds=1))),
    "trust from the future": lambda all_: replace(all_, trust=replace(all_.trust, age=-6 * MINUTE)),
    "abandoned": lambda all_: replace(all_, abandoned=True),
    "exempt without a reason": lambda all_: replace(all_, exemption=Exemption("")),
    "exempt with a plate of nothing": lambda all_: replace(
        all_, exemption=Exemption("救护车"), plate=Plate("", PlateKind.OTHER)
    ),
    "exempt without a plate": lambda all_: replace(all_, exemption=Exemption("救护车"), plate=None),
}


def spoil_occupant(all_: Evidence, index: int, spoil: SpoilOne) -> Evidence:
    """The same vehicle with one occupant spoilt."""
    index %= len(all_.occupants)
    people = all_.occupants
    return replace(all_, occupants=(*people[:index], spoil(people[index]), *people[index + 1 :]))


# --- anything at all -------------------------------------------------------------------------------------------------

instants = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds
_texts = st.text(max_size=8)
_some = st.none() | _texts
_holders = st.builds(
    Holder,
    name=_texts | st.sampled_from(_NAMES),
    id_type=st.none() | st.integers(),
    id_tail=_some,
    id_hash=st.none() | st.binary(max_size=33),
    id_salt=st.none() | st.binary(max_size=17),
    birth_date=_some,
    latin_name=_some,
)
_health = st.builds(Health, st.sampled_from(HealthState), _some, st.none() | instants, _some)
_tests = st.builds(Tested, st.none() | instants, st.sampled_from(Result), kind=st.sampled_from(Kind))
_credentials = st.builds(
    Credential,
    family=st.sampled_from(Family),
    holder=_holders,
    issuer=_texts,
    issued=st.none() | instants,
    expires=instants,
    code_id=_texts,
    key_id=_texts,
    demo=st.booleans(),
    health=st.none() | _health,
    tests=st.lists(_tests, max_size=3).map(tuple),
    proofs=st.lists(st.builds(Proof, st.sampled_from(ProofKind), st.none() | st.dates()), max_size=1).map(tuple),
)
_failed = st.lists(
    st.builds(FailedCode, _texts, st.dictionaries(_texts, st.integers() | _texts, max_size=2)), max_size=2
)
_hits = st.lists(st.builds(WatchHit, st.sampled_from(WatchKind), _texts, _texts), max_size=2).map(tuple)
occupants = st.builds(
    Occupant,
    codes=st.lists(st.builds(SeenCode, _credentials, instants, st.none() | instants), max_size=2).map(tuple),
    failed=_failed.map(tuple),
    manual=st.lists(
        st.builds(ManualEntry, _holders, st.sampled_from(Medium), st.none() | _health, st.none() | _tests), max_size=2
    ).map(tuple),
    no_test=st.booleans(),
    readings=st.lists(st.builds(Reading, st.floats(), instants), max_size=4).map(tuple),
    child=st.booleans(),
    id_number=_some,
    watch=_hits,
    ambiguous=st.booleans(),
)
anything = st.builds(
    Evidence,
    trust=st.builds(TrustState, st.none() | st.timedeltas(), st.booleans(), _texts),
    clock=st.sampled_from(ClockState),
    occupants=st.lists(occupants, max_size=2).map(tuple),
    people=st.none() | st.integers() | st.integers(-1, 4),
    plate=st.none() | st.builds(NoPlate, _texts) | st.builds(Plate, _texts, st.sampled_from(PlateKind)),
    vehicle_watch=_hits,
    failed=_failed.map(tuple),
    faults=st.lists(_texts, max_size=2).map(tuple),
    exemption=st.none() | st.builds(Exemption, _texts),
    abandoned=st.booleans(),
)
