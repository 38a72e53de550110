"""A family of four, the grandmother's test sixty hours old: refused at once, and told where to go."""

import json

from tests.jobs.checkpoint import OFFICER, Checkpoint
from tests.jobs.hands import Hand
from tests.jobs.scripts import FAMILY, family

MOST = {"by touch": 24, "by keyboard": 25}


def test_a_family_with_one_expired_test(post: Checkpoint, hand: Hand) -> None:
    seen = family(post, hand)

    assert "劝返" in seen.last
    assert "闽E·8***0" in seen.last
    assert "乘客 2 陈**：核酸采样已超 48 小时" in seen.last
    assert "角美卫生院 · 东门 · 24 小时" in seen.last
    assert "阿香" not in seen.last

    assert post.voice.said == ["请劝返，核酸超过 48 小时"]

    [row] = post.rows()
    assert (row.verdict, row.plate, row.people, row.officer) == ("refuse", FAMILY, 4, OFFICER.code)
    deciding = json.loads(row.reasons)[0]
    assert (deciding["code"], deciding["occupant"], deciding["outcome"]) == ("test_too_old", 2, "refuse")
    occupants = json.loads(row.evidence)["occupants"]
    assert [reading["celsius"] for one in occupants for reading in one["readings"]] == [36.4, 36.6, 36.1, 36.8]
    assert post.decisions(row) == []

    held = post.held_by_the_page()
    secrets = ("王", "林", "陈", "小明", "阿香", "1236", "204X", "5678", "86X20", "8***0", "36.8")
    assert [secret for secret in secrets if secret in held] == []

    assert hand.taps + hand.keys <= MOST[hand.name]
