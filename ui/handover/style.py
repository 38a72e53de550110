"""What the handover page adds to the window's style."""

from station.verdict import Outcome
from ui.roster import style as roster
from ui.theme import VERDICTS, Theme


def style(theme: Theme, text: int) -> str:
    """The page's style sheet: as dense as the board's.

    Args:
        theme: Its colours.
        text: Pixels of the window's text.
    """
    dense, done = max(14, round(text * 0.86)), VERDICTS[Outcome.PASS]
    return (
        roster.style(theme, text)
        + f"""
        QLabel, QPushButton, QLineEdit, QPlainTextEdit, QAbstractSpinBox {{ font-size: {dense}px; }}
        QLabel[role="heading"] {{ font-size: {text}px; }}
        QLabel[role="section"] {{ font-weight: bold; color: {theme.accent}; }}
        QLabel[role="done"] {{
            background: {done.ground}; color: {done.text}; border-radius: 8px; padding: 8px; font-weight: bold;
        }}
        QAbstractSpinBox {{
            background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 8px; padding: 6px;
        }}
        QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
        QAbstractSpinBox QLineEdit {{ border: none; padding: 0; background: transparent; }}
        QPlainTextEdit:focus, QAbstractSpinBox:focus, QScrollArea:focus {{ border: 3px solid {theme.focus}; }}
        QPlainTextEdit {{ placeholder-text-color: {theme.muted}; padding: 2px; }}
        """
    )
