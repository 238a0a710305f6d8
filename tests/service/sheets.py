"""A watch from 18:00 to 21:00 on Sunday 1 March 2026 in Shanghai: Li and Wang are expected, and Zhou leads."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from civicvol.calendar import TimeSpan
from civicvol.errors import RefusedError
from civicvol.service.activity import Activity
from civicvol.service.attendance_clock import CheckedIn, CheckedOut, Released
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.attendance_settled import Settled
from civicvol.service.attendance_sheet import AttendanceSheet

ZONE = ZoneInfo("Asia/Shanghai")
WATCH = Activity(id="watch", span=TimeSpan.on(date(2026, 3, 1), time(18), time(21), ZONE))


def at(clock, days=0):
    """Return a moment of that Sunday, such as "18:05", or of so many days later."""
    return datetime.combine(date(2026, 3, 1), time.fromisoformat(clock), ZONE) + timedelta(days)


def span(start, end):
    return TimeSpan(at(start), at(end))


def sheet(*events, activity=WATCH, expected=("li", "wang"), **policy):
    given = AttendancePolicy(**{"leaders": {"zhou"}, **policy})
    return AttendanceSheet(activity=activity, expected=expected, policy=given, events=events)


def came(clock, *volunteers, by=None, recorded=None):
    return CheckedIn(
        volunteers=volunteers or ("li",),
        time=at(clock) if recorded else None,
        at=at(recorded or clock),
        by=by or (volunteers or ("li",))[0],
    )


def went(clock, *volunteers, by=None, recorded=None):
    return CheckedOut(
        volunteers=volunteers or ("li",),
        time=at(clock) if recorded else None,
        at=at(recorded or clock),
        by=by or (volunteers or ("li",))[0],
    )


def released(clock, recorded=None):
    return Released(time=at(clock) if recorded else None, at=at(recorded or clock), by="zhou")


def settled(*spans, volunteer="li", recorded="22:00", by="zhou", why="forgot to check out"):
    return Settled(volunteer=volunteer, spans=spans, at=at(recorded), by=by, why=why)


def reasons(log, *events):
    """Return why an event is refused, and make sure that it is."""
    with pytest.raises(RefusedError) as caught:
        log.record(*events)
    assert all(reason.zh != reason.en for reason in caught.value.reasons)
    return caught.value.text().split("\n")


def of(log, volunteer="li", as_of="23:59"):
    """Return the attendance of one person."""
    return next(each for each in log.attendances(at(as_of)) if each.volunteer == volunteer)


def texts(attendance, language="en"):
    return [remark.text(language) for remark in attendance.remarks]
