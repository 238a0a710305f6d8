"""What we promise to whoever hands us something wrong."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from civicvol import (
    Assignment,
    Availability,
    Cadence,
    CoverRequirement,
    Free,
    Horizon,
    InputError,
    Limit,
    Override,
    PastDuty,
    Position,
    PreferredTime,
    Qualification,
    Recurring,
    Request,
    Roster,
    RosterProblem,
    Rotation,
    Shift,
    ShiftTemplate,
    SkillNeed,
    SkillTag,
    StaggeredRest,
    TimeSpan,
    Travel,
    Unit,
    UnitTree,
    Volunteer,
    Weekly,
    check,
    solve,
    why_not,
    why_unfilled,
)
from civicvol.calendar import Period
from civicvol.rostering.rules import RULES
from civicvol.testing import example_rules, roster_problems

SPAN = TimeSpan.on(date(2026, 3, 24), time(9), time(11), "Asia/Shanghai")


def simplest(rule_class):
    return find(example_rules(rule_class), lambda rule: True, settings=settings(database=None, derandomize=True))


VALUES = [
    Assignment(volunteer="li", shift="gate"),
    Availability(leave=[SPAN]),
    CoverRequirement(all_of=["nurse"], maximum=3),
    Limit(per=Period.WEEK, minutes=60, shifts=1),
    PastDuty(volunteer="li", span=SPAN),
    Position(id="gate", needs=["nurse"]),
    Qualification(skill="nurse"),
    Roster([Assignment(volunteer="li", shift="gate")]),
    Shift(id="gate", position="gate", span=SPAN),
    ShiftTemplate(id="gate", position="gate", cadence=Cadence.daily(date(2026, 3, 1)), start=time(9), end=time(11)),
    SkillNeed(skill="nurse"),
    SkillTag(id="nurse"),
    Volunteer(id="li", birth_date=date(1990, 1, 1)),
    RosterProblem(
        horizon=Horizon(first_day=date(2026, 3, 23), last_day=date(2026, 3, 29), zone="Asia/Shanghai"),
        volunteers=[Volunteer(id="li")],
        shifts=[],
        rules=[],
    ),
    PreferredTime(cadence=Cadence.daily(date(2026, 3, 1))),
    Request(volunteer="li", day=date(2026, 3, 24), kind="shift off", position="gate"),
    Override(volunteer="li", shift="gate", reason="agreed", rules={"Qualified"}),
    *(simplest(rule_class) for rule_class in RULES),
]
FIELDS = [
    pytest.param(value, field.name, id=f"{type(value).__name__}.{field.name}")
    for value in VALUES
    for field in attrs.fields(type(value))
]


class Odd:
    """Something that no app hands over on purpose: it cannot be hashed, and is equal to nothing."""

    __hash__ = None

    def __eq__(self, other):
        return False

    def __repr__(self):
        return "an odd thing"


plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.binary(max_size=3),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.sampled_from(
        (
            Odd(),
            Odd,
            10**30,
            -1,
            1e308,
            Decimal(1),
            "\x00",
            " gate ",
            "x" * 20_000,
            timedelta(minutes=1),
            datetime(2026, 3, 1, tzinfo=UTC),
            range(3),
            lambda: None,
            len,
            NotImplemented,
            ...,
        )
    ),
)
junk = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.tuples(inner, inner),
        st.dictionaries(st.text(max_size=2), inner, max_size=2),
        st.builds(iter, st.lists(inner, max_size=2)),
    ),
    max_leaves=4,
)


@pytest.mark.parametrize(("value", "field"), FIELDS)
class TestEveryField:
    """A field takes what is given, or an InputError names the class and the field; nothing else escapes."""

    @given(given_value=junk)
    def test_is_named_where_it_is_wrong(self, value, field, given_value):
        made, faults = value, ()
        try:
            made = attrs.evolve(value, **{field: given_value})
        except InputError as error:
            faults = error.faults
        assert all(field in f"{fault.field} {fault.message}" for fault in faults)
        assert attrs.evolve(made) == made
        assert isinstance(hash(made), int)


class TestEveryFault:
    """An error names the id of what is wrong where that is known, and shows the value, shortened where it is long."""

    @pytest.mark.parametrize(
        "value", [value for value in VALUES if hasattr(value, "id")], ids=lambda each: type(each).__name__
    )
    def test_names_the_id(self, value):
        for field in attrs.fields(type(value)):
            if field.name != "id":
                with pytest.raises(InputError) as caught:
                    attrs.evolve(value, **{field.name: Odd()})
                assert f"of {value.id!r}" in str(caught.value)
                assert "an odd thing" in str(caught.value)

    def test_stays_short(self):
        with pytest.raises(InputError) as caught:
            Volunteer(id="li", name=["x" * 10_000])
        assert len(str(caught.value)) < 200


class TestFunctions:
    """A function that takes a problem refuses anything else by name."""

    @given(junk)
    def test_check_and_solve_take_a_problem(self, wrong):
        for call in (lambda: check(wrong, Roster()), lambda: solve(wrong)):
            with pytest.raises(InputError, match="problem must be a RosterProblem"):
                call()

    @given(roster_problems(), junk)
    def test_what_looks_at_a_roster_takes_a_roster(self, problem, wrong):
        for call in (
            lambda: check(problem, wrong),
            lambda: why_not(problem, wrong, "li", "gate"),
            lambda: why_unfilled(problem, wrong),
        ):
            with pytest.raises(InputError, match="roster must be a Roster"):
                call()

    @given(roster_problems(), junk, junk)
    def test_ids_are_known_or_refused(self, problem, volunteer, shift):
        with pytest.raises(InputError, match=r"volunteer|shift"):
            why_not(problem, Roster(), volunteer, shift)


PROBLEM = next(value for value in VALUES if isinstance(value, RosterProblem))
LI = PROBLEM.volunteers[0]
TREE = UnitTree([Unit(id="east", kind="grid", label="East")])
METHODS = {
    "Period.key": Period.WEEK.key,
    "Period.name_of": Period.WEEK.name_of,
    "Travel.minutes": lambda given: Travel().minutes(given, "east", "east"),
    "Free.works_on": Free().works_on,
    "Weekly.works_on": Weekly().works_on,
    "Rotation.works_on": Rotation(anchor=date(2026, 3, 1)).works_on,
    "StaggeredRest.works_on": StaggeredRest(rest_days=[{"TU"}]).works_on,
    "Recurring.works_on": Recurring(cadence=Cadence.daily(date(2026, 3, 1))).works_on,
    "ShiftPattern.free_spans": Weekly().free_spans,
    "ShiftPattern.busy_spans": Weekly().busy_spans,
    "Availability.free_spans": LI.availability.free_spans,
    "TimeSpan.overlaps": SPAN.overlaps,
    "TimeSpan.intersection": SPAN.intersection,
    "TimeSpan.contains": SPAN.contains,
    "Volunteer.age_on": LI.age_on,
    "Shift.dates": next(value for value in VALUES if isinstance(value, Shift)).dates,
    "ShiftTemplate.expand": next(value for value in VALUES if isinstance(value, ShiftTemplate)).expand,
    "UnitTree.within": TREE.within,
    "RosterProblem.volunteer": PROBLEM.volunteer,
    "RosterProblem.shift": PROBLEM.shift,
    "RosterProblem.free_spans": PROBLEM.free_spans,
    "RosterProblem.day_of": PROBLEM.day_of,
    "RosterProblem.shift_name": PROBLEM.shift_name,
    "Roster.with_": Roster().with_,
    "CheckReport.of": lambda given: check(PROBLEM, Roster()).of(given),
    "check": lambda given: check(PROBLEM, given),
    "solve": solve,
    "why_not": lambda given: why_not(PROBLEM, Roster(), "li", given),
    "why_unfilled": lambda given: why_unfilled(PROBLEM, given),
}


class TestMethods:
    """Whatever a method is given, it works or says in an InputError what it should have been given."""

    @pytest.mark.parametrize("name", METHODS)
    @pytest.mark.parametrize("given", [None, 3, 2.5, [], {}, object], ids=str)
    def test_refuse_what_they_cannot_use(self, name, given):
        with pytest.raises(InputError) as caught:
            METHODS[name](given)
        assert all(fault.field and fault.message for fault in caught.value.faults)
