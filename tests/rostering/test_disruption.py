from datetime import date
from inspect import isabstract

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Assignment, CoverRequirement, InputError, Position, Unit, UnitTree
from civicvol.rostering import disruption
from civicvol.rostering.disruption import (
    DISRUPTIONS,
    Absence,
    AddedShift,
    CancelledShift,
    ChangedShift,
    Disruption,
    Joined,
    disrupted,
)
from civicvol.rostering.override import Override
from civicvol.rostering.rules import Available
from civicvol.testing import roster_problems, time_spans

UNKNOWN = "must be the id of a {} of this problem"


def faults(problem, *disruptions):
    with pytest.raises(InputError) as caught:
        disrupted(problem, disruptions)
    return [(fault.field, fault.value) for fault in caught.value.faults]


@pytest.fixture
def problem(make):
    people = make.person("li"), make.person("wu")
    lines = [CoverRequirement(role="helper"), CoverRequirement(role="lead")]
    shifts = make.shift("gate", "24 09:00-12:00", cover=lines), make.shift("tent", "25 09:00-12:00")
    return make.problem(
        *people,
        *shifts,
        rules=[Available()],
        pinned=[*map(make.assignment, ("li:gate", "wu:gate/lead", "li:tent"))],
        overrides=[Override(volunteer="li", shift=shift, reason="agreed") for shift in ("gate", "tent")],
    )


def test_nothing_leaves_the_problem_as_it_is(problem):
    assert disrupted(problem, []) is problem


def test_every_kind_is_listed():
    kinds = (kind for kind in vars(disruption).values() if isinstance(kind, type) and issubclass(kind, Disruption))
    assert set(DISRUPTIONS) == {kind for kind in kinds if not isabstract(kind)}


class TestAbsence:
    @pytest.mark.parametrize("when", ["24 06:00-09:00", "24 12:00-15:00"])
    def test_takes_away_the_time_and_nothing_else(self, problem, make, when):
        span = make.span(when)
        after = disrupted(problem, [Absence(volunteer="li", span=span, why="ill")])
        assert after.volunteer("li").availability.leave == (span,)
        same = attrs.evolve(after.volunteer("li"), availability=problem.volunteer("li").availability)
        assert attrs.evolve(after, volunteers=(same, after.volunteer("wu"))) == problem

    @pytest.mark.parametrize("when", ["24 06:00-09:01", "24 11:59-15:00"])
    def test_ends_what_was_settled_and_agreed_about_that_time(self, problem, make, when):
        after = disrupted(problem, [Absence(volunteer="li", span=make.span(when))])
        assert after.pinned == tuple(map(make.assignment, ("wu:gate/lead", "li:tent")))
        assert [override.shift for override in after.overrides] == ["tent"]

    def test_comes_on_top_of_leave_that_was_known(self, problem, make):
        spans = make.span("24 10:00-11:00"), make.span("26 10:00-11:00")
        after = disrupted(problem, [Absence(volunteer="li", span=span) for span in spans])
        assert after.volunteer("li").availability.leave == spans

    def test_is_of_somebody_known(self, problem, make):
        assert faults(problem, Absence(volunteer="xu", span=make.span("24 10:00-11:00"))) == [
            ("Absence.volunteer", "xu")
        ]

    @pytest.mark.parametrize(("field", "value"), [("volunteer", ""), ("span", None), ("why", 3)])
    def test_says_which_field_is_wrong(self, make, field, value):
        with pytest.raises(InputError, match=f"Absence.{field}"):
            Absence(**{"volunteer": "li", "span": make.span("24 10:00-11:00")} | {field: value})


class TestJoined:
    def test_comes_after_the_others(self, problem, make):
        xu = make.person("xu")
        assert disrupted(problem, [Joined(volunteer=xu)]).volunteers == (*problem.volunteers, xu)

    def test_is_somebody_new(self, problem, make):
        assert faults(problem, Joined(volunteer=make.person("li"))) == [("Joined.volunteer", "li")]

    def test_names_only_what_is_known(self, problem, make):
        assert faults(problem, Joined(volunteer=make.person("xu", home="moon"))) == [("Volunteer.units", "moon")]

    def test_is_a_volunteer(self):
        with pytest.raises(InputError, match=r"Joined.volunteer must be a Volunteer"):
            Joined(volunteer="xu")


class TestAddedShift:
    @pytest.mark.parametrize(
        ("when", "order"),
        [
            ("24 08:00-09:00", ["new", "gate", "tent"]),
            ("24 09:00-12:00", ["gate", "new", "tent"]),
            ("26 08:00-09:00", ["gate", "tent", "new"]),
        ],
    )
    def test_comes_in_order_of_time(self, problem, make, when, order):
        after = disrupted(problem, [AddedShift(shift=make.shift("new", when))])
        assert [shift.id for shift in after.shifts] == order

    @pytest.mark.parametrize(
        ("fields", "fault"),
        [
            ({"id": "gate"}, "AddedShift.shift"),
            ({"position": "bar"}, "Shift.position"),
            ({"unit": "moon"}, "Shift.unit"),
            ({"cover": [CoverRequirement(all_of=["cooking"])]}, "Shift.cover"),
        ],
    )
    def test_fits_the_problem(self, problem, make, fields, fault):
        shift = make.shift(**{"id": "new", "when": "24 09:00-12:00"} | fields)
        assert [field for field, _ in faults(problem, AddedShift(shift=shift))] == [fault]

    @pytest.mark.parametrize("day", [22, 6])
    def test_begins_within_the_horizon(self, problem, make, day):
        shift = make.shift("new", "24 09:00-12:00")
        span = type(shift.span).on(date(2026, 3 if day == 22 else 4, day), shift.span.start.time(),
                                   shift.span.end.time(), "Europe/Berlin")  # fmt: skip
        assert faults(problem, AddedShift(shift=attrs.evolve(shift, span=span))) == [("Shift.span", span)]


class TestChangedShift:
    def test_stands_in_the_place_of_the_old_one(self, problem):
        shift = attrs.evolve(problem.shift("gate"), attendance=30)
        after = disrupted(problem, [ChangedShift(shift=shift)])
        assert after == attrs.evolve(problem, shifts=(shift, problem.shift("tent")))

    def test_loses_what_was_settled_and_agreed_about_another_time(self, problem, make):
        shift = attrs.evolve(problem.shift("gate"), span=make.span("24 09:00-12:01"))
        after = disrupted(problem, [ChangedShift(shift=shift)])
        assert after.pinned == (make.assignment("li:tent"),)
        assert [override.shift for override in after.overrides] == ["tent"]

    def test_loses_the_pins_of_roles_that_it_has_no_more(self, problem, make):
        shift = attrs.evolve(problem.shift("gate"), cover=[CoverRequirement(role="lead", minimum=2)])
        after = disrupted(problem, [ChangedShift(shift=shift)])
        assert after.pinned == tuple(map(make.assignment, ("wu:gate/lead", "li:tent")))
        assert after.overrides == problem.overrides

    def test_is_of_a_shift_known(self, problem, make):
        assert faults(problem, ChangedShift(shift=make.shift("new", "24 09:00-12:00"))) == [
            ("ChangedShift.shift", "new")
        ]


class TestCancelledShift:
    def test_goes_with_its_pins_and_overrides(self, problem, make):
        after = disrupted(problem, [CancelledShift(shift="gate")])
        assert [shift.id for shift in after.shifts] == ["tent"]
        assert after.pinned == (make.assignment("li:tent"),)
        assert [override.shift for override in after.overrides] == ["tent"]

    def test_is_of_a_shift_known(self, problem):
        assert faults(problem, CancelledShift(shift="new")) == [("CancelledShift.shift", "new")]


class TestSeveral:
    def test_come_in_their_order(self, problem, make):
        shift = make.shift("new", "26 09:00-12:00")
        later = attrs.evolve(shift, span=make.span("27 09:00-12:00"))
        assert disrupted(problem, [AddedShift(shift=shift), ChangedShift(shift=later)]).shift("new") == later
        assert disrupted(problem, [AddedShift(shift=shift), CancelledShift(shift="new")]) == problem
        assert faults(problem, CancelledShift(shift="new"), AddedShift(shift=shift)) == [
            ("CancelledShift.shift", "new")
        ]

    def test_are_all_named_that_do_not_fit(self, problem, make):
        unfit = (
            CancelledShift(shift="x"),
            AddedShift(shift=make.shift("y", "24 09:00-12:00", unit="moon")),
            Joined(volunteer=make.person("xu")),
            Absence(volunteer="z", span=make.span("24 10:00-11:00")),
        )
        assert faults(problem, *unfit) == [
            ("CancelledShift.shift", "x"),
            ("Shift.unit", "moon"),
            ("Absence.volunteer", "z"),
        ]

    @pytest.mark.parametrize(("problem_given", "given"), [(None, []), (True, None), (True, "ill"), (True, [3])])
    def test_are_disruptions_of_a_problem(self, problem, problem_given, given):
        with pytest.raises(InputError, match="problem must be" if problem_given is None else "disruptions"):
            disrupted(problem_given and problem, given)


class TestADisruptedProblemIsAProblem:
    """Whatever fits a problem gives a problem again, which differs by nothing but what came to be known."""

    @given(st.data())
    def test_whatever_is_cancelled_or_whoever_is_away(self, data):
        problem = data.draw(roster_problems().filter(lambda each: each.shifts and each.volunteers))
        shift = data.draw(st.sampled_from(problem.shifts))
        volunteer = data.draw(st.sampled_from(problem.volunteers))
        span = data.draw(time_spans(problem.horizon))
        after = disrupted(problem, [CancelledShift(shift=shift.id), Absence(volunteer=volunteer.id, span=span)])
        assert set(problem.shifts) - set(after.shifts) == {shift}
        assert not any(free.overlaps(span) for free in after.free_spans(after.volunteer(volunteer.id)))
        assert {each for each in problem.volunteers if each not in after.volunteers} <= {volunteer}
        again = disrupted(after, [AddedShift(shift=shift)])
        assert sorted(again.shifts, key=lambda each: each.id) == sorted(problem.shifts, key=lambda each: each.id)


def test_a_changed_problem_knows_its_map_still(problem, make):
    units = UnitTree([Unit(id="north", kind="community", label="North")])
    mapped = attrs.evolve(problem, units=units, positions=[*problem.positions, Position(id="bar")])
    added = AddedShift(shift=make.shift("new", "26 09:00-12:00", position="bar", unit="north"))
    assert disrupted(mapped, [added]).units == units
    assert Assignment(volunteer="li", shift="tent") in disrupted(mapped, [added]).pinned
