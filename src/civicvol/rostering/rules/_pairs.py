"""What the rules share that look at two duties of one person at a time."""

from itertools import islice

import numpy as np

from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Floats, Indices, spread
from civicvol.rostering.columns import Columns
from civicvol.rostering.program import Program
from civicvol.rostering.rule import Facts
from civicvol.rostering.schedule import Duty, Schedule


def duty_pairs(duties: tuple[Duty, ...], reach: int) -> list[tuple[Duty, Duty]]:
    """Return the pairs of duties between which lie less than `reach` minutes, each in order of time.

    Two past duties are no pair: nothing can be done about them.
    """
    pairs = []
    for place, before in enumerate(duties):
        for after in islice(duties, place + 1, None):
            if after.span.start_minute >= before.span.end_minute + reach:
                break
            if not (before.past and after.past):
                pairs.append((before, after))
    return pairs


def rest_between(before: Duty, after: Duty) -> int:
    """Return the minutes between two duties, 0 where they overlap."""
    return max(after.span.start_minute - before.span.end_minute, 0)


def rest_facts(schedule: Schedule, volunteer: Volunteer, before: Duty, after: Duty, minimum: int) -> Facts:
    """Return the facts of a sentence on too little rest between two duties."""
    return {
        "volunteer": str(volunteer),
        "rest": rest_between(before, after),
        "minimum": minimum,
        "before": schedule.duty_name(before),
        "after": schedule.duty_name(after),
    }


def column_pairs(columns: Columns, reach: int) -> tuple[Indices, Indices]:
    """Return the same pairs of columns, as indices of the first and of the second; no pair is of one shift."""
    order = columns.in_time
    volunteer, start, end = columns.volunteer[order], columns.start[order], columns.end[order]
    begin = int(start.min(initial=0))
    width = int(end.max(initial=0)) - begin + reach + 1
    until = np.searchsorted(volunteer * width + (start - begin), volunteer * width + (end - begin) + reach)
    first, step = spread(np.maximum(until - np.arange(len(order)) - 1, 0))
    before, after = order[first], order[first + 1 + step]
    past = columns.past
    pair = ~(past[before] & past[after]) & ((columns.shift[before] != columns.shift[after]) | past[before])
    return before[pair], after[pair]


def write_pairs(program: Program, before: Indices, after: Indices, amounts: Floats, weight: float | None) -> None:
    """Write that two columns taken together break a rule by an amount."""
    wrong = np.flatnonzero(amounts > 0)
    amount = np.ones(len(wrong)) if weight is None else amounts[wrong]
    row = np.tile(np.arange(len(wrong)), 2)
    column = np.concatenate([before[wrong], after[wrong]])
    program.at_most(row, column, np.tile(amount, 2), amount, weight)
