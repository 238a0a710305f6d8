from datetime import date

from civicvol.rostering.rules import SeniorStretch


def senior(make, birth_date=date(1961, 3, 24)):
    return make.person(birth_date=birth_date)


def test_four_hours_are_fine(make):
    assert make.amounts(SeniorStretch(), senior(make), make.shift("a", "24 08:00-12:00"), on="li:a") == []


def test_each_minute_more_counts(make):
    assert make.amounts(SeniorStretch(), senior(make), make.shift("a", "24 08:00-12:01"), on="li:a") == [1]


def test_a_window_is_as_long_as_the_stretch_and_the_break(make):
    assert make.amounts(SeniorStretch(), senior(make), make.shift("a", "24 08:00-16:00"), on="li:a") == [30]


def test_a_break_ends_a_stretch(make):
    shifts = [make.shift("a", "24 08:00-12:00"), make.shift("b", "24 12:30-16:30")]
    assert make.amounts(SeniorStretch(), senior(make), *shifts, on="li:a li:b") == []


def test_a_shorter_break_does_not(make):
    shifts = [make.shift("a", "24 08:00-12:00"), make.shift("b", "24 12:10-16:00")]
    assert make.amounts(SeniorStretch(), senior(make), *shifts, on="li:a li:b") == [20]
    assert make.amounts(SeniorStretch(break_minutes=10), senior(make), *shifts, on="li:a li:b") == []


def test_what_only_touches_a_window_is_no_part_of_it(make):
    shifts = [
        make.shift("before", "24 07:00-08:00"),
        make.shift("a", "24 08:00-12:10"),
        make.shift("after", "24 12:30-13:00"),
    ]
    rule = SeniorStretch(minutes=240, break_minutes=30)
    (violation,) = make.found(rule, senior(make), *shifts, on="li:a li:after")
    assert (violation.amount, violation.shifts) == (10, ("a",))
    found = make.found(rule, senior(make), *shifts, on="li:before li:a")
    assert [(violation.amount, violation.shifts) for violation in found] == [(30, ("before", "a")), (10, ("a",))]


def test_windows_begin_with_their_own_duties_only(make):
    shifts = [make.shift("a", "24 08:00-16:00"), make.shift("b", "24 09:00-10:00")]
    people = [senior(make), make.person("wu")]
    assert make.amounts(SeniorStretch(), *people, *shifts, on="li:a wu:b") == [30]
    assert make.amounts(SeniorStretch(), *people, *shifts, on="li:a li:b") == [90, 90]


def test_who_does_two_things_at_once_is_measured_from_their_own_duties_too(make):
    # In the 270 minutes from eight there are 240 and twice 30, in those from nine, with nobody's, twice 90 and 180.
    shifts = [
        make.shift("a", "24 08:00-12:00"),
        make.shift("b", "24 12:00-13:30"),
        make.shift("c", "24 12:00-13:30"),
        make.shift("d", "24 09:00-09:30"),
    ]
    assert make.amounts(SeniorStretch(), senior(make), *shifts, on="li:a li:b li:c") == [60]
    assert make.amounts(SeniorStretch(), senior(make), *shifts, on="li:a li:b li:c li:d") == [90, 150]


def test_the_birthday_begins_it(make):
    shifts = [make.shift("a", "23 08:00-13:00"), make.shift("b", "24 08:00-13:00")]
    assert make.amounts(SeniorStretch(), senior(make), *shifts, on="li:a li:b") == [30]


def test_who_states_no_birth_date_is_taken_to_be_younger(make):
    assert make.amounts(SeniorStretch(), make.shift("a", "24 08:00-16:00"), on="li:a") == []


def test_what_was_begun_before_the_horizon_counts(make):
    past, shift = make.past("22 22:00-00:30"), make.shift("a", "23 00:00-04:00")
    person = senior(make, date(1950, 1, 1))
    assert make.amounts(SeniorStretch(), person, past, shift, on="li:a") == [60, 30]
    assert make.amounts(SeniorStretch(minutes=389), person, past, shift, on="li:a") == [1]
    assert make.amounts(SeniorStretch(minutes=390), person, past, shift, on="li:a") == []


def test_what_was_too_long_before_is_not_held_against_the_roster(make):
    past, shift = make.past("22 22:00-08:00"), make.shift("a", "23 00:00-01:00")
    person = senior(make, date(1950, 1, 1))
    assert make.amounts(SeniorStretch(), person, past, shift, on="") == []
    assert make.amounts(SeniorStretch(), person, past, shift, on="li:a") == [60, 60]


def test_a_stretch_that_goes_on_from_the_day_before_is_seen(make):
    past, shift = make.past("22 20:00-00:00"), make.shift("a", "23 00:00-02:30")
    assert make.amounts(SeniorStretch(), senior(make, date(1940, 1, 1)), past, shift, on="li:a") == [30]


def test_long_shifts_go_to_the_younger(make):
    shift = make.shift("a", "24 08:00-13:00")
    assert make.solved(SeniorStretch(), senior(make), make.person("wu"), shift) == {"wu:a"}


def test_says_how_long_it_is(make):
    (violation,) = make.found(SeniorStretch(), senior(make), make.shift("a", "24 08:00-12:15"), on="li:a")
    assert violation.message.en == "li is 65 and does 255 of 270 minutes, 15 over 240 at a stretch"
    assert violation.message.zh == "li65岁，270分钟内服务255分钟，超出连续240分钟上限15分钟"
