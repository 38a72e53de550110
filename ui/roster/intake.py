"""The way in: a form for a roster to be begun, and a look at each table before anything of it is kept."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from shifts.model import Assignment, Duty, Period, Person, RosterProblem
from shifts.stints import HOUR, minutes
from station.imported import Imported
from station.people_import import read_people
from station.roster_crew import News, news, taken_over
from station.roster_import import read_roster
from station.roster_terms import at_home, before, begun, following, near, next_period, to_months_end
from station.roster_words import key
from ui import console
from ui.arguments import read_file
from ui.look import Look
from ui.roster.begin_form import BeginForm
from ui.roster.preview import Preview
from ui.roster.thinker import Thinker

TABLES = "XLSX, CSV (*.xlsx *.xlsm *.csv *.txt)"
PEOPLE, HISTORY = "people", "history"
_MOST_PLACES = 8
Standing = tuple[RosterProblem, frozenset[Assignment]]
Found = tuple[Imported, RosterProblem | None, News | None]
"""What was read, of whose roster, and what it changes."""


class Intake(QStackedWidget):
    """The form and the preview, in place of the board while one of them is open.

    Args:
        look: Words and colours.
        thinker: Reads the tables.
        own: This checkpoint's code and name.
    """

    turned = Signal()
    """Opened or closed."""
    begun = Signal(object)
    """A `RosterProblem` to be begun."""
    brought = Signal(object, object, str)
    """The roster on the board with what was imported: its problem, its assignments, and a sentence for it."""

    def __init__(self, look: Look, thinker: Thinker, own: tuple[str, str]) -> None:
        super().__init__()
        self._look, self._thinker, self._own = look, thinker, own
        self.busy = False
        self._base: Standing | None = None  # the roster on the board
        self._next = False
        self._people: tuple[Person, ...] = ()
        self._names: dict[str, str] = {}
        self._history: tuple[Assignment, ...] = ()
        self._path, self._kind, self._found = Path(), PEOPLE, Imported()
        self._for_board = False
        self.form, self.preview = BeginForm(look), Preview(look)
        for each in (self.form, self.preview):
            self.addWidget(each)
            each.left.connect(self.go_back)
        self.form.changed.connect(self._settle)
        self.form.people_asked.connect(partial(self._choose_file, PEOPLE))
        self.form.history_asked.connect(partial(self._choose_file, HISTORY))
        self.form.confirmed.connect(self._confirm)
        self.preview.again.connect(self._read)
        self.preview.taken.connect(self._take)
        self.retranslate()

    # --- opening and closing -----------------------------------------------------------------------------------------

    def begin(self, base: Standing | None, today: date, *, follows: bool) -> None:
        """Ask for the terms of a roster.

        Args:
            base: The roster on the board, whose people, days and history are proposed.
            today: Beijing's day.
            follows: It goes on as that one: only the days are asked for.
        """
        self._base, self._next = base, follows and base is not None
        month = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
        period = Period(month, to_months_end(month))
        self._people, self._names, self._history = (), {}, ()
        if base is not None:
            problem, assignments = base
            period = next_period(problem.period)
            self._people, self._names = problem.people, dict(problem.names)
            self._history = near(period, (*problem.history, *assignments))
        self.form.propose(period, base[0].period if base is not None and self._next else None)
        self.form.offer_units(_units(self._people))
        self._open(self.form)
        (self.form.confirm if self.form.confirm.isEnabled() else self.form.people_button).setFocus()

    def bring(self, kind: str, base: Standing) -> None:
        """Import people or history into the roster on the board."""
        self._base, self._for_board = base, True
        self._choose_file(kind)

    def read(self, kind: str, path: Path, base: Standing | None = None) -> None:
        """Read a table and show what came of it.

        Args:
            kind: `PEOPLE` or `HISTORY`.
            path: The file.
            base: The roster on the board, if it is for that one; else it is for the form.
        """
        if base is not None:
            self._base, self._for_board = base, True
        self._kind, self._path = kind, path
        self._read()

    @Slot()
    def go_back(self) -> None:
        """From a preview to the form it was asked from, else to the board."""
        self._thinker.forget("import")
        if self.currentWidget() is self.preview and not self._for_board:
            self._open(self.form)
            self.form.people_button.setFocus()
        else:
            self.close_intake()

    @Slot()
    def close_intake(self) -> None:
        """Back to the board."""
        self._for_board = False
        if self.busy:
            self.busy = False
            self.turned.emit()

    def refuse(self, problem: str) -> None:
        """It could not be begun."""
        self.form.say(problem)

    def retranslate(self) -> None:
        """Say everything again."""
        self.form.retranslate()
        self.preview.retranslate()

    def _open(self, widget: BeginForm | Preview) -> None:
        if widget is self.form:
            self._for_board = False
        self.busy = True
        self.setCurrentWidget(widget)
        self.turned.emit()

    # --- tables ------------------------------------------------------------------------------------------------------

    def _choose_file(self, kind: str) -> None:
        title = self._look.word(f"roster_preview_{kind}", file="").rstrip(":： ")
        path, _ = QFileDialog.getOpenFileName(self, title, str(self._path.parent), TABLES)
        if path:
            self.read(kind, Path(path))
        else:
            self._for_board = self._for_board and self.busy

    @Slot()
    def _read(self) -> None:
        self._open_preview()
        self._thinker.ask("import", self._job(), self._show_found, self._fail)

    def _open_preview(self) -> None:
        self.preview.read(self._path.name, self._kind)
        self._open(self.preview)

    def _job(self) -> Callable[[], Found]:
        problem = self._of() if self._for_board or self._next else None
        if self._kind == HISTORY:
            whose = problem or self._begun()
            return partial(_read_history, self._path, whose, leavers=self.preview.leavers.isChecked())
        return partial(_read_people, self._path, self.form.period, problem, self._own)

    def _of(self) -> RosterProblem | None:
        """The roster a table is for, where it goes on as one that stands."""
        if self._base is None:
            return None
        return self._base[0] if self._for_board else replace(self._begun(), people=self._people)

    @Slot(object)
    def _show_found(self, told: Found) -> None:
        self._found = told[0]
        self.preview.show_found(*told)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.preview.fail(console.sentence(error, self._look.language))

    @Slot()
    def _take(self) -> None:
        """Take the table over: into the form, or into the roster on the board."""
        found, word = self._found, self._look.word
        count = len(found.people) or len(found.assignments)
        said = word(f"roster_taken_{self._kind}", count=count)
        whole = self.preview.whole.isChecked()
        if self._for_board and self._base is not None:
            problem, assignments = self._base
            if self._kind == PEOPLE:
                problem, assignments = taken_over(problem, assignments, found, whole=whole)
            else:
                problem = replace(problem, history=_with(problem.history, found.assignments))
            self.brought.emit(problem, assignments, said)
            self.close_intake()
            return
        if self._kind == HISTORY:
            self._history = _with(self._history, found.assignments)
        elif self._next and self._base is not None:
            known = replace(self._base[0], people=self._people)
            self._people = taken_over(known, frozenset(), found, whole=whole)[0].people
        else:
            self._people, self._names = at_home(found.people, self._own, self._names)
        self._open(self.form)
        self.form.offer_units(_units(self._people))
        (self.form.confirm if self.form.confirm.isEnabled() else self.form.history_button).setFocus()

    # --- the form ----------------------------------------------------------------------------------------------------

    def _begun(self) -> RosterProblem:
        """The problem as the form has it."""
        period = self.form.period
        if self._next and self._base is not None:
            problem, assignments = self._base
            made = following(replace(problem, people=self._people), assignments, period)
            return replace(made, history=near(period, self._history))
        return begun(self.form.terms, self._people, self._names, self._history)

    @Slot()
    def _confirm(self) -> None:
        self.form.say("")
        self.begun.emit(self._begun())

    @Slot()
    def _settle(self) -> None:
        """What the form tells of what it was given."""
        word = self._look.word
        homes = Counter(person.home for person in self._people)
        places = [
            word("roster_begin_place", place=self._names.get(home, home), count=count)
            for home, count in homes.most_common(_MOST_PLACES)
        ]
        mark = "、" if self._look.language == "zh" else ", "
        named = mark.join(places) + ("…" if len(homes) > _MOST_PLACES else "")
        people = word("roster_begin_crew", count=len(self._people), places=named)
        past = [one.shift.day for one in self._history if one.shift.day in before(self.form.period.start)]
        history = word("roster_begin_no_history")
        if past:
            told = {"first": min(past), "last": max(past), "count": len(past)}
            history = word("roster_begin_past", **told)
        hint = self._hint()
        self.form.show_facts(
            people if self._people else word("roster_begin_no_people"), history, self._load(), hint, ready=not hint
        )

    def _hint(self) -> str:
        """Why it cannot be begun yet."""
        word, terms = self._look.word, self.form.terms
        if not self._people:
            return word("roster_begin_no_people")
        if self._next:
            return ""
        duties = {duty for person in self._people for duty in person.duties}
        if Duty.LEAD not in duties and any(need.lead for need in terms.needs.values()):
            return word("roster_begin_lacks_lead")
        if Duty.RECORDER not in duties and any(need.recorder for need in terms.needs.values()):
            return word("roster_begin_lacks_recorder")
        return word("roster_begin_too_long") if terms.too_long else ""

    def _load(self) -> str:
        """How much everybody works on average: too much is seen before anything is tried."""
        if not self._people:
            return ""
        if self._next and self._base is not None:
            problem = self._base[0]
            days, most = max(1, problem.period.length), problem.rules.week_hours
            lengths = {(at, one.code): minutes(one.length) for at, plan in problem.plans.items() for one in plan.shifts}
            heads = sum(one.heads for one in problem.demands) / days
            worked = sum(one.heads * lengths[one.checkpoint, one.shift.code] for one in problem.demands) / days
        else:
            terms, posts = self.form.terms, len({person.home for person in self._people})
            most = terms.rules.week_hours
            needed = [(terms.needs[one.code].heads, minutes(one.length)) for one in terms.plan.shifts]
            heads = posts * sum(count for count, _ in needed)
            worked = posts * sum(count * length for count, length in needed)
        each = 7 / len(self._people)
        hours = worked / HOUR * each
        figures = {"heads": round(heads), "shifts": heads * each, "hours": hours}
        told = self._look.word("roster_begin_load", **figures)
        return told + (self._look.word("roster_begin_overload", most=most) if hours > most else "")


def _read_people(path: Path, period: Period, problem: RosterProblem | None, own: tuple[str, str]) -> Found:
    """On the thinker's thread."""
    content = read_file(path)
    if problem is None:
        return read_people(content, period, home=own[0]), None, None
    names = {code: problem.names.get(code, code) for code in problem.plans}
    home = next(iter(names)) if len(names) == 1 else ""
    found = read_people(content, problem.period, checkpoints=names, home=home)
    return found, None, None if found.problems else news(problem.people, found)


def _read_history(path: Path, problem: RosterProblem, *, leavers: bool) -> Found:
    """On the thinker's thread."""
    found = read_roster(read_file(path), problem, period=before(problem.period.start), leavers=leavers)
    return found, problem, None


def _with(history: Iterable[Assignment], found: frozenset[Assignment]) -> tuple[Assignment, ...]:
    """A history with what was imported, which speaks for the whole of each of its days."""
    days = {one.shift.day for one in found}
    kept = frozenset(one for one in history if one.shift.day not in days)
    return tuple(sorted(kept | found, key=lambda one: (one.shift.day, one.checkpoint, one.person)))


def _units(people: Iterable[Person]) -> list[str]:
    """The units people belong to, each written one way."""
    return list({key(unit): unit for person in people for unit in person.units}.values())
