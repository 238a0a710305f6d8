import pytest

from civicvol import CoverRequirement, InputError, Limit, solve
from civicvol.calendar import Period
from civicvol.rostering.rules import MinimumCover, OwnShifts, Together

HOUSEHOLD = Together(companies=[["li", "wu", "xu"]])


def people(make):
    return [make.person(id) for id in ("li", "wu", "xu", "yu")]


@pytest.mark.parametrize(
    ("on", "expected"),
    [("", []), ("yu:a", []), ("li:a", [2]), ("li:a xu:a yu:a", [1]), ("li:a wu:a xu:a", []), ("li:a wu:b", [2, 2])],
)
def test_each_one_missing_counts(make, on, expected):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 09:00-11:00")
    assert make.amounts(HOUSEHOLD, *people(make), *shifts, on=on) == expected


def test_the_role_does_not_matter(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(), CoverRequirement(role="lead")])
    assert make.amounts(HOUSEHOLD, *people(make), shift, on="li:a wu:a/lead xu:a") == []
    assert make.amounts(HOUSEHOLD, *people(make), shift, on="wu:a/lead") == [2]


def test_companies_may_share_people(make):
    rule, shift = Together(companies=[["li", "wu"], ["wu", "xu"]]), make.shift("a", "24 09:00-11:00")
    assert make.amounts(rule, *people(make), shift, on="wu:a") == [1, 1]
    assert make.amounts(rule, *people(make), shift, on="li:a wu:a") == [1]


def test_other_positions_are_left_alone(make):
    shifts = make.shift("a", "24 09:00-11:00"), make.shift("b", "24 12:00-14:00", "tent")
    rule = Together(companies=[["li", "wu"]], positions={"tent"})
    assert [each.shifts for each in make.found(rule, *people(make), *shifts, on="li:a li:b")] == [("b",)]


@pytest.mark.parametrize("companies", [[["li"]], [["li", "li"]], ["li"], "li", [["li", "wu"]] * 2, [[1, 2]], 3, [3]])
def test_a_company_is_of_two_or_more(companies):
    with pytest.raises(InputError, match=r"Together\.companies"):
        Together(companies=companies)


def test_they_come_together_or_not_at_all(make):
    shift = make.shift("a", "24 09:00-11:00", cover=[CoverRequirement(minimum=1, maximum=2)])
    li, wu, *_ = people(make)
    assert make.solved(Together(companies=[["li", "wu"]]), li, wu, shift) == {"li:a", "wu:a"}
    nothing = make.person("wu", limits=[Limit(per=Period.HORIZON, shifts=0)])
    rules = [Together(companies=[["li", "wu"]]), OwnShifts(), MinimumCover()]
    assert len(solve(make.problem(li, nothing, shift, rules=rules)).roster) == 0


def test_says_who_is_without_whom(make):
    (violation,) = make.found(HOUSEHOLD, *people(make), make.shift("a", "24 09:00-11:00"), on="li:a")
    assert violation.message.en == "post, Tue 24 Mar 2026 09:00–11:00 has li without wu and xu, who belong together"
    assert violation.message.zh == "post，2026年3月24日周二 09:00–11:00有li而无wu和xu，他们应在一起"
    assert violation.volunteers == ("li", "wu", "xu")
