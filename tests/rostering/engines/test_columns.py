from datetime import date, time

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import (
    CoverRequirement,
    Horizon,
    Period,
    Position,
    Request,
    RosterProblem,
    Shift,
    TimeSpan,
    Volunteer,
    rules,
    solve,
)
from civicvol.rostering.compile import compile_problem
from civicvol.rostering.engines import Status, columns
from civicvol.rostering.engines.columns import ColumnGeneration
from civicvol.rostering.engines.highs import Highs
from civicvol.rostering.parts import split
from civicvol.testing import roster_problems
from tests.rostering.engines.cases import exact_least
from tests.rostering.programs import program

ENGINE = ColumnGeneration()
PATTERNS = (
    rules.MostShifts(shifts=1, per=Period.DAY),
    rules.MostConsecutiveDays(days=3),
    rules.LeastConsecutiveDays(days=2),
    rules.LeastConsecutiveDaysOff(days=2),
    rules.MostWeekends(weekends=1),
    rules.ForbiddenSuccession(first=["late"], then=["early"]),
    rules.LeastMinutes(minutes=4 * 480, per=Period.HORIZON),
    rules.MostMinutes(minutes=6 * 480, per=Period.HORIZON),
)


def ward(people=5, days=12, seed=0):
    """Return twelve days of early and late shifts, full of patterns."""
    choose = np.random.default_rng(seed)
    first = date(2026, 3, 2)
    horizon = Horizon(first_day=first, last_day=date.fromordinal(first.toordinal() + days - 1), zone="UTC")
    shifts = []
    for day in horizon.days:
        for position, start, end in (("early", "06:00", "14:00"), ("late", "14:00", "22:00")):
            wanted = int(choose.integers(0, 3))
            span = TimeSpan.on(day, time.fromisoformat(start), time.fromisoformat(end), "UTC")
            line = CoverRequirement(minimum=0, desired=wanted, maximum=wanted)
            shifts.append(Shift(id=f"{position}{day}", position=position, span=span, cover=[line]))
    volunteers = [Volunteer(id=f"v{number}") for number in range(people)]
    requests = [
        Request(volunteer=each.id, day=day, kind="day off", importance=float(choose.integers(1, 4)))
        for each in volunteers
        for day in horizon.days
        if choose.random() < 0.15
    ]
    return RosterProblem(
        horizon=horizon,
        volunteers=volunteers,
        shifts=shifts,
        positions=[Position(id="early"), Position(id="late")],
        requests=requests,
        rules=[
            *PATTERNS,
            rules.DesiredCover(weight=100.0),
            rules.MaximumCover(weight=1.0),
            rules.DayOffRequests(weight=1.0),
        ],
    )


def part(problem):
    (only,) = split(compile_problem(problem).program).parts
    return only.program


def stop(*_arguments):
    raise KeyboardInterrupt


class TestColumnGeneration:
    @pytest.mark.parametrize("seed", range(3))
    def test_proves_a_ward(self, seed):
        problem = ward(seed=seed)
        result = solve(problem, engine="columns", time_limit=60)
        assert result.status == "optimal"
        assert result.objective == pytest.approx(solve(problem, engine="highs", time_limit=60).objective)

    @given(roster_problems(rules=(*PATTERNS[2:5], *rules.default_rules()), pinned=False))
    def test_finds_what_highs_finds(self, problem):
        ours, theirs = solve(problem, engine="columns"), solve(problem, engine="highs")
        assert ours.status == theirs.status
        assert ours.objective == pytest.approx(theirs.objective)

    def test_says_that_cover_and_runs_cannot_both_be_had(self):
        problem = ward(people=1)
        hard = [rules.DesiredCover(weight=None) if rule.name == "DesiredCover" else rule for rule in problem.rules]
        result = solve(attrs.evolve(problem, rules=hard), engine="columns")
        assert result.status == "infeasible"
        assert result.conflict

    def test_tells_how_far_it_is(self):
        reports = []
        solution = ENGINE.solve(part(ward()), time_limit=60, seed=0, on_progress=reports.append)
        bounds = [report.bound for report in reports if report.bound is not None]
        assert bounds == sorted(bounds)
        assert max(bounds) <= solution.objective + 1e-6

    def test_is_no_worse_than_where_it_starts(self):
        given = part(ward(people=6))
        best = ENGINE.solve(given, time_limit=60, seed=0)
        started = ENGINE.solve(given, time_limit=60, seed=0, start=best.values)
        assert started.objective == pytest.approx(best.objective)

    def test_leaves_aside_a_start_that_cannot_be(self):
        given = part(ward())
        impossible = np.where(given.integer, 1.0, np.nan)
        assert ENGINE.solve(given, time_limit=60, seed=0, start=impossible).status is Status.OPTIMAL

    def test_gives_the_same_for_the_same_seed(self):
        given = part(ward(people=6))
        one, other = (ENGINE.solve(given, time_limit=60, seed=3).values for _ in range(2))
        assert np.array_equal(one, other)

    def test_has_nothing_when_there_is_no_time(self):
        solution = ENGINE.solve(part(ward()), time_limit=0, seed=0)
        assert solution.status in {Status.UNKNOWN, Status.FEASIBLE}
        assert solution.status is Status.UNKNOWN or solution.bound <= solution.objective

    @pytest.mark.parametrize("where", ["decompose", "_diagrams"])
    def test_stops_before_there_is_anything(self, monkeypatch, where):
        monkeypatch.setattr(columns, where, stop)
        solution = ENGINE.solve(part(ward()), time_limit=60, seed=0)
        assert (solution.status, solution.interrupted) == (Status.UNKNOWN, True)

    def test_stops_when_a_person_does(self, monkeypatch):
        monkeypatch.setattr(columns._Search, "_dive", stop)
        solution = ENGINE.solve(part(ward()), time_limit=60, seed=0)
        assert solution.interrupted
        assert solution.bound is not None

    def test_improves_by_groups(self, monkeypatch):
        mixed = []
        mix = columns._Search._mix

        def not_at_first(search, lines, seconds):
            mixed.append(len(lines))
            return len(mixed) > 1 and mix(search, lines, seconds)

        monkeypatch.setattr(columns, "_SMALL", -1)
        monkeypatch.setattr(columns, "_FEWEST", 2)
        monkeypatch.setattr(columns._Search, "_dive", lambda search: None)
        monkeypatch.setattr(columns._Search, "_mix", not_at_first)
        given = part(ward(seed=1))
        anything = Highs().solve(attrs.evolve(given, cost=0 * given.cost), time_limit=60, seed=0).values
        solution = ENGINE.solve(given, time_limit=60, seed=0, start=anything)
        assert len(mixed) > 1
        assert solution.status is Status.OPTIMAL
        assert solution.objective == pytest.approx(Highs().solve(given, time_limit=60, seed=0).objective)

    @pytest.mark.parametrize("given", [program([[1, 1]], [1], cost=[-2, -3]), program([], [], cost=[])])
    def test_leaves_to_highs_what_has_no_owners(self, given):
        assert (
            ENGINE.solve(given, time_limit=20, seed=0).objective
            == Highs().solve(given, time_limit=20, seed=0).objective
        )

    def test_leaves_to_highs_what_is_too_large(self, monkeypatch):
        monkeypatch.setattr("civicvol.rostering.engines._diagram._MOST_ARCS", 10)
        assert ENGINE.solve(part(ward()), time_limit=60, seed=0).status is Status.OPTIMAL


@st.composite
def owned_programs(draw):
    """Draw programs of several owners, coupled by rows with and without relief."""
    owners, each = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    count = owners * each
    rows, limits = [], []
    for owner in range(owners):
        for _ in range(draw(st.integers(0, 2))):
            row = [0.0] * count
            row[owner * each : (owner + 1) * each] = draw(
                st.lists(st.sampled_from([0.0, 1.0, 1.0, 2.0, -1.0]), min_size=each, max_size=each)
            )
            rows.append(row)
            limits.append(draw(st.integers(0, 2)))
    coupling = draw(st.integers(0, 3))
    for _ in range(coupling):
        rows.append(draw(st.lists(st.sampled_from([0.0, 1.0, -1.0, 2.0]), min_size=count, max_size=count)))
        limits.append(draw(st.integers(-2, 2)))
    relief = [
        [-1.0 if number == len(rows) - coupling + place else 0.0 for place in range(coupling)]
        for number in range(len(rows))
    ]
    relieved = draw(st.booleans())
    width = coupling if relieved else 0
    table = [[*row, *more[:width]] for row, more in zip(rows, relief, strict=True)]
    cost = [draw(st.integers(-4, 4)) for _ in range(count)] + [draw(st.sampled_from([1.0, 2.5])) for _ in range(width)]
    whole = np.arange(count + width) < count
    made = program(table, limits, cost=cost, integer=whole, upper=[1.0] * count + [np.inf] * width)
    return attrs.evolve(
        made,
        owner=np.where(whole, np.arange(count + width) // each, -1),
        time=np.where(whole, np.arange(count + width) % each, 0),
    )


@given(owned_programs())
def test_is_right_about_any_program(given):
    solution, least = ENGINE.solve(given, time_limit=20, seed=0), exact_least(given)
    if least is None:
        assert solution.values is None
        assert solution.status is Status.INFEASIBLE
    else:
        assert solution.status is Status.OPTIMAL
        assert solution.objective == pytest.approx(least)
        assert solution.bound <= least + 1e-6
        assert given.objective(solution.values) == pytest.approx(least)
