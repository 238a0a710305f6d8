import pytest

from civicvol import CoverRequirement
from civicvol.rostering.rules import VariedCompany


def people(make):
    return [make.person(id, affiliations=["new"] if id != "xu" else ()) for id in ("wu", "li", "xu")]


def shifts(make):
    return [make.shift(id, f"{day} 09:00-11:00") for id, day in (("a", 24), ("b", 25), ("c", 26))]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("li:a wu:a", []),
        ("li:a wu:a li:b xu:b wu:c xu:c", []),
        ("li:a wu:a li:b wu:b", [1]),
        ("li:a wu:a li:b wu:b li:c wu:c", [2]),
        ("li:a wu:a xu:a li:b wu:b xu:b", [1, 1, 1]),
    ],
)
def test_two_people_are_together_once(make, on, expected):
    assert make.amounts(VariedCompany(), *people(make), *shifts(make), on=on) == expected


def test_or_more_often(make):
    everything = "li:a wu:a li:b wu:b li:c wu:c"
    assert make.amounts(VariedCompany(most=2), *people(make), *shifts(make), on=everything) == [1]
    assert make.amounts(VariedCompany(most=3), *people(make), *shifts(make), on=everything) == []


def test_the_role_does_not_matter(make):
    lines = [CoverRequirement(), CoverRequirement(role="lead")]
    days = [make.shift(id, f"{day} 09:00-11:00", cover=lines) for id, day in (("a", 24), ("b", 25))]
    assert make.amounts(VariedCompany(), *people(make), *days, on="li:a wu:a/lead li:b/lead wu:b") == [1]


def test_past_duties_at_one_time_and_place_count(make):
    past = make.past("20 09:00-11:00"), make.past("20 09:00-11:00", "wu"), make.past("20 09:00-11:01", "xu")
    on = "li:a wu:a xu:a"
    (violation,) = make.found(VariedCompany(), *people(make), *past, *shifts(make), on=on)
    assert (violation.volunteers, violation.shifts, violation.amount) == (("li", "wu"), ("a",), 1)
    apart = make.past("20 09:00-11:00"), make.past("20 09:00-11:00", "wu", position="tent")
    assert make.amounts(VariedCompany(), *people(make), *apart, *shifts(make), on=on) == []


def test_where_the_past_is_too_much_by_itself_what_is_added_counts(make):
    past = [make.past(f"{day} 09:00-11:00", id) for day in (18, 19, 20) for id in ("li", "wu")]
    assert make.amounts(VariedCompany(most=2), *people(make), *past, *shifts(make), on="") == []
    assert make.amounts(VariedCompany(most=2), *people(make), *past, *shifts(make), on="li:a wu:a") == [1]


def test_it_may_be_for_some_people_and_positions(make):
    on = "li:a wu:a xu:a li:b wu:b xu:b"
    found = make.found(VariedCompany(group="new"), *people(make), *shifts(make), on=on)
    assert [each.volunteers for each in found] == [("li", "wu")]
    tent = make.shift("t", "27 09:00-11:00", "tent")
    past = make.past("20 09:00-11:00", position="post"), make.past("20 09:00-11:00", "wu", position="post")
    rule = VariedCompany(positions={"tent"})
    assert make.amounts(rule, *people(make), *past, *shifts(make), tent, on=f"{on} li:t wu:t") == []


def test_people_meet_others(make):
    pairs = [
        make.shift(id, f"{day} 09:00-11:00", cover=[CoverRequirement(minimum=2)])
        for id, day in (("a", 24), ("b", 25), ("c", 26))
    ]
    roster = make.solved(VariedCompany(), *people(make), *pairs)
    assert len(roster) == 6
    assert len({frozenset(each[:2] for each in roster if each.endswith(shift.id)) for shift in pairs}) == 3


def test_says_how_often(make):
    (violation,) = make.found(VariedCompany(), *people(make), *shifts(make), on="li:a wu:a li:b wu:b")
    assert violation.message.en == "li and wu are on a shift together 2 times, 1 more than 1"
    assert violation.message.zh == "li与wu同班2次，比上限1次多1次"
