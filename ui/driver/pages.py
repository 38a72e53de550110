"""The two pages of the driver's window: idle in both languages, and one message."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station.config import Config
from station.policy import Policy
from station.sampling_points import SamplingPoint
from station.texts import LANGUAGES, Language, pick
from ui.driver.message import Message, Scene
from ui.driver.notice import Notice, notice
from ui.driver.pictograms import Marks, Pictogram
from ui.driver.words import WORDS
from ui.gate.column import Column
from ui.gate.widgets import FittedLabel
from ui.look import Look

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_ITEMS = ("health", "test", "temperature")


class Headline(FittedLabel):
    """Lines that are broken where they are written broken, and nowhere else."""

    def __init__(self, biggest: int) -> None:
        super().__init__(biggest, bold=True)
        self._flags &= ~int(Qt.TextFlag.TextWordWrap.value)


class Idle(QWidget):
    """A greeting, what to have ready, and the privacy notice."""

    def __init__(self, policy: Policy, config: Config) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(40, 20, 40, 24)
        body.setSpacing(6)
        for language, size, share in zip(LANGUAGES, (72, 36), (20, 10), strict=True):
            greeting = FittedLabel(size, bold=language == "zh", align=_CENTRE)
            greeting.say(pick(WORDS["driver_greeting"], language))
            body.addWidget(greeting, share)
        ready = QHBoxLayout()
        for scene, key in (
            (Scene.HEALTH, "driver_item_health"),
            (Scene.TEST, "driver_ready_test"),
            (Scene.TEMPERATURE, "driver_item_temperature"),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(Pictogram(scene), 30)
            for language, size, share in zip(LANGUAGES, (36, 26), (9, 7), strict=True):
                name = FittedLabel(size, bold=language == "zh", align=_CENTRE)
                name.say(pick(WORDS[key], language).format(hours=policy.test_window_hours))
                column.addWidget(name, share)
            ready.addLayout(column, 1)
        body.addLayout(ready, 46)
        body.addSpacing(12)
        card = QFrame()
        card.setObjectName("notice")
        columns = QHBoxLayout(card)
        columns.setContentsMargins(24, 12, 24, 12)
        columns.setSpacing(40)
        for language in LANGUAGES:
            columns.addLayout(_told(notice(policy, config, language)), 1)
        body.addWidget(card, 40)


class Stage(QWidget):
    """One message: a pictogram, what to do, how; below it what was read already."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.pictogram = Pictogram()
        self.another = FittedLabel(48)
        self.headline = Headline(190)
        self.other = FittedLabel(44)
        self.how = FittedLabel(48)
        self.points = FittedLabel(44)
        self.text = Column(look, (self.another, self.headline, self.other, self.how, self.points))
        upper = QHBoxLayout()
        upper.setSpacing(48)
        upper.addWidget(self.pictogram, 4)
        upper.addWidget(self.text, 9)
        self.items = {item: (Marks(), FittedLabel(44)) for item in _ITEMS}
        self.below = QFrame()
        self.below.setObjectName("marks")
        row = QHBoxLayout(self.below)
        row.setContentsMargins(48, 12, 48, 12)
        row.setSpacing(16)
        for marks, name in self.items.values():
            row.addWidget(marks)
            row.addWidget(name, 1)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        upper.setContentsMargins(48, 32, 48, 32)
        body.addLayout(upper, 5)
        body.addWidget(self.below, 1)

    def say(self, told: Message, language: Language, hours: float) -> None:
        """Show a message, in the officer's language first, its core in the other one too."""
        other: Language = "en" if language == "zh" else "zh"

        def word(key: str, language: Language = language, **figures: object) -> str:
            return pick(WORDS[key], language).format(hours=hours, **figures) if key else ""

        self.pictogram.show_scene(told.scene)
        self.pictogram.setAccessibleName(word(f"driver_{told.scene}"))
        points = "\n".join(map(_point, told.points))
        for label, said in (
            (self.another, word("driver_next") if told.another else ""),
            (self.headline, word(f"driver_{told.scene}")),
            (self.other, word(f"driver_{told.scene}", other).replace("\n", "" if other == "zh" else " ")),
            (self.how, word(told.how)),
            (self.points, word("driver_points", points=points) if points else ""),
        ):
            label.say(said)
        self.text.arrange()
        self.below.setVisible(any(told.marks))
        for (item, (marks, name)), read in zip(self.items.items(), told.marks or ((),) * len(_ITEMS), strict=True):
            name.say(word(f"driver_item_{item}") if read else "")
            marks.show_read(read, name.text())
            for widget in (marks, name):
                widget.setVisible(bool(read))


def _told(told: Notice) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    title = FittedLabel(26, bold=True)
    title.say(f"{told.title} · {told.place}")
    column.addWidget(title, 3)
    for _, sentence in told.parts:
        said = FittedLabel(24)
        said.say(sentence)
        column.addWidget(said, 5 if sentence is told.parts[0][1] else 3)
    return column


def _point(point: SamplingPoint) -> str:
    return " · ".join(part for part in (point.name, point.place, point.hours) if part)
