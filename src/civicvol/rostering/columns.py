"""The candidates of a problem as arrays: one column for each volunteer who might take a role line of a shift."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property

import numpy as np

from civicvol.calendar.period import Period
from civicvol.rostering.arrays import Bools, Floats, Indices, Ints, distinct, groups, spread
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule

_BLOCK = 2_000_000


class Columns:
    """Candidates, then past duties, in arrays of one length.

    The first `count` columns are candidates, in the order of volunteer, shift and role line; each is a decision of the
    linear program. The columns after them are past duties, which every rule that counts or orders duties sees in the
    same arrays, fixed at one.

    Args:
        problem: the problem.
        volunteer: index of each candidate's volunteer, sorted.
        line: index of each candidate's role line in `problem.lines`, sorted for each volunteer.
        kept: the candidates that were asked for; only among them are any that a hard rule on single assignments
            strikes out.
    """

    def __init__(self, problem: RosterProblem, volunteer: Indices, line: Indices, kept: Indices) -> None:
        self.problem = problem
        self.kept = kept
        self.count = len(volunteer)
        self.line = line
        place = {volunteer.id: index for index, volunteer in enumerate(problem.volunteers)}
        past = [(place[duty.volunteer], duty) for duty in problem.previous]
        self.volunteer: Indices = np.concatenate([volunteer, np.array([index for index, _ in past], dtype=np.intp)])
        shift = np.array([index for index, each in enumerate(problem.shifts) for _ in each.cover], dtype=np.intp)[line]
        self.shift = np.concatenate([shift, np.full(len(past), -1, dtype=np.intp)])
        spans = [each.span for each in problem.shifts]

        def with_past(of_shifts: Iterable[int], of_past: Iterable[int]) -> Ints:
            shifts = np.fromiter(of_shifts, dtype=np.int64)
            return np.concatenate([shifts[shift], np.fromiter(of_past, dtype=np.int64)])

        self.start = with_past((span.start_minute for span in spans), (duty.span.start_minute for _, duty in past))
        self.end = with_past((span.end_minute for span in spans), (duty.span.end_minute for _, duty in past))
        self.day = with_past(
            (problem.day_of(span).toordinal() for span in spans),
            (problem.day_of(duty.span).toordinal() for _, duty in past),
        )
        positions = {position.id: index for index, position in enumerate(problem.positions)}
        self.position = with_past(
            (positions[each.position] for each in problem.shifts),
            (-1 if duty.position is None else positions[duty.position] for _, duty in past),
        )
        units = {unit.id: index for index, unit in enumerate(problem.units.units)}
        self.unit = with_past(
            (-1 if each.unit is None else units[each.unit] for each in problem.shifts),
            (-1 if duty.unit is None else units[duty.unit] for _, duty in past),
        )

    def __len__(self) -> int:
        return len(self.volunteer)

    @property
    def candidates(self) -> Indices:
        """The indices of the candidates."""
        return np.arange(self.count)

    @cached_property
    def past(self) -> Bools:
        """Which columns are past duties."""
        return self.shift < 0

    @cached_property
    def minutes(self) -> Ints:
        """How long each lasts, in elapsed minutes."""
        return self.end - self.start

    @cached_property
    def in_time(self) -> Indices:
        """The columns in the order of volunteer, start and end."""
        return np.lexsort((self.end, self.start, self.volunteer))

    @cached_property
    def days(self) -> tuple[Indices, tuple[date, ...]]:
        """For each column the place of its day, and the days themselves, in order."""
        place, first = groups(self.day)
        return place, tuple(map(date.fromordinal, self.day[first].tolist()))

    def period(self, per: Period) -> Ints:
        """Return a number for each column that is equal for those of one period."""
        place, days = self.days
        return np.array(list(map(per.key, days)), dtype=np.int64)[place]

    def measured(self, rule: AssignmentRule, candidates: Indices) -> Floats:
        """Return the amount by which each of some candidates breaks a rule."""
        return rule.counted(self.problem)(self.volunteer[candidates], self.line[candidates])

    def of_volunteers(self, values: Iterable[float]) -> Floats:
        """Return one value for each column from one for each volunteer."""
        each: Floats = np.fromiter(values, dtype=np.float64, count=len(self.problem.volunteers))
        return each[self.volunteer]

    def roster(self, values: Floats) -> Roster:
        """Return the roster of the candidates whose value is one."""
        problem = self.problem
        chosen = np.flatnonzero(values[: self.count] > 0.5)
        assignments = []
        for volunteer, line in zip(self.volunteer[chosen].tolist(), self.line[chosen].tolist(), strict=True):
            shift, requirement = problem.lines[line]
            assignments.append(
                Assignment(volunteer=problem.volunteers[volunteer].id, shift=shift.id, role=requirement.role)
            )
        return Roster(assignments)

    def within(self, roster: Roster) -> Roster:
        """Return what of a roster, of this problem or of another, is among the candidates."""
        problem = self.problem
        people, roles = problem.volunteer_by_id, {(shift.id, line.role) for shift, line in problem.lines}
        known = [each for each in roster if each.volunteer in people and (each.shift, each.role) in roles]
        volunteers, lines = _places(problem, known)
        width = max(len(problem.lines), 1)
        candidates = np.isin(volunteers * width + lines, self.volunteer[: self.count] * width + self.line)
        return Roster(each for each, candidate in zip(known, candidates.tolist(), strict=True) if candidate)

    def indices(self, assignments: Iterable[Assignment]) -> Indices:
        """Return the column of each assignment; all must be candidates."""
        volunteers, lines = _places(self.problem, assignments)
        width = max(len(self.problem.lines), 1)
        return np.searchsorted(self.volunteer[: self.count] * width + self.line, volunteers * width + lines)


def find_candidates(problem: RosterProblem, keep: Iterable[Assignment] = ()) -> Columns:
    """Return the columns of all candidates that no hard rule on single assignments strikes out.

    Args:
        problem: the problem; its pinned assignments stay candidates whatever stands against them.
        keep: further assignments that stay.
    """
    hard = [rule for rule in problem.rules if isinstance(rule, AssignmentRule) and rule.hard]
    measures: list[Callable[[Indices, Indices], Floats]] = [rule.counted(problem) for rule in hard]
    width = max(len(problem.lines), 1)
    codes = [np.zeros(0, dtype=np.intp)]
    for block in _pairs(problem):
        volunteers, lines = block
        for measure in measures:
            fits = measure(volunteers, lines) <= 0
            volunteers, lines = volunteers[fits], lines[fits]
        codes.append(volunteers * width + lines)
    volunteers, lines = _places(problem, (*problem.pinned, *keep))
    kept = distinct(volunteers * width + lines)
    code = distinct(np.concatenate([*codes, kept]))
    return Columns(problem, code // width, code % width, np.searchsorted(code, kept))


def _pairs(problem: RosterProblem) -> Iterator[tuple[Indices, Indices]]:
    """Yield in blocks, as indices, the volunteers and role lines of which a rule on kinds does not say at once no."""
    of_line = np.array([place for place, shift in enumerate(problem.shifts) for _ in shift.cover], dtype=np.intp)
    kind, served = np.zeros(len(problem.volunteers), dtype=np.intp), np.ones((1, len(of_line)), dtype=bool)
    if problem.reach is not None:
        kind, served = problem.reach.kind, problem.reach.served[:, problem.reach.place[of_line]]
    line_of = np.nonzero(served)[1]
    counts = np.count_nonzero(served, axis=1)
    first = np.cumsum(counts) - counts
    ends = np.cumsum(counts[kind])
    begin = 0
    while begin < len(kind):
        before = ends[begin - 1] if begin else 0
        end = max(int(np.searchsorted(ends, before + _BLOCK, side="right")), begin + 1)
        person, step = spread(counts[kind[begin:end]])
        person += begin
        yield person, line_of[first[kind[person]] + step]
        begin = end
    agreed = {(each.volunteer, each.shift) for each in problem.overrides}
    yield _places(
        problem,
        (
            Assignment(volunteer=volunteer, shift=shift, role=line.role)
            for volunteer, shift in sorted(agreed)
            for line in problem.shift(shift).cover
        ),
    )


def _places(problem: RosterProblem, assignments: Iterable[Assignment]) -> tuple[Indices, Indices]:
    members = tuple(assignments)
    volunteer = {each.id: index for index, each in enumerate(problem.volunteers)}
    line = {(shift.id, requirement.role): index for index, (shift, requirement) in enumerate(problem.lines)}
    return (
        np.array([volunteer[each.volunteer] for each in members], dtype=np.intp),
        np.array([line[each.shift, each.role] for each in members], dtype=np.intp),
    )
