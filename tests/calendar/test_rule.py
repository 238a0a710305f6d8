import calendar
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from civicvol.calendar import Cadence
from civicvol.errors import InputError

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# What the standard says, day by day and without a library: slow, and easy to compare with its table.


def month_length(day):
    return calendar.monthrange(day.year, day.month)[1]


def nth_of(position, length):
    """The number of a weekday at a position (from 0) of a month or year, from the start and from the end."""
    return {position // 7 + 1, -((length - 1 - position) // 7) - 1}


def picked(day, freq, by, start):
    year_length = 365 + calendar.isleap(day.year)
    year_day = day.timetuple().tm_yday
    if "BYMONTH" in by and day.month not in by["BYMONTH"]:
        return False
    if "BYMONTHDAY" in by and not {day.day, day.day - month_length(day) - 1} & set(by["BYMONTHDAY"]):
        return False
    if "BYYEARDAY" in by and not {year_day, year_day - year_length - 1} & set(by["BYYEARDAY"]):
        return False
    if "BYDAY" in by:
        in_month = freq == "MONTHLY" or "BYMONTH" in by
        numbers = nth_of(day.day - 1, month_length(day)) if in_month else nth_of(year_day - 1, year_length)
        return any(CODES[day.weekday()] == code and (nth is None or nth in numbers) for nth, code in by["BYDAY"])
    if "BYMONTHDAY" in by or "BYYEARDAY" in by or freq == "DAILY":
        return True
    if freq == "WEEKLY":
        return day.weekday() == start.weekday()
    return day.day == start.day and (freq == "MONTHLY" or "BYMONTH" in by or day.month == start.month)


def period_of(day, freq):
    return {
        "DAILY": day.toordinal(),
        "WEEKLY": (day.toordinal() - 1) // 7,
        "MONTHLY": 12 * day.year + day.month,
        "YEARLY": day.year,
    }[freq]


def expanded(freq, interval, by, position, start, last):
    periods = {}
    for number in range((date(last.year, 12, 31) - date(start.year, 1, 1)).days + 1):
        day = date(start.year, 1, 1) + timedelta(days=number)
        if picked(day, freq, by, start):
            periods.setdefault(period_of(day, freq), []).append(day)
    first = period_of(start, freq)
    for period, members in sorted(periods.items()):
        if (period - first) % interval == 0:
            chosen = members
            if position is not None:
                place = position - 1 if position > 0 else position
                chosen = members[place : place + 1 or None]
            yield from (day for day in chosen if start <= day <= last)


@st.composite
def rules(draw):
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    by = {}
    some = {"min_size": 1, "max_size": 3, "unique": True}
    if draw(st.booleans()):
        by["BYMONTH"] = draw(st.lists(st.integers(1, 12), **some))
    if freq != "WEEKLY" and draw(st.booleans()):
        by["BYMONTHDAY"] = draw(st.lists(st.integers(1, 31) | st.integers(-31, -1), **some))
    if freq == "YEARLY" and draw(st.booleans()):
        by["BYYEARDAY"] = draw(st.lists(st.integers(1, 366) | st.integers(-366, -1), **some))
    if draw(st.booleans()):
        numbers = st.none()
        if freq in {"MONTHLY", "YEARLY"}:
            most = 5 if freq == "MONTHLY" or "BYMONTH" in by else 53
            numbers |= st.integers(1, most) | st.integers(-most, -1)
        by["BYDAY"] = draw(st.lists(st.tuples(numbers, st.sampled_from(CODES)), **some))
    position = None
    if by and freq in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        position = draw(st.sampled_from([1, 2, -1, -2]))
    return freq, draw(st.integers(1, 4)), by, position


def written(freq, interval, by, position):
    parts = [f"FREQ={freq}", f"INTERVAL={interval}"]
    for name, values in by.items():
        shown = (f"{nth or ''}{code}" for nth, code in values) if name == "BYDAY" else map(str, values)
        parts.append(f"{name}={','.join(shown)}")
    return ";".join(parts if position is None else [*parts, f"BYSETPOS={position}"])


class TestAgainstTheStandard:
    @given(rules(), st.dates(date(1999, 1, 1), date(2030, 12, 31)), st.integers(0, 800))
    def test_has_exactly_the_days_that_its_parts_describe(self, rule, start, length):
        last = start + timedelta(days=length)
        expected = tuple(expanded(*rule, start, last))
        try:
            cadence = Cadence(written(*rule), start)
        except InputError:
            assert not expected
        else:
            assert cadence.dates(start, last) == expected

    @given(rules(), st.dates(date(1999, 1, 1), date(2030, 12, 31)), st.integers(0, 400), st.integers(1, 9))
    def test_a_window_shows_its_part_and_count_the_first_ones(self, rule, start, offset, count):
        expected = tuple(expanded(*rule, start, start + timedelta(days=800)))
        assume(len(expected) >= count)
        first, last = start + timedelta(days=offset), start + timedelta(days=800)
        window = tuple(day for day in expected if first <= day)
        assert Cadence(written(*rule), start).dates(first, last) == window
        limited = Cadence(f"{written(*rule)};COUNT={count}", start)
        assert limited.dates(first, last) == tuple(day for day in expected[:count] if first <= day)
