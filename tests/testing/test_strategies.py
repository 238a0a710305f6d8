"""What the strategies draw is worth drawing."""

import subprocess
import sys
from collections import Counter
from itertools import cycle

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from civicvol import Availability, Horizon, PastDuty, Shift, TimeSpan, Volunteer
from civicvol.calendar import Free, Period, ShiftPattern
from civicvol.rostering import Schedule
from civicvol.rostering.rules import RULES, Apart, FairShare, MinimumRest, MostMinutes
from civicvol.testing import (
    availabilities,
    birth_dates,
    example_rules,
    horizons,
    past_duties,
    patterns,
    roster_problems,
    rosters,
    shifts,
    time_spans,
    volunteers,
)

MANY = 200
LEAST_SHARE = 0.01


def drawn(strategy, count=MANY):
    """Return what a strategy draws first."""
    found = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(example):
        found.append(example)

    draw()
    return found


@st.composite
def examples(draw):
    problem = draw(roster_problems())
    return problem, draw(rosters(problem))


@pytest.fixture(scope="module")
def found():
    return drawn(examples(), 2 * MANY)


class TestProblemsAndRosters:
    def test_break_every_rule_often_and_keep_it_often(self, found):
        broken, kept = Counter(), Counter()
        for rule_class in RULES:
            for (problem, roster), rule in zip(found, cycle(drawn(example_rules(rule_class), 40)), strict=False):
                if len(roster) and not any(rule.faults(problem)):
                    (broken if any(rule.check(Schedule(problem, roster))) else kept)[rule.name] += 1
        names, least = {rule_class.__name__ for rule_class in RULES}, LEAST_SHARE * len(found)
        assert {name for name in names if broken[name] < least} == set(), broken
        # No roster that is drawn is just the published one.
        assert {name for name in names - {"FewestChanges"} if kept[name] < least} == set(), kept

    @pytest.mark.parametrize(
        "happens",
        {
            "nobody": lambda problem: not problem.volunteers,
            "nothing to do": lambda problem: not problem.shifts,
            "a night": lambda problem: any(len(set(shift.dates(problem.horizon.zone))) > 1 for shift in problem.shifts),
            "the same time": lambda problem: len({shift.span for shift in problem.shifts}) < len(problem.shifts),
            "touching": lambda problem: (
                {shift.span.start_minute for shift in problem.shifts}
                & {shift.span.end_minute for shift in problem.shifts}
            ),
            "a clock change": lambda problem: any(
                problem.horizon.day_span(day).minutes != 1440 for day in problem.horizon.days
            ),
            "two roles": lambda problem: len(problem.lines) > len(problem.shifts),
            "a pin": lambda problem: problem.pinned,
            "a past duty that goes on": lambda problem: any(
                duty.span.overlaps(problem.horizon.span) for duty in problem.previous
            ),
            "a birthday": lambda problem: any(
                (volunteer.birth_date.month, volunteer.birth_date.day) == (day.month, day.day)
                for volunteer in problem.volunteers
                if volunteer.birth_date
                for day in problem.horizon.days
            ),
            "a qualification that ends": lambda problem: any(
                held.valid_until in problem.horizon.days
                for volunteer in problem.volunteers
                for held in volunteer.qualifications
            ),
            "work": lambda problem: any(
                not isinstance(volunteer.availability.pattern, Free) for volunteer in problem.volunteers
            ),
            "leave": lambda problem: any(volunteer.availability.leave for volunteer in problem.volunteers),
            "a choice of skills": lambda problem: any(line.any_of for _, line in problem.lines),
            "a way to go": lambda problem: problem.travel.longest,
            "the next day": lambda problem: any(
                problem.day_of(one.span).toordinal() + 1 == problem.day_of(other.span).toordinal()
                for one in problem.shifts
                for other in problem.shifts
            ),
            "two weekends": lambda problem: (
                len(
                    {
                        day.isocalendar()[:2]
                        for shift in problem.shifts
                        if (day := problem.day_of(shift.span)).weekday() > 4
                    }
                )
                > 1
            ),
            "visitors": lambda problem: any(shift.attendance for shift in problem.shifts),
            "lines that matter more": lambda problem: any(line.importance > 1 for _, line in problem.lines),
            "requests of several kinds": lambda problem: len({request.kind for request in problem.requests}) > 2,
            "an override": lambda problem: problem.overrides,
            "partners": lambda problem: any(volunteer.partners for volunteer in problem.volunteers),
            "a preferred time": lambda problem: any(volunteer.preferred_times for volunteer in problem.volunteers),
            "a goal": lambda problem: any(volunteer.goals for volunteer in problem.volunteers),
            "a group": lambda problem: any(volunteer.affiliations for volunteer in problem.volunteers),
        }.items(),
        ids=lambda case: case[0],
    )
    def test_hold_what_is_awkward(self, found, happens):
        assert sum(bool(happens[1](problem)) for problem, _ in found) >= LEAST_SHARE * len(found)

    def test_differ(self, found):
        assert len(set(found)) > 0.8 * len(found)

    @given(roster_problems(rules=[MinimumRest()], most_volunteers=2, most_shifts=1, pinned=False))
    def test_are_as_small_as_asked(self, problem):
        assert len(problem.volunteers) <= 2
        assert len(problem.shifts) <= 1
        assert problem.rules == (MinimumRest(),)
        assert not problem.pinned

    @given(st.data())
    def test_rosters_name_only_what_there_is(self, data):
        problem = data.draw(roster_problems())
        problem.require_known(data.draw(rosters(problem)))


@pytest.mark.parametrize(
    ("strategy", "kind"),
    [
        (horizons(), Horizon),
        (time_spans(), TimeSpan),
        (patterns(), ShiftPattern),
        (availabilities(), Availability),
        (volunteers(), Volunteer),
        (shifts(), Shift),
        (horizons().flatmap(past_duties), PastDuty),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_each_part_can_be_drawn_alone(strategy, kind):
    found = drawn(strategy, 100)
    assert all(isinstance(each, kind) for each in found)
    assert len(set(found)) > 10


def test_patterns_are_of_every_class():
    assert {type(pattern) for pattern in drawn(patterns(), 100)} == set(ShiftPattern.__subclasses__())


def test_birth_dates_may_be_unknown_and_may_be_a_leap_day():
    found = drawn(birth_dates())
    assert None in found
    assert any(day and (day.month, day.day) == (2, 29) for day in found)


@given(horizons(most_days=3))
def test_horizons_are_as_short_as_asked(horizon):
    assert len(horizon.days) <= 3


@given(st.data())
def test_spans_begin_in_their_horizon(data):
    horizon = data.draw(horizons())
    first = data.draw(time_spans(horizon))
    assert horizon.span.contains(first.start)
    assert horizon.span.contains(data.draw(time_spans(horizon, near=[first])).start)


@given(st.data())
def test_past_duties_begin_before_their_horizon(data):
    horizon = data.draw(horizons())
    assert data.draw(past_duties(horizon)).span.start_minute < horizon.span.start_minute


class TestExampleRules:
    @pytest.mark.parametrize("rule_class", RULES, ids=lambda rule_class: rule_class.__name__)
    def test_differ_in_every_parameter(self, rule_class):
        found = drawn(example_rules(rule_class), 60)
        for field in attrs.fields(rule_class):
            assert len({getattr(rule, field.name) for rule in found}) > 1

    def test_name_only_what_is_in_a_problem(self, found):
        rules = [example_rules(Apart, problem=problem) for problem, _ in found[:40]]
        assert all(not any(drawn(rule, 1)[0].faults(problem)) for rule, (problem, _) in zip(rules, found, strict=False))
        assert any(list(rule.faults(found[0][0])) for rule in drawn(example_rules(Apart), 20))

    def test_are_hard_and_soft_where_they_can_be(self):
        assert {rule.hard for rule in drawn(example_rules(MinimumRest), 30)} == {True, False}
        assert {rule.hard for rule in drawn(example_rules(FairShare), 30)} == {False}

    def test_keep_the_default_of_a_field_nobody_knows(self):
        rule_class = attrs.make_class("Odd", {"oddity": attrs.field(default=3)}, bases=(MinimumRest,), frozen=True)
        assert {rule.oddity for rule in drawn(example_rules(rule_class), 5)} == {3}
        assert len({rule.oddity for rule in drawn(example_rules(rule_class, oddity=st.integers()), 20)}) > 1

    def test_take_other_values_for_a_field(self):
        found = drawn(example_rules(MostMinutes, minutes=st.just(7), per=st.just(Period.DAY)), 20)
        assert {(rule.minutes, rule.per) for rule in found} == {(7, Period.DAY)}


def test_without_hypothesis_it_says_which_extra_brings_it():
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from civicvol import MissingExtraError\n"
        "try:\n    import civicvol.testing\n"
        "except MissingExtraError as error:\n    print(error.package, error.extra, error)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.startswith("hypothesis testing hypothesis is not installed; it comes with: pip install ")
