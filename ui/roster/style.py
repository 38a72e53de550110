"""What the roster page adds to the window's style."""

from station.verdict import Outcome
from ui.theme import VERDICTS, Theme


def style(theme: Theme, text: int) -> str:
    """The page's style sheet.

    Args:
        theme: Its colours.
        text: Pixels of the window's text; what is dense on this page is a little smaller.
    """
    wrong, dense = VERDICTS[Outcome.REFUSE], max(14, round(text * 0.86))
    return f"""
        QLabel[role="heading"] {{ font-weight: bold; }}
        QLabel[role="error"] {{ background: {wrong.ground}; color: {wrong.text}; border-radius: 8px; padding: 6px; }}
        QTableView, QHeaderView, QHeaderView::section, QListView, QStackedWidget QLabel, QStackedWidget QPushButton,
        QStackedWidget QLineEdit, QStackedWidget QComboBox {{ font-size: {dense}px; }}
        HourEdit, DayEdit {{ font-size: {dense}px; }}
        QLabel[role="title"] {{ font-size: {round(text * 1.6)}px; }}
        QTableCornerButton::section {{ background: {theme.raised}; border: none; }}
        QPushButton {{ padding: 5px 10px; }}
        QTableView {{ border: 2px solid {theme.line}; border-radius: 0px; }}
        QTableView:focus {{ border: 2px solid {theme.focus}; }}
        QListView {{ background: {theme.surface}; border: 2px solid {theme.surface}; }}
        QListView:focus {{ border: 2px solid {theme.focus}; }}
        QHeaderView {{ background: {theme.surface}; border: none; }}
        QHeaderView::section {{ padding: 4px; }}
        QHeaderView::section:checked {{ background: {theme.accent}; color: {theme.on_accent}; font-weight: bold; }}
        QScrollBar {{ background: transparent; }}
        QScrollBar:vertical {{ width: 14px; }}
        QScrollBar:horizontal {{ height: 14px; }}
        QScrollBar::handle {{ background: {theme.line}; border-radius: 5px; margin: 3px; }}
        QScrollBar::handle:vertical {{ min-height: 40px; }}
        QScrollBar::handle:horizontal {{ min-width: 40px; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
        QProgressBar {{ border: 1px solid {theme.line}; border-radius: 6px; background: {theme.ground}; height: 14px; }}
        QProgressBar::chunk {{ background: {theme.accent}; border-radius: 5px; }}
        QSpinBox {{
            background: {theme.surface}; border: 1px solid {theme.line}; border-radius: 8px; padding: 6px;
        }}
        QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{
            background: transparent; border: none; padding: 0px 8px;
        }}
        QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0px; border: none; }}
        QSpinBox:focus, QDateEdit:focus, QDateTimeEdit:focus {{ border: 3px solid {theme.focus}; }}
        QLineEdit {{ placeholder-text-color: {theme.muted}; }}
        QComboBox {{ padding-right: 28px; }}
        QComboBox::drop-down {{ border: none; width: 28px; }}
        QScrollArea, #plain {{ background: transparent; }}
    """
