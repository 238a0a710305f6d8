import pytest

from civicvol import CoverRequirement, InputError
from civicvol.calendar import Period
from civicvol.rostering.rules import ExclusiveRoles

RULE = ExclusiveRoles(roles=["count", "sign", "pay"])
LINES = [CoverRequirement(role=role, minimum=0, maximum=2) for role in ("count", "sign", "pay", "helper")]


def shifts(make):
    times = {"a": "24 09:00-11:00", "b": "24 12:00-13:00", "c": "24 14:00-15:00", "d": "25 09:00-11:00"}
    return [make.shift(id, when, cover=LINES) for id, when in times.items()]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("li:a/count", []),
        ("li:a/count li:b/count", []),
        ("li:a/count li:b/helper", []),
        ("li:a/count li:b/sign", [1]),
        ("li:a/count li:b/sign li:c/count", [1]),
        ("li:a/count li:b/sign li:c/pay", [2]),
        ("li:a/count li:d/sign", []),
    ],
)
def test_each_role_beyond_one_counts(make, on, expected):
    assert make.amounts(RULE, *shifts(make), on=on) == expected


@pytest.mark.parametrize("per", [Period.WEEK, Period.MONTH, Period.HORIZON])
def test_the_period_may_be_longer(make, per):
    rule = ExclusiveRoles(roles=["count", "sign"], per=per)
    assert make.amounts(rule, *shifts(make), on="li:a/count li:d/sign") == [1]


def test_past_duties_name_no_role(make):
    past = make.past("22 22:00-23:00")
    rule = ExclusiveRoles(roles=["count", "sign"], per=Period.HORIZON)
    assert make.amounts(rule, past, *shifts(make), on="li:a/count") == []


def test_others_are_left_alone(make):
    on = "li:a/count li:b/sign"
    person = make.person(affiliations=["staff"])
    assert make.amounts(ExclusiveRoles(roles=RULE.roles, group="staff"), person, *shifts(make), on=on) == [1]
    assert make.amounts(ExclusiveRoles(roles=RULE.roles, group="staff"), *shifts(make), on=on) == []
    tent = make.shift("t", "26 09:00-11:00", "tent")
    assert make.amounts(ExclusiveRoles(roles=RULE.roles, positions={"tent"}), *shifts(make), tent, on=on) == []


@pytest.mark.parametrize("roles", [["count"], ["count", "count"], "count", [1, 2]])
def test_there_are_two_roles_or_more(roles):
    with pytest.raises(InputError, match=r"ExclusiveRoles\.roles"):
        ExclusiveRoles(roles=roles)


def test_two_people_share_the_roles(make):
    lines = {"a": "count", "b": "sign"}
    days = [
        make.shift(id, f"24 {hour}:00-{hour + 1}:00", cover=[CoverRequirement(role=lines[id])])
        for id, hour in (("a", 10), ("b", 12))
    ]
    people = make.person("li"), make.person("wu")
    assert len(make.solved(RULE, people[0], *days)) == 1
    assert {each[:2] for each in make.solved(RULE, *people, *days)} == {"li", "wu"}


def test_says_which_roles(make):
    (violation,) = make.found(RULE, *shifts(make), on="li:a/count li:b/sign")
    assert violation.message.en == "li is count and sign on 2026-03-24, which exclude each other"
    assert violation.message.zh == "li2026-03-24兼任count和sign，二者互斥"
