"""A district beside something else: bare HiGHS, other solvers, districts of other sizes, another number of workers.

Each function takes the options of `district.py`, whose docstring says what its figures are.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from math import fsum

import numpy as np
from _area import by_cpsat, by_timefold
from _bare import by_highs
from _district import Figures, built, executor_of, known, timed, warm_up
from compare import TOLERANCE, DisagreementError

from civicvol import RosterProblem, Status, areas
from civicvol.rostering.compile import compile_problem
from civicvol.rostering.dispatch import Here

LOOSE = 1e-4
"""The gap at which HiGHS is done by default."""


def beside_bare(options: argparse.Namespace) -> Figures:
    """Return the figures of the areas, one after the other in this process, and those of HiGHS alone.

    Raises:
        DisagreementError: both have proven an area, and not the same.
    """
    warm_up()
    runs: dict[str, list[Figures]] = {"civicvol": [], "bare_mip": [], "bare_lp": []}
    limit = options.bare_time_limit
    for area in areas(built(options, areas=options.areas, volunteers=options.volunteers)):
        result, seconds = timed(options, area, Here(), time_limit=limit)
        ours = {"seconds": seconds, "proven": result.status is Status.OPTIMAL, "objective": result.objective}
        program = compile_problem(area).program
        bare = by_highs(program, whole=True, time_limit=limit)
        if ours["proven"] and bare["proven"]:
            require_same(ours["objective"], bare["objective"])
        relaxed = by_highs(program, whole=False, time_limit=limit)
        for name, run in zip(runs, (ours, bare, relaxed), strict=True):
            runs[name].append(run)
    seconds_of = {name: fsum(run["seconds"] for run in of_name) for name, of_name in runs.items()}
    return {
        **{f"{name}_seconds": seconds for name, seconds in seconds_of.items()},
        **{f"{name}_unproven": sum(not run["proven"] for run in of_name) for name, of_name in runs.items()},
        "ratio_to_bare": seconds_of["civicvol"] / seconds_of["bare_mip"],
    }


def require_same(ours: float, bare: float) -> None:
    """Raise a DisagreementError unless civicvol's proof and that of HiGHS alone say the same."""
    if abs(ours - bare) > LOOSE * max(1.0, abs(ours)):
        raise DisagreementError(f"civicvol proves {ours} to be best, and HiGHS alone {bare}")


def beside_peers(options: argparse.Namespace) -> Figures:
    """Return what civicvol and the others that are asked for come to for one area.

    Raises:
        DisagreementError: one says that no roster costs as little as one of another does.
    """
    warm_up()
    area = built(options, areas=1, volunteers=options.peer_volunteers)
    result, seconds = timed(options, area, Here())
    ours = {"solver": "civicvol", "seconds": seconds, **known(result)}
    found = [ours]
    for name in dict.fromkeys(options.peer):
        found += PEERS[name](options, area, ours)
    require_possible(found)
    return {"shifts_for_peers": len(area.shifts), "peers": found}


def require_possible(found: Sequence[Figures]) -> None:
    """Raise a DisagreementError where a bound is above what a roster costs."""
    least = min((each["objective"] for each in found if each.get("objective") is not None), default=np.inf)
    for each in found:
        bound = each.get("bound")
        if bound is not None and bound > least + TOLERANCE * max(1.0, least):
            raise DisagreementError(
                f"{each['solver']} says that no roster costs less than {bound}, but one costs {least}"
            )


def beside_cpsat(options: argparse.Namespace, area: RosterProblem, ours: Figures) -> list[Figures]:
    """Return what the plain CP-SAT model comes to, and when it is as good as civicvol."""
    if find_spec("ortools") is None:
        return [{"solver": "cpsat", "note": "OR-Tools is not installed: pip install 'civicvol[cpsat]'"}]
    enough = -1.0 if ours["objective"] is None else ours["objective"] * (1 + TOLERANCE) + TOLERANCE
    found = by_cpsat(area, time_limit=options.peer_seconds, seed=options.seed, until=enough)
    reached = next((seconds for seconds, cost, _ in found.pop("trace") if cost <= enough), None)
    ratio = (found["seconds"] if reached is None else reached) / ours["seconds"]
    return [{"solver": "cpsat", **found, "seconds_to_reach": reached, "ratio": ratio}]


def beside_timefold(options: argparse.Namespace, area: RosterProblem, _: Figures) -> list[Figures]:
    """Return what the plain Timefold model comes to, and civicvol in a tenth of the time."""
    found = by_timefold(area, time_limit=options.peer_seconds, seed=options.seed)
    if isinstance(found, str):
        return [{"solver": "timefold", "note": found}]
    del found["trace"]
    result, seconds = timed(options, area, Here(), time_limit=options.peer_seconds / 10)
    ours = {"solver": "civicvol, a tenth of the time", "seconds": seconds, **known(result)}
    return [{"solver": "timefold", **found}, ours]


PEERS: Mapping[str, Callable[[argparse.Namespace, RosterProblem, Figures], list[Figures]]] = {
    "cpsat": beside_cpsat,
    "timefold": beside_timefold,
}


def growth(options: argparse.Namespace) -> Figures:
    """Return the mean total seconds of districts of several sizes, and the exponent of their growth."""
    warm_up()
    points = []
    for count in options.scaling_areas:
        volunteers = count * options.scaling_volunteers
        districts = max(options.scaling_areas) // count
        drawn = (built(options, areas=count, volunteers=volunteers, draw=draw) for draw in range(districts))
        runs = [timed(options, problem, Here()) for problem in drawn]
        points.append(
            {
                "areas": count,
                "volunteers": volunteers,
                "districts": districts,
                "candidates": fsum(result.statistics["candidates"] for result, _ in runs) / districts,
                "total_seconds": fsum(seconds for _, seconds in runs) / districts,
                "unproven": sum(result.status is not Status.OPTIMAL for result, _ in runs),
            }
        )
    return {"scaling": points, "exponent": exponent([(each["volunteers"], each["total_seconds"]) for each in points])}


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the exponent of the power that comes closest to some points, in logarithms."""
    sizes, seconds = np.log(points).T
    return float(np.polyfit(sizes, seconds, 1)[0])


def speedup(options: argparse.Namespace) -> Figures:
    """Return the total seconds of the district with one worker process and with two, and their ratio."""
    problem = built(options, areas=options.areas, volunteers=options.volunteers)
    totals = []
    for workers in (1, 2):
        with executor_of("processes", workers) as processes:
            totals.append(timed(options, problem, processes)[1])
    one, two = totals
    return {"one_worker_seconds": one, "two_workers_seconds": two, "speedup": one / two}
