import pytest

from civicvol import CoverRequirement, Qualification, SkillTag
from civicvol.rostering.rules import LeaderPresent

SKILLS = [SkillTag(id="lead", label="leading")]


def people(make):
    li = make.person("li", qualifications=[Qualification(skill="lead", level=3)])
    return li, *(make.person(id) for id in ("wu", "xu", "yu"))


@pytest.mark.parametrize(
    ("on", "expected"),
    [("", []), ("wu:a", []), ("wu:a xu:a", [1]), ("wu:a xu:a yu:a", [2]), ("li:a wu:a xu:a yu:a", []), ("li:a", [])],
)
def test_a_leader_is_needed_from_two_people_on(make, on, expected):
    shift = make.shift("a", "24 09:00-11:00")
    assert make.amounts(LeaderPresent(skill="lead"), *people(make), shift, on=on, skills=SKILLS) == expected


@pytest.mark.parametrize(("from_people", "expected"), [(1, [3]), (3, [1]), (4, [])])
def test_or_from_another_number_on(make, from_people, expected):
    rule, shift = LeaderPresent(skill="lead", from_people=from_people), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, on="wu:a xu:a yu:a", skills=SKILLS) == expected


def test_the_level_counts(make):
    rule, shift = LeaderPresent(skill="lead", level=4), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, on="li:a wu:a", skills=SKILLS) == [1]


def test_one_place_stays_open_rather(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=2)])
    members = people(make)
    assert len(make.solved(LeaderPresent(skill="lead"), *members[1:], shift, skills=SKILLS)) == 1
    assert "li:a" in make.solved(LeaderPresent(skill="lead"), *members, shift, skills=SKILLS)


def test_says_that_nobody_leads(make):
    shift = make.shift("a", "24 09:00-11:00")
    (violation,) = make.found(LeaderPresent(skill="lead"), *people(make), shift, on="wu:a xu:a", skills=SKILLS)
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 2 people and nobody with leading, who is needed from 2 people on"
    assert violation.message.zh.endswith("有2人，却无人具备leading；满2人须有一人")
