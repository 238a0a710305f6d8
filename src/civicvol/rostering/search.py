"""Search for the best roster of one area: compile its problem, have it solved, and keep the best that is known."""

from collections.abc import Mapping
from time import perf_counter

import attrs
import numpy as np

from civicvol.rostering.arrays import Floats
from civicvol.rostering.check import CheckReport, check
from civicvol.rostering.compile import Compiled, compile_problem
from civicvol.rostering.conflict import find_nearest
from civicvol.rostering.engines import OnProgress, Status, Tiered, engine_named
from civicvol.rostering.greedy import fill_greedily
from civicvol.rostering.parts import solve_parts, split
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.result import costs_by_tier
from civicvol.rostering.roster import Roster
from civicvol.rostering.rule import Tier


@attrs.frozen(kw_only=True, eq=False)
class Found:
    """What a search found.

    Args:
        status: what is known about the roster, or that there is none.
        roster: the best one that keeps all hard rules; None where none was found.
        cost: what it costs, as the engine says; where it is not the engine's, by the check.
        nearest: where no roster keeps all hard rules, one that breaks them least.
        bound: no roster costs less; None where nothing is known.
        tier_bounds: where tiers were solved in turn, what each costs at least, as an engine's solution says.
        interrupted: whether a person stopped it.
        too_large: whether the engine left a part of it at what it had, as too large for a better one to be found.
        started: how many assignments there were to start from.
        sizes: how many candidates, columns, rows and parts there are.
        compile_seconds: from the problem to the parts of its program.
        search_seconds: of the engine.
    """

    status: Status
    roster: Roster | None = None
    cost: float = 0.0
    nearest: Roster | None = None
    bound: float | None = None
    tier_bounds: Mapping[Tier, float] = attrs.field(factory=dict)
    interrupted: bool = False
    too_large: bool = False
    started: int = 0
    sizes: Mapping[str, int] = attrs.field(factory=dict)
    compile_seconds: float = 0.0
    search_seconds: float = 0.0


def search(
    problem: RosterProblem,
    time_limit: float,
    *,
    engine: str,
    tiered: bool,
    seed: int,
    start: Roster | None = None,
    on_progress: OnProgress | None = None,
) -> Found:
    """Return the best roster found for a problem in so many seconds."""
    began = perf_counter()
    compiled = compile_problem(problem)
    known = None if start is None else compiled.columns.within(start)
    whole = split(compiled.program)
    ready = perf_counter()
    chosen = engine_named(engine)
    solution = solve_parts(
        whole,
        engine=Tiered(chosen) if tiered else chosen,
        time_limit=time_limit,
        seed=seed,
        start=None if known is None else _guess(compiled, known),
        on_progress=on_progress,
    )
    solved = perf_counter()
    rows, columns = compiled.program.rows.shape
    found = Found(
        status=solution.status,
        bound=solution.bound,
        tier_bounds=solution.tier_bounds,
        interrupted=solution.interrupted,
        too_large=solution.too_large,
        started=0 if known is None else len(known),
        sizes={"candidates": compiled.columns.count, "columns": columns, "rows": rows, "parts": len(whole.parts)},
        compile_seconds=ready - began,
        search_seconds=solved - ready,
    )
    if solution.values is None:
        return attrs.evolve(found, nearest=find_nearest(compiled.columns, engine))
    roster = compiled.columns.roster(solution.values)
    if solution.status is Status.OPTIMAL and solution.objective is not None:
        return attrs.evolve(found, roster=roster, cost=solution.objective)
    if solution.objective is None:
        roster = fill_greedily(compiled.columns, roster)
    return _with_best(found, problem, roster, solution.objective, known, tiered=tiered)


def _with_best(
    found: Found, problem: RosterProblem, roster: Roster, objective: float | None, known: Roster | None, *, tiered: bool
) -> Found:
    """Return what was found with the better of the roster and the one that is known, if either keeps the hard rules.

    Args:
        found: what was found.
        problem: the problem.
        roster: the roster.
        objective: what the engine says that it costs, None where it is not the engine's.
        known: another roster, if there is one.
        tiered: whether tiers count one after the other.
    """

    def price(report: CheckReport) -> tuple[float, ...]:
        return tuple(costs_by_tier(problem, report).values()) if tiered else (report.penalty,)

    report = check(problem, roster)
    best, cost = report, report.penalty if objective is None else objective
    if known is not None:
        of_known = check(problem, known)
        # Of two that cost the same the one that was found is taken.
        if of_known.feasible and not (report.feasible and price(report) <= price(of_known)):
            roster, best, cost = known, of_known, of_known.penalty
            found = attrs.evolve(found, tier_bounds={})
    # An engine's own roster that breaks a hard rule is not left aside here: the check of the whole refuses it.
    if not best.feasible and objective is None:
        return attrs.evolve(found, status=Status.UNKNOWN)
    return attrs.evolve(found, status=Status.FEASIBLE, roster=roster, cost=cost)


def _guess(compiled: Compiled, known: Roster) -> Floats:
    """Return a roster as values of the decisions; what else there is in the program has none."""
    guess = np.full(len(compiled.program.cost), np.nan)
    guess[compiled.columns.candidates] = 0.0
    guess[compiled.columns.indices(known)] = 1.0
    return guess
