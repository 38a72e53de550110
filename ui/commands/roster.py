"""`station roster`: make a roster, check it, mend it, publish it, hand it out.

Exit codes: 0 in order; 10 where a hard rule is broken, demand cannot be met or nobody can stand in; 20 where time ran
out; 130 where Ctrl-C came before every shift was covered; 64 for wrong use; 77 for whom publishing
is not allowed to.
"""

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ui.arguments import add_actor, day, filled, number, seconds, seed, since
from ui.parser import add_common, add_language

_SECONDS = 30.0


def declare(parser: argparse.ArgumentParser) -> None:
    """Declare what it takes."""
    add_language(parser)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=type(parser))

    def action(name: str, text: str, module: str) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text, allow_abbrev=False)
        add_common(command)
        command.set_defaults(run=_later(module, name))
        return command

    generate = action("generate", "排班 · make a roster", "roster_solve")
    _add_problem(generate)
    generate.add_argument("--out", type=Path, required=True, metavar="R.csv")
    _add_search(generate)

    check = action("check", "核对班表 · what a roster breaks", "roster_check")
    _add_problem(check)
    _add_roster(check)
    check.add_argument(
        "--remedies", type=number, default=5, metavar="N", help="前几处说明怎么改，缺省 5 · how many come with a remedy"
    )

    show = action("show", "已发布的班表 · the roster published", "roster_kept")
    _add_kept(show)
    show.add_argument("--version", type=number, metavar="N", help="第几版 · which version; else the newest")
    show.add_argument("--checkpoint", type=filled, metavar="CODE", help="只看一个查验点 · of one checkpoint")
    show.add_argument("--person", type=filled, metavar="CODE", help="只看一个人 · of one person")

    publish = action("publish", "发布班表 · publish a roster", "roster_kept")
    _add_problem(publish)
    _add_roster(publish)
    add_actor(publish)
    publish.add_argument(
        "--base", type=number, metavar="N", help="从第几版改来，已有更新的则不发布 · made from which version"
    )
    publish.add_argument(
        "--approve-all",
        type=filled,
        metavar="WHY",
        help="对每处必须改的说明理由 · a reason for every hard breach it has",
    )
    publish.add_argument("--database", type=filled, metavar="PATH|URL")

    export = action("export", "导出日历、表格、张贴件 · calendars, tables, the wall", "roster_kept")
    _add_kept(
        export,
        "哪一期，按首日；日历含各期，不用它 · which roster, by its first day; calendars hold all: not with --ics",
    )
    targets = export.add_mutually_exclusive_group(required=True)
    targets.add_argument("--ics", type=Path, metavar="DIR", help="每人一份日历 · a calendar for each person")
    targets.add_argument("--csv", type=Path, metavar="FILE", help="班表 · the roster as a table")
    targets.add_argument("--xlsx", type=Path, metavar="FILE", help="工作簿，每查验点一页 · a sheet for each checkpoint")
    targets.add_argument("--list", type=Path, metavar="FILE", help="一班一行，电子表格用 CSV · rows for a spreadsheet")
    targets.add_argument("--pdf", type=Path, metavar="FILE", help="张贴用，每查验点每周一页 · to put up on the wall")
    export.add_argument("--paper", choices=("A4", "A3"), default="A4", help="PDF 的纸张 · the PDF's paper")
    export.add_argument("--person", type=filled, metavar="CODE", help="只要一个人的日历 · of one person only")

    _declare_import(action("import", "从表格导入 · take a table over", "roster_import"))

    repair = action("repair", "有人不能来 · somebody cannot come", "roster_solve")
    _add_problem(repair)
    _add_roster(repair)
    repair.add_argument(
        "--ill",
        type=filled,
        required=True,
        action="append",
        metavar="CODE",
        help="谁不能来，可重复 · who; may be repeated",
    )
    repair.add_argument(
        "--from",
        type=since,
        required=True,
        dest="since",
        metavar="DAY[THH:MM]",
        help="从哪天，或从几点：已开始的班不动 · from when; with a time, shifts that have begun stay",
    )
    repair.add_argument("--to", type=day, dest="last", metavar="DAY", help="到哪天，缺省为期末 · till when")
    repair.add_argument("--limit", type=number, default=10, metavar="N", help="每班列几人，缺省 10 · names a shift")
    repair.add_argument("--solve", action="store_true", help="改动最少地重排 · solve anew with the fewest changes")
    repair.add_argument("--out", type=Path, metavar="R.csv", help="重排后写到 · where to write what was solved")
    _add_search(repair)


def _declare_import(taken: argparse.ArgumentParser) -> None:
    taken.set_defaults(run=_later("roster_import", "take"))  # no function can be called import
    _add_problem(taken)
    taken.add_argument("file", type=Path, metavar="TABLE", help="XLSX 或 CSV · XLSX or CSV")
    into = taken.add_mutually_exclusive_group(required=True)
    into.add_argument("--out", type=Path, metavar="R.csv", help="当期班表 · the period's roster")
    into.add_argument("--history", type=Path, metavar="P2.json", help="上期班表，写入问题 · the roster before it")
    into.add_argument("--people", type=Path, metavar="P2.json", help="人员名单，写入问题 · its people")


def _add_problem(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json", help="人员、需求、规则 · people, demand, rules")


def _add_roster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("roster", type=Path, metavar="R.csv", help="checkpoint,date,shift,duty,person")


def _add_kept(parser: argparse.ArgumentParser, which: str = "哪一期，按首日 · which roster, by its first day") -> None:
    parser.add_argument("--start", type=day, metavar="DAY", help=which)
    parser.add_argument("--database", type=filled, metavar="PATH|URL")


def _add_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=seconds, default=_SECONDS, metavar="S", help="限时，缺省 30 · time to spend")
    parser.add_argument(
        "--seed", type=seed, default=0, metavar="N", help="换一个种子换一份班表 · another, another roster"
    )
    parser.add_argument(
        "--reproducible", action="store_true", help="同样的种子同样的班表 · the same seed gives the same roster"
    )


def _later(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """Run an action of a module that is only then imported: to publish need not wait for a solver."""

    def run(options: argparse.Namespace) -> int:
        code: int = getattr(import_module(f"ui.commands.{module}"), name)(options)
        return code

    return run
