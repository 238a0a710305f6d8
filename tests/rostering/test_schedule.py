from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from civicvol import CoverRequirement, Schedule
from civicvol.rostering.schedule import shift_ids
from civicvol.testing import roster_problems, rosters


def scheduled(make, on, *members, **fields):
    return Schedule(make.problem(*members, **fields), make.roster(on))


def test_duties_are_in_order_of_time_the_past_among_them(make):
    shifts = [make.shift("b", "25 09:00-11:00"), make.shift("a", "24 09:00-11:00")]
    past = make.past("20 09:00-10:00", position="tent")
    duties = scheduled(make, "li:a li:b", *shifts, past).duties["li"]
    assert [duty.shift and duty.shift.id for duty in duties] == [None, "a", "b"]
    assert [duty.past for duty in duties] == [True, False, False]
    assert [duty.minutes for duty in duties] == [60, 120, 120]
    assert [duty.position for duty in duties] == ["tent", "post", "post"]
    assert shift_ids(duties) == ("a", "b")


def test_a_duty_counts_for_the_roster_day_it_begins_on(make):
    schedule = scheduled(make, "li:a", make.shift("a", "25 02:00-06:00"), day_start="05:00")
    assert schedule.duties["li"][0].day == date(2026, 3, 24)


def test_everybody_has_duties_also_who_has_none(make):
    schedule = scheduled(make, "", make.person("li"), make.person("wu"))
    assert schedule.duties == {"li": (), "wu": ()}


def test_a_line_is_held_by_those_in_its_role(make):
    lines = [CoverRequirement(), CoverRequirement(role="lead")]
    people = [make.person(id) for id in ("li", "wu", "xu")]
    schedule = scheduled(make, "li:a wu:a/lead xu:a", *people, make.shift("a", "24 09:00-11:00", cover=lines))
    (shift,) = schedule.shifts
    assert [schedule.holders(shift, line) for line in lines] == [("li", "xu"), ("wu",)]


def test_names_duties(make):
    schedule = scheduled(make, "li:a", make.shift("a", "24 09:00-11:00"), make.past("20 09:00-10:00"))
    assert [str(schedule.duty_name(duty)) for duty in schedule.duties["li"]] == [
        "past duty, Fri 20 Mar 2026 09:00–10:00",
        "post, Tue 24 Mar 2026 09:00–11:00",
    ]


@given(st.data())
def test_looks_at_those_it_is_asked_to_look_at(data):
    problem = data.draw(roster_problems())
    roster = data.draw(rosters(problem))
    some = tuple(data.draw(st.lists(st.sampled_from(problem.volunteers), unique=True))) if problem.volunteers else ()
    whole, part = Schedule(problem, roster), Schedule(problem, roster, some)
    assert part.duties == {volunteer.id: whole.duties[volunteer.id] for volunteer in some}
    assert set(part.assignments) == {each for each in roster if each.volunteer in part.duties}
    assert set(whole.assignments) == set(roster)
    assert part.shifts == problem.shifts
