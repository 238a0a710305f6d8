from datetime import date

from civicvol.rostering.rules import LongestStretch

RULE = LongestStretch(minutes=120)
HOT = LongestStretch(minutes=120, dates=[date(2026, 3, 24)])


def test_the_stretch_itself_is_fine(make):
    assert make.amounts(RULE, make.shift("a", "24 08:00-10:00"), on="li:a") == []
    assert make.amounts(RULE, make.shift("a", "24 08:00-10:01"), on="li:a") == [1]


def test_a_break_ends_a_stretch(make):
    shifts = [make.shift("a", "24 08:00-10:00"), make.shift("b", "24 10:30-12:30")]
    assert make.amounts(RULE, *shifts, on="li:a li:b") == []
    # From eight, forty minutes of rest and 130 of work in 150 are ten too many.
    assert make.amounts(LongestStretch(minutes=120, break_minutes=40), *shifts, on="li:a li:b") == [10]


def test_may_be_for_hot_days_only(make):
    shifts = [make.shift("a", "23 08:00-12:00"), make.shift("b", "24 08:00-12:00")]
    assert make.amounts(HOT, *shifts, on="li:a") == []
    assert make.amounts(HOT, *shifts, on="li:b") == [30]


def test_a_night_belongs_to_the_day_it_begins_on(make):
    assert make.amounts(HOT, make.shift("a", "24 22:00-02:00"), on="li:a") == [30]
    assert make.amounts(HOT, make.shift("a", "23 22:00-02:00"), on="li:a") == []


def test_may_be_for_some_positions_only(make):
    shifts = [make.shift("a", "24 08:00-12:00"), make.shift("b", "24 08:00-12:00", "tent")]
    assert make.amounts(LongestStretch(minutes=120, positions={"tent"}), *shifts, on="li:a") == []
    assert make.amounts(LongestStretch(minutes=120, positions={"tent"}), *shifts, on="li:b") == [30]


def test_may_be_for_some_people_only(make):
    people = [make.person("li", affiliations=["weak heart"]), make.person("wu")]
    rule = LongestStretch(minutes=120, group="weak heart")
    found = make.found(rule, *people, make.shift("a", "24 08:00-12:00"), on="li:a wu:a")
    assert [each.volunteers for each in found] == [("li",)]
    assert make.solved(rule, *people, make.shift("a", "24 08:00-12:00")) == {"wu:a"}


def test_what_was_begun_before_counts(make):
    past, shift = make.past("22 23:00-00:00"), make.shift("a", "23 00:00-01:30")
    assert make.amounts(RULE, past, shift, on="li:a") == [30]
    assert make.amounts(RULE, past, shift, on="") == []


def test_says_how_long_it_is(make):
    (violation,) = make.found(RULE, make.shift("a", "24 08:00-10:15"), on="li:a")
    assert violation.message.en == "li does 135 of 150 minutes, 15 over 120 at a stretch"
    assert violation.message.zh == "li在150分钟内服务135分钟，超出连续120分钟上限15分钟"
