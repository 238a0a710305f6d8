from civicvol.rostering import Request
from civicvol.rostering.rules import ShiftOnRequests


def on(make, day, position, **fields):
    return Request(volunteer="li", day=make.day(day), kind="shift on", position=position, **fields)


def shifts(make):
    return [
        make.shift("a", "24 09:00-11:00", position="gate"),
        make.shift("b", "24 18:00-20:00", position="tent"),
        make.shift("c", "25 09:00-11:00", position="gate"),
        make.shift("d", "24 12:00-14:00", position="gate"),
    ]


def test_any_shift_of_the_position_on_the_day_meets_it(make):
    for met in ("li:a", "li:d", "li:a li:d"):
        assert make.amounts(ShiftOnRequests(), *shifts(make), on=met, requests=[on(make, 24, "gate")]) == []


def test_another_position_or_day_does_not(make):
    assert make.amounts(ShiftOnRequests(), *shifts(make), on="li:b li:c", requests=[on(make, 24, "gate")]) == [1]


def test_each_request_counts_by_its_importance(make):
    asked = [on(make, 24, "gate", importance=2), on(make, 24, "tent", importance=3), on(make, 25, "gate")]
    assert make.amounts(ShiftOnRequests(), *shifts(make), on="li:a", requests=asked) == [3, 1]


def test_may_be_for_some_positions_only(make):
    asked = [on(make, 24, "gate"), on(make, 24, "tent", importance=2)]
    assert make.amounts(ShiftOnRequests(positions={"tent"}), *shifts(make), on="", requests=asked) == [2]


def test_who_asks_gets_it(make):
    people = [make.person("wu"), make.person("li")]
    assert "li:a" in make.solved(ShiftOnRequests(), *people, shifts(make)[0], requests=[on(make, 24, "gate")])


def test_says_which_position(make):
    (violation,) = make.found(ShiftOnRequests(), *shifts(make), on="", requests=[on(make, 24, "gate")])
    assert violation.message.en == "li asked to be at gate on 2026-03-24, and is not"
    assert violation.message.zh == "li希望2026-03-24排在gate，却未排上"
