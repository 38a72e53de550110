"""The list, driven without a window: every row once, in order, whatever is appended meanwhile."""

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from db import passages
from db.engine import Database
from db.filters import ALL, Filters
from db.passages import Place
from tests.db.samples import a_decision
from tests.ui.log.conftest import NOW, a_review, fill, fill_many, plain_passage
from ui.log import queries
from ui.log.model import STATE, PassageModel
from ui.look import Look

MINUTE = timedelta(minutes=1)
NOWHERE = QModelIndex()


def listed(model: PassageModel) -> list[str]:
    return [row.id for row in model.rows]


class Reader:
    """A model and its answers; held by Qt's own tester, which looks at every row, to what views may expect of it."""

    def __init__(self, database: Database, look: Look, filters: Filters = ALL, *, tested: bool = True) -> None:
        self.database, self.filters = database, filters
        self.model = PassageModel(look)
        self.asked: list[Place | None] = []
        self.model.wanted.connect(self.asked.append)
        if tested:
            self.tester = QAbstractItemModelTester(self.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        self.model.take_first(queries.earlier(database, filters, None))

    def more(self) -> bool:
        """As a view does at the end of its rows."""
        self.model.fetchMore(NOWHERE)
        if not self.asked:
            return False
        before = self.asked.pop()
        self.model.take_earlier(queries.earlier(self.database, self.filters, before), before)
        return True

    def refresh(self) -> None:
        self.model.take_newest(queries.newest(self.database, self.filters, self.model.top))


@pytest.fixture
def reader(qapp: object, database: Database, look: Look) -> partial[Reader]:
    return partial(Reader, database, look)


def test_ten_thousand_rows_come_complete_and_in_order_while_rows_are_appended(
    reader: partial[Reader], database: Database
) -> None:
    ids = fill_many(database, 10_000)
    lazy = reader(tested=False)
    assert listed(lazy.model) == ids[: queries.PAGE]
    later = timedelta()
    while lazy.more():
        later += MINUTE
        fill(database, plain_passage(-later))
    assert listed(lazy.model) == ids
    assert lazy.model.complete


def test_a_page_is_read_only_when_it_is_asked_for(reader: partial[Reader], database: Database) -> None:
    fill_many(database, 450)
    lazy = reader()
    assert lazy.model.rowCount() == 200
    lazy.more()
    assert (lazy.model.rowCount(), lazy.model.complete) == (400, False)
    lazy.more()
    assert (lazy.model.rowCount(), lazy.model.complete, lazy.more()) == (450, True, False)


def test_a_page_is_asked_for_once(reader: partial[Reader], database: Database) -> None:
    fill_many(database, 450)
    lazy = reader()
    lazy.model.fetchMore(NOWHERE)
    lazy.model.fetchMore(NOWHERE)
    assert (len(lazy.asked), lazy.model.canFetchMore(NOWHERE)) == (1, False)
    lazy.model.take_failure()
    assert lazy.model.canFetchMore(NOWHERE)


@pytest.mark.parametrize("count", [0, 1, 250, 2500])
def test_new_rows_appear_at_the_top_and_old_ones_keep_their_index(
    reader: partial[Reader], database: Database, count: int
) -> None:
    before = fill_many(database, 300)
    lazy = reader(tested=count < 2500)
    chosen = QPersistentModelIndex(lazy.model.index(7, 0))
    after = fill_many(database, count, NOW + timedelta(hours=2))
    lazy.refresh()
    if count == 2500:  # too many to catch up with: the list begins anew
        assert listed(lazy.model)[:200] == after[:200]
        assert not chosen.isValid()
    else:
        assert listed(lazy.model) == after + before[:200]
        assert lazy.model.rows[chosen.row()].id == before[7]
    while lazy.more():
        pass
    assert listed(lazy.model) == after + before


def test_a_row_written_late_takes_its_place_in_time(reader: partial[Reader], database: Database) -> None:
    fill(database, plain_passage(), plain_passage(2 * MINUTE))
    lazy = reader()
    late = plain_passage(MINUTE)
    fill(database, late)
    lazy.refresh()
    assert listed(lazy.model)[1] == late.id


def test_a_refresh_tells_what_was_decided_elsewhere(reader: partial[Reader], database: Database) -> None:
    review = a_review()
    fill(database, review)
    lazy = reader()
    assert lazy.model.index(0, STATE).data() == "待处置"
    passages.append_decision(database, a_decision(review))
    lazy.refresh()
    assert lazy.model.index(0, STATE).data() == "已放行"


def test_a_settled_review_leaves_the_list_of_open_ones_at_the_next_refresh(
    reader: partial[Reader], database: Database
) -> None:
    reviews = [a_review(number * MINUTE) for number in range(3)]
    fill(database, *reviews)
    lazy = reader(Filters(open_reviews=True))
    passages.append_decision(database, a_decision(reviews[1]))
    lazy.refresh()
    assert listed(lazy.model) == [reviews[0].id, reviews[2].id]


def test_a_page_of_a_list_begun_anew_is_dropped(reader: partial[Reader], database: Database) -> None:
    fill_many(database, 450)
    lazy = reader()
    stale = lazy.model.rows[-1].place
    page = queries.earlier(database, ALL, stale)
    lazy.model.take_first(queries.earlier(database, Filters(verdict="refuse"), None))
    lazy.model.take_earlier(page, stale)
    assert lazy.model.rowCount() == 0
