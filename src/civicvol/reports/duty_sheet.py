"""The duty sheet: who does what, day by day, and person by person."""

from collections.abc import Collection
from datetime import date

from civicvol import _fields
from civicvol.errors import Fault, InputError
from civicvol.labels import Label, Language
from civicvol.reports import wording
from civicvol.rostering import Roster, RosterProblem
from civicvol.table import Table

_DAY, _TIME, _POSITION = Label("day", "日期"), Label("time", "时间"), Label("position", "岗位")
_PLACE, _ROLE = Label("place", "地点"), Label("role", "角色")
_BY_DAY = (
    *(_DAY, _TIME, _POSITION, _PLACE, _ROLE),
    *(Label("people", "人员"), Label("filled", "已到位"), Label("minimum", "最少"), Label("desired", "期望")),
)
_BY_PERSON = (Label("person", "姓名"), _DAY, _TIME, _POSITION, _PLACE, _ROLE, Label("minutes", "分钟"))
_TITLE_BY_DAY = Label("Duty sheet", "值班表")
_TITLE_BY_PERSON = Label("Duties by person", "个人值班表")
_NOTE_BY_DAY = Label(
    "One row for each role of a shift; filled, minimum and desired count people. Days begin at {day_start}.",
    "每行为一个班次的一个角色；已到位、最少、期望均按人数计。每日自{day_start}起算。",
)
_NOTE_BY_PERSON = Label(
    "Minutes are those that really pass. Whoever has no duty in these days is not listed.",
    "分钟为实际经过的时长。此期间没有值班的人不列出。",
)


def duty_sheet(
    problem: RosterProblem,
    roster: Roster,
    first_day: date | None = None,
    last_day: date | None = None,
    *,
    language: Language = "en",
) -> Table:
    """Return who is on duty, day by day: one row for each role of each shift, those that nobody fills too.

    A shift counts for the day it begins on, by the horizon's day boundary.

    Args:
        problem: the problem.
        roster: a roster of it.
        first_day: the first day to show; from the beginning where None.
        last_day: the last day to show; to the end where None.
        language: of the headings, names and note.

    Raises:
        InputError: an argument is wrong, or the roster names something the problem does not know.
    """
    wording.require_arguments(problem, roster, language)
    names = wording.person_names(problem)
    rows = []
    for shift in wording.shifts_by_day(problem, first_day, last_day):
        when = wording.day_text(problem.day_of(shift.span), language), wording.time_text(problem, shift, language)
        what = wording.position_text(problem, shift, language), wording.place_text(problem, shift, language)
        for line in shift.cover:
            held = [names[each.volunteer] for each in roster.of_shift(shift.id) if each.role == line.role]
            people = wording.joined(held, language)
            rows.append((*when, *what, line.label.text(language), people, len(held), line.minimum, line.desired))
    return Table(
        title=_TITLE_BY_DAY.text(language),
        columns=wording.texts(_BY_DAY, language),
        rows=rows,
        note=_NOTE_BY_DAY.text(language).format(day_start=f"{problem.horizon.day_start:%H:%M}"),
    )


def personal_sheet(
    problem: RosterProblem,
    roster: Roster,
    first_day: date | None = None,
    last_day: date | None = None,
    *,
    volunteers: Collection[str] | None = None,
    language: Language = "en",
) -> Table:
    """Return everybody's duties, person by person in the order of the problem, each in order of time.

    Args:
        problem: the problem.
        roster: a roster of it.
        first_day: the first day to show; from the beginning where None.
        last_day: the last day to show; to the end where None.
        volunteers: ids of the people to show; all where None.
        language: of the headings, names and note.

    Raises:
        InputError: an argument is wrong, or the roster names something the problem does not know.
    """
    wording.require_arguments(problem, roster, language)
    shown = _shown(problem, volunteers)
    names = wording.person_names(problem)
    shifts = wording.shifts_by_day(problem, first_day, last_day)
    place_of = {shift.id: place for place, shift in enumerate(shifts)}
    rows = []
    for volunteer in problem.volunteers:
        duties = [
            each for each in roster.of_volunteer(volunteer.id) if volunteer.id in shown and each.shift in place_of
        ]
        for duty in sorted(duties, key=lambda each: place_of[each.shift]):
            shift = shifts[place_of[duty.shift]]
            rows.append(
                (
                    names[volunteer.id],
                    wording.day_text(problem.day_of(shift.span), language),
                    wording.time_text(problem, shift, language),
                    wording.position_text(problem, shift, language),
                    wording.place_text(problem, shift, language),
                    wording.role_text(shift, duty.role, language),
                    shift.minutes,
                )
            )
    return Table(
        title=_TITLE_BY_PERSON.text(language),
        columns=wording.texts(_BY_PERSON, language),
        rows=rows,
        note=_NOTE_BY_PERSON.text(language),
    )


def _shown(problem: RosterProblem, volunteers: Collection[str] | None) -> Collection[str]:
    if volunteers is None:
        return problem.volunteer_by_id.keys()
    given = _fields.as_tuple(volunteers)
    _fields.require(volunteers=(given, _fields.tuple_of(_fields.identifier)))
    faults = [
        Fault("volunteers", "must be the id of a volunteer of this problem", value=id)
        for id in given
        if id not in problem.volunteer_by_id
    ]
    if faults:
        raise InputError(faults)
    return frozenset(given)
