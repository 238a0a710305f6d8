from datetime import date, time

import pytest

from civicvol import Availability, Limit, Period, TimeSpan
from civicvol.rostering.rules import FairShare

ZONE = "Europe/Berlin"

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


class TestByOffer:
    """With `by_offer`, who offers twice as much is asked for twice as much."""

    RULE = FairShare(piece=60, by_offer=True)

    def people(self, make, minutes):
        """Return two who are free whenever there is work, one of whom wants no more than so many minutes."""
        return make.person("li", limits=[Limit(per=Period.HORIZON, minutes=minutes)]), make.person("wu")

    def test_prices_are_divided_by_the_share(self, make):
        # Li offers 120 of the 360 minutes of work, Wu all of it: shares of 120 and 360 by 240.
        work = shifts(make, 120, 120, 120)
        found = make.amounts(self.RULE, *self.people(make, 120), *work, on="li:s0 wu:s1 wu:s2")
        assert found == [1 / 0.5, (1 + 2 + 3) / 1.5]

    def test_work_is_shared_out_by_what_people_offer(self, make):
        work = shifts(make, 60, 60, 60, 60)
        solved = make.solved(self.RULE, *self.people(make, 60), *work)
        assert sorted(each[:2] for each in solved) == ["li", "wu", "wu", "wu"]

    @pytest.mark.parametrize(
        ("fields", "offer"),
        [
            ({}, 240),
            ({"limits": [Limit(per=Period.HORIZON, minutes=180)]}, 180),
            ({"limits": [Limit(per=Period.HORIZON, minutes=1_000)]}, 240),
            ({"goals": [Limit(per=Period.HORIZON, shifts=1)]}, 120),
            ({"limits": [Limit(per=Period.WEEK, minutes=40)]}, 80),
            ({"limits": [Limit(per=Period.DAY, minutes=10)]}, 140),
            ({"limits": [Limit(per=Period.MONTH, minutes=155)]}, 155 * (9 / 31 + 5 / 30)),
            ({"availability": Availability(offered=[TimeSpan.on(date(2026, 3, 23), time(8), time(10), ZONE)])}, 60),
        ],
    )
    def test_an_offer_is_free_time_or_a_limit_where_that_is_less(self, make, fields, offer):
        people = make.person("li", **fields), make.person("wu")
        (amount,) = make.amounts(self.RULE, *people, *shifts(make, 120, 120), on="li:s0")
        assert amount == pytest.approx((offer + 240) / 2 / offer)

    def test_nobody_offers_less_than_a_tenth_of_the_mean(self, make):
        people = make.person("li", limits=[Limit(per=Period.HORIZON, shifts=0)]), make.person("wu")
        assert make.amounts(self.RULE, *people, *shifts(make, 120), on="li:s0") == [10]

    def test_where_nobody_offers_anything_all_are_alike(self, make):
        nobody = make.person("li", limits=[Limit(per=Period.HORIZON, shifts=0)])
        assert make.amounts(self.RULE, nobody, *shifts(make, 120), on="li:s0") == [1]


def test_is_for_some_people_and_positions_only(make):
    people = [make.person("li", affiliations=["cadre"]), make.person("wu")]
    gate = make.shift("gate", "23 14:00-16:00", "gate")
    rule = FairShare(piece=60, group="cadre", positions={"post"})
    assert make.amounts(rule, *people, *shifts(make, 120), gate, on="li:s0 li:gate wu:s0 wu:gate") == [1]
