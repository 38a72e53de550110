"""The first start on a machine: the demo, or a station set up in five steps. Nothing is written before the last."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.engine import Database
from station.access import Role
from ui import console
from ui.clerk import Clerk
from ui.first_run.forms import Fields, FilesForm, PersonForm, PlaceForm
from ui.first_run.founding import Founding, found
from ui.look import Look
from ui.shell import Shell
from ui.small_widgets import label, say, touchable


class FirstRun(Shell):
    """Asks what this machine is to be. Emits `demo_chosen` or `founded`.

    Args:
        look: Words and colours.
        open_database: Opens the station's database; called on a thread of this window's own.
        config_path: Where the configuration goes.
        camera: Whether there is a camera.
        kiosk: Whether it fills the screen.
    """

    demo_chosen = Signal()
    founded = Signal()

    def __init__(
        self,
        look: Look,
        open_database: Callable[[], Database],
        config_path: Path,
        *,
        camera: bool,
        kiosk: bool = False,
    ) -> None:
        super().__init__(look, kiosk=kiosk)
        self._config_path, self._camera = config_path, camera
        self._clerk = Clerk(open_database, self)
        self.place = PlaceForm(look)
        self.administrator = PersonForm(look, Role.ADMINISTRATOR, "first_admin", optional=False)
        self.lead = PersonForm(look, Role.LEAD, "first_lead", optional=True)
        self.officer = PersonForm(look, Role.OFFICER, "first_officer", optional=True)
        self.files = FilesForm(look, self._clerk)
        self.steps = (self.place, self.administrator, self.lead, self.officer, self.files)
        self._step = -1
        self._saving = False
        self._failure: Exception | None = None
        self._pressed = False
        self.demo, self.real = QPushButton(), QPushButton()
        self.language = touchable(QPushButton())
        self.back, self.next = touchable(QPushButton()), touchable(QPushButton())
        self.next.setProperty("role", "main")
        for button in (self.back, self.next):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.title, self.progress, self.error = label("title"), label("muted"), label("error", wrap=True)
        self._choose_text = label("muted", wrap=True)
        self.stack = QStackedWidget()
        self._lay_out()
        for button, slot in (
            (self.demo, self.demo_chosen.emit),
            (self.real, self.go_on),
            (self.next, self.go_on),
            (self.back, self.go_back),
            (self.language, self._other_language),
        ):
            button.clicked.connect(slot)
        look.changed.connect(self.retranslate)
        self._show_step(-1)

    def _lay_out(self) -> None:
        choice = QWidget()
        cards = QGridLayout(choice)
        cards.setSpacing(24)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.addWidget(self._choose_text, 0, 0, 1, 2)
        self._cards: dict[QPushButton, tuple[QLabel, QLabel, QLabel]] = {}
        for column, button in enumerate((self.demo, self.real)):
            button.setProperty("role", "offer")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            inside = QVBoxLayout(button)
            inside.setContentsMargins(32, 24, 32, 24)
            labels = label("huge"), label("plain", wrap=True), label("muted", wrap=True)
            inside.addStretch()
            for shown in labels:
                shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                inside.addWidget(shown)
            inside.addStretch()
            self._cards[button] = labels
            cards.addWidget(button, 1, column)
        cards.setRowStretch(1, 1)
        self.stack.addWidget(choice)
        for form in self.steps:
            self.stack.addWidget(form)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.progress)
        head.addStretch()
        head.addWidget(self.language)
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addWidget(self.error, 100)
        foot.addStretch(1)
        foot.addWidget(self.next)
        around = QVBoxLayout(self)
        around.setContentsMargins(40, 28, 40, 28)
        around.setSpacing(18)
        around.addLayout(head)
        around.addWidget(self.stack, 1)
        around.addLayout(foot)

    # --- from step to step -------------------------------------------------------------------------------------------

    @Slot()
    def go_on(self) -> None:
        """The next step, if this one lacks nothing; after the last, write it all."""
        if self._saving:
            return
        self._failure = None
        if self._step >= 0 and self._missing() is not None:
            self._pressed = True
            self.retranslate()
            if isinstance(form := self.steps[self._step], Fields):
                form.fields[form.wanting].setFocus()
            return
        if self._step + 1 < len(self.steps):
            self._show_step(self._step + 1)
        else:
            self._save()

    @Slot()
    def go_back(self) -> None:
        """The step before."""
        if not self._saving:
            self._show_step(self._step - 1)

    def _missing(self) -> str | None:
        """What the step in hand lacks, in words."""
        form = self.steps[self._step]
        if (lacking := form.problem()) is not None:
            return lacking
        codes = [person.value_of("first_code") for person in (self.administrator, self.lead, self.officer)]
        for code in filter(None, codes):
            if codes.count(code) > 1 and isinstance(form, PersonForm):
                form.wanting = "first_code"
                return self.look.word("first_code_twice", code=code)
        return None

    def _show_step(self, step: int) -> None:
        self._step, self._pressed, self._failure = step, False, None
        self.stack.setCurrentIndex(step + 1)
        self.retranslate()
        if step < 0:
            self.demo.setFocus()
        elif isinstance(form := self.steps[step], FilesForm):
            self.next.setFocus()
        else:
            next(iter(form.fields.values())).setFocus()

    def _save(self) -> None:
        people = (self.lead.value(), self.officer.value(), self.administrator.value())
        founding = Founding(
            self.place.value(), tuple(person for person in people if person is not None), self.files.value()
        )
        self._saving = True
        self.retranslate()
        now = datetime.now(UTC)
        self._clerk.ask(
            lambda database: found(database, founding, self._config_path, now), self._saved, self._not_saved
        )

    def _saved(self, _: None) -> None:
        self.founded.emit()

    def _not_saved(self, error: Exception) -> None:
        self._saving, self._failure = False, error
        self.retranslate()

    # --- words -------------------------------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        word, step, last = self.look.word, self._step, self._step + 1 == len(self.steps)
        self.setWindowTitle(word("app"))
        self.title.setText(word("first_welcome") if step < 0 else word(self.steps[step].title))
        self.progress.setText("" if step < 0 else word("first_step", n=step + 1, of=len(self.steps)))
        self._choose_text.setText(word("first_choose"))
        for button, name in ((self.demo, "first_demo"), (self.real, "first_real")):
            head, text, camera = self._cards[button]
            head.setText(word(name))
            text.setText(word(f"{name}_text"))
            camera.setText("" if self._camera else word(f"{name}_no_camera"))
            button.setAccessibleName(word(name))
            button.setAccessibleDescription(word(f"{name}_text"))
        say(self.language, "English" if self.look.language == "zh" else "中文")
        for button, name in (
            (self.back, "back"),
            (self.next, "first_saving" if self._saving else "first_start" if last else "first_next"),
        ):
            say(button, word(name))
            button.setVisible(step >= 0)
            button.setEnabled(not self._saving)
        said = self._missing() if self._pressed else None
        if self._failure is not None:
            said = console.sentence(self._failure, self.look.language)
        self.error.setText(said or "")
        self.error.setVisible(bool(said))

    @Slot()
    def _other_language(self) -> None:
        self.look.speak("en" if self.look.language == "zh" else "zh")

    def close_down(self) -> None:
        """Join its thread. Safe to call twice."""
        self._clerk.close_down()
