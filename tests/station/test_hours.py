"""The 48-hour rule from a code's text to the verdict, to the second, whatever zone a certificate was written in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scanner.credentials import Health, HealthState, Holder, Test, TestResult
from scanner.credentials.jkm1 import issue
from scanner.signer import Signer
from scanner.trust import TrustList, key_from_certificate
from station.clock import GivenClock
from station.evidence import ManualEntry, Medium
from station.gate import Gate
from station.verdict import Verdict
from tests.scanner.builders import STATE_KEY, certificate, cwt, hc1, kid_of, of_test
from tests.station.builders import CONFIG, HOUR, SECOND, WANG, against, health_code, judge, occupant, policy, seen

LISBON, NEW_YORK, SHANGHAI = (ZoneInfo(name) for name in ("Europe/Lisbon", "America/New_York", "Asia/Shanghai"))
SIGNER = Signer.generate()
STATE = certificate(STATE_KEY, start=datetime(2020, 1, 1, tzinfo=UTC), end=datetime(2030, 1, 1, tzinfo=UTC))
KEYS = (SIGNER.trusted_key(), key_from_certificate(STATE))
DRIVER = Holder("Gabriele Musterfrau-Gößinger")
DRIVER_ON_JKM1 = Holder("Musterfrau-Gößinger Gabriele")
EDGES = [(-SECOND, set()), (timedelta(), set()), (SECOND, {"test_too_old"})]

# Each zone's clocks change within the 48 hours after these moments, so that its wall shows 49 or 47.
ACROSS_A_CHANGE = [
    pytest.param(datetime(2022, 3, 26, 23, 30, tzinfo=LISBON), id="Lisbon, spring"),
    pytest.param(datetime(2022, 10, 29, 23, 30, tzinfo=LISBON), id="Lisbon, autumn"),
    pytest.param(datetime(2022, 3, 12, 20, 0, tzinfo=NEW_YORK), id="New York, spring"),
    pytest.param(datetime(2022, 11, 6, 1, 30, tzinfo=NEW_YORK), id="New York, the hour that comes twice"),
    pytest.param(datetime(2022, 11, 6, 1, 30, tzinfo=NEW_YORK, fold=1), id="New York, the hour that came twice"),
    pytest.param(datetime(2022, 3, 27, 6, 0, tzinfo=SHANGHAI), id="Shanghai, which has no change"),
]


def verdict_at(now: datetime, *texts: str) -> Verdict:
    """One driver in order but for these texts beside a green code."""
    trust = TrustList(KEYS, issued=now)
    gate = Gate(CONFIG, policy(), trust, GivenClock(now))
    check = gate.begin()
    health = Health(HealthState.GREEN)
    for text in (issue(SIGNER, DRIVER_ON_JKM1, health=health, issued=now - HOUR), *texts):
        gate.show(check, text)
    check.confirm_people(1)
    check.set_plate("闽E12345")
    check.take_temperature(0, 36.5, now)
    return gate.conclude(check).verdict


def european(sampled: str, now: datetime) -> str:
    seconds = int(now.timestamp())
    return hc1(cwt(of_test(sc=sampled), iat=seconds - 3600, exp=seconds + 86400), header={1: -7, 4: kid_of(STATE)})


def domestic(sampled: datetime, now: datetime) -> str:
    return issue(SIGNER, DRIVER_ON_JKM1, test=Test(sampled, TestResult.NEGATIVE), issued=now - HOUR)


@pytest.mark.parametrize(("beyond", "reasons"), EDGES, ids=["47:59:59", "48:00:00", "48:00:01"])
@pytest.mark.parametrize("sampled", ACROSS_A_CHANGE)
@pytest.mark.parametrize("family", ["HC1", "JKM1"])
def test_48_hours_are_counted_in_utc(family: str, sampled: datetime, beyond: timedelta, reasons: set[str]) -> None:
    now = sampled.astimezone(UTC) + 48 * HOUR + beyond
    text = european(sampled.isoformat(), now) if family == "HC1" else domestic(sampled, now)
    assert against(verdict_at(now, text)) == reasons


def test_a_wall_clock_would_have_counted_otherwise() -> None:
    """Two days later by Lisbon's wall: 47 h in spring, 49 h in autumn."""
    for sampled, hours, reasons in (
        (datetime(2022, 3, 26, 23, 30, tzinfo=LISBON), 47, set[str]()),
        (datetime(2022, 10, 29, 23, 30, tzinfo=LISBON), 49, {"test_too_old"}),
    ):
        now = (sampled + timedelta(days=2)).astimezone(UTC)
        assert now - sampled.astimezone(UTC) == hours * HOUR
        assert against(verdict_at(now, european(sampled.isoformat(), now))) == reasons


@pytest.mark.parametrize("zone", [UTC, LISBON, NEW_YORK, SHANGHAI])
def test_the_station_s_own_zone_does_not_matter(zone: ZoneInfo) -> None:
    sampled = datetime(2022, 3, 26, 23, 30, tzinfo=LISBON)
    now = (sampled.astimezone(UTC) + 48 * HOUR).astimezone(zone)
    assert not against(verdict_at(now, european(sampled.isoformat(), now)))
    late = (now.astimezone(UTC) + SECOND).astimezone(zone)
    assert against(verdict_at(late, european(sampled.isoformat(), late))) == {"test_too_old"}


@pytest.mark.parametrize(("beyond", "reasons"), EDGES, ids=["47:59:59", "48:00:00", "48:00:01"])
@pytest.mark.parametrize("sampled", ACROSS_A_CHANGE)
def test_a_paper_typed_in_the_zone_of_the_verdict(sampled: datetime, beyond: timedelta, reasons: set[str]) -> None:
    now = (sampled.astimezone(UTC) + 48 * HOUR + beyond).astimezone(sampled.tzinfo)
    paper = ManualEntry(WANG, Medium.PAPER, test=Test(sampled, TestResult.NEGATIVE))
    codes = seen(health_code(issued=now - HOUR, expires=now + HOUR))
    driver = occupant(codes=codes, manual=(paper,))
    assert against(judge(driver, policy(manual="accept"), now)) == reasons


@pytest.mark.parametrize("family", ["HC1", "JKM1"])
def test_tomorrow_is_a_review(family: str) -> None:
    now = datetime(2022, 3, 28, 4, 0, tzinfo=UTC)
    tomorrow = now + 24 * HOUR
    text = european(tomorrow.isoformat(), now) if family == "HC1" else domestic(tomorrow, now)
    assert against(verdict_at(now, text)) == {"test_in_future"}


def test_a_certificate_without_a_zone_is_a_review() -> None:
    now = datetime(2022, 3, 28, 4, 0, tzinfo=UTC)
    assert against(verdict_at(now, european("2022-03-27T12:00:00", now))) == {"test_time_unclear"}
