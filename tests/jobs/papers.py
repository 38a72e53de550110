"""What the people in the three jobs hold up: signed codes on drawn phones and papers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scanner.credentials import Health, HealthState, Holder, Test, TestResult, jkm1
from scanner.demo import Item, Medium, Tint
from scanner.demo.model import View
from scanner.signer import Signer

HAND = View(qr_px=330, yaw=8, pitch=-5, roll=4, defocus=0.12, motion=0.3, glare=0.2, exposure=0.9, noise=4)
"""A hand that means well, before a webcam."""


@dataclass(frozen=True, slots=True)
class HeldUp:
    """A thing held up to the camera, and what the page knows once it was read."""

    item: Item
    name: str
    health: bool
    test: bool


@dataclass(frozen=True, slots=True)
class Issuer:
    """Issues codes that the checkpoint trusts."""

    signer: Signer

    def health_code(self, holder: Holder) -> HeldUp:
        """A green health code on a phone."""
        return self._card(holder, Medium.PHONE, "健康码", Tint.GREEN, health=Health(HealthState.GREEN))

    def test_report(self, holder: Holder, *, hours: float = 10) -> HeldUp:
        """A negative test on paper, sampled so many hours ago."""
        return self._card(holder, Medium.PAPER, "核酸检测报告单", Tint.BLUE, test=_negative(hours))

    def both(self, holder: Holder, *, hours: float = 10) -> HeldUp:
        """A green health code with a negative test in it, on a phone."""
        health, test = Health(HealthState.GREEN), _negative(hours)
        return self._card(holder, Medium.PHONE, "健康码", Tint.GREEN, health=health, test=test)

    def _card(
        self,
        holder: Holder,
        medium: Medium,
        title: str,
        tint: Tint,
        *,
        health: Health | None = None,
        test: Test | None = None,
    ) -> HeldUp:
        issued = datetime.now(UTC) - timedelta(minutes=5)
        text = jkm1.issue(self.signer, holder, health=health, test=test, issued=issued)
        rows = (("姓名", holder.name), ("证件号", f"*** {holder.id_tail}"))
        item = Item(text, medium, title, tint, rows, f"{issued:%H:%M}", HAND)
        return HeldUp(item, holder.name, health is not None, test is not None)


def _negative(hours: float) -> Test:
    return Test(datetime.now(UTC) - timedelta(hours=hours), TestResult.NEGATIVE)
