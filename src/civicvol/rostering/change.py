"""What a change of a roster would bring: the hard rules it would break, and its cost."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from civicvol.labels import Label
from civicvol.rostering.check import CheckReport, check_schedule
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import Rule, Violation
from civicvol.rostering.schedule import Schedule


@attrs.frozen(kw_only=True)
class Change:
    """What would change.

    Args:
        against: what would be broken of the hard rules.
        agreed: what would be broken, but is agreed to by an override.
        mends: whether a hard rule would be broken by less.
        cost: what would be added to the penalty; less than 0 where it would be a gain.
        before: what is found of whom and what the change concerns, and by wide rules, without it.
        after: the same with it.
    """

    against: tuple[Violation, ...]
    agreed: tuple[Violation, ...]
    mends: bool
    cost: float
    before: CheckReport
    after: CheckReport


class Changes:
    """The changes that could be made to a roster.

    Args:
        problem: the problem.
        roster: the roster; it may be no more than what concerns the volunteers and shifts that are looked at, unless
            there are wide rules.
        rules: the rules to look at.
    """

    def __init__(self, problem: RosterProblem, roster: Roster, rules: Sequence[Rule]) -> None:
        self._problem = problem
        self._roster = roster
        self._near = [rule for rule in rules if not rule.wide]
        self._wide = [rule for rule in rules if rule.wide]
        self._last: tuple[tuple[set[str], set[str]], CheckReport] = (set(), set()), CheckReport()

    def of(self, *, added: Iterable[Assignment] = (), removed: Iterable[Assignment] = ()) -> Change:
        """Compare the checks without some assignments more, and some fewer, and with them.

        A hard rule stands against the change where it is broken by more with it than without; what it says then, and
        did not before, are its violations.
        """
        more, fewer = set(added), set(removed)
        before, after = self._reports(more, fewer)
        rise: defaultdict[str, float] = defaultdict(float)
        for sign, report in ((1, after), (-1, before)):
            for violation in report.hard:
                rise[violation.rule] += sign * violation.amount
        known = set(map(_identity, before.hard))
        against = (each for each in after.hard if rise[each.rule] > 0 and _identity(each) not in known)
        mends = any(amount < 0 for amount in rise.values())
        agreed = tuple(each for each in after.overridden if each not in before.overridden)
        return Change(
            against=tuple(against),
            agreed=agreed,
            mends=mends,
            cost=after.penalty - before.penalty,
            before=before,
            after=after,
        )

    def _reports(self, more: set[Assignment], fewer: set[Assignment]) -> tuple[CheckReport, CheckReport]:
        """Return what the checks find before and after, of whom and what the change concerns."""
        problem, roster = self._problem, self._roster
        people = {each.volunteer for each in more | fewer}
        work = {each.shift for each in more | fewer}
        near = {each for id in people for each in roster.of_volunteer(id)}
        near.update(each for id in work for each in roster.of_shift(id))
        volunteers, shifts = tuple(map(problem.volunteer, sorted(people))), tuple(map(problem.shift, sorted(work)))

        def found(members: Iterable[Assignment]) -> CheckReport:
            return check_schedule(Schedule(problem, Roster(members), volunteers, shifts), self._near)

        # Often the next change that is asked about is of the same people and shifts.
        if self._last[0] != (people, work):
            self._last = (people, work), found(near)
        before, after = self._last[1], found((near - fewer) | more)
        if not self._wide:
            return before, after
        changed = roster.without(*fewer).with_(*more)
        wide = check_schedule(Schedule(problem, changed), self._wide)
        return _joined(before, self._wide_report), _joined(after, wide)

    @cached_property
    def _wide_report(self) -> CheckReport:
        return check_schedule(Schedule(self._problem, self._roster), self._wide)


def _joined(*reports: CheckReport) -> CheckReport:
    return CheckReport(violations=tuple(violation for report in reports for violation in report.violations))


def _identity(violation: Violation) -> tuple[str, float, Label, tuple[str, ...]]:
    return violation.rule, violation.amount, violation.message, violation.shifts
