"""A community's month as one would write it by hand for CP-SAT, without civicvol's programs and engines.

    python tests/benchmarks/_plain.py --seed 0 --volunteers 60 --days 31 --time-limit 60 --workers 8

Prints one JSON object: status, seconds, objective, bound and roster. It runs in a process of its own, because OR-Tools
and HiGHS cannot be imported into one. Who may take which place at all, and how much they like it, is asked of
civicvol's rules on single assignments; everything that ties assignments together is written here, for
`datasets.sanhua()` with its rules as they are: shifts of two hours and one of them a day, so that no rule on overlaps,
stretches or a day's minutes can ever bind. The seconds are those of writing the model and solving it.
"""

import argparse
import json
from collections import defaultdict
from itertools import combinations, pairwise
from math import lcm
from time import perf_counter

from ortools.sat.python import cp_model

from civicvol import AssignmentRule, Period, RosterProblem, TimeSpan, datasets

DUTY = 120
WEEK = 480
REST = 600
DAYS_IN_A_ROW = 6
MISSING_MINIMUM = 10_000
MISSING_DESIRED = 1_000


def candidates(problem: RosterProblem) -> dict[tuple[int, int], float]:
    """Return who may take which role line, by their indices, with what it costs to give it to them."""
    single = [rule for rule in problem.rules if isinstance(rule, AssignmentRule)]
    hard, soft = ([rule for rule in single if rule.hard is hard] for hard in (True, False))
    return {
        (person, place): sum(rule.weight * rule.amount(problem, volunteer, *line)[0] for rule in soft)
        for person, volunteer in enumerate(problem.volunteers)
        for place, line in enumerate(problem.lines)
        if not any(rule.amount(problem, volunteer, *line)[0] for rule in hard)
    }


class Month:
    """The model: a yes or no for every candidate, and what the month costs.

    Costs are multiplied by `scale` to be whole numbers.
    """

    def __init__(self, problem: RosterProblem, allowed: dict[tuple[int, int], float]) -> None:
        if any(span.minutes != DUTY for span in [each.span for each in (*problem.shifts, *problem.previous)]):
            raise ValueError("this model is for duties of two hours")
        self.problem = problem
        self.model = cp_model.CpModel()
        self.taken = {pair: self.model.new_bool_var(f"{pair}") for pair in allowed}
        self.scale = lcm(*(len(volunteer.preferences) or 1 for volunteer in problem.volunteers))
        self.costs = [round(price * self.scale) * self.taken[pair] for pair, price in allowed.items() if price]
        self.write_cover()
        for person in range(len(problem.volunteers)):
            self.write_person(person, [place for who, place in allowed if who == person])
        self.model.minimize(sum(self.costs))

    def write_cover(self) -> None:
        """Write how many people each line has."""
        of_line = defaultdict(list)
        for (_, place), taken in self.taken.items():
            of_line[place].append(taken)
        for place, (_, line) in enumerate(self.problem.lines):
            people = sum(of_line[place])
            self.model.add(people <= line.maximum)
            self.write_missing(people, line.minimum, MISSING_MINIMUM)
            if line.desired > line.minimum:
                self.write_missing(people, line.desired, MISSING_DESIRED)

    def write_missing(self, people: cp_model.LinearExprT, wanted: int, price: int) -> None:
        """Write what each of the people costs who are missing."""
        missing = self.model.new_int_var(0, wanted, "missing")
        self.model.add_max_equality(missing, [wanted - people, 0])
        self.costs.append(price * self.scale * missing)

    def write_person(self, person: int, places: list[int]) -> None:
        """Write what one person may do in all, and the rising price of each further duty."""
        volunteer = self.problem.volunteers[person]
        past = self.problem.previous_of.get(volunteer.id, ())
        new = [(self.problem.lines[place][0].span, self.taken[person, place]) for place in places]
        duties = [*new, *((duty.span, 1) for duty in past)]
        self.write_days(duties)
        self.write_limit(duties, Period.WEEK, WEEK // DUTY)
        for limit in volunteer.limits:
            counted = new if limit.per is Period.HORIZON else duties
            for most in (limit.shifts, None if limit.minutes is None else limit.minutes // DUTY):
                if most is not None:
                    self.write_limit(counted, limit.per, most)
        pieces = [self.model.new_bool_var("piece") for _ in range(min(len(new), len(self.problem.horizon.days)))]
        self.model.add(sum(taken for _, taken in new) == sum(pieces))
        for piece, following in pairwise(pieces):
            self.model.add_implication(following, piece)
        self.costs += [(len(past) + number) * self.scale * piece for number, piece in enumerate(pieces)]

    def write_days(self, duties: list[tuple[TimeSpan, cp_model.LiteralT]]) -> None:
        """Write that there is one duty a day, rest between those of two days, and a day off in so many."""
        of_day = defaultdict(list)
        for span, taken in duties:
            of_day[self.problem.day_of(span)].append(taken)
        days = sorted(of_day)
        for day in days:
            self.model.add(sum(of_day[day]) <= 1)
        for first, last in zip(days, days[DAYS_IN_A_ROW:], strict=False):
            if (last - first).days == DAYS_IN_A_ROW:
                run = [taken for day in days if first <= day <= last for taken in of_day[day]]
                self.model.add(sum(run) <= DAYS_IN_A_ROW)
        for (one, first), (other, second) in combinations(duties, 2):
            before, after = sorted((one, other))
            if before.start.date() != after.start.date() and after.start_minute - before.end_minute < REST:
                self.model.add(first + second <= 1)

    def write_limit(self, duties: list[tuple[TimeSpan, cp_model.LiteralT]], per: Period, most: int) -> None:
        """Write how many duties somebody has in each period; what they did before stands."""
        periods = defaultdict(list)
        for span, taken in duties:
            periods[per.key(self.problem.day_of(span))].append(taken)
        for of_period in periods.values():
            before = sum(taken for taken in of_period if isinstance(taken, int))
            self.model.add(sum(of_period) <= max(most, before))

    def solve(self, time_limit: float, seed: int, workers: int) -> dict[str, object]:
        """Return what CP-SAT finds."""
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = time_limit
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = workers
        status = solver.solve(self.model)
        if status == cp_model.MODEL_INVALID:
            raise ValueError("CP-SAT refuses the model or its settings")
        name = solver.status_name(status).lower()
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return {"status": name, "objective": None, "bound": None, "roster": None}
        lines = self.problem.lines
        roster = [
            (self.problem.volunteers[person].id, lines[place][0].id, lines[place][1].role)
            for (person, place), taken in self.taken.items()
            if solver.boolean_value(taken)
        ]
        return {
            "status": name,
            # CP-SAT's own objective value may be above that of the solution it returns when time is up.
            "objective": solver.value(sum(self.costs)) / self.scale,
            "bound": solver.best_objective_bound / self.scale,
            "roster": roster,
        }


def main() -> None:
    """Solve the month that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("seed", 0), ("volunteers", 60), ("days", 31), ("workers", 8)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--time-limit", type=float, default=60.0)
    options = parser.parse_args()
    problem = datasets.sanhua(seed=options.seed, days=options.days, volunteers=options.volunteers)
    allowed = candidates(problem)
    begin = perf_counter()
    found = Month(problem, allowed).solve(options.time_limit, options.seed, options.workers)
    print(json.dumps({**found, "seconds": perf_counter() - begin}))


if __name__ == "__main__":
    main()
