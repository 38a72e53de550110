"""Whatever is handed in, the answer is a table or sentences: never a crash, never half of it."""

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from station.imported import Imported, sentence
from station.people_import import read_people
from station.roster_import import read_roster
from tests.shifts.rosters import LS, MAY, SD, person, problem
from tests.station.tables import csv_of, xlsx_of

ROSTER = problem(
    person("1001", name="张伟"),
    person("1002", name="张伟"),
    person("1003", name="欧阳建国", home=SD, duties=frozenset()),
    names={LS: "龙士", SD: "圣地亚哥"},
)
SAID = """
姓名 工号 单位 岗位 查验点 日期 班次 请假 不上夜班 出生年份 参加工作 希望休息 5月4日 5月5日 早班
张伟 张伟(1001) 1002 1003 欧阳建国 龙士 圣地亚哥 带班组长 查码、测温 是 否 早 夜 中测 E-L 休 缺 8-16
2026/5/5 4 46146 5月4日-6日 2026年5月排班表 周一 9999-12-31至1月2日 0001-01-01 2月29日 12月31日至1月2日 99999999
合计 图例：灰 到岗 ① ﹣ '=1 ( ) 、 ~ 00:00 一
"""
WORDS = st.sampled_from(SAID.split())
CELL = st.one_of(WORDS, st.just(""), st.text(max_size=6).filter(lambda text: not set(text) & set('",;\t\r\n\0')))
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=8)


def whole(imported: Imported) -> None:
    """All or nothing, and every problem says something."""
    assert not imported.problems or (imported.people, imported.assignments) == ((), frozenset())
    for one in (*imported.problems, *imported.notes):
        assert "…" not in sentence(one, "zh").replace("……", "")


def both(content: bytes) -> None:
    for imported in (
        read_people(content, MAY),
        read_people(content, MAY, checkpoints=ROSTER.names),
        read_roster(content, ROSTER),
    ):
        whole(imported)


@settings(max_examples=300, deadline=None)
@given(TABLE)
def test_any_text_table_is_taken_whole_or_told(rows: list[list[str]]) -> None:
    both(csv_of(*rows).replace(b"\0", b""))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(WORDS, st.dates(), st.floats(allow_nan=False), st.booleans(), st.none()), max_size=6),
        max_size=8,
    )
)
def test_any_workbook_is_taken_whole_or_told(rows: list[list[object]]) -> None:
    both(xlsx_of(*rows, ("姓名", "5月4日")))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_told(content: bytes) -> None:
    both(content)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_to_a_workbook_is_told(data: st.DataObject) -> None:
    """Inside the archive too, where its own checks do not see it."""
    whole_file, out = xlsx_of(("姓名", "5月4日"), ("张伟(1001)", "早查")), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole_file)) as old, zipfile.ZipFile(out, "w") as new:
        hit = data.draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            content = bytearray(old.read(name))
            if name == hit:
                for _ in range(data.draw(st.integers(1, 4))):
                    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
            new.writestr(name, bytes(content))
    both(out.getvalue())
