from datetime import date, datetime
from zoneinfo import ZoneInfo

import attrs
import pytest

from civicvol import (
    Assignment,
    CoverRequirement,
    Horizon,
    Period,
    Position,
    Qualification,
    Roster,
    RosterProblem,
    Shift,
    SkillTag,
    TimeSpan,
    Volunteer,
    default_rules,
    rules,
    solve,
)
from civicvol.rostering import repair
from civicvol.rostering.disruption import Absence, CancelledShift
from civicvol.rostering.replan import replan

ZONE = ZoneInfo("Asia/Shanghai")
MARCH = Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31), zone=ZONE)


def at(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=ZONE)


def shift(day, least=1, most=1):
    cover = [CoverRequirement(minimum=least, maximum=most)]
    return Shift(id=f"d{day}", position="gate", span=TimeSpan(at(day, 9), at(day, 12)), cover=cover)


def month(people, shifts, *more, among=None):
    tags = [SkillTag(id="lead")]
    leads = [Qualification(skill="lead")]
    volunteers = [Volunteer(id=id, qualifications=leads if id.startswith("boss") else ()) for id in people.split()]
    places = [Position(id="gate")]
    return RosterProblem(
        horizon=MARCH,
        volunteers=volunteers,
        shifts=shifts,
        positions=places,
        skills=tags,
        rules=(*(among or default_rules()), *more),
    )


def on(text):
    return Roster(Assignment(volunteer=who, shift=where) for each in text.split(", ") for who, where in [each.split()])


def ill(volunteer, day):
    return Absence(volunteer=volunteer, span=MARCH.day_span(date(2026, 3, day)))


class TestTheProof:
    """A roster that moves nobody is proven only where it does no more than to fill the places that are short."""

    few = rules.Available(), rules.NoOverlap(), rules.MaximumCover(), rules.MinimumCover(), rules.DesiredCover()

    def test_is_not_by_people_whom_a_hard_rule_sends_to_the_dearest_place(self):
        each_has_one = rules.LeastShifts(shifts=1, per=Period.MONTH)
        shifts = [shift(3, most=2), shift(4), shift(5), shift(20, most=2)]
        problem = month("an li wu", shifts, each_has_one, among=self.few)
        gone = [ill("an", 3), CancelledShift(shift="d4"), CancelledShift(shift="d5")]
        plan = replan(problem, on("an d3, an d20, li d4, wu d5"), gone, now=at(2, 12))
        assert plan.proven
        assert plan.cost == plan.bound == 8 + 1

    def test_is_not_by_places_that_no_rule_asks_to_be_filled(self):
        each_has_one = rules.LeastShifts(shifts=1, per=Period.MONTH)
        two = Shift(
            id="d3", position="gate", span=TimeSpan(at(3, 9), at(3, 12)), cover=[CoverRequirement(minimum=0, desired=1)]
        )
        problem = month("an li", [two, shift(4), shift(20, most=2)], each_has_one, among=self.few[:-1])
        plan = replan(problem, on("an d3, an d20, li d4"), [ill("an", 3), CancelledShift(shift="d4")], now=at(2, 12))
        assert plan.proven
        assert plan.cost == plan.bound == 1

    def test_takes_one_search_where_somebody_can_simply_come(self, monkeypatch):
        searches = []
        monkeypatch.setattr(repair, "solve", lambda *given, **named: searches.append(given) or solve(*given, **named))
        assert replan(month("an li", [shift(3), shift(4)]), on("an d3"), [ill("an", 3)]).proven
        assert len(searches) == 1


class TestWhatComesAfterTheChanges:
    """Before the changes come hard rules and numbers of people; whatever else was amiss is no reason to change it."""

    led = rules.LeaderPresent(skill="lead", weight=5.0)

    def test_a_soft_rule_on_who_is_there(self):
        problem = month("an li wu he boss", [shift(3), shift(10, 2, 2)], self.led)
        published = on("an d3, li d10, wu d10")
        assert replan(problem, published).roster == published
        plan = replan(problem, published, [ill("an", 3)])
        assert plan.proven
        assert (len(plan.added), len(plan.removed)) == (1, 1)
        assert "LeaderPresent" in {each.rule for each in plan.report.soft}

    def test_and_which_still_chooses_among_those_who_cost_the_same(self):
        problem = month("an li wu he boss", [shift(3, 2, 2)], self.led)
        assert replan(problem, on("an d3, li d3"), [ill("an", 3)]).roster == on("boss d3, li d3")

    def test_with_a_hard_rule_of_the_same_name(self):
        hard = rules.LeaderPresent(skill="lead", from_people=3)
        problem = month("an li boss boss2", [shift(3, 3, 3)], self.led, hard)
        plan = replan(problem, on("an d3, li d3, boss d3"), [ill("boss", 3)])
        assert plan.roster == on("an d3, li d3, boss2 d3")
        assert plan.proven

    def test_a_soft_maximum(self):
        problem = month("an li", [shift(3)], among=(rules.MaximumCover(weight=1.0), rules.MinimumCover()))
        assert replan(problem, on("an d3, li d3")).removed == ()

    @pytest.mark.parametrize("published", ["an d3, li d4", "li d3, an d4", "boss d3"])
    def test_how_far_it_is_from_an_earlier_roster(self, published):
        earlier = rules.FewestChanges(published=on(published), known_at=MARCH.span.start, weight=100.0)
        problem = month("an li boss", [shift(3), shift(4)], earlier)
        plan = replan(problem, on("an d3, li d4"), [ill("an", 3)])
        assert plan.proven
        assert (plan.cost, plan.bound) == (4.0, 4.0)
        assert plan.problem.rules == problem.rules

    def test_an_earlier_roster_that_is_the_one_to_be_kept(self):
        problem = month("an li", [shift(3), shift(4)])
        kept = rules.FewestChanges(published=on("li d4"), known_at=MARCH.span.start)
        problem = attrs.evolve(problem, rules=(*problem.rules, kept))
        assert replan(problem, on("an d3, li d4"), [ill("an", 3)]).cost == 4.0
