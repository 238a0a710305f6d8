"""Rules on runs write tighter rows where they meet; these must say no more than each rule alone."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import check
from civicvol.rostering.columns import find_candidates
from civicvol.rostering.compile import write_program
from civicvol.rostering.rules import (
    CompleteWeekends,
    ForbiddenSuccession,
    LeastConsecutiveDays,
    LeastConsecutiveDaysOff,
    LeastConsecutiveWeekends,
    MostConsecutiveDays,
    MostConsecutiveDaysOff,
    MostConsecutiveWeekends,
    MostNightsInARow,
    MostShifts,
    MostWeekends,
)
from civicvol.testing import example_rules, roster_problems, rosters
from tests.rostering.programs import least_cost

SHORT = (LeastConsecutiveDays, LeastConsecutiveDaysOff)
OTHERS = (
    CompleteWeekends,
    ForbiddenSuccession,
    LeastConsecutiveWeekends,
    MostConsecutiveDays,
    MostConsecutiveDaysOff,
    MostConsecutiveWeekends,
    MostNightsInARow,
    MostShifts,
    MostWeekends,
)


@st.composite
def problems(draw):
    """Draw problems that ask for short runs and something else, and rosters of them."""
    problem = draw(roster_problems(rules=(), pinned=False))
    classes = [draw(st.sampled_from(SHORT)), *draw(st.lists(st.sampled_from(OTHERS), min_size=1, max_size=3))]
    rules = dict.fromkeys(draw(example_rules(rule_class)) for rule_class in classes)
    return attrs.evolve(problem, rules=list(rules)), draw(rosters(problem))


@given(problems())
def test_rules_together_cost_what_they_cost_alone(drawn):
    problem, roster = drawn
    report = check(problem, roster)
    columns = find_candidates(problem, roster)
    values = np.zeros(columns.count)
    values[columns.indices(roster)] = 1
    cost = least_cost(write_program(columns, problem.rules), values)
    assert (cost is None) == (not report.feasible)
    assert cost is None or cost == pytest.approx(report.penalty)
