"""Who comes down the road: an endless, seeded stream of invented vehicles.

One seed gives the same people, plates, stories and views; code ids and signatures are fresh each time, as no
code may ever be issued twice. The foreign signer's key is made here and trusted by nobody.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from typing import TypeVar, get_args

import base45
import numpy as np

from scanner.credentials import jkm1
from scanner.demo.model import DemoVehicle, Expected, Item, Medium, Occupant, Scenario, Tint, View
from scanner.id_number import check_character
from scanner.signer import Signer
from scanner.values import Health, HealthState, Holder, Test, TestResult

CHINA = timezone(timedelta(hours=8))
ISSUER = "CN-FJ"

_FAMILY_NAMES = "陈林黄张吴李王郑蔡刘杨许庄洪苏曾郭沈"
_GIVEN_NAMES = (
    *("志强", "建国", "丽华", "美玲", "俊杰", "雅婷", "伟", "芳", "国栋", "秀英", "文斌", "晓燕", "海峰", "佳怡"),
    *("淑贞", "宇航", "静", "永福", "思远", "春梅", "少华", "艺红", "龙生", "惠玲", "阿强", "振宇", "月娥", "勇"),
)
_DIVISIONS = ("350602", "350603", "350622", "350623", "350624", "350681", "350203", "440507")
_LABORATORIES = ("龙文演示检验所", "芗城演示医院", "漳浦演示检测中心")
_PLATE_HEADS = ("闽E",) * 7 + ("闽D", "粤B", "浙A", "赣F")
_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "0123456789"
_TINTS = {HealthState.GREEN: Tint.GREEN, HealthState.YELLOW: Tint.YELLOW, HealthState.RED: Tint.RED}
_STATE_WORDS = {HealthState.GREEN: "绿码", HealthState.YELLOW: "黄码", HealthState.RED: "红码"}
_RESULT_WORDS = {TestResult.NEGATIVE: "阴性", TestResult.POSITIVE: "阳性", TestResult.INVALID: "无效"}

T = TypeVar("T")
Story = tuple[tuple[Occupant, ...], tuple[Item, ...]]


def vehicles(*, seed: int, now: datetime, signer: Signer) -> Iterator[DemoVehicle]:
    """Vehicles without end: in each three, one of every expected verdict, in mixed order.

    Args:
        seed: same seed, same traffic.
        now: aware; what is valid stays so for 12 hours after it.
        signer: whose codes the station trusts.
    """
    rng = np.random.default_rng(seed)
    names = _dealt(rng, [family + given for family in _FAMILY_NAMES for given in _GIVEN_NAMES])
    maker = _Maker(rng, now.astimezone(UTC).replace(microsecond=0), signer, Signer.generate(), names)
    verdicts: tuple[Expected, ...] = get_args(Expected)
    scenarios = [_dealt(rng, [story for story in Scenario if story.expected == verdict]) for verdict in verdicts]
    turns = _dealt(rng, scenarios)
    for number in count(1):
        yield maker.vehicle(number, next(next(turns)))


def _dealt(rng: np.random.Generator, deck: Sequence[T]) -> Iterator[T]:
    """Each of the deck once, in mixed order, before any comes again."""
    while True:
        yield from (deck[i] for i in rng.permutation(len(deck)))


@dataclass(frozen=True, slots=True)
class _Maker:
    """Invents one vehicle after another."""

    rng: np.random.Generator
    now: datetime
    signer: Signer
    foreigner: Signer
    names: Iterator[str]

    def vehicle(self, number: int, scenario: Scenario) -> DemoVehicle:
        occupants, items = _STORIES[scenario](self)
        backdrop = int(self.rng.integers(2**31))
        return DemoVehicle(
            number=number,
            plate=self.plate(),
            direction=self.pick(("in", "in", "in", "out")),
            occupants=occupants,
            items=tuple(replace(item, view=replace(item.view, backdrop=backdrop)) for item in items),
            scenario=scenario,
            backdrop=backdrop,
        )

    # people and plates

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self.rng.integers(len(choices)))]

    def person(self, *temperatures: float, has_test: bool = True) -> Occupant:
        born = datetime(1955, 1, 1, tzinfo=UTC) + timedelta(days=int(self.rng.integers(365 * 46)))
        digits = f"{self.pick(_DIVISIONS)}{born:%Y%m%d}{self.rng.integers(1, 1000):03}"
        usual = round(36.1 + 0.8 * self.rng.random(), 1)
        return Occupant(next(self.names), digits + check_character(digits), temperatures or (usual,), has_test)

    def plate(self) -> str:
        if self.rng.random() < 0.2:  # new energy, small: a letter more
            return self.pick(_PLATE_HEADS) + self.pick("DF") + "".join(self.pick(_DIGITS) for _ in range(5))
        tail = [self.pick(_DIGITS) for _ in range(5)]
        tail[int(self.rng.integers(5))] = self.pick(_PLATE_LETTERS)
        return self.pick(_PLATE_HEADS) + "".join(tail)

    def hours_ago(self, least: float, most: float) -> datetime:
        return self.now - timedelta(seconds=round(float(self.rng.uniform(least, most)) * 3600))

    # what they hold up

    def health(
        self, who: Occupant, state: HealthState = HealthState.GREEN, *, by: Signer | None = None, past: bool = False
    ) -> Item:
        """A health code; `past` makes it one that ran out hours ago."""
        salt = self.rng.bytes(16)
        hashed = hashlib.sha256(salt + who.id_number.encode()).digest()
        holder = Holder(who.name, 10, who.id_number[-4:], hashed, salt)
        health = Health(state, who.id_number[:6], self.hours_ago(100, 400))
        issued = self.hours_ago(26, 40) if past else self.hours_ago(0.1, 2)
        expires = issued + timedelta(hours=24)
        rows = (("状态", _STATE_WORDS[state]), ("更新时间", f"{issued.astimezone(CHINA):%m-%d %H:%M}"))
        text = jkm1.issue(by or self.signer, holder, health=health, issued=issued, expires=expires, issuer=ISSUER)
        return self.card(text, "健康码", _TINTS[state], (*_person_rows(who), *rows))

    def test(
        self,
        who: Occupant,
        result: TestResult = TestResult.NEGATIVE,
        *,
        hours: tuple[float, float] = (4, 30),
        medium: Medium = Medium.PAPER,
    ) -> Item:
        """A test certificate, sampled so many hours ago."""
        test = self.sample(result, hours)
        issued, expires = test.reported or self.now, self.now + timedelta(hours=36)
        text = jkm1.issue(self.signer, _holder(who), test=test, issued=issued, expires=expires, issuer=ISSUER)
        title = "核酸检测报告单" if medium is Medium.PAPER else "核酸检测证明"
        return self.card(text, title, Tint.BLUE, (*_person_rows(who), *_test_rows(test)), medium)

    def both(self, who: Occupant, *, hours: tuple[float, float] = (4, 30)) -> Item:
        """Green health code and negative test in one code."""
        test = self.sample(TestResult.NEGATIVE, hours)
        issued = self.hours_ago(0.1, 2)
        health = Health(HealthState.GREEN, who.id_number[:6])
        expires = issued + timedelta(hours=24)
        text = jkm1.issue(
            self.signer, _holder(who), health=health, test=test, issued=issued, expires=expires, issuer=ISSUER
        )
        return self.card(text, "健康码", Tint.GREEN, (*_person_rows(who), *_test_rows(test)[:2]))

    def sample(self, result: TestResult, hours: tuple[float, float]) -> Test:
        number = f"YS{self.rng.integers(10**8):08}"
        sampled = self.hours_ago(*hours)
        reported = sampled + timedelta(hours=3)
        return Test(sampled, result, reported, "RT-PCR", self.pick(_LABORATORIES), number)

    def card(
        self, text: str, title: str, tint: Tint, rows: tuple[tuple[str, str], ...], medium: Medium = Medium.PHONE
    ) -> Item:
        local = self.now.astimezone(CHINA)
        clock = f"{local:%H:%M}" if medium is Medium.PHONE else f"{local:%Y-%m-%d}"
        return Item(text, medium, title, tint, rows, clock, self.view(medium))

    def view(self, medium: Medium) -> View:
        """A view that a good reader can read: near enough, not too tilted, a steady hand."""
        rng, spread = self.rng, self.rng.uniform
        return View(
            qr_px=float(210 + (250 if medium is Medium.PHONE else 170) * rng.beta(1.2, 2.0)),
            at=(float(spread(0.3, 0.7)), float(spread(0.4, 0.6))),
            yaw=float(rng.normal(0, 13)),
            pitch=float(rng.normal(0, 10)),
            roll=float(rng.normal(0, 9)),
            defocus=float(spread(0.08, 0.32)),
            motion=float(spread(0, 0.8)),
            motion_angle=float(spread(0, 180)),
            glare=float(spread(0, 0.55)),
            glare_at=(float(spread(-0.2, 1.2)), float(spread(-0.2, 1.2))),
            exposure=float(spread(0.65, 1.1)),
            warmth=float(spread(0.95, 1.15)),
            noise=float(spread(2, 7)),
            jpeg=int(rng.integers(55, 92)),
            seed=int(rng.integers(2**31)),
        )

    def unreadable(self, item: Item) -> Item:
        """The same thing held too near to be sharp, under a lamp: one sees that it is a code, and no more."""
        spread = self.rng.uniform
        view = replace(item.view, defocus=float(spread(1.7, 2.2)), glare=float(spread(0.3, 0.7)), glare_at=(0.6, 0.3))
        return replace(item, view=view, readable=False)


def _holder(who: Occupant) -> Holder:
    return Holder(who.name, 10, who.id_number[-4:])


def _person_rows(who: Occupant) -> tuple[tuple[str, str], ...]:
    masked = who.name[0] + "*" + who.name[2:]
    return ("姓名", masked), ("证件号", f"{who.id_number[:4]}**********{who.id_number[-4:]}")


def _test_rows(test: Test) -> tuple[tuple[str, str], ...]:
    sampled = f"{test.sampled.astimezone(CHINA):%Y-%m-%d %H:%M}" if test.sampled else "—"
    return (
        ("检测结果", _RESULT_WORDS[test.result]),
        ("采样时间", sampled),
        ("检测方法", test.method or "—"),
        ("检测机构", test.laboratory or "—"),
        ("报告编号", test.report_number or "—"),
    )


def _forged(item: Item) -> Item:
    """A genuine code with one bit of its signature turned."""
    prefix, _, body = item.text.partition(":")
    signed = bytearray(base45.b45decode(body))
    signed[-1] ^= 1
    return replace(item, text=f"{prefix}:{base45.b45encode(bytes(signed)).decode()}")


# The stories: one short function a scenario.


def _valid(make: _Maker) -> Story:
    who = make.person()
    return (who,), (make.both(who),)


def _valid_two_codes(make: _Maker) -> Story:
    who = make.person()
    return (who,), (make.health(who), make.test(who, medium=make.pick(tuple(Medium))))


def _valid_family(make: _Maker) -> Story:
    driver, passenger = make.person(), make.person()
    return (driver, passenger), (make.both(driver), make.health(passenger), make.test(passenger))


def _state(state: HealthState) -> Callable[[_Maker], Story]:
    def story(make: _Maker) -> Story:
        who = make.person()
        return (who,), (make.health(who, state), make.test(who))

    return story


def _forged_code(make: _Maker) -> Story:
    who = make.person()
    return (who,), (_forged(make.health(who)), make.test(who))


def _foreign_signer(make: _Maker) -> Story:
    who = make.person()
    return (who,), (make.health(who, by=make.foreigner), make.test(who))


def _expired_code(make: _Maker) -> Story:
    who = make.person()
    return (who,), (make.health(who, past=True), make.test(who))


def _unreadable(make: _Maker) -> Story:
    who = make.person()
    return (who,), (make.unreadable(make.both(who)),)


def _other_person(make: _Maker) -> Story:
    who, other = make.person(), make.person()
    return (who,), (make.health(who), make.test(other))


def _pay_code(make: _Maker) -> Story:
    who = make.person()
    token = "".join(make.pick(_DIGITS + _PLATE_LETTERS) for _ in range(26))
    pay = make.card(f"wxp://f2f0{token}", "收款码", Tint.BLUE, (("收款方", "演示小店"),))
    return (who,), (pay, make.test(who))


def _online_code(make: _Maker) -> Story:
    who = make.person()
    token = make.rng.bytes(24).hex()
    code = make.card(f"https://jkm.example/q?t={token}", "健康码", Tint.GREEN, _person_rows(who))
    return (who,), (code, make.test(who))


def _expired_test(make: _Maker) -> Story:
    who = make.person()
    if make.rng.random() < 0.5:
        return (who,), (make.both(who, hours=(50, 100)),)
    return (who,), (make.health(who), make.test(who, hours=(50, 100)))


def _positive(make: _Maker) -> Story:
    who = make.person()
    return (who,), (make.health(who), make.test(who, TestResult.POSITIVE))


def _no_test(make: _Maker) -> Story:
    who = make.person(has_test=False)
    return (who,), (make.health(who),)


def _fever(make: _Maker) -> Story:
    who = make.person(*(round(float(make.rng.uniform(37.4, 38.9)), 1) for _ in range(2)))
    return (who,), (make.both(who),)


def _family_expired_test(make: _Maker) -> Story:
    driver, passenger = make.person(), make.person()
    return (driver, passenger), (make.both(driver), make.both(passenger, hours=(50, 100)))


_STORIES: dict[Scenario, Callable[[_Maker], Story]] = {
    Scenario.VALID: _valid,
    Scenario.VALID_TWO_CODES: _valid_two_codes,
    Scenario.VALID_FAMILY: _valid_family,
    Scenario.YELLOW: _state(HealthState.YELLOW),
    Scenario.FORGED: _forged_code,
    Scenario.FOREIGN_SIGNER: _foreign_signer,
    Scenario.EXPIRED_CODE: _expired_code,
    Scenario.UNREADABLE: _unreadable,
    Scenario.OTHER_PERSON: _other_person,
    Scenario.PAY_CODE: _pay_code,
    Scenario.ONLINE_CODE: _online_code,
    Scenario.RED: _state(HealthState.RED),
    Scenario.EXPIRED_TEST: _expired_test,
    Scenario.POSITIVE: _positive,
    Scenario.NO_TEST: _no_test,
    Scenario.FEVER: _fever,
    Scenario.FAMILY_EXPIRED_TEST: _family_expired_test,
}
