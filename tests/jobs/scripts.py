"""The three jobs as scripts: what the people in the vehicle do, what the officer does, and what is seen at the end."""

from dataclasses import dataclass
from datetime import datetime

from scanner.credentials import Holder
from shifts.model import SHANGHAI
from tests.jobs.checkpoint import LEAD, OFFICER, Checkpoint
from tests.jobs.hands import Hand, OnPaper

WANG = Holder("王小明", 10, "1236")
LIN, CHEN, HUANG = Holder("林晓岚", 10, "204X"), Holder("陈阿香", 10, "5678"), Holder("黄美玲", 10, "9012")
WANG_ID = "350625199003071236"
COMMON, FAMILY, PAPER = "闽E12345", "闽E86X20", "闽EA7031"


@dataclass(frozen=True, slots=True)
class Seen:
    """The screens on which a job ended, as texts; `last` is the one before the next vehicle."""

    first: str
    last: str


def common_car(post: Checkpoint, hand: Hand) -> Seen:
    """One driver, both codes in good order, 36.5 °C: pass, next."""
    post.show(post.issuer.health_code(WANG))
    post.show(post.issuer.test_report(WANG))
    hand.vehicle(1, ["365"], COMMON)
    screen = post.verdict()
    hand.next_vehicle()
    post.armed()
    return Seen(screen, screen)


def family(post: Checkpoint, hand: Hand) -> Seen:
    """Four people; the grandmother's test is 60 hours old: refused, and the sampling point named."""
    hand.vehicle(4, ["364", "366", "361", "368"], FAMILY)
    post.until(lambda: post.view is not None and post.view.plate is not None)
    post.show(post.issuer.both(WANG))
    post.show(post.issuer.both(LIN))
    post.show(post.issuer.both(CHEN, hours=60))
    screen = post.verdict()
    hand.next_vehicle()
    post.armed()
    return Seen(screen, screen)


def paper(post: Checkpoint, hand: Hand) -> Seen:
    """No phone, a certificate on paper: entered by hand, reviewed, released with the lead's PIN."""
    hand.paper(OnPaper(WANG.name, "WANG XIAOMING", WANG_ID, "昨天", datetime.now(SHANGHAI).hour))
    hand.vehicle(1, ["365"], PAPER)
    hand.manual_check()
    review = post.verdict()
    hand.release("纸质证明核对无误", OFFICER.pin, LEAD.pin)
    post.until(lambda: bool(post.view and post.view.released))
    released = post.verdict()
    hand.next_vehicle()
    post.armed()
    return Seen(review, released)


JOBS = {"the common car": common_car, "a family of four": family, "a paper certificate": paper}
