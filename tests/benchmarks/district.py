"""How long a district's month takes, beside bare HiGHS, other solvers, smaller districts and fewer workers.

    python tests/benchmarks/district.py [--areas 41] [--volunteers 26700] [--days 30] [--mobile 0.0] [--seed 0]
        [--executor processes|serial|threads|dask] [--workers N] [--fairness shifts|minutes] [--time-limit 120] [--json]
        [--bare] [--peer cpsat] [--peer timefold] [--scaling] [--speedup]

A district is generated and solved, and its figures printed as a table, or with `--json` as one JSON object:

- `build_seconds`: to draw the district and make its objects.
- `total_seconds`: on the clock, from the objects to the checked roster. To start processes is part of it; a cluster of
  Dask is there before.
- `compile_seconds`, `solve_seconds`: of all areas together, each as its worker counts them, so they may come to more
  than the total; `check_seconds`: to join the areas' rosters and check the whole, in this process.
- `peak_memory_mb`: of this process and all that it started, together, from drawing the district to the checked roster,
  in units of 1,048,576 bytes; what processes share counts once. None where the system does not tell.
- `candidates`, `shifts`, `places`, `filled`; `status`, `objective`, `bound`, `gap`; `stopped` by what, if by anything.
- `hard_violations`: by another check, when the clock has stopped.

`--executor processes` is what the library chooses by itself, unless `--workers` says how many; `serial` is this process
alone, `dask` a cluster on this machine. With `--fairness minutes` there is `FairShare` in place of `FairShifts`.

These are done after that, if asked for, and their figures added:

- `--bare`: every area by itself, in this process. `civicvol_seconds` is all that `solve` takes, with finding the
  candidates, writing the arrays and checking the roster. `bare_mip_seconds` is what HiGHS alone takes, with its default
  settings, for the very arrays that civicvol's engine is given, so without writing them, but with the tightening
  already done; HiGHS is done at a gap of 0.01 %, civicvol at none. `bare_lp_seconds` is the same with nothing asked to
  be whole. All three are sums, and `ratio_to_bare` is the first over the second. Whatever takes longer than
  `--bare-time-limit` for an area is cut short, and `…_unproven` are as many areas; for HiGHS that raises the ratio.
- `--peer`: one area of `--peer-volunteers` by civicvol, and by a plain model for another solver (`_area.py`) in
  `--peer-seconds`. `seconds_to_reach` is when CP-SAT had a roster as good as civicvol's, None where that never was, and
  `ratio` is this, or else all the time it had, over civicvol's seconds. Beside Timefold stands what civicvol has
  in a tenth of its time.
- `--scaling`: districts of `--scaling-areas`, each area with `--scaling-volunteers` in the mean, in this process alone,
  where no worker has to start or to wait. As areas are unlike, more districts are drawn of the smaller sizes, and
  figures are means, so that all are of as many areas. `exponent` says how the total grows with the volunteers.
- `--speedup`: the district with one worker process and with two, and the ratio of the totals.

The exit code is 1 where no roster is found or it breaks a hard rule, and where two sides say what cannot both be true;
2 where something cannot be used.
"""

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter

from _area import UnknownError
from _beside import PEERS, beside_bare, beside_peers, growth, speedup
from _district import EXECUTORS, Figures, built, executor_of, known, timed
from _memory import PeakMemory
from compare import DisagreementError
from loky import cpu_count

from civicvol import CivicvolError, Progress, Table, check

CHOSEN = ("areas", "volunteers", "days", "mobile", "seed", "executor", "workers", "fairness", "time_limit")
BAR = "{l_bar}{bar}| {n_fmt} of {total_fmt} areas{postfix}"


def whole_district(options: argparse.Namespace) -> Figures:
    """Return the figures of the district."""
    with (
        PeakMemory() as memory,
        executor_of(options.executor, options.workers) as executor,
        bar(shown=not options.json and sys.stderr.isatty()) as tell,
    ):
        begin = perf_counter()
        problem = built(options, areas=options.areas, volunteers=options.volunteers)
        build_seconds = perf_counter() - begin
        result, total_seconds = timed(options, problem, executor, on_progress=tell)
    return {
        "build_seconds": build_seconds,
        **{f"{name}_seconds": result.statistics[f"{name} seconds"] for name in ("compile", "solve", "check")},
        "total_seconds": total_seconds,
        "peak_memory_mb": memory.mebibytes,
        "candidates": result.statistics["candidates"],
        "shifts": len(problem.shifts),
        "places": sum(line.desired for _, line in problem.lines),
        "filled": 0 if result.roster is None else len(result.roster),
        **known(result),
        "gap": result.gap,
        "stopped": result.stopped,
        "hard_violations": None if result.roster is None else len(check(problem, result.roster).hard),
    }


@contextmanager
def bar(*, shown: bool) -> Iterator[Callable[[Progress], object] | None]:
    """Give what draws the progress of a search in the terminal, None where it is not to be shown."""
    if not shown:
        yield None
        return
    from tqdm import tqdm

    with tqdm(bar_format=BAR) as line:

        def tell(progress: Progress) -> None:
            line.total, line.n = progress.parts, progress.done
            cost, bound = progress.objective or 0.0, progress.bound or 0.0
            line.set_postfix_str(f"cost {cost:,.0f}, bound {bound:,.0f}, {progress.time_left:.0f} s left")

        yield tell


def tables(figures: Figures) -> Iterator[Table]:
    """Yield the figures as tables: one of all that are single, and one of each list."""
    lists = {name: rows for name, rows in figures.items() if isinstance(rows, list)}
    shown = figures | {"gap": None if figures["gap"] is None else f"{figures['gap']:.4%}"}
    single = [(name, figure) for name, figure in shown.items() if name not in lists]
    yield Table(title="District", columns=("figure", "value"), rows=single)
    for name, rows in lists.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        yield Table(title=name, columns=columns, rows=[tuple(map(row.get, columns)) for row in rows])


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--areas", type=int, default=41)
    parser.add_argument("--volunteers", type=int, default=26_700)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--mobile", type=float, default=0.0, help="share of those who serve a second area")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--time-limit", type=float, default=120.0, help="seconds for the search")
    parser.add_argument("--executor", choices=EXECUTORS, default="processes")
    parser.add_argument("--workers", type=natural, help="of the executor; as many as there are cores unless given")
    parser.add_argument("--fairness", choices=("shifts", "minutes"), default="shifts")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--bare", action="store_true", help="also solve each area's arrays with bare HiGHS")
    parser.add_argument("--bare-time-limit", type=float, default=120.0, help="seconds for each area")
    parser.add_argument("--peer", choices=PEERS, action="append", default=[], help="also solve one area with another")
    parser.add_argument("--peer-volunteers", type=natural, default=650)
    parser.add_argument("--peer-seconds", type=float, default=60.0)
    parser.add_argument("--scaling", action="store_true", help="also solve districts of growing size")
    parser.add_argument("--scaling-areas", type=natural, nargs="+", default=[4, 8, 16, 32])
    parser.add_argument("--scaling-volunteers", type=natural, default=650, help="in each area")
    parser.add_argument("--speedup", action="store_true", help="also solve it with one worker process and with two")
    options = parser.parse_args(arguments)
    if options.workers and options.executor == "serial":
        parser.error("--workers is for the other executors")
    if options.peer and options.fairness == "minutes":
        parser.error("the plain models of --peer share out shifts")
    if len(set(options.scaling_areas)) == 1:
        parser.error("--scaling-areas must be two sizes at least")
    return options


def natural(text: str) -> int:
    """Return a whole number from 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code."""
    options = parsed(arguments)
    figures: Figures = {"python": platform.python_version(), "cores": cpu_count(), "machine": platform.platform()}
    figures |= {name: getattr(options, name) for name in CHOSEN}
    more = {beside_bare: options.bare, beside_peers: options.peer, growth: options.scaling, speedup: options.speedup}
    try:
        figures |= whole_district(options)
        for added, wanted in more.items():
            figures |= added(options) if wanted else {}
    except (CivicvolError, UnknownError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    except DisagreementError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        print(*tables(figures), sep="\n\n")
    return 0 if figures["hard_violations"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
