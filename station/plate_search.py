"""Looking passages up by plate: a whole one by its blind index; a part by decrypting (`disclosure.search_fragment`)."""

from typing import TypedDict

from scanner import plates
from scanner.plates import PlateKind


class Sought(TypedDict):
    """The two filters about plates; at most one is there."""

    plate: str | None
    plate_part: str | None


def sought(text: str) -> Sought:
    """What is looked for when somebody types this: by the grammar a whole plate, else how one begins."""
    plate = plates.parse(text)
    whole = plate.kind is not PlateKind.OTHER
    return {"plate": plate.text if whole else None, "plate_part": None if whole else plate.text or None}
