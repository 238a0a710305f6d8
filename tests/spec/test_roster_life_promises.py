"""What is promised to those whose roster is published, and lives."""

from collections import Counter
from datetime import timedelta
from math import fsum

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from civicvol import CoverRequirement, Roster, TimeSpan, check, rules, solve
from civicvol.rostering.disruption import Absence, AddedShift, CancelledShift, ChangedShift, disrupted
from civicvol.rostering.replan import replan
from civicvol.rostering.rule import Tier
from civicvol.testing import roster_problems
from tests.spec.test_solver_promises import every_roster

HARD = (rules.Available(), rules.NoOverlap(), rules.MostShifts(shifts=2), rules.MaximumCover(), rules.MinimumRest())
SOFT = (rules.MinimumCover(), rules.DesiredCover(), rules.FairShare(), rules.PositionPreference())


def moved(shift, minutes):
    away = timedelta(minutes=minutes)
    return attrs.evolve(shift, span=TimeSpan(shift.span.start + away, shift.span.end + away))


@st.composite
def disruptions(draw, problem):
    """Draw one or two things that happen to a problem with people and shifts."""
    person, shift = draw(st.sampled_from(problem.volunteers)), draw(st.sampled_from(problem.shifts))
    more = CoverRequirement(minimum=draw(st.integers(0, 2)), maximum=2)
    kinds = (
        Absence(volunteer=person.id, span=shift.span),
        CancelledShift(shift=shift.id),
        ChangedShift(shift=attrs.evolve(shift, cover=[more])),
        AddedShift(shift=attrs.evolve(shift, id="new", cover=[more])),
    )
    first = draw(st.sampled_from(kinds))
    return [first, kinds[0]] if draw(st.booleans()) and first not in kinds[:2] else [first]


class TestReplanning:
    """A replan fills every place that can be filled, with the least change to what is published that can do so."""

    @given(data=st.data(), problem=roster_problems(rules=(*HARD, *SOFT), most_volunteers=3, most_shifts=2))
    def test_is_as_good_as_the_best_of_all_rosters(self, data, problem):
        assume(problem.volunteers and problem.shifts)
        best = solve(problem).roster
        assume(best is not None)
        published = best.without(*data.draw(st.sets(st.sampled_from([*best, None]), max_size=2)) - {None})
        assume(check(problem, published).feasible)
        happened = data.draw(disruptions(problem))
        now = data.draw(st.none() | st.sampled_from([shift.span.start for shift in problem.shifts]))
        assume(not touches_what_is_over(problem, published, happened, now))
        plan = replan(problem, published, happened, now=now)
        after, settled = plan.problem, {*published} - {*plan.lost}
        assert after == disrupted(problem, happened)
        price = rules.FewestChanges(
            published=Roster(settled), known_at=problem.horizon.span.start if now is None else now
        )
        demand = asked(problem, published, after)
        priced = attrs.evolve(demand, rules=(*demand.rules, price))
        best = min(
            (
                costs(priced, roster)
                for roster, _ in every_roster(demand)
                if allowed(roster, settled, demand, happened, now)
            ),
            default=None,
        )
        assert (plan.roster is None) == (best is None)
        if plan.roster is not None:
            assert plan.report.feasible
            assert plan.proven
            assert costs(priced, plan.roster) == pytest.approx(best)
            assert plan.cost == pytest.approx(best[1])
            assert plan.bound == pytest.approx(best[1])


def touches_what_is_over(problem, published, happened, now):
    """Whether somebody would be absent from, or a change would be made to, a duty that is over."""
    over = [each for each in published if now is not None and problem.shift(each.shift).span.end <= now]
    return any(
        one.concerns(each.volunteer, each.shift, problem)
        if isinstance(one, Absence)
        else each.shift in (getattr(one, "shift", None), getattr(getattr(one, "shift", None), "id", None))
        for each in over
        for one in happened
    )


def asked(problem, published, after):
    """What each line is to have again: what it had of what it asks for; all that it asks for where it is new."""
    had = Counter((each.shift, each.role) for each in published)
    old = {shift.id: shift for shift in problem.shifts}
    shifts = []
    for shift in after.shifts:
        cover = shift.cover
        if old.get(shift.id) == shift:
            cover = [
                attrs.evolve(
                    line,
                    minimum=min(line.minimum, had[shift.id, line.role]),
                    desired=min(line.desired, had[shift.id, line.role]),
                )
                for line in cover
            ]
        shifts.append(attrs.evolve(shift, cover=cover))
    return attrs.evolve(after, shifts=shifts)


def costs(problem, roster):
    tiers = {rule.name: rule.family.tier for rule in problem.rules}
    report = check(problem, roster)
    return [
        round(fsum(each.penalty for each in report.soft if tiers[each.rule] is tier), 6)
        for tier in (Tier.COVER, Tier.STABILITY)
    ]


def allowed(roster, settled, demand, happened, now):
    """Whether a roster leaves alone what has begun, but for places that are short, and whoever is absent."""
    had = Counter((each.shift, each.role) for each in settled)
    for each in roster:
        shift = demand.shift(each.shift)
        if any(isinstance(one, Absence) and one.concerns(each.volunteer, each.shift, demand) for one in happened):
            return False
        begun = now is not None and shift.span.start <= now
        short = begun and shift.span.end > now and had[each.shift, each.role] < shift.line(each.role).desired
        if begun and each not in settled and not short:
            return False
    return all(each in roster or now is None or demand.shift(each.shift).span.start > now for each in settled)
