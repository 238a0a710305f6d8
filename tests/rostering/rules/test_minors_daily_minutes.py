from datetime import date

from civicvol.rostering.rules import MinorsDailyMinutes


def minor(make):
    return make.person(birth_date=date(2008, 3, 26))


def test_four_hours_are_fine(make):
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 14:00-16:00")]
    assert make.amounts(MinorsDailyMinutes(), minor(make), *shifts, on="li:a li:b") == []


def test_each_minute_more_counts(make):
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "24 14:00-16:01")]
    assert make.amounts(MinorsDailyMinutes(), minor(make), *shifts, on="li:a li:b") == [1]


def test_each_day_counts_by_itself(make):
    shifts = [make.shift("a", "24 09:00-14:00"), make.shift("b", "25 09:00-15:00")]
    assert make.amounts(MinorsDailyMinutes(), minor(make), *shifts, on="li:a li:b") == [60, 120]


def test_the_limit_is_lifted_on_the_birthday(make):
    assert make.amounts(MinorsDailyMinutes(), minor(make), make.shift("a", "26 09:00-15:00"), on="li:a") == []


def test_the_roster_day_decides_on_the_age(make):
    early = make.shift("a", "26 00:00-05:00")
    assert make.amounts(MinorsDailyMinutes(), minor(make), early, on="li:a") == []
    assert make.amounts(MinorsDailyMinutes(), minor(make), early, on="li:a", day_start="05:00") == [60]


def test_limit_and_age_can_be_set(make):
    shift = make.shift("a", "26 09:00-11:00")
    assert make.amounts(MinorsDailyMinutes(minutes=119, under=19), minor(make), shift, on="li:a") == [1]


def test_who_states_no_birth_date_is_taken_to_be_of_age(make):
    assert make.amounts(MinorsDailyMinutes(), make.shift("a", "24 09:00-15:00"), on="li:a") == []


def test_past_duties_of_the_same_day_count(make):
    past, early = make.past("22 22:00-01:00"), make.shift("a", "23 01:00-05:00")
    assert make.amounts(MinorsDailyMinutes(), minor(make), past, early, on="li:a") == []


def test_long_days_go_to_somebody_else(make):
    shift = make.shift("a", "24 09:00-14:00")
    assert make.solved(MinorsDailyMinutes(), minor(make), make.person("wu"), shift) == {"wu:a"}


def test_says_how_long_the_day_is(make):
    (violation,) = make.found(MinorsDailyMinutes(), minor(make), make.shift("a", "24 09:00-14:00"), on="li:a")
    assert violation.message.en == "li is under age and does 300 minutes on 2026-03-24, 60 over 240"
    assert violation.message.zh == "li未成年，2026-03-24服务300分钟，超出240分钟上限60分钟"
