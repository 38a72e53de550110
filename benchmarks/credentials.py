"""A code's text to a verified credential, beside the one thing in it that cannot be saved: the bare ES256 check."""

from datetime import timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from benchmarks.harness import OURS, Row, compare
from scanner.credentials import Health, HealthState, Holder, Test, TestResult, read
from scanner.credentials.jkm1 import issue
from scanner.trust import TrustList
from tests.scanner.builders import NOW, SIGNER, STATE_TRUST, TRUST, cwt, dcc, hc1

ROUNDS = 100
BATCH = (
    10  # the garbage collection before each timed call leaves the processor's caches cold; one code would pay for it
)
AIM = 0.6
PEER = "bare ES256"


def run() -> list[Row]:
    """Milliseconds of one code: the median batch's mean."""
    both = issue(
        SIGNER,
        Holder("欧阳晓岚", id_tail="204X", id_hash=bytes(32), id_salt=bytes(16)),
        health=Health(HealthState.GREEN, "350100", NOW - timedelta(days=3), "近期无异常情况"),
        test=Test(NOW - timedelta(hours=20), TestResult.NEGATIVE, NOW, "核酸检测", "福州市第一医院", "FZ20220313-0042"),
        issued=NOW,
    )
    return [_row("JKM1, health and test", both, TRUST), _row("HC1, test", hc1(cwt(dcc())), STATE_TRUST)]


def _row(name: str, text: str, trust: TrustList) -> Row:
    public, message, algorithm = SIGNER.private_key.public_key(), bytes(300), ec.ECDSA(hashes.SHA256())
    signature = SIGNER.private_key.sign(message, algorithm)

    def ours() -> None:
        for _ in range(BATCH):
            read(text, trust, NOW)

    def bare() -> None:
        for _ in range(BATCH):
            public.verify(signature, message, algorithm)

    taken = {who: seconds * 1000 / BATCH for who, seconds in compare(ours, {PEER: bare}, rounds=ROUNDS).items()}
    value = taken[OURS]
    return Row(name, value, "ms", peer=PEER, peer_value=taken[PEER], bound=f"≤ {AIM} ms", ok=value <= AIM)
