"""The EU's own test cases, as they stand: text, the one certificate to trust, the time, and what must hold.

A case is valid when none of its expected results is false; an invalid one is refused for what it is about. Where a
case says one thing and its data another, it is named here with the reason, and must fail for that reason only.
"""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import pytest

from scanner.credentials import (
    BadContainer,
    BadEncoding,
    BadPayload,
    BadSignature,
    Credential,
    CredentialError,
    NotYetValid,
    SignerExpired,
    SignerNotAllowed,
    UnknownCode,
    UnknownSigner,
    read,
)
from scanner.cv import cv2
from scanner.reader import BadFrameError, QrReader
from scanner.trust import TrustList
from tests.conftest import SHARED

FOLDER = SHARED / "dcc"
NAMES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.json"))

UNREADABLE_PICTURE = "common/Q1"
REFUSED: dict[str, type[CredentialError]] = {
    **dict.fromkeys(("common/H1", "common/H2", "common/H3"), UnknownCode),
    **dict.fromkeys(("common/B1", "common/Z1", "common/Z2"), BadEncoding),
    "common/CBO2": BadContainer,
    **dict.fromkeys(("common/CO22", "common/CO23"), UnknownSigner),
    "common/CO5": BadSignature,
    **dict.fromkeys((f"common/CO{number}" for number in range(6, 12)), SignerNotAllowed),
    # The clock is before the issue and after the expiry of the code, and out of the certificate's dates as well.
    **dict.fromkeys(("common/CO16", "common/CO17"), SignerExpired),
    **dict.fromkeys(("common/CBO1", "common/DGC1", "common/DGC2"), BadPayload),
}
FAULTY: dict[str, type[CredentialError]] = {
    # The clock says 18 May 2021; the codes were issued on 19 May, 3 June and 19 May, by their own `iat`.
    "FR/recovery_ok": NotYetValid,
    "FR/test_pcr_ok": NotYetValid,
    "FR/vaccin_ok": NotYetValid,
}


@cache
def case(name: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def cases(wanted: Callable[[str], bool]) -> list[Any]:
    """The names that are wanted; without the data one that is skipped."""
    return list(filter(wanted, NAMES)) or [pytest.param("", marks=pytest.mark.skip("no shared data"))]


def is_valid(name: str) -> bool:
    return False not in case(name)["EXPECTEDRESULTS"].values()


def verified(name: str, now: datetime | None = None) -> Credential:
    context = case(name)["TESTCTX"]
    now = now or datetime.fromisoformat(context["VALIDATIONCLOCK"])
    trust = TrustList.from_certificates([base64.b64decode(context["CERTIFICATE"])])
    assert not trust.rejected
    return read(case(name)["PREFIX"], trust, now if now.tzinfo else now.replace(tzinfo=UTC))


def picture(name: str) -> Any:
    png = np.frombuffer(base64.b64decode(case(name)["2DCODE"]), np.uint8)
    return cv2.imdecode(png, cv2.IMREAD_COLOR)


@pytest.mark.parametrize("name", cases(lambda name: name not in {*REFUSED, *FAULTY, UNREADABLE_PICTURE}))
def test_a_valid_case_is_read(name: str) -> None:
    assert is_valid(name)
    credential = verified(name)
    assert credential.tests or credential.proofs


@pytest.mark.parametrize("name", cases(REFUSED.__contains__))
def test_an_invalid_case_is_refused_for_what_it_is(name: str) -> None:
    assert not is_valid(name)
    with pytest.raises(CredentialError) as caught:
        verified(name)
    assert caught.type is REFUSED[name]


@pytest.mark.parametrize("name", cases(FAULTY.__contains__))
def test_a_case_that_contradicts_itself_fails_for_that_reason(name: str) -> None:
    assert is_valid(name)
    with pytest.raises(FAULTY[name]) as caught:
        verified(name)
    issued = datetime.fromisoformat(str(caught.value.params["issued"]))
    assert verified(name, now=issued).issued == issued


@pytest.mark.parametrize("name", cases(lambda name: "2DCODE" in case(name) and name != UNREADABLE_PICTURE))
def test_a_picture_says_what_the_case_says(name: str) -> None:
    symbols = QrReader().read(picture(name))
    assert [symbol.text for symbol in symbols] == [case(name)["PREFIX"]]
    assert symbols[0].payload == case(name)["PREFIX"].encode()


def test_an_unreadable_picture_yields_no_code(shared_data: Any) -> None:
    """Its text would verify; what must fail is the picture, which is none."""
    assert not is_valid(UNREADABLE_PICTURE)
    with pytest.raises(BadFrameError):
        QrReader().read(picture(UNREADABLE_PICTURE))


def test_none_is_missing(shared_data: Any) -> None:
    valid = sum(map(is_valid, NAMES))
    assert (len(NAMES), sum(name.startswith("common/") for name in NAMES)) == (117, 38)
    assert (valid, len(NAMES) - valid) == (95, 22)
    assert sum(bool(case(name).get("2DCODE")) for name in NAMES) == 60
