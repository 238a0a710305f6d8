"""What the rules share that spread work fairly: each further piece of it costs a person more than the one before."""

from calendar import monthrange
from collections.abc import Mapping

import attrs
import numpy as np

from civicvol.calendar.horizon import Horizon
from civicvol.calendar.period import Period
from civicvol.calendar.timespan import TimeSpan, intersection, total_minutes, union
from civicvol.people.volunteer import Volunteer
from civicvol.rostering.arrays import Bools, Floats, Indices, spread, sums
from civicvol.rostering.columns import Columns
from civicvol.rostering.problem import RosterProblem
from civicvol.rostering.program import Program
from civicvol.rostering.rule import ScopedRule

_LEAST_SHARE = 0.1


@attrs.frozen
class Prices:
    """What work costs: a piece of it nothing, the second 1, the third 2, and so on up to a last step.

    Args:
        piece: how much work a piece is.
        steps: how many times the price rises.
    """

    piece: int
    steps: int

    def rise(self, before: int, work: int) -> float:
        """Return what some work costs somebody who did so much before."""
        return self._cost(before + work) - self._cost(before)

    def write(self, program: Program, weight: float, load: "Load", shares: Mapping[str, float]) -> None:
        """Write one row for each volunteer: their work fills pieces of rising cost, beginning where the past ends.

        Args:
            program: the program.
            weight: the cost of one unit.
            load: the work.
            shares: for each volunteer, by id and in order, what the prices are divided by.
        """
        count = len(shares)
        new = np.where(load.past, 0, load.work)
        possible = sums(load.volunteer, new, count)
        before = sums(load.volunteer, load.work - new, count)
        begun = np.minimum(before // self.piece, self.steps)
        ended = np.minimum(np.ceil((before + possible) / self.piece), self.steps + 1)
        # The first piece costs nothing, so it needs no column.
        free = np.where(begun == 0, 1.0 - before / self.piece, 0.0)
        priced = np.maximum(begun, 1)
        volunteer, step = spread(np.where(possible > 0, np.maximum(ended - priced, 0), 0).astype(np.intp))
        number = priced[volunteer] + step
        room = np.where(number == begun[volunteer], number + 1 - before[volunteer] / self.piece, 1.0)
        room[number == self.steps] = np.inf
        filled = program.add_columns(weight * number / np.array(list(shares.values()))[volunteer], room)
        told = np.flatnonzero(~load.past)
        program.at_most(
            np.concatenate([load.volunteer[told], volunteer]),
            np.concatenate([load.column[told], filled]),
            np.concatenate([new[told] / self.piece, np.full(len(filled), -1.0)]),
            free,
        )

    def _cost(self, work: int) -> float:
        whole = min(work // self.piece, self.steps)
        return whole * (whole - 1) / 2 + whole * (work - whole * self.piece) / self.piece


@attrs.frozen(kw_only=True, eq=False)
class Load:
    """The work that is shared out, as entries.

    Args:
        volunteer: index of each entry's volunteer.
        column: its column of the program.
        work: how much it is.
        past: whether it was done before the horizon.
    """

    volunteer: Indices
    column: Indices
    work: Floats
    past: Bools

    @classmethod
    def of(cls, columns: Columns, counted: Bools, work: Floats) -> "Load":
        """Return the load of some columns, each with so much work."""
        entries = np.flatnonzero(counted)
        return cls(
            volunteer=columns.volunteer[entries],
            column=entries,
            work=work[entries],
            past=columns.past[entries],
        )


def shares_of(rule: ScopedRule, problem: RosterProblem, by_offer: bool) -> Mapping[str, float]:
    """Return for each volunteer what their prices are divided by: one, or what they offer beside the mean.

    An offer is the time in which somebody is free and there is work for the rule to look at, or what one of their own
    limits or goals comes to over the horizon, where that is less. The mean is of those whom the rule is for. Nobody
    counts as offering less than a tenth of it.
    """

    def found() -> Mapping[str, float]:
        shares = {volunteer.id: 1.0 for volunteer in problem.volunteers}
        people = [volunteer for volunteer in problem.volunteers if by_offer and rule.is_for(volunteer)]
        shifts = [shift for shift in problem.shifts if rule.looks_at(shift.position)]
        work = union(shift.span for shift in shifts)
        typical = sum(shift.minutes for shift in shifts) / max(len(shifts), 1)
        offers = {volunteer.id: _offer(problem, volunteer, work, typical) for volunteer in people}
        mean = sum(offers.values()) / max(len(offers), 1)
        return shares | {id: max(offer / mean, _LEAST_SHARE) for id, offer in offers.items() if mean}

    return problem.remembered(("shares", by_offer, rule.group, rule.positions), found)


def _offer(problem: RosterProblem, volunteer: Volunteer, work: tuple[TimeSpan, ...], typical: float) -> float:
    """Return how many minutes somebody offers, with shifts of a typical length."""
    free = total_minutes(intersection(problem.free_spans(volunteer), work))
    stated = [
        minutes * _periods(problem.horizon, limit.per)
        for limit in (*volunteer.limits, *volunteer.goals)
        for minutes in (limit.minutes, None if limit.shifts is None else limit.shifts * typical)
        if minutes is not None
    ]
    return min([free, *stated])


def _periods(horizon: Horizon, per: Period) -> float:
    """Return how many periods a horizon has; of those that it cuts, by the days that lie within it."""
    if per is Period.HORIZON:
        return 1.0
    if per is Period.MONTH:
        return sum(1 / monthrange(day.year, day.month)[1] for day in horizon.days)
    return len(horizon.days) / (1 if per is Period.DAY else 7)
