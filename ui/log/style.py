"""What the log page adds to the window's style."""

from station.verdict import Outcome
from ui.theme import VERDICTS, Theme


def style(theme: Theme, _text: int) -> str:
    """The page's style sheet."""
    wrong = VERDICTS[Outcome.REFUSE]
    return f"""
        QLabel[role="error"] {{ background: {wrong.ground}; color: {wrong.text}; border-radius: 8px; padding: 8px; }}
        QDateTimeEdit:focus, QScrollArea:focus {{ border: 3px solid {theme.focus}; }}
        QTableView::item {{ padding: 0 4px; border-bottom: 1px solid {theme.raised}; }}
        QTableView::item:selected {{ background: {theme.accent}; color: {theme.on_accent}; }}
        QScrollBar:vertical {{ width: 16px; background: transparent; }}
        QScrollBar::handle {{ background: {theme.line}; border-radius: 5px; margin: 3px; min-height: 40px; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
        QLineEdit {{ placeholder-text-color: {theme.muted}; }}
        QDateTimeEdit QLineEdit {{ border: none; padding: 0; }}
        QDateTimeEdit::up-button, QDateTimeEdit::down-button {{ width: 0; border: none; }}
        QComboBox {{ padding-right: 32px; }}
        QComboBox::drop-down {{ border: none; width: 32px; }}
        QScrollArea, #plain {{ background: transparent; }}
    """
