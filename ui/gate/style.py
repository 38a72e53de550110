"""The gate page's own style sheet, on top of `ui.theme.stylesheet`."""

from station.verdict import Outcome
from ui.theme import BASE_HEIGHT, VERDICTS, Theme


def sheet(theme: Theme, height: int) -> str:
    """For a window `height` pixels high."""
    text = max(16, round(18 * height / BASE_HEIGHT))
    review = VERDICTS[Outcome.REVIEW]
    return f"""
        QPushButton[role="key"] {{ font-size: {round(text * 1.7)}px; font-weight: bold; padding: 1px; }}
        QPushButton[role="answer"] {{ font-size: {round(text * 1.6)}px; padding: 2px 8px; }}
        QPushButton[role="choice"], QPushButton[role="main"] {{ font-size: {round(text * 1.25)}px; padding: 2px 8px; }}
        QPushButton[role="choice"]:checked {{ border: 4px solid {theme.text}; }}
        QFrame#ask {{ background: {theme.ask}; border-radius: 8px; }}
        QFrame#ask QLabel {{ color: {theme.on_ask}; }}
        QFrame#notice {{ background: {review.ground}; border-radius: 8px; }}
        QFrame#notice QLabel {{ color: {review.text}; }}
        QLineEdit {{ font-size: {round(text * 1.3)}px; min-height: {round(text * 2)}px; }}
    """


def alarm_sheet() -> str:
    """What was refused, in the colours of a refusal."""
    worn = VERDICTS[Outcome.REFUSE]
    return f"QFrame {{ background: {worn.ground}; border-radius: 8px; }} QLabel {{ color: {worn.text}; }}"


def verdict_sheet(outcome: Outcome, focus: str) -> str:
    """The whole screen in a verdict's colours."""
    worn = VERDICTS[outcome]
    return f"""
        QWidget#verdict {{ background: {worn.ground}; }}
        QWidget#verdict QLabel {{ color: {worn.text}; background: transparent; }}
        QWidget#verdict QPushButton {{
            background: {worn.ground}; color: {worn.text}; border: 3px solid {worn.text}; border-radius: 8px;
        }}
        QWidget#verdict QPushButton[role="main"] {{ background: {worn.text}; color: {worn.ground}; }}
        QWidget#verdict QPushButton:focus {{ border: 6px double {focus}; }}
    """
