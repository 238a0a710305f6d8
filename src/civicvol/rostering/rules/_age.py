"""What the rules on age share."""

from collections.abc import Callable
from datetime import date

import numpy as np

from civicvol.duties.shift import Shift
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.columns import Columns, Indices
from civicvol.rostering.problem import RosterProblem

_UNKNOWN = -1


def age_at(problem: RosterProblem, volunteer: Volunteer, shift: Shift) -> int | None:
    """Return a volunteer's age on the calendar day a shift begins, None where the birth date is not known."""
    return volunteer.age_on(shift.dates(problem.horizon.zone)[0])


def ages_of(problem: RosterProblem) -> Callable[[Indices, Indices], Indices]:
    """Return a function from indices of volunteers and role lines to ages, -1 where one is not known."""
    birth = np.array([_date_code(volunteer.birth_date) for volunteer in problem.volunteers], dtype=np.intp)
    first = [_date_code(shift.dates(problem.horizon.zone)[0]) for shift, _ in problem.lines]
    today = np.array(first, dtype=np.intp)

    def ages(volunteer: Indices, line: Indices) -> Indices:
        born = birth[volunteer]
        return np.where(born == _UNKNOWN, _UNKNOWN, (today[line] - born) // 10_000)

    return ages


def ages_of_columns(columns: Columns) -> Indices:
    """Return the age of each column's volunteer on the day it counts for, -1 where it is not known."""
    birth = np.array([_date_code(volunteer.birth_date) for volunteer in columns.problem.volunteers], dtype=np.intp)
    days, place = np.unique(columns.day, return_inverse=True)
    today = np.array([_date_code(date.fromordinal(day)) for day in days.tolist()], dtype=np.intp)[place]
    born = birth[columns.volunteer]
    return np.where(born == _UNKNOWN, _UNKNOWN, (today - born) // 10_000)


def _date_code(day: date | None) -> int:
    """Return a date as a number like 20260301: two of them differ by ten thousand for each full year between them."""
    return _UNKNOWN if day is None else day.year * 10_000 + day.month * 100 + day.day
