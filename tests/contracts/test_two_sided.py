"""Every rule, found by itself, meets the contracts; a rule whose one side is silent does not."""

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from civicvol.rostering import AssignmentRule
from civicvol.rostering.rules import RULES
from civicvol.testing import assert_rule_is_described, assert_two_sided, example_rules, roster_problems, rosters

EACH_RULE = pytest.mark.parametrize("rule_class", RULES, ids=lambda rule_class: rule_class.__name__)
ALONE = [rule_class for rule_class in RULES if issubclass(rule_class, AssignmentRule)]
QUICKLY = settings(
    max_examples=500,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def modes(rule):
    """Return the rule hard, where it can be, and soft."""
    weight = attrs.fields(type(rule)).weight
    weights = [each for each in (None, rule.weight or 0.5) if weight.validator.wrong(each) is None]
    return [attrs.evolve(rule, weight=each) for each in weights]


@st.composite
def examples(draw, rule_class):
    problem = draw(roster_problems(rules=()))
    return draw(example_rules(rule_class, problem=problem)), problem, draw(rosters(problem))


def fails(rule, problem, roster):
    try:
        assert_two_sided(rule, problem, roster)
    except AssertionError:
        return True
    return False


def is_found_out(rule_class):
    """Look for an example on which the contract fails in each of the rule's modes; raise where there is none."""
    return find(
        examples(rule_class),
        lambda example: all(fails(rule, *example[1:]) for rule in modes(example[0])),
        settings=QUICKLY,
    )


@EACH_RULE
class TestEachRule:
    @given(data=st.data())
    def test_has_two_sides_that_say_the_same(self, rule_class, data):
        rule, problem, roster = data.draw(examples(rule_class))
        for mode in modes(rule):
            assert_two_sided(mode, problem, roster)

    def test_is_described(self, rule_class):
        assert_rule_is_described(rule_class)

    def test_is_found_out_where_it_writes_no_rows(self, rule_class, monkeypatch):
        monkeypatch.setattr(rule_class, "rows", lambda rule, columns, program: None)
        assert is_found_out(rule_class)

    def test_is_found_out_where_it_checks_nothing(self, rule_class, monkeypatch):
        monkeypatch.setattr(rule_class, "check", lambda rule, schedule: iter(()))
        assert is_found_out(rule_class)


@pytest.mark.parametrize("rule_class", ALONE, ids=lambda rule_class: rule_class.__name__)
def test_a_rule_on_single_assignments_is_found_out_where_it_measures_nothing(rule_class, monkeypatch):
    monkeypatch.setattr(rule_class, "measure", lambda rule, problem: lambda volunteer, line: 0.0 * line)
    assert is_found_out(rule_class)
