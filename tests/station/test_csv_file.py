"""Lists as spreadsheets write them: no row may be lost in silence."""

import pytest

from station.csv_file import parse
from station.toml_file import FileError, FileUnreadable, MissingKey, UnknownKey

COLUMNS = ("name", "place", "hours")
TEXT = "name,place\n龙士,县道 584\n"


def rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    return parse(content, "list.csv", COLUMNS, required=("name",))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_list_reads_the_same_in_every_writing(encoding: str, mark: str, end: str) -> None:
    content = (mark + TEXT).replace("\n", end).encode(encoding)
    assert rows(content) == [(2, {"name": "龙士", "place": "县道 584", "hours": ""})]


def test_columns_come_in_any_order_and_cells_are_stripped() -> None:
    assert rows(" hours , name \n 8-20, 龙士 \n".encode()) == [(2, {"name": "龙士", "place": "", "hours": "8-20"})]


def test_blank_rows_are_passed_over_and_counted() -> None:
    assert [line for line, _ in rows(b"name\n\n , \nA\n\nB\n".replace(b" , ", b" "))] == [4, 6]


def test_a_quoted_cell_may_hold_commas_and_lines() -> None:
    assert rows(b'name,place\n"A, B","x\ny"\nC,z\n') == [
        (3, {"name": "A, B", "place": "x\ny", "hours": ""}),
        (4, {"name": "C", "place": "z", "hours": ""}),
    ]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", FileUnreadable),
        (b"\n", FileError),
        (b"name,colour\nA,red\n", UnknownKey),
        (b"name;place\nA;B\n", UnknownKey),
        (b"place\nB\n", MissingKey),
        (b"name,name\nA,\n", FileUnreadable),
        (b"name\nA,B\n", FileUnreadable),
        (b'name,place\n"A,x\nB,y\nC,z\n', FileUnreadable),
        (b"name\n" + b"x" * 200_000, FileUnreadable),
        (TEXT.encode("utf-16"), FileUnreadable),
        (b"\x80\xff\xfe", FileUnreadable),
    ],
    ids=[
        "empty",
        "blank",
        "unknown",
        "semicolons",
        "missing",
        "twice",
        "too many",
        "open quote",
        "huge",
        "UTF-16",
        "?",
    ],
)
def test_a_faulty_list_is_refused_whole(content: bytes, error: type[FileError]) -> None:
    with pytest.raises(error) as caught:
        rows(content)
    assert caught.value.params["file"] == "list.csv"
