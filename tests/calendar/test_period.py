from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol.calendar import Period


@pytest.mark.parametrize(
    ("period", "name"),
    [(Period.DAY, "2027-01-03"), (Period.WEEK, "2026-W53"), (Period.MONTH, "2027-01"), (Period.HORIZON, "")],
)
def test_names_the_period_that_holds_a_day(period, name):
    assert period.name_of(date(2027, 1, 3)) == name


def test_has_names_in_both_languages():
    assert [str(period.label) for period in Period] == [period.value for period in Period]
    assert [period.label.text("zh") for period in Period] == ["日", "周", "月", "全期"]


@pytest.mark.parametrize("period", Period)
@given(st.dates(date(1900, 1, 1), date(2999, 1, 1)), st.integers(0, 400))
def test_days_share_a_key_exactly_when_they_share_a_name(period, day, distance):
    other = day + timedelta(days=distance)
    assert (period.key(day) == period.key(other)) is (period.name_of(day) == period.name_of(other))
