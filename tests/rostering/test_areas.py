from collections import Counter
from typing import ClassVar

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import InputError, Label, Override, Reach, Request, Roster, Unit, UnitTree, areas, datasets, rejoin, rules
from civicvol.rostering.areas import _bundled
from civicvol.rostering.rule import AssignmentRule, Family
from civicvol.rostering.rules import (
    Apart,
    Deputies,
    EvenLoad,
    FairShare,
    MinimumCover,
    SamePerson,
    ServedUnits,
    Together,
)
from tests.rostering.communities import side_by_side

RULES = ServedUnits(), MinimumCover()
UNITS = UnitTree(
    [
        Unit(id="street", kind="street", label="Street"),
        Unit(id="north", kind="grid", label="North", parent="street"),
        Unit(id="south", kind="grid", label="South", parent="street"),
        Unit(id="mill", kind="building", label="Mill", parent="south"),
        Unit(id="far", kind="street", label="Far street"),
    ]
)


@pytest.fixture
def apart(make):
    """Return what makes a problem of people who live north, south or far away, and a gate in each of these places."""

    def problem(*more, rules=RULES, people=("an:north", "bo:south", "cy:far"), **fields):
        homes = (each.split(":") for each in people)
        volunteers = [make.person(id, home=home or None) for id, home in homes]
        gates = [make.shift(f"{at} gate", "24 09:00-11:00", unit=at) for at in ("north", "south", "far")]
        return make.problem(*volunteers, *gates, *more, rules=rules, units=UNITS, **fields)

    return problem


def ids(problem, **arguments):
    """Return who and what is in each area, by id."""
    return [
        (
            " ".join(volunteer.id for volunteer in area.volunteers),
            " ".join(shift.id.removesuffix(" gate") for shift in area.shifts),
        )
        for area in areas(problem, **arguments)
    ]


EACH = [("an", "north"), ("bo", "south"), ("cy", "far")]
NORTH_SOUTH = [("an bo", "north south"), ("cy", "far")]
ALL = [("an bo cy", "north south far")]


class TestWhoServesWhere:
    def test_makes_areas_of_units_that_share_nobody(self, apart):
        assert ids(apart()) == EACH

    def test_joins_the_units_that_somebody_serves(self, apart, make):
        problem = apart(make.person("di", serves=["north", "south"]))
        assert ids(problem) == [("an bo di", "north south"), ("cy", "far")]

    def test_joins_a_unit_with_those_inside_that_somebody_serves(self, apart, make):
        problem = apart(make.shift("mill gate", "24 12:00-14:00", unit="mill"))
        assert ids(problem) == [("an", "north"), ("bo", "south mill"), ("cy", "far")]

    def test_joins_a_unit_with_that_above_in_which_people_live(self, apart, make):
        problem = apart(make.shift("street gate", "24 12:00-14:00", unit="street"))
        assert ids(problem) == [("an bo", "north south street"), ("cy", "far")]

    def test_joins_all_where_somebody_serves_everywhere(self, apart):
        assert ids(apart(people=("an:north", "bo:south", "cy:far", "di:"))) == [("an bo cy di", "north south far")]

    def test_joins_all_where_a_shift_is_everywhere(self, apart, make):
        assert ids(apart(make.shift("anywhere", "24 12:00-14:00"))) == [("an bo cy", "north south far anywhere")]

    def test_makes_areas_in_the_order_of_their_first_shifts(self, apart):
        problem = apart()
        problem = attrs.evolve(problem, shifts=problem.shifts[::-1])
        assert ids(problem) == EACH[::-1]

    @pytest.mark.parametrize(
        "rule",
        [ServedUnits(weight=5.0), ServedUnits(group="cadre"), ServedUnits(positions={"post"}), MinimumCover()],
    )
    def test_makes_one_area_where_it_does_not_bind_everybody(self, apart, rule):
        problem = apart(rules=[rule])
        (area,) = areas(problem)
        assert area is problem

    def test_makes_one_area_of_units_that_nobody_leaves_but_for_one(self, apart):
        problem = apart(people=("an:north", "bo:north"))
        # Whoever lives north serves no other gate, so there is one area, with gates that nobody can take.
        (area,) = areas(problem)
        assert area is problem

    def test_may_be_told_by_a_rule_of_an_apps_own(self, apart):
        problem = apart(rules=[ByAge(weight=1.0), ByAge()], people=("an:north", "bo:south", "cy:far"))
        assert ids(problem) == [("an cy", "north far"), ("bo", "south")]


@attrs.frozen(kw_only=True)
class ByAge(AssignmentRule):
    """People take every other shift: the first, third and so on, or the others."""

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label("{volunteer} is not for {shift}", "{volunteer}不适合{shift}")
    reason: ClassVar = Label("not for this", "不适合")
    family: ClassVar = Family.PEOPLE

    def amount(self, problem, volunteer, shift, line):
        return float(problem.volunteers.index(volunteer) % 2 != problem.shifts.index(shift) % 2), {}

    def measure(self, problem):
        return lambda volunteer, line: (volunteer % 2 != line % 2).astype(float)

    def reach(self, problem):
        kind, place = (np.arange(len(members)) % 2 for members in (problem.volunteers, problem.shifts))
        return Reach(kind=kind, place=place, served=np.eye(2, dtype=bool))


class TestWhatBelongsTogether:
    def test_is_somebody_and_the_shift_they_are_pinned_to(self, apart, make):
        pin = make.assignment("an:south gate")
        assert ids(apart(pinned=[attrs.evolve(pin, shift="south gate")])) == NORTH_SOUTH

    def test_is_somebody_and_the_shift_of_an_override(self, apart):
        override = Override(volunteer="an", shift="south gate", reason="agreed")
        assert ids(apart(overrides=[override])) == NORTH_SOUTH

    def test_are_partners(self, apart, make):
        problem = apart(make.person("di", home="north", partners={"bo"}))
        assert ids(problem) == [("an bo di", "north south"), ("cy", "far")]

    @pytest.mark.parametrize("kind", [Together, Apart])
    def test_are_companies(self, apart, kind):
        problem = apart(rules=[ServedUnits(), kind(companies=[("bo", "an")])])
        assert ids(problem) == NORTH_SOUTH
        assert [area.rules for area in areas(problem)] == [problem.rules, (ServedUnits(),)]

    def test_are_each_company_in_its_area(self, apart, make):
        both = (("bo", "di"), ("cy", "ed"))
        people = [make.person("di", home="south"), make.person("ed", home="far")]
        found = areas(apart(*people, rules=[ServedUnits(), Together(companies=both)]))
        assert [area.rules[1:] for area in found] == [
            (),
            (Together(companies=both[:1]),),
            (Together(companies=both[1:]),),
        ]

    def test_are_all_where_rules_that_differ_would_be_the_same_in_an_area(self, apart, make):
        people = [make.person("di", home="south"), make.person("ed", home="far")]
        twice = [Together(companies=[("bo", "di")]), Together(companies=[("bo", "di"), ("cy", "ed")])]
        problem = apart(*people, rules=[ServedUnits(), *twice])
        assert areas(problem) == (problem,)

    @pytest.mark.parametrize(
        "rule",
        [EvenLoad(), FairShare(by_offer=True), SamePerson(weight=1.0), Deputies(people={"an"}), rules.WholeBlock()],
    )
    def test_are_all_whom_a_rule_compares_or_looks_at_together(self, apart, rule):
        assert ids(apart(rules=[ServedUnits(), rule])) == ALL

    @pytest.mark.parametrize("rule", [FairShare(), rules.VariedCompany(weight=1.0), rules.PreferredPartners()])
    def test_are_not_those_whom_a_rule_looks_at_one_by_one_or_side_by_side(self, apart, rule):
        assert ids(apart(rules=[ServedUnits(), rule])) == EACH


class TestWhatIsLeftOver:
    def test_people_whom_no_shift_is_for_go_along(self, apart):
        problem = apart(people=("xu:mill", "an:north", "bo:south", "cy:far", "ye:mill"))
        problem = attrs.evolve(problem, shifts=[shift for shift in problem.shifts if shift.unit != "south"])
        assert ids(problem) == [("an", "north"), ("xu bo cy ye", "far")]

    def test_shifts_that_nobody_can_take_go_along(self, apart):
        assert ids(apart(people=("an:north", "cy:far"))) == [("an", "north"), ("cy", "south far")]
        assert ids(apart(people=("an:north", "bo:south"))) == [("an", "north"), ("bo", "south far")]

    def test_a_problem_without_people_or_shifts_is_one_area(self, apart):
        for nothing in ({"volunteers": ()}, {"shifts": ()}):
            problem = attrs.evolve(apart(), **nothing)
            assert areas(problem) == (problem,)


class TestSmallAreas:
    @pytest.mark.parametrize(
        ("sizes", "least", "numbers"),
        [
            ([5, 5, 5], 1, [0, 1, 2]),
            ([5, 5, 5], 5, [0, 1, 2]),
            ([5, 5, 5], 6, [0, 0, 0]),
            ([5, 5, 5, 5], 10, [0, 0, 1, 1]),
            ([5, 5, 5, 5], 11, [0, 0, 0, 0]),
            ([1, 9, 3, 7, 2], 10, [0, 0, 1, 1, 1]),
            ([0, 4, 0, 4, 0, 0], 1, [0, 0, 1, 1, 1, 1]),
            ([3], 10, [0]),
        ],
    )
    def test_are_kept_together_until_they_are_large_enough(self, sizes, least, numbers):
        assert _bundled(sizes, least).tolist() == numbers

    @given(st.lists(st.integers(0, 9), min_size=1), st.integers(1, 30))
    def test_none_is_left_that_is_smaller_where_there_are_several(self, sizes, least):
        numbers = _bundled(sizes, least)
        assert set(np.diff(numbers).tolist()) <= {0, 1}
        together = np.bincount(numbers, weights=sizes)
        assert len(together) == 1 or together.min() >= least

    def test_are_as_large_as_their_people_times_their_role_lines(self, apart, make):
        # The north has two people for one line, the others one for one; so the others are one area.
        problem = apart(people=("an:north", "ax:north", "bo:south", "cy:far"))
        assert ids(problem, least=2) == [("an ax", "north"), ("bo cy", "south far")]
        assert len(areas(problem, least=3)) == 1


class TestThePartsOfAProblem:
    @pytest.fixture
    def problem(self, apart, make):
        return apart(
            make.past("22 09:00-11:00", volunteer="bo"),
            make.past("21 09:00-11:00", volunteer="an"),
            make.past("20 09:00-11:00", volunteer="an"),
            pinned=[attrs.evolve(make.assignment("cy:gate"), shift="far gate")],
            requests=[Request(volunteer="bo", day=make.day(24), kind="day off")],
            overrides=[Override(volunteer="bo", shift="south gate", reason="agreed")],
        )

    def test_are_given_to_the_areas_of_their_people(self, problem):
        north, south, far = areas(problem)
        assert [duty.span.start.day for duty in north.previous] == [21, 20]
        assert [len(area.previous) for area in (north, south, far)] == [2, 1, 0]
        assert [len(area.pinned) for area in (north, south, far)] == [0, 0, 1]
        assert [len(area.requests) for area in (north, south, far)] == [0, 1, 0]
        assert [len(area.overrides) for area in (north, south, far)] == [0, 1, 0]

    def test_are_the_same_where_they_are_of_all(self, problem):
        for area in areas(problem):
            assert (area.horizon, area.units, area.positions) == (problem.horizon, problem.units, problem.positions)
            assert (area.skills, area.travel, area.rules) == (problem.skills, problem.travel, problem.rules)

    @given(side_by_side())
    def test_are_all_there_and_none_twice(self, problem):
        found = areas(problem)
        for name in ("volunteers", "shifts", "pinned", "previous", "requests", "overrides"):
            parted = Counter(each for area in found for each in getattr(area, name))
            assert parted == Counter(getattr(problem, name))
        assert all(area.volunteers and area.shifts for area in found) or len(found) == 1

    def test_of_a_district_are_its_areas(self):
        problem = datasets.district(areas=3, volunteers=30, days=2)
        assert [{shift.unit[:3] for shift in area.shifts} for area in areas(problem)] == [{"a01"}, {"a02"}, {"a03"}]
        assert len(areas(datasets.district(areas=3, volunteers=30, days=2, mobile=1.0))) == 1


class TestRejoin:
    def test_changes_one_area_and_no_other(self, apart, make):
        problem = apart(make.person("di", home="south"))
        roster, _, anew = (
            Roster(attrs.evolve(make.assignment(f"{id}:x"), shift=f"{at} gate") for id, at in pairs)
            for pairs in ((("an", "north"), ("bo", "south")), (), (("di", "south"),))
        )
        _, south, _ = areas(problem)
        again = rejoin(roster, south, anew)
        assert [(each.volunteer, each.shift) for each in again] == [("an", "north gate"), ("di", "south gate")]
        assert rejoin(roster, south, Roster()) == Roster(each for each in roster if each.volunteer == "an")
        assert rejoin(Roster(), south, anew) == anew

    def test_refuses_what_the_area_does_not_know(self, apart, make):
        north, south, _ = areas(apart())
        stranger = Roster([attrs.evolve(make.assignment("an:x"), shift="north gate")])
        with pytest.raises(InputError, match="an"):
            rejoin(Roster(), south, stranger)
        assert rejoin(Roster(), north, stranger) == stranger

    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_refuses_what_is_of_the_wrong_kind(self, apart, place):
        arguments = [Roster(), apart(), Roster()]
        arguments[place] = None
        with pytest.raises(InputError, match="not None"):
            rejoin(*arguments)


class TestArguments:
    @pytest.mark.parametrize("problem", [None, "problem"])
    def test_must_be_a_problem(self, problem):
        with pytest.raises(InputError, match="problem must be a RosterProblem"):
            areas(problem)

    @pytest.mark.parametrize("least", [0, -1, 1.5, True, None])
    def test_must_be_a_whole_number(self, apart, least):
        with pytest.raises(InputError, match="least must be"):
            areas(apart(), least=least)
