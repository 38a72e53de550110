"""The log's filters on the command line: which passages are listed, exported or held."""

import argparse

from db.filters import Filters
from station.search import sought
from station.verdict import Outcome
from ui.arguments import filled, moment


def add_filters(parser: argparse.ArgumentParser, *, parts: bool = False) -> None:
    """Declare them; `parts`: also what only decrypting finds."""
    parser.add_argument("--since", type=moment, metavar="ISO")
    parser.add_argument("--until", type=moment, metavar="ISO")
    if parts:
        told = "车牌、姓名或证件号，或一部分 · plate, name, ID, or a part"
        parser.add_argument("--find", dest="sought", type=filled, metavar="TEXT", help=told)
    else:
        parser.add_argument("--plate", dest="sought", type=filled, metavar="P", help="完整车牌 · a whole plate")
    parser.add_argument("--verdict", choices=[outcome.word for outcome in Outcome])
    parser.add_argument("--shift", type=filled, metavar="CODE", help="班次代码 · a shift's code, such as night")
    parser.add_argument("--officer", type=filled, metavar="CODE", help="查验员编号 · who checked")
    parser.add_argument("--open", action="store_true", help="只看未处置的人工核验 · open reviews only")


def filters_of(options: argparse.Namespace) -> Filters:
    """What was asked for."""
    return Filters(
        since=options.since,
        until=options.until,
        **sought(options.sought or ""),
        verdict=options.verdict,
        shift=options.shift,
        officer=options.officer,
        open_reviews=options.open,
    )
