"""Public shift-scheduling instances: read whatever they hold, solved, written, and held to the rules apart."""

from pathlib import Path

import numpy as np
import pytest
from ortools.sat.python import cp_model

from benchmarks import rosters
from benchmarks.instances.costs import Costs
from benchmarks.instances.file import BadInstance, read_instance
from benchmarks.instances.model import OFF, Instance
from benchmarks.instances.rows import best_row, track_of
from benchmarks.instances.sat import add_cost, model_of, part_of
from benchmarks.instances.search import Unsolvable, solve
from benchmarks.instances.table import write_solution
from tests.benchmarks.instance_checker import check
from tests.benchmarks.made_instances import made

AMPLE = 120.0
"""Seconds that are never needed: what is small ends once nothing better can be there."""
SMALL = """# A comment
SECTION_HORIZON
# days
7

SECTION_SHIFTS
E,480,
L,600,E|

SECTION_STAFF
# blank lines and spaces mean nothing

A, E=7|L=2, 3000, 960, 5, 2, 2, 1
B,L=7,3000,0,5,1,1,0,
SECTION_DAYS_OFF
A,0
B,1, 2
A,6
SECTION_SHIFT_ON_REQUESTS
SECTION_SHIFT_OFF_REQUESTS
B,3,L,2 # twice over
B,3,L,1
SECTION_COVER
1,E,1,100,1
3,L,2,50,0
"""


@pytest.mark.parametrize("text", [SMALL, SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL])
def test_a_file_is_read_whatever_its_blanks_comments_and_line_ends(text: str) -> None:
    instance = read_instance(text)
    assert [shift.minutes for shift in instance.shifts] == [480, 600]
    assert instance.shifts[1].not_after == {0}
    ann, bo = instance.staff
    assert (ann.most, ann.minutes, ann.run, ann.rest, ann.weekends) == ((7, 2), (960, 3000), (2, 5), 2, 1)
    assert ann.off == {0, 6}
    assert bo.off == {1, 2}
    assert bo.most == (7, 7)
    assert (instance.on, instance.without) == ({}, {(1, 3, 1): 3})
    assert instance.cover[3, 1].under == 50


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("SECTION_COVER", "SECTION_COVERS", "line 23: there is no section “SECTION_COVERS”"),
        ("SECTION_HORIZON\n# days\n7\n", "", "SECTION_HORIZON is missing"),
        ("# days\n7", "seven", "the horizon has to be a whole number, not “seven”"),
        ("# days\n7", "0", "the horizon has no day"),
        ("L,600,E|", "E,600,", "shift “E” is there twice"),
        ("L,600,E|", "L,600,N", "there is no shift “N”"),
        ("A, E=7|L=2", "A, E7", "the most shifts are written as “D=14|E=5”, not “E7”"),
        ("B,L=7,3000,0,5,1,1,0,", "B,L=7,3000,0", "8 values are needed"),
        ("B,1, 2", "C,1", "there is no member of staff “C”"),
        ("A,6", "A,7", "the day has to be from 0 to 6, not 7"),
        ("B,3,L,2", "B,3,L,-2", "the weight has to be at least 0"),
        ("3,L,2,50,0", "1,E,2,50,0", "the cover of shift “E” on day 1 is there twice"),
        ("# A comment", "hello", "line 1: an instance begins with a section"),
    ],
)
def test_a_bad_file_is_told_where_and_why(was: str, becomes: str, said: str) -> None:
    assert was in SMALL
    with pytest.raises(BadInstance, match=r"^(line|SECTION)") as caught:
        read_instance(SMALL.replace(was, becomes, 1))
    assert said in str(caught.value)


@pytest.mark.parametrize(("kinds", "mixed", "seed"), [(1, False, 0), (3, False, 1), (2, True, 2), (4, True, 3)])
def test_a_best_row_is_as_cheap_as_cp_sat_finds_it(kinds: int, mixed: bool, seed: int) -> None:
    instance = read_instance(made(5, 21, kinds, seed, mixed=mixed))
    rng = np.random.default_rng(seed)
    for person in range(len(instance.staff)):
        costs = rng.integers(-50, 10, (instance.days, kinds)).astype(np.float32)
        row, low = best_row(track_of(instance, person), costs)
        assert row is not None
        cost = sum(costs[day, kind] for day, kind in enumerate(row) if kind != OFF)
        assert cost == low == _cheapest(instance, person, costs)


@pytest.mark.parametrize("seed", range(3))
def test_a_small_instance_is_solved_to_what_one_model_of_everything_proves(seed: int) -> None:
    text = made(6, 14, 2, seed)
    instance = read_instance(text)
    found = solve(instance, AMPLE)
    assert found.cost == found.bound == _optimum(instance)
    assert check(text, write_solution(instance, found.rows)) == ([], found.cost)


@pytest.mark.parametrize(("staff", "days", "kinds"), [(8, 126, 3), (5, 364, 12), (12, 30, 9), (3, 5, 2)])
def test_whatever_time_there_is_every_rule_is_kept(staff: int, days: int, kinds: int) -> None:
    text = made(staff, days, kinds, seed=5, mixed=True)
    instance = read_instance(text)
    found = solve(instance, 2)
    assert check(text, write_solution(instance, found.rows)) == ([], found.cost)
    assert found.bound <= found.cost


def test_somebody_whose_rules_contradict_each_other_is_named() -> None:
    text = SMALL.replace("A, E=7|L=2, 3000, 960", "A, E=7|L=2, 3000, 2960")
    with pytest.raises(Unsolvable, match="“A”"):
        solve(read_instance(text), AMPLE)


def test_a_solution_is_written_as_staff_day_and_shift(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "small.txt").write_text(SMALL, encoding="utf-8")
    out = tmp_path / "out.csv"
    assert rosters.main([str(tmp_path / "small.txt"), "--seconds", str(AMPLE), "--solution", str(out)]) == 0
    written = out.read_text(encoding="utf-8")
    assert written.startswith("staff,day,shift\nA,")
    broken, cost = check(SMALL, written)
    assert not broken
    assert f"small: objective {cost}, best bound {cost}, gap 0.00 %" in capsys.readouterr().out


def test_several_solutions_go_into_a_folder(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.txt", "two.txt")]
    for file in files:
        file.write_text(SMALL, encoding="utf-8")
    assert rosters.main([*map(str, files), "--solution", str(tmp_path / "new" / "folder")]) == 0
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == ["one.csv", "two.csv"]


def test_each_file_can_have_a_solution_of_its_own(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.txt", "two.txt")]
    for file in files:
        file.write_text(SMALL, encoding="utf-8")
    outs = [f"--solution={tmp_path / name}" for name in ("a.csv", "b.csv")]
    assert rosters.main([*map(str, files), *outs]) == 0
    assert (tmp_path / "a.csv").is_file()
    assert (tmp_path / "b.csv").is_file()


@pytest.mark.parametrize("content", [b"nothing of the kind", b"\xff\xfe\x00", None])
def test_a_file_that_cannot_be_read_is_named_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    file = tmp_path / "bad.txt"
    if content is not None:
        file.write_bytes(content)
    assert rosters.main([str(file)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"rosters: {file}")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("A,1,E\nA,1,L\nA,2,E", "two shifts a day"),
        ("A,0,E\nA,1,E", "works on day 0 off"),
        ("A,1,L\nA,2,E", "E after L on day 1"),
        ("A,1,L\nA,2,L\nA,3,L", "3 of L=2"),
        ("A,1,E", "480 minutes, not 960..3000"),
        ("A,1,E\nA,3,E", "only 1 days in a row from day 1"),
        ("A,1,E\nA,2,E\nA,4,E\nA,5,E", "only 1 days off from day 3"),
        ("A,1,E\nA,2,E\nB,5,L", "1 weekends, not 0"),
        ("A,1,E\nA,2,E\nC,5,L", "nobody: C"),
    ],
)
def test_the_checker_finds_what_is_broken(rows: str, said: str) -> None:
    broken, _ = check(SMALL, f"staff,day,shift\n{rows}\n")
    assert any(said in what for what in broken), broken


def test_the_checker_adds_up_wishes_and_cover() -> None:
    assert check(SMALL, "staff,day,shift\nA,1,E\nA,2,E\nA,3,E\nB,3,L\n") == ([], 50 + 3)


@pytest.mark.parametrize(("name", "best_known"), [("Instance1", 607), ("Instance2", 828), ("Instance3", 1001)])
def test_public_instances_are_solved_to_the_best_known(shared_data: Path, name: str, best_known: int) -> None:
    text = (shared_data / "rosters" / f"{name}.txt").read_text(encoding="utf-8")
    instance = read_instance(text)
    found = solve(instance, AMPLE)
    assert found.cost == found.bound == best_known
    assert check(text, write_solution(instance, found.rows)) == ([], best_known)


def _cheapest(instance: Instance, person: int, costs: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> float:
    kinds = len(instance.shifts)
    rows = ((OFF,) * instance.days,) * len(instance.staff)
    model = model_of(instance, rows, part_of(instance, [person], range(instance.days)))
    model.sat.minimize(sum(int(costs[divmod(slot, kinds)]) * cell for (_, slot), cell in model.cells.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.sat) == cp_model.OPTIMAL
    return solver.objective_value


def _optimum(instance: Instance) -> float:
    rows = ((OFF,) * instance.days,) * len(instance.staff)
    model = model_of(instance, rows, part_of(instance, range(len(instance.staff)), range(instance.days)))
    add_cost(instance, model, Costs(instance).counts([]).tolist())
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.sat) == cp_model.OPTIMAL
    spared = sum(instance.on.values()) - sum(cover.heads * cover.over for cover in instance.cover.values())
    return solver.objective_value + spared
