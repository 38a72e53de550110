"""What a demo vehicle is: plain values, made by `drivers`, shown by `photo`, judged by the station like any other."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

Expected = Literal["pass", "review", "refuse"]


class Scenario(Enum):
    """What is special about a vehicle, and the verdict it must get under the default policy."""

    VALID = "valid", "pass"
    VALID_TWO_CODES = "valid_two_codes", "pass"
    VALID_FAMILY = "valid_family", "pass"
    YELLOW = "yellow", "review"
    FORGED = "forged", "review"
    FOREIGN_SIGNER = "foreign_signer", "review"
    EXPIRED_CODE = "expired_code", "review"
    UNREADABLE = "unreadable", "review"
    OTHER_PERSON = "other_person", "review"
    PAY_CODE = "pay_code", "review"
    ONLINE_CODE = "online_code", "review"
    RED = "red", "refuse"
    EXPIRED_TEST = "expired_test", "refuse"
    POSITIVE = "positive", "refuse"
    NO_TEST = "no_test", "refuse"
    FEVER = "fever", "refuse"
    FAMILY_EXPIRED_TEST = "family_expired_test", "refuse"

    def __init__(self, label: str, expected: Expected) -> None:
        self.label = label
        self.expected: Expected = expected


class Medium(Enum):
    """What a code is shown on."""

    PHONE = "phone"
    PAPER = "paper"


class Tint(Enum):
    """The colour of a card, RGB."""

    GREEN = (22, 155, 92)
    YELLOW = (240, 176, 22)
    RED = (214, 45, 45)
    BLUE = (32, 104, 200)


@dataclass(frozen=True, slots=True)
class View:
    """How the camera sees a thing.

    Attributes:
        qr_px: side of the code in the picture, pixels at 1280 x 720, were it held square to the camera.
        at: where the middle of the code is, as fractions of width and height; moved so that all of the code is seen.
        yaw, pitch, roll: degrees.
        defocus: standard deviation of the blur, in modules of the code.
        motion: length of the motion blur, in modules; `motion_angle` in degrees.
        glare: 0 none … 1 burnt out; `glare_at` where, as fractions of the code's side.
        exposure, warmth: 1 is neutral; warmth > 1 is lamplight.
        noise: standard deviation, grey levels.
        jpeg: quality 1-100.
        seed: the hand, the paper's folds, the grain.
        backdrop: seed of the car behind.
    """

    qr_px: float = 340.0
    at: tuple[float, float] = (0.5, 0.5)
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    defocus: float = 0.0
    motion: float = 0.0
    motion_angle: float = 0.0
    glare: float = 0.0
    glare_at: tuple[float, float] = (0.5, 0.5)
    exposure: float = 1.0
    warmth: float = 1.0
    noise: float = 2.0
    jpeg: int = 85
    seed: int = 0
    backdrop: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing held up to the camera: a code, and what a person reads around it.

    Attributes:
        text: the code's payload.
        title: the card's heading.
        rows: (label, value) lines.
        clock: what the phone's status bar says, or the date on the paper.
        readable: whether a machine can be expected to read it.
    """

    text: str
    medium: Medium
    title: str
    tint: Tint
    rows: tuple[tuple[str, str], ...]
    clock: str
    view: View
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Occupant:
    """A person in the vehicle, all invented.

    Attributes:
        name: Chinese.
        id_number: 18 characters of GB 11643, check digit right.
        temperatures: °C; a second reading is the one after resting.
        has_test: False where the officer is told that there is none.
    """

    name: str
    id_number: str
    temperatures: tuple[float, ...]
    has_test: bool = True


@dataclass(frozen=True, slots=True)
class DemoVehicle:
    """A vehicle at the checkpoint: what it is, who is in it, what they show, and what must come of it.

    `backdrop` is the seed of its looks.
    """

    number: int
    plate: str
    direction: Literal["in", "out"]
    occupants: tuple[Occupant, ...]
    items: tuple[Item, ...]
    scenario: Scenario
    backdrop: int

    @property
    def people(self) -> int:
        """How many the officer counts."""
        return len(self.occupants)

    @property
    def expected(self) -> Expected:
        """The verdict under the default policy."""
        return self.scenario.expected
