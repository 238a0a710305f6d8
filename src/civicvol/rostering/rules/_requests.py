"""What the rules share that look at what people ask for on single days."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import ClassVar

import attrs
import numpy as np

from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices, Ints
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.request import Request, RequestKind
from civicvol.rostering.rule import AssignmentRule, Facts, Measure, Stage, Violation, VolunteerRule, weight_or_hard
from civicvol.rostering.schedule import Duty, Schedule


class Requests:
    """The requests of one kind, to be found by whose they are, for which day and, where that matters, which position.

    Args:
        problem: the problem whose requests they are.
        kind: their kind.
    """

    def __init__(self, problem: RosterProblem, kind: RequestKind) -> None:
        self._of_shift = kind.of_shift
        self._positions = {position.id: place for place, position in enumerate(problem.positions)}
        self._days = len(problem.horizon.days)
        self._first = problem.horizon.first_day.toordinal()
        volunteers = {volunteer.id: place for place, volunteer in enumerate(problem.volunteers)}
        asked = problem.requests_of(kind)
        keys = self._key(
            np.array([volunteers[each.volunteer] for each in asked], dtype=np.intp),
            np.array([each.day.toordinal() for each in asked], dtype=np.int64),
            np.array([self._positions.get(each.position or "", 0) for each in asked], dtype=np.int64),
        )
        order = np.argsort(keys)
        self._keys = keys[order]
        self.all = tuple(asked[place] for place in order.tolist())
        self.importance: Floats = np.array([each.importance for each in self.all], dtype=np.float64)
        self._of_volunteer: defaultdict[str, list[Request]] = defaultdict(list)
        for each in self.all:
            self._of_volunteer[each.volunteer].append(each)

    def of_volunteer(self, id: str) -> Sequence[Request]:
        """Return the requests of a volunteer, in order of day."""
        return self._of_volunteer.get(id, ())

    def places(self, volunteer: Indices, day: Ints, position: Ints) -> Indices:
        """Return the place in `all` of each volunteer's request for a day and position; its length where none is."""
        key = self._key(volunteer, day, position)
        place = np.searchsorted(self._keys, key)
        return np.where(np.append(self._keys, -1)[place] == key, place, len(self._keys))

    def _key(self, volunteer: Indices, day: Ints, position: Ints) -> Ints:
        """Return a number for each combination of volunteer, day and, where it matters, position."""
        key = (volunteer * self._days + day - self._first) * max(len(self._positions), 1)
        return key + position if self._of_shift else key


def requests_of(problem: RosterProblem, kind: RequestKind) -> Requests:
    """Return the requests of a kind; they are put in order once for each problem."""
    return problem.remembered(("requests", kind), lambda: Requests(problem, kind))


def _facts_of(problem: RosterProblem, request: Request) -> Facts:
    position = Label("") if request.position is None else problem.position(request.position).label
    return {"day": str(request.day), "position": position}


@attrs.frozen(kw_only=True)
class OffRequests(AssignmentRule):
    """A rule that nobody has an assignment which they asked not to have; the amount is the request's importance."""

    kind: ClassVar[RequestKind]
    """The kind of the requests."""

    stage: ClassVar = Stage.AVAILABLE

    weight: float | None = attrs.field(default=4.0, validator=weight_or_hard)

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return the importance of the request that stands against the assignment."""
        for request in requests_of(problem, self.kind).of_volunteer(volunteer.id):
            if request.day == problem.day_of(shift.span) and request.position in {None, shift.position}:
                return request.importance, _facts_of(problem, request)
        return 0.0, {}

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield a violation for every assignment that somebody asked not to have, if anybody asked."""
        if requests_of(schedule.problem, self.kind).all:
            yield from super().check(schedule)

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        requests = requests_of(problem, self.kind)
        positions = {position.id: place for place, position in enumerate(problem.positions)}
        day = np.array([problem.day_of(shift.span).toordinal() for shift, _ in problem.lines], dtype=np.int64)
        position = np.array([positions[shift.position] for shift, _ in problem.lines], dtype=np.int64)
        importance = np.append(requests.importance, 0.0)

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            return importance[requests.places(volunteer, day[line], position[line])]

        return amounts


@attrs.frozen(kw_only=True)
class OnRequests(VolunteerRule):
    """A rule that people get the duties they ask for; the amount is the importance of each request that is not met."""

    kind: ClassVar[RequestKind]
    """The kind of the requests."""

    weight: float | None = attrs.field(default=4.0, validator=weight_or_hard)

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the requests that are not met, if there are any."""
        if requests_of(schedule.problem, self.kind).all:
            yield from super().check(schedule)

    def check_duties(self, schedule: Schedule, volunteer: Volunteer, duties: tuple[Duty, ...]) -> Iterator[Violation]:
        """Yield the requests of a volunteer that none of their duties meets."""
        problem = schedule.problem
        for request in requests_of(problem, self.kind).of_volunteer(volunteer.id):
            met = any(duty.day == request.day and request.position in {None, duty.position} for duty in duties)
            if not met and self._counts(request):
                facts: Facts = {"volunteer": str(volunteer), **_facts_of(problem, request)}
                yield self.violation(request.importance, facts, volunteers=(volunteer.id,))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write one row for each request: its volunteer takes at least one of the duties that meet it."""
        problem = columns.problem
        requests = requests_of(problem, self.kind)
        candidates = np.flatnonzero(self.within(columns)[: columns.count])
        place = requests.places(columns.volunteer[candidates], columns.day[candidates], columns.position[candidates])
        meets = place < len(requests.all)
        needs = [self.is_for(problem.volunteer(each.volunteer)) and self._counts(each) for each in requests.all]
        weights = None if self.weight is None else self.weight * requests.importance
        program.at_least(place[meets], candidates[meets], 1.0, np.array(needs, dtype=np.float64), weights)

    def _counts(self, request: Request) -> bool:
        return request.position is None or self.looks_at(request.position)
