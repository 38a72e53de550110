"""A proof broken off goes on where it stopped, seen on real runs of pytest."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

PROOF = """
import os, pytest

@pytest.mark.prove
def test_long(progress):
    for number in range(progress.done, 5):
        with open("rounds", "a") as file:
            print(progress.seed, number, file=file)
        progress.advance()
        if number == 2 and not os.path.exists("mended"):
            BREAK

def test_short(progress):
    assert progress.done == 0
    print("short ran")
"""


@pytest.fixture(scope="module", params=["os._exit(9)", "pytest.fail('round 2')"], ids=["killed", "failed"])
def once_broken_off(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where the proof has done rounds 0, 1 and 2 of 5, and the reason to stop there is gone."""
    folder = tmp_path_factory.mktemp("broken off")
    (folder / "test_proof.py").write_text(PROOF.replace("BREAK", request.param))
    assert prove(folder).returncode != 0
    (folder / "mended").touch()
    return folder


@pytest.fixture
def broken_off(once_broken_off: Path, tmp_path: Path) -> Path:
    """A copy of it: each start of pytest takes a second."""
    return copytree(once_broken_off, tmp_path, dirs_exist_ok=True)


def prove(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    plain = ["-s", "-c", os.devnull, f"--rootdir={folder}", "-o", "markers=prove", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", *plain, "--prove", *options, "test_proof.py"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def rounds(folder: Path) -> tuple[set[str], list[int]]:
    lines = [line.split() for line in (folder / "rounds").read_text().splitlines()]
    return {seed for seed, _ in lines}, [int(number) for _, number in lines]


def test_a_proof_goes_on_under_the_seed_it_had(broken_off: Path) -> None:
    run = prove(broken_off)
    seeds, numbers = rounds(broken_off)
    assert numbers == [0, 1, 2, 3, 4]
    assert len(seeds) == 1
    assert f"seed {seeds.pop()}, 3 rounds done" in run.stdout


def test_a_proof_that_passed_starts_at_nought_again(broken_off: Path) -> None:
    assert prove(broken_off).returncode == 0
    assert not list((broken_off / ".cache/prove").iterdir())


def test_fresh_starts_anew(broken_off: Path) -> None:
    prove(broken_off, "--fresh")
    assert rounds(broken_off)[1] == [0, 1, 2, 0, 1, 2, 3, 4]


def test_a_given_seed_is_used(broken_off: Path) -> None:
    prove(broken_off, "--seed", "7")
    assert "7" in rounds(broken_off)[0]


def test_only_proofs_run_when_proving(broken_off: Path) -> None:
    assert "short ran" not in prove(broken_off).stdout
