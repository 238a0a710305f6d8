"""Available: whoever takes a shift is free for all of it."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol.calendar.timespan import TimeSpan
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.availability import Availability
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule, Facts, Family, Measure, Stage


@attrs.frozen(kw_only=True)
class Available(AssignmentRule):
    """A volunteer on a shift is free from its start to its end.

    Free is what their shift pattern leaves, less their leave, within what they offer. The amount is the number of
    minutes of the shift in which they are not.

    Source: residents who work one day on and one off, five days a week, off-peak or freely, and serve around it
    (Baoshan, 2022).

    >>> from datetime import time
    >>> from civicvol import Availability, Volunteer, Weekly, WorkHours
    >>> from civicvol.testing import try_rule
    >>> office = Weekly(hours=[WorkHours(time(9), time(18))])
    >>> li = Volunteer(id="li", availability=Availability(pattern=office))
    >>> try_rule(Available(), "li 3 17-20, li 7 17-20", people=[li])
    ['li is not free for 60 minutes of post, Tue 3 Mar 2026 17:00–20:00']
    """

    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} is not free for {amount:.0f} minutes of {shift}",
        "{volunteer}在{shift}中有{amount:.0f}分钟没有空",
    )
    reason: ClassVar = Label("not free then", "此时没有空")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.AVAILABLE

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return how many minutes of the shift the volunteer is not free."""
        return shift.minutes - sum([span.minutes for span in problem.free_within(volunteer, shift.span)]), {}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        start = np.array([shift.span.start_minute for shift, _ in problem.lines], dtype=np.float64)
        end = np.array([shift.span.end_minute for shift, _ in problem.lines], dtype=np.float64)
        kinds: dict[Availability, Volunteer] = {}
        alike = [kinds.setdefault(volunteer.availability, volunteer) for volunteer in problem.volunteers]
        number = {volunteer.id: place for place, volunteer in enumerate(kinds.values())}
        kind = np.array([number[volunteer.id] for volunteer in alike], dtype=np.intp)
        clocks = [_FreeClock(problem.free_spans(volunteer)) for volunteer in kinds.values()]

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            busy = end[line] - start[line]
            order = np.argsort(kind[volunteer], kind="stable")
            bounds = np.searchsorted(kind[volunteer][order], np.arange(len(clocks) + 1))
            for clock, first, last in zip(clocks, bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
                of_kind = order[first:last]
                if len(of_kind):
                    busy[of_kind] -= clock(end[line[of_kind]]) - clock(start[line[of_kind]])
            return busy

        return amounts


class _FreeClock:
    """A clock that runs only while somebody is free: it turns an instant into the free minutes gone by until then."""

    def __init__(self, free: tuple[TimeSpan, ...]) -> None:
        ends = [minute for span in free for minute in (span.start_minute, span.end_minute)]
        self._instants = np.array(ends, dtype=np.float64)
        gone = np.cumsum(self._instants[1::2] - self._instants[::2])
        self._shown: Floats = np.repeat(np.append(0.0, gone), 2)[1:-1]

    def __call__(self, instants: Floats) -> Floats:
        if not len(self._instants):
            return np.zeros(len(instants))
        return np.interp(instants, self._instants, self._shown)
