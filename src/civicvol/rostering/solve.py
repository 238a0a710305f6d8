"""Solve a roster problem: the best roster that can be found, with its proof or its gap, checked."""

from collections.abc import Mapping
from concurrent.futures import Executor
from functools import partial
from math import fsum
from time import monotonic, perf_counter
from typing import Any

import attrs

from civicvol import _fields
from civicvol._fields import Check
from civicvol.errors import EngineError
from civicvol.labels import Label
from civicvol.rostering.areas import areas
from civicvol.rostering.check import CheckReport, check
from civicvol.rostering.columns import find_candidates
from civicvol.rostering.dispatch import Dispatch, Dispatched, Here
from civicvol.rostering.engines import OnProgress, Progress, Status, engine_named
from civicvol.rostering.parts import joint_tier_bounds
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.result import AreaResult, Result, TierResult, costs_by_tier
from civicvol.rostering.roster import Roster
from civicvol.rostering.rule import Tier, Violation
from civicvol.rostering.rules import ShortRunRule
from civicvol.rostering.search import Found, search

_TOLERANCE = 1e-6
_WORTH_A_TASK = 20_000
_WORTH_PROCESSES = 2_000_000
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

    Areas that share nobody are solved apart. One that fails, or whose worker dies, is tried again, then reported, and
    the others are kept; of itself it keeps what it started from, or what is pinned. Ctrl-C likewise keeps what is done.

    Args:
        problem: the problem.
        time_limit: seconds for the search; compiling, checking and finding what is in conflict come on top. Areas get
            shares of it by their size, and what one leaves of its share goes to those after it.
        seed: for the engine's random choices; the same seed gives the same roster.
        engine: "auto", or the name of an engine.
        objective: "weighted" for the least sum of what all soft rules cost, or "lexicographic" to make the tiers cheap
            one after the other, cover first, then people, fairness and wishes: no gain in a later one is worth
            anything in an earlier one. The result then has a bound for each tier, and none for their sum.
        start: a roster to start from, of this problem or of one like it: what of it cannot be is left aside. Where the
            rest keeps the hard rules, no worse roster is returned.
        executor: where to solve the areas that share nobody (see `civicvol.areas`), any of `concurrent.futures` or like
            them; the roster is the same whatever it is. Where None, a large problem is solved in processes on this
            machine's cores, a small one in this process. An executor that does not tell how many workers it has, as
            that of Dask, gets all areas at once, each with the whole time limit.
        on_progress: called with a `Progress` now and then, from the thread that called `solve`. It may raise
            KeyboardInterrupt to stop the search; any other error of its own comes out of `solve`.

    Raises:
        InputError: an argument is wrong.
        EngineError: the engine failed, or its roster does not stand up to the check. Where all areas fail, the error
            of the first is raised, whatever it is.
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
    began = perf_counter()
    chosen, reason = _chosen(engine, problem)
    tiered = objective == "lexicographic"
    apart = areas(problem, least=_WORTH_A_TASK)
    sizes = [max(len(area.volunteers) * len(area.lines), 1) for area in apart]
    if executor is None and (len(apart) == 1 or sum(sizes) < _WORTH_PROCESSES):
        executor = Here()
    tally = _Tally(len(apart), time_limit, on_progress)

    def work(number: int, seconds: float) -> tuple[Any, tuple[Any, ...]]:
        tally.tell()
        told = partial(tally.tell, number) if isinstance(executor, Here) and on_progress is not None else None
        known = _part_of(start, apart[number], problem)
        asked = partial(search, engine=chosen, tiered=tiered, seed=seed, start=known, on_progress=told)
        return asked, (apart[number], seconds)

    try:
        dispatched = Dispatch[Found](work, sizes, executor, time_limit, tally.take).run()
    except _Refused as refused:
        raise refused.error from None
    if len(dispatched.failed) == len(apart):
        raise dispatched.failed[min(dispatched.failed)]
    searched = perf_counter()
    result = _merged(problem, apart, dispatched, chosen, start, tiered=tiered)
    found = dispatched.done.values()
    sums = {size: sum(each.sizes.get(size, 0) for each in found) for size in ("candidates", "columns", "rows", "parts")}
    statistics: dict[str, int | float | str] = {
        "engine": chosen,
        "engine chosen because": reason,
        "areas": len(apart),
        **sums,
        "compile seconds": fsum(each.compile_seconds for each in found),
        "solve seconds": fsum(each.search_seconds for each in found),
        "check seconds": perf_counter() - searched,
        "total seconds": perf_counter() - began,
    }
    if start is not None:
        kept = sum(each.started for each in found)
        statistics["assignments to start from"] = f"{kept} of {len(start)}"
    return attrs.evolve(result, statistics=statistics)


def _chosen(engine: str, problem: RosterProblem) -> tuple[str, str]:
    """Return the name of the engine, and why it is this one."""
    if engine != "auto":
        return engine_named(engine).name, "it was asked for"
    if any(isinstance(rule, ShortRunRule) and rule.hard for rule in problem.rules):
        return "columns", "hard rules ask for runs of days, which whole lines of each person keep best"
    return "highs", "community rosters are nearly network flows, which it proves optimal"


def _part_of(start: Roster | None, area: RosterProblem, problem: RosterProblem) -> Roster | None:
    """Return what of a roster concerns the people of an area."""
    if start is None or area is problem:
        return start
    return Roster(each for each in start if each.volunteer in area.volunteer_by_id)


class _Refused(BaseException):
    """What `on_progress` raised: no failure of the area that it was told about, so no executor may take it for one."""

    def __init__(self, error: Exception) -> None:
        self.error = error


class _Tally:
    """Where the search stands, area by area.

    Args:
        areas: how many there are.
        time_limit: the seconds for the search.
        on_progress: called with what is told.
    """

    def __init__(self, areas: int, time_limit: float, on_progress: OnProgress | None) -> None:
        self._areas = areas
        self._time_limit = time_limit
        self._on_progress = on_progress
        self._began = monotonic()
        self._parts = areas
        self._done = 0
        self._objectives: dict[int, float | None] = {}
        self._bounds: dict[int, float | None] = {}

    def take(self, number: int, found: Found) -> None:
        """Take what was found for an area.

        Raises:
            KeyboardInterrupt: a person stopped its search, and so all that is left to do.
        """
        self._done = self._done + 1 if self._areas > 1 else self._parts
        self._objectives[number] = None if found.roster is None else found.cost
        self._bounds[number] = found.bound
        self.tell()
        if found.interrupted:
            raise KeyboardInterrupt

    def tell(self, number: int | None = None, progress: Progress | None = None) -> None:
        """Tell where the whole stands; `progress` is of one area that is being solved."""
        if self._on_progress is None:
            return
        if number is not None and progress is not None:
            self._objectives[number], self._bounds[number] = progress.objective, progress.bound
            if self._areas == 1:
                self._parts, self._done = progress.parts, progress.done
        objectives = [value for value in self._objectives.values() if value is not None]
        bounds = [value for value in self._bounds.values() if value is not None]
        seconds = monotonic() - self._began
        stands = Progress(
            seconds=seconds,
            objective=fsum(objectives) if objectives else None,
            bound=fsum(bounds) if bounds else None,
            parts=self._parts,
            done=self._done,
            time_left=max(self._time_limit - seconds, 0.0),
        )
        try:
            self._on_progress(stands)
        except Exception as error:
            raise _Refused(error) from error


def _merged(
    problem: RosterProblem,
    apart: tuple[RosterProblem, ...],
    dispatched: Dispatched[Found],
    engine: str,
    start: Roster | None,
    *,
    tiered: bool,
) -> Result:
    """Return the result of all areas together, its roster checked and priced by the rules themselves."""
    done = [dispatched.done.get(number) for number in range(len(apart))]
    found = [each for each in done if each is not None]
    of_areas = tuple(
        _of_area(area, each, dispatched.failed.get(number))
        for number, (area, each) in enumerate(zip(apart, done, strict=True))
    )
    statuses = {area.status for area in of_areas}
    if Status.INFEASIBLE in statuses:
        nearest = _nearest(apart, done)
        conflict = () if nearest is None else _conflict(apart, done)
        return Result(status=Status.INFEASIBLE, nearest=nearest, conflict=conflict, areas=of_areas)
    stopped = "too large" if any(each.too_large for each in found) else "time limit"
    if dispatched.failed:
        stopped = "areas failed"
    if dispatched.interrupted or any(each.interrupted for each in found):
        stopped = "interrupted"
    bounds = [area.bound for area in of_areas]
    # What rules cost is never less than nothing, so an area of which nothing is known cannot lower the bound.
    bound = None if tiered or all(each is None for each in bounds) else fsum(each or 0.0 for each in bounds)
    rosters = [
        _kept(area, start) if each.roster is None else each.roster for area, each in zip(apart, of_areas, strict=True)
    ]
    if all(each is None for each in rosters):
        return Result(status=Status.UNKNOWN, bound=bound, areas=of_areas, stopped=stopped)
    roster = _joined(apart, rosters)
    report = check(problem, roster)
    complete = all(area.roster is not None for area in of_areas)
    if complete:
        _require_confirmed(report, fsum(each.cost for each in found), engine, tiered=tiered)
    elif not report.feasible:
        return Result(status=Status.UNKNOWN, bound=bound, areas=of_areas, stopped=stopped)
    proven = statuses == {Status.OPTIMAL}
    if bound is not None:
        bound = report.penalty if proven else min(bound, report.penalty)
    return Result(
        status=Status.OPTIMAL if proven else Status.FEASIBLE,
        roster=roster,
        objective=report.penalty,
        bound=bound,
        report=report,
        tiers=_tiers(problem, report, done if tiered else None),
        areas=of_areas,
        stopped="" if proven else stopped,
    )


def _of_area(area: RosterProblem, found: Found | None, error: Exception | None) -> AreaResult:
    """Return what people are told of one area."""
    if found is None:
        found = Found(status=Status.UNKNOWN)
    return AreaResult(
        name=_name(area),
        volunteers=len(area.volunteers),
        places=sum(line.desired for _, line in area.lines),
        filled=0 if found.roster is None else len(found.roster),
        status=found.status,
        cost=None if found.roster is None else found.cost,
        bound=found.bound,
        seconds=found.compile_seconds + found.search_seconds,
        roster=found.roster,
        failure="" if error is None else ": ".join([type(error).__name__, *str(error).splitlines()[:1]]),
    )


def _name(area: RosterProblem) -> Label:
    """Return what people call an area: the smallest unit that all its shifts are in."""
    units = list(dict.fromkeys(shift.unit for shift in area.shifts))
    common = units[0] if units else None
    for unit in units[1:]:
        nearest = None if common is None or unit is None else area.units.nearest_common(common, unit)
        common = None if nearest is None else nearest.id
    return Label("all", "全部") if common is None else area.units.unit(common).label


def _kept(area: RosterProblem, start: Roster | None) -> Roster | None:
    """Return what an area starts from, None where that breaks a hard rule or is nothing."""
    if start is None:
        return None
    known = find_candidates(area).within(start)
    return known if check(area, known).feasible else None


def _joined(apart: tuple[RosterProblem, ...], rosters: list[Roster | None]) -> Roster:
    """Return the rosters of all areas as one; an area that has none keeps what is pinned."""
    return Roster(
        each
        for area, roster in zip(apart, rosters, strict=True)
        for each in (area.pinned if roster is None else roster)
    )


def _nearest(apart: tuple[RosterProblem, ...], done: list[Found | None]) -> Roster | None:
    """Return the roster that breaks least of what cannot all be kept, None where that was not found."""
    lost = [each for each in done if each is not None and each.status is Status.INFEASIBLE and each.nearest is None]
    if lost:
        return None
    return _joined(apart, [None if each is None else each.nearest or each.roster for each in done])


def _conflict(apart: tuple[RosterProblem, ...], done: list[Found | None]) -> tuple[Violation, ...]:
    """Return what is broken even by what is nearest, in the areas where something must be."""
    return tuple(
        violation
        for area, found in zip(apart, done, strict=True)
        if found is not None and found.nearest is not None
        for violation in check(area, found.nearest).hard
    )


def _tiers(problem: RosterProblem, report: CheckReport, found: list[Found | None] | None) -> tuple[TierResult, ...]:
    """Return what each tier costs that has soft rules; what nothing in the program costs, costs nothing at least."""
    costs = costs_by_tier(problem, report)
    bounds: Mapping[Tier, float] | None = None
    if found is not None:
        known = [Found(status=Status.UNKNOWN) if each is None else each for each in found]
        floors = [dict.fromkeys(costs, 0.0)] * len(known)
        bounds = joint_tier_bounds(tuple(costs), [(each.status, each.tier_bounds) for each in known], floors)
    return tuple(
        TierResult(tier=tier, value=cost, bound=None if bounds is None else min(bounds[tier], cost))
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
