"""Civicvol's engines side by side with a plain model for CP-SAT, written by hand, on a community's month.

    python tests/benchmarks/compare.py [--volunteers 60 ...] [--seeds 2] [--days 31] [--time-limit 15] [--workers 8]

For each month of `datasets.sanhua()` it prints what every engine and the plain model (`_plain.py`, in a process of its
own) come to: status, seconds, objective and bound; and for every engine the ratios of its seconds and its objective to
those of the plain model: under 1 is better. An engine's seconds are all that `solve` takes, the check included; those
of the plain model are writing and solving it, after who may take what has been found.

The plain model is the same problem: `civicvol.check` must find its roster to keep all hard rules and to cost just what
the model says, and no bound may be above any roster's cost. The exit code is 1 where that does not hold, and 2 where
something is missing.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from civicvol import Assignment, CivicvolError, Roster, RosterProblem, check, datasets, solve

PLAIN = Path(__file__).with_name("_plain.py")
TOLERANCE = 1e-6


class DisagreementError(Exception):
    """Two sides that look at one problem say what cannot both be true of it."""


def by_engine(problem: RosterProblem, engine: str, options: argparse.Namespace, seed: int) -> dict[str, object]:
    """Return what an engine of civicvol comes to."""
    begin = perf_counter()
    result = solve(problem, engine=engine, time_limit=options.time_limit, seed=seed)
    seconds = perf_counter() - begin
    return {"status": result.status, "seconds": seconds, "objective": result.objective, "bound": result.bound}


def by_hand(problem: RosterProblem, options: argparse.Namespace, seed: int, volunteers: int) -> dict[str, object]:
    """Return what the plain model comes to, its roster checked.

    Raises:
        DisagreementError: civicvol finds its roster to break a hard rule, or to cost something else.
        OSError: it did not run.
    """
    command = [sys.executable, str(PLAIN), "--seed", str(seed), "--volunteers", str(volunteers)]
    command += ["--days", str(options.days), "--time-limit", str(options.time_limit), "--workers", str(options.workers)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise OSError(f"the plain model failed: {answer.stderr.strip().splitlines()[-1]}")
    found = json.loads(answer.stdout)
    roster = found.pop("roster")
    if roster is not None:
        report = check(problem, Roster([Assignment(volunteer=who, shift=id, role=role) for who, id, role in roster]))
        if not report.feasible:
            raise DisagreementError(f"the plain model's roster breaks a hard rule: {report.hard[0]}")
        if abs(report.penalty - found["objective"]) > TOLERANCE * max(1.0, report.penalty):
            raise DisagreementError(f"the plain model's roster costs {report.penalty}, not {found['objective']}")
    return found


def measured(seed: int, volunteers: int, options: argparse.Namespace) -> dict[str, object]:
    """Return the figures of one month.

    Raises:
        DisagreementError: what the sides say cannot all be true.
    """
    problem = datasets.sanhua(seed=seed, days=options.days, volunteers=volunteers)
    runs = {engine: by_engine(problem, engine, options, seed) for engine in options.engines}
    plain = runs["plain"] = by_hand(problem, options, seed, volunteers)
    costs = [run["objective"] for run in runs.values() if run["objective"] is not None]
    for name, run in runs.items():
        if run["bound"] is not None and run["bound"] > min(costs) + TOLERANCE * max(1.0, min(costs)):
            raise DisagreementError(
                f"{name} says that no roster costs less than {run['bound']}, but one costs {min(costs)}"
            )
    ratios = {
        engine: {figure: ratio(runs[engine][figure], plain[figure]) for figure in ("seconds", "objective")}
        for engine in options.engines
    }
    return {"seed": seed, "volunteers": volunteers, "days": options.days, "runs": runs, "ratios": ratios}


def ratio(ours: float | None, plain: float | None) -> float | None:
    """Return one figure as a multiple of the other, None where there is none."""
    return None if ours is None or not plain else ours / plain


def summary(months: list[dict[str, object]], engines: list[str]) -> dict[str, object]:
    """Return the median ratios of each engine over all months."""
    figures = {}
    for engine in engines:
        for figure in ("seconds", "objective"):
            found = [month["ratios"][engine][figure] for month in months]
            known = [each for each in found if each is not None]
            figures[f"{engine}_{figure}_to_plain"] = median(known) if known else None
    return figures


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--volunteers", type=int, nargs="+", default=[60], help="sizes of the register")
    parser.add_argument("--seeds", type=int, default=2, help="how many months of each size")
    parser.add_argument("--days", type=int, default=31)
    parser.add_argument("--time-limit", type=float, default=15.0, help="seconds for each solve")
    parser.add_argument("--workers", type=int, default=8, help="threads of the plain model")
    parser.add_argument("--engines", nargs="+", default=["highs", "cpsat"])
    options = parser.parse_args(arguments)
    try:
        solve(datasets.sanhua(days=1, volunteers=1), engine=options.engines[0])  # the first solve imports the solver
        months = [
            measured(seed, volunteers, options) for volunteers in options.volunteers for seed in range(options.seeds)
        ]
    except (CivicvolError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    except DisagreementError as error:
        print(error, file=sys.stderr)
        return 1
    figures = {"python": platform.python_version(), "cores": os.cpu_count(), "time_limit": options.time_limit}
    print(json.dumps({**figures, **summary(months, options.engines), "months": months}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
