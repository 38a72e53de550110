"""Asking for a PIN: unseen at a terminal, else a line of standard input; never an argument, which others can see."""

import getpass
import sys

from ui.console import UsageError


def ask_pin(code: str) -> str:
    """The PIN of the person with this code."""
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(f"PIN {code}: ").strip()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        raise UsageError("pin_unasked", person=code)
    return line.strip()
