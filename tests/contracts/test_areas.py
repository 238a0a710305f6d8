"""Every rule, found by itself, finds in a roster of areas that share nobody just what it finds in each of them."""

from math import fsum

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from civicvol import InputError, Roster, areas, check
from civicvol.rostering.rules import (
    RULES,
    Accompanied,
    Apart,
    Deputies,
    EvenLoad,
    FairNights,
    FairShare,
    FairShifts,
    FairWeekends,
    MinimumCover,
    SamePerson,
    Together,
    WholeBlock,
)
from civicvol.testing import example_rules
from tests.rostering.communities import rosters_at_home, side_by_side

EACH_RULE = pytest.mark.parametrize("rule_class", RULES, ids=lambda rule_class: rule_class.__name__)
THOSE_THAT_TIE = (
    Accompanied,
    Apart,
    Deputies,
    EvenLoad,
    FairNights,
    FairShare,
    FairShifts,
    FairWeekends,
    SamePerson,
    Together,
    WholeBlock,
)
QUICKLY = settings(
    max_examples=1_000,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@st.composite
def rostered(draw, rule_class):
    """Draw the problem of two communities with a rule of both, and a roster in which everybody serves at home."""
    problem = draw(side_by_side())
    rule = draw(example_rules(rule_class, problem=problem))
    problem = attrs.evolve(problem, rules=list(dict.fromkeys([*problem.rules, rule])))
    return problem, draw(rosters_at_home(problem))


def sums(rule_class, *reports):
    """Return what was found against a rule: how often, how much, and at what price, hard, soft and agreed."""
    violations = [violation for report in reports for violation in report.of(rule_class)]
    kinds = (
        [each for each in violations if each.hard],
        [each for each in violations if not each.hard and not each.override],
        [each for each in violations if each.override],
    )
    return [
        number
        for kind in kinds
        for number in (len(kind), fsum(each.amount for each in kind), fsum(each.penalty for each in kind))
    ]


def of_whole_and_areas(rule_class, problem, roster):
    """Return what a rule finds in the whole, and in all areas together."""
    reports = [
        check(area, Roster(each for each in roster if each.volunteer in area.volunteer_by_id))
        for area in areas(problem)
    ]
    return sums(rule_class, check(problem, roster)), sums(rule_class, *reports)


@EACH_RULE
class TestEachRule:
    @given(data=st.data())
    def test_finds_in_all_areas_together_what_it_finds_in_the_whole(self, rule_class, data):
        whole, apart = of_whole_and_areas(rule_class, *data.draw(rostered(rule_class)))
        assert apart == pytest.approx(whole)


class TestTheContract:
    @pytest.mark.parametrize("rule_class", THOSE_THAT_TIE, ids=lambda rule_class: rule_class.__name__)
    def test_finds_out_a_rule_that_ties_nobody_though_it_should(self, rule_class, monkeypatch):
        def differs(example):
            try:
                whole, apart = of_whole_and_areas(rule_class, *example)
            except InputError:
                return True
            return apart != pytest.approx(whole)

        monkeypatch.setattr(rule_class, "ties", lambda rule, problem: iter(()))
        assert find(rostered(rule_class), differs, settings=QUICKLY)

    def test_is_about_areas_in_which_there_is_something_to_find(self):
        def says_much(example):
            parts = areas(example[0])
            return len(parts) > 1 and all(check(part, Roster()).of(MinimumCover) for part in parts)

        assert find(rostered(MinimumCover), says_much, settings=QUICKLY)
