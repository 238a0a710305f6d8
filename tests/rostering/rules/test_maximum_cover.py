from civicvol import CoverRequirement
from civicvol.rostering.rules import MaximumCover


def people(make):
    return [make.person(id) for id in ("li", "wu", "xu")]


def shift(make, *cover):
    return make.shift("a", "24 09:00-11:00", cover=cover)


def test_the_maximum_itself_is_fine(make):
    line = CoverRequirement(minimum=0, maximum=2)
    assert make.amounts(MaximumCover(), *people(make), shift(make, line), on="li:a wu:a") == []


def test_each_one_more_counts(make):
    line = CoverRequirement(minimum=0, desired=1)
    assert make.amounts(MaximumCover(), *people(make), shift(make, line), on="li:a wu:a xu:a") == [2]


def test_each_role_counts_by_itself(make):
    lines = CoverRequirement(), CoverRequirement(role="lead")
    assert make.amounts(MaximumCover(), *people(make), shift(make, *lines), on="li:a wu:a/lead") == []
    assert make.amounts(MaximumCover(), *people(make), shift(make, *lines), on="li:a wu:a/lead xu:a/lead") == [1]


def test_a_role_may_be_for_nobody(make):
    assert make.amounts(MaximumCover(), shift(make, CoverRequirement(minimum=0)), on="li:a") == [1]


def test_says_how_many_there_may_be(make):
    (violation,) = make.found(MaximumCover(), *people(make), shift(make, CoverRequirement()), on="li:a wu:a")
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"{where} has 2 for helper, 1 more than its maximum of 1"
    assert violation.message.zh == "post，2026年3月24日周二 09:00–11:00：helper最多1人，现有2人，多1人"
    assert (violation.volunteers, violation.shifts) == (("li", "wu"), ("a",))
