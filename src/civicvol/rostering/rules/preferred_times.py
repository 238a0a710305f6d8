"""Preferred times: people serve on the days and at the hours they like."""

from typing import ClassVar

import attrs
import numpy as np

from civicvol.calendar.timespan import TimeSpan, union
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.labels import Label
from civicvol.people.preferred_time import PreferredTime
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.rule import AssignmentRule, Facts, Family, Measure, Stage, weight_or_hard


@attrs.frozen(kw_only=True)
class PreferredTimes(AssignmentRule):
    """A volunteer who named times they like serves within them: Wednesday evenings, the first and third Saturday.

    The amount is 1 for each assignment that is not wholly within them; times that touch are one. Who named none does
    not mind.

    Source: the desired and undesired days of Timefold's employee scheduling.

    >>> from datetime import date
    >>> from civicvol import Cadence, Volunteer
    >>> from civicvol.people import PreferredTime
    >>> from civicvol.testing import try_rule
    >>> first_saturday = PreferredTime(cadence=Cadence.monthly(date(2026, 1, 1), nth=1, weekday="SA"))
    >>> li = Volunteer(id="li", preferred_times=[first_saturday])
    >>> try_rule(PreferredTimes(), "li 7 09-12, li 14 09-12", people=[li])
    ['li likes other times better than post, Sat 14 Mar 2026 09:00–12:00']
    """

    unit: ClassVar = Label("assignments", "次")
    sentence: ClassVar = Label(
        "{volunteer} likes other times better than {shift}", "{volunteer}更喜欢其他时间，而不是{shift}"
    )
    reason: ClassVar = Label("happier at other times", "更喜欢其他时间")
    family: ClassVar = Family.WISHES
    stage: ClassVar = Stage.AVAILABLE

    weight: float | None = attrs.field(default=2.0, validator=weight_or_hard)

    def amount(
        self, problem: RosterProblem, volunteer: Volunteer, shift: Shift, line: CoverRequirement
    ) -> tuple[float, Facts]:
        """Return 1 where the shift is not within the volunteer's preferred times."""
        if not volunteer.preferred_times:
            return 0.0, {}
        liked = _spans(problem, volunteer.preferred_times)
        return float(not any(span.contains(shift.span) for span in liked)), {}

    def measure(self, problem: RosterProblem) -> Measure:
        """Return the same for arrays of candidates."""
        kinds = list(dict.fromkeys(volunteer.preferred_times for volunteer in problem.volunteers))
        number = {times: place for place, times in enumerate(kinds)}
        kind = np.array([number[volunteer.preferred_times] for volunteer in problem.volunteers], dtype=np.intp)
        minds = np.array([bool(volunteer.preferred_times) for volunteer in problem.volunteers], dtype=bool)
        spans = [(place, span) for place, times in enumerate(kinds) for span in _spans(problem, times)]
        of_kind = np.array([-1, *(place for place, _ in spans)], dtype=np.intp)
        begins = np.array([-1, *(span.start_minute for _, span in spans)], dtype=np.int64)
        ends = np.array([-1, *(span.end_minute for _, span in spans)], dtype=np.int64)
        start = np.array([shift.span.start_minute for shift, _ in problem.lines], dtype=np.int64)
        end = np.array([shift.span.end_minute for shift, _ in problem.lines], dtype=np.int64)
        width = int(max(begins.max(), start.max(initial=0))) + 1
        keys = of_kind * width + begins

        def amounts(volunteer: Indices, line: Indices) -> Floats:
            own = kind[volunteer]
            last = np.searchsorted(keys, own * width + start[line], side="right") - 1
            within = (of_kind[last] == own) & (ends[last] >= end[line])
            return np.where(minds[volunteer] & ~within, 1.0, 0.0)

        return amounts


def _spans(problem: RosterProblem, times: tuple[PreferredTime, ...]) -> tuple[TimeSpan, ...]:
    """Return the preferred times that reach into a problem's days, joined where they touch."""
    return problem.remembered(
        ("preferred times", times), lambda: union(span for each in times for span in each.spans(problem.span_of_work))
    )
