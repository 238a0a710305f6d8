"""A plain area (see `_area.py`) as one would write it by hand for Timefold, with its Python package on PyPI.

    python tests/benchmarks/_area_timefold.py --time-limit 60 --seed 0 < AREA.json

Prints one JSON object: status, seconds, objective, bound (none: a local search proves nothing), roster as pairs of
indices of a person and a line, and trace: [seconds of search, objective, bound] of each better roster. The seconds are
those of writing the area and solving it, with what the package spends on carrying it to the JVM and back; starting the
JVM and translating the constraints counts for nothing, and the time limit is for the search alone. The exit code is 2,
with a sentence, where the package or what it needs is not installed.

Every wanted place is a planning entity with its own candidates, and may stay open. Given as much time on an area of 650
volunteers, simulated annealing came closest to the optimum, then tabu search; late acceptance, the default, was far
off. Annealing was best from a low temperature there, a third of what one further duty costs.
"""

import argparse
import json
import sys
from dataclasses import dataclass, field
from time import perf_counter
from typing import Annotated, Any

MISSING = 2
NEWEST = (3, 12)


def leave(sentence: str) -> None:
    """End the process because of what is installed or not."""
    print(sentence, file=sys.stderr)
    sys.exit(MISSING)


try:
    import jpype
    from timefold.solver import SolverFactory, init
    from timefold.solver.config import (
        Duration,
        EnvironmentMode,
        ScoreDirectorFactoryConfig,
        SolverConfig,
        TerminationConfig,
    )
    from timefold.solver.domain import (
        PlanningEntityCollectionProperty,
        PlanningId,
        PlanningScore,
        PlanningVariable,
        ProblemFactCollectionProperty,
        ValueRangeProvider,
        planning_entity,
        planning_solution,
    )
    from timefold.solver.score import (
        ConstraintCollectors,
        ConstraintFactory,
        HardSoftScore,
        Joiners,
        constraint_provider,
    )
except ModuleNotFoundError:
    leave("Timefold's Python package is not installed: pip install timefold")
try:
    init(jpype.getDefaultJVMPath(), "-XX:+UseParallelGC")
except Exception:  # noqa: BLE001 (JPype and the package have errors of their own for each way to fail)
    leave("Timefold needs a Java virtual machine, version 17 or later, which is not installed")
if sys.version_info[:2] > NEWEST:
    # With a newer one it calls back into Python for every look at a constraint, which is no measure of it.
    leave("Timefold's Python package translates constraints up to Python 3.12 only, and a later one is installed")

SEARCH = """
<solver xmlns="https://timefold.ai/xsd/solver">
  <constructionHeuristic/>
  <localSearch>
    <unionMoveSelector><changeMoveSelector/><swapMoveSelector/></unionMoveSelector>
    <acceptor>
      <simulatedAnnealingStartingTemperature>0hard/{}soft</simulatedAnnealingStartingTemperature>
    </acceptor>
    <forager><acceptedCountLimit>1</acceptedCountLimit></forager>
  </localSearch>
</solver>
"""
PERIODS = ("day", "week", "month", "horizon")
UNLIMITED = 10**6


@dataclass(eq=False)
class Span:
    """A day, week, month or horizon; `kind` is its place in `PERIODS`."""

    kind: int


@dataclass(eq=False)
class Person:
    """Somebody, the most they do in a period of each kind, and what all share: the rules that look at one person."""

    id: Annotated[int, PlanningId]
    shifts: list[int]
    minutes: list[int]
    days_in_a_row: int
    fair_price: int
    steps: int


@dataclass(eq=False)
class Line:
    """A role line; until `rested` whoever was on it rests, `spare` is how many it wants beyond its minimum."""

    id: Annotated[int, PlanningId]
    start: int
    rested: int
    minutes: int
    number_of_day: int
    day: Span
    week: Span
    month: Span
    horizon: Span
    spare: int
    minimum_price: int
    desired_price: int
    prices: dict[Person, int]


@planning_entity
@dataclass(eq=False)
class Place:
    """Room for one person on a line."""

    id: Annotated[int, PlanningId]
    line: Line
    candidates: Annotated[list[Person], ValueRangeProvider]
    person: Annotated[Person | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass(eq=False)
class Area:
    """The problem, and a solution of it."""

    people: Annotated[list[Person], ProblemFactCollectionProperty]
    places: Annotated[list[Place], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def missing_price(line: Line, missing: int) -> int:
    """Return what the open places of a line cost."""
    return missing * line.desired_price + max(missing - line.spare, 0) * line.minimum_price


def wish_price(place: Place) -> int:
    """Return what the person costs on the place."""
    return place.line.prices[place.person]


def fair_price(person: Person, count: int, _days: list[int]) -> int:
    """Return what so many duties of one person cost."""
    rising = min(count, person.steps)
    return person.fair_price * (rising * (rising - 1) // 2 + rising * (count - rising))


def too_many_in_a_row(person: Person, count: int, days: list[int]) -> bool:
    """Return whether somebody has no day off among too many."""
    if count <= person.days_in_a_row:
        return False
    last = 0
    run = 0
    for day in sorted(days):
        if day != last:
            run = run + 1 if day == last + 1 else 1
            last = day
        if run > person.days_in_a_row:
            return True
    return False


def clash(one: Place, other: Place) -> bool:
    """Return whether one person cannot have both places, of which the first is the earlier one or begins with it."""
    if one is other:
        return False
    before = one.line
    after = other.line
    if after.start < before.start:
        return False
    return after.start < before.rested or after.number_of_day == before.number_of_day


def beyond_limit(person: Person, span: Span, shifts: int, minutes: int) -> bool:
    """Return whether somebody does more in a period than their limits allow."""
    return shifts > person.shifts[span.kind] or minutes > person.minutes[span.kind]


SPAN_OF = (
    lambda place: place.line.day,
    lambda place: place.line.week,
    lambda place: place.line.month,
    lambda place: place.line.horizon,
)
"""What gives a place's period of each kind."""


def constraints_for(limited: set[str]) -> Any:
    """Return what writes the constraints of an area in which people are limited in periods of these kinds."""

    @constraint_provider
    def constraints(factory: ConstraintFactory) -> list[Any]:
        of_person = factory.for_each(Place).group_by(
            lambda place: place.person,
            ConstraintCollectors.count(),
            ConstraintCollectors.to_list(lambda place: place.line.number_of_day),
        )
        found = [
            factory.for_each_including_unassigned(Place)
            .filter(lambda place: place.person is None)
            .group_by(lambda place: place.line, ConstraintCollectors.count())
            .penalize(HardSoftScore.ONE_SOFT, missing_price)
            .as_constraint("cover"),
            factory.for_each(Place)
            .filter(lambda place: place.person in place.line.prices)
            .penalize(HardSoftScore.ONE_SOFT, wish_price)
            .as_constraint("wishes"),
            of_person.penalize(HardSoftScore.ONE_SOFT, fair_price).as_constraint("fair shifts"),
            of_person.filter(too_many_in_a_row).penalize(HardSoftScore.ONE_HARD).as_constraint("days in a row"),
            factory.for_each(Place)
            .join(Place, Joiners.equal(lambda place: place.person))
            .filter(clash)
            .penalize(HardSoftScore.ONE_HARD)
            .as_constraint("one duty a day, and rest"),
        ]
        found += [
            factory.for_each(Place)
            .group_by(
                lambda place: place.person,
                span_of,
                ConstraintCollectors.count(),
                ConstraintCollectors.sum(lambda place: place.line.minutes),
            )
            .filter(beyond_limit)
            .penalize(HardSoftScore.ONE_HARD)
            .as_constraint(per)
            for per, span_of in zip(PERIODS, SPAN_OF, strict=True)
            if per in limited
        ]
        return found

    return constraints


def most(limits: list[Any], unit: str) -> list[int]:
    """Return the most that somebody does in a period of each kind."""
    return [
        min((limit for each, of_unit, limit in limits if (each, of_unit) == (per, unit)), default=UNLIMITED)
        for per in PERIODS
    ]


def written(area: dict[str, Any]) -> Area:
    """Return an area as planning entities and facts; lines that nobody can take have no places."""
    shared = (area["days_in_a_row"], area["fair_price"], area["steps"])
    people = [
        Person(number, most(limits, "shifts"), most(limits, "minutes"), *shared)
        for number, limits in enumerate(area["people"])
    ]
    candidates: dict[int, list[Person]] = {}
    prices: dict[int, dict[Person, int]] = {}
    for person, number, price in area["candidates"]:
        candidates.setdefault(number, []).append(people[person])
        if price:
            prices.setdefault(number, {})[people[person]] = price
    spans: dict[tuple[str, int], Span] = {}
    places: list[Place] = []
    for number, who in sorted(candidates.items()):
        told = area["lines"][number]
        line = Line(
            number,
            told["start"],
            told["end"] + area["rest"],
            told["minutes"],
            told["day"],
            *(spans.setdefault((per, told[per]), Span(kind)) for kind, per in enumerate(PERIODS)),
            told["desired"] - told["minimum"],
            told["minimum_price"],
            told["desired_price"],
            prices.get(number, {}),
        )
        places += [Place(len(places) + each, line, who) for each in range(told["desired"])]
    return Area(people, places)


def solved(area: dict[str, Any], time_limit: float, seed: int) -> dict[str, Any]:
    """Return what Timefold finds."""
    from ai.timefold.solver.core.api.solver.event import SolverEventListener

    scale = area["scale"]
    takeable = {line for _, line, _ in area["candidates"]}
    closed = sum(
        line["minimum"] * line["minimum_price"] + line["desired"] * line["desired_price"]
        for number, line in enumerate(area["lines"])
        if number not in takeable
    )
    trace: list[tuple[float, float, None]] = []

    # The package's own listener carries each better solution to Python, which takes longer than finding it.
    @jpype.JImplements(SolverEventListener)
    class Watch:
        @jpype.JOverride
        def bestSolutionChanged(self, event: Any) -> None:  # noqa: N802 (Java's name)
            score = event.getNewBestScore()
            if score.isFeasible():
                trace.append((event.getTimeMillisSpent() / 1000, (closed - int(score.softScore())) / scale, None))

    limited = {per for limits in area["people"] for per, _, _ in limits}
    config = SolverConfig(
        solution_class=Area,
        entity_class_list=[Place],
        environment_mode=EnvironmentMode.NO_ASSERT,
        random_seed=seed,
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=constraints_for(limited)),
        termination_config=TerminationConfig(spent_limit=Duration(milliseconds=round(time_limit * 1000))),
        xml_source_text=SEARCH.format(max(area["fair_price"] // 3, 1)),
    )
    solver = SolverFactory.create(config).build_solver()
    solver._delegate.addEventListener(Watch())
    begin = perf_counter()
    solution = solver.solve(written(area))
    found = {"seconds": perf_counter() - begin, "trace": trace, "bound": None}
    if not solution.score.is_feasible:
        return {"status": "unknown", **found, "objective": None, "roster": None}
    filled = (place for place in solution.places if place.person is not None)
    roster = [(place.person.id, place.line.id) for place in filled]
    return {"status": "feasible", **found, "objective": (closed - solution.score.soft_score) / scale, "roster": roster}


def main() -> None:
    """Solve the area that standard input tells."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(json.dumps(solved(json.load(sys.stdin), options.time_limit, options.seed)))


if __name__ == "__main__":
    main()
