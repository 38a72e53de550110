"""What the officer enters about the vehicle in hand: each goes to its check."""

from abc import ABC, abstractmethod

from scanner.credentials import Health as HealthCode
from scanner.credentials import Holder, Test
from station.check import Check, CheckError
from station.clock import Clock
from station.evidence import Medium


class Entries(ABC):
    """The steps of a session that are about one vehicle and nothing else."""

    @abstractmethod
    def _in_hand(self) -> Check:
        """The open check; a step after a verdict begins with the next vehicle.

        Raises:
            CheckError: The verdict came while this was being entered.
        """

    @property
    @abstractmethod
    def _clock(self) -> Clock:
        """The station's clock."""

    def confirm_people(self, people: int) -> None:
        """How many people are in the vehicle."""
        self._in_hand().confirm_people(people)

    def take_temperature(self, occupant: int, celsius: float) -> None:
        """A reading in °C.

        Raises:
            CheckError: It says more than a thermometer can.
        """
        if round(celsius, 1) != celsius:
            raise CheckError("temperature_too_fine", celsius=celsius)
        self._in_hand().take_temperature(occupant, celsius, self._clock.now())

    def set_plate(self, text: str) -> None:
        """The plate as typed."""
        self._in_hand().set_plate(text)

    def declare_no_plate(self, reason: str) -> None:
        """No plate, and why."""
        self._in_hand().declare_no_plate(reason)

    def declare_no_test(self, occupant: int) -> None:
        """The occupant has no test certificate."""
        self._in_hand().declare_no_test(occupant)

    def mark_child(self, occupant: int, *, child: bool = True) -> None:
        """A child: temperature only."""
        self._in_hand().mark_child(occupant, child=child)

    def enter_id(self, occupant: int, text: str) -> None:
        """A whole ID number."""
        self._in_hand().enter_id(occupant, text)

    def enter_by_hand(
        self,
        occupant: int,
        holder: Holder,
        medium: Medium,
        *,
        health: HealthCode | None = None,
        test: Test | None = None,
    ) -> None:
        """A certificate or code seen by eye."""
        self._in_hand().enter_by_hand(occupant, holder, medium, health=health, test=test)

    def exempt(self, reason: str) -> None:
        """An exempt vehicle."""
        self._in_hand().exempt(reason)

    def unreadable(self) -> None:
        """The officer sees a code that the camera cannot read."""
        self._in_hand().offer_unreadable()
