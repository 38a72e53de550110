"""The passage selected: what was concluded and why, in words, with what can be done about it below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from station.verdict import Outcome
from ui.log.decide import DecisionForm
from ui.log.detail import Block, Line, Passage, blocks
from ui.log.queries import row
from ui.log.records import OPEN, plate_words, verdict_words
from ui.look import Look
from ui.shapes import badge
from ui.small_widgets import say
from ui.theme import VERDICTS


class DetailPane(QFrame):
    """One passage, masked until somebody asks."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._look = look
        self.passage: Passage | None = None
        self.whole = False

        self._plate = QLabel()
        self._plate.setProperty("role", "title")
        self._verdict = QLabel()
        self.close_button = QPushButton()
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.form = DecisionForm(look)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setObjectName("plain")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

        head = QHBoxLayout()
        head.addWidget(self._plate)
        head.addWidget(self._verdict)
        head.addStretch()
        head.addWidget(self.close_button)
        rows = QVBoxLayout(self)
        rows.addLayout(head)
        rows.addWidget(self._scroll, 1)
        rows.addWidget(self.notice)
        rows.addWidget(self.form)
        self.notice.hide()

    def show_passage(self, passage: Passage, *, whole: bool = False) -> None:
        """Show a passage; one that is shown already keeps its place and what is being typed."""
        same = self.passage is not None and self.passage.key == passage.key
        self.passage, self.whole = passage, whole
        if not same:
            self.form.leave()
            self.tell("")
        self._fill()
        if not same:
            self._scroll.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Nothing is selected: nothing of it stays."""
        self.passage, self.whole = None, False
        self.form.leave()
        self.tell("")
        self._plate.clear()
        self._scroll.setWidget(QWidget())

    def tell(self, sentence: str) -> None:
        """A word about what was just done; none hides it."""
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def text(self) -> str:
        """Everything that is said, line by line."""
        return "\n".join(label.text() for label in self.findChildren(QLabel) if not label.pixmap() and label.text())

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.form.retranslate()
        self._fill()

    def _fill(self) -> None:
        word = self._look.word
        say(self.close_button, word("log_close"))
        self._scroll.setAccessibleName(word("log_detail"))
        passage = self.passage
        if passage is None:
            return
        line = row(passage)
        plate = passage.plate
        self._plate.setText(plate_words(plate, whole=self.whole) if plate else word("log_no_plate"))
        colours = VERDICTS[line.outcome]
        self._verdict.setText(verdict_words(line, self._look.language))
        self._verdict.setStyleSheet(
            f"background: {colours.ground}; color: {colours.text}; border-radius: 6px; padding: 4px 8px"
        )
        self.form.offer(release=passage.state == OPEN, whole=self.whole)
        position = self._scroll.verticalScrollBar().value()
        self._scroll.setWidget(self._told(blocks(passage, self._look.language, whole=self.whole)))
        self._scroll.verticalScrollBar().setValue(position)

    def _told(self, told: tuple[Block, ...]) -> QWidget:
        sheet = QWidget()
        sheet.setObjectName("plain")
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(0, 0, 8, 0)
        for block in told:
            title = QLabel(block.title)
            title.setTextFormat(Qt.TextFormat.PlainText)
            title.setWordWrap(True)
            title.setIndent(0)
            title.setStyleSheet(f"font-weight: bold; color: {self._look.theme.accent}; padding-top: 6px")
            rows.addWidget(title)
            grid = QGridLayout()
            grid.setColumnStretch(1, 1)
            grid.setVerticalSpacing(2)
            for number, line in enumerate(block.lines):
                self._add(grid, number, line)
            rows.addLayout(grid)
        rows.addStretch()
        return sheet

    def _add(self, grid: QGridLayout, number: int, line: Line) -> None:
        label = QLabel(line.text)
        label.setTextFormat(Qt.TextFormat.PlainText)  # what a stranger's code said is text, never markup
        label.setWordWrap(True)
        if line.outcome is None:
            grid.addWidget(label, number, 0, 1, 2)
            return
        if line.outcome is not Outcome.PASS:
            label.setStyleSheet("font-weight: bold")
        shape = QLabel()
        shape.setPixmap(badge(line.outcome, self.fontMetrics().height(), self.devicePixelRatioF()))
        grid.addWidget(shape, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, number, 1)
