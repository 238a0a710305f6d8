from civicvol.rostering.rules import MinimumRest


def pair(make, first, second):
    return [make.shift("a", first), make.shift("b", second)]


def test_ten_hours_are_enough(make):
    assert make.amounts(MinimumRest(), *pair(make, "24 18:00-22:00", "25 08:00-09:00"), on="li:a li:b") == []


def test_a_minute_less_is_a_minute_too_little(make):
    assert make.amounts(MinimumRest(), *pair(make, "24 18:00-22:01", "25 08:00-09:00"), on="li:a li:b") == [1]


def test_two_duties_of_one_day_need_no_rest_between_them(make):
    assert make.amounts(MinimumRest(), *pair(make, "24 08:00-09:00", "24 09:00-10:00"), on="li:a li:b") == []


def test_rest_within_the_day_can_be_asked_for(make):
    shifts = pair(make, "24 08:00-09:00", "24 09:30-10:00")
    assert make.amounts(MinimumRest(minutes=30, same_day=True), *shifts, on="li:a li:b") == []
    assert make.amounts(MinimumRest(minutes=31, same_day=True), *shifts, on="li:a li:b") == [1]


def test_a_night_belongs_to_the_day_it_begins_on(make):
    shifts = pair(make, "24 18:00-22:00", "25 02:00-04:00")
    assert make.amounts(MinimumRest(), *shifts, on="li:a li:b") == [360]
    assert make.amounts(MinimumRest(), *shifts, on="li:a li:b", day_start="05:00") == []


def test_the_clock_change_takes_an_hour_of_rest(make):
    assert make.amounts(MinimumRest(), *pair(make, "28 18:00-22:00", "29 08:00-09:00"), on="li:a li:b") == [60]


def test_duties_that_overlap_have_no_rest(make):
    assert make.amounts(MinimumRest(), *pair(make, "24 20:00-04:00", "25 02:00-06:00"), on="li:a li:b") == [600]


def test_every_pair_counts(make):
    three = [*pair(make, "24 18:00-22:00", "25 06:00-06:30"), make.shift("c", "25 07:00-08:00")]
    assert make.amounts(MinimumRest(), *three, on="li:a li:b li:c") == [120, 60]


def test_everybody_rests_for_themselves(make):
    people = [make.person("li"), make.person("wu")]
    first_and_last = [make.shift("a", "23 00:00-01:00"), make.shift("b", "5 23:00-00:00")]
    assert make.amounts(MinimumRest(), *people, *first_and_last, on="li:b wu:a") == []
    assert make.amounts(MinimumRest(), *people, *pair(make, "24 18:00-22:00", "25 06:00-09:00"), on="li:a wu:b") == []


def test_the_evening_before_the_horizon_counts(make):
    past = make.past("22 18:00-23:00")
    assert make.amounts(MinimumRest(), past, make.shift("a", "23 09:00-10:00"), on="li:a") == []
    assert make.amounts(MinimumRest(), past, make.shift("a", "23 08:00-10:00"), on="li:a") == [60]


def test_the_past_is_no_concern_by_itself(make):
    past = [make.past("21 18:00-23:00"), make.past("22 04:00-05:00")]
    assert make.amounts(MinimumRest(), *past, make.shift("a", "23 08:00-10:00"), on="li:a") == []


def test_the_morning_goes_to_somebody_else(make):
    people = [make.person("li"), make.person("wu")]
    shifts = pair(make, "24 18:00-23:00", "25 08:00-09:00")
    assert make.solved(MinimumRest(), *people, *shifts) in ({"li:a", "wu:b"}, {"wu:a", "li:b"})


def test_says_how_short_the_night_is(make):
    (violation,) = make.found(MinimumRest(), *pair(make, "24 18:00-23:00", "25 08:00-09:00"), on="li:a li:b")
    first, second = "post, Tue 24 Mar 2026 18:00–23:00", "post, Wed 25 Mar 2026 08:00–09:00"
    assert violation.message.en == f"li rests 540 minutes between {first} and {second}, 60 less than 600"
    first, second = "post，2026年3月24日周二 18:00–23:00", "post，2026年3月25日周三 08:00–09:00"
    assert violation.message.zh == f"li在{first}与{second}之间仅休息540分钟，比600分钟少60分钟"


def test_names_a_past_duty(make):
    (violation,) = make.found(MinimumRest(), make.past("22 18:00-23:00"), make.shift("a", "23 08:00-10:00"), on="li:a")
    assert "between past duty, Sun 22 Mar 2026 18:00–23:00 and post" in violation.message.en
    assert violation.shifts == ("a",)
