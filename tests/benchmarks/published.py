"""How long it takes to find a stand-in for a published roster, and to mend it after a no-show.

    python tests/benchmarks/published.py [--places 20] [--no-shows 5] [--days 30] [--volunteers 1300] [--seed 0]

Prints one JSON object, with the same figures for the neighbourhood of `datasets.sanhua()` and for the month of one
community, the larger of the two areas of `datasets.district(areas=2)` with so many volunteers:

- `instead_seconds`: of `stand_ins` where somebody on a shift drops out; `anybody_seconds`: where nobody does, and
  everybody is looked at in the role that fits best. Each is a median over shifts that are spread over the month, and
  `slowest_stand_ins_seconds` the slowest of all.
- `candidates`, `others`: how many people could stand in, and could not, in the median.
- `replan_seconds`: of `replan` as a shift begins and one of its people has not come, a median over duties that are
  spread over the roster, with `slowest_replan_seconds`; `solve_seconds`: of a fresh `solve` of the same problems.
  `ratio_to_solve` is the median of the first over the second, problem by problem.
- `proven`: of how many no-shows the fewest changes are proven; `changed`: how many assignments come or go in the mean,
  the one that is lost among them; `hard_violations`: of all mended rosters together.

The exit code is 1 where a mended roster breaks a hard rule, or there is none.
"""

import argparse
import json
import platform
import sys
from collections.abc import Callable, Sequence
from statistics import mean, median
from time import perf_counter
from typing import Any, TypeVar

from district import natural

from civicvol import Roster, RosterProblem, areas, datasets, solve
from civicvol.rostering.disruption import Absence
from civicvol.rostering.replan import replan
from civicvol.rostering.stand_ins import stand_ins

T = TypeVar("T")
Figures = dict[str, Any]


def timed(function: Callable[..., T], *given: Any, **named: Any) -> tuple[T, float]:
    """Return what a function gives, and how many seconds it takes."""
    begin = perf_counter()
    found = function(*given, **named)
    return found, perf_counter() - begin


def spread(members: Sequence[T], count: int) -> list[T]:
    """Return so many members, or all of fewer, at even distances."""
    step = max(len(members) / count, 1)
    return [members[int(place * step)] for place in range(min(count, len(members)))]


def of_stand_ins(problem: RosterProblem, roster: Roster, places: int) -> Figures:
    """Return the figures of looking for stand-ins on some shifts."""
    instead, anybody, answers = [], [], []
    for shift in spread([each.id for each in problem.shifts if roster.of_shift(each.id)], places):
        whom = roster.of_shift(shift)[0].volunteer
        answer, seconds = timed(stand_ins, problem, roster, shift, instead_of=whom)
        answers.append(answer)
        instead.append(seconds)
        anybody.append(timed(stand_ins, problem, roster, shift)[1])
    return {
        "instead_seconds": median(instead),
        "anybody_seconds": median(anybody),
        "slowest_stand_ins_seconds": max(*instead, *anybody),
        "candidates": median(len(answer.candidates) for answer in answers),
        "others": median(len(answer.others) for answer in answers),
    }


def of_no_shows(problem: RosterProblem, roster: Roster, no_shows: int) -> Figures:
    """Return the figures of mending a roster after one no-show, for some of them, each by itself."""
    mended, solved, plans = [], [], []
    for duty in spread(roster.assignments, no_shows):
        span = problem.shift(duty.shift).span
        missing = Absence(volunteer=duty.volunteer, span=span)
        plan, seconds = timed(replan, problem, roster, [missing], now=span.start)
        plans.append(plan)
        mended.append(seconds)
        solved.append(timed(solve, plan.problem)[1])
    return {
        "replan_seconds": median(mended),
        "slowest_replan_seconds": max(mended),
        "solve_seconds": median(solved),
        "ratio_to_solve": median(one / other for one, other in zip(mended, solved, strict=True)),
        "no_shows": len(plans),
        "proven": sum(plan.proven for plan in plans),
        "changed": mean(len(plan.added) + len(plan.removed) for plan in plans),
        "hard_violations": sum(1 if plan.report is None else len(plan.report.hard) for plan in plans),
    }


def measured(problem: RosterProblem, options: argparse.Namespace) -> Figures:
    """Return the figures of one problem."""
    roster = solve(problem).roster
    return {
        "volunteers": len(problem.volunteers),
        "shifts": len(problem.shifts),
        "places": sum(line.desired for _, line in problem.lines),
        "filled": len(roster),
        **of_stand_ins(problem, roster, options.places),
        **of_no_shows(problem, roster, options.no_shows),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--places", type=natural, default=20, help="shifts to look for stand-ins on")
    parser.add_argument("--no-shows", type=natural, default=5)
    parser.add_argument("--days", type=natural, default=30)
    parser.add_argument("--volunteers", type=natural, default=1300, help="of the two communities")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    drawn = {"days": options.days, "seed": options.seed}
    district = datasets.district(areas=2, volunteers=options.volunteers, **drawn)
    solve(datasets.sanhua(days=1))  # the first solve imports the solver
    problems = {
        "neighbourhood": datasets.sanhua(**drawn),
        "community": max(areas(district), key=lambda area: len(area.volunteers)),
    }
    figures: Figures = {"python": platform.python_version(), **drawn}
    figures |= {name: measured(problem, options) for name, problem in problems.items()}
    print(json.dumps(figures, indent=2))
    return 0 if all(figures[name]["hard_violations"] == 0 for name in problems) else 1


if __name__ == "__main__":
    sys.exit(main())
