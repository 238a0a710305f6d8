import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import CheckReport, InputError, Override, Roster, check
from civicvol.rostering.rules import MinimumCover, MostMinutes, NoOverlap, PositionPreference, default_rules
from civicvol.testing import roster_problems, rosters


@pytest.fixture
def problem(make):
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00"), make.shift("c", "25 10:00-12:00")]
    return make.problem(*shifts, rules=[MinimumCover(weight=10.0), NoOverlap(), MostMinutes(minutes=200, weight=0.5)])


class TestCheckReport:
    def test_puts_hard_rules_first(self, problem, make):
        report = check(problem, make.roster("li:a li:b"))
        assert [(each.rule, each.hard) for each in report.violations] == [
            ("NoOverlap", True),
            ("MinimumCover", False),
            ("MostMinutes", False),
        ]
        assert report.hard == report.violations[:1]
        assert report.soft == report.violations[1:]

    def test_sums_what_soft_rules_cost(self, problem, make):
        report = check(problem, make.roster("li:a li:b"))
        assert [each.penalty for each in report.violations] == [0, 10, 20]
        assert report.penalty == 30

    def test_is_feasible_where_no_hard_rule_is_broken(self, problem, make):
        assert not check(problem, make.roster("li:a li:b")).feasible
        assert check(problem, make.roster("li:a")).feasible
        assert CheckReport().feasible

    def test_finds_a_rule_by_class_and_by_name(self, problem, make):
        report = check(problem, make.roster("li:a"))
        assert report.of(MinimumCover) == report.of("MinimumCover") == report.violations
        assert report.of(NoOverlap) == ()

    @pytest.mark.parametrize("wrong", [None, 3, NoOverlap(), Roster])
    def test_finds_nothing_else(self, wrong):
        with pytest.raises(InputError, match="rule must be a rule's class or name"):
            CheckReport().of(wrong)

    def test_shows_a_table(self, problem, make):
        report = check(problem, make.roster("li:a li:b"))
        assert report.by_rule().to_records()[0] == {
            "rule": "NoOverlap",
            "kind": "hard",
            "places": 1,
            "amount": 60,
            "penalty": 0,
        }
        assert str(report).startswith("Check: not feasible, penalty 30.00")
        assert str(report).splitlines()[-1].startswith("! li cannot do both")
        assert "<table" in report._repr_html_()

    def test_shows_what_was_agreed_and_why(self, make):
        people = [make.person("li", preferences=["gate"]), make.person("wu", preferences=["gate"])]
        agreed = Override(volunteer="li", shift="a", reason="her turn")
        problem = make.problem(
            *people, make.shift("a", "24 09:00-11:00"), rules=[PositionPreference(weight=5.0)], overrides=[agreed]
        )
        report = check(problem, make.roster("li:a wu:a"))
        assert [(each["kind"], each["amount"], each["penalty"]) for each in report.by_rule().to_records()] == [
            ("agreed", 1, 0),
            ("soft", 1, 5),
        ]
        assert str(report).splitlines()[-1].startswith("~ li likes 1 other positions better")
        assert str(report).endswith("(agreed: her turn)")

    def test_shows_when_all_is_well(self, make):
        report = check(make.problem(rules=default_rules()), Roster())
        assert str(report).startswith("Check: feasible, penalty 0.00")


class TestCheck:
    @pytest.mark.parametrize("wrong", [None, "li:a", [], 3])
    def test_takes_a_roster(self, problem, wrong):
        with pytest.raises(InputError, match="roster must be a Roster"):
            check(problem, wrong)

    @pytest.mark.parametrize("wrong", [None, "march", 3])
    def test_takes_a_problem(self, wrong):
        with pytest.raises(InputError, match="problem must be a RosterProblem"):
            check(wrong, Roster())

    def test_names_all_that_the_problem_does_not_know(self, problem, make):
        with pytest.raises(InputError) as caught:
            check(problem, make.roster("xu:a li:d li:b/lead"))
        assert len(caught.value.faults) == 3

    @given(st.data())
    def test_every_rule_is_checked_by_itself(self, data):
        problem = data.draw(roster_problems(pinned=False))
        roster = data.draw(rosters(problem))
        whole = check(problem, roster)
        parts = [check(attrs.evolve(problem, rules=[rule]), roster) for rule in problem.rules]
        assert sorted(map(str, whole.violations)) == sorted(str(each) for part in parts for each in part.violations)
        assert whole.penalty == pytest.approx(sum(part.penalty for part in parts))
        assert whole.feasible == all(part.feasible for part in parts)

    @given(st.data())
    def test_does_not_depend_on_the_order_of_anything(self, data):
        problem = data.draw(roster_problems())
        roster = data.draw(rosters(problem))
        turned = attrs.evolve(
            problem,
            **{
                name: getattr(problem, name)[::-1]
                for name in (
                    "volunteers",
                    "shifts",
                    "positions",
                    "skills",
                    "pinned",
                    "previous",
                    "requests",
                    "overrides",
                )
            },
        )
        before, after = check(problem, roster), check(turned, roster)
        assert sorted(map(str, before.violations)) == sorted(map(str, after.violations))
        assert before.penalty == pytest.approx(after.penalty)
