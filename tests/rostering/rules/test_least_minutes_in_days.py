from civicvol.rostering.rules import LeastMinutesInDays


def days(make, *numbers):
    return [make.shift(f"s{number}", f"{number} 09:00-12:00") for number in numbers]


def test_the_least_itself_is_enough(make):
    assert make.amounts(LeastMinutesInDays(minutes=180, days=13), *days(make, 24), on="li:s24") == []
    assert make.amounts(LeastMinutesInDays(minutes=181, days=13), *days(make, 24), on="li:s24") == [1, 1]


def test_windows_lie_wholly_in_the_horizon(make):
    # The two windows of 13 days begin on the 23rd and on the 24th.
    assert make.amounts(LeastMinutesInDays(minutes=100, days=13), *days(make, 23), on="li:s23") == [100]
    assert make.amounts(LeastMinutesInDays(minutes=100, days=14), *days(make, 5), on="li:s5") == []
    assert make.amounts(LeastMinutesInDays(minutes=100, days=15), *days(make, 5), on="") == []


def test_who_has_done_much_before_is_asked_too(make):
    assert make.amounts(LeastMinutesInDays(minutes=60, days=14), make.past("22 09:00-18:00"), on="") == [60]


def test_is_for_some_people_and_positions_only(make):
    people = [make.person("li", affiliations=["cadre"]), make.person("wu")]
    rule = LeastMinutesInDays(minutes=60, days=14, group="cadre", positions={"gate"})
    gate = make.shift("gate", "26 09:00-09:30", "gate")
    assert make.amounts(rule, *people, *days(make, 24), gate, on="li:gate li:s24") == [30]


def test_work_is_spread_over_the_days(make):
    rule = LeastMinutesInDays(minutes=60, days=7)
    solved = make.solved(rule, make.person("li"), make.person("wu"), *days(make, 23, 26, 28, 30, 3, 5))
    assert {each[:2] for each in solved} == {"li", "wu"}


def test_says_when(make):
    (violation,) = make.found(LeastMinutesInDays(minutes=200, days=14), *days(make, 24), on="li:s24")
    assert violation.message.en == "li does 180 minutes from 2026-03-23 to 2026-04-05, 20 less than 200"
    assert violation.message.zh == "li在2026-03-23至2026-04-05服务180分钟，比下限200分钟少20分钟"
    assert violation.shifts == ("s24",)
