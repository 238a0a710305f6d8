"""Where the room on role lines is limited, the mix rules write tighter rows, and the best roster stays the same."""

from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Assignment, Roster, check, solve
from civicvol.rostering.rules import RULES, DesiredCover, MaximumCover, MinimumCover
from civicvol.rostering.rules._mix import MixRule
from civicvol.testing import example_rules, roster_problems

MIXES = [rule_class for rule_class in RULES if issubclass(rule_class, MixRule)]


def rosters_of(problem):
    places = [
        [None, *(Assignment(volunteer=volunteer.id, shift=shift.id, role=line.role) for line in shift.cover)]
        for volunteer, shift in product(problem.volunteers, problem.shifts)
    ]
    return [Roster(filter(None, choice)) for choice in product(*places)]


@pytest.mark.parametrize("rule_class", MIXES, ids=lambda rule_class: rule_class.__name__)
@given(data=st.data())
def test_no_roster_is_better_than_the_best(rule_class, data):
    problem = data.draw(roster_problems(rules=(), most_volunteers=3, most_shifts=1, pinned=False))
    rule = data.draw(example_rules(rule_class, problem=problem))
    problem = attrs.evolve(problem, rules=[rule, MaximumCover(), MinimumCover(weight=7.0), DesiredCover(weight=3.0)])
    reports = (check(problem, roster) for roster in rosters_of(problem))
    best = min((report.penalty for report in reports if report.feasible), default=None)
    assert solve(problem).objective == (best if best is None else pytest.approx(best))
