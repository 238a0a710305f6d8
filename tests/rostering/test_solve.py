import os
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from multiprocessing import get_context

import attrs
import pytest
from distributed import Client, LocalCluster

from civicvol import (
    CoverRequirement,
    EngineError,
    InputError,
    Label,
    Roster,
    Unit,
    UnitTree,
    datasets,
    rules,
    solve,
)
from civicvol.rostering.engines import Solution, Status, highs
from civicvol.rostering.search import Found, search

MODULE = sys.modules[solve.__module__]
SEARCH = sys.modules[search.__module__]


@pytest.fixture
def problem(make):
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00"), make.shift("c", "25 10:00-12:00")]
    return make.problem(*shifts, rules=rules.default_rules())


class TestSolve:
    def test_proves_the_best_roster(self, problem):
        result = solve(problem)
        assert result.status == "optimal"
        assert len(result.roster) == 2
        assert result.objective == result.bound == result.report.penalty == 10_001
        assert result.gap == 0
        assert result.stopped == ""

    def test_rosters_nobody_for_nothing(self, make):
        result = solve(make.problem(rules=rules.default_rules()))
        assert (result.status, len(result.roster), result.objective) == ("optimal", 0, 0)

    def test_leaves_every_place_open_when_there_is_nobody(self, problem):
        result = solve(attrs.evolve(problem, volunteers=()))
        assert (result.status, len(result.roster)) == ("optimal", 0)
        assert result.objective == 30_000

    def test_puts_nobody_on_a_shift_twice(self, make):
        two = [CoverRequirement(role="cook"), CoverRequirement(role="waiter")]
        problem = make.problem(make.shift("a", "24 09:00-11:00", cover=two), rules=[rules.MinimumCover()])
        assert len(solve(problem).roster) == 1

    def test_keeps_what_is_pinned(self, problem, make):
        result = solve(attrs.evolve(problem, pinned=(make.assignment("li:b"),)))
        assert make.assignment("li:b") in result.roster

    def test_names_the_rules_that_pins_break(self, problem, make):
        result = solve(attrs.evolve(problem, pinned=(make.assignment("li:a"), make.assignment("li:b"))))
        assert result.status == "infeasible"
        assert (result.roster, result.objective, result.bound, result.gap, result.report) == (None,) * 5
        assert {violation.rule for violation in result.conflict} == {"NoOverlap", "MostShifts"}
        assert "li cannot do both" in str(result)
        assert "Hard rules in conflict" in result._repr_html_()

    def test_names_hard_cover_that_cannot_be_met(self, problem):
        result = solve(attrs.evolve(problem, rules=(rules.MinimumCover(weight=None), rules.NoOverlap())))
        assert result.status == "infeasible"
        assert [violation.rule for violation in result.conflict] == ["MinimumCover"] or [
            violation.rule for violation in result.conflict
        ] == ["NoOverlap"]

    def test_fills_what_it_can_when_there_is_no_time(self, problem):
        result = solve(problem, time_limit=0)
        assert (result.status, result.stopped) == ("feasible", "time limit")
        assert len(result.roster) == 2
        assert result.bound <= 10_001 <= result.objective
        assert 0 <= result.gap <= 1

    def test_has_no_roster_when_nothing_was_found_that_keeps_hard_cover(self, problem, monkeypatch):
        def give_up(whole, **_arguments):
            return Solution(status=Status.UNKNOWN, values=whole.settled, bound=7.0)

        monkeypatch.setattr(SEARCH, "solve_parts", give_up)
        result = solve(attrs.evolve(problem, rules=(rules.MinimumCover(weight=None), rules.NoOverlap())))
        assert (result.status, result.stopped, result.bound) == ("unknown", "time limit", 7)
        assert (result.roster, result.objective, result.gap) == (None, None, None)

    def test_gives_the_same_in_an_executor(self, problem):
        with ThreadPoolExecutor(2) as executor:
            assert solve(problem, executor=executor).roster == solve(problem).roster

    def test_reports_progress(self, problem):
        reports = []
        solve(problem, on_progress=reports.append)
        assert (reports[-1].done, reports[-1].parts) == (1, 1)

    def test_shows_its_figures(self, problem):
        result = solve(problem)
        assert result.summary().to_records()[0] == {"figure": "status", "value": "optimal"}
        assert "candidates" in str(result)
        assert result._repr_html_().count("<table") == 3

    @pytest.mark.parametrize(
        ("arguments", "field"),
        [
            ({"time_limit": -1}, "time_limit"),
            ({"time_limit": float("nan")}, "time_limit"),
            ({"time_limit": "60"}, "time_limit"),
            ({"seed": -1}, "seed"),
            ({"seed": 1.5}, "seed"),
            ({"engine": "gurobi"}, "engine"),
            ({"engine": None}, "engine"),
            ({"objective": "cheap"}, "objective"),
            ({"start": "roster"}, "start"),
        ],
    )
    def test_refuses_a_wrong_argument(self, problem, arguments, field):
        with pytest.raises(InputError) as caught:
            solve(problem, **arguments)
        assert [fault.field for fault in caught.value.faults] == [field]
        assert caught.value.faults[0].value is next(iter(arguments.values()))

    def test_refuses_what_is_no_problem(self):
        with pytest.raises(InputError, match="must be a RosterProblem"):
            solve("problem")

    @pytest.mark.parametrize(("taken", "objective"), [((1.0, 1.0, 1.0), 0.0), ((1.0, 0.0, 0.0), 17.0)])
    def test_trusts_no_engine(self, problem, monkeypatch, taken, objective):
        def lie(whole, **_arguments):
            values = whole.settled.copy()
            values[:3] = taken
            return Solution(status=Status.OPTIMAL, values=values, objective=objective, bound=objective)

        monkeypatch.setattr(SEARCH, "solve_parts", lie)
        with pytest.raises(EngineError, match="its roster"):
            solve(problem)


class TestEngine:
    @pytest.mark.parametrize(
        ("rule", "engine", "chosen", "reason"),
        [
            (rules.EvenLoad(), "auto", "highs", "network flows"),
            (rules.LeastConsecutiveDays(days=2), "auto", "columns", "runs of days"),
            (rules.LeastConsecutiveDays(days=2, weight=1.0), "auto", "highs", "network flows"),
            (rules.LeastConsecutiveDays(days=2), "highs", "highs", "it was asked for"),
        ],
    )
    def test_is_chosen_by_the_rules_and_says_why(self, problem, rule, engine, chosen, reason):
        statistics = solve(attrs.evolve(problem, rules=(*problem.rules, rule)), engine=engine).statistics
        assert statistics["engine"] == chosen
        assert reason in statistics["engine chosen because"]


class TestTiers:
    def test_put_nothing_before_cover(self, make):
        cheap = rules.MinimumCover(weight=1.0), rules.PositionPreference(weight=1000.0)
        problem = make.problem(make.person(preferences=["tent"]), make.shift("a", "24 09:00-11:00"), rules=cheap)
        assert len(solve(problem).roster) == 0
        assert len(solve(problem, objective="lexicographic").roster) == 1

    def test_are_shown(self, problem):
        result = solve(problem, objective="lexicographic")
        assert result.by_tier().to_records()[0] == {"tier": "cover", "cost": 10_000, "bound": 10_000}
        assert result.by_tier("zh").columns == ("层次", "代价", "下界")

    def test_are_known_without_bounds_where_they_are_weighed(self, problem):
        assert [(tier.value, tier.bound) for tier in solve(problem).tiers] == [(10_000, None), (1, None), (0, None)]

    def test_have_bounds_that_hold_when_time_is_up(self, problem):
        result = solve(problem, objective="lexicographic", time_limit=0)
        assert result.status == "feasible"
        assert result.tiers[0].bound <= 10_000

    def test_are_solved_part_by_part(self, make):
        shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 09:00-11:00", unit=None)]
        result = solve(make.problem(*shifts, rules=rules.default_rules()), objective="lexicographic")
        assert [tier.value for tier in result.tiers] == [tier.bound for tier in result.tiers]


class TestStart:
    def test_takes_what_can_be(self, problem, make):
        start = make.roster("li:a li:b li:gone wu:c li:c/cook")
        result = solve(problem, start=start)
        assert result.status == "optimal"
        assert result.statistics["assignments to start from"] == "2 of 5"

    def test_is_no_worse_than_where_it_starts(self, problem, make, monkeypatch):
        def give_up(whole, **_arguments):
            return Solution(status=Status.UNKNOWN, values=whole.settled, bound=7.0)

        monkeypatch.setattr(SEARCH, "solve_parts", give_up)
        monkeypatch.setattr(SEARCH, "fill_greedily", lambda _columns, roster: roster)
        result = solve(problem, start=make.roster("li:a"))
        assert (result.status, result.roster) == ("feasible", make.roster("li:a"))
        assert result.bound == 7

    def test_is_left_aside_where_it_breaks_a_hard_rule(self, problem, make):
        result = solve(problem, start=make.roster("li:a li:b"), time_limit=0)
        assert result.report.feasible


@pytest.fixture
def small_areas(monkeypatch):
    """Solve even the smallest areas apart."""
    monkeypatch.setattr(MODULE, "_WORTH_A_TASK", 1)


@pytest.fixture
def two(make, small_areas):
    """Return two areas: in the north Li for two shifts at once, in the south Wu for one."""
    grids = [Unit(id=id, kind="grid", label=Label(id.title(), name)) for id, name in (("north", "北"), ("south", "南"))]
    people = [make.person("li", home="north"), make.person("wu", home="south")]
    shifts = [
        make.shift("a", "24 09:00-11:00", unit="north"),
        make.shift("b", "24 10:00-12:00", unit="north"),
        make.shift("c", "25 10:00-12:00", unit="south"),
    ]
    return make.problem(*people, *shifts, units=UnitTree(grids), rules=rules.default_rules())


@pytest.fixture
def fails(monkeypatch):
    """Return what makes the search of an area, told by one of its people, raise an error, at first or always."""

    def set_to(person, error, times=99):
        left = [error] * times

        def sour(problem, seconds, **asked):
            if person in problem.volunteer_by_id and left:
                raise left.pop()
            return search(problem, seconds, **asked)

        monkeypatch.setattr(MODULE, "search", sour)

    return set_to


class TestAreas:
    """Areas that share nobody are solved apart."""

    def test_are_one_after_the_other_in_a_small_problem(self, two):
        result = solve(two)
        assert (result.status, result.objective, result.bound, len(result.roster)) == ("optimal", 10_000, 10_000, 2)
        assert result.statistics["areas"] == 2

    def test_come_with_what_was_found_for_each(self, two):
        north, south = solve(two).areas
        assert (str(north.name), north.volunteers, north.places, north.filled) == ("North", 1, 2, 1)
        assert (north.status, north.cost, north.bound, north.failure) == (Status.OPTIMAL, 10_000, 10_000, "")
        assert (str(south.name), south.cost, south.roster) == ("South", 0, Roster([*solve(two).roster][1:]))
        assert north.seconds > 0

    def test_are_named_by_the_smallest_unit_that_all_their_work_is_in(self, make, small_areas):
        units = UnitTree(
            [
                Unit(id="street", kind="street", label="Street"),
                *(Unit(id=id, kind="grid", label=id.title(), parent="street") for id in ("north", "south")),
                Unit(id="far", kind="street", label="Far street"),
            ]
        )

        def name(*at):
            shifts = [make.shift(str(place), "24 09:00-11:00", unit=unit) for place, unit in enumerate(at)]
            (area,) = solve(make.problem(*shifts, units=units, rules=[rules.MinimumCover()])).areas
            return area.name

        assert str(name("north")) == "North"
        assert str(name("north", "south")) == str(name("south", "north", "south")) == "Street"
        for at in (("north", "far"), ("north", "far", "south"), ("north", None), (None, "north"), ()):
            assert name(*at) == Label("all", "全部")

    def test_start_from_what_concerns_their_people(self, two, make):
        result = solve(two, start=make.roster("li:b wu:c wu:a xu:c"))
        assert result.status == "optimal"
        assert result.statistics["assignments to start from"] == "2 of 4"

    def test_have_tiers_together(self, two):
        result = solve(two, objective="lexicographic")
        assert result.status == "optimal"
        assert [tier.value for tier in result.tiers] == [10_000, 0, 0]
        assert [tier.bound for tier in result.tiers] == pytest.approx([10_000, 0, 0])
        assert result.bound is None

    def test_in_which_nothing_keeps_the_hard_rules_leave_the_others_as_they_are(self, two, make):
        result = solve(attrs.evolve(two, pinned=[make.assignment("li:a"), make.assignment("li:b")]))
        assert (result.status, result.roster, result.objective) == ("infeasible", None, None)
        assert result.nearest == make.roster("li:a li:b wu:c")
        assert {violation.rule for violation in result.conflict} == {"NoOverlap", "MostShifts"}
        assert [area.status for area in result.areas] == ["infeasible", "optimal"]
        assert [area.roster for area in result.areas] == [None, make.roster("wu:c")]

    def test_that_were_not_reached_are_no_part_of_the_conflict(self, two, make, fails):
        fails("wu", ValueError())
        needed = attrs.evolve(
            two, rules=[*two.rules, rules.MinimumCover(weight=None, positions=[two.shifts[0].position])]
        )
        problem = attrs.evolve(needed, pinned=[make.assignment("li:a"), make.assignment("li:b")])
        result = solve(problem)
        assert [area.status for area in result.areas] == ["infeasible", "unknown"]
        concerned = {shift for violation in result.conflict for shift in violation.shifts}
        assert concerned
        assert concerned <= {"a", "b"}

    def test_in_which_nothing_near_was_found_leave_the_conflict_open(self, two, make, monkeypatch):
        monkeypatch.setattr(SEARCH, "find_nearest", lambda columns, engine: None)
        result = solve(attrs.evolve(two, pinned=[make.assignment("li:a"), make.assignment("li:b")]))
        assert (result.status, result.nearest, result.conflict) == ("infeasible", None, ())

    def test_are_not_trusted_one_by_one_either(self, two, make, monkeypatch):
        def lie(problem, seconds, **_asked):
            people = problem.volunteer_by_id
            roster = make.roster("li:a li:b") if "li" in people else make.roster("wu:c")
            return Found(status=Status.OPTIMAL, roster=roster, cost=0.0, bound=0.0)

        monkeypatch.setattr(MODULE, "search", lie)
        with pytest.raises(EngineError, match="breaks a hard rule: li cannot do both"):
            solve(two)

    def test_without_people_are_solved_too(self, two, make):
        result = solve(attrs.evolve(two, volunteers=two.volunteers[:1]))
        assert (result.status, result.objective, len(result.areas)) == ("optimal", 20_000, 1)


class TestFailingAreas:
    """An area that fails is tried again, then reported, and the others are kept."""

    def test_fail_once_without_loss(self, two, fails):
        fails("li", ValueError("once"), times=1)
        result = solve(two)
        assert (result.status, result.objective, result.stopped) == ("optimal", 10_000, "")

    def test_are_reported(self, two, fails, make):
        fails("li", ValueError("no memory\nleft on this machine"))
        result = solve(two)
        assert (result.status, result.stopped, result.roster) == ("feasible", "areas failed", make.roster("wu:c"))
        # All that is known of the north is that nothing costs less than nothing.
        assert (result.objective, result.bound) == (20_000, 0)
        north, south = result.areas
        assert (north.status, north.roster, north.cost, north.bound) == ("unknown", None, None, None)
        assert (south.status, south.failure) == ("optimal", "")
        assert north.failure == "ValueError: no memory"
        assert "! North: ValueError: no memory\n" in f"{result}\n"
        assert result.by_area().to_records()[0]["status"] == "ValueError: no memory"

    def test_keep_what_is_pinned(self, two, fails, make):
        fails("li", ValueError())
        result = solve(attrs.evolve(two, pinned=[make.assignment("li:b")]))
        assert result.roster == make.roster("li:b wu:c")
        assert result.areas[0].failure == "ValueError"

    def test_keep_what_they_started_from(self, two, fails, make):
        fails("li", ValueError())
        assert solve(two, start=make.roster("li:b li:gone")).roster == make.roster("li:b wu:c")
        assert solve(two, start=make.roster("li:a li:b")).roster == make.roster("wu:c")

    def test_leave_no_roster_where_a_hard_rule_asks_for_all(self, two, fails, make):
        fails("wu", ValueError())
        hard = attrs.evolve(two, rules=[rules.ServedUnits(), rules.MinimumCover(weight=None)])
        result = solve(hard)
        assert (result.status, result.roster, result.stopped) == ("unknown", None, "areas failed")
        assert result.areas[0].roster == make.roster("li:a li:b")

    def test_raise_the_error_of_the_first_where_there_is_no_other(self, two, monkeypatch):
        def sour(problem, seconds, **_asked):
            raise ArithmeticError(" ".join(problem.volunteer_by_id))

        monkeypatch.setattr(MODULE, "search", sour)
        with pytest.raises(ArithmeticError, match="li"):
            solve(two)

    def test_have_tiers_all_the_same(self, two, fails):
        fails("li", ValueError())
        result = solve(two, objective="lexicographic")
        assert [(tier.value, tier.bound) for tier in result.tiers] == [(20_000, 0), (0, 0), (0, 0)]


class TestLargePrograms:
    """A large program that its few people do not prove is left at its gap, and the result says so."""

    def test_say_that_they_were_left(self, monkeypatch):
        monkeypatch.setattr(highs, "_LARGE", 0)
        results = [solve(datasets.district(areas=1, volunteers=25, days=5, seed=seed)) for seed in range(8)]
        left = [result for result in results if result.status is Status.FEASIBLE]
        assert left
        assert {result.stopped for result in left} == {"too large"}
        assert {result.stopped for result in results if result.status is Status.OPTIMAL} <= {""}


class TestStopping:
    """Ctrl-C keeps what is done."""

    def stop(self, when):
        def on_progress(progress):
            if when(progress):
                raise KeyboardInterrupt

        return on_progress

    def test_keeps_the_areas_that_are_done(self, two, make):
        result = solve(two, on_progress=self.stop(lambda progress: progress.done == 1))
        # The larger area comes first.
        assert [area.status for area in result.areas] == ["optimal", "unknown"]
        assert (result.status, result.stopped, len(result.roster)) == ("feasible", "interrupted", 1)
        assert (result.objective, result.bound) == (20_000, 10_000)

    def test_keeps_what_the_others_started_from(self, two, make):
        result = solve(two, start=make.roster("wu:c"), on_progress=self.stop(lambda progress: progress.done == 1))
        assert (result.stopped, result.objective, result.bound) == ("interrupted", 10_000, 10_000)
        assert make.assignment("wu:c") in result.roster

    def test_before_anything_is_done_leaves_nothing_but_the_start(self, two, make):
        result = solve(two, on_progress=self.stop(lambda progress: True))
        assert (result.status, result.stopped, result.roster, result.bound) == ("unknown", "interrupted", None, None)
        result = solve(two, start=make.roster("li:b"), on_progress=self.stop(lambda progress: True))
        assert (result.status, result.stopped, result.roster) == ("feasible", "interrupted", make.roster("li:b"))

    def test_is_all_that_may_be_raised_on_progress_without_it_coming_out(self, two):
        def within_an_area(progress):
            if progress.objective is not None and not raised:
                raised.append(progress)
                raise ValueError("the window is closed")

        def between_areas(progress):
            if progress.done:
                raise ValueError("the window is closed")

        raised = []
        for on_progress in (within_an_area, between_areas):
            with pytest.raises(ValueError, match="the window is closed"):
                solve(two, on_progress=on_progress)
        with ThreadPoolExecutor(1) as executor, pytest.raises(ValueError, match="the window is closed"):
            solve(two, executor=executor, on_progress=between_areas)

    def test_within_an_area_ends_all(self, two, monkeypatch, make):
        searched = []

        def stopped(problem, seconds, **asked):
            searched.append(problem)
            return attrs.evolve(search(problem, seconds, **asked), status=Status.FEASIBLE, interrupted=True)

        monkeypatch.setattr(MODULE, "search", stopped)
        result = solve(two)
        assert len(searched) == 1
        assert (result.status, result.stopped, len(result.roster)) == ("feasible", "interrupted", 1)

    def test_comes_before_what_had_failed_till_then(self, two, fails):
        fails("li", ValueError())
        result = solve(two, on_progress=self.stop(lambda progress: progress.done == 1))
        assert (result.stopped, len(result.roster)) == ("interrupted", 1)
        fails("li", ValueError())
        result = solve(two, executor=ThreadPoolExecutor(1), on_progress=self.stop(lambda progress: True))
        assert (result.status, result.stopped) == ("unknown", "interrupted")


class TestProgress:
    def tell(self, problem, **arguments):
        reports = []
        solve(problem, on_progress=reports.append, **arguments)
        return reports

    @pytest.mark.parametrize("workers", [0, 2])
    def test_counts_areas(self, small_areas, workers):
        problem = datasets.district(areas=3, volunteers=45, days=2)
        with ThreadPoolExecutor(max(workers, 1)) as executor:
            reports = self.tell(problem, time_limit=30.0, executor=executor if workers else None)
        assert {report.parts for report in reports} == {3}
        done = [report.done for report in reports]
        assert (done[0], done[-1]) == (0, 3)
        assert done == sorted(done)
        assert set(done) == {0, 1, 2, 3}
        left = [report.time_left for report in reports]
        assert left == sorted(left, reverse=True)
        assert 0 < left[-1] <= left[0] <= 30

    def test_ends_with_the_objective_and_the_bound(self, small_areas):
        problem = datasets.district(areas=3, volunteers=45, days=2)
        result, reports = solve(problem), self.tell(problem)
        assert (reports[0].objective, reports[0].bound) == (None, None)
        assert reports[-1].objective == pytest.approx(result.objective)
        assert reports[-1].bound == pytest.approx(result.bound)

    def test_of_the_bound_never_falls(self, small_areas):
        bounds = [report.bound or 0.0 for report in self.tell(datasets.district(areas=3, volunteers=45, days=2))]
        assert bounds == sorted(bounds)

    def test_counts_the_parts_of_a_single_area(self):
        problem = datasets.district(areas=1, volunteers=200, days=3)
        reports = self.tell(problem)
        assert reports[-1].done == reports[-1].parts == solve(problem).statistics["parts"]
        assert [report.done for report in reports] == sorted(report.done for report in reports)
        costs = [report.objective for report in reports if report.objective is not None]
        assert all(later <= earlier + 1e-6 for earlier, later in pairwise(costs))

    def test_has_no_time_left_when_it_is_up(self, problem):
        assert self.tell(problem, time_limit=0.0)[-1].time_left == 0


LARGEST = 21


@pytest.fixture(scope="module")
def district():
    """Return three areas, of which the largest has 21 people."""
    return datasets.district(areas=3, volunteers=45, days=2)


def not_here(here, problem, seconds, **asked):
    """Search in any process but one."""
    assert os.getpid() != here
    return search(problem, seconds, **asked)


def dies_once(marker, problem, seconds, **asked):
    """Search, but end the process at first where the area is the largest."""
    if len(problem.volunteers) == LARGEST and not marker.exists():
        marker.touch()
        os._exit(1)
    return search(problem, seconds, **asked)


def always_dies(problem, seconds, **asked):
    """Search, but end the process where the area is the largest."""
    if len(problem.volunteers) == LARGEST:
        os._exit(1)
    return search(problem, seconds, **asked)


@pytest.mark.usefixtures("small_areas")
class TestExecutors:
    """The roster is the same wherever its areas are solved."""

    def assert_same(self, district, executor):
        here, there = solve(district), solve(district, executor=executor)
        assert (there.status, there.roster, there.objective, there.bound) == (
            "optimal",
            here.roster,
            here.objective,
            here.bound,
        )
        assert [attrs.evolve(area, seconds=0.0) for area in there.areas] == [
            attrs.evolve(area, seconds=0.0) for area in here.areas
        ]

    def test_are_threads(self, district):
        with ThreadPoolExecutor(2) as executor:
            self.assert_same(district, executor)

    def test_are_processes(self, district):
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
            self.assert_same(district, executor)

    def test_are_processes_by_themselves_where_a_problem_is_large(self, district, monkeypatch):
        here = solve(district)
        monkeypatch.setattr(MODULE, "_WORTH_PROCESSES", 0)
        monkeypatch.setattr(MODULE, "search", partial(not_here, os.getpid()))
        reports = []
        there = solve(district, on_progress=reports.append)
        assert there.roster == here.roster
        assert reports[-1].done == reports[-1].parts == 3

    @pytest.mark.parametrize("processes", [False, True])
    def test_are_those_of_a_dask_cluster(self, district, processes):
        with (
            LocalCluster(n_workers=2, threads_per_worker=1, processes=processes, dashboard_address=":0") as cluster,
            Client(cluster) as client,
        ):
            self.assert_same(district, client.get_executor(pure=False))

    def test_of_a_client_that_is_closed_are_refused(self, district):
        with (
            LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0") as cluster,
            Client(cluster) as client,
        ):
            executor = client.get_executor(pure=False)
        with pytest.raises(InputError, match="executor must take work"):
            solve(district, executor=executor)

    def test_may_lose_a_worker_without_loss(self, district, monkeypatch, tmp_path):
        here = solve(district)
        monkeypatch.setattr(MODULE, "_WORTH_PROCESSES", 0)
        monkeypatch.setattr(MODULE, "search", partial(dies_once, tmp_path / "died"))
        there = solve(district)
        assert (tmp_path / "died").exists()
        assert (there.status, there.roster) == ("optimal", here.roster)

    def test_that_lose_one_again_and_again_keep_the_others(self, district, monkeypatch):
        here = solve(district)
        monkeypatch.setattr(MODULE, "_WORTH_PROCESSES", 0)
        monkeypatch.setattr(MODULE, "search", always_dies)
        there = solve(district)
        assert (there.status, there.stopped) == ("feasible", "areas failed")
        (lost,) = (area for area in there.areas if area.failure)
        assert (lost.volunteers, lost.status) == (LARGEST, "unknown")
        kept = [area.roster for area in here.areas if area.volunteers != LARGEST]
        assert [area.roster for area in there.areas if not area.failure] == kept
        assert there.roster == Roster(each for roster in kept for each in roster)
