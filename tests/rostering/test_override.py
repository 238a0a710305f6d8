from datetime import date

import attrs
import pytest

from civicvol import InputError, Override, Position, SkillTag, check, solve, why_not
from civicvol.io import from_json, to_json
from civicvol.rostering import RosterProblem
from civicvol.rostering.rules import MinimumAge, MinimumCover, MostShifts, PositionPreference, Qualified
from civicvol.testing import assert_two_sided

RULES = (Qualified(), MinimumAge(), MinimumCover())


def agreed(volunteer="li", shift="a", reason="under supervision", **fields):
    return Override(volunteer=volunteer, shift=shift, reason=reason, **fields)


@pytest.fixture
def trainee(make):
    """A problem in which Li, too young and not qualified, is the only one there is."""

    def problem(*overrides, rules=RULES):
        return make.problem(
            make.person("li", birth_date=date(2010, 1, 1)),
            Position(id="post", needs=["sampling"], minimum_age=18),
            make.shift("a", "24 09:00-11:00"),
            make.shift("b", "25 09:00-11:00"),
            skills=[SkillTag(id="sampling")],
            rules=rules,
            overrides=overrides,
        )

    return problem


class TestOverride:
    def test_sets_aside_all_rules_where_it_names_none(self):
        assert agreed().sets_aside("Qualified")

    def test_sets_aside_only_those_it_names(self):
        assert agreed(rules={"Qualified"}).sets_aside("Qualified")
        assert not agreed(rules={"Qualified"}).sets_aside("MinimumAge")

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"reason": ""}, "reason"),
            ({"reason": None}, "reason"),
            ({"volunteer": 3}, "volunteer"),
            ({"shift": " "}, "shift"),
            ({"rules": "Qualified"}, "rules"),
            ({"rules": [3]}, "rules"),
            ({"agreed_by": None}, "agreed_by"),
        ],
    )
    def test_says_for_whom_and_why(self, fields, field):
        with pytest.raises(InputError) as caught:
            agreed(**fields)
        assert [fault.field for fault in caught.value.faults] == [f"Override.{field}"]


class TestCheck:
    def test_still_names_what_was_agreed_and_why(self, trainee, make):
        report = check(trainee(agreed()), make.roster("li:a"))
        assert [(each.rule, each.hard, each.penalty, each.override) for each in report.overridden] == [
            ("Qualified", False, 0, "under supervision"),
            ("MinimumAge", False, 0, "under supervision"),
        ]
        assert report.hard == ()
        assert report.feasible
        assert [each.rule for each in report.soft] == ["MinimumCover"]

    def test_holds_the_roster_to_the_rules_that_it_does_not_name(self, trainee, make):
        report = check(trainee(agreed(rules={"Qualified"})), make.roster("li:a"))
        assert [each.rule for each in report.overridden] == ["Qualified"]
        assert [each.rule for each in report.hard] == ["MinimumAge"]

    def test_is_for_one_shift_only(self, trainee, make):
        report = check(trainee(agreed()), make.roster("li:b"))
        assert report.overridden == ()
        assert [each.rule for each in report.hard] == ["Qualified", "MinimumAge"]

    def test_takes_the_price_from_a_soft_rule(self, make):
        person = make.person("li", preferences=["gate"])
        problem = make.problem(
            person, make.shift("a", "24 09:00-11:00"), rules=[PositionPreference()], overrides=[agreed()]
        )
        report = check(problem, make.roster("li:a"))
        assert report.penalty == 0
        assert [each.amount for each in report.overridden] == [1]

    def test_says_nothing_of_what_is_not_on_the_roster(self, trainee, make):
        assert check(trainee(agreed()), make.roster("")).overridden == ()


class TestSolver:
    def test_may_do_what_was_agreed(self, trainee):
        assert {str(each) for each in solve(trainee()).roster} == set()
        result = solve(trainee(agreed()))
        assert {(each.volunteer, each.shift) for each in result.roster} == {("li", "a")}
        assert len(result.report.overridden) == 2

    def test_may_not_where_another_rule_still_stands_against_it(self, trainee):
        assert len(solve(trainee(agreed(rules={"Qualified"}))).roster) == 0

    def test_need_not_do_what_was_agreed(self, trainee):
        assert len(solve(trainee(agreed(), rules=[Qualified(), MinimumAge()])).roster) == 0

    @pytest.mark.parametrize("rule", [Qualified(), Qualified(weight=3.0), Qualified(positions={"post"})])
    def test_and_check_say_the_same(self, trainee, make, rule):
        for on in ("", "li:a", "li:b", "li:a li:b"):
            assert_two_sided(rule, trainee(agreed(), rules=[rule]), make.roster(on))

    def test_and_the_explanation_agree(self, trainee, make):
        assert why_not(trainee(agreed()), make.roster(""), "li", "a").possible
        assert not why_not(trainee(agreed()), make.roster(""), "li", "b").possible


class TestInAProblem:
    def test_names_only_what_there_is(self, trainee):
        with pytest.raises(InputError) as caught:
            trainee(agreed("wu", "c"), agreed(rules={"MostShifts", "Qualified", "Nonsense"}), rules=[Qualified()])
        assert [(fault.field, fault.id, fault.value) for fault in caught.value.faults] == [
            ("Override.volunteer", None, "wu"),
            ("Override.shift", "wu", "c"),
            ("Override.rules", "li", "MostShifts"),
            ("Override.rules", "li", "Nonsense"),
        ]

    def test_names_only_rules_on_single_assignments(self, trainee):
        with pytest.raises(InputError, match="must be a rule on single assignments of this problem"):
            trainee(agreed(rules={"MostShifts"}), rules=[MostShifts()])

    def test_is_counted_in_its_summary(self, trainee):
        assert ("overrides", 1) in trainee(agreed()).summary().rows

    def test_comes_back_from_json(self, trainee):
        problem = trainee(agreed(rules={"Qualified"}, agreed_by="Wu, the captain"))
        again = from_json(to_json(problem), RosterProblem)
        assert again.overrides == problem.overrides
        assert attrs.evolve(again, overrides=()) == trainee()
