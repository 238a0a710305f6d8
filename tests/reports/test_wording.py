from datetime import date, time

import pytest

from civicvol import Shift, TimeSpan
from civicvol.reports import wording


@pytest.mark.parametrize(
    ("start", "end", "english", "chinese"),
    [
        ((2, 7, 0), (2, 9, 0), "07:00–09:00", "07:00–09:00"),
        ((2, 22, 0), (3, 0, 0), "22:00–00:00 (+1)", "22:00–次日00:00"),
        ((3, 4, 59), (3, 5, 1), "04:59 (+1)–05:01 (+1)", "次日04:59–次日05:01"),
        ((3, 5, 0), (3, 5, 1), "05:00–05:01", "05:00–05:01"),
        ((2, 8, 0), (4, 8, 0), "08:00–08:00 (+2)", "08:00–第3日08:00"),
    ],
)
def test_times_are_told_from_the_day_a_shift_counts_for(problem, start, end, english, chinese):
    moments = (
        TimeSpan.on(date(2026, 3, day), time(hour, minute), time(), "Asia/Shanghai")
        for day, hour, minute in (start, end)
    )
    shift = Shift(id="s", position="gate", span=TimeSpan(*(each.start for each in moments)))
    assert wording.time_text(problem, shift) == english
    assert wording.time_text(problem, shift, "zh") == chinese


def test_times_are_those_of_the_horizon(problem):
    elsewhere = TimeSpan.on(date(2026, 3, 2), time(12), time(13), "Europe/Berlin")
    assert wording.time_text(problem, Shift(id="s", position="gate", span=elsewhere)) == "19:00–20:00"


def test_a_shift_without_a_place_has_no_name_of_one(problem):
    assert wording.place_text(problem, problem.shift("watch")) == ""
    assert wording.place_text(problem, problem.shift("evening"), "zh") == "第2网格"


def test_days_sort_as_their_texts_do():
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert sorted(map(wording.day_text, days)) == list(map(wording.day_text, days))
