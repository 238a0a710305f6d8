"""The command line that adapters of outside benchmarks share: read files, solve each, print figures, write rosters.

    python tests/benchmarks/ADAPTER.py FILE... [--engine auto] [--time-limit 60] [--seed 0] [--json] [--out DIR]

Figures of a file: `instance` (its name without folder and ending), `engine`, `status`, `objective`, `bound`, `seconds`
of solving, and `hard_violations` as the benchmark itself counts them. With `--json` they are printed as one JSON array
when all files are done, else as a line of a table each. In DIR every instance with a roster gets `INSTANCE.csv`: a row
per staff member and a column per day, in the file's order and without headings; a cell is a shift id or empty.

The exit code is 2 where the command line or a file cannot be used, 1 where the objective reported is not what the
benchmark's own reckoning makes of the roster, else 0.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import attrs

from civicvol import CivicvolError, Roster, RosterProblem, solve

Grid = tuple[tuple[str, ...], ...]
"""A row per staff member, a column per day; a shift id of the benchmark, or nothing for a free day."""

FIGURES = ("instance", "engine", "status", "objective", "bound", "seconds", "hard_violations")
LINE = "{:<20} {:<8} {:<12} {:>12} {:>12} {:>8} {:>15}"


@attrs.frozen(kw_only=True)
class Case:
    """An instance as a roster problem, and the way back.

    Args:
        problem: the instance, told in civicvol's words; its objective is meant to be the benchmark's cost.
        staff: ids of volunteers, one for each row of the roster.
        days: how many columns the roster has.
        cells: for each shift of the problem, its column and its id in the benchmark.
        price: what a roster costs and how many hard constraints it breaks, as the benchmark itself reckons.
    """

    problem: RosterProblem
    staff: Sequence[str]
    days: int
    cells: Mapping[str, tuple[int, str]]
    price: Callable[[Grid], tuple[float, int]]

    def grid(self, roster: Roster) -> Grid:
        """Return a roster as rows of shift ids."""
        rows = {name: [""] * self.days for name in self.staff}
        for assignment in roster:
            day, shift = self.cells[assignment.shift]
            rows[assignment.volunteer][day] = shift
        return tuple(tuple(row) for row in rows.values())


def run(
    description: str,
    read: Callable[[Path], Any],
    build: Callable[[Any], Case],
    arguments: Sequence[str] | None = None,
) -> int:
    """Do what the command line says and return the exit code.

    Args:
        description: what the adapter is for, in a sentence.
        read: reads a file, and raises ValueError with a sentence where it cannot be used; all files are read first.
        build: makes a case of what was read, and raises the same where civicvol cannot be told it.
        arguments: the command line after the program's name; what the program was called with where None.
    """
    options = _parsed(description, arguments)
    found, wrong = [], []
    try:
        instances = [(path, _named(path, read, path)) for path in options.files]
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
        if not options.json:
            print(LINE.format(*FIGURES))
        for path, instance in instances:
            figures, cost = _solved(path.stem, _named(path, build, instance), options)
            found.append(figures)
            if cost is not None and abs(cost - figures["objective"]) > 1e-6:
                wrong.append(f"{path}: the objective is {figures['objective']:g}, but the roster costs {cost:g}")
    except (CivicvolError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(found, indent=2))
    print(*wrong, sep="\n", end="\n" * bool(wrong), file=sys.stderr)
    return 1 if wrong else 0


def _parsed(description: str, arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="an instance of the benchmark")
    parser.add_argument("--engine", default="auto", help='"auto" or the name of an engine')
    parser.add_argument("--time-limit", type=float, default=60.0, help="seconds for each file")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print one JSON array at the end")
    parser.add_argument("--out", metavar="DIR", type=Path, help="where to write a CSV file per instance")
    options = parser.parse_args(arguments)
    names = [path.stem for path in options.files]
    if len(set(names)) < len(names):
        parser.error("two files have the same name, and their rosters would too")
    return options


def _named(path: Path, make: Callable[[Any], Any], of: Any) -> Any:
    """Return what is made of something, or say with which file that went wrong."""
    try:
        return make(of)
    except (ValueError, OSError) as error:
        raise ValueError(f"{path}: {error.strerror if isinstance(error, OSError) else error}") from error


def _solved(name: str, case: Case, options: argparse.Namespace) -> tuple[dict[str, Any], float | None]:
    """Solve one case, print its figures, write its roster, and return the figures and the cost by the benchmark."""
    begin = perf_counter()
    result = solve(case.problem, engine=options.engine, time_limit=options.time_limit, seed=options.seed)
    seconds = perf_counter() - begin
    cost, hard = None, len(result.conflict) or None
    if result.roster is not None:
        grid = case.grid(result.roster)
        cost, hard = case.price(grid)
        if options.out:
            with (options.out / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(grid)
    engine = result.statistics["engine"]
    found = (name, engine, result.status.value, result.objective, result.bound, round(seconds, 3), hard)
    if not options.json:
        print(LINE.format(*map(_shown, found)), flush=True)
    return dict(zip(FIGURES, found, strict=True)), cost


def _shown(figure: Any) -> str:
    return "-" if figure is None else f"{figure:g}" if isinstance(figure, float) else str(figure)
