"""Who does it: `--as CODE` on the command line, and the PIN.

A PIN is asked unseen at a terminal, else it is a line of standard input; never an argument or a variable, which others
can see. Where several are wanted, whoever acts comes first.
"""

import argparse
import getpass
import sys
from datetime import UTC, datetime

from db.engine import Database
from station.access import AccessError, Actor, founder, sign_in
from station.config import load_config
from station.home import config_path
from ui.console import UsageError


def acting(options: argparse.Namespace, database: Database) -> Actor:
    """Whoever `--as` names, once their PIN was right; without it, who sets the station up.

    Raises:
        AccessError: A wrong PIN; or no `--as`, and there is an administrator.
    """
    if options.actor is None:
        return founder(database)
    station, pin = load_config(config_path()).station, ask_pin(options.actor)
    return sign_in(database, options.actor, pin, station=station, now=datetime.now(UTC))


def signing(options: argparse.Namespace) -> tuple[str, str]:
    """Code and PIN of whoever `--as` names, for a service that wants them for the one act.

    Raises:
        AccessError: No `--as`.
    """
    if options.actor is None:
        raise AccessError("sign_in_needed")
    return options.actor, ask_pin(options.actor)


def ask_pin(code: str) -> str:
    """The PIN of the person with this code."""
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(f"PIN {code}: ").strip()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        raise UsageError("pin_unasked", person=code)
    return line.strip()
