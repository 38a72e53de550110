"""A file that is no table, or a silly one, gets a sentence; a table gives its cells with their places."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from station.imported import letters, sentence
from station.table_file import MAX_BYTES, MAX_COLUMNS, MAX_UNPACKED, NoTable, read_sheets
from tests.station.tables import csv_of, saved, xlsx_of

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def refused(content: bytes) -> str:
    with pytest.raises(NoTable) as caught:
        read_sheets(content)
    assert "…" not in sentence(caught.value.problem, "en")
    return sentence(caught.value.problem, "zh")


def damaged() -> bytes:
    whole = xlsx_of(("姓名",))
    return whole[: len(whole) // 2]


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "文件里没有内容"),
        (b"\n , \n", "文件里没有内容"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文件有打开密码"),
        (OLE + b"Workbook", "这是旧的 .xls"),
        (damaged(), "文件已损坏"),
        (zipped(word=b"a letter"), "文件已损坏"),
        (b"\x80\xff\xfe", "不是表格"),
        (b"a\0b", "不是表格"),
        (b" " * (MAX_BYTES + 1), "文件太大"),
        (zipped(bomb=b"\0" * (MAX_UNPACKED + 1)), "文件太大"),
        (csv_of(("x",) * (MAX_COLUMNS + 1)), "表有 1 行"),
        (csv_of(("姓名", '"陈')), "第 1 行：这一行的引号或分隔不对"),
        (saved(Workbook()), "文件里没有内容"),
    ],
    ids=[
        "empty",
        "blank",
        "password",
        "xls",
        "cut off",
        "zip",
        "no text",
        "NUL",
        "huge",
        "bomb",
        "wide",
        "quote",
        "new",
    ],
)
def test_a_file_that_is_no_table_gets_its_sentence(content: bytes, told: str) -> None:
    assert refused(content).startswith(told)


def test_a_merge_across_everything_is_refused_without_being_spread() -> None:
    book = load_workbook(io.BytesIO(xlsx_of(("姓名",))))
    content, out = saved(book), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            new.writestr(name, old.read(name).replace(b"</sheetData>", merged))
    assert refused(out.getvalue()).startswith("合并单元格太大")


def test_a_formula_counts_for_the_value_stored_with_it_and_one_without_is_named() -> None:
    """openpyxl stores no value with a formula, as a workbook has none that was never opened."""
    content, out = xlsx_of(("=1+1", "=2+2")), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            computed = old.read(name).replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
            new.writestr(name, computed.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"))
    (sheet,) = read_sheets(out.getvalue())
    assert sheet.rows[0].cells == ("2", "")
    assert [sentence(fault, "zh") for fault in sheet.faults] == [
        "“Sheet1” 第 1 行 B 列：这一格的公式还没有算出值：请在 Excel 或 WPS 里打开并保存一次"
    ]


def test_a_formula_s_error_is_named() -> None:
    (sheet,) = read_sheets(xlsx_of(("#REF!",)))
    assert sentence(sheet.faults[0], "en") == "“Sheet1”, row 1, column A: This cell is a formula's error #REF!: mend it"


def test_a_merged_cell_stands_in_each_of_its_places() -> None:
    book = load_workbook(io.BytesIO(xlsx_of(("早班", "查码"), (None, "测温"))))
    book.worksheets[0].merge_cells("A1:A2")
    (sheet,) = read_sheets(saved(book))
    assert [row.cells for row in sheet.rows] == [("早班", "查码"), ("早班", "测温")]


def test_days_come_as_days_numbers_as_people_write_them_and_hidden_sheets_not_at_all() -> None:
    book = load_workbook(io.BytesIO(xlsx_of(shown=[(date(2026, 5, 4), None, 1001, 1.5)], hidden=[("x",)])))
    book["hidden"].sheet_state = "hidden"
    (sheet,) = read_sheets(saved(book))
    assert sheet.rows[0].cells == (date(2026, 5, 4), "", "1001", "1.5")


def test_rows_are_counted_as_a_spreadsheet_counts_them() -> None:
    (sheet,) = read_sheets(b'a,b\r\n\r\n"x\ny",z\r\nlast,\r\n')
    assert [row.number for row in sheet.rows] == [1, 3, 4]


def test_a_cell_kept_from_being_a_formula_is_what_it_was() -> None:
    (sheet,) = read_sheets(b"'=1+1,'-1,'s\r\n")
    assert sheet.rows[0].cells == ("=1+1", "-1", "'s")


@pytest.mark.parametrize(("number", "named"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_have_the_letters_a_spreadsheet_shows(number: int, named: str) -> None:
    assert letters(number) == named
