"""The privacy notice, and the page one prints of it."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from station.config import Config
from station.policy import default_policy
from station.texts import LANGUAGES, Language
from tests.ui.conftest import Station
from ui.driver.notice import notice

CONFIG = Config("LS-1", "LS", "龙士", "zh", contact="区防控办 0596-1234567")
POLICY = replace(default_policy(), notice="7号通告", keep_days=21)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_why_how_long_and_whom_to_ask_as_policy_and_configuration_have_it(language: Language) -> None:
    told = notice(POLICY, CONFIG, language)
    why, how_long, whom = (sentence for _, sentence in told.parts)
    assert "7号通告" in why
    assert "21" in how_long
    assert "区防控办 0596-1234567" in whom
    assert "龙士" in told.place


def test_where_nobody_is_named_the_staff_on_site_are_asked() -> None:
    nobody = replace(CONFIG, contact=" ")
    assert "请询问现场工作人员" in notice(POLICY, nobody, "zh").parts[-1][1]
    assert "the staff here" in notice(POLICY, nobody, "en").parts[-1][1]


@pytest.mark.parametrize("contact", ["", "区防控办 " * 60])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_printed_as_one_page_of_a4_with_its_font_in_it(
    station: Station, own_home: Path, tmp_path: Path, language: Language, contact: str
) -> None:
    own_home.mkdir()
    (own_home / "station.toml").write_text(f'contact = "{contact}"', "utf-8")
    path = tmp_path / "notice.pdf"
    assert station("notice", "--out", path, "--language", language).out == f"{path}\n"
    content = path.read_bytes()
    assert re.search(rb"/Count 1\b", content)
    assert re.search(rb"/MediaBox \[0 0 595\S* 842\S*\]", content)
    assert b"/FontFile2" in content


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext")
def test_what_is_printed_can_be_read_and_is_the_policys_in_force(station: Station, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('version = "x"\nnotice = "7号通告"\nkeep_days = 21\n', "utf-8")
    assert station("policy", "import", policy).code == 0
    path = tmp_path / "notice.pdf"
    station("notice", "--out", path)
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "个人信息告知" in said
    assert "7号通告" in said
    assert "21天" in said


def test_a_file_that_cannot_be_written_is_said_so(station: Station, tmp_path: Path) -> None:
    answer = station("notice", "--out", tmp_path / "nowhere" / "notice.pdf")
    assert answer.code == 64
    assert "nowhere" in answer.err


@pytest.mark.skipif(sys.platform != "linux", reason="fonts of Linux")
def test_without_a_chinese_font_it_says_what_to_install_and_writes_nothing(own_home: Path, tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>", "utf-8")
    path = tmp_path / "notice.pdf"
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "notice", "--out", path],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 64
    assert "文泉驿" in done.stderr
    assert not path.exists()
