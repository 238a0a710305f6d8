from civicvol.rostering import Request
from civicvol.rostering.rules import ShiftOffRequests


def off(make, day, position, **fields):
    return Request(volunteer="li", day=make.day(day), kind="shift off", position=position, **fields)


def shifts(make):
    return [
        make.shift("a", "24 09:00-11:00", position="gate"),
        make.shift("b", "24 18:00-20:00", position="tent"),
        make.shift("c", "25 09:00-11:00", position="gate"),
    ]


def test_another_position_or_day_is_fine(make):
    asked = [off(make, 24, "gate")]
    assert make.amounts(ShiftOffRequests(), *shifts(make), on="li:b li:c", requests=asked) == []


def test_that_position_on_that_day_counts(make):
    asked = [off(make, 24, "gate"), off(make, 24, "tent", importance=2), off(make, 25, "tent")]
    assert make.amounts(ShiftOffRequests(), *shifts(make), on="li:a li:b li:c", requests=asked) == [1, 2]


def test_a_day_off_is_no_shift_off(make):
    asked = [Request(volunteer="li", day=make.day(24), kind="day off")]
    assert make.amounts(ShiftOffRequests(), *shifts(make), on="li:a", requests=asked) == []


def test_may_be_for_some_positions_only(make):
    asked = [off(make, 24, "gate"), off(make, 24, "tent")]
    found = make.amounts(ShiftOffRequests(positions={"tent"}), *shifts(make), on="li:a li:b", requests=asked)
    assert found == [1]


def test_somebody_else_comes(make):
    people = [make.person("li"), make.person("wu")]
    asked = [off(make, 24, "gate")]
    assert "wu:a" in make.solved(ShiftOffRequests(), *people, *shifts(make), requests=asked)


def test_says_which_position(make):
    (violation,) = make.found(ShiftOffRequests(), *shifts(make), on="li:a", requests=[off(make, 24, "gate")])
    where = "gate, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"li asked not to be at gate on 2026-03-24, and is at {where}"
    assert violation.message.zh == "li希望2026-03-24不排gate，却排在gate，2026年3月24日周二 09:00–11:00"
