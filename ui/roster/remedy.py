"""What would mend the cell in hand: asked elsewhere, one key or one touch away."""

import logging
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal, Slot

from shifts.model import Assignment, RosterProblem
from shifts.remedies import Advice, Remedy, remedies
from shifts.rule_pack import Severity
from shifts.rules import Breach
from station import texts_remedies
from ui.look import Look
from ui.roster.editing import Editor
from ui.roster.rows import Row, RowList
from ui.roster.thinker import Thinker
from ui.roster.wording import Wording

log = logging.getLogger(__name__)


class Remedies(RowList):
    """The remedies of one breach, a row each, or why there are none. What is chosen is a `shifts.remedies.Remedy`."""

    picked = Signal(object)
    """A remedy of the draft as it stands."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look
        self._editor: Editor | None = None
        self._wording: Wording | None = None
        self._asked: tuple[Breach, RosterProblem, frozenset[Assignment]] | None = None
        self.advice: Advice | None = None
        self.chosen.connect(self._pick)
        self.hide()

    def consider(
        self, thinker: Thinker, wording: Wording | None, editor: Editor | None, broken: Iterable[Breach]
    ) -> None:
        """Look for what mends the hardest of these breaches, if one is more than a note.

        Args:
            thinker: Does the work.
            wording: For the sentences.
            editor: The draft.
            broken: What the cell in hand breaks, the hardest first.
        """
        breach = next((one for one in broken if one.severity >= Severity.WARNING), None)
        if breach is None or editor is None or wording is None or not editor.checked:
            thinker.forget("remedy")
            self._asked = self.advice = None
            self.hide()
            return
        before = self._asked
        if (
            before is not None
            and before[0].key == breach.key
            and before[1] is editor.problem
            and before[2] is editor.assignments
        ):
            return
        self._editor, self._wording, self.advice = editor, wording, None
        self._asked = breach, editor.problem, editor.assignments
        self.hide()
        job = partial(remedies, editor.problem, editor.assignments, breach)
        thinker.ask("remedy", job, self._take, self._fail)

    @Slot()
    def pick_first(self) -> None:
        """Take the nearest remedy."""
        if self.advice is not None and self.advice.remedies:
            self._pick(self.advice.remedies[0])

    def retranslate(self) -> None:
        """Say everything again."""
        self.setAccessibleName(self._look.word("roster_remedies"))
        self._list()

    def _take(self, advice: Advice) -> None:
        self.advice = advice
        self._list()

    def _fail(self, error: Exception) -> None:
        log.warning("no remedy could be looked for: %s", error)

    @Slot(object)
    def _pick(self, remedy: Remedy | None) -> None:
        editor = self._editor
        if remedy is not None and editor and self._asked and editor.assignments is self._asked[2]:
            self.picked.emit(remedy)

    def _list(self) -> None:
        advice, wording = self.advice, self._wording
        if advice is None or wording is None or self._asked is None:
            return
        lines = texts_remedies.advice(advice, self._asked[0], wording.names, self._look.language)
        rows = [Row("", lines[0], quiet=True)]
        if advice.remedies:
            first, *others = zip(lines, advice.remedies, strict=True)
            rows = [Row(self._look.word("roster_remedy"), first[0], about=first[1])]
            rows += [Row("", self._look.word("roster_remedy_or", what=line), about=one) for line, one in others]
        self.show_rows(rows)
        self.show()
        self.setFixedHeight(sum(self.sizeHintForRow(number) for number in range(len(rows))) + 2)
