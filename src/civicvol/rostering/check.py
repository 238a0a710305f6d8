"""Check a roster against the rules, without any solver."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from math import fsum

import attrs

from civicvol.errors import InputError
from civicvol.rostering.problem import RosterProblem, require_known
from civicvol.rostering.roster import Roster
from civicvol.rostering.rule import Rule, Violation
from civicvol.rostering.rules import rules_of
from civicvol.rostering.schedule import Schedule
from civicvol.table import Table


@attrs.frozen(kw_only=True)
class CheckReport:
    """What a check found: every place where a roster falls short, hard rules first.

    Args:
        violations: one for each place, in the order of the rules.
    """

    violations: tuple[Violation, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether the roster keeps all hard rules."""
        return not self.hard

    @cached_property
    def hard(self) -> tuple[Violation, ...]:
        """What breaks hard rules."""
        return tuple(violation for violation in self.violations if violation.hard)

    @cached_property
    def soft(self) -> tuple[Violation, ...]:
        """What costs something."""
        return tuple(violation for violation in self.violations if not violation.hard and not violation.override)

    @cached_property
    def overridden(self) -> tuple[Violation, ...]:
        """What would break or cost something, had it not been agreed; each with its reason."""
        return tuple(violation for violation in self.violations if violation.override)

    @cached_property
    def penalty(self) -> float:
        """What the soft rules cost in all."""
        return fsum(violation.penalty for violation in self.violations)

    def of(self, rule: str | type[Rule]) -> tuple[Violation, ...]:
        """Return what was found against one rule, given by class or name."""
        if not isinstance(rule, str) and not (isinstance(rule, type) and issubclass(rule, Rule)):
            raise InputError.of("rule", "must be a rule's class or name", value=rule)
        name = rule if isinstance(rule, str) else rule.__name__
        return tuple(violation for violation in self.violations if violation.rule == name)

    def by_rule(self) -> Table:
        """Return a table with one row for each rule that something was found against; what was agreed has its own."""
        found: defaultdict[tuple[str, str], list[Violation]] = defaultdict(list)
        for violation in self.violations:
            kind = "agreed" if violation.override else "hard" if violation.hard else "soft"
            found[violation.rule, kind].append(violation)
        rows = (
            (
                rule,
                kind,
                len(violations),
                fsum(violation.amount for violation in violations),
                fsum(violation.penalty for violation in violations),
            )
            for (rule, kind), violations in found.items()
        )
        return Table(
            title=f"Check: {'feasible' if self.feasible else 'not feasible'}, penalty {self.penalty:,.2f}",
            columns=("rule", "kind", "places", "amount", "penalty"),
            rows=rows,
            note="Amounts are in each rule's own unit; hard rules, and what was agreed, have no price.",
        )

    def __str__(self) -> str:
        broken = (f"! {violation}" for violation in self.hard)
        agreed = (f"~ {violation} (agreed: {violation.override})" for violation in self.overridden)
        return "\n".join([str(self.by_rule()), *broken, *agreed])

    def _repr_html_(self) -> str:
        return self.by_rule().to_html()


def check(problem: RosterProblem, roster: Roster) -> CheckReport:
    """Check a roster against all rules of its problem.

    Raises:
        InputError: the roster names a volunteer, shift or role that the problem does not know.
    """
    require_known(problem, roster)
    return check_schedule(Schedule(problem, roster))


def check_schedule(schedule: Schedule, rules: Iterable[Rule] | None = None) -> CheckReport:
    """Check what a schedule looks at, which may be one volunteer or one shift only.

    Args:
        schedule: the schedule.
        rules: the rules to check; all of its problem where None.
    """
    checked = rules_of(schedule.problem) if rules is None else rules
    found = [violation for rule in checked for violation in rule.check(schedule)]
    return CheckReport(violations=tuple(sorted(found, key=lambda violation: not violation.hard)))
