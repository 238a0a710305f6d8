from collections import Counter
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import (
    Availability,
    CoverRequirement,
    Horizon,
    InputError,
    PastDuty,
    Position,
    Qualification,
    RosterProblem,
    SkillNeed,
    SkillTag,
    TimeSpan,
    Unit,
    UnitTree,
    Weekly,
    default_rules,
)
from civicvol.calendar import difference, intersection
from civicvol.rostering.rules import MinimumCover, MinimumRest
from civicvol.testing import roster_problems

NURSE = SkillTag(id="nurse")
MAP = UnitTree([Unit(id="east", kind="grid", label="East")])


def faults(make, *members, **fields):
    with pytest.raises(InputError) as caught:
        make.problem(*members, **fields)
    return [(fault.field, fault.id, fault.value) for fault in caught.value.faults]


class TestWhatDoesNotFitTogether:
    def test_ids_are_unique(self, make):
        shift = make.shift("a", "24 09:00-11:00")
        twice = [make.person("li"), make.person("li"), shift, shift, Position(id="post"), Position(id="post")]
        assert faults(make, *twice, skills=[NURSE, NURSE]) == [
            ("volunteers.id", None, "li"),
            ("shifts.id", None, "a"),
            ("positions.id", None, "post"),
            ("skills.id", None, "nurse"),
        ]

    def test_skills_are_known(self, make):
        line = CoverRequirement(all_of=["cook"], any_of=["bake", "nurse"])
        found = faults(
            make,
            make.person("li", qualifications=[Qualification(skill="sing")]),
            make.shift("a", "24 09:00-11:00", cover=[line]),
            Position(id="post", needs=[SkillNeed(skill="drive", level=2)]),
            skills=[SkillTag(id="nurse", implies={"first-aid"})],
        )
        assert found == [
            ("SkillTag.implies", "nurse", "first-aid"),
            ("Position.needs", "post", "drive"),
            ("Volunteer.qualifications", "li", "sing"),
            ("Shift.cover", "a", "cook"),
            ("Shift.cover", "a", "bake"),
        ]

    def test_a_skill_that_is_only_implied_is_not_known(self, make):
        line = CoverRequirement(all_of=["first-aid"])
        tags = [SkillTag(id="nurse", implies={"first-aid"})]
        found = faults(make, make.shift("a", "24 09:00-11:00", cover=[line]), skills=tags)
        assert ("Shift.cover", "a", "first-aid") in found

    def test_places_are_known(self, make):
        found = faults(
            make,
            make.person("li", home="west", serves=["north"]),
            make.shift("a", "24 09:00-11:00", unit="south"),
            make.past("20 09:00-11:00", unit="moon"),
            units=MAP,
        )
        assert sorted(found) == [
            ("PastDuty.unit", "li", "moon"),
            ("Shift.unit", "a", "south"),
            ("Volunteer.units", "li", "north"),
            ("Volunteer.units", "li", "west"),
        ]

    def test_positions_are_known(self, make):
        with pytest.raises(InputError) as caught:
            RosterProblem(
                horizon=make.horizon(),
                volunteers=[make.person("li", preferences=["bar"])],
                shifts=[make.shift("a", "24 09:00-11:00", position="gate")],
                previous=[make.past("20 09:00-11:00", position="tent")],
                rules=(),
            )
        assert [(fault.field, fault.value) for fault in caught.value.faults] == [
            ("Volunteer.preferences", "bar"),
            ("Shift.position", "gate"),
            ("PastDuty.position", "tent"),
        ]

    def test_shifts_begin_within_the_horizon(self, make):
        late = make.shift("late", "5 23:59-06:00")
        assert make.problem(late).shifts == (late,)
        early, after = make.shift("early", "22 23:59-06:00"), make.shift("after", "6 00:00-01:00")
        assert [id for _, id, _ in faults(make, early, after)] == ["early", "after"]

    def test_the_horizon_begins_when_its_day_does(self, make):
        small_hours, after = make.shift("a", "23 02:00-04:00"), make.shift("b", "6 02:00-04:00")
        assert make.problem(small_hours).shifts
        assert [id for _, id, _ in faults(make, small_hours, day_start="05:00")] == ["a"]
        # The 6th stands for 6 March here, so the night after the last day is written out.
        span = TimeSpan.on(date(2026, 4, 6), time(2), time(4), "Europe/Berlin")
        assert make.problem(attrs.evolve(after, span=span), day_start="05:00").shifts

    def test_no_shift_lasts_for_months(self, make):
        start = datetime(2026, 3, 24, tzinfo=ZoneInfo("Europe/Berlin"))
        span = TimeSpan(start, start.replace(month=5, day=24))
        assert [field for field, _, _ in faults(make, attrs.evolve(make.shift("a", "24 09:00-11:00"), span=span))] == [
            "Shift.span"
        ]

    def test_past_duties_begin_before_the_horizon(self, make):
        assert make.problem(make.past("22 23:59-06:00")).previous
        found = faults(make, make.past("23 00:00-01:00"), make.past("20 09:00-10:00", volunteer="xu"))
        assert [(field, id) for field, id, _ in found] == [("PastDuty.span", "li"), ("PastDuty.volunteer", None)]

    def test_pins_name_what_there_is(self, make):
        shift = make.shift("a", "24 09:00-11:00")
        pins = [make.assignment(text) for text in ("xu:a", "li:b", "li:a/lead")]
        assert faults(make, shift, pinned=pins) == [
            ("pinned.volunteer", "a", "xu"),
            ("pinned.shift", "li", "b"),
            ("pinned.role", "a", "lead"),
        ]

    def test_nobody_is_pinned_to_a_shift_twice(self, make):
        shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(), CoverRequirement(role="lead")])
        pins = [make.assignment("li:a"), make.assignment("li:a/lead")]
        assert faults(make, shift, pinned=pins) == [("pinned", "li", "a")]

    def test_no_rule_is_there_twice(self, make):
        assert make.problem(rules=[MinimumRest(), MinimumRest(minutes=30, weight=1.0)]).rules
        with pytest.raises(InputError, match=r"RosterProblem\.rules has .*twice"):
            make.problem(rules=[MinimumRest(), MinimumRest()])

    def test_a_thousand_days_are_the_most(self, make):
        horizon = Horizon(first_day=date(2026, 1, 1), last_day=date(2028, 9, 27), zone="Europe/Berlin")
        assert len(horizon.days) == 1001
        with pytest.raises(InputError, match="1,000 days"):
            RosterProblem(horizon=horizon, volunteers=(), shifts=(), rules=())


class TestWhatIsNoProblem:
    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("horizon", "March"),
            ("volunteers", None),
            ("volunteers", ["li"]),
            ("shifts", 3),
            ("shifts", {"a": 1}),
            ("positions", [None]),
            ("skills", ["nurse"]),
            ("units", None),
            ("travel", 20),
            ("rules", [MinimumRest]),
            ("rules", "all"),
            ("pinned", [("li", "a")]),
            ("previous", [1.5]),
        ],
    )
    def test_names_the_field_and_the_value(self, make, field, wrong):
        problem = make.problem()
        with pytest.raises(InputError, match=rf"RosterProblem\.{field} ") as caught:
            attrs.evolve(problem, **{field: wrong})
        (fault,) = caught.value.faults
        assert fault.value == (tuple(wrong) if isinstance(wrong, list) else wrong)

    def test_names_all_fields_at_once(self):
        with pytest.raises(InputError) as caught:
            RosterProblem(horizon=None, volunteers=1, shifts=2, rules=3)
        assert [fault.field for fault in caught.value.faults] == [
            "RosterProblem.horizon",
            "RosterProblem.volunteers",
            "RosterProblem.shifts",
            "RosterProblem.rules",
        ]

    def test_may_be_empty(self, make):
        problem = RosterProblem(horizon=make.horizon(), volunteers=(), shifts=(), rules=())
        assert problem.lines == ()
        assert problem.span_of_work == problem.horizon


class TestLookingThingsUp:
    def test_finds_members_by_id(self, make):
        problem = make.problem(make.person("li"), make.shift("a", "24 09:00-11:00"))
        assert problem.volunteer("li") is problem.volunteers[0]
        assert problem.shift("a") is problem.shifts[0]
        assert problem.position("post") is problem.positions[0]

    @pytest.mark.parametrize("kind", ["volunteer", "shift", "position"])
    @pytest.mark.parametrize("wrong", ["nobody", None, 3, []])
    def test_says_which_id_it_does_not_know(self, make, kind, wrong):
        with pytest.raises(InputError, match=f"{kind} must be the id of a {kind}") as caught:
            getattr(make.problem(), kind)(wrong)
        assert caught.value.faults[0].value == wrong

    def test_lists_lines_in_the_order_of_shifts(self, make):
        two = [CoverRequirement(), CoverRequirement(role="lead")]
        shifts = make.shift("b", "24 09:00-11:00", cover=two), make.shift("a", "24 09:00-11:00")
        lines = make.problem(*shifts).lines
        assert [(shift.id, line.role) for shift, line in lines] == [("b", "helper"), ("b", "lead"), ("a", "helper")]

    def test_groups_past_duties_by_volunteer(self, make):
        past = [make.past(when) for when in ("20 09:00-10:00", "19 09:00-10:00")]
        assert make.problem(*past).previous_of == {"li": tuple(past)}

    def test_names_a_shift_by_position_time_and_place(self, make):
        shift = make.shift("a", "24 09:00-11:00", unit="east")
        problem = make.problem(shift, Position(id="post", label="Gate"), units=MAP)
        assert problem.shift_name(shift).en == "Gate, Tue 24 Mar 2026 09:00–11:00, East"
        assert problem.shift_name(shift).zh == "Gate，2026年3月24日周二 09:00–11:00，East"

    def test_requires_that_a_roster_fits(self, make):
        problem = make.problem(make.shift("a", "24 09:00-11:00"))
        problem.require_known(make.roster("li:a"))
        with pytest.raises(InputError) as caught:
            problem.require_known(make.roster("xu:a li:b li:a/lead"))
        assert sorted((fault.field, fault.value) for fault in caught.value.faults) == [
            ("roster.role", "lead"),
            ("roster.shift", "b"),
            ("roster.volunteer", "xu"),
        ]
        with pytest.raises(InputError, match="roster must be a Roster"):
            problem.require_known(None)


class TestDays:
    def test_work_counts_for_the_day_it_begins_on(self, make):
        assert make.problem().day_of(make.span("24 22:00-06:00")) == date(2026, 3, 24)

    def test_the_small_hours_may_count_for_the_day_before(self, make):
        problem = make.problem(day_start="05:00")
        assert problem.day_of(make.span("24 04:59-06:00")) == date(2026, 3, 23)
        assert problem.day_of(make.span("24 05:00-06:00")) == date(2026, 3, 24)

    def test_span_of_work_goes_as_far_as_the_last_shift(self, make):
        assert make.problem(make.shift("a", "5 22:00-00:00")).span_of_work.last_day == date(2026, 4, 5)
        assert make.problem(make.shift("a", "5 22:00-00:01")).span_of_work.last_day == date(2026, 4, 6)
        assert make.problem(make.shift("a", "24 22:00-06:00")).span_of_work.last_day == date(2026, 4, 5)

    def test_free_time_goes_as_far_as_the_span_of_work(self, make):
        worker = make.person(availability=Availability(pattern=Weekly(), leave=[make.span("24 18:00-20:00")]))
        problem = make.problem(worker, make.shift("a", "5 22:00-06:00"))
        busy = difference([problem.span_of_work.span], problem.free_spans(worker))
        assert make.span("24 09:00-20:00") in busy
        assert busy[-1] == TimeSpan.on(date(2026, 4, 6), time(9), time(18), "Europe/Berlin")


class TestAnyProblem:
    @given(roster_problems())
    def test_is_a_value(self, problem):
        assert attrs.evolve(problem) == problem
        assert hash(attrs.evolve(problem)) == hash(problem)
        assert attrs.evolve(problem, volunteers=list(problem.volunteers)) == problem

    @given(roster_problems())
    def test_has_its_past_before_its_horizon(self, problem):
        days = {problem.day_of(shift.span) for shift in problem.shifts}
        past = {problem.day_of(duty.span) for duty in problem.previous}
        assert days <= set(problem.horizon.days)
        assert not past & set(problem.horizon.days)

    @given(roster_problems())
    def test_has_free_time_within_its_span_of_work_only(self, problem):
        for volunteer in problem.volunteers:
            free = problem.free_spans(volunteer)
            assert difference(free, [problem.span_of_work.span]) == ()
            assert free == volunteer.availability.free_spans(problem.span_of_work)
            for shift in problem.shifts:
                assert problem.free_within(volunteer, shift.span) == intersection(free, [shift.span])

    @given(st.data())
    def test_reports_every_id_that_is_missing(self, data):
        problem = data.draw(roster_problems(rules=[MinimumCover()], pinned=False).filter(lambda drawn: drawn.previous))
        dropped = data.draw(st.sampled_from(sorted({duty.volunteer for duty in problem.previous})))
        others = [volunteer for volunteer in problem.volunteers if volunteer.id != dropped]
        with pytest.raises(InputError) as caught:
            attrs.evolve(problem, volunteers=others)
        expected = Counter(
            {
                "PastDuty.volunteer": sum(duty.volunteer == dropped for duty in problem.previous),
                "Request.volunteer": sum(request.volunteer == dropped for request in problem.requests),
                "Override.volunteer": sum(override.volunteer == dropped for override in problem.overrides),
                "Volunteer.partners": sum(dropped in volunteer.partners for volunteer in others),
            }
        )
        assert Counter(fault.field for fault in caught.value.faults) == +expected
        assert {fault.value for fault in caught.value.faults} == {dropped}


def test_a_past_duty_names_its_faults():
    with pytest.raises(InputError) as caught:
        PastDuty(volunteer=" li", span="yesterday", position=4, unit="")
    assert [fault.field for fault in caught.value.faults] == [
        "PastDuty.volunteer",
        "PastDuty.span",
        "PastDuty.position",
        "PastDuty.unit",
    ]


def test_default_rules_are_accepted(make):
    assert make.problem(rules=default_rules()).rules == default_rules()


class TestShowing:
    def test_shows_its_figures(self, make):
        problem = make.problem(make.shift("a", "24 09:00-11:00"), rules=default_rules())
        assert problem.summary().to_records()[3] == {"figure": "places, minimum", "value": 1}
        assert "MinimumCover (10000)" in str(problem)
        assert "<table" in problem._repr_html_()
