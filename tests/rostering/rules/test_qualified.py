from datetime import date

import pytest

from civicvol import CoverRequirement, Position, Qualification, SkillNeed, SkillTag
from civicvol.rostering.rules import Qualified

SKILLS = {
    "skills": [
        SkillTag(id="nurse", implies={"first-aid"}),
        SkillTag(id="first-aid", implies={"thermometer"}),
        SkillTag(id="thermometer"),
    ]
}


def able(make, *held, **fields):
    return make.person(qualifications=[Qualification(skill=skill, **fields) for skill in held])


def asks(make, when="24 09:00-11:00", **needs):
    return make.shift("a", when, cover=[CoverRequirement(**needs)])


def test_who_has_the_skill_is_qualified(make):
    shift = asks(make, all_of=["first-aid"])
    assert make.amounts(Qualified(), able(make, "first-aid"), shift, on="li:a", **SKILLS) == []


def test_each_missing_skill_counts(make):
    shift = asks(make, all_of=["first-aid", "nurse", "thermometer"])
    assert make.amounts(Qualified(), able(make, "thermometer"), shift, on="li:a", **SKILLS) == [2]


def test_a_skill_provides_what_it_implies_and_what_that_implies(make):
    shift = asks(make, all_of=["first-aid", "thermometer"])
    assert make.amounts(Qualified(), able(make, "nurse"), shift, on="li:a", **SKILLS) == []
    assert make.amounts(Qualified(), able(make, "thermometer"), shift, on="li:a", **SKILLS) == [1]


def test_the_level_must_be_reached(make):
    shift = asks(make, all_of=[SkillNeed(skill="first-aid", level=3)])
    assert make.amounts(Qualified(), able(make, "first-aid", level=3), shift, on="li:a", **SKILLS) == []
    assert make.amounts(Qualified(), able(make, "first-aid", level=2), shift, on="li:a", **SKILLS) == [1]
    assert make.amounts(Qualified(), able(make, "nurse", level=4), shift, on="li:a", **SKILLS) == []


def test_one_of_a_choice_is_enough(make):
    shift = asks(make, any_of=["nurse", "thermometer"])
    assert make.amounts(Qualified(), able(make, "thermometer"), shift, on="li:a", **SKILLS) == []
    assert make.amounts(Qualified(), able(make), shift, on="li:a", **SKILLS) == [1]


def test_a_need_that_is_stated_twice_counts_once(make):
    post = Position(id="post", needs=["nurse"])
    shift = asks(make, all_of=["nurse"], any_of=["nurse"])
    assert make.amounts(Qualified(), post, shift, on="li:a", **SKILLS) == [1]


def test_the_position_asks_too(make):
    post = Position(id="post", needs=["nurse"])
    shift = asks(make, all_of=["thermometer"])
    assert make.amounts(Qualified(), post, able(make, "thermometer"), shift, on="li:a", **SKILLS) == [1]


def test_each_role_asks_for_its_own(make):
    lines = [CoverRequirement(), CoverRequirement(role="lead", all_of=["nurse"])]
    shift = make.shift("a", "24 09:00-11:00", cover=lines)
    assert make.amounts(Qualified(), shift, on="li:a", **SKILLS) == []
    assert make.amounts(Qualified(), shift, on="li:a/lead", **SKILLS) == [1]


def test_the_last_day_counts_and_the_day_after_does_not(make):
    person = able(make, "nurse", valid_until=date(2026, 3, 24))
    assert make.amounts(Qualified(), person, asks(make, all_of=["nurse"]), on="li:a", **SKILLS) == []
    later = asks(make, "25 09:00-11:00", all_of=["nurse"])
    assert make.amounts(Qualified(), person, later, on="li:a", **SKILLS) == [1]


def test_the_first_day_counts_and_the_day_before_does_not(make):
    person = able(make, "nurse", valid_from=date(2026, 3, 24))
    assert make.amounts(Qualified(), person, asks(make, all_of=["nurse"]), on="li:a", **SKILLS) == []
    earlier = asks(make, "23 09:00-11:00", all_of=["nurse"])
    assert make.amounts(Qualified(), person, earlier, on="li:a", **SKILLS) == [1]


def test_it_must_last_until_the_night_is_over(make):
    person = able(make, "nurse", valid_until=date(2026, 3, 24))
    assert make.amounts(Qualified(), person, asks(make, "24 22:00-00:00", all_of=["nurse"]), on="li:a", **SKILLS) == []
    night = asks(make, "24 22:00-00:01", all_of=["nurse"])
    assert make.amounts(Qualified(), person, night, on="li:a", **SKILLS) == [1]


@pytest.mark.parametrize(("renewed", "amounts"), [(24, []), (25, []), (26, [1])])
def test_who_renewed_in_time_is_qualified_all_along(make, renewed, amounts):
    person = make.person(
        qualifications=[
            Qualification(skill="nurse", valid_from=date(2026, 3, renewed)),
            Qualification(skill="nurse", valid_until=date(2026, 3, 24)),
        ]
    )
    night = asks(make, "24 22:00-06:00", all_of=["nurse"])
    assert make.amounts(Qualified(), person, night, on="li:a", **SKILLS) == amounts
    assert make.amounts(Qualified(), person, asks(make, all_of=["nurse"]), on="li:a", **SKILLS) == []


def test_the_place_goes_to_whoever_is_qualified(make):
    nurse = make.person("wu", qualifications=[Qualification(skill="nurse")])
    shift = asks(make, all_of=["thermometer"])
    assert make.solved(Qualified(), make.person("li"), nurse, shift, **SKILLS) == {"wu:a"}


def test_says_what_is_missing(make):
    shift = asks(make, all_of=[SkillNeed(skill="nurse", level=2)], any_of=["first-aid", "thermometer"])
    (violation,) = make.found(Qualified(), shift, on="li:a", **SKILLS)
    where, missing = "post, Tue 24 Mar 2026 09:00–11:00", "nurse (level 2), first-aid or thermometer"
    assert violation.message.en == f"li is not qualified for {where}: no valid {missing}"
    assert (
        violation.message.zh
        == "li不具备post，2026年3月24日周二 09:00–11:00所需的有效技能：nurse（2级）、first-aid或thermometer"
    )
