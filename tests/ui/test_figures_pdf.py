"""The figures on paper: charts, tables, and where the ledger stood."""

from datetime import date, datetime
from pathlib import Path

import pytest

from db.filters import Filters
from db.heads import Signer
from shifts.model import SHANGHAI
from station.figures import Figures, Ground, Line, Reviews, ShiftCount, Verdicts
from station.texts import Language
from station.verdict import Outcome
from tests.ui.test_roster_pdf import said
from ui.figures_pdf import write_pdf

HEAD = Signer(bytes(32)).sign("LS-1", 1204, "ab" * 32, 1_777_777_777_000_000)
EIGHT = datetime(2026, 5, 4, 8, tzinfo=SHANGHAI)
COUNTS = Verdicts(passed=1200, review=40, refused=7)
WEEK = Figures(
    Filters(since=EIGHT, verdict="refuse"),
    verdicts=COUNTS,
    hours={EIGHT: COUNTS},
    shifts=tuple(ShiftCount(date(2026, 5, 4), f"shift {number}", COUNTS) for number in range(60)),
    by_officer=(Line("A01", COUNTS, Reviews(released=30, open=10)),),
    reviews=Reviews(released=30, open=10),
    grounds=(Ground("test_too_old", Outcome.REFUSE, 7),),
    families={"hc1": 12},
)


def printed(figures: Figures, path: Path, language: Language = "zh") -> int:
    return write_pdf(figures, path, place="龙士查验点", names={"A01": "陈静"}, head=HEAD, language=language)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("龙士查验点2026-05-0408:00起劝返", "核酸超时·劝返7", "陈静1247", "75.0%", "欧盟证书HC1", "第1页，共")),
        ("en", ("Summaryofchecks", "since2026-05-0408:00Turnback", "testtooold·Turnback", "陈静1247", "Page1of")),
    ],
)
def test_everything_counted_is_on_it_and_the_head_in_whole(
    tmp_path: Path, language: Language, words: tuple[str, ...]
) -> None:
    path = tmp_path / "figures.pdf"
    pages = printed(WEEK, path, language)
    assert pages > 1
    text = "".join(said(path).split())
    assert [word for word in words if word not in text] == []
    assert HEAD.chain in text


@pytest.mark.usefixtures("qapp")
def test_a_summary_is_a_pdf_of_one_page_where_nothing_passed(tmp_path: Path) -> None:
    path = tmp_path / "figures.pdf"
    assert printed(Figures(Filters()), path) == 1
    assert path.read_bytes().startswith(b"%PDF-")
