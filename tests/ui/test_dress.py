"""What a page wears follows the theme, the text size and the width, while it is seen."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.dress import Dress
from ui.look import Look
from ui.theme import Theme, ThemeName


class Page(QWidget):
    """Counts how often its width is shared."""

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self.arranged = 0
        self.dress = Dress(self, look, self.style_of, self.arrange)
        look.changed.connect(self.dress.put_on)

    @staticmethod
    def style_of(theme: Theme, text: int) -> str:
        return f"QLabel {{ color: {theme.text}; font-size: {text}px; }}"

    def arrange(self) -> None:
        self.arranged += 1

    def wears(self, look: Look) -> bool:
        return self.styleSheet() == self.style_of(look.theme, self.fontInfo().pixelSize())


@pytest.fixture
def look() -> Look:
    return Look()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def page(window: QWidget, look: Look) -> Page:
    page = Page(window, look)
    window.show()
    return page


def test_it_wears_the_theme_in_force(page: Page, look: Look) -> None:
    look.wear(ThemeName.NIGHT)
    assert page.wears(look)


def test_out_of_sight_it_is_dressed_when_it_is_turned_to(page: Page, look: Look) -> None:
    page.hide()
    look.wear(ThemeName.NIGHT)
    assert not page.wears(look)
    page.show()
    assert page.wears(look)


def test_larger_text_of_the_window_is_followed(page: Page, window: QWidget, look: Look, qtbot: QtBot) -> None:
    window.setStyleSheet("* { font-size: 40px; }")
    qtbot.waitUntil(lambda: "40px" in page.styleSheet())
    assert page.wears(look)


def test_another_width_is_shared_anew(page: Page) -> None:
    before = page.arranged
    page.resize(page.width() + 100, page.height())
    assert page.arranged == before + 1
