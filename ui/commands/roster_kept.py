"""`station roster publish`, `show` and `export`: the rosters that are kept."""

import argparse
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

from db.engine import Database
from db.people import everyone
from shifts.model import SHANGHAI, Assignment, Duty, RosterProblem
from shifts.moved_hours import moved_hours
from shifts.publishing import Approval, Draft, Unchanged, Unpublishable, begun, difference
from shifts.rule_pack import Severity
from shifts.rules import Breach
from shifts.rules import check as check_rules
from station import rosters, texts_roster
from station.config import load_config
from station.home import config_path
from station.roster_beside import beside
from station.roster_calendar import Calendars
from station.rosters import Published, RosterRefused
from station.texts import Language, Pair, pick
from ui import console
from ui.commands.roster_check import (
    advised,
    assignment_as_json,
    breaches_as_json,
    must_be_writable,
    read_problem_file,
    read_roster_file,
    sentences,
    write_file,
    write_roster_file,
)
from ui.opening import open_log
from ui.pins import signing

_TITLE: Pair = (
    "{start} 至 {end} 的班表，第 {version} 版，{at} 由 {by} 发布",
    "Roster from {start} to {end}, version {version}, published {at} by {by}",
)
_CHANGED: Pair = (
    "与第 {base} 版相比：撤下 {removed} 人次，排上 {added} 人次",
    "Against version {base}: {removed} assignments taken out, {added} put in",
)
_BEGUN: Pair = (
    "注意：其中 {count} 人次的班已经开始或上完",
    "Mind: {count} of these are of shifts that have begun or are over",
)
_WORD: Pair = ("{by} 同意：{breach}。理由：{why}", "{by} approves: {breach}. Why: {why}")
_VERSION: Pair = ("第 {version} 版，{at} 发布", "Version {version}, published {at}")
_CALENDARS: Pair = ("{count} 份日历已写入 {folder}", "{count} calendars written to {folder}")
_ADVISED = 5
"""Breaches that come with what would mend them."""
_HEADER = {"zh": ("日期", "班次", "查验点", "人员"), "en": ("day", "shift", "checkpoint", "people")}


def publish(options: argparse.Namespace) -> int:
    """Publish a roster as the next version, on a lead's word."""
    problem, assignments = read_problem_file(options.problem), read_roster_file(options.roster)
    station, now = load_config(config_path()).station, datetime.now(UTC)
    with open_log(options.database, options.language, create=False) as database:
        newest = rosters.newest(database, problem.period.start)
        base = _base(database, newest, assignments, options)
        change = difference(newest.roster.assignments if newest else (), assignments)
        lead = signing(options)
        words = _approved(beside(database, problem.period).clocked(problem), assignments, options)
        try:
            done = rosters.publish(
                database, problem, Draft(base, assignments), station=station, lead=lead, now=now, approvals=words
            )
        except Unchanged as same:
            return _say_unchanged(same, options)
        except Unpublishable as refused:
            advice = advised(problem, assignments, refused.breaches, _ADVISED)
            return _say_unpublishable(refused, sentences(refused.breaches, problem, options.language, advice), options)
        officers = _officers(database)
    lines = _moved(newest, done, options.language) if newest else []
    over = begun(problem, change, now)
    if options.json:
        told = {"removed": len(change.removed), "added": len(change.added), "begun": len(over), "moved": lines}
        console.say_json(_as_json(done, done.roster.assignments, options.language) | told)
    else:
        console.say(_title(done, officers, options.language))
        if newest:
            counts = {"removed": len(change.removed), "added": len(change.added), "base": newest.roster.version}
            console.say(pick(_CHANGED, options.language).format(**counts))
        if over:
            console.say(pick(_BEGUN, options.language).format(count=len(over)))
        for line in lines:
            console.say(line)
    return console.PASSED


def _base(
    database: Database, newest: Published | None, assignments: frozenset[Assignment], options: argparse.Namespace
) -> int:
    """The version a file was made from: whoever publishes over another's says that they know it.

    Raises:
        UsageError: They do not say.
    """
    if options.base is not None or newest is None:
        return options.base or 0
    version = newest.roster.version
    if newest.roster.assignments != assignments:
        every = {one.roster.version: one.roster for one in rosters.versions(database, newest.roster.period.start)}
        change = difference(every[version - 1].assignments if version > 1 else (), newest.roster.assignments)
        raise console.UsageError(
            "roster_base_needed",
            newest=version,
            at=console.local_time(newest.at),
            by=_officers(database).get(newest.by, newest.by),
            removed=len(change.removed),
            added=len(change.added),
        )
    return version


def _approved(
    held: RosterProblem, assignments: frozenset[Assignment], options: argparse.Namespace
) -> tuple[Approval, ...]:
    """A word for every hard breach, where a reason was given."""
    why, found = options.approve_all, check_rules(held, assignments) if options.approve_all else ()
    hard = (one for one in found if one.severity is Severity.HARD)
    return tuple(Approval(one.rule, one.finding, options.actor, why) for one in hard)


def _say_unchanged(told: Unchanged, options: argparse.Namespace) -> int:
    if options.json:
        console.say_json({"unchanged": True, **told.params})
    else:
        console.say(console.sentence(told, options.language))
    return console.PASSED


def _say_unpublishable(refused: Unpublishable, lines: list[str], options: argparse.Namespace) -> int:
    text = console.sentence(refused, options.language)
    for line in (*lines, text):
        console.warn(line)
    if options.json:
        console.say_json({"error": {"code": refused.code, "text": text, "breaches": lines}})
    return console.REFUSED


def show(options: argparse.Namespace) -> int:
    """Show a published roster."""
    with open_log(options.database, options.language, create=False) as database:
        published = _wanted(database, options.start)
        if options.version is not None:
            every = rosters.versions(database, published.roster.period.start)
            published = next((one for one in every if one.roster.version == options.version), published)
            if published.roster.version != options.version:
                raise RosterRefused("roster_no_version", version=options.version)
        officers = _officers(database)
    _must_be_known(published, options.checkpoint, options.person)
    shown = frozenset(
        one
        for one in published.roster.assignments
        if options.checkpoint in {None, one.checkpoint} and options.person in {None, one.person}
    )
    if options.json:
        console.say_json(_as_json(published, shown, options.language))
        return console.PASSED
    console.say(_title(published, officers, options.language))
    for line in _words(published, officers, options.language):
        console.say(line)
    console.say(_table(published, shown, options.language))
    return console.PASSED


def export(options: argparse.Namespace) -> int:
    """Write the calendars of people, or a roster as CSV, workbook or PDF."""
    _must_go_together(options)
    with open_log(options.database, options.language, create=False) as database:
        published = _wanted(database, options.start)
        every = rosters.versions(database) if options.ics else ()
    if file := options.xlsx or options.list or options.pdf:
        _write_for_leads(published, file, options)
        if options.json:
            console.say_json({"file": str(file), "version": published.roster.version})
        else:
            console.say(str(file))
        return console.PASSED
    if options.csv:
        write_roster_file(options.csv, published.roster.assignments)
        if options.json:
            told = {"file": str(options.csv), "version": published.roster.version}
            console.say_json(told | {"assignments": len(published.roster.assignments)})
        else:
            console.say(str(options.csv))
        return console.PASSED
    files = _write_calendars(every, options.ics, options.person, options.language)
    if options.json:
        console.say_json({"files": [str(file) for file in files]})
    else:
        console.say(pick(_CALENDARS, options.language).format(count=len(files), folder=options.ics))
    return console.PASSED


# --- within ----------------------------------------------------------------------------------------------------------


def _wanted(database: Database, start: date | None) -> Published:
    """The roster asked for; else the one of today, or the next, or the last."""
    today = datetime.now(SHANGHAI).date()
    found = rosters.current(database, today) if start is None else rosters.newest(database, start)
    if found is None:
        raise RosterRefused("roster_none")
    return found


def _must_be_known(published: Published, checkpoint: str | None, person: str | None) -> None:
    """Refuse a filter that nothing can pass, which would look like a roster without shifts."""
    if checkpoint is not None and checkpoint not in published.problem.plans:
        raise console.UsageError("checkpoint_unknown", checkpoint=checkpoint)
    known = {one.code for one in published.problem.people} | {one.person for one in published.roster.assignments}
    if person is not None and person not in known:
        raise console.UsageError("person_unknown", person=person)


def _must_go_together(options: argparse.Namespace) -> None:
    """Refuse what the export asked for would not heed."""
    if options.person is not None and not options.ics:
        raise console.UsageError("usage_only_with", what="--person", other="--ics")
    if options.start is not None and options.ics:  # a calendar is of every roster there ever was
        raise console.UsageError("usage_not_with", what="--start", other="--ics")


def _write_for_leads(published: Published, file: Path, options: argparse.Namespace) -> None:
    language: Language = options.language
    given = published.problem, published.roster.assignments
    must_be_writable(file)
    if options.pdf:
        from ui.roster_pdf import write_pdf  # noqa: PLC0415 -- brings Qt, which no other export waits for

        note = pick(_VERSION, language).format(version=published.roster.version, at=console.local_time(published.at))
        write_pdf(*given, file, language=language, paper=options.paper, note=note)
    else:
        from station.roster_export import as_csv, as_xlsx  # noqa: PLC0415 -- as above, openpyxl

        write_file(file, as_xlsx(*given, language) if options.xlsx else as_csv(*given, language))


def _write_calendars(every: tuple[Published, ...], folder: Path, only: str | None, language: Language) -> list[Path]:
    """A file for everybody who ever had a shift: what was taken away from them must be told to their phone."""
    made = Calendars(every, language, datetime.now(UTC))
    people = made.people
    if only is not None and only not in people:
        raise console.UsageError("person_unknown", person=only)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise console.UsageError("file_unwritable", file=str(folder), problem=error.strerror or "—") from error
    files = []
    for person in people if only is None else [only]:
        files.append(folder / f"{quote(person, safe='')}.ics")
        write_file(files[-1], made.of(person))
    return files


def _moved(before: Published, done: Published, language: Language) -> list[str]:
    """The shifts that have other hours than in the version before."""
    known = texts_roster.names(done.problem, language)
    return [texts_roster.moved(one, known, language) for one in moved_hours(before.problem, done.problem)]


def _officers(database: Database) -> dict[str, str]:
    """Names by code of those who sign in: who published is one of them, whoever a roster's file calls by that code."""
    return {one.code: one.name for one in everyone(database)}


def _title(published: Published, officers: Mapping[str, str], language: Language) -> str:
    period = published.roster.period
    return pick(_TITLE, language).format(
        start=period.start,
        end=period.days[-1],
        version=published.roster.version,
        at=console.local_time(published.at),
        by=officers.get(published.by, published.by),
    )


def _words(published: Published, officers: Mapping[str, str], language: Language) -> list[str]:
    known = texts_roster.names(published.problem, language)
    return [
        pick(_WORD, language).format(
            by=officers.get(one.by, one.by),
            breach=texts_roster.breach(Breach(one.rule, Severity.HARD, one.finding), known, language),
            why=one.why,
        )
        for one in published.approvals
    ]


def _table(published: Published, shown: frozenset[Assignment], language: Language) -> str:
    """A line for each shift of a checkpoint: who does what."""
    known, order = texts_roster.names(published.problem, language), list(Duty)
    by_shift: dict[tuple[date, str, str], list[Assignment]] = {}
    for one in shown:
        by_shift.setdefault((one.shift.day, one.checkpoint, one.shift.code), []).append(one)

    def place(key: tuple[date, str, str]) -> tuple[object, ...]:
        day, checkpoint, code = key
        return day, checkpoint, published.problem.plans[checkpoint].shift(code).start

    rows = []
    for day, checkpoint, code in sorted(by_shift, key=place):
        crew = sorted(by_shift[day, checkpoint, code], key=lambda one: (order.index(one.duty), one.person))
        told = [f"{pick(texts_roster.DUTIES[one.duty], language)} {known.get(one.person, one.person)}" for one in crew]
        listed = pick(("，", ", "), language).join(told)
        rows.append(
            (day.isoformat(), texts_roster.shift_name(code, language), known.get(checkpoint, checkpoint), listed)
        )
    return console.table(_HEADER[language], rows)


def _as_json(published: Published, shown: frozenset[Assignment], language: Language) -> dict[str, object]:
    period = published.roster.period
    approved = breaches_as_json(
        [Breach(one.rule, Severity.HARD, one.finding) for one in published.approvals], published.problem, language
    )
    return {
        "start": period.start.isoformat(),
        "days": period.length,
        "version": published.roster.version,
        "published_at": published.at.isoformat(),
        "published_by": published.by,
        "assignments": [assignment_as_json(one) for one in sorted(shown, key=lambda one: (one.shift.day, one.person))],
        "approvals": [
            {"by": word.by, "why": word.why, **told} for word, told in zip(published.approvals, approved, strict=True)
        ],
        "refused": [
            {"person": person, "day": wish.day.isoformat(), "shift": wish.shift, "off": wish.off}
            for person, wish in published.roster.refused
        ],
    }
