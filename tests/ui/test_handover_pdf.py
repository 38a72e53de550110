"""The sheet on paper: everything on it, on A4, with both words or a line to sign on."""

from pathlib import Path

import pytest

from db.heads import Signer
from shifts.handover import Confirmation, Handover, Mention, Sheet
from shifts.model import THREE_SHIFTS
from station.texts import Language
from tests.station.test_handover_words import EARLY, FULL, NINE
from tests.ui.test_roster_pdf import said
from ui.console import UsageError
from ui.handover_pdf import write_pdf

GIVEN = Handover("LS", EARLY, FULL, Confirmation("L1", NINE))

HEAD = Signer(bytes(32)).sign("LS-1", 1204, "ab" * 32, 1_777_777_777_000_000)


def printed(handover: Handover, path: Path, language: Language = "zh") -> int:
    names = {"L1": "周志明"}
    return write_pdf(handover, path, place="龙士查验点", plan=THREE_SHIFTS, names=names, head=HEAD, language=language)


@pytest.mark.usefixtures("qapp")
def test_a_short_sheet_is_one_page_of_a4_with_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    pages = printed(GIVEN, path)
    assert f"Pages:           {pages}" in said(path, "info")
    assert "595 x 842" in said(path, "info")
    words = "".join(said(path).split())
    for one in (
        *("龙士查验点2026-05-04早班08:00–16:00", "放行人工核验劝返合计", "未处置的人工核验：1", "劝返车辆：2"),
        *("核酸超时村主任", "摄像头故障2", "5.5小时前签发", "口罩40不足", "区督查组", "已张贴"),
        *("周志明（L1）05-0409:00", "接班组长未确认", "签名：", f"第1页，共{pages}页"),
    ):
        assert one in words


@pytest.mark.usefixtures("qapp")
def test_no_plate_is_printed_whole(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    printed(GIVEN, path, "en")
    assert "闽E·1***5" in "".join(said(path).split())


@pytest.mark.usefixtures("qapp")
def test_no_word_is_broken_at_the_end_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    printed(Handover("LS", EARLY, Sheet(notes="thermometers " * 90)), path, "en")
    assert said(path).split().count("thermometers") == 90


@pytest.mark.usefixtures("qapp")
def test_a_long_sheet_goes_on_page_after_page_and_loses_no_row(tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    many = tuple(Mention(str(number), NINE, f"闽E·{number:03d}*", "health_red") for number in range(120))
    pages = printed(Handover("LS", EARLY, Sheet(refused=many, notes="很长的一段话。" * 900)), path)
    assert pages > 4
    words = "".join(said(path).split())
    assert all(f"闽E·{number:03d}*" in words for number in range(120))
    assert words.count("很长的一段话。") >= 880  # one that is broken across pages has the foot between its halves
    assert f"第{pages}页，共{pages}页" in words


@pytest.mark.usefixtures("qapp")
def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        printed(GIVEN, tmp_path / "nowhere" / "sheet.pdf")
    assert caught.value.code == "file_unwritable"
