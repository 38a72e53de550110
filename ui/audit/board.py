"""The figures of a range: tiles, charts and tables."""

from enum import StrEnum

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from station import figures_words, texts_figures
from station.figures import Figures
from station.figures_words import Names
from station.table import Table
from station.texts import Pair, pick
from ui import figures_drawn
from ui.audit.drawn import Drawn
from ui.audit.lines import Lines
from ui.audit.tiles import Tiles
from ui.charts import Drawing
from ui.look import Look
from ui.small_widgets import label, say


class Listed(StrEnum):
    """What the table lists."""

    OFFICERS = "officers"
    SHIFTS = "shifts"
    DAYS = "days"


_LISTED: dict[Listed, Pair] = {
    Listed.OFFICERS: texts_figures.BY_OFFICER,
    Listed.SHIFTS: texts_figures.BY_SHIFT,
    Listed.DAYS: texts_figures.SHIFTS,
}


class Card(QFrame):
    """A heading with a chart under it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title, self.chart = label("heading"), Drawn(look)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 6, 12, 8)
        rows.setSpacing(4)
        rows.addLayout(self.head)
        rows.addWidget(self.chart, 1)

    def show_chart(self, drawing: Drawing, table: Table) -> None:
        """Show a drawing; who cannot see it is told the table."""
        self.title.setText(table.title)
        self.chart.show_drawing(drawing, table.title, "\n".join("  ".join(row) for row in table.rows))


class Board(QWidget):
    """Everything of a range; `beside` is what stands to the right, which gives way to panels."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Figures, Names] | None = None
        self._by_day = False
        self._listed = Listed.OFFICERS
        self.tiles = Tiles(look)
        self.over_time, self.grounds, self.reviews, self.families = (Card(look) for _ in range(4))
        self.by_hour, self.by_day = _choice(), _choice()
        self.over_time.head.addWidget(self.by_hour)
        self.over_time.head.addWidget(self.by_day)
        self.lines = Lines()
        self.choices = {listed: _choice() for listed in Listed}
        self.beside = QWidget()
        self._lay_out()
        for button in (self.by_hour, self.by_day):
            button.clicked.connect(self._choose_time)
        for button in self.choices.values():
            button.clicked.connect(self._choose_list)

    def _lay_out(self) -> None:
        table = QFrame()
        table.setProperty("role", "card")
        choices = QHBoxLayout()
        for button in self.choices.values():
            choices.addWidget(button)
        choices.addStretch()
        listed = QVBoxLayout(table)
        listed.setContentsMargins(12, 6, 12, 8)
        listed.setSpacing(4)
        listed.addLayout(choices)
        listed.addWidget(self.lines, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.over_time, 1)
        rows.addWidget(table, 1)
        right = QVBoxLayout(self.beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.grounds, 5)
        right.addWidget(self.reviews, 4)
        right.addWidget(self.families, 4)

    def show_figures(self, figures: Figures, names: Names) -> None:
        """Show these."""
        self._shown = figures, names
        self._fill()

    def retranslate(self) -> None:
        """Say everything again."""
        word, language = self._look.word, self._look.language
        for button, key in ((self.by_hour, "audit_by_hour"), (self.by_day, "audit_by_day")):
            say(button, word(key))
        for listed, button in self.choices.items():
            say(button, pick(_LISTED[listed], language))
        self._fill()

    @Slot()
    def _choose_time(self) -> None:
        self._by_day = self.sender() is self.by_day
        self._fill()

    @Slot()
    def _choose_list(self) -> None:
        self._listed = next(listed for listed, button in self.choices.items() if button is self.sender())
        self._fill()

    def _fill(self) -> None:
        self.by_hour.setChecked(not self._by_day)
        self.by_day.setChecked(self._by_day)
        for listed, button in self.choices.items():
            button.setChecked(listed is self._listed)
        if self._shown is None:
            return
        (figures, names), language = self._shown, self._look.language
        self.tiles.show_figures(figures)
        over_time = figures_drawn.days if self._by_day else figures_drawn.hours
        in_words = figures_words.by_day if self._by_day else figures_words.by_hour
        self.over_time.show_chart(over_time(figures, language), in_words(figures, language))
        self.grounds.show_chart(figures_drawn.grounds(figures, language), figures_words.grounds(figures, language))
        self.reviews.show_chart(figures_drawn.reviews(figures, language), figures_words.reviews(figures, language))
        self.families.show_chart(figures_drawn.families(figures, language), figures_words.families(figures, language))
        self.lines.show_table(self._table(figures, names))

    def _table(self, figures: Figures, names: Names) -> Table:
        language = self._look.language
        if self._listed is Listed.OFFICERS:
            return figures_words.by_officer(figures, names, language)
        if self._listed is Listed.SHIFTS:
            return figures_words.by_shift(figures, language)
        return figures_words.shifts(figures, language)


def _choice() -> QPushButton:
    button = QPushButton()
    button.setCheckable(True)
    return button
