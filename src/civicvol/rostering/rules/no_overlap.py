"""No overlap: nobody is at two places at once, nor between them without time for the way."""

from collections.abc import Iterator
from typing import ClassVar

import attrs
import numpy as np

from civicvol.labels import Label
from civicvol.rostering.arrays import Floats, Indices, distinct, groups, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts, Family, Rule, Stage, Violation
from civicvol.rostering.rules._pairs import column_pairs, duty_pairs, write_pairs
from civicvol.rostering.schedule import Schedule, shift_ids


@attrs.frozen(kw_only=True)
class NoOverlap(Rule):
    """A volunteer's duties do not overlap, and leave the time for the way between their units.

    The amount is, over all pairs of duties, the number of minutes they overlap, and the number of minutes missing of
    the problem's travel time from one unit to the other. Duties that touch are fine where there is no way to go.

    Source: what overlaps should mean, as users of sign-up software discuss it (emfcamp/Website#1077,
    volunteer_planner#299).

    >>> from civicvol import Travel
    >>> from civicvol.testing import try_rule
    >>> way = Travel(elsewhere=30)
    >>> (said,) = try_rule(NoOverlap(), "li 7 09-12 post@north, li 7 12-14 post@south", travel=way)
    >>> said.rpartition(": ")[-1]
    '30 minutes short (30 for the way)'
    """

    unit: ClassVar = Label("minutes", "分钟")
    sentence: ClassVar = Label(
        "{volunteer} cannot do both {before} and {after}: {amount} minutes short ({travel} for the way)",
        "{volunteer}无法兼顾{before}与{after}：差{amount}分钟（含路程{travel}分钟）",
    )
    reason: ClassVar = Label("on another duty then", "另有班次冲突")
    family: ClassVar = Family.TIME
    stage: ClassVar = Stage.ELSEWHERE

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the pairs of duties that overlap or lie too close together."""
        problem = schedule.problem
        for volunteer in schedule.volunteers:
            for before, after in duty_pairs(schedule.duties[volunteer.id], problem.travel.longest):
                travel = problem.travel.minutes(problem.units, before.unit, after.unit)
                together = before.span.intersection(after.span)
                gap = max(after.span.start_minute - before.span.end_minute, 0)
                amount = max(travel - gap, 0) + (together.minutes if together else 0)
                if amount:
                    facts: Facts = {
                        "volunteer": str(volunteer),
                        "travel": travel,
                        "before": schedule.duty_name(before),
                        "after": schedule.duty_name(after),
                    }
                    pair = shift_ids((before, after))
                    yield self.violation(amount, facts, volunteers=(volunteer.id,), shifts=pair)

    def rows(self, columns: Columns, program: Program) -> None:
        """Write a row for each pair; a hard rule has one for each set of duties that all share an instant instead."""
        before, after = column_pairs(columns, columns.problem.travel.longest)
        overlap = np.maximum(np.minimum(columns.end[before], columns.end[after]) - columns.start[after], 0)
        gap = np.maximum(columns.start[after] - columns.end[before], 0)
        amounts = overlap + np.maximum(_travel_minutes(columns, before, after) - gap, 0)
        if self.hard:
            _write_instants(columns, program)
            amounts[overlap > 0] = 0
        write_pairs(program, before, after, amounts.astype(np.float64), self.weight)


def _write_instants(columns: Columns, program: Program) -> None:
    """Write that each volunteer does one thing at any instant.

    Duties that overlap pairwise all share an instant (intervals have Helly's property), namely the start of one of
    them, and one row over all of them is far tighter for a solver than a row for each pair. An instant after which
    another duty begins before any ends is left out: the later instant's row holds all of its duties.
    """
    order = columns.in_time
    volunteer, start, end = columns.volunteer[order], columns.start[order], columns.end[order]
    begin = int(start.min(initial=0))
    width = int(end.max(initial=0)) - begin + 1
    begins = volunteer * width + (start - begin)
    instants = distinct(begins)
    ends = np.sort(volunteer * width + (end - begin), kind="stable")
    next_end = np.append(ends, np.iinfo(np.int64).max)[np.searchsorted(ends, instants, side="right")]
    instants = instants[np.append(instants[1:], np.iinfo(np.int64).max) >= next_end]
    first = np.searchsorted(instants, begins)
    until = np.searchsorted(instants, volunteer * width + (end - begin))
    entry, step = spread(until - first)
    row = first[entry] + step
    program.at_most(row, order[entry], 1.0, np.ones(len(instants)))


def _travel_minutes(columns: Columns, before: Indices, after: Indices) -> Floats:
    """Return the travel time of each pair; it is looked up once for each two units."""
    problem = columns.problem
    row, first = groups(columns.unit[before], columns.unit[after])
    ids = [*(unit.id for unit in problem.units.units), None]
    found = [
        problem.travel.minutes(problem.units, ids[here], ids[there])
        for here, there in zip(columns.unit[before[first]].tolist(), columns.unit[after[first]].tolist(), strict=True)
    ]
    return np.array(found, dtype=np.float64)[row]
