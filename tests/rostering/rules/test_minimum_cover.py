from civicvol import CoverRequirement, check
from civicvol.rostering.rules import MinimumCover


def shift(make, *cover):
    return make.shift("a", "24 09:00-11:00", cover=cover or [CoverRequirement(minimum=2)])


def people(make):
    return [make.person(id) for id in ("li", "wu", "xu")]


def test_the_minimum_itself_is_enough(make):
    assert make.amounts(MinimumCover(), *people(make), shift(make), on="li:a wu:a") == []
    assert make.amounts(MinimumCover(), *people(make), shift(make), on="li:a wu:a xu:a") == []


def test_each_one_who_is_missing_counts(make):
    assert make.amounts(MinimumCover(), *people(make), shift(make), on="li:a") == [1]
    assert make.amounts(MinimumCover(), *people(make), shift(make), on="") == [2]


def test_each_role_counts_by_itself(make):
    lines = CoverRequirement(minimum=1), CoverRequirement(role="lead", minimum=2)
    assert make.amounts(MinimumCover(), *people(make), shift(make, *lines), on="li:a wu:a") == [2]


def test_places_stay_open_where_there_is_nobody(make):
    assert make.amounts(MinimumCover(), make.person("li"), shift(make), on="li:a") == [1]


def test_is_soft_unless_asked(make):
    assert not MinimumCover().hard
    report = check(make.problem(shift(make), rules=[MinimumCover(weight=10.0)]), make.roster(""))
    assert (report.feasible, report.penalty) == (True, 20.0)
    assert not check(make.problem(shift(make), rules=[MinimumCover(weight=None)]), make.roster("")).feasible


def test_says_who_is_missing(make):
    (violation,) = make.found(MinimumCover(), *people(make), shift(make), on="li:a")
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 1 of at least 2 for helper: 1 missing"
    assert violation.message.zh == "post，2026年3月24日周二 09:00–11:00：helper至少需2人，现有1人，缺1人"
