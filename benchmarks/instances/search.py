"""From nothing to the best rows there is time for.

Everybody's first row is the cheapest beside those before. Then two searches share what they find: one generates
columns, or over long horizons takes rows out and puts better ones in; the other lets CP-SAT rearrange some people over
some days.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.instances.columns import DIVING, GENERATED, Columns
from benchmarks.instances.costs import Best, Costs, Counts
from benchmarks.instances.model import OFF, Instance, Row, Rows
from benchmarks.instances.neighbourhoods import rearrange
from benchmarks.instances.pool import choose
from benchmarks.instances.rows import Track, best_row, track_of
from benchmarks.instances.sat import add_cost, cells_of, model_of, part_of, rows_of
from shifts.solver.progress import Watch
from shifts.solver.search import Pace, chosen_of, hint

FEW = 8
"""Kinds of shifts looked at for a first row, where there are many and the horizon is long."""
WHOLE = 2_000
"""Cells up to which the whole is given to CP-SAT first."""
POOL = 2_000
"""Rows that are chosen among at a time."""
SWEEPS = 2
"""How often everybody's row is bettered alone to begin with."""
FIRST, GENERATING = 0.1, 0.45
"""Shares of the time for that, and for generating columns for everybody."""
ROUNDS = 20
"""Of new rows for everybody that there has to be time for; otherwise columns are generated for some at a time."""
SOME, PATIENCE = 8, 3.0
"""How many those are to begin with, and the seconds for them that let them become more or fewer."""
NAP = 0.02
"""Seconds to wait where others work at everybody."""


class Unsolvable(Exception):
    """No rows keep all the rules, or none were found; its text says whose."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What was found.

    Attributes:
        bound: No rows cost less.
    """

    rows: Rows
    cost: int
    bound: int
    seconds: float


def solve(instance: Instance, seconds: float, *, seed: int = 0) -> Solution:
    """The best rows found in so many seconds; sooner, once it is shown that there are no better ones.

    Raises:
        Unsolvable: There are none, or none were found in time.
    """
    start, pace = Watch(seconds), Pace(seed, reproducible=False, threads=2)
    costs = Costs(instance)
    tracks = {person: track_of(instance, person) for person in range(len(instance.staff))}
    best = Best(costs, first_rows(costs, tracks, start, pace))
    watch = Watch(start.left, lambda _: not best.proven)

    def go_on() -> bool:
        return watch.left > 0 and not best.proven

    long = not all(track.exact for track in tracks.values())
    one = (
        partial(_rows_anew, best, tracks, pace, go_on) if long else partial(_columns, best, tracks, watch, pace, go_on)
    )
    other = partial(_rearranged, best, watch, pace, go_on)
    watch.run([one, other], 2)
    return Solution(best.rows, best.cost, best.bound, start.seconds)


def first_rows(costs: Costs, tracks: dict[int, Track], watch: Watch, pace: Pace) -> Rows:
    """A row for everybody, each the cheapest beside those before it."""
    instance = costs.instance
    rng = random.Random(pace.seed)  # noqa: S311  no secret
    rows: list[Row] = [(OFF,) * instance.days] * len(instance.staff)
    counts = np.zeros(costs.heads.shape, dtype=np.int64)
    order = sorted(tracks, key=lambda person: len(tracks[person].kinds))

    def add(person: int) -> None:
        few = FEW if watch.left > watch.time_limit_s / 2 else 2
        row = _first_row(costs, tracks[person], counts, few, rng)
        rows[person] = row or _any_row(instance, person, watch, pace)
        np.add(counts, costs.counts([rows[person]]), out=counts)

    watch.run([partial(add, person) for person in order], pace.threads)
    return tuple(rows)


def _first_row(costs: Costs, track: Track, counts: Counts, few: int, rng: random.Random) -> Row | None:
    instance = costs.instance
    if not track.exact and len(track.kinds) > few:
        lacking = np.maximum(costs.heads - counts, 0) * costs.under
        need = lacking.sum(axis=0)
        kinds = sorted(track.kinds, key=lambda kind: need[kind] * rng.uniform(0.5, 1), reverse=True)[:few]
        fewer = track_of(instance, track.person, tuple(sorted(kinds)))
        row, _ = best_row(fewer, costs.one_more(track.person, counts))
        if row is not None:
            return row
    return best_row(track, costs.one_more(track.person, counts))[0]


def _any_row(instance: Instance, person: int, watch: Watch, pace: Pace) -> Row:
    """A row that keeps the rules, whatever it costs."""
    code = instance.staff[person].code
    rows: Rows = ((OFF,) * instance.days,) * len(instance.staff)
    part = part_of(instance, [person], range(instance.days))
    model = model_of(instance, rows, part)
    for presolve in (False, True):
        solver = pace.solver(max(0.1, watch.left if presolve else min(5.0, watch.left / 4)))
        solver.parameters.linearization_level = int(presolve)
        solver.parameters.cp_model_presolve = presolve
        status = watch.solve(solver, model.sat)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return rows_of(instance, rows, part, chosen_of(solver, model))[person]
        if status == cp_model.INFEASIBLE:
            raise Unsolvable(f"no row keeps all the rules for “{code}”: their minutes, runs, weekends and days off")
    raise Unsolvable(f"no row was found for “{code}” within {watch.time_limit_s:g} s")


def _columns(best: Best, tracks: dict[int, Track], watch: Watch, pace: Pace, go_on: Callable[[], bool]) -> None:
    """Generate columns; then dive among them for everybody and for some, and choose among all there are."""
    rng = random.Random(pace.seed)  # noqa: S311  no secret
    everybody, turn, many = list(tracks), 0, float(SOME)
    began, until = watch.seconds, watch.seconds + FIRST * watch.left
    done = 0
    for person in SWEEPS * everybody:
        if not go_on() or watch.seconds > until:
            break
        _anew(best, tracks, [person])
        done += 1
    columns = Columns(best, tracks, watch, (watch.seconds - began) / max(1, done))
    whole = columns.pricing * len(everybody) * ROUNDS < GENERATING * watch.left
    if whole:
        until = watch.seconds + GENERATING * watch.left
        columns.generate(lambda: go_on() and watch.seconds < until, GENERATED, {})
    while go_on():
        began = watch.seconds
        if whole and turn % 8 == 2:
            choose(best, columns.near(best.cost - best.bound, POOL), watch, pace)
        elif whole and (turn < 2 or turn % 8 == 0):
            columns.hurry(watch.left / 3)
            if rows := columns.dive(go_on, rng, everybody):
                best.offer_all(tuple(rows[person] for person in everybody))
        elif people := best.take(rng.sample(everybody, min(len(everybody), round(many)))):
            seen = best.rows
            columns.rounds, columns.at_once = DIVING, max(1, len(people) // 12)
            if rows := columns.dive(go_on, rng, people):
                best.offer(seen, rows)
            best.give_back(people)
            many = max(2.0, many * (1.1 if watch.seconds - began < PATIENCE else 0.85))
            many = min(many, max(2.0, 0.6 * len(everybody)))
        else:
            time.sleep(NAP)
        turn += 1


def _rows_anew(best: Best, tracks: dict[int, Track], pace: Pace, go_on: Callable[[], bool]) -> None:
    """Take some rows out and put the cheapest in, one after another."""
    rng = random.Random(pace.seed)  # noqa: S311  no secret
    everybody, turn = list(tracks), 0
    while go_on():
        wanted = 1 if turn < SWEEPS * len(everybody) else rng.randint(1, 3)
        if not _anew(best, tracks, rng.sample(everybody, min(len(everybody), wanted))):
            time.sleep(NAP)
        turn += 1


def _anew(best: Best, tracks: dict[int, Track], people: list[int]) -> bool:
    """The same for these; not if others work at all of them."""
    people = best.take(people)
    seen = best.rows
    rows = {person: seen[person] for person in people}
    counts = best.costs.counts(row for person, row in enumerate(seen) if person not in rows)
    for person in people:
        rows[person] = best_row(tracks[person], best.costs.one_more(person, counts))[0] or seen[person]
        counts += best.costs.counts([rows[person]])
    best.offer(seen, rows)
    best.give_back(people)
    return bool(people)


def _rearranged(best: Best, watch: Watch, pace: Pace, go_on: Callable[[], bool]) -> None:
    instance = best.costs.instance
    if len(instance.staff) * instance.days * len(instance.shifts) <= WHOLE:
        _whole(best, watch, pace)
    rearrange(best, watch, pace, go_on)


def _whole(best: Best, watch: Watch, pace: Pace) -> None:
    """Everybody over all days as one model, for a while: what is small is soon solved."""
    instance, seen = best.costs.instance, best.rows
    part = part_of(instance, range(len(instance.staff)), range(instance.days))
    model = model_of(instance, seen, part)
    add_cost(instance, model, np.zeros(best.costs.heads.shape, dtype=np.int64).tolist())
    hint(model, cells_of(instance, seen, part.people))
    solver = pace.solver(watch.left / 6)
    status = watch.solve(solver, model.sat)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        rows = rows_of(instance, seen, part, chosen_of(solver, model))
        best.offer_all(tuple(rows[person] for person in part.people))
        if status == cp_model.OPTIMAL:
            best.raise_bound(best.costs.of(tuple(rows[person] for person in part.people)))
