"""What the figures of `district.py` have in common: the district, where it is solved, and how that is timed."""

import argparse
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import attrs
from loky import ProcessPoolExecutor, cpu_count

from civicvol import Result, RosterProblem, datasets, rules, solve
from civicvol.rostering.dispatch import Here

EXECUTORS = ("processes", "serial", "threads", "dask")

Figures = dict[str, Any]


def built(options: argparse.Namespace, *, areas: int, volunteers: int, draw: int = 0) -> RosterProblem:
    """Return a district of some size, with the days, the mobile people, the seed and the fairness of the options.

    Another draw is of the same size.
    """
    drawn = {"days": options.days, "mobile": options.mobile, "seed": options.seed + draw}
    problem = datasets.district(areas=areas, volunteers=volunteers, **drawn)
    if options.fairness == "shifts":
        return problem
    fair = rules.FairShare()
    return attrs.evolve(problem, rules=[fair if type(rule) is rules.FairShifts else rule for rule in problem.rules])


@contextmanager
def executor_of(name: str, workers: int | None = None) -> Iterator[Executor | None]:
    """Give an executor, and end it afterwards; None for the library's own choice."""
    if name == "serial":
        yield Here()
    elif name == "threads":
        with ThreadPoolExecutor(workers or cpu_count()) as threads:
            yield threads
    elif name == "dask":
        from distributed import Client, LocalCluster

        size = {"n_workers": workers or cpu_count(), "threads_per_worker": 1}
        with LocalCluster(**size, dashboard_address=None) as cluster, Client(cluster) as client:
            yield client.get_executor(pure=False)
    elif workers is None:
        yield None
    else:
        with ProcessPoolExecutor(workers) as processes:
            yield processes


def timed(
    options: argparse.Namespace, problem: RosterProblem, executor: Executor | None, **asked: Any
) -> tuple[Result, float]:
    """Return the result of a problem, and the seconds from its objects to the checked roster."""
    begin = perf_counter()
    result = solve(problem, executor=executor, **{"time_limit": options.time_limit, "seed": options.seed, **asked})
    return result, perf_counter() - begin


def known(result: Result) -> Figures:
    """Return what is known about a roster."""
    return {"status": result.status, "objective": result.objective, "bound": result.bound}


def warm_up() -> None:
    """Have the solver imported, which the first solve in a process does."""
    solve(datasets.district(areas=1, volunteers=10, days=1))
