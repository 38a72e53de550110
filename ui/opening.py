"""Opening a station for work: its log, what was imported into it, and the gate that stands on both."""

from datetime import datetime

from db import passages
from db.engine import Database, open_database
from scanner.camera import CameraInfo
from station import texts
from station.clock import Clock, SystemClock
from station.config import Config, load_config
from station.gate import Gate
from station.home import config_path, database_path, demo_trust
from station.library import load_library
from station.policy import Policy
from station.preferences import Preferences
from station.texts import Language
from ui import console


def open_log(where: str | None, language: Language, *, create: bool = True) -> Database:
    """The passage log: the one named, or this machine's own. Its warnings are said."""
    database = open_database(where or database_path(), create=create)
    say_warnings(database, language)
    return database


def newest_row(database: Database | None) -> datetime | None:
    """When the log's newest passage by this machine's clock was concluded: no honest clock is before it.

    A time given on the command line says nothing about the clock.
    """
    return None if database is None else passages.newest_by_clock(database)


def say_warnings(database: Database, language: Language) -> None:
    """Say what opening the log had to work around."""
    for warning in database.warnings:
        console.warn(texts.error(warning, {}, language))


def open_gate(database: Database, *, policy: Policy | None = None, clock: Clock | None = None) -> Gate:
    """The gate of a working station; without an imported trust list it trusts this machine's demonstration key.

    Args:
        database: The passage log.
        policy: Instead of the imported one.
        clock: Instead of the machine's, held against the newest row.
    """
    clock = clock or SystemClock(newest_row(database))
    library = load_library(database)
    config: Config = load_config(config_path())
    return Gate(
        config,
        policy or library.policy,
        library.trust or demo_trust(clock.now()),
        clock,
        watchlist=library.watchlist,
        sampling_points=library.sampling_points,
        database=database,
    )


def which_camera(asked: str | None, chosen: Preferences) -> tuple[str | None, CameraInfo | None]:
    """The camera to open, as `open_camera` and `choose` take it: the one asked for, else the one chosen at the desk."""
    if asked is not None or not chosen.camera:
        return asked, None
    return chosen.camera, CameraInfo(chosen.camera, chosen.camera_name)
