"""A post: a station's log, and how its checkpoint divides the day. Duty and handover are made there."""

from dataclasses import dataclass

from db.engine import Database
from shifts.model import ShiftPlan
from station.config import Config


@dataclass(frozen=True, slots=True)
class Post:
    """Where people come on duty and hand over."""

    database: Database
    config: Config
    plan: ShiftPlan
