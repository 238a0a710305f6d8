"""What the rules share that limit runs: days, nights or weekends in a row on which somebody works, or does not.

Times are whole numbers, of days or of weekends, one after the other. Where a run was begun by past duties, it has their
length too. Runs that no duty of the roster is part of, or ends, are facts of the past and nobody's fault.

Short runs are written with starts, a column that is one where a run of work starts. As many of them as a run should be
long leave room for no more than one run; that is as tight as rows on the runs of one person can be (Rajan and Takriti,
Minimum up/down polytopes of the unit commitment problem, IBM RC23628, 2005), and the sum of what they exceed it by is
exactly the number of times that are missing, so the same rows serve hard and soft rules.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

import attrs
import numpy as np

from civicvol import _fields
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, Floats, Indices, Ints, distinct, groups, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, VolunteerRule
from civicvol.rostering.rules._cells import Cells, ColumnBook, worked_cells
from civicvol.rostering.schedule import Duty

_NEVER = -(10**9)


@attrs.frozen(kw_only=True)
class Frame:
    """The times that a roster is made for.

    Args:
        first: number of the first time.
        last: number of the last one.
        open_edges: whether runs that touch the edges may go on beyond, so that they are held to no minimum. Who has
            past duties is known, and has no open edge at the first time.
    """

    first: int
    last: int
    open_edges: bool = True


def day_frame(problem: RosterProblem, open_edges: bool = True) -> Frame:
    """Return the days of a problem's horizon."""
    horizon = problem.horizon
    return Frame(first=horizon.first_day.toordinal(), last=horizon.last_day.toordinal(), open_edges=open_edges)


def days_of(duties: Iterable[Duty]) -> tuple[set[int], set[int]]:
    """Return the days of some duties, and those of past ones among them."""
    days = [(duty.day.toordinal(), duty.past) for duty in duties]
    return {day for day, _ in days}, {day for day, past in days if past}


def duties_between(duties: Iterable[Duty], first: int, last: int) -> list[Duty]:
    """Return the duties on the days from one to another."""
    return [duty for duty in duties if first <= duty.day.toordinal() <= last]


def run_facts(volunteer: Volunteer, first: int, last: int, limit: int) -> Facts:
    """Return the facts of a sentence on a run of days."""
    days = {"first": date.fromordinal(first).isoformat(), "last": date.fromordinal(last).isoformat()}
    return {"volunteer": str(volunteer), **days, "limit": limit}


def runs_of(times: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers.

    >>> list(runs_of({3, 4, 5, 9}))
    [(3, 5), (9, 9)]
    """
    ordered = sorted(set(times))
    breaks = [place for place in range(1, len(ordered)) if ordered[place] > ordered[place - 1] + 1]
    for begin, end in zip([0, *breaks], [*breaks, len(ordered)], strict=True):
        if begin < end:
            yield ordered[begin], ordered[end - 1]


@attrs.frozen(kw_only=True)
class ShortRunRule(VolunteerRule):
    """A rule that asks for so many days in a row.

    Args:
        open_edges: whether the days in a row that touch an edge of the horizon may go on beyond it, so that they are
            held to no minimum.
    """

    open_edges: bool = attrs.field(default=True, validator=_fields.flag)


def has_starts(problem: RosterProblem) -> bool:
    """Return whether some rule of a problem writes about the starts of work, so that others had better do so too."""
    return any(isinstance(rule, ShortRunRule) for rule in problem.rules)


def long_runs(worked: set[int], past: set[int], most: int) -> Iterator[tuple[int, int]]:
    """Yield every run of one time more than `most`, as its first and last."""
    for first, last in runs_of(worked):
        for end in range(first + most, last + 1):
            if end not in past:
                yield end - most, end


@attrs.frozen(kw_only=True, eq=False)
class Starts:
    """The cells in which volunteers might work, and where their runs of work may start.

    Args:
        cells: the cells.
        column: for each cell a column that is at least one where its work starts a run; -1 for past ones.
        begun: for each whether past duties began the run, so that it goes on here.
        follows: for each whether it might go on with work of the roster, so that its column may differ from the cell's.
    """

    cells: Cells
    column: Indices
    begun: Bools
    follows: Bools


def work_starts(columns: Columns, program: Program, counted: Bools, time: Ints) -> Starts:
    """Return where runs of work may start, and write the columns where they are new.

    The arguments are those of `worked_cells`; rules that ask for the same starts share them.
    """
    cells = worked_cells(columns, program, counted, time)
    key = ("starts", counted.tobytes(), time.tobytes())
    return program.remembered(key, lambda: _starts(program, cells))


def _starts(program: Program, cells: Cells) -> Starts:
    previous = cells.find(cells.volunteer, cells.time - 1)
    after_past = (previous >= 0) & np.append(cells.past, False)[previous]
    follows = (previous >= 0) & ~after_past & ~cells.past
    after = np.flatnonzero(follows)
    worked, before = cells.column[after], cells.column[previous[after]]
    started, new = ColumnBook.of(program, "starts").columns(program, worked * 2**31 + before)
    count = np.count_nonzero(new)
    program.at_most(
        np.tile(np.arange(count), 3),
        np.concatenate([worked[new], before[new], started[new]]),
        np.repeat([1.0, -1.0, -1.0], count),
        np.zeros(count),
    )
    column = np.where(cells.past, -1, cells.column)
    column[after] = started
    return Starts(cells=cells, column=column, begun=after_past & ~cells.past, follows=follows)


def write_long_runs(
    columns: Columns,
    program: Program,
    counted: Bools,
    time: Ints,
    most: int,
    weight: float | None,
    *,
    by_starts: bool = False,
) -> None:
    """Write the same as rows: in any `most` times and one, at most that many are worked.

    With `by_starts` the rows say that work at the end of such a window was started within it. That is tighter where
    other rules write about starts too.
    """
    entries = np.flatnonzero(counted)
    cell, one = groups(time[entries], columns.volunteer[entries])
    volunteer, number = columns.volunteer[entries][one], time[entries][one]
    ends = np.arange(most, len(one))
    ends = ends[(volunteer[ends - most] == volunteer[ends]) & (number[ends] - number[ends - most] == most)]
    window, step = spread(np.full(len(ends), most + 1))
    if by_starts:
        starts = work_starts(columns, program, counted, time)
        _write_long_by_starts(program, starts, ends[~starts.cells.past[ends]], most, weight)
        return
    needed = np.zeros(len(one), dtype=bool)
    needed[ends[window] - step] = True
    counted = np.zeros(len(columns), dtype=bool)
    counted[entries[needed[cell]]] = True
    cells = worked_cells(columns, program, counted, time)
    place = cells.find(volunteer[ends], number[ends])
    column = cells.column[place[window] - step]
    program.at_most(window, column, 1.0, np.full(len(ends), most), weight, lazy=True)


def _write_long_by_starts(program: Program, starts: Starts, ends: Indices, most: int, weight: float | None) -> None:
    """Write for each cell at the end of a window that its work was started after the window's first."""
    worked = starts.cells.column
    window, step = spread(np.full(len(ends), most))
    place = ends[window] - step
    follows = starts.follows[place]
    window, place = window[follows], place[follows]
    program.at_most(
        np.concatenate([np.arange(len(ends)), window]),
        np.concatenate([worked[ends], starts.column[place]]),
        np.concatenate([np.ones(len(ends)), -np.ones(len(place))]),
        np.zeros(len(ends)),
        weight,
    )
    # Here a start must not be more than it is.
    once = distinct(place)
    row = np.tile(np.arange(len(once)), 2)
    signs = np.repeat([1.0, -1.0], len(once))
    program.at_most(row, np.concatenate([starts.column[once], worked[once]]), signs, np.zeros(len(once)))
    program.at_most(row, np.concatenate([starts.column[once], worked[once - 1]]), 1.0, np.ones(len(once)))


def short_runs(worked: set[int], past: set[int], frame: Frame, least: int) -> Iterator[tuple[int, int]]:
    """Yield every run that is shorter than `least`, as its first and last."""
    for first, last in runs_of(worked):
        begun_before = first == frame.first and not past
        is_open = frame.open_edges and (begun_before or last == frame.last)
        if last - first + 1 < least and last not in past and not is_open:
            yield first, last


def write_short_runs(
    columns: Columns, program: Program, counted: Bools, time: Ints, frame: Frame, least: int, weight: float | None
) -> None:
    """Write the same as rows: of `least` times up to one, no more than that one's own work was started in them."""
    starts = work_starts(columns, program, counted, time)
    cells = starts.cells
    known = _Known.of(cells, len(columns.problem.volunteers))
    begin = np.where(starts.begun, cells.time - known.streak[cells.volunteer], cells.time)
    held = (cells.time > frame.first) | (known.last[cells.volunteer] > _NEVER) | (not frame.open_edges)
    start, step = spread(np.where(held & ~cells.past, least, 0))
    end = begin[start] + step
    after = end >= cells.time[start]
    start, end = start[after], end[after]
    row, first = groups(end, cells.volunteer[start])
    volunteer, end = cells.volunteer[start[first]], end[first]
    place = cells.find(volunteer, np.minimum(end, frame.last) if frame.open_edges else end)
    going_on = np.append(cells.column, -1)[place]
    # The start of work that follows on a time which is never worked is that work itself.
    itself = starts.column[start] == going_on[row]
    going_on[row[itself]] = -1
    minus = np.flatnonzero(going_on >= 0)
    program.at_most(
        np.concatenate([row[~itself], minus]),
        np.concatenate([starts.column[start[~itself]], going_on[minus]]),
        np.concatenate([np.ones(np.count_nonzero(~itself)), -np.ones(len(minus))]),
        np.zeros(len(first)),
        weight,
    )


def long_pauses(worked: set[int], past: set[int], frame: Frame, most: int) -> Iterator[tuple[int, int, int]]:
    """Yield every pause that is longer than `most`, as its first and last and by how much it is too long.

    What is too long in the past alone does not count.
    """
    for first, last in _pauses(worked, max(past, default=frame.first - 1), frame.last):
        excess = last + 1 - max(first + most, frame.first)
        if excess > 0:
            yield first, last, excess


def write_long_pauses(
    columns: Columns,
    program: Program,
    counted: Bools,
    time: Ints,
    people: Bools,
    frame: Frame,
    most: int,
    weight: float | None,
) -> None:
    """Write the same as rows: in any `most` times and one, at least one is worked."""
    cells = worked_cells(columns, program, counted, time)
    known = _Known.of(cells, len(people)).last
    before = np.where(known > _NEVER, known, frame.first - 1)
    begin = np.maximum(before + 1, frame.first - most)
    person, step = spread(np.where(people, np.maximum(frame.last - most + 1 - begin, 0), 0))
    window, further = spread(np.full(len(person), most + 1))
    place = cells.find(person[window], (begin[person] + step)[window] + further)
    worked = place >= 0
    program.at_least(window[worked], cells.column[place[worked]], 1.0, np.ones(len(person)), weight)


def short_pauses(worked: set[int], past: set[int], frame: Frame, least: int) -> Iterator[tuple[int, int]]:
    """Yield every pause that is shorter than `least`, as its first and last."""
    for first, last in _pauses(worked, max(past, default=frame.first - 1), frame.last):
        is_open = frame.open_edges and ((first == frame.first and not past) or last == frame.last)
        if last - first + 1 < least and not is_open:
            yield first, last


def write_short_pauses(
    columns: Columns,
    program: Program,
    counted: Bools,
    time: Ints,
    people: Bools,
    frame: Frame,
    least: int,
    weight: float | None,
) -> None:
    """Write the same as rows: in `least` times after one, no work starts but what may follow on that one's rest."""
    starts = work_starts(columns, program, counted, time)
    cells = starts.cells
    known = _Known.of(cells, len(people)).last
    before = known if frame.open_edges else np.where(known > _NEVER, known, frame.first - 1)
    start = np.flatnonzero(~cells.past & (cells.time > before[cells.volunteer] + 1))
    ended = np.flatnonzero(people & (before < frame.last)) if not frame.open_edges else np.zeros(0, dtype=np.intp)
    last = cells.find(ended, np.full(len(ended), frame.last))
    one, back = spread(np.repeat([least, least - 1], [len(start), len(ended)]))
    volunteer = np.concatenate([cells.volunteer[start], ended])[one]
    since = np.concatenate([cells.time[start] - 1, np.full(len(ended), frame.last - 1)])[one] - back
    row, first = groups(since, volunteer)
    at_end = one >= len(start)
    limit = 1.0 - (since[first] <= before[volunteer[first]])
    limit -= np.bincount(row[at_end], minlength=len(first))
    place = cells.find(volunteer[first], since[first])
    worked = np.flatnonzero((place >= 0) & (since[first] > before[volunteer[first]]))
    column = np.concatenate([starts.column[start], np.append(cells.column, -1)[last]])[one]
    some = column >= 0
    _write(
        program,
        np.concatenate([row[some], worked]),
        np.concatenate([column[some], cells.column[place[worked]]]),
        np.concatenate([np.where(at_end[some], -1.0, 1.0), np.ones(len(worked))]),
        limit,
        weight,
    )


def _pauses(worked: set[int], before: int, until: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of times in which nothing is worked, after `before` up to `until`."""
    ends = sorted({before, until + 1}.union(time for time in worked if time > before))
    for earlier, later in pairwise(ends):
        if later > earlier + 1:
            yield earlier + 1, later - 1


@attrs.frozen(kw_only=True, eq=False)
class _Known:
    """What is known of each volunteer from past duties: the last time worked, and how many in a row up to it."""

    last: Ints
    streak: Ints

    @classmethod
    def of(cls, cells: Cells, volunteers: int) -> "_Known":
        last, streak = np.full(volunteers, _NEVER, dtype=np.int64), np.zeros(volunteers, dtype=np.int64)
        past = np.flatnonzero(cells.past)
        volunteer, time = cells.volunteer[past], cells.time[past]
        place = np.arange(len(past))
        fresh = np.ones(len(past), dtype=bool)
        fresh[1:] = (volunteer[1:] != volunteer[:-1]) | (time[1:] != time[:-1] + 1)
        last[volunteer] = time
        streak[volunteer] = place - np.maximum.accumulate(np.where(fresh, place, 0)) + 1
        return cls(last=last, streak=streak)


def _write(
    program: Program, row: Indices, column: Indices, factor: Floats, limit: Floats, weight: float | None
) -> None:
    """Write rows with a limit, of which those below nothing are needs."""
    needed = limit < 0
    program.at_most(*_of_rows(~needed, row, column, factor, limit), weight)
    program.at_least(*_of_rows(needed, row, column, -factor, -limit), weight)


def _of_rows(
    wanted: Bools, row: Indices, column: Indices, factor: Floats, limit: Floats
) -> tuple[Indices, Indices, Floats, Floats]:
    kept = wanted[row]
    return (np.cumsum(wanted) - 1)[row[kept]], column[kept], factor[kept], limit[wanted]
