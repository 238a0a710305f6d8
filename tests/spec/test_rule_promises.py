"""What we promise about rules and the rosters that keep them, each in one sentence."""

import subprocess
import sys
from datetime import datetime, timedelta
from itertools import combinations, product
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import (
    Assignment,
    CoverRequirement,
    Horizon,
    InputError,
    PastDuty,
    Position,
    Roster,
    RosterProblem,
    Shift,
    SkillTag,
    TimeSpan,
    Volunteer,
    check,
    default_rules,
    solve,
)
from civicvol.calendar import Period, difference
from civicvol.rostering import AssignmentRule, Schedule
from civicvol.rostering.rules import (
    RULES,
    DesiredCover,
    FairShare,
    MinimumCover,
    MostConsecutiveDaysOff,
    NoOverlap,
    Pinned,
    PositionPreference,
)
from civicvol.testing import example_rules, roster_problems, rosters

DAY = timedelta(days=1)
ASK_FOR_WORK = {MostConsecutiveDaysOff}
"""Rules that ask for work, and the sooner the longer ago somebody's last duty is."""


def solved(problem):
    result = solve(problem)
    assert result.status == "optimal"
    return result.roster


def duties(problem, roster, volunteer):
    """Return all spans of a volunteer, past ones first."""
    past = [duty.span for duty in problem.previous if duty.volunteer == volunteer.id]
    return past, [problem.shift(each.shift).span for each in roster.of_volunteer(volunteer.id)]


@st.composite
def tight_problems(draw):
    """Draw problems held to every rule, with tight parameters.

    A rule is hard where it can be, and where nobody on the roster breaks none of it but for the past.
    """
    problem = draw(roster_problems(rules=(), pinned=False))
    nobody = Schedule(attrs.evolve(problem, previous=()), Roster())
    rules = []
    for rule_class in RULES:
        rule = draw(example_rules(rule_class, problem=problem))
        can_be_hard = attrs.fields(rule_class).weight.validator.wrong(None) is None
        soft = any(rule.check(nobody)) or not can_be_hard or rule_class in ASK_FOR_WORK
        rules.append(attrs.evolve(rule, weight=rule.weight or 1.0) if soft else attrs.evolve(rule, weight=None))
    return attrs.evolve(problem, rules=rules)


class TestALongRecord:
    """A long record keeps nobody from a place they could take, where the shift is of 19 hours at most."""

    @staticmethod
    def roster(minutes, record, line):
        first = datetime(2026, 3, 2, tzinfo=ZoneInfo("Europe/Berlin"))
        shift = Shift(
            id="watch", position="watch", span=TimeSpan(first, first + timedelta(minutes=minutes)), cover=[line]
        )
        past = [
            PastDuty(volunteer="li", span=TimeSpan(before, before + timedelta(hours=20)))
            for before in (first - timedelta(days=number + 2) for number in range(record))
        ]
        problem = RosterProblem(
            horizon=Horizon(first_day=first.date(), last_day=first.date() + 20 * DAY, zone="Europe/Berlin"),
            volunteers=[Volunteer(id="li", preferences=["rest"])],
            shifts=[shift],
            positions=[Position(id="watch"), Position(id="rest")],
            rules=[FairShare(), PositionPreference(), MinimumCover(), DesiredCover()],
            previous=past,
        )
        return solved(problem)

    @given(st.integers(1, 19 * 60), st.integers(0, 40))
    def test_for_a_desired_place(self, minutes, record):
        assert len(self.roster(minutes, record, CoverRequirement(minimum=0, desired=1))) == 1

    @given(st.integers(1, 199 * 60), st.integers(0, 40))
    def test_for_a_place_of_the_minimum(self, minutes, record):
        assert len(self.roster(minutes, record, CoverRequirement())) == 1

    def test_beyond_that_it_may(self):
        assert len(self.roster(20 * 60, 40, CoverRequirement(minimum=0, desired=1))) == 0
        assert len(self.roster(200 * 60, 40, CoverRequirement())) == 0


class TestThePast:
    """The past never makes a roster impossible."""

    @given(tight_problems())
    def test_nobody_on_the_roster_breaks_no_rule_but_cover(self, problem):
        assert check(problem, Roster()).feasible

    @given(tight_problems())
    def test_there_is_always_a_best_roster(self, problem):
        assert solve(problem).status == "optimal"


class TestTheBestRoster:
    """No roster is better than the one that is proven best."""

    @given(roster_problems(most_volunteers=2, most_shifts=2))
    def test_not_one_of_all_that_there_are(self, problem):
        places = [
            [Assignment(volunteer=volunteer.id, shift=shift.id, role=line.role) for line in shift.cover]
            for volunteer, shift in product(problem.volunteers, problem.shifts)
        ]
        choices = product(*([None, *roles] for roles in places))
        reports = [check(problem, Roster(filter(None, choice))) for choice in choices]
        result = solve(problem)
        best = min((report.penalty for report in reports if report.feasible), default=None)
        if best is None:
            assert result.status == "infeasible"
        else:
            assert result.status == "optimal"
            assert result.objective == pytest.approx(best)


class TestQualifications:
    """An expired qualification never counts, unless somebody agreed to that."""

    @staticmethod
    def expired(problem):
        before = problem.horizon.first_day - DAY
        return attrs.evolve(
            problem,
            volunteers=[
                attrs.evolve(
                    volunteer,
                    qualifications=[
                        attrs.evolve(held, valid_from=None, valid_until=before) for held in volunteer.qualifications
                    ],
                )
                for volunteer in problem.volunteers
            ],
        )

    @staticmethod
    def asking(problem):
        """Return the lines that ask for a skill."""
        return {
            (shift.id, line.role)
            for shift, line in problem.lines
            if line.all_of or line.any_of or problem.position(shift.position).needs
        }

    @given(st.data())
    def test_the_check_counts_none(self, data):
        problem = self.expired(data.draw(roster_problems()))
        roster = data.draw(rosters(problem))
        found = {(violation.volunteers, violation.shifts) for violation in check(problem, roster).of("Qualified")}
        asking = self.asking(problem)
        assert found == {((each.volunteer,), (each.shift,)) for each in roster if (each.shift, each.role) in asking}

    @given(roster_problems(pinned=False, overridden=False))
    def test_the_solver_counts_none(self, problem):
        roster = solved(self.expired(problem))
        assert not {(each.shift, each.role) for each in roster} & self.asking(problem)


class TestOnePlaceAtATime:
    """Nobody is at two places at once."""

    @given(roster_problems(pinned=False))
    def test_not_on_a_roster_that_was_solved(self, problem):
        roster = solved(problem)
        for volunteer in problem.volunteers:
            past, assigned = duties(problem, roster, volunteer)
            assert not any(a.overlaps(b) for a, b in combinations(assigned, 2))
            assert not any(a.overlaps(b) for a, b in product(past, assigned))

    @given(st.data())
    def test_not_without_the_check_saying_so(self, data):
        problem = data.draw(roster_problems(rules=[NoOverlap()]))
        roster = data.draw(rosters(problem))
        overlapping = {
            volunteer.id
            for volunteer in problem.volunteers
            for past, assigned in [duties(problem, roster, volunteer)]
            if any(a.overlaps(b) for a, b in [*combinations(assigned, 2), *product(past, assigned)])
        }
        assert overlapping <= {id for violation in check(problem, roster).hard for id in violation.volunteers}


class TestMinors:
    """A minor without consent is never rostered, unless somebody agreed to that."""

    @given(roster_problems(pinned=False, overridden=False))
    def test_not_on_the_day_before_the_birthday_either(self, problem):
        for each in solved(problem):
            volunteer = problem.volunteer(each.volunteer)
            age = volunteer.age_on(problem.shift(each.shift).dates(problem.horizon.zone)[0])
            assert age is None or age >= 18 or volunteer.guardian_consent


class TestFreeTime:
    """Nobody is rostered while they are at work, on leave or outside what they offer, unless that was agreed."""

    @given(roster_problems(pinned=False, overridden=False))
    def test_not_for_a_minute(self, problem):
        roster = solved(problem)
        for volunteer in problem.volunteers:
            _, assigned = duties(problem, roster, volunteer)
            assert difference(assigned, volunteer.availability.free_spans(problem.span_of_work)) == ()


class TestOwnLimits:
    """Nobody is asked for more than they want."""

    @given(roster_problems(pinned=False))
    def test_not_over_the_whole_horizon(self, problem):
        roster = solved(problem)
        for volunteer in problem.volunteers:
            _, assigned = duties(problem, roster, volunteer)
            for limit in volunteer.limits:
                if limit.per is Period.HORIZON:
                    assert limit.shifts is None or len(assigned) <= limit.shifts
                    assert limit.minutes is None or sum(span.minutes for span in assigned) <= limit.minutes


class TestPins:
    """What is pinned is on the roster, or it is said which rules stand against it."""

    @given(roster_problems())
    def test_never_silently_dropped(self, problem):
        settled = check(problem, Roster(problem.pinned))
        result = solve(problem)
        if settled.feasible:
            assert set(problem.pinned) <= set(result.roster)
        else:
            assert result.status == "infeasible"
            assert result.roster is None
            assert result.conflict

    @given(roster_problems())
    def test_the_check_asks_for_each(self, problem):
        missing = check(problem, Roster()).of(Pinned)
        assert sorted((each.volunteers[0], each.shifts[0]) for each in missing) == sorted(
            (pin.volunteer, pin.shift) for pin in problem.pinned
        )


class TestWhatWasAgreed:
    """What was agreed against a rule is named all the same, with its reason, and nothing else is let in."""

    @given(st.data())
    def test_the_check_hides_nothing(self, data):
        problem = data.draw(roster_problems())
        roster = data.draw(rosters(problem))
        agreed = {(each.volunteer, each.shift) for each in problem.overrides}
        alone = {rule.name for rule in problem.rules if isinstance(rule, AssignmentRule)}
        found, strictly = (check(each, roster).violations for each in (problem, attrs.evolve(problem, overrides=())))
        assert sorted(map(str, found)) == sorted(map(str, strictly))
        for each in found:
            is_agreed = each.rule in alone and (each.volunteers[0], each.shifts[0]) in agreed
            assert each.override == ("agreed" if is_agreed else "")


class TestTheCheck:
    """The check needs no solver."""

    def test_none_is_loaded(self):
        code = (
            "import sys\n"
            "from datetime import date\n"
            "from civicvol import Horizon, Roster, RosterProblem, check, default_rules\n"
            "horizon = Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31), zone='Asia/Shanghai')\n"
            "problem = RosterProblem(horizon=horizon, volunteers=(), shifts=(), rules=default_rules())\n"
            "assert check(problem, Roster()).feasible\n"
            "print({'highspy', 'ortools', 'scipy.optimize'} & set(sys.modules))"
        )
        shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        assert shown == "set()\n"


class TestFaults:
    """A roster problem reports everything that is wrong with it at once."""

    @given(st.data())
    def test_every_fault_is_among_them(self, data):
        problem = data.draw(roster_problems(rules=default_rules(), pinned=False))
        nobody = Volunteer(id="new", home="nowhere", preferences=["nothing"])
        outside = Shift(
            id="outside",
            position="post",
            span=Horizon(
                first_day=problem.horizon.last_day + 2 * DAY,
                last_day=problem.horizon.last_day + 2 * DAY,
                zone=problem.horizon.zone,
            ).span,
        )
        wrong = {
            "Volunteer.units": {"volunteers": (*problem.volunteers, nobody)},
            "Shift.span": {"shifts": (*problem.shifts, outside)},
            "positions.id": {"positions": (*problem.positions, problem.positions[0])},
            "SkillTag.implies": {"skills": (*problem.skills, SkillTag(id="new", implies={"unknown"}))},
            "pinned.volunteer": {"pinned": [Assignment(volunteer="stranger", shift="none")]},
        }
        chosen = data.draw(st.lists(st.sampled_from(sorted(wrong)), min_size=1, unique=True))
        changes = {field: value for fault in chosen for field, value in wrong[fault].items()}
        with pytest.raises(InputError) as caught:
            attrs.evolve(problem, **changes)
        assert set(chosen) <= {fault.field for fault in caught.value.faults}
        assert {fault.field for fault in caught.value.faults} <= {*chosen, "Volunteer.preferences", "pinned.shift"}
