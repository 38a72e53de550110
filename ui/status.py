"""The status line: where, who, when, and how the devices are; below it what is wrong, and what to do about it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shifts.model import SHANGHAI
from station import texts
from station.attendance import Noted
from station.evidence import ClockState
from station.session import Told
from station.texts_database_errors import FAULTS
from station.view import Health
from ui.arrival import Arrival
from ui.look import Look
from ui.small_widgets import Elided, Mark, label
from ui.verdict_beside import VerdictLine

CAMERA_WELL = frozenset({"camera_live", "camera_starting"})
VOICE_WELL = frozenset({"none", "starting", "ready", "speaking", "muted"})
TOLD_MS = 8000
_DEVICES = ("camera", "database", "trust", "voice", "clock")


def troubles(health: Health, look: Look) -> tuple[str, ...]:
    """What is wrong, gravest first: sentences that say what to do."""
    word = look.word
    clock_lost = health.clock is ClockState.UNTRUSTED
    found = [_fault(code, look) for code in ("clock_untrusted" if clock_lost else None, health.database) if code]
    if health.unsaved:
        found.append(word("trouble_unsaved", count=health.unsaved))
    if health.disk_left is not None:
        found.append(word("trouble_disk_spent" if health.reserve_spent else "trouble_disk_short", mb=health.disk_left))
    if health.camera not in CAMERA_WELL:
        found.append(_fault(health.camera, look))
    if health.user.code is None and health.officer is None:
        found.append(word("trouble_nobody"))
    elif health.officer is not None and health.officer not in health.on_duty and health.database is None:
        found.append(word("trouble_shift"))
    if health.trust_stale:
        old = None if health.trust_age is None else age(health.trust_age, look)
        found.append(word("trouble_trust_none") if old is None else word("trouble_trust_old", age=old))
    if health.voice not in VOICE_WELL:
        found.append(_fault(health.voice, look))
    return tuple(found)


def _is_kept_well(health: Health) -> bool:
    return health.database is None and not health.unsaved and health.disk_left is None


def _fault(code: str, look: Look) -> str:
    known = FAULTS.get(code)
    return texts.pick(known, look.language) if known else texts.error(code, {}, look.language)


def age(value: timedelta, look: Look) -> str:
    """How old, in the unit people would say."""
    if value < timedelta(hours=1):
        return look.word("age_minutes", n=value // timedelta(minutes=1))
    if value < timedelta(days=2):
        return look.word("age_hours", n=value // timedelta(hours=1))
    return look.word("age_days", n=value.days)


def _roll_call(rostered: tuple[str, ...], here: tuple[str, ...], look: Look) -> str:
    """How many are to be there, how many of them are, and how many others."""
    others = len(set(here) - set(rostered))
    called = look.word("status_roll", due=len(rostered), here=len(set(here) & set(rostered)))
    return called + (look.word("status_roll_others", n=others) if others else "")


class StatusLine(QFrame):
    """Always there. Shows a `Health`, and sentences told while no other page shows them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._health: Health | None = None
        self._names: Mapping[str, str] = {}
        self._told: Told | None = None
        self._said_below: str | None = None
        self.setProperty("role", "bar")
        self.place, self.shift, self.now = label("small"), label("small"), label("small")
        self.people = Elided()
        self.people.setProperty("role", "small")
        self.arrival = Arrival(look, self.people)
        self.arrival.setProperty("role", "small")
        self.trouble = label("error", wrap=True)
        self.verdict = VerdictLine(look)
        self.marks: dict[str, tuple[Mark, QLabel]] = {name: (Mark(look), label("small")) for name in _DEVICES}
        self._lay_out()
        self._forget = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._forget.timeout.connect(self._forget_told)
        self._clock = QTimer(self, interval=500)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        look.changed.connect(self.retranslate)
        self.retranslate()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(14, 4, 14, 4)
        line.setSpacing(14)
        for widget in (self.place, self.shift):
            line.addWidget(widget)
        line.addWidget(self.people, 1)
        line.addWidget(self.arrival, 1)
        for mark, words in self.marks.values():
            pair = QHBoxLayout()
            pair.setSpacing(5)
            pair.addWidget(mark)
            pair.addWidget(words)
            line.addLayout(pair)
        line.addWidget(self.now)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addLayout(line)
        below = QWidget()
        inset = QHBoxLayout(below)
        inset.setContentsMargins(8, 0, 8, 6)
        inset.addWidget(self.trouble)
        around.addWidget(below)
        self._below = below
        beside = QHBoxLayout()
        beside.setContentsMargins(8, 0, 8, 6)
        beside.addWidget(self.verdict)
        around.addLayout(beside)

    @Slot(object)
    def show_health(self, health: Health) -> None:
        """Show how the station does."""
        self._health = health
        self.retranslate()

    @Slot(object)
    def show_names(self, names: Mapping[str, str]) -> None:
        """Who the codes on duty are."""
        self._names = names
        self.retranslate()

    @Slot(object)
    def show_told(self, told: Told) -> None:
        """Show a sentence for a while."""
        self._told = told
        self._forget.start()
        self._show_trouble()

    def leave_out(self, fault: str | None) -> None:
        """The page below says this fault already, as a reason; it is not said twice."""
        if fault != self._said_below:
            self._said_below = fault
            self._show_trouble()

    @Slot(object)
    def show_noted(self, noted: Noted) -> None:
        """Who has just come, by their badge; or why they have not."""
        if noted.well:
            self.arrival.show_noted(noted)
        else:
            self.show_told(Told(noted.code, noted.params))

    @Slot()
    def retranslate(self) -> None:
        """Say everything again."""
        self.setAccessibleName(self._look.word("status"))
        self.arrival.retranslate()
        health = self._health
        self._show_trouble()
        self._tick()
        for mark, words in self.marks.values():
            mark.setVisible(health is not None)
            words.setVisible(health is not None)
        if health is None:
            return
        word = self._look.word
        self.place.setText(word("status_place", checkpoint=health.checkpoint, station=health.station))
        shift = texts.pick(texts.SHIFTS[health.shift.code], self._look.language)
        self.shift.setText(f"{shift} {health.shift.day:%m-%d}")
        self.people.show_text(self._who(health))
        trust = word("status_trust_none")
        if health.trust_age is not None:
            trust = word("status_trust", age=age(health.trust_age, self._look))
        self._show("camera", word("status_camera"), well=health.camera in CAMERA_WELL)
        self._show("database", word("status_database"), well=_is_kept_well(health))
        self._show("trust", trust, well=not health.trust_stale)
        voice = word("status_voice_muted" if health.voice == "muted" else "status_voice")
        self._show("voice", voice, well=health.voice in VOICE_WELL)
        self._show("clock", word("status_clock"), well=health.clock is not ClockState.UNTRUSTED)
        for widget in self.marks["voice"]:
            widget.setVisible(health.voice != "none")

    def _who(self, health: Health) -> str:
        word = self._look.word
        named = self._names.get(health.officer, health.officer) if health.officer else None
        user = self._names.get(health.user.code, health.user.code) if health.user.code else None
        other = word("status_user", name=user) if user else word("status_nobody")
        parts = [word("status_officer", name=named) if named else other]
        if health.rostered is not None:
            parts.append(_roll_call(health.rostered, health.on_duty, self._look))
        others = [self._names.get(code, code) for code in health.on_duty if code != health.officer]
        if others:
            parts.append(word("status_on_duty", names=" ".join(others)))
        return " · ".join(parts)

    def _show(self, name: str, text: str, *, well: bool) -> None:
        mark, words = self.marks[name]
        mark.show_well(well=well)
        words.setText(text)
        words.setAccessibleName(self._look.word("status_fine" if well else "status_wrong", what=text))

    def _show_trouble(self) -> None:
        below = _fault(self._said_below, self._look) if self._said_below else ""
        shown = texts.error(self._told.code, self._told.params, self._look.language) if self._told else ""
        if shown in {"", below}:
            found = [one for one in troubles(self._health, self._look) if one != below] if self._health else []
            shown = found[0] if found else ""
            if len(found) > 1:
                shown += " " + self._look.word("and_more", n=len(found) - 1)
        self.trouble.setText(shown)
        self._below.setVisible(bool(shown))

    @Slot()
    def _forget_told(self) -> None:
        self._told = None
        self._show_trouble()

    @Slot()
    def _tick(self) -> None:
        self.now.setText(self._look.word("status_now", time=f"{datetime.now(UTC).astimezone(SHANGHAI):%H:%M:%S}"))
