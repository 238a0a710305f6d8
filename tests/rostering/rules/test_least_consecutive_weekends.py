from civicvol.rostering.rules import LeastConsecutiveWeekends

TWO = LeastConsecutiveWeekends(weekends=2)
CLOSED = LeastConsecutiveWeekends(weekends=2, open_edges=False)


def amounts(make, rule, *days, past=()):
    """Return the amounts where Li works on some days, and has worked on others before."""
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in days]
    duties = [make.past(f"{day} 09:00-10:00") for day in past]
    return make.amounts(rule, *shifts, *duties, on=" ".join(f"li:s{day}" for day in days))


def test_two_weekends_in_a_row_are_fine(make):
    assert amounts(make, CLOSED, 28, 5) == amounts(make, CLOSED, 24, 31) == []


def test_each_weekend_missing_is_one(make):
    assert amounts(make, CLOSED, 28, 29) == amounts(make, CLOSED, 4) == [1]
    assert amounts(make, LeastConsecutiveWeekends(weekends=4, open_edges=False), 28, 5) == [2]


def test_weekends_at_an_edge_may_go_on_beyond(make):
    assert amounts(make, TWO, 28) == amounts(make, TWO, 4) == []
    assert amounts(make, LeastConsecutiveWeekends(weekends=2, weekend=["WE"]), 25) == []
    assert amounts(make, LeastConsecutiveWeekends(weekends=2, weekend=["WE"]), 25, past=[11]) == [1]


def test_past_weekends_are_part_of_a_run(make):
    assert amounts(make, TWO, 28, past=[14]) == [1]
    assert amounts(make, TWO, 28, past=[21]) == []
    assert amounts(make, CLOSED, past=[21]) == []


def test_a_weekend_may_be_cut_by_the_horizon(make):
    rule = LeastConsecutiveWeekends(weekends=2, weekend=("SU", "MO"), open_edges=False)
    assert amounts(make, rule, 23, past=[22]) == []
    assert amounts(make, rule, 23) == [1]


def test_one_weekend_alone_goes_to_nobody(make):
    shifts = [make.shift("s", "28 09:00-10:00"), make.shift("t", "31 09:00-10:00")]
    assert make.solved(CLOSED, *shifts) == {"li:t"}


def test_says_what_is_missing(make):
    (violation,) = make.found(CLOSED, make.shift("s", "29 09:00-10:00"), on="li:s")
    expected = "li works on the weekends from 2026-03-28 to 2026-03-28 only, 1 short of 2 in a row"
    assert violation.message.en == expected
    assert violation.message.zh == "li仅在2026-03-28到2026-03-28的周末服务，比连续2个周末少1个"
    assert violation.shifts == ("s",)
