"""Effects: what a change of a roster does to each rule."""

from collections import defaultdict
from collections.abc import Iterable
from math import fsum

import attrs

from civicvol.labels import Label, Language
from civicvol.rostering.rule import Violation

_BREAKS, _MENDS = Label("{} is broken by {:g} more", "{}多违反{:g}"), Label("{} is broken by {:g} less", "{}少违反{:g}")
_COSTS = Label("{} {:+,.2f}", "{}{:+,.2f}")


@attrs.frozen(kw_only=True)
class Effect:
    """What a change does to one rule.

    Args:
        rule: the rule's name.
        hard: whether it must hold.
        amount: by how much more it is broken, in its unit; less than 0 where it is broken by less.
        cost: what that costs; less than 0 where it is a gain; 0 for a hard rule.
    """

    rule: str
    hard: bool
    amount: float
    cost: float

    def text(self, language: Language = "en") -> str:
        """Return the effect in a few words."""
        if not self.hard:
            return _COSTS.text(language).format(self.rule, self.cost)
        return (_BREAKS if self.amount > 0 else _MENDS).text(language).format(self.rule, abs(self.amount))


def effects_of(before: Iterable[Violation], after: Iterable[Violation]) -> tuple[Effect, ...]:
    """Return what becomes of each rule from what was found against it before, and what is after.

    What is agreed by an override is left out: it neither breaks a rule nor costs anything.
    """
    amounts: defaultdict[str, list[float]] = defaultdict(list)
    costs: defaultdict[str, list[float]] = defaultdict(list)
    hard: dict[str, bool] = {}
    for sign, violations in ((-1, before), (1, after)):
        for violation in (each for each in violations if not each.override):
            amounts[violation.rule].append(sign * violation.amount)
            costs[violation.rule].append(sign * violation.penalty)
            hard[violation.rule] = hard.get(violation.rule, False) or violation.hard
    return tuple(
        Effect(rule=rule, hard=hard[rule], amount=fsum(amounts[rule]), cost=fsum(costs[rule]))
        for rule in amounts
        if fsum(amounts[rule]) or fsum(costs[rule])
    )
