"""Colours and sizes, from one palette a theme. Every text colour stands at 7:1 or more on its ground (WCAG 2.2 AAA)."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtWidgets import QWidget

from station.verdict import Outcome
from station.view import CellState

TOUCH_MM = 20.0
"""A gloved finger's target."""
FONTS = '"WenQuanYi Micro Hei", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif'
BASE_HEIGHT = 720
"""The window height that text sizes are given for; taller windows scale them up."""


class ThemeName(StrEnum):
    """By day, at night, and for tired or weak eyes."""

    DAY = "day"
    NIGHT = "night"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Theme:
    """A palette, `#rrggbb` each. `on_x` is the text colour on `x`; `muted` is lighter text, still 7:1.

    `ask` is the ground of what to ask next: it must stand out by day, and not blind by night.
    """

    ground: str
    surface: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    focus: str
    ask: str
    on_ask: str


@dataclass(frozen=True, slots=True)
class VerdictColours:
    """A verdict's ground and the text on it: the same in every theme."""

    ground: str
    text: str


THEMES = {
    ThemeName.DAY: Theme(
        ground="#f4f6f8",
        surface="#ffffff",
        raised="#e6ebf0",
        text="#10181f",
        muted="#3d4a56",
        line="#8694a1",
        accent="#0b4f8a",
        on_accent="#ffffff",
        focus="#d05a00",
        ask="#10181f",
        on_ask="#f4f6f8",
    ),
    ThemeName.NIGHT: Theme(
        ground="#0d1216",
        surface="#161d23",
        raised="#232d35",
        text="#eef3f7",
        muted="#b4c2ce",
        line="#5f7282",
        accent="#8cc4ff",
        on_accent="#06131f",
        focus="#ffb454",
        ask="#12324d",
        on_ask="#eef3f7",
    ),
    ThemeName.CONTRAST: Theme(
        ground="#000000",
        surface="#000000",
        raised="#1c1c1c",
        text="#ffffff",
        muted="#ffffff",
        line="#ffffff",
        accent="#ffff00",
        on_accent="#000000",
        focus="#00ffff",
        ask="#ffffff",
        on_ask="#000000",
    ),
}

VERDICTS = {
    Outcome.PASS: VerdictColours("#00624d", "#ffffff"),
    Outcome.REVIEW: VerdictColours("#ffb000", "#000000"),
    Outcome.REFUSE: VerdictColours("#a4001a", "#ffffff"),
}

CELLS = {
    CellState.GOOD: VERDICTS[Outcome.PASS],
    CellState.DOUBT: VERDICTS[Outcome.REVIEW],
    CellState.BAD: VERDICTS[Outcome.REFUSE],
}
"""A filled place of the checklist looks like the verdict it leads to; the others take the theme's surface."""


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def millimetres(widget: QWidget, size: float) -> int:
    """Pixels for a size in mm on the widget's screen. A screen that lies about its size is taken for 96 dpi."""
    dpi = widget.physicalDpiX()
    return round(size / 25.4 * (dpi if 60 <= dpi <= 400 else 96))


def stylesheet(theme: Theme, height: int) -> str:
    """The application's style sheet for a window `height` pixels high."""
    text = max(16, round(18 * height / BASE_HEIGHT))
    boxed = f"border: 1px solid {theme.line}; border-radius: 8px;"
    # As wide as with the focus: Qt lays a table out anew at its next change of size only, and drew over the frame.
    framed = f"border: 3px solid {theme.raised}; border-radius: 8px;"
    return f"""
        * {{ font-family: {FONTS}; font-size: {text}px; }}
        QWidget {{ background: {theme.ground}; color: {theme.text}; }}
        QLabel {{ background: transparent; }}
        QLabel[role="muted"] {{ color: {theme.muted}; }}
        QLabel[role="title"] {{ font-size: {round(text * 1.6)}px; font-weight: bold; }}
        QFrame[role="card"] {{ background: {theme.surface}; {boxed} }}
        QPushButton {{ background: {theme.raised}; {boxed} padding: 6px 12px; }}
        QPushButton[role="main"] {{ background: {theme.accent}; color: {theme.on_accent}; font-weight: bold; }}
        QPushButton:disabled, QPushButton[role="main"]:disabled {{
            color: {theme.muted}; background: {theme.ground}; border-style: dashed; font-weight: normal;
        }}
        QPushButton:checked {{ background: {theme.accent}; color: {theme.on_accent}; }}
        QPushButton:focus, QLineEdit:focus, QComboBox:focus, QTableView:focus {{ border: 3px solid {theme.focus}; }}
        QLineEdit, QComboBox, QDateTimeEdit, QPlainTextEdit {{
            background: {theme.surface}; {boxed} padding: 6px; placeholder-text-color: {theme.muted};
            selection-background-color: {theme.accent}; selection-color: {theme.on_accent};
        }}
        QTableView {{
            background: {theme.surface}; alternate-background-color: {theme.ground}; gridline-color: {theme.raised};
            selection-background-color: {theme.accent}; selection-color: {theme.on_accent}; {framed}
        }}
        QHeaderView::section {{ background: {theme.raised}; color: {theme.text}; border: none; padding: 6px; }}
    """


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
