"""A quick roster, for when the time is too short for a good one: places are filled one after the other."""

from collections import defaultdict

import numpy as np

from civicvol.rostering.change import Changes
from civicvol.rostering.columns import Columns
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule
from civicvol.rostering.rules import rules_of


def fill_greedily(columns: Columns, start: Roster) -> Roster:
    """Return a roster whose open places are taken by those with the fewest minutes so far who make it better.

    Minimum places come first, then desired ones; among them the lines with the fewest candidates for each place. Nobody
    takes a place where a hard rule stands against it, or where it costs more than it gains. What rules say of several
    people together is left to the check of the whole.

    Args:
        columns: the candidates.
        start: what is settled already; its assignments are kept.
    """
    problem = columns.problem
    near = [rule for rule in rules_of(problem) if not rule.wide]
    hard = [rule for rule in near if rule.hard and not isinstance(rule, AssignmentRule)]
    soft = [rule for rule in near if not rule.hard]
    candidates: defaultdict[int, list[int]] = defaultdict(list)
    for volunteer, line in zip(columns.volunteer[: columns.count].tolist(), columns.line.tolist(), strict=True):
        candidates[line].append(volunteer)
    minutes = np.bincount(columns.volunteer[columns.past], columns.minutes[columns.past], len(problem.volunteers))
    of_volunteer: defaultdict[str, list[Assignment]] = defaultdict(list)
    of_shift: defaultdict[str, list[Assignment]] = defaultdict(list)

    def take(assignment: Assignment) -> None:
        of_volunteer[assignment.volunteer].append(assignment)
        of_shift[assignment.shift].append(assignment)

    for settled in start:
        take(settled)
    scarce = sorted(candidates, key=lambda line: len(candidates[line]) / max(problem.lines[line][1].desired, 1))
    for wanted in ("minimum", "desired"):
        for line in scarce:
            shift, requirement = problem.lines[line]
            missing = getattr(requirement, wanted) - sum(each.role == requirement.role for each in of_shift[shift.id])
            for number in sorted(candidates[line], key=lambda number: (minutes[number], number)):
                if missing <= 0:
                    break
                person = problem.volunteers[number]
                concerned = Roster({*of_volunteer[person.id], *of_shift[shift.id]})
                if any(each.volunteer == person.id for each in of_shift[shift.id]):
                    continue
                more = Assignment(volunteer=person.id, shift=shift.id, role=requirement.role)
                if (
                    not Changes(problem, concerned, hard).of(added=[more]).against
                    and Changes(problem, concerned, soft).of(added=[more]).cost <= 0
                ):
                    take(more)
                    minutes[number] += shift.minutes
                    missing -= 1
    return Roster([assignment for taken in of_volunteer.values() for assignment in taken])
