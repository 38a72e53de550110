"""What is looked for in every scene, in which dresses: two languages, three themes and two sizes.

What takes room is the language's and the size's, what has colours is the theme's. To change the dress costs most: each
scene is looked at in the plainest one and, eight scenes by eight, in one of two that have the rest. The proof has all.
"""

from collections import defaultdict
from collections.abc import Callable
from itertools import product

from PySide6.QtWidgets import QWidget

from station.texts import LANGUAGES
from tests.screens import sight
from tests.screens.__main__ import LARGE, SMALL, Dress, dressed
from tests.screens.scenes import SCENES
from tests.screens.stage import Stage
from ui.pages import AUDIT, HANDOVER, LOG, ROSTER
from ui.theme import ThemeName

Findings = dict[str, list[str]]

IN_EVERY_DRESS: dict[str, Callable[[QWidget], list[str]]] = {
    "clipped": sight.clipped,
    "outside": sight.outside,
    "overlapping": sight.overlapping,
}
ONCE: dict[str, Callable[[QWidget], list[str]]] = {
    "small": sight.small,
    "unnamed": sight.unnamed,
    "unreached": sight.unreached,
}
FLAWS = ("unsaid", "another size", "faint", *IN_EVERY_DRESS, *ONCE)
PLAIN: Dress = (SMALL, ThemeName.DAY, "zh")
OTHERS: list[Dress] = [(SMALL, ThemeName.NIGHT, "en"), (LARGE, ThemeName.CONTRAST, "en")]
ALL: list[Dress] = list(product((SMALL, LARGE), ThemeName, LANGUAGES))
UNGLOVED = {LOG, ROSTER, HANDOVER, AUDIT}
"""The pages that are read at the desk."""
AT_THE_BOARD = tuple(name for name, one in SCENES.items() if one.page == ROSTER)
AT_THE_DESK = tuple(name for name, one in SCENES.items() if one.page in UNGLOVED - {ROSTER})
BY_THE_ROAD = tuple(name for name in SCENES if name not in {*AT_THE_BOARD, *AT_THE_DESK})


def dresses(name: str) -> list[Dress]:
    """Those in which a scene is looked at in every run of the tests."""
    return [PLAIN, OTHERS[list(SCENES).index(name) // 8 % len(OTHERS)]]


def look_at(stage: Stage, name: str, wardrobe: list[Dress]) -> Findings:
    """What is wrong with a scene, by flaw; the stage goes on in the dress it wears, since changing costs most."""
    one, found = SCENES[name], defaultdict[str, list[str]](list)
    looked_at: set[ThemeName] = set()
    worn = (stage.window.width(), stage.window.height()), stage.look.theme_name, stage.look.language
    for dress in dressed(stage, one, wardrobe[::-1] if worn == wardrobe[-1] else wardrobe):
        size, theme, language = dress
        window = stage.window

        def note(flaw: str, what: list[str], dress: object = dress) -> None:
            found[flaw] += [f"{dress}: {each}" for each in what]

        said = sight.words(window)
        note("unsaid", [wanted for wanted in one.says[language] if wanted not in said])
        note("another size", [] if (window.width(), window.height()) == size else [str(window.size())])
        for flaw, look_for in IN_EVERY_DRESS.items():
            note(flaw, look_for(window))
        if theme not in looked_at:
            note("faint", sight.faint(window))
        looked_at.add(theme)
        if dress == PLAIN:
            for flaw, look_for in ONCE.items():
                note(flaw, [] if flaw == "small" and one.page in UNGLOVED else look_for(window))
    return found
