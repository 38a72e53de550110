"""A table of words, as screens, paper and terminal show it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a heading each, or plain lines where there is no heading.

    Attributes:
        widths: How the columns share the width.
    """

    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = (1,)
