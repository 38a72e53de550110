"""The common car: one driver with both codes in good order, thirty seconds, next."""

import json

from tests.jobs.checkpoint import OFFICER, Checkpoint
from tests.jobs.hands import Hand
from tests.jobs.scripts import COMMON, common_car

MOST = {"by touch": 12, "by keyboard": 13}
"""One for the people, three digits and OK, five characters and OK, next; a keyboard confirms the people too."""


def test_the_common_car(post: Checkpoint, hand: Hand) -> None:
    seen = common_car(post, hand)

    assert "放行" in seen.last
    assert "闽E·1***5" in seen.last
    assert "体温 36.5" in seen.last
    assert "请放行" in seen.last
    assert "小明" not in seen.last

    assert post.voice.said == ["闽 E 1 2 3 4 5，放行"]

    [row] = post.rows()
    assert (row.kind, row.verdict, row.plate, row.people) == ("checked", "pass", COMMON, 1)
    assert (row.officer, row.demo) == (OFFICER.code, False)
    reasons = {reason["code"] for reason in json.loads(row.reasons)}
    assert {"health_green", "test_negative", "temperature_normal"} <= reasons
    [driver] = json.loads(row.evidence)["occupants"]
    assert [reading["celsius"] for reading in driver["readings"]] == [36.5]
    assert len(driver["codes"]) == 2

    held = post.held_by_the_page()
    assert [secret for secret in ("王", "小明", "1236", "12345", "1***5", "36.5") if secret in held] == []

    assert hand.taps + hand.keys <= MOST[hand.name]
