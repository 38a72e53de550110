"""What a verified code says, whatever family it came in."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

RESIDENT_ID = 10
"""ID type of the resident identity card (居民身份证), GB/T 38962."""


class Family(StrEnum):
    """The families of codes that can be verified offline."""

    JKM1 = "jkm1"
    HC1 = "hc1"


class HealthState(StrEnum):
    """The state of a health code."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class TestResult(StrEnum):
    """The result of a test; whatever is neither negative nor positive is invalid."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    INVALID = "invalid"

    __test__ = False  # not a pytest class


class TestKind(StrEnum):
    """Only a nucleic-acid test counts for the 48-hour rule."""

    NUCLEIC_ACID = "nucleic_acid"
    ANTIGEN = "antigen"

    __test__ = False


class ProofKind(StrEnum):
    """Other certificates: shown to the officer, but no test."""

    VACCINATION = "vaccination"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose code it is. `id_hash` is SHA-256(salt ‖ whole ID number), for matching, not secrecy."""

    name: str
    id_type: int | None = None
    id_tail: str | None = None
    id_hash: bytes | None = None
    id_salt: bytes | None = None
    birth_date: str | None = None
    latin_name: str | None = None

    def has_id(self, id_number: str) -> bool | None:
        """Whether this holder has that whole ID number; None where the code does not say."""
        if self.id_hash is not None and self.id_salt is not None:
            return hashlib.sha256(self.id_salt + id_number.encode()).digest() == self.id_hash
        if self.id_tail is not None and not id_number.endswith(self.id_tail):
            return False
        return None

    def may_be(self, other: "Holder") -> bool:
        """Whether two codes can belong to one person: same name and, where both carry it, same ID tail."""
        if not _names(self) & _names(other):
            return False
        if self.id_tail and other.id_tail and self.id_tail != other.id_tail:
            return False
        return not (self.birth_date and other.birth_date and self.birth_date != other.birth_date)


@dataclass(frozen=True, slots=True)
class Health:
    """A health code's state. `division` is a GB/T 2260 code of six digits."""

    state: HealthState
    division: str | None = None
    since: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """One test. `sampled` is None where the certificate gives no clear instant."""

    __test__ = False

    sampled: datetime | None
    result: TestResult
    reported: datetime | None = None
    method: str | None = None
    laboratory: str | None = None
    report_number: str | None = None
    kind: TestKind = TestKind.NUCLEIC_ACID


@dataclass(frozen=True, slots=True)
class Proof:
    """A vaccination or recovery certificate: recognised and shown, though it is no test."""

    kind: ProofKind
    day: date | None


@dataclass(frozen=True, slots=True)
class Credential:
    """A verified code: signature, signer and dates held at the time it was read.

    Attributes:
        code_id: Stable name of this one code (`cti` in hex, or the certificate's own identifier), for replay memory.
        key_id: Identifier of the key that signed, in hex.
        demo: Signed by a demonstration key; nothing it says is real.
    """

    family: Family
    holder: Holder
    issuer: str
    issued: datetime | None
    expires: datetime
    code_id: str
    key_id: str
    demo: bool
    health: Health | None = None
    tests: tuple[Test, ...] = ()
    proofs: tuple[Proof, ...] = ()


def normal_name(name: str) -> str:
    """A name as it is compared: width, case, spaces and the marks inside names do not matter."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum())


def _names(holder: Holder) -> set[str]:
    return {normal for name in (holder.name, holder.latin_name) if name and (normal := normal_name(name))}
