"""What one assignment more would change: the hard rules it would break, and its cost."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import attrs

from civicvol.duties.shift import Shift
from civicvol.labels import Label
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.check import check_schedule
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import Rule, Violation
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class Change:
    """What an assignment would change.

    Args:
        against: what it would break of the hard rules.
        mends: whether a hard rule would be broken by less.
        cost: what it would add to the penalty; less than 0 where it would help.
    """

    against: tuple[Violation, ...]
    mends: bool
    cost: float


def change_by(
    problem: RosterProblem,
    near: Iterable[Assignment],
    volunteer: Volunteer,
    shift: Shift,
    role: str,
    rules: Sequence[Rule],
) -> Change:
    """Compare the checks of one volunteer and one shift without an assignment and with it.

    A hard rule stands against the assignment where it is broken by more with it than without; what it says then, and
    did not before, are its violations.

    Args:
        problem: the problem.
        near: what the volunteer has, and who is on the shift.
        volunteer: the volunteer.
        shift: the shift.
        role: the role line.
        rules: the rules to look at.
    """
    roster = Roster(set(near))
    wider = roster.with_(Assignment(volunteer=volunteer.id, shift=shift.id, role=role))
    before, after = (check_schedule(Schedule(problem, each, (volunteer,), (shift,)), rules) for each in (roster, wider))
    rise: defaultdict[str, float] = defaultdict(float)
    for sign, report in ((1, after), (-1, before)):
        for violation in report.hard:
            rise[violation.rule] += sign * violation.amount
    known = set(map(_identity, before.hard))
    against = (each for each in after.hard if rise[each.rule] > 0 and _identity(each) not in known)
    mends = any(amount < 0 for amount in rise.values())
    return Change(against=tuple(against), mends=mends, cost=after.penalty - before.penalty)


def _identity(violation: Violation) -> tuple[str, float, Label, tuple[str, ...]]:
    return violation.rule, violation.amount, violation.message, violation.shifts
