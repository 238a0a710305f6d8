"""How reports write days, times, people and places, in English and Chinese."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import get_args

from civicvol import _fields
from civicvol._fields import Check
from civicvol.duties import Shift
from civicvol.labels import Label, Language
from civicvol.rostering import Roster, RosterProblem

_WEEKDAYS = tuple(
    map(
        Label,
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    )
)

known_language = Check(
    lambda value: (
        None
        if isinstance(value, str) and value in get_args(Language)
        else f"must be one of {', '.join(map(repr, get_args(Language)))}"
    )
)


def require_arguments(problem: RosterProblem, roster: Roster, language: Language) -> None:
    """Raise an InputError unless the arguments are a problem, a roster it knows all ids of, and a language."""
    _fields.require(
        problem=(problem, _fields.is_a(RosterProblem, "a RosterProblem")),
        language=(language, known_language),
    )
    problem.require_known(roster)


def texts(labels: Iterable[Label], language: Language) -> tuple[str, ...]:
    """Return each label in a language."""
    return tuple(label.text(language) for label in labels)


def day_text(day: date, language: Language = "en") -> str:
    """Return a day with its weekday; such texts sort as the days do.

    >>> day_text(date(2026, 3, 1)), day_text(date(2026, 3, 1), "zh")
    ('2026-03-01 Sun', '2026-03-01 周日')
    """
    return f"{day} {_WEEKDAYS[day.weekday()].text(language)}"


def time_text(problem: RosterProblem, shift: Shift, language: Language = "en") -> str:
    """Return when a shift begins and ends on the clocks of the horizon, seen from the day it counts for.

    A time on a later date than that day says so: 22:00–06:00 (+1), or 22:00–次日06:00.
    """
    day = problem.day_of(shift.span)
    ends = (end.astimezone(problem.horizon.zone) for end in (shift.span.start, shift.span.end))
    return "–".join(_clock(end, day, language) for end in ends)


def _clock(moment: datetime, day: date, language: Language) -> str:
    later = (moment.date() - day).days
    if not later:
        return f"{moment:%H:%M}"
    if language == "en":
        return f"{moment:%H:%M} (+{later})"
    return f"{'次日' if later == 1 else f'第{later + 1}日'}{moment:%H:%M}"


def place_text(problem: RosterProblem, shift: Shift, language: Language = "en") -> str:
    """Return the name of the unit a shift takes place in; nothing where it says none."""
    return "" if shift.unit is None else problem.units.unit(shift.unit).label.text(language)


def position_text(problem: RosterProblem, shift: Shift, language: Language = "en") -> str:
    """Return the name of a shift's position."""
    return problem.position(shift.position).label.text(language)


def role_text(shift: Shift, role: str, language: Language = "en") -> str:
    """Return the name of a role of a shift."""
    return shift.line(role).label.text(language)


def person_names(problem: RosterProblem) -> Mapping[str, str]:
    """Return what to call each volunteer, by id; two of one name are told apart by their ids."""
    counts = Counter(map(str, problem.volunteers))
    return {
        volunteer.id: str(volunteer) if counts[str(volunteer)] == 1 else f"{volunteer} ({volunteer.id})"
        for volunteer in problem.volunteers
    }


def joined(names: Iterable[str], language: Language = "en") -> str:
    """Return names as a list in one text."""
    return ("、" if language == "zh" else ", ").join(names)


def shifts_by_day(problem: RosterProblem, first_day: date | None = None, last_day: date | None = None) -> list[Shift]:
    """Return the shifts that count for the days from first to last, in order of time; None is without an end.

    Raises:
        InputError: a day is no date.
    """
    day = _fields.optional(_fields.day)
    _fields.require(first_day=(first_day, day), last_day=(last_day, day))
    shown = [
        shift
        for shift in problem.shifts
        if (first_day is None or first_day <= problem.day_of(shift.span))
        and (last_day is None or problem.day_of(shift.span) <= last_day)
    ]
    return sorted(shown, key=lambda shift: (shift.span.start_minute, shift.span.end_minute))
