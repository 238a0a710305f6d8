import pytest

from civicvol import InputError
from civicvol.rostering.rules import UnwantedSequence

NIGHT_THEN_FREE = UnwantedSequence(pattern=[["night"], None, None], weekday="FR")


def amounts(make, rule, *shifts, past=(), absent=()):
    """Return the amounts where Li has shifts, written as their position and day: "night 24"."""
    members = [shift_at(make, each) for each in (*shifts, *absent)]
    named = {each.split()[0] for each in (*shifts, *absent)}
    members += [shift_at(make, f"{position} 5") for position in {"night", "early"} - named]
    duties = [make.past(f"{day} 06:00-10:00", position=position) for position, day in map(str.split, past)]
    return make.amounts(rule, *members, *duties, on=" ".join("li:" + each.replace(" ", "") for each in shifts))


def shift_at(make, text):
    position, day = text.split()
    return make.shift(position + day, f"{day} {'22:00-06:00' if position == 'night' else '06:00-10:00'}", position)


def test_a_night_before_a_free_weekend(make):
    assert amounts(make, NIGHT_THEN_FREE, "night 27") == [1]
    assert amounts(make, NIGHT_THEN_FREE, "night 27", absent=["early 28"]) == [1]


def test_a_day_that_does_not_fit_ends_it(make):
    assert amounts(make, NIGHT_THEN_FREE, "night 27", "early 28") == []
    assert amounts(make, NIGHT_THEN_FREE, "night 27", "early 29") == []
    assert amounts(make, NIGHT_THEN_FREE, "early 27") == []


def test_begins_on_its_weekday_only(make):
    assert amounts(make, NIGHT_THEN_FREE, "night 26") == []
    assert amounts(make, UnwantedSequence(pattern=[["night"], None, None]), "night 26") == [1]


def test_no_positions_are_any_work(make):
    rule = UnwantedSequence(pattern=[None, [], None])
    assert amounts(make, rule, "night 25", "early 27", "early 29", "early 30") == [1, 1]


def test_several_positions_are_any_of_them(make):
    rule = UnwantedSequence(pattern=[["night", "early"], ["night"]])
    assert amounts(make, rule, "early 24", "night 25", "night 26", "early 27") == [1, 1]


def test_lies_wholly_in_the_horizon(make):
    rule = UnwantedSequence(pattern=[["night"], None])
    assert amounts(make, rule, "night 4") == [1]
    assert amounts(make, rule, "night 5") == []
    assert amounts(make, UnwantedSequence(pattern=[None, ["night"]]), "night 23") == []


def test_may_be_one_day(make):
    assert amounts(make, UnwantedSequence(pattern=[["night"]], weekday="SU"), "night 29", "night 30") == [1]


def test_past_days_are_part_of_it_once_they_are_known(make):
    rule = UnwantedSequence(pattern=[["night"], None, ["early"]])
    assert amounts(make, rule, "early 24", past=["night 22"]) == [1]
    assert amounts(make, rule, "early 23", "early 24", past=["night 22"]) == []
    free_before = UnwantedSequence(pattern=[None, ["early"]])
    assert amounts(make, free_before, "early 23", past=["night 21"]) == [1]
    assert amounts(make, free_before, "early 23", past=["night 22"]) == []


def test_past_work_alone_is_nobodys_fault(make):
    assert amounts(make, UnwantedSequence(pattern=[["night"], None]), past=["night 22"]) == []


def test_li_works_at_the_weekend_too(make):
    shifts = [make.shift(f"s{day}", f"{day} 22:00-06:00", "night") for day in (27, 29)]
    assert make.solved(NIGHT_THEN_FREE, *shifts) == {"li:s27", "li:s29"}


def test_says_from_when_until_when(make):
    (violation,) = make.found(NIGHT_THEN_FREE, shift_at(make, "night 27"), on="li:night27")
    assert violation.message.en == "li has an unwanted sequence of days from 2026-03-27 to 2026-03-29"
    assert violation.message.zh == "li从2026-03-27到2026-03-29的安排是不希望的次序"
    assert violation.shifts == ("night27",)


@pytest.mark.parametrize("pattern", [[], [None], [None, None], None, 5, "night", [5], [["night"], {}]])
def test_a_pattern_has_a_day_of_work(pattern):
    with pytest.raises(InputError, match=r"UnwantedSequence\.pattern"):
        UnwantedSequence(pattern=pattern)


def test_names_positions_of_its_problem(make):
    with pytest.raises(InputError, match=r"UnwantedSequence\.pattern"):
        make.problem(rules=[NIGHT_THEN_FREE])
