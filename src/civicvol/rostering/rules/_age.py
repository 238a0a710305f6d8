"""What the rules on age share."""

from collections.abc import Callable
from datetime import date
from math import nan

import numpy as np

from civicvol.duties.shift import Shift
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem


def age_at(problem: RosterProblem, volunteer: Volunteer, shift: Shift) -> int | None:
    """Return a volunteer's age on the calendar day a shift begins, None where the birth date is not known."""
    return volunteer.age_on(problem.dates_of(shift)[0])


def ages_of(problem: RosterProblem) -> Callable[[Indices, Indices], Floats]:
    """Return a function from indices of volunteers and role lines to ages, not a number where one is not known."""
    birth = _births(problem)
    first = [_date_code(problem.dates_of(shift)[0]) for shift, _ in problem.lines]
    today = np.array(first)

    def ages(volunteer: Indices, line: Indices) -> Floats:
        return (today[line] - birth[volunteer]) // 10_000

    return ages


def ages_of_columns(columns: Columns) -> Floats:
    """Return the age of each column's volunteer on the day it counts for, not a number where it is not known."""
    place, days = columns.days
    today = np.array(list(map(_date_code, days)))[place]
    return (today - _births(columns.problem)[columns.volunteer]) // 10_000


def _births(problem: RosterProblem) -> Floats:
    return np.array([_date_code(volunteer.birth_date) for volunteer in problem.volunteers])


def _date_code(day: date | None) -> float:
    """Return a date as a number like 20260301: two of them differ by ten thousand for each full year between them."""
    return nan if day is None else day.year * 10_000 + day.month * 100 + day.day
