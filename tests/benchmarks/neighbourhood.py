"""How long a neighbourhood's month takes, beside bare HiGHS on the same arrays.

    python tests/benchmarks/neighbourhood.py [--seeds 10] [--volunteers 60]

Prints one JSON object: the seconds that `import civicvol` takes in a fresh process, and for each seed of
`datasets.sanhua()` the seconds to build, compile, solve and check, the status, and the ratio of all that civicvol does
to what `scipy.optimize.milp`, which is HiGHS too, takes for the rows as the rules write them.
"""

import argparse
import json
import platform
import subprocess
import sys
from statistics import median
from time import perf_counter

from scipy.optimize import Bounds, LinearConstraint, milp

from civicvol import check, datasets, solve
from civicvol.rostering.columns import find_candidates
from civicvol.rostering.program import Program
from civicvol.rostering.rules import rules_of

IMPORT = "import time; begin = time.perf_counter(); import civicvol; print(time.perf_counter() - begin)"


def import_seconds(runs=5):
    """Return the median time of importing civicvol in a fresh process."""
    command = [sys.executable, "-c", IMPORT]
    return median(
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(runs)
    )


def bare_seconds(problem):
    """Return how long HiGHS takes alone for the rows of the rules, untouched, and the objective it finds."""
    columns = find_candidates(problem)
    written = Program(columns.past)
    for rule in rules_of(problem):
        rule.rows(columns, written)
    program = written.finish()
    rows = LinearConstraint(program.rows, program.row_lower, program.row_upper)
    bounds, whole = Bounds(program.lower, program.upper), program.integer.astype(int)
    begin = perf_counter()
    answer = milp(program.cost, constraints=rows, bounds=bounds, integrality=whole, options={"time_limit": 60})
    return perf_counter() - begin, None if answer.fun is None else answer.fun + program.offset


def measured(seed, volunteers):
    """Return the figures of one neighbourhood."""
    begin = perf_counter()
    problem = datasets.sanhua(seed=seed, volunteers=volunteers)
    built = perf_counter()
    result = solve(problem)
    solved = perf_counter()
    bare, objective = bare_seconds(problem)
    return {
        "seed": seed,
        "status": result.status,
        "objective": result.objective,
        "bound": result.bound,
        "hard_violations": len(check(problem, result.roster).hard),
        "places": sum(line.desired for _, line in problem.lines),
        "filled": len(result.roster),
        "candidates": result.statistics["candidates"],
        "build_seconds": built - begin,
        "compile_seconds": result.statistics["compile seconds"],
        "solve_seconds": result.statistics["solve seconds"],
        "check_seconds": result.statistics["check seconds"],
        "total_seconds": solved - built,
        "bare_highs_seconds": bare,
        "bare_highs_objective": objective,
        "ratio_to_bare_highs": (solved - built) / bare,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--volunteers", type=int, default=60)
    arguments = parser.parse_args()
    solve(datasets.sanhua(days=1))  # the first solve imports the solver
    runs = [measured(seed, arguments.volunteers) for seed in range(arguments.seeds)]
    figures = {
        "python": platform.python_version(),
        "import_seconds": import_seconds(),
        "slowest_total_seconds": max(run["total_seconds"] for run in runs),
        "median_total_seconds": median(run["total_seconds"] for run in runs),
        "median_ratio_to_bare_highs": median(run["ratio_to_bare_highs"] for run in runs),
        "all_optimal": all(run["status"] == "optimal" for run in runs),
        "runs": runs,
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
