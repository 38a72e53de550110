"""Any steps in any order: a check refuses by CheckError alone, and a pass has everything."""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scanner.credentials import BadSignature, Credential, Health, HealthState, Holder, NeedsOnline, Test, TestResult
from station.check import Check, CheckError, Phase
from station.evidence import ClockState, Medium
from station.replay import ReplayMemory
from station.verdict import Code, Outcome, Verdict
from tests.station.builders import (
    HOUR,
    LIN,
    MINUTE,
    NOW,
    WANG,
    WANG_ID,
    certificate,
    check,
    credential,
    health_code,
    policy,
)

HOLDERS = (WANG, LIN, Holder("王小明"), Holder("王小明", 10, "9876"))
CODES = st.sampled_from(
    [
        *(make(holder) for holder in HOLDERS for make in (health_code, certificate, credential)),
        health_code(LIN, HealthState.YELLOW),
        health_code(WANG, HealthState.RED, code_id="red"),
        certificate(WANG, Test(NOW - 47 * HOUR, TestResult.NEGATIVE), code_id="soon too old"),
    ]
)
GREEN, NEGATIVE = Health(HealthState.GREEN), Test(NOW - HOUR, TestResult.NEGATIVE)
PEOPLE = st.integers(-1, 3)
CELSIUS = st.sampled_from([36.5, 36.5, 36.9, 37.3, 38.5, 99.9, float("nan")])
WORDS = st.sampled_from(["", " ", "救护车"])


class AnySteps(RuleBasedStateMachine):
    """An officer who presses every key, and a station on which anything may fail."""

    @initialize(manual=st.sampled_from(["review", "accept"]))
    def begin(self, manual: str) -> None:
        self.now = NOW
        self.policy = policy(manual=manual)
        self.replay = ReplayMemory(10 * MINUTE)
        self.next_vehicle()

    def next_vehicle(self) -> None:
        self.check: Check = check(policy=self.policy, replay=self.replay, started=self.now)
        self.concluded: Verdict | None = None
        assert not self.check.holds_anything

    def step(self, act: Callable[[], object]) -> None:
        before, phase = self.check.evidence, self.check.phase
        try:
            act()
        except CheckError:
            assert (self.check.evidence, self.check.phase) == (before, phase)
        else:
            assert phase is not Phase.CONCLUDED

    @rule(minutes=st.integers(0, 30))
    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    @rule(code=CODES)
    def show(self, code: Credential) -> None:
        self.step(lambda: self.check.offer_code(code, self.now))

    @rule(code=CODES)
    def show_again_and_again(self, code: Credential) -> None:
        self.step(lambda: [self.check.offer_code(code, self.now) for _ in range(3)])

    @rule(error=st.sampled_from([BadSignature(), NeedsOnline(host="example.cn")]))
    def show_what_fails(self, error: BadSignature | NeedsOnline) -> None:
        self.step(lambda: self.check.offer_failure(error, b"payload"))

    @rule()
    def show_what_cannot_be_read(self) -> None:
        self.step(self.check.offer_unreadable)

    @rule()
    def dismiss(self) -> None:
        self.step(lambda: self.check.dismiss_failures(["code_unreadable", "code_needs_online", "signature_invalid"]))

    @rule(people=st.integers(-1, 4) | st.just(100))
    def count(self, people: int) -> None:
        self.step(lambda: self.check.confirm_people(people))

    @rule(who=PEOPLE, celsius=CELSIUS)
    def measure(self, who: int, celsius: float) -> None:
        self.step(lambda: self.check.take_temperature(who, celsius, self.now))

    @rule(plate=st.sampled_from(["闽E12345", "闽I12345", " ", "·", "粤BD12345"]))
    def plate(self, plate: str) -> None:
        self.step(lambda: self.check.set_plate(plate))

    @rule(reason=WORDS)
    def no_plate(self, reason: str) -> None:
        self.step(lambda: self.check.declare_no_plate(reason))

    @rule(who=PEOPLE)
    def no_test(self, who: int) -> None:
        self.step(lambda: self.check.declare_no_test(who))

    @rule(who=PEOPLE, child=st.booleans())
    def child(self, who: int, child: bool) -> None:
        self.step(lambda: self.check.mark_child(who, child=child))

    @rule(who=PEOPLE, number=st.sampled_from([WANG_ID, "11010519491231002X", "1"]))
    def type_id(self, who: int, number: str) -> None:
        self.step(lambda: self.check.enter_id(who, number))

    @rule(who=PEOPLE, holder=st.sampled_from([*HOLDERS, Holder(" ")]), health=st.booleans(), test=st.booleans())
    def by_hand(self, who: int, holder: Holder, health: bool, test: bool) -> None:
        found = {"health": GREEN if health else None, "test": NEGATIVE if test else None}
        self.step(lambda: self.check.enter_by_hand(who, holder, Medium.PAPER, **found))  # type: ignore[arg-type]

    @rule(reason=WORDS)
    def exempt(self, reason: str) -> None:
        self.step(lambda: self.check.exempt(reason))

    @rule()
    def park(self) -> None:
        self.step(self.check.park)

    @rule()
    def resume(self) -> None:
        self.step(self.check.resume)

    @rule(fault=st.sampled_from(["camera_failed", "database_full"]))
    def something_breaks(self, fault: str) -> None:
        self.check.note_fault(fault)

    @rule(clock=st.sampled_from(ClockState))
    def the_clock_is_looked_at(self, clock: ClockState) -> None:
        self.check.note_clock(clock)

    @rule(abandon=st.booleans())
    def end(self, abandon: bool) -> None:
        def act() -> None:
            missing = self.check.missing()
            self.concluded = self.check.abandon(self.now) if abandon else self.check.conclude(self.now)
            if self.concluded.outcome is Outcome.PASS:
                assert missing == ()
                assert not abandon
                assert not self.check.evidence.faults

        self.step(act)

    @rule()
    def all_in_order(self) -> None:
        """What a tired officer does most: the shortest way to a pass."""

        def act() -> None:
            self.check.confirm_people(1)
            self.check.set_plate("闽E12345")
            self.check.take_temperature(0, 36.5, self.now)
            self.check.offer_code(credential(), self.now)

        if self.check.phase is Phase.OPEN and not self.check.holds_anything:
            self.step(act)

    @rule()
    def the_next(self) -> None:
        if self.check.phase is not Phase.OPEN:
            self.next_vehicle()

    @invariant()
    def a_pass_has_everything_and_no_fault(self) -> None:
        verdict = self.check.verdict(self.now)
        if verdict is None or verdict.outcome is not Outcome.PASS:
            return
        evidence = self.check.evidence
        assert self.check.missing() == ()
        assert not evidence.faults
        assert not evidence.abandoned
        assert evidence.clock is not ClockState.UNTRUSTED
        assert evidence.plate is not None
        if Code.EXEMPT not in {reason.code for reason in verdict.reasons}:
            assert not evidence.failed
            assert evidence.people == len(evidence.occupants)

    @invariant()
    def nothing_is_said_before_it_is_complete_but_a_refusal(self) -> None:
        verdict = self.check.verdict(self.now)
        assert verdict is None or verdict.outcome is Outcome.REFUSE or not self.check.missing()

    @invariant()
    def no_code_serves_two(self) -> None:
        shown = [seen.credential for one in self.check.evidence.occupants for seen in one.codes]
        assert all(shown.count(code) == 1 for code in shown)


TestAnySteps = AnySteps.TestCase
TestAnySteps.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
