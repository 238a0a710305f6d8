"""From the roster to what really happens: the attendance sheet of a shift, with those who are expected at it."""

from collections.abc import Iterable

from civicvol import _fields
from civicvol.calendar.timespan import minute_of
from civicvol.desk.book import RosterBook
from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.rostering.problem import RosterProblem
from civicvol.service.activity import Activity
from civicvol.service.attendance_event import AttendanceEvent
from civicvol.service.attendance_policy import AttendancePolicy
from civicvol.service.attendance_sheet import AttendanceSheet


def activity_of(problem: RosterProblem, shift: Shift) -> Activity:
    """Return a shift as an activity: what a record of service says of it. A part of a shift is the same activity.

    Args:
        problem: a problem that knows the shift's position and unit.
        shift: the shift.

    Raises:
        InputError: an argument is of the wrong kind, or the position or the unit is not known.
    """
    _fields.require(
        problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")),
        shift=(shift, _fields.is_a(Shift, "a Shift")),
    )
    position = problem.position(shift.position)
    whole = shift if shift.part_of is None else problem.shift(shift.part_of)
    return Activity(
        id=whole.id,
        name=position.label,
        span=shift.span,
        category=position.id,
        unit=shift.unit,
        place=Label("") if shift.unit is None else problem.units.unit(shift.unit).label,
        content=", ".join(position.steps),
        recipients=whole.attendance,
    )


def attendance_sheet(
    book: RosterBook, shift: str, *, policy: AttendancePolicy | None = None, events: Iterable[AttendanceEvent] = ()
) -> AttendanceSheet:
    """Return the attendance sheet of a shift.

    Expected is whoever was on it when it began, or at any time since: somebody who did not come, and was replaced after
    that, was a no-show; somebody who was taken off before was not.

    Args:
        book: the roster.
        shift: id of a shift that it has.
        policy: how attendance is taken; `AttendancePolicy()` where None.
        events: what has been entered into the sheet.

    Raises:
        InputError: an argument is wrong, or an event cannot be.

    >>> from civicvol import datasets, solve
    >>> week = datasets.sanhua(days=7)
    >>> book = RosterBook(problem=week, draft=solve(week).roster)
    >>> first = week.shifts[0].id
    >>> len(attendance_sheet(book, first).expected) == len(book.draft.of_shift(first))
    True
    """
    _fields.require(book=(book, _fields.is_a(RosterBook, "a RosterBook")))
    work = book.state.problem.shift(shift)
    before = sum(minute_of(event.at) < work.span.start_minute for event in book.events)
    on = (each for state in book.states[before:] for each in state.roster.of_shift(shift))
    return AttendanceSheet(
        activity=activity_of(book.state.problem, work),
        expected=tuple(dict.fromkeys(each.volunteer for each in on)),
        policy=AttendancePolicy() if policy is None else policy,
        events=events,
    )
