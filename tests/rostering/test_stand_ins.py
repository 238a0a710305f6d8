from datetime import datetime
from math import fsum
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import CoverRequirement, InputError, Label, Limit, Override, Period, Roster, rules, why_not
from civicvol.io import from_json, to_json
from civicvol.rostering import AssignmentRule, Family
from civicvol.rostering.change import Changes
from civicvol.rostering.rules import RULES, rules_of
from civicvol.rostering.stand_ins import stand_ins
from civicvol.testing import example_rules, roster_problems, rosters

COOK, WAITER = CoverRequirement(role="cook", all_of=["cooking"]), CoverRequirement(role="waiter")


def ids(members):
    return [each.assignment.volunteer for each in members]


def counts(answer):
    return {reason.en: count for reason, count in answer.counts}


def at(day, hour=12, zone="Asia/Shanghai"):
    return datetime(2026, 3, day, hour, tzinfo=ZoneInfo(zone))


@attrs.frozen(kw_only=True)
class Price(AssignmentRule):
    """Somebody has a price."""

    unit = Label("prices")
    sentence = Label("{volunteer} costs {amount}")
    reason = Label("too dear")
    family = Family.WISHES

    weight: float = 1.0
    of: str
    amount_of_it: float

    def amount(self, problem, volunteer, shift, line):
        return (self.amount_of_it if volunteer.id == self.of else 0.0), {}

    def measure(self, problem):
        raise NotImplementedError


@pytest.fixture
def hall(kitchen, make):
    """The kitchen's people, and a meal with a cook and a waiter two days later."""
    meal = make.shift("hall", "26 11:00-13:00", cover=[COOK, WAITER])
    return attrs.evolve(kitchen, shifts=(*kitchen.shifts, meal))


@pytest.fixture
def free(make):
    """Four people who could all take a place for nothing."""
    people = [make.person(id) for id in ("an", "bo", "cy", "di")]
    return make.problem(*people, make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-11:00"))


class TestWhoCould:
    def test_is_told_with_what_it_gains_by_each_rule(self, kitchen, make):
        (di,) = stand_ins(kitchen, make.roster("bo:lunch/cook"), "lunch").candidates
        assert str(di.assignment) == "di on lunch as cook"
        assert di.cost == -11_000
        assert {each.rule: each.cost for each in di.effects} == {"MinimumCover": -10_000, "DesiredCover": -1_000}
        assert (di.duties, di.minutes, di.before, di.asked, di.agreed) == (0, 0, 0, None, ())
        assert str(di) == (
            "di as cook, penalty -11,000.00: MinimumCover -10,000.00, DesiredCover -1,000.00; "
            "duties on this roster: 0 (0 h), before: 0 h"
        )
        assert [each.rule for each in di.effects] == ["MinimumCover", "DesiredCover"]
        assert di.text("zh").startswith("di（cook），总代价-11,000.00：MinimumCover-10,000.00，")

    def test_is_told_with_what_they_do_and_when_they_were_asked(self, free, make):
        problem = attrs.evolve(free, previous=[make.past("22 09:00-10:20", "an")])
        late = at(20, 23, "UTC")
        an = stand_ins(problem, make.roster("an:b"), "a", asked={"an": late}).candidates[-1]
        assert (an.cost, an.effects, an.duties, an.minutes, an.before, an.asked) == (0, (), 1, 120, 80, late)
        # It was the next day already where the roster is, in Berlin.
        assert an.reasons() == "duties on this roster: 1 (2 h), before: 1.33 h; last asked on 2026-03-21"
        assert an.reasons("zh") == "本期1班（2小时），此前1.33小时；上次询问：2026-03-21"

    def test_is_told_with_what_was_agreed(self, kitchen):
        agreed = Override(volunteer="an", shift="lunch", reason="learns to cook", rules={"Qualified"})
        answer = stand_ins(attrs.evolve(kitchen, overrides=[agreed]), Roster(), "lunch")
        (an,) = (each for each in answer.candidates if each.assignment.volunteer == "an")
        assert [each.rule for each in an.agreed] == ["Qualified"]
        assert an.why().endswith("no valid cooking; agreed: learns to cook")
        assert an.why("zh").endswith("已同意：learns to cook")
        assert "Qualified" not in {each.rule for each in an.effects}

    def test_is_told_what_it_mends_of_a_hard_rule(self, kitchen):
        hard = attrs.evolve(kitchen, rules=(rules.MinimumCover(weight=None), rules.Qualified()))
        assert stand_ins(hard, Roster(), "lunch").candidates[0].why() == "MinimumCover is broken by 1 less"

    def test_takes_the_role_that_costs_least(self, hall):
        dear = attrs.evolve(WAITER, importance=2.0)
        problem = attrs.evolve(hall, shifts=(*hall.shifts[:2], attrs.evolve(hall.shifts[2], cover=[COOK, dear])))
        answer = stand_ins(problem, Roster(), "hall")
        assert {each.assignment.role for each in answer.candidates} == {"waiter"}
        assert answer.role is None
        of_cooks = stand_ins(problem, Roster(), "hall", role="cook")
        assert {each.assignment.role for each in of_cooks.candidates} == {"cook"}
        assert (of_cooks.role, str(of_cooks.name)) == ("cook", "post, Thu 26 Mar 2026 11:00–13:00, cook")

    def test_takes_a_role_that_nothing_stands_against_however_dear(self, hall, make):
        problem = attrs.evolve(hall, rules=(*hall.rules, rules.PositionPreference(weight=1e6)))
        (an,) = (each for each in stand_ins(problem, Roster(), "hall").candidates if each.name.en == "an as waiter")
        assert an.assignment == make.assignment("an:hall/waiter")


class TestTheOrder:
    @pytest.mark.parametrize(
        ("more", "first"), [(2.0, "bo"), (1e-6, "bo"), (1e-7, "an"), (0.0, "an"), (-1e-7, "an"), (-1e-6, "an")]
    )
    def test_begins_with_who_costs_least_to_a_millionth(self, free, more, first):
        dear = attrs.evolve(free, volunteers=free.volunteers[:2], rules=[Price(of="an", amount_of_it=3.0 + more)])
        level = attrs.evolve(dear, rules=(*dear.rules, Price(of="bo", amount_of_it=3.0)))
        answer = stand_ins(level, Roster(), "a")
        assert ids(answer.candidates)[0] == first
        assert [each.cost for each in answer.candidates if each.assignment.volunteer == "bo"] == [3.0]

    def test_of_equal_cost_begins_with_who_has_done_least_now_and_before(self, free, make):
        problem = attrs.evolve(free, previous=[make.past("22 09:00-11:01", "an"), make.past("22 09:00-11:00", "bo")])
        # An did 121 minutes; bo 120; cy has 120 on the roster, di 120 and none before.
        assert ids(stand_ins(problem, make.roster("cy:b"), "a").candidates) == ["di", "bo", "cy", "an"]

    def test_goes_on_with_who_was_never_asked_or_longest_ago(self, free):
        asked = {"an": at(3), "bo": at(2, 13), "cy": at(2, 12), "stranger": at(1)}
        assert ids(stand_ins(free, Roster(), "a", asked=asked).candidates) == ["di", "cy", "bo", "an"]

    def test_compares_times_across_zones(self, free):
        asked = {"an": at(3, 12, "UTC"), "bo": at(3, 19), "cy": at(3, 21), "di": at(3, 20)}
        # Noon UTC is 20:00 in Shanghai, as di's; of these two the id decides.
        assert ids(stand_ins(free, Roster(), "a", asked=asked).candidates) == ["bo", "an", "di", "cy"]

    def test_ends_with_the_id(self, free):
        problem = attrs.evolve(free, volunteers=free.volunteers[::-1])
        assert ids(stand_ins(problem, Roster(), "a").candidates) == ["an", "bo", "cy", "di"]


class TestWhoCouldNot:
    def test_is_counted_under_one_reason_and_told_why(self, kitchen, make):
        answer = stand_ins(kitchen, make.roster("bo:lunch/cook"), "lunch")
        assert ids(answer.others) == ["an", "cy"]
        assert counts(answer) == {"not qualified": 1, "not free then": 1}
        assert str(answer.others[0]) == (
            "an as cook: no, because an is not qualified for post, Tue 24 Mar 2026 11:00–13:00: no valid cooking"
        )
        assert answer.others[1].text("zh").startswith("cy（cook）：不行，因为cy在")

    def test_is_told_every_rule_on_single_assignments(self, kitchen):
        cy = attrs.evolve(kitchen.volunteers[2], qualifications=())
        problem = attrs.evolve(kitchen, volunteers=[cy])
        (other,) = stand_ins(problem, Roster(), "lunch").others
        assert [each.rule for each in other.against] == ["Qualified", "Available"]
        assert str(other.reason) == "not qualified"

    def test_is_counted_as_on_duty_rather_than_tired(self, make):
        night, morning = make.shift("night", "23 22:00-06:00"), make.shift("morning", "24 09:00-11:00")
        late = make.shift("late", "24 10:00-12:00")
        problem = make.problem(night, morning, late, rules=[rules.MinimumRest(), rules.NoOverlap()])
        (li,) = stand_ins(problem, make.roster("li:night li:morning"), "late").others
        assert [each.rule for each in li.against] == ["NoOverlap", "MinimumRest"]
        assert str(li.reason) == "on another duty then"
        (li,) = stand_ins(problem, make.roster("li:night"), "late").others
        assert str(li.reason) == "with too little rest"

    def test_is_counted_under_what_nothing_of_their_own_brings_about(self, make):
        shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 10:00-12:00")]
        hard = [rules.NoOverlap(), rules.MostShifts(shifts=1, per=Period.DAY), rules.MaximumCover()]
        problem = make.problem(*shifts, make.person("an"), make.person("bo"), rules=hard)
        (an,) = stand_ins(problem, make.roster("an:a bo:b"), "b").others
        assert [each.rule for each in an.against] == ["MaximumCover", "NoOverlap", "MostShifts"]
        assert str(an.reason) == "over the maximum"

    def test_is_looked_at_in_the_role_that_least_stands_against(self, hall, make):
        away = attrs.evolve(hall.volunteers[0], availability=hall.volunteers[2].availability)
        lunch = attrs.evolve(hall.shifts[0], cover=[COOK, WAITER])
        problem = attrs.evolve(hall, volunteers=[away], shifts=[lunch, *hall.shifts[1:]])
        (an,) = stand_ins(problem, Roster(), "lunch").others
        assert (an.assignment.role, str(an.reason)) == ("waiter", "not free then")
        (an,) = stand_ins(problem, Roster(), "lunch", role="cook").others
        assert (an.assignment.role, len(an.against)) == ("cook", 2)

    def test_reaches_their_own_limit(self, free, make):
        most = [Limit(per=Period.WEEK, shifts=1)]
        people = [attrs.evolve(each, limits=most) for each in free.volunteers[:2]]
        problem = attrs.evolve(free, volunteers=people, rules=[rules.OwnShifts()])
        answer = stand_ins(problem, make.roster("an:b"), "a")
        assert (ids(answer.candidates), ids(answer.others)) == (["bo"], ["an"])

    def test_is_not_blamed_for_what_is_broken_already(self, free, make):
        most = [Limit(per=Period.DAY, shifts=0)]
        people = [attrs.evolve(free.volunteers[0], limits=most), *free.volunteers[1:]]
        problem = attrs.evolve(free, volunteers=people, rules=[rules.OwnShifts()])
        assert ids(stand_ins(problem, make.roster("an:b"), "a").others) == ["an"]
        assert ids(stand_ins(problem, make.roster("an:a"), "b").candidates) == ["bo", "cy", "di"]


class TestAFullShift:
    def test_has_no_place_unless_somebody_drops_out(self, kitchen, make):
        answer = stand_ins(kitchen, make.roster("an:gate"), "gate")
        assert (answer.full, answer.candidates, dict(answer.assigned)) == (True, (), {"an": "an"})
        assert counts(answer) == {"over the maximum": 2, "not free then": 1}
        assert "it is full, so there is a place only if somebody drops out" in str(answer)
        assert answer.text("zh").splitlines()[0].endswith("：0人可以，3人不行，已满员，有人退出才有空位")

    def test_has_a_place_where_somebody_drops_out(self, kitchen, make):
        answer = stand_ins(kitchen, make.roster("an:gate"), "gate", instead_of="an")
        assert (answer.full, answer.assigned) == (False, {})
        assert ids(answer.candidates) == ["bo", "di"]
        assert [each.cost for each in answer.candidates] == [-10_000, -10_000]
        assert ids(answer.others) == ["cy"]
        assert answer.title() == "post, Tue 24 Mar 2026 12:00–14:00, helper, instead of an: 2 could, 1 could not"
        assert answer.title("zh").endswith("，helper，替代an：2人可以，1人不行")

    def test_takes_one_more_where_the_maximum_has_a_price(self, kitchen, make):
        soft = attrs.evolve(kitchen, rules=[rules.MaximumCover(weight=5.0)])
        answer = stand_ins(soft, make.roster("an:gate"), "gate")
        assert answer.full
        assert [each.cost for each in answer.candidates] == [5, 5, 5]

    def test_is_full_where_each_role_that_is_asked_for_is(self, hall, make):
        cooks, both = make.roster("bo:hall/cook"), make.roster("bo:hall/cook an:hall/waiter")
        assert stand_ins(hall, cooks, "hall", role="cook").full
        assert not stand_ins(hall, cooks, "hall").full
        assert stand_ins(hall, both, "hall").full


class TestWhoeverDropsOut:
    def test_is_replaced_in_their_role(self, hall, make):
        roster = make.roster("bo:hall/cook")
        answer = stand_ins(hall, roster, "hall", instead_of="bo")
        assert (answer.role, ids(answer.candidates), ids(answer.others)) == ("cook", ["cy", "di"], ["an"])
        waiters = stand_ins(hall, roster, "hall", instead_of="bo", role="waiter")
        assert (waiters.role, ids(waiters.candidates)) == ("waiter", ["an", "cy", "di"])

    def test_leaves_the_others_on_the_shift(self, hall, make):
        answer = stand_ins(hall, make.roster("bo:hall/cook an:hall/waiter"), "hall", instead_of="bo")
        assert answer.assigned == {"an": "an"}
        assert ids(answer.candidates) == ["cy", "di"]
        assert str(answer).endswith("\non it already: an")
        assert answer.text("zh").endswith("\n已在该班：an")


class TestTheAnswer:
    def test_reads_as_a_list(self, kitchen, make):
        assert str(stand_ins(kitchen, make.roster("bo:lunch/cook"), "lunch")) == (
            "post, Tue 24 Mar 2026 11:00–13:00: 1 could, 2 could not\n"
            "1. di as cook, penalty -11,000.00: MinimumCover -10,000.00, DesiredCover -1,000.00; "
            "duties on this roster: 0 (0 h), before: 0 h\n"
            "could not: 1 not qualified, 1 not free then\n"
            "on it already: bo"
        )

    def test_stops_at_ten(self, make):
        people = [make.person(f"p{number:02}") for number in range(12)]
        problem = make.problem(*people, make.shift("a", "24 09:00-11:00"))
        ten = attrs.evolve(problem, volunteers=people[:10])
        assert len(str(stand_ins(ten, Roster(), "a")).splitlines()) == 11
        lines = str(stand_ins(problem, Roster(), "a")).splitlines()
        assert (len(lines), lines[-1]) == (12, "and 2 more")

    def test_has_tables(self, kitchen, make):
        answer = stand_ins(kitchen, make.roster("bo:lunch/cook"), "lunch", asked={"di": at(1)})
        assert answer.table().to_records() == [
            {
                "who": "di as cook",
                "penalty": -11_000,
                "why": "MinimumCover -10,000.00, DesiredCover -1,000.00",
                "duties": 0,
                "hours": 0,
                "hours before": 0,
                "last asked": "2026-03-01",
            }
        ]
        assert answer.table("zh").columns[-1] == "上次询问"
        assert stand_ins(kitchen, Roster(), "lunch").table().rows[0][-1] is None
        assert answer.by_reason("zh").to_records()[0] == {"原因": "不具备所需技能", "人数": 1}
        assert answer._repr_html_().count("<table") == 2

    def test_travels(self, kitchen, make):
        answer = stand_ins(kitchen, make.roster("bo:lunch/cook"), "lunch", asked={"di": at(1)})
        assert from_json(to_json(answer), type(answer)) == answer

    def test_is_empty_where_there_is_nobody(self, kitchen):
        answer = stand_ins(attrs.evolve(kitchen, volunteers=()), Roster(), "lunch")
        assert (answer.candidates, answer.others) == ((), ())
        assert str(answer) == "post, Tue 24 Mar 2026 11:00–13:00: 0 could, 0 could not"


class TestWhatMakesNoSense:
    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"shift": "moon"}, "shift"),
            ({"shift": None}, "shift"),
            ({"role": "cook"}, "role"),
            ({"role": 7}, "role"),
            ({"instead_of": "bo"}, "instead_of"),
            ({"instead_of": "xi"}, "instead_of"),
            ({"instead_of": []}, "instead_of"),
            ({"asked": ["an"]}, "asked"),
            ({"asked": {"an": datetime(2026, 3, 1)}}, "asked"),
            ({"asked": {"an": at(1), "bo": "yesterday"}}, "asked"),
            ({"roster": None}, "roster"),
            ({"problem": 1}, "problem"),
        ],
    )
    def test_is_refused(self, kitchen, make, given, field):
        arguments = {"problem": kitchen, "roster": make.roster("an:gate"), "shift": "gate"} | given
        with pytest.raises(InputError) as caught:
            stand_ins(**arguments)
        assert caught.value.faults[0].field == field

    def test_is_named_by_whose_time_it_is(self, kitchen):
        with pytest.raises(InputError, match="has a time, that of 'bo', that must be a datetime with a time zone"):
            stand_ins(kitchen, Roster(), "gate", asked={"bo": datetime(2026, 3, 1)})


@st.composite
def questions(draw):
    """Draw a problem with any rules, a roster of it that may break them, and a shift."""
    problem = draw(roster_problems().filter(lambda problem: problem.shifts))
    kinds = draw(st.lists(st.sampled_from(RULES), max_size=4, unique=True))
    drawn = [draw(example_rules(kind, problem=problem)) for kind in kinds]
    kept = [rule for rule in problem.rules if type(rule) not in kinds]
    problem = attrs.evolve(problem, rules=(*kept, *drawn))
    return problem, draw(rosters(problem)), draw(st.sampled_from(problem.shifts))


class TestTheWholeAnswer:
    """Everybody is looked at once, and is told just what `why_not` tells of them alone."""

    @given(questions())
    def test_agrees_with_why_not(self, question):
        problem, roster, shift = question
        answer = stand_ins(problem, roster, shift.id)
        could, could_not = (
            {each.assignment.volunteer: each for each in found} for found in (answer.candidates, answer.others)
        )
        there = {each.volunteer for each in roster.of_shift(shift.id)}
        assert sorted((*could, *could_not, *answer.assigned)) == sorted(problem.volunteer_by_id)
        assert set(answer.assigned) == there
        for id in problem.volunteer_by_id.keys() - there:
            alone = why_not(problem, roster, id, shift.id)
            assert alone.possible == (id in could)
            if alone.possible:
                assert could[id].assignment == alone.assignment
                assert could[id].cost == pytest.approx(alone.cost, abs=1e-6)
                assert fsum(each.cost for each in could[id].effects) == pytest.approx(alone.cost, abs=1e-6)
                assert {each.message for each in could[id].agreed} == {each.message for each in alone.agreed}

    @given(questions(), st.data())
    def test_says_what_a_change_without_whoever_drops_out_would(self, question, data):
        problem, roster, shift = question
        on_it = roster.of_shift(shift.id)
        dropped = data.draw(st.sampled_from(on_it)) if on_it else None
        role = data.draw(st.sampled_from([line.role for line in shift.cover]))
        instead_of = None if dropped is None else dropped.volunteer
        answer = stand_ins(problem, roster, shift.id, role=role, instead_of=instead_of)
        rest = roster if dropped is None else roster.without(dropped)
        found = (*answer.candidates, *answer.others)
        assert instead_of not in {*ids(found), *answer.assigned}
        changes = Changes(problem, rest, rules_of(problem))
        for each in found:
            assert each.assignment.role == role
            change = changes.of(added=[each.assignment])
            assert (not change.against) == (each in answer.candidates)
            if change.against:
                assert {every.message for every in each.against} <= {every.message for every in change.against}
                assert each.against
            else:
                assert each.cost == pytest.approx(change.cost, abs=1e-6)
        ranks = [
            (round(each.cost, 6), each.minutes + each.before, each.assignment.volunteer) for each in answer.candidates
        ]
        assert ranks == sorted(ranks)
