import pytest

from civicvol import InputError, Limit
from civicvol.calendar import Period


def faults(**fields):
    with pytest.raises(InputError) as caught:
        Limit(**fields)
    return [(fault.field, fault.value) for fault in caught.value.faults]


def test_is_of_minutes_of_shifts_or_of_both():
    assert Limit(per=Period.DAY, minutes=0).shifts is None
    assert Limit(per=Period.DAY, shifts=0).minutes is None
    assert Limit(per=Period.WEEK, minutes=60, shifts=2) == Limit(per=Period.WEEK, shifts=2, minutes=60)


def test_is_of_something():
    with pytest.raises(InputError, match=r"Limit\.minutes or shifts must be given"):
        Limit(per=Period.DAY)


def test_names_all_faults_at_once():
    assert faults(per="day", minutes=-1, shifts=1.5) == [
        ("Limit.per", "day"),
        ("Limit.minutes", -1),
        ("Limit.shifts", 1.5),
    ]


@pytest.mark.parametrize("minutes", [-1, 10**9, 1.0, "60", True])
def test_takes_whole_minutes_only(minutes):
    assert faults(per=Period.DAY, minutes=minutes) == [("Limit.minutes", minutes)]
