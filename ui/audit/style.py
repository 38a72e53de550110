"""What the audit page adds to the window's style: as dense as the board."""

from station.verdict import Outcome
from ui.roster import style as roster
from ui.theme import VERDICTS, Theme


def style(theme: Theme, text: int) -> str:
    """The page's style sheet.

    Args:
        theme: Its colours.
        text: Pixels of the window's text.
    """
    dense, good = max(14, round(text * 0.86)), VERDICTS[Outcome.PASS]
    return (
        roster.style(theme, text)
        + f"""
        QLabel, QPushButton, QLineEdit, QComboBox, QDateEdit, Drawn {{ font-size: {dense}px; }}
        QLabel[role="heading"] {{ font-size: {text}px; }}
        QLabel[role="figure"] {{ font-size: {round(text * 1.5)}px; font-weight: bold; }}
        QLabel[role="good"] {{
            background: {good.ground}; color: {good.text}; border-radius: 8px; padding: 6px; font-weight: bold;
        }}
        QDateEdit {{ background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 8px; padding: 6px; }}
        QScrollArea:focus {{ border: 3px solid {theme.focus}; }}
        """
    )
