"""Benchmarks compare fairly and print what they found."""

from benchmarks import harness


def test_rounds_alternate_so_that_drift_cancels() -> None:
    calls: list[str] = []
    harness.compare(lambda: calls.append("a"), {"b": lambda: calls.append("b")}, rounds=3, warm_up=0)
    assert "".join(calls) == "abbaab"


def test_each_competitor_gets_its_median() -> None:
    assert set(harness.compare(lambda: None, {"peer": lambda: None}, rounds=2)) == {harness.OURS, "peer"}


def test_a_row_shows_ours_the_peer_the_ratio_and_the_aim() -> None:
    row = harness.Row("append", 0.3, "ms", "sqlite3", 0.2, "≤ 2 ×", ok=True)
    assert (
        harness.table({"log": [row]}).splitlines()[-1]
        == "| log | append | 0.3 ms | sqlite3 0.2 ms | 1.50 × | ≤ 2 × | ✓ |"
    )


def test_a_row_without_peer_or_aim_leaves_them_empty() -> None:
    row = harness.Row("rate", 12345.6, "/s")
    assert harness.table({"log": [row]}).splitlines()[-1] == "| log | rate | 12,346 /s |  |  |  |  |"


def test_the_machine_line_names_python() -> None:
    assert "Python 3." in harness.machine()
