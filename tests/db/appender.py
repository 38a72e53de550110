"""A process that appends for ever and says what was committed, so that it can be killed meanwhile.

Once started it waits. For each line (a database's path) it forks a process that opens that database, appends passages
(each fifth time also a person, who comes with an event) and prints each id once its commit has returned. When that
process has died, `done` is printed. The fork saves each round the second that imports take; nothing of a database is
open across it.
"""

import hashlib
import json
import os
import sys
from itertools import count
from pathlib import Path

import alembic.command  # for a database that is yet to be made

from db import passages, people
from db.engine import open_database
from db.records import PassageRecord, PersonRecord, new_id
from tests.db.samples import NOON, a_passage, a_person, evidence

assert alembic.command


def say(line: str) -> None:
    """One write: a line comes whole or not at all."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def passage() -> PassageRecord:
    """A passage that shows whether it is whole."""
    id_ = new_id()
    payload = evidence(2000 + int(id_[-3:], 16) % 2000)
    seal = hashlib.sha256(payload.encode()).hexdigest()
    return a_passage(id=id_, reasons=json.dumps({"passage": id_, "seal": seal}), evidence=payload)


def is_whole(record: PassageRecord) -> bool:
    """Whether every part is what `passage` made."""
    reasons = json.loads(record.reasons)
    json.loads(record.evidence)
    seal = hashlib.sha256(record.evidence.encode()).hexdigest()
    return record == a_passage(id=record.id, reasons=record.reasons, evidence=record.evidence) and reasons == {
        "passage": record.id,
        "seal": seal,
    }


def somebody() -> PersonRecord:
    """A person with a code of their own."""
    return a_person(code=new_id(), added_at=NOON)


def append_for_ever(path: Path) -> None:
    """Append, acknowledge, again."""
    with open_database(path) as database:
        say("open")
        for number in count(1):
            record = passage()
            passages.append_passage(database, record)
            say(f"passage {record.id}")
            if number % 5 == 0:
                person = somebody()
                people.add(database, person, station="LS1", by=None)
                say(f"person {person.code}")


def main() -> None:
    """A process a line, each until it is killed."""
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                say(f"pid {os.getpid()}")
                append_for_ever(Path(line.rstrip("\n")))
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        say("done" if os.WIFSIGNALED(status) else "failed")


if __name__ == "__main__":
    main()
