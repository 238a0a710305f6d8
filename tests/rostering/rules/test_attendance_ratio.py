import pytest

from civicvol import CoverRequirement, Qualification, SkillTag, check
from civicvol.rostering.rules import AttendanceRatio

SKILLS = [SkillTag(id="aid", label="first aid")]


def people(make):
    li, mu = (make.person(id, qualifications=[Qualification(skill="aid")]) for id in ("li", "mu"))
    return li, mu, make.person("wu")


@pytest.mark.parametrize(("attendance", "expected"), [(0, []), (100, []), (101, [1]), (200, [1]), (201, [2])])
def test_one_for_every_hundred(make, attendance, expected):
    shift = make.shift("a", "24 09:00-11:00", attendance=attendance)
    assert make.amounts(AttendanceRatio(skill="aid"), *people(make), shift, on="li:a wu:a", skills=SKILLS) == expected


def test_they_are_missing_also_where_nobody_is(make):
    shift = make.shift("a", "24 09:00-11:00", attendance=100)
    assert make.amounts(AttendanceRatio(skill="aid"), *people(make), shift, on="", skills=SKILLS) == [1]
    assert make.amounts(AttendanceRatio(skill="aid", attendees=50), *people(make), shift, on="", skills=SKILLS) == [2]


def test_other_positions_are_left_alone(make):
    shift = make.shift("a", "24 09:00-11:00", attendance=100)
    tent = make.shift("b", "24 09:00-11:00", "tent", attendance=100)
    found = make.found(AttendanceRatio(skill="aid", positions={"tent"}), shift, tent, on="", skills=SKILLS)
    assert [each.shifts for each in found] == [("b",)]


def test_is_soft_unless_asked(make):
    shift = make.shift("a", "24 09:00-11:00", attendance=100)
    report = check(make.problem(shift, rules=[AttendanceRatio(skill="aid")], skills=SKILLS), make.roster(""))
    assert (report.feasible, report.penalty) == (True, 10_000.0)


def test_those_with_the_skill_take_the_places(make):
    shift = make.shift("a", "24 09:00-11:00", attendance=150, cover=[CoverRequirement(minimum=0, maximum=3)])
    assert make.solved(AttendanceRatio(skill="aid"), *people(make), shift, skills=SKILLS) == {"li:a", "mu:a"}


def test_says_how_many_are_missing(make):
    shift = make.shift("a", "24 09:00-11:00", attendance=150)
    (violation,) = make.found(AttendanceRatio(skill="aid"), *people(make), shift, on="li:a", skills=SKILLS)
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 1 with first aid for 150 expected people: 1 missing"
    assert violation.message.zh.endswith("预计150人到场，具备first aid者1人，缺1人")
