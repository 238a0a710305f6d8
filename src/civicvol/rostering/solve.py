"""Solve a roster problem: the best roster that can be found, with its proof or its gap, checked."""

from collections.abc import Mapping
from concurrent.futures import Executor
from time import perf_counter

import attrs

from civicvol import _fields
from civicvol.errors import EngineError
from civicvol.rostering.check import CheckReport, check
from civicvol.rostering.compile import Compiled, compile_problem
from civicvol.rostering.conflict import find_nearest
from civicvol.rostering.engines import ENGINES, OnProgress, Solution, Status, engine_named
from civicvol.rostering.greedy import fill_greedily
from civicvol.rostering.parts import solve_parts, split
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Roster
from civicvol.rostering.rule import Violation
from civicvol.table import Table

_TOLERANCE = 1e-6


@attrs.frozen(kw_only=True)
class Result:
    """What `solve` found.

    Args:
        status: whether the roster is proven best, good, or why there is none.
        roster: the best roster found; None where there is none.
        objective: what it costs, as the check reckons it; None likewise.
        bound: no roster costs less than this; None where nothing is known.
        report: the check of the roster; None where there is no roster.
        nearest: where no roster keeps all hard rules, the one that keeps the pins and breaks the others least.
        conflict: what that one breaks.
        stopped: "time limit" or "interrupted" where the search was cut short, else nothing.
        statistics: sizes, seconds and the engine, by name.
    """

    status: Status
    roster: Roster | None = None
    objective: float | None = None
    bound: float | None = None
    report: CheckReport | None = None
    nearest: Roster | None = None
    conflict: tuple[Violation, ...] = ()
    stopped: str = ""
    statistics: Mapping[str, int | float | str] = attrs.field(factory=dict, hash=False)

    @property
    def gap(self) -> float | None:
        """How much better another roster might be, as a share of the objective; None where nothing is known."""
        if self.objective is None or self.bound is None:
            return None
        return max(self.objective - self.bound, 0.0) / max(abs(self.objective), _TOLERANCE)

    def summary(self) -> Table:
        """Return the main figures as a table."""
        rows = [
            ("status", f"{self.status}{f' ({self.stopped})' if self.stopped else ''}"),
            ("assignments", None if self.roster is None else len(self.roster)),
            ("objective", self.objective),
            ("bound", self.bound),
            ("gap", None if self.gap is None else f"{self.gap:.4%}"),
            *self.statistics.items(),
        ]
        return Table(title="Result", columns=("figure", "value"), rows=rows)

    def __str__(self) -> str:
        return "\n".join([str(self.summary()), *(f"! {violation}" for violation in self.conflict)])

    def _repr_html_(self) -> str:
        parts = [self.summary().to_html()]
        if self.report is not None:
            parts.append(self.report.by_rule().to_html())
        if self.conflict:
            rows = [(violation.rule, str(violation)) for violation in self.conflict]
            parts.append(Table(title="Hard rules in conflict", columns=("rule", "why"), rows=rows).to_html())
        return "".join(parts)


def solve(
    problem: RosterProblem,
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    engine: str = "auto",
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
        executor=(executor, _fields.optional(_fields.is_a(Executor, "an Executor"))),
        on_progress=(on_progress, _fields.optional(_fields.function)),
    )
    chosen, reason = _chosen(engine)
    began = perf_counter()
    compiled = compile_problem(problem)
    whole = split(compiled.program)
    ready = perf_counter()
    solution = solve_parts(
        whole, engine=chosen, time_limit=time_limit, seed=seed, executor=executor, on_progress=on_progress
    )
    solved = perf_counter()
    result = _checked(problem, compiled, solution, chosen)
    rows, columns = compiled.program.rows.shape
    statistics: dict[str, int | float | str] = {
        "engine": chosen,
        "engine chosen because": reason,
        "candidates": compiled.columns.count,
        "columns": columns,
        "rows": rows,
        "parts": len(whole.parts),
        "compile seconds": ready - began,
        "solve seconds": solved - ready,
        "check seconds": perf_counter() - solved,
    }
    return attrs.evolve(result, statistics=statistics)


def _chosen(engine: str) -> tuple[str, str]:
    """Return the name of the engine, and why it is this one."""
    if engine != "auto":
        return engine_named(engine).name, "it was asked for"
    return next(iter(ENGINES)), "community rosters are nearly network flows, which it proves optimal"


def _checked(problem: RosterProblem, compiled: Compiled, solution: Solution, engine: str) -> Result:
    """Return the result for a solution, its roster checked and priced by the rules themselves."""
    stopped = "interrupted" if solution.interrupted else "time limit"
    if solution.values is None:
        nearest = find_nearest(compiled.columns, engine)
        conflict = () if nearest is None else check(problem, nearest).hard
        return Result(status=solution.status, nearest=nearest, conflict=conflict)
    roster = compiled.columns.roster(solution.values)
    if solution.objective is None:
        roster = fill_greedily(compiled.columns, roster)
    report = check(problem, roster)
    if solution.objective is not None:
        _require_confirmed(report, solution.objective, engine)
    elif not report.feasible:
        return Result(status=Status.UNKNOWN, bound=solution.bound, stopped=stopped)
    proven = solution.status is Status.OPTIMAL
    bound = None if solution.bound is None else min(solution.bound, report.penalty)
    return Result(
        status=Status.OPTIMAL if proven else Status.FEASIBLE,
        roster=roster,
        objective=report.penalty,
        bound=report.penalty if proven else bound,
        report=report,
        stopped="" if proven else stopped,
    )


def _require_confirmed(report: CheckReport, objective: float, engine: str) -> None:
    """Raise an EngineError unless the check finds a roster to be what its engine says it is."""
    if not report.feasible:
        raise EngineError(engine, f"its roster breaks a hard rule: {report.hard[0]}")
    if abs(report.penalty - objective) > _TOLERANCE * max(1.0, abs(objective)):
        raise EngineError(engine, f"its roster costs {report.penalty}, not {objective}")
