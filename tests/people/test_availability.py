from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicvol import Availability, Free, Horizon, InputError, TimeSpan, Weekly, WorkHours
from civicvol.calendar import difference, intersection, total_minutes
from civicvol.testing import availabilities, horizons

MONDAY = Horizon(first_day=date(2026, 3, 2), last_day=date(2026, 3, 2), zone="Asia/Shanghai")
OFFICE = Weekly(hours=[WorkHours(time(9), time(18))])


def monday(start, end):
    return TimeSpan.on(MONDAY.first_day, time(start), time(end), MONDAY.zone)


def test_who_says_nothing_is_always_free():
    assert Availability().free_spans(MONDAY) == (MONDAY.span,)


def test_free_time_is_what_work_leaves():
    assert Availability(pattern=OFFICE).free_spans(MONDAY) == (monday(0, 9), monday(18, 0))


def test_leave_is_taken_away():
    away = Availability(pattern=OFFICE, leave=[monday(20, 22), monday(7, 10)])
    assert away.free_spans(MONDAY) == (monday(0, 7), monday(18, 20), monday(22, 0))


def test_only_offered_hours_are_left():
    helper = Availability(pattern=OFFICE, offered=[monday(17, 20), monday(19, 21)], leave=[monday(20, 22)])
    assert helper.free_spans(MONDAY) == (monday(18, 20),)


def test_who_offers_nothing_has_no_free_time():
    assert Availability(offered=[]).free_spans(MONDAY) == ()


def test_names_all_faults_at_once():
    with pytest.raises(InputError) as caught:
        Availability(pattern="office", leave=[3], offered="mornings")
    assert [(fault.field, fault.value) for fault in caught.value.faults] == [
        ("Availability.pattern", "office"),
        ("Availability.leave", (3,)),
        ("Availability.offered", "mornings"),
    ]


def test_is_a_value():
    assert Availability(leave=[monday(7, 10)]) == Availability(leave=(monday(7, 10),), pattern=Free())
    assert len({Availability(), Availability()}) == 1


@given(st.data())
def test_free_time_lies_in_the_offer_and_beside_work_and_leave(data):
    horizon = data.draw(horizons())
    given_time = data.draw(availabilities(horizon))
    free = given_time.free_spans(horizon)
    assert difference(free, [horizon.span]) == ()
    assert intersection(free, given_time.pattern.busy_spans(horizon)) == ()
    assert intersection(free, given_time.leave) == ()
    if given_time.offered is not None:
        assert difference(free, given_time.offered) == ()
    assert total_minutes(free) == sum(span.minutes for span in free)
