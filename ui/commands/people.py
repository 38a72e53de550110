"""`station people`: who works here, their PINs, and who is on duty.

An administrator keeps the list; whoever sets the station up, while there is none.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from db import people, sign_ins
from db.engine import Database
from db.records import PersonRecord
from shifts.model import SHANGHAI, THREE_SHIFTS, Duty, Period
from station import attendance, staff, texts
from station.access import Role, identify
from station.config import load_config
from station.home import config_path
from station.people_import import read_people
from station.pins import hash_chosen
from station.post import Post
from station.texts import Pair, pick
from ui import console
from ui.arguments import add_actor, filled, read_file
from ui.imported import imported
from ui.opening import open_log
from ui.parser import add_common, add_language
from ui.pins import acting, ask_pin

_TAKEN_OVER: Pair = (
    "新增 {added} 人，更改 {changed} 人，未变 {same} 人；新人请用 station people pin 设 PIN",
    "{added} added, {changed} changed, {same} as before; give new people a PIN with station people pin",
)


_KEPT_BY = frozenset({"add", "pin", "disable", "enable", "import"})
"""Actions that somebody named with `--as` takes; the others are one's own, or show who is here."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_language(parser)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))

    def action(name: str, text: str, *, code: bool = True) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = actions.add_parser(name, help=text)
        add_common(command)
        if code:
            command.add_argument("code", metavar="CODE", help="工号 · person's code")
        command.add_argument("--database", type=filled, metavar="PATH|URL")
        command.set_defaults(run=run)
        if name in _KEPT_BY:
            add_actor(command)
        return command

    adding = action("add", "添加人员并设 PIN · add somebody, with a PIN")
    adding.add_argument("--name", type=filled, required=True)
    adding.add_argument("--unit", type=filled, required=True, help="单位 · the unit that sent them")
    adding.add_argument("--role", required=True, choices=[str(role) for role in Role])
    action("pin", "重设 PIN · set a new PIN")
    action("disable", "停用 · take somebody off the list")
    action("enable", "重新启用 · put somebody back")
    action("sign-in", "签到上岗 · come on duty")
    action("sign-out", "签退 · leave")
    action("list", "名单 · everybody", code=False)
    importing = action("import", "从表格导入名单 · a list of people from a table", code=False)
    importing.add_argument("file", type=Path, metavar="FILE", help="姓名、工号、单位、岗位 · XLSX or CSV")
    importing.set_defaults(run=take_over)
    action("on-duty", "现在谁当班 · who is on duty now", code=False)


def run(options: argparse.Namespace) -> int:
    """Do one of the actions, and show whom it concerned."""
    station, now, language = load_config(config_path()).station, datetime.now(UTC), options.language
    with open_log(options.database, language, create=options.action == "add") as database:
        _do(options, database, station, now)
        shift = THREE_SHIFTS.at(now)
        present = sign_ins.on_duty(database, station, shift.day, shift.code)
        everyone = people.everyone(database)
    if options.action == "on-duty":
        everyone = [person for person in everyone if person.code in present]
    elif options.action != "list":
        everyone = [person for person in everyone if person.code == options.code]
    rows = [(p.code, p.name, p.unit, p.role, p.active, p.code in present) for p in everyone]
    if options.json:
        keys = ("code", "name", "unit", "role", "active", "on_duty")
        console.say_json({"people": [dict(zip(keys, row, strict=True)) for row in rows]})
    else:
        header = ("工号", "姓名", "单位", "角色", "在册", "当班")
        if language == "en":
            header = ("code", "name", "unit", "role", "active", "on duty")
        marks = {True: "✓", False: ""}
        console.say(
            console.table(
                header,
                [
                    (code, name, unit, console.choose(texts.ROLES, role, language), marks[active], marks[here])
                    for code, name, unit, role, active, here in rows
                ],
            )
        )
    return 0


def take_over(options: argparse.Namespace) -> int:
    """Import a list of people: all of it, or nothing and every fault in it. None has a PIN before `people pin`."""
    station, now, language = load_config(config_path()).station, datetime.now(UTC), options.language
    found = imported(read_people(read_file(options.file), Period(now.astimezone(SHANGHAI).date(), 1)), options)
    records = [
        PersonRecord(
            code=person.code,
            name=person.name,
            unit=pick(("、", ", "), language).join(sorted(person.units)),
            role=Role.LEAD if Duty.LEAD in person.duties else Role.OFFICER,
            added_at=now,
        )
        for person in found.people
    ]
    with open_log(options.database, language) as database:
        added, changed = staff.take_over(database, records, actor=acting(options, database), station=station, now=now)
    if options.json:
        console.say_json({"added": added, "changed": changed, "unchanged": len(records) - len(added) - len(changed)})
    else:
        counts = {"added": len(added), "changed": len(changed), "same": len(records) - len(added) - len(changed)}
        console.say(pick(_TAKEN_OVER, language).format(**counts))
    return 0


def _do(options: argparse.Namespace, database: Database, station: str, now: datetime) -> None:
    code: str = getattr(options, "code", "")
    match options.action:
        case "add":
            _add(options, database, station, now)
        case "pin":
            actor = acting(options, database)
            staff.set_pin(database, code, ask_pin(code), actor=actor, station=station, now=now)
        case "disable" | "enable":
            active, actor = options.action == "enable", acting(options, database)
            staff.set_active(database, code, active=active, actor=actor, station=station, now=now)
        case "sign-in":
            attendance.take_desk(_post(database), code, ask_pin(code), now=now)
        case "sign-out":
            identify(database, code, ask_pin(code), station=station, now=now)
            attendance.leave_desk(_post(database), code, now=now)


def _add(options: argparse.Namespace, database: Database, station: str, now: datetime) -> None:
    actor = acting(options, database)
    if people.get(database, options.code) is not None:
        raise console.UsageError("person_exists", person=options.code)
    person = PersonRecord(
        code=options.code,
        name=options.name,
        unit=options.unit,
        role=options.role,
        pin_hash=hash_chosen(ask_pin(options.code), options.code),
        added_at=now,
    )
    staff.add(database, person, actor=actor, station=station, now=now)


def _post(database: Database) -> Post:
    return Post(database, load_config(config_path()), THREE_SHIFTS)
