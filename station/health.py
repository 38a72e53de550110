"""How a station does at this moment: what its status line shows."""

from datetime import timedelta

from db import sign_ins
from db.errors import DatabaseError
from station.attendance import Expected
from station.gate import Gate
from station.view import Health


def health_of(gate: Gate, *, camera: str, voice: str, expected: Expected | None = None) -> Health:
    """Ask every part of a station how it does.

    Args:
        gate: What the station judges with.
        camera: How the camera does: a code of `station.texts`.
        voice: How the voice does; "none" where nobody speaks.
        expected: Who is to come, by the roster.
    """
    now = gate.clock.now()
    shift, age = gate.plan.at(now), gate.trust.age(now)
    fault: str | None = None
    present: tuple[str, ...] = ()
    rostered: tuple[str, ...] | None = None
    if gate.database is not None:
        try:
            present = sign_ins.on_duty(gate.database, gate.config.station, shift.day, shift.code)
            rostered = None if expected is None else expected.codes(shift)
        except DatabaseError as error:
            fault = error.code
    return Health(
        station=gate.config.station,
        checkpoint=gate.config.checkpoint_name,
        shift=shift,
        on_duty=present,
        rostered=rostered,
        officer=gate.officer,
        clock=gate.clock.state(),
        camera=camera,
        database=fault,
        unsaved=len(gate.unsaved),
        trust_age=None if age is None else timedelta(minutes=age // timedelta(minutes=1)),
        trust_stale=age is None or age > timedelta(hours=gate.policy.trust_warn_hours),
        voice=voice,
        demo=gate.trust.demo,
    )
