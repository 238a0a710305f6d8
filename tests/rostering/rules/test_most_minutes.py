from civicvol.calendar import Period
from civicvol.rostering.rules import MostMinutes


def test_the_limit_itself_is_fine(make):
    shifts = [make.shift("a", "23 09:00-15:00"), make.shift("b", "29 09:00-15:00")]
    assert make.amounts(MostMinutes(minutes=720), *shifts, on="li:a li:b") == []
    assert make.amounts(MostMinutes(minutes=719), *shifts, on="li:a li:b") == [1]


def test_each_week_counts_by_itself(make):
    shifts = [make.shift("a", "29 09:00-15:00"), make.shift("b", "30 09:00-15:00")]
    assert make.amounts(MostMinutes(minutes=360), *shifts, on="li:a li:b") == []
    assert make.amounts(MostMinutes(minutes=300), *shifts, on="li:a li:b") == [60, 60]


def test_a_night_counts_whole_for_the_day_it_begins_on(make):
    night = make.shift("a", "29 22:00-06:00")
    day = make.shift("b", "30 12:00-13:00")
    assert make.amounts(MostMinutes(minutes=480, per=Period.DAY), night, day, on="li:a li:b") == []
    assert make.amounts(MostMinutes(minutes=479, per=Period.WEEK), night, day, on="li:a li:b") == [1]


def test_the_hours_before_the_day_begins_count_for_the_day_before(make):
    shifts = [make.shift("a", "29 20:00-22:00"), make.shift("b", "30 02:00-04:00")]
    assert make.amounts(MostMinutes(minutes=120), *shifts, on="li:a li:b") == []
    assert make.amounts(MostMinutes(minutes=120), *shifts, on="li:a li:b", day_start="05:00") == [120]


def test_the_clock_change_takes_its_hour(make):
    night = make.shift("a", "28 22:00-06:00")
    assert make.amounts(MostMinutes(minutes=420), night, on="li:a") == []
    assert make.amounts(MostMinutes(minutes=419), night, on="li:a") == [1]


def test_a_month_ends_with_its_last_day(make):
    shifts = [make.shift("a", "31 09:00-15:00"), make.shift("b", "1 09:00-15:00")]
    assert make.amounts(MostMinutes(minutes=360, per=Period.MONTH), *shifts, on="li:a li:b") == []
    assert make.amounts(MostMinutes(minutes=360, per=Period.HORIZON), *shifts, on="li:a li:b") == [360]


def test_what_was_done_this_month_already_counts(make):
    past, shift = make.past("20 09:00-11:00"), make.shift("a", "24 09:00-11:00")
    assert make.amounts(MostMinutes(minutes=240, per=Period.MONTH), past, shift, on="li:a") == []
    assert make.amounts(MostMinutes(minutes=200, per=Period.MONTH), past, shift, on="li:a") == [40]


def test_what_was_too_much_before_is_not_held_against_the_roster(make):
    past, shift = make.past("20 09:00-15:00"), make.shift("a", "24 09:00-11:00")
    rule = MostMinutes(minutes=240, per=Period.MONTH)
    assert make.amounts(rule, past, shift, on="") == []
    assert make.amounts(rule, past, shift, on="li:a") == [120]


def test_the_past_is_no_part_of_the_horizon(make):
    past, shift = make.past("22 22:00-02:00"), make.shift("a", "24 09:00-11:00")
    assert make.amounts(MostMinutes(minutes=120, per=Period.HORIZON), past, shift, on="li:a") == []


def test_everybody_has_the_limit_to_themselves(make):
    people = [make.person("li"), make.person("wu")]
    shift = make.shift("a", "24 09:00-11:00")
    assert make.amounts(MostMinutes(minutes=100), *people, shift, on="li:a wu:a") == [20, 20]


def test_no_minutes_at_all_is_a_limit_too(make):
    assert make.amounts(MostMinutes(minutes=0), make.shift("a", "24 09:00-11:00"), on="li:a") == [120]


def test_only_as_much_is_given_as_fits(make):
    shifts = [make.shift("a", "24 09:00-11:00"), make.shift("b", "25 09:00-12:00")]
    assert make.solved(MostMinutes(minutes=299), *shifts) in ({"li:a"}, {"li:b"})
    assert make.solved(MostMinutes(minutes=300), *shifts) == {"li:a", "li:b"}


def test_says_when(make):
    shift = make.shift("a", "24 09:00-11:00")
    for per, en, zh in [
        (Period.DAY, "on 2026-03-24", "2026-03-24"),
        (Period.WEEK, "in 2026-W13", "2026年第13周"),
        (Period.MONTH, "in 2026-03", "2026年3月"),
        (Period.HORIZON, "in all", "全期"),
    ]:
        (violation,) = make.found(MostMinutes(minutes=100, per=per), shift, on="li:a")
        assert violation.message.en == f"li does 120 minutes {en}, 20 over 100"
        assert violation.message.zh == f"li在{zh}服务120分钟，超出100分钟上限20分钟"
