"""The demo's traffic: seeded, mixed, invented, and true to what each scenario promises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest

from scanner import credentials, id_number, plates
from scanner.demo import DemoVehicle, Medium, Scenario, vehicles
from scanner.plates import PlateKind
from scanner.signer import Signer
from scanner.trust import TrustList
from scanner.values import Credential

NOW = datetime(2026, 11, 23, 11, 20, tzinfo=UTC)
SIGNER = Signer.generate()
TRUST = TrustList((SIGNER.trusted_key(demo=True),), issued=NOW)
TRAFFIC = tuple(islice(vehicles(seed=7, now=NOW, signer=SIGNER), 60))


def unsigned(vehicle: DemoVehicle) -> DemoVehicle:
    """The vehicle without what no seed decides: code ids and signatures."""
    return replace(vehicle, items=tuple(replace(item, text="") for item in vehicle.items))


def read(text: str, now: datetime = NOW) -> Credential | str:
    """The credential, or the code of the error."""
    try:
        return credentials.read(text, TRUST, now)
    except credentials.CredentialError as error:
        return error.code


def one(scenario: Scenario) -> DemoVehicle:
    return next(vehicle for vehicle in TRAFFIC if vehicle.scenario is scenario)


def read_all(scenario: Scenario) -> list[Credential | str]:
    return [read(item.text) for item in one(scenario).items]


def credential(value: Credential | str) -> Credential:
    assert isinstance(value, Credential), value
    return value


def test_one_seed_gives_one_traffic() -> None:
    again = islice(vehicles(seed=7, now=NOW, signer=SIGNER), 20)
    assert [unsigned(v) for v in again] == [unsigned(v) for v in TRAFFIC[:20]]


def test_another_seed_gives_another() -> None:
    other = islice(vehicles(seed=8, now=NOW, signer=SIGNER), 20)
    assert [v.plate for v in other] != [v.plate for v in TRAFFIC[:20]]


@pytest.mark.parametrize("start", range(0, 40, 7))
def test_any_twenty_vehicles_hold_five_of_each_verdict(start: int) -> None:
    run = [vehicle.expected for vehicle in TRAFFIC[start : start + 20]]
    assert all(run.count(verdict) >= 5 for verdict in ("pass", "review", "refuse"))


def test_verdicts_come_in_mixed_order() -> None:
    thirds = {tuple(v.expected for v in TRAFFIC[i : i + 3]) for i in range(0, 60, 3)}
    assert len(thirds) >= 4


def test_every_scenario_is_played() -> None:
    assert {vehicle.scenario for vehicle in TRAFFIC} == set(Scenario)


def test_no_code_is_issued_twice() -> None:
    texts = [item.text for vehicle in TRAFFIC for item in vehicle.items]
    assert len(set(texts)) == len(texts)


def test_id_numbers_are_of_the_standard() -> None:
    people = [person for vehicle in TRAFFIC for person in vehicle.occupants]
    assert all(id_number.parse(person.id_number) == person.id_number for person in people)


def test_people_in_one_vehicle_have_names_of_their_own() -> None:
    assert all(len({person.name for person in v.occupants}) == v.people for v in TRAFFIC)


def test_plates_are_of_the_grammar_and_mostly_local() -> None:
    assert {plates.parse(v.plate).kind for v in TRAFFIC} == {PlateKind.ORDINARY, PlateKind.NEW_ENERGY}
    assert sum(v.plate.startswith("闽E") for v in TRAFFIC) > len(TRAFFIC) / 2


def test_phones_and_papers_are_both_shown() -> None:
    assert {item.medium for vehicle in TRAFFIC for item in vehicle.items} == set(Medium)


@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=12)])
def test_what_passes_is_genuine_and_stays_so_for_hours(later: timedelta) -> None:
    for vehicle in (v for v in TRAFFIC if v.expected == "pass"):
        shown = [credential(read(item.text, NOW + later)) for item in vehicle.items]
        assert {c.holder.name for c in shown} == {person.name for person in vehicle.occupants}
        assert all(c.health is None or c.health.state == "green" for c in shown)
        tests = [test for c in shown for test in c.tests]
        assert len(tests) == vehicle.people
        assert all(
            t.sampled and t.result == "negative" and NOW + later - t.sampled < timedelta(hours=48) for t in tests
        )


@pytest.mark.parametrize(
    ("scenario", "code"),
    [
        (Scenario.FORGED, "signature_invalid"),
        (Scenario.FOREIGN_SIGNER, "signer_unknown"),
        (Scenario.EXPIRED_CODE, "code_expired"),
        (Scenario.PAY_CODE, "code_unknown"),
        (Scenario.ONLINE_CODE, "code_needs_online"),
    ],
)
def test_a_faulty_code_fails_for_its_own_reason_beside_a_good_test(scenario: Scenario, code: str) -> None:
    faulty, test = read_all(scenario)
    assert faulty == code
    assert credential(test).tests


@pytest.mark.parametrize(("scenario", "state"), [(Scenario.RED, "red"), (Scenario.YELLOW, "yellow")])
def test_a_coloured_code_has_its_colour(scenario: Scenario, state: str) -> None:
    health = credential(read_all(scenario)[0]).health
    assert health is not None
    assert health.state == state


def test_an_expired_test_was_sampled_too_long_ago() -> None:
    for scenario in (Scenario.EXPIRED_TEST, Scenario.FAMILY_EXPIRED_TEST):
        (*_, test) = (test for c in read_all(scenario) for test in credential(c).tests)
        assert test.sampled is not None
        assert NOW - test.sampled > timedelta(hours=48)


def test_a_positive_test_is_positive() -> None:
    assert credential(read_all(Scenario.POSITIVE)[1]).tests[0].result == "positive"


def test_another_persons_test_bears_another_name() -> None:
    health, test = (credential(c) for c in read_all(Scenario.OTHER_PERSON))
    assert health.holder.name != test.holder.name


def test_a_fever_is_measured_twice() -> None:
    (driver,) = one(Scenario.FEVER).occupants
    assert len(driver.temperatures) == 2
    assert all(temperature >= 37.3 for temperature in driver.temperatures)


def test_only_fever_is_warm() -> None:
    others = (p for v in TRAFFIC if v.scenario is not Scenario.FEVER for p in v.occupants)
    assert all(34.0 <= t < 37.3 for person in others for t in person.temperatures)


def test_who_has_no_test_says_so() -> None:
    (driver,) = one(Scenario.NO_TEST).occupants
    assert not driver.has_test
    assert not any(credential(c).tests for c in read_all(Scenario.NO_TEST))


def test_a_health_code_knows_the_whole_id_number() -> None:
    (driver,) = one(Scenario.RED).occupants
    assert credential(read_all(Scenario.RED)[0]).holder.has_id(driver.id_number)
