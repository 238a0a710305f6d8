from civicvol import Travel, Unit, UnitTree
from civicvol.rostering.rules import NoOverlap

MAP = UnitTree(
    [
        Unit(id="street", kind="street", label="Street"),
        Unit(id="east", kind="grid", label="East", parent="street"),
        Unit(id="west", kind="grid", label="West", parent="street"),
    ]
)
WAY = {"units": MAP, "travel": Travel(within={"street": 20}, elsewhere=20, same=5)}


def pair(make, first, second, here=None, there=None):
    return [make.shift("a", first, unit=here), make.shift("b", second, unit=there)]


def test_duties_that_touch_are_fine(make):
    assert make.amounts(NoOverlap(), *pair(make, "24 09:00-11:00", "24 11:00-12:00"), on="li:a li:b") == []


def test_every_minute_together_counts(make):
    assert make.amounts(NoOverlap(), *pair(make, "24 09:00-11:00", "24 10:59-12:00"), on="li:a li:b") == [1]


def test_one_duty_within_another_counts_whole(make):
    assert make.amounts(NoOverlap(), *pair(make, "24 09:00-14:00", "24 10:00-11:00"), on="li:a li:b") == [60]


def test_two_duties_at_the_same_time_count_whole(make):
    assert make.amounts(NoOverlap(), *pair(make, "24 09:00-11:00", "24 09:00-11:00"), on="li:a li:b") == [120]


def test_every_pair_counts(make):
    three = [make.shift(id, "24 09:00-10:00") for id in "abc"]
    assert make.amounts(NoOverlap(), *three, on="li:a li:b li:c") == [60, 60, 60]


def test_two_people_may_be_at_two_places(make):
    people = [make.person("li"), make.person("wu")]
    assert make.amounts(NoOverlap(), *people, *pair(make, "24 09:00-11:00", "24 09:00-11:00"), on="li:a wu:b") == []


def test_nobody_is_in_the_way_of_others(make):
    people = [make.person("li"), make.person("wu")]
    first_and_last = pair(make, "23 00:00-01:00", "5 23:00-00:00", "east", "west")
    assert make.amounts(NoOverlap(), *people, *first_and_last, on="li:b wu:a", **WAY) == []


def test_the_way_needs_its_time(make):
    there = pair(make, "24 09:00-11:00", "24 11:20-12:00", "east", "west")
    assert make.amounts(NoOverlap(), *there, on="li:a li:b", **WAY) == []
    there = pair(make, "24 09:00-11:00", "24 11:19-12:00", "east", "west")
    assert make.amounts(NoOverlap(), *there, on="li:a li:b", **WAY) == [1]


def test_the_same_unit_needs_its_own_time(make):
    here = pair(make, "24 09:00-11:00", "24 11:00-12:00", "east", "east")
    assert make.amounts(NoOverlap(), *here, on="li:a li:b", **WAY) == [5]


def test_no_way_is_asked_for_where_a_place_is_unknown(make):
    somewhere = pair(make, "24 09:00-11:00", "24 11:00-12:00", "east", None)
    assert make.amounts(NoOverlap(), *somewhere, on="li:a li:b", **WAY) == []


def test_who_overlaps_misses_the_way_as_well(make):
    apart = pair(make, "24 09:00-11:00", "24 10:30-12:00", "east", "west")
    assert make.amounts(NoOverlap(), *apart, on="li:a li:b", **WAY) == [50]


def test_the_hour_that_the_clocks_skip_is_no_time_together(make):
    assert make.amounts(NoOverlap(), *pair(make, "29 00:00-03:00", "29 03:00-04:00"), on="li:a li:b") == []
    assert make.amounts(NoOverlap(), *pair(make, "29 00:00-04:00", "29 01:00-05:00"), on="li:a li:b") == [120]


def test_a_past_duty_may_still_go_on(make):
    past, shift = make.past("22 22:00-02:00"), make.shift("a", "23 01:00-03:00")
    assert make.amounts(NoOverlap(), past, shift, on="li:a") == [60]


def test_the_past_is_no_concern_by_itself(make):
    past = [make.past("22 22:00-02:00"), make.past("22 23:00-03:00")]
    assert make.amounts(NoOverlap(), *past, make.shift("a", "23 03:00-04:00"), on="li:a") == []


def test_one_of_two_goes_to_somebody_else(make):
    people = [make.person("li"), make.person("wu")]
    shifts = pair(make, "24 09:00-11:00", "24 10:00-12:00")
    assert make.solved(NoOverlap(), *people, *shifts) in ({"li:a", "wu:b"}, {"wu:a", "li:b"})


def test_says_what_is_missing(make):
    apart = pair(make, "24 09:00-11:00", "24 11:05-12:00", "east", "west")
    (violation,) = make.found(NoOverlap(), *apart, on="li:a li:b", **WAY)
    first, second = "post, Tue 24 Mar 2026 09:00–11:00, East", "post, Tue 24 Mar 2026 11:05–12:00, West"
    assert violation.message.en == f"li cannot do both {first} and {second}: 15 minutes short (20 for the way)"
    first, second = "post，2026年3月24日周二 09:00–11:00，East", "post，2026年3月24日周二 11:05–12:00，West"
    assert violation.message.zh == f"li无法兼顾{first}与{second}：差15分钟（含路程20分钟）"
    assert (violation.volunteers, violation.shifts) == (("li",), ("a", "b"))


def test_an_instant_at_which_one_begins_and_another_ends_counts(make):
    shifts = [make.shift("a", "24 08:00-10:00"), make.shift("b", "24 09:00-12:00"), make.shift("c", "24 10:00-11:00")]
    assert make.amounts(NoOverlap(), *shifts, on="li:a li:b") == [60]
    assert make.amounts(NoOverlap(), *shifts, on="li:b li:c") == [60]
    assert make.amounts(NoOverlap(), *shifts, on="li:a li:c") == []
