from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

import attrs
import pytest

from civicvol import (
    Assignment,
    Availability,
    CoverRequirement,
    Horizon,
    InputError,
    Override,
    Period,
    Position,
    Roster,
    RosterProblem,
    Shift,
    TimeSpan,
    Volunteer,
    check,
    datasets,
    default_rules,
    rules,
    solve,
)
from civicvol.rostering.disruption import Absence, AddedShift, CancelledShift, ChangedShift, Joined
from civicvol.rostering.replan import Replan, replan

ZONE = ZoneInfo("Asia/Shanghai")
MARCH = Horizon(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31), zone=ZONE)


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


def shift(day, *cover, hours=(9, 12), id=None):
    span = TimeSpan(at(day, hours[0]), at(day, hours[1]))
    return Shift(id=id or f"d{day}", position="gate", span=span, cover=cover or [CoverRequirement()])


def only(*days):
    return Availability(offered=[MARCH.day_span(date(2026, 3, day)) for day in days])


def month(people, shifts, **fields):
    volunteers = [each if isinstance(each, Volunteer) else Volunteer(id=each) for each in people]
    fields.setdefault("rules", default_rules())
    return RosterProblem(horizon=MARCH, volunteers=volunteers, shifts=shifts, positions=[Position(id="gate")], **fields)


def on(text):
    return Roster(
        Assignment(volunteer=who, shift=where) for each in text.split(", ") if each for who, where in [each.split()]
    )


def ill(volunteer, day, days=1):
    return Absence(
        volunteer=volunteer,
        span=TimeSpan(MARCH.day_span(date(2026, 3, day)).start, MARCH.day_span(date(2026, 3, day + days - 1)).end),
        why="ill",
    )


class TestAStandInIsFound:
    problem = month(["li", "wu", "he"], [shift(3), shift(4), shift(5)])
    published = on("li d3, wu d4, he d5")

    def test_and_nobody_else_moves(self):
        plan = replan(self.problem, self.published, [ill("li", 3)])
        assert plan.proven
        assert (plan.cost, plan.bound, plan.unfilled) == (4.0, 4.0, ())
        assert plan.lost == plan.removed == tuple(on("li d3"))
        assert [(each.volunteer, each.shift) for each in plan.added] in ([("wu", "d3")], [("he", "d3")])
        assert plan.report.feasible
        assert plan.report == check(plan.problem, plan.roster)

    def test_of_several_the_one_whom_the_other_rules_like_best(self):
        problem = month(["li", Volunteer(id="wu", preferences=["gate"]), "he"], [shift(3), shift(4), shift(5)])
        busy = on("li d3, he d4, he d5")
        assert replan(problem, busy, [ill("li", 3)]).roster == on("wu d3, he d4, he d5")

    def test_with_nothing_to_do_nothing_changes(self):
        plan = replan(self.problem, self.published)
        assert (plan.roster, plan.added, plan.removed, plan.notices) == (self.published, (), (), ())
        assert (plan.proven, plan.cost, plan.bound) == (True, 0.0, 0.0)

    def test_everybody_concerned_is_told_and_nobody_else(self):
        plan = replan(self.problem, self.published, [ill("li", 3)])
        assert {notice.volunteer for notice in plan.notices} == {"li", plan.added[0].volunteer}
        assert plan.text().splitlines()[0] == (
            "1 to come, 0 to go, 1 cannot stay; changes cost 4 (no roster needs less)"
        )
        assert plan.text("zh").splitlines()[0] == "新增1，减少0，无法保留1；变动代价4（已证明不能更少）"
        assert str(plan) == plan.text()
        assert "no longer: helper on gate" in plan._repr_html_()
        assert len(plan.table("zh").rows) == 2


class TestAChain:
    """Where nobody free can come, others move, as few as can be."""

    def test_moves_one_who_can_for_one_who_cannot(self):
        people = ["li", Volunteer(id="wu", availability=only(3, 4)), Volunteer(id="he", availability=only(4))]
        problem = month(
            people, [shift(3), shift(4)], rules=(*default_rules(), rules.MostShifts(shifts=1, per=Period.MONTH))
        )
        plan = replan(problem, on("li d3, wu d4"), [ill("li", 3, days=2)])
        assert plan.roster == on("wu d3, he d4")
        assert plan.proven
        assert (len(plan.added), len(plan.removed), len(plan.lost)) == (2, 2, 1)
        assert plan.cost == plan.bound == 4 + 2 * 2

    def test_moves_those_with_more_notice(self):
        far = {"li": (3, 20), "wu": (3, 4), "he": (4,), "bo": (20,)}
        people = [Volunteer(id=id, availability=only(*days)) for id, days in far.items()]
        limit = rules.MostShifts(shifts=1, per=Period.MONTH)
        problem = month(["an", *people], [shift(3), shift(4), shift(20)], rules=(*default_rules(), limit))
        published = on("an d3, wu d4, li d20")
        plan = replan(problem, published, [ill("an", 3)], now=at(2, 12))
        assert plan.roster == on("li d3, wu d4, bo d20")
        assert plan.cost == 8 + 1 + 1

    def test_leaves_open_what_nobody_can_fill(self):
        problem = month([Volunteer(id="li"), Volunteer(id="wu", availability=only(4))], [shift(3), shift(4)])
        plan = replan(problem, on("li d3, wu d4"), [ill("li", 3)])
        assert plan.roster == on("wu d4")
        assert plan.proven
        assert [(each.shift, each.role, each.missing) for each in plan.unfilled] == [("d3", "helper", 1)]
        assert "still open: helper on gate, Tue 3 Mar 2026 09:00–12:00: 1 missing" in plan.text()
        assert "仍缺：helper，gate，2026年3月3日周二 09:00–12:00，1人" in plan.text("zh")


class TestWhatWasOpenBefore:
    problem = month(["li", "wu"], [shift(3), shift(10)])
    published = on("li d3")

    def test_stays_open(self):
        plan = replan(self.problem, self.published, [ill("li", 3)])
        assert plan.roster == on("wu d3")

    def test_is_filled_when_asked(self):
        plan = replan(self.problem, self.published, [ill("li", 3)], fill=True)
        assert {each.shift for each in plan.roster} == {"d3", "d10"}
        assert plan.proven

    def test_is_not_asked_for_any_more_when_it_is_over(self):
        plan = replan(self.problem, Roster(), fill=True, now=at(4, 8))
        assert [each.shift for each in plan.roster] == ["d10"]
        assert (plan.unfilled, plan.proven) == ((), True)

    def test_stays_open_above_a_minimum_that_is_hard(self):
        cover = CoverRequirement(minimum=1, desired=2)
        cover_rules = rules.MinimumCover(weight=None), rules.DesiredCover()
        problem = attrs.evolve(self.problem, shifts=[shift(3, cover), shift(10, cover)], rules=cover_rules)
        assert replan(problem, on("li d3, wu d10")).added == ()

    def test_is_filled_where_cover_is_hard(self):
        problem = attrs.evolve(self.problem, rules=(rules.Available(), rules.MinimumCover(weight=None)))
        assert {each.shift for each in replan(problem, self.published).roster} == {"d3", "d10"}


class TestDemand:
    problem = month(["li", "wu", "he"], [shift(3), shift(4)])
    published = on("li d3, wu d4")

    def test_of_a_new_shift_is_met(self):
        plan = replan(self.problem, self.published, [AddedShift(shift=shift(8))])
        assert len(plan.roster) == 3
        assert plan.proven
        assert plan.cost == plan.bound == 1.0

    def test_of_a_cancelled_shift_is_gone_and_costs_nothing(self):
        plan = replan(self.problem, self.published, [CancelledShift(shift="d3")])
        assert plan.roster == on("wu d4")
        assert (plan.cost, plan.lost) == (0.0, tuple(on("li d3")))
        assert plan.notices[0].text() == "Changes for li\n- cancelled: gate, Tue 3 Mar 2026 09:00–12:00"

    def test_of_a_changed_shift_is_met(self):
        more = shift(3, CoverRequirement(minimum=2, maximum=2))
        plan = replan(self.problem, self.published, [ChangedShift(shift=more)])
        assert Counter(each.shift for each in plan.roster) == {"d3": 2, "d4": 1}

    def test_of_a_shift_that_needs_fewer_sends_somebody_home(self):
        two = month(["li", "wu"], [shift(3, CoverRequirement(minimum=2, maximum=2))])
        plan = replan(two, on("li d3, wu d3"), [ChangedShift(shift=shift(3))])
        assert len(plan.roster) == 1
        assert plan.lost == ()
        assert plan.cost == plan.bound == 4.0

    def test_moved_to_when_somebody_cannot(self):
        people = [Volunteer(id="li", availability=only(3)), "wu"]
        plan = replan(month(people, [shift(3)]), on("li d3"), [ChangedShift(shift=shift(4, id="d3"))])
        assert plan.roster == on("wu d3")
        assert plan.lost == tuple(on("li d3"))

    def test_of_a_role_that_is_gone(self):
        lead = shift(3, CoverRequirement(role="lead"))
        plan = replan(self.problem, self.published, [ChangedShift(shift=lead)])
        assert plan.lost == tuple(on("li d3"))
        assert [each.role for each in plan.roster.of_shift("d3")] == ["lead"]

    def test_is_met_by_somebody_new(self):
        problem = month(["li"], [shift(3)])
        plan = replan(problem, on("li d3"), [ill("li", 3), Joined(volunteer=Volunteer(id="xu"))])
        assert plan.roster == on("xu d3")


class TestThePast:
    problem = month(["li", "wu", "he"], [shift(3), shift(4), shift(5)])
    published = on("li d3, wu d4")

    def test_stays_as_it_was(self):
        problem = attrs.evolve(self.problem, rules=(*default_rules(), rules.MostShifts(shifts=1, per=Period.MONTH)))
        plan = replan(problem, self.published, [ill("wu", 4)], now=at(4, 8))
        assert plan.roster == on("li d3, he d4")

    def test_is_not_to_be_changed(self):
        with pytest.raises(InputError, match="disruptions of 'li' must leave what is over as it was, not 'd3'"):
            replan(self.problem, self.published, [ill("li", 3)], now=at(3, 12))

    def test_is_not_to_be_cancelled(self):
        with pytest.raises(InputError, match="must leave what is over as it was"):
            replan(self.problem, self.published, [CancelledShift(shift="d3")], now=at(3, 12))

    @pytest.mark.parametrize("changed", [shift(20, id="d3"), shift(3, CoverRequirement(minimum=0, maximum=1))])
    def test_is_not_to_be_another(self, changed):
        with pytest.raises(InputError, match="must leave what is over as it was"):
            replan(self.problem, self.published, [ChangedShift(shift=changed)], now=at(3, 12))

    def test_that_breaks_a_hard_rule_is_no_fault_of_what_happened(self):
        problem = month([Volunteer(id="li", availability=only(4)), "wu", "he"], [shift(3), shift(5)])
        plan = replan(problem, on("li d3, wu d5"), [ill("wu", 5)], now=at(4, 8))
        assert (plan.roster, plan.proven) == (None, True)
        assert [each.volunteers for each in plan.conflict] == [("li",)]

    def test_that_breaks_one_by_agreement_stays(self):
        agreed = Override(volunteer="li", shift="d3", reason="stood in")
        people = [Volunteer(id="li", availability=only(4)), "wu", "he"]
        problem = month(people, [shift(3), shift(5)], overrides=[agreed])
        plan = replan(problem, on("li d3, wu d5"), [ill("wu", 5)], now=at(4, 8))
        assert {*on("li d3")} < {*plan.roster}
        assert plan.report.feasible

    @pytest.mark.parametrize(("now", "filled"), [((3, 8, 59), True), ((3, 9), True), ((3, 11, 59), True)])
    def test_a_place_that_is_open_is_filled_until_the_shift_is_over(self, now, filled):
        plan = replan(self.problem, self.published, [ill("li", 3)], now=at(*now))
        assert any(each.shift == "d3" for each in plan.roster) is filled
        assert plan.cost == 8.0

    def test_nobody_is_moved_out_of_a_shift_that_has_begun(self):
        people = ["li", Volunteer(id="wu"), Volunteer(id="he", availability=only(4))]
        both = [shift(4, hours=(9, 12), id="early"), shift(4, hours=(11, 14), id="late")]
        problem = month(people, both)
        published = on("wu early, li late")
        before = replan(problem, published, [ill("li", 4)], now=at(4, 8))
        begun = replan(problem, published, [ill("li", 4)], now=at(4, 10))
        assert before.roster == begun.roster == on("wu early, he late")


class TestAgreements:
    def test_an_absence_beats_a_pin_and_an_override(self):
        pin = Assignment(volunteer="li", shift="d3")
        problem = month(
            ["li", "wu"],
            [shift(3)],
            pinned=[pin],
            overrides=[Override(volunteer="li", shift="d3", reason="agreed")],
        )
        assert replan(problem, on("li d3"), [ill("li", 3)]).roster == on("wu d3")

    def test_an_absence_counts_where_no_rule_looks_at_availability(self):
        problem = month(["li", "wu"], [shift(3)], rules=(rules.MinimumCover(), rules.MaximumCover()))
        assert replan(problem, on("li d3"), [ill("li", 3)]).roster == on("wu d3")

    def test_a_pin_of_somebody_else_stays(self):
        problem = month(["li", "wu"], [shift(3), shift(4)], pinned=[Assignment(volunteer="wu", shift="d4")])
        assert replan(problem, on("li d3, wu d4"), [ill("li", 3)]).roster == on("wu d3, wu d4")

    def test_a_pin_that_the_published_roster_breaks_is_kept(self):
        both = shift(3, CoverRequirement(), CoverRequirement(role="lead", minimum=0, maximum=1))
        problem = month(["li", "wu"], [both], pinned=[Assignment(volunteer="li", shift="d3", role="lead")])
        plan = replan(problem, on("li d3"))
        assert {str(each) for each in plan.roster} == {"li on d3 as lead", "wu on d3 as helper"}
        assert plan.report.feasible


class TestHardRulesOnCompany:
    def test_nobody_stays_where_a_hard_rule_forbids_it(self):
        together = rules.Together(companies=[("li", "wu")])
        two = CoverRequirement(minimum=2, maximum=2)
        problem = month(["li", "wu"], [shift(3, two)], rules=(*default_rules(), together))
        plan = replan(problem, on("li d3, wu d3"), [ill("li", 3)])
        assert plan.roster == Roster()
        assert plan.proven

    def test_that_cannot_be_kept_are_named(self):
        problem = month(["li"], [shift(3)], rules=(rules.Available(), rules.MinimumCover(weight=None)))
        plan = replan(problem, on("li d3"), [ill("li", 3)])
        assert plan.roster is None
        assert plan.conflict
        assert plan.text().startswith("no roster keeps all hard rules\n- ")
        assert plan.table().title == "no roster keeps all hard rules"


class TestBadInput:
    problem = month(["li"], [shift(3)])

    @pytest.mark.parametrize(
        ("given", "named"),
        [
            ({"disruptions": [1]}, "disruptions"),
            ({"disruptions": [ill("nobody", 3)]}, "Absence.volunteer"),
            ({"now": datetime(2026, 3, 3)}, "now"),
            ({"fill": 1}, "fill"),
            ({"time_limit": -1.0}, "time_limit"),
            ({"seed": "x"}, "seed"),
        ],
    )
    def test_is_named(self, given, named):
        with pytest.raises(InputError, match=named):
            replan(self.problem, Roster(), **given)

    def test_an_unknown_id_is_named(self):
        with pytest.raises(InputError, match="nobody"):
            replan(self.problem, on("nobody d3"))


def test_the_other_areas_of_a_district_are_left_alone():
    problem = datasets.district(areas=2, volunteers=80, days=3)
    roster = solve(problem).roster
    duty = roster.assignments[0]
    plan = replan(problem, roster, [Absence(volunteer=duty.volunteer, span=problem.shift(duty.shift).span)])
    assert plan.report.feasible
    assert plan.proven
    here = duty.volunteer.split("-")[0]
    assert {each.volunteer.split("-")[0] for each in (*plan.added, *plan.removed)} == {here}


def test_of_what_was_not_found_in_time_nothing_is_said_that_is_not_known():
    plan = Replan(disruptions=(), problem=month(["li"], [shift(3)]))
    assert plan.text() == plan.table().title == "no roster that keeps all hard rules was found in time"
    assert plan.text("zh") == "限时内未找到满足所有硬规则的班表"


def test_what_takes_too_long_is_not_called_proven():
    people = ["li", Volunteer(id="wu", availability=only(3, 4)), Volunteer(id="he", availability=only(4))]
    limit = rules.MostShifts(shifts=1, per=Period.MONTH)
    problem = month(people, [shift(3), shift(4)], rules=(*default_rules(), limit))
    plan = replan(problem, on("li d3, wu d4"), [ill("li", 3)], time_limit=0)
    assert plan.roster in (on("wu d4"), on("wu d3"), on("wu d3, he d4"))
    assert plan.proven <= (plan.roster == on("wu d3, he d4"))
    assert plan.report.feasible
    assert "may be possible" in plan.text() or plan.proven
