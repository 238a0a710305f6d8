"""A plain area (see `_area.py`) as one would write it by hand for CP-SAT.

    python tests/benchmarks/_area_cpsat.py --time-limit 60 --workers 8 --seed 0 [--until OBJECTIVE] < AREA.json

Prints one JSON object: status, seconds, objective, bound, roster as pairs of indices of a person and a line, and trace:
[seconds, objective, bound] of each better roster. It runs in a process of its own, because OR-Tools and HiGHS cannot be
imported into one. The seconds are those of writing the model and solving it.
"""

import argparse
import json
import sys
from collections import defaultdict
from itertools import pairwise
from time import perf_counter
from typing import Any

from ortools.sat.python import cp_model


class Area:
    """The model: a yes or no for every candidate, and what the roster costs."""

    def __init__(self, area: dict[str, Any]) -> None:
        self.area = area
        self.lines = area["lines"]
        self.model = cp_model.CpModel()
        self.taken = {(person, line): self.model.new_bool_var("") for person, line, _ in area["candidates"]}
        self.costs = [price * self.taken[person, line] for person, line, price in area["candidates"] if price]
        of_line, of_person = defaultdict(list), defaultdict(list)
        for (person, line), taken in self.taken.items():
            of_line[line].append(taken)
            of_person[person].append((self.lines[line], taken))
        for number, line in enumerate(self.lines):
            self.write_cover(line, of_line[number])
        for person, duties in of_person.items():
            self.write_days(duties)
            self.write_limits(area["people"][person], duties)
            self.write_fair_price(duties)
        self.cost = cp_model.LinearExpr.sum(self.costs)
        self.model.minimize(self.cost)

    def write_cover(self, line: dict[str, int], people: list[cp_model.IntVar]) -> None:
        """Write how many people a line has, and what each costs who is missing."""
        self.model.add(sum(people) <= line["maximum"])
        for wanted, price in (("minimum", line["minimum_price"]), ("desired", line["desired_price"])):
            if price:
                missing = self.model.new_int_var(0, line[wanted], "")
                self.model.add(sum(people) + missing >= line[wanted])
                self.costs.append(price * missing)

    def write_days(self, duties: list[tuple[dict[str, int], cp_model.IntVar]]) -> None:
        """Write that one person has one duty a day, rest between those of two days, and a day off in so many."""
        of_day = defaultdict(list)
        for line, taken in duties:
            of_day[line["day"]].append((line, taken))
        for today, tonight in of_day.items():
            self.model.add_at_most_one(taken for _, taken in tonight)
            tomorrow = of_day.get(today + 1, ())
            known = 0
            # Of those of today that end no sooner, and those of tomorrow that begin too soon after, there is but one.
            for end in sorted({line["end"] for line, _ in tonight}):
                early = [taken for line, taken in tomorrow if line["start"] < end + self.area["rest"]]
                if len(early) > known:
                    known = len(early)
                    self.model.add_at_most_one([*early, *(taken for line, taken in tonight if line["end"] >= end)])
        most = self.area["days_in_a_row"]
        for first in of_day:
            days = range(first, first + most + 1)
            if all(day in of_day for day in days):
                self.model.add(sum(taken for day in days for _, taken in of_day[day]) <= most)

    def write_limits(self, limits: list[Any], duties: list[tuple[dict[str, int], cp_model.IntVar]]) -> None:
        """Write how much one person does in each period."""
        for per, unit, most in limits:
            periods = defaultdict(list)
            for line, taken in duties:
                periods[line[per]].append(taken if unit == "shifts" else line["minutes"] * taken)
            for of_period in periods.values():
                self.model.add(sum(of_period) <= most)

    def write_fair_price(self, duties: list[tuple[dict[str, int], cp_model.IntVar]]) -> None:
        """Write that each further duty of one person is dearer than the one before."""
        pieces = [self.model.new_bool_var("") for _ in {line["day"] for line, _ in duties}]
        self.model.add(sum(taken for _, taken in duties) == sum(pieces))
        for piece, following in pairwise(pieces):
            self.model.add_implication(following, piece)
        steps = self.area["steps"]
        self.costs += [self.area["fair_price"] * min(number, steps) * piece for number, piece in enumerate(pieces)]


class Watch(cp_model.CpSolverSolutionCallback):
    """Notes every better roster, and ends the search when one is good enough.

    Args:
        begin: when the writing of the model began.
        scale: what prices are multiplied by.
        until: what is good enough; None where nothing is.
    """

    def __init__(self, begin: float, scale: int, until: float | None) -> None:
        super().__init__()
        self.begin = begin
        self.scale = scale
        self.until = until
        self.trace: list[tuple[float, float, float]] = []

    def on_solution_callback(self) -> None:
        """Note a roster."""
        objective, bound = self.objective_value / self.scale, self.best_objective_bound / self.scale
        self.trace.append((perf_counter() - self.begin, objective, bound))
        if self.until is not None and objective <= self.until + 0.5 / self.scale:
            self.stop_search()


def solved(area: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """Return what CP-SAT finds."""
    begin = perf_counter()
    month = Area(area)
    watch = Watch(begin, area["scale"], options.until)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = options.time_limit
    solver.parameters.random_seed = options.seed
    solver.parameters.num_workers = options.workers
    status = solver.solve(month.model, watch)
    if status == cp_model.MODEL_INVALID:
        raise ValueError("CP-SAT refuses the model or its settings")
    found = {"status": solver.status_name(status).lower(), "seconds": perf_counter() - begin, "trace": watch.trace}
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {**found, "objective": None, "bound": None, "roster": None}
    return {
        **found,
        # CP-SAT's own objective value may be above that of the solution it returns when time is up.
        "objective": solver.value(month.cost) / area["scale"],
        "bound": solver.best_objective_bound / area["scale"],
        "roster": [pair for pair, taken in month.taken.items() if solver.boolean_value(taken)],
    }


def main() -> None:
    """Solve the area that standard input tells."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--until", type=float, help="what a roster may cost that ends the search")
    options = parser.parse_args()
    print(json.dumps(solved(json.load(sys.stdin), options)))


if __name__ == "__main__":
    main()
