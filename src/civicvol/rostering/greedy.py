"""A quick roster, for when the time is too short for a good one: places are filled one after the other."""

from collections import defaultdict

import numpy as np

from civicvol.people.volunteer import Volunteer
from civicvol.rostering.check import check_schedule
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import AssignmentRule, Rule
from civicvol.rostering.rules import rules_of
from civicvol.rostering.schedule import Schedule


def fill_greedily(columns: Columns, start: Roster) -> Roster:
    """Return a roster whose open places are taken by those with the fewest minutes so far whom no hard rule stops.

    Minimum places come first, then desired ones; among them the lines with the fewest candidates for each place. What
    rules say of several people together is left to the check of the whole.

    Args:
        columns: the candidates.
        start: what is settled already; its assignments are kept.
    """
    problem = columns.problem
    rules = [rule for rule in rules_of(problem) if rule.hard and not isinstance(rule, AssignmentRule)]
    candidates: defaultdict[int, list[int]] = defaultdict(list)
    for volunteer, line in zip(columns.volunteer[: columns.count].tolist(), columns.line.tolist(), strict=True):
        candidates[line].append(volunteer)
    minutes = np.bincount(columns.volunteer[columns.past], columns.minutes[columns.past], len(problem.volunteers))
    held: defaultdict[str, list[Assignment]] = defaultdict(list)
    filled: defaultdict[tuple[str, str], int] = defaultdict(int)
    for settled in start:
        held[settled.volunteer].append(settled)
        filled[settled.shift, settled.role] += 1
    scarce = sorted(candidates, key=lambda line: len(candidates[line]) / max(problem.lines[line][1].desired, 1))
    for wanted in ("minimum", "desired"):
        for line in scarce:
            shift, requirement = problem.lines[line]
            for number in sorted(candidates[line], key=lambda number: (minutes[number], number)):
                if filled[shift.id, requirement.role] >= getattr(requirement, wanted):
                    break
                volunteer = problem.volunteers[number]
                own = held[volunteer.id]
                taken = Assignment(volunteer=volunteer.id, shift=shift.id, role=requirement.role)
                if all(each.shift != shift.id for each in own) and not _breaks(
                    problem, volunteer, [*own, taken], rules
                ):
                    own.append(taken)
                    filled[shift.id, requirement.role] += 1
                    minutes[number] += shift.minutes
    return Roster([assignment for own in held.values() for assignment in own])


def _breaks(problem: RosterProblem, volunteer: Volunteer, own: list[Assignment], rules: list[Rule]) -> bool:
    """Return whether what one volunteer would have breaks a hard rule by itself."""
    return not check_schedule(Schedule(problem, Roster(own), (volunteer,), ()), rules).feasible
