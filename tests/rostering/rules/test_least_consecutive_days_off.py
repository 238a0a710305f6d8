from civicvol.rostering.rules import LeastConsecutiveDaysOff

THREE = LeastConsecutiveDaysOff(days=3)
CLOSED = LeastConsecutiveDaysOff(days=3, open_edges=False)


def amounts(make, rule, *days, past=()):
    """Return the amounts where Li works on some days, and has worked on others before."""
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in days]
    duties = [make.past(f"{day} 09:00-10:00") for day in past]
    return make.amounts(rule, *shifts, *duties, on=" ".join(f"li:s{day}" for day in days))


def test_three_days_off_in_a_row_are_fine(make):
    assert amounts(make, THREE, 25, 29) == []
    assert amounts(make, THREE, 25, 30) == []


def test_each_day_missing_is_one(make):
    assert amounts(make, THREE, 25, 28) == [1]
    assert amounts(make, THREE, 25, 27) == [2]


def test_no_day_off_is_fine(make):
    assert amounts(make, THREE, 25, 26) == []


def test_each_run_is_held_to_it(make):
    assert amounts(make, THREE, 25, 27, 30, 31, 4) == [2, 1]


def test_days_off_at_an_edge_may_go_on_beyond(make):
    assert amounts(make, THREE, 24) == amounts(make, THREE, 4) == []


def test_with_closed_edges_they_end_there(make):
    assert amounts(make, CLOSED, 24) == amounts(make, CLOSED, 4) == [2]
    assert amounts(make, CLOSED, 24, 4) == [2, 2]
    assert amounts(make, CLOSED, 26, 2) == amounts(make, CLOSED) == []


def test_where_the_horizon_is_shorter_somebody_without_work_is_off_too_little(make):
    rule = LeastConsecutiveDaysOff(days=16, open_edges=False)
    assert amounts(make, rule) == [2]
    assert amounts(make, rule, past=[20]) == []
    assert amounts(make, rule, past=[22]) == [2]


def test_days_off_are_counted_from_the_last_past_duty(make):
    assert amounts(make, THREE, 23, past=[21]) == [2]
    assert amounts(make, THREE, 24, past=[21]) == [1]
    assert amounts(make, THREE, 23, past=[22]) == amounts(make, THREE, 25, past=[21]) == []


def test_past_days_off_alone_are_nobodys_fault(make):
    assert amounts(make, THREE, 28, past=[18, 20]) == []


def test_only_some_positions_may_count(make):
    rule = LeastConsecutiveDaysOff(days=2, positions={"gate"})
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00", "gate") for day in (25, 27)]
    tent = make.shift("t", "26 09:00-10:00", "tent")
    assert make.amounts(rule, *shifts, tent, on="li:s25 li:t li:s27") == [1]


def test_two_days_too_near_do_not_go_to_one(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (25, 27)]
    assert len(make.solved(LeastConsecutiveDaysOff(days=2), *shifts)) == 1


def test_says_what_is_missing(make):
    shifts = [make.shift(f"s{day}", f"{day} 09:00-10:00") for day in (25, 28)]
    (violation,) = make.found(THREE, *shifts, on="li:s25 li:s28")
    assert violation.message.en == "li is off only from 2026-03-26 to 2026-03-27, 1 short of 3 days off in a row"
    assert violation.message.zh == "li仅从2026-03-26到2026-03-27休息，比连续休息3天少1天"
    assert violation.shifts == ("s25", "s28")
