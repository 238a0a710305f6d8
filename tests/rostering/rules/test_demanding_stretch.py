from civicvol import Position
from civicvol.rostering.rules import DemandingStretch

TENT = Position(id="tent", longest_stretch=60)


def tent(make, id, when):
    return make.shift(id, when, position="tent")


def test_an_hour_is_fine(make):
    assert make.amounts(DemandingStretch(), TENT, tent(make, "a", "24 09:00-10:00"), on="li:a") == []


def test_each_minute_more_counts(make):
    assert make.amounts(DemandingStretch(), TENT, tent(make, "a", "24 09:00-10:01"), on="li:a") == [1]


def test_a_window_is_as_long_as_the_stretch_and_the_break(make):
    assert make.amounts(DemandingStretch(), TENT, tent(make, "a", "24 09:00-18:00"), on="li:a") == [30]


def test_a_break_ends_a_stretch(make):
    shifts = [tent(make, "a", "24 09:00-10:00"), tent(make, "b", "24 10:30-11:30")]
    assert make.amounts(DemandingStretch(), TENT, *shifts, on="li:a li:b") == []


def test_a_shorter_break_does_not(make):
    shifts = [tent(make, "a", "24 09:00-10:00"), tent(make, "b", "24 10:20-11:00")]
    assert make.amounts(DemandingStretch(), TENT, *shifts, on="li:a li:b") == [10]
    assert make.amounts(DemandingStretch(break_minutes=20), TENT, *shifts, on="li:a li:b") == []


def test_other_positions_are_as_good_as_a_break(make):
    shifts = [tent(make, "a", "24 09:00-10:00"), make.shift("b", "24 10:00-12:00")]
    assert make.amounts(DemandingStretch(), TENT, *shifts, on="li:a li:b") == []


SUN = Position(id="sun", longest_stretch=120)


def test_demanding_positions_count_together_within_the_longer_limit(make):
    shifts = [tent(make, "a", "24 09:00-10:00"), make.shift("b", "24 10:00-12:00", position="sun")]
    # From 9:00 to 11:30 there are 150 minutes in the tent and the sun, where 120 may be.
    assert make.amounts(DemandingStretch(), TENT, SUN, *shifts, on="li:a li:b") == [30]
    shorter = [tent(make, "a", "24 09:00-10:00"), make.shift("b", "24 10:00-11:00", position="sun")]
    assert make.amounts(DemandingStretch(), TENT, SUN, *shorter, on="li:a li:b") == []


def test_nobody_is_held_to_the_limit_of_a_position_they_do_not_take(make):
    shifts = [tent(make, "a", "24 09:30-10:30"), make.shift("b", "24 09:00-11:00", position="sun")]
    assert make.amounts(DemandingStretch(), TENT, SUN, *shifts, on="li:b") == []


def test_a_past_duty_counts_where_its_position_is_known(make):
    shift = tent(make, "a", "23 00:00-01:00")
    assert make.amounts(DemandingStretch(), TENT, make.past("22 23:30-00:30", position="tent"), shift, on="li:a") == [
        60,
        30,
    ]
    assert make.amounts(DemandingStretch(), TENT, make.past("22 23:30-00:30"), shift, on="li:a") == []


def test_the_second_hour_goes_to_somebody_else(make):
    people = [make.person("li"), make.person("wu")]
    shifts = [tent(make, "a", "24 09:00-10:00"), tent(make, "b", "24 10:00-11:00")]
    assert make.solved(DemandingStretch(), TENT, *people, *shifts) in ({"li:a", "wu:b"}, {"wu:a", "li:b"})


def test_says_how_long_it_is(make):
    (violation,) = make.found(DemandingStretch(), TENT, tent(make, "a", "24 09:00-10:20"), on="li:a")
    assert violation.message.en == "li does 80 of 90 minutes at demanding positions, 20 over 60"
    assert violation.message.zh == "li在90分钟内有80分钟在高强度岗位，超出60分钟上限20分钟"
