"""Repair: the roster of one area that is nearest to what is left of a published one."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from math import fsum
from time import monotonic
from typing import ClassVar

import attrs
import numpy as np

from civicvol.calendar.timespan import minute_of
from civicvol.duties.shift import CoverRequirement, Shift
from civicvol.rostering._settled import Settled
from civicvol.rostering.columns import Columns, find_candidates
from civicvol.rostering.disruption import Absence
from civicvol.rostering.engines import Status
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.result import Result, TierResult
from civicvol.rostering.roster import Roster
from civicvol.rostering.rule import Family, Rule, Tier, Violation
from civicvol.rostering.rules import DesiredCover, FewestChanges, MinimumCover, rules_of
from civicvol.rostering.schedule import Schedule
from civicvol.rostering.solve import solve

_TOLERANCE = 1e-6


@attrs.frozen(kw_only=True)
class Afterwards(Rule):
    """A soft rule that comes with the people, after the changes, whatever its own tier.

    Args:
        rule: the rule.
    """

    family: ClassVar = Family.PEOPLE

    rule: Rule

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield what the rule finds, as found by this one."""
        return (attrs.evolve(violation, rule=self.name) for violation in self.rule.check(schedule))

    def rows(self, columns: Columns, program: Program) -> None:
        """Write what the rule writes."""
        self.rule.rows(columns, program)


@attrs.frozen(kw_only=True)
class Repair:
    """The repair of one area: first without moving anybody, and only if that is not proven best, with all there is.

    Whoever fills a place that is short comes to it, so a roster that does nothing else, and fills all of them, has the
    fewest changes there can be. To find the best of these, all others can be held where they are.

    Args:
        area: the area, asking for what it should have.
        kept: what of the published roster can stay.
        absences: who is absent when.
        fewest: the price of changes.
        now: when the repair begins; with None nothing is past.
        until: when both searches are to be over, on the clock of `time.monotonic`.
        seed: for the searches.
    """

    area: RosterProblem
    kept: Roster
    absences: tuple[Absence, ...]
    fewest: FewestChanges
    now: datetime | None
    until: float
    seed: int

    @property
    def needed(self) -> bool:
        """Whether what is left breaks a hard rule, or does not fill all places."""
        rules = [rule for rule in rules_of(self.area) if rule.hard or isinstance(rule, MinimumCover | DesiredCover)]
        schedule = Schedule(self.area, self.kept)
        # Places come first: most often that is what is amiss.
        found = (each for rule in sorted(rules, key=lambda rule: rule.hard) for each in rule.check(schedule))
        return any(not violation.override for violation in found)

    def best(self) -> tuple[Result, float | None, bool]:
        """Return the best roster found, what the changes of any other cost at least, and whether it is proven best."""
        short = {(shift.id, line.role) for shift, line, _ in short_lines(self.area, self.kept)}
        over = {shift.id for shift in self.area.shifts if ended(shift, self.now)}
        reachable = frozenset(line for line in short if line[0] not in over)
        first = self._solve(self.kept, reachable, None)
        cost = _tier(first, Tier.STABILITY).value
        least_cover, least_changes = self._least(reachable)
        as_good = _tier(first, Tier.COVER).value <= least_cover + _TOLERANCE and cost <= least_changes + _TOLERANCE
        if first.status is Status.OPTIMAL and as_good:
            return first, cost, True
        locked = Roster(each for each in self.kept if begun(self.area.shift(each.shift), self.now))
        ahead = {(shift.id, line.role) for shift, line in self.area.lines if not begun(shift, self.now)}
        second = self._solve(locked, reachable | ahead, first.roster)
        cover, changes = _tier(second, Tier.COVER), _tier(second, Tier.STABILITY)
        if second.roster is None:
            return second, None, second.status is Status.INFEASIBLE
        return second, changes.bound, _proven(cover) and _proven(changes)

    def _least(self, reachable: frozenset[tuple[str, str]]) -> tuple[float, float]:
        """Return what cover costs at least, and what the changes cost at least that bring it there.

        To a place that is short nobody can come but those whom no rule on single assignments keeps from it.
        """
        has = Counter((each.shift, each.role) for each in self.kept)
        columns = find_candidates(attrs.evolve(self.area, rules=(self._settled(reachable), *self.area.rules)))
        on = columns.line[columns.candidates]
        lines = [(shift.id, line.role) for shift, line in self.area.lines]
        most = dict(zip(lines, np.bincount(on, minlength=len(lines)).tolist(), strict=True))
        cover, coming = [], Counter[tuple[str, str]]()
        for rule in self.area.rules:
            if isinstance(rule, MinimumCover | DesiredCover):
                for shift in self.area.shifts:
                    for line, limit in rule.lines(shift):
                        place = shift.id, line.role
                        filled = max(min(limit, most[place]), has[place])
                        coming[place] = max(coming[place], filled - has[place])
                        cover.append((rule.weight or 0.0) * line.importance * max(rule.missed(filled, limit), 0))
        prices = (self.fewest.price(self.area.shift(id).span) * count for (id, _), count in coming.items())
        return fsum(cover), fsum(prices)

    def _solve(self, held: Roster, open_lines: frozenset[tuple[str, str]], start: Roster | None) -> Result:
        """Return the best roster in which some assignments are held, and people come to some lines only."""
        area = self.area
        pinned = {(each.volunteer, each.shift): each for each in (*held, *area.pinned)}
        rules = (self._settled(open_lines), *map(_in_turn, area.rules), attrs.evolve(self.fewest, published=self.kept))
        return solve(
            attrs.evolve(area, rules=rules, pinned=pinned.values()),
            objective="lexicographic",
            start=start,
            time_limit=max(self.until - monotonic(), 0.0),
            seed=self.seed,
        )

    def _settled(self, open_lines: frozenset[tuple[str, str]]) -> Settled:
        return Settled(published=self.kept, open_lines=open_lines, absences=self.absences)


def short_lines(problem: RosterProblem, roster: Roster) -> Iterator[tuple[Shift, CoverRequirement, int]]:
    """Yield the role lines that have fewer people than they ask for, and how many fewer."""
    has = Counter((each.shift, each.role) for each in roster)
    for shift, line in problem.lines:
        missing = line.desired - has[shift.id, line.role]
        if missing > 0:
            yield shift, line, missing


def begun(shift: Shift, now: datetime | None) -> bool:
    """Return whether a shift has begun by now."""
    return now is not None and shift.span.start_minute <= minute_of(now)


def ended(shift: Shift, now: datetime | None) -> bool:
    """Return whether a shift is over by now."""
    return now is not None and shift.span.end_minute <= minute_of(now)


def _in_turn(rule: Rule) -> Rule:
    """Return a rule in the tier in which it counts here: before the changes come only the numbers of people."""
    before = rule.family.tier is Tier.COVER and not (rule.hard or isinstance(rule, MinimumCover | DesiredCover))
    return Afterwards(weight=rule.weight, rule=rule) if before else rule


def _proven(tier: TierResult) -> bool:
    """Return whether a tier is proven to cost no less."""
    return tier.bound is not None and tier.value - tier.bound <= _TOLERANCE * max(1.0, tier.value)


def _tier(result: Result, tier: Tier) -> TierResult:
    """Return what a tier costs; nothing where no rule is in it."""
    return next((each for each in result.tiers if each.tier is tier), TierResult(tier=tier, value=0.0, bound=0.0))
