"""No phone: a certificate on paper is entered by hand, reviewed, and released by officer and lead together."""

import json

from tests.jobs.checkpoint import LEAD, OFFICER, Checkpoint
from tests.jobs.hands import Hand
from tests.jobs.scripts import PAPER, WANG_ID, paper

MOST = {"by touch": 64, "by keyboard": 88}


def test_a_paper_certificate_released_with_the_leads_pin(post: Checkpoint, hand: Hand) -> None:
    seen = paper(post, hand)

    assert "人工核验" in seen.first
    assert "人工录入，凭目视核验" in seen.first
    assert "放行须查验员与带班组长的 PIN" in seen.first
    assert "带班组长已同意放行" in seen.last
    assert "请放行" in seen.last
    for screen in (seen.first, seen.last):
        assert "闽E·A***1" in screen
        assert WANG_ID not in screen

    assert post.voice.said == ["请人工核验，人工录入", "闽 E A 7 0 3 1，放行"]

    [row] = post.rows()
    assert (row.verdict, row.plate, row.people, row.officer) == ("review", PAPER, 1, OFFICER.code)
    assert {"manual_entry", "health_missing"} <= {reason["code"] for reason in json.loads(row.reasons)}
    [driver] = json.loads(row.evidence)["occupants"]
    assert driver["id_number"] == WANG_ID
    assert [reading["celsius"] for reading in driver["readings"]] == [36.5]
    assert [(entry["medium"], entry["test"]["result"]) for entry in driver["manual"]] == [("paper", "negative")]
    [decision] = post.decisions(row)
    assert (decision.kind, decision.officer, decision.lead) == ("release", OFFICER.code, LEAD.code)
    assert decision.reason == "纸质证明核对无误"

    held = post.held_by_the_page()
    secrets = ("王", "小明", "WANG", WANG_ID, "1236", "A7031", "A***1", "36.5", OFFICER.pin, LEAD.pin)
    assert [secret for secret in secrets if secret in held] == []

    assert hand.taps + hand.keys <= MOST[hand.name]
