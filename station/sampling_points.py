"""Sampling points (采样点): where somebody without a valid test is sent. A CSV: `name, place, hours`, nearest first."""

from dataclasses import dataclass

from station import csv_file
from station.toml_file import BadValue

COLUMNS = ("name", "place", "hours")


@dataclass(frozen=True, slots=True)
class SamplingPoint:
    """One sampling point, in words for the driver."""

    name: str
    place: str
    hours: str


def read_sampling_points(content: bytes, name: str) -> tuple[SamplingPoint, ...]:
    """The points in a CSV file's bytes, in its order.

    Raises:
        FileError: With the line.
    """
    points = []
    for line, row in csv_file.parse(content, name, COLUMNS, required=COLUMNS):
        if not row["name"]:
            raise BadValue(file=name, line=line, key="name", value="", expected='"…"')
        points.append(SamplingPoint(row["name"], row["place"], row["hours"]))
    return tuple(points)
