"""Charts by their pixels: as high as what they count, in colours that stand out, readable without them."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from station.figures import Verdicts
from station.verdict import Outcome
from tests.screens.sight import Pixels, pixels_of
from ui.charts import INKS, ON_PAPER, Bar, Drawing, Inks, Stack, ranked, stacked
from ui.theme import ThemeName, contrast

WORDS = ("放行", "人工核验", "劝返")
WIDTH, HEIGHT = 400, 200
pytestmark = pytest.mark.usefixtures("qapp")


def drawn(drawing: Drawing, inks: Inks = ON_PAPER) -> Pixels:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(inks.ground))
    painter = QPainter(image)
    drawing(painter, QRectF(0, 0, WIDTH, HEIGHT), inks)
    painter.end()
    return pixels_of(image)


def count(pixels: Pixels, colour: str) -> int:
    wanted = QColor(colour)
    return int((pixels == np.array([wanted.red(), wanted.green(), wanted.blue()])).all(axis=2).sum())


def areas(pixels: Pixels) -> list[int]:
    return [count(pixels, colour) for colour in ON_PAPER.verdicts]


def test_a_bar_is_as_high_as_what_it_counts() -> None:
    key = areas(drawn(stacked([], WORDS)))
    one = areas(drawn(stacked([Stack("08", Verdicts(50, 50, 0))], WORDS)))
    passed, review = (area - of_key for area, of_key in zip(one[:2], key[:2], strict=True))
    assert passed == pytest.approx(review, rel=0.05)
    tenth = areas(drawn(stacked([Stack("08", Verdicts(90, 10, 0))], WORDS)))
    assert tenth[1] - key[1] == pytest.approx((tenth[0] - key[0]) / 9, rel=0.1)


def test_the_longest_of_ranked_bars_is_the_commonest_and_all_begin_together() -> None:
    pixels = drawn(ranked([Bar("a", 100, Outcome.PASS), Bar("b", 50, Outcome.REVIEW)]))
    passed, review = areas(pixels)[:2]
    assert review == pytest.approx(passed / 2, rel=0.05)


def test_a_refusal_is_hatched() -> None:
    solid = areas(drawn(ranked([Bar("a", 1, Outcome.PASS)])))[Outcome.PASS]
    hatched = areas(drawn(ranked([Bar("a", 1, Outcome.REFUSE)])))[Outcome.REFUSE]
    assert 0.3 * solid < hatched < 0.9 * solid


def test_nothing_to_count_draws_an_axis_and_no_bar() -> None:
    assert areas(drawn(stacked([Stack("00", Verdicts())], WORDS))) == areas(drawn(stacked([], WORDS)))
    assert (drawn(ranked([])) == 255).all()


def test_more_bars_than_have_room_leave_out_the_last(qapp: object) -> None:
    pixels = drawn(ranked([Bar("a", 9, Outcome.PASS)] * 100 + [Bar("b", 1, Outcome.REVIEW)]))
    assert areas(pixels)[Outcome.REVIEW] == 0
    assert (pixels[-2:] == 255).all()


@pytest.mark.parametrize("inks", [*INKS.values(), ON_PAPER])
def test_bars_stand_out_from_the_ground_and_words_are_read(inks: Inks) -> None:
    assert min(contrast(colour, inks.ground) for colour in (*inks.verdicts, inks.plain)) >= 3
    assert min(contrast(colour, inks.ground) for colour in (inks.text, inks.muted)) >= 7


def test_every_theme_has_inks() -> None:
    assert set(INKS) == set(ThemeName)
