from datetime import date

from civicvol.rostering.rules import WholeBlock

WEEK = WholeBlock(days=7)


def shifts(make, *days, position="ward"):
    return [make.shift(f"s{day}", f"{day} 09:00-10:00", position) for day in days]


def test_all_days_or_none_are_fine(make):
    work = shifts(make, 23, 25, 27, 31)
    assert make.amounts(WEEK, *work, on="") == make.amounts(WEEK, *work, on="li:s23 li:s25 li:s27") == []


def test_each_day_missing_is_one(make):
    assert make.amounts(WEEK, *shifts(make, 23, 25, 27, 31), on="li:s25") == [2]


def test_each_block_is_by_itself(make):
    assert make.amounts(WEEK, *shifts(make, 28, 29, 30, 31), on="li:s28 li:s30") == [1, 1]


def test_blocks_may_begin_on_another_day(make):
    rule = WholeBlock(days=7, first_day=date(2026, 3, 4))
    assert make.amounts(rule, *shifts(make, 23, 24, 25, 31), on="li:s25 li:s31") == []
    assert make.amounts(rule, *shifts(make, 23, 24, 25, 31), on="li:s24 li:s25") == [1, 1]


def test_one_shift_a_day_is_enough(make):
    work = [*shifts(make, 23, 24), make.shift("late", "24 18:00-20:00", "ward")]
    assert make.amounts(WEEK, *work, on="li:s23 li:late") == []


def test_nobody_joins_in_the_middle(make):
    people = make.person("li"), make.person("wu")
    rule = WholeBlock(days=7, first_day=date(2026, 3, 20))
    past = [make.past(f"{day} 09:00-10:00", "wu", position="ward") for day in (20, 21)]
    work = shifts(make, 23, 24)
    assert make.amounts(rule, *people, *past, *work, on="wu:s23 wu:s24") == []
    assert make.amounts(rule, *people, *past, *work, on="li:s23 li:s24") == [2]
    assert make.amounts(rule, *people, *past, *work, on="") == []


def test_only_the_positions_named_make_a_block(make):
    rule = WholeBlock(days=7, positions={"ward"})
    work = [*shifts(make, 23, 24), *shifts(make, 25, position="tent")]
    assert make.amounts(rule, *work, on="li:s23 li:s24") == make.amounts(rule, *work, on="li:s25") == []
    past = make.past("22 09:00-10:00", position="tent")
    assert make.amounts(WholeBlock(days=7, first_day=date(2026, 3, 20)), *work, past, on="li:s23 li:s24 li:s25") == []
    anchored = WholeBlock(days=7, first_day=date(2026, 3, 20), positions={"ward"})
    assert make.amounts(anchored, *work, past, on="li:s23 li:s24") == []


def test_who_is_away_for_a_day_is_away_for_the_block(make):
    away = make.shift("other", "25 00:00-23:59", "tent")
    assert make.solved(WholeBlock(days=3), *shifts(make, 23, 24), away) == {"li:s23", "li:s24", "li:other"}


def test_says_which_block(make):
    (violation,) = make.found(WEEK, *shifts(make, 23, 25, 27), on="li:s25")
    expected = "li works on a part of the block from 2026-03-23 to 2026-03-29 only, 2 days short of all of it"
    assert violation.message.en == expected
    assert violation.message.zh == "li只参加了2026-03-23到2026-03-29时段的一部分，缺2天"
    assert violation.shifts == ("s25",)
