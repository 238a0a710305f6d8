import pytest

from civicvol import CoverRequirement, Qualification, SkillTag
from civicvol.rostering.rules import SkillPresent

SKILLS = [SkillTag(id="nurse", label="nursing", implies={"aid"}), SkillTag(id="aid", label="first aid")]


def nurse(make, id="li", **fields):
    return make.person(id, qualifications=[Qualification(skill="nurse", **fields)])


def amounts(make, rule, *members, on):
    return make.amounts(rule, *members, make.person("wu"), make.person("xu"), on=on, skills=SKILLS)


def test_one_with_the_skill_is_enough(make):
    rule, shift = SkillPresent(skill="nurse"), make.shift("a", "24 09:00-11:00")
    assert amounts(make, rule, nurse(make), shift, on="li:a wu:a") == []
    assert amounts(make, rule, nurse(make), shift, on="li:a") == []
    assert amounts(make, rule, nurse(make), shift, on="wu:a xu:a") == [1]


def test_each_one_missing_counts(make):
    rule, shift = SkillPresent(skill="nurse", least=3), make.shift("a", "24 09:00-11:00")
    assert amounts(make, rule, nurse(make), shift, on="wu:a") == [3]
    assert amounts(make, rule, nurse(make), shift, on="li:a wu:a") == [2]
    assert amounts(make, rule, nurse(make), shift, on="li:a") == [2]


def test_a_shift_without_anybody_asks_for_nobody_unless_told(make):
    shift = make.shift("a", "24 09:00-11:00")
    assert amounts(make, SkillPresent(skill="nurse", least=2), nurse(make), shift, on="") == []
    assert amounts(make, SkillPresent(skill="nurse", least=2, always=True), nurse(make), shift, on="") == [2]
    assert amounts(make, SkillPresent(skill="nurse", always=True), nurse(make), shift, on="li:a") == []


def test_the_role_does_not_matter(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(), CoverRequirement(role="lead")])
    assert amounts(make, SkillPresent(skill="nurse"), nurse(make), shift, on="li:a/lead wu:a") == []


def test_what_implies_the_skill_counts(make):
    shift = make.shift("a", "24 09:00-11:00")
    assert amounts(make, SkillPresent(skill="aid"), nurse(make), shift, on="li:a wu:a") == []


@pytest.mark.parametrize(("level", "expected"), [(2, []), (3, []), (4, [1])])
def test_the_level_counts(make, level, expected):
    shift = make.shift("a", "24 09:00-11:00")
    rule = SkillPresent(skill="nurse", level=level)
    assert amounts(make, rule, nurse(make, level=3), shift, on="li:a wu:a") == expected


@pytest.mark.parametrize(("until", "expected"), [(25, []), (24, [1])])
def test_it_is_valid_on_every_day_of_the_shift(make, until, expected):
    person = nurse(make, valid_until=make.day(until))
    shift = make.shift("a", "24 22:00-06:00")
    assert amounts(make, SkillPresent(skill="nurse"), person, shift, on="li:a wu:a") == expected


def test_other_positions_are_left_alone(make):
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 09:00-11:00", "tent")]
    rule = SkillPresent(skill="nurse", positions={"tent"})
    assert [each.shifts for each in make.found(rule, *shifts, on="li:a", skills=SKILLS)] == []
    assert [each.shifts for each in make.found(rule, *shifts, on="li:b", skills=SKILLS)] == [("b",)]


def test_people_wait_for_somebody_with_the_skill(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=2)])
    people = make.person("wu"), make.person("xu")
    assert make.solved(SkillPresent(skill="nurse"), *people, shift, skills=SKILLS) == set()
    assert "li:a" in make.solved(SkillPresent(skill="nurse"), nurse(make), *people, shift, skills=SKILLS)


def test_says_what_is_missing(make):
    rule = SkillPresent(skill="nurse", level=2)
    (violation,) = make.found(rule, make.shift("a", "24 09:00-11:00"), on="li:a", skills=SKILLS)
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 0 of at least 1 with nursing (level 2): 1 missing"
    assert violation.message.zh.endswith("：至少需1人具备nursing（2级），现有0人，缺1人")
    assert (violation.volunteers, violation.shifts) == (("li",), ("a",))
