"""The figures one looks at first, side by side."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station import texts, texts_figures
from station.figures import Figures
from station.texts import pick
from station.texts_figures import percent
from station.verdict import Outcome
from ui.look import Look
from ui.small_widgets import label


class Tile(QFrame):
    """One figure: what it is, itself, and a word more."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.name, self.value, self.more = label("muted"), label("figure"), label("muted")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 4, 12, 4)
        rows.setSpacing(0)
        for each in (self.name, self.value, self.more):
            rows.addWidget(each)

    def say(self, name: str, value: str, more: str) -> None:
        """Show a figure."""
        for each, text in ((self.name, name), (self.value, value), (self.more, more)):
            each.setText(text)


class Tiles(QWidget):
    """Passages, verdicts, open reviews, time per vehicle."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.total, self.passed, self.review, self.refused, self.open, self.time = self.tiles = tuple(
            Tile() for _ in range(6)
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for tile in self.tiles:
            row.addWidget(tile, 1)

    def show_figures(self, figures: Figures) -> None:
        """Show these."""
        word, language = self._look.word, self._look.language
        counts, kinds = figures.verdicts, figures.kinds
        besides = word("audit_kinds", exempt=kinds.get("exempt", 0), abandoned=kinds.get("abandoned", 0))
        self.total.say(pick(texts_figures.PASSAGES, language), f"{counts.total:,}", besides)
        for tile, outcome in zip((self.passed, self.review, self.refused), Outcome, strict=True):
            name, of = texts.outcome(outcome, language), word("audit_vehicles", count=f"{counts[outcome]:,}")
            tile.say(name, percent(counts.share(outcome)), of)
        reviews = figures.reviews
        released = word("audit_of_reviews", share=percent(reviews.release_rate))
        self.open.say(word("audit_open"), f"{reviews.open:,}", released)
        median, p90 = (
            ("—", "—")
            if figures.time is None
            else (
                texts_figures.seconds(each.total_seconds(), language)
                for each in (figures.time.median, figures.time.p90)
            )
        )
        self.time.say(word("audit_time"), median, word("audit_time_told", p90=p90))
