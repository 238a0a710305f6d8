import pytest

from civicvol.rostering.rules import FairShare

HOURLY = FairShare(piece=60)


def shifts(make, *minutes):
    return [
        make.shift(f"s{number}", f"{number + 23} 09:00-{9 + each // 60:02}:{each % 60:02}")
        for number, each in enumerate(minutes)
    ]


def test_the_first_piece_costs_nothing(make):
    assert make.amounts(HOURLY, *shifts(make, 60), on="li:s0") == []


def test_a_minute_of_the_second_piece_costs_its_part(make):
    assert make.amounts(HOURLY, *shifts(make, 61), on="li:s0") == [pytest.approx(1 / 60)]
    assert make.amounts(HOURLY, *shifts(make, 90), on="li:s0") == [0.5]


def test_each_further_piece_costs_one_more_than_the_one_before(make):
    assert make.amounts(HOURLY, *shifts(make, 120), on="li:s0") == [1]
    assert make.amounts(HOURLY, *shifts(make, 180), on="li:s0") == [1 + 2]
    assert make.amounts(HOURLY, *shifts(make, 60, 60, 60, 60), on="li:s0 li:s1 li:s2 li:s3") == [1 + 2 + 3]


def test_from_the_last_step_on_the_price_stays(make):
    two_steps = FairShare(piece=60, steps=2)
    assert make.amounts(two_steps, *shifts(make, 180), on="li:s0") == [1 + 2]
    assert make.amounts(two_steps, *shifts(make, 240, 60), on="li:s0 li:s1") == [1 + 2 + 2 + 2]
    past = make.past("20 09:00-19:00")
    assert make.amounts(two_steps, past, *shifts(make, 90), on="li:s0") == [1.5 * 2]


def test_everybody_begins_where_the_past_has_left_them(make):
    past = make.past("20 09:00-10:30")
    assert make.amounts(HOURLY, past, *shifts(make, 60), on="") == []
    # Half of the hour still belongs to the second piece, half to the third.
    assert make.amounts(HOURLY, past, *shifts(make, 60), on="li:s0") == [0.5 * 1 + 0.5 * 2]


def test_an_even_share_costs_least(make):
    people = [make.person("li"), make.person("wu")]
    assert make.amounts(HOURLY, *people, *shifts(make, 60, 60), on="li:s0 li:s1") == [1]
    assert make.amounts(HOURLY, *people, *shifts(make, 60, 60), on="li:s0 wu:s1") == []


def test_who_has_done_nothing_yet_is_asked_first(make):
    people = [make.person("li"), make.person("wu")]
    past = make.past("20 09:00-10:00")
    assert make.solved(HOURLY, *people, past, *shifts(make, 60)) == {"wu:s0"}
    assert len({each[:2] for each in make.solved(HOURLY, *people, *shifts(make, 60, 60))}) == 2


def test_is_always_soft():
    assert FairShare().weight == 1.0


def test_says_how_much_somebody_has(make):
    (violation,) = make.found(HOURLY, make.past("20 09:00-10:30"), *shifts(make, 60), on="li:s0")
    assert violation.message.en == "li has 60 minutes, after 90 before"
    assert violation.message.zh == "li本期服务60分钟，此前90分钟"
    assert (violation.volunteers, violation.shifts) == (("li",), ("s0",))
