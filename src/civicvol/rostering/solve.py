"""Solve a roster problem: the best roster that can be found, with its proof or its gap, checked."""

from collections.abc import Mapping
from concurrent.futures import Executor
from math import fsum
from time import perf_counter

import attrs
import numpy as np

from civicvol import _fields
from civicvol._fields import Check
from civicvol.errors import EngineError
from civicvol.rostering.arrays import Floats
from civicvol.rostering.check import CheckReport, check
from civicvol.rostering.compile import Compiled, compile_problem
from civicvol.rostering.conflict import find_nearest
from civicvol.rostering.engines import Engine, OnProgress, Solution, Status, Tiered, engine_named
from civicvol.rostering.greedy import fill_greedily
from civicvol.rostering.parts import solve_parts, split
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.result import Result, TierResult
from civicvol.rostering.roster import Roster
from civicvol.rostering.rule import Tier
from civicvol.rostering.rules import ShortRunRule

_TOLERANCE = 1e-6
_OBJECTIVES = ("weighted", "lexicographic")
_OBJECTIVE = Check(
    lambda value: None if value in _OBJECTIVES else f"must be one of {', '.join(map(repr, _OBJECTIVES))}"
)


def solve(
    problem: RosterProblem,
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    engine: str = "auto",
    objective: str = "weighted",
    start: Roster | None = None,
    executor: Executor | None = None,
    on_progress: OnProgress | None = None,
) -> Result:
    """Return the best roster found for a problem.

    Cover that cannot be met leaves places open; hard rules that cannot all hold give the status INFEASIBLE, and the
    result says which are broken even by the roster nearest to keeping them. When time is up, or on Ctrl-C, the best
    roster so far comes back with its bound and gap. Every roster has been checked by `check`, which knows no solver,
    before it is returned.

    Args:
        problem: the problem.
        time_limit: seconds for the search; compiling, checking and finding what is in conflict come on top.
        seed: for the engine's random choices; the same seed gives the same roster.
        engine: "auto", or the name of an engine.
        objective: "weighted" for the least sum of what all soft rules cost, or "lexicographic" to make the tiers cheap
            one after the other, cover first, then people, fairness and wishes: no gain in a later one is worth
            anything in an earlier one. The result then has a bound for each tier, and none for their sum.
        start: a roster to start from, of this problem or of one like it: what of it cannot be is left aside. Where the
            rest keeps the hard rules, no worse roster is returned.
        executor: where to solve parts that share nobody; in this process, one after the other, where None. On Ctrl-C
            the parts an executor is still at count as not solved, and its workers go on to the time limit.
        on_progress: called with a `Progress` now and then, from the thread that called `solve`.

    Raises:
        InputError: an argument is wrong.
        EngineError: the engine failed, or its roster does not stand up to the check.
    """
    _fields.require(
        problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")),
        time_limit=(time_limit, _fields.number(0.0, 1e7)),
        seed=(seed, _fields.whole(0, 2**31 - 1)),
        engine=(engine, _fields.identifier),
        objective=(objective, _OBJECTIVE),
        start=(start, _fields.optional(_fields.is_a(Roster, "a Roster"))),
        executor=(executor, _fields.optional(_fields.is_a(Executor, "an Executor"))),
        on_progress=(on_progress, _fields.optional(_fields.function)),
    )
    chosen, reason = _chosen(engine, problem)
    tiered = objective == "lexicographic"
    began = perf_counter()
    compiled = compile_problem(problem)
    known, started = None, {}
    if start is not None:
        known = compiled.columns.within(start)
        started["assignments to start from"] = f"{len(known)} of {len(start)}"
    whole = split(compiled.program)
    ready = perf_counter()
    solution = solve_parts(
        whole,
        engine=Tiered(chosen) if tiered else chosen,
        time_limit=time_limit,
        seed=seed,
        start=None if known is None else _guess(compiled, known),
        executor=executor,
        on_progress=on_progress,
    )
    solved = perf_counter()
    result = _checked(problem, compiled, solution, chosen.name, known, tiered=tiered)
    rows, columns = compiled.program.rows.shape
    statistics: dict[str, int | float | str] = {
        "engine": chosen.name,
        "engine chosen because": reason,
        "candidates": compiled.columns.count,
        "columns": columns,
        "rows": rows,
        "parts": len(whole.parts),
        "compile seconds": ready - began,
        "solve seconds": solved - ready,
        "check seconds": perf_counter() - solved,
        **started,
    }
    return attrs.evolve(result, statistics=statistics)


def _chosen(engine: str, problem: RosterProblem) -> tuple[Engine, str]:
    """Return the engine, and why it is this one."""
    if engine != "auto":
        return engine_named(engine), "it was asked for"
    if any(isinstance(rule, ShortRunRule) and rule.hard for rule in problem.rules):
        return engine_named("columns"), "hard rules ask for runs of days, which whole lines of each person keep best"
    return engine_named("highs"), "community rosters are nearly network flows, which it proves optimal"


def _guess(compiled: Compiled, known: Roster) -> Floats:
    """Return a roster as values of the decisions; what else there is in the program has none."""
    guess = np.full(len(compiled.program.cost), np.nan)
    guess[compiled.columns.candidates] = 0.0
    guess[compiled.columns.indices(known)] = 1.0
    return guess


def _checked(
    problem: RosterProblem, compiled: Compiled, solution: Solution, engine: str, known: Roster | None, *, tiered: bool
) -> Result:
    """Return the result for a solution, its roster checked and priced by the rules themselves."""
    stopped = "interrupted" if solution.interrupted else "time limit"
    if solution.values is None and solution.status is Status.INFEASIBLE:
        nearest = find_nearest(compiled.columns, engine)
        conflict = () if nearest is None else check(problem, nearest).hard
        return Result(status=solution.status, nearest=nearest, conflict=conflict)
    proven = solution.status is Status.OPTIMAL
    found = [] if known is None or proven else [known]
    if solution.values is not None:
        roster = compiled.columns.roster(solution.values)
        found.append(roster if solution.objective is not None else fill_greedily(compiled.columns, roster))
    checked = [(roster, check(problem, roster)) for roster in found]
    if solution.objective is not None:
        _require_confirmed(checked[-1][1], solution.objective, engine, tiered=tiered)
    sound = [(roster, report) for roster, report in checked if report.feasible]
    if not sound:
        return Result(status=Status.UNKNOWN, bound=None if tiered else solution.bound, stopped=stopped)
    # Of two that cost the same the later one, the engine's, is taken.
    roster, report = min(reversed(sound), key=lambda each: _cost(problem, each[1], tiered=tiered))
    bound = None if tiered or solution.bound is None else min(solution.bound, report.penalty)
    return Result(
        status=Status.OPTIMAL if proven else Status.FEASIBLE,
        roster=roster,
        objective=report.penalty,
        bound=report.penalty if proven and not tiered else bound,
        report=report,
        tiers=_tiers(problem, report, solution.tier_bounds if tiered and roster is not known else None),
        stopped="" if proven else stopped,
    )


def _cost(problem: RosterProblem, report: CheckReport, *, tiered: bool) -> tuple[float, ...]:
    """Return what rosters are compared by."""
    return tuple(tier.value for tier in _tiers(problem, report, None)) if tiered else (report.penalty,)


def _tiers(problem: RosterProblem, report: CheckReport, bounds: Mapping[Tier, float] | None) -> tuple[TierResult, ...]:
    """Return what each tier costs that has soft rules; what nothing in the program costs, costs nothing at least."""
    of_rule = {rule.name: rule.family.tier for rule in problem.rules}
    present = {rule.family.tier for rule in problem.rules if not rule.hard}
    costs = {
        tier: fsum(each.penalty for each in report.soft if of_rule[each.rule] is tier)
        for tier in Tier
        if tier in present
    }
    return tuple(
        TierResult(tier=tier, value=cost, bound=None if bounds is None else min(bounds.get(tier, 0.0), cost))
        for tier, cost in costs.items()
    )


def _require_confirmed(report: CheckReport, objective: float, engine: str, *, tiered: bool) -> None:
    """Raise an EngineError unless the check finds a roster to be what its engine says it is."""
    if not report.feasible:
        raise EngineError(engine, f"its roster breaks a hard rule: {report.hard[0]}")
    # Once a tier is settled, nothing presses its part of an engine's solution down to what the roster costs.
    over = objective - report.penalty
    if (over < 0 if tiered else True) and abs(over) > _TOLERANCE * max(1.0, abs(objective)):
        raise EngineError(engine, f"its roster costs {report.penalty}, not {objective}")
