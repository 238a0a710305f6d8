import sys
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

from civicvol import CoverRequirement, EngineError, InputError, rules, solve
from civicvol.rostering.engines import Solution, Status


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

        monkeypatch.setattr(sys.modules["civicvol.rostering.search"], "solve_parts", give_up)
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

        monkeypatch.setattr(sys.modules["civicvol.rostering.search"], "solve_parts", lie)
        with pytest.raises(EngineError, match="its roster"):
            solve(problem)


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

        monkeypatch.setattr(sys.modules["civicvol.rostering.search"], "solve_parts", give_up)
        monkeypatch.setattr(sys.modules["civicvol.rostering.search"], "fill_greedily", lambda _columns, roster: roster)
        result = solve(problem, start=make.roster("li:a"))
        assert (result.status, result.roster) == ("feasible", make.roster("li:a"))
        assert result.bound == 7

    def test_is_left_aside_where_it_breaks_a_hard_rule(self, problem, make):
        result = solve(problem, start=make.roster("li:a li:b"), time_limit=0)
        assert result.report.feasible
