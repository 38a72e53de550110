"""Labels of the window, (zh, en) each; sentences about checks and errors are `station.texts`'.

Each page adds its own in a file of its own folder (`ui/gate/words.py` …); they are put together here.
"""

from ui import window_words as window
from ui.audit import words as audit
from ui.driver import words as driver
from ui.first_run import words as first_run
from ui.gate import words as gate
from ui.handover import words as handover
from ui.log import words as log
from ui.roster import swap_words as swaps
from ui.roster import words as roster
from ui.roster import words_absence as absence
from ui.roster import words_exchange as exchange
from ui.settings import words as settings
from ui.sign_in import words as sign_in

Words = dict[str, tuple[str, str]]

COMMON: Words = {
    "ok": ("确定", "OK"),
    "cancel": ("取消", "Cancel"),
    "back": ("返回", "Back"),
    "clear": ("清空", "Clear"),
    "delete": ("退格", "Delete"),
    "page_gate": ("查验", "Gate"),
    "page_log": ("记录", "Log"),
    "page_settings": ("设置", "Settings"),
    "demo": ("演示", "DEMO"),
}

WORDS: Words = {
    **COMMON,
    **gate.WORDS,
    **log.WORDS,
    **roster.WORDS,
    **exchange.WORDS,
    **absence.WORDS,
    **swaps.WORDS,
    **handover.WORDS,
    **audit.WORDS,
    **window.WORDS,
    **sign_in.WORDS,
    **settings.WORDS,
    **first_run.WORDS,
    **driver.WORDS,
}
