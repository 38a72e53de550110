"""Whatever a code says, reading it ends in a credential or in a named refusal, and in nothing else."""

import random
import zlib
from datetime import UTC, datetime
from typing import Any

import base45
import cbor2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.credentials import Credential, CredentialError, hc1, jkm1, read
from scanner.trust import TrustList
from tests.progress import Progress
from tests.scanner import builders
from tests.scanner.builders import NOW, RECOVERED, SIGNER, STATE_KEY, VACCINATED, claims, cwt, dcc, message_of

TRUST = TrustList((*builders.TRUST.keys, *builders.STATE_TRUST.keys))
PROOF_ROUNDS = 100_000
short = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))

HEALTH_CODE = claims()
CERTIFICATES = [cwt(dcc()), cwt(dcc(v=[VACCINATED])), cwt(dcc(r=[RECOVERED]))]
SOUND = [builders.jkm1(HEALTH_CODE), *map(builders.hc1, CERTIFICATES)]


def outcome(text: str) -> Credential | CredentialError:
    """What reading ends in; anything but these two fails the test."""
    result = read_or_refuse(text)
    if isinstance(result, CredentialError):
        assert result.code != CredentialError.code
        assert all(isinstance(value, str | int) for value in result.params.values())
        "".join(map(str, result.params.values())).encode()  # can be shown and stored
    else:
        assert all(test.sampled is None or test.sampled.tzinfo is UTC for test in result.tests)
        assert result.expires.tzinfo is UTC
        assert result.holder.name.strip()
    return result


def read_or_refuse(text: str) -> Credential | CredentialError:
    try:
        return read(text, TRUST, NOW)
    except CredentialError as error:
        return error


BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
prefixes = st.sampled_from(["", "HC1:", "JKM1:", "https://", "ＨＣ１：", "\0"])
anything = st.text(st.characters(categories=None), max_size=300)


@short
@given(prefixes, st.one_of(anything, st.text(BASE45, max_size=600)))
def test_any_text(prefix: str, rest: str) -> None:
    outcome(prefix + rest)


@short
@given(st.sampled_from(["HC1:", "JKM1:"]), st.binary(max_size=600))
def test_any_bytes_behind_a_prefix(prefix: str, data: bytes) -> None:
    outcome(prefix + base45.b45encode(data if prefix == "JKM1:" else zlib.compress(data)).decode())


@short
@given(st.sampled_from(SOUND), st.data())
def test_a_code_with_one_other_character_is_never_accepted(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.one_of(st.sampled_from(BASE45), st.characters(categories=None)))
    changed = text[:position] + character + text[position + 1 :]
    if changed != text:
        assert isinstance(outcome(changed), CredentialError)


# --- rubbish that a trusted key signed -------------------------------------------------------------------------------

numbers = st.one_of(
    st.integers(-3, 10), st.integers(), st.floats(), st.sampled_from([2**32, 2**63, 2**64, -(2**64), 10**400, 1e300])
)
times = st.one_of(st.datetimes(timezones=st.just(UTC)), st.dates())
leaves = st.one_of(
    st.none(), st.booleans(), numbers, times, st.binary(max_size=40),
    st.text(st.characters(codec="utf-8"), max_size=130),
    st.sampled_from([cbor2.undefined, cbor2.CBORSimpleValue(99), "2022-03-13T08:00:00Z", "1964-08-12"]),
)  # fmt: skip
keys = st.one_of(
    st.sampled_from([1, 2, 3, 4, 5, 6, 7, -260, -38961, "v", "t", "r", "nam", "dob", "ver"]), st.integers()
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(keys, inner, max_size=5),
        st.builds(cbor2.CBORTag, st.integers(600, 2**32), inner),
    ),
    max_leaves=12,
)


def changed(whole: Any, path: list[int], value: object, *, drop: bool = False) -> Any:
    """A copy of `whole` with the part that `path` leads to replaced or left out."""
    if not path or not isinstance(whole, dict | list) or not whole:
        return value
    names = list(whole) if isinstance(whole, dict) else list(range(len(whole)))
    name = names[path[0] % len(names)]
    copy = dict(whole) if isinstance(whole, dict) else list(whole)
    if drop and len(path) == 1:
        del copy[name]
    else:
        copy[name] = changed(whole[name], path[1:], value, drop=drop)
    return copy


@short
@given(values, st.booleans())
def test_any_value_that_a_trusted_key_signed(value: object, domestic: bool) -> None:
    payload = cbor2.dumps(value)
    outcome(builders.jkm1(payload) if domestic else builders.hc1(payload))


@settings(short, max_examples=600)
@given(st.integers(0, 3), st.lists(st.integers(0, 12), min_size=1, max_size=5), values, st.booleans())
def test_a_signed_payload_with_one_part_replaced(which: int, path: list[int], value: object, drop: bool) -> None:
    whole = [HEALTH_CODE, *CERTIFICATES][which]
    payload = cbor2.dumps(changed(whole, path, value, drop=drop))
    outcome(builders.hc1(payload) if which else builders.jkm1(payload))


# --- bytes out of a seed ---------------------------------------------------------------------------------------------


def mutated(data: bytes, chance: random.Random) -> bytes:
    """One to four bytes replaced, left out, doubled or put in, or the tail cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if not out:
            break
        position = chance.randrange(len(out))
        match chance.randrange(6):
            case 0:
                del out[position]
            case 1:
                out.insert(position, chance.randrange(256))
            case 2:
                out[position:position] = out[position : position + chance.randint(1, 8)]
            case 3 if chance.random() < 0.2:
                del out[position:]
            case 4:
                out[position] ^= 1 << chance.randrange(8)
            case _:
                out[position] = chance.choice((0x00, 0x18, 0x1B, 0x5F, 0x7F, 0x9F, 0xBF, 0xC1, 0xD8, 0xF6, 0xFB, 0xFF))
    return bytes(out)


def one_round(seed: int, number: int) -> None:
    """A mutated message, a mutated container under a true prefix, or a mutated payload that is signed again."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 -- reproducible, not secret
    which = chance.randrange(len(SOUND))
    text, domestic = SOUND[which], which == 0
    payload = cbor2.dumps([HEALTH_CODE, *CERTIFICATES][which])
    match chance.randrange(3):
        case 0:
            characters = mutated(text.encode(), chance).decode("latin-1")
            if characters.strip("\r\n\t\0") != text:
                assert isinstance(outcome(characters), CredentialError)
        case 1:
            message = message_of(text) if domestic else zlib.decompress(message_of(text))
            other = mutated(message, chance)
            result = outcome(builders.jkm1_text(other) if domestic else builders.hc1_text(other))
            if isinstance(result, Credential):  # what is not signed, its tag and how lengths are written, may differ
                assert result == read(text, TRUST, NOW)
        case _:
            payload = mutated(payload, chance)
            key, header = (SIGNER.private_key, builders.JKM1_HEADER) if domestic else (STATE_KEY, builders.STATE_HEADER)
            message = builders.sealed(payload, key, header)
            outcome(builders.jkm1_text(message) if domestic else builders.hc1_text(message))


def test_mutations() -> None:
    for number in range(4_000):
        one_round(20220314, number)


@pytest.mark.prove
def test_many_mutations(progress: Progress) -> None:
    while progress.done < PROOF_ROUNDS:
        for number in range(progress.done, progress.done + 1_000):
            one_round(progress.seed, number)
        progress.advance(1_000)


def test_the_families_stand_alone_too() -> None:
    """Each family's own `read` keeps the promise where the text did not come through the registry."""
    for family in (jkm1, hc1):
        for text in ("", "\ud800", "Ａ" * 50, "HC1:", SOUND[0], SOUND[1][4:]):
            with pytest.raises(CredentialError):
                family.read(text, TrustList(()), datetime(2022, 1, 1, tzinfo=UTC))
