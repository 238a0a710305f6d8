import pytest

from civicvol import CoverRequirement, Qualification, SkillTag
from civicvol.rostering.rules import StaffRatio

SKILLS = [SkillTag(id="aid", label="first aid")]


def people(make):
    li, mu = (make.person(id, qualifications=[Qualification(skill="aid")]) for id in ("li", "mu"))
    return li, mu, *(make.person(id) for id in ("wu", "xu", "yu"))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("", []),
        ("wu:a", [1]),
        ("li:a wu:a xu:a", []),
        ("li:a wu:a xu:a yu:a", [1]),
        ("li:a mu:a wu:a xu:a yu:a", []),
        ("wu:a xu:a yu:a", [3]),
    ],
)
def test_each_looks_after_two(make, on, expected):
    rule, shift = StaffRatio(skill="aid", most=2), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, on=on, skills=SKILLS) == expected


def test_one_for_one(make):
    rule, shift = StaffRatio(skill="aid", most=1), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, on="li:a wu:a", skills=SKILLS) == []
    assert make.amounts(rule, *people(make), shift, on="li:a wu:a xu:a", skills=SKILLS) == [1]


def test_more_of_them_come_where_more_people_do(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=5)])
    assert len(make.solved(StaffRatio(skill="aid", most=2), *people(make), shift, skills=SKILLS)) == 5
    assert len(make.solved(StaffRatio(skill="aid", most=1), *people(make), shift, skills=SKILLS)) == 4


def test_says_how_many_are_too_many(make):
    rule, shift = StaffRatio(skill="aid", most=2), make.shift("a", "24 09:00-11:00")
    (violation,) = make.found(rule, *people(make), shift, on="li:a wu:a xu:a yu:a", skills=SKILLS)
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 1 with first aid and 3 others, 1 more than 2 for each"
    assert violation.message.zh.endswith("有1人具备first aid，其他3人，按每人带2人计多1人")
