from civicvol.rostering.rules import FairWeekends


def days(make, *numbers):
    return [make.shift(f"s{number}", f"{number} 09:00-12:00") for number in numbers]


def test_a_weekend_counts_once(make):
    shifts = days(make, 27, 28, 29, 4)
    assert make.amounts(FairWeekends(), *shifts, on="li:s27 li:s28 li:s29") == []
    assert make.amounts(FairWeekends(), *shifts, on="li:s28 li:s29 li:s4") == [1]
    assert make.amounts(FairWeekends(weekend=("FR", "SA", "SU")), *shifts, on="li:s27 li:s4") == [1]


def test_past_ones_count(make):
    past = make.past("21 09:00-12:00"), make.past("22 09:00-12:00"), make.past("20 09:00-12:00")
    assert make.amounts(FairWeekends(), *past, *days(make, 28), on="") == []
    assert make.amounts(FairWeekends(), *past, *days(make, 28), on="li:s28") == [1]


def test_a_weekend_begun_before_is_no_new_one(make):
    past = make.past("22 09:00-12:00")
    rule = FairWeekends(weekend=("SU", "MO"))
    assert make.amounts(rule, past, *days(make, 23, 29), on="li:s23") == []
    assert make.amounts(rule, past, *days(make, 23, 29), on="li:s23 li:s29") == [1]


def test_who_has_given_up_one_stays_at_home(make):
    people = [make.person("li"), make.person("wu")]
    assert make.solved(FairWeekends(), *people, make.past("21 09:00-12:00"), *days(make, 28)) == {"wu:s28"}


def test_two_days_go_to_one_rather_than_to_two_weekends(make):
    people = [make.person("li"), make.person("wu")]
    solved = make.solved(FairWeekends(), *people, *days(make, 28, 29, 4, 5))
    assert len({(each[:2], each[-2:] in {"s4", "s5"}) for each in solved}) == 2


def test_says_how_many_somebody_has(make):
    (violation,) = make.found(FairWeekends(), make.past("21 09:00-12:00"), *days(make, 25, 28), on="li:s25 li:s28")
    assert violation.message.en == "li has weekends: 1 new, 1 before"
    assert violation.message.zh == "li本期服务1个周末，此前1个周末"
    assert violation.shifts == ("s28",)
