"""Who is meant in a table: people by code, by name, or by both."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from shifts.model import Duty, Person
from station import roster_words as words
from station.import_table import Place, Told

_WITH_REMARK = re.compile(r"(.+?)\s*\(([^()]+)\)")


class Names:
    """The people a roster knows."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_code = {person.code: person for person in people}
        self._by_word: defaultdict[str, dict[str, Person]] = defaultdict(dict)
        for person in self._by_code.values():
            for word in (person.code, person.name, f"{person.name}({person.code})"):
                self._by_word[words.key(words.plain(word))][person.code] = person
        self._shown = {key: one.name for key, some in self._by_word.items() for one in some.values() if "(" not in key}

    def __contains__(self, said: str) -> bool:
        """Whether somebody is called so."""
        return said in self._by_code or words.key(said) in self._by_word

    def find(self, said: str, place: Place, told: Told) -> Person | None:
        """The one person a word names; what is wrong with it is told."""
        if said in self._by_code:
            return self._by_code[said]
        found = self._by_word.get(words.key(said), {})
        if not found:
            told.stranger("import_unknown_person", place, said, self._shown)
        elif len(found) > 1:
            codes = ", ".join(sorted(found))
            told.problem("import_ambiguous_person", place, value=said, count=len(found), codes=codes)
        else:
            return next(iter(found.values()))
        return None

    def listed(self, cell: str) -> Iterator[tuple[str, Duty | None]]:
        """The names in a cell, each with the duty beside it: 张三、李四; 张三(带班)."""
        for part in (cell,) if cell in self else words.listed(cell):
            remark = _WITH_REMARK.fullmatch(part)
            if part in self:
                yield part, None
            elif remark and (duty := words.duty(remark[2])):
                yield remark[1], duty
            elif (apart := part.split()) and all(one in self for one in apart):
                yield from ((one, None) for one in apart)
            else:
                yield part, None
