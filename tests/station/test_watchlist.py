"""The watchlist: whom it knows for certain, who only bears the name, and what it refuses to read."""

import hashlib

import pytest

from scanner.credentials import Holder
from station.evidence import WatchHit, WatchKind
from station.toml_file import BadValue
from station.watchlist import COLUMNS, Watchlist, read_watchlist
from tests.station.builders import WANG, WANG_ID, salted

OTHER_ID = "11010519491231002X"
DIGEST = hashlib.sha256(WANG_ID.encode()).hexdigest()
EXACT = (WatchHit(WatchKind.EXACT, "居家隔离", "138"),)
NAMESAKE = (WatchHit(WatchKind.NAMESAKE, "居家隔离", "138"),)
NO_TAIL = Holder("王小明")


def of(*rows: str) -> Watchlist:
    text = "\n".join([",".join(COLUMNS), *(f"{row},居家隔离,138" if row else "" for row in rows)])
    return read_watchlist(text.encode(), "watchlist.csv")


WHOLE, HASHED, NAMED = f"王小明,{WANG_ID},,,", f"王小明,,{DIGEST},1236,", "王小明,,,1236,"


@pytest.mark.parametrize(
    ("row", "holders", "typed", "hits"),
    [
        # the whole ID is on the list
        pytest.param(WHOLE, [], WANG_ID, EXACT, id="whole, typed"),
        pytest.param(WHOLE, [salted(NO_TAIL, WANG_ID)], None, EXACT, id="whole, recomputed with the code's salt"),
        pytest.param(WHOLE, [salted(NO_TAIL, WANG_ID, b"x" * 16)], None, EXACT, id="whole, with another salt"),
        pytest.param(WHOLE, [Holder("张三"), salted(Holder("张三"), WANG_ID)], None, EXACT, id="whole, any name"),
        pytest.param(WHOLE, [WANG], None, NAMESAKE, id="whole, only name and tail known"),
        pytest.param(WHOLE, [WANG], OTHER_ID, (), id="whole, another typed"),
        pytest.param(WHOLE, [salted(WANG, OTHER_ID)], None, (), id="whole, another by hash"),
        pytest.param(WHOLE, [NO_TAIL], None, (), id="whole, only the name known"),
        pytest.param(WHOLE, [], None, (), id="whole, nothing known"),
        # only its hash is
        pytest.param(HASHED, [], WANG_ID, EXACT, id="hash, typed"),
        pytest.param(HASHED.upper(), [], WANG_ID, EXACT, id="hash in capitals, typed"),
        pytest.param(HASHED, [WANG], None, NAMESAKE, id="hash, name and tail known"),
        pytest.param(HASHED, [WANG], OTHER_ID, (), id="hash, another typed"),
        # only name and tail are
        pytest.param(NAMED, [WANG], None, NAMESAKE, id="name and tail"),
        pytest.param(NAMED, [WANG], WANG_ID, NAMESAKE, id="name and tail, whole ID cannot tell"),
        pytest.param(NAMED, [Holder(" 王 小明", id_tail="1236")], None, NAMESAKE, id="name normalised"),
        pytest.param(NAMED, [Holder("王小明", id_tail="9999")], None, (), id="another tail"),
        pytest.param(NAMED, [Holder("王大明", id_tail="1236")], None, (), id="another name"),
        pytest.param("李四,,,002x,", [Holder("李四", id_tail="002X")], None, NAMESAKE, id="tail in small letters"),
    ],
)
def test_a_person(row: str, holders: list[Holder], typed: str | None, hits: tuple[WatchHit, ...]) -> None:
    assert of(row).find_person(holders, typed) == hits


def test_the_surest_of_several_matches_is_told_once() -> None:
    assert of(NAMED, WHOLE).find_person([WANG], WANG_ID) == EXACT


def test_each_reason_is_told() -> None:
    text = f"{','.join(COLUMNS)}\n{WHOLE},居家隔离,138\n{WHOLE},失联,110\n"
    hits = read_watchlist(text.encode(), "w.csv").find_person([], WANG_ID)
    assert [hit.reason for hit in hits] == ["居家隔离", "失联"]


@pytest.mark.parametrize("written", ["闽E12345", "闽E·12345", " 闽e 12345 ", "闽Ｅ１２３４５"])
def test_a_vehicle_however_its_plate_is_written(written: str) -> None:
    watchlist = of(f",,,,{written}")
    assert watchlist.find_vehicle("闽E12345") == EXACT
    assert watchlist.find_vehicle("闽E12346") == ()


def test_a_row_may_name_a_person_and_their_vehicle() -> None:
    watchlist = of(f"王小明,{WANG_ID},,,闽E12345")
    assert watchlist.find_vehicle("闽E12345") == watchlist.find_person([], WANG_ID) == EXACT


def test_a_dash_for_no_plate_is_no_plate() -> None:
    assert of(f"王小明,{WANG_ID},,,-").plates == {}


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (f"王小明,{WANG_ID[:-1]}5,,,", "id_number"),
        ("王小明,3.50625E+17,,,", "id_number"),
        ("王小明,350625900307123,,,", "id_number"),
        ("王小明,,abc,,", "id_sha256"),
        ("王小明,,,12345,", "id_tail"),
        ("王小明,,,1X34,", "id_tail"),
        ("王小明,,,,", "name"),
        (",,,1236,", "name"),
        (",,,,-", "name"),
    ],
)
def test_a_row_that_would_find_nobody_is_refused_with_its_line(row: str, key: str) -> None:
    with pytest.raises(BadValue) as caught:
        of(NAMED, "", row)
    assert (caught.value.params["key"], caught.value.params["line"]) == (key, 4)
    assert WANG_ID[:-1] not in str(caught.value.params)


def test_a_list_is_known_by_the_hash_of_its_file() -> None:
    content = f"{','.join(COLUMNS)}\n".encode()
    assert read_watchlist(content, "w.csv").sha256 == hashlib.sha256(content).hexdigest()
    assert Watchlist().sha256 == ""
