from civicvol.rostering.rules import MostMinutesInDays

RULE = MostMinutesInDays(minutes=300, days=3)


def days(make, *numbers):
    return [make.shift(f"s{number}", f"{number} 09:00-12:00") for number in numbers]


def test_the_limit_itself_is_fine(make):
    assert make.amounts(MostMinutesInDays(minutes=360, days=3), *days(make, 24, 26), on="li:s24 li:s26") == []
    assert make.amounts(MostMinutesInDays(minutes=359, days=3), *days(make, 24, 26), on="li:s24 li:s26") == [1]


def test_what_is_further_apart_lies_in_no_window_together(make):
    assert make.amounts(RULE, *days(make, 24, 27), on="li:s24 li:s27") == []


def test_each_window_counts(make):
    assert make.amounts(RULE, *days(make, 24, 25), on="li:s24 li:s25") == [60, 60]
    assert make.amounts(RULE, *days(make, 24, 25, 26), on="li:s24 li:s25 li:s26") == [60, 240, 60]


def test_windows_end_with_the_horizon(make):
    assert make.amounts(RULE, *days(make, 4, 5), on="li:s4 li:s5") == [60]


def test_no_monday_begins_anew(make):
    assert make.amounts(RULE, *days(make, 29, 30), on="li:s29 li:s30") == [60, 60]


def test_what_was_done_just_before_counts(make):
    assert make.amounts(RULE, make.past("22 09:00-12:00"), *days(make, 23, 24), on="li:s24") == [60]
    assert make.amounts(RULE, make.past("21 09:00-12:00"), *days(make, 23, 24), on="li:s24") == []


def test_what_was_too_much_before_is_not_held_against_the_roster(make):
    past = make.past("22 09:00-18:00")
    assert make.amounts(RULE, past, *days(make, 23), on="") == []
    assert make.amounts(RULE, past, *days(make, 23), on="li:s23") == [180, 180]


def test_is_for_some_people_and_positions_only(make):
    people = [make.person("li", affiliations=["cadre"]), make.person("wu")]
    shifts = [*days(make, 24, 25), make.shift("gate", "26 09:00-15:00", "gate")]
    rule = MostMinutesInDays(minutes=300, days=3, group="cadre", positions={"post"})
    assert make.amounts(rule, *people, *shifts, on="li:s24 li:gate wu:s24 wu:s25") == []
    assert make.amounts(rule, *people, *shifts, on="li:s24 li:s25") == [60, 60]


def test_only_as_much_is_given_as_fits(make):
    assert len(make.solved(RULE, *days(make, 24, 25, 26, 27))) == 2


def test_says_when(make):
    violation, _ = make.found(RULE, *days(make, 24, 25), on="li:s24 li:s25")
    assert violation.message.en == "li does 360 minutes from 2026-03-23 to 2026-03-25, 60 over 300"
    assert violation.message.zh == "li在2026-03-23至2026-03-25服务360分钟，超出300分钟上限60分钟"
    assert violation.shifts == ("s24", "s25")
