import pytest

from civicvol.rostering.rules import ExperiencePresent


def people(make):
    return make.person("li"), make.person("wu")


@pytest.mark.parametrize(("minutes", "expected"), [(180, []), (181, [1])])
def test_past_minutes_count_together(make, minutes, expected):
    past = make.past("20 09:00-11:00"), make.past("21 09:00-10:00")
    shift = make.shift("a", "24 09:00-11:00")
    assert make.amounts(ExperiencePresent(minutes=minutes), *people(make), shift, *past, on="li:a wu:a") == expected


def test_so_many_are_experienced(make):
    past = make.past("20 09:00-11:00")
    rule, shift = ExperiencePresent(minutes=60, least=2), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, past, on="li:a wu:a") == [1]
    assert make.amounts(rule, *people(make), shift, past, on="wu:a") == [2]
    assert make.amounts(rule, *people(make), shift, past, on="") == []


def test_what_the_roster_itself_gives_does_not_count(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-11:00")
    assert make.amounts(ExperiencePresent(minutes=60), *shifts, on="li:a li:b") == [1, 1]


def test_it_may_have_to_be_at_the_position(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-11:00", "tent")
    past = make.past("20 09:00-11:00", position="tent"), make.past("21 09:00-11:00")
    rule = ExperiencePresent(minutes=120, at_position=True)
    assert [each.shifts for each in make.found(rule, *shifts, *past, on="li:a li:b")] == [("a",)]
    assert make.amounts(ExperiencePresent(minutes=240), *shifts, *past, on="li:a li:b") == []


def test_somebody_experienced_comes_first(make):
    past, shift = make.past("20 09:00-11:00", "wu"), make.shift("a", "24 09:00-11:00")
    assert "wu:a" in make.solved(ExperiencePresent(minutes=60), *people(make), past, shift)
    assert make.solved(ExperiencePresent(minutes=121), *people(make), past, shift) == set()


def test_says_what_is_missing(make):
    (violation,) = make.found(ExperiencePresent(minutes=600), make.shift("a", "24 09:00-11:00"), on="li:a")
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 0 of at least 1 with 600 minutes of service before: 1 missing"
    assert violation.message.zh.endswith("：至少需1人此前服务满600分钟，现有0人，缺1人")
