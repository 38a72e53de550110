"""What the handover page adds to the window's style."""

from ui.roster import style as roster
from ui.theme import Theme


def style(theme: Theme, text: int) -> str:
    """The page's style sheet: as dense as the board's.

    Args:
        theme: Its colours.
        text: Pixels of the window's text.
    """
    dense = max(14, round(text * 0.86))
    return (
        roster.style(theme, text)
        + f"""
        QLabel, QPushButton, QLineEdit, QPlainTextEdit, QAbstractSpinBox {{ font-size: {dense}px; }}
        QLabel[role="heading"] {{ font-size: {text}px; }}
        QLabel[role="section"] {{ font-weight: bold; color: {theme.accent}; }}
        QLabel[role="good"] {{ font-weight: bold; }}
        QAbstractSpinBox {{
            background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 8px; padding: 6px;
        }}
        QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
        QAbstractSpinBox QLineEdit {{ border: none; padding: 0 6px; background: transparent; }}
        QPlainTextEdit:focus, QAbstractSpinBox:focus, QScrollArea:focus {{ border: 3px solid {theme.focus}; }}
        QPlainTextEdit {{ placeholder-text-color: {theme.muted}; padding: 2px; }}
        """
    )
