"""Fewest changes: what was published stays as it is, the more so the sooner it comes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, ClassVar

import attrs
import numpy as np

from civicvol import _fields
from civicvol.calendar._checks import as_moment, moment
from civicvol.calendar.timespan import TimeSpan, minute_of
from civicvol.labels import Label
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.roster import Assignment, Roster
from civicvol.rostering.rule import Facts, Family, Rule, Violation, weight_needed
from civicvol.rostering.schedule import Schedule

_TAKES, _LEAVES = Label("takes", "新上"), Label("is no longer on", "不再上")
_PRICES = ((1_440, 8.0), (4_320, 4.0), (10_080, 2.0))


def _wrong_prices(value: Any) -> str | None:
    pairs = _fields.tuple_of(_fields.is_a(tuple, "a pair of minutes and a price")).wrong(value)
    if pairs is not None:
        return pairs
    for step in value:
        minutes = _fields.whole(1).wrong(step[0]) if len(step) == 2 else "must be a pair of minutes and a price"
        wrong = minutes or _fields.importance.wrong(step[1])
        if wrong is not None:
            return f"has a member that {wrong}"
    limits = [minutes for minutes, _ in value]
    return None if limits == sorted(set(limits)) else "must have rising minutes"


@attrs.frozen(kw_only=True)
class FewestChanges(Rule):
    """A roster differs from the published one as little as can be, and least where people have little notice.

    The amount is 1 for each assignment that is not in the published roster, and for each of the published that is
    missing; more where there is less notice. It comes right after cover where tiers are solved in turn.

    Source: nurse rerostering, where what is published counts as a promise (Moz and Pato, Solving the problem of
    rerostering nurse schedules with hard constraints, 2004).

    Args:
        published: the published roster; what the problem does not know of it is left aside.
        known_at: when the changes become known; with None no change has less notice than another.
        by_notice: pairs of minutes of notice and of what a change with less notice than that counts, from 0.001 to a
            million, the shortest notice first; a change with more counts 1.

    >>> from civicvol import Assignment
    >>> from civicvol.testing import try_rule
    >>> published = Roster([Assignment(volunteer="li", shift="post@3-09-12")])
    >>> try_rule(FewestChanges(published=published), "li 3 09-12, wu 4 09-12")
    ['wu takes post, Wed 4 Mar 2026 09:00–12:00, otherwise than published']
    """

    unit: ClassVar = Label("changes", "变动")
    sentence: ClassVar = Label(
        "{volunteer} {moves} {shift}, otherwise than published", "{volunteer}{moves}{shift}，与已发布的不同"
    )
    reason: ClassVar = Label("not as published", "与已发布的不同")
    family: ClassVar = Family.STABILITY

    weight: float = attrs.field(default=1.0, validator=weight_needed)
    published: Roster = attrs.field(factory=Roster, validator=_fields.is_a(Roster, "a Roster"))
    known_at: datetime | None = attrs.field(
        default=None, converter=attrs.converters.optional(as_moment), validator=_fields.optional(moment)
    )
    by_notice: tuple[tuple[int, float], ...] = attrs.field(
        default=_PRICES, converter=_fields.as_tuple, validator=_fields.Check(_wrong_prices)
    )

    def price(self, span: TimeSpan) -> float:
        """Return what one change of a duty counts.

        Args:
            span: when the duty is.
        """
        _fields.expect("span", span, TimeSpan, "a TimeSpan")
        if self.known_at is None:
            return 1.0
        left = span.start_minute - minute_of(self.known_at)
        return next((price for minutes, price in self.by_notice if left < minutes), 1.0)

    def check(self, schedule: Schedule) -> Iterator[Violation]:
        """Yield the assignments that are new, then the published ones that are missing, for each volunteer."""
        published = self._known(schedule.problem)
        for volunteer in schedule.volunteers:
            has, had = schedule.roster.of_volunteer(volunteer.id), published.of_volunteer(volunteer.id)
            new, lost = ([each for each in a if each not in b] for a, b in ((has, had), (had, has)))
            yield from self._violations(schedule.problem, _TAKES, new)
            yield from self._violations(schedule.problem, _LEAVES, lost)

    def rows(self, columns: Columns, program: Program) -> None:
        """Charge what is new, pay back what is kept, and charge once all that was published."""
        published = self._known(columns.problem)
        prices = np.array([self.price(shift.span) for shift in columns.problem.shifts])
        kept = columns.within(published)
        numbers = columns.indices(kept)
        amounts = prices[columns.shift[columns.candidates]]
        amounts[numbers] = 0.0
        program.charge(columns.candidates, self.weight, amounts)
        program.require(numbers, self.weight, prices[columns.shift[numbers]])
        lost = sum(self.price(columns.problem.shift(each.shift).span) for each in published if each not in kept)
        none = np.zeros(0, dtype=np.intp)
        program.at_least(none, none, 1.0, np.array([lost], dtype=np.float64), self.weight)

    def ties(self, problem: RosterProblem) -> Iterator[Iterable[str]]:
        """Yield everybody: what was published may lie outside the areas there are now."""
        yield problem.volunteer_by_id

    def _known(self, problem: RosterProblem) -> Roster:
        """Return what the problem knows of what was published."""
        roles = {shift.id: {line.role for line in shift.cover} for shift in problem.shifts}
        return Roster(
            each
            for each in self.published
            if each.volunteer in problem.volunteer_by_id and each.role in roles.get(each.shift, ())
        )

    def _violations(self, problem: RosterProblem, moves: Label, changed: Iterable[Assignment]) -> Iterator[Violation]:
        for each in changed:
            shift = problem.shift(each.shift)
            facts: Facts = {
                "volunteer": str(problem.volunteer(each.volunteer)),
                "moves": moves,
                "shift": problem.shift_name(shift),
            }
            yield self.violation(self.price(shift.span), facts, volunteers=(each.volunteer,), shifts=(each.shift,))
