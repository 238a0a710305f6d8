from datetime import date, time

import pytest

from civicvol import Cadence, Horizon, InputError, PreferredTime, WorkHours


def horizon(first, last, day_start=time(0), zone="Asia/Shanghai"):
    return Horizon(first_day=date(2026, 3, first), last_day=date(2026, 3, last), zone=zone, day_start=day_start)


def liked(start=18, end=22, every=1):
    return PreferredTime(cadence=Cadence.daily(date(2026, 3, 1), every), hours=WorkHours(time(start), time(end)))


def found(preferred, within):
    return [f"{span.start:%d %H}-{span.end:%d %H}" for span in preferred.spans(within)]


def test_hours_of_each_day():
    assert found(liked(every=2), horizon(2, 5)) == ["03 18-03 22", "05 18-05 22"]


def test_the_whole_day_where_no_hours_are_given():
    every_day = PreferredTime(cadence=Cadence.daily(date(2026, 3, 1), 2))
    assert found(every_day, horizon(2, 3)) == ["03 00-04 00"]


def test_a_night_that_began_before_reaches_in():
    assert found(liked(22, 6), horizon(2, 2)) == ["01 22-02 06", "02 22-03 06"]


def test_hours_of_the_day_before_do_not():
    assert found(liked(), horizon(2, 2)) == ["02 18-02 22"]


def test_a_day_that_begins_at_five_ends_at_five():
    assert found(liked(2, 4), horizon(2, 2, day_start=time(5))) == ["03 02-03 04"]


def test_hours_that_a_clock_change_takes_are_left_out():
    assert found(liked(2, 3), horizon(28, 30, zone="Europe/Berlin")) == ["28 02-28 03", "30 02-30 03"]


def test_first_and_third_saturdays():
    saturdays = [
        PreferredTime(
            cadence=Cadence.monthly(date(2026, 1, 1), nth=nth, weekday="SA"), hours=WorkHours(time(9), time(12))
        )
        for nth in (1, 3)
    ]
    assert [found(each, horizon(1, 31)) for each in saturdays] == [["07 09-07 12"], ["21 09-21 12"]]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"cadence": "weekly"}, "cadence"), ({"cadence": Cadence.daily(date(2026, 3, 1)), "hours": "9-12"}, "hours")],
)
def test_fields_are_checked(fields, field):
    with pytest.raises(InputError) as caught:
        PreferredTime(**fields)
    assert [fault.field for fault in caught.value.faults] == [f"PreferredTime.{field}"]


def test_a_horizon_is_needed():
    with pytest.raises(InputError, match="horizon must be a Horizon"):
        liked().spans("March")
