"""How a station does at this moment: what its status line shows."""

from contextlib import suppress
from datetime import timedelta

from db import reserve, sign_ins
from db.errors import DatabaseError
from station.access import NOBODY, Actor
from station.attendance import Expected
from station.gate import Gate
from station.view import Health


def health_of(
    gate: Gate,
    *,
    camera: str,
    voice: str,
    expected: Expected | None = None,
    user: Actor = NOBODY,
    locked: bool = False,
) -> Health:
    """Ask every part of a station how it does; the disk's reserve is made, where there is room for it.

    Args:
        gate: What the station judges with.
        camera: How the camera does: a code of `station.texts`.
        voice: How the voice does; "none" where nobody speaks.
        expected: Who is to come, by the roster.
        user: Who has the desk.
        locked: It waits for them to say again who they are.
    """
    now = gate.clock.now()
    shift, age = gate.plan.at(now), gate.trust.age(now)
    fault: str | None = None
    present: tuple[str, ...] = ()
    rostered: tuple[str, ...] | None = None
    space = None
    if gate.database is not None:
        with suppress(OSError):  # a disk that is gone is told as the database's fault
            space = reserve.keep(gate.database.path)
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
        disk_left=space.free >> 20 if space is not None and space.short else None,
        reserve_spent=space is not None and space.short and not space.reserved,
        user=user,
        locked=locked,
    )
