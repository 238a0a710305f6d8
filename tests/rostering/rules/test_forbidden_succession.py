import pytest

from civicvol import InputError
from civicvol.rostering.rules import ForbiddenSuccession

RULE = ForbiddenSuccession(first={"night"}, then={"early"})


def amounts(make, rule, *shifts, on, past=()):
    """Return the amounts where shifts are written as their position and day: "night 24"."""
    hours = {"night": "22:00-06:00", "early": "06:00-14:00", "day": "09:00-17:00"}
    members = []
    for each in (*shifts, "night 5", "early 5", "day 5"):
        position, day = each.split()
        members.append(make.shift(f"{position}{day}", f"{day} {hours[position]}", position))
    duties = [make.past(f"{day} {hours[position]}", position=position) for position, day in map(str.split, past)]
    return make.amounts(rule, *members, *duties, on=on)


def test_the_next_day_is_too_soon(make):
    assert amounts(make, RULE, "night 24", "early 25", on="li:night24 li:early25") == [1]


def test_the_day_after_is_not(make):
    assert amounts(make, RULE, "night 24", "early 26", on="li:night24 li:early26") == []


def test_the_other_way_round_is_fine(make):
    assert amounts(make, RULE, "early 24", "night 25", on="li:early24 li:night25") == []


def test_on_one_day_nothing_follows(make):
    assert amounts(make, RULE, "night 24", "early 24", on="li:night24 li:early24") == []


def test_other_positions_may_follow(make):
    assert amounts(make, RULE, "night 24", "day 25", on="li:night24 li:day25") == []


def test_several_positions_may_be_named(make):
    rule = ForbiddenSuccession(first={"night", "day"}, then={"early", "day"})
    shifts = "night 24", "day 25", "early 26"
    assert amounts(make, rule, *shifts, on="li:night24 li:day25 li:early26") == [1, 1]


def test_two_shifts_of_a_day_are_one(make):
    rule = ForbiddenSuccession(first={"night"}, then={"early", "day"})
    assert amounts(make, rule, "night 24", "early 25", "day 25", on="li:night24 li:early25 li:day25") == [1]


def test_may_last_for_some_days(make):
    rule = ForbiddenSuccession(first={"night"}, then={"early"}, days=2)
    shifts = "night 24", "early 25", "early 26", "early 27"
    assert amounts(make, rule, *shifts, on="li:night24 li:early25 li:early26 li:early27") == [1, 1]


def test_may_be_the_same_position(make):
    rule = ForbiddenSuccession(first={"night"}, then={"night"})
    assert amounts(make, rule, "night 24", "night 25", on="li:night24 li:night25") == [1]


def test_past_duties_are_followed_too(make):
    assert amounts(make, RULE, "early 23", on="li:early23", past=["night 22"]) == [1]
    assert amounts(make, RULE, "early 23", on="", past=["night 20", "early 21"]) == []


def test_only_one_of_them_goes_to_li(make):
    shifts = [make.shift("n", "24 22:00-06:00", "night"), make.shift("e", "25 06:00-14:00", "early")]
    assert len(make.solved(RULE, *shifts)) == 1


def test_says_what_follows_what(make):
    shifts = [make.shift("n", "24 22:00-06:00", "night"), make.shift("e", "25 06:00-14:00", "early")]
    (violation,) = make.found(RULE, *shifts, on="li:n li:e")
    assert violation.message.en == "li is at early on 2026-03-25, too soon after night on 2026-03-24"
    assert violation.message.zh == "li于2026-03-24在night，2026-03-25又在early，间隔过短"
    assert violation.shifts == ("n", "e")


def test_names_positions_of_its_problem(make):
    with pytest.raises(InputError, match=r"ForbiddenSuccession\.then"):
        make.problem(make.shift("n", "24 22:00-06:00", "night"), rules=[RULE])
