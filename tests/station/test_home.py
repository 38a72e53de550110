"""What a machine keeps of its own."""

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scanner.signer import SignerError
from station.home import config_path, database_path, demo_signer, demo_trust, home
from tests.station.builders import NOW


def test_everything_lives_under_one_folder(own_home: Path) -> None:
    assert home() == own_home
    assert {config_path().parent, database_path().parent} == {own_home}


def test_the_demo_key_is_made_once_and_is_nobody_else_s(own_home: Path) -> None:
    key = demo_signer()
    assert demo_signer().spki == key.spki
    assert [file.name for file in own_home.iterdir()] == ["demo-key.pem"]
    if sys.platform != "win32":
        assert stat.S_IMODE((own_home / "demo-key.pem").stat().st_mode) == 0o600


def test_all_who_come_first_get_the_same_key() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: demo_signer().spki, range(8)))) == 1


def test_a_demo_list_says_what_it_is() -> None:
    trust = demo_trust(NOW)
    assert trust.demo
    assert trust.issued == NOW


def test_a_damaged_key_is_named_and_not_replaced(own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "demo-key.pem").write_bytes(b"-----BEGIN")
    with pytest.raises(SignerError):
        demo_signer()
    assert (own_home / "demo-key.pem").read_bytes() == b"-----BEGIN"
