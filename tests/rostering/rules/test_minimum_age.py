from datetime import date

from civicvol import Position
from civicvol.rostering.rules import MinimumAge

ADULTS = Position(id="post", minimum_age=18)
TURNS_18_ON_THE_25TH = date(2008, 3, 25)


def test_the_day_before_the_birthday_is_a_year_short(make):
    person = make.person(birth_date=TURNS_18_ON_THE_25TH)
    assert make.amounts(MinimumAge(), ADULTS, person, make.shift("s", "24 09:00-11:00"), on="li:s") == [1]


def test_the_birthday_is_old_enough(make):
    person = make.person(birth_date=TURNS_18_ON_THE_25TH)
    assert make.amounts(MinimumAge(), ADULTS, person, make.shift("s", "25 09:00-11:00"), on="li:s") == []


def test_every_year_that_is_missing_counts(make):
    person = make.person(birth_date=date(2012, 12, 31))
    assert make.amounts(MinimumAge(), ADULTS, person, make.shift("s", "24 09:00-11:00"), on="li:s") == [5]


def test_each_position_has_an_age_of_its_own(make):
    person = make.person(birth_date=date(2012, 12, 31))
    shifts = [make.shift("s", "24 09:00-11:00"), make.shift("t", "25 09:00-11:00", position="tent")]
    assert make.amounts(MinimumAge(), ADULTS, person, *shifts, on="li:s li:t") == [5]


def test_who_states_no_birth_date_is_taken_to_be_old_enough(make):
    assert make.amounts(MinimumAge(), ADULTS, make.shift("s", "24 09:00-11:00"), on="li:s") == []


def test_the_shift_goes_to_whoever_is_old_enough(make):
    child = make.person(birth_date=date(2012, 12, 31))
    assert make.solved(MinimumAge(), ADULTS, child, make.person("wu"), make.shift("s", "24 09:00-11:00")) == {"wu:s"}


def test_says_which_age_is_asked_for(make):
    person = make.person(birth_date=TURNS_18_ON_THE_25TH)
    (violation,) = make.found(MinimumAge(), ADULTS, person, make.shift("s", "24 09:00-11:00"), on="li:s")
    where = "post, Tue 24 Mar 2026 09:00–11:00"
    assert violation.message.en == f"li is 17 at {where}, which is for people of 18 and more"
    assert violation.message.zh == "li在post，2026年3月24日周二 09:00–11:00时17岁，该岗位须年满18岁"
