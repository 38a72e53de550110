"""One swap, whole: before and after, what it would break, what was done about it; and what can be signed for now."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from shifts.rule_pack import Severity
from shifts.swaps import Act, Kind, Stage, leaves_to_another, may_act
from station import texts_swaps
from station.swap_inbox import FOR_A_LEAD, Entry, Inbox
from ui.look import Look
from ui.roster.panel import Panel
from ui.roster.rows import Row, RowList
from ui.roster.signing import Signature, SignForm, Verb
from ui.roster.swap_shelf import Order
from ui.roster.wording import Wording
from ui.small_widgets import label


class SwapDetail(Panel):
    """A swap that is kept, or one that is thought of."""

    ordered = Signal(object)
    """An `Order`."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._told: tuple[Entry, Inbox, Mapping[str, str], str | None] | None = None
        self.title, self.state, self.note = label("heading", wrap=True), label("muted", wrap=True), label("", wrap=True)
        self.list = RowList(look)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.form = SignForm(look)
        rows = QVBoxLayout(self)
        rows.setSpacing(6)
        for each in (self.title, self.state):
            rows.addWidget(each)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.note)
        rows.addWidget(self.form)
        rows.addWidget(self.back)
        self.form.signed.connect(self._order)

    @property
    def entry(self) -> Entry | None:
        """What is shown."""
        return self._told[0] if self._told else None

    def show_entry(self, entry: Entry, inbox: Inbox, names: Mapping[str, str], officer: str | None) -> None:
        """Show a swap.

        Args:
            entry: As it stands.
            inbox: Who may sign.
            names: Of people and checkpoints, by code.
            officer: Who is at the desk.
        """
        self._told = entry, inbox, names, officer
        verbs = _verbs(entry, inbox, officer)
        self.form.ask(verbs, entry.unworded, code=_signer(entry, officer, verbs), names=names)
        self.retranslate()
        if verbs:
            self.form.first_field().setFocus()
        else:
            self.back.setFocus()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        word = self._look.word
        self.list.setAccessibleName(word("swap_detail"))
        self.form.retranslate()
        if self._told is None:
            return
        entry, inbox, names, officer = self._told
        language, wording = self._look.language, Wording(self._look, entry.published.problem)
        self.form.say_reasons([wording.breach(one) for one in entry.unworded])
        self.title.setText(texts_swaps.summary(entry.swap, names, language))
        stage = texts_swaps.stage(entry.swap, entry.stage, names, language)
        until = texts_swaps.local_time(entry.swap.until)
        self.state.setText(word("swap_until", stage=stage, until=until) if entry.open else stage)
        self.list.show_rows(self._rows(entry, names))
        self.note.setText(self._note(entry, inbox, officer))
        self.note.setVisible(bool(self.note.text()))

    def _rows(self, entry: Entry, names: Mapping[str, str]) -> list[Row]:
        language, wording = self._look.language, Wording(self._look, entry.published.problem)
        asked = {one.key for one, _ in self.form.reasons}  # these stand below, each with its field
        rows = [Row(where, who) for where, who in texts_swaps.moves(entry.swap, names, language)]
        if entry.open:
            told = [one for one in entry.breaches if one.key not in asked]
            rows += [Row("", wording.breach(one), weight=one.severity) for one in told]
            if not entry.breaches:
                rows.append(Row("", self._look.word("swap_nothing_broken"), quiet=True))
        history = texts_swaps.history(entry.swap, names, language)
        return rows + [Row(at, what, quiet=True) for at, what in reversed(history)]

    def _note(self, entry: Entry, inbox: Inbox, officer: str | None) -> str:
        if not entry.open:
            return ""
        barred = officer in inbox.leads and leaves_to_another(entry.swap, officer or "", inbox.leads)
        if barred and (entry.stage in FOR_A_LEAD or entry.swap.kind is Kind.ACT):
            return self._look.word("swap_other_lead")
        stopped = any(one.severity is Severity.HARD for one in entry.unworded) and not self.form.reasons
        return self._look.word("swap_will_need_words") if stopped else ""

    @Slot(object)
    def _order(self, signed: Signature) -> None:
        if self._told is not None:
            swap = self._told[0].swap
            self.ordered.emit(Order(swap, signed.verb.acts, signed.code, signed.pin, signed.why, signed.approvals))


def _verbs(entry: Entry, inbox: Inbox, officer: str | None) -> list[Verb]:
    """What can be done with a swap, the likeliest first."""
    swap, leads = entry.swap, inbox.leads

    def able(act: Act) -> Verb:
        return Verb(str(act), (act,), lambda code: may_act(swap, act, code, leads))

    def is_free_lead(code: str) -> bool:
        return code in leads and not leaves_to_another(swap, code, leads)

    if not entry.open:
        return []
    arrange = Verb("arrange", (Act.ACCEPT, *FOR_A_LEAD[Stage.ACCEPTED]), is_free_lead, worded=True)
    if entry.stage is Stage.DRAFT:
        if swap.kind is not Kind.ACT:
            return [Verb("offer", (), lambda code: code == swap.asker)]
        verbs = [arrange, Verb("ask_first", (), lambda code: code in leads)]
        if swap.partner in leads:  # a lead takes it on in person, and another one approves
            own = Verb("take_on", (Act.ACCEPT,), lambda code: code == swap.partner and not is_free_lead(code))
            verbs.append(own)
        return verbs
    if entry.stage is Stage.OFFERED:
        verbs = [able(Act.ACCEPT), able(Act.DECLINE), able(Act.WITHDRAW)]
        if swap.kind is Kind.ACT and officer in leads:
            verbs.insert(0, arrange)
        return verbs
    approve = Verb("approve", FOR_A_LEAD[entry.stage], is_free_lead, worded=True)
    return [approve, able(Act.REFUSE), able(Act.WITHDRAW)]


def _signer(entry: Entry, officer: str | None, verbs: list[Verb]) -> str:
    """Whose signature it most likely is."""
    if officer is not None and any(verb.may(officer) for verb in verbs):
        return officer
    swap = entry.swap
    if entry.stage is Stage.DRAFT and swap.kind is not Kind.ACT:
        return swap.asker
    if entry.stage is Stage.OFFERED:
        return swap.partner
    return ""
